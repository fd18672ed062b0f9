//! The edition's PDF, which is both PDF/A-2a and PDF/UA-1, and plain PDF 1.7 for the other outputs.

use jiff::civil::Date;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::copied::copied;

/// The date of a PDF whose edition has none.
const UNDATED: Date = Date::constant(1970, 1, 1);

/// The bytes of the edition's PDF: the same bytes for the same document.
///
/// `ident` names the edition, such as `paper/2026-11-24`.
///
/// # Errors
/// What violates the standards.
pub fn pdf(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
) -> Result<Vec<u8>, Vec<String>> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| vec![error.message().to_string()])?;
    write(document, &PdfOptions { standards, ..options(ident, date) })
}

/// The bytes of a plain PDF 1.7 without a structure tree, for outputs whose pages are not in the order
/// of reading or are not read on screens.
pub(super) fn plain(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
) -> Result<Vec<u8>, Vec<String>> {
    write(document, &PdfOptions { tagged: false, ..options(ident, date) })
}

fn options(ident: &str, date: Option<Date>) -> PdfOptions {
    // PDF/A requires a date. An edition without one must not get today's, which would change its bytes.
    let day = date.unwrap_or(UNDATED);
    let timestamp =
        Datetime::from_ymd_hms(day.year().into(), day.month() as u8, day.day() as u8, 0, 0, 0);
    PdfOptions {
        ident: Smart::Custom(ident.into()),
        creator: Smart::Custom(Some(concat!("Stonehand ", env!("CARGO_PKG_VERSION")).into())),
        timestamp: timestamp.map(Timestamp::new_utc),
        ..PdfOptions::default()
    }
}

fn write(document: &PagedDocument, options: &PdfOptions) -> Result<Vec<u8>, Vec<String>> {
    typst_pdf::pdf(&copied(document), options)
        .map_err(|errors| errors.iter().map(|error| error.message.to_string()).collect())
}
