//! The editor's hand: pins and company, locked pages, other pages to choose from.

pub(super) mod company;
pub(super) mod laid_in;
pub(super) mod locked;
pub(super) mod loose;
pub(super) mod other_pages;
pub(super) mod sharing;
pub(super) mod sides;
pub(super) mod wishes;
