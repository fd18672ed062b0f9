//! What stands on a line: text, code, emphasis, notes, pictures.

use crate::diag::Code;
use std::borrow::Cow;
use std::ops::Range;

use super::super::html;
use super::super::inlines::{LOST_PICTURE, visible};
use super::super::markdown;
use super::super::math::{self, Piece};
use super::super::pictures::Mention;
use super::super::runs::LONGEST_RUN;
use super::super::story::{Block, Inline};
use super::super::tags::{MASK, Mark, TagKind};
use super::super::typography_marks::escape;
use super::super::words;
use super::{Builder, Frame, Kind, MOST_INLINES, OpenStyle, PreLine, Style};

impl Builder<'_, '_> {
    /// Opens an inline. What is emphasised deeper looks no different.
    pub(crate) fn style(&mut self, style: Style) {
        if self.open.len() >= MOST_INLINES {
            self.ignored_styles.push(std::mem::discriminant(&style));
            return;
        }
        let before = std::mem::take(&mut self.line);
        self.open.push(OpenStyle { style, before, depth: self.frames.len() });
    }

    /// Closes the innermost inline of a kind.
    pub(crate) fn end_style(&mut self, sample: &Style) {
        let kind = std::mem::discriminant(sample);
        if self.ignored_styles.last() == Some(&kind) {
            self.ignored_styles.pop();
            return;
        }
        let Some(found) =
            self.open.iter().rposition(|open| std::mem::discriminant(&open.style) == kind)
        else {
            return;
        };
        while self.open.len() > found {
            if let Some(open) = self.open.pop() {
                self.wrap(open);
            }
        }
    }

    pub(super) fn wrap(&mut self, open: OpenStyle) {
        let inner = std::mem::replace(&mut self.line, open.before);
        if inner.is_empty() {
            return;
        }
        match open.style {
            Style::Emph => self.line.push(Inline::Emph(inner)),
            Style::Strong => self.line.push(Inline::Strong(inner)),
            Style::Strike => self.line.push(Inline::Strike(inner)),
            Style::Super => self.line.push(Inline::Super(inner)),
            Style::Sub => self.line.push(Inline::Sub(inner)),
            Style::Link(Some(to)) => self.line.push(Inline::Link { to, text: inner }),
            Style::Code | Style::Link(None) => self.line.extend(inner),
        }
    }

    /// A break inside of a line.
    pub(crate) fn line_break(&mut self) {
        if self.frames.last().is_some_and(|frame| matches!(frame.kind, Kind::Pre(_))) {
            return;
        }
        self.line.push(Inline::Break);
    }

    /// The mark of a note.
    pub(crate) fn note(&mut self, label: &str) {
        let label = label.to_lowercase();
        let number = self.labels.iter().position(|known| *known == label).unwrap_or_else(|| {
            self.labels.push(label);
            self.labels.len() - 1
        });
        self.line.push(Inline::Note(u32::try_from(number + 1).unwrap_or(u32::MAX)));
    }

    /// Text; where it holds masked tags, they are met here.
    pub(crate) fn text(&mut self, text: &str, range: Range<usize>) {
        if range.start < self.skip_until {
            return;
        }
        if let Some(Frame { kind: Kind::Pre(_), .. }) = self.frames.last() {
            self.code(text, range);
            return;
        }
        if !text.contains(MASK) {
            self.plain(text, range);
            return;
        }
        let same = self.masked.text.get(range.clone()) == Some(text);
        let mut at = 0;
        let mut tag = self.masked.tags.partition_point(|tag| tag.range.start < range.start);
        while at < text.len() {
            let rest = &text[at..];
            let length = rest.find(MASK).unwrap_or(rest.len());
            if length > 0 {
                let place =
                    if same { range.start + at..range.start + at + length } else { range.clone() };
                self.plain(&rest[..length], place);
                at += length;
                continue;
            }
            let Some(next) = self
                .masked
                .tags
                .get(tag)
                .filter(|next| next.range.start < range.end.max(range.start + 1))
            else {
                at += 1;
                continue;
            };
            let (kind, place) = (next.kind.clone(), next.range.clone());
            at += rest
                .bytes()
                .take(place.len())
                .take_while(|byte| *byte == MASK as u8)
                .count()
                .max(1);
            tag += 1;
            self.tag(kind, &place);
        }
    }

    pub(super) fn tag(&mut self, kind: TagKind, place: &Range<usize>) {
        match kind {
            TagKind::Picture(parts) => {
                if let Some(mention) = Mention::of_tag(&parts, place, self.scope, self.map) {
                    self.picture(mention);
                }
            }
            TagKind::Framed(parts) => {
                self.open(Kind::Figure(vec![]), false, place.clone());
                self.tag(TagKind::Picture(parts), place);
            }
            TagKind::Shifted { text, up } => {
                let style = if up { Style::Super } else { Style::Sub };
                self.style(style.clone());
                self.plain(&self.written(&text), text);
                self.end_style(&style);
            }
            TagKind::Page { key, .. } => {
                let line = self.scope.page(&key);
                self.line.extend(line);
            }
            TagKind::Embed { src, alt } => {
                let at = self.place(place);
                let mut mention = Mention::of_markdown(&self.written(&src), "", at);
                if let Some(alt) = alt {
                    mention.add_alt(&self.written(&alt));
                }
                self.picture(mention);
            }
            TagKind::Wiki { to, words } => self.wiki(&to, &words, place),
            TagKind::Title(title) => {
                self.flush();
                let line = self.read(&title);
                if visible(&line) {
                    self.push(Block::Paragraph(vec![Inline::Strong(line)]));
                }
            }
            TagKind::Note(text) => {
                let line = self.read(&text);
                let label = format!("^{}", place.start);
                let at = self.place(place);
                self.note(&label);
                self.define(label, vec![Block::Paragraph(line)], at);
            }
            TagKind::Figure { caption } => {
                let caption = caption.map_or_else(Vec::new, |caption| self.read(&caption));
                self.open(Kind::Figure(caption), false, place.clone());
            }
            TagKind::FigureEnd => {
                let figure = Kind::Figure(vec![]);
                self.close(|kind| matches!(kind, Kind::Figure(_)), &figure, false);
            }
            TagKind::Written(text) => {
                // Markup that is shown as such keeps its straight quotation marks.
                let text: String = text.chars().map(|c| escape(c).unwrap_or(c)).collect();
                self.plain(&text, place.clone());
            }
            TagKind::Html => html::read(self, (self.written(place), place.clone())),
            TagKind::Attributes { alt, caption, .. } => self.tell_picture(alt, caption),
            TagKind::Caption(text) => {
                let line = self.read(&text);
                self.flush();
                self.end_caption(vec![Block::Paragraph(line)]);
            }
            TagKind::Begin(mark) => self.begin(mark, place),
            TagKind::End(mark) => match mark {
                Mark::Emph => self.end_style(&Style::Emph),
                Mark::Strong => self.end_style(&Style::Strong),
                Mark::Strike => self.end_style(&Style::Strike),
                Mark::Link(_) => self.end_style(&Style::Link(None)),
                Mark::Quote(_) => self.close(|kind| *kind == Kind::Quote, &Kind::Quote, false),
            },
            TagKind::Math(written) => self.formula(&written, place),
            TagKind::Unknown { .. } | TagKind::Component { .. } | TagKind::Quiet => {}
        }
    }

    fn begin(&mut self, mark: Mark, place: &Range<usize>) {
        match mark {
            Mark::Emph => self.style(Style::Emph),
            Mark::Strong => self.style(Style::Strong),
            Mark::Strike => self.style(Style::Strike),
            Mark::Link(to) => {
                let at = self.place(place);
                let to = self.scope.link(&self.written(&to), at);
                self.style(Style::Link(to));
            }
            Mark::Quote(by) => {
                self.open(Kind::Quote, false, place.clone());
                let by = by.map(|by| self.read(&by)).filter(|by| visible(by));
                by.into_iter().for_each(|by| {
                    self.push(Block::Paragraph(vec![Inline::Strong(by)]));
                });
            }
        }
    }

    /// What a list of attributes says of the picture before it. The words in the brackets are its
    /// caption then.
    fn tell_picture(&mut self, alt: Option<Range<usize>>, caption: Option<Range<usize>>) {
        let Some(number) = self.last_picture else { return };
        let place = alt.clone().map(|alt| self.place(&alt));
        let before = alt.and_then(|alt| {
            let alt = self.written(&alt);
            self.scope.pictures.set_alt(number, &alt)
        });
        let caption = match (caption, before, place) {
            (Some(caption), ..) => self.read(&caption),
            (None, Some(before), Some(place)) => {
                vec![Inline::Text(self.scope.run(before, place))]
            }
            _ => return,
        };
        if self.scope.pictures.wants_caption(number) {
            self.scope.pictures.set_caption(number, caption);
        }
    }

    /// A part of the text as it is written, its tags not masked.
    fn written(&self, range: &Range<usize>) -> String {
        self.scope.source.get(self.place(range)).unwrap_or_default().to_owned()
    }

    /// The same as a line.
    fn read(&mut self, range: &Range<usize>) -> Vec<Inline> {
        let text = self.written(range);
        markdown::inlines(self.scope, &text, &self.map.from(range.start))
    }

    /// A link to another note; a name and a heading have a mark between them.
    fn wiki(&mut self, to: &Range<usize>, words: &[Range<usize>], place: &Range<usize>) {
        let at = self.place(place);
        let link = self.scope.wiki_link(&self.written(to), at);
        self.style(Style::Link(Some(link)));
        for (number, piece) in words.iter().enumerate() {
            if number > 0 {
                self.plain(" > ", piece.start - 1..piece.start);
            }
            let line = self.read(piece);
            self.line.extend(line);
        }
        self.end_style(&Style::Link(None));
    }

    /// Says where a drawing of a site's own stands, which is named as emoji are; the text without.
    fn without_icons<'t>(&mut self, text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        const SETS: [&str; 4] = [":fontawesome-", ":material-", ":octicons-", ":simple-"];
        if !text.contains(':') {
            return text.into();
        }
        let found = SETS.iter().find_map(|set| Some((text.find(set)?, set.len())));
        let Some((at, length)) = found else { return text.into() };
        let name = text[at + length..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        let end = name.map(|end| at + length + end).filter(|end| text[*end..].starts_with(':'));
        let Some(end) = end else { return text.into() };
        let shown = &text[at..=end];
        let place = self.place(range);
        if self.scope.first(shown) {
            let what = format!(
                "the tag `{shown}` is left out: only the site it was written for can fill it in"
            );
            self.scope
                .warning(Code::LeftOutTag, place, what)
                .add_hint("write out what it should say");
        }
        let rest = format!("{}{}", &text[..at], &text[end + 1..]);
        self.without_icons(&rest, range).into_owned().into()
    }

    /// A formula; one that a line can't show is printed as it is written.
    fn formula(&mut self, written: &str, at: &Range<usize>) {
        if let Some(pieces) = math::read(written) {
            let line = self.pieces(pieces, at);
            self.line.extend(line);
            return;
        }
        let place = self.place(at);
        self.scope
            .warning(
                Code::Formula,
                place.clone(),
                "this formula is too complex to be set in a line of text; it is printed as it is written",
            )
            .add_hint("write it more simply, or use a picture of it");
        let text = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let run = self.scope.run(words::printable(&text), place);
        self.line.push(Inline::Code(run));
    }

    fn pieces(&mut self, pieces: Vec<Piece>, at: &Range<usize>) -> Vec<Inline> {
        let mut line = vec![];
        for piece in pieces {
            line.push(match piece {
                Piece::Raised(inner) => Inline::Super(self.pieces(inner, at)),
                Piece::Lowered(inner) => Inline::Sub(self.pieces(inner, at)),
                Piece::Upright(text) => self.formula_text(&text, at),
                Piece::Letter(text) => Inline::Emph(vec![self.formula_text(&text, at)]),
                Piece::Bold(text) => Inline::Strong(vec![self.formula_text(&text, at)]),
            });
        }
        line
    }

    fn formula_text(&mut self, text: &str, at: &Range<usize>) -> Inline {
        let place = self.place(at);
        Inline::Text(self.scope.run(words::printable(text), place))
    }

    pub(super) fn plain(&mut self, text: &str, range: Range<usize>) {
        let code = self.open.iter().any(|open| open.style == Style::Code);
        let text = if code { text.into() } else { self.without_icons(text, &range) };
        let text = &*text;
        let text =
            if code { words::printable(text) } else { words::with_emoji(words::printable(text)) };
        let mut rest = &*text;
        let mut start = range.start;
        while !rest.is_empty() {
            let mut length = rest.len().min(LONGEST_RUN);
            while !rest.is_char_boundary(length) {
                length -= 1;
            }
            let last = length == rest.len();
            let end = if last { range.end } else { (start + length).min(range.end) };
            let place = self.place(&(start..end));
            let run = self.scope.run(&rest[..length], place);
            self.line.push(if code { Inline::Code(run) } else { Inline::Text(run) });
            rest = &rest[length..];
            start = end;
        }
    }

    /// Code inside of a line.
    pub(crate) fn inline_code(&mut self, text: &str, range: Range<usize>) {
        if range.start >= self.skip_until {
            let place = self.place(&range);
            let run = self.scope.run(words::printable(text), place);
            self.line.push(Inline::Code(run));
        }
    }

    /// Lines of a block of code.
    pub(crate) fn code(&mut self, text: &str, range: Range<usize>) {
        let same = text.len() == range.len();
        let mut start = 0;
        let mut lines = vec![];
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            let place = if same { range.start + start..range.start + end } else { range.clone() };
            lines.push(PreLine { text: line.to_owned(), place: self.place(&place) });
            start = end;
        }
        let Some(Frame { kind: Kind::Pre(all), .. }) = self.frames.last_mut() else { return };
        for line in lines {
            // HTML colours pieces of a line by tags of their own.
            match all.last_mut().filter(|last| !last.text.ends_with('\n')) {
                Some(last) => {
                    last.text.push_str(&line.text);
                    last.place.end = line.place.end.max(last.place.end);
                }
                None => all.push(line),
            }
        }
    }

    fn add_picture(&mut self, mention: Mention) -> usize {
        let (src, place) = (mention.src.trim(), mention.place.clone());
        if src.is_empty() {
            self.scope
                .warning(
                    Code::MissingPicture,
                    place,
                    "this picture names no file; the story is printed without it",
                )
                .add_hint("name the picture's file between the brackets");
            return LOST_PICTURE;
        }
        if src.starts_with("data:") {
            let what = "this picture is embedded in the text as data and is left out";
            self.scope
                .warning(Code::EmbeddedPicture, place, what)
                .add_hint("save it as a file beside the story and name that file");
            return LOST_PICTURE;
        }
        let number = self.scope.add_picture(mention);
        self.last_picture = number;
        number.unwrap_or(LOST_PICTURE)
    }

    /// A picture: where text stands before it on its line, after that.
    pub(crate) fn picture(&mut self, mention: Mention) {
        let number = self.add_picture(mention);
        let begun = visible(&self.line) || self.open.iter().any(|open| visible(&open.before));
        if begun {
            self.pending.push(Block::Picture(number));
        } else {
            self.push(Block::Picture(number));
            self.pictured = true;
        }
    }
}
