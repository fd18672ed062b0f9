//! The kinds of output that a build can make of an edition.

/// A kind of output: one file or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// `edition.pdf`, for readers and archives.
    Pdf,
    /// `press.pdf`, for the printer.
    Press,
    /// `spreads.pdf`, two facing pages side by side.
    Spreads,
    /// `booklet.pdf`, sheets to be printed on both sides and folded.
    Booklet,
    /// `front.png`, the front page as a picture.
    Front,
    /// `plan.json` and `report.json`.
    Plan,
    /// The web edition.
    Web,
}

impl Output {
    /// The outputs that are made by default.
    pub const USUAL: &[Self] = &[Self::Pdf, Self::Front, Self::Plan, Self::Web];

    /// Its name in settings and arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Press => "press",
            Self::Spreads => "spreads",
            Self::Booklet => "booklet",
            Self::Front => "front",
            Self::Plan => "plan",
            Self::Web => "web",
        }
    }
}
