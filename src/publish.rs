//! Files onto the disk: a whole edition, or nothing of it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The files of one edition.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// Adds a file by its name in the edition's folder.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.push((name.into(), bytes));
    }

    /// The names and sizes of the files.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.len()))
    }
}

/// Puts an edition's files into `folder`, replacing what was there.
///
/// They are written beside it first; then the two folders change places, so that
/// a reader finds the old edition or the new one and never half of either.
/// Files of other makers in the old folder are carried over.
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn publish(folder: &Path, files: &Files) -> Result<(), (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_path_buf();
        move |error| (path, error)
    };
    let parent = folder.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(at(parent))?;
    let new = tempfile::Builder::new().prefix(".new-").tempdir_in(parent).map_err(at(parent))?;
    for (name, bytes) in &files.files {
        let path = new.path().join(name);
        fs::write(&path, bytes).map_err(at(&path))?;
    }
    open_to_readers(new.path(), 0o755).map_err(at(new.path()))?;
    if !folder.exists() {
        return fs::rename(new.keep(), folder).map_err(at(folder));
    }
    let names: Vec<&str> = files.files.iter().map(|(name, _)| name.as_str()).collect();
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let name = entry.file_name();
        if !names.iter().any(|known| name == *known) && entry.path().is_file() {
            fs::copy(entry.path(), new.path().join(&name)).map_err(at(&entry.path()))?;
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

/// Writes one file in the place of what was there: a reader finds the old one or the new one,
/// never half of either.
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn replace(path: &Path, text: &str) -> Result<(), (PathBuf, io::Error)> {
    let at = |error| (path.to_path_buf(), error);
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(at)?;
    let mut new = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(at)?;
    new.write_all(text.as_bytes()).map_err(at)?;
    new.as_file().sync_all().map_err(at)?;
    open_to_readers(new.path(), 0o644).map_err(at)?;
    new.persist(path).map_err(|error| at(error.error))?;
    Ok(())
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
        first.add("edition.pdf", b"one".to_vec());
        publish(&folder, &first).unwrap();
        fs::write(folder.join("mine.txt"), "kept").unwrap();
        let mut second = Files::default();
        second.add("edition.pdf", b"two".to_vec());
        publish(&folder, &second).unwrap();
        assert_eq!(fs::read(folder.join("edition.pdf")).unwrap(), b"two");
        assert_eq!(fs::read(folder.join("mine.txt")).unwrap(), b"kept");
        let left: Vec<_> = fs::read_dir(root.path().join("public")).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing is left beside the edition");
    }
}
