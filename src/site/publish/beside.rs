//! Files for a folder that holds other things too: the site around the editions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use super::disk::{Failure, at, is_same, make_parent, open_to_readers, put_now};
use super::manifest::{MADE, Manifest, Origin};

/// The names of files that were made before and stay, though they are not made now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keep(pub(crate) Vec<String>);

/// Files for a folder that holds other things too. Each is written to a temporary place as it comes,
/// and all are moved to their places at the end. If it is dropped before that, what was written is
/// removed.
#[derive(Debug)]
pub(crate) struct Beside {
    folder: PathBuf,
    new: TempDir,
    /// The names of the files that were made last time.
    before: BTreeSet<String>,
    put: Mutex<Put>,
}

/// The files of a [`Beside`] by name. Each has the number of its temporary file, or none where a file
/// with its bytes is in its place already.
#[derive(Debug, Default)]
struct Put {
    /// Files that others load.
    first: BTreeMap<String, Option<usize>>,
    /// All others.
    then: BTreeMap<String, Option<usize>>,
    /// The temporary files so far.
    written: usize,
    /// The first thing that went wrong.
    failure: Option<Failure>,
}

impl Beside {
    /// Begins to take files for a folder.
    ///
    /// # Errors
    /// What the file system says, with the path it says it of.
    pub(crate) fn of(folder: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(at(folder))?;
        let new = tempfile::Builder::new().prefix(".new-").tempdir_in(folder);
        let (new, folder) = (new.map_err(at(folder))?, folder.to_path_buf());
        let before = Manifest::read(&folder).names().cloned().collect();
        Ok(Self { folder, new, before, put: Mutex::default() })
    }

    /// The files that were made last time.
    pub(crate) fn before(&self) -> &BTreeSet<String> {
        &self.before
    }

    /// Takes a file.
    pub(crate) fn put(&self, file: (String, Vec<u8>)) {
        self.take(file, |put| &mut put.then);
    }

    /// Takes a file that others load, which is put in its place before them.
    pub(crate) fn put_first(&self, file: (String, Vec<u8>)) {
        self.take(file, |put| &mut put.first);
    }

    /// Writes a file to a temporary place. What goes wrong is kept for [`Beside::publish`] to return.
    fn take(
        &self,
        (name, bytes): (String, Vec<u8>),
        kind: impl Fn(&mut Put) -> &mut BTreeMap<String, Option<usize>>,
    ) {
        let lock = || self.put.lock().unwrap_or_else(PoisonError::into_inner);
        let number = (!is_same(&self.folder.join(&name), &bytes)).then(|| {
            let mut put = lock();
            put.written += 1;
            put.written
        });
        if let Some(path) = number.map(|number| self.written(number)) {
            let written = fs::write(&path, bytes).and_then(|()| open_to_readers(&path, 0o644));
            if let Err(error) = written {
                lock().failure.get_or_insert((path, error));
            }
        }
        kind(&mut lock()).insert(name, number);
    }

    /// The path of a temporary file.
    fn written(&self, number: usize) -> PathBuf {
        self.new.path().join(number.to_string())
    }

    /// Drops the file that was taken under a name.
    pub(crate) fn forget(&self, name: &str) {
        self.put.lock().unwrap_or_else(PoisonError::into_inner).then.remove(name);
    }

    /// Puts the files in their places, each whole or not at all. A file that has its bytes already is
    /// not touched. Files that were made last time and were neither taken now nor are in `keep` are
    /// removed at the end. `origin` is the record of what the files were made from. Returns how many
    /// files were written and how many removed.
    ///
    /// # Errors
    /// What the file system says, with the path it says it of.
    pub(crate) fn publish(
        mut self,
        keep: &Keep,
        origin: Option<Origin>,
    ) -> Result<(usize, usize), Failure> {
        let put = self.put.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Put { first, then, failure, .. } = std::mem::take(put);
        if let Some(failure) = failure {
            return Err(failure);
        }
        let Self { folder, before, .. } = &self;
        let mut now: BTreeSet<String> = first.keys().chain(then.keys()).cloned().collect();
        now.extend(keep.0.iter().filter(|name| before.contains(*name)).cloned());
        // The record names new files before they are there: if the run is broken off, the next one
        // knows them and can remove them.
        let either: BTreeSet<String> = before.union(&now).cloned().collect();
        let record = |names, origin| Manifest::of_site(names, origin).bytes();
        if either != *before {
            put_now(&folder.join(MADE), &record(either, None))?;
        }
        let mut written = 0;
        for (name, number) in first.iter().chain(&then) {
            let Some(number) = number else { continue };
            let path = folder.join(name);
            make_parent(&path)?;
            fs::rename(self.written(*number), &path).map_err(at(&path))?;
            written += 1;
        }
        let removed = remove_stale(folder, before.difference(&now));
        let origin = origin.and_then(|origin| origin.with_bytes(folder, &now));
        let last = record(now, origin);
        if !is_same(&folder.join(MADE), &last) {
            put_now(&folder.join(MADE), &last)?;
        }
        Ok((written, removed))
    }
}

/// Removes files, and the folders that are empty then. Returns the number of files.
fn remove_stale<'n>(folder: &Path, names: impl Iterator<Item = &'n String>) -> usize {
    let mut removed = 0;
    for name in names {
        // The page of an alias may have become an edition's own page since.
        if is_of_an_edition(folder, name) {
            continue;
        }
        let path = folder.join(name);
        if fs::remove_file(&path).is_ok() {
            removed += 1;
        }
        // This fails where a folder is not empty.
        let mut above = Path::new(name).parent();
        while let Some(part) = above.filter(|part| !part.as_os_str().is_empty()) {
            if fs::remove_dir(folder.join(part)).is_err() {
                break;
            }
            above = part.parent();
        }
    }
    removed
}

/// Whether a file below the folder of all editions is one that an edition made.
fn is_of_an_edition(folder: &Path, name: &str) -> bool {
    name.split_once('/').is_some_and(|(edition, own)| {
        Manifest::read(&folder.join(edition)).names().any(|made| made == own)
    })
}
