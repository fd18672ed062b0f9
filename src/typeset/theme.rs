//! A theme for print: Typst files that export one function for each part, and
//! `theme.toml` with the few numbers the program itself needs.

use serde::Deserialize;
use typst::foundations::Bytes;
use typst::syntax::Source;

use super::world::{Desk, Trouble, source};

/// What the program must know of a theme before it sets anything.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contract {
    /// The version of the contract between program and theme.
    pub version: u32,
    /// The ladder of headline sizes in points, smallest first.
    pub ladder: Vec<f32>,
    /// The size of a jump head in points: a lead's, then the others'.
    pub jump_sizes: [f32; 2],
    /// The sizes in points, smallest first, that a jump head may have too where it leads its page.
    #[serde(default)]
    pub jump_leads: Vec<f32>,
    /// The leading of a row in points.
    pub row: f64,
    /// The gap between two modules, in rows.
    pub gap: u16,
    /// Rows of the bands that no story may use.
    pub bands: Bands,
    /// The places beside the nameplate, in a theme that has them.
    pub ears: Option<EarRoom>,
    /// The place of the weather, in a theme that has one.
    pub weather: Option<WeatherRoom>,
    /// The place of promos, in a theme that has one.
    pub promos: Option<PromoRoom>,
    /// The head of a section's front, in a theme that has one.
    pub section_fronts: Option<FrontRoom>,
}

/// The head of a section's front.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontRoom {
    /// Its rows, below the folio.
    pub rows: u16,
}

/// The place of an ear in the masthead.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarRoom {
    /// Its width, as a share of the page's columns together.
    pub width: f64,
    /// Its height in rows.
    pub rows: f64,
}

/// The place of the weather, at the end of the front page's foot.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeatherRoom {
    /// Columns it takes; the index has the others.
    pub columns: u8,
    /// Rows that the foot of the front page then has, at least.
    pub rows: u16,
}

/// The place of promos, below the masthead.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PromoRoom {
    /// Rows between the masthead and the first story, the white below them included.
    pub rows: u16,
    /// Rows of that white, where a rule stands.
    pub white: u16,
    /// The side of a promo's picture in rows.
    pub picture: f64,
}

/// Rows taken by furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Bands {
    /// Skyline, nameplate and date line.
    pub front_top: u16,
    /// The index.
    pub front_foot: u16,
    /// The folio.
    pub inside_top: u16,
    /// Folio and section head.
    pub section_top: u16,
    /// The imprint.
    pub last_foot: u16,
}

/// A theme, read.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its numbers.
    pub contract: Contract,
    /// Its name.
    pub name: String,
    sources: Vec<Source>,
    fingerprint: [u8; 32],
}

/// The files of a theme that comes with the program: its name, then file and text.
macro_rules! built_in {
    ($($theme:literal),*) => {
        &[$(
            ($theme, "theme.toml", include_str!(concat!("../../templates/print/", $theme, "/theme.toml"))),
            ($theme, "theme.typ", include_str!(concat!("../../templates/print/", $theme, "/theme.typ"))),
        )*]
    };
}

/// The themes that come with the program: name, file, text.
static BUILT_IN: &[(&str, &str, &str)] = built_in!["classic", "modern", "bulletin"];

/// What both drivers wrap a story in, which no paper overrides.
const FIXED: &str = include_str!("../../templates/print/fixed.typ");

/// A story's picture for other people's pages, which themes may import and no paper overrides.
pub(crate) const CARD: &str = include_str!("../../templates/print/card.typ");

/// What any theme may import: file, text.
static SHARED: (&str, &str) = ("parts.typ", include_str!("../../templates/print/parts.typ"));

impl Theme {
    /// The names of the themes that come with the program.
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<_> = BUILT_IN.iter().map(|(name, ..)| *name).collect();
        names.dedup();
        names
    }

    /// A theme that comes with the program, or one of a new name. Each built-in file is replaced
    /// by the one of its name in `own`, the paper's own `templates/print/<theme>/`.
    ///
    /// # Errors
    /// That there is no such theme, what is wrong with its files, or what it lacks.
    pub fn load(name: &str, own: &[(String, String)]) -> Result<Self, String> {
        let mut files: Vec<(String, String)> = own.to_vec();
        let its = BUILT_IN.iter().filter(|(theme, ..)| *theme == name);
        for (file, text) in its.map(|(_, file, text)| (*file, *text)).chain([SHARED]) {
            if !files.iter().any(|(own, _)| own == file) {
                files.push((file.into(), text.into()));
            }
        }
        let Some((_, numbers)) = files.iter().find(|(file, _)| file == "theme.toml") else {
            let known = Self::names().join(", ");
            return Err(format!("there is no theme “{name}”; the themes are {known}"));
        };
        if !files.iter().any(|(file, _)| file == "theme.typ") {
            return Err(format!("the theme “{name}” has no theme.typ"));
        }
        let contract: Contract =
            toml::from_str(numbers).map_err(|error| format!("theme.toml: {}", error.message()))?;
        if contract.version != 1 || contract.ladder.is_empty() || contract.row < 6.0 {
            return Err("theme.toml: version must be 1, ladder not empty, row at least 6".into());
        }
        let mut sources: Vec<Source> = files
            .iter()
            .filter(|(file, _)| file.ends_with(".typ"))
            .map(|(file, text)| source(&format!("theme/{file}"), text.as_str()))
            .collect();
        sources.push(source("fixed.typ", FIXED));
        sources.push(source("card.typ", CARD));
        let mut hasher = blake3::Hasher::new();
        for part in files.iter().flat_map(|(file, text)| [file, text]) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let fingerprint = *hasher.finalize().as_bytes();
        let theme = Self { contract, name: name.into(), sources, fingerprint };
        theme.keeps_its_contract().map(|()| theme)
    }

    /// Whether it can be read and exports all that pages are made of.
    fn keeps_its_contract(&self) -> Result<(), String> {
        let driver = source("check.typ", include_str!("../../templates/print/check.typ"));
        let Contract { ears, weather, promos, section_fronts, .. } = &self.contract;
        let also = [
            ("ear", ears.is_some()),
            ("weather", weather.is_some()),
            ("promo", promos.is_some()),
            ("section-front", section_fronts.is_some()),
        ];
        let also: Vec<&str> = also.iter().filter(|(_, has)| *has).map(|(name, _)| *name).collect();
        let also = Bytes::from_string(serde_json::json!(also).to_string());
        let said = |trouble: &Trouble| {
            let message = trouble.message.trim_start_matches("assertion failed: ");
            let own = trouble.place.as_ref().and_then(|(path, range)| {
                let its = |source: &&Source| source.id().vpath().get_without_slash() == path;
                let before = self.sources.iter().find(its)?.text().get(..range.start)?;
                Some((path.trim_start_matches("theme/"), before.matches('\n').count() + 1))
            });
            match own {
                Some((file, line)) => format!("{file}, line {line}: {message}"),
                None => message.to_string(),
            }
        };
        let set = Desk::new(self, &driver).with("also.json", also).set();
        set.map(|_| ()).map_err(|all| all.iter().map(said).collect::<Vec<_>>().join("; "))
    }

    /// The texts of its Typst files.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(Source::text)
    }

    /// A hash of its files.
    pub fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// Its Typst files, parsed.
    pub(super) fn sources(&self) -> &[Source] {
        &self.sources
    }
}
