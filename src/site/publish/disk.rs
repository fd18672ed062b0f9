//! What publishing does to files and folders.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// The path at which the file system refused something, and what it said.
pub type Failure = (PathBuf, io::Error);

/// Writes a file in the place of the old one. A reader finds the old file or the new one, never a part.
///
/// # Errors
/// What the file system says, with the path it says it of.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let new = written_beside(path, text.as_bytes())?;
    new.as_file().sync_all().map_err(at(path))?;
    new.persist(path).map_err(|error| (path.to_path_buf(), error.error))?;
    Ok(())
}

/// The same without waiting for the disk, for a file that can be made again.
pub(super) fn put_now(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let new = written_beside(path, bytes)?;
    new.persist(path).map_err(|error| (path.to_path_buf(), error.error))?;
    Ok(())
}

/// Writes a new file beside the one whose place it will take.
fn written_beside(path: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile, Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(at(path))?;
    let mut new = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(at(path))?;
    new.write_all(bytes).map_err(at(path))?;
    open_to_readers(new.path(), 0o644).map_err(at(path))?;
    Ok(new)
}

/// Puts the path before an error of the file system.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure + use<> {
    let path = path.to_path_buf();
    move |error| (path, error)
}

/// Makes the folder that a file is to lie in.
pub(super) fn make_parent(path: &Path) -> Result<(), Failure> {
    path.parent().map_or(Ok(()), |folder| fs::create_dir_all(folder).map_err(at(folder)))
}

/// Whether a file has these bytes.
pub(super) fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let length = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|one| one.len());
    length == Some(bytes.len() as u64) && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Puts a file at a second path: by a hard link where the disk has them, else as a copy with the same
/// time.
pub(super) fn take_along(old: &Path, new: &Path) -> Result<(), Failure> {
    if fs::hard_link(old, new).is_ok() {
        return Ok(());
    }
    fs::copy(old, new).map_err(at(old))?;
    let time = fs::metadata(old).and_then(|one| one.modified());
    // Programs that copy the folder elsewhere go by the time; without it they copy once more.
    let _ = time.and_then(|time| fs::File::options().write(true).open(new)?.set_modified(time));
    Ok(())
}

/// The files below a folder, each with its path from there, with slashes. Links to folders are not
/// followed.
pub(super) fn files_below(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    entries
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| {
            let name = entry.path().strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
            Some((name, entry.path().to_path_buf()))
        })
        .collect()
}

/// Gives a file or folder these permissions: what was made as a temporary file can be read by its owner
/// alone.
#[cfg(unix)]
pub(super) fn open_to_readers(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(super) fn open_to_readers(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
