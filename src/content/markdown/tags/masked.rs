//! A text with its tags masked, and what the tags are.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::content::markdown::tag_args::Parts;
use crate::diag::Code;

/// Stands for each byte of a tag that is met again as text.
pub(crate) const MASK: char = '\u{1}';

/// Stands for a blank in an address.
pub(crate) const BLANK: char = '\u{7f}';

/// A tag that was masked.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) kind: TagKind,
}

/// What a tag is. Ranges are bytes of the text.
#[derive(Debug, Clone)]
pub(crate) enum TagKind {
    /// It names a picture.
    Picture(Parts),
    /// It is a picture of this address, with this alternative text.
    Embed {
        /// The address.
        src: Range<usize>,
        /// What is seen.
        alt: Option<Range<usize>>,
    },
    /// It prints a value of the front matter, if there is one of this key.
    Page {
        /// The key.
        key: String,
        /// As a person would name it.
        name: String,
    },
    /// It prints something we don't know.
    Unknown {
        /// As a person would name it.
        name: String,
    },
    /// A component of a site, which shows something we don't know.
    Component {
        /// As it is written.
        name: String,
    },
    /// A list of attributes, which tells a site how to show what stands beside it.
    Attributes {
        /// As it is written.
        name: String,
        /// What is seen on the picture before it.
        alt: Option<Range<usize>>,
        /// Whether a reader misses anything without it.
        matters: bool,
        /// The line under that picture.
        caption: Option<Range<usize>>,
    },
    /// A link to another note.
    Wiki {
        /// The note's name and the heading in it.
        to: Range<usize>,
        /// What the link says, in pieces.
        words: Vec<Range<usize>>,
    },
    /// The heading of a box.
    Title(Range<usize>),
    /// A note that is written where its mark belongs.
    Note(Range<usize>),
    /// A component names a picture, and its caption stands in it.
    Framed(Parts),
    /// Letters that are raised, or lowered.
    Shifted {
        /// The letters.
        text: Range<usize>,
        /// Whether they are raised.
        up: bool,
    },
    /// A picture with its caption begins.
    Figure {
        /// The caption, if the tag holds it.
        caption: Option<Range<usize>>,
    },
    /// A picture with its caption ends.
    FigureEnd,
    /// The line under the picture above.
    Caption(Range<usize>),
    /// Words begin that a mark is about.
    Begin(Mark),
    /// They end.
    End(Mark),
    /// It is printed as text.
    Written(String),
    /// It is raw HTML.
    Html,
    /// A formula, as it is written between its marks.
    Math(String),
    /// Nothing is lost by leaving it out.
    Quiet,
}

/// What a pair of tags around words makes of them.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Struck out.
    Strike,
    /// A link to this address.
    Link(Range<usize>),
    /// A quotation of this person.
    Quote(Option<Range<usize>>),
}

/// Something that is wrong with a tag.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// Its kind.
    pub(crate) code: Code,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) hint: &'static str,
}

/// A text with its tags masked.
#[derive(Debug, Default)]
pub(crate) struct Masked {
    /// As long as the text it was made from, byte for byte.
    pub(crate) text: String,
    /// The tags by their place.
    pub(crate) tags: Vec<Tag>,
    /// What is wrong with tags.
    pub(crate) faults: Vec<Fault>,
    /// Where items of lists begin that are boxes.
    pub(crate) boxes: BTreeSet<usize>,
    /// What stands between two tags that became the fences of a listing.
    pub(super) listings: Vec<Range<usize>>,
}
