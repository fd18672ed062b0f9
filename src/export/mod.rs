//! Files from composed pages: document in, bytes out.

mod pdf;
mod plan_svg;
mod png;
mod report;

pub use pdf::pdf;
pub use plan_svg::plan_svg;
pub use png::front_png;
pub use report::{LeftOut, Report, report};
