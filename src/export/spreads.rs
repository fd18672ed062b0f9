//! The PDF of spreads: two facing pages side by side, for reading on a wide screen.

use jiff::civil::Date;
use typst_layout::PagedDocument;

use super::imposition::{lead_to_pairs, paired, spread_pairs};
use super::pdf::plain;

/// The bytes of the PDF of spreads: the same bytes for the same document. Its links and bookmarks lead
/// to the places of their pages in the spreads.
///
/// # Errors
/// What the exporter can't write as PDF.
pub(super) fn spreads(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
) -> Result<Vec<u8>, Vec<String>> {
    let pairs = spread_pairs(document.pages().len());
    let open = paired(document, &pairs, |frame| {
        let mut frame = frame.clone();
        let width = frame.width();
        lead_to_pairs(&mut frame, &pairs, width);
        frame
    });
    plain(&open, &format!("{ident}/spreads"), date)
}
