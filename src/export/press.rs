//! The PDF for the printer: a plain PDF 1.7 with trim and bleed boxes, and crop marks outside of the
//! bleed.

use jiff::civil::Date;
use typst::layout::{Abs, Frame, FrameItem, Point, Sides};
use typst::model::Document;
use typst::syntax::Span;
use typst::visualize::{Color, FixedStroke, Geometry};
use typst_layout::{Page, PagedDocument};

use super::bleed_boxes::with_bleed;
use super::on_paper::on_paper;
use super::pdf::plain;
use crate::grid::MM;

/// From the edge of the bleed to a crop mark, in points.
const MARK_AWAY: f64 = MM;
/// The length of a crop mark, in points.
const MARK_LONG: f64 = 5.0 * MM;
/// From the end of a crop mark to the edge of the sheet, in points.
const MARK_ROOM: f64 = MM;
/// The thickness of a crop mark, in points.
const MARK_THICK: f64 = 0.25;

/// The bytes of the PDF for the press: the same bytes for the same document.
///
/// `bleed` is how far print may extend beyond the trimmed page on each side, in points.
///
/// # Errors
/// What the exporter can't write as PDF.
pub(super) fn press(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
    bleed: f64,
) -> Result<Vec<u8>, Vec<String>> {
    let slug = bleed + MARK_AWAY + MARK_LONG + MARK_ROOM;
    let pages = document.pages().iter().map(|page| {
        let mut frame = on_paper(&page.frame);
        mark(&mut frame, bleed + MARK_AWAY);
        // Typst calls all that is around the trimmed page the bleed.
        Page { frame, bleed: Sides::splat(Abs::pt(slug)), ..page.clone() }
    });
    let marked = PagedDocument::new(pages.collect(), document.info().clone());
    let bytes = plain(&marked, &format!("{ident}/press"), date)?;
    with_bleed(&bytes, marked.pages().len(), slug - bleed)
        .ok_or_else(|| vec!["the bleed can't be written".into()])
}

/// Draws two crop marks at each corner of a page, `away` points outside of it.
fn mark(frame: &mut Frame, away: f64) {
    let size = frame.size();
    let stroke = FixedStroke::from_pair(Color::BLACK, Abs::pt(MARK_THICK));
    let (away, long) = (Abs::pt(away), Abs::pt(MARK_LONG));
    let mut line = |from: Point, along: Point| {
        let shape = Geometry::Line(along).stroked(stroke.clone());
        frame.push(from, FrameItem::Shape(shape, Span::detached()));
    };
    for x in [Abs::zero(), size.x] {
        line(Point::new(x, -away - long), Point::with_y(long));
        line(Point::new(x, size.y + away), Point::with_y(long));
    }
    for y in [Abs::zero(), size.y] {
        line(Point::new(-away - long, y), Point::with_x(long));
        line(Point::new(size.x + away, y), Point::with_x(long));
    }
}
