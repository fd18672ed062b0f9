//! The site around the editions, onto the disk: what looks across them, made from each one's
//! `index.json`.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::content::paper::Paper;
use crate::diag::Diagnostic;
use crate::publish::{self, Again, Keep, Origin, PROGRAM, origin_of_site};
use crate::web::{self, Bundle, Clash, Fault, File, Index, Look, Record};

/// The file that tells of what a bundle of the search was made.
const KEY: &str = "key.txt";

/// Where static hosts look for redirects.
const REDIRECTS: &str = "_redirects";

/// What was made of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteMade {
    /// Editions it has.
    pub editions: usize,
    /// Files written, because they are new or other than before.
    pub written: usize,
    /// Files that are no more.
    pub removed: usize,
    /// Aliases that can't be, since something else is there.
    pub clashes: Vec<Clash>,
}

/// Makes the site of all editions below `out` and puts it there: assets first, then pages, so that
/// no page is ever without what it loads; at last, what is no more is removed.
///
/// # Errors
/// What is wrong with a template, with the search, or with the disk.
pub fn publish_site(
    out: &Path,
    paper: &Paper,
    look: &Look,
    again: Again,
) -> Result<SiteMade, Diagnostic> {
    let files = index_files(out);
    let key = key(paper, look, &files);
    let same = origin_of_site(out).filter(|origin| again == Again::Changed && origin.key == key);
    if same.is_some() {
        return Ok(SiteMade { editions: files.len(), ..SiteMade::default() });
    }
    let indexes = indexes(&files);
    let site = web::site(paper, look, &indexes).map_err(|fault| template_fault(&fault))?;
    let before = publish::made_before(out);
    let searches: Result<Vec<Searched>, String> =
        site.bundles.par_iter().map(|one| search(out, one, &paper.lang, &before)).collect();
    let mut files = site.assets;
    let mut keep: Vec<String> = indexes.iter().flat_map(|index| index.assets.clone()).collect();
    for (made, kept) in searches.map_err(|error| search_fault(&error))? {
        files.extend(made);
        keep.extend(kept);
    }
    files.extend(site.files);
    // Somebody's own redirects go before ours, whose pages lead on without them.
    if out.join(REDIRECTS).exists() && !before.contains(REDIRECTS) {
        files.retain(|(name, _)| name != REDIRECTS);
    }
    let made = publish::publish_beside(out, &files, &Keep(keep), Some(Origin::of(key)));
    let (written, removed) = made.map_err(|error| unwritable(&error))?;
    Ok(SiteMade { editions: indexes.len(), written, removed, clashes: site.clashes })
}

/// A hash of everything that the site is made from.
fn key(paper: &Paper, look: &Look, indexes: &[(String, Vec<u8>)]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(PROGRAM.as_bytes());
    hasher.update(look.fingerprint());
    hasher.update(&serde_json::to_vec(paper).unwrap_or_default());
    for (folder, bytes) in indexes {
        hasher.update(format!("{folder} {} ", bytes.len()).as_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().to_hex().to_string()
}

/// What is wrong with a template, for its maker.
pub fn template_fault(fault: &Fault) -> Diagnostic {
    let line = fault.line.map_or_else(String::new, |line| format!(", line {line}"));
    let what = format!("{}{line}: {}", fault.file, fault.message);
    Diagnostic::error("web-template", None, what)
        .hint("Correct it, or take the file away: then the built-in one is used. docs/web.md has what each template is given.")
}

fn search_fault(error: &str) -> Diagnostic {
    let what = format!("the index of the search can't be made: {error}");
    Diagnostic::error("web-search", None, what)
        .hint("This is a fault of the program, not of the stories; please report it.")
}

fn unwritable((path, error): &(PathBuf, io::Error)) -> Diagnostic {
    let what = format!("{} can't be written: {error}", path.display());
    Diagnostic::error("unwritable", None, what)
        .hint("Choose another folder with --out, or make room.")
}

/// The `index.json` of every folder below another, by the folders' names.
fn index_files(out: &Path) -> Vec<(String, Vec<u8>)> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(out).into_iter().flatten().flatten().collect();
    let read = |entry: &fs::DirEntry| {
        let bytes = fs::read(entry.path().join("index.json")).ok()?;
        Some((entry.file_name().to_str()?.to_owned(), bytes))
    };
    let mut all: Vec<(String, Vec<u8>)> = entries.par_iter().filter_map(read).collect();
    all.sort_unstable();
    all
}

/// The editions of these files, the oldest first; one without a date before all others.
fn indexes(files: &[(String, Vec<u8>)]) -> Vec<Index> {
    // One that was copied elsewhere would have all its addresses wrong.
    let own = |(folder, bytes): &(String, Vec<u8>)| {
        Index::read(bytes).filter(|index| index.folder == *folder)
    };
    let mut all: Vec<Index> = files.par_iter().filter_map(own).collect();
    all.sort_by(|a, b| (&a.date, &a.folder).cmp(&(&b.date, &b.folder)));
    all
}

/// A bundle's files where it is new, and the names of those that stay where it is not.
type Searched = (Vec<File>, Vec<String>);

/// Makes a bundle, unless it lies there already.
fn search(
    out: &Path,
    bundle: &Bundle,
    lang: &str,
    before: &BTreeSet<String>,
) -> Result<Searched, String> {
    let folder = format!("search/{}/", bundle.folder);
    let key = format!("{folder}{KEY}");
    if fs::read_to_string(out.join(&key)).is_ok_and(|old| old.trim() == bundle.key) {
        let kept: Vec<String> =
            before.iter().filter(|name| name.starts_with(&folder)).cloned().collect();
        if kept.iter().all(|name| out.join(name).is_file()) {
            return Ok((vec![], kept));
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
    let mut files = web::bundle(bundle, &records, lang)?;
    // Last, so that a bundle that was not written whole is made again.
    files.push((key, format!("{}\n", bundle.key).into_bytes()));
    Ok((files, vec![]))
}
