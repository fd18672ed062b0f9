//! The front page as a picture, for sharing.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use typst::foundations::{Bytes, Smart};
use typst::layout::{Frame, FrameItem, Size};
use typst::visualize::{
    Image, ImageKind, ImageScaling, PixelEncoding, PixelFormat, RasterFormat, RasterImage,
};
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use crate::picture::shrink;

/// The front page as a PNG, `width` pixels wide; none if there are no pages.
pub(super) fn front_png(document: &PagedDocument, width: u32) -> Option<Vec<u8>> {
    let mut page = document.pages().first()?.clone();
    let scale = f64::from(width) / page.frame.width().to_pt();
    fit_pictures(&mut page.frame, scale);
    let options = RenderOptions { pixel_per_pt: scale.into(), ..RenderOptions::default() };
    let pixels = typst_render::render(&page, &options);
    // A page is never transparent, so three samples of four say everything.
    let (samples, _) = pixels.data().as_chunks::<4>();
    let rgb: Vec<u8> = samples.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect();
    let mut out = Vec::with_capacity(rgb.len() / 4);
    // With more effort, the file is a tenth smaller and takes eight times as long.
    PngEncoder::new_with_quality(&mut out, CompressionType::Level(1), FilterType::Paeth)
        .write_image(&rgb, pixels.width(), pixels.height(), ExtendedColorType::Rgb8)
        .ok()?;
    Some(out)
}

/// Scales the pictures of a frame to the pixels that they take at `scale` pixels a point. The renderer
/// would do that too and take several times as long.
fn fit_pictures(frame: &mut Frame, scale: f64) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => fit_pictures(&mut group.frame, scale),
            FrameItem::Image(image, size, _) => {
                if let Some(fitted) = fitted(image, *size, scale) {
                    *image = fitted;
                }
            }
            _ => {}
        }
        true
    });
}

/// A picture scaled down to the pixels of its place; none if it hasn't more than these.
fn fitted(image: &Image, size: Size, scale: f64) -> Option<Image> {
    let ImageKind::Raster(raster) = image.kind() else { return None };
    let pixels = |points: f64| (points * scale).ceil().max(1.0) as u32;
    let (width, height) = (pixels(size.x.to_pt()), pixels(size.y.to_pt()));
    if width >= raster.width() || height >= raster.height() {
        return None;
    }
    let data = shrink(raster.dynamic(), width, height)?;
    let format = PixelFormat { encoding: PixelEncoding::Rgb8, width, height };
    let raster = RasterImage::plain(Bytes::new(data), RasterFormat::Pixel(format)).ok()?;
    // The sizes may still differ by a pixel, which needs no smoothing.
    let scaling = Smart::Custom(ImageScaling::Pixelated);
    Some(Image::new(raster, None, scaling))
}
