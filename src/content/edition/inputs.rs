//! What an edition is made from, without reading it: the texts of its files, and the pictures that
//! its stories look for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::content::addresses::picture_finder::{Finder, FoundPicture, Root, slashed};

/// A picture that was looked for when an edition was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sought {
    /// The root that it was looked for below: 0 is the paper's folder.
    pub root: usize,
    /// The folder below the root that it was looked for from, with slashes.
    pub folder: String,
    /// Its address as it is written.
    pub src: String,
}

/// The inputs of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// Its date.
    pub date: Option<Date>,
    /// A hash of all its texts: `paper.yaml`, the files of its own folder, its stories with their
    /// paths.
    pub texts: [u8; 32],
    /// The roots below which pictures are looked for; the first one is the paper's folder.
    pub(crate) roots: Vec<Root>,
}

impl Inputs {
    /// A hash of what looking for pictures finds now: where they lie, and their bytes.
    pub fn pictures(&self, sought: &BTreeSet<Sought>) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let mut last: Option<((usize, &str), Finder)> = None;
        for Sought { root: number, folder, src } in sought {
            hasher.update(&(src.len() as u64).to_le_bytes());
            hasher.update(src.as_bytes());
            let Some(root) = self.roots.get(*number) else { continue };
            // All that is looked for from a folder comes together.
            let of = (*number, folder.as_str());
            let (_, finder) = match last.take().filter(|(known, _)| *known == of) {
                Some(same) => last.insert(same),
                None => last.insert((of, Finder::new(root.clone(), below(&root.path, folder)))),
            };
            match finder.find(src) {
                FoundPicture::Nowhere(_) => hasher.update(&[0]),
                FoundPicture::Outside => hasher.update(&[1]),
                FoundPicture::At(path) | FoundPicture::Nearly(path, ..) => {
                    let bytes = std::fs::read(&path).unwrap_or_default();
                    hasher.update(&[2]);
                    hasher.update(slashed(&root.path, &path).as_bytes());
                    hasher.update(blake3::hash(&bytes).as_bytes())
                }
            };
        }
        *hasher.finalize().as_bytes()
    }
}

/// A folder below a root, whatever the name says: nothing outside is looked at.
fn below(root: &Path, folder: &str) -> PathBuf {
    let plain = |part: &&str| !part.is_empty() && *part != "." && *part != "..";
    root.join(folder.split('/').filter(plain).collect::<PathBuf>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_come_go_or_change_are_seen() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().canonicalize()?;
        std::fs::create_dir_all(root.join("content/a"))?;
        let inputs = Inputs { date: None, texts: [0; 32], roots: vec![root.clone().into()] };
        let sought = |folder: &str, src: &str| -> BTreeSet<Sought> {
            [Sought { root: 0, folder: folder.into(), src: src.into() }].into()
        };
        let of = |sought: &BTreeSet<Sought>| inputs.pictures(sought);
        let one = sought("content/a", "p.png");
        let nowhere = of(&one);
        std::fs::write(root.join("p.png"), "1")?;
        let above = of(&one);
        std::fs::write(root.join("content/a/p.png"), "1")?;
        let beside = of(&one);
        std::fs::write(root.join("content/a/p.png"), "2")?;
        let changed = of(&one);
        let all: BTreeSet<[u8; 32]> = [nowhere, above, beside, changed].into();
        assert_eq!((all.len(), of(&one)), (4, changed));
        // What a record names elsewhere is not looked at.
        assert_eq!(below(&root, "../../etc/./x"), root.join("etc/x"));
        let odd = [Sought { root: 9, folder: "..".into(), src: "p".into() }].into();
        assert_eq!(of(&odd), of(&odd));
        Ok(())
    }
}
