//! Teasers: stories as other pages show them.

use super::context::{Context, address_of, named};
use super::escape::{clean, escape};
use super::excerpt::shorten;
use super::index::Teaser;
use super::order::PrintPlace;
use super::{body_html, mentions};
use crate::content::model::{Story, plain};

/// The words that are read in a minute.
const PACE: usize = 220;

/// The most characters of a summary that is made from a story's first words.
const SUMMARY: usize = 220;

/// A story's headline on the web as HTML: its web headline, where it has one.
pub(super) fn headline(story: &Story) -> String {
    match &story.web_headline {
        Some(run) => escape(&run.text),
        None => body_html::line(&story.headline, false),
    }
}

/// A story as other pages show it. Its section, pictures and translations are still to be filled in.
pub(super) fn teaser(
    story: &Story,
    place: &PrintPlace,
    folder: &str,
    slug: &str,
    context: &Context<'_>,
) -> Teaser {
    let plain_head = match &story.web_headline {
        Some(run) => run.text.clone(),
        None => plain(&story.headline),
    };
    let text = mentions::plain_text(story);
    let summary = match &story.deck {
        Some(deck) => clean(&plain(&deck.text)),
        None => shorten(&clean(&text), SUMMARY),
    };
    let lang = story.lang.clone().filter(|lang| *lang != context.paper.lang);
    let mut hasher = blake3::Hasher::new();
    for part in [&plain_head, &summary, &text, &story.slug] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    for part in story.authors.iter().map(|run| &run.text).chain(&story.section) {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    Teaser {
        key: story.key.clone(),
        slug: slug.to_owned(),
        url: address_of(&[folder, slug]),
        headline: clean(&plain_head),
        headline_html: headline(story),
        kicker: story.kicker.as_ref().map(|run| clean(&run.text)),
        summary,
        authors: story.authors.iter().map(|run| named(&run.text)).collect(),
        dateline: story.dateline.as_ref().map(|run| clean(&run.text)),
        section: None,
        tags: story.tags.iter().map(|tag| named(tag)).collect(),
        date: story.date.map(|date| date.to_string()),
        updated: story.updated.as_ref().map(|run| clean(&run.text)),
        aliases: story.aliases.iter().map(|run| run.text.clone()).collect(),
        translations: vec![],
        lang,
        page: place.pages.first().copied().unwrap_or(1),
        pages: place.pages.clone(),
        rank: place.rank,
        head: place.head,
        columns: place.columns,
        brief: place.brief,
        words: story.words,
        minutes: story.words.div_ceil(PACE).max(1),
        art: None,
        share: None,
        hash: hasher.finalize().to_hex().as_str()[..16].to_owned(),
    }
}
