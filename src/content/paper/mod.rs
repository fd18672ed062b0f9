//! The paper: everything that `paper.yaml` can say, each key with its default. The reader of the
//! file is `settings.rs`.

pub(crate) mod ads;
pub(crate) mod furniture;
pub(crate) mod numbering;
pub(crate) mod page_format;
pub(crate) mod period;
pub(crate) mod pins;
pub(crate) mod sections;
pub(crate) mod settings;
pub(crate) mod web_look;
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
    /// The paper's name. Default: the folder's name.
    pub name: String,
    /// The motto.
    pub motto: Option<String>,
    /// The language (BCP 47). Default: `en`.
    pub lang: String,
    /// The time zone (IANA). Default: `UTC`.
    pub time_zone: String,
    /// The place of publication.
    pub place: Option<String>,
    /// The price, as printed.
    pub price: Option<String>,
    /// The period of days that an edition gathers. Default: one day.
    pub every: Every,
    /// The numbering of the editions.
    pub numbering: Option<Numbering>,
    /// The sections, in their order. Default: those that the stories name, in the order of the
    /// files.
    pub sections: Vec<Section>,
    /// The page format. Default: `tabloid`.
    pub format: Sheet,
    /// The theme for print. Default: `classic`.
    pub theme: String,
    /// The address of the web edition, without a slash at its end.
    pub base_url: Option<String>,
    /// The address of the site that the stories were written for, from the settings of another
    /// program.
    pub site_url: Option<String>,
    /// The look of the web edition. Default: the theme's.
    pub web: WebLook,
    /// The people and firms that answer for the paper.
    pub imprint: Imprint,
    /// The number of pages.
    pub pages: Pages,
    /// The resolution of pictures, in pixels per inch. Default: 200.
    pub resolution: u16,
    /// The most stories on the front page. Default: 5.
    pub front_stories: u8,
    /// Advertisements and fillers: first those of the paper, then those of the edition.
    pub ads: Vec<Ad>,
    /// The ears beside the nameplate.
    pub ears: Ears,
    /// The weather at the foot of the front page.
    pub weather: Option<Weather>,
    /// The promos of inside stories, above the stories of the front page.
    pub promos: Vec<Promo>,
}

/// The ears: boxes beside the nameplate.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ears {
    /// The ear at its left.
    pub left: Option<Ear>,
    /// The ear at its right.
    pub right: Option<Ear>,
}

/// An ear: a text, or a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ear {
    /// The title above the text.
    pub title: Option<Run>,
    /// The text.
    pub text: Option<Run>,
    /// The picture.
    pub picture: Option<PictureRef>,
    /// The place in the file.
    pub span: Span,
}

/// The weather of the edition's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weather {
    /// The place that it is for.
    pub place: Option<Run>,
    /// The weather in a few words.
    pub summary: Option<Run>,
    /// The highest temperature, as printed.
    pub high: Option<Run>,
    /// The lowest temperature, as printed.
    pub low: Option<Run>,
    /// The forecast for the next days.
    pub days: Vec<Forecast>,
    /// The place in the file.
    pub span: Span,
}

/// The forecast for one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// The day's name, as printed.
    pub day: Run,
    /// The weather in a word or two.
    pub summary: Option<Run>,
    /// The highest temperature, as printed.
    pub high: Option<Run>,
    /// The lowest temperature, as printed.
    pub low: Option<Run>,
}

/// A promo: a pointer on the front page to an inside story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promo {
    /// The story's key. While the edition is being read, the story's name as written.
    pub story: String,
    /// The text. Default: the story's headline.
    pub text: Option<Run>,
    /// Whether the story's first picture stands beside the text.
    pub pictured: bool,
    /// The place in the file.
    pub span: Span,
}

/// An advertisement, or a filler.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ad {
    /// Its picture. That of a PDF has no size in pixels.
    pub picture: PictureRef,
    /// The number of columns that it spans.
    pub columns: u8,
    /// Its height in millimetres. Without one, the height follows from the picture's shape.
    pub height: Option<f64>,
    /// The page it is booked for.
    pub page: Option<u16>,
    /// Whether it is a filler, printed only where a page has room.
    pub filler: bool,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The name that stories use.
    pub name: String,
    /// The title that pages print. Default: the name.
    pub title: String,
    /// Whether its stories are briefs, set together under the section's title. Default: no.
    pub briefs: bool,
    /// Whether its first page, if it has a page of its own, is a front with a large head. Default:
    /// no.
    pub front: bool,
}

/// The imprint: lines such as `Publisher: …`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imprint {
    /// The publisher.
    pub publisher: Option<String>,
    /// The editor.
    pub editor: Option<String>,
    /// The printer.
    pub printer: Option<String>,
    /// The address to write to.
    pub address: Option<String>,
    /// How to reach the paper, such as a telephone number or a mail address.
    pub contact: Option<String>,
}

/// The number of pages of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// The number that the editor asked for.
    pub count: Option<u16>,
    /// Whether any other number of pages is an error.
    pub exact: bool,
    /// The number of pages must be a multiple of this. Default: 1.
    pub multiple: u16,
}
