//! Judges by its pixels whether a picture is a photograph or a graphic.

use super::cache::{Cache, kept, same_picture};
use super::crop::Crop;
use super::decode::{decode, wait_for_memory};
use super::error::PictureError;
use super::format::PictureKind;
use super::probe::open;
use super::raster::{PixelLayout, Raster};
use super::resample::resample;

/// To be raised whenever [`is_graphic`] judges any picture differently: it is a part of the cache's
/// keys.
const VERSION: u32 = 1;
/// Larger pictures are scaled to this length of their longer side, in pixels, before they are
/// judged, so that the edges of large and small ones are equally sharp.
const JUDGED_SIDE_PX: u32 = 1600;
/// The side of a tile in pixels.
const TILE: usize = 16;
/// Neighbours that differ by no more than this in any channel (0 to 255) have one flat colour. A
/// JPEG doesn't keep a colour to the last bit.
const FLAT: u8 = 2;
/// Neighbours that differ by this much or more are the two sides of an edge.
const HARD: u8 = 48;
/// The most that a pixel of a plain tile may differ from the tile's own colour.
const PLAIN: u8 = 6;

/// The figures by which a picture is judged, each a share from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Nature {
    /// Of all pairs of neighbours, those of one flat colour.
    flat: f64,
    /// Of all pairs of neighbours, those at an edge.
    hard: f64,
    /// Of the pairs that differ, those at an edge.
    edges: f64,
    /// Of all pixels, those of the four commonest colours.
    common: f64,
    /// Of all tiles, those of one plain colour, if it is among the three commonest of plain tiles.
    plain: f64,
    /// Of all tiles, those in which no colour prevails.
    busy: f64,
}

impl Nature {
    /// Whether the picture is a graphic: much of it is flat, and most of the rest are sharp edges.
    /// A photograph has tones in between, and its edges are wider than one pixel. A picture without
    /// sharp edges, such as the moon or a face before a white wall, is a photograph however flat it
    /// is. One with an edge at every other pixel is a photograph that was printed in dots.
    ///
    /// The thresholds were found with photographs, prints, charts, maps, crosswords, scans and
    /// screenshots, as PNG and as JPEG of several qualities.
    fn is_graphic(self) -> bool {
        let Self { flat, hard, edges, common, plain, busy } = self;
        let drawn = flat >= 0.8 && edges >= 0.5;
        let of_few_colours = common >= 0.72 && flat >= 0.35 && edges >= 0.1;
        let on_a_ground = plain >= 0.4 && busy <= 0.3 && flat >= 0.7 && edges >= 0.06;
        hard <= 0.3 && (drawn || of_few_colours || on_a_ground)
    }
}

/// Whether the pixels of a picture are those of a graphic: a chart, a map, a crossword, a
/// screenshot, a logo, a page of text.
///
/// # Errors
/// If the picture can't be decoded.
pub(crate) fn is_graphic(bytes: &[u8]) -> Result<bool, PictureError> {
    nature(bytes).map(Nature::is_graphic)
}

/// The same as [`is_graphic`], looked up in the cache first and kept there.
///
/// # Errors
/// Those of [`is_graphic`].
pub(crate) fn is_graphic_cached(cache: &Cache, bytes: &[u8]) -> Result<bool, PictureError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"graphic");
    hasher.update(&VERSION.to_le_bytes());
    hasher.update(&same_picture(bytes));
    let key = *hasher.finalize().as_bytes();
    let judged = kept(cache, &key, || is_graphic(bytes).map(|graphic| vec![u8::from(graphic)]))?;
    Ok(judged == [1])
}

pub(super) fn nature(bytes: &[u8]) -> Result<Nature, PictureError> {
    let opened = open(bytes)?;
    let head = opened.head;
    let _turn = wait_for_memory(&head);
    let decoded = decode(opened, PictureKind::Graphic, 1.0)?;
    let raster = decoded.raster;
    let scale = f64::from(JUDGED_SIDE_PX) / f64::from(raster.width.max(raster.height));
    let raster = if scale < 1.0 {
        let whole = Crop::whole([raster.width, raster.height]);
        let side = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
        let size = [side(raster.width), side(raster.height)];
        // The figures are the same however the picture is turned.
        resample(raster, image::metadata::Orientation::NoTransforms, whole, size)
            .ok_or_else(|| PictureError::broken(head.format, "it can't be scaled"))?
    } else {
        raster
    };
    Ok(match raster.layout {
        PixelLayout::Grey => measured::<1>(&raster),
        PixelLayout::Rgb | PixelLayout::Ycc => measured::<3>(&raster),
        PixelLayout::Cmyk => measured::<4>(&raster),
    })
}

fn measured<const N: usize>(raster: &Raster) -> Nature {
    let (pixels, _) = raster.data.as_chunks::<N>();
    let (width, height) = (raster.width as usize, raster.height as usize);
    let (mut flat, mut soft, mut hard) = (0_usize, 0_usize, 0_usize);
    let mut pair = |a: &[u8; N], b: &[u8; N]| match difference(a, b) {
        0..=FLAT => flat += 1,
        HARD.. => hard += 1,
        _ => soft += 1,
    };
    let mut colours = Counts::new();
    for (y, row) in pixels.chunks_exact(width).enumerate() {
        row.iter().for_each(|pixel| colours.add(pixel));
        row.windows(2).for_each(|two| pair(&two[0], &two[1]));
        if let Some(below) = pixels.get((y + 1) * width..(y + 2) * width) {
            row.iter().zip(below).for_each(|(a, b)| pair(a, b));
        }
    }
    let (mut tiles, mut busy, mut grounds) = (0_usize, 0_usize, Counts::new());
    for top in (0..height / TILE).map(|row| row * TILE) {
        for left in (0..width / TILE).map(|column| column * TILE) {
            let rows = (top..top + TILE).map(|y| &pixels[y * width + left..][..TILE]);
            let tile: Vec<[u8; N]> = rows.flatten().copied().collect();
            let own = middle(&tile);
            let near = tile.iter().filter(|pixel| difference(pixel, &own) <= PLAIN).count();
            tiles += 1;
            busy += usize::from(near * 2 < tile.len());
            if near * 50 >= tile.len() * 49 {
                grounds.add(&own);
            }
        }
    }
    let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
    let all = flat + soft + hard;
    Nature {
        flat: share(flat, all),
        hard: share(hard, all),
        edges: share(hard, soft + hard),
        common: share(colours.most(4), pixels.len()),
        plain: share(grounds.most(3), tiles),
        busy: share(busy, tiles),
    }
}

fn difference<const N: usize>(a: &[u8; N], b: &[u8; N]) -> u8 {
    a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
}

/// The median of each channel: the tile's own colour.
fn middle<const N: usize>(tile: &[[u8; N]]) -> [u8; N] {
    std::array::from_fn(|channel| {
        let mut counts = [0_u16; 256];
        tile.iter().for_each(|pixel| counts[usize::from(pixel[channel])] += 1);
        let mut left = tile.len() as u16 / 2;
        let at = counts.iter().position(|count| match left.checked_sub(*count) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        });
        at.unwrap_or(0) as u8
    })
}

/// How often each colour occurs. Similar colours are counted as one.
struct Counts {
    of: Vec<u32>,
}

impl Counts {
    fn new() -> Self {
        Self { of: vec![0; 1 << 15] }
    }

    fn add<const N: usize>(&mut self, pixel: &[u8; N]) {
        // Greys differ in one channel only, so they are told apart more finely.
        let place = match pixel.as_slice() {
            [grey] => usize::from(grey >> 2),
            [a, b, c, ..] => {
                usize::from(a >> 3) << 10 | usize::from(b >> 3) << 5 | usize::from(c >> 3)
            }
            _ => 0,
        };
        self.of[place] += 1;
    }

    /// How many pixels have one of the `many` commonest colours.
    fn most(&mut self, many: usize) -> usize {
        self.of.sort_unstable_by(|a, b| b.cmp(a));
        self.of.iter().take(many).map(|count| *count as usize).sum()
    }
}

#[cfg(test)]
mod tests;
