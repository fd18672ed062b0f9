//! Files onto the disk: a whole edition, or nothing of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

/// The file that tells what was made last time, so that what is made no more can go and what is
/// somebody else's stays.
const MADE: &str = ".stonehand.json";

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

/// What was made, by kind of output.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    version: u32,
    made: BTreeMap<String, BTreeSet<String>>,
}

impl Made {
    fn read(folder: &Path) -> Self {
        let read = fs::read(folder.join(MADE)).ok();
        let mut made: Self =
            read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        // What is named here may be removed: nothing that leads out of the folder.
        made.made.values_mut().for_each(|names| names.retain(|name| is_below(name)));
        made
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        self.made.values().flatten()
    }
}

/// Whether a name leads to a place below the folder that it is joined to.
fn is_below(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    !name.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Puts an edition's files into `folder`, replacing what was there.
///
/// They are written beside it first; then the two folders change places, so that
/// a reader finds the old edition or the new one and never half of either.
/// A file that has the same bytes as before is the same file, with its time. What an output made
/// last time and makes no more is gone; outputs that were not asked for, and the files of other
/// makers, are carried over. Where nothing changed, nothing is touched.
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn publish(folder: &Path, files: &Files) -> Result<(), Failure> {
    let parent = folder.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(at(parent))?;
    let before = Made::read(folder);
    let mut now = Made { version: 1, made: BTreeMap::new() };
    for (kind, name, _) in &files.files {
        now.made.entry((*kind).to_owned()).or_default().insert(name.clone());
    }
    for (kind, names) in &before.made {
        now.made.entry(kind.clone()).or_insert_with(|| names.clone());
    }
    let stale: BTreeSet<&String> = {
        let known: BTreeSet<&String> = now.names().collect();
        before.names().filter(|name| !known.contains(name)).collect()
    };
    let record = now.bytes();
    let made = || files.files.iter().map(|(_, name, bytes)| (name.as_str(), bytes.as_slice()));
    let all: BTreeMap<&str, &[u8]> = made().chain([(MADE, record.as_slice())]).collect();
    let same = |(name, bytes): (&&str, &&[u8])| is_same(&folder.join(name), bytes);
    if stale.is_empty() && folder.is_dir() && all.iter().all(same) {
        return Ok(());
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
    if !folder.exists() {
        return fs::rename(new.keep(), folder).map_err(at(folder));
    }
    for (name, old) in files_below(folder) {
        if !all.contains_key(name.as_str()) && !stale.contains(&name) {
            let path = new.path().join(&name);
            make_parent(&path)?;
            take_along(&old, &path)?;
        }
    }
    let old = tempfile::Builder::new().prefix(".old-").tempdir_in(parent).map_err(at(parent))?;
    let aside = old.path().join("edition");
    fs::rename(folder, &aside).map_err(at(folder))?;
    let new = new.keep();
    if let Err(error) = fs::rename(&new, folder) {
        // The old edition goes back to its place: nothing is worse than no paper.
        fs::rename(&aside, folder).map_err(at(folder))?;
        return Err((folder.to_path_buf(), error));
    }
    Ok(())
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
/// nor in `keep` is removed at the end. Gives the numbers of files written and removed.
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn publish_beside(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    keep: &Keep,
) -> Result<(usize, usize), Failure> {
    let before = made_before(folder);
    let mut now: BTreeSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
    now.extend(keep.0.iter().filter(|name| before.contains(*name)).cloned());
    // What is about to be made is known before it is there, so that a run that breaks off leaves
    // nothing behind that no one would ever remove.
    let either: BTreeSet<String> = before.union(&now).cloned().collect();
    let record = |names| Made { version: 1, made: [("site".to_owned(), names)].into() }.bytes();
    let mut written = 0;
    if either != before {
        put(&folder.join(MADE), &record(either))?;
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
    let last = record(now);
    if !is_same(&folder.join(MADE), &last) {
        put(&folder.join(MADE), &last)?;
    }
    Ok((written, removed))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("content/2026-11-24/desk.yaml");
        replace(&path, "one").unwrap();
        replace(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        // Where it can't be, what is there stays.
        assert!(replace(&path.join("under-a-file"), "three").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
    }

    #[test]
    fn an_edition_replaces_the_old_one_whole() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("public/2026-11-24");
        let mut first = Files::default();
        first.add("pdf", "edition.pdf", b"one".to_vec());
        publish(&folder, &first).unwrap();
        fs::write(folder.join("mine.txt"), "kept").unwrap();
        let mut second = Files::default();
        second.add("pdf", "edition.pdf", b"two".to_vec());
        publish(&folder, &second).unwrap();
        assert_eq!(fs::read(folder.join("edition.pdf")).unwrap(), b"two");
        assert_eq!(fs::read(folder.join("mine.txt")).unwrap(), b"kept");
        let left: Vec<_> = fs::read_dir(root.path().join("public")).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing is left beside the edition");
    }
    /// The files below a folder, with their bytes and their inodes' times.
    fn state(folder: &Path) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
        let all = files_below(folder).into_iter();
        all.map(|(name, path)| {
            (name, fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap())
        })
        .collect()
    }

    #[test]
    fn what_is_unchanged_is_untouched_and_what_is_stale_is_gone() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("2026-11-24");
        let edition = |stories: &[(&str, &str)]| {
            let mut files = Files::default();
            files.add("pdf", "edition.pdf", b"%PDF".to_vec());
            for (name, text) in stories {
                files.add("web", &format!("{name}/index.html"), text.as_bytes().to_vec());
            }
            files
        };
        publish(&folder, &edition(&[("a", "A"), ("b", "B")])).unwrap();
        fs::write(folder.join("b/mine.txt"), "kept").unwrap();
        let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
        for (_, path) in files_below(&folder) {
            fs::File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
        }
        publish(&folder, &edition(&[("a", "A"), ("b", "B")])).unwrap();
        assert!(state(&folder).iter().all(|(_, _, time)| *time == old), "nothing was touched");
        publish(&folder, &edition(&[("a", "A"), ("c", "C")])).unwrap();
        let state = state(&folder);
        let names: Vec<_> =
            state.iter().map(|(name, _, time)| (name.as_str(), *time == old)).collect();
        let expected = [
            (".stonehand.json", false),
            ("a/index.html", true),
            ("b/mine.txt", true),
            ("c/index.html", false),
            ("edition.pdf", true),
        ];
        assert_eq!(names, expected);
        // An output that is not asked for stays as it is.
        let mut only = Files::default();
        only.add("pdf", "edition.pdf", b"%PDF-2".to_vec());
        publish(&folder, &only).unwrap();
        assert!(folder.join("a/index.html").is_file() && folder.join("c/index.html").is_file());
        publish(&folder, &edition(&[("a", "A")])).unwrap();
        assert!(!folder.join("c").exists(), "and is known later");
    }

    #[test]
    fn a_record_that_leads_out_of_its_folder_removes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let (site, other) = (root.path().join("site"), root.path().join("other.txt"));
        fs::create_dir(&site).unwrap();
        fs::write(&other, "mine").unwrap();
        let absolute = other.to_str().unwrap();
        let names = ["../other.txt", absolute, "old.html"];
        fs::write(site.join("old.html"), "old").unwrap();
        let record = serde_json::json!({ "version": 1, "made": { "site": names } });
        fs::write(site.join(MADE), record.to_string()).unwrap();
        let files = [("index.html".to_owned(), b"1".to_vec())];
        assert_eq!(publish_beside(&site, &files, &Keep::default()).unwrap(), (1, 1));
        assert!(other.is_file() && !site.join("old.html").exists());
    }

    #[test]
    fn a_site_leaves_what_is_not_its_own() {
        let root = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        fs::write(root.path().join("CNAME"), "example.org").unwrap();
        let first =
            [file("index.html", "1"), file("tag/a/index.html", "a"), file("assets/x.1.css", "x")];
        assert_eq!(publish_beside(root.path(), &first, &Keep::default()).unwrap(), (3, 0));
        assert_eq!(publish_beside(root.path(), &first, &Keep::default()).unwrap(), (0, 0));
        let second = [file("index.html", "2")];
        let keep = Keep(vec!["assets/x.1.css".into(), "CNAME".into()]);
        assert_eq!(publish_beside(root.path(), &second, &keep).unwrap(), (1, 1));
        assert!(root.path().join("CNAME").is_file() && !root.path().join("tag").exists());
        assert!(root.path().join("assets/x.1.css").is_file());
        assert_eq!(publish_beside(root.path(), &second, &Keep::default()).unwrap(), (0, 1));
        assert!(root.path().join("CNAME").is_file());
    }
}
