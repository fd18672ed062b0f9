//! The parts of a story that print sets apart, and the runs of text in each.

use std::borrow::Cow;

use crate::content::model::{Block, Inline, Run, Story};
use crate::typeset::{
    Arranged, Density, Place, arranged, code_text, density, printed, printed_runs,
};

/// A part of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The headline.
    Head,
    /// The short headline, which stands for it where it fits better.
    ShortHead,
    /// The kicker above either.
    Kicker,
    /// The deck.
    Deck,
    /// Everything in the thread: byline, dateline, body, facts, notes, corrections; in a brief its
    /// headline too.
    Text,
    /// The caption and credit of a picture, and the headline of one that stands by itself.
    Caption(usize),
    /// A pull-quote.
    Quote(usize),
}

/// What sort of lines a unit of the body has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Who wrote it.
    Byline,
    /// A paragraph.
    Text,
    /// A paragraph that begins with a drop cap, with so many lines beside it.
    Capped(u8),
    /// A paragraph in a list or a quotation.
    Relief,
    /// A subhead.
    Subhead,
    /// A line of code.
    Code,
    /// A row of a table.
    Row,
}

/// A run as it is printed.
#[derive(Debug, Clone)]
pub struct Printed {
    /// First byte in the file.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
    /// What stands on the page.
    pub text: String,
    /// The part it belongs to.
    pub part: Part,
    /// In the thread: the number of its unit in [`Parts::units`].
    pub unit: Option<usize>,
    /// Whether it is in the head of a table, which stands again where a leg begins in that.
    pub again: bool,
}

/// All runs of a story by their place in its file.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// Sorted by `(start, end)`.
    pub runs: Vec<Printed>,
    /// The kinds of the units of the thread, in order.
    pub units: Vec<Kind>,
    /// The unit that facts, notes and corrections begin with.
    pub asides: usize,
    /// How much of the text is run in.
    density: Density,
}

impl Parts {
    /// The parts of a story, so many of whose lines stand beside a drop cap.
    pub fn of(story: &Story, cap_lines: u8) -> Self {
        let mut parts = Self { density: density(story), ..Self::default() };
        if story.is_picture() {
            parts.inlines(&story.headline, Part::Caption(0), None);
            let named = story.kicker.iter().chain(&story.authors);
            named.for_each(|run| parts.run(Some(run), Part::Caption(0), None));
        } else {
            parts.inlines(&story.headline, Part::Head, None);
            parts.run(story.short_headline.as_ref(), Part::ShortHead, None);
            parts.run(story.kicker.as_ref(), Part::Kicker, None);
            parts.thread(story, cap_lines, false);
        }
        if let Some(deck) = &story.deck {
            parts.inlines(&deck.text, Part::Deck, None);
        }
        for (index, picture) in story.pictures.iter().enumerate() {
            parts.inlines(&picture.caption, Part::Caption(index), None);
            parts.run(picture.credit.as_ref(), Part::Caption(index), None);
        }
        for (index, quote) in story.quotes.iter().enumerate() {
            parts.inlines(&quote.text, Part::Quote(index), None);
            parts.run(quote.by.as_ref(), Part::Quote(index), None);
        }
        parts.sorted()
    }

    /// The parts of a brief: all of it is in the thread.
    pub fn of_brief(story: &Story) -> Self {
        let mut parts = Self { density: density(story), ..Self::default() };
        parts.thread(story, 0, true);
        parts.sorted()
    }

    fn sorted(mut self) -> Self {
        self.runs.sort_by_key(|run| (run.start, run.end));
        self
    }

    /// The run of a range of bytes.
    pub fn find(&self, start: u32, end: u32) -> Option<&Printed> {
        let at = self.runs.binary_search_by_key(&(start, end), |run| (run.start, run.end)).ok()?;
        Some(&self.runs[at])
    }

    fn thread(&mut self, story: &Story, cap_lines: u8, brief: bool) {
        let byline = self.unit(Kind::Byline);
        for author in &story.authors {
            self.run(Some(author), Part::Text, Some(byline));
        }
        let kind = if cap_lines > 0 { Kind::Capped(cap_lines) } else { Kind::Text };
        let opening = self.unit(kind);
        // Beside a cap there is no room for it: the theme sets it with the byline.
        let dateline = if cap_lines > 0 { byline } else { opening };
        self.run(story.dateline.as_ref(), Part::Text, Some(dateline));
        if brief {
            self.run(story.kicker.as_ref(), Part::Text, Some(opening));
            self.inlines(&story.headline, Part::Text, Some(opening));
        }
        let mut blocks = &story.body[..];
        if let [Block::Paragraph(first), rest @ ..] = blocks {
            self.paragraph(first, Kind::Text, opening);
            blocks = rest;
        }
        self.blocks(blocks, Kind::Text);
        self.asides = self.units.len();
        if let Some(facts) = &story.facts {
            let title = self.unit(Kind::Subhead);
            self.run(facts.title.as_ref(), Part::Text, Some(title));
            for item in &facts.items {
                let unit = self.unit(Kind::Relief);
                self.inlines(item, Part::Text, Some(unit));
            }
        }
        for note in &story.notes {
            self.blocks(note, Kind::Text);
        }
        for correction in &story.corrections {
            let unit = self.unit(Kind::Text);
            self.run(Some(correction), Part::Text, Some(unit));
        }
    }

    fn unit(&mut self, kind: Kind) -> usize {
        self.units.push(kind);
        self.units.len() - 1
    }

    fn blocks(&mut self, blocks: &[Block], kind: Kind) {
        for one in arranged(blocks, self.density) {
            let block = match one {
                Arranged::Block(block) => block,
                Arranged::RunIn { head, text, items } => {
                    let unit = self.unit(kind);
                    self.inlines(head.unwrap_or_default(), Part::Text, Some(unit));
                    self.paragraph(text.unwrap_or_default(), kind, unit);
                    let unit = self.units.len() - 1;
                    for item in items.iter().flatten() {
                        if let Block::Paragraph(text) = item {
                            self.inlines(text, Part::Text, Some(unit));
                        }
                    }
                    continue;
                }
            };
            match block {
                Block::Paragraph(inlines) => {
                    let unit = self.unit(kind);
                    self.paragraph(inlines, kind, unit);
                }
                Block::Subhead { text, .. } => {
                    let unit = self.unit(Kind::Subhead);
                    self.inlines(text, Part::Text, Some(unit));
                }
                Block::List { items, .. } => {
                    for item in items {
                        self.blocks(item, Kind::Relief);
                    }
                }
                Block::Quote(inner) => self.blocks(inner, Kind::Relief),
                Block::Code(lines) => {
                    for line in lines {
                        let unit = self.unit(Kind::Code);
                        self.push(line, code_text(&line.text), Part::Text, Some(unit));
                    }
                }
                Block::Table(table) => {
                    let mut unit = self.unit(Kind::Row);
                    for (row, cells) in table.rows.iter().enumerate() {
                        // Typst keeps a head with the row below it, so the two are never cut apart;
                        // nor are rows that one cell stands in.
                        if row > 0 && row > table.heads && !table.is_joined(row) {
                            unit = self.unit(Kind::Row);
                        }
                        let before = self.runs.len();
                        for cell in cells {
                            self.inlines_in(cell, Place::Cell, Part::Text, Some(unit));
                        }
                        let own = &mut self.runs[before..];
                        own.iter_mut().for_each(|run| run.again = row < table.heads);
                    }
                }
                Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
            }
        }
    }

    /// A paragraph whose first lines are of a unit. What goes on after a line break that the writer
    /// wanted is a unit of its own: to the eye it begins anew.
    fn paragraph(&mut self, inlines: &[Inline], kind: Kind, first: usize) {
        let mut unit = Some(first);
        for lines in inlines.split(|inline| *inline == Inline::Break) {
            let own = unit.take().unwrap_or_else(|| self.unit(kind));
            self.inlines(lines, Part::Text, Some(own));
        }
    }

    fn inlines(&mut self, inlines: &[Inline], part: Part, unit: Option<usize>) {
        self.inlines_in(inlines, Place::Line, part, unit);
    }

    fn inlines_in(&mut self, inlines: &[Inline], place: Place, part: Part, unit: Option<usize>) {
        let each = &mut |run: &Run, text: Cow<str>| self.push(run, text.into_owned(), part, unit);
        printed_runs(inlines, place, each);
    }

    fn run(&mut self, run: Option<&Run>, part: Part, unit: Option<usize>) {
        if let Some(run) = run {
            self.push(run, printed(&run.text, Place::Line).into_owned(), part, unit);
        }
    }

    fn push(&mut self, run: &Run, text: String, part: Part, unit: Option<usize>) {
        let (start, end) = (run.span.start, run.span.end);
        self.runs.push(Printed { start, end, text, part, unit, again: false });
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Parts};
    use crate::content::model::{Block, Inline, Run};
    use crate::diag::{FileNo, Span};

    #[test]
    fn a_line_break_that_the_writer_wanted_begins_a_unit() {
        let run = |start: u32| {
            let span = Span { file: FileNo(0), start, end: start + 1 };
            Inline::Text(Run { text: "x".into(), span })
        };
        let inner = Inline::Emph(vec![run(2), Inline::Break, run(3)]);
        let body = [
            Block::Paragraph(vec![run(0), run(1), Inline::Break, inner]),
            Block::Paragraph(vec![run(4)]),
        ];
        let mut parts = Parts::default();
        parts.blocks(&body, Kind::Text);
        let units: Vec<_> = parts.runs.iter().map(|run| run.unit).collect();
        assert_eq!(units, [0, 0, 1, 1, 2].map(Some));
        assert_eq!(parts.units, [Kind::Text; 3]);
    }
}
