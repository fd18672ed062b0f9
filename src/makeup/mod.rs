//! The make-up: decides which story stands where, in numbers alone.
//!
//! [`make_up`] makes a [`Plan`] of an [`Edition`]; [`check`] says whether a plan keeps the hard rules.
//! Both are pure functions.
//!
//! `model` is what comes in and what goes out. `limits` has the rules in numbers, `cost` the weights of
//! what a plan pays for, and `effort` how far the search goes; no other file has such numbers. `draft`
//! has the types that the rooms share. `shape` finds the shapes of one story, `page` makes a page of
//! stories, `editor` knows the editor's wishes, `rules` checks plans and knows nothing of the search,
//! `edition` makes all pages. A room uses only those that are named before it.

mod cost;
mod draft;
mod edition;
mod editor;
mod effort;
pub(crate) mod limits;
pub mod model;
mod page;
mod rules;
#[cfg(test)]
mod seeded;
mod shape;
#[cfg(test)]
mod tests;

pub use edition::make_up::make_up;
pub use edition::other_pages::{Alternative, alternatives};
pub use editor::wishes::cost;
pub use model::{Edition, Plan};
pub use rules::loose::{Loose, Why, broken, loose};
pub use rules::rulebook::check;
#[cfg(test)]
pub(crate) use seeded::edition_of as sample_edition;
pub use shape::head_sizes::wished_head;
