//! Prepares the advertisements of a plan for their places.

use rayon::prelude::*;
use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem};
use typst::visualize::{Image, ImageKind};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_render::RenderOptions;

use super::composition::Composition;
use super::prepare_pictures::{Fitted, fit};
use super::prepared::PreparedAd;
use crate::content::model::PictureRef;
use crate::content::paper::Ad;
use crate::diag::{Code, Diagnostic};
use crate::grid::Box;
use crate::makeup::model::PlacedAd;
use crate::picture::Cache;
use crate::picture::policy::{PDF_AD_RESOLUTION, pixels_per_point};
use crate::typeset::{MemoryWorld, Theme, source};

/// Prepares every ad of a plan, at `resolution` pixels an inch. An ad that can't be read comes back
/// as a diagnostic, and its place stays white.
pub(crate) fn prepare_ads(
    composition: &Composition,
    theme: &Theme,
    resolution: u16,
    cache: &Cache,
) -> (Vec<PreparedAd>, Vec<Diagnostic>) {
    let places: Vec<(u16, PlacedAd)> = composition
        .plan
        .pages
        .iter()
        .flat_map(|page| page.ads.iter().map(move |ad| (page.number, *ad)))
        .collect();
    let results: Vec<_> = places
        .par_iter()
        .map(|(page, placed)| {
            let ad = &composition.edition.paper.ads[placed.ad];
            let place = composition.grid.place(*page, placed.cells);
            if ad.picture.pixels == [0, 0] {
                return prepare_pdf_ad(&ad.picture, placed.ad, &place, theme);
            }
            prepare_picture_ad(ad, placed.ad, &place, *page, resolution, cache)
        })
        .collect();
    let (mut ready, mut said) = (vec![], vec![]);
    for result in results {
        match result {
            Ok((ad, trouble)) => {
                ready.push(ad);
                said.extend(trouble);
            }
            Err(trouble) => said.push(trouble),
        }
    }
    (ready, said)
}

fn prepare_picture_ad(
    ad: &Ad,
    number: usize,
    place: &Box,
    page: u16,
    resolution: u16,
    cache: &Cache,
) -> Result<(PreparedAd, Option<Diagnostic>), Diagnostic> {
    let picture = &ad.picture;
    let Fitted { bytes, ending, trouble, .. } = fit(picture, place, page, resolution, cache)?;
    let ratio = f64::from(picture.pixels[0]) / f64::from(picture.pixels[1].max(1));
    let file = format!("ad/{number}.{ending}");
    Ok((PreparedAd { ad: number, file, bytes, ratio, pdf: None }, trouble))
}

/// Prepares the first page of a PDF, and draws a picture of it for the outputs that can't hold a
/// PDF.
fn prepare_pdf_ad(
    picture: &PictureRef,
    number: usize,
    place: &Box,
    theme: &Theme,
) -> Result<(PreparedAd, Option<Diagnostic>), Diagnostic> {
    let fail = |what: String| {
        let what = format!("the ad “{}” {what}", picture.src.text);
        Diagnostic::error(Code::BadPicture, picture.src.span, what)
            .hint("save it again as a PDF without a password, or as a PNG")
    };
    let bytes =
        std::fs::read(&picture.path).map_err(|error| fail(format!("can't be read: {error}")))?;
    // Set on a page of its own size, the ad tells its shape.
    let driver = format!(
        "#set page(width: auto, height: auto, margin: 0pt)\n#image(\"/ad.pdf\", width: {}pt)",
        place.w
    );
    let world =
        MemoryWorld::new(theme, &source("ad.typ", driver)).with("ad.pdf", Bytes::new(bytes));
    let document = world.set().map_err(|all| {
        let said: Vec<&str> = all.iter().map(|one| one.message.as_str()).collect();
        fail(format!("can't be drawn: {}", said.join("; ")))
    })?;
    let page = document.pages().first().ok_or_else(|| fail("has no page".into()))?;
    let size = page.frame.size();
    let (width, height) = (size.x.to_pt(), size.y.to_pt());
    if !(width > 0.0 && height > 0.0) {
        return Err(fail("has a page without a size".into()));
    }
    let shown = (place.h / height).min(1.0);
    let options = RenderOptions {
        pixel_per_pt: pixels_per_point(shown * PDF_AD_RESOLUTION).into(),
        ..RenderOptions::default()
    };
    let png = typst_render::render(page, &options)
        .encode_png()
        .map_err(|error| fail(format!("can't be drawn: {error}")))?;
    let (pdf, trouble) = match embeddable(&document) {
        Ok(pdf) => (pdf, None),
        Err(why) => {
            let what = format!(
                "the ad “{}” can't be embedded as a PDF: {why}; in `press.pdf`, `spreads.pdf` and \
                 `booklet.pdf` it is a picture of {PDF_AD_RESOLUTION} dots per inch",
                picture.src.text
            );
            let one = Diagnostic::warning(Code::PdfAsPicture, picture.src.span, what);
            (None, Some(one.hint("save it again as PDF 1.7 or lower, without layers")))
        }
    };
    let file = format!("ad/{number}.png");
    let ratio = width / height;
    Ok((PreparedAd { ad: number, file, bytes: Bytes::new(png), ratio, pdf }, trouble))
}

/// The PDF on a page that holds nothing else, or why it can't become a part of another PDF. Only the
/// exporter knows that, so it is asked to write the page.
fn embeddable(document: &PagedDocument) -> Result<Option<Image>, String> {
    let Some(pdf) = document.pages().first().and_then(|page| pdf_in(&page.frame)) else {
        return Ok(None);
    };
    // In another PDF, layers that are switched off would be visible.
    if let ImageKind::Pdf(page) = pdf.kind()
        && page.document().pdf().xref().has_optional_content_groups()
    {
        return Err("it has layers".into());
    }
    let options = PdfOptions { tagged: false, ..PdfOptions::default() };
    match typst_pdf::pdf(document, &options) {
        Ok(_) => Ok(Some(pdf)),
        Err(errors) => {
            let said: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
            Err(said.join("; "))
        }
    }
}

fn pdf_in(frame: &Frame) -> Option<Image> {
    frame.items().find_map(|(_, item)| match item {
        FrameItem::Group(group) => pdf_in(&group.frame),
        FrameItem::Image(image, ..) => {
            matches!(image.kind(), ImageKind::Pdf(_)).then(|| image.clone())
        }
        FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => None,
    })
}
