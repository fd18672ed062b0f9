//! Converts a picture's colours to sRGB, or to grey.

use std::sync::Arc;

use moxcms::{
    ColorProfile, DataColorSpace, Layout as ProfileLayout, Transform8BitExecutor, TransformOptions,
};

use super::raster::{PixelLayout, Raster};

/// Converts a raster to sRGB, or to grey with sRGB's tone curve. Luma and chroma have no profile and
/// are sRGB already.
///
/// A profile that is damaged or meant for other colours is ignored, as browsers do: a picture in
/// slightly wrong colours is better than none.
pub(super) fn to_srgb(raster: Raster, profile: Option<&[u8]>) -> Raster {
    let profile = profile.and_then(|bytes| ColorProfile::new_from_slice(bytes).ok());
    match raster.layout {
        PixelLayout::Ycc => raster,
        PixelLayout::Grey => match profile.as_ref().and_then(grey_table) {
            Some(table) => map_grey(raster, &table),
            None => raster,
        },
        PixelLayout::Rgb => match profile.as_ref().and_then(|profile| rgb(&raster, profile)) {
            Some(data) => Raster { data, ..raster },
            None => raster,
        },
        PixelLayout::Cmyk => {
            let data = profile
                .as_ref()
                .and_then(|profile| cmyk(&raster, profile))
                .unwrap_or_else(|| naive_cmyk(&raster.data));
            Raster { layout: PixelLayout::Rgb, data, ..raster }
        }
    }
}

/// The grey in sRGB of each of the 256 greys of a profile.
fn grey_table(profile: &ColorProfile) -> Option<Vec<u8>> {
    let transform = Transform::new(profile, DataColorSpace::Gray, ProfileLayout::Gray)?;
    let greys: Vec<u8> = (0..=u8::MAX).collect();
    Some(transform.apply(&greys)?.chunks_exact(3).map(|colour| colour[1]).collect())
}

fn map_grey(mut raster: Raster, table: &[u8]) -> Raster {
    for sample in &mut raster.data {
        *sample = table[usize::from(*sample)];
    }
    raster
}

/// The samples in sRGB; none if the profile changes nothing that could be seen. Most profiles are
/// sRGB under some name, and converting costs time and, by rounding, a little quality.
fn rgb(raster: &Raster, profile: &ColorProfile) -> Option<Vec<u8>> {
    let transform = Transform::new(profile, DataColorSpace::Rgb, ProfileLayout::Rgb)?;
    let levels = [0, 36, 73, 109, 146, 182, 219, 255_u8];
    let mut before = Vec::with_capacity(levels.len().pow(3) * 3);
    for red in levels {
        for green in levels {
            before.extend(levels.iter().flat_map(|blue| [red, green, *blue]));
        }
    }
    let after = transform.apply(&before)?;
    if before.iter().zip(&after).all(|(a, b)| a.abs_diff(*b) <= 2) {
        return None;
    }
    transform.apply(&raster.data)
}

fn cmyk(raster: &Raster, profile: &ColorProfile) -> Option<Vec<u8>> {
    Transform::new(profile, DataColorSpace::Cmyk, ProfileLayout::Rgba)?.apply(&raster.data)
}

/// A conversion from a profile's colours to sRGB.
struct Transform {
    executor: Arc<Transform8BitExecutor>,
    channels: usize,
}

impl Transform {
    /// None if the profile is for other colours than expected or can't be used.
    fn new(
        profile: &ColorProfile,
        expected: DataColorSpace,
        layout: ProfileLayout,
    ) -> Option<Self> {
        if profile.color_space != expected {
            return None;
        }
        let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
        let executor =
            profile.create_transform_8bit(layout, &srgb, ProfileLayout::Rgb, options).ok()?;
        Some(Self { executor, channels: layout.channels() })
    }

    fn apply(&self, source: &[u8]) -> Option<Vec<u8>> {
        let mut out = vec![0; source.len() / self.channels * 3];
        self.executor.transform(source, &mut out).ok()?;
        Some(out)
    }
}

/// CMYK without a profile: each ink absorbs its share of the light, and black of the rest.
fn naive_cmyk(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / 4 * 3);
    for pixel in data.chunks_exact(4) {
        let light = 255 - u32::from(pixel[3]);
        for ink in &pixel[..3] {
            let value = ((255 - u32::from(*ink)) * light + 127) / 255;
            out.push(u8::try_from(value).unwrap_or(u8::MAX));
        }
    }
    out
}
