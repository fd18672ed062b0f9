//! The parts of a story that stand in places of their own, and the runs of text in each.

use std::borrow::Cow;

use crate::content::model::{Block, Inline, Run, Story};
use crate::typeset::{
    Arranged, Density, TextPlace, arranged, code_text, density, printed, printed_runs,
};

/// A part of a story that has a place of its own in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StoryPart {
    /// The headline.
    Head,
    /// The short headline, which stands for it where it fits better.
    ShortHead,
    /// The kicker above either.
    Kicker,
    /// The deck.
    Deck,
    /// All that is threaded through the legs: byline, dateline, body, facts, notes, corrections; in a
    /// brief its headline too.
    Text,
    /// The caption and credit of the picture of this index; where a picture stands by itself, its
    /// headline too.
    Caption(usize),
    /// The pull-quote of this index.
    Quote(usize),
}

/// What a unit of the body is. A unit is what the rules for the ends of legs treat as one: a
/// paragraph, a subhead, a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// The byline.
    Byline,
    /// A paragraph.
    Text,
    /// A paragraph that begins with a drop cap, with the number of lines beside the cap.
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
    /// Its first byte in the story's file.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
    /// The text on the page.
    pub text: String,
    /// The part it belongs to.
    pub part: StoryPart,
    /// In the body: the index of its unit in [`Parts::units`].
    pub unit: Option<usize>,
    /// Whether it is in the head of a table, which is repeated where a leg begins within the table.
    pub again: bool,
}

/// All runs of a story.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// The runs, sorted by `(start, end)`.
    pub runs: Vec<Printed>,
    /// The units of the body, in order.
    pub units: Vec<UnitKind>,
    /// The index of the first unit of facts, notes and corrections.
    pub asides: usize,
    /// How much of the text is run in.
    density: Density,
}

impl Parts {
    /// The parts of a story. `cap_lines` is how many lines stand beside its drop cap, 0 without one.
    pub(crate) fn of_story(story: &Story, cap_lines: u8) -> Self {
        let mut parts = Self { density: density(story), ..Self::default() };
        if story.is_picture() {
            parts.inlines(&story.headline, StoryPart::Caption(0), None);
            let named = story.kicker.iter().chain(&story.authors);
            named.for_each(|run| parts.run(Some(run), StoryPart::Caption(0), None));
        } else {
            parts.inlines(&story.headline, StoryPart::Head, None);
            parts.run(story.short_headline.as_ref(), StoryPart::ShortHead, None);
            parts.run(story.kicker.as_ref(), StoryPart::Kicker, None);
            parts.thread(story, cap_lines, false);
        }
        if let Some(deck) = &story.deck {
            parts.inlines(&deck.text, StoryPart::Deck, None);
        }
        for (index, picture) in story.pictures.iter().enumerate() {
            parts.inlines(&picture.caption, StoryPart::Caption(index), None);
            parts.run(picture.credit.as_ref(), StoryPart::Caption(index), None);
        }
        for (index, quote) in story.quotes.iter().enumerate() {
            parts.inlines(&quote.text, StoryPart::Quote(index), None);
            parts.run(quote.by.as_ref(), StoryPart::Quote(index), None);
        }
        parts.sorted()
    }

    /// The parts of a brief: all of it is body text.
    pub(crate) fn of_brief(story: &Story) -> Self {
        let mut parts = Self { density: density(story), ..Self::default() };
        parts.thread(story, 0, true);
        parts.sorted()
    }

    fn sorted(mut self) -> Self {
        self.runs.sort_by_key(|run| (run.start, run.end));
        self
    }

    /// The run of a range of bytes.
    pub(crate) fn find(&self, start: u32, end: u32) -> Option<&Printed> {
        let at = self.runs.binary_search_by_key(&(start, end), |run| (run.start, run.end)).ok()?;
        Some(&self.runs[at])
    }

    fn thread(&mut self, story: &Story, cap_lines: u8, brief: bool) {
        let byline = self.unit(UnitKind::Byline);
        for author in &story.authors {
            self.run(Some(author), StoryPart::Text, Some(byline));
        }
        let kind = if cap_lines > 0 { UnitKind::Capped(cap_lines) } else { UnitKind::Text };
        let opening = self.unit(kind);
        // Beside a cap, a dateline has no room: the theme sets it with the byline.
        let dateline = if cap_lines > 0 { byline } else { opening };
        self.run(story.dateline.as_ref(), StoryPart::Text, Some(dateline));
        if brief {
            self.run(story.kicker.as_ref(), StoryPart::Text, Some(opening));
            self.inlines(&story.headline, StoryPart::Text, Some(opening));
        }
        let mut blocks = &story.body[..];
        if let [Block::Paragraph(first), rest @ ..] = blocks {
            self.paragraph(first, UnitKind::Text, opening);
            blocks = rest;
        }
        self.blocks(blocks, UnitKind::Text);
        self.asides = self.units.len();
        if let Some(facts) = &story.facts {
            let title = self.unit(UnitKind::Subhead);
            self.run(facts.title.as_ref(), StoryPart::Text, Some(title));
            for item in &facts.items {
                let unit = self.unit(UnitKind::Relief);
                self.inlines(item, StoryPart::Text, Some(unit));
            }
        }
        for note in &story.notes {
            self.blocks(note, UnitKind::Text);
        }
        for correction in &story.corrections {
            let unit = self.unit(UnitKind::Text);
            self.run(Some(correction), StoryPart::Text, Some(unit));
        }
    }

    fn unit(&mut self, kind: UnitKind) -> usize {
        self.units.push(kind);
        self.units.len() - 1
    }

    fn blocks(&mut self, blocks: &[Block], kind: UnitKind) {
        for one in arranged(blocks, self.density) {
            let block = match one {
                Arranged::Block(block) => block,
                Arranged::RunIn { head, text, items } => {
                    let unit = self.unit(kind);
                    self.inlines(head.unwrap_or_default(), StoryPart::Text, Some(unit));
                    self.paragraph(text.unwrap_or_default(), kind, unit);
                    let unit = self.units.len() - 1;
                    for item in items.iter().flatten() {
                        if let Block::Paragraph(text) = item {
                            self.inlines(text, StoryPart::Text, Some(unit));
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
                    let unit = self.unit(UnitKind::Subhead);
                    self.inlines(text, StoryPart::Text, Some(unit));
                }
                Block::List { items, .. } => {
                    for item in items {
                        self.blocks(item, UnitKind::Relief);
                    }
                }
                Block::Quote(inner) => self.blocks(inner, UnitKind::Relief),
                Block::Code(lines) => {
                    for line in lines {
                        let unit = self.unit(UnitKind::Code);
                        self.push(line, code_text(&line.text), StoryPart::Text, Some(unit));
                    }
                }
                Block::Table(table) => {
                    let mut unit = self.unit(UnitKind::Row);
                    for (row, cells) in table.rows.iter().enumerate() {
                        // Typst keeps a head with the row below it, so the two are never cut apart;
                        // nor are rows that one cell stands in.
                        if row > 0 && row > table.heads && !table.is_joined(row) {
                            unit = self.unit(UnitKind::Row);
                        }
                        let before = self.runs.len();
                        for cell in cells {
                            self.inlines_in(cell, TextPlace::Cell, StoryPart::Text, Some(unit));
                        }
                        let own = &mut self.runs[before..];
                        own.iter_mut().for_each(|run| run.again = row < table.heads);
                    }
                }
                Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
            }
        }
    }

    /// Adds a paragraph whose first lines belong to the unit `first`. After each line break of the
    /// writer's, a new unit begins: to the eye that is a new paragraph.
    fn paragraph(&mut self, inlines: &[Inline], kind: UnitKind, first: usize) {
        let mut unit = Some(first);
        for lines in inlines.split(|inline| *inline == Inline::Break) {
            let own = unit.take().unwrap_or_else(|| self.unit(kind));
            self.inlines(lines, StoryPart::Text, Some(own));
        }
    }

    fn inlines(&mut self, inlines: &[Inline], part: StoryPart, unit: Option<usize>) {
        self.inlines_in(inlines, TextPlace::Line, part, unit);
    }

    fn inlines_in(
        &mut self,
        inlines: &[Inline],
        place: TextPlace,
        part: StoryPart,
        unit: Option<usize>,
    ) {
        let each = &mut |run: &Run, text: Cow<str>| self.push(run, text.into_owned(), part, unit);
        printed_runs(inlines, place, each);
    }

    fn run(&mut self, run: Option<&Run>, part: StoryPart, unit: Option<usize>) {
        if let Some(run) = run {
            self.push(run, printed(&run.text, TextPlace::Line).into_owned(), part, unit);
        }
    }

    fn push(&mut self, run: &Run, text: String, part: StoryPart, unit: Option<usize>) {
        let (start, end) = (run.span.start, run.span.end);
        self.runs.push(Printed { start, end, text, part, unit, again: false });
    }
}

#[cfg(test)]
mod tests {
    use super::{Parts, UnitKind};
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
        parts.blocks(&body, UnitKind::Text);
        let units: Vec<_> = parts.runs.iter().map(|run| run.unit).collect();
        assert_eq!(units, [0, 0, 1, 1, 2].map(Some));
        assert_eq!(parts.units, [UnitKind::Text; 3]);
    }
}
