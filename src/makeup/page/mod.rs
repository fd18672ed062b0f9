//! One page: its stories in the cheapest of all layouts, judged as a reader sees it.

pub(super) mod archetype;
pub(super) mod drafting;
pub(super) mod dress;
pub(super) mod judge;
pub(super) mod solver;
pub(super) mod tombstone;
pub(super) mod workshop;
