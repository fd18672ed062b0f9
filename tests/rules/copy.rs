//! What a story has to say, run by run: counted here from the story alone, so that what the pages
//! print can be held against it and against no galley.

use stonehand::content::model::{Block, Inline, Run, Story, runs};
use stonehand::typeset::{Arranged, Density, arranged, density};

/// Where a run belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// The line above the headline.
    Kicker,
    /// The headline.
    Headline,
    /// The standfirst.
    Deck,
    /// The caption or the credit of a picture.
    Caption(usize),
    /// A pull-quote.
    Quote(usize),
    /// The text: the number of its unit in [`Copy::units`].
    Text(usize),
}

/// What a unit of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Who wrote it.
    Byline,
    /// A paragraph, in a list too.
    Paragraph,
    /// A heading inside the text.
    Subhead,
    /// A line of code, which may be cut where it is too long for one.
    Code,
    /// A row of a table: never cut.
    Row,
    /// A row of a table's head, which stands again at the top of each leg that begins in the table.
    Head,
}

/// A run that is to be printed.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Its bytes in the file: no two runs of a story share them.
    pub(crate) span: (u32, u32),
    /// What it says.
    pub(crate) text: String,
    /// Where it belongs.
    pub(crate) place: Place,
}

/// All runs of a story in the order of reading.
#[derive(Debug, Default)]
pub(crate) struct Copy {
    pub(crate) key: String,
    pub(crate) runs: Vec<Wanted>,
    pub(crate) units: Vec<Unit>,
    /// How much of it is run in.
    density: Density,
}

impl Copy {
    /// What is to be read of a story, under its short headline if the plan wants that.
    pub(crate) fn of(story: &Story, short: bool) -> Self {
        let density = density(story);
        let mut copy = Self { key: story.key.clone(), density, ..Self::default() };
        copy.one(story.kicker.as_ref(), Place::Kicker);
        if short {
            copy.one(story.short_headline.as_ref(), Place::Headline);
        } else {
            copy.inlines(&story.headline, Place::Headline);
        }
        if let Some(deck) = &story.deck {
            copy.inlines(&deck.text, Place::Deck);
        }
        let byline = copy.unit(Unit::Byline);
        story.authors.iter().for_each(|author| copy.one(Some(author), byline));
        let mut body = &story.body[..];
        let opening = copy.unit(Unit::Paragraph);
        copy.one(story.dateline.as_ref(), opening);
        if let [Block::Paragraph(first), rest @ ..] = body {
            copy.paragraph(first, opening);
            body = rest;
        }
        let before = copy.runs.len();
        copy.blocks(body);
        // What is run in comes in other units, and no word of it may be lost on the way.
        let (mut written, mut wanted) = (vec![], vec![]);
        spans(body, &mut written);
        wanted.extend(copy.runs[before..].iter().map(|run| run.span));
        written.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(wanted, written, "{}: the text is not what was written", copy.key);
        if let Some(facts) = &story.facts {
            let title = copy.unit(Unit::Subhead);
            copy.one(facts.title.as_ref(), title);
            for item in &facts.items {
                let unit = copy.unit(Unit::Paragraph);
                copy.inlines(item, unit);
            }
        }
        story.notes.iter().for_each(|note| copy.blocks(note));
        for correction in &story.corrections {
            let unit = copy.unit(Unit::Paragraph);
            copy.one(Some(correction), unit);
        }
        for (index, picture) in story.pictures.iter().enumerate() {
            copy.inlines(&picture.caption, Place::Caption(index));
            copy.one(picture.credit.as_ref(), Place::Caption(index));
        }
        for (index, quote) in story.quotes.iter().enumerate() {
            copy.inlines(&quote.text, Place::Quote(index));
            copy.one(quote.by.as_ref(), Place::Quote(index));
        }
        copy
    }

    /// The run of these bytes and its number.
    pub(crate) fn find(&self, span: (u32, u32)) -> Option<(usize, &Wanted)> {
        self.runs.iter().enumerate().find(|(_, run)| run.span == span)
    }

    fn unit(&mut self, unit: Unit) -> Place {
        self.units.push(unit);
        Place::Text(self.units.len() - 1)
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for one in arranged(blocks, self.density) {
            let block = match one {
                Arranged::Block(block) => block,
                Arranged::RunIn { head, text, items } => {
                    let unit = self.unit(Unit::Paragraph);
                    self.inlines(head.unwrap_or_default(), unit);
                    self.paragraph(text.unwrap_or_default(), unit);
                    let unit = Place::Text(self.units.len() - 1);
                    for item in items.iter().flatten() {
                        let Block::Paragraph(text) = item else { panic!("what is run in is text") };
                        self.inlines(text, unit);
                    }
                    continue;
                }
            };
            match block {
                Block::Paragraph(text) => {
                    let unit = self.unit(Unit::Paragraph);
                    self.paragraph(text, unit);
                }
                Block::Subhead { text, .. } => {
                    let unit = self.unit(Unit::Subhead);
                    self.inlines(text, unit);
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(inner) => self.blocks(inner),
                Block::Code(lines) => {
                    for line in lines {
                        let unit = self.unit(Unit::Code);
                        self.one(Some(line), unit);
                    }
                }
                Block::Table(table) => {
                    for (at, row) in table.rows.iter().enumerate() {
                        let head = at < table.heads;
                        let unit = self.unit(if head { Unit::Head } else { Unit::Row });
                        row.iter().for_each(|cell| self.inlines(cell, unit));
                    }
                }
                Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
            }
        }
    }

    /// After a line break that the writer wanted, a paragraph begins anew.
    fn paragraph(&mut self, text: &[Inline], first: Place) {
        let mut place = Some(first);
        for lines in text.split(|inline| *inline == Inline::Break) {
            let own = place.take().unwrap_or_else(|| self.unit(Unit::Paragraph));
            self.inlines(lines, own);
        }
    }

    fn inlines(&mut self, inlines: &[Inline], place: Place) {
        let mut found = vec![];
        runs(inlines, &mut |run| found.push(run), &mut || {});
        found.into_iter().for_each(|run| self.one(Some(run), place));
    }

    fn one(&mut self, run: Option<&Run>, place: Place) {
        self.runs.extend(run.map(|run| Wanted {
            span: (run.span.start, run.span.end),
            text: run.text.clone(),
            place,
        }));
    }
}

/// The runs of blocks, whatever the program makes of these.
fn spans(blocks: &[Block], out: &mut Vec<(u32, u32)>) {
    let mut text = |inlines: &[Inline]| {
        runs(inlines, &mut |run| out.push((run.span.start, run.span.end)), &mut || {});
    };
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Subhead { text: inlines, .. } => text(inlines),
            Block::Table(table) => table.rows.iter().flatten().for_each(|cell| text(cell)),
            _ => {}
        }
    }
    for block in blocks {
        match block {
            Block::List { items, .. } => items.iter().for_each(|item| spans(item, out)),
            Block::Quote(inner) => spans(inner, out),
            Block::Code(lines) => {
                out.extend(lines.iter().map(|line| (line.span.start, line.span.end)));
            }
            _ => {}
        }
    }
}
