//! The paper itself: what `paper.yaml` says, with a documented default for each key.

use serde::{Deserialize, Serialize};

use crate::grid::Sheet;

use super::numbering::Numbering;
use super::story::PictureRef;

/// A paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// Its name. Default: the folder's name.
    pub name: String,
    /// Its motto.
    pub motto: Option<String>,
    /// Its language, BCP 47. Default `en`.
    pub lang: String,
    /// Time zone (IANA). Default `UTC`.
    pub time_zone: String,
    /// Where it comes out.
    pub place: Option<String>,
    /// What it costs, as printed.
    pub price: Option<String>,
    /// How its editions are numbered.
    pub numbering: Option<Numbering>,
    /// Sections in their order. Default: as the stories name them, in the order of the files.
    pub sections: Vec<Section>,
    /// The page. Default `tabloid`.
    pub format: Sheet,
    /// The theme for print. Default `classic`.
    pub theme: String,
    /// The address of the web edition, without a slash at its end.
    pub base_url: Option<String>,
    /// Who answers for it.
    pub imprint: Imprint,
    /// How many pages.
    pub pages: Pages,
    /// Pixels an inch for pictures. Default 200.
    pub resolution: u16,
    /// The most stories on the front page. Default 5.
    pub front_stories: u8,
    /// Advertisements and fillers: the paper's, then the edition's.
    pub ads: Vec<Ad>,
}

/// An advertisement, or a filler.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ad {
    /// Its picture: a PDF has no pixels.
    pub picture: PictureRef,
    /// The columns it spans.
    pub columns: u8,
    /// Its height in millimetres; without one, it has the picture's shape.
    pub height: Option<f64>,
    /// The page it is booked for.
    pub page: Option<u16>,
    /// Whether it is printed only where a page has room.
    pub filler: bool,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// As the stories name it.
    pub name: String,
    /// As the page prints it. Default: the name.
    pub title: String,
    /// Whether its stories are briefs, which stand under the section's title. Default: no.
    pub briefs: bool,
}

/// Who answers for the paper: lines such as `Publisher: …`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imprint {
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Who edits it.
    pub editor: Option<String>,
    /// Who prints it.
    pub printer: Option<String>,
    /// Where to write to.
    pub address: Option<String>,
    /// How to reach it.
    pub contact: Option<String>,
}

/// How many pages an edition has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// So many, where the editor says so.
    pub count: Option<u16>,
    /// Whether an edition of any other number of pages is an error.
    pub exact: bool,
    /// A multiple of this. Default 1.
    pub multiple: u16,
}
