//! Loads a theme: takes the built-in files and those of the paper, and checks that the theme has all
//! that its contract asks for.

use typst::foundations::Bytes;
use typst::syntax::Source;

use super::contract::{Contract, read};
use super::theme::{Theme, place_of};
use super::virtual_files::source;
use super::world::MemoryWorld;

/// The files of the built-in themes: for each file the theme's name, its own name, its text.
macro_rules! built_in {
    ($($theme:literal),*) => {
        &[$(
            ($theme, "theme.toml", include_str!(concat!("../../templates/print/", $theme, "/theme.toml"))),
            ($theme, "theme.typ", include_str!(concat!("../../templates/print/", $theme, "/theme.typ"))),
        )*]
    };
}

/// The files of the built-in themes: the theme's name, the file's name, its text.
static BUILT_IN: &[(&str, &str, &str)] = built_in!["classic", "modern", "bulletin"];

/// What the drivers share. No paper overrides it.
const FIXED: &str = include_str!("../../templates/print/fixed.typ");

/// What draws the picture that other people's pages show of a story. Themes may import it, and no
/// paper overrides it.
pub(crate) const CARD: &str = include_str!("../../templates/print/card.typ");

/// What any theme may import: the file's name, its text.
static SHARED: (&str, &str) = ("parts.typ", include_str!("../../templates/print/parts.typ"));

impl Theme {
    /// The names of the built-in themes.
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<_> = BUILT_IN.iter().map(|(name, ..)| *name).collect();
        names.dedup();
        names
    }

    /// Loads a built-in theme or one of the paper's own. `own` are the names and texts of the files in
    /// the paper's `templates/print/<name>/`; each replaces the built-in file of its name.
    ///
    /// # Errors
    /// If there is no such theme, if a file of it is wrong, or if it lacks what the contract asks
    /// for.
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
        theme.check_contract().map(|()| theme)
    }

    /// Checks that Typst can read the theme and that it exports all functions of the contract.
    fn check_contract(&self) -> Result<(), String> {
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
        let set = MemoryWorld::new(self, &driver).with("also.json", also).set();
        set.map(|_| ())
            .map_err(|all| all.iter().map(|one| self.said(one)).collect::<Vec<_>>().join("; "))
    }
}
