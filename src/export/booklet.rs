//! The PDF of a booklet: sheets to be printed on both sides, turned at the short edge, and folded.

use jiff::civil::Date;
use typst_layout::PagedDocument;

use super::imposition::{booklet_pairs, paired};
use super::on_paper::on_paper;
use super::pdf::plain;

/// The bytes of the PDF of folded sheets: the same bytes for the same document. It has no links.
///
/// # Errors
/// What the exporter can't write as PDF.
pub(super) fn booklet(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
) -> Result<Vec<u8>, Vec<String>> {
    let sheets = paired(document, &booklet_pairs(document.pages().len()), on_paper);
    plain(&sheets, &format!("{ident}/booklet"), date)
}
