//! The search: records of stories, and Pagefind's bundles of them, one for each month.

use std::collections::BTreeMap;

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use serde::{Deserialize, Serialize};

use super::escape::clean;
use super::file::File;
use super::index::{Index, Teaser};
use super::mentions::plain_text;
use crate::content::model::{Story, plain};

/// To be raised whenever the same records make another bundle: it is part of a bundle's key.
const VERSION: u32 = 1;

/// What the search knows of a story: an entry of an edition's `search.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Its address below the site's root.
    pub(crate) url: String,
    /// All its words.
    pub(crate) text: String,
    /// Its headline.
    pub(crate) title: String,
    /// Its edition's date in words.
    pub(crate) date_text: String,
    /// Its date (`YYYY-MM-DD`), or nothing.
    pub(crate) date: String,
    /// Its section's name.
    pub(crate) section: Option<String>,
    /// Who wrote it.
    pub(crate) authors: Vec<String>,
}

/// A bundle: the stories of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bundle {
    /// Its folder below `search/`: `new` for the newest month, which every reader loads, else the
    /// month.
    pub(crate) folder: String,
    /// The month, `YYYY-MM`.
    pub(crate) month: String,
    /// A hash of everything that goes into it. A bundle with the same key need not be made again.
    pub(crate) key: String,
    /// The folders of its editions.
    pub(crate) editions: Vec<String>,
}

/// The record of a story.
pub(super) fn record(index: &Index, teaser: &Teaser, story: &Story) -> Record {
    let section = index.sections.iter().find(|one| Some(&one.slug) == teaser.section.as_ref());
    let mut text = teaser.headline.clone();
    let mut add = |more: &str| {
        text.push_str(". ");
        text.push_str(more);
    };
    if let Some(deck) = &story.deck {
        add(&plain(&deck.text));
    }
    add(&plain_text(story));
    for picture in &story.pictures {
        add(&plain(&picture.caption));
    }
    for item in story.facts.iter().flat_map(|facts| &facts.items) {
        add(&plain(item));
    }
    Record {
        url: teaser.url.clone(),
        text: clean(&text),
        title: teaser.headline.clone(),
        date_text: index.date_text.clone(),
        date: teaser.date.clone().or_else(|| index.date.clone()).unwrap_or_default(),
        section: section.map(|section| section.name.clone()),
        authors: teaser.authors.iter().map(|author| author.name.clone()).collect(),
    }
}

/// The name of the bundle of editions without a date.
const UNDATED: &str = "undated";

/// The month of an edition, `YYYY-MM`; `undated` without a date.
fn month_of(index: &Index) -> String {
    index.date.as_ref().and_then(|date| date.get(..7)).unwrap_or(UNDATED).to_owned()
}

/// The bundles of all editions, the newest month first.
pub(super) fn bundles(indexes: &[Index], lang: &str) -> Vec<Bundle> {
    let mut months: BTreeMap<String, Vec<&Index>> = BTreeMap::new();
    for index in indexes {
        months.entry(month_of(index)).or_default().push(index);
    }
    let one = |(at, (month, editions)): (usize, (String, Vec<&Index>))| {
        let folder = if at == 0 { "new".to_owned() } else { month.clone() };
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{VERSION} {lang} {folder}").as_bytes());
        for index in &editions {
            for story in &index.stories {
                hasher.update(story.url.as_bytes());
                hasher.update(story.hash.as_bytes());
            }
        }
        let key = hasher.finalize().to_hex().to_string();
        let editions = editions.into_iter().map(|index| index.folder.clone()).collect();
        Bundle { folder, month, key, editions }
    };
    // Editions without a date count as the oldest.
    let undated = months.remove_entry(UNDATED);
    months.into_iter().rev().chain(undated).enumerate().map(one).collect()
}

/// The files of a bundle, below the site's root.
///
/// # Errors
/// What Pagefind says.
pub(crate) fn bundle(bundle: &Bundle, records: &[Record], lang: &str) -> Result<Vec<File>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let primary = lang.split(['-', '_']).next().unwrap_or(lang).to_lowercase();
    let made = runtime.block_on(index(records, &primary)).map_err(|error| error.to_string())?;
    let newest = bundle.folder == "new";
    let mut files: Vec<File> = made
        .into_iter()
        .filter_map(|file| {
            let name = file.filename.to_str()?.replace('\\', "/");
            // The engine comes with the newest month alone; Pagefind's own pages are not used.
            let engine = matches!(name.as_str(), "pagefind.js" | "pagefind-worker.js")
                || name.starts_with("wasm.");
            let data = name == "pagefind-entry.json" || name.contains(".pf_");
            (data || newest && engine)
                .then(|| (format!("search/{}/{name}", bundle.folder), file.contents))
        })
        .collect();
    files.sort();
    Ok(files)
}

/// Has Pagefind index records.
async fn index(
    records: &[Record],
    lang: &str,
) -> Result<Vec<pagefind::api::SyntheticFile>, Box<dyn std::error::Error>> {
    let config = PagefindServiceConfig::builder().force_language(lang.to_owned()).build();
    let mut index = PagefindIndex::new(Some(config))?;
    for record in records {
        let Record { url, text, title, date_text, date, section, authors } = record.clone();
        let mut meta =
            BTreeMap::from([("title".to_owned(), title), ("date".to_owned(), date_text)]);
        let mut filters = BTreeMap::new();
        let year = date.get(..4).unwrap_or_default().to_owned();
        if let Some(section) = section {
            meta.insert("section".to_owned(), section.clone());
            filters.insert("section".to_owned(), vec![section]);
        }
        if !authors.is_empty() {
            filters.insert("author".to_owned(), authors);
        }
        if !year.is_empty() {
            filters.insert("year".to_owned(), vec![year]);
        }
        let sort = BTreeMap::from([("date".to_owned(), date)]);
        let (meta, filters, sort) = (Some(meta), Some(filters), Some(sort));
        index.add_custom_record(url, text, lang.to_owned(), meta, filters, sort).await?;
    }
    Ok(index.get_files().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_are_of_months_and_know_their_stories() {
        let edition = |date: &str, hash: &str| Index {
            folder: date.into(),
            date: Some(date.into()),
            stories: vec![Teaser {
                url: format!("{date}/a/"),
                hash: hash.into(),
                ..Teaser::default()
            }],
            ..Index::default()
        };
        let all =
            [edition("2026-10-30", "a"), edition("2026-11-23", "b"), edition("2026-11-24", "c")];
        let made = bundles(&all, "en");
        let folders: Vec<_> =
            made.iter().map(|one| (one.folder.as_str(), one.editions.len())).collect();
        assert_eq!(folders, [("new", 2), ("2026-10", 1)]);
        // Editions without a date have a bundle of their own, behind those of months.
        let undated = Index { folder: "undated".into(), ..Index::default() };
        let folders = |all: &[Index]| -> Vec<String> {
            bundles(all, "en").into_iter().map(|one| one.folder).collect()
        };
        let with: Vec<Index> = all.iter().cloned().chain([undated.clone()]).collect();
        assert_eq!(folders(&with), ["new", "2026-10", "undated"]);
        assert_eq!(folders(&[undated]), ["new"]);
        let changed = [all[0].clone(), all[1].clone(), edition("2026-11-24", "d")];
        let again = bundles(&changed, "en");
        assert_eq!(again[1], made[1]);
        assert_ne!(again[0].key, made[0].key);
    }

    #[test]
    fn the_engine_lies_with_the_newest_month() {
        let record = Record {
            url: "2026-11-24/a/".into(),
            text: "Ferries, <b>and</b> lighthouses".into(),
            title: "A".into(),
            date_text: String::new(),
            date: "2026-11-24".into(),
            section: Some("Town".into()),
            authors: vec!["Ann".into()],
        };
        let of = |folder: &str| Bundle {
            folder: folder.into(),
            month: "2026-11".into(),
            key: String::new(),
            editions: vec![],
        };
        let newest = bundle(&of("new"), std::slice::from_ref(&record), "en-GB").unwrap();
        let has = |name: &str| newest.iter().any(|(path, _)| path == &format!("search/new/{name}"));
        assert!(has("pagefind.js") && has("pagefind-worker.js") && has("wasm.en.pagefind"));
        assert!(has("pagefind-entry.json") && !has("pagefind-ui.js"));
        let older = bundle(&of("2026-10"), &[record], "en-GB").unwrap();
        assert!(older.iter().all(|(path, _)| !path.ends_with(".js") && !path.contains("wasm.")));
        assert_eq!(older.len() + 4, newest.len());
    }
}
