//! A whole edition, written beside its folder and then put in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::disk::{Failure, at, files_below, is_same, make_parent, open_to_readers, take_along};
use super::file_set::Files;
use super::manifest::{MADE, Manifest, Origin};

/// An edition that is written beside its folder and not published yet. If it is dropped, what was
/// written is removed.
#[derive(Debug)]
pub struct Staged {
    folder: PathBuf,
    /// The new folder; none where the old one has all files as they should be.
    new: Option<TempDir>,
}

/// Writes an edition's files into a new folder beside `folder`, so that the two can change places at
/// once. A reader finds the old edition or the new one, never a part of either.
///
/// A file that has the same bytes as before stays the same file and keeps its time. A file that an
/// output made last time and makes no more is dropped; outputs that are not wanted now, and files of
/// others, are carried over. Where nothing has changed, nothing is touched. `origin` is the record of
/// what the files were made from; `origin_of` finds it again.
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn stage(folder: &Path, files: &Files, origin: Option<Origin>) -> Result<Staged, Failure> {
    let parent = folder.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(at(parent))?;
    let before = Manifest::read(folder);
    let now = before.then(files, origin);
    let is_stale = !before.names().collect::<BTreeSet<_>>().is_subset(&now.names().collect());
    let record = now.bytes();
    let made = || files.files.iter().map(|(_, name, bytes)| (name.as_str(), bytes.as_slice()));
    let all: BTreeMap<&str, &[u8]> = made().chain([(MADE, record.as_slice())]).collect();
    let folder = folder.to_path_buf();
    let same = |(name, bytes): (&&str, &&[u8])| is_same(&folder.join(name), bytes);
    if !is_stale && folder.is_dir() && all.iter().all(same) {
        return Ok(Staged { folder, new: None });
    }
    let new = tempfile::Builder::new().prefix(".new-").tempdir_in(parent).map_err(at(parent))?;
    for (name, bytes) in &all {
        let (old, path) = (folder.join(name), new.path().join(name));
        make_parent(&path)?;
        if is_same(&old, bytes) {
            take_along(&old, &path)?;
        } else {
            fs::write(&path, bytes).map_err(at(&path))?;
        }
    }
    open_to_readers(new.path(), 0o755).map_err(at(new.path()))?;
    Ok(Staged { folder, new: Some(new) })
}

impl Staged {
    /// Puts the new folder in the place of the old one.
    ///
    /// # Errors
    /// What the file system says, with the path it says it of.
    pub fn publish(self) -> Result<(), Failure> {
        let Self { folder, new } = self;
        let Some(new) = new else { return Ok(()) };
        let parent = folder.parent().unwrap_or(Path::new("."));
        if !folder.exists() {
            return fs::rename(new.keep(), &folder).map_err(at(&folder));
        }
        // Files that an output made last time and makes no more are not carried over.
        let (before, now) = (Manifest::read(&folder), Manifest::read(new.path()));
        let mut stale: BTreeSet<&String> = before.names().collect();
        now.names().for_each(|name| {
            stale.remove(name);
        });
        for (name, old) in files_below(&folder) {
            let path = new.path().join(&name);
            if !stale.contains(&name) && !path.exists() {
                make_parent(&path)?;
                take_along(&old, &path)?;
            }
        }
        let old =
            tempfile::Builder::new().prefix(".old-").tempdir_in(parent).map_err(at(parent))?;
        let aside = old.path().join("edition");
        fs::rename(&folder, &aside).map_err(at(&folder))?;
        let new = new.keep();
        if let Err(error) = fs::rename(&new, &folder) {
            // The old edition goes back to its place.
            fs::rename(&aside, &folder).map_err(at(&folder))?;
            return Err((folder, error));
        }
        Ok(())
    }
}
