//! The editor's wishes, as far as no edition is needed for them: company, sides, pins, the contents of
//! locked pages.

pub(super) mod company;
pub(super) mod locked;
pub(super) mod sides;
pub(super) mod wishes;
