//! Files from composed pages: document in, bytes out.

mod pdf;
mod png;
mod report;

pub use pdf::pdf;
pub use png::front_png;
pub use report::{LeftOut, Report, report};
