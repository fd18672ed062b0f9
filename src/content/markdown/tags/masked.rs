//! A text with its tags masked, and the kinds of tags. A new kind of tag is a variant of `TagKind`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::content::markdown::tag_args::Parts;
use crate::diag::Code;

/// Replaces each byte of a tag that the builder handles in its place in the text.
pub(crate) const MASK: char = '\u{1}';

/// Replaces a blank in an address.
pub(crate) const BLANK: char = '\u{7f}';

/// A masked tag.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Its kind.
    pub(crate) kind: TagKind,
}

/// The kinds of tags. Ranges are bytes of the text.
#[derive(Debug, Clone)]
pub(crate) enum TagKind {
    /// A tag that names a picture.
    Picture(Parts),
    /// A picture with an address and an alternative text.
    Embed {
        /// The address.
        src: Range<usize>,
        /// The alternative text.
        alt: Option<Range<usize>>,
    },
    /// A tag that prints a text of the front matter, if the front matter has this key.
    Page {
        /// The key.
        key: String,
        /// The tag, as messages name it.
        name: String,
    },
    /// A tag that prints something unknown.
    Unknown {
        /// The tag, as messages name it.
        name: String,
    },
    /// A component of a site, which shows something unknown.
    Component {
        /// The component, as messages name it.
        name: String,
    },
    /// An attribute list, which tells a site how to show the text beside it.
    Attributes {
        /// The list, as messages name it.
        name: String,
        /// The alternative text of the picture before it.
        alt: Option<Range<usize>>,
        /// Whether readers miss something without the list.
        matters: bool,
        /// The caption of that picture.
        caption: Option<Range<usize>>,
    },
    /// A wiki link.
    Wiki {
        /// The note's name and the heading in it.
        to: Range<usize>,
        /// The text of the link, in pieces.
        words: Vec<Range<usize>>,
    },
    /// The heading of a box.
    Title(Range<usize>),
    /// A footnote that is written in the place of its reference.
    Note(Range<usize>),
    /// A component that names a picture and holds its caption.
    Framed(Parts),
    /// Subscript or superscript.
    Shifted {
        /// The text.
        text: Range<usize>,
        /// Whether it is superscript.
        up: bool,
    },
    /// The start of a figure: a picture with its caption.
    Figure {
        /// The caption, if the tag holds it.
        caption: Option<Range<usize>>,
    },
    /// The end of a figure.
    FigureEnd,
    /// The caption of the picture above.
    Caption(Range<usize>),
    /// The start of marked words.
    Begin(Mark),
    /// The end of marked words.
    End(Mark),
    /// Text to print in place of the tag.
    Written(String),
    /// A raw HTML tag.
    Html,
    /// A formula, without its delimiters.
    Math(String),
    /// A tag that can be left out without a loss.
    Quiet,
}

/// What a pair of tags makes of the words between them.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Text that is struck through.
    Strike,
    /// A link to this address.
    Link(Range<usize>),
    /// A quote, with its speaker.
    Quote(Option<Range<usize>>),
}

/// A fault in a tag, to be reported.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The diagnostic's code.
    pub(crate) code: Code,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// The message.
    pub(crate) what: String,
    /// The hint.
    pub(crate) hint: &'static str,
}

/// A text with its tags masked.
#[derive(Debug, Default)]
pub(crate) struct Masked {
    /// The text, with every byte in the place where the original has it.
    pub(crate) text: String,
    /// The tags, sorted by place.
    pub(crate) tags: Vec<Tag>,
    /// The faults in tags.
    pub(crate) faults: Vec<Fault>,
    /// The byte offsets of list items that are boxes.
    pub(crate) boxes: BTreeSet<usize>,
    /// The listings between two tags that became fences.
    pub(super) listings: Vec<Range<usize>>,
}
