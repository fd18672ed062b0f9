//! Files onto the disk: a whole edition, or nothing of it.

mod made;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

pub use made::{Again, Origin, origin_of};
use made::{MADE, Made};
pub(crate) use made::{PROGRAM, origin_of_site};

/// Where on the disk something went wrong, and what.
pub type Failure = (PathBuf, io::Error);

/// The files of one edition.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<(&'static str, String, Vec<u8>)>,
}

impl Files {
    /// Adds a file of a kind of output by its name in the edition's folder: a path with slashes.
    pub fn add(&mut self, kind: &'static str, name: &str, bytes: Vec<u8>) {
        self.files.push((kind, name.into(), bytes));
    }

    /// The names and sizes of the files.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.files.iter().map(|(_, name, bytes)| (name.as_str(), bytes.len()))
    }
}

/// Puts an edition's files into `folder`, replacing what was there: [`stage`] and then
/// [`Staged::publish`].
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn publish(folder: &Path, files: &Files) -> Result<(), Failure> {
    stage(folder, files, None)?.publish()
}

/// An edition that is written beside its folder and not published yet. Dropped, it leaves nothing.
#[derive(Debug)]
pub struct Staged {
    folder: PathBuf,
    /// The new folder; none where the old one is as it should be.
    new: Option<TempDir>,
    /// What is in it.
    known: BTreeSet<String>,
    /// What was made last time and is no more.
    stale: BTreeSet<String>,
}

/// Writes an edition's files beside `folder`, so that the two can change places at once: a reader
/// finds the old edition or the new one and never half of either.
///
/// A file that has the same bytes as before is the same file, with its time. What an output made
/// last time and makes no more is gone; outputs that were not asked for, and the files of other
/// makers, are carried over. Where nothing changed, nothing is touched. `origin` is what the files
/// were made from, to be found by [`origin_of`].
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn stage(folder: &Path, files: &Files, origin: Option<Origin>) -> Result<Staged, Failure> {
    let parent = folder.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(at(parent))?;
    let before = Made::read(folder);
    let now = before.then(files, origin);
    let stale: BTreeSet<String> = {
        let known: BTreeSet<&String> = now.names().collect();
        before.names().filter(|name| !known.contains(name)).cloned().collect()
    };
    let record = now.bytes();
    let made = || files.files.iter().map(|(_, name, bytes)| (name.as_str(), bytes.as_slice()));
    let all: BTreeMap<&str, &[u8]> = made().chain([(MADE, record.as_slice())]).collect();
    let known = all.keys().map(|name| (*name).to_owned()).collect();
    let folder = folder.to_path_buf();
    let same = |(name, bytes): (&&str, &&[u8])| is_same(&folder.join(name), bytes);
    if stale.is_empty() && folder.is_dir() && all.iter().all(same) {
        return Ok(Staged { folder, new: None, known, stale });
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
    Ok(Staged { folder, new: Some(new), known, stale })
}

impl Staged {
    /// Publishes it.
    ///
    /// # Errors
    /// What the file system says, with the path it says it of.
    pub fn publish(self) -> Result<(), Failure> {
        let Self { folder, new, known, stale } = self;
        let Some(new) = new else { return Ok(()) };
        let parent = folder.parent().unwrap_or(Path::new("."));
        if !folder.exists() {
            return fs::rename(new.keep(), &folder).map_err(at(&folder));
        }
        for (name, old) in files_below(&folder) {
            if !known.contains(&name) && !stale.contains(&name) {
                let path = new.path().join(&name);
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
            // The old edition goes back to its place: nothing is worse than no paper.
            fs::rename(&aside, &folder).map_err(at(&folder))?;
            return Err((folder, error));
        }
        Ok(())
    }
}

/// Files that were made before and stay though they are not made now.
#[derive(Debug, Clone, Default)]
pub struct Keep(pub Vec<String>);

/// The files that [`publish_beside`] made last time.
pub fn made_before(folder: &Path) -> BTreeSet<String> {
    Made::read(folder).names().cloned().collect()
}

/// Puts files into a folder that holds other things too, in their order, each whole or not at all.
/// One that has its bytes already is not touched; what was made last time and is neither made now
/// nor in `keep` is removed at the end. `origin` is what the files were made from. Gives the numbers of
/// files written and removed.
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn publish_beside(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    keep: &Keep,
    origin: Option<Origin>,
) -> Result<(usize, usize), Failure> {
    let before = made_before(folder);
    let mut now: BTreeSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
    now.extend(keep.0.iter().filter(|name| before.contains(*name)).cloned());
    // What is about to be made is known before it is there, so that a run that breaks off leaves
    // nothing behind that no one would ever remove.
    let either: BTreeSet<String> = before.union(&now).cloned().collect();
    let record = |names, origin| Made::of_site(names, origin).bytes();
    let mut written = 0;
    if either != before {
        put(&folder.join(MADE), &record(either, None))?;
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        if !is_same(&path, bytes) {
            put(&path, bytes)?;
            written += 1;
        }
    }
    let mut removed = 0;
    for name in before.difference(&now) {
        // What was an alias may have become an edition's own page.
        if is_of_an_edition(folder, name) {
            continue;
        }
        let path = folder.join(name);
        if fs::remove_file(&path).is_ok() {
            removed += 1;
        }
        // The folders that are empty now; one that is not can't be removed.
        let mut above = Path::new(name).parent();
        while let Some(part) = above.filter(|part| !part.as_os_str().is_empty()) {
            if fs::remove_dir(folder.join(part)).is_err() {
                break;
            }
            above = part.parent();
        }
    }
    let origin = origin.and_then(|origin| origin.with_bytes(folder, &now));
    let last = record(now, origin);
    if !is_same(&folder.join(MADE), &last) {
        put(&folder.join(MADE), &last)?;
    }
    Ok((written, removed))
}

/// Whether a file below a folder of editions is one that an edition there made.
fn is_of_an_edition(folder: &Path, name: &str) -> bool {
    name.split_once('/').is_some_and(|(edition, own)| {
        Made::read(&folder.join(edition)).names().any(|made| made == own)
    })
}

/// Writes one file in the place of what was there: a reader finds the old one or the new one,
/// never half of either.
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let new = beside(path, text.as_bytes())?;
    new.as_file().sync_all().map_err(at(path))?;
    new.persist(path).map_err(|error| (path.to_path_buf(), error.error))?;
    Ok(())
}

/// The same for a file that can be made again, without waiting for the disk.
fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let new = beside(path, bytes)?;
    new.persist(path).map_err(|error| (path.to_path_buf(), error.error))?;
    Ok(())
}

/// A new file beside the one whose place it is to take.
fn beside(path: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile, Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(at(path))?;
    let mut new = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(at(path))?;
    new.write_all(bytes).map_err(at(path))?;
    open_to_readers(new.path(), 0o644).map_err(at(path))?;
    Ok(new)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure + use<> {
    let path = path.to_path_buf();
    move |error| (path, error)
}

fn make_parent(path: &Path) -> Result<(), Failure> {
    path.parent().map_or(Ok(()), |folder| fs::create_dir_all(folder).map_err(at(folder)))
}

/// Whether a file has these bytes.
fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let length = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|one| one.len());
    length == Some(bytes.len() as u64) && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Gives a file a second place: the same file where the disk can do that, else a copy of its time.
fn take_along(old: &Path, new: &Path) -> Result<(), Failure> {
    if fs::hard_link(old, new).is_ok() {
        return Ok(());
    }
    fs::copy(old, new).map_err(at(old))?;
    let time = fs::metadata(old).and_then(|one| one.modified());
    // The time is a comfort for those who copy the folder on.
    let _ = time.and_then(|time| fs::File::options().write(true).open(new)?.set_modified(time));
    Ok(())
}

/// The files below a folder by their paths with slashes; links to folders are not followed.
fn files_below(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    entries
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| {
            let name = entry.path().strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
            Some((name, entry.path().to_path_buf()))
        })
        .collect()
}

/// What is temporary is its maker's alone; what is published is for all.
#[cfg(unix)]
fn open_to_readers(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn open_to_readers(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
