//! Makes the bytes of the output files from composed pages and the plan.

mod bleed_boxes;
mod booklet;
mod copied;
mod imposition;
mod on_paper;
mod output;
mod output_files;
mod overlay;
mod page_svg;
mod pdf;
mod pdf_ads;
mod plan_svg;
mod png;
mod press;
mod report;
mod spreads;

pub(crate) use imposition::booklet_blanks;
pub use output::Output;
pub(crate) use output_files::files;
pub(crate) use overlay::{Mark, overlay};
pub(crate) use page_svg::{layers, page_svg};
pub use pdf::pdf;
pub use plan_svg::plan_svg;
pub(crate) use report::report;
pub use report::{LeftOut, LeftOutReason, Report, SetAgain};
