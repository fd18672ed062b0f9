//! What the caller asks `content` to read.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::content::dates::moment::Moment;

/// What to read.
#[derive(Debug, Clone)]
pub struct Request {
    /// The paper's folder.
    pub root: PathBuf,
    /// Which editions to read.
    pub edition: EditionChoice,
    /// Patterns of Markdown files. If there are any, all files that match them are one edition,
    /// unless the paper's editions gather weeks or months.
    pub stories: Vec<String>,
    /// The present moment. Stories that may not be published at it are left out.
    pub now: Moment,
}

/// Which editions to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EditionChoice {
    /// The newest one.
    #[default]
    Latest,
    /// The one that this day belongs to.
    On(Date),
    /// All of them.
    All,
}
