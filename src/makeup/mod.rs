//! The make-up: which story stands where, in pure numbers.
//!
//! [`make_up`] answers an [`Edition`] with a [`Plan`]; [`check`] tells whether a plan keeps the
//! hard rules. Both are pure functions of their arguments.

mod ads;
mod alternatives;
mod archetype;
mod bound;
mod build;
mod check;
mod cost;
mod desk;
mod draft;
mod dress;
mod edition;
mod effort;
mod fill;
mod finder;
mod hand;
mod head_sizes;
mod judge;
pub mod limits;
mod lock;
mod maker;
pub mod model;
mod page;
mod polish;
mod repair;
mod room;
#[cfg(test)]
mod sample;
mod select;
mod shapes;
#[cfg(test)]
mod tests;
mod tombstone;
mod zone;

pub use alternatives::{Alternative, alternatives};
pub use check::check;
pub use edition::make_up;
pub use hand::cost;
pub use head_sizes::wished_head;
pub use lock::{Loose, Why, broken, loose};
pub use model::{Edition, Plan};
#[cfg(test)]
pub(crate) use sample::edition_of as sample_edition;
