//! What is wrong with an edition, worst first, each with what to do about it.

mod given_up;
mod pictures;
mod places;

use serde::Serialize;

use super::{Material, Review};

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What sort of thing it is.
    pub kind: Kind,
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
    /// What `amount` counts.
    pub unit: Unit,
    /// What to do about it, in one sentence.
    pub advice: String,
    /// What the order is made from; of no meaning but against the others'.
    pub weight: f64,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Could be better.
    Advice,
    /// A reader will notice.
    Warning,
    /// Must not be printed.
    Error,
}

/// What `amount` counts.
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
    /// Dots an inch.
    Dots,
    /// A page.
    Page,
}

/// The kinds of findings. Within a level and at like weight, the order is this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The plan breaks a hard rule.
    Rule,
    /// A pin could not be kept.
    Pin,
    /// An advertisement is not where it was booked.
    Ad,
    /// A leg is longer or shorter than the rules have it.
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
    /// Nothing is said under a picture.
    Caption,
    /// Nothing says what is seen on a picture.
    Alt,
    /// Nobody is named for a picture.
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
    /// A head is smaller than its weight deserves, for it is too long.
    HeadSize,
    /// A head leaves much of its width empty.
    HeadWidth,
    /// Much of a picture was cut off.
    Crop,
    /// A standfirst made from a summary was left out.
    Deck,
    /// Pull-quotes were left out.
    Quote,
    /// Paragraphs that may go would help a story or its page.
    Optional,
}

/// The make-up leaves so many lines at the end of a text without a thought.
const SHORT_ALLOWED: u32 = 2;

/// Everything that is wrong, worst first.
pub(super) fn findings(material: &Material, review: &Review) -> Vec<Finding> {
    let mut desk = Desk { material, review, found: vec![] };
    desk.rules();
    desk.given_up();
    desk.pages();
    for (item, story) in review.stories.iter().enumerate() {
        desk.text(item, story);
        desk.optional(story);
        desk.head(story);
        desk.left_pictures(item, story);
    }
    desk.pictures();
    let mut found = desk.found;
    found.sort_by(|a, b| {
        let place = |one: &Finding| (one.page, one.kind, one.story.clone(), one.picture.clone());
        b.level
            .cmp(&a.level)
            .then(b.weight.total_cmp(&a.weight))
            .then_with(|| place(a).cmp(&place(b)))
    });
    found
}

struct Desk<'a> {
    material: &'a Material<'a>,
    review: &'a Review,
    found: Vec<Finding>,
}

/// Where something is wrong.
#[derive(Default)]
struct Place {
    page: Option<u16>,
    story: Option<String>,
    picture: Option<String>,
}

impl Desk<'_> {
    /// Notes a finding. What a reader meets first weighs more.
    fn say(
        &mut self,
        (level, kind, weight): (Level, Kind, f64),
        place: Place,
        (amount, unit): (f64, Unit),
        (what, advice): (String, String),
    ) {
        let leads = |story: &String| {
            let mut pages = self.review.pages.iter();
            let page = pages.find(|page| Some(page.page) == place.page);
            page.is_some_and(|page| page.modules.first().is_some_and(|lead| lead.story == *story))
        };
        let prominence = match (place.page, &place.story) {
            (Some(1), _) => 1.5,
            (_, Some(story)) if leads(story) => 1.2,
            _ => 1.0,
        };
        let weight = (weight * prominence * 10.0).round() / 10.0;
        let Place { page, story, picture } = place;
        let amount = super::thousandths(amount);
        self.found.push(Finding {
            level,
            kind,
            page,
            story,
            picture,
            what,
            amount,
            unit,
            advice,
            weight,
        });
    }
}

/// The beginning of a headline.
fn clip(headline: &str) -> String {
    const MOST: usize = 36;
    if headline.chars().count() <= MOST {
        return headline.into();
    }
    let cut: String = headline.chars().take(MOST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

fn counted(count: u32, one: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {one}{s}")
}

fn characters(count: u32) -> String {
    counted(count, "character")
}

fn cut_words(lines: u32, from: &str) -> String {
    format!("{} from “{from} …” on", counted(lines, "line"))
}
