//! Finds and reads the author files of generators. Add the folders and names of another generator's
//! files to the lists here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Bylines, CALLED, keys_of, known_in, name_of_page, squashed};
use crate::content::addresses::picture_finder::{Root, slashed};
use crate::content::story::matter;
use crate::content::syntax::tree::{Node, SyntaxError, Value};
use crate::content::syntax::{json_tree, toml_tree, yaml};
use crate::diag::{Code, Diagnostic, Sources, Span};

/// Folders for data files, beside the stories or above them, as in Jekyll, Eleventy and Hugo.
const DATA: [&str; 3] = ["", "_data", "data"];
/// A folder for stories and data beside the folder of the stories, as in Gatsby and Astro.
const BESIDE: &str = "src";
/// The extensions of author files.
const ENDINGS: [&str; 4] = ["yml", "yaml", "json", "toml"];
/// Folders with a page or a file for each author. All pages of Jekyll's folder are read, because a
/// page there may have a key that differs from its file name.
const PAGES: [&str; 3] = ["authors", "author", "_authors"];
/// The largest author file that is read, in bytes.
const MOST_BYTES: u64 = 1 << 20;
/// The most author pages that are read.
const MOST_PAGES: usize = 2_000;

/// Looks for author files in the folders of stories and in all folders above, up to their root.
/// `folders` holds the index of the root, and the folder with `/`. The files that are read are
/// added to `sources`.
pub(crate) fn search(
    roots: &[Root],
    folders: &BTreeSet<(usize, String)>,
    wanted: &BTreeSet<String>,
    sources: &mut Sources,
    said: &mut Vec<Diagnostic>,
) -> Bylines {
    let bylines = Bylines::default();
    let mut search = Search { wanted: squashed(wanted), bylines, sources, said };
    if search.wanted.is_empty() {
        return search.bylines;
    }
    let mut all: BTreeSet<(usize, String)> = BTreeSet::new();
    for (root, folder) in folders {
        let ends = folder.match_indices('/').map(|(at, _)| &folder[..at]);
        for folder in ends.chain([folder.as_str(), "", BESIDE]) {
            all.insert((*root, folder.to_owned()));
        }
    }
    for (number, folder) in all {
        let Some(root) = roots.get(number) else { continue };
        search.folder(&root.path, &folder);
    }
    search.bylines
}

struct Search<'s> {
    /// The keys in the stories' bylines, squashed to letters and digits.
    wanted: BTreeSet<String>,
    bylines: Bylines,
    sources: &'s mut Sources,
    said: &'s mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn folder(&mut self, root: &Path, folder: &str) {
        for data in DATA {
            let within = root.join(folder).join(data);
            if !within.is_dir() {
                continue;
            }
            for name in CALLED {
                // The author file of `MkDocs` is hidden.
                for name in [name.to_owned(), format!(".{name}")] {
                    for ending in ENDINGS {
                        self.file(root, folder, &within.join(format!("{name}.{ending}")));
                    }
                }
            }
            for name in PAGES {
                self.pages(root, &within.join(name), name.starts_with('_'));
            }
        }
    }

    /// Reads a file of many authors.
    fn file(&mut self, root: &Path, folder: &str, path: &Path) {
        if let Some(node) = self.read(root, path) {
            self.bylines.add(root, folder, known_in(&node));
        }
    }

    /// Reads a folder with a page for each author.
    fn pages(&mut self, root: &Path, folder: &Path, whole: bool) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths.into_iter().take(MOST_PAGES) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let Some(name) = name.filter(|name| !name.starts_with('.')) else { continue };
            let stem = name.split('.').next().unwrap_or_default();
            if !whole && !self.wanted.contains(&super::squash(stem)) {
                continue;
            }
            let files = match path.is_dir() {
                true => ["_index.md", "index.md", "index.mdx"].map(|name| path.join(name)).to_vec(),
                false => vec![path.clone()],
            };
            let node = files.iter().find_map(|path| self.read(root, path));
            let Some(node) = node.filter(|node| matches!(node.value, Value::Map(_))) else {
                continue;
            };
            let Some(name) = name_of_page(&node) else { continue };
            let keys = keys_of(&node).into_iter().map(|key| (key, name.clone())).collect();
            self.bylines.add_page(root, stem, name.clone());
            self.bylines.add(root, "", keys);
        }
    }

    /// Reads a file, if it exists. A link that leads out of the root is not followed. A syntax
    /// error is reported.
    fn read(&mut self, root: &Path, path: &Path) -> Option<Node> {
        let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
        let data = std::fs::metadata(path).ok()?;
        let inside = path.canonicalize().is_ok_and(|real| real.starts_with(root));
        if !data.is_file() || data.len() > MOST_BYTES || !inside {
            return None;
        }
        let text = String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned();
        let bare = text.trim_start_matches('\u{feff}');
        let base = text.len() - bare.len();
        let read = match ending.as_str() {
            "yml" | "yaml" => yaml::parse(bare, base),
            "json" => json_tree::parse(bare, base),
            "toml" => toml_tree::parse(bare, base),
            "md" | "markdown" | "mdx" => Ok(matter::peek(&text)?),
            _ => return None,
        };
        let shown = slashed(root, path);
        let file = self.sources.add(shown.clone(), text);
        read.map_err(|error| self.say(file, &shown, &ending, error)).ok()
    }

    fn say(&mut self, file: crate::diag::FileNo, shown: &str, ending: &str, error: SyntaxError) {
        let SyntaxError { range, message } = error;
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span { file, start: clip(range.start), end: clip(range.end) };
        let syntax = match ending {
            "json" => "JSON",
            "toml" => "TOML",
            _ => "YAML",
        };
        let what = format!("`{shown}` can't be read as {syntax}: {message}");
        let said = Diagnostic::warning(Code::BadAuthors, span, what);
        self.said.push(
            said.hint("correct the file; until then bylines are printed as the stories write them"),
        );
    }
}
