//! The desk the typesetter works at: every file it may read, and no other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, Span, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

use super::theme::Theme;
use super::{clusters, content, elements, fonts};

/// The virtual path of a story's slot. Slots are used again from edition to
/// edition, since Typst never frees a file's number.
pub fn story_path(slot: usize) -> String {
    format!("story/{slot}.json")
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let mut library = Library::default();
    elements::register(&mut library.rules);
    let scope = library.global.scope_mut();
    scope.define_elem::<elements::PartElem>();
    scope.define_elem::<elements::ThreadElem>();
    scope.define_elem::<elements::ShortsElem>();
    scope.define_elem::<elements::AbreastElem>();
    scope.define_elem::<elements::RunInElem>();
    scope.define_elem::<elements::MonoElem>();
    scope.define_elem::<elements::ListingElem>();
    scope.define_elem::<elements::AsterismElem>();
    scope.define_func::<content::story>();
    LazyHash::new(library)
});

/// What went wrong in Typst, with the file and bytes it points at.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The message.
    pub message: String,
    /// Typst's own hints.
    pub hints: Vec<String>,
    /// Where it points: the virtual path and the bytes in it.
    pub place: Option<(String, std::ops::Range<usize>)>,
}

/// A set of virtual files with a main one.
#[derive(Clone)]
pub struct Desk {
    main: FileId,
    sources: BTreeMap<u16, Source>,
    files: BTreeMap<u16, Bytes>,
}

impl Desk {
    /// A desk with a theme's files and a driver as the main one.
    pub fn new(theme: &Theme, driver: &Source) -> Self {
        let sources =
            theme.sources().iter().chain([driver]).map(|s| (number(s.id()), s.clone())).collect();
        Self { main: driver.id(), sources, files: BTreeMap::new() }
    }

    /// Lays a file on the desk.
    #[must_use]
    pub fn with(mut self, path: &str, data: Bytes) -> Self {
        self.files.insert(number(file_id(path)), data);
        self
    }

    /// Sets everything.
    ///
    /// # Errors
    /// What Typst says against it.
    pub fn set(&self) -> Result<PagedDocument, Vec<Trouble>> {
        let result = typst::compile::<PagedDocument>(self);
        let document = result
            .output
            .map_err(|all| all.iter().map(|one| self.trouble(one)).collect::<Vec<_>>())?;
        Ok(clusters::joined(document))
    }

    /// What Typst says, with its place resolved.
    pub fn trouble(&self, diagnostic: &SourceDiagnostic) -> Trouble {
        use typst::WorldExt;
        let place = diagnostic.span.id().and_then(|id| {
            Some((id.vpath().get_without_slash().to_string(), self.range(diagnostic.span)?))
        });
        Trouble {
            message: diagnostic.message.to_string(),
            hints: diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect(),
            place,
        }
    }
}

/// The number of a virtual file.
pub(crate) fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).unwrap_or_else(|_| unreachable!("our own paths are plain"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn number(id: FileId) -> u16 {
    id.into_raw().get()
}

/// A source of ours, parsed.
pub(crate) fn source(path: &str, text: impl Into<String>) -> Source {
    Source::new(file_id(path), text.into())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&number(id)).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let source =
            || self.sources.get(&number(id)).map(|s| Bytes::from_string(s.text().to_owned()));
        self.files.get(&number(id)).cloned().or_else(source).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

/// A span that points nowhere, for content that no writer wrote.
pub(super) const NOWHERE: Span = Span::detached();
