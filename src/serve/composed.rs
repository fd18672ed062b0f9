//! An edition between its pages and what is made of them later.

use std::sync::Arc;

use typst_layout::PagedDocument;

use crate::build::Planned;
use crate::compose::Composition;
use crate::diag::{Diagnostic, Sources};
use crate::export::{LeftOut, Mark, Output};
use crate::grid::Grid;
use crate::lineup::Edition;
use crate::typeset::Theme;
use crate::web::Look;

/// The outputs that the preview makes.
pub(super) const WANTED: &[Output] = &[Output::Pdf, Output::Web];

/// An edition whose pages are composed, with all that its web edition and its PDF are made from.
pub(super) struct ComposedEdition {
    /// The number of the make that it comes from.
    pub(super) make: u64,
    /// The edition.
    pub(super) edition: Edition,
    /// Its plan.
    pub(super) planned: Planned,
    /// The grid of a page.
    pub(super) grid: Grid,
    /// The theme.
    pub(super) theme: Arc<Theme>,
    /// The look of its web edition; none where something is wrong with it.
    pub(super) look: Option<Arc<Look>>,
    /// Its pages.
    pub(super) document: PagedDocument,
    /// The files that were read.
    pub(super) sources: Arc<Sources>,
    /// The flags of stories that must not be published yet.
    pub(super) marks: Vec<Mark>,
    /// What is not in it.
    pub(super) left_out: Vec<LeftOut>,
    /// Its diagnostics.
    pub(super) said: Vec<Diagnostic>,
}

impl ComposedEdition {
    /// What its pages were composed from.
    pub(super) fn composition(&self) -> Composition<'_> {
        self.planned.composition(&self.edition, &self.grid)
    }
}
