//! Raw HTML in Markdown: its text and structure are kept, its tags are not.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use super::builder::{Builder, Kind, Style, TableParts};
use super::pictures::Mention;
use super::runs::Map;
use super::story::Block;
use super::table::Shape;
use super::typography;

/// Elements whose inside is never printed, and whether a reader would miss it.
const NOT_PRINTED: [(&str, bool); 15] = [
    ("script", false),
    ("style", false),
    ("noscript", false),
    ("template", false),
    ("head", false),
    ("iframe", true),
    ("video", true),
    ("audio", true),
    ("object", true),
    ("embed", true),
    ("svg", true),
    ("canvas", true),
    ("select", true),
    ("textarea", true),
    ("map", true),
];

/// Elements that begin and end a paragraph.
const GROUPS: &str = " p div section article header footer main aside nav address center form fieldset legend details summary dl dd body html hgroup picture search dialog ";

/// Elements that say nothing about how their text is set.
const PLAIN: &str = " span font u small big mark abbr acronym time label button input cite-plain bdi bdo ins data wbr ruby rb rt rp rtc area base col colgroup link meta param source track option optgroup output progress meter nobr blink math mi mn mo ms mrow mfrac msup msub msqrt mtext mtd mtr mtable mover munder semantics annotation slot menu basefont bgsound marquee frame frameset noframes noembed keygen path g line rect circle polygon polyline defs use o:p amp-img ";

/// The comment that marks the block below it as one that may go.
const OPTIONAL: &str = "optional";

/// Reads a block of raw HTML, piece by piece, each with its place in the text. What it leaves open
/// is open in what follows.
pub(crate) fn read_block(builder: &mut Builder<'_, '_>, pieces: &[(String, Range<usize>)]) {
    tokens(builder, pieces, Standing::Block);
}

/// Reads raw HTML inside of a line.
pub(crate) fn read(builder: &mut Builder<'_, '_>, piece: (String, Range<usize>)) {
    tokens(builder, &[piece], Standing::Line);
}

/// Where raw HTML stands.
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
                builder.text(&String::from_utf8_lossy(&text.value), range);
            }
            Token::StartTag(tag) => {
                let range = places.range(tag.span.start..tag.span.end);
                if range.start >= builder.skip_until {
                    if standing == Standing::Block && !tag.self_closing {
                        let markdown = attribute(&tag, "markdown").is_some();
                        builder.elements.start(&String::from_utf8_lossy(&tag.name), markdown);
                    }
                    start(builder, &tag, range);
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

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(&HtmlString::from(name.as_bytes().to_vec()))?;
    Some(String::from_utf8_lossy(&value.value).trim().to_owned())
}

fn start(builder: &mut Builder<'_, '_>, tag: &StartTag<usize>, range: Range<usize>) {
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    let name = name.as_str();
    match name {
        "ul" | "ol" => {
            let start = (name == "ol")
                .then(|| attribute(tag, "start").and_then(|n| n.parse().ok()).unwrap_or(1));
            builder.open(Kind::List { start, items: vec![] }, false, range);
        }
        "li" => {
            close_item(builder);
            builder.open(Kind::Item, false, range);
        }
        "blockquote" => builder.open(Kind::Quote, false, range),
        "figure" => builder.open(Kind::Figure(vec![]), false, range),
        "figcaption" | "caption" => builder.open(Kind::Caption, false, range),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            builder.open(Kind::Heading(level(name)), false, range);
        }
        "pre" | "listing" | "xmp" => builder.open(Kind::Pre(vec![]), false, range),
        "table" => builder.open(Kind::Table(TableParts::default()), false, range),
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
            builder.open(Kind::Cell, false, range);
        }
        "dt" => {
            builder.flush();
            builder.style(Style::Strong);
        }
        "br" => builder.line_break(),
        "hr" => builder.leaf(Block::Rule),
        "img" => picture(builder, tag, &range),
        "a" => {
            let url = attribute(tag, "href").and_then(|href| builder.scope.link(&href));
            builder.style(Style::Link(url));
        }
        "q" => builder.text(typography::OPEN.encode_utf8(&mut [0; 4]), range),
        _ => match style(name) {
            Some(style) => builder.style(style),
            None if GROUPS.contains(&format!(" {name} ")) => builder.flush(),
            None => other(builder, tag, name, range),
        },
    }
}

/// Elements that print nothing, and words in angle brackets that are no elements.
fn other(builder: &mut Builder<'_, '_>, tag: &StartTag<usize>, name: &str, range: Range<usize>) {
    if let Some((_, missed)) = NOT_PRINTED.iter().find(|(known, _)| *known == name) {
        let place = builder.place(&range);
        if *missed && builder.scope.first(&format!("<{name}>")) {
            builder
                .scope
                .warning(
                    "left-out-element",
                    place,
                    format!("paper can't show `<{name}>`; it is left out"),
                )
                .add_hint("say in the text what readers of the paper would miss");
        }
        if !tag.self_closing {
            skip(builder, name, &range);
        }
        return;
    }
    let unknown = !PLAIN.contains(&format!(" {name} "))
        && !name.contains(['-', ':'])
        && tag.attributes.is_empty();
    if unknown {
        let place = builder.place(&range);
        let written = builder.masked.text.get(range.clone()).unwrap_or(name).to_owned();
        if builder.scope.first(&format!("<{name}>")) {
            builder
                .scope
                .warning(
                    "unknown-element",
                    place,
                    format!("`{written}` is no HTML element; it is printed as text"),
                )
                .add_hint("put it between backticks, or write &lt; for the bracket");
        }
        builder.text(&written, range);
    }
}

/// Leaves out everything up to the end tag, if there is one.
fn skip(builder: &mut Builder<'_, '_>, name: &str, range: &Range<usize>) {
    if builder.never_closed.contains(name) {
        return;
    }
    let rest = builder.masked.text.get(range.end..).unwrap_or_default();
    let wanted = format!("</{name}");
    let found = rest
        .as_bytes()
        .windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()));
    match found {
        Some(found) => {
            let close = rest[found..].find('>').map_or(rest.len(), |n| found + n + 1);
            builder.skip_until = range.end + close;
        }
        None => {
            builder.never_closed.insert(name.to_owned());
        }
    }
}

fn end(builder: &mut Builder<'_, '_>, name: &str, range: Range<usize>) {
    match name {
        "ul" | "ol" => {
            close_item(builder);
            builder.close(
                |kind| matches!(kind, Kind::List { .. }),
                &Kind::List { start: None, items: vec![] },
                false,
            );
        }
        "li" => close_item(builder),
        "blockquote" => builder.close(|kind| *kind == Kind::Quote, &Kind::Quote, false),
        "figure" => {
            builder.close(|kind| matches!(kind, Kind::Figure(_)), &Kind::Figure(vec![]), false);
        }
        "figcaption" | "caption" => {
            builder.close(|kind| *kind == Kind::Caption, &Kind::Caption, false);
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            builder.close(|kind| matches!(kind, Kind::Heading(_)), &Kind::Heading(1), false);
        }
        "pre" | "listing" | "xmp" => {
            builder.close(|kind| matches!(kind, Kind::Pre(_)), &Kind::Pre(vec![]), false);
        }
        "table" => {
            close_cell(builder);
            builder.end_row();
            builder.close(
                |kind| matches!(kind, Kind::Table(_)),
                &Kind::Table(TableParts::default()),
                false,
            );
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
        "q" => builder.text(typography::CLOSE.encode_utf8(&mut [0; 4]), range),
        _ => match style(name) {
            Some(style) => builder.end_style(&style),
            None if GROUPS.contains(&format!(" {name} ")) => builder.flush(),
            None => {}
        },
    }
}

fn style(name: &str) -> Option<Style> {
    Some(match name {
        "em" | "i" | "cite" | "dfn" | "var" | "address" => Style::Emph,
        "strong" | "b" => Style::Strong,
        "del" | "s" | "strike" => Style::Strike,
        "sup" => Style::Super,
        "sub" => Style::Sub,
        "code" | "kbd" | "samp" | "tt" => Style::Code,
        _ => return None,
    })
}

fn level(name: &str) -> u8 {
    name.as_bytes().get(1).map_or(6, |digit| digit.saturating_sub(b'0'))
}

fn close_item(builder: &mut Builder<'_, '_>) {
    let item = |kind: &Kind| *kind == Kind::Item;
    let barrier = |kind: &Kind| matches!(kind, Kind::List { .. } | Kind::Cell | Kind::Table(_));
    if builder.is_open(item, barrier) {
        builder.close(item, &Kind::Item, false);
    }
}

fn close_cell(builder: &mut Builder<'_, '_>) {
    let cell = |kind: &Kind| *kind == Kind::Cell;
    if builder.is_open(cell, |kind| matches!(kind, Kind::Table(_))) {
        builder.close(cell, &Kind::Cell, false);
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
    let Some(src) = attribute(tag, "src").filter(|src| !src.is_empty()) else { return };
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
    // A picture of one or two pixels counts readers; it shows nothing.
    if !(narrow("width") && narrow("height")) {
        builder.picture(mention);
    }
}
