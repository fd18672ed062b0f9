//! What was made last time, and from what: `.stonehand.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::Files;
use crate::content::Sought;

/// The file that tells what was made last time, so that what is made no more can go, what is
/// somebody else's stays, and what would come out the same need not be made.
pub(super) const MADE: &str = ".stonehand.json";

/// The name of the site's outputs.
const SITE: &str = "site";

/// A hash of the program's sources, templates and faces.
pub(crate) const PROGRAM: &str = env!("STONEHAND_SOURCE");

/// What is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// What has changed.
    Changed,
    /// Everything.
    Anew,
}

/// What was made, by kind of output.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Made {
    version: u32,
    made: BTreeMap<String, BTreeSet<String>>,
    /// What outputs were made from, by the names of those that were made together.
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
    /// The warnings that there were.
    #[serde(default)]
    pub warnings: usize,
    /// Whether something broken was left out.
    #[serde(default)]
    pub broken: bool,
    /// The bytes of all files together; set when they are written.
    #[serde(default)]
    pub bytes: u64,
}

impl Origin {
    /// What files were made from, where nothing is to be said of it.
    pub fn of(key: String) -> Self {
        Self { key, ..Self::default() }
    }

    /// The same with the bytes of files that are written; none where one is not there.
    pub(super) fn with_bytes(self, folder: &Path, names: &BTreeSet<String>) -> Option<Self> {
        Some(Self { bytes: bytes_of(folder, names.iter())?, ..self })
    }
}

/// What the outputs of these names in a folder were made from; none where they were not made
/// together, or where their files are not all there as they were written.
pub fn origin_of(folder: &Path, outputs: &[&str]) -> Option<Origin> {
    let made = Made::read(folder);
    let origin = made.origins.get(&together(outputs.iter().copied()))?;
    let names = outputs.iter().filter_map(|output| made.made.get(*output)).flatten();
    (bytes_of(folder, names)? == origin.bytes).then(|| origin.clone())
}

/// What the site in a folder was made from, by the same rules.
pub(crate) fn origin_of_site(folder: &Path) -> Option<Origin> {
    origin_of(folder, &[SITE])
}

/// The bytes of files; none where one is missing.
fn bytes_of<'n>(folder: &Path, names: impl Iterator<Item = &'n String>) -> Option<u64> {
    let size = |name: &String| {
        let data = fs::symlink_metadata(folder.join(name)).ok()?;
        data.is_file().then_some(data.len())
    };
    names.map(size).sum()
}

/// The name of outputs that are made together.
fn together<'n>(outputs: impl Iterator<Item = &'n str>) -> String {
    let names: BTreeSet<&str> = outputs.collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}

impl Made {
    pub(super) fn read(folder: &Path) -> Self {
        let read = fs::read(folder.join(MADE)).ok();
        let mut made: Self =
            read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        // What is named here may be removed: nothing that leads out of the folder.
        made.made.values_mut().for_each(|names| names.retain(|name| is_below(name)));
        made
    }

    /// What there is when an edition's files are written.
    pub(super) fn then(&self, files: &Files, origin: Option<Origin>) -> Self {
        let mut now = Self { version: 1, ..Self::default() };
        for (kind, name, _) in &files.files {
            now.made.entry((*kind).to_owned()).or_default().insert(name.clone());
        }
        let fresh: BTreeSet<&str> = now.made.keys().map(String::as_str).collect();
        // Outputs that are partly overwritten are no more what they were made from.
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

    /// What there is of a site.
    pub(super) fn of_site(names: BTreeSet<String>, origin: Option<Origin>) -> Self {
        let origins = origin.map(|origin| (SITE.to_owned(), origin)).into_iter().collect();
        Self { version: 1, made: [(SITE.to_owned(), names)].into(), origins }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.made.values().flatten()
    }
}

/// Whether a name leads to a place below the folder that it is joined to.
fn is_below(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    !name.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}
