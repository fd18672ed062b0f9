//! Files from composed pages: document in, bytes out.

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

pub use booklet::booklet;
pub use imposition::booklet_blanks;
pub use output::Output;
pub(crate) use output_files::files;
pub use overlay::{Mark, overlay};
pub use page_svg::{layers, page_svg};
pub use pdf::pdf;
pub use plan_svg::plan_svg;
pub use png::front_png;
pub use press::press;
pub use report::{LeftOut, Report, SetAgain, report};
pub use spreads::spreads;
