//! Markdown: the parser's events, handed to the builder.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, Built, Kind, Style, TableParts};
use super::html;
use super::inlines::flatten;
use super::pictures::Mention;
use super::runs::Map;
use super::scope::Scope;
use super::story::{Align, Block, Inline};
use super::tags::{self, TagKind};
use super::typography_marks::escape;
use super::wide_rows::widen;

/// Reads a body; `first_quote` is the number that its first pull-quote gets.
pub(crate) fn blocks(scope: &mut Scope<'_>, text: &str, map: &Map, first_quote: usize) -> Built {
    let mut masked = tags::mask(text);
    let wide = widen(text, &masked.text, options(), map);
    if let Some(wide) = &wide {
        wide.rows.iter().for_each(|row| warn_of_row(scope, map.range(row.clone())));
        masked = tags::mask(&wide.text);
    }
    let map = wide.as_ref().map_or(map, |wide| &wide.map);
    warn_of_tags(scope, &masked, map);
    let mut reader = Reader {
        builder: Builder::new(scope, map, &masked, first_quote),
        html: None,
        image: None,
        definition: false,
    };
    for (event, range) in Parser::new_ext(&masked.text, options()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.builder.finish()
}

/// Reads a text that is one line: emphasis, code, links and entities, but no blocks.
pub(crate) fn inlines(scope: &mut Scope<'_>, text: &str, map: &Map) -> Vec<Inline> {
    // Behind an opening bracket nothing begins a list, a heading or a quote. The bracket's own byte
    // is dropped again below.
    let mut line = String::with_capacity(text.len() + 1);
    line.push('(');
    line.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
    let masked = tags::mask(&line);
    let map = match map {
        Map::Shift(base) => Map::Shift(base.saturating_sub(1)),
        Map::Table(table) => {
            Map::Table(table.first().into_iter().chain(table.iter()).copied().collect())
        }
    };
    warn_of_tags(scope, &masked, &map);
    let mut reader = Reader {
        builder: Builder::new(scope, &map, &masked, 0),
        html: None,
        image: None,
        definition: false,
    };
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
    flatten(reader.builder.finish().blocks, &mut pictures)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
}

fn warn_of_row(scope: &mut Scope<'_>, place: Range<usize>) {
    scope
        .warning("wide-row", place, "this row has more cells than the head of its table")
        .add_hint("they are printed in columns without a head; write \\| for a stroke that parts no cells");
}

/// Names every kind of tag that is left out, once a file.
fn warn_of_tags(scope: &mut Scope<'_>, masked: &tags::Masked, map: &Map) {
    for tag in &masked.tags {
        let name = match &tag.kind {
            TagKind::Unknown { name } => Some(name),
            TagKind::Page { key, name } => (!scope.has_page(key)).then_some(name),
            TagKind::Attributes { name } => {
                if scope.first(&format!("tag {name}")) {
                    let what = format!("the attributes `{name}` are left out: print knows none");
                    scope.warning("left-out-attributes", map.range(tag.range.clone()), what);
                }
                None
            }
            TagKind::Picture(_) | TagKind::Math(_) | TagKind::Quiet => None,
        };
        if let Some(name) = name.filter(|name| scope.first(&format!("tag {name}"))) {
            scope
                .warning("left-out-tag", map.range(tag.range.clone()), format!("the tag `{name}` is left out: only the site it was written for can fill it in"))
                .add_hint("write the text or the picture itself where readers of the paper should see it");
        }
    }
    for range in &masked.unclosed {
        if scope.first("unclosed-tag") {
            scope
                .warning(
                    "unclosed-tag",
                    map.range(range.clone()),
                    "a tag opens here and is not closed in its paragraph; it is printed as text",
                )
                .add_hint("close it, or put it between backticks if it should be printed");
        }
    }
}

/// Hands events to the builder.
struct Reader<'b, 'a> {
    builder: Builder<'b, 'a>,
    /// The raw HTML block that is open: its pieces with their places.
    html: Option<Vec<(String, Range<usize>)>>,
    /// The image that is open.
    image: Option<Mention>,
    /// Whether a definition's term is open.
    definition: bool,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => match &mut self.image {
                Some(image) => image.add_alt(&code),
                None => self.builder.inline_code(&code, inside_ticks(&self.builder, &range)),
            },
            Event::Html(html) => match &mut self.html {
                Some(pieces) => pieces.push((html.into_string(), range)),
                None => html::read(&mut self.builder, (html.into_string(), range)),
            },
            Event::InlineHtml(html) => {
                if self.image.is_none() {
                    html::read(&mut self.builder, (html.into_string(), range));
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
        let text = &*unset(text, &range, &self.builder.masked.text);
        match (&mut self.image, &mut self.html) {
            (Some(image), _) => image.add_alt(text),
            (None, Some(pieces)) => pieces.push((text.to_owned(), range)),
            (None, None) => self.builder.text(text, range),
        }
    }

    /// Whether indented lines are HTML that an open element holds. Markdown takes them for code,
    /// for a blank line ends a block of HTML.
    fn goes_on(&mut self, lines: &Range<usize>) -> bool {
        let Builder { masked, elements, .. } = &mut self.builder;
        elements.hold(&masked.text, lines.start)
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let indented = matches!(tag, Tag::CodeBlock(CodeBlockKind::Indented));
        let goes_on = indented && self.goes_on(&range);
        let builder = &mut self.builder;
        match tag {
            Tag::Paragraph => builder.flush(),
            Tag::Heading { level, .. } => builder.open(Kind::Heading(level as u8), true, range),
            Tag::BlockQuote(_) => builder.open(Kind::Quote, true, range),
            Tag::CodeBlock(_) if goes_on => self.html = Some(vec![]),
            Tag::CodeBlock(_) => builder.open(Kind::Pre(vec![]), true, range),
            Tag::HtmlBlock => self.html = Some(vec![]),
            Tag::List(start) => builder.open(Kind::List { start, items: vec![] }, true, range),
            Tag::Item => builder.open(Kind::Item, true, range),
            Tag::FootnoteDefinition(label) => {
                let place = builder.place(&range);
                builder.open(Kind::Note(label.into_string(), place), true, range);
            }
            Tag::DefinitionListTitle => {
                builder.flush();
                builder.style(Style::Strong);
                self.definition = true;
            }
            Tag::DefinitionListDefinition => builder.open(Kind::Group, true, range),
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
                    Kind::Table(TableParts { align, ..TableParts::default() }),
                    true,
                    range,
                );
            }
            Tag::TableHead => {
                if let Some(table) = builder.table() {
                    table.in_head = true;
                }
            }
            Tag::TableCell => builder.open(Kind::Cell, true, range),
            Tag::Emphasis => self.style(Style::Emph),
            Tag::Strong => self.style(Style::Strong),
            Tag::Strikethrough => self.style(Style::Strike),
            Tag::Superscript => self.style(Style::Super),
            Tag::Subscript => self.style(Style::Sub),
            Tag::Link { dest_url, .. } => {
                let url = self.builder.scope.link(&dest_url);
                self.style(Style::Link(url));
            }
            Tag::Image { dest_url, title, .. } => {
                let place = self.builder.place(&range);
                self.image = Some(Mention::of_markdown(&dest_url, &title, place));
            }
            Tag::DefinitionList | Tag::TableRow | Tag::MetadataBlock(_) => {}
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
        let builder = &mut self.builder;
        match tag {
            TagEnd::Paragraph => builder.end_paragraph(),
            TagEnd::Heading(_) => {
                builder.end_paragraph();
                builder.close(|kind| matches!(kind, Kind::Heading(_)), &Kind::Heading(1), true);
            }
            TagEnd::BlockQuote(_) => builder.close(|kind| *kind == Kind::Quote, &Kind::Quote, true),
            TagEnd::CodeBlock if self.html.is_some() => self.end(TagEnd::HtmlBlock),
            TagEnd::CodeBlock => {
                builder.close(|kind| matches!(kind, Kind::Pre(_)), &Kind::Pre(vec![]), true);
            }
            TagEnd::HtmlBlock => {
                if let Some(pieces) = self.html.take() {
                    html::read_block(builder, &pieces);
                    builder.flush();
                }
            }
            TagEnd::List(_) => {
                let sample = Kind::List { start: None, items: vec![] };
                builder.close(|kind| matches!(kind, Kind::List { .. }), &sample, true);
            }
            TagEnd::Item => {
                builder.end_paragraph();
                builder.close(|kind| *kind == Kind::Item, &Kind::Item, true);
            }
            TagEnd::FootnoteDefinition => {
                builder.close(
                    |kind| matches!(kind, Kind::Note(..)),
                    &Kind::Note(String::new(), 0..0),
                    true,
                );
            }
            TagEnd::DefinitionListTitle => {
                if std::mem::take(&mut self.definition) {
                    builder.end_style(&Style::Strong);
                }
                builder.end_paragraph();
            }
            TagEnd::DefinitionListDefinition => {
                builder.end_paragraph();
                builder.close(|kind| *kind == Kind::Group, &Kind::Group, true);
            }
            TagEnd::Table => {
                builder.close(
                    |kind| matches!(kind, Kind::Table(_)),
                    &Kind::Table(TableParts::default()),
                    true,
                );
            }
            TagEnd::TableHead => {
                builder.end_row();
                if let Some(table) = builder.table() {
                    table.in_head = false;
                }
            }
            TagEnd::TableRow => builder.end_row(),
            TagEnd::TableCell => {
                builder.end_paragraph();
                builder.close(|kind| *kind == Kind::Cell, &Kind::Cell, true);
            }
            TagEnd::Emphasis => self.end_style(&Style::Emph),
            TagEnd::Strong => self.end_style(&Style::Strong),
            TagEnd::Strikethrough => self.end_style(&Style::Strike),
            TagEnd::Superscript => self.end_style(&Style::Super),
            TagEnd::Subscript => self.end_style(&Style::Sub),
            TagEnd::Link => self.end_style(&Style::Link(None)),
            TagEnd::Image => {
                if let Some(image) = self.image.take() {
                    builder.picture(image);
                }
            }
            TagEnd::DefinitionList | TagEnd::MetadataBlock(_) => {}
        }
    }
}

/// A text whose first sign is marked as one that stays as it is, where the writer escaped it.
fn unset<'t>(text: &'t str, range: &Range<usize>, all: &str) -> Cow<'t, str> {
    let escaped = range.start > 0 && all.as_bytes().get(range.start - 1) == Some(&b'\\');
    let first = text.chars().next().filter(|c| escaped && all[range.start..].starts_with(*c));
    match first.and_then(escape) {
        Some(mark) => format!("{mark}{}", &text[1..]).into(),
        None => text.into(),
    }
}

/// The bytes of code without the backticks around it.
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
