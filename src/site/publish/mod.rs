//! Files onto the disk: a whole edition, or nothing of it.

mod made;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

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
    /// Publishes it.
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
        // What was made last time and is made no more is not carried over.
        let (before, now) = (Made::read(&folder), Made::read(new.path()));
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

/// Files for a folder that holds other things too. Each is written beside the rest as it comes, and
/// all go to their places at the end; dropped before that, they leave nothing.
#[derive(Debug)]
pub struct Beside {
    folder: PathBuf,
    new: TempDir,
    /// What was made last time.
    before: BTreeSet<String>,
    put: Mutex<Put>,
}

/// The files of a [`Beside`]: by name, the number of the one that was written, or none where it lies
/// there already.
#[derive(Debug, Default)]
struct Put {
    first: BTreeMap<String, Option<usize>>,
    then: BTreeMap<String, Option<usize>>,
    written: usize,
    failure: Option<Failure>,
}

impl Beside {
    /// Begins.
    ///
    /// # Errors
    /// What the file system says, with the path it says it of.
    pub fn of(folder: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(at(folder))?;
        let new = tempfile::Builder::new().prefix(".new-").tempdir_in(folder);
        let (new, folder) = (new.map_err(at(folder))?, folder.to_path_buf());
        let before = Made::read(&folder).names().cloned().collect();
        Ok(Self { folder, new, before, put: Mutex::default() })
    }

    /// The files that were made last time.
    pub fn before(&self) -> &BTreeSet<String> {
        &self.before
    }

    /// Takes a file.
    pub fn put(&self, file: (String, Vec<u8>)) {
        self.take(file, |put| &mut put.then);
    }

    /// Takes a file that others load: it is to be there before them.
    pub fn put_first(&self, file: (String, Vec<u8>)) {
        self.take(file, |put| &mut put.first);
    }

    /// What goes wrong is told when it is published.
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

    fn written(&self, number: usize) -> PathBuf {
        self.new.path().join(number.to_string())
    }

    /// Takes back what was put under a name.
    pub fn forget(&self, name: &str) {
        self.put.lock().unwrap_or_else(PoisonError::into_inner).then.remove(name);
    }

    /// Puts the files to their places, each whole or not at all. One that has its bytes already is
    /// not touched; what was made last time and is neither put nor in `keep` is removed at the end.
    /// `origin` is what the files were made from. Gives the numbers of files written and removed.
    ///
    /// # Errors
    /// What the file system says, with the path it says it of.
    pub fn publish(
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
        // What is about to be made is known before it is there, so that a run that breaks off leaves
        // nothing behind that no one would ever remove.
        let either: BTreeSet<String> = before.union(&now).cloned().collect();
        let record = |names, origin| Made::of_site(names, origin).bytes();
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

/// Removes files and the folders that are empty then; how many.
fn remove_stale<'n>(folder: &Path, names: impl Iterator<Item = &'n String>) -> usize {
    let mut removed = 0;
    for name in names {
        // What was an alias may have become an edition's own page.
        if is_of_an_edition(folder, name) {
            continue;
        }
        let path = folder.join(name);
        if fs::remove_file(&path).is_ok() {
            removed += 1;
        }
        // A folder that is not empty can't be removed.
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
fn put_now(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
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
