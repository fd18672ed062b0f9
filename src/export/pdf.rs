//! The paper as PDF/A-2a and PDF/UA-1 at once, and plain PDF 1.7 for what goes to paper.

use jiff::civil::Date;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::copied::copied;

/// What is written where nothing has a date.
const UNDATED: Date = Date::constant(1970, 1, 1);

/// The bytes of the edition's PDF; the same for the same document.
///
/// `ident` names the edition, such as `paper/2026-11-24`.
///
/// # Errors
/// What the standards forbid.
pub fn pdf(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
) -> Result<Vec<u8>, Vec<String>> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| vec![error.message().to_string()])?;
    write(document, &PdfOptions { standards, ..options(ident, date) })
}

/// The bytes of a plain PDF 1.7 without a structure tree: its pages are no longer in the order
/// of reading, or nobody reads it on a screen.
pub(super) fn plain(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
) -> Result<Vec<u8>, Vec<String>> {
    write(document, &PdfOptions { tagged: false, ..options(ident, date) })
}

fn options(ident: &str, date: Option<Date>) -> PdfOptions {
    // PDF/A wants a date, and an edition whose stories have none must not have today's.
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
