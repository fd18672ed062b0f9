//! The record of what was made last time, and from what: `.stonehand.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::file_set::Files;
use crate::content::Sought;

/// The name of the record. By it a build knows which files it may remove, which belong to others, and
/// which outputs would come out as they are.
pub(super) const MADE: &str = ".stonehand.json";

/// The name under which the record has the files of the site around the editions.
const SITE: &str = "site";

/// A hash of the program's sources, templates and faces.
pub(crate) const PROGRAM: &str = env!("STONEHAND_SOURCE");

/// What a build makes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// What would come out otherwise than it lies there.
    Changed,
    /// Everything.
    Anew,
}

/// The record of a folder.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the record's form.
    version: u32,
    /// The names of the files that were made, by output.
    made: BTreeMap<String, BTreeSet<String>>,
    /// What outputs were made from. Outputs that were made together have one entry, under all their
    /// names.
    #[serde(default)]
    origins: BTreeMap<String, Origin>,
}

/// What files were made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// A hash of everything that goes into them.
    pub key: String,
    /// The pictures that were looked for.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sought: BTreeSet<Sought>,
    /// The number of warnings when it was made.
    #[serde(default)]
    pub warnings: usize,
    /// Whether something broken was left out.
    #[serde(default)]
    pub broken: bool,
    /// The size of all files together, in bytes; set when they are written.
    #[serde(default)]
    pub bytes: u64,
}

impl Origin {
    /// A record with a key alone.
    pub(crate) fn of(key: String) -> Self {
        Self { key, ..Self::default() }
    }

    /// The same with the size of the files that were written; none where one is not there.
    pub(super) fn with_bytes(self, folder: &Path, names: &BTreeSet<String>) -> Option<Self> {
        Some(Self { bytes: bytes_of(folder, names.iter())?, ..self })
    }
}

/// What these outputs in a folder were made from; none where they were not made together, or where
/// their files together have another size than when they were written.
pub(crate) fn origin_of(folder: &Path, outputs: &[&str]) -> Option<Origin> {
    let made = Manifest::read(folder);
    let origin = made.origins.get(&together(outputs.iter().copied()))?;
    let names = outputs.iter().filter_map(|output| made.made.get(*output)).flatten();
    (bytes_of(folder, names)? == origin.bytes).then(|| origin.clone())
}

/// The same for the site around the editions.
pub(crate) fn origin_of_site(folder: &Path) -> Option<Origin> {
    origin_of(folder, &[SITE])
}

/// The size of files together, in bytes; none where one is missing.
fn bytes_of<'n>(folder: &Path, names: impl Iterator<Item = &'n String>) -> Option<u64> {
    let size = |name: &String| {
        let data = fs::symlink_metadata(folder.join(name)).ok()?;
        data.is_file().then_some(data.len())
    };
    names.map(size).sum()
}

/// The name of outputs that are made together: theirs, sorted.
fn together<'n>(outputs: impl Iterator<Item = &'n str>) -> String {
    let names: BTreeSet<&str> = outputs.collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}

impl Manifest {
    /// Reads the record of a folder; an empty one where there is none that can be read.
    pub(super) fn read(folder: &Path) -> Self {
        let read = fs::read(folder.join(MADE)).ok();
        let mut made: Self =
            read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        // Files that are named here may be removed, so that none may lie outside the folder.
        made.made.values_mut().for_each(|names| names.retain(|name| is_below(name)));
        made
    }

    /// The record after an edition's files are written: those of `files` are new, those of other outputs
    /// stay.
    pub(super) fn then(&self, files: &Files, origin: Option<Origin>) -> Self {
        let mut now = Self { version: 1, ..Self::default() };
        for (kind, name, _) in &files.files {
            now.made.entry((*kind).to_owned()).or_default().insert(name.clone());
        }
        let fresh: BTreeSet<&str> = now.made.keys().map(String::as_str).collect();
        // Where one of several outputs that were made together is overwritten, their entry goes.
        let apart = |name: &&String| name.split(' ').all(|output| !fresh.contains(output));
        for (name, origin) in self.origins.iter().filter(|(name, _)| apart(name)) {
            now.origins.insert(name.clone(), origin.clone());
        }
        if let Some(origin) = origin {
            let bytes = files.files.iter().map(|(_, _, bytes)| bytes.len() as u64).sum();
            now.origins.insert(together(fresh.into_iter()), Origin { bytes, ..origin });
        }
        for (kind, names) in &self.made {
            now.made.entry(kind.clone()).or_insert_with(|| names.clone());
        }
        now
    }

    /// The record of the site around the editions.
    pub(super) fn of_site(names: BTreeSet<String>, origin: Option<Origin>) -> Self {
        let origins = origin.map(|origin| (SITE.to_owned(), origin)).into_iter().collect();
        Self { version: 1, made: [(SITE.to_owned(), names)].into(), origins }
    }

    /// The bytes of the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The names of all files that were made.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.made.values().flatten()
    }
}

/// Whether a name, joined to a folder, is a path below that folder.
fn is_below(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    !name.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}
