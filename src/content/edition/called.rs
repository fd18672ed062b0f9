//! Finds the story that a person means by a name.

use crate::diag::Span;

use super::Edition;
use super::decisions::{Call, Decisions};
use crate::content::syntax::wording::nearest;

/// The desk's decisions about stories that the edition does not have: the place, the key, and the
/// most similar key.
pub(crate) fn strangers(edition: &Edition) -> Vec<(Span, String, Option<String>)> {
    let Decisions { held, killed, swapped } = &edition.decisions;
    let keys = || keys(edition).into_iter();
    let swaps = swapped.iter().flat_map(|swap| &swap.stories);
    let unknown = |call: &&Call| !keys().any(|key| key == call.key);
    let calls = held.iter().chain(killed).chain(swaps).filter(unknown);
    calls
        .filter_map(|call| {
            let near = nearest(&call.key, keys()).map(str::to_owned);
            Some((call.span?, call.key.clone(), near))
        })
        .collect()
}

/// The keys of all stories of an edition, including those that are left out.
fn keys(edition: &Edition) -> Vec<&str> {
    let stories = edition.stories.iter().map(|story| story.key.as_str());
    stories.chain(edition.left_out.iter().map(|left| left.key.as_str())).collect()
}

/// Why a name does not mean exactly one story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoStory {
    /// No story has this name. Holds the most similar name.
    Unknown(Option<String>),
    /// Several stories have this name. Holds their keys.
    Several(Vec<String>),
}

/// The key of the story of this name: its key or file, its slug, or the end of its path.
///
/// # Errors
///
/// Says whether no story has the name, or several.
pub fn story_of(edition: &Edition, name: &str) -> Result<String, NoStory> {
    let slugs = edition.stories.iter().map(|story| (story.key.as_str(), story.slug.as_str()));
    let left = edition.left_out.iter().map(|left| (left.key.as_str(), ""));
    named(&slugs.chain(left).collect::<Vec<_>>(), name)
}

/// A story's name without the extension and the `./` of a file name.
pub(crate) fn stem(name: &str) -> &str {
    let name = name.trim().trim_start_matches("./");
    [".md", ".markdown", ".mdx", ".qmd", ".txt"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name)
}

/// The same, among keys with their slugs.
pub(crate) fn named(known: &[(&str, &str)], name: &str) -> Result<String, NoStory> {
    let stem = stem(name);
    let bare = |key: &str| key.strip_suffix("/index").unwrap_or(key).to_owned();
    let by_key = |(key, _): &(&str, &str)| *key == stem || bare(key) == stem;
    let by_slug = |(_, slug): &(&str, &str)| *slug == stem;
    let by_end = |(key, _): &(&str, &str)| {
        bare(key).strip_suffix(stem).is_some_and(|before| before.ends_with('/'))
    };
    let all = |is: &dyn Fn(&(&str, &str)) -> bool| -> Vec<String> {
        known.iter().filter(|one| is(one)).map(|one| one.0.to_owned()).collect()
    };
    // Only the most exact kind of match counts: a slug that is also another story's folder means
    // the slug.
    let mut ways = [all(&by_key), all(&by_slug), all(&by_end)].into_iter();
    let found = ways.find(|found| !found.is_empty() && !stem.is_empty());
    if let Some(mut found) = found {
        return match found.len() {
            1 => Ok(found.remove(0)),
            _ => Err(NoStory::Several(found)),
        };
    }
    let last = |key: &str| bare(key).rsplit('/').next().unwrap_or_default().to_owned();
    let names: Vec<String> = known
        .iter()
        .map(|(key, slug)| if slug.is_empty() { last(key) } else { (*slug).to_owned() })
        .collect();
    let near = nearest(stem, names.iter().map(String::as_str));
    Err(NoStory::Unknown(near.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_known_by_key_slug_and_the_end_of_its_path() {
        let known = [
            ("content/d/town/flood", "the-flood"),
            ("content/d/sport/flood", "match"),
            ("content/d/gate/index", "gate"),
        ];
        let found = |name: &str| named(&known, name);
        assert_eq!(found("content/d/town/flood.md").as_deref(), Ok("content/d/town/flood"));
        assert_eq!(found("match").as_deref(), Ok("content/d/sport/flood"));
        assert_eq!(found("sport/flood").as_deref(), Ok("content/d/sport/flood"));
        assert_eq!(found("gate").as_deref(), Ok("content/d/gate/index"));
        assert!(matches!(found("flood"), Err(NoStory::Several(keys)) if keys.len() == 2));
        assert_eq!(found("the-flod"), Err(NoStory::Unknown(Some("the-flood".into()))));
        assert_eq!(found(""), Err(NoStory::Unknown(None)));
    }
}
