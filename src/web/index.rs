//! What is known of an edition without its stories' texts: `index.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the form of `index.json`.
pub(super) const VERSION: u32 = 1;

/// An edition as other pages see it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// The version of this form.
    pub version: u32,
    /// The folder it lies in, below the site's root: its date, as a rule.
    pub folder: String,
    /// Its date (`YYYY-MM-DD`); none where no story has one.
    pub date: Option<String>,
    /// Its date in words.
    pub date_text: String,
    /// Its volume and number in words.
    pub number: Option<String>,
    /// Pages printed.
    pub pages: usize,
    /// The PDF of all pages, where one was made.
    pub pdf: Option<String>,
    /// Its sections that have stories, in the paper's order.
    pub sections: Vec<Section>,
    /// Its stories in the order of print: page by page, the heaviest first.
    pub stories: Vec<Teaser>,
    /// The style sheets, scripts and faces its pages use, below the site's root.
    pub assets: Vec<String>,
}

/// A section, an author or a topic, and the last part of its address.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[schemars(deny_unknown_fields)]
pub struct Name {
    /// As it is printed.
    pub name: String,
    /// In addresses.
    pub slug: String,
}

/// A section of an edition.
pub type Section = Name;

/// A story as other pages show it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Teaser {
    /// Its key: the path of its file without the ending.
    pub key: String,
    /// Its folder below the edition's.
    pub slug: String,
    /// Its address below the site's root, percent-encoded, with a slash at its end.
    pub url: String,
    /// Its headline, plain.
    pub headline: String,
    /// Its headline as HTML, without links.
    pub headline_html: String,
    /// The words above it.
    pub kicker: Option<String>,
    /// Its standfirst or its first words, plain.
    pub summary: String,
    /// Who wrote it.
    pub authors: Vec<Name>,
    /// Where it was written from.
    pub dateline: Option<String>,
    /// Its section's slug, where it has one.
    pub section: Option<String>,
    /// Its topics.
    pub tags: Vec<Name>,
    /// Its date (`YYYY-MM-DD`).
    pub date: Option<String>,
    /// When it was last changed, as it was written.
    pub updated: Option<String>,
    /// Its older addresses, below the site's root.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The same story in all its languages, its own among them; empty where there is but one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Alternate>,
    /// Its language, where it differs from the paper's.
    pub lang: Option<String>,
    /// The page it begins on.
    pub page: u16,
    /// All pages it stands on.
    pub pages: Vec<u16>,
    /// Its rank on that page: 0 leads.
    pub rank: u8,
    /// The size of its printed headline in points; none in a brief.
    pub head: Option<f32>,
    /// Columns it spans there.
    pub columns: u8,
    /// Whether it is a brief.
    pub brief: bool,
    /// Words in its body.
    pub words: usize,
    /// Minutes it takes to read, at least 1.
    pub minutes: usize,
    /// Its most important picture.
    pub art: Option<Art>,
    /// What other people's pages show of it; none where the paper has no address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<ArtFile>,
    /// A hash of its text and of what is searched by.
    pub hash: String,
}

/// A story in one of its languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Alternate {
    /// The language (BCP 47).
    pub lang: String,
    /// Its address: below the site's root, or a whole one.
    pub url: String,
}

/// A picture and its files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Art {
    /// What is seen on it.
    pub alt: String,
    /// All of it.
    pub whole: Shown,
    /// The part that stands beside a headline, 3:2; none where nothing may be cut off.
    pub teaser: Option<Shown>,
    /// 1:1, 4:3 and 16:9 for other people's pages.
    pub shares: Vec<ArtFile>,
}

/// One view of a picture at several sizes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Shown {
    /// WebP files, narrowest first.
    pub webp: Vec<ArtFile>,
    /// For programs that read nothing newer than JPEG.
    pub jpeg: ArtFile,
    /// The width of its largest file in pixels.
    pub width: u32,
    /// The height of its largest file in pixels.
    pub height: u32,
}

/// A file of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ArtFile {
    /// Below the site's root.
    pub path: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

impl Index {
    /// The bytes of `index.json`.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads `index.json`; none where it is of another version or no such file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let index: Self = serde_json::from_slice(bytes).ok()?;
        let plain = |part: &str| !part.is_empty() && !part.contains(['/', '\\']) && part != "..";
        // What is named here becomes files, whoever wrote it.
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
