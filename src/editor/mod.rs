//! What the editor decided about pages, between their wishes and a finished plan.

pub mod locks;
pub mod pins;
