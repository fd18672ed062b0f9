//! Tables of HTML elements by how they are read, and the elements that are open in a text. Add an
//! element that is new to HTML to one of the tables.

use std::collections::BTreeMap;

use crate::content::model::style::Style;

/// Elements whose content is never printed, and whether readers would miss it, so that it is
/// reported.
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

/// Elements without content.
pub(crate) const EMPTY: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "source"];

/// Elements that begin and end a paragraph.
pub(crate) const GROUPS: &str = " p section article header footer main aside nav address center form fieldset legend details summary dl dd body html hgroup picture search dialog ";

/// Elements that don't change how their text is set.
pub(crate) const PLAIN: &str = " span font u small big mark abbr acronym time label button input cite-plain bdi bdo ins data wbr ruby rb rt rp rtc area base col colgroup link meta param source track option optgroup output progress meter nobr blink math mi mn mo ms mrow mfrac msup msub msqrt mtext mtd mtr mtable mover munder semantics annotation slot menu basefont bgsound marquee frame frameset noframes noembed keygen path g line rect circle polygon polyline defs use o:p amp-img ";

/// Elements that are blocks of the story, and that need an end tag.
pub(crate) const CLOSED: &str =
    " h1 h2 h3 h4 h5 h6 ul ol blockquote figure figcaption caption table ";

/// The comment that marks the block below it as optional.
pub(crate) const OPTIONAL: &str = "optional";

/// Whether there is an HTML element of this name.
pub(crate) fn is_known(name: &str) -> bool {
    const READ: &str = " a img br hr ul ol li dt h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th q blockquote figure figcaption caption pre listing xmp ";
    let spaced = format!(" {name} ");
    [READ, GROUPS, PLAIN].iter().any(|all| all.contains(&spaced))
        || style(name).is_some()
        || NOT_PRINTED.iter().any(|(known, _)| *known == name)
}

/// The style that an element gives its text, if any.
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

/// Elements that hold other elements, and that need an end tag.
const HOLDERS: &str = " address article aside blockquote center div dl fieldset figure footer form header main nav ol section table ul ";

/// Elements in which people show HTML as text, as a tutorial does.
const SHOWN: &str = " code details kbd listing pre samp textarea xmp ";

/// The most open elements that are kept track of. Deeper ones are ignored.
const MOST_OPEN: usize = 64;

/// The elements that blocks of HTML have opened and not closed yet.
#[derive(Debug, Default)]
pub(crate) struct OpenElements {
    all: Vec<Element>,
    /// The byte offset of the last end tag of each name.
    ends: BTreeMap<String, Option<usize>>,
}

#[derive(Debug)]
struct Element {
    name: String,
    /// Whether the content is not HTML of the page: it is shown as text, or it is Markdown.
    other: bool,
}

impl OpenElements {
    /// Adds a start tag. `markdown` is whether the element says that it holds Markdown.
    pub(crate) fn start(&mut self, name: &str, markdown: bool) {
        let known = |names: &str| names.contains(&format!(" {name} "));
        let shown = known(SHOWN);
        if (shown || known(HOLDERS)) && self.all.len() < MOST_OPEN {
            self.all.push(Element { name: name.to_owned(), other: shown || markdown });
        }
    }

    /// Takes an end tag. All elements inside of the one that it closes end with it.
    pub(crate) fn end(&mut self, name: &str) {
        if let Some(at) = self.all.iter().rposition(|open| open.name == name) {
            self.all.truncate(at);
        }
    }

    /// Whether indented lines at the byte offset `at` are HTML inside an open element, and not a
    /// listing: they begin with a tag, and the open element has an end tag further down.
    pub(crate) fn hold(&mut self, text: &str, at: usize) -> bool {
        let Self { all, ends } = self;
        text.get(at..).is_some_and(begins_with_tag)
            && !all.iter().any(|open| open.other)
            && all.iter().any(|open| ends_after(ends, text, &open.name, at))
    }

    /// Whether an end tag of this name follows after the byte offset `at`.
    pub(crate) fn ends_after(&mut self, text: &str, name: &str, at: usize) -> bool {
        ends_after(&mut self.ends, text, name, at)
    }
}

/// Whether a text begins with an HTML tag.
pub(crate) fn begins_with_tag(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    letters.next() == Some('<')
        && letters.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!'))
}

/// How many of these lines are certainly Markdown: headings, list items, quotes, rows of tables,
/// fences of listings.
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

/// The byte offset of the last end tag of this name.
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
