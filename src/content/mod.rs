//! Reads a paper: its settings, its editions and their stories.
//!
//! [`read`] goes through the paper's folder once, in this order: the files of the edition, each
//! file's front matter, its Markdown, its pictures. Every fault becomes a [`Diagnostic`] with its
//! place. A broken story does not keep the other stories from being read.
//!
//! Each module below uses only the modules listed above it.
//!
//! [`Diagnostic`]: crate::diag::Diagnostic

pub(crate) mod dates;
pub mod model;

pub(crate) mod addresses;
pub(crate) mod syntax;

pub(crate) mod markdown;
pub mod paper;
pub(crate) mod story;

pub(crate) mod edition;

pub mod json_schema;
#[cfg(test)]
mod tests;

pub use dates::moment::{Moment, day};
pub use edition::alts::fill_alts;
pub use edition::called::{NoStory, story_of};
pub use edition::decisions::{Call, DESK, Decisions, Swap};
pub use edition::inputs::{Inputs, Sought};
pub use edition::nothing_to_print::nothing_to_print;
pub use edition::priority::{Rank, priorities};
pub use edition::{
    Content, Edition, Elsewhere, LOCK, LockFile, Opened, Other, Reading, open, open_unpublished,
    read, read_unpublished,
};
pub use model::left_out::{LeftOut, Reason};
pub use model::request::{EditionChoice, Request};
#[cfg(test)]
pub(crate) use paper::settings::defaults;
