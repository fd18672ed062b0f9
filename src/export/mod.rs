//! Files from composed pages: document in, bytes out.

mod boxes;
mod imposition;
mod output;
mod paper;
mod pdf;
mod png;
mod press;
mod report;

pub use imposition::{booklet, booklet_blanks, spreads};
pub use output::Output;
pub use pdf::pdf;
pub use png::front_png;
pub use press::press;
pub use report::{LeftOut, Report, report};
