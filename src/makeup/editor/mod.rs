//! The editor's hand, as far as it needs no edition: company, sides, pins, what locked pages show.

pub(super) mod company;
pub(super) mod locked;
pub(super) mod sides;
pub(super) mod wishes;
