//! Builds what the tags of other programs stand for. They are masked before the Markdown is read,
//! and their places come up here in the text. A new kind of tag gets its branch in `tag`.

use std::ops::Range;

use super::{BlockKind, Builder, Frame};
use crate::content::markdown;
use crate::content::markdown::html;
use crate::content::markdown::tags::{MASK, Mark, TagKind};
use crate::content::markdown::typography_marks::escape;
use crate::content::model::mention::Mention;
use crate::content::model::style::Style;
use crate::content::model::visible;
use crate::content::model::{Block, Inline};

impl Builder<'_, '_> {
    /// Adds text. Where the text holds masked tags, they are handled in their places.
    pub(crate) fn text(&mut self, text: &str, range: Range<usize>) {
        if range.start < self.skip_until {
            return;
        }
        if let Some(Frame { kind: BlockKind::Pre(_), .. }) = self.frames.last() {
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
                self.open(BlockKind::Figure(vec![]), false, place.clone());
                self.tag(TagKind::Picture(parts), place);
            }
            TagKind::Shifted { text, up } => {
                let style = if up { Style::Super } else { Style::Sub };
                self.style(style.clone());
                self.plain(&self.written(&text), text);
                self.end_style(&style);
            }
            TagKind::Page { key, .. } => {
                let line = markdown::page(self.scope, &key);
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
                self.open(BlockKind::Figure(caption), false, place.clone());
            }
            TagKind::FigureEnd => {
                let figure = BlockKind::Figure(vec![]);
                self.close(&figure, false);
            }
            TagKind::Written(text) => {
                // Markup that is shown as an example keeps its straight quotation marks.
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
                Mark::Quote(_) => self.close(&BlockKind::Quote, false),
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
                self.open(BlockKind::Quote, false, place.clone());
                let by = by.map(|by| self.read(&by)).filter(|by| visible(by));
                by.into_iter().for_each(|by| {
                    self.push(Block::Paragraph(vec![Inline::Strong(by)]));
                });
            }
        }
    }

    /// Applies an attribute list to the picture before it. If the list gives an alternative text,
    /// the words in the picture's brackets become its caption.
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

    /// A part of the text as the file has it, with its tags not masked.
    fn written(&self, range: &Range<usize>) -> String {
        self.scope.source.get(self.place(range)).unwrap_or_default().to_owned()
    }

    /// The same, read as a line of Markdown.
    fn read(&mut self, range: &Range<usize>) -> Vec<Inline> {
        let text = self.written(range);
        markdown::inlines(self.scope, &text, &self.map.from(range.start))
    }

    /// Adds a wiki link. Between a note's name and a heading, a ` > ` is printed.
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
}
