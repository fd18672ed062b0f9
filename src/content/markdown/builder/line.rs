//! Builds the open line: text, code, emphasis, note references, formulas, pictures.

use crate::diag::Code;
use std::borrow::Cow;
use std::ops::Range;

use super::{BlockKind, Builder, Frame, MOST_INLINES, OpenStyle, PreLine};
use crate::content::markdown::math;
use crate::content::markdown::math::Piece;
use crate::content::model::inlines::LOST_PICTURE;
use crate::content::model::mention::Mention;
use crate::content::model::style::Style;
use crate::content::model::visible;
use crate::content::model::{Block, Inline};
use crate::content::syntax::runs::LONGEST_RUN;
use crate::content::syntax::wording;

impl Builder<'_, '_> {
    /// Opens a style. One that is nested too deep is ignored.
    pub(crate) fn style(&mut self, style: Style) {
        if self.open.len() >= MOST_INLINES {
            self.ignored_styles.push(std::mem::discriminant(&style));
            return;
        }
        let before = std::mem::take(&mut self.line);
        self.open.push(OpenStyle { style, before, depth: self.frames.len() });
    }

    /// Closes the innermost open style of this kind.
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

    /// Adds a line break.
    pub(crate) fn line_break(&mut self) {
        if self.frames.last().is_some_and(|frame| matches!(frame.kind, BlockKind::Pre(_))) {
            return;
        }
        self.line.push(Inline::Break);
    }

    /// Adds the reference to a footnote.
    pub(crate) fn note(&mut self, label: &str) {
        let label = label.to_lowercase();
        let number = self.labels.iter().position(|known| *known == label).unwrap_or_else(|| {
            self.labels.push(label);
            self.labels.len() - 1
        });
        self.line.push(Inline::Note(u32::try_from(number + 1).unwrap_or(u32::MAX)));
    }

    /// Removes icons from the text, which a site names as it names emoji, and reports them.
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

    /// Adds a formula. One that does not fit on a line of text is printed as it is written.
    pub(super) fn formula(&mut self, written: &str, at: &Range<usize>) {
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
        let run = self.scope.run(wording::printable(&text), place);
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
        Inline::Text(self.scope.run(wording::printable(text), place))
    }

    pub(super) fn plain(&mut self, text: &str, range: Range<usize>) {
        let code = self.open.iter().any(|open| open.style == Style::Code);
        let text = if code { text.into() } else { self.without_icons(text, &range) };
        let text = &*text;
        let text = if code {
            wording::printable(text)
        } else {
            wording::with_emoji(wording::printable(text))
        };
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

    /// Adds inline code.
    pub(crate) fn inline_code(&mut self, text: &str, range: Range<usize>) {
        if range.start >= self.skip_until {
            let place = self.place(&range);
            let run = self.scope.run(wording::printable(text), place);
            self.line.push(Inline::Code(run));
        }
    }

    /// Adds lines of preformatted text.
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
        let Some(Frame { kind: BlockKind::Pre(all), .. }) = self.frames.last_mut() else { return };
        for line in lines {
            // HTML may split a line into several pieces, each coloured by a tag.
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

    /// Adds a picture. If text stands before it on its line, the picture follows that text.
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
