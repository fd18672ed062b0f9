//! Liquid tags, shortcodes and attribute lists in Markdown: found before the Markdown is read, and
//! masked so that every other byte stays where it was.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag as MdTag};

use super::math;
use super::tag_args::{self, Parts};

/// Stands for each byte of a tag that is met again as text.
pub(crate) const MASK: char = '\u{1}';

/// No tag is longer, in bytes.
const LONGEST_TAG: usize = 8_000;

/// A tag that was masked.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) kind: TagKind,
}

/// What a tag is.
#[derive(Debug, Clone)]
pub(crate) enum TagKind {
    /// It names a picture.
    Picture(Parts),
    /// It prints a value of the front matter, if there is one of this key.
    Page {
        /// The key.
        key: String,
        /// As a person would name it.
        name: String,
    },
    /// It prints something we don't know.
    Unknown {
        /// As a person would name it.
        name: String,
    },
    /// A list of attributes, which tells a site how to show what stands beside it.
    Attributes { name: String },
    /// A formula, as it is written between its marks.
    Math(String),
    /// Nothing is lost by leaving it out.
    Quiet,
}

/// A text with its tags masked.
#[derive(Debug, Default)]
pub(crate) struct Masked {
    /// As long as the text it was made from, byte for byte.
    pub(crate) text: String,
    /// The tags by their place.
    pub(crate) tags: Vec<Tag>,
    /// Tags that never close.
    pub(crate) unclosed: Vec<Range<usize>>,
}

/// Masks the tags of a text.
pub(crate) fn mask(text: &str) -> Masked {
    let mut out = Masked::default();
    let mut bytes = text.replace(MASK, "\u{2}").into_bytes();
    if text.contains("{{")
        || text.contains("{%")
        || text.contains("{:")
        || text.contains("{.")
        || text.contains("{#")
        || text.contains("\n:::")
        || text.starts_with(":::")
    {
        let ground = Ground::of(text);
        let mut finder =
            TagFinder { text, ground: &ground, until: None, out: &mut out, bytes: &mut bytes };
        finder.run();
    }
    if ["$", "\\(", "\\["].iter().any(|mark| text.contains(mark)) {
        formulas(text, &mut out, &mut bytes);
    }
    out.text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    out
}

/// Masks the formulas of a text: their signs would be taken for markup.
fn formulas(text: &str, out: &mut Masked, bytes: &mut [u8]) {
    let ground = Ground::of(text);
    let taken: Vec<Range<usize>> = out.tags.iter().map(|tag| tag.range.clone()).collect();
    let is_code = |at: usize| {
        let held = [&ground.code, &ground.html, &taken];
        held.into_iter().find_map(|ranges| Ground::holds(ranges, at)).map(|range| range.end)
    };
    for math::Found { range, inside } in math::find(text, is_code) {
        if taken.iter().any(|tag| tag.start < range.end && range.start < tag.end) {
            continue;
        }
        bytes[range.clone()].fill(MASK as u8);
        out.tags.push(Tag { range, kind: TagKind::Math(text[inside].to_owned()) });
    }
    out.tags.sort_by_key(|tag| tag.range.start);
}

/// Where code and raw HTML stand in a text.
struct Ground {
    code: Vec<Range<usize>>,
    html: Vec<Range<usize>>,
}

impl Ground {
    fn of(text: &str) -> Self {
        let mut ground = Self { code: vec![], html: vec![] };
        for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
            match event {
                Event::Code(_) => ground.code.push(range),
                // Indented code is left out: tags are often indented, and code that is all tags is rare.
                Event::Start(MdTag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(_))) => {
                    ground.code.push(range);
                }
                Event::Start(MdTag::HtmlBlock) => ground.html.push(range),
                _ => {}
            }
        }
        ground
    }

    fn holds(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
        let next = ranges.partition_point(|range| range.end <= at);
        ranges.get(next).filter(|range| range.contains(&at))
    }
}

/// Walks a text from tag to tag.
struct TagFinder<'a> {
    text: &'a str,
    ground: &'a Ground,
    /// The tag that ends text in which nothing is a tag.
    until: Option<&'static str>,
    out: &'a mut Masked,
    bytes: &'a mut Vec<u8>,
}

impl TagFinder<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(found) = self.text[at..].find(['{', ':']) {
            at += found;
            if let Some(code) = Ground::holds(&self.ground.code, at) {
                at = code.end.max(at + 1);
                continue;
            }
            at = self.tag_at(at).unwrap_or(at + 1);
        }
    }

    /// Reads a tag that may begin here; returns where it ends.
    fn tag_at(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if rest.starts_with("{%") {
            self.paired(at, 2, "%}")
        } else if rest.starts_with("{{<") {
            self.paired(at, 3, ">}}")
        } else if rest.starts_with("{{%") {
            self.paired(at, 3, "%}}")
        } else if self.until.is_some() {
            None
        } else if rest.starts_with("{{") {
            self.output(at)
        } else if rest.starts_with("{:") {
            self.attributes(at)
        } else if rest.starts_with("{.") || rest.starts_with("{#") {
            self.bare_attributes(at)
        } else if rest.starts_with(":::") {
            self.fence(at)
        } else {
            None
        }
    }

    /// Where the closing marks stand, in the same paragraph.
    fn close(&mut self, from: usize, marks: &str) -> Option<usize> {
        let rest = ahead(self.text, from, LONGEST_TAG);
        let paragraph = rest.find("\n\n").or_else(|| rest.find("\r\n\r\n")).unwrap_or(rest.len());
        let found = rest[..paragraph].find(marks);
        if found.is_none() {
            self.out.unclosed.push(from..from + 1);
        }
        found.map(|at| from + at)
    }

    /// `{% … %}`, `{{< … >}}`, `{{% … %}}`.
    fn paired(&mut self, at: usize, open: usize, marks: &str) -> Option<usize> {
        let close = self.close(at + open, marks)?;
        let end = close + marks.len();
        let mut inside = at + open..close;
        // `{{</* … */>}}` shows how a shortcode is written; `{%- … -%}` eats blanks.
        for (before, after) in [("/*", "*/"), ("-", "-")] {
            let part = &self.text[inside.clone()];
            if part.len() >= 2 * before.len() && part.starts_with(before) && part.ends_with(after) {
                inside = inside.start + before.len()..inside.end - after.len();
                if before == "/*" {
                    return Some(end);
                }
            }
        }
        let parts = tag_args::parse(self.text, inside);
        if self.until.is_some_and(|until| parts.name != until) {
            return None;
        }
        let range = at..end;
        match parts.name.as_str() {
            "raw" => self.until = Some("endraw"),
            "endraw" => self.until = None,
            "comment" => {
                let close = self.text[end..]
                    .find("endcomment")
                    .and_then(|n| self.text[end + n..].find("%}").map(|m| end + n + m + 2));
                return Some(self.hide(at..close.unwrap_or(end), TagKind::Quiet));
            }
            "highlight" => {
                self.until = Some(if marks == "%}" { "endhighlight" } else { "/highlight" });
                return Some(self.code_fence(range));
            }
            "endhighlight" | "/highlight" => {
                self.until = None;
                return Some(self.code_fence(range));
            }
            "ref" | "relref" | "link" | "post_url" | "asset_path" if self.in_address(at) => {
                return Some(self.address(range, &parts));
            }
            _ if self.in_address(at) => return Some(self.blank(range)),
            name if is_picture(name, &parts, self.text) => {
                return Some(self.show(range, TagKind::Picture(parts)));
            }
            name if name.starts_with('/') || name.starts_with("end") => {}
            name => {
                let name = format!("{} {name} {}", &self.text[at..at + open], marks);
                return Some(self.hide(range, TagKind::Unknown { name }));
            }
        }
        Some(self.hide(range, TagKind::Quiet))
    }

    /// `{{ … }}`.
    fn output(&mut self, at: usize) -> Option<usize> {
        let end = self.close(at + 2, "}}")? + 2;
        let inside = self.text[at + 2..end - 2].trim();
        if self.in_address(at) {
            let parts = tag_args::parse(self.text, at + 2..end - 2);
            return Some(self.address(at..end, &parts));
        }
        let picture = inside.contains("img") && inside.contains("src=");
        let name = format!("{{{{ {} }}}}", shorten(inside));
        let key = inside.strip_prefix("page.").or_else(|| inside.strip_prefix(".Params."));
        let kind = if picture {
            TagKind::Picture(tag_args::parse(self.text, at + 2..end - 2))
        } else if let Some(key) =
            key.filter(|key| key.chars().all(|c| c.is_alphanumeric() || c == '_'))
        {
            TagKind::Page { key: super::known::normal(key), name }
        } else {
            TagKind::Unknown { name }
        };
        Some(self.hide(at..end, kind))
    }

    /// `{: .class}`, on a line of its own or after what it belongs to.
    fn attributes(&mut self, at: usize) -> Option<usize> {
        let line = ahead(self.text, at, LONGEST_TAG / 16).lines().next()?;
        let end = at + line.find('}')? + 1;
        let inside = &self.text[at + 2..end - 1];
        let first = inside.trim_start().chars().next()?;
        if !(matches!(first, '.' | '#') || first.is_alphabetic()) {
            return None;
        }
        // The list that a table of contents replaces says nothing of its own.
        if inside.trim_start().starts_with("toc") {
            let before = self.text[..at].trim_end();
            let start = before.rfind('\n').map_or(0, |n| n + 1);
            if before[start..].trim_start_matches(['*', '-', '+', '1', '.', ' ']).len() <= 20 {
                self.blank(start..before.len());
            }
        }
        let name = shorten(&self.text[at..end]);
        Some(self.hide(at..end, TagKind::Attributes { name }))
    }

    /// `{.class #name key=value}`, as Pandoc and others have them, and nothing but that.
    fn bare_attributes(&mut self, at: usize) -> Option<usize> {
        let line = ahead(self.text, at, LONGEST_TAG / 16).lines().next()?;
        let end = at + line.find('}')? + 1;
        let is_attribute = |word: &str| match word.strip_prefix(['.', '#']) {
            Some(name) => {
                let mut letters = name.chars();
                letters.next().is_some_and(char::is_alphabetic)
                    && letters.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
            }
            None => word.contains('='),
        };
        let inside = &self.text[at + 1..end - 1];
        let name = shorten(&self.text[at..end]);
        let all = inside.split_whitespace().all(is_attribute);
        all.then(|| self.hide(at..end, TagKind::Attributes { name }))
    }

    /// `::: note`, the fence of a box, alone on its line.
    fn fence(&mut self, at: usize) -> Option<usize> {
        let before = self.text[..at].trim_end_matches([' ', '\t', '>']);
        let line = ahead(self.text, at, LONGEST_TAG / 16).lines().next()?;
        let label = line.trim_start_matches(':').trim();
        let word =
            label.is_empty() || label.starts_with('{') || label.split_whitespace().count() == 1;
        let alone = before.is_empty() || before.ends_with('\n');
        (alone && word).then(|| self.hide(at..at + line.len(), TagKind::Quiet))
    }

    /// Whether this place is inside of a link's or an attribute's address.
    fn in_address(&self, at: usize) -> bool {
        let mut from = at.saturating_sub(LONGEST_TAG / 16);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let line = self.text[from..at].rsplit('\n').next().unwrap_or_default();
        let word = line
            .trim_end_matches([' ', '<'])
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let opened =
            |mark: &str| word.rfind(mark).is_some_and(|n| !word[n + mark.len()..].contains(')'));
        let attribute = word.rfind('=').is_some_and(|n| {
            let value = word[n + 1..].trim_start_matches(['"', '\'']);
            !value.contains(['"', '\'', '>'])
                && (word[..n].ends_with("href") || word[..n].ends_with("src"))
        });
        opened("](") || attribute || word.starts_with('[') && word.ends_with("]:")
    }

    /// Keeps the address that a tag holds and blanks the rest of it.
    fn address(&mut self, range: Range<usize>, parts: &Parts) -> usize {
        let named = [self.text.get(range.clone()).unwrap_or_default()];
        let quoted =
            parts.args.iter().find(|arg| arg.quoted).map(|arg| arg.value.clone()).or_else(|| {
                let start = named[0].find(['"', '\''])? + 1;
                let length = named[0][start..].find(['"', '\''])?;
                Some(range.start + start..range.start + start + length)
            });
        let kept = quoted.filter(|value| !self.text[value.clone()].contains(char::is_whitespace));
        let keep = kept.map(|value| (value.start, self.bytes[value].to_vec()));
        self.blank(range.clone());
        if let Some((at, bytes)) = keep {
            self.bytes[at..at + bytes.len()].copy_from_slice(&bytes);
        }
        range.end
    }

    /// Makes a line that begins or ends highlighted code a code fence.
    fn code_fence(&mut self, range: Range<usize>) -> usize {
        let end = self.blank(range.clone());
        self.bytes[range.start..range.start + 3].copy_from_slice(b"```");
        end
    }

    fn blank(&mut self, range: Range<usize>) -> usize {
        for byte in &mut self.bytes[range.clone()] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        range.end
    }

    /// Masks a tag that leaves nothing behind.
    fn hide(&mut self, range: Range<usize>, kind: TagKind) -> usize {
        let end = range.end;
        let in_html = Ground::holds(&self.ground.html, range.start).is_some();
        let picture = matches!(kind, TagKind::Picture(_) | TagKind::Page { .. });
        if picture || in_html || !self.alone(&range) {
            return self.show(range, kind);
        }
        // Alone on its line it is a blank line: what stands around it stays two paragraphs.
        self.blank(range.clone());
        self.out.tags.push(Tag { range, kind });
        end
    }

    /// Masks a tag that is met again as text.
    fn show(&mut self, range: Range<usize>, kind: TagKind) -> usize {
        self.bytes[range.clone()].fill(MASK as u8);
        let end = range.end;
        self.out.tags.push(Tag { range, kind });
        end
    }

    fn alone(&self, range: &Range<usize>) -> bool {
        let before = self.text[..range.start].trim_end_matches([' ', '\t']);
        let after = self.text[range.end..].trim_start_matches([' ', '\t', '\r']);
        (before.is_empty() || before.ends_with('\n'))
            && (after.is_empty() || after.starts_with('\n'))
    }
}

/// The text from a byte on, but not much of it, so that long lines don't take long.
fn ahead(text: &str, from: usize, length: usize) -> &str {
    let mut end = (from + length).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[from..end]
}

/// Whether a tag of this name shows a picture.
fn is_picture(name: &str, parts: &Parts, text: &str) -> bool {
    let pictorial = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["img", "image", "figure", "photo", "picture"].iter().any(|part| name.contains(part))
            && !name.contains("gallery")
            || name == "figureforgallery"
            || name == "asset"
            || name == "asset-static"
    };
    if name.starts_with('/') || name.starts_with("end") {
        return false;
    }
    let included = || parts.placed().first().is_some_and(|arg| pictorial(&text[arg.value.clone()]));
    pictorial(name) || (name.starts_with("include") || name == "render") && included()
}

fn shorten(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let short = short.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > 40 { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_is_as_long_as_its_text() {
        for text in [
            "a {{ x }} b",
            "[a]({{ \"/b/\" | url }})",
            "{% image \"a\" \"ü\" %}",
            "x\n{: .y}\n",
            "`{{ kept }}`",
            "{{ open",
        ] {
            assert_eq!(mask(text).text.len(), text.len(), "{text}");
        }
    }

    #[test]
    fn an_address_stays() {
        assert_eq!(mask("[a]({{ \"/b/\" | url }})").text, "[a](    /b/          )");
        assert_eq!(mask("[a]({{site.baseurl}}/b)").text, "[a](                /b)");
        assert_eq!(mask("`{{ kept }}`").text, "`{{ kept }}`");
    }

    #[test]
    fn pictures_are_known() {
        let masked = mask("{% image \"a.jpg\" \"b\" %}\n\n{{< vimeo id=3 >}}");
        assert!(matches!(masked.tags[0].kind, TagKind::Picture(_)));
        assert!(
            matches!(&masked.tags[1].kind, TagKind::Unknown { name } if name == "{{< vimeo >}}")
        );
    }
}
