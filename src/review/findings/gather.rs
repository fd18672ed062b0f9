//! How findings are gathered and worded.

use crate::review::finding::{Finding, FindingKind, Level, Unit};
use crate::review::form::{Material, Review};
use crate::review::rounding::thousandths;

/// Empty lines at the end of a text that are no finding: the make-up leaves them often.
pub(super) const SHORT_ALLOWED: u32 = 2;

/// The findings so far, with what they are read from.
pub(super) struct Findings<'a> {
    pub(super) material: &'a Material<'a>,
    pub(super) review: &'a Review,
    pub(super) found: Vec<Finding>,
}

/// Where something is wrong.
#[derive(Default)]
pub(super) struct FindingPlace {
    pub(super) page: Option<u16>,
    pub(super) story: Option<String>,
    pub(super) picture: Option<String>,
}

impl Findings<'_> {
    /// Adds a finding. On page one, and in the story that leads a page, it weighs more.
    pub(super) fn say(
        &mut self,
        (level, kind, weight): (Level, FindingKind, f64),
        place: FindingPlace,
        (amount, unit): (f64, Unit),
        (what, advice): (String, String),
    ) {
        let leads = |story: &String| {
            let mut pages = self.review.pages.iter();
            let page = pages.find(|page| Some(page.page) == place.page);
            page.is_some_and(|page| page.modules.first().is_some_and(|lead| lead.story == *story))
        };
        let prominence = match (place.page, &place.story) {
            (Some(1), _) => 1.5,
            (_, Some(story)) if leads(story) => 1.2,
            _ => 1.0,
        };
        let weight = (weight * prominence * 10.0).round() / 10.0;
        let FindingPlace { page, story, picture } = place;
        let amount = thousandths(amount);
        self.found.push(Finding {
            level,
            kind,
            page,
            story,
            picture,
            what,
            amount,
            unit,
            advice,
            weight,
        });
    }
}

/// The beginning of a headline.
pub(super) fn clip(headline: &str) -> String {
    const MOST: usize = 36;
    if headline.chars().count() <= MOST {
        return headline.into();
    }
    let cut: String = headline.chars().take(MOST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

/// A number with its noun: `2 lines`.
pub(super) fn counted(count: u32, one: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {one}{s}")
}

/// So many characters, in words.
pub(super) fn characters(count: u32) -> String {
    counted(count, "character")
}

/// A cut in words, from the first words of what is cut.
pub(super) fn cut_words(lines: u32, from: &str) -> String {
    format!("{} from “{from} …” on", counted(lines, "line"))
}
