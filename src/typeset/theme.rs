//! A theme for print: Typst files that export one function for each part, and
//! `theme.toml` with the few numbers the program itself needs.

use serde::Deserialize;
use typst::syntax::Source;

use super::world::source;

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
    /// The leading of a row in points.
    pub row: f64,
    /// The gap between two modules, in rows.
    pub gap: u16,
    /// Rows of the bands that no story may use.
    pub bands: Bands,
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
}

/// The themes that come with the program: name, file, text.
static BUILT_IN: &[(&str, &str, &str)] = &[
    ("classic", "theme.toml", include_str!("../../templates/print/classic/theme.toml")),
    ("classic", "theme.typ", include_str!("../../templates/print/classic/theme.typ")),
];

impl Theme {
    /// The names of the themes that come with the program.
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<_> = BUILT_IN.iter().map(|(name, ..)| *name).collect();
        names.dedup();
        names
    }

    /// A theme that comes with the program, each of its files replaced by the
    /// one of that name in `own`, the paper's own `templates/print/<theme>/`.
    ///
    /// # Errors
    /// What is wrong with `theme.toml`, or that there is no such theme.
    pub fn load(name: &str, own: &[(String, String)]) -> Result<Self, String> {
        let mut files: Vec<(String, String)> = own.to_vec();
        for (theme, file, text) in BUILT_IN {
            if *theme == name && !files.iter().any(|(own, _)| own == file) {
                files.push(((*file).into(), (*text).into()));
            }
        }
        let Some((_, numbers)) = files.iter().find(|(file, _)| file == "theme.toml") else {
            let known = Self::names().join(", ");
            return Err(format!("there is no theme “{name}”; the themes are {known}"));
        };
        let contract: Contract =
            toml::from_str(numbers).map_err(|error| format!("theme.toml: {}", error.message()))?;
        if contract.version != 1 || contract.ladder.is_empty() || contract.row < 6.0 {
            return Err("theme.toml: version must be 1, ladder not empty, row at least 6".into());
        }
        let sources = files
            .iter()
            .filter(|(file, _)| file.ends_with(".typ"))
            .map(|(file, text)| source(&format!("theme/{file}"), text.as_str()))
            .collect();
        Ok(Self { contract, name: name.into(), sources })
    }

    /// Its Typst files, parsed.
    pub(super) fn sources(&self) -> &[Source] {
        &self.sources
    }
}
