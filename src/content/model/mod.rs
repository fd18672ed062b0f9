//! A story as the rest of the program sees it: front matter and a tree of blocks. Every run of text
//! has its place in the file. No reader is here.

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
    /// The story's path from the paper's folder, without extension. Everything else refers to the
    /// story by this key.
    pub key: String,
    /// The file it was read from.
    pub file: FileNo,
    /// The headline for print: `headlines.print`, else `headline` or `title`, else the first
    /// heading.
    pub headline: Vec<Inline>,
    /// A shorter headline, for narrow places and for the head of a jump.
    pub short_headline: Option<Run>,
    /// The headline for the web edition, if it differs.
    pub web_headline: Option<Run>,
    /// The word or two above the headline.
    pub kicker: Option<Run>,
    /// The standfirst, or else a summary.
    pub deck: Option<Deck>,
    /// The authors as printed: handles are already replaced by names.
    pub authors: Vec<Run>,
    /// The dateline: where the story was written.
    pub dateline: Option<Run>,
    /// The story's date.
    pub date: Option<Date>,
    /// When the story was last changed, as written.
    pub updated: Option<Run>,
    /// The section's name, spelled as `paper.yaml` lists it if it does.
    pub section: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// The priority from 1 (leads the edition) to 9, if the editor gave one.
    pub priority: Option<u8>,
    /// The editor's pins.
    pub pins: Pins,
    /// The pictures, each once, the most important first: those of the front matter, then those of
    /// the body.
    pub pictures: Vec<PictureRef>,
    /// The pull-quotes: those of the front matter, then those of the body.
    pub quotes: Vec<PullQuote>,
    /// The box of facts.
    pub facts: Option<Facts>,
    /// The body.
    pub body: Vec<Block>,
    /// The spans of the blocks that the writer marked as optional. The program never leaves one
    /// out: it lists them for the editor when the text is too long.
    pub optional: Vec<Span>,
    /// The footnotes, in the order in which the body first refers to them. Note 1 is the first.
    pub notes: Vec<Vec<Block>>,
    /// The last part of the story's web address.
    pub slug: String,
    /// The story's old addresses: paths below the site's root, without slashes at either end.
    pub aliases: Vec<Run>,
    /// The related stories that the writer named.
    pub related: Vec<Related>,
    /// The translations that this story names, as written: a language, and a story's name or an
    /// address.
    pub translated: Vec<(String, Run)>,
    /// All translations of the story, found from what the translations themselves name too.
    pub translations: Vec<Translation>,
    /// The story's language (BCP 47), if it differs from the paper's.
    pub lang: Option<String>,
    /// The canonical web address of the story, if it has one.
    pub canonical: Option<String>,
    /// The corrections, printed at the end of the story.
    pub corrections: Vec<Run>,
    /// The number of words in the body.
    pub words: usize,
    /// How plainly it is set.
    pub plainness: Plainness,
}

/// How plainly a story is set. If its pages come out otherwise than planned, which is a bug of the
/// program or the theme, the story is set again one step plainer, until the pages are right.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Plainness {
    /// Like any story: as the theme has it.
    #[default]
    Full,
    /// Without a drop cap.
    NoCap,
    /// Also without hyphenation.
    NoHyphens,
    /// Also with a headline of words only, on lines over its whole span.
    PlainHead,
    /// Also with legs that may end after any line.
    AnyLine,
}

impl Plainness {
    /// The next plainer step, or `None` after the last one.
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

    /// The step in words, for messages.
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
    /// Calls `each` with every run that print sets.
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

    /// A story with a headline and nothing else.
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

    /// Removes a picture, and renumbers the pictures that the body and the notes refer to.
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

    /// Whether the story is a picture that stands by itself: there is no text to set, and the
    /// headline is run into the caption.
    ///
    /// A picture more than twice as high as wide does not count: its caption would be too narrow.
    pub(crate) fn is_picture(&self) -> bool {
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

/// A related story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Its name, as written.
    pub written: Run,
    /// The story of that name, if there is one.
    pub to: Option<StoryId>,
}

/// A translation of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// The language (BCP 47).
    pub lang: String,
    /// Its place.
    pub to: Target,
}

/// The place of a translation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// In this paper.
    Story(StoryId),
    /// At a web address.
    Address(String),
}

/// A standfirst, or a summary in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deck {
    /// Its text.
    pub text: Vec<Inline>,
    /// Whether the writer gave it as a standfirst. A summary may be left out if there is no room.
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

/// A pull-quote: a sentence lifted out of the story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PullQuote {
    /// The words, without quotation marks around them.
    pub text: Vec<Inline>,
    /// The speaker.
    pub by: Option<Run>,
}

/// A picture that a story names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureRef {
    /// The absolute path of the file, which is inside the paper's folder.
    pub path: std::path::PathBuf,
    /// The address as written.
    pub src: Run,
    /// The alternative text, for readers who can't see the picture.
    pub alt: Option<String>,
    /// The caption.
    pub caption: Vec<Inline>,
    /// The credit: who made the picture.
    pub credit: Option<Run>,
    /// The focus that a crop keeps: fractions from the left and the top.
    pub focus: Option<[f64; 2]>,
    /// Whether the picture must not be cropped, as with screenshots and graphics.
    pub whole: bool,
    /// Whether the writer said if the picture may be cropped. If so, its pixels are not examined.
    pub told: bool,
    /// Whether it is a portrait, set as a mug shot one column wide.
    pub mug: bool,
    /// Width and height in pixels, after the EXIF rotation.
    pub pixels: [u32; 2],
}

/// What an editor pinned for print: `print` in the front matter, `pins` in `edition.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    /// The page that the story must begin on.
    pub page: Option<Pin<u16>>,
    /// The number of columns that the story must span.
    pub columns: Option<Pin<u8>>,
    /// Whether the story may jump.
    pub jump: Option<Pin<JumpPin>>,
    /// Where on its page the story stands.
    pub position: Option<Pin<PositionPin>>,
    /// How large the story is.
    pub size: Option<Pin<SizePin>>,
    /// The keys of the stories that must begin on the same page.
    pub with: Vec<Pin<String>>,
    /// The keys of the stories that must share no page with it.
    pub apart: Vec<Pin<String>>,
    /// Whether it is a brief, which stands in a rail with its headline run in. A story that was
    /// read has `Some(true)` or `None`.
    pub brief: Option<bool>,
    /// Whether the story stands in a box.
    pub boxed: bool,
    /// Whether subheads and lists are run in. If the editor does not say so, it follows from the
    /// story's text.
    pub run_in: Option<bool>,
}

/// A pin and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin<T> {
    /// The value.
    pub value: T,
    /// The place in the file.
    pub span: Span,
}

/// The place on a page: at an edge, at a side, or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionPin {
    /// Above or below everything that shares its columns.
    pub edge: Option<EdgePin>,
    /// Away from the spine, or at it.
    pub flank: Option<FlankPin>,
}

/// The upper or lower edge of a page.
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

/// How large a story should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SizePin {
    /// At least a third of a page.
    Large,
    /// At most an eighth of a page.
    Small,
    /// A headline of this many points, or the theme's nearest size.
    Head(u16),
}

/// Whether a story may jump.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JumpPin {
    /// If it helps.
    #[default]
    Auto,
    /// Never.
    Never,
}
