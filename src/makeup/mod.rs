//! The make-up: which story stands where, in pure numbers.
//!
//! [`make_up`] answers an [`Edition`] with a [`Plan`]; [`check`] tells whether a plan keeps the
//! hard rules. Both are pure functions of their arguments.
//!
//! `model` is what comes in and what goes out. `limits` are the rules in numbers, `cost` what a plan
//! pays for, `effort` how far the search goes: no other file has a number of that sort. `draft` is
//! the data that the rooms share: `shape` makes the shapes of one story, `page` a page of stories,
//! `editor` knows what the editor wants, `rules` whether a plan keeps the rules (they know nothing
//! of the search), `edition` makes all pages. A room uses only those that are named before it.

mod cost;
mod draft;
mod edition;
mod editor;
mod effort;
pub mod limits;
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
