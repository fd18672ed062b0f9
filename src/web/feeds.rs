//! What other programs read: RSS, Atom, JSON Feed and sitemaps. They need whole addresses, so that a
//! paper without an address has none of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::context::Context;
use super::data::{Feed, FeedEntry, NewsSitemap, NewsUrl, Sitemap, SitemapUrl};
use super::escape::encode;
use super::file::{Fault, File};
use super::index::{Index, Name, Teaser};
use super::story_links::hreflang;

/// The most entries of a feed.
const ENTRIES: usize = 50;

/// A story and the edition it is in.
pub(super) type Entry<'a> = (&'a Index, &'a Teaser);

/// The three feeds of a section or, where `section` is none, of the paper. `entries` are sorted, the
/// newest first.
pub(super) fn feeds(
    context: &Context<'_>,
    section: Option<&Name>,
    entries: &[Entry<'_>],
) -> Result<Vec<File>, Fault> {
    let folder = section.map_or_else(String::new, |one| format!("section/{}/", one.slug));
    let url = section.map_or_else(String::new, |one| format!("section/{}/", encode(&one.slug)));
    let Some(home) = context.absolute(&url) else { return Ok(vec![]) };
    let title = match section {
        Some(section) => format!("{}: {}", context.paper.name, section.name),
        None => context.paper.name.clone(),
    };
    let entries: Vec<FeedEntry<'_>> =
        entries.iter().take(ENTRIES).map(|entry| feed_entry(context, entry)).collect();
    let data = Feed {
        title: super::escape::clean(&title),
        home,
        lang: &context.paper.lang,
        description: context.paper.motto.as_deref().unwrap_or(&context.paper.name),
        updated: entries.first().and_then(|entry| entry.rfc3339.clone()),
        rfc2822: entries.first().and_then(|entry| entry.rfc2822.clone()),
        entries,
    };
    let value = value(&data);
    let mut files = vec![];
    for (template, name) in [("rss.xml", "feed.xml"), ("atom.xml", "atom.xml")] {
        files.push((format!("{folder}{name}"), context.look.page(template, &value)?));
    }
    files.push((format!("{folder}feed.json"), json_feed(&data)));
    Ok(files)
}

fn feed_entry<'a>(context: &Context<'_>, (index, story): &Entry<'a>) -> FeedEntry<'a> {
    let date = story.date.as_ref().or(index.date.as_ref());
    let moment = date.and_then(|date| moment(context, date));
    let section = index.sections.iter().find(|one| Some(&one.slug) == story.section.as_ref());
    let file = story.art.as_ref().map(|art| art.shares.last().unwrap_or(&art.whole.jpeg));
    FeedEntry {
        url: context.absolute(&story.url),
        headline: &story.headline,
        summary: &story.summary,
        authors: story.authors.iter().map(|author| author.name.as_str()).collect(),
        section: section.map(|section| section.name.as_str()),
        tags: story.tags.iter().map(|tag| tag.name.as_str()).collect(),
        image: file.and_then(|file| context.absolute(&file.path)),
        rfc3339: moment.as_ref().map(|moment| moment.0.clone()),
        rfc2822: moment.map(|moment| moment.1),
    }
}

/// The beginning of a day in the paper's time zone, as Atom and as RSS write it.
fn moment(context: &Context<'_>, date: &str) -> Option<(String, String)> {
    let day: Date = date.parse().ok()?;
    let zone = TimeZone::get(&context.paper.time_zone).unwrap_or(TimeZone::UTC);
    let start = day.to_zoned_datetime(zone).ok()?;
    let atom = start.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let rss = jiff::fmt::rfc2822::to_string(&start).ok()?;
    Some((atom, rss))
}

/// JSON Feed 1.1.
fn json_feed(data: &Feed<'_>) -> Vec<u8> {
    let items = data.entries.iter().map(|entry| {
        let mut item = json!({
            "id": entry.url, "url": entry.url, "title": entry.headline,
            "content_text": entry.summary,
            "authors": entry.authors.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
            "tags": entry.tags,
        });
        for (name, value) in [("image", &entry.image), ("date_published", &entry.rfc3339)] {
            if let Some(value) = value {
                item[name] = json!(value);
            }
        }
        item
    });
    let home = &data.home;
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": data.title, "home_page_url": home, "feed_url": format!("{home}feed.json"),
        "language": data.lang, "items": items.collect::<Vec<_>>(),
    });
    serde_json::to_vec_pretty(&feed).unwrap_or_default()
}

/// The sitemaps: one for each year, one that lists them, and one for the news of the last two days.
/// `others` are the addresses of pages that are no stories.
pub(super) fn sitemaps(
    context: &Context<'_>,
    indexes: &[Index],
    others: &[String],
) -> Result<Vec<File>, Fault> {
    let mut years: BTreeMap<String, Vec<SitemapUrl>> = BTreeMap::new();
    let bare = |url: &str, date: Option<&String>| SitemapUrl {
        url: context.absolute(url),
        date: date.cloned(),
        alternates: vec![],
    };
    for index in indexes {
        let year = index.date.as_ref().and_then(|date| date.get(..4)).unwrap_or("undated");
        let all = years.entry(year.to_owned()).or_default();
        let front = format!("{}/", index.folder);
        all.push(bare(&front, index.date.as_ref()));
        for story in &index.stories {
            let date = story.date.as_ref().or(index.date.as_ref());
            let alternates = hreflang(context, &story.translations, "");
            all.push(SitemapUrl { alternates, ..bare(&story.url, date) });
        }
    }
    let others = others.iter().map(|url| bare(url, None));
    years.insert("pages".into(), others.collect());
    let mut files = vec![];
    let mut names = vec![];
    for (year, urls) in &years {
        // The sitemap protocol's limit for one file.
        for (part, urls) in urls.chunks(50_000).enumerate() {
            let more = if part == 0 { String::new() } else { format!("-{}", part + 1) };
            let name = format!("sitemap-{year}{more}.xml");
            let page = context.look.page("sitemap.xml", &value(&Sitemap { urls, maps: &[] }))?;
            names.push(context.absolute(&name));
            files.push((name, page));
        }
    }
    let index = context.look.page("sitemap.xml", &value(&Sitemap { urls: &[], maps: &names }))?;
    files.push(("sitemap.xml".into(), index));
    files.push(("news-sitemap.xml".into(), news(context, indexes)?));
    Ok(files)
}

/// The news sitemap: the stories of the newest edition's day and of the day before it.
fn news(context: &Context<'_>, indexes: &[Index]) -> Result<Vec<u8>, Fault> {
    let day = |index: &Index| index.date.as_ref().and_then(|date| date.parse::<Date>().ok());
    let newest = indexes.iter().filter_map(day).max();
    let since = newest.and_then(|newest| newest.yesterday().ok());
    let recent =
        indexes.iter().rev().filter(|index| day(index).is_some_and(|day| Some(day) >= since));
    let urls = recent
        .flat_map(|index| index.stories.iter().map(move |story| (index, story)))
        .take(1000)
        .map(|(index, story)| NewsUrl {
            url: context.absolute(&story.url),
            title: &story.headline,
            date: story.date.as_deref().or(index.date.as_deref()),
            lang: story.lang.as_deref().unwrap_or(&context.paper.lang),
        })
        .collect();
    let name = super::escape::clean(&context.paper.name);
    context.look.page("news-sitemap.xml", &value(&NewsSitemap { urls, name }))
}

/// Data as a template takes it.
fn value(data: &impl serde::Serialize) -> Value {
    serde_json::to_value(data).unwrap_or_default()
}
