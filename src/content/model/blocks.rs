//! The tree of a text: its blocks, and the inlines in them. A new kind of block or inline begins
//! here.

use serde::{Deserialize, Serialize};

use crate::diag::Span;

/// A run of text, and its place in the file.
///
/// No two runs of a story have the same span, so that the check of the composed pages can match
/// what is printed with what was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Run {
    /// The text as printed: entities decoded, quotation marks made typographic, no markup.
    pub text: String,
    /// Its bytes in the file.
    pub span: Span,
}

/// A block of a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading inside the story. Level 1 is the largest.
    Subhead {
        /// From 1 to 6.
        level: u8,
        /// The anchor that the writer gave it, for links.
        id: Option<String>,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number, if the list is numbered.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A block quote.
    Quote(Vec<Block>),
    /// Code: a run for each line, without the line's end.
    Code(Vec<Run>),
    /// A table.
    Table(Table),
    /// A break between two parts of the story.
    Rule,
    /// Where the body shows the picture with this index. Print places the picture on its own.
    Picture(usize),
    /// Where the body has the pull-quote with this index. Print places the quote on its own.
    PullQuote(usize),
}

/// How a table's column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// At the start of the line, as the language has it.
    Start,
    /// Centred.
    Center,
    /// At the end of the line.
    End,
}

/// A piece of a line of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Inline {
    /// Text.
    Text(Run),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Text that is struck through.
    Strike(Vec<Inline>),
    /// Superscript.
    Super(Vec<Inline>),
    /// Subscript.
    Sub(Vec<Inline>),
    /// Code.
    Code(Run),
    /// A link.
    Link {
        /// Its target.
        to: LinkTo,
        /// Its text.
        text: Vec<Inline>,
    },
    /// The reference to a footnote, by the note's number (from 1).
    Note(u32),
    /// A line break that the writer asked for.
    Break,
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTo {
    /// To an absolute web or mail address.
    Web(String),
    /// Something in the paper that was not looked for yet or does not exist. The link's text is
    /// plain text.
    Near(Near),
    /// A heading of the same story, by its id in the web edition.
    Heading(String),
    /// A story of the same edition, by its key, and a heading in it if the link names one.
    Story {
        /// The story's key.
        key: String,
        /// The heading's id in the web edition.
        heading: Option<String>,
    },
}

/// Something in the paper that a link names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// The file, the address or the title; empty for the story itself.
    pub name: String,
    /// The heading that the link names.
    pub heading: Option<String>,
    /// The web address to use if the link names nothing in the edition.
    pub web: Option<String>,
    /// Whether it is a wiki link, which names a note by its title.
    pub wiki: bool,
    /// Its bytes in the file.
    pub span: Span,
}

impl LinkTo {
    /// The web or mail address of the link, if it has one.
    pub(crate) fn web(&self) -> Option<&str> {
        match self {
            Self::Web(url) => Some(url),
            Self::Near(_) | Self::Heading(_) | Self::Story { .. } => None,
        }
    }
}

impl Inline {
    /// The inlines inside this one; `None` for a kind that has none.
    pub(crate) fn inner(&self) -> Option<&[Self]> {
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

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The alignment of each column.
    pub align: Vec<Align>,
    /// How many rows, from the first on, are the table's head.
    pub heads: usize,
    /// The rows, each with a cell for every column. A cell that another cell covers is empty.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// The cells that cover others.
    pub spans: Vec<CellSpan>,
}

/// A cell that takes more than one column or row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellSpan {
    /// The index of its row.
    pub row: usize,
    /// The index of its first column.
    pub column: usize,
    /// The number of rows that it takes.
    pub rows: usize,
    /// The number of columns that it takes.
    pub columns: usize,
}

/// A cell in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'a> {
    /// Its text.
    pub text: &'a [Inline],
    /// The index of its first column.
    pub column: usize,
    /// The number of rows that it takes.
    pub rows: usize,
    /// The number of columns that it takes.
    pub columns: usize,
}

impl Table {
    /// The number of columns.
    pub(crate) fn width(&self) -> usize {
        self.align.len()
    }

    /// The cells that begin in a row, without those that other cells cover.
    pub(crate) fn cells(&self, row: usize) -> impl Iterator<Item = Cell<'_>> {
        let texts = self.rows.get(row).map_or(&[][..], Vec::as_slice);
        let met = |span: &&CellSpan| (span.row..span.row + span.rows).contains(&row);
        let spans: Vec<CellSpan> = self.spans.iter().filter(met).copied().collect();
        texts.iter().enumerate().filter_map(move |(column, text)| {
            let over =
                |span: &&CellSpan| (span.column..span.column + span.columns).contains(&column);
            match spans.iter().find(over) {
                None => Some(Cell { text, column, rows: 1, columns: 1 }),
                Some(span) if (span.row, span.column) == (row, column) => {
                    Some(Cell { text, column, rows: span.rows, columns: span.columns })
                }
                Some(_) => None,
            }
        })
    }

    /// Whether a cell of a row above reaches into this row.
    pub fn is_joined(&self, row: usize) -> bool {
        self.spans.iter().any(|span| span.row < row && row < span.row + span.rows)
    }
}
