//! What templates are given: these types and nothing else. `stonehand schema web` prints them.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Value, json};

use super::index::{Index, Name, Section, Teaser};

/// What every page is given beside its own data.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Common<'a> {
    /// Leads from the page to the site's root.
    pub(super) root: &'a str,
    /// The page's address below the root.
    pub(super) url: &'a str,
    /// Its whole address, or the one that the story has elsewhere; none where the paper has no
    /// address.
    pub(super) canonical: Option<String>,
    /// The paper's address, without a slash at its end.
    pub(super) base: Option<&'a str>,
    /// The paper.
    pub(super) paper: PaperData<'a>,
    /// The sections that pages lead to.
    pub(super) nav: &'a [Section],
    /// Where files that pages load lie below the root, by their names.
    pub(super) assets: BTreeMap<&'a str, &'a str>,
    /// The words of the pages in the paper's language, by their names.
    pub(super) w: &'a BTreeMap<String, String>,
    /// Whether there are feeds.
    pub(super) feeds: bool,
    /// The section that the page belongs to, or its own name.
    pub(super) current: Option<&'a str>,
    /// Its title; nothing on the front.
    pub(super) title: &'a str,
    /// What search engines say of it.
    pub(super) description: Option<&'a str>,
    /// The faces that are seen first, below the root.
    pub(super) preload: Vec<String>,
    /// Whether search engines are to leave it out.
    pub(super) noindex: bool,
}

/// The paper.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PaperData<'a> {
    /// Its name.
    pub(super) name: String,
    /// Its motto.
    pub(super) motto: Option<String>,
    /// Its language (BCP 47).
    pub(super) lang: &'a str,
    /// `ltr` or `rtl`.
    pub(super) dir: &'a str,
    /// Where it comes out.
    pub(super) place: Option<String>,
    /// Its mail address, where the imprint has one.
    pub(super) email: Option<String>,
}

/// The edition that a page belongs to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct EditionData<'a> {
    /// Its address below the root.
    pub(super) url: String,
    /// Its date (`YYYY-MM-DD`).
    pub(super) date: Option<&'a str>,
    /// Its date in words.
    pub(super) date_text: &'a str,
    /// Volume and number in words.
    pub(super) number: Option<&'a str>,
    /// Pages printed.
    pub(super) pages: usize,
    /// The PDF of all pages, below the root.
    pub(super) pdf: Option<&'a str>,
}

impl<'a> EditionData<'a> {
    /// What a page says of the edition that it belongs to.
    pub(super) fn of(index: &'a Index) -> Self {
        Self {
            url: format!("{}/", index.folder),
            date: index.date.as_deref(),
            date_text: &index.date_text,
            number: index.number.as_deref(),
            pages: index.pages,
            pdf: index.pdf.as_deref(),
        }
    }
}

/// A section's stories in their tiers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Tiers<'a> {
    /// The section.
    pub(super) section: &'a Section,
    /// The heaviest story with a picture.
    pub(super) lead: Option<&'a Teaser>,
    /// Some with their standfirst.
    pub(super) more: Vec<&'a Teaser>,
    /// The others' headlines.
    pub(super) heads: Vec<&'a Teaser>,
    /// The briefs.
    pub(super) briefs: Vec<&'a Teaser>,
}

/// `front.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FrontPage<'a> {
    pub(super) edition: EditionData<'a>,
    /// Whether it is the paper's home.
    pub(super) latest: bool,
    /// What leads page one.
    pub(super) lead: Option<&'a Teaser>,
    /// The two beside it.
    pub(super) seconds: &'a [&'a Teaser],
    /// The others of page one.
    pub(super) thirds: &'a [&'a Teaser],
    /// The sections inside.
    pub(super) sections: Vec<Tiers<'a>>,
    pub(super) title: &'a str,
    pub(super) description: Option<&'a str>,
    /// JSON-LD for a `script` element.
    pub(super) jsonld: String,
}

/// A day for people and for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Day {
    /// `YYYY-MM-DD`; none where it is written otherwise.
    pub(super) iso: Option<String>,
    /// In words.
    pub(super) text: String,
}

/// The picture that other people's pages show.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ShareImage {
    /// Its whole address.
    pub(super) url: String,
    /// Pixels.
    pub(super) width: u32,
    /// Pixels.
    pub(super) height: u32,
    /// What is seen on it.
    pub(super) alt: String,
}

/// A story in one of its languages, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Hreflang {
    /// The language (BCP 47), or `x-default`.
    pub(super) lang: String,
    /// Its address.
    pub(super) href: String,
}

/// `article.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ArticlePage<'a> {
    /// The story as other pages know it.
    pub(super) story: &'a Teaser,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) current: Option<&'a str>,
    /// Its section.
    pub(super) section: Option<&'a Section>,
    pub(super) edition: EditionData<'a>,
    /// HTML.
    pub(super) headline: String,
    /// HTML.
    pub(super) standfirst: Option<String>,
    /// HTML.
    pub(super) byline: Option<String>,
    pub(super) date: Option<Day>,
    /// When it was changed.
    pub(super) updated: Option<Day>,
    /// The picture above the text, HTML.
    pub(super) lead: Option<String>,
    /// HTML.
    pub(super) body: String,
    /// The notes, HTML; empty where there are none.
    pub(super) notes: String,
    pub(super) corrections: Vec<String>,
    /// The word for a correction.
    pub(super) correction: &'a str,
    pub(super) related: Vec<&'a Teaser>,
    pub(super) alternates: Vec<Hreflang>,
    /// Links to the story in other languages, HTML.
    pub(super) languages: Option<String>,
    /// The story before it in print.
    pub(super) before: Option<&'a Teaser>,
    /// The story after it.
    pub(super) after: Option<&'a Teaser>,
    pub(super) image: Option<ShareImage>,
    /// JSON-LD for a `script` element.
    pub(super) jsonld: String,
    /// Its language, where it differs from the paper's.
    pub(super) lang: Option<&'a str>,
    /// The direction of that.
    pub(super) dir: Option<&'a str>,
}

/// A story in a list, with the date of its edition.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Listed<'a> {
    pub(super) story: &'a Teaser,
    /// In words.
    pub(super) date_text: &'a str,
    /// `YYYY-MM-DD`.
    pub(super) date: Option<&'a str>,
}

/// `section.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SectionPage<'a> {
    pub(super) title: &'a str,
    pub(super) section: &'a Section,
    pub(super) current: &'a str,
    /// The newest edition.
    pub(super) edition: Option<EditionData<'a>>,
    /// Its stories of the section.
    pub(super) stories: Option<Tiers<'a>>,
    /// Older stories, newest first.
    pub(super) earlier: Vec<Listed<'a>>,
    pub(super) description: String,
}

/// `list.html`: authors and topics.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ListPage<'a> {
    pub(super) title: &'a str,
    /// `author` or `tag`.
    pub(super) kind: &'a str,
    pub(super) name: &'a Name,
    pub(super) description: &'a str,
    pub(super) stories: Vec<Listed<'a>>,
    /// The page of the list, from 1.
    pub(super) page: usize,
    /// Pages of the list.
    pub(super) pages: usize,
    /// The address of the page before it, below the root.
    pub(super) newer: Option<String>,
    /// The address of the page after it.
    pub(super) older: Option<String>,
}

/// `archive.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ArchivePage<'a> {
    pub(super) title: String,
    pub(super) year: Option<i16>,
    /// All years, newest first.
    pub(super) years: &'a [i16],
    /// The months of a paper that comes out by days.
    pub(super) months: &'a [Month],
    /// The editions of one that gathers weeks or months.
    pub(super) lists: &'a [EditionList],
    /// The date of the first edition in words.
    pub(super) first: Option<String>,
    pub(super) weekdays: Vec<WeekdayName>,
    pub(super) current: &'a str,
}

/// A month of the archive.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Month {
    pub(super) name: String,
    /// Seven days each; none before the first and after the last.
    pub(super) weeks: Vec<Vec<Option<Cell>>>,
}

/// A day of the archive.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Cell {
    /// Of the month.
    pub(super) day: i8,
    /// Its edition's address below the root.
    pub(super) url: Option<String>,
    /// Its date in words.
    pub(super) text: Option<String>,
}

/// Editions below a name.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct EditionList {
    /// The month, where they are weeks.
    pub(super) name: Option<String>,
    pub(super) editions: Vec<EditionLink>,
}

/// A link to an edition.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct EditionLink {
    /// Below the root.
    pub(super) url: String,
    /// Its date in words.
    pub(super) text: String,
}

/// A day of the week.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct WeekdayName {
    pub(super) short: String,
    pub(super) long: String,
}

/// `search.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SearchPage<'a> {
    pub(super) title: &'a str,
    /// The folders of the months below `search/`, the newest first.
    pub(super) bundles: Vec<&'a str>,
    pub(super) current: &'a str,
    pub(super) noindex: bool,
}

/// `about.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AboutPage<'a> {
    pub(super) title: &'a str,
    pub(super) lines: Vec<ImprintLine<'a>>,
    pub(super) current: &'a str,
}

/// A line of the imprint.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ImprintLine<'a> {
    /// What it is; empty where that needs no word.
    pub(super) word: &'a str,
    pub(super) text: String,
}

/// `404.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct MissingPage<'a> {
    pub(super) title: &'a str,
    pub(super) noindex: bool,
}

/// `redirect.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct RedirectPage<'a> {
    pub(super) title: &'a str,
    /// Where it leads.
    pub(super) target: String,
}

/// `rss.xml` and `atom.xml`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Feed<'a> {
    pub(super) title: String,
    /// The whole address of what it is a feed of.
    pub(super) home: String,
    pub(super) lang: &'a str,
    pub(super) description: &'a str,
    pub(super) entries: Vec<FeedEntry<'a>>,
    /// The newest entry's moment (RFC 3339).
    pub(super) updated: Option<String>,
    /// The same (RFC 2822).
    pub(super) rfc2822: Option<String>,
}

/// A story in a feed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FeedEntry<'a> {
    pub(super) url: Option<String>,
    pub(super) headline: &'a str,
    pub(super) summary: &'a str,
    pub(super) authors: Vec<&'a str>,
    pub(super) section: Option<&'a str>,
    pub(super) tags: Vec<&'a str>,
    pub(super) image: Option<String>,
    pub(super) rfc3339: Option<String>,
    pub(super) rfc2822: Option<String>,
}

/// `sitemap.xml`: pages, or other sitemaps.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Sitemap<'a> {
    pub(super) urls: &'a [SitemapUrl],
    pub(super) maps: &'a [Option<String>],
}

/// A page in a sitemap.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SitemapUrl {
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
    pub(super) alternates: Vec<Hreflang>,
}

/// `news-sitemap.xml`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct NewsSitemap<'a> {
    pub(super) urls: Vec<NewsUrl<'a>>,
    pub(super) name: String,
}

/// A story in the news sitemap.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct NewsUrl<'a> {
    pub(super) url: Option<String>,
    pub(super) title: &'a str,
    pub(super) date: Option<&'a str>,
    pub(super) lang: &'a str,
}

/// Whether a template makes a page: pages are given the common data too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TemplateKind {
    Page,
    Other,
}

/// The JSON Schemas of what each template is given, by the templates' names.
pub fn template_schemas() -> Value {
    let mut generator = SchemaGenerator::default();
    let all: [(&str, TemplateKind, Schema); 14] = [
        ("front.html", TemplateKind::Page, generator.subschema_for::<FrontPage<'_>>()),
        ("article.html", TemplateKind::Page, generator.subschema_for::<ArticlePage<'_>>()),
        ("section.html", TemplateKind::Page, generator.subschema_for::<SectionPage<'_>>()),
        ("list.html", TemplateKind::Page, generator.subschema_for::<ListPage<'_>>()),
        ("archive.html", TemplateKind::Page, generator.subschema_for::<ArchivePage<'_>>()),
        ("search.html", TemplateKind::Page, generator.subschema_for::<SearchPage<'_>>()),
        ("about.html", TemplateKind::Page, generator.subschema_for::<AboutPage<'_>>()),
        ("404.html", TemplateKind::Page, generator.subschema_for::<MissingPage<'_>>()),
        ("redirect.html", TemplateKind::Page, generator.subschema_for::<RedirectPage<'_>>()),
        ("rss.xml", TemplateKind::Other, generator.subschema_for::<Feed<'_>>()),
        ("atom.xml", TemplateKind::Other, generator.subschema_for::<Feed<'_>>()),
        ("sitemap.xml", TemplateKind::Other, generator.subschema_for::<Sitemap<'_>>()),
        ("news-sitemap.xml", TemplateKind::Other, generator.subschema_for::<NewsSitemap<'_>>()),
        ("", TemplateKind::Other, generator.subschema_for::<Common<'_>>()),
    ];
    let mut definitions = Value::Object(generator.take_definitions(true));
    let name = |schema: &Schema| {
        let reference = schema.get("$ref").and_then(Value::as_str).unwrap_or_default();
        reference.rsplit('/').next().unwrap_or_default().to_owned()
    };
    let common = all.iter().find(|(template, ..)| template.is_empty());
    let common = common.map(|(.., schema)| definitions[name(schema)].clone()).unwrap_or_default();
    // A page has the common properties and its own; of two with one name its own counts.
    let whole = |own: &Value| {
        let mut whole = own.clone();
        for key in ["properties", "required"] {
            match (&mut whole[key], &common[key]) {
                (Value::Object(own), Value::Object(all)) => {
                    for (name, schema) in all {
                        own.entry(name).or_insert_with(|| schema.clone());
                    }
                }
                (Value::Array(own), Value::Array(all)) => {
                    own.extend(
                        all.iter().filter(|name| !own.contains(name)).cloned().collect::<Vec<_>>(),
                    );
                }
                _ => {}
            }
        }
        whole
    };
    let mut properties = serde_json::Map::new();
    let mut own = vec![];
    for (template, kind, schema) in all.iter().filter(|(template, ..)| !template.is_empty()) {
        let schema_of = &definitions[name(schema)];
        let schema_of =
            if *kind == TemplateKind::Page { whole(schema_of) } else { schema_of.clone() };
        properties.insert((*template).to_owned(), schema_of);
        own.push(name(schema));
    }
    if let Value::Object(definitions) = &mut definitions {
        own.iter().for_each(|name| drop(definitions.remove(name)));
        definitions.remove("Common");
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What each template of the web edition is given",
        "type": "object",
        "properties": properties,
        "$defs": definitions,
    })
}
