//! The files that Typst sees: their paths and numbers. They exist in memory alone.

use typst::syntax::{FileId, RootedPath, Source, Span, VirtualPath, VirtualRoot};

/// The virtual path of the story in a slot. Slots are used again from edition to edition, since Typst
/// never frees a file's number.
pub fn story_path(slot: usize) -> String {
    format!("story/{slot}.json")
}

/// The id of a virtual file.
pub(crate) fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).unwrap_or_else(|_| unreachable!("our own paths are plain"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// A Typst source of the program's own, parsed.
pub(crate) fn source(path: &str, text: impl Into<String>) -> Source {
    Source::new(file_id(path), text.into())
}

/// A span without a place, for content that comes from no story.
pub(super) const NOWHERE: Span = Span::detached();
