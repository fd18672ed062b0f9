//! Keeps parts of a page to the sides at which the editor wants them.

use crate::makeup::draft::{Lot, Side, Sides};
use crate::makeup::model::{Edge, Flank, Position};
use crate::makeup::page::workshop::Workshop;

/// The side of a page's outer edge: pages of even numbers have it at the reading edge.
pub(crate) fn outer(number: u16) -> Side {
    if number.is_multiple_of(2) { Side::Left } else { Side::Right }
}

impl Workshop<'_> {
    /// Where the editor wants the lots of the page that is being made.
    pub(crate) fn sides(&self, lots: &[Lot]) -> Sides {
        let mut sides = Sides::default();
        for (k, lot) in lots.iter().enumerate() {
            let Lot::One(unit) = lot else { continue };
            let position = self.item(*unit).hand.position.filter(|_| self.units[*unit].part == 0);
            let Some(Position { edge, flank }) = position else { continue };
            match edge {
                Some(Edge::Top) => sides.tops |= 1 << k,
                Some(Edge::Foot) => sides.feet |= 1 << k,
                None => {}
            }
            let outside = outer(self.page);
            match flank.map(|flank| (flank == Flank::Outer) == (outside == Side::Left)) {
                Some(true) => sides.lefts |= 1 << k,
                Some(false) => sides.rights |= 1 << k,
                None => {}
            }
        }
        sides
    }
}
