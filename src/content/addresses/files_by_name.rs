//! An index of all files below a folder by name, to find pictures that are not where a story says.

use std::collections::BTreeMap;
use std::path::Path;

use icu::normalizer::ComposingNormalizer;
use walkdir::WalkDir;

/// The largest number of files that are indexed. A folder with more is not a paper's folder: it
/// gets an empty index.
const MOST: usize = 200_000;
/// The most files that a message suggests.
pub(crate) const SHOWN: usize = 3;
/// Folders that are skipped: they hold dependencies, outputs of programs, or copies of files.
const SKIPPED: [&str; 5] = ["node_modules", "target", "_site", "dist", "vendor"];
/// The program's record of an output folder. A folder with it is skipped, because it holds no
/// originals.
const PUBLISHED: &str = ".stonehand.json";
/// The extensions of files that a message may suggest for a missing picture.
const ENDINGS: [&str; 16] = [
    "jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif", "svg",
    "pdf", "jxl", "jfif", "jpe",
];

/// The files below a folder: their relative paths, by their case-folded names.
#[derive(Debug, Default)]
pub(crate) struct FilesByName {
    files: BTreeMap<String, Vec<String>>,
}

/// A file whose path ends as wanted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hit<'a> {
    /// Its path from the root, with `/`.
    pub(crate) path: &'a str,
    /// The part of the path before the wanted end, without the slash between them.
    pub(crate) folder: &'a str,
    /// Whether it matches the wanted end in case too. How accents are stored makes no difference.
    pub(crate) same: bool,
}

/// A name for comparison: an accent and its letter composed into one character, every kind of blank
/// as a space.
fn plain(text: &str) -> String {
    let composed = ComposingNormalizer::new_nfc().normalize(text);
    composed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

/// The same, without case.
pub(crate) fn fold(text: &str) -> String {
    plain(text).to_lowercase()
}

impl FilesByName {
    /// Indexes a folder. Links to folders are not followed.
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

    /// The files whose paths end in `wanted`, in any case.
    pub(crate) fn ending_in(&self, wanted: &str) -> Vec<Hit<'_>> {
        let name = wanted.rsplit('/').next().unwrap_or_default();
        let parts = wanted.split('/').count();
        let (folded, alike) = (fold(wanted), plain(wanted));
        let paths = self.files.get(&fold(name)).map(Vec::as_slice).unwrap_or_default();
        let hit = |path: &'_ String| -> Option<usize> {
            let end = match path.rmatch_indices('/').nth(parts - 1) {
                Some((at, _)) => at,
                // The whole path has as many parts as the wanted one.
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

    /// Files that a missing picture may mean: with the same name in another folder, with another
    /// extension, or with a slightly different name.
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
