//! The advertisements of a plan, made ready for their places.

use rayon::prelude::*;
use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem};
use typst::visualize::{Image, ImageKind};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_render::RenderOptions;

use super::pictures::{Fitted, fit};
use super::sheet::Composition;
use crate::content::model::PictureRef;
use crate::content::paper::Ad;
use crate::diag::{Code, Diagnostic};
use crate::grid::Box;
use crate::makeup::model::PlacedAd;
use crate::picture::Cache;
use crate::typeset::{Desk, Theme, source};

/// Dots an inch at which a PDF is drawn for the tagged edition, which can't hold it as such: fine
/// enough for small letters.
const DRAWN: f64 = 300.0;

/// An ad ready for its place.
#[derive(Debug, Clone)]
pub struct PreparedAd {
    /// Its place in the paper's list.
    pub ad: usize,
    /// Its virtual file.
    pub file: String,
    /// The file's bytes.
    pub bytes: Bytes,
    /// Width over height.
    pub ratio: f64,
    /// The page of a PDF that `bytes` are a picture of, for outputs that can hold it as such.
    pub pdf: Option<Image>,
}

/// Prepares every ad of a plan; those that can't be had come as diagnostics, and their places stay
/// white.
pub fn prepare_ads(
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
                return draw(&ad.picture, placed.ad, &place, theme);
            }
            one(ad, placed.ad, &place, *page, resolution, cache)
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

fn one(
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

/// The first page of a PDF, and a picture of it that fits its place.
fn draw(
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
    // A page as large as the ad tells its shape.
    let driver = format!(
        "#set page(width: auto, height: auto, margin: 0pt)\n#image(\"/ad.pdf\", width: {}pt)",
        place.w
    );
    let desk = Desk::new(theme, &source("ad.typ", driver)).with("ad.pdf", Bytes::new(bytes));
    let document = desk.set().map_err(|all| {
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
    let options =
        RenderOptions { pixel_per_pt: (shown * DRAWN / 72.0).into(), ..RenderOptions::default() };
    let png = typst_render::render(page, &options)
        .encode_png()
        .map_err(|error| fail(format!("can't be drawn: {error}")))?;
    let (pdf, trouble) = match embeddable(&document) {
        Ok(pdf) => (pdf, None),
        Err(why) => {
            let what = format!(
                "the ad “{}” can't be embedded as a PDF: {why}; in `press.pdf`, `spreads.pdf` and \
                 `booklet.pdf` it is a picture of {DRAWN} dots per inch",
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

/// The PDF that stands on a page by itself, or why it can't be a part of another PDF. The one who
/// knows is the exporter, so it is asked to write that page.
fn embeddable(document: &PagedDocument) -> Result<Option<Image>, String> {
    let Some(pdf) = document.pages().first().and_then(|page| pdf_in(&page.frame)) else {
        return Ok(None);
    };
    // Layers that are switched off would be seen.
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
