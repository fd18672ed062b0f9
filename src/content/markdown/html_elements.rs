//! The elements of HTML: what each is, which of a text are open, and what their being open means for
//! indented lines.

use std::collections::BTreeMap;

use crate::content::model::style::Style;

/// Elements whose inside is never printed, and whether a reader would miss it.
pub(crate) const NOT_PRINTED: [(&str, bool); 15] = [
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

/// Elements that have no inside.
pub(crate) const EMPTY: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "source"];

/// Elements that begin and end a paragraph.
pub(crate) const GROUPS: &str = " p section article header footer main aside nav address center form fieldset legend details summary dl dd body html hgroup picture search dialog ";

/// Elements that say nothing about how their text is set.
pub(crate) const PLAIN: &str = " span font u small big mark abbr acronym time label button input cite-plain bdi bdo ins data wbr ruby rb rt rp rtc area base col colgroup link meta param source track option optgroup output progress meter nobr blink math mi mn mo ms mrow mfrac msup msub msqrt mtext mtd mtr mtable mover munder semantics annotation slot menu basefont bgsound marquee frame frameset noframes noembed keygen path g line rect circle polygon polyline defs use o:p amp-img ";

/// Elements that make a block of what is in them, and whose end is always written.
pub(crate) const CLOSED: &str =
    " h1 h2 h3 h4 h5 h6 ul ol blockquote figure figcaption caption table ";

/// The comment that marks the block below it as one that may go.
pub(crate) const OPTIONAL: &str = "optional";

/// Whether there is an HTML element of this name.
pub(crate) fn is_known(name: &str) -> bool {
    const READ: &str = " a img br hr ul ol li dt h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th q blockquote figure figcaption caption pre listing xmp ";
    let spaced = format!(" {name} ");
    [READ, GROUPS, PLAIN].iter().any(|all| all.contains(&spaced))
        || style(name).is_some()
        || NOT_PRINTED.iter().any(|(known, _)| *known == name)
}

/// What an element does to the letters in it, if anything.
pub(crate) fn style(name: &str) -> Option<Style> {
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

/// Elements that hold others and whose end is always written.
const HOLDERS: &str = " address article aside blockquote center div dl fieldset figure footer form header main nav ol section table ul ";

/// Elements in which people show HTML as it is written, as a tutorial does.
const SHOWN: &str = " code details kbd listing pre samp textarea xmp ";

/// What is opened deeper than this is passed over.
const MOST_OPEN: usize = 64;

/// The elements that were opened in blocks of HTML and not closed yet.
#[derive(Debug, Default)]
pub(crate) struct OpenElements {
    all: Vec<Element>,
    /// Where the last end tag of a name stands in the text.
    ends: BTreeMap<String, Option<usize>>,
}

#[derive(Debug)]
struct Element {
    name: String,
    /// Whether what stands in it is no part of the page's own HTML: it is shown, or Markdown.
    other: bool,
}

impl OpenElements {
    /// Notes a start tag; `markdown` is whether it says that Markdown stands in its element.
    pub(crate) fn start(&mut self, name: &str, markdown: bool) {
        let known = |names: &str| names.contains(&format!(" {name} "));
        let shown = known(SHOWN);
        if (shown || known(HOLDERS)) && self.all.len() < MOST_OPEN {
            self.all.push(Element { name: name.to_owned(), other: shown || markdown });
        }
    }

    /// Notes an end tag: what was opened inside of the element ends with it.
    pub(crate) fn end(&mut self, name: &str) {
        if let Some(at) = self.all.iter().rposition(|open| open.name == name) {
            self.all.truncate(at);
        }
    }

    /// Whether indented lines at a place of a text go on with the HTML that is open, and are no
    /// listing: where they begin with a tag. An element that never ends was forgotten, and not
    /// left open.
    pub(crate) fn hold(&mut self, text: &str, at: usize) -> bool {
        let Self { all, ends } = self;
        text.get(at..).is_some_and(begins_with_tag)
            && !all.iter().any(|open| open.other)
            && all.iter().any(|open| ends_after(ends, text, &open.name, at))
    }

    /// Whether an end tag of a name stands below a place of the text.
    pub(crate) fn ends_after(&mut self, text: &str, name: &str, at: usize) -> bool {
        ends_after(&mut self.ends, text, name, at)
    }
}

/// Whether a tag of HTML is the first thing in a text.
pub(crate) fn begins_with_tag(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    letters.next() == Some('<')
        && letters.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!'))
}

/// How many of some lines are plainly Markdown: headings, items of lists, quotations, rows of
/// tables, fences of listings.
pub(crate) fn lines_of_markdown(lines: &mut dyn Iterator<Item = &str>) -> usize {
    let mut marked = 0;
    let mut rows = 0;
    for line in lines {
        let body = line.trim_start_matches(' ');
        if line.len() - body.len() > 3 {
            continue;
        }
        let hashes = body.len() - body.trim_start_matches('#').len();
        let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let is_item = ["- ", "* ", "+ "].iter().any(|mark| body.starts_with(mark))
            || (1..=3).contains(&digits) && body[digits..].starts_with(". ");
        rows += usize::from(body.starts_with('|') && body.trim_end().ends_with('|'));
        let is_head = (1..=6).contains(&hashes) && body[hashes..].starts_with(' ');
        let is_marked = is_head || is_item || body.starts_with("> ") || body.starts_with("```");
        marked += usize::from(is_marked);
    }
    marked + if rows > 1 { rows } else { 0 }
}

fn ends_after(
    ends: &mut BTreeMap<String, Option<usize>>,
    text: &str,
    name: &str,
    at: usize,
) -> bool {
    let last = ends.entry(name.to_owned()).or_insert_with(|| last_end(text, name));
    last.is_some_and(|last| last > at)
}

/// Where the last end tag of a name stands in a text.
fn last_end(text: &str, name: &str) -> Option<usize> {
    let end = format!("</{name}");
    text.as_bytes()
        .windows(end.len())
        .rposition(|window| window.eq_ignore_ascii_case(end.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(names: &[&str]) -> OpenElements {
        let mut open = OpenElements::default();
        names.iter().for_each(|name| open.start(name, false));
        open
    }

    #[test]
    fn only_what_is_open_and_ends_holds_indented_lines() {
        let text = "    <p>Words</p>\n\n</div>";
        assert!(open(&["div"]).hold(text, 0));
        assert!(!open(&[]).hold(text, 0));
        assert!(!open(&["section"]).hold(text, 0), "it never ends");
        assert!(!open(&["div"]).hold("    let it = be;\n\n</div>", 0), "it is no tag");
        assert!(!open(&["div", "pre"]).hold("    <p>\n</pre></div>", 0), "it is shown");
        assert!(!open(&["p", "br"]).hold("    <b>x</b></p>", 0), "a paragraph may have ended");
        assert!(!open(&["div"]).hold("</div>\n\n    <p>", 8), "it ended above");
        let mut closed = open(&["div", "section"]);
        closed.end("div");
        assert!(!closed.hold("    <p>x</p></section></div>", 0));
    }
}
