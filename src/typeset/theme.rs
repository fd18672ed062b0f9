//! A theme for print: Typst files that export one function for each part, and
//! `theme.toml` with the few numbers the program itself needs.

use std::ops::Range;

use typst::foundations::Bytes;
use typst::syntax::Source;

use super::contract::{Contract, read};
use super::world::{Desk, Trouble, source};

/// A theme, read.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its numbers.
    pub contract: Contract,
    /// Its name.
    pub name: String,
    sources: Vec<Source>,
    /// The names of the files that are the paper's own.
    own: Vec<String>,
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
            return Err(format!("there is no theme `{name}`; the themes are {known}"));
        };
        if !files.iter().any(|(file, _)| file == "theme.typ") {
            return Err(format!("the theme `{name}` has no theme.typ"));
        }
        let own: Vec<String> = own.iter().map(|(file, _)| file.clone()).collect();
        let contract = read(numbers).map_err(|(line, what)| {
            let place = place_of(name, &own, "theme.toml", line);
            format!("{place}: {what}")
        })?;
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
        let theme = Self { contract, name: name.into(), sources, own, fingerprint };
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
        let set = Desk::new(self, &driver).with("also.json", also).set();
        set.map(|_| ())
            .map_err(|all| all.iter().map(|one| self.said(one)).collect::<Vec<_>>().join("; "))
    }

    /// What Typst says, behind the file and the line of the theme that it says it of.
    pub fn said(&self, trouble: &Trouble) -> String {
        let message = trouble.message.trim_start_matches("assertion failed: ");
        match trouble.place.as_ref().and_then(|(path, range)| self.place(path, range)) {
            Some(place) => format!("{place}: {message}"),
            None => message.to_string(),
        }
    }

    /// Where a place in one of its Typst files is for the one who wrote them: the file from the
    /// paper's folder, and the line. None where the place is in no file of a theme.
    fn place(&self, path: &str, range: &Range<usize>) -> Option<String> {
        let file = path.strip_prefix("theme/")?;
        let is_it = |source: &&Source| source.id().vpath().get_without_slash() == path;
        let text = self.sources.iter().find(is_it)?.text();
        let before = &text.as_bytes()[..range.start.min(text.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Some(place_of(&self.name, &self.own, file, line))
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

/// A line of a theme's file as people find it: below the paper's folder, or in the theme that comes
/// with the program.
fn place_of(theme: &str, own: &[String], file: &str, line: usize) -> String {
    if own.iter().any(|name| name == file) {
        return format!("templates/print/{theme}/{file}:{line}");
    }
    format!("{file}:{line} of the built-in theme `{theme}`")
}
