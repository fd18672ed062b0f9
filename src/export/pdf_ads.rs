//! PDFs that the pages have pictures of, put in their place where the output can hold them.

use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::visualize::{Image, ImageKind};
use typst_layout::PagedDocument;

use crate::compose::PreparedAd;

/// A document whose ads are the PDFs that they were drawn from: vectors and letters instead of
/// pixels. An output with a structure tree can't hold them.
pub(super) fn with_pdfs(document: &PagedDocument, ads: &[PreparedAd]) -> PagedDocument {
    if ads.iter().all(|ad| ad.pdf.is_none()) {
        return document.clone();
    }
    let pages = document.pages().iter().map(|page| {
        let mut page = page.clone();
        swap(&mut page.frame, ads);
        page
    });
    PagedDocument::new(pages.collect(), document.info().clone())
}

fn swap(frame: &mut Frame, ads: &[PreparedAd]) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => swap(&mut group.frame, ads),
            FrameItem::Image(image, ..) => {
                if let Some(pdf) = pdf_of(image, ads) {
                    *image = pdf;
                }
            }
            _ => {}
        }
        true
    });
}

/// The PDF that a picture was drawn from.
fn pdf_of(image: &Image, ads: &[PreparedAd]) -> Option<Image> {
    let ImageKind::Raster(raster) = image.kind() else { return None };
    ads.iter().find(|ad| ad.pdf.is_some() && ad.bytes == *raster.data())?.pdf.clone()
}
