//! A folder that keeps prepared pictures, so that the next build need not make them again.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::PictureError;
use super::format::{OutputFormat, PictureKind};
use super::prepare::{Prepared, Wanted, prepare};

/// To be raised whenever [`prepare`] gives other bytes: it is a part of the keys, so that old
/// entries are not found any more.
const VERSION: u32 = 5;
/// The first bytes of an entry.
const MAGIC: &[u8; 4] = b"shp1";
/// The length in bytes of what stands before the picture: magic, checksum, format, width, height,
/// enlarged.
const HEAD: usize = 4 + 32 + 1 + 4 + 4 + 8;

/// The key of an entry: a hash of the source's bytes, of what was wanted and of the version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CacheKey([u8; 32]);

impl CacheKey {
    /// The key of a picture that is prepared as `wanted`.
    pub(crate) fn new(bytes: &[u8], wanted: &Wanted) -> Self {
        // Taken apart in full, so that a new field can't be forgotten here.
        let Wanted { crop, width_px, height_px, kind } = *wanted;
        let kind = match kind {
            PictureKind::Photo => 0,
            PictureKind::Graphic => 1,
        };
        let numbers =
            [VERSION, crop.left, crop.top, crop.width, crop.height, width_px, height_px, kind];
        let mut hasher = blake3::Hasher::new();
        hasher.update(&same_picture(bytes));
        for number in numbers {
            hasher.update(&number.to_le_bytes());
        }
        Self(*hasher.finalize().as_bytes())
    }
}

/// A folder of prepared pictures. Threads and processes may share it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cache {
    /// The folder; without one, nothing is kept.
    pub dir: Option<PathBuf>,
}

impl Cache {
    /// What was kept under a key; none if the entry is missing, unreadable or damaged.
    pub(crate) fn get(&self, key: &CacheKey) -> Option<Prepared> {
        parse(fs::read(self.path(key)?).ok()?)
    }

    /// Keeps a picture. The entry is moved to its place when it is complete, so that nobody reads
    /// half of one.
    ///
    /// # Errors
    /// If the folder can't be made or written to.
    pub(crate) fn put(&self, key: &CacheKey, prepared: &Prepared) -> io::Result<()> {
        let Some(path) = self.path(key) else { return Ok(()) };
        keep(&path, &render(prepared))
    }

    /// The bytes that [`put_bytes`](Self::put_bytes) kept under a key, if their checksum is right.
    pub(super) fn get_bytes(&self, key: &[u8; 32]) -> Option<Vec<u8>> {
        let mut entry = fs::read(self.path(&CacheKey(*key))?).ok()?;
        let (checksum, rest) = entry.split_first_chunk::<32>()?;
        if blake3::hash(rest).as_bytes() != checksum {
            return None;
        }
        Some(entry.split_off(32))
    }

    /// Keeps bytes that are no [`Prepared`] picture, with a checksum.
    pub(super) fn put_bytes(&self, key: &[u8; 32], bytes: &[u8]) -> io::Result<()> {
        let Some(path) = self.path(&CacheKey(*key)) else { return Ok(()) };
        let mut entry = blake3::hash(bytes).as_bytes().to_vec();
        entry.extend_from_slice(bytes);
        keep(&path, &entry)
    }

    /// The file of an entry. Entries are spread over 256 folders, since some file systems are slow
    /// with large ones.
    fn path(&self, key: &CacheKey) -> Option<PathBuf> {
        let name = blake3::Hash::from_bytes(key.0).to_hex();
        let (folder, rest) = name.split_at(2);
        Some(self.dir.as_ref()?.join(folder).join(format!("{rest}.picture")))
    }
}

/// Writes an entry to a file beside its place and moves it there.
fn keep(path: &Path, entry: &[u8]) -> io::Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(entry)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The same as [`prepare`], looked up in the cache first and kept there.
///
/// If the cache can't be written to, that costs time and is no error.
///
/// # Errors
/// Those of [`prepare`].
pub(crate) fn prepare_cached(
    cache: &Cache,
    bytes: &[u8],
    wanted: &Wanted,
) -> Result<Prepared, PictureError> {
    if cache.dir.is_none() {
        return prepare(bytes, wanted);
    }
    let key = CacheKey::new(bytes, wanted);
    if let Some(prepared) = cache.get(&key) {
        return Ok(prepared);
    }
    let prepared = prepare(bytes, wanted)?;
    // The picture is good without the cache.
    let _ = cache.put(&key, &prepared);
    Ok(prepared)
}

/// The hash (BLAKE3) of a picture file. Files with the same hash are the same picture, whatever their
/// names.
pub(crate) fn same_picture(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// The bytes kept under a key; if there are none, they are made and kept.
///
/// # Errors
/// Those of `make`.
pub(crate) fn kept<E>(
    cache: &Cache,
    key: &[u8; 32],
    make: impl FnOnce() -> Result<Vec<u8>, E>,
) -> Result<Vec<u8>, E> {
    if let Some(bytes) = cache.get_bytes(key) {
        return Ok(bytes);
    }
    let bytes = make()?;
    // They are good without the cache.
    let _ = cache.put_bytes(key, &bytes);
    Ok(bytes)
}

fn render(prepared: &Prepared) -> Vec<u8> {
    let Prepared { bytes, format, width, height, enlarged } = prepared;
    let mut out = Vec::with_capacity(HEAD + bytes.len());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&[0; 32]);
    out.push(match format {
        OutputFormat::Jpeg => 0,
        OutputFormat::Png => 1,
    });
    out.extend_from_slice(&width.to_le_bytes());
    out.extend_from_slice(&height.to_le_bytes());
    out.extend_from_slice(&enlarged.to_le_bytes());
    out.extend_from_slice(bytes);
    let checksum = blake3::hash(&out[36..]);
    out[4..36].copy_from_slice(checksum.as_bytes());
    out
}

fn parse(mut entry: Vec<u8>) -> Option<Prepared> {
    let (magic, rest) = entry.split_first_chunk::<4>()?;
    let (checksum, rest) = rest.split_first_chunk::<32>()?;
    if magic != MAGIC || blake3::hash(rest).as_bytes() != checksum {
        return None;
    }
    let (&[format], rest) = rest.split_first_chunk::<1>()?;
    let (width, rest) = rest.split_first_chunk::<4>()?;
    let (height, rest) = rest.split_first_chunk::<4>()?;
    let (enlarged, _) = rest.split_first_chunk::<8>()?;
    let format = match format {
        0 => OutputFormat::Jpeg,
        1 => OutputFormat::Png,
        _ => return None,
    };
    let (width, height) = (u32::from_le_bytes(*width), u32::from_le_bytes(*height));
    let enlarged = f64::from_le_bytes(*enlarged);
    let bytes = entry.split_off(HEAD);
    Some(Prepared { bytes, format, width, height, enlarged })
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;
    use crate::picture::Crop;

    fn picture() -> Vec<u8> {
        let image = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8, y as u8, 9]));
        let mut out = io::Cursor::new(vec![]);
        image.write_to(&mut out, image::ImageFormat::Png).unwrap();
        out.into_inner()
    }

    fn wanted(width_px: u32) -> Wanted {
        let crop = Crop::whole([64, 48]);
        Wanted { crop, width_px, height_px: width_px * 3 / 4, kind: PictureKind::Photo }
    }

    #[test]
    fn a_picture_is_found_again_and_a_damaged_entry_is_a_miss() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache { dir: Some(folder.path().join("pictures")) };
        let bytes = picture();
        let key = CacheKey::new(&bytes, &wanted(32));
        assert_eq!(cache.get(&key), None);
        let made = prepare_cached(&cache, &bytes, &wanted(32)).unwrap();
        assert_eq!(cache.get(&key).unwrap(), made);
        assert_eq!(prepare(&bytes, &wanted(32)).unwrap(), made);
        let path = cache.path(&key).unwrap();
        let entry = fs::read(&path).unwrap();
        for length in [0, 3, HEAD - 1, HEAD, entry.len() - 1] {
            fs::write(&path, &entry[..length]).unwrap();
            assert_eq!(cache.get(&key), None);
        }
        let mut wrong = entry;
        wrong[HEAD + 5] ^= 1;
        fs::write(&path, wrong).unwrap();
        assert_eq!(cache.get(&key), None);
        assert_eq!(prepare_cached(&cache, &bytes, &wanted(32)).unwrap(), made);
        assert_eq!(cache.get(&key).unwrap(), made);
    }

    #[test]
    fn keys_tell_pictures_and_wishes_apart() {
        let bytes = picture();
        let key = CacheKey::new(&bytes, &wanted(32));
        assert_ne!(key, CacheKey::new(&bytes, &wanted(28)));
        assert_ne!(
            key,
            CacheKey::new(&bytes, &Wanted { kind: PictureKind::Graphic, ..wanted(32) })
        );
        assert_ne!(key, CacheKey::new(&bytes[1..], &wanted(32)));
    }

    #[test]
    fn threads_share_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache { dir: Some(folder.path().into()) };
        let bytes = picture();
        let made: Vec<_> = (0..64)
            .into_par_iter()
            .map(|n| prepare_cached(&cache, &bytes, &wanted(16 + 4 * (n % 4))).unwrap())
            .collect();
        for (n, prepared) in made.iter().enumerate() {
            assert_eq!(*prepared, made[n % 4]);
        }
    }
}
