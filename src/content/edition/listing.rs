//! Lists the files below a folder.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Names of files about a folder, which are not stories.
pub(crate) const ABOUT: [&str; 12] = [
    "readme",
    "sources",
    "license",
    "licence",
    "changelog",
    "contributing",
    "code_of_conduct",
    "authors",
    "notice",
    "security",
    "copying",
    "manifest",
];

/// Folders that hold dependencies or outputs of programs.
const SKIPPED: [&str; 3] = ["node_modules", "target", "public"];

/// Whether this is an extension of Markdown files.
pub(crate) fn is_markdown(ending: &str) -> bool {
    matches!(ending, "md" | "markdown")
}

/// The extension of a path, in small letters.
pub(crate) fn ending_of(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// All files below `from`, each with its path relative to `root`, with `/`. Hidden folders, and
/// folders of dependencies and outputs, are skipped. Links that lead out of `root` are not
/// followed.
pub(crate) fn files_below(root: &Path, from: &Path) -> impl Iterator<Item = (PathBuf, String)> {
    let skipped = |name: &str| name.starts_with('.') && name.len() > 1 || SKIPPED.contains(&name);
    let inside = move |path: &Path| path.canonicalize().is_ok_and(|real| real.starts_with(root));
    let walker = WalkDir::new(from).sort_by_file_name().into_iter().filter_entry(move |entry| {
        entry.depth() == 0
            || !(entry.file_type().is_dir() && skipped(&entry.file_name().to_string_lossy()))
    });
    let all = inside(from).then_some(walker).into_iter().flatten().flatten();
    all.filter_map(move |entry| {
        let path = entry.path();
        let kind = entry.file_type();
        let is_file = kind.is_file() || kind.is_symlink() && path.is_file() && inside(path);
        let shown = path.strip_prefix(root).ok()?.components();
        let shown: Vec<_> = shown.map(|part| part.as_os_str().to_string_lossy()).collect();
        is_file.then(|| (path.to_owned(), shown.join("/")))
    })
}
