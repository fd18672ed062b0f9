//! Finds the names of authors whom stories name by a key. Generators keep these names in an author
//! file such as `authors.yml`, or on a page for each author.

pub(crate) mod author_files;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::known;
use crate::content::syntax::fields::Fields;
use crate::content::syntax::spelling;
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::wording::squash;

pub(crate) use author_files::search;

/// Names of author files, and of groups of authors in a file.
const CALLED: [&str; 8] =
    ["authors", "author", "people", "writers", "contributors", "team", "members", "staff"];

/// The keys of an author's name, the best first.
pub(crate) const NAMES: &[&str] =
    &["name", "display_name", "full_name", "author", "literal", "label"];

/// The keys of the two parts of a name: given name and family name.
pub(crate) const PARTS: [&[&str]; 2] =
    [&["given", "first_name", "firstname", "first"], &["family", "last_name", "lastname", "last"]];

/// The keys by which a list identifies an author.
const KEYS: &[&str] = &[
    "id",
    "key",
    "slug",
    "handle",
    "username",
    "user",
    "nickname",
    "nick",
    "login",
    "short",
    "short_name",
    "author_id",
    "uid",
];

/// Names of authors by their keys, from one file.
pub(crate) type Known = BTreeMap<String, String>;

/// The names from all author files of a paper.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bylines {
    shelves: Vec<FilesByName>,
}

/// The names from the author files of one folder.
#[derive(Debug, Clone)]
struct FilesByName {
    /// The root that the folder is below.
    root: PathBuf,
    /// The folder whose stories these names are for in the first place; empty for all.
    folder: String,
    known: Known,
    /// The names of authors with a page each, by the squashed name of the page: generators turn any
    /// name into an address.
    pages: Known,
}

impl Bylines {
    /// Adds the names of a file, which are for the stories below a folder in the first place.
    pub(crate) fn add(&mut self, root: &Path, folder: &str, known: Known) {
        let (root, folder, pages) = (root.to_owned(), folder.to_owned(), Known::new());
        self.shelves.push(FilesByName { root, folder, known, pages });
    }

    /// Adds the page of an author.
    fn add_page(&mut self, root: &Path, stem: &str, name: String) {
        let (known, pages) = (Known::new(), [(squash(stem), name)].into());
        self.shelves.push(FilesByName {
            root: root.to_owned(),
            folder: String::new(),
            known,
            pages,
        });
    }

    /// The name for a key in a story's byline. `path` is the story's path relative to `root`.
    pub(crate) fn name(&self, root: &Path, path: &str, key: &str) -> Option<&str> {
        let holds = |shelf: &FilesByName| {
            let inside = |rest: &str| shelf.folder.is_empty() || rest.starts_with('/');
            path.strip_prefix(&shelf.folder).is_some_and(inside)
        };
        let letters = squash(key);
        // The file nearest to the story counts; of several in one folder, the first.
        let mut best: Option<(usize, &str)> = None;
        for shelf in self.shelves.iter().filter(|shelf| shelf.root == root) {
            let Some(name) = shelf.known.get(key).or_else(|| shelf.pages.get(&letters)) else {
                continue;
            };
            let near = if holds(shelf) { 1 + shelf.folder.len() } else { 0 };
            if best.is_none_or(|(known, _)| known < near) {
                best = Some((near, name));
            }
        }
        best.map(|(_, name)| name)
    }
}

/// The keys by which a story's front matter names its authors, at a first look.
pub(crate) fn wanted(front: Option<&Node>) -> Vec<String> {
    fn keys(node: &Node) -> Vec<String> {
        match &node.value {
            Value::Scalar(text) => vec![text.trim().to_owned()],
            Value::List(items) => items.iter().flat_map(keys).collect(),
            Value::Map(_) => keys_of(node),
            Value::Null => vec![],
        }
    }
    let mut keys = Fields::quiet(front).get(known::AUTHORS).map(keys).unwrap_or_default();
    keys.retain(|key| !key.is_empty() && key.len() <= 200);
    keys
}

/// The names in a file or a group, by their keys.
pub(crate) fn known_in(node: &Node) -> Known {
    let mut known = Known::new();
    gather(node, &mut known, true);
    known
}

fn gather(node: &Node, known: &mut Known, is_top: bool) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let is_group = is_top && CALLED.iter().any(|name| spelling::same(name, &entry.key));
                let inner = matches!(entry.node.value, Value::Map(_) | Value::List(_));
                match name_in(&entry.node) {
                    None if is_group && inner => gather(&entry.node, known, false),
                    name => {
                        let name = name.or_else(|| plain(&entry.node));
                        if let Some(name) = name.filter(|_| !entry.key.starts_with("<<")) {
                            known.entry(entry.key.trim().to_owned()).or_insert(name);
                        }
                    }
                }
            }
        }
        Value::List(items) => {
            for item in items {
                let Some(name) = name_in(item) else {
                    // A list may hold a group for each author: `- jane: {name: …}`.
                    if matches!(item.value, Value::Map(_)) {
                        gather(item, known, false);
                    }
                    continue;
                };
                for key in keys_of(item) {
                    known.entry(key).or_insert_with(|| name.clone());
                }
            }
        }
        Value::Scalar(_) | Value::Null => {}
    }
}

/// The keys that identify an author given as a group of keys.
fn keys_of(node: &Node) -> Vec<String> {
    let inner = Fields::quiet(Some(node));
    inner.all(KEYS).into_iter().filter_map(scalar).map(str::to_owned).collect()
}

/// The name of an author given as a group of keys.
fn name_in(node: &Node) -> Option<String> {
    if !matches!(node.value, Value::Map(_)) {
        return None;
    }
    let inner = Fields::quiet(Some(node));
    let nested = inner.get(&["name"]).and_then(name_in);
    let text = |names: &[&str]| names.iter().find_map(|name| scalar(inner.get(&[name])?));
    let parts = || {
        let parts: Vec<&str> = PARTS.iter().filter_map(|names| text(names)).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    nested.or_else(|| text(NAMES).map(str::to_owned)).or_else(parts)
}

/// The name of an author who has a page: the name on the page, or else the page's title.
fn name_of_page(node: &Node) -> Option<String> {
    let title = || scalar(Fields::quiet(Some(node)).get(known::HEADLINE)?).map(str::to_owned);
    name_in(node).or_else(title)
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// A value that is a name and nothing else.
fn plain(node: &Node) -> Option<String> {
    let text = scalar(node)?;
    let is_name = text.chars().any(char::is_alphabetic)
        && text.len() <= 100
        && !text.contains([':', '/', '@', '<', '{', '\n'])
        && !matches!(text, "true" | "false" | "null");
    is_name.then(|| text.to_owned())
}

/// The keys that stories use, squashed to letters and digits.
fn squashed(wanted: &BTreeSet<String>) -> BTreeSet<String> {
    wanted.iter().map(|key| squash(key)).filter(|key| !key.is_empty()).collect()
}
