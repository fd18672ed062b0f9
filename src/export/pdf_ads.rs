//! Puts PDF ads into outputs that can hold them, in the place of their pictures.

use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::visualize::{Image, ImageKind};
use typst_layout::PagedDocument;

use crate::compose::PreparedAd;

/// A document with the PDFs of its ads in the place of the pictures that were drawn from them. An
/// output with a structure tree can't hold PDFs.
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

/// The PDF that a picture was drawn from, if it is that of an ad.
fn pdf_of(image: &Image, ads: &[PreparedAd]) -> Option<Image> {
    let ImageKind::Raster(raster) = image.kind() else { return None };
    ads.iter().find(|ad| ad.pdf.is_some() && ad.bytes == *raster.data())?.pdf.clone()
}
