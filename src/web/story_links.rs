//! Links between stories: to stories of other editions, and to the same story in other languages.

use std::collections::BTreeMap;

use super::body_html::address;
use super::context::Context;
use super::data::Hreflang;
use super::escape::escape;
use super::index::{Alternate, Teaser, folder_of};
use super::order::PrintPlace;
use super::site_words::direction;
use super::slugs::unique;
use super::teaser::teaser;
use crate::content::Elsewhere;
use crate::content::model::{Story, StoryId, Target};
use crate::language::own as own_name;

/// The slugs of an edition's stories, by their keys. Of several stories with the same slug, the first in
/// the order of keys keeps it: unlike the order of print, that order seldom changes.
pub(super) fn slugs_of(stories: &[&Story]) -> BTreeMap<String, String> {
    let mut by_key = stories.to_vec();
    by_key.sort_by_key(|story| &story.key);
    let names: Vec<(&str, Option<&str>)> =
        by_key.iter().map(|story| (story.slug.as_str(), story.section.as_deref())).collect();
    by_key.iter().map(|story| story.key.clone()).zip(unique(&names)).collect()
}

/// The stories of other editions that an edition may link to, as teasers.
pub(super) fn elsewhere(
    context: &Context<'_>,
    editions: &[std::sync::Arc<Elsewhere>],
) -> BTreeMap<StoryId, Teaser> {
    let mut found = BTreeMap::new();
    for edition in editions {
        let stories: Vec<&Story> = edition.stories.iter().collect();
        let slugs = slugs_of(&stories);
        let folder = folder_of(edition.date);
        for story in stories {
            let Some(slug) = slugs.get(&story.key) else { continue };
            let place = PrintPlace {
                slot: 0,
                pages: vec![],
                rank: 0,
                columns: 0,
                head: None,
                brief: false,
            };
            let id = StoryId { edition: edition.date, key: story.key.clone() };
            found.insert(id, teaser(story, &place, &folder, slug, context));
        }
    }
    found
}

/// A story in all its languages, its own among them; empty where there is only one. `url` finds the
/// address of a story below the site's root.
pub(super) fn alternates(
    story: &Story,
    own: &Teaser,
    paper_lang: &str,
    url: impl Fn(&StoryId) -> Option<String>,
) -> Vec<Alternate> {
    let lang = own.lang.clone().unwrap_or_else(|| paper_lang.to_owned());
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for other in &story.translations {
        let found = match &other.to {
            Target::Story(id) => url(id),
            Target::Address(written) => address(written).filter(|url| url.starts_with("http")),
        };
        if let Some(url) = found {
            all.insert(other.lang.clone(), url);
        }
    }
    if all.is_empty() {
        return vec![];
    }
    all.insert(lang, own.url.clone());
    all.into_iter().map(|(lang, url)| Alternate { lang, url }).collect()
}

/// The `hreflang` links of a story: each language with its address, whole where the paper has one, and
/// `x-default`, the language for all other readers.
pub(super) fn hreflang(
    context: &Context<'_>,
    alternates: &[Alternate],
    root: &str,
) -> Vec<Hreflang> {
    let href = |url: &str| match address(url) {
        Some(whole) => whole,
        None => context.absolute(url).unwrap_or_else(|| format!("{root}{url}")),
    };
    let one = |lang: &str, url: &str| Hreflang { lang: lang.to_owned(), href: href(url) };
    let paper = &context.paper.lang;
    let primary = |lang: &str| lang.split('-').next().unwrap_or(lang).to_lowercase();
    let usual = alternates
        .iter()
        .find(|one| one.lang.eq_ignore_ascii_case(paper))
        .or_else(|| alternates.iter().find(|one| primary(&one.lang) == primary(paper)))
        .or(alternates.first());
    let all = alternates.iter().map(|alternate| one(&alternate.lang, &alternate.url));
    all.chain(usual.map(|alternate| one("x-default", &alternate.url))).collect()
}

/// Links to the story in its other languages, for readers, as HTML: each language by its own name.
pub(super) fn languages(own: &Teaser, alternates: &[Alternate], root: &str) -> Option<String> {
    let one = |alternate: &Alternate| {
        let href = address(&alternate.url).unwrap_or_else(|| format!("{root}{}", alternate.url));
        let lang = escape(&alternate.lang);
        let dir = direction(&alternate.lang);
        let name = escape(&own_name(&alternate.lang));
        format!(
            "<a href=\"{}\" hreflang=\"{lang}\" lang=\"{lang}\" dir=\"{dir}\">{name}</a>",
            escape(&href)
        )
    };
    let links: Vec<String> =
        alternates.iter().filter(|alternate| alternate.url != own.url).map(one).collect();
    (!links.is_empty()).then(|| links.join(" "))
}
