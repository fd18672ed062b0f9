//! The front page as a picture, for sharing.

use typst_layout::PagedDocument;
use typst_render::RenderOptions;

/// The front page, so many pixels wide; none if there are no pages.
pub fn front_png(document: &PagedDocument, width: u32) -> Option<Vec<u8>> {
    let page = document.pages().first()?;
    let scale = f64::from(width) / page.frame.width().to_pt();
    let options = RenderOptions { pixel_per_pt: scale.into(), ..RenderOptions::default() };
    typst_render::render(page, &options).encode_png().ok()
}
