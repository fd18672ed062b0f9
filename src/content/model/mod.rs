//! A story as it was written: front matter and a tree of blocks, every run of
//! text with the bytes of the file it came from.

mod blocks;
pub(crate) mod inlines;
pub(crate) mod left_out;
pub(crate) mod mention;
pub(crate) mod request;
pub(crate) mod style;
mod walk;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::diag::{FileNo, Span};

pub use blocks::{Align, Block, Cell, CellSpan, Inline, LinkTo, Near, Run, Table};
pub(crate) use walk::visible;
pub use walk::{block_runs, plain, runs};
use walk::{block_runs_mut, inline_runs_mut};

/// One story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The story's path from the root without its extension: the key everything else knows it by.
    pub key: String,
    /// The file it was read from.
    pub file: FileNo,
    /// The headline for print (`headlines.print`, else `headline`, `title`, else the first heading).
    pub headline: Vec<Inline>,
    /// A shorter headline, for narrow places and jump heads.
    pub short_headline: Option<Run>,
    /// The headline for the web, where it differs.
    pub web_headline: Option<Run>,
    /// The word or two above the headline.
    pub kicker: Option<Run>,
    /// The standfirst or, second best, a summary.
    pub deck: Option<Deck>,
    /// Who wrote it, as printed; slugs are already turned into names.
    pub authors: Vec<Run>,
    /// Where it was written from.
    pub dateline: Option<Run>,
    /// Its date.
    pub date: Option<Date>,
    /// When it was last changed, as written.
    pub updated: Option<Run>,
    /// The section's name, as `paper.yaml` spells it where it lists it.
    pub section: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// 1 (leads) to 9, where the editor gave one.
    pub priority: Option<u8>,
    /// The editor's pins.
    pub pins: Pins,
    /// Pictures in the order of their importance: front matter's first, then the body's. Each once.
    pub pictures: Vec<PictureRef>,
    /// Pull-quotes: front matter's, then the body's.
    pub quotes: Vec<PullQuote>,
    /// A box of facts.
    pub facts: Option<Facts>,
    /// The body.
    pub body: Vec<Block>,
    /// Where blocks of the body stand that may go by the writer's word. The program never leaves
    /// one out: it names them to the editor where text has to go.
    pub optional: Vec<Span>,
    /// Footnotes in the order of their first mention; note 1 is the first.
    pub notes: Vec<Vec<Block>>,
    /// The last part of its web address.
    pub slug: String,
    /// Its older addresses: paths below the site's root, without slashes around them.
    pub aliases: Vec<Run>,
    /// Stories that belong to it, by the writer's word.
    pub related: Vec<Related>,
    /// What it is in other languages, as it is written: language, and name or address.
    pub translated: Vec<(String, Run)>,
    /// The same story in all other languages that there are, by these.
    pub translations: Vec<Translation>,
    /// Its language (BCP 47), where it differs from the paper's.
    pub lang: Option<String>,
    /// The story's own web address, where one is known.
    pub canonical: Option<String>,
    /// Corrections, printed at the end.
    pub corrections: Vec<Run>,
    /// Words in the body.
    pub words: usize,
    /// How plainly it is set.
    pub plainness: Plainness,
}

/// How plainly a story is set. Where its pages come out otherwise than planned, which is a fault of
/// the program's or the theme's, it is set again a step plainer until they are right.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Plainness {
    /// As the theme has it.
    #[default]
    Full,
    /// Without a drop cap.
    NoCap,
    /// Nor is a word of it hyphenated.
    NoHyphens,
    /// Nor has its headline anything but words, in lines over its whole span.
    PlainHead,
    /// And its legs end after any line.
    AnyLine,
}

impl Plainness {
    /// A step plainer; none where there is none.
    #[must_use]
    pub fn plainer(self) -> Option<Self> {
        Some(match self {
            Self::Full => Self::NoCap,
            Self::NoCap => Self::NoHyphens,
            Self::NoHyphens => Self::PlainHead,
            Self::PlainHead => Self::AnyLine,
            Self::AnyLine => return None,
        })
    }

    /// How such a story was set, in words.
    pub fn told(self) -> &'static str {
        match self {
            Self::Full => "as the theme has it",
            Self::NoCap => "without a drop cap",
            Self::NoHyphens => "without hyphens",
            Self::PlainHead => "with a plain headline",
            Self::AnyLine => "with columns that end after any line",
        }
    }
}

impl Story {
    /// Every run of it that print sets, to be changed.
    pub(crate) fn runs_mut(&mut self, each: &mut dyn FnMut(&mut Run)) {
        let Self { headline, short_headline, kicker, deck, authors, dateline, .. } = self;
        inline_runs_mut(headline, each);
        for run in [short_headline, kicker, dateline].into_iter().flatten() {
            each(run);
        }
        if let Some(deck) = deck {
            inline_runs_mut(&mut deck.text, each);
        }
        let Self { corrections, pictures, quotes, facts, body, notes, .. } = self;
        authors.iter_mut().chain(corrections).for_each(&mut *each);
        for picture in pictures {
            inline_runs_mut(&mut picture.caption, each);
            picture.credit.iter_mut().for_each(&mut *each);
        }
        for quote in quotes {
            inline_runs_mut(&mut quote.text, each);
            quote.by.iter_mut().for_each(&mut *each);
        }
        if let Some(facts) = facts {
            facts.title.iter_mut().for_each(&mut *each);
            facts.items.iter_mut().for_each(|item| inline_runs_mut(item, each));
        }
        block_runs_mut(body, each);
        notes.iter_mut().for_each(|note| block_runs_mut(note, each));
    }

    /// A story that has a headline and nothing else.
    pub(crate) fn bare(key: String, file: FileNo, headline: Vec<Inline>) -> Self {
        Self {
            key,
            file,
            headline,
            short_headline: None,
            web_headline: None,
            kicker: None,
            deck: None,
            authors: vec![],
            dateline: None,
            date: None,
            updated: None,
            section: None,
            tags: vec![],
            priority: None,
            pins: Pins::default(),
            pictures: vec![],
            quotes: vec![],
            facts: None,
            body: vec![],
            optional: vec![],
            notes: vec![],
            slug: String::new(),
            aliases: vec![],
            related: vec![],
            translated: vec![],
            translations: vec![],
            lang: None,
            canonical: None,
            corrections: vec![],
            words: 0,
            plainness: Plainness::Full,
        }
    }

    /// Takes a picture out; the body names the others by their new numbers.
    pub fn drop_picture(&mut self, number: usize) {
        fn renumber(blocks: &mut Vec<Block>, gone: usize) {
            blocks.retain_mut(|block| {
                match block {
                    Block::Picture(number) if *number == gone => return false,
                    Block::Picture(number) if *number > gone => *number -= 1,
                    Block::Quote(inner) => renumber(inner, gone),
                    Block::List { items, .. } => {
                        items.iter_mut().for_each(|item| renumber(item, gone));
                    }
                    _ => {}
                }
                true
            });
        }
        self.pictures.remove(number);
        renumber(&mut self.body, number);
        self.notes.iter_mut().for_each(|note| renumber(note, number));
    }

    /// Whether it is a picture that stands by itself: there is no text to set, and its headline is
    /// run into the caption.
    ///
    /// One that is much higher than wide would be too narrow for a line of its own.
    pub fn is_picture(&self) -> bool {
        let Self { pictures, body, notes, facts, deck, dateline, corrections, quotes, .. } = self;
        let parts = [dateline.is_some(), facts.is_some(), deck.is_some()];
        let bare = notes.is_empty() && corrections.is_empty() && quotes.is_empty();
        let blank = body.iter().all(|block| matches!(block, Block::Picture(_)));
        let fit = |picture: &PictureRef| picture.pixels[1] <= 2 * picture.pixels[0];
        pictures.len() == 1 && pictures.iter().all(fit) && blank && bare && !parts.contains(&true)
    }
}

/// A story of any edition of the paper.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StoryId {
    /// The edition's date.
    pub edition: Option<Date>,
    /// The story's key.
    pub key: String,
}

/// A story that belongs to another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Its name, as it is written.
    pub written: Run,
    /// The story, where there is one of that name.
    pub to: Option<StoryId>,
}

/// A story in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// The language (BCP 47).
    pub lang: String,
    /// Where it is.
    pub to: Target,
}

/// Where a translation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// In the paper.
    Story(StoryId),
    /// At an address of the web.
    Address(String),
}

/// A standfirst, or a summary that stands in for one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deck {
    /// What it says.
    pub text: Vec<Inline>,
    /// Whether the writer gave it as a standfirst; a summary may be left out to fit.
    pub written: bool,
}

/// A box of facts beside a story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Its heading.
    pub title: Option<Run>,
    /// Its entries.
    pub items: Vec<Vec<Inline>>,
}

/// A sentence lifted out of the story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PullQuote {
    /// What was said, without quotation marks around it.
    pub text: Vec<Inline>,
    /// Who said it.
    pub by: Option<Run>,
}

/// A picture as the story names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureRef {
    /// The file, from the folder of the build: absolute, checked to be inside the paper's folder.
    pub path: std::path::PathBuf,
    /// As it was written.
    pub src: Run,
    /// What is seen on it, for those who can't see it.
    pub alt: Option<String>,
    /// The line under it.
    pub caption: Vec<Inline>,
    /// Who made it.
    pub credit: Option<Run>,
    /// The point a crop keeps: fractions from the left and the top.
    pub focus: Option<[f64; 2]>,
    /// Whether nothing of it may be cut off (screenshots and graphics).
    pub whole: bool,
    /// Whether its writer said so, or the contrary: then its pixels aren't asked.
    pub told: bool,
    /// Whether it is the portrait of a person, set one column wide.
    pub mug: bool,
    /// Width and height in pixels as it is seen, EXIF rotation applied.
    pub pixels: [u32; 2],
}

/// What the editor pinned for print: `print` in the front matter, `pins` in `edition.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    /// The page it must begin on.
    pub page: Option<Pin<u16>>,
    /// The columns it must span.
    pub columns: Option<Pin<u8>>,
    /// Whether it may be continued on another page.
    pub jump: Option<Pin<JumpPin>>,
    /// Where on its page it stands.
    pub position: Option<Pin<PositionPin>>,
    /// How large it is.
    pub size: Option<Pin<SizePin>>,
    /// The stories that begin on the same page, by their keys.
    pub with: Vec<Pin<String>>,
    /// The stories that share no page with it, by their keys.
    pub apart: Vec<Pin<String>>,
    /// Whether it is a brief, which stands with others in a rail with its headline run in. A story
    /// that was read has true here or nothing.
    pub brief: Option<bool>,
    /// Whether it stands in a box.
    pub boxed: bool,
    /// Whether its subheads and lists are run in; where that is not said, what it is made of tells.
    pub run_in: Option<bool>,
}

/// A pin and where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin<T> {
    /// What is wanted.
    pub value: T,
    /// Where that is said.
    pub span: Span,
}

/// Where on its page a story is wanted: at an edge, at a side, or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionPin {
    /// Above or below all that shares its columns.
    pub edge: Option<EdgePin>,
    /// Away from the spine, or at it.
    pub flank: Option<FlankPin>,
}

/// The upper or the lower edge of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EdgePin {
    /// No story above it.
    Top,
    /// No story below it.
    Foot,
}

/// A side of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FlankPin {
    /// Away from the spine.
    Outer,
    /// At the spine.
    Inner,
}

/// How large a story is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SizePin {
    /// At least a third of a page.
    Large,
    /// At most an eighth of a page.
    Small,
    /// A headline of so many points, or the nearest size that the theme has.
    Head(u16),
}

/// Whether a story may be continued on another page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JumpPin {
    /// Where it helps.
    #[default]
    Auto,
    /// Never.
    Never,
}
