//! What the readers of one file share: its text, its places, what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diag::{Diagnostic, FileNo, Span};

use super::finder::Finder;
use super::known::normal;
use super::markdown;
use super::pictures::Pictures;
use super::runs::{Claims, Map};
use super::story::{Inline, Run};
use super::tree::{Node, Value};

/// One file that is being read.
pub(crate) struct Scope<'a> {
    /// Its number.
    pub(crate) file: FileNo,
    /// Its text.
    pub(crate) source: &'a str,
    /// What is wrong so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The errors of pictures that can't be had: what names them can go on without them.
    pub(crate) lost: Vec<Diagnostic>,
    /// The story's pictures so far.
    pub(crate) pictures: Pictures,
    /// Where pictures are looked for.
    pub(crate) finder: &'a Finder,
    /// What relative links are joined to.
    pub(crate) base_url: Option<String>,
    page: BTreeMap<String, (String, Map)>,
    claims: Claims,
    said: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    /// Begins with a file.
    pub(crate) fn new(file: FileNo, source: &'a str, finder: &'a Finder) -> Self {
        Self {
            file,
            source,
            diagnostics: vec![],
            lost: vec![],
            pictures: Pictures::default(),
            finder,
            base_url: None,
            page: BTreeMap::new(),
            claims: Claims::default(),
            said: BTreeSet::new(),
        }
    }

    /// A place in this file.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        let clip = |byte: usize| u32::try_from(byte.min(self.source.len())).unwrap_or(u32::MAX);
        Span { file: self.file, start: clip(range.start), end: clip(range.end) }
    }

    /// An error at a place.
    pub(crate) fn error(
        &mut self,
        code: &str,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic::error(code, self.span(range), message);
        self.push(diagnostic)
    }

    /// A warning at a place.
    pub(crate) fn warning(
        &mut self,
        code: &str,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic::warning(code, self.span(range), message);
        self.push(diagnostic)
    }

    fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let at = self.diagnostics.len();
        self.diagnostics.push(diagnostic);
        &mut self.diagnostics[at]
    }

    /// Whether this is said for the first time in this file: a kind of fault is named once.
    pub(crate) fn first(&mut self, kind: &str) -> bool {
        self.said.insert(kind.to_owned())
    }

    /// A run of text with a place of its own.
    pub(crate) fn run(&mut self, text: impl Into<String>, range: Range<usize>) -> Run {
        let range = self.claims.claim(range, self.source.len());
        Run { text: text.into(), span: self.span(range) }
    }

    /// Keeps the texts of front matter for bodies that print them.
    pub(crate) fn remember(&mut self, front: &Node) {
        let Value::Map(entries) = &front.value else { return };
        for entry in entries {
            if let Value::Scalar(text) = &entry.node.value {
                let map = Map::align(text, self.source, entry.node.range.clone());
                self.page.insert(normal(&entry.key), (text.clone(), map));
            }
        }
    }

    /// Whether front matter has a text of this key.
    pub(crate) fn has_page(&self, key: &str) -> bool {
        self.page.contains_key(key)
    }

    /// A text of the front matter as a line. What it names itself is not filled in again, so that
    /// no text can unfold without end.
    pub(crate) fn page(&mut self, key: &str) -> Vec<Inline> {
        let page = std::mem::take(&mut self.page);
        let line = page.get(key).map(|(text, map)| markdown::inlines(self, text, map));
        self.page = page;
        line.unwrap_or_default()
    }
}

impl Scope<'_> {
    /// An address that paper and screen can show: absolute ones as they are, those from the site's
    /// root where the site is known. Others are no links.
    pub(crate) fn link(&self, written: &str) -> Option<String> {
        let url = written.trim();
        if url.is_empty() || url.contains(|c: char| c.is_control()) {
            return None;
        }
        let lower = url.to_ascii_lowercase();
        let url = url.replace(' ', "%20");
        if ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len())
        {
            return Some(url);
        }
        if url.starts_with("//") {
            return Some(format!("https:{url}"));
        }
        let base = self.base_url.as_deref()?;
        url.starts_with('/').then(|| format!("{}{url}", base.trim_end_matches('/')))
    }
}
