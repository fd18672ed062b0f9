//! A lower bound of the cost of any plan of an edition.
//!
//! A page costs what its modules cost, and more for how these go together. So a plan costs at least
//! the sum of each story's cheapest shape and the price of as many pages as the lines of all texts
//! fill.

use crate::makeup::cost::page as page_cost;
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::editor::locked;

impl Attempt<'_> {
    /// The least cost, in the solver's terms.
    pub(crate) fn bound(&self) -> f32 {
        let workshop = &self.workshop;
        let (mut cost, mut rows) = (0.0, 0.0);
        for (item, least) in workshop.cheapest().into_iter().enumerate() {
            // Locked pages have no shapes to choose from.
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
