//! The folders that commands write to, and the files that they keep beside an edition's stories.

use std::path::{Path, PathBuf};

use stonehand::content;
use stonehand::site::publish::{Failure, replace};

use super::args::{Build, Of};
use super::exit::Exit;
use super::print;

/// Where prepared pictures are kept: one folder for all papers of this user, since a picture is
/// known by its content. Nothing is written into a folder of stories.
pub(super) fn cache_folder() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let home = || of("HOME").map(|home| home.join(".cache"));
    let base = of("XDG_CACHE_HOME").or_else(|| of("LOCALAPPDATA")).or_else(home)?;
    Some(base.join("stonehand").join("pictures"))
}

/// The folder of all editions: the site's root.
pub(super) fn out_folder(args: &Build) -> PathBuf {
    if args.out.is_absolute() { args.out.clone() } else { args.of.root.join(&args.out) }
}

/// The path of a file in the folder of an edition's stories, from where the program runs.
pub(super) fn edition_file(of: &Of, edition: &content::Edition, name: &str) -> PathBuf {
    let date = edition.date.map_or_else(String::new, |date| date.to_string());
    of.root.join("content").join(date).join(name)
}

/// Writes such a file or, where there is nothing to keep in it, removes it. What prevents that is
/// said.
pub(super) fn keep_file(path: &Path, text: Option<&str>) -> Result<(), Exit> {
    let done = match text {
        Some(text) => replace(path, text),
        None if path.exists() => {
            std::fs::remove_file(path).map_err(|error| (path.to_path_buf(), error))
        }
        None => Ok(()),
    };
    done.map_err(|failure| unwritable(&failure))
}

fn unwritable((path, error): &Failure) -> Exit {
    let what = format!("{} can't be written: {error}", path.display());
    print::fail(&what, "check the folder's permissions, or free some space; nothing was changed");
    Exit::Errors
}
