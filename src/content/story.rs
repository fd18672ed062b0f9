//! A story as it was written: front matter and a tree of blocks, every run of
//! text with the bytes of the file it came from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::table::Table;
use crate::diag::{FileNo, Span};

/// A run of text as it is printed, and where it was written.
///
/// The span is unique in its file: no two runs of a story share one, so that
/// what was printed can be held against what was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Run {
    /// What is printed: entities resolved, quotes curled, no markup.
    pub text: String,
    /// Where it stands in the file.
    pub span: Span,
}

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

/// A block of a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading inside the story; level 1 is the largest.
    Subhead {
        /// 1 to 6.
        level: u8,
        /// The name that the writer gave it, for links.
        id: Option<String>,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number of a numbered list.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A block quote.
    Quote(Vec<Block>),
    /// Code, a run a line (the line's text without its end).
    Code(Vec<Run>),
    /// A table.
    Table(Table),
    /// A break between two parts of the story.
    Rule,
    /// Where the body shows the picture of this number; print places it on its own.
    Picture(usize),
    /// Where the body has the pull-quote of this number; print places it on its own.
    PullQuote(usize),
}

/// How a table's column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// As the language has it.
    Start,
    /// Centred.
    Center,
    /// At the end.
    End,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Inline {
    /// Text.
    Text(Run),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// Raised.
    Super(Vec<Inline>),
    /// Lowered.
    Sub(Vec<Inline>),
    /// Code.
    Code(Run),
    /// A link.
    Link {
        /// Where to.
        to: LinkTo,
        /// What it says.
        text: Vec<Inline>,
    },
    /// The mark of the note of this number (from 1).
    Note(u32),
    /// A line break the writer wanted.
    Break,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTo {
    /// To an absolute web or mail address.
    Web(String),
    /// To something near that is not looked for yet, or is nowhere: its words are plain text.
    Near(Near),
    /// To a heading of the same story, by its name on the web.
    Heading(String),
    /// To a story of the same edition, by its key, and to a heading in it.
    Story {
        /// The story's key.
        key: String,
        /// The heading's name on the web.
        heading: Option<String>,
    },
}

/// Something in the paper that a link names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// The file, the address or the name; empty for the story itself.
    pub name: String,
    /// The heading in it.
    pub heading: Option<String>,
    /// The web address that it has if it is nothing of the edition's.
    pub web: Option<String>,
    /// Whether it names a note as notebooks do, by its title.
    pub wiki: bool,
    /// Where it is written.
    pub span: Span,
}

impl LinkTo {
    /// The web or mail address that print and screen can follow.
    pub fn web(&self) -> Option<&str> {
        match self {
            Self::Web(url) => Some(url),
            Self::Near(_) | Self::Heading(_) | Self::Story { .. } => None,
        }
    }
}

impl Inline {
    /// The inlines inside of one; none where there can't be any.
    pub fn inner(&self) -> Option<&[Self]> {
        match self {
            Self::Emph(inner)
            | Self::Strong(inner)
            | Self::Strike(inner)
            | Self::Super(inner)
            | Self::Sub(inner)
            | Self::Link { text: inner, .. } => Some(inner),
            Self::Text(_) | Self::Code(_) | Self::Note(_) | Self::Break => None,
        }
    }
}

/// The text of inlines without their markup.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    runs(inlines, &mut |run| out.push_str(&run.text), &mut || {});
    out
}

/// Calls back for every run and every break of a line, in order.
pub fn runs<'a>(inlines: &'a [Inline], run: &mut impl FnMut(&'a Run), end: &mut impl FnMut()) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => run(text),
            Inline::Break => end(),
            other => runs(other.inner().unwrap_or_default(), run, end),
        }
    }
}

/// Calls back for every run of a block, in order; a picture and a pull-quote have none here.
pub fn block_runs<'a>(block: &'a Block, run: &mut dyn FnMut(&'a Run)) {
    let mut line = |text: &'a [Inline]| runs(text, &mut |one| run(one), &mut || {});
    match block {
        Block::Paragraph(text) | Block::Subhead { text, .. } => line(text),
        Block::Table(table) => table.rows.iter().flatten().for_each(|cell| line(cell)),
        Block::Code(lines) => lines.iter().for_each(run),
        Block::Quote(inner) => inner.iter().for_each(|block| block_runs(block, run)),
        Block::List { items, .. } => {
            items.iter().flatten().for_each(|block| block_runs(block, run));
        }
        Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
    }
}

fn inline_runs_mut(inlines: &mut [Inline], each: &mut dyn FnMut(&mut Run)) {
    for inline in inlines {
        match inline {
            Inline::Text(run) | Inline::Code(run) => each(run),
            Inline::Emph(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Super(inner)
            | Inline::Sub(inner)
            | Inline::Link { text: inner, .. } => inline_runs_mut(inner, each),
            Inline::Note(_) | Inline::Break => {}
        }
    }
}

fn block_runs_mut(blocks: &mut [Block], each: &mut dyn FnMut(&mut Run)) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Subhead { text, .. } => inline_runs_mut(text, each),
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| block_runs_mut(item, each));
            }
            Block::Quote(inner) => block_runs_mut(inner, each),
            Block::Code(lines) => lines.iter_mut().for_each(&mut *each),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flatten();
                cells.for_each(|cell| inline_runs_mut(cell, each));
            }
            Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
        }
    }
}
