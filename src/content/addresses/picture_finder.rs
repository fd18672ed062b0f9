//! Finds the file that a picture's address means, below the paper's folder, in the ways that
//! people, computers and generators write addresses. Add folders to look in to `SERVED` and `KEPT`.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::files_by_name::{FilesByName, Hit, SHOWN, fold};
use super::written_paths::{Address, readings};
use crate::content::dates::of_name;

/// Folders that generators serve files from.
const SERVED: [&str; 6] = ["static", "assets", "public", "content", "source", "src"];

/// Folders that people and programs keep pictures in. They are looked for beside the stories, in
/// the folders above, and in the folders that are served.
const KEPT: [&str; 22] = [
    "assets",
    "images",
    "image",
    "img",
    "imgs",
    "pictures",
    "pics",
    "photos",
    "photo",
    "media",
    "uploads",
    "upload",
    "wp-content/uploads",
    "files",
    "figures",
    "attachments",
    "attachment",
    "_attachments",
    "_resources",
    "resources",
    "_assets",
    "gfx",
];

/// The folder below which pictures are looked for, with a cache of what is in it.
#[derive(Debug, Clone)]
pub(crate) struct Root {
    /// Its canonical path. No file outside of it is read.
    pub(crate) path: PathBuf,
    known: Arc<Known>,
}

/// What is known about a root's folders, shared by all finders of this root.
#[derive(Debug, Default)]
struct Known {
    /// The folders to look in, for each folder.
    bases: Mutex<BTreeMap<PathBuf, Arc<[PathBuf]>>>,
    /// The index of all files. It is made when a picture is not where it should be.
    shelf: std::sync::OnceLock<FilesByName>,
}

impl PartialEq for Root {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for Root {}

impl From<PathBuf> for Root {
    fn from(path: PathBuf) -> Self {
        Self { path, known: Arc::default() }
    }
}

impl Root {
    /// The folders that a picture may be in: `dir` and each folder above it up to the root, and in
    /// each of these the folders for pictures and those that are served.
    fn bases(&self, dir: &Path) -> Vec<PathBuf> {
        let mut all = vec![];
        for folder in dir.ancestors().take_while(|folder| folder.starts_with(&self.path)) {
            let mut known = self.known.bases.lock().unwrap_or_else(PoisonError::into_inner);
            let own = known.entry(folder.to_owned()).or_insert_with(|| bases_of(folder).into());
            all.extend(own.iter().cloned());
        }
        all
    }

    fn shelf(&self) -> &FilesByName {
        self.known.shelf.get_or_init(|| FilesByName::below(&self.path))
    }
}

/// A folder, and the folders in it that may hold pictures.
fn bases_of(folder: &Path) -> Vec<PathBuf> {
    let inside = |folder: &Path| -> BTreeMap<String, PathBuf> {
        let entries = folder.read_dir().into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        let named = |entry: std::fs::DirEntry| {
            (entry.file_name().to_string_lossy().to_ascii_lowercase(), entry.path())
        };
        folders.map(named).collect()
    };
    let kept = |folder: &Path, there: &BTreeMap<String, PathBuf>| -> Vec<PathBuf> {
        let one = |name: &&str| match name.split_once('/') {
            Some((first, rest)) if there.contains_key(first) => {
                Some(folder.join(first).join(rest)).filter(|path| path.is_dir())
            }
            _ => there.get(*name).cloned(),
        };
        KEPT.iter().filter_map(one).collect()
    };
    let there = inside(folder);
    let served: Vec<&PathBuf> = SERVED.iter().filter_map(|name| there.get(*name)).collect();
    let mut all = vec![folder.to_owned()];
    all.extend(served.iter().map(|path| (*path).clone()));
    // A theme's own files lie in `themes/<name>/static`.
    let themes = there.get("themes").map(|themes| inside(themes)).unwrap_or_default();
    all.extend(themes.into_values().map(|theme| theme.join("static")).filter(|path| path.is_dir()));
    all.extend(kept(folder, &there));
    for path in served {
        all.extend(kept(path, &inside(path)));
    }
    let mut seen = BTreeSet::new();
    all.retain(|path| seen.insert(path.clone()));
    all
}

/// Finds the pictures of one file.
#[derive(Debug, Clone)]
pub(crate) struct Finder {
    /// The folder below which all pictures are.
    pub(crate) root: Root,
    /// The canonical folder of the file that names the pictures.
    pub(crate) dir: PathBuf,
    /// The addresses that were looked for.
    pub(crate) sought: RefCell<BTreeSet<String>>,
    /// The folders to look in, found when they are first needed.
    bases: OnceCell<Vec<PathBuf>>,
}

/// The result of looking for a picture.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FoundPicture {
    /// The canonical path of the file.
    At(PathBuf),
    /// The canonical path of a file that differs a little from what was written, its path from the
    /// root, and the difference.
    Nearly(PathBuf, String, Off),
    /// The file exists, but outside of the paper's folder.
    Outside,
    /// There is no such file. The paths, from the root, of files that may be meant.
    Nowhere(Vec<String>),
}

/// How the file that was found differs from the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Off {
    /// In case.
    Case,
    /// The file lies in a folder that is not one of those to look in.
    Place,
}

impl FoundPicture {
    /// Whether there is a file.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self, Self::At(_) | Self::Nearly(..))
    }
}

impl Finder {
    /// A finder for the file in `dir`, a canonical folder below the root.
    pub(crate) fn new(root: impl Into<Root>, dir: PathBuf) -> Self {
        Self { root: root.into(), dir, sought: RefCell::default(), bases: OnceCell::new() }
    }

    /// Looks in the file's folder, then in each folder above it up to the root, and in the folders
    /// for pictures in each. If the picture is in none of them, looks for its name in the whole
    /// root.
    pub(crate) fn find(&self, src: &str) -> FoundPicture {
        self.sought.borrow_mut().insert(src.to_owned());
        let readings = readings(src, &self.root.path);
        let mut outside = false;
        for reading in readings.iter().filter(|reading| !reading.foreign) {
            if let Some(found) = self.as_written(reading, &mut outside) {
                return FoundPicture::At(found);
            }
        }
        for reading in readings.iter().filter(|reading| !reading.foreign) {
            if let Some(found) = self.as_published(reading, &mut outside) {
                return FoundPicture::At(found);
            }
        }
        for reading in &readings {
            if let Some(found) = self.by_name(reading, &mut outside) {
                return found;
            }
        }
        match readings.last() {
            Some(last) if !outside => FoundPicture::Nowhere(self.root.shelf().like(&last.path)),
            None => FoundPicture::Nowhere(vec![]),
            Some(_) => FoundPicture::Outside,
        }
    }

    fn bases(&self) -> &[PathBuf] {
        self.bases.get_or_init(|| self.root.bases(&self.dir))
    }

    fn as_written(&self, reading: &Address, outside: &mut bool) -> Option<PathBuf> {
        if !reading.rooted
            && let Some(found) = self.check(&self.dir.join(&reading.path), outside)
        {
            return Some(found);
        }
        self.bases().iter().find_map(|base| self.check(&base.join(&reading.path), outside))
    }

    /// Finds a file beside the story by the address that it has on the site. There the last folder
    /// is the story's own, with or without the date in its name.
    fn as_published(&self, reading: &Address, outside: &mut bool) -> Option<PathBuf> {
        let (folders, name) = reading.path.rsplit_once('/')?;
        let last = folders.rsplit('/').next().filter(|last| !last.is_empty())?;
        let own = self.dir.file_name()?.to_str()?;
        let bare = of_name(own).map_or("", |(_, end)| own[end..].trim_start_matches(['-', '_']));
        let ours = last == own || last == bare;
        ours.then(|| self.check(&self.dir.join(name), outside)).flatten()
    }

    fn check(&self, path: &Path, outside: &mut bool) -> Option<PathBuf> {
        // Most candidates don't exist: the cheap test comes first.
        let real = path.is_file().then(|| path.canonicalize().ok())??;
        if real.starts_with(&self.root.path) {
            return Some(real);
        }
        *outside = true;
        None
    }

    /// Looks for the name among all files of the root: first in the folders where it should be, in
    /// any case and with accents stored in any way; then in any folder, if only one file has the
    /// name.
    fn by_name(&self, reading: &Address, outside: &mut bool) -> Option<FoundPicture> {
        for path in reading.ends() {
            let hits = self.root.shelf().ending_in(path);
            if hits.is_empty() {
                continue;
            }
            let mut placed: Vec<(usize, &Hit<'_>)> =
                hits.iter().filter_map(|hit| Some((self.place_of(hit)?, hit))).collect();
            placed.sort_by_key(|(place, hit)| (!hit.same, *place));
            let best = placed.first().map(|(place, hit)| (*place, hit.same));
            placed.retain(|(place, hit)| best == Some((*place, hit.same)));
            let below = |hit: &&Hit<'_>| self.root.path.join(hit.path).starts_with(&self.dir);
            let elsewhere = || {
                let same: Vec<&Hit<'_>> = hits.iter().filter(|hit| hit.same).collect();
                let these = if same.is_empty() { hits.iter().collect() } else { same };
                let own: Vec<&Hit<'_>> = these.iter().copied().filter(below).collect();
                if own.len() == 1 { own } else { these }
            };
            let (chosen, off) = match placed.as_slice() {
                [] => (elsewhere(), Off::Place),
                all => (all.iter().map(|(_, hit)| *hit).collect(), Off::Case),
            };
            let &[hit] = chosen.as_slice() else {
                let names = hits.iter().map(|hit| hit.path.to_owned()).take(SHOWN);
                return Some(FoundPicture::Nowhere(names.collect()));
            };
            if let Some(found) = self.check(&self.root.path.join(hit.path), outside) {
                return Some(match off {
                    Off::Case if hit.same => FoundPicture::At(found),
                    off => FoundPicture::Nearly(found, hit.path.to_owned(), off),
                });
            }
        }
        None
    }

    /// The index of the first folder to look in that, with the wanted end of the path, gives this
    /// file.
    fn place_of(&self, hit: &Hit<'_>) -> Option<usize> {
        let folder = self.root.path.join(hit.folder);
        let places = std::iter::once(&self.dir).chain(self.bases());
        let folded = |path: &Path| fold(&path.to_string_lossy());
        places.into_iter().position(|base| *base == folder || folded(base) == folded(&folder))
    }
}

/// A path relative to a root, with `/` as separator.
pub(crate) fn slashed(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests;
