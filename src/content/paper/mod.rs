//! The paper itself: what `paper.yaml` says, with a documented default for each key.

pub(crate) mod ads;
pub(crate) mod format;
pub(crate) mod furniture;
pub mod numbering;
pub mod period;
pub(crate) mod pins;
pub(crate) mod sections;
pub(crate) mod settings;
pub mod web_look;
use serde::{Deserialize, Serialize};

use crate::diag::Span;
use crate::grid::Sheet;

use super::model::{PictureRef, Run};
use numbering::Numbering;
use period::Every;
use web_look::WebLook;

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
    /// Which days an edition gathers. Default: one.
    pub every: Every,
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
    /// The address of the site that its stories were written for, as the settings of another
    /// program tell it.
    pub site_url: Option<String>,
    /// The look of the web edition. Default: the theme's.
    pub web: WebLook,
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
    /// What stands beside the nameplate.
    pub ears: Ears,
    /// The weather, which stands at the foot of the front page.
    pub weather: Option<Weather>,
    /// What the front page says of stories inside, above its own.
    pub promos: Vec<Promo>,
}

/// The boxes beside the nameplate.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ears {
    /// At its left.
    pub left: Option<Ear>,
    /// At its right.
    pub right: Option<Ear>,
}

/// A box beside the nameplate: a text, or a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ear {
    /// What stands above its text.
    pub title: Option<Run>,
    /// Its text.
    pub text: Option<Run>,
    /// Its picture.
    pub picture: Option<PictureRef>,
    /// Where it is written.
    pub span: Span,
}

/// The weather of the edition's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weather {
    /// Of which place.
    pub place: Option<Run>,
    /// In a few words.
    pub summary: Option<Run>,
    /// The highest temperature, as printed.
    pub high: Option<Run>,
    /// The lowest.
    pub low: Option<Run>,
    /// The days to come.
    pub days: Vec<Forecast>,
    /// Where it is written.
    pub span: Span,
}

/// The weather of a day to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Its name, as printed.
    pub day: Run,
    /// In a word or two.
    pub summary: Option<Run>,
    /// The highest temperature, as printed.
    pub high: Option<Run>,
    /// The lowest.
    pub low: Option<Run>,
}

/// What the front page says of a story inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promo {
    /// The story's key; as long as the edition is read, its name as it is written.
    pub story: String,
    /// What is said of it. Default: its headline.
    pub text: Option<Run>,
    /// Whether the story's first picture stands beside it.
    pub pictured: bool,
    /// Where it is written.
    pub span: Span,
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
    /// Whether its first page, where it has one of its own, is a front with a large head.
    /// Default: no.
    pub front: bool,
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
