//! A story's page.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value;

use super::body_html::{self, Extras};
use super::context::Context;
use super::data::{ArticlePage, Day, EditionData, ShareImage};
use super::escape::{clean, encode, escape, json_for_script};
use super::figures::{Load, StoryArt, figure};
use super::file::Fault;
use super::index::{Index, Teaser};
use super::jsonld::news_article;
use super::mentions;
use super::site_words::direction;
use super::story_links::{hreflang, languages};
use super::teaser::headline;
use crate::content::model::{Inline, Story, StoryId};

/// The most stories that a page names as related.
const RELATED: usize = 4;

/// The stories before and after a story in print.
pub(super) struct Neighbour<'a> {
    /// The story before it.
    pub(super) before: Option<&'a Teaser>,
    /// The story after it.
    pub(super) after: Option<&'a Teaser>,
}

/// The page of the story with the number `at` in the index. `pictures` are its pictures by number,
/// `others` the stories of other editions that it may link to.
pub(super) fn article(
    context: &Context<'_>,
    index: &Index,
    at: usize,
    story: &Story,
    pictures: &BTreeMap<usize, &StoryArt>,
    neighbour: &Neighbour<'_>,
    others: &BTreeMap<StoryId, Teaser>,
) -> Result<Vec<u8>, Fault> {
    const ROOT: &str = "../../";
    let teaser = &index.stories[at];
    let mut in_body = (BTreeSet::new(), BTreeSet::new());
    mentions::mentioned(&story.body, &mut in_body);
    let leads = !in_body.0.contains(&0);
    let show = |number: usize, class: &str, load: Load| {
        let (art, reference) = (pictures.get(&number)?, story.pictures.get(number)?);
        Some(figure(reference, &art.art, class, load, ROOT))
    };
    let shown = |number: usize| {
        // A mug shot never leads, even as the story's first picture.
        let mug = story.pictures.get(number).is_some_and(|picture| picture.mug);
        show(number, if mug { "mug" } else { "picture" }, Load::Lazy)
    };
    let is_mug = story.pictures.first().is_some_and(|picture| picture.mug);
    let lead = if leads && !is_mug { show(0, "lead", Load::First) } else { None };
    let rest = usize::from(lead.is_some())..story.pictures.len();
    let extras = Extras {
        pictures: rest.filter_map(|number| Some((number, shown(number)?))).collect(),
        facts: facts(story),
        table: context.word("table").to_owned(),
        back: context.word("back_to_text").to_owned(),
        links: links(story, index),
    };
    let canonical = story.canonical.as_deref().and_then(body_html::address);
    let section = index.sections.iter().find(|one| Some(&one.slug) == teaser.section.as_ref());
    let data = ArticlePage {
        story: teaser,
        title: &teaser.headline,
        description: &teaser.summary,
        current: teaser.section.as_deref(),
        section,
        edition: EditionData::of(index),
        headline: headline(story),
        standfirst: story.deck.as_ref().map(|deck| body_html::line(&deck.text, true)),
        byline: byline(context, story),
        date: dated(context, teaser.date.as_ref().or(index.date.as_ref())),
        updated: updated(context, story),
        lead,
        body: body_with_dateline(story, &extras),
        notes: body_html::notes(story, &extras),
        corrections: story.corrections.iter().map(|run| clean(&run.text)).collect(),
        correction: crate::words::Words::for_language(&context.paper.lang).correction,
        related: named(story, index, others).unwrap_or_else(|| related(index, at)),
        alternates: hreflang(context, &teaser.translations, ROOT),
        languages: languages(teaser, &teaser.translations, ROOT),
        before: neighbour.before,
        after: neighbour.after,
        image: share_image(context, teaser),
        jsonld: json_for_script(&news_article(context, index, teaser, story)),
        lang: teaser.lang.as_deref(),
        dir: teaser.lang.as_deref().map(direction),
    };
    let mut page = context.page(2, &teaser.url, &index.sections, &data);
    if let Some(canonical) = canonical {
        page["canonical"] = Value::String(canonical);
    }
    context.look.page("article.html", &page)
}

/// The body as HTML, with the dateline run into the first paragraph.
fn body_with_dateline(story: &Story, extras: &Extras) -> String {
    let html = body_html::body(story, extras);
    let Some(dateline) = &story.dateline else { return html };
    let line = format!("<span class=\"dateline\">{}</span> — ", escape(&dateline.text));
    match html.strip_prefix("<p>") {
        Some(rest) => format!("<p>{line}{rest}"),
        None => format!("<p>{line}</p>{html}"),
    }
}

/// The box of facts as HTML.
fn facts(story: &Story) -> Option<String> {
    let facts = story.facts.as_ref()?;
    let title = facts.title.as_ref();
    let title = title.map_or_else(String::new, |run| format!("<h2>{}</h2>", escape(&run.text)));
    let item = |item: &Vec<Inline>| format!("<li>{}</li>", body_html::line(item, true));
    let items: String = facts.items.iter().map(item).collect();
    Some(format!("<section class=\"facts\">{title}<ul>{items}</ul></section>"))
}

/// The addresses of the stories of this edition that a story links to, by their keys.
fn links(story: &Story, index: &Index) -> BTreeMap<String, String> {
    let wanted = mentions::linked(story);
    if wanted.is_empty() {
        return BTreeMap::new();
    }
    let stories = index.stories.iter().filter(|one| wanted.contains(&one.key));
    stories.map(|one| (one.key.clone(), format!("../{}/", encode(&one.slug)))).collect()
}

/// The byline: the authors' names, each a link to their stories, joined as the language does it.
fn byline(context: &Context<'_>, story: &Story) -> Option<String> {
    let words = crate::words::Words::for_language(&context.paper.lang);
    let names: Vec<String> = story
        .authors
        .iter()
        .map(|run| {
            let name = super::context::named(&run.text);
            let slug = encode(&name.slug);
            let text = escape(&name.name);
            format!("<a rel=\"author\" href=\"../../author/{slug}/\">{text}</a>")
        })
        .collect();
    let (last, others) = names.split_last()?;
    let joined = if others.is_empty() {
        last.clone()
    } else {
        let comma = context.word("list_join");
        format!("{}{}{last}", others.join(comma), escape(words.last_author))
    };
    let by = escape(words.by);
    Some(if by.is_empty() { joined } else { format!("<span class=\"by\">{by}</span> {joined}") })
}

/// A date for people and for machines.
fn dated(context: &Context<'_>, date: Option<&String>) -> Option<Day> {
    let day: Date = date?.parse().ok()?;
    Some(Day { iso: Some(day.to_string()), text: context.date(day) })
}

/// When the story was changed: as a date where it can be read as one, else as it was written.
fn updated(context: &Context<'_>, story: &Story) -> Option<Day> {
    let written = clean(&story.updated.as_ref()?.text);
    let day = written.get(..10).and_then(|day| day.parse::<Date>().ok());
    Some(match day {
        Some(day) => Day { iso: Some(day.to_string()), text: context.date(day) },
        None => Day { iso: None, text: written },
    })
}

/// The picture that pages elsewhere show of a story: the card with its headline or, without one, the
/// widest of its picture's crops.
fn share_image(context: &Context<'_>, teaser: &Teaser) -> Option<ShareImage> {
    let (file, alt) = match (&teaser.share, &teaser.art) {
        (Some(share), _) => (share, format!("{}: {}", clean(&context.paper.name), teaser.headline)),
        (None, art) => {
            let art = art.as_ref()?;
            (art.shares.last().unwrap_or(&art.whole.jpeg), art.alt.clone())
        }
    };
    let url = context.absolute(&file.path)?;
    Some(ShareImage { url, width: file.width, height: file.height, alt })
}

/// The stories that the writer names as related; none where none of them exists.
fn named<'a>(
    story: &Story,
    index: &'a Index,
    others: &'a BTreeMap<StoryId, Teaser>,
) -> Option<Vec<&'a Teaser>> {
    let find = |id: &StoryId| {
        let own = index.stories.iter().find(|one| one.key == id.key);
        others.get(id).or(own.filter(|_| id.edition.map(|day| day.to_string()) == index.date))
    };
    let ids = story.related.iter().filter_map(|related| related.to.as_ref());
    let found: Vec<&Teaser> = ids.filter_map(find).collect();
    (!found.is_empty()).then_some(found)
}

/// The stories that share the most topics with a story; being in the same section counts half as much
/// as a topic.
fn related(index: &Index, at: usize) -> Vec<&Teaser> {
    let story = &index.stories[at];
    let mut others: Vec<(usize, usize, &Teaser)> = index
        .stories
        .iter()
        .enumerate()
        .filter(|(other, teaser)| *other != at && !teaser.brief)
        .map(|(other, teaser)| {
            let shared = teaser.tags.iter().filter(|tag| story.tags.contains(tag)).count();
            let near = usize::from(teaser.section == story.section);
            (2 * shared + near, other, teaser)
        })
        .filter(|(score, _, _)| *score > 0)
        .collect();
    others.sort_by_key(|(score, other, _)| (std::cmp::Reverse(*score), *other));
    others.into_iter().take(RELATED).map(|(_, _, teaser)| teaser).collect()
}
