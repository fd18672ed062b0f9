//! Files from composed pages: document in, bytes out.

mod booklet;
mod boxes;
mod copied;
mod files;
mod imposition;
mod output;
mod overlay;
mod page_svg;
mod paper;
mod pdf;
mod plan_svg;
mod png;
mod press;
mod report;
mod spreads;
mod vector;

pub use booklet::booklet;
pub use files::files;
pub use imposition::booklet_blanks;
pub use output::Output;
pub use overlay::{Mark, overlay};
pub use page_svg::{layers, page_svg};
pub use pdf::pdf;
pub use plan_svg::plan_svg;
pub use png::front_png;
pub use press::press;
pub use report::{LeftOut, LeftOutReason, Report, SetAgain, report};
pub use spreads::spreads;
