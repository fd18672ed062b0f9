//! What is to be read.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::content::dates::moment::Moment;

/// What to read.
#[derive(Debug, Clone)]
pub struct Request {
    /// The paper's folder.
    pub root: PathBuf,
    /// Which editions.
    pub edition: EditionChoice,
    /// Patterns of Markdown files; where there are any, all the files they match are one edition,
    /// unless the paper's editions gather weeks or months.
    pub stories: Vec<String>,
    /// The present moment: all that is not to be out yet, or no longer, is left out by it.
    pub now: Moment,
}

/// Which editions are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EditionChoice {
    /// The newest.
    #[default]
    Latest,
    /// The one that a day belongs to.
    On(Date),
    /// Every one.
    All,
}
