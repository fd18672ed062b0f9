//! The files of an edition: every output that is wanted.

use rayon::prelude::*;

use super::compose_pages::{checked, composed};
use super::mend::Stop;
use super::phase::{OutputFiles, Phase, Press};
use super::planned::Planned;
use super::web_edition::web_edition;
use crate::compose::Composition;
use crate::diag::{Code, Diagnostic};
use crate::export::{Output, Report, booklet_blanks, files};
use crate::site::publish::Files;

/// Makes all wanted outputs of a planned edition: pages are composed, checked and exported while the
/// web edition is made beside them. Returns the files and their diagnostics.
pub(super) fn output_files(
    composition: &Composition,
    planned: &Planned,
    press: &Press,
    report: &Report,
) -> Result<(Files, Vec<Diagnostic>), Stop> {
    let mut diagnostics = vec![];
    let paged: Vec<Output> =
        press.wanted.iter().copied().filter(|output| *output != Output::Web).collect();
    let (paged, web) = rayon::join(
        || {
            if paged.is_empty() {
                Ok((vec![], vec![]))
            } else {
                printed(composition, planned, press, report, &paged)
            }
        },
        || web_edition(composition, press).map_err(Stop::Errors),
    );
    let mut files = Files::default();
    for made in [paged, web] {
        match made {
            Ok((made, said)) => {
                diagnostics.extend(said);
                made.into_iter().for_each(|(kind, name, bytes)| files.add(kind, &name, bytes));
            }
            Err(Stop::Errors(errors)) => {
                diagnostics.extend(planned.diagnostics.iter().cloned());
                diagnostics.extend(errors);
                return Err(Stop::Errors(diagnostics));
            }
            Err(stop) => return Err(stop),
        }
    }
    Ok((files, diagnostics))
}

/// The files that are made of composed pages.
fn printed(
    composition: &Composition,
    planned: &Planned,
    press: &Press,
    report: &Report,
    wanted: &[Output],
) -> Result<(OutputFiles, Vec<Diagnostic>), Stop> {
    let document = composed(composition, planned, press)?;
    let ads = &planned.ads;
    (press.watch)(Phase::Export);
    let export = || -> Result<Vec<OutputFiles>, Vec<String>> {
        let one = |output: &Output| {
            let made = files(*output, &document, ads, composition, report)?.into_iter();
            Ok(made.map(|(name, bytes)| (output.name(), name.to_owned(), bytes)).collect())
        };
        wanted.par_iter().map(one).collect()
    };
    // Neither waits for the other: if the check finds a fault, the files are thrown away.
    let (made, said) = rayon::join(export, || checked(composition, &document));
    let said = said?;
    let made = made.map_err(|errors| {
        Stop::Refused(
            errors.into_iter().map(|error| Diagnostic::error(Code::Pdf, None, error)).collect(),
        )
    })?;
    Ok((made.into_iter().flatten().collect(), said))
}

/// Says that a booklet of so many pages ends with blank pages, where a booklet is wanted.
pub(super) fn blank_pages(pages: usize, wanted: &[Output]) -> Option<Diagnostic> {
    let blanks = booklet_blanks(pages);
    if blanks == 0 || !wanted.contains(&Output::Booklet) {
        return None;
    }
    let what = match blanks {
        1 => "the last page of the booklet is blank".to_string(),
        _ => format!("the last {blanks} pages of the booklet are blank"),
    };
    let hint = "a folded sheet has four pages: write `pages: {multiple: 4}` in paper.yaml to fill the last one";
    Some(Diagnostic::warning(Code::BlankPages, None, what).hint(hint))
}
