//! The paper as sheets to print on both sides, to turn at the short edge and to fold.

use jiff::civil::Date;
use typst_layout::PagedDocument;

use super::imposition::{booklet_pairs, paired};
use super::on_paper::on_paper;
use super::pdf::plain;

/// The bytes of the PDF of folded sheets; the same for the same document. It has no links.
///
/// # Errors
/// What can't be written as PDF.
pub fn booklet(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
) -> Result<Vec<u8>, Vec<String>> {
    let sheets = paired(document, &booklet_pairs(document.pages().len()), on_paper);
    plain(&sheets, &format!("{ident}/booklet"), date)
}
