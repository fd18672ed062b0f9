//! Diagnostics as plain data: what is wrong, where, and what to do.
//!
//! The library collects them; only the binary prints them.

mod code;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use code::Code;

/// The number of a file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileNo(pub u32);

/// A range of bytes in a file that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileNo,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The edition is made all the same.
    Warning,
    /// Nothing is made; or the story is left out, where the user wants that (`--keep-going`).
    Error,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The name of what is wrong.
    pub code: Code,
    /// Where it is; none where no file is at fault.
    pub span: Option<Span>,
    /// The letter within that place that is meant, where it is a single one: [`Sources::place`] finds it.
    pub letter: Option<char>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it, a sentence each.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span.into(), message.into())
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span.into(), message.into())
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds what to do about it.
    pub(crate) fn add_hint(&mut self, hint: impl Into<String>) -> &mut Self {
        self.hints.push(hint.into());
        self
    }

    /// The same about one letter in its place.
    #[must_use]
    pub fn letter(mut self, letter: Option<char>) -> Self {
        self.letter = letter;
        self
    }

    /// Whether it is about a fault of the program that was worked round. It stops no edition, not even
    /// where warnings are errors.
    pub fn is_worked_round(&self) -> bool {
        let ours = [Code::SetAgain, Code::PageDiffersFromPlan, Code::Overprint];
        self.severity == Severity::Warning && ours.contains(&self.code)
    }

    fn new(severity: Severity, code: Code, span: Option<Span>, message: String) -> Self {
        Self { severity, code, span, letter: None, message, hints: vec![] }
    }
}

/// Whether one of these is an error.
pub fn has_errors(all: &[Diagnostic]) -> bool {
    all.iter().any(|one| one.severity == Severity::Error)
}

/// One file that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path as a person would write it: from the root, with `/`.
    pub path: String,
    /// Its text; bytes that are not UTF-8 stand as U+FFFD.
    pub text: String,
}

/// All files that were read, by number.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Takes a file in.
    ///
    /// # Panics
    /// With more than 2^32 files.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileNo {
        let number = FileNo(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        number
    }

    /// Takes over the files of `from` that diagnostics point at, and no others, so that memory grows with
    /// what is wrong and not with what was read. The first `common` files are the same in both. The
    /// diagnostics point into these sources afterwards.
    pub fn take_in(&mut self, mut from: Self, common: u32, said: &mut [Diagnostic]) {
        let mut moved: BTreeMap<FileNo, FileNo> = BTreeMap::new();
        for span in said.iter_mut().filter_map(|one| one.span.as_mut()) {
            if span.file.0 < common {
                continue;
            }
            let to = *moved.entry(span.file).or_insert_with(|| {
                let SourceFile { path, text } =
                    std::mem::take(&mut from.files[span.file.0 as usize]);
                self.add(path, text)
            });
            span.file = to;
        }
    }

    /// The number of files.
    #[allow(clippy::len_without_is_empty, reason = "nobody asks whether there are none")]
    pub fn len(&self) -> u32 {
        u32::try_from(self.files.len()).unwrap_or(u32::MAX)
    }

    /// The place of a text in the file of a story, which is named by its key; the beginning of the file
    /// where the text isn't there, none where the file was not read.
    pub fn find(&self, story: &str, text: &str) -> Option<Span> {
        let is = |one: &&SourceFile| one.path.rsplit_once('.').is_some_and(|(key, _)| key == story);
        let at = self.files.iter().position(|one| is(&one))?;
        let start = u32::try_from(self.files[at].text.find(text).unwrap_or(0)).ok()?;
        let end = start + u32::try_from(text.len()).ok()?;
        Some(Span { file: FileNo(u32::try_from(at).ok()?), start, end })
    }

    /// The file of a number.
    pub fn get(&self, file: FileNo) -> &SourceFile {
        &self.files[file.0 as usize]
    }

    /// Where a diagnostic points: at its letter, if it is about one that is found in its span, else at
    /// its span.
    pub fn place(&self, diagnostic: &Diagnostic) -> Option<Span> {
        let span = diagnostic.span?;
        let text = &self.get(span.file).text;
        let within = text.get(span.start as usize..(span.end as usize).min(text.len()));
        let found = diagnostic.letter.zip(within).and_then(|(letter, within)| {
            let start = span.start + within.find(letter)? as u32;
            Some(Span { start, end: start + letter.len_utf8() as u32, ..span })
        });
        Some(found.unwrap_or(span))
    }

    /// Line and column (in characters) of a byte, each from 1.
    pub fn line_column(&self, file: FileNo, byte: u32) -> (usize, usize) {
        let text = &self.get(file).text;
        let mut at = (byte as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}
