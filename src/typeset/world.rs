//! The world that Typst works in: all files that it may read, and no others.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

use super::theme::Theme;
use super::trouble::Trouble;
use super::virtual_files::file_id;
use super::{clusters, fonts, own_elements, story_content};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let mut library = Library::default();
    own_elements::register(&mut library.rules);
    let scope = library.global.scope_mut();
    scope.define_elem::<own_elements::PartElem>();
    scope.define_elem::<own_elements::ThreadElem>();
    scope.define_elem::<own_elements::ShortsElem>();
    scope.define_elem::<own_elements::AbreastElem>();
    scope.define_elem::<own_elements::RunInElem>();
    scope.define_elem::<own_elements::MonoElem>();
    scope.define_elem::<own_elements::ListingElem>();
    scope.define_elem::<own_elements::AsterismElem>();
    scope.define_func::<story_content::story>();
    LazyHash::new(library)
});

/// The virtual files of one compile, one of which is the main file.
#[derive(Clone)]
pub struct MemoryWorld {
    main: FileId,
    sources: BTreeMap<u16, Source>,
    files: BTreeMap<u16, Bytes>,
}

impl MemoryWorld {
    /// A world with a theme's files; the driver is the main file.
    pub fn new(theme: &Theme, driver: &Source) -> Self {
        let sources =
            theme.sources().iter().chain([driver]).map(|s| (number(s.id()), s.clone())).collect();
        Self { main: driver.id(), sources, files: BTreeMap::new() }
    }

    /// Adds a file.
    #[must_use]
    pub fn with(mut self, path: &str, data: Bytes) -> Self {
        self.files.insert(number(file_id(path)), data);
        self
    }

    /// Compiles the main file to a document.
    ///
    /// # Errors
    /// What Typst reports.
    pub fn set(&self) -> Result<PagedDocument, Vec<Trouble>> {
        let result = typst::compile::<PagedDocument>(self);
        let document = result
            .output
            .map_err(|all| all.iter().map(|one| self.trouble(one)).collect::<Vec<_>>())?;
        Ok(clusters::joined(document))
    }

    /// A diagnostic of Typst's with its place.
    pub(crate) fn trouble(&self, diagnostic: &SourceDiagnostic) -> Trouble {
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

fn number(id: FileId) -> u16 {
    id.into_raw().get()
}

impl World for MemoryWorld {
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
