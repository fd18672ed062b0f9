//! The inputs of an edition, from which the build decides whether it must be made again: a hash of
//! its texts, and the pictures that its stories look for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::content::addresses::picture_finder::{Finder, FoundPicture, Root, slashed};

/// A picture that was looked for when an edition was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sought {
    /// The index of the root that it was looked for in. Index 0 is the paper's folder.
    pub root: usize,
    /// The folder from which it was looked for, relative to the root, with `/`.
    pub folder: String,
    /// Its address, as written.
    pub src: String,
}

/// The inputs of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// The edition's date.
    pub date: Option<Date>,
    /// The hash of all its texts: `paper.yaml`, the files of the edition's folder, and its stories
    /// with their paths.
    pub texts: [u8; 32],
    /// The roots in which pictures are looked for, the paper's folder first.
    pub(crate) roots: Vec<Root>,
}

impl Inputs {
    /// The hash of what a search for these pictures finds now: the paths and the bytes of the
    /// files.
    pub fn pictures(&self, sought: &BTreeSet<Sought>) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let mut last: Option<((usize, &str), Finder)> = None;
        for Sought { root: number, folder, src } in sought {
            hasher.update(&(src.len() as u64).to_le_bytes());
            hasher.update(src.as_bytes());
            let Some(root) = self.roots.get(*number) else { continue };
            // The pictures are sorted by folder, so the finder of a folder serves all of them.
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

/// A folder below a root. Parts that would lead out of the root are dropped.
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
        // A record may name a folder outside of the root; nothing there is looked at.
        assert_eq!(below(&root, "../../etc/./x"), root.join("etc/x"));
        let odd = [Sought { root: 9, folder: "..".into(), src: "p".into() }].into();
        assert_eq!(of(&odd), of(&odd));
        Ok(())
    }
}
