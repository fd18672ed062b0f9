//! Reads raw HTML in Markdown. Its text and structure are kept; tags that print nothing are left
//! out and reported where a reader would miss something. Which element is of which kind stands in
//! `html_elements.rs`.

use crate::diag::Code;
use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use super::builder::{BlockKind, Builder, TableParts};
use super::html_elements::{
    CLOSED, EMPTY, GROUPS, NOT_PRINTED, OPTIONAL, PLAIN, lines_of_markdown, style,
};
use super::table_rows::Shape;
use super::tags::address;
use super::typography;
use crate::content::markdown;
use crate::content::model::Block;
use crate::content::model::mention::Mention;
use crate::content::model::style::Style;
use crate::content::syntax::runs::Map;

/// Reads a block of raw HTML. The parser gives it in pieces, each with its place in the text. An
/// element that the block leaves open stays open in the blocks that follow, if an end tag follows.
pub(crate) fn read_block(builder: &mut Builder<'_, '_>, pieces: &[(String, Range<usize>)]) {
    tokens(builder, pieces, Standing::Block);
    builder.close_forgotten();
}

/// Reads raw HTML within a line.
pub(crate) fn read(builder: &mut Builder<'_, '_>, piece: (String, Range<usize>)) {
    tokens(builder, &[piece], Standing::Line);
}

/// Where raw HTML stands: a block of its own, or within a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Block,
    Line,
}

fn tokens(builder: &mut Builder<'_, '_>, pieces: &[(String, Range<usize>)], standing: Standing) {
    let mut html = String::new();
    let mut table = vec![];
    for (piece, range) in pieces {
        let same = piece.len() == range.len();
        for byte in 0..piece.len() {
            table.push(if same { range.start + byte } else { (range.start + byte).min(range.end) });
        }
        html.push_str(piece);
    }
    table.push(pieces.last().map_or(0, |(_, range)| range.end));
    let places = Map::Table(table);
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for token in Tokenizer::new_with_emitter(&html, emitter) {
        let Ok(token) = token;
        match token {
            Token::String(text) => {
                let range = places.range(text.span.start..text.span.end);
                let written = &html[text.span.start..text.span.end];
                if standing == Standing::Block && holds_markdown(builder, written, &range) {
                    let blank = written.len() - written.trim_start().len();
                    builder.text(" ", range.start..range.start);
                    markdown::within(builder, range.start + blank..range.end);
                    if written.ends_with(char::is_whitespace) {
                        builder.text(" ", range.end..range.end);
                    }
                    continue;
                }
                if standing == Standing::Block {
                    say_markdown(builder, written, &range);
                }
                builder.text(&String::from_utf8_lossy(&text.value), range);
            }
            Token::StartTag(tag) => {
                let range = places.range(tag.span.start..tag.span.end);
                if range.start >= builder.skip_until {
                    if standing == Standing::Block && !tag.self_closing {
                        let markdown = attribute(&tag, "markdown").is_some();
                        builder.elements.start(&String::from_utf8_lossy(&tag.name), markdown);
                    }
                    if !(standing == Standing::Line && is_spoken_of(builder, &tag, &range)) {
                        start(builder, &tag, range);
                    }
                }
            }
            Token::EndTag(tag) => {
                let range = places.range(tag.span.start..tag.span.end);
                if range.start >= builder.skip_until {
                    let name = String::from_utf8_lossy(&tag.name);
                    builder.elements.end(&name);
                    end(builder, &name, range);
                }
            }
            Token::Comment(comment) => {
                let range = places.range(comment.span.start..comment.span.end);
                let mark = String::from_utf8_lossy(&comment.value);
                let marks = standing == Standing::Block && mark.trim() == OPTIONAL;
                if marks && range.start >= builder.skip_until {
                    builder.mark_optional(range);
                }
            }
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
}

/// Warns that lines within HTML look like Markdown: their marks are printed.
fn say_markdown(builder: &mut Builder<'_, '_>, written: &str, range: &Range<usize>) {
    if range.start < builder.skip_until
        || builder.is_verbatim()
        || lines_of_markdown(&mut written.lines().skip(1)) < 2
    {
        return;
    }
    let place = builder.place(range);
    let what = "these lines look like Markdown, but stand inside HTML; their marks are printed as they are";
    builder
        .scope
        .warning(Code::MarkdownInHtml, place, what)
        .add_hint("put a blank line above and below them");
}

/// Prints a tag as text if the writer mentions it and never closes it: “headings like <h1>”.
/// Returns whether that is so.
fn is_spoken_of(
    builder: &mut Builder<'_, '_>,
    tag: &StartTag<usize>,
    range: &Range<usize>,
) -> bool {
    let name = String::from_utf8_lossy(&tag.name);
    let makes = CLOSED.contains(&format!(" {name} "))
        || NOT_PRINTED.iter().any(|(known, _)| *known == name);
    if !makes || tag.self_closing || !tag.attributes.is_empty() || builder.is_closed(&name, range) {
        return false;
    }
    let Some(written) = builder.masked.text.get(range.clone()).map(str::to_owned) else {
        return false;
    };
    if builder.scope.first(&format!("<{name}>")) {
        let place = builder.place(range);
        let what = format!("`{written}` is never closed; it is printed as text");
        builder.scope.warning(Code::UnclosedElement, place, what).add_hint(format!(
            "write `</{name}>` where it ends; if the text is about this tag, put it between backticks"
        ));
    }
    builder.text(&written, range.clone());
    true
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(&HtmlString::from(name.as_bytes().to_vec()))?;
    Some(address(&String::from_utf8_lossy(&value.value)))
}

/// Whether text in HTML holds Markdown links, pictures or strong words. No browser would show it
/// so, but the writer means it as Markdown.
fn holds_markdown(builder: &Builder<'_, '_>, written: &str, range: &Range<usize>) -> bool {
    let link = || {
        let middle = written.find("](");
        middle.is_some_and(|at| written[..at].contains('[') && written[at..].contains(')'))
    };
    let strong = || {
        written.split_once("**").is_some_and(|(_, rest)| {
            rest.starts_with(char::is_alphanumeric)
                && rest.find("**").is_some_and(|end| !rest[..end].ends_with(char::is_whitespace))
        })
    };
    range.start >= builder.skip_until
        && builder.masked.text.get(range.clone()) == Some(written)
        && !builder.is_verbatim()
        && (link() || strong())
}

/// Whether a browser would not show this element.
fn is_hidden(tag: &StartTag<usize>) -> bool {
    let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    attribute(tag, "hidden").is_some_and(|value| value != "false") || style.contains("display:none")
}

fn start(builder: &mut Builder<'_, '_>, tag: &StartTag<usize>, range: Range<usize>) {
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    let name = name.as_str();
    if is_hidden(tag) && !tag.self_closing && !EMPTY.contains(&name) {
        let place = builder.place(&range);
        let what = format!("this `<{name}>` is marked as hidden and is left out");
        builder
            .scope
            .warning(Code::HiddenText, place, what)
            .add_hint("remove `hidden` or `display: none` if it should be printed");
        return skip(builder, name, &range);
    }
    if CLOSED.contains(&format!(" {name} ")) {
        let closed = builder.is_closed(name, &range);
        block(builder, tag, name, range.clone());
        if !closed {
            builder.ends_with_its_block();
            if builder.scope.first(&format!("<{name}>")) {
                let what = format!("`<{name}>` is never closed; it ends with its paragraph");
                say_unclosed(builder, name, &range, what);
            }
        }
        return;
    }
    match name {
        "li" => {
            close_item(builder);
            builder.open(BlockKind::Item, false, range);
        }
        "pre" | "listing" | "xmp" => {
            let closed = builder.is_closed(name, &range);
            if !closed && builder.never_closed.insert(name.to_owned()) {
                never_closed(builder, name, &range);
            }
            builder.open(BlockKind::Pre(vec![]), false, range);
        }
        "thead" => set_head(builder, true),
        "tbody" | "tfoot" => {
            close_cell(builder);
            builder.end_row();
            set_head(builder, false);
        }
        "tr" => {
            close_cell(builder);
            builder.end_row();
        }
        "td" | "th" => {
            close_cell(builder);
            if let Some(table) = builder.table() {
                let number = |name| attribute(tag, name).and_then(|n| n.parse().ok()).unwrap_or(1);
                let (columns, rows) = (number("colspan"), number("rowspan"));
                table.shape = Shape { columns, rows, heading: name == "th" };
            }
            builder.open(BlockKind::Cell, false, range);
        }
        "dt" => {
            builder.flush();
            builder.style(Style::Strong);
        }
        "br" => builder.line_break(),
        "hr" => builder.leaf(Block::Rule),
        "img" | "image" | "amp-img" => picture(builder, tag, &range),
        "a" => {
            let place = builder.place(&range);
            let to = attribute(tag, "href").and_then(|href| builder.scope.link(&href, place));
            builder.style(Style::Link(to));
        }
        "div" => div(builder, tag, range),
        "q" => builder.text(typography::OPEN.encode_utf8(&mut [0; 4]), range),
        _ => match style(name) {
            Some(style) => builder.style(style),
            None if GROUPS.contains(&format!(" {name} ")) => builder.flush(),
            None => other(builder, tag, name, range),
        },
    }
}

/// Opens a block that an end tag closes.
fn block(builder: &mut Builder<'_, '_>, tag: &StartTag<usize>, name: &str, range: Range<usize>) {
    match name {
        "ul" | "ol" => {
            let start = (name == "ol")
                .then(|| attribute(tag, "start").and_then(|n| n.parse().ok()).unwrap_or(1));
            builder.open(BlockKind::List { start, items: vec![] }, false, range);
        }
        "blockquote" => builder.open(BlockKind::Quote, false, range),
        "figure" => builder.open(BlockKind::Figure(vec![]), false, range),
        "figcaption" | "caption" => builder.open(BlockKind::Caption, false, range),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            close_heading(builder);
            builder.open(BlockKind::Heading(level(name), attribute(tag, "id")), false, range);
        }
        _ => builder.open(BlockKind::Table(TableParts::default()), false, range),
    }
}

/// Opens a `div`. It only groups, except for the one that `WordPress` puts around a picture and its
/// caption.
fn div(builder: &mut Builder<'_, '_>, tag: &StartTag<usize>, range: Range<usize>) {
    let class = attribute(tag, "class").unwrap_or_default();
    let figure = class.split_whitespace().any(|one| one == "wp-caption");
    builder.flush();
    builder.divs.push(figure);
    if figure {
        builder.open(BlockKind::Figure(vec![]), false, range);
    }
}

/// Handles all other elements: those that print nothing, those that no HTML knows, and words in
/// angle brackets.
fn other(builder: &mut Builder<'_, '_>, tag: &StartTag<usize>, name: &str, range: Range<usize>) {
    if let Some((_, missed)) = NOT_PRINTED.iter().find(|(known, _)| *known == name) {
        if *missed {
            left_out(builder, name, &range);
        }
        if !tag.self_closing {
            skip(builder, name, &range);
        }
        return;
    }
    let unknown = !PLAIN.contains(&format!(" {name} ")) && !name.contains(':');
    // An unknown element with attributes is a component, which shows something that print lacks;
    // without attributes it is a word of the text.
    let says = tag.attributes.values().any(|value| !value.value.is_empty());
    if unknown && (says || tag.self_closing) {
        left_out(builder, name, &range);
    } else if unknown && !name.contains('-') {
        let place = builder.place(&range);
        let written = builder.masked.text.get(range.clone()).unwrap_or(name).to_owned();
        if builder.scope.first(&format!("<{name}>")) {
            builder
                .scope
                .warning(
                    Code::UnknownElement,
                    place,
                    format!("`{written}` is not an HTML element; it is printed as text"),
                )
                .add_hint("put it between backticks, or write `&lt;` for the `<`");
        }
        builder.text(&written, range);
    }
}

fn left_out(builder: &mut Builder<'_, '_>, name: &str, range: &Range<usize>) {
    let place = builder.place(range);
    builder
        .scope
        .warning(
            Code::LeftOutElement,
            place,
            format!("`<{name}>` can't be printed and is left out"),
        )
        .add_hint("describe in the text what readers of the paper would miss");
}

/// Skips everything up to the end tag, if there is one.
fn skip(builder: &mut Builder<'_, '_>, name: &str, range: &Range<usize>) {
    if builder.never_closed.contains(name) {
        return;
    }
    let rest = builder.masked.text.get(range.end..).unwrap_or_default();
    match end_of(rest, name) {
        Some(found) => {
            let close = rest[found..].find('>').map_or(rest.len(), |n| found + n + 1);
            builder.skip_until = range.end + close;
        }
        None => {
            builder.never_closed.insert(name.to_owned());
            never_closed(builder, name, range);
        }
    }
}

/// The byte offset of the end tag that closes an element. `text` begins after its start tag.
fn end_of(text: &str, name: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, _) in text.match_indices('<') {
        let rest = &text.as_bytes()[at + 1..];
        let (closes, rest) = match rest {
            [b'/', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        let same = rest.len() >= name.len()
            && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && rest.get(name.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        match (same, closes) {
            (true, true) if depth == 0 => return Some(at),
            (true, true) => depth -= 1,
            // Text of a script or style sheet opens no elements.
            (true, false) if name != "script" && name != "style" => depth += 1,
            _ => {}
        }
    }
    None
}

/// Warns that an element is never closed whose text is not read like other text, so that everything
/// after it is printed as it is written.
fn never_closed(builder: &mut Builder<'_, '_>, name: &str, range: &Range<usize>) {
    let what = format!("`<{name}>` is never closed; what follows is printed as it is written");
    say_unclosed(builder, name, range, what);
}

fn say_unclosed(builder: &mut Builder<'_, '_>, name: &str, range: &Range<usize>, what: String) {
    let place = builder.place(range);
    builder
        .scope
        .warning(Code::UnclosedElement, place, what)
        .add_hint(format!("write `</{name}>` where it ends"));
}

fn end(builder: &mut Builder<'_, '_>, name: &str, range: Range<usize>) {
    match name {
        "ul" | "ol" => {
            close_item(builder);
            builder.close(&BlockKind::List { start: None, items: vec![] }, false);
        }
        "li" => close_item(builder),
        "blockquote" => builder.close(&BlockKind::Quote, false),
        "figure" => {
            builder.close(&BlockKind::Figure(vec![]), false);
        }
        "figcaption" | "caption" => {
            builder.close(&BlockKind::Caption, false);
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => close_heading(builder),
        "pre" | "listing" | "xmp" => {
            builder.close(&BlockKind::Pre(vec![]), false);
        }
        "table" => {
            close_cell(builder);
            builder.end_row();
            builder.close(&BlockKind::Table(TableParts::default()), false);
        }
        "thead" => {
            close_cell(builder);
            builder.end_row();
            set_head(builder, false);
        }
        "tr" => {
            close_cell(builder);
            builder.end_row();
        }
        "td" | "th" => close_cell(builder),
        "dt" => {
            builder.end_style(&Style::Strong);
            builder.flush();
        }
        "a" => builder.end_style(&Style::Link(None)),
        "div" => {
            builder.flush();
            if builder.divs.pop() == Some(true) {
                let figure = BlockKind::Figure(vec![]);
                builder.close(&figure, false);
            }
        }
        "q" => builder.text(typography::CLOSE.encode_utf8(&mut [0; 4]), range),
        _ => match style(name) {
            Some(style) => builder.end_style(&style),
            None if GROUPS.contains(&format!(" {name} ")) => builder.flush(),
            None => {}
        },
    }
}

fn close_heading(builder: &mut Builder<'_, '_>) {
    let head = BlockKind::Heading(1, None);
    builder.close(&head, false);
}

fn level(name: &str) -> u8 {
    name.as_bytes().get(1).map_or(6, |digit| digit.saturating_sub(b'0'))
}

fn close_item(builder: &mut Builder<'_, '_>) {
    let item = |kind: &BlockKind| *kind == BlockKind::Item;
    let barrier = |kind: &BlockKind| {
        matches!(kind, BlockKind::List { .. } | BlockKind::Cell | BlockKind::Table(_))
    };
    if builder.is_open(item, barrier) {
        builder.close(&BlockKind::Item, false);
    }
}

fn close_cell(builder: &mut Builder<'_, '_>) {
    let cell = |kind: &BlockKind| *kind == BlockKind::Cell;
    if builder.is_open(cell, |kind| matches!(kind, BlockKind::Table(_))) {
        builder.close(&BlockKind::Cell, false);
    } else {
        builder.flush();
    }
}

fn set_head(builder: &mut Builder<'_, '_>, head: bool) {
    builder.flush();
    if let Some(table) = builder.table() {
        table.in_head = head;
    }
}

fn picture(builder: &mut Builder<'_, '_>, tag: &StartTag<usize>, range: &Range<usize>) {
    // A picture that loads late has its address in another attribute, and a placeholder in `src`.
    let named = |name| attribute(tag, name).filter(|src| !src.is_empty());
    let late = || ["data-src", "data-original", "data-lazy-src"].into_iter().find_map(named);
    let src = named("src").filter(|src| !src.starts_with("data:") || late().is_none());
    let src = src.or_else(late).or_else(|| {
        let set = attribute(tag, "srcset")?;
        set.split([',', ' ']).next().map(str::to_owned)
    });
    let src = src.unwrap_or_default();
    let place = builder.place(range);
    let title = attribute(tag, "title").unwrap_or_default();
    let mut mention = Mention::of_markdown(&src, &title, place);
    if let Some(alt) = attribute(tag, "alt") {
        mention.add_alt(&alt);
    }
    let narrow = |name| {
        attribute(tag, name)
            .and_then(|n| n.trim_end_matches("px").parse::<u32>().ok())
            .is_some_and(|n| n <= 2)
    };
    // A picture of one or two pixels counts readers and shows nothing.
    if !(narrow("width") && narrow("height")) {
        builder.picture(mention);
    }
}
