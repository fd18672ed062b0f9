//! `index.json`: what is known of an edition without the texts of its stories.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the form of `index.json`.
pub(super) const VERSION: u32 = 1;

/// An edition as other pages see it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Index {
    /// The version of this form.
    pub(crate) version: u32,
    /// The folder it lies in, below the site's root: its date, as a rule.
    pub(crate) folder: String,
    /// Its date (`YYYY-MM-DD`); none where no story has one.
    pub(crate) date: Option<String>,
    /// Its date in words.
    pub(crate) date_text: String,
    /// Its volume and number in words.
    pub(crate) number: Option<String>,
    /// Pages printed.
    pub(crate) pages: usize,
    /// The PDF of all pages, where one was made.
    pub(crate) pdf: Option<String>,
    /// Its sections that have stories, in the paper's order.
    pub(crate) sections: Vec<Section>,
    /// Its stories in the order of print: page by page, the heaviest first.
    pub(crate) stories: Vec<Teaser>,
    /// The style sheets, scripts and faces its pages use, below the site's root.
    pub(crate) assets: Vec<String>,
}

/// A section, an author or a topic, and the last part of its address.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Name {
    /// As it is printed.
    pub(crate) name: String,
    /// In addresses.
    pub(crate) slug: String,
}

/// A section of an edition.
pub(crate) type Section = Name;

/// A story as other pages show it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Teaser {
    /// Its key: the path of its file without the ending.
    pub(crate) key: String,
    /// Its folder below the edition's.
    pub(crate) slug: String,
    /// Its address below the site's root, percent-encoded, with a slash at its end.
    pub(crate) url: String,
    /// Its headline, plain.
    pub(crate) headline: String,
    /// Its headline as HTML, without links.
    pub(crate) headline_html: String,
    /// The words above it.
    pub(crate) kicker: Option<String>,
    /// Its standfirst or its first words, plain.
    pub(crate) summary: String,
    /// Who wrote it.
    pub(crate) authors: Vec<Name>,
    /// Where it was written from.
    pub(crate) dateline: Option<String>,
    /// Its section's slug, where it has one.
    pub(crate) section: Option<String>,
    /// Its topics.
    pub(crate) tags: Vec<Name>,
    /// Its date (`YYYY-MM-DD`).
    pub(crate) date: Option<String>,
    /// When it was last changed, as it was written.
    pub(crate) updated: Option<String>,
    /// Its older addresses, below the site's root.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) aliases: Vec<String>,
    /// The same story in all its languages, its own among them; empty where there is but one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) translations: Vec<Alternate>,
    /// Its language, where it differs from the paper's.
    pub(crate) lang: Option<String>,
    /// The page it begins on.
    pub(crate) page: u16,
    /// All pages it stands on.
    pub(crate) pages: Vec<u16>,
    /// Its rank on that page: 0 leads.
    pub(crate) rank: u8,
    /// The size of its printed headline in points; none in a brief.
    pub(crate) head: Option<f32>,
    /// Columns it spans there.
    pub(crate) columns: u8,
    /// Whether it is a brief.
    pub(crate) brief: bool,
    /// Words in its body.
    pub(crate) words: usize,
    /// Minutes it takes to read, at least 1.
    pub(crate) minutes: usize,
    /// Its most important picture.
    pub(crate) art: Option<Art>,
    /// What other people's pages show of it; none where the paper has no address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) share: Option<ArtFile>,
    /// A hash of its text and of what is searched by.
    pub(crate) hash: String,
}

/// A story in one of its languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Alternate {
    /// The language (BCP 47).
    pub(crate) lang: String,
    /// Its address: below the site's root, or a whole one.
    pub(crate) url: String,
}

/// A picture and its files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Art {
    /// What is seen on it.
    pub(crate) alt: String,
    /// All of it.
    pub(crate) whole: Shown,
    /// The part that stands beside a headline, 3:2; none where nothing may be cut off.
    pub(crate) teaser: Option<Shown>,
    /// 1:1, 4:3 and 16:9 for other people's pages.
    pub(crate) shares: Vec<ArtFile>,
}

/// One view of a picture at several sizes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Shown {
    /// WebP files, narrowest first.
    pub(crate) webp: Vec<ArtFile>,
    /// For programs that read nothing newer than JPEG.
    pub(crate) jpeg: ArtFile,
    /// The width of its largest file in pixels.
    pub(crate) width: u32,
    /// The height of its largest file in pixels.
    pub(crate) height: u32,
}

/// A file of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ArtFile {
    /// Below the site's root.
    pub(crate) path: String,
    /// Pixels.
    pub(crate) width: u32,
    /// Pixels.
    pub(crate) height: u32,
}

/// The folder of an edition below the site's root.
pub fn folder_of(date: Option<Date>) -> String {
    date.map_or_else(|| "undated".into(), |date| date.to_string())
}

impl Index {
    /// The bytes of `index.json`.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads `index.json`; none where it can't be read, is of another version, or names paths outside its
    /// folder.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let index: Self = serde_json::from_slice(bytes).ok()?;
        let plain = |part: &str| !part.is_empty() && !part.contains(['/', '\\']) && part != "..";
        // The file may come from anybody, and what it names becomes paths of files.
        let below = |path: &str| {
            path.split('/').all(|part| plain(part) && part != "." && !part.starts_with('.'))
        };
        let safe = plain(&index.folder)
            && index
                .stories
                .iter()
                .all(|story| plain(&story.slug) && story.aliases.iter().all(|alias| below(alias)));
        (index.version == VERSION && safe).then_some(index)
    }
}
