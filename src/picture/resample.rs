//! Cropping, scaling down and turning upright.

use std::borrow::Cow;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::pixels::{U8, U8x3, U8x4};
use fast_image_resize::{
    FilterType, IntoImageView, IntoImageViewMut, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
};
use image::DynamicImage;
use image::metadata::Orientation;

use super::crop::Crop;
use super::probe::swaps;
use super::raster::{PixelLayout, Raster};

/// Cuts a part out of a stored raster, scales it and turns it upright.
///
/// `crop` and `size` refer to the upright picture, in pixels. Turning comes last, when the pixels
/// are fewest. None if the crop isn't inside the picture.
pub(super) fn resample(
    raster: Raster,
    orientation: Orientation,
    crop: Crop,
    size: [u32; 2],
) -> Option<Raster> {
    let stored = stored_crop(crop, orientation, raster.width, raster.height);
    let [width, height] = if swaps(orientation) { [size[1], size[0]] } else { size };
    let whole = Crop::whole([raster.width, raster.height]);
    let scaled = if (stored.width, stored.height) == (width, height) {
        if stored == whole { raster } else { cut_out(&raster, stored) }
    } else {
        scale(&raster, stored, width, height)?
    };
    Some(turn(scaled, orientation))
}

/// The RGB samples of a picture scaled to a size in pixels.
pub(crate) fn shrink(image: &DynamicImage, width: u32, height: u32) -> Option<Vec<u8>> {
    let rgb = match image {
        DynamicImage::ImageRgb8(rgb) => Cow::Borrowed(rgb),
        other => Cow::Owned(other.to_rgb8()),
    };
    let whole = Crop::whole([rgb.width(), rgb.height()]);
    convolve::<U8x3>(rgb.as_raw(), [rgb.width(), rgb.height()], whole, [width, height])
}

/// A crop of the upright picture as a crop of the stored pixels.
fn stored_crop(crop: Crop, orientation: Orientation, width: u32, height: u32) -> Crop {
    let Crop { left, top, width: w, height: h } = crop;
    // Distances from the right and the bottom edge of the stored picture, whichever side of the
    // upright crop lies there.
    let from_right = |near: u32, extent: u32| width - near - extent;
    let from_bottom = |near: u32, extent: u32| height - near - extent;
    match orientation {
        Orientation::NoTransforms => crop,
        Orientation::FlipHorizontal => Crop { left: from_right(left, w), ..crop },
        Orientation::Rotate180 => {
            Crop { left: from_right(left, w), top: from_bottom(top, h), ..crop }
        }
        Orientation::FlipVertical => Crop { top: from_bottom(top, h), ..crop },
        Orientation::Rotate90FlipH => Crop { left: top, top: left, width: h, height: w },
        Orientation::Rotate90 => Crop { left: top, top: from_bottom(left, w), width: h, height: w },
        Orientation::Rotate270FlipH => {
            Crop { left: from_right(top, h), top: from_bottom(left, w), width: h, height: w }
        }
        Orientation::Rotate270 => Crop { left: from_right(top, h), top: left, width: h, height: w },
    }
}

fn cut_out(raster: &Raster, crop: Crop) -> Raster {
    let channels = raster.layout.channels();
    let row = raster.width as usize * channels;
    let start = crop.left as usize * channels;
    let length = crop.width as usize * channels;
    let mut data = Vec::with_capacity(length * crop.height as usize);
    for line in raster.data.chunks_exact(row).skip(crop.top as usize).take(crop.height as usize) {
        data.extend_from_slice(&line[start..start + length]);
    }
    Raster { width: crop.width, height: crop.height, layout: raster.layout, data }
}

fn scale(raster: &Raster, crop: Crop, width: u32, height: u32) -> Option<Raster> {
    let (whole, to) = ([raster.width, raster.height], [width, height]);
    // Of the library's kinds of pixels, these alone are compiled in.
    let data = match raster.layout {
        PixelLayout::Grey => convolve::<U8>(&raster.data, whole, crop, to),
        PixelLayout::Rgb | PixelLayout::Ycc => convolve::<U8x3>(&raster.data, whole, crop, to),
        PixelLayout::Cmyk => convolve::<U8x4>(&raster.data, whole, crop, to),
    };
    Raster::new(width, height, raster.layout, data?)
}

/// Scales a crop of a picture, whose whole size is `whole`, to the size `to`. All sizes are in pixels.
fn convolve<P: PixelTrait>(
    data: &[u8],
    whole: [u32; 2],
    crop: Crop,
    to: [u32; 2],
) -> Option<Vec<u8>> {
    let source = ImageRef::new(whole[0], whole[1], data, P::pixel_type()).ok()?;
    let mut target = Image::new(to[0], to[1], P::pixel_type());
    // The fourth sample of CMYK is ink and no alpha.
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
        .use_alpha(false)
        .crop(
            f64::from(crop.left),
            f64::from(crop.top),
            f64::from(crop.width),
            f64::from(crop.height),
        );
    let source = source.image_view::<P>()?;
    Resizer::new().resize_typed(&source, &mut target.image_view_mut::<P>()?, &options).ok()?;
    Some(target.into_vec())
}

/// Turns a raster upright.
fn turn(raster: Raster, orientation: Orientation) -> Raster {
    if orientation == Orientation::NoTransforms {
        return raster;
    }
    match raster.layout.channels() {
        1 => turn_pixels::<1>(&raster, orientation),
        3 => turn_pixels::<3>(&raster, orientation),
        _ => turn_pixels::<4>(&raster, orientation),
    }
}

fn turn_pixels<const N: usize>(raster: &Raster, orientation: Orientation) -> Raster {
    let (pixels, _) = raster.data.as_chunks::<N>();
    let (w, h) = (raster.width as usize, raster.height as usize);
    let (width, height) = if swaps(orientation) { (h, w) } else { (w, h) };
    let mut data = Vec::with_capacity(raster.data.len());
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = match orientation {
                Orientation::NoTransforms => (x, y),
                Orientation::FlipHorizontal => (w - 1 - x, y),
                Orientation::Rotate180 => (w - 1 - x, h - 1 - y),
                Orientation::FlipVertical => (x, h - 1 - y),
                Orientation::Rotate90FlipH => (y, x),
                Orientation::Rotate90 => (y, h - 1 - x),
                Orientation::Rotate270FlipH => (w - 1 - y, h - 1 - x),
                Orientation::Rotate270 => (w - 1 - y, x),
            };
            data.extend_from_slice(&pixels[from_y * w + from_x]);
        }
    }
    Raster { width: width as u32, height: height as u32, layout: raster.layout, data }
}
