//! What a build can make of an edition.

/// A kind of output, of one file or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// `edition.pdf`, for readers and archives.
    Pdf,
    /// `press.pdf`, for the printing house.
    Press,
    /// `spreads.pdf`, two pages side by side as they lie open.
    Spreads,
    /// `booklet.pdf`, sheets to print on both sides and fold.
    Booklet,
    /// `front.png`, the front page as a picture.
    Front,
    /// `plan.json` and `report.json`.
    Plan,
    /// The web edition.
    Web,
}

impl Output {
    /// What is made unless something else is asked for.
    pub const USUAL: &[Self] = &[Self::Pdf, Self::Front, Self::Plan, Self::Web];

    /// Its name.
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
