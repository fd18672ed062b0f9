//! An edition between its plan and its files.

use crate::compose::{Composition, PreparedAd, PreparedFurniture, PreparedPicture};
use crate::diag::Diagnostic;
use crate::galley::Galley;
use crate::grid::Grid;
use crate::lineup::Edition;
use crate::makeup;
use crate::makeup::model::Plan;

/// An edition set in galleys and planned, its pictures ready.
pub struct Planned {
    /// The galleys of its stories.
    pub galleys: Vec<Galley>,
    /// The edition in numbers, as the make-up saw it.
    pub seen: makeup::Edition,
    /// The plan.
    pub plan: Plan,
    /// The pictures, prepared for their places.
    pub pictures: Vec<PreparedPicture>,
    /// The ads, prepared for theirs.
    pub ads: Vec<PreparedAd>,
    /// The boxes of the front page's furniture.
    pub furniture: PreparedFurniture,
    /// The diagnostics so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Planned {
    /// A plan whose pictures are not ready yet.
    pub(super) fn bare(galleys: Vec<Galley>, seen: makeup::Edition, plan: Plan) -> Self {
        let (pictures, ads, diagnostics) = (vec![], vec![], vec![]);
        let furniture = PreparedFurniture::default();
        Self { galleys, seen, plan, pictures, ads, furniture, diagnostics }
    }

    /// Everything that the pages are composed from.
    pub fn composition<'a>(&'a self, edition: &'a Edition, grid: &'a Grid) -> Composition<'a> {
        let Self { galleys, seen, plan, .. } = self;
        Composition { edition, galleys, grid, format: &seen.format, plan }
    }
}
