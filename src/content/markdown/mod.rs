//! Reads Markdown: passes the parser's events to the builder. The dialects of other programs are
//! masked before (`tags`), raw HTML is in `html`.

pub(crate) mod anchors;
pub(crate) mod builder;
pub(crate) mod extensions;
pub(crate) mod find_picture;
pub(crate) mod html;
pub(crate) mod html_elements;
pub(crate) mod math;
pub(crate) mod math_signs;
pub(crate) mod pull;
mod rows;
pub(crate) mod table_rows;
pub(crate) mod tag_args;
pub(crate) mod tags;
pub(crate) mod typography;
pub(crate) mod typography_marks;

use crate::diag::Code;
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{Alignment, BrokenLink, CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use builder::{BlockKind, Builder, Built, TableParts};
use html_elements::begins_with_tag;

use super::model::inlines::flatten;
use super::model::mention::Mention;
use super::model::style::Style;
use super::model::{Align, Block, Inline};
use super::syntax::runs::Map;
use super::syntax::scope::Scope;
use extensions::options;
use tags::{Fault, MASK, TagKind, address};
use typography_marks::escape;

/// The hint for a tag that is left out.
const WRITE_IT: &str =
    "write out the text or add the picture itself if readers of the paper should see it";

/// Reads a body. `first_quote` is the index that its first pull-quote gets.
pub(crate) fn blocks(scope: &mut Scope<'_>, text: &str, map: &Map, first_quote: usize) -> Built {
    let masked = tags::mask(text, &|key| scope.page_text(key), scope.mdx);
    warn_of_tags(scope, &masked, map);
    let mut builder = Builder::new(scope, map, &masked, first_quote);
    EventReader::new(&mut builder, 0).read(&masked.text);
    builder.finish()
}

/// Reads a text of one line: emphasis, code, links and entities, but no blocks.
pub(crate) fn inlines(scope: &mut Scope<'_>, text: &str, map: &Map) -> Vec<Inline> {
    // After an opening bracket, no character begins a list, a heading or a quote. The bracket
    // itself is dropped again below.
    let mut line = String::with_capacity(text.len() + 1);
    line.push('(');
    line.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
    let masked = tags::mask(&line, &|key| scope.page_text(key), scope.mdx);
    let map = match map {
        Map::Shift(base) => Map::Shift(base.saturating_sub(1)),
        Map::Table(table) => {
            Map::Table(table.first().into_iter().chain(table.iter()).copied().collect())
        }
    };
    warn_of_tags(scope, &masked, &map);
    let mut builder = Builder::new(scope, &map, &masked, 0);
    let mut reader = EventReader::new(&mut builder, 0);
    for (event, range) in Parser::new_ext(&masked.text, options()).into_offset_iter() {
        match event {
            Event::Text(text) if range.start == 0 => {
                let rest = text.strip_prefix('(').unwrap_or(&text);
                reader.event(Event::Text(rest.to_owned().into()), 1..range.end.max(2));
            }
            event => reader.event(event, range),
        }
    }
    let mut pictures = vec![];
    flatten(builder.finish().blocks, &mut pictures)
}

/// Reads a part of the text that stands inside HTML as Markdown, although Markdown treats it as
/// HTML.
pub(crate) fn within(builder: &mut Builder<'_, '_>, range: Range<usize>) {
    let masked = builder.masked;
    if let Some(text) = masked.text.get(range.clone()) {
        let mut reader = EventReader::new(builder, range.start);
        reader.nested = true;
        reader.read(text);
    }
}

/// A text of the front matter as a line. Tags in it are not filled from the front matter again, so
/// that no text can expand without end.
pub(crate) fn page(scope: &mut Scope<'_>, key: &str) -> Vec<Inline> {
    let page = std::mem::take(&mut scope.page);
    let line = page.get(key).map(|(text, map)| inlines(scope, text, map));
    scope.page = page;
    line.unwrap_or_default()
}

/// Reports each kind of tag that is left out once per file, and all faults in tags.
fn warn_of_tags(scope: &mut Scope<'_>, masked: &tags::Masked, map: &Map) {
    for tag in &masked.tags {
        let place = map.range(tag.range.clone());
        let name = match &tag.kind {
            TagKind::Unknown { name } => Some(name),
            TagKind::Page { key, name } => (!scope.has_page(key)).then_some(name),
            TagKind::Attributes { name, matters, .. } => {
                if *matters && scope.first(&format!("tag {name}")) {
                    let what =
                        format!("the attributes `{name}` are left out: they mean nothing in print");
                    scope.warning(Code::LeftOutAttributes, place.clone(), what);
                }
                None
            }
            TagKind::Component { name } => {
                let what =
                    format!("`{name}` is left out: only the site it was written for can show it");
                scope.warning(Code::LeftOutElement, place.clone(), what).add_hint(WRITE_IT);
                None
            }
            _ => None,
        };
        if let Some(name) = name.filter(|name| scope.first(&format!("tag {name}"))) {
            let what = format!(
                "the tag `{name}` is left out: only the site it was written for can fill it in"
            );
            scope.warning(Code::LeftOutTag, place, what).add_hint(WRITE_IT);
        }
    }
    for Fault { code, range, what, hint } in &masked.faults {
        // Faults of these kinds recur with every tag: one report is enough.
        let once = matches!(*code, Code::UnclosedTag | tags::NOTICE);
        if !once || scope.first(code.as_str()) {
            scope.warning(*code, map.range(range.clone()), what.clone()).add_hint(*hint);
        }
    }
}

/// Passes the parser's events to the builder.
struct EventReader<'r, 'b, 'a> {
    builder: &'r mut Builder<'b, 'a>,
    /// The byte offset of the text that is read within the builder's text.
    offset: usize,
    /// The pieces of the open block of raw HTML, with their places.
    html: Option<Vec<(String, Range<usize>)>>,
    /// The open picture.
    image: Option<Mention>,
    /// Whether the term of a definition is open.
    definition: bool,
    /// Whether the text stands inside HTML.
    nested: bool,
    /// Whether the text is left out, up to the end of the block.
    dropped: bool,
    /// The open lists and items: for each, whether it is a box.
    boxed: Vec<bool>,
    /// The bytes of the open table row.
    row: Range<usize>,
}

impl<'r, 'b, 'a> EventReader<'r, 'b, 'a> {
    fn new(builder: &'r mut Builder<'b, 'a>, offset: usize) -> Self {
        let (html, image, boxed, row) = (None, None, vec![], 0..0);
        let (definition, nested, dropped) = (false, false, false);
        Self { builder, offset, html, image, definition, nested, dropped, boxed, row }
    }

    fn read(&mut self, text: &str) {
        let broken = RefCell::new(vec![]);
        let callback = |link: BrokenLink<'_>| {
            // Text in a single pair of brackets is probably meant as text, not as a link.
            if link.link_type != LinkType::Shortcut {
                broken.borrow_mut().push((link.reference.to_string(), link.span));
            }
            None
        };
        let parser = Parser::new_with_broken_link_callback(text, options(), Some(callback));
        for (event, range) in parser.into_offset_iter() {
            self.event(event, range.start + self.offset..range.end + self.offset);
        }
        for (name, span) in broken.take() {
            let place = self.builder.place(&(span.start + self.offset..span.end + self.offset));
            let what = format!("the link [{name}] has no address; its brackets are printed");
            self.builder
                .scope
                .warning(Code::UndefinedReference, place, what)
                .add_hint(format!("write the address on a line of its own: [{name}]: https://…"));
        }
    }
}

impl EventReader<'_, '_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let hidden = range.start < self.builder.skip_until;
        match event {
            // Hidden blocks still open and close, so that the events stay balanced; they stay
            // empty.
            Event::Start(Tag::Image { .. }) if hidden => {}
            Event::Text(_)
            | Event::Code(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::HardBreak
            | Event::SoftBreak
            | Event::TaskListMarker(_)
                if hidden => {}
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => match &mut self.image {
                Some(image) => image.add_alt(&code),
                None if is_run(&code) => {
                    let place = self.builder.place(&range);
                    let what = "another program runs this code and prints its result; Stonehand runs nothing and prints the code itself";
                    self.builder
                        .scope
                        .warning(Code::LeftOutTag, place, what)
                        .add_hint("write the result in its place");
                    self.builder.inline_code(&code, inside_ticks(self.builder, &range));
                }
                None => self.builder.inline_code(&code, inside_ticks(self.builder, &range)),
            },
            Event::Html(html) => match &mut self.html {
                Some(pieces) => pieces.push((html.into_string(), range)),
                None => html::read(self.builder, (html.into_string(), range)),
            },
            Event::InlineHtml(html) => {
                if self.image.is_none() {
                    html::read(self.builder, (html.into_string(), range));
                }
            }
            Event::SoftBreak => self.text(" ", range),
            Event::HardBreak => match &mut self.image {
                Some(image) => image.add_alt(" "),
                None => self.builder.line_break(),
            },
            Event::FootnoteReference(label) => self.builder.note(&label),
            Event::Rule => self.builder.leaf(Block::Rule),
            Event::TaskListMarker(done) => {
                self.text(if done { "[x] " } else { "[ ] " }, range);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.dropped {
            return;
        }
        let text = &*unset(text, &range, &self.builder.masked.text);
        match (&mut self.image, &mut self.html) {
            (Some(image), _) => image.add_alt(&text.replace(MASK, "")),
            (None, Some(pieces)) => pieces.push((text.to_owned(), range)),
            (None, None) => self.builder.text(text, range),
        }
    }

    /// Whether indented lines are HTML inside an open element. Markdown takes them for code,
    /// because a blank line ends a block of HTML.
    fn goes_on(&mut self, lines: &Range<usize>) -> bool {
        let Builder { masked, elements, .. } = &mut *self.builder;
        elements.hold(&masked.text, lines.start)
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let indented = matches!(tag, Tag::CodeBlock(CodeBlockKind::Indented));
        let goes_on = indented && self.goes_on(&range);
        if let Tag::CodeBlock(CodeBlockKind::Fenced(info)) = &tag {
            self.fence(info, &range);
        }
        if matches!(tag, Tag::List(_) | Tag::Item) {
            let is_box =
                self.builder.masked.boxes.range(range.start..range.end.min(range.start + 4));
            self.boxed.push(is_box.count() > 0);
        }
        let boxed = self.boxed.last() == Some(&true);
        if indented && !goes_on {
            self.indented(&range);
        }
        let builder = &mut *self.builder;
        match tag {
            // The HTML around the text is the paragraph.
            Tag::Paragraph if self.nested => {}
            Tag::Paragraph => self.paragraph(&range),
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| id.into_string());
                builder.open(BlockKind::Heading(level as u8, id), true, range);
            }
            Tag::BlockQuote(_) => builder.open(BlockKind::Quote, true, range),
            Tag::CodeBlock(_) if self.html.is_some() || self.dropped => {}
            Tag::CodeBlock(_) if goes_on => self.html = Some(vec![]),
            Tag::CodeBlock(_) => builder.open(BlockKind::Pre(vec![]), true, range),
            Tag::HtmlBlock => self.html = Some(vec![]),
            Tag::List(_) | Tag::Item if boxed => builder.open(BlockKind::Group, true, range),
            Tag::List(start) => builder.open(BlockKind::List { start, items: vec![] }, true, range),
            Tag::Item => builder.open(BlockKind::Item, true, range),
            Tag::FootnoteDefinition(label) => {
                let place = builder.place(&range);
                builder.open(BlockKind::Note(label.into_string(), place), true, range);
            }
            Tag::DefinitionListTitle => {
                builder.flush();
                builder.style(Style::Strong);
                self.definition = true;
            }
            Tag::DefinitionListDefinition => builder.open(BlockKind::Group, true, range),
            Tag::Table(align) => {
                let align = align
                    .into_iter()
                    .map(|align| match align {
                        Alignment::None | Alignment::Left => Align::Start,
                        Alignment::Center => Align::Center,
                        Alignment::Right => Align::End,
                    })
                    .collect();
                builder.open(
                    BlockKind::Table(TableParts { align, ..TableParts::default() }),
                    true,
                    range,
                );
            }
            Tag::TableHead => {
                if let Some(table) = builder.table() {
                    table.in_head = true;
                }
            }
            Tag::TableCell => builder.open(BlockKind::Cell, true, range),
            Tag::Emphasis => self.style(Style::Emph),
            Tag::Strong => self.style(Style::Strong),
            Tag::Strikethrough => self.style(Style::Strike),
            Tag::Superscript => self.style(Style::Super),
            Tag::Subscript => self.style(Style::Sub),
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, &range),
            Tag::Image { dest_url, title, .. } => {
                let place = self.builder.place(&range);
                self.image = Some(Mention::of_markdown(&address(&dest_url), &title, place));
            }
            Tag::TableRow => self.row = range,
            Tag::DefinitionList | Tag::MetadataBlock(_) => {}
        }
    }

    fn link(&mut self, kind: LinkType, to: &str, range: &Range<usize>) {
        let place = self.builder.place(range);
        let scheme = if kind == LinkType::Email { "mailto:" } else { "" };
        let to = self.builder.scope.link(&format!("{scheme}{}", address(to)), place);
        self.style(Style::Link(to));
    }

    /// Starts a paragraph. One that consists of table rows is read as a table.
    fn paragraph(&mut self, range: &Range<usize>) {
        self.builder.flush();
        if rows::read(self.builder, range) {
            self.builder.skip_until = self.builder.skip_until.max(range.end);
        }
    }

    /// Warns about indented HTML, which Markdown takes for a listing although the writer may not.
    fn indented(&mut self, range: &Range<usize>) {
        let text = self.builder.masked.text.get(range.clone()).unwrap_or_default();
        if begins_with_tag(text) && text.contains("</") && self.builder.scope.first("html-listing")
        {
            let place = self.builder.place(range);
            let what = "these lines are indented by four spaces or more, so they are printed as a code block, including their tags";
            self.builder
                .scope
                .warning(Code::HtmlListing, place, what)
                .add_hint("if they belong to the text, indent them less; if they are code, put them between lines of ```");
        }
    }

    fn end_inline(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.end_style(&Style::Emph),
            TagEnd::Strong => self.end_style(&Style::Strong),
            TagEnd::Strikethrough => self.end_style(&Style::Strike),
            TagEnd::Superscript => self.end_style(&Style::Super),
            TagEnd::Subscript => self.end_style(&Style::Sub),
            TagEnd::Link => self.end_style(&Style::Link(None)),
            _ => {}
        }
    }

    /// Reports a listing that is never closed, since it takes all text after it. Reads a block in
    /// raw HTML as HTML, and leaves out one in any other raw format.
    fn fence(&mut self, info: &str, range: &Range<usize>) {
        let place = self.builder.place(range);
        let written = self.builder.masked.text.get(range.clone()).unwrap_or_default();
        let fence: String =
            written.trim_start().chars().take_while(|c| matches!(c, '`' | '~')).collect();
        let last = written.trim_end().lines().skip(1).last().unwrap_or_default();
        let last = last.trim_start_matches([' ', '\t', '>']);
        if !last.starts_with(&fence) || fence.is_empty() {
            let opening = place.start..(place.start + fence.len()).max(place.start + 1);
            let what = "the code block that opens here is never closed; everything below is printed as code";
            self.builder
                .scope
                .warning(Code::UnclosedListing, opening, what)
                .add_hint("close it with a line of the same marks");
        }
        let Some(format) = info.trim().strip_prefix("{=").and_then(|rest| rest.strip_suffix('}'))
        else {
            return;
        };
        if format.starts_with("html") {
            self.html = Some(vec![]);
            return;
        }
        self.dropped = true;
        let what = format!("a block of raw `{format}` is left out: Stonehand can't set it");
        self.builder.scope.warning(Code::LeftOutTag, place, what).add_hint(WRITE_IT);
    }

    /// Adds the cells of a row for which the table's head has no column. Markdown would drop them.
    fn more_cells(&mut self) {
        let row = self.row.clone();
        let columns = self.builder.table().map_or(0, |table| table.align.len());
        let masked = self.builder.masked;
        let Some(written) = masked.text.get(row.clone()) else { return };
        let cells = rows::cells_beyond(written, columns);
        let Some(first) = cells.first() else { return };
        let place = self.builder.place(&(row.start + first.start..row.start + first.end));
        let what =
            "this row has more cells than the table's head; a column is added for each extra cell";
        self.builder.scope.warning(Code::ExtraCells, place, what).add_hint(
            "give the head a cell for each column, or write \\| for a bar that belongs to the text",
        );
        for cell in cells {
            let range = row.start + cell.start..row.start + cell.end;
            self.builder.open(BlockKind::Cell, true, range.clone());
            within(self.builder, range);
            self.builder.end_paragraph();
            self.builder.close(&BlockKind::Cell, true);
        }
    }

    fn style(&mut self, style: Style) {
        if self.image.is_none() {
            self.builder.style(style);
        }
    }

    fn end_style(&mut self, style: &Style) {
        if self.image.is_none() {
            self.builder.end_style(style);
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let boxed = matches!(tag, TagEnd::List(_) | TagEnd::Item) && self.boxed.pop() == Some(true);
        let builder = &mut *self.builder;
        match tag {
            TagEnd::Paragraph if self.nested => {}
            TagEnd::Paragraph => builder.end_paragraph(),
            TagEnd::Heading(_) => {
                builder.end_paragraph();
                let head = BlockKind::Heading(1, None);
                builder.close(&head, true);
            }
            TagEnd::BlockQuote(_) => builder.close(&BlockKind::Quote, true),
            TagEnd::CodeBlock if std::mem::take(&mut self.dropped) => {}
            TagEnd::CodeBlock if self.html.is_some() => self.end(TagEnd::HtmlBlock),
            TagEnd::CodeBlock => {
                builder.close(&BlockKind::Pre(vec![]), true);
            }
            TagEnd::HtmlBlock => {
                if let Some(pieces) = self.html.take() {
                    html::read_block(builder, &pieces);
                    builder.flush();
                }
            }
            TagEnd::List(_) | TagEnd::Item if boxed => {
                builder.end_paragraph();
                builder.close(&BlockKind::Group, true);
            }
            TagEnd::List(_) => {
                let sample = BlockKind::List { start: None, items: vec![] };
                builder.close(&sample, true);
            }
            TagEnd::Item => {
                builder.end_paragraph();
                builder.close(&BlockKind::Item, true);
            }
            TagEnd::FootnoteDefinition => {
                builder.close(&BlockKind::Note(String::new(), 0..0), true);
            }
            TagEnd::DefinitionListTitle => {
                if std::mem::take(&mut self.definition) {
                    builder.end_style(&Style::Strong);
                }
                builder.end_paragraph();
            }
            TagEnd::DefinitionListDefinition => {
                builder.end_paragraph();
                builder.close(&BlockKind::Group, true);
            }
            TagEnd::Table => {
                builder.close(&BlockKind::Table(TableParts::default()), true);
            }
            TagEnd::TableHead => {
                builder.end_row();
                if let Some(table) = builder.table() {
                    table.in_head = false;
                }
            }
            TagEnd::TableRow => {
                self.more_cells();
                self.builder.end_row();
            }
            TagEnd::TableCell => {
                builder.end_paragraph();
                builder.close(&BlockKind::Cell, true);
            }
            TagEnd::Image => {
                if let Some(image) = self.image.take() {
                    builder.picture(image.without_size());
                }
            }
            tag => self.end_inline(tag),
        }
    }
}

/// A text in which an escaped first character is replaced by a placeholder, so that the typography
/// leaves it alone.
fn unset<'t>(text: &'t str, range: &Range<usize>, all: &str) -> Cow<'t, str> {
    let escaped = range.start > 0 && all.as_bytes().get(range.start - 1) == Some(&b'\\');
    let first = text.chars().next().filter(|c| escaped && all[range.start..].starts_with(*c));
    match first.and_then(escape) {
        Some(mark) => format!("{mark}{}", &text[1..]).into(),
        None => text.into(),
    }
}

/// Whether inline code is code that another program runs: `` `r nrow(x)` ``.
fn is_run(code: &str) -> bool {
    let bare = code.trim_start_matches("{").trim_start();
    let braced = bare.len() < code.len();
    ["r", "python", "julia", "ojs", "eval"].iter().any(|name| {
        let rest = bare.strip_prefix(name);
        if braced {
            rest.is_some_and(|rest| rest.starts_with("} "))
        } else {
            let signs = ['(', '[', '$', '+', '*'];
            *name != "eval"
                && rest.is_some_and(|rest| rest.starts_with(' ') && rest.contains(signs))
        }
    })
}

/// The bytes of inline code, without the backticks around it.
fn inside_ticks(builder: &Builder<'_, '_>, range: &Range<usize>) -> Range<usize> {
    let Some(written) = builder.masked.text.get(range.clone()) else { return range.clone() };
    let inside: Cow<'_, str> = written.trim_matches('`').into();
    let start = written.len() - written.trim_start_matches('`').len();
    if inside.is_empty() {
        range.clone()
    } else {
        range.start + start..range.start + start + inside.len()
    }
}
