//! What every phase is given.

use crate::export::Output;
use crate::grid::Grid;
use crate::picture::Cache;
use crate::typeset::Theme;
use crate::web::Look;

/// The phases of a build, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Stories are set and measured.
    Galleys,
    /// The pages are planned.
    MakeUp,
    /// Pictures are cropped and scaled.
    Pictures,
    /// The pages are set.
    Compose,
    /// The files are written.
    Export,
    /// The web edition is made.
    Web,
}

/// What an edition is made with.
pub struct Press<'a> {
    /// The theme.
    pub theme: &'a Theme,
    /// The grid of a page.
    pub grid: &'a Grid,
    /// Where pictures are kept that earlier builds prepared.
    pub cache: &'a Cache,
    /// Whether broken stories and pictures are left out rather than stopping the edition.
    pub keep_going: bool,
    /// The outputs to make.
    pub wanted: &'a [Output],
    /// The look of the web edition, where that is made.
    pub look: Option<&'a Look>,
    /// Called as each phase begins.
    pub watch: &'a (dyn Fn(Phase) + Sync),
}

/// Files, each with the name of its output, its own name and its bytes.
pub(crate) type OutputFiles = Vec<(&'static str, String, Vec<u8>)>;
