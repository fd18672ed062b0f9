//! A story as Typst content. The content is built as values and never as Typst source, so that nothing
//! in a story can run as code.

use std::num::NonZeroUsize;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use typst::World;
use typst::diag::{At, SourceResult, bail};
use typst::engine::Engine;
use typst::foundations::{
    Array, Bytes, Content, Dict, IntoValue, NativeElement, Packed, Smart, Value, func,
};
use typst::layout::{Abs, Alignment, Fr, HAlignment, Length, PadElem, Sizing, TrackSizings};
use typst::model::{
    Destination, EmphElem, EnumElem, EnumItem, HeadingElem, LinkElem, LinkTarget, ListElem,
    ListItem, ParElem, QuoteElem, StrongElem, TableCell, TableChild, TableElem, TableHeader,
    TableItem, Url,
};
use typst::syntax::{FileId, Span as TypstSpan};
use typst::text::{FontWeight, LinebreakElem, StrikeElem, SubElem, SuperElem, TextElem};

use super::breaks::{
    TextPlace, breaks_between, code_text, lone_break, printed, printed_code, since_break, stretches,
};
use super::letters::by_capital;
use super::own_elements::{AsterismElem, ListingElem, MonoElem, RunInElem, ShortsElem};
use super::run_in::{Arranged, Density, arranged, density};
use super::span::run_span;
use super::table_columns::{Columns, columns, glued, is_figures, is_gap, unbroken};
use super::virtual_files::{NOWHERE, file_id, story_path};
use crate::content::model::Table;
use crate::content::model::{Align, Block, Inline, LinkTo, Plainness, Run, Story, plain};
use crate::language::{primary, region};

/// The level of a subhead in the outline: a section has 1, a headline 2.
const SUBHEAD_LEVEL: NonZeroUsize = NonZeroUsize::new(3).unwrap();
/// The level of a subhead directly below another one.
const UNDER_LEVEL: NonZeroUsize = NonZeroUsize::new(4).unwrap();
/// Two items of a list may stand on a line if no item has more letters than this,
const SHORT_LETTERS: usize = 32;
/// and if there are at least this many.
const SHORT_ITEMS: usize = 4;

/// A drop cap, and the lines of the opening that stand beside it and are shorter than the others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DropCap {
    /// The length in bytes of the cap in the printed text of the opening.
    pub cap: usize,
    /// Where the lines beside it end, in bytes of the printed text; empty until they are found.
    pub lines: Vec<usize>,
}

/// A story's virtual file, for [`story_path`].
pub fn story_file(story: &Story, cap: Option<&DropCap>) -> Bytes {
    Bytes::new(serde_json::to_vec(&(story, cap)).unwrap_or_default())
}

/// The story in a slot, as a dictionary of content: `key`,
/// `headline`, `short-headline`, `kicker`, `deck`, `authors`, `dateline`, `opening`, `drop-cap`,
/// `dense`, `blocks`, `notes`, `corrections`, `facts`, `pictures`, `quotes`, `lang`, `url`.
///
/// `drop-cap` is none, or stands in the place of `opening`: the `cap`, the `lines` beside it, and the
/// `rest`. `dense` is whether the text is hardly more than subheads: then those that are not run in
/// are set closer.
#[func]
pub(super) fn story(
    engine: &mut Engine,
    /// The number of the slot.
    slot: usize,
    /// What is put behind the last word.
    #[named]
    end: Option<Content>,
    /// The width of its text, by which the columns of its tables are set.
    #[named]
    width: Option<Length>,
) -> SourceResult<Dict> {
    let file = file_id(&story_path(slot));
    let data = engine.world.file(file).at(NOWHERE)?;
    match serde_json::from_slice::<(Story, Option<DropCap>)>(&data) {
        Ok((story, cap)) => {
            let width = width.map_or(0.0, |width| width.abs.to_pt());
            Ok(story_dict(&story, cap.as_ref(), (file, width), end))
        }
        Err(error) => bail!(NOWHERE, "slot {slot} holds no story: {error}"),
    }
}

/// A story as a dictionary of content. Its runs point into `file`, and its text is `width` points
/// wide.
fn story_dict(
    story: &Story,
    cap: Option<&DropCap>,
    (file, width): (FileId, f64),
    end: Option<Content>,
) -> Dict {
    let density = density(story);
    let hyphenated = story.plainness < Plainness::NoHyphens;
    let set = ContentMaker { file, place: TextPlace::Line, width, density, hyphenated };
    let (opening, rest) = match story.body.split_first() {
        Some((Block::Paragraph(first), rest)) => (Some(first), rest),
        _ => (None, &story.body[..]),
    };
    let mark = if rest.is_empty() { end.clone() } else { None };
    let cap = cap.zip(opening).map(|(cap, text)| set.drop_cap(cap, text, mark.clone()));
    let opening = opening.map(|text| set.inlines(text) + mark.unwrap_or_default());
    let facts = story.facts.as_ref().map(|facts| {
        let items: Array = facts.items.iter().map(|item| set.inlines(item).into_value()).collect();
        dict(vec![("title", set.optional(facts.title.as_ref())), ("items", items.into_value())])
    });
    // The first paragraph of a note stands beside its number.
    let note = |blocks: &Vec<Block>| set.item(blocks, None).into_value();
    dict(vec![
        ("key", story.key.as_str().into_value()),
        ("headline", set.inlines(&story.headline).into_value()),
        ("short-headline", set.optional(story.short_headline.as_ref())),
        ("kicker", set.optional(story.kicker.as_ref())),
        ("deck", story.deck.as_ref().map(|deck| set.inlines(&deck.text)).into_value()),
        ("authors", set.each(&story.authors)),
        ("dateline", set.optional(story.dateline.as_ref())),
        ("opening", opening.into_value()),
        ("drop-cap", cap.into_value()),
        ("dense", (density == Density::Dense).into_value()),
        ("blocks", set.blocks(rest, end).into_value()),
        ("notes", story.notes.iter().map(note).collect::<Array>().into_value()),
        ("corrections", set.each(&story.corrections)),
        ("facts", facts.into_value()),
        ("pictures", set.pictures(story)),
        ("quotes", set.quotes(story)),
        ("lang", story.lang.as_deref().map(primary).into_value()),
        ("region", story.lang.as_deref().and_then(region).into_value()),
        ("url", story.canonical.as_deref().into_value()),
    ])
}

#[derive(Clone, Copy)]
struct ContentMaker {
    file: FileId,
    place: TextPlace,
    /// How wide the text is, in points.
    width: f64,
    /// How much of the text is run in.
    density: Density,
    /// Whether words may be hyphenated.
    hyphenated: bool,
}

impl ContentMaker {
    fn span(&self, run: &Run) -> TypstSpan {
        run_span(self.file, run.span.start..run.span.end)
    }

    fn run(&self, run: &Run) -> Content {
        self.text(run, &printed(&run.text, self.place), 0)
    }

    fn code(&self, run: &Run) -> Content {
        MonoElem::new(self.text(run, &printed_code(&run.text, self.place), 0)).pack()
    }

    /// A piece of a run's printed text that begins `from` bytes after its start. An address is never
    /// hyphenated: a reader couldn't tell which hyphens belong to it.
    fn text(&self, run: &Run, text: &str, from: usize) -> Content {
        if self.place == TextPlace::Cell {
            return self.cell_text(run, text);
        }
        self.stretched(run, text, from)
    }

    /// Text in a cell of a table: its numbers are never broken.
    fn cell_text(&self, run: &Run, text: &str) -> Content {
        let mut at = 0;
        let mut parts = vec![];
        for Range { start, end } in glued(text) {
            parts.push(self.stretched(run, &text[at..start], at));
            parts.push(unbroken(self.stretched(run, &text[start..end], start)));
            at = end;
        }
        parts.push(self.stretched(run, &text[at..], at));
        Content::sequence(parts)
    }

    fn stretched(&self, run: &Run, text: &str, from: usize) -> Content {
        let span = self.span(run);
        let mut at = from;
        let mut pieces = vec![];
        for (stretch, address) in stretches(text) {
            for (piece, capital) in by_capital(stretch) {
                let mut content = TextElem::packed(piece).spanned(span);
                if at > 0 {
                    content = content.set(TextElem::span_offset, at);
                }
                if address || !self.hyphenated {
                    content = content.set(TextElem::hyphenate, Smart::Custom(false));
                }
                if !capital {
                    content = content.set(TextElem::case, None);
                }
                at += piece.len();
                pieces.push(content);
            }
        }
        Content::sequence(pieces)
    }

    fn optional(&self, run: Option<&Run>) -> Value {
        run.map(|run| self.run(run)).into_value()
    }

    fn each(&self, runs: &[Run]) -> Value {
        runs.iter().map(|run| self.run(run).into_value()).collect::<Array>().into_value()
    }

    fn inlines(&self, inlines: &[Inline]) -> Content {
        let mut broken = true;
        let kept = inlines.iter().filter(|inline| {
            // Two line breaks in a row would leave an empty line, which print doesn't have.
            let twice = broken && matches!(inline, Inline::Break);
            let blank = matches!(inline, Inline::Text(run) if run.text.trim().is_empty());
            broken = matches!(inline, Inline::Break) || (broken && blank);
            !twice
        });
        let mut before: Option<&Run> = None;
        // The letters since the last place to break. Entities and escapes are runs of their own.
        let mut since = 0;
        let mut parts = vec![];
        for inline in kept {
            let run = if let Inline::Text(run) = inline { Some(run) } else { None };
            if before.zip(run).is_some_and(|(a, b)| breaks_between((a, since), b, self.place)) {
                parts.push(lone_break());
                since = 0;
            }
            since = run.map_or(0, |run| since_break(&run.text, since));
            before = run;
            parts.push(self.inline(inline));
        }
        Content::sequence(parts)
    }

    fn inline(&self, inline: &Inline) -> Content {
        match inline {
            Inline::Text(run) => self.run(run),
            Inline::Code(run) => self.code(run),
            Inline::Emph(inner) => EmphElem::new(self.inlines(inner)).pack(),
            Inline::Strong(inner) => StrongElem::new(self.inlines(inner)).pack(),
            Inline::Strike(inner) => StrikeElem::new(self.inlines(inner)).pack(),
            Inline::Super(inner) => SuperElem::new(self.inlines(inner)).pack(),
            Inline::Sub(inner) => SubElem::new(self.inlines(inner)).pack(),
            Inline::Link { to, text } => link(to, self.inlines(text)),
            Inline::Note(number) => SuperElem::new(TextElem::packed(number.to_string())).pack(),
            Inline::Break => LinebreakElem::new().pack(),
        }
    }

    /// The opening in pieces: the cap, the lines beside it, the rest.
    fn drop_cap(&self, cap: &DropCap, opening: &[Inline], end: Option<Content>) -> Dict {
        let piece = |from: usize, to: usize| {
            let mut at = 0;
            self.window(opening, &mut at, from, to)
        };
        let ends = || std::iter::once(&cap.cap).chain(&cap.lines);
        let lines: Array =
            ends().zip(&cap.lines).map(|(from, to)| piece(*from, *to).into_value()).collect();
        let rest = piece(ends().last().copied().unwrap_or(0), usize::MAX);
        dict(vec![
            ("cap", piece(0, cap.cap).into_value()),
            ("lines", lines.into_value()),
            ("rest", (rest + end.unwrap_or_default()).into_value()),
        ])
    }

    /// The part of some inlines between two bytes of the opening's printed text, without white space
    /// at either end. `at` is the byte where the inlines begin; it is moved to where they end.
    fn window(&self, inlines: &[Inline], at: &mut usize, from: usize, to: usize) -> Content {
        let mut pieces = vec![];
        for inline in inlines {
            let nested = |at: &mut usize, inner: &[Inline]| self.window(inner, at, from, to);
            let begins = *at;
            let piece = match inline {
                Inline::Text(run) => {
                    self.part_of((run, &printed(&run.text, self.place)), at, from, to)
                }
                Inline::Code(run) => {
                    let text = printed_code(&run.text, self.place);
                    MonoElem::new(self.part_of((run, &text), at, from, to)).pack()
                }
                Inline::Emph(inner) => EmphElem::new(nested(at, inner)).pack(),
                Inline::Strong(inner) => StrongElem::new(nested(at, inner)).pack(),
                Inline::Strike(inner) => StrikeElem::new(nested(at, inner)).pack(),
                Inline::Super(inner) => SuperElem::new(nested(at, inner)).pack(),
                Inline::Sub(inner) => SubElem::new(nested(at, inner)).pack(),
                Inline::Link { to, text } => link(to, nested(at, text)),
                // A note or a line break has no bytes: it goes with what stands before it.
                Inline::Note(_) | Inline::Break if from < *at && *at <= to => self.inline(inline),
                Inline::Note(_) | Inline::Break => continue,
            };
            if begins == *at || (begins < to && from < *at) {
                pieces.push(piece);
            }
        }
        Content::sequence(pieces)
    }

    /// The part of a run between two bytes of the opening's printed text. The run begins at `at`.
    fn part_of(
        &self,
        (run, text): (&Run, &str),
        at: &mut usize,
        from: usize,
        to: usize,
    ) -> Content {
        let clip = |byte: usize| byte.saturating_sub(*at).min(text.len());
        let (mut start, mut stop) = (clip(from), clip(to));
        // The white space at a line's end is printed on neither line.
        if from > *at && start < stop {
            start = stop - text[start..stop].trim_start().len();
        }
        *at += text.len();
        if to <= *at && start < stop {
            stop = start + text[start..stop].trim_end().len();
        }
        self.text(run, &text[start..stop], start)
    }

    /// Blocks in order. `end` is put behind the last word, if the last block has words.
    fn blocks(&self, blocks: &[Block], end: Option<Content>) -> Content {
        let arranged = arranged(blocks, self.density);
        let mut end = end;
        let mut under = false;
        let count = arranged.len();
        Content::sequence(arranged.into_iter().enumerate().map(|(index, one)| {
            let end = if index + 1 == count { end.take() } else { None };
            let set = match one {
                Arranged::Block(block) => self.block(block, under, end),
                Arranged::RunIn { head, text, items } => self.run_in(head, text, items, end),
            };
            under = matches!(one, Arranged::Block(Block::Subhead { .. }));
            set
        }))
    }

    fn run_in(
        &self,
        head: Option<&[Inline]>,
        text: Option<&[Inline]>,
        items: &[Vec<Block>],
        end: Option<Content>,
    ) -> Content {
        let mut end = end.unwrap_or_default();
        let mut bodies = Array::new();
        for (index, item) in items.iter().enumerate() {
            let end =
                if index + 1 == items.len() { std::mem::take(&mut end) } else { Content::empty() };
            bodies.push((self.item(item, None) + end).into_value());
        }
        let head = head.map(|text| subhead(self.inlines(text), SUBHEAD_LEVEL));
        let text = text.map_or_else(Content::empty, |text| self.inlines(text)) + end;
        RunInElem::new(head, text, bodies).pack()
    }

    /// A block; `under` is whether a subhead stands directly above it.
    fn block(&self, block: &Block, under: bool, end: Option<Content>) -> Content {
        match block {
            Block::Paragraph(inlines) => {
                ParElem::new(self.inlines(inlines) + end.unwrap_or_default()).pack()
            }
            Block::Subhead { text, .. } => {
                subhead(self.inlines(text), if under { UNDER_LEVEL } else { SUBHEAD_LEVEL })
            }
            Block::List { start, items } => self.list(*start, items, end),
            Block::Quote(inner) => QuoteElem::new(self.blocks(inner, end)).with_block(true).pack(),
            Block::Code(lines) => {
                let break_ = LinebreakElem::new().pack();
                let lines = lines.iter().map(|line| self.code_line(line));
                let mut parts = vec![];
                for (index, line) in lines.enumerate() {
                    if index > 0 {
                        parts.push(break_.clone());
                    }
                    parts.push(line);
                }
                ListingElem::new(Content::sequence(parts)).pack()
            }
            Block::Table(table) => self.table(table),
            Block::Rule => AsterismElem::new().pack(),
            Block::Picture(_) | Block::PullQuote(_) => Content::empty(),
        }
    }

    /// A line of code: its spaces are kept, and it may break after any sign.
    fn code_line(&self, line: &Run) -> Content {
        TextElem::packed(code_text(&line.text).as_str()).spanned(self.span(line))
    }

    fn list(&self, start: Option<u64>, items: &[Vec<Block>], end: Option<Content>) -> Content {
        let mut end = end;
        let mut bodies = vec![];
        for (index, item) in items.iter().enumerate() {
            let end = if index + 1 == items.len() { end.take() } else { None };
            bodies.push(self.item(item, end));
        }
        match start {
            Some(first) => {
                let items = bodies.into_iter().map(|body| Packed::new(EnumItem::new(body)));
                EnumElem::new(items.collect()).with_start(Smart::Custom(first)).pack()
            }
            None => {
                let bodies = bodies.into_iter().map(|body| Packed::new(ListItem::new(body)));
                let list = ListElem::new(bodies.collect()).pack();
                if are_short(items) { ShortsElem::new(list).pack() } else { list }
            }
        }
    }

    /// The content of a list's item: the text alone if it is one paragraph, else its blocks.
    fn item(&self, blocks: &[Block], end: Option<Content>) -> Content {
        match blocks {
            // Its first paragraph may go on with a list.
            _ if matches!(arranged(blocks, self.density).first(), Some(Arranged::RunIn { .. })) => {
                self.blocks(blocks, end)
            }
            [Block::Paragraph(inlines)] => self.inlines(inlines) + end.unwrap_or_default(),
            [Block::Paragraph(first), rest @ ..] => self.inlines(first) + self.blocks(rest, end),
            // The white above a subhead would separate it from the item's mark.
            [Block::Subhead { text, .. }, rest @ ..] => {
                let head = StrongElem::new(self.inlines(text)).pack();
                match rest {
                    [] => head + end.unwrap_or_default(),
                    rest => head + self.blocks(rest, end),
                }
            }
            // The white around a listing would put the item's mark off the grid, so the mark gets a
            // line of its own.
            [Block::Code(_), ..] => lone_break() + self.blocks(blocks, end),
            _ => self.blocks(blocks, end),
        }
    }

    fn table(&self, table: &Table) -> Content {
        let Some(Columns { widths, gap }) = columns(table, self.width) else {
            return self.stacked(table);
        };
        let set = Self { place: TextPlace::Cell, ..*self };
        let line = |row: usize| {
            table.cells(row).map(move |cell| {
                let side = match table.align.get(cell.column) {
                    Some(Align::End) => Some(HAlignment::End),
                    Some(Align::Center) => Some(HAlignment::Center),
                    _ => None,
                };
                let mut text = set.inlines(cell.text);
                let broken = cell.text.contains(&Inline::Break);
                if is_figures(&plain(cell.text)) && !broken {
                    text = unbroken(text);
                }
                if gap > 0.0 && is_gap(table, cell.column + cell.columns - 1) {
                    text = PadElem::new(text).with_right(Abs::pt(gap).into()).pack();
                }
                let mut out = TableCell::new(in_weight(text, row, table))
                    .with_colspan(taken(cell.columns))
                    .with_rowspan(taken(cell.rows));
                if let Some(side) = side {
                    out = out.with_align(Smart::Custom(Alignment::H(side)));
                }
                TableItem::Cell(Packed::new(out))
            })
        };
        rows(table, line).with_columns(TrackSizings(widths.into())).pack()
    }

    /// A table that is too wide for its place: each row becomes one cell that holds the texts of all
    /// its cells after each other.
    fn stacked(&self, table: &Table) -> Content {
        let set = Self { place: TextPlace::Cell, ..*self };
        let line = |row: usize| {
            let mut parts = vec![];
            for cell in table.rows[row].iter().filter(|cell| !plain(cell).trim().is_empty()) {
                if !parts.is_empty() {
                    parts.push(TextElem::packed(if parts.len() == 1 { ": " } else { " · " }));
                }
                parts.push(set.inlines(cell));
            }
            let text = in_weight(Content::sequence(parts), row, table);
            std::iter::once(TableItem::Cell(Packed::new(TableCell::new(text))))
        };
        let columns = TrackSizings(vec![Sizing::Fr(Fr::one())].into());
        rows(table, line).with_columns(columns).pack()
    }

    fn pictures(&self, story: &Story) -> Value {
        let alone = story.is_picture().then(|| {
            dict(vec![
                (
                    "headline",
                    (!story.headline.is_empty())
                        .then(|| self.inlines(&story.headline))
                        .into_value(),
                ),
                ("kicker", self.optional(story.kicker.as_ref())),
                ("authors", self.each(&story.authors)),
                ("url", story.canonical.as_deref().into_value()),
            ])
        });
        let one = |picture: &crate::content::model::PictureRef| {
            dict(vec![
                ("story", alone.clone().into_value()),
                ("alt", picture.alt.as_deref().into_value()),
                ("caption", self.inlines(&picture.caption).into_value()),
                ("captioned", (!picture.caption.is_empty() || alone.is_some()).into_value()),
                ("credit", self.optional(picture.credit.as_ref())),
            ])
            .into_value()
        };
        story.pictures.iter().map(one).collect::<Array>().into_value()
    }

    fn quotes(&self, story: &Story) -> Value {
        let one = |quote: &crate::content::model::PullQuote| {
            dict(vec![
                ("text", self.inlines(&quote.text).into_value()),
                ("by", self.optional(quote.by.as_ref())),
            ])
            .into_value()
        };
        story.quotes.iter().map(one).collect::<Array>().into_value()
    }
}

fn subhead(text: Content, level: NonZeroUsize) -> Content {
    HeadingElem::new(text)
        .with_level(Smart::Custom(level))
        .with_outlined(false)
        .with_bookmarked(Smart::Custom(false))
        .pack()
}

/// Whether the items of a list may be short enough to stand two on a line. Typst measures how wide
/// they are; this spares it most lists.
fn are_short(items: &[Vec<Block>]) -> bool {
    let short = |item: &Vec<Block>| match item.as_slice() {
        [Block::Paragraph(inlines)] => plain(inlines).chars().count() <= SHORT_LETTERS,
        _ => false,
    };
    items.len() >= SHORT_ITEMS && items.iter().all(short)
}

/// The rows of a table, its head separate from the others.
fn rows<I: Iterator<Item = TableItem>>(table: &Table, line: impl Fn(usize) -> I) -> TableElem {
    let mut children = vec![];
    if table.heads > 0 {
        let header = TableHeader::new((0..table.heads).flat_map(&line).collect());
        children.push(TableChild::Header(Packed::new(header.with_repeat(true))));
    }
    let body = (table.heads..table.rows.len()).flat_map(&line);
    children.extend(body.map(TableChild::Item));
    TableElem::new(children)
}

/// Gives the text of a row its weight. Themes set the first row in bold, as the head; here rows that
/// are no head lose that, and further rows of the head get it.
fn in_weight(text: Content, row: usize, table: &Table) -> Content {
    match (row < table.heads, row) {
        (false, 0) => text.set(TextElem::weight, FontWeight::REGULAR),
        (true, 1..) => text.set(TextElem::weight, FontWeight::SEMIBOLD),
        _ => text,
    }
}

fn taken(tracks: usize) -> NonZeroUsize {
    NonZeroUsize::new(tracks).unwrap_or(NonZeroUsize::MIN)
}

fn link(to: &LinkTo, text: Content) -> Content {
    match to.web().map(Url::new) {
        Some(Ok(url)) => LinkElem::new(LinkTarget::Dest(Destination::Url(url)), text).pack(),
        _ => text,
    }
}

fn dict(pairs: Vec<(&str, Value)>) -> Dict {
    pairs.into_iter().map(|(key, value)| (key.into(), value)).collect()
}
