//! A story's tree as HTML. Elements and attributes come from this file alone, and all text is escaped.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::escape::{clean, encode, escape, escape_into};
use super::mentions;
use crate::content::markdown::anchors::anchors;
use crate::content::model::{Align, Block, Inline, LinkTo, PullQuote, Story};
use crate::content::model::{Cell, Table};

/// What is put between the blocks of a body, and words and addresses that its HTML needs.
#[derive(Debug, Default)]
pub(super) struct Extras {
    /// The pictures of the body as HTML, by number.
    pub(super) pictures: BTreeMap<usize, String>,
    /// The box of facts as HTML.
    pub(super) facts: Option<String>,
    /// The name of tables for screen readers: a table is a region that scrolls.
    pub(super) table: String,
    /// The name of the link from a note back to its mark.
    pub(super) back: String,
    /// The addresses of stories that this one links to, by their keys.
    pub(super) links: BTreeMap<String, String>,
}

/// A body with its notes, as HTML.
pub(super) fn body(story: &Story, extras: &Extras) -> String {
    let ids = anchors(&story.body).into_iter().map(|anchor| anchor.id);
    let mut ids: Vec<String> = ids.collect();
    ids.reverse();
    let mut writer = Writer { levels: levels(&story.body), ids, ..Writer::new(extras) };
    let between = between(story, extras);
    for (at, block) in story.body.iter().enumerate() {
        writer.block(story, block);
        for html in between.get(&at).into_iter().flatten() {
            writer.out.push_str(html);
        }
    }
    if story.body.is_empty() {
        between.values().flatten().for_each(|html| writer.out.push_str(html));
    }
    writer.out
}

/// A story's notes as an ordered list; empty where it has none.
pub(super) fn notes(story: &Story, extras: &Extras) -> String {
    if story.notes.is_empty() {
        return String::new();
    }
    let mut writer = Writer::new(extras);
    writer.out.push_str("<ol class=\"notes\">");
    for (at, blocks) in story.notes.iter().enumerate() {
        let number = at + 1;
        writer.out.push_str(&format!("<li id=\"note-{number}\">"));
        writer.blocks(story, blocks);
        // Without a mark in the text there is nothing to go back to.
        if mentions::is_named(story, number as u32) {
            let back = escape(&extras.back);
            writer.out.push_str(&format!(
                " <a class=\"back\" href=\"#mark-{number}\" aria-label=\"{back} {number}\">↩</a>"
            ));
        }
        writer.out.push_str("</li>");
    }
    writer.out.push_str("</ol>");
    writer.out
}

/// A line as HTML. With `links` false its links are dropped, as for a line inside of a link.
pub(super) fn line(inlines: &[Inline], links: bool) -> String {
    let extras = Extras::default();
    let mut writer = Writer { links, ..Writer::new(&extras) };
    writer.inlines(inlines);
    writer.out
}

/// A pull-quote.
fn quote(quote: &PullQuote) -> String {
    let by = quote
        .by
        .as_ref()
        .map_or_else(String::new, |by| format!("<figcaption>{}</figcaption>", escape(&by.text)));
    let text = line(&quote.text, true);
    format!("<figure class=\"pull\"><blockquote><p>{text}</p></blockquote>{by}</figure>")
}

/// The facts, pull-quotes and pictures that the body doesn't name, by the number of the block after
/// which they stand. They are spread evenly over the places between two paragraphs.
fn between(story: &Story, extras: &Extras) -> BTreeMap<usize, Vec<String>> {
    let mut in_body = (BTreeSet::new(), BTreeSet::new());
    mentions::mentioned(&story.body, &mut in_body);
    let (pictures, quotes) = in_body;
    let free = |taken: &BTreeSet<usize>, number: &usize| !taken.contains(number);
    let pictures: Vec<String> = extras
        .pictures
        .iter()
        .filter(|(number, _)| free(&pictures, number))
        .map(|(_, html)| html.clone())
        .collect();
    let quotes: Vec<String> = (0..story.quotes.len())
        .filter(|number| free(&quotes, number))
        .map(|number| quote(&story.quotes[number]))
        .collect();
    let mut things: Vec<String> = extras.facts.clone().into_iter().collect();
    let most = pictures.len().max(quotes.len());
    for at in 0..most {
        things.extend(pictures.get(at).cloned());
        things.extend(quotes.get(at).cloned());
    }
    let is_paragraph = |at: usize| matches!(story.body.get(at), Some(Block::Paragraph(_)));
    let mut places: Vec<usize> =
        (1..story.body.len()).filter(|&at| is_paragraph(at) && is_paragraph(at + 1)).collect();
    if places.is_empty() {
        places.push(story.body.len().saturating_sub(1));
    }
    let mut out: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let count = things.len();
    for (number, html) in things.into_iter().enumerate() {
        let place =
            places[(number * places.len() + places.len() / 2) / count.max(1) % places.len()];
        out.entry(place).or_default().push(html);
    }
    out
}

/// The level of heading for each level of subhead that a body has: 2 for the largest, without gaps.
fn levels(blocks: &[Block]) -> BTreeMap<u8, u8> {
    let mut found = BTreeSet::new();
    mentions::levels(blocks, &mut found);
    found.into_iter().zip(2..=6).collect()
}

/// Writes HTML.
struct Writer<'a> {
    out: String,
    /// Whether links are written.
    links: bool,
    /// The level of heading for each level of subhead.
    levels: BTreeMap<u8, u8>,
    /// The level of the last heading: the story's headline has 1.
    last: u8,
    /// The notes that have had a mark.
    marked: BTreeSet<u32>,
    /// The ids of the subheads that are still to come, the next one last.
    ids: Vec<String>,
    extras: &'a Extras,
}

impl<'a> Writer<'a> {
    fn new(extras: &'a Extras) -> Self {
        let (levels, marked) = (BTreeMap::new(), BTreeSet::new());
        let ids = vec![];
        Self { out: String::new(), links: true, levels, last: 1, marked, ids, extras }
    }

    fn blocks(&mut self, story: &Story, blocks: &[Block]) {
        match blocks {
            // A single paragraph needs no element around it.
            [Block::Paragraph(text)] => self.inlines(text),
            blocks => blocks.iter().for_each(|block| self.block(story, block)),
        }
    }

    fn block(&mut self, story: &Story, block: &Block) {
        match block {
            Block::Paragraph(text) => self.element("p", text),
            Block::Subhead { level, text, id: _ } => {
                // Even where a small subhead comes before the first large one, no level is left out.
                let level = self.levels.get(level).copied().unwrap_or(6).min(self.last + 1);
                self.last = level;
                let id = self.ids.pop();
                let id = id.map_or_else(String::new, |id| format!(" id=\"{}\"", escape(&id)));
                self.out.push_str(&format!("<h{level}{id}>"));
                self.inlines(text);
                self.out.push_str(&format!("</h{level}>"));
            }
            Block::List { start, items } => {
                let (open, close) = match start {
                    None => ("<ul>".to_owned(), "</ul>"),
                    Some(1) => ("<ol>".to_owned(), "</ol>"),
                    Some(start) => (format!("<ol start=\"{}\">", (*start).min(1 << 30)), "</ol>"),
                };
                self.out.push_str(&open);
                for item in items {
                    self.out.push_str("<li>");
                    self.blocks(story, item);
                    self.out.push_str("</li>");
                }
                self.out.push_str(close);
            }
            Block::Quote(blocks) => {
                self.out.push_str("<blockquote>");
                blocks.iter().for_each(|block| self.block(story, block));
                self.out.push_str("</blockquote>");
            }
            Block::Code(lines) => {
                self.out.push_str("<pre tabindex=\"0\"><code>");
                for line in lines {
                    escape_into(&line.text, &mut self.out);
                    self.out.push('\n');
                }
                self.out.push_str("</code></pre>");
            }
            Block::Table(table) => self.table(table),
            Block::Rule => self.out.push_str("<hr>"),
            Block::Picture(number) => {
                self.out.push_str(self.extras.pictures.get(number).map_or("", String::as_str));
            }
            Block::PullQuote(number) => {
                self.out.push_str(&story.quotes.get(*number).map(quote).unwrap_or_default());
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let name = escape(&self.extras.table);
        let region = "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=";
        self.out.push_str(&format!("{region}\"{name}\"><table>"));
        for (part, rows) in [("thead", 0..table.heads), ("tbody", table.heads..table.rows.len())] {
            if !rows.is_empty() {
                self.out.push_str(&format!("<{part}>"));
                rows.for_each(|row| self.row(table, row));
                self.out.push_str(&format!("</{part}>"));
            }
        }
        self.out.push_str("</table></div>");
    }

    fn row(&mut self, table: &Table, row: usize) {
        self.out.push_str("<tr>");
        for Cell { text, column, rows, columns } in table.cells(row) {
            // An empty cell in a head row is no heading.
            let (open, close) = match (row < table.heads && !text.is_empty(), columns) {
                (false, _) => ("td", "td"),
                (true, 1) => ("th scope=\"col\"", "th"),
                (true, _) => ("th scope=\"colgroup\"", "th"),
            };
            let class = match table.align.get(column) {
                Some(Align::Center) => " class=\"centre\"",
                Some(Align::End) => " class=\"end\"",
                _ => "",
            };
            self.out.push_str(&format!("<{open}{class}"));
            for (name, taken) in [("rowspan", rows), ("colspan", columns)] {
                if taken > 1 {
                    self.out.push_str(&format!(" {name}=\"{taken}\""));
                }
            }
            self.out.push('>');
            self.inlines(text);
            self.out.push_str(&format!("</{close}>"));
        }
        self.out.push_str("</tr>");
    }

    fn element(&mut self, name: &str, text: &[Inline]) {
        self.out.push_str(&format!("<{name}>"));
        self.inlines(text);
        self.out.push_str(&format!("</{name}>"));
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(run) => escape_into(&run.text, &mut self.out),
                Inline::Emph(inner) => self.element("em", inner),
                Inline::Strong(inner) => self.element("strong", inner),
                Inline::Strike(inner) => self.element("s", inner),
                Inline::Super(inner) => self.element("sup", inner),
                Inline::Sub(inner) => self.element("sub", inner),
                Inline::Code(run) => {
                    self.out.push_str("<code>");
                    escape_into(&run.text, &mut self.out);
                    self.out.push_str("</code>");
                }
                Inline::Link { to, text } => self.link(to, text),
                Inline::Note(number) => self.mark(*number),
                Inline::Break => self.out.push_str("<br>"),
            }
        }
    }

    fn link(&mut self, to: &LinkTo, text: &[Inline]) {
        let address = match to {
            LinkTo::Web(url) => address(url),
            LinkTo::Near(_) => None,
            LinkTo::Heading(id) => Some(format!("#{}", encode(id))),
            LinkTo::Story { key, heading } => self.extras.links.get(key).map(|page| {
                let heading =
                    heading.as_ref().map_or_else(String::new, |id| format!("#{}", encode(id)));
                format!("{page}{heading}")
            }),
        };
        let Some(address) = address.filter(|_| self.links) else { return self.inlines(text) };
        let own = to.web().is_none();
        // Links to other sites don't tell them where the reader comes from.
        let rel = if own || address.starts_with("mailto:") {
            ""
        } else {
            " rel=\"external noopener noreferrer\""
        };
        self.out.push_str(&format!("<a href=\"{}\"{rel}>", escape(&address)));
        // HTML allows no link in a link.
        self.links = false;
        self.inlines(text);
        self.links = true;
        self.out.push_str("</a>");
    }

    /// The mark of a note. The first mark of each note has an id to come back to.
    fn mark(&mut self, number: u32) {
        if !self.links {
            return;
        }
        let id = if self.marked.insert(number) {
            format!(" id=\"mark-{number}\"")
        } else {
            String::new()
        };
        self.out.push_str(&format!(
            "<sup class=\"mark\"><a{id} href=\"#note-{number}\">{number}</a></sup>"
        ));
    }
}

/// An address of the web or of mail, ready for HTML; none for any other, or for one that can't be read.
pub(super) fn address(url: &str) -> Option<String> {
    let url = Url::parse(&clean(url.trim())).ok()?;
    if !matches!(url.scheme(), "http" | "https" | "mailto") {
        return None;
    }
    // Browsers accept more characters than an address may hold: the others are percent-encoded here.
    // What is encoded already stays as it is.
    let text = url.as_str();
    let mut out = String::with_capacity(text.len());
    let mut in_fragment = false;
    for (at, c) in text.char_indices() {
        let after = text.as_bytes().get(at + 1..at + 3);
        let is_encoded = || after.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        let odd = match c {
            '%' => !is_encoded(),
            '#' => std::mem::replace(&mut in_fragment, true),
            '[' | ']' => url.host_str().is_none_or(|host| !host.starts_with('[')),
            c => "\"<>\\^`{|}".contains(c),
        };
        if odd { out.push_str(&format!("%{:02X}", u32::from(c))) } else { out.push(c) }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_can_be_followed() {
        assert_eq!(
            address("https://a.example/x y?q=\"").as_deref(),
            Some("https://a.example/x%20y?q=%22")
        );
        assert_eq!(address("mailto:a@b.example").as_deref(), Some("mailto:a@b.example"));
        for (written, followed) in [
            ("https://a.example/?w=100%&b={1}", "https://a.example/?w=100%25&b=%7B1%7D"),
            ("https://a.example/#/#room:b|c", "https://a.example/#/%23room:b%7Cc"),
            ("https:///a.example/é%20", "https://a.example/%C3%A9%20"),
            ("https://[::1]:8080/", "https://[::1]:8080/"),
        ] {
            assert_eq!(address(written).as_deref(), Some(followed), "{written}");
        }
        for bad in [
            "javascript:alert(1)",
            "JAVASCRIPT:x",
            "data:text/html,x",
            "//x",
            "https:",
            "java\nscript:x",
            "http://file:http://a.example/",
            "http://%20http//a.example/",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn no_level_of_subheads_is_left_out() {
        let heads = |levels: &[u8]| {
            let subhead = |&level: &u8| Block::Subhead { level, id: None, text: vec![] };
            let body = levels.iter().map(subhead).collect();
            let file = crate::diag::FileNo(0);
            let story = Story { body, ..Story::bare("a".into(), file, vec![]) };
            super::body(&story, &Extras::default())
        };
        let levels = |html: String| {
            html.split("<h").filter_map(|head| head.chars().next()).collect::<String>()
        };
        assert_eq!(levels(heads(&[2, 4, 2])), "232");
        assert_eq!(levels(heads(&[3, 4, 2, 3])), "2323");
    }
}
