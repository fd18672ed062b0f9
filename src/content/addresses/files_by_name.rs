//! All files below a folder by their names, for pictures that are not where they should be.

use std::collections::BTreeMap;
use std::path::Path;

use icu::normalizer::ComposingNormalizer;
use walkdir::WalkDir;

/// A folder of more files is none of a paper's, and is not gone through.
const MOST: usize = 200_000;
/// Files that are named where one may be meant, at most.
pub(crate) const SHOWN: usize = 3;
/// Folders that hold what programs made or need, or copies of what lies elsewhere.
const SKIPPED: [&str; 5] = ["node_modules", "target", "_site", "dist", "vendor"];
/// The program's own record, which lies where it has published: nothing there is an original.
const PUBLISHED: &str = ".stonehand.json";
/// The endings of files that may be meant where a picture is named.
const ENDINGS: [&str; 16] = [
    "jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif", "svg",
    "pdf", "jxl", "jfif", "jpe",
];

/// The files below a folder: their paths from it, by their names, folded.
#[derive(Debug, Default)]
pub(crate) struct FilesByName {
    files: BTreeMap<String, Vec<String>>,
}

/// A file whose path ends as is wanted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hit<'a> {
    /// Its path from the root, with `/`.
    pub(crate) path: &'a str,
    /// What of that stands before the wanted end, without its slash.
    pub(crate) folder: &'a str,
    /// Whether the end is written alike, but for how letters are stored.
    pub(crate) same: bool,
}

/// A name as it is compared: an accent and its letter as one sign, a blank of any kind as a blank.
fn plain(text: &str) -> String {
    let composed = ComposingNormalizer::new_nfc().normalize(text);
    composed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

/// The same without regard to capitals.
pub(crate) fn fold(text: &str) -> String {
    plain(text).to_lowercase()
}

impl FilesByName {
    /// Goes through a folder. Links are not followed into folders.
    pub(crate) fn below(root: &Path) -> Self {
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let walker = WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0
                || !entry.file_type().is_dir()
                || !(name.starts_with('.')
                    || SKIPPED.contains(&&*name)
                    || entry.path().join(PUBLISHED).is_file())
        });
        for (count, entry) in walker.flatten().enumerate() {
            if count >= MOST {
                return Self::default();
            }
            let Ok(path) = entry.path().strip_prefix(root) else { continue };
            if entry.file_type().is_dir() {
                continue;
            }
            let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
            let Some(parts) = parts else { continue };
            let Some(name) = parts.last() else { continue };
            files.entry(fold(name)).or_default().push(parts.join("/"));
        }
        Self { files }
    }

    /// The files whose paths end in one, whatever the case of its letters.
    pub(crate) fn ending_in(&self, wanted: &str) -> Vec<Hit<'_>> {
        let name = wanted.rsplit('/').next().unwrap_or_default();
        let parts = wanted.split('/').count();
        let (folded, alike) = (fold(wanted), plain(wanted));
        let paths = self.files.get(&fold(name)).map(Vec::as_slice).unwrap_or_default();
        let hit = |path: &'_ String| -> Option<usize> {
            let end = match path.rmatch_indices('/').nth(parts - 1) {
                Some((at, _)) => at,
                // The whole path has as many parts.
                None if path.split('/').count() == parts => 0,
                None => return None,
            };
            let tail = path[end..].trim_start_matches('/');
            (fold(tail) == folded).then_some(end)
        };
        let one = |path| {
            let end = hit(path)?;
            let same = plain(path[end..].trim_start_matches('/')) == alike;
            Some(Hit { path: path.as_str(), folder: &path[..end], same })
        };
        paths.iter().filter_map(one).collect()
    }

    /// Files that may be meant: of the same name in another folder, of another ending, or of a name
    /// that differs by a slip.
    pub(crate) fn like(&self, wanted: &str) -> Vec<String> {
        let name = fold(wanted.rsplit('/').next().unwrap_or_default());
        let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        let picture =
            |name: &str| name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending));
        let own = stem(&name);
        let rank = |other: &str| {
            if other == name {
                Some(0)
            } else if stem(other) == own {
                Some(1)
            } else {
                let most = 1 + own.len() / 8;
                let other = stem(other);
                if own.len() < 4 || other.len().abs_diff(own.len()) > 2 * most {
                    return None;
                }
                let far = strsim::osa_distance(&other, &own);
                (far <= most).then_some(1 + far)
            }
        };
        let mut ranked: Vec<(usize, &String)> = vec![];
        for (other, paths) in self.files.iter().filter(|(other, _)| picture(other)) {
            if let Some(rank) = rank(other) {
                ranked.extend(paths.iter().map(|path| (rank, path)));
            }
        }
        ranked.sort();
        ranked.into_iter().take(SHOWN).map(|(_, path)| path.clone()).collect()
    }
}
