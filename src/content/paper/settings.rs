//! Reads `paper.yaml` and the settings in `edition.yaml`. A new setting gets its key in `KEYS` and
//! a line in `read`, or in `of_edition` if an edition may have it too.

use crate::diag::Code;
use jiff::tz::TimeZone;

use crate::grid::Sheet;
use crate::names::key;

use super::ads;
use super::ads::AdList;
use super::furniture;
use super::numbering::numbering;
use super::page_format::format;
use super::period;
use super::period::Every;
use super::pins;
use super::pins::StoryPins;
use super::web_look;
use super::web_look::WebLook;
use super::{Ears, Imprint, Pages, Paper, Section};
use crate::content::syntax::fields;
use crate::content::syntax::fields::{Fields, Text};
use crate::content::syntax::language_key;
use crate::content::syntax::scope::Scope;
use crate::content::syntax::slips;
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::yaml;

/// The keys of `paper.yaml`.
pub(crate) const KEYS: &[&str] = &[
    "name",
    "motto",
    "lang",
    "time_zone",
    "place",
    "price",
    "edition",
    "numbering",
    "sections",
    "format",
    "theme",
    "base_url",
    "web",
    "imprint",
    "pages",
    "resolution",
    "front_stories",
    "rules",
    "ads",
    "fillers",
    "ears",
];

/// Other names of keys.
const ALIASES: &[&str] = &["title", "language", "timezone", "url", "languages"];

/// The default settings. The paper has the folder's name.
pub(crate) fn defaults(folder: &str) -> Paper {
    Paper {
        name: if folder.is_empty() { "The Paper".into() } else { folder.to_owned() },
        motto: None,
        lang: "en".into(),
        time_zone: "UTC".into(),
        place: None,
        price: None,
        every: Every::default(),
        numbering: None,
        sections: vec![],
        format: Sheet::default(),
        theme: "classic".into(),
        base_url: None,
        site_url: None,
        web: WebLook::default(),
        imprint: Imprint::default(),
        pages: Pages { count: None, exact: false, multiple: 1 },
        resolution: 200,
        front_stories: 5,
        ads: vec![],
        ears: Ears::default(),
        weather: None,
        promos: vec![],
    }
}

/// The keys of `edition.yaml`.
pub(crate) const EDITION_KEYS: &[&str] =
    &["pages", "front_stories", "price", "ads", "fillers", "ears", "weather", "promos", "pins"];

/// Reads `edition.yaml`. Returns the paper with the settings of this edition, and the edition's
/// pins.
pub(crate) fn read_edition(scope: &mut Scope<'_>, paper: &Paper) -> (Paper, Vec<StoryPins>) {
    let mut paper = paper.clone();
    let Some(node) = parsed(scope, "edition.yaml", "pages: 8") else { return (paper, vec![]) };
    let known = |key: &str| EDITION_KEYS.contains(&key) || key.starts_with("x_");
    let fields = Fields::new(scope, &node, known, EDITION_KEYS);
    scope.base_url.clone_from(&paper.base_url);
    if let Some(text) = fields.text(scope, &["price"]) {
        paper.price = Some(text.text.to_owned());
    }
    of_edition(scope, &fields, &mut paper);
    paper.weather = furniture::weather(scope, &fields);
    paper.promos = furniture::promos(scope, &fields);
    let pins = pins::of_edition(scope, &fields);
    (paper, pins)
}

/// Reads the settings that both files can have.
fn of_edition(scope: &mut Scope<'_>, fields: &Fields<'_>, paper: &mut Paper) {
    if let Some(node) = fields.get(&["pages"]) {
        paper.pages = pages(scope, node);
    }
    let front = fields.number(scope, &["front_stories"], 1, 12).and_then(|n| u8::try_from(n).ok());
    paper.front_stories = front.unwrap_or(paper.front_stories);
    paper.ads.extend(ads::read(scope, fields, AdList::Ads));
    paper.ads.extend(ads::read(scope, fields, AdList::Fillers));
    furniture::ears(scope, fields, &mut paper.ears);
}

/// Parses a file of keys and values. Reports any other content and returns `None`.
pub(crate) fn parsed(scope: &mut Scope<'_>, name: &str, example: &str) -> Option<Node> {
    let source = scope.source;
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    let node = match yaml::parse(&source[start..], start) {
        Ok(node) => node,
        Err(error) => {
            slips::say_settings(scope, name, error);
            return None;
        }
    };
    if !matches!(node.value, Value::Map(_) | Value::Null) {
        let what = format!("{name} must consist of keys and values, but it is {}", node.kind());
        let hint = match slips::of_no_keys(source) {
            Some(hint) if !source.contains('=') => hint.to_owned(),
            _ => format!("write lines such as `{example}`"),
        };
        scope.error(Code::BadSettings, node.range.clone(), what).add_hint(hint);
        return None;
    }
    Some(node)
}

/// Reads `paper.yaml`. Settings that it does not have stay as in `paper`. Sets `is_told` to true if
/// the file gives a language.
pub(crate) fn read(scope: &mut Scope<'_>, paper: Paper, is_told: &mut bool) -> Paper {
    let mut paper = paper;
    let Some(node) = parsed(scope, "paper.yaml", "name: The Daily Echo") else { return paper };
    let known = |key: &str| KEYS.contains(&key) || ALIASES.contains(&key) || key.starts_with("x_");
    let fields = Fields::new(scope, &node, known, KEYS);
    let own = |text: Text<'_>| text.text.to_owned();
    if let Some(text) = fields.text(scope, &["name", "title"]) {
        paper.name = own(text);
    }
    paper.motto = fields.text(scope, &["motto"]).map(own);
    if let Some(text) = fields
        .get(&["lang", "language", "languages"])
        .and_then(|node| fields::texts(scope, node, "lang").into_iter().next())
    {
        paper.lang = language_key::of_paper(scope, text).unwrap_or(paper.lang);
        *is_told = true;
    }
    if let Some(text) = fields.text(scope, &["time_zone", "timezone"]) {
        if TimeZone::get(text.text).is_ok() {
            paper.time_zone = own(text);
        } else {
            scope
                .error(
                    Code::BadValue,
                    text.node.range.clone(),
                    format!("there is no time zone `{}`", text.text),
                )
                .add_hint("write a name such as Europe/Berlin or America/New_York");
        }
    }
    paper.place = fields.text(scope, &["place"]).map(own);
    paper.price = fields.text(scope, &["price"]).map(own);
    paper.every = fields.get(&["edition"]).map_or(paper.every, |node| period::every(scope, node));
    paper.numbering = fields.get(&["numbering"]).map(|node| numbering(scope, node));
    paper.sections =
        fields.get(&["sections"]).map(|node| sections(scope, node)).unwrap_or_default();
    paper.format = format(scope, &fields).unwrap_or(paper.format);
    if let Some(text) = fields.text(scope, &["theme"]) {
        paper.theme = own(text);
    }
    paper.base_url = base_url(scope, &fields);
    scope.base_url.clone_from(&paper.base_url);
    paper.web = fields.get(&["web"]).map(|node| web_look::web(scope, node)).unwrap_or_default();
    if let Some(node) = fields.get(&["imprint"]) {
        paper.imprint = imprint(scope, node);
    }
    of_edition(scope, &fields, &mut paper);
    paper.resolution = fields.number(scope, &["resolution"], 72, 1200).unwrap_or(paper.resolution);
    paper
}

fn base_url(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Option<String> {
    let text = fields.text(scope, &["base_url", "url"])?;
    let url = text.text.trim_end_matches('/');
    if url.starts_with("https://") || url.starts_with("http://") {
        return Some(url.to_owned());
    }
    scope
        .error(Code::BadValue, text.node.range.clone(), "`base_url` must be a full web address")
        .add_hint("begin it with https://");
    None
}

fn sections(scope: &mut Scope<'_>, node: &Node) -> Vec<Section> {
    let mut sections: Vec<Section> = vec![];
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    for item in items {
        let (mut briefs, mut front) = (false, false);
        let section = if matches!(item.value, Value::Map(_)) {
            let names = ["name", "title", "briefs", "front"];
            let inner = Fields::new(scope, item, |key| names.contains(&key), &names);
            briefs = inner.truth(scope, &["briefs"]) == Some(true);
            front = inner.truth(scope, &["front"]) == Some(true);
            let title = inner.text(scope, &["title", "name"]).map(|text| text.text.to_owned());
            inner.text(scope, &["name", "title"]).map(|text| text.text.to_owned()).zip(title)
        } else {
            fields::text(scope, item, "sections")
                .map(|text| (text.text.to_owned(), text.text.to_owned()))
        };
        let Some((name, title)) = section else { continue };
        if sections.iter().any(|known| key(&known.name) == key(&name)) {
            scope
                .warning(
                    Code::DuplicateSection,
                    item.range.clone(),
                    format!("the section `{name}` is listed twice"),
                )
                .add_hint("remove one of the two");
        } else {
            sections.push(Section { name, title, briefs, front });
        }
    }
    sections
}

fn imprint(scope: &mut Scope<'_>, node: &Node) -> Imprint {
    let names = ["publisher", "editor", "printer", "address", "contact"];
    let inner = Fields::new(scope, node, |key| names.contains(&key), &names);
    let mut get = |name: &str| inner.text(scope, &[name]).map(|text| text.text.to_owned());
    Imprint {
        publisher: get("publisher"),
        editor: get("editor"),
        printer: get("printer"),
        address: get("address"),
        contact: get("contact"),
    }
}

fn pages(scope: &mut Scope<'_>, node: &Node) -> Pages {
    let mut pages = Pages { count: None, exact: false, multiple: 1 };
    if matches!(node.value, Value::Map(_)) {
        let names = ["count", "exactly", "multiple"];
        let inner = Fields::new(scope, node, |key| names.contains(&key), &names);
        pages.count = inner.number(scope, &["exactly"], 1, 400);
        pages.exact = pages.count.is_some();
        pages.count = pages.count.or_else(|| inner.number(scope, &["count"], 1, 400));
        pages.multiple = inner.number(scope, &["multiple"], 1, 16).unwrap_or(1);
    } else if let Some(text) = fields::text(scope, node, "pages") {
        let number = text.text.strip_prefix("exactly");
        pages.exact = number.is_some();
        match number.unwrap_or(text.text).trim().parse::<u16>() {
            Ok(count) if (1..=400).contains(&count) => pages.count = Some(count),
            _ => {
                scope
                    .error(
                        Code::BadValue,
                        node.range.clone(),
                        "`pages` must be a whole number from 1 to 400",
                    )
                    .add_hint("write `pages: 8`, `pages: exactly 8` or `pages: {multiple: 4}`");
            }
        }
    }
    pages
}
