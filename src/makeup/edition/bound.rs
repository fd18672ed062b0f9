//! What no plan of an edition can cost less than.
//!
//! The pages of a plan cost what their modules cost, and more for how these go together. So it
//! costs at least what each story costs in its cheapest shape, whatever stands beside it, and the
//! price of as many pages as the lines of all texts fill.

use crate::makeup::cost::page as page_cost;
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::editor::locked;

impl Attempt<'_> {
    /// The least cost, in the solver's terms.
    pub(crate) fn bound(&self) -> f32 {
        let workshop = &self.workshop;
        let (mut cost, mut rows) = (0.0, 0.0);
        for (item, least) in workshop.cheapest().into_iter().enumerate() {
            // What is locked was not looked at.
            if !locked::stands(workshop.ed, item) {
                cost += least;
                rows += workshop.rows(item) as f32;
            }
        }
        let format = &workshop.ed.format;
        let page = f32::from(format.columns) * f32::from(format.rows);
        cost + page_cost::PAGE * (rows / page.max(1.0)).ceil()
    }
}
