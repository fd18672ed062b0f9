//! The files of the site around the editions: home, sections, authors, topics, archive, search page,
//! feeds, and what programs ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::aliases::{Clash, redirects};
use super::archive::archive;
use super::context::Context;
use super::data::{
    AboutPage, EditionData, ImprintLine, ListPage, Listed, MissingPage, SearchPage, SectionPage,
};
use super::escape::{clean, encode, escape};
use super::excerpt::shorten;
use super::feeds::{Entry, feeds, sitemaps};
use super::file::{Fault, File};
use super::front_page::{front, tiers};
use super::index::{Index, Name, Section};
use super::search_index::{Bundle, bundles};
use super::site_words::fill;
use super::templates::Look;
use crate::content::paper::Paper;

/// The stories on one page of a list.
const LISTED: usize = 100;
/// The most stories of older editions on a section's front.
const EARLIER: usize = 60;

/// What is known when the files of the site are made.
#[derive(Debug, Default)]
pub(crate) struct Site {
    /// The bundles of the search, the newest first.
    pub(crate) bundles: Vec<Bundle>,
    /// Aliases that are left out, since something else is at their address.
    pub(crate) clashes: Vec<Clash>,
}

/// Takes files as they are made, so that the pages of a large archive need not be in memory at once.
pub(crate) type Put<'p> = &'p (dyn Fn(File) + Sync);

/// Passes files on and keeps their names.
struct Out<'p> {
    put: Put<'p>,
    names: Mutex<Vec<String>>,
}

impl Out<'_> {
    fn put(&self, file: File) {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).push(file.0.clone());
        (self.put)(file);
    }

    fn all(&self, files: Vec<File>) {
        files.into_iter().for_each(|file| self.put(file));
    }

    /// The names so far. They are sorted, since lists are made side by side and so in any order.
    fn names(&self) -> Vec<String> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner).clone();
        names.sort();
        names
    }
}

/// Makes the site around editions. `indexes` are sorted, the oldest first.
///
/// # Errors
/// A fault in a template.
pub(crate) fn site(
    paper: &Paper,
    look: &Look,
    indexes: &[Index],
    put: Put<'_>,
) -> Result<Site, Fault> {
    let context = Context::new(paper, look);
    let newest_first = || indexes.iter().rev();
    let entries: Vec<Entry<'_>> = newest_first()
        .flat_map(|index| index.stories.iter().map(move |story| (index, story)))
        .collect();
    let nav = newest_first().next().map_or(vec![], |index| index.sections.clone());
    let bundles = bundles(indexes, &paper.lang);
    let out = Out { put, names: Mutex::default() };
    if let Some(newest) = indexes.last() {
        out.put(("index.html".to_owned(), front(&context, newest, 0)?));
    }
    let sections = sections(indexes);
    for section in &sections {
        let own: Vec<Entry<'_>> = entries
            .iter()
            .copied()
            .filter(|(_, story)| story.section.as_ref() == Some(&section.slug))
            .collect();
        out.put(section_page(&context, section, indexes, &own, &nav)?);
        out.all(feeds(&context, Some(section), &own)?);
    }
    lists(&context, &entries, &nav, &out)?;
    out.all(archive(&context, indexes, &nav)?);
    out.all(feeds(&context, None, &entries)?);
    out.all(plain_pages(&context, &nav, &bundles)?);
    if paper.base_url.is_some() {
        let names = out.names();
        let own = |path: &String| path.strip_suffix("index.html").map(encode);
        let others: Vec<String> =
            names.iter().filter_map(own).filter(|url| url != "search/").collect();
        out.all(sitemaps(&context, indexes, &others)?);
    }
    out.all(for_machines(&context));
    let (redirects, clashes) = redirects(&context, indexes, &out.names())?;
    out.all(redirects);
    Ok(Site { bundles, clashes })
}

/// The sections of all editions, each with its name in the newest edition that has it.
fn sections(indexes: &[Index]) -> Vec<Section> {
    let mut known = BTreeSet::new();
    let all = indexes.iter().rev().flat_map(|index| &index.sections);
    all.filter(|section| known.insert(section.slug.clone())).cloned().collect()
}

/// A section's front: the newest edition's stories by weight, then older ones.
fn section_page(
    context: &Context<'_>,
    section: &Section,
    indexes: &[Index],
    own: &[Entry<'_>],
    nav: &[Section],
) -> Result<File, Fault> {
    let newest = indexes.last();
    let old = |(index, _): &&Entry<'_>| newest.is_none_or(|newest| index.folder != newest.folder);
    let url = format!("section/{}/", encode(&section.slug));
    let data = SectionPage {
        title: &section.name,
        section,
        current: &section.slug,
        edition: newest.map(EditionData::of),
        stories: newest.map(|index| tiers(index, section, |_| true)),
        earlier: own.iter().filter(old).take(EARLIER).map(listed).collect(),
        description: format!("{}: {}", context.paper.name, section.name),
    };
    let page = context.page(2, &url, nav, &data);
    let path = format!("section/{}/index.html", section.slug);
    Ok((path, context.look.page("section.html", &page)?))
}

/// A story with its edition's date.
fn listed<'a>((index, story): &Entry<'a>) -> Listed<'a> {
    Listed { story, date_text: &index.date_text, date: index.date.as_deref() }
}

/// The pages of authors and of topics.
fn lists(
    context: &Context<'_>,
    entries: &[Entry<'_>],
    nav: &[Section],
    out: &Out<'_>,
) -> Result<(), Fault> {
    let mut all: BTreeMap<(&str, String), (Name, Vec<Entry<'_>>)> = BTreeMap::new();
    for &(index, story) in entries {
        for (kind, names) in [("author", &story.authors), ("tag", &story.tags)] {
            for name in names {
                let list = all.entry((kind, name.slug.clone()));
                list.or_insert_with(|| (name.clone(), vec![])).1.push((index, story));
            }
        }
    }
    all.par_iter()
        .try_for_each(|((kind, _), (name, entries))| list(context, kind, name, entries, nav, out))
}

/// The pages of one author or topic.
fn list(
    context: &Context<'_>,
    kind: &str,
    name: &Name,
    entries: &[Entry<'_>],
    nav: &[Section],
    out: &Out<'_>,
) -> Result<(), Fault> {
    let word = if kind == "author" { "by_author" } else { "on_topic" };
    let title = fill(context.word(word), &[("name", &name.name)]);
    let pages: Vec<&[Entry<'_>]> = entries.chunks(LISTED).collect();
    let (folder, address) =
        (format!("{kind}/{}/", name.slug), format!("{kind}/{}/", encode(&name.slug)));
    for (at, stories) in pages.iter().enumerate() {
        let more = |at: usize| if at == 0 { String::new() } else { format!("{}/", at + 1) };
        let own = ListPage {
            title: &title,
            kind,
            name,
            description: &title,
            stories: stories.iter().map(listed).collect(),
            page: at + 1,
            pages: pages.len(),
            newer: at.checked_sub(1).map(|at| format!("{address}{}", more(at))),
            older: (at + 1 < pages.len()).then(|| format!("{address}{}", more(at + 1))),
        };
        let depth = if at == 0 { 2 } else { 3 };
        let data = context.page(depth, &format!("{address}{}", more(at)), nav, &own);
        let path = format!("{folder}{}index.html", more(at));
        out.put((path, context.look.page("list.html", &data)?));
    }
    Ok(())
}

/// The search page, the page about the paper, and the page for addresses at which there is nothing.
fn plain_pages(
    context: &Context<'_>,
    nav: &[Section],
    bundles: &[Bundle],
) -> Result<Vec<File>, Fault> {
    let own = SearchPage {
        title: context.word("search"),
        bundles: bundles.iter().map(|bundle| bundle.folder.as_str()).collect(),
        current: "search",
        noindex: true,
    };
    let search = context.page(1, "search/", nav, &own);
    let imprint = &context.paper.imprint;
    let words = crate::words::Words::for_language(&context.paper.lang);
    let lines = [
        (words.publisher, &imprint.publisher),
        (words.editor, &imprint.editor),
        (words.printer, &imprint.printer),
        ("", &imprint.address),
        ("", &imprint.contact),
    ];
    let lines = lines
        .into_iter()
        .filter_map(|(word, text)| Some(ImprintLine { word, text: clean(text.as_ref()?) }));
    let own = AboutPage { title: context.word("about"), lines: lines.collect(), current: "about" };
    let about = context.page(1, "about/", nav, &own);
    // The page is shown at any address, so that its links must begin at the host's root.
    let root = context.root_path();
    let own = MissingPage { title: context.word("not_found"), noindex: true };
    let mut missing = context.page_at(&root, "404.html", nav, &own);
    missing["canonical"] = Value::Null;
    Ok(vec![
        ("search/index.html".into(), context.look.page("search.html", &search)?),
        ("about/index.html".into(), context.look.page("about.html", &about)?),
        ("404.html".into(), context.look.page("404.html", &missing)?),
    ])
}

/// Files for programs: `robots.txt`, the manifest, the icon, and the headers that static hosts send.
fn for_machines(context: &Context<'_>) -> Vec<File> {
    let Paper { name, lang, .. } = context.paper;
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    for map in ["sitemap.xml", "news-sitemap.xml"] {
        if let Some(url) = context.absolute(map) {
            robots.push_str(&format!("Sitemap: {url}\n"));
        }
    }
    let manifest = json!({
        "name": clean(name), "short_name": shorten(&clean(name), 12), "lang": lang,
        "start_url": "./", "scope": "./", "display": "minimal-ui",
        "background_color": "#fffdf9", "theme_color": "#fffdf9",
        "icons": [{ "src": "icon.svg", "sizes": "any", "type": "image/svg+xml" }],
    });
    let initial = name.split_whitespace().next_back().and_then(|word| word.chars().next());
    let initial = escape(&initial.unwrap_or('S').to_uppercase().to_string());
    let icon = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" height=\"64\" fill=\"#1a1a1a\"/><text x=\"32\" y=\"47\" font-family=\"Playfair Display,Georgia,serif\" font-weight=\"700\" font-size=\"44\" text-anchor=\"middle\" fill=\"#fffdf9\">{initial}</text></svg>\n"
    );
    vec![
        ("robots.txt".into(), robots.into_bytes()),
        ("manifest.webmanifest".into(), serde_json::to_vec_pretty(&manifest).unwrap_or_default()),
        ("icon.svg".into(), icon.into_bytes()),
        ("_headers".into(), HEADERS.into()),
    ]
}

/// Headers in the form that Netlify, Cloudflare Pages and others read. Each page has a stricter policy in
/// its own head: only the search page may run WebAssembly.
const HEADERS: &str = "\
/*
  Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Permissions-Policy: camera=(), microphone=(), geolocation=()
  Cache-Control: public, max-age=0, must-revalidate
/assets/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
/:edition/pictures/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
/:edition/share/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
";
