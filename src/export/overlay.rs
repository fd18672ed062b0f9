//! Draws what the preview lays over a page: its words, the grid, the modules, the lines, and marks on
//! stories that must not be published yet. It is an SVG without a background; a unit is a point.
//!
//! Each of these is a group (`words`, `grid`, `modules`, `lines`, `marks`) that can be switched on and
//! off.

use std::fmt::Write;

use typst::layout::Frame;

use super::plan_svg::{
    CHARACTER_EM, Drawing, LABEL, colours, escape, number, shorten_left, size_of,
};
use crate::compose::Composition;
use crate::grid::{Box, Grid};
use crate::makeup::model::{Cells, Module, PagePlan};
use crate::typeset::{Ink, Met, walk};

/// The height of a label with its ground, in points.
const CHIP: f64 = LABEL + 4.0;
/// The height of a mark's flag, in points.
const FLAG: f64 = 15.0;
/// The colours of a mark: line and ground.
const MARKED: (&str, &str) = ("#b3261e", "#fff1ee");

/// A mark on a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The story's key.
    pub story: String,
    /// The text of its flag, a word or two.
    pub word: String,
}

/// Draws the layers over a page. `frame` is the composed page, `white` are its empty cells.
pub(crate) fn overlay(
    composition: &Composition,
    page: &PagePlan,
    frame: &Frame,
    white: &[Cells],
    marks: &[Mark],
) -> String {
    let mut drawing = Drawing { composition, page, out: String::new() };
    let Grid { width, height, .. } = *composition.grid;
    let (w, h) = (number(width), number(height));
    let _ = writeln!(
        drawing.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\">\n\
         <defs><pattern id=\"white\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><path d=\"M0 0V6\" stroke=\"#d0312d\" \
         stroke-width=\"1.6\" opacity=\"0.7\"/></pattern></defs>"
    );
    drawing.group("words", |drawing| drawing.words(frame));
    drawing.group("grid", |drawing| {
        drawing.rows();
        drawing.lines_of_the_grid();
    });
    drawing.group("modules", |drawing| {
        white.iter().for_each(|cells| drawing.white(*cells));
        drawing.outlines();
    });
    drawing.group("lines", Drawing::lines);
    drawing.group("marks", |drawing| drawing.marks(marks));
    drawing.out.push_str("</svg>\n");
    drawing.out
}

/// The place of a label in the gap above a rectangle.
fn above(at: Box) -> Box {
    Box { y: at.y - CHIP, ..at }
}

impl Drawing<'_> {
    fn group(&mut self, class: &str, draw: impl FnOnce(&mut Self)) {
        let _ = writeln!(self.out, "<g class=\"{class}\">");
        draw(self);
        self.out.push_str("</g>\n");
    }

    /// The page's words where they are printed. They are invisible and can be searched and copied.
    fn words(&mut self, frame: &Frame) {
        walk(frame, &mut |met| {
            let Met::Ink(Ink { x, y, width, size, text, .. }) = met else { return };
            if text.trim().is_empty() {
                return;
            }
            let (x, y, width, size) = (number(x), number(y), number(width), number(size));
            let _ = writeln!(
                self.out,
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" textLength=\"{width}\" \
                 lengthAdjust=\"spacingAndGlyphs\" fill=\"none\">{}</text>",
                escape(&text)
            );
        });
    }

    /// Every row of the grid.
    fn rows(&mut self) {
        let Grid { columns, rows, row, .. } = *self.composition.grid;
        let live = self.place(Cells { column: 0, row: 0, columns, rows });
        let mut path = String::new();
        for number_of_row in 0..=rows {
            let y = live.y + f64::from(number_of_row) * row;
            let _ = write!(path, "M{} {}h{}", number(live.x), number(y), number(live.w));
        }
        let _ = writeln!(
            self.out,
            "<path d=\"{path}\" stroke=\"#1f7fd1\" stroke-width=\"0.25\" opacity=\"0.4\" fill=\"none\"/>"
        );
    }

    /// The rectangles of modules and ads. Each module is labelled with its key, size, priority and
    /// rank.
    fn outlines(&mut self) {
        for ad in &self.page.ads {
            let at = self.place(ad.cells);
            self.rect(at, "class=\"ground\" fill=\"#e4e4e4\" stroke=\"#777\" stroke-width=\"1\"");
            self.chip(above(at), "#555", "ad");
        }
        for module in &self.page.modules {
            let (line, ground) = colours(module);
            let at = self.place(module.cells);
            let _ = writeln!(self.out, "<g>\n<title>{}</title>", escape(&self.told(module)));
            self.rect(
                at,
                &format!(
                    "class=\"ground\" fill=\"{ground}\" stroke=\"{line}\" stroke-width=\"1.4\""
                ),
            );
            let told = self.told(module);
            let most = at.w - 10.0;
            self.chip(above(at), line, &shorten_left(&told, most, LABEL * CHARACTER_EM));
            self.out.push_str("</g>\n");
        }
    }

    /// A module's label: the story's key, the size of its head, its priority and its rank.
    fn told(&self, module: &Module) -> String {
        let edition = self.composition.edition;
        let key = &edition.stories[module.item].key;
        let size = size_of(module, &self.composition.galleys[module.item]);
        let size = size.map_or_else(String::new, |size| format!(" · {size} pt"));
        let priority = edition.priorities[module.item];
        format!("{key}{size} · priority {priority} · rank {}", module.rank)
    }

    /// A label on a ground of its own, at the upper left corner of a rectangle.
    fn chip(&mut self, at: Box, ground: &str, text: &str) {
        let wide = LABEL * CHARACTER_EM * text.chars().count() as f64 + 6.0;
        self.rect(Box { w: wide.min(at.w), h: CHIP, ..at }, &format!("fill=\"{ground}\""));
        let style = "class=\"label\" fill=\"#fff\"";
        self.text((at.x + 3.0, at.y + LABEL + 0.8), LABEL, style, text);
    }

    /// The legs with their rows and the number of these, and the places of heads, decks, pictures and
    /// quotes.
    fn lines(&mut self) {
        let row = self.composition.grid.row;
        for module in &self.page.modules {
            let line = colours(module).0;
            let places = [Some(module.head), module.deck, module.jump_line];
            let pictures = module.pictures.iter().flat_map(|p| [p.cells, p.caption]);
            let quotes = module.quotes.iter().map(|quote| quote.cells);
            for cells in places.into_iter().flatten().chain(pictures).chain(quotes) {
                let style = format!(
                    "fill=\"none\" stroke=\"{line}\" stroke-width=\"0.7\" stroke-dasharray=\"3 2\""
                );
                self.rect(self.place(cells), &style);
            }
            for leg in &module.legs {
                let at = self.place(leg.cells);
                let mut path = String::new();
                for line in 1..=leg.cells.rows {
                    let y = at.y + f64::from(line) * row;
                    let _ = write!(path, "M{} {}h{}", number(at.x), number(y), number(at.w));
                }
                let style = format!("stroke=\"{line}\" stroke-width=\"0.5\" opacity=\"0.7\"");
                let _ = writeln!(self.out, "<path d=\"{path}\" {style} fill=\"none\"/>");
                let label = leg.cells.rows.to_string();
                let w = LABEL * CHARACTER_EM * label.len() as f64 + 6.0;
                let corner = Box { x: at.x + at.w - w, y: at.y + at.h - CHIP, w, ..at };
                self.chip(corner, line, &label);
            }
        }
    }

    /// The marks on stories.
    fn marks(&mut self, marks: &[Mark]) {
        let word = |key: &str| marks.iter().find(|mark| mark.story == key);
        for module in &self.page.modules {
            let edition = self.composition.edition;
            let key = &edition.stories[module.item].key;
            let whole = word(key).map(|mark| (module.cells, mark));
            let briefs = self.composition.briefs_of(module);
            let briefs = briefs.iter().filter_map(|(slot, legs)| {
                let mark = word(self.composition.key(*slot)?)?;
                Some(legs.iter().map(move |leg| (leg.cells, mark)))
            });
            let marked: Vec<(Cells, &Mark)> = whole.into_iter().chain(briefs.flatten()).collect();
            for (cells, mark) in marked {
                self.mark(self.place(cells), mark);
            }
        }
    }

    /// A frame around a story, with a flag that gives the reason.
    fn mark(&mut self, at: Box, mark: &Mark) {
        let (line, ground) = MARKED;
        let around = Box { x: at.x - 3.0, y: at.y - 3.0, w: at.w + 6.0, h: at.h + 6.0 };
        self.rect(
            around,
            &format!(
                "class=\"ground\" fill=\"{ground}\" stroke=\"{line}\" stroke-width=\"2\" \
                 stroke-dasharray=\"7 4\""
            ),
        );
        let size = 9.5;
        let wide = (size * 0.66 * mark.word.chars().count() as f64 + 12.0).min(around.w);
        // The flag stands above the story, so that it hides none of its words.
        let (x, y) = (around.x + around.w - wide + 1.0, around.y - FLAG);
        let flag = Box { x, y, w: wide, h: FLAG };
        self.rect(flag, &format!("fill=\"{line}\""));
        let at = (flag.x + flag.w / 2.0, flag.y + FLAG - 4.2);
        let style = "class=\"label\" fill=\"#fff\" font-weight=\"bold\" text-anchor=\"middle\"";
        self.text(at, size, style, &mark.word.to_uppercase());
    }
}
