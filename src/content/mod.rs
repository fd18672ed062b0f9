//! What a paper is made of: the paper itself, its editions and their stories.
//!
//! [`read`] goes through a folder once, in this order: the files that make the edition, each
//! file's front matter, its Markdown, its pictures. Every fault becomes a [`Diagnostic`] with its
//! place; a broken story never hides what is wrong with another one.
//!
//! [`Diagnostic`]: crate::diag::Diagnostic

mod address;
mod ads;
mod alts;
pub(crate) mod anchors;
mod apply_pins;
mod builder;
mod bylines;
mod called;
mod dates;
mod desk;
mod edition;
mod elements;
mod emoji;
mod encoding;
mod fields;
mod files;
mod finder;
mod format;
mod front;
mod furniture;
mod html;
mod inlines;
mod inputs;
mod json_tree;
mod known;
mod lang;
mod left_out;
mod links;
mod listing;
pub mod looks;
mod markdown;
mod math;
mod math_signs;
mod matter;
mod mention;
mod moment;
mod near;
mod nearby;
pub mod numbering;
mod options;
mod page_url;
pub mod paper;
pub mod period;
mod picture_keys;
mod pictures;
mod pins;
mod priority;
mod promos;
mod pull;
mod request;
mod runs;
pub mod schema;
mod scope;
mod section_names;
mod sections;
mod settings;
mod shelf;
mod site;
mod slips;
mod spelling;
mod standing;
pub mod story;
mod style;
mod table_rows;
mod tag_args;
mod tags;
#[cfg(test)]
mod tests;
mod toml_tree;
mod tree;
mod typography;
mod typography_marks;
mod words;
mod yaml;

pub use alts::fill_alts;
pub use called::{NoStory, story_of};
pub use desk::{Call, DESK, Desk, Swap};
pub use edition::{
    Content, Edition, Elsewhere, LOCK, LockFile, Opened, Other, Reading, open, open_unpublished,
    read, read_unpublished,
};
pub use inputs::{Inputs, Sought};
pub use left_out::{LeftOut, Reason};
pub use moment::{Moment, day};
pub use nearby::nothing_to_print;
pub use priority::{Rank, priorities};
pub use request::{EditionChoice, Request};
#[cfg(test)]
pub(crate) use settings::defaults;
