//! Pictures, ads and furniture, prepared for their places in the plan.

use super::phase::Press;
use crate::compose::{
    Composition, PreparedAd, PreparedFurniture, PreparedPicture, prepare_ads, prepare_furniture,
    prepare_pictures,
};
use crate::diag::{Diagnostic, Severity, Span};

/// What was prepared, and what can't be printed.
pub(super) struct Art {
    pub(super) pictures: Vec<PreparedPicture>,
    pub(super) ads: Vec<PreparedAd>,
    pub(super) furniture: PreparedFurniture,
    /// The diagnostics of all of it.
    pub(super) said: Vec<Diagnostic>,
    /// Pictures that can't be printed: their stories, and where these name them.
    pub(super) broken: Vec<(usize, Span)>,
    /// Where ads and boxes of furniture are written that can't be printed.
    pub(super) lost: Vec<Span>,
}

/// Prepares all art of a planned edition.
pub(super) fn prepare_art(composition: &Composition, press: &Press) -> Art {
    let resolution = composition.edition.paper.resolution;
    let (pictures, troubles) = prepare_pictures(composition, resolution, press.cache);
    let broken: Vec<(usize, Span)> = troubles
        .iter()
        .filter(|trouble| trouble.diagnostic.severity == Severity::Error)
        .filter_map(|trouble| Some((trouble.item, trouble.diagnostic.span?)))
        .collect();
    let (ads, of_ads) = prepare_ads(composition, press.theme, resolution, press.cache);
    let (furniture, of_furniture) =
        prepare_furniture(composition, press.theme, resolution, press.cache);
    let others = || of_ads.iter().chain(&of_furniture);
    let errors = others().filter(|one| one.severity == Severity::Error);
    let lost: Vec<Span> = errors.filter_map(|one| one.span).collect();
    let mut said: Vec<Diagnostic> = troubles.into_iter().map(|one| one.diagnostic).collect();
    said.extend(of_ads);
    said.extend(of_furniture);
    Art { pictures, ads, furniture, said, broken, lost }
}
