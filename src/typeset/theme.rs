//! A theme for print: Typst files that export a function for each part, and `theme.toml` with the
//! numbers that the program needs.

use std::ops::Range;

use typst::syntax::Source;

use super::contract::Contract;
use super::trouble::Trouble;

/// A theme that was loaded.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The numbers of its `theme.toml`.
    pub contract: Contract,
    /// Its name.
    pub name: String,
    /// Its Typst files, parsed.
    pub(super) sources: Vec<Source>,
    /// The names of those of its files that come from the paper's folder.
    pub(super) own: Vec<String>,
    /// A hash of its files.
    pub(super) fingerprint: [u8; 32],
}

impl Theme {
    /// The message of an error in the theme, with the file and the line before it.
    pub(crate) fn said(&self, trouble: &Trouble) -> String {
        let message = trouble.message.trim_start_matches("assertion failed: ");
        match trouble.place.as_ref().and_then(|(path, range)| self.place(path, range)) {
            Some(place) => format!("{place}: {message}"),
            None => message.to_string(),
        }
    }

    /// A place in one of its Typst files, as its author finds it: the file's path and the line. None
    /// if the place is in no file of the theme.
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
    pub(crate) fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// Its Typst files, parsed.
    pub(super) fn sources(&self) -> &[Source] {
        &self.sources
    }
}

/// A line of a theme's file as people find it: in the paper's folder or in a built-in theme.
pub(super) fn place_of(theme: &str, own: &[String], file: &str, line: usize) -> String {
    if own.iter().any(|name| name == file) {
        return format!("templates/print/{theme}/{file}:{line}");
    }
    format!("{file}:{line} of the built-in theme `{theme}`")
}
