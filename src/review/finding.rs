//! A finding: something that is wrong, and what to do about it.

use serde::Serialize;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What sort of thing it is.
    pub kind: FindingKind,
    /// The page.
    pub page: Option<u16>,
    /// The story.
    pub story: Option<String>,
    /// The picture, as the story names its file.
    pub picture: Option<String>,
    /// What is wrong, in one sentence.
    pub what: String,
    /// How much, in `unit`.
    pub amount: f64,
    /// The unit of `amount`.
    pub unit: Unit,
    /// What to do about it, in one sentence.
    pub advice: String,
    /// What the findings of a level are sorted by, the greatest first.
    pub weight: f64,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The edition could be better.
    Advice,
    /// A reader will notice.
    Warning,
    /// The edition must not be printed.
    Error,
}

/// Units of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Things.
    Count,
    /// Lines of text.
    Lines,
    /// Cells of the grid: a column by a row.
    Cells,
    /// Characters of a headline.
    Characters,
    /// Points.
    Points,
    /// A share, 0 to 1.
    Share,
    /// Dots per inch.
    Dots,
    /// A page.
    Page,
}

/// The kinds of findings. Within a level, findings of equal weight on one page stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// The plan breaks a hard rule.
    Rule,
    /// A pin could not be kept.
    Pin,
    /// An advertisement is not where it was booked.
    Ad,
    /// A leg is longer or shorter than the rules allow.
    Leg,
    /// A heavier story has a smaller head than a lighter one.
    Hierarchy,
    /// Not the wanted number of pages.
    PageCount,
    /// A part of a page is empty.
    Hole,
    /// A text is too short for its place.
    Short,
    /// White inside of a module.
    White,
    /// A story goes on more than once.
    SecondJump,
    /// A story jumps for a few lines.
    ShortJump,
    /// A picture has too few pixels.
    Resolution,
    /// The focus of a picture is cut off, or nearly.
    Focus,
    /// A picture was left out.
    Picture,
    /// A picture has no caption.
    Caption,
    /// A picture has no alternative text of its own.
    Alt,
    /// A picture has no credit.
    Credit,
    /// A page has hardly any pictures.
    Grey,
    /// A page has hardly anything but pictures.
    Crowded,
    /// Two heads of like size stand side by side.
    Tombstone,
    /// A head has more than four lines.
    LongHead,
    /// A head stands in the last rows of a page.
    LowHead,
    /// The last line of a head is short, or one word.
    HeadLine,
    /// A head is too long for the size that its story deserves.
    HeadSize,
    /// A head leaves much of its width empty.
    HeadWidth,
    /// Much of a picture was cut off.
    Crop,
    /// A standfirst made from a summary was left out.
    Deck,
    /// Pull-quotes were left out.
    Quote,
    /// Cutting optional paragraphs would help a story or its page.
    Optional,
}
