//! What a paper is made of: stories and the paper itself.

pub mod paper;
pub mod story;
