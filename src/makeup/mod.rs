//! The make-up: which story stands where, in pure numbers.

pub mod model;
