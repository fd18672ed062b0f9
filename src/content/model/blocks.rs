//! The tree of a text: its blocks, and what stands in their lines.

use serde::{Deserialize, Serialize};

use crate::diag::Span;

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

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The alignment of each column.
    pub align: Vec<Align>,
    /// How many of its rows, from the first one on, are its head.
    pub heads: usize,
    /// Its rows. Each has a cell for every column; one that another cell covers is empty.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// The cells that cover others.
    pub spans: Vec<CellSpan>,
}

/// A cell that is more than a column wide or a row high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellSpan {
    /// Its row.
    pub row: usize,
    /// Its first column.
    pub column: usize,
    /// The rows that it takes.
    pub rows: usize,
    /// The columns that it takes.
    pub columns: usize,
}

/// A cell at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'a> {
    /// What it says.
    pub text: &'a [Inline],
    /// Its first column.
    pub column: usize,
    /// The rows that it takes.
    pub rows: usize,
    /// The columns that it takes.
    pub columns: usize,
}

impl Table {
    /// Its columns.
    pub fn width(&self) -> usize {
        self.align.len()
    }

    /// The cells that begin in a row; none of those that others cover.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = Cell<'_>> {
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

    /// Whether a cell above a row reaches down into it.
    pub fn is_joined(&self, row: usize) -> bool {
        self.spans.iter().any(|span| span.row < row && row < span.row + span.rows)
    }
}
