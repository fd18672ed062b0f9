//! The site around the editions: home, sections, archive, search, made from the `index.json` of every
//! edition and put beside them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use blake3::Hash;
use rayon::prelude::*;

use super::publish::{Again, Beside, Keep, Origin, PROGRAM, origin_of_site};
use crate::content::paper::Paper;
use crate::diag::{Code, Diagnostic};
use crate::web::{self, Bundle, Clash, Fault, Index, Look, Record};

/// The file of a bundle of the search that holds the hash of what the bundle was made from.
const KEY: &str = "key.txt";

/// The file in which an edition describes itself.
const INDEX: &str = "index.json";

/// Where static hosts look for redirects.
const REDIRECTS: &str = "_redirects";

/// What was made of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteMade {
    /// The editions that it joins.
    pub editions: usize,
    /// Files written, because they are new or have changed.
    pub written: usize,
    /// Files removed.
    pub removed: usize,
    /// Aliases that are left out, since something else is at their address.
    pub clashes: Vec<Clash>,
}

/// Makes the site of all editions below `out` and puts it there. Files that pages load come first, so
/// that no page is ever without them; files that are not made any more are removed last. With
/// [`Again::Changed`] a site that would come out as it lies there is not made.
///
/// # Errors
/// A fault in a template, in the search or on the disk.
pub fn publish_site(
    out: &Path,
    paper: &Paper,
    look: &Look,
    again: Again,
) -> Result<SiteMade, Diagnostic> {
    let folders = index_files(out);
    let key = key(paper, look, &folders);
    let same = origin_of_site(out).filter(|origin| again == Again::Changed && origin.key == key);
    if same.is_some() {
        return Ok(SiteMade { editions: folders.len(), ..SiteMade::default() });
    }
    let indexes = indexes(out, &folders);
    let beside = Beside::of(out).map_err(|error| unwritable(&error))?;
    look.asset_files().into_iter().for_each(|file| beside.put_first(file));
    let put = |file| beside.put(file);
    let site = web::site(paper, look, &indexes, &put).map_err(|fault| template_fault(&fault))?;
    let mut keep: Vec<String> = indexes.iter().flat_map(|index| index.assets.clone()).collect();
    let editions = indexes.len();
    // The records of the search take much memory, and need none of this.
    drop(indexes);
    let searches: Result<Vec<Vec<String>>, String> =
        site.bundles.par_iter().map(|one| search(out, one, &paper.lang, &beside)).collect();
    keep.extend(searches.map_err(|error| search_fault(&error))?.into_iter().flatten());
    // A `_redirects` that the user wrote stays: the pages of aliases lead on without ours.
    if out.join(REDIRECTS).exists() && !beside.before().contains(REDIRECTS) {
        beside.forget(REDIRECTS);
    }
    let made = beside.publish(&Keep(keep), Some(Origin::of(key)));
    let (written, removed) = made.map_err(|error| unwritable(&error))?;
    Ok(SiteMade { editions, written, removed, clashes: site.clashes })
}

/// A hash of everything that the site is made from.
fn key(paper: &Paper, look: &Look, indexes: &[(String, Hash)]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(PROGRAM.as_bytes());
    hasher.update(look.fingerprint());
    hasher.update(&serde_json::to_vec(paper).unwrap_or_default());
    for (folder, hash) in indexes {
        hasher.update(format!("{folder} {hash} ").as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// A fault in a template as a diagnostic.
pub(crate) fn template_fault(fault: &Fault) -> Diagnostic {
    let line = fault.line.map_or_else(String::new, |line| format!(", line {line}"));
    let what = format!("{}{line}: {}", fault.file, fault.message);
    Diagnostic::error(Code::WebTemplate, None, what)
        .hint("correct it (docs/web.md lists what each template is given), or remove the file to use the built-in one")
}

/// A fault in the making of the search's index as a diagnostic.
pub(crate) fn search_fault(error: &str) -> Diagnostic {
    let what = format!("the search index can't be made: {error}");
    Diagnostic::error(Code::WebSearch, None, what)
        .hint("this is a fault of Stonehand, not of the stories: please report it")
}

fn unwritable((path, error): &(PathBuf, io::Error)) -> Diagnostic {
    let what = format!("{} can't be written: {error}", path.display());
    Diagnostic::error(Code::Unwritable, None, what)
        .hint("choose another folder with --out, or free some space")
}

/// The folders below `out` that have an `index.json`, each with the hash of that file.
fn index_files(out: &Path) -> Vec<(String, Hash)> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(out).into_iter().flatten().flatten().collect();
    let read = |entry: &fs::DirEntry| {
        let bytes = fs::read(entry.path().join(INDEX)).ok()?;
        Some((entry.file_name().to_str()?.to_owned(), blake3::hash(&bytes)))
    };
    let mut all: Vec<(String, Hash)> = entries.par_iter().filter_map(read).collect();
    all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    all
}

/// The editions in these folders, the oldest first; one without a date comes before all others.
fn indexes(out: &Path, folders: &[(String, Hash)]) -> Vec<Index> {
    // In a copy of an edition's folder all addresses would be wrong.
    let own = |(folder, _): &(String, Hash)| {
        let bytes = fs::read(out.join(folder).join(INDEX)).ok()?;
        Index::read(&bytes).filter(|index| index.folder == *folder)
    };
    let mut all: Vec<Index> = folders.par_iter().filter_map(own).collect();
    all.sort_by(|a, b| (&a.date, &a.folder).cmp(&(&b.date, &b.folder)));
    all
}

/// Makes a bundle of the search. One that lies there already with the same key is kept; the names of
/// its files are returned.
fn search(out: &Path, bundle: &Bundle, lang: &str, beside: &Beside) -> Result<Vec<String>, String> {
    let folder = format!("search/{}/", bundle.folder);
    let key = format!("{folder}{KEY}");
    if fs::read_to_string(out.join(&key)).is_ok_and(|old| old.trim() == bundle.key) {
        let after = beside.before().range(folder.clone()..);
        let kept: Vec<String> =
            after.take_while(|name| name.starts_with(&folder)).cloned().collect();
        if kept.iter().all(|name| out.join(name).is_file()) {
            return Ok(kept);
        }
    }
    let mut records: Vec<Record> = vec![];
    for edition in &bundle.editions {
        let path = out.join(edition).join("search.json");
        let read = fs::read(&path).map_err(|error| error.to_string());
        let own = read.and_then(|bytes| {
            serde_json::from_slice::<Vec<Record>>(&bytes).map_err(|error| error.to_string())
        });
        records.extend(own.map_err(|error| format!("{}: {error}", path.display()))?);
    }
    web::bundle(bundle, &records, lang)?.into_iter().for_each(|file| beside.put_first(file));
    // The key is put last, so that a bundle that was written in part is made again.
    beside.put_first((key, format!("{}\n", bundle.key).into_bytes()));
    Ok(vec![])
}
