//! What every page is given: the paper, its words, the way to the site's root.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::data::{Common, PaperData};
use super::escape::{clean, encode};
use super::index::{Name, Section};
use super::site_words::{self, SiteWords};
use super::templates::Look;
use crate::content::paper::Paper;
use crate::names::slug;
use crate::words::long_date;

/// A paper and its look, as pages need them.
pub(super) struct Context<'a> {
    pub(super) paper: &'a Paper,
    pub(super) look: &'a Look,
    /// The words of pages, in the paper's language.
    pub(super) words: SiteWords,
}

impl<'a> Context<'a> {
    pub(super) fn new(paper: &'a Paper, look: &'a Look) -> Self {
        Self { paper, look, words: look.words(&paper.lang) }
    }

    /// The word of a name; empty where there is none.
    pub(super) fn word(&self, name: &str) -> &str {
        self.words.get(name).map_or("", String::as_str)
    }

    /// A date in words, in the paper's language.
    pub(super) fn date(&self, date: Date) -> String {
        long_date(date, &self.paper.lang)
    }

    /// The whole address of a path below the site's root; none where the paper has no address.
    pub(super) fn absolute(&self, url: &str) -> Option<String> {
        Some(format!("{}/{url}", self.paper.base_url.as_ref()?))
    }

    /// The path of the site's root on its host: `/`, or that of the paper's address.
    pub(super) fn root_path(&self) -> String {
        let base = self.paper.base_url.as_deref().unwrap_or_default();
        let path = base.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
        path.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}/"))
    }

    /// The data of a page: `own` with what all pages are given. The page lies `depth` folders below the
    /// site's root, at the address `url` below it.
    pub(super) fn page(
        &self,
        depth: usize,
        url: &str,
        sections: &[Section],
        own: &impl Serialize,
    ) -> Value {
        let root = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
        self.page_at(&root, url, sections, own)
    }

    /// The same with a path to the site's root in the place of the depth.
    pub(super) fn page_at(
        &self,
        root: &str,
        url: &str,
        sections: &[Section],
        own: &impl Serialize,
    ) -> Value {
        let Paper { name, motto, lang, place, .. } = self.paper;
        let common = Common {
            root,
            url,
            canonical: self.absolute(url),
            base: self.paper.base_url.as_deref(),
            paper: PaperData {
                name: clean(name),
                motto: motto.as_deref().map(clean),
                lang,
                dir: site_words::direction(lang),
                place: place.as_deref().map(clean),
                email: email(self.paper),
            },
            nav: sections,
            assets: self.look.assets.paths(),
            w: &self.words,
            feeds: self.paper.base_url.is_some(),
            current: Some(""),
            title: "",
            description: Some(""),
            preload: self.look.assets.preload(),
            noindex: false,
        };
        // Plain data can always be written as JSON.
        let mut all = serde_json::to_value(common).unwrap_or_default();
        let own = serde_json::to_value(own).unwrap_or_default();
        if let (Some(all), Value::Object(own)) = (all.as_object_mut(), own) {
            all.extend(own);
        }
        all
    }
}

/// The first mail address in the imprint's contact.
fn email(paper: &Paper) -> Option<String> {
    let contact = paper.imprint.contact.as_deref()?;
    let mut words =
        contact.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>'));
    words.find(|word| word.contains('@') && word.contains('.')).map(str::to_owned)
}

/// A name and the last part of its address.
pub(super) fn named(name: &str) -> Name {
    let name = clean(name);
    Name { slug: slug(&name), name }
}

/// The address of a page below the root: its parts, each with a slash behind it.
pub(super) fn address_of(parts: &[&str]) -> String {
    parts.iter().map(|part| format!("{}/", encode(part))).collect()
}
