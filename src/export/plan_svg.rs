//! Draws the plan of a page as SVG. A unit is a point.

use std::fmt::Write;

use crate::compose::Composition;
use crate::content::model::plain;
use crate::galley::Galley;
use crate::grid::{Box, Grid};
use crate::makeup::model::{Cells, Module, PagePlan};

/// The colours of modules by rank, the lead's first: line and ground.
const COLOURS: [(&str, &str); 6] = [
    ("#8a1c1c", "#f6d9d2"),
    ("#8a5a10", "#f7e6c4"),
    ("#2f6b34", "#dcecd6"),
    ("#1d5c7a", "#d3e8f1"),
    ("#4b4a8c", "#dedef3"),
    ("#5c5650", "#e9e5df"),
];
/// The type size of labels, in points.
pub(super) const LABEL: f64 = 8.0;
/// The width of a character of a label, in ems. Longer labels are shortened.
pub(super) const CHARACTER_EM: f64 = 0.53;
/// The width of a character of a headline, in ems.
const BOLD_CHARACTER_EM: f64 = 0.56;

/// Draws the plan of a page. `white` are its empty cells.
pub fn plan_svg(composition: &Composition, page: &PagePlan, white: &[Cells]) -> String {
    let mut drawing = Drawing { composition, page, out: String::new() };
    drawing.begin();
    drawing.bands();
    for module in &page.modules {
        drawing.module(module);
    }
    for cells in white {
        drawing.white(*cells);
    }
    for module in &page.modules {
        let style = format!("fill=\"none\" stroke=\"{}\" stroke-width=\"1.4\"", colours(module).0);
        drawing.rect(drawing.place(module.cells), &style);
    }
    drawing.lines_of_the_grid();
    drawing.out.push_str("</svg>\n");
    drawing.out
}

/// The colours of a module: line and ground.
pub(super) fn colours(module: &Module) -> (&'static str, &'static str) {
    COLOURS[usize::from(module.rank).min(COLOURS.len() - 1)]
}

/// A page's plan being drawn.
pub(super) struct Drawing<'a> {
    pub(super) composition: &'a Composition<'a>,
    pub(super) page: &'a PagePlan,
    pub(super) out: String,
}

impl Drawing<'_> {
    fn grid(&self) -> &Grid {
        self.composition.grid
    }

    pub(super) fn place(&self, cells: Cells) -> Box {
        self.grid().place(self.page.number, cells)
    }

    fn begin(&mut self) {
        let Grid { width, height, .. } = *self.grid();
        let title = format!("{}, page {}", self.composition.edition.title(), self.page.number);
        let (w, h) = (number(width), number(height));
        let _ = writeln!(
            self.out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}pt\" height=\"{h}pt\" \
             viewBox=\"0 0 {w} {h}\" font-family=\"Helvetica, Arial, sans-serif\" role=\"img\">\n\
             <title>{}</title>\n\
             <defs><pattern id=\"white\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/>\
             <path d=\"M0 0V6\" stroke=\"#d0312d\" stroke-width=\"1.6\"/></pattern></defs>",
            escape(&title),
        );
        let sheet = Box { x: 0.0, y: 0.0, w: width, h: height };
        self.rect(sheet, "fill=\"#fff\" stroke=\"#999\"");
    }

    /// The bands of furniture: nameplate, folio, section head, index, imprint; and the ads.
    fn bands(&mut self) {
        let Composition { grid, format, .. } = self.composition;
        let (top, foot) = (self.page.top, self.page.foot);
        let full = |row, rows| Cells { column: 0, row, columns: grid.columns, rows };
        let above = match self.page.number {
            1 => "nameplate",
            _ if self.page.section_head => "folio and section head",
            _ => "folio",
        };
        let below =
            if self.page.number == 1 && format.front_foot > 0 { "index" } else { "imprint" };
        // Strips of ads take rows of the foot that no story may use.
        let strips = self.page.ads.iter().map(|ad| ad.cells.row + ad.cells.rows).max();
        let foot = foot.max(strips.unwrap_or(0));
        let bands = [(full(0, top), above), (full(foot, grid.rows.saturating_sub(foot)), below)];
        let ads = self.page.ads.iter().map(|ad| (ad.cells, "ad"));
        for (cells, name) in bands.into_iter().chain(ads).filter(|(cells, _)| cells.rows > 0) {
            let at = self.place(cells);
            self.rect(at, "fill=\"#f2f2f2\"");
            let middle = at.y + at.h / 2.0 + 0.35 * LABEL;
            self.text(
                (at.x + at.w / 2.0, middle),
                LABEL,
                "fill=\"#777\" text-anchor=\"middle\"",
                name,
            );
        }
    }

    fn module(&mut self, module: &Module) {
        let (line, ground) = colours(module);
        let Composition { edition, galleys, .. } = self.composition;
        let (key, size) =
            (&edition.stories[module.item].key, size_of(module, &galleys[module.item]));
        let priority = edition.priorities[module.item];
        // What a label has no room for is told where the pointer rests.
        let size = size.map_or_else(String::new, |size| format!(" {size} pt,"));
        let told = format!("{key},{size} priority {priority}, rank {}", module.rank);
        let _ = writeln!(self.out, "<g>\n<title>{}</title>", escape(&told));
        let end = galleys[module.item].body.slices.slices.len();
        for leg in &module.legs {
            self.leg(leg.cells, if leg.end == end { 0.7 } else { 1.0 });
        }
        for picture in &module.pictures {
            self.picture(module, picture.picture, picture.cells);
            self.text_lines(picture.caption, 0.62, "#8b8b8b");
        }
        for quote in &module.quotes {
            let at = inset(self.place(quote.cells), 3.0);
            self.rect(at, &format!("fill=\"{ground}\" stroke=\"{line}\" stroke-width=\"0.6\""));
            let middle = (at.x + at.w / 2.0, at.y + at.h / 2.0 + 5.0);
            let style = format!("fill=\"{line}\" text-anchor=\"middle\" font-style=\"italic\"");
            self.text(middle, 14.0, &style, "“ quote ”");
        }
        if let Some(deck) = module.deck {
            self.text_lines(deck, 0.7, line);
        }
        self.head(module, line, ground);
        if let (Some(to), Some(cells)) = (module.to, module.jump_line) {
            let at = self.place(cells);
            let style = format!("fill=\"{line}\" text-anchor=\"end\" font-weight=\"bold\"");
            self.text(
                (at.x + at.w, at.y + at.h - 2.0),
                LABEL + 1.0,
                &style,
                &format!("page {to} →"),
            );
        }
        self.out.push_str("</g>\n");
    }

    /// Empty cells, column by column, without the gutters.
    pub(super) fn white(&mut self, cells: Cells) {
        for column in cells.column..cells.column + cells.columns {
            let at = self.place(Cells { column, columns: 1, ..cells });
            self.rect(at, "fill=\"url(#white)\"");
        }
    }

    /// A leg: a line for each row, and the number of rows.
    fn leg(&mut self, cells: Cells, last_line: f64) {
        self.text_lines(cells, last_line, "#c4c4c4");
        let at = self.place(cells);
        let middle = at.y + at.h / 2.0;
        let label = cells.rows.to_string();
        let w = 6.0 + LABEL * CHARACTER_EM * label.len() as f64;
        if at.h > 2.0 * LABEL {
            let ground =
                Box { x: at.x + (at.w - w) / 2.0, y: middle - 0.7 * LABEL, w, h: 1.4 * LABEL };
            self.rect(ground, "fill=\"#fff\" rx=\"2\"");
            let at = (at.x + at.w / 2.0, middle + 0.35 * LABEL);
            self.text(at, LABEL, "fill=\"#555\" text-anchor=\"middle\"", &label);
        }
    }

    /// Grey lines in the place of lines of type.
    fn text_lines(&mut self, cells: Cells, share: f64, colour: &str) {
        let at = self.place(cells);
        let mut path = String::new();
        for row in 0..cells.rows {
            let y = at.y + (f64::from(row) + 0.62) * self.grid().row;
            // The last line of a text is seldom full.
            let w = if row + 1 == cells.rows { share * at.w } else { at.w };
            let _ = write!(path, "M{} {}h{}", number(at.x), number(y), number(w));
        }
        if !path.is_empty() {
            let _ = writeln!(
                self.out,
                "<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\"2.4\" fill=\"none\"/>"
            );
        }
    }

    fn picture(&mut self, module: &Module, index: usize, cells: Cells) {
        let at = self.place(cells);
        self.rect(at, "fill=\"#b9c0c6\" stroke=\"#6b747c\" stroke-width=\"0.6\"");
        let (x, y, w, h) = (number(at.x), number(at.y), number(at.w), number(at.h));
        let _ = writeln!(
            self.out,
            "<path d=\"M{x} {y}l{w} {h}m0 -{h}l-{w} {h}\" stroke=\"#9aa3aa\" fill=\"none\"/>"
        );
        let story = &self.composition.edition.stories[module.item];
        let src = story.pictures.get(index).map_or("", |picture| picture.src.text.as_str());
        let name = src.rsplit('/').next().unwrap_or(src);
        let label = format!("{name} · {} × {}", cells.columns, cells.rows);
        let label = shorten(&label, at.w - 14.0, LABEL * CHARACTER_EM);
        let w = LABEL * CHARACTER_EM * label.chars().count() as f64 + 8.0;
        let middle = at.y + at.h / 2.0;
        let ground = Box { x: at.x + (at.w - w) / 2.0, y: middle - 0.8 * LABEL, w, h: 1.6 * LABEL };
        self.rect(ground, "fill=\"#b9c0c6\"");
        let style = "fill=\"#2e353b\" text-anchor=\"middle\"";
        self.text((at.x + at.w / 2.0, middle + 0.35 * LABEL), LABEL, style, &label);
    }

    /// A head: the story's key, size, priority and rank, and below them the headline in about its size
    /// and lines.
    fn head(&mut self, module: &Module, line: &str, ground: &str) {
        let Composition { edition, galleys, .. } = self.composition;
        let (story, galley) = (&edition.stories[module.item], &galleys[module.item]);
        let at = self.place(module.head);
        self.rect(at, &format!("fill=\"{ground}\""));
        let set = module.head_step.and_then(|step| galley.heads.get(step));
        let Some(size) = size_of(module, galley) else { return };
        let (priority, rank) = (edition.priorities[module.item], module.rank);
        let (long, short) = match module.from {
            Some(from) => (format!("← page {from} · {size} pt"), format!("← {from} · {size} pt")),
            None => (
                format!("{size} pt · priority {priority} · rank {rank}"),
                format!("{size} pt · {priority}/{rank}"),
            ),
        };
        let wide = LABEL * CHARACTER_EM;
        let room = |facts: &str| at.w - 8.0 - wide * (facts.chars().count() + 3) as f64;
        let name = story.key.rsplit('/').next().unwrap_or_default().chars().count();
        let facts = if room(&long) < wide * (name + 1) as f64 { short } else { long };
        let label = format!("{} · {facts}", shorten_left(&story.key, room(&facts), wide));
        let style = format!("fill=\"{line}\"");
        self.text((at.x + 4.0, at.y + LABEL + 0.5), LABEL, &style, &label);
        let lines = set
            .and_then(|head| {
                let settings = if module.short_head { &head.short } else { &head.set };
                settings.get(usize::from(module.head.columns).checked_sub(1)?)?.as_ref()
            })
            .map_or(1, |set| usize::from(set.lines.max(1)));
        let short = story.short_headline.as_ref().filter(|_| module.short_head);
        let words = match short {
            Some(short) => short.text.clone(),
            None if set.is_some() => plain(&story.headline),
            None => galley.jump_head.text.clone(),
        };
        let lines = wrap(&words, lines);
        let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(1).max(1);
        let high = (at.h - LABEL - 3.0) / lines.len() as f64 / 1.12;
        let fits = (at.w - 8.0) / (BOLD_CHARACTER_EM * longest as f64);
        let size = f64::from(size).min(high).min(fits).max(4.0);
        for (row, words) in (1..).zip(&lines) {
            let y = at.y + LABEL + 2.0 + 1.12 * size * f64::from(row) - 0.22 * size;
            self.text((at.x + 4.0, y), size, "fill=\"#111\" font-weight=\"bold\"", words);
        }
    }

    /// The edges of the columns, and every tenth row with its number.
    pub(super) fn lines_of_the_grid(&mut self) {
        let Grid { columns, rows, row, top, .. } = *self.grid();
        let mut path = String::new();
        for column in 0..columns {
            let at = self.place(Cells { column, row: 0, columns: 1, rows });
            let (left, right) = (number(at.x), number(at.x + at.w));
            let (y, h) = (number(at.y), number(at.h));
            let _ = write!(path, "M{left} {y}v{h}M{right} {y}v{h}");
        }
        let live = self.place(Cells { column: 0, row: 0, columns, rows });
        for tenth in (0..=rows).step_by(10) {
            let y = top + f64::from(tenth) * row;
            let _ = write!(path, "M{} {}h{}", number(live.x), number(y), number(live.w));
        }
        let _ = writeln!(
            self.out,
            "<path d=\"{path}\" stroke=\"#1f7fd1\" stroke-width=\"0.4\" opacity=\"0.55\" fill=\"none\"/>"
        );
        for tenth in (0..=rows).step_by(10) {
            let y = top + f64::from(tenth) * row;
            let style = "fill=\"#1f7fd1\" text-anchor=\"end\"";
            self.text((live.x - 4.0, y + 2.2), 6.5, style, &tenth.to_string());
        }
    }

    pub(super) fn rect(&mut self, at: Box, style: &str) {
        let Box { x, y, w, h } = at;
        let (x, y, w, h) = (number(x), number(y), number(w), number(h));
        let _ =
            writeln!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" {style}/>");
    }

    pub(super) fn text(&mut self, (x, y): (f64, f64), size: f64, style: &str, text: &str) {
        let (x, y, size) = (number(x), number(y), number(size));
        let text = escape(text);
        let _ = writeln!(
            self.out,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" {style}>{text}</text>"
        );
    }
}

/// The size of a module's head in points; none for a picture by itself.
pub(super) fn size_of(module: &Module, galley: &Galley) -> Option<f32> {
    let head = module.head_step.and_then(|step| galley.heads.get(step)).map(|head| head.size);
    head.or((module.part > 0).then_some(galley.jump_head.size(module)))
}

fn inset(at: Box, by: f64) -> Box {
    Box { x: at.x + by, y: at.y + by, w: (at.w - 2.0 * by).max(1.0), h: (at.h - 2.0 * by).max(1.0) }
}

/// A length rounded to hundredths of a point.
pub(super) fn number(value: f64) -> f64 {
    // Adding nothing makes a zero of the negative one.
    (value * 100.0).round() / 100.0 + 0.0
}

/// Text escaped for XML, without characters that XML can't hold.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Text shortened at its end to a width in points. `character` is the width of a character in points.
fn shorten(text: &str, width: f64, character: f64) -> String {
    let most = (width / character).max(1.0) as usize;
    if text.chars().count() <= most {
        return text.into();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Text shortened at its beginning to a width in points: the end of a path is what tells it apart.
pub(super) fn shorten_left(text: &str, width: f64, character: f64) -> String {
    let most = (width / character).max(4.0) as usize;
    let count = text.chars().count();
    if count <= most {
        return text.into();
    }
    ['…'].into_iter().chain(text.chars().skip(count - most + 1)).collect()
}

/// A text in a number of lines of about equal length.
fn wrap(text: &str, lines: usize) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or(1);
    let fill = |most: usize| {
        let mut out: Vec<String> = vec![];
        for word in &words {
            match out.last_mut() {
                Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => out.push((*word).to_string()),
            }
        }
        out
    };
    let most = text.chars().count().max(longest);
    (longest..=most).map(fill).find(|out| out.len() <= lines.max(1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("<b> & \"c\"\n\u{7}"), "&lt;b&gt; &amp; &quot;c&quot; ");
    }

    #[test]
    fn labels_are_shortened_where_they_say_least() {
        assert_eq!(shorten("a-long-name.jpg", 50.0, 5.0), "a-long-na…");
        assert_eq!(shorten_left("content/town/bridge", 50.0, 5.0), "…wn/bridge");
        assert_eq!(shorten_left("bridge", 50.0, 5.0), "bridge");
    }

    #[test]
    fn words_go_into_lines_of_like_length() {
        assert_eq!(wrap("one two three four", 2), ["one two", "three four"]);
        assert_eq!(wrap("one", 3), ["one"]);
        assert!(wrap("", 1).is_empty());
    }
}
