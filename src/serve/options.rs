//! What a preview is asked to show.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::content::{EditionChoice, Moment};
use crate::picture::Cache;

/// What is shown, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The paper's folder.
    pub root: PathBuf,
    /// Which edition; not all of them.
    pub edition: EditionChoice,
    /// Patterns of the Markdown files that are the edition's stories, if these are not those of
    /// `content/`.
    pub stories: Vec<String>,
    /// A format instead of the paper's own.
    pub format: Option<String>,
    /// A theme instead of the paper's own.
    pub theme: Option<String>,
    /// Where pictures are kept that earlier builds prepared.
    pub cache: Cache,
    /// The port; without it, the first free one from 4747 on.
    pub port: Option<u16>,
    /// The moment by which stories are judged; without it, the present one at each make.
    pub now: Option<Moment>,
    /// Tells the present moment.
    pub clock: fn() -> Timestamp,
}
