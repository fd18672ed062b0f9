//! The composed pages of a planned edition, and their check against the plan.

use typst_layout::PagedDocument;

use super::mend::Stop;
use super::phase::{Phase, Press};
use super::planned::Planned;
use super::typst_trouble::{fault_of, from_typst};
use crate::compose::{Composition, Fault, check, compose, touching_furniture};
use crate::content::model::Story;
use crate::diag::Diagnostic;

/// Composes the pages.
pub(super) fn composed(
    composition: &Composition,
    planned: &Planned,
    press: &Press,
) -> Result<PagedDocument, Stop> {
    (press.watch)(Phase::Compose);
    let Planned { pictures, ads, furniture, .. } = planned;
    let stories: Vec<(usize, &Story)> = composition.edition.slots().enumerate().collect();
    compose(composition, press.theme, pictures, ads, furniture).map_err(|troubles| {
        let faults: Vec<Fault> =
            troubles.iter().filter_map(|one| fault_of(one, &stories)).collect();
        if faults.is_empty() {
            Stop::Refused(troubles.iter().map(|one| from_typst(one, press.theme, &[])).collect())
        } else {
            Stop::Faults(faults)
        }
    })
}

/// Holds composed pages against the plan. Returns warnings about furniture that touches furniture.
pub(super) fn checked(
    composition: &Composition,
    document: &PagedDocument,
) -> Result<Vec<Diagnostic>, Stop> {
    let faults = check(composition, document);
    if faults.is_empty() {
        Ok(touching_furniture(composition, document))
    } else {
        Err(Stop::Faults(faults))
    }
}
