//! The whole edition: which story goes to which page, ads and fillers, locked pages, and the plan.

pub(super) mod ad_places;
pub(super) mod attempt;
pub(super) mod bound;
pub(super) mod bundles;
pub(super) mod laid_in;
pub(super) mod laid_out;
pub(super) mod make_up;
pub(super) mod other_pages;
pub(super) mod polish;
pub(super) mod price;
pub(super) mod repair;
pub(super) mod room;
pub(super) mod sacrifices;
pub(super) mod select;
pub(super) mod sequence;
pub(super) mod sharing;
