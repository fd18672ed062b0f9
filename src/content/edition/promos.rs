//! Completes the furniture of an edition's front page once its stories are known.

use crate::diag::{Code, Diagnostic};

use super::Edition;
use super::called::{NoStory, named};
use crate::content::markdown::typography;
use crate::content::paper::{Ear, Ears, Paper, Promo, Weather};

/// Turns the names of the stories that promos point to into keys. A promo of a story that the
/// edition does not print is removed and reported. Also sets the typography of all furniture.
pub(crate) fn settle(edition: &mut Edition) -> Vec<Diagnostic> {
    set_marks(&mut edition.paper);
    let stories = &edition.stories;
    let known: Vec<(&str, &str)> =
        stories.iter().map(|story| (story.key.as_str(), story.slug.as_str())).collect();
    let mut said = vec![];
    let mut promos: Vec<Promo> = vec![];
    for promo in std::mem::take(&mut edition.paper.promos) {
        let (code, what, hint) = match named(&known, &promo.story) {
            Ok(story) if promos.iter().any(|other| other.story == story) => (
                Code::DuplicatePromo,
                format!("two promos point to the story `{}`", promo.story),
                "remove one of the two".into(),
            ),
            Ok(story) => {
                let pictures = stories.iter().find(|one| one.key == story).map(|one| &one.pictures);
                let bare = pictures.is_none_or(Vec::is_empty);
                if promo.pictured && bare {
                    let what = format!("the story `{}` has no picture for its promo", promo.story);
                    let one = Diagnostic::warning(Code::NoPicture, promo.span, what);
                    said.push(one.hint("remove `picture: true`, or give the story a picture"));
                }
                promos.push(Promo { story, pictured: promo.pictured && !bare, ..promo });
                continue;
            }
            Err(NoStory::Unknown(near)) => (
                Code::UnknownStory,
                format!("this edition has no story `{}`", promo.story),
                near.map_or_else(
                    || "name a story by its slug or the end of its path".into(),
                    |near| format!("did you mean `{near}`?"),
                ),
            ),
            Err(NoStory::Several(keys)) => (
                Code::UnknownStory,
                format!("several stories match the name `{}`", promo.story),
                format!("write more of the path: {}", keys.join(", ")),
            ),
        };
        said.push(Diagnostic::warning(code, promo.span, what).hint(hint));
    }
    edition.paper.promos = promos;
    said
}

/// Sets quotation marks, apostrophes and dashes of the furniture as the paper's language has them.
fn set_marks(paper: &mut Paper) {
    let Paper { ears: Ears { left, right }, weather, promos, lang, .. } = paper;
    let ears = [left, right].into_iter().flatten();
    let ears = ears.flat_map(|Ear { title, text, .. }| [title, text].into_iter().flatten());
    let weather = weather.iter_mut().flat_map(|Weather { place, summary, days, .. }| {
        let days = days.iter_mut().filter_map(|day| day.summary.as_mut());
        [place, summary].into_iter().flatten().chain(days)
    });
    let promos = promos.iter_mut().filter_map(|promo| promo.text.as_mut());
    let all = ears.chain(weather).chain(promos);
    all.for_each(|run| run.text = typography::set_text(&run.text, lang));
}
