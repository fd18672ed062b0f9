//! One page: finds the cheapest layouts of its stories and judges them as a reader sees them.

pub(super) mod archetype;
pub(super) mod drafting;
pub(super) mod dress;
pub(super) mod judge;
pub(super) mod solver;
pub(super) mod tombstone;
pub(super) mod workshop;
