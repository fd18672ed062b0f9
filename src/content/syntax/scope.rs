//! The state that all readers of one file share: its text, its diagnostics, its pictures, its
//! links.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diag::{Code, Diagnostic, FileNo, Span};

use super::runs::{Claims, Map};
use super::spelling::normal;
use super::tree::{Node, Value};
use crate::content::addresses::page_url::{PageUrl, rooted};
use crate::content::addresses::picture_finder::Finder;
use crate::content::addresses::written_paths::without_root;
use crate::content::model::mention::Pictures;
use crate::content::model::{LinkTo, Near, Run};

/// One file that is being read.
pub(crate) struct Scope<'a> {
    /// The file's number.
    pub(crate) file: FileNo,
    /// The file's text.
    pub(crate) source: &'a str,
    /// The diagnostics so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Errors about pictures that could not be found or read. The caller decides whether the story
    /// goes on without them.
    pub(crate) lost: Vec<Diagnostic>,
    /// The story's pictures so far.
    pub(crate) pictures: Pictures,
    /// Finds the files of pictures.
    pub(crate) finder: &'a Finder,
    /// The address that links from the site's root are joined to.
    pub(crate) base_url: Option<String>,
    /// The address of the story's own page, if it is known.
    pub(crate) page_url: Option<PageUrl>,
    /// The addresses of pictures, by the names that the front matter gives them.
    pub(crate) called: BTreeMap<String, String>,
    /// Whether the file is MDX, in which braces hold expressions.
    pub(crate) mdx: bool,
    /// The texts of the front matter, by key, for tags in the body that print them.
    pub(crate) page: BTreeMap<String, (String, Map)>,
    claims: Claims,
    said: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    /// Starts reading a file.
    pub(crate) fn new(file: FileNo, source: &'a str, finder: &'a Finder) -> Self {
        Self {
            file,
            source,
            diagnostics: vec![],
            lost: vec![],
            pictures: Pictures::default(),
            finder,
            base_url: None,
            page_url: None,
            called: BTreeMap::new(),
            mdx: false,
            page: BTreeMap::new(),
            claims: Claims::default(),
            said: BTreeSet::new(),
        }
    }

    /// The span of these bytes of the file.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        let clip = |byte: usize| u32::try_from(byte.min(self.source.len())).unwrap_or(u32::MAX);
        Span { file: self.file, start: clip(range.start), end: clip(range.end) }
    }

    /// Adds an error at a place.
    pub(crate) fn error(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic::error(code, self.span(range), message);
        self.push(diagnostic)
    }

    /// Adds a warning at a place.
    pub(crate) fn warning(
        &mut self,
        code: Code,
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

    /// Whether `kind` is asked for the first time in this file. It serves to report a kind of fault
    /// only once.
    pub(crate) fn first(&mut self, kind: &str) -> bool {
        self.said.insert(kind.to_owned())
    }

    /// A run of text with a span that no other run has.
    pub(crate) fn run(&mut self, text: impl Into<String>, range: Range<usize>) -> Run {
        let range = self.claims.claim(range, self.source.len());
        Run { text: text.into(), span: self.span(range) }
    }

    /// Keeps the texts of the front matter for tags in the body that print them.
    pub(crate) fn remember(&mut self, front: &Node) {
        let Value::Map(entries) = &front.value else { return };
        for entry in entries {
            if let Value::Scalar(text) = &entry.node.value {
                let map = Map::align(text, self.source, entry.node.range.clone());
                self.page.insert(normal(&entry.key), (text.clone(), map));
            }
        }
    }

    /// Whether the front matter has a text under this key.
    pub(crate) fn has_page(&self, key: &str) -> bool {
        self.page.contains_key(key)
    }
}

impl Scope<'_> {
    /// The target of a link: an absolute address, or something in the paper that is looked up once
    /// all stories are known. Returns `None` for an address that no browser could follow.
    pub(crate) fn link(&mut self, written: &str, place: Range<usize>) -> Option<LinkTo> {
        let site = without_root(written.trim());
        let url = site.as_deref().unwrap_or_else(|| written.trim());
        if url.is_empty() || url.contains(|c: char| c.is_control()) {
            return None;
        }
        let lower = url.to_ascii_lowercase();
        let web = url.replacen("mailto: ", "mailto:", 1).replace(' ', "%20");
        if ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len())
        {
            return Some(LinkTo::Web(web));
        }
        if is_mail(url) {
            return Some(LinkTo::Web(format!("mailto:{url}")));
        }
        if url.starts_with("//") {
            return Some(LinkTo::Web(format!("https:{web}")));
        }
        let scheme = lower.split(['/', '?', '#']).next().unwrap_or_default();
        if scheme.contains(':') {
            return None;
        }
        let web = match self.base_url.as_deref().filter(|_| url.starts_with('/')) {
            Some(base) => Some(rooted(base, &web)),
            None => self.page_url.as_ref().and_then(|page| page.join(&web)),
        };
        Some(self.near(url, web, false, place))
    }

    /// The target of a wiki link, which names a note by its title.
    pub(crate) fn wiki_link(&mut self, written: &str, place: Range<usize>) -> LinkTo {
        self.near(written, None, true, place)
    }

    fn near(&self, url: &str, web: Option<String>, wiki: bool, place: Range<usize>) -> LinkTo {
        let (name, heading) = match url.split_once('#') {
            // Of a heading and another one below it, the last counts.
            Some((name, heading)) => (name, heading.rsplit('#').next()),
            None => (url, None),
        };
        let heading = heading.map(|heading| heading.trim().to_owned());
        let name = name.trim().to_owned();
        LinkTo::Near(Near { name, heading, web, wiki, span: self.span(place) })
    }

    /// The text of a key of the front matter, as written there.
    pub(crate) fn page_text(&self, key: &str) -> Option<String> {
        self.page.get(key).map(|(text, _)| text.clone())
    }
}

/// Whether an address is a mail address without a scheme.
fn is_mail(url: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%'))
    };
    let domain = |host: &str| {
        let last = host.rsplit('.').next().unwrap_or_default();
        host.contains('.') && last.len() > 1 && last.chars().all(char::is_alphabetic)
    };
    url.split_once('@').is_some_and(|(who, host)| is_part(who) && is_part(host) && domain(host))
}
