//! Pages held against the hard rules: by what is drawn, by the stories, by the format and by the
//! theme's ladder. It knows no plan.

use std::collections::{BTreeMap, BTreeSet};

use stonehand::grid::Grid;
use stonehand::typeset::Contract;

use crate::copy::{Copy, Place, Unit};
use crate::frames::{Image, Leg, Mark, Page, Rect};
use crate::rule::{Fault, Rule};

/// How far a baseline may be off its row, in points.
const OFF_ROW: f64 = 0.25;
/// How far an edge may be off, in points.
const HAIR: f64 = 0.5;
/// How far punctuation may hang over the end of a line, in points.
const HANGS: f64 = 5.0;
/// The rows that a leg has at least and at most.
const LEG: std::ops::RangeInclusive<i64> = 7..=70;
/// The rows by which the end of a text may be short.
const SLACK: i64 = 2;
/// The rows at a page's foot that hold no head.
const FOOT: i64 = 14;
/// The most lines of a head.
const HEAD_LINES: usize = 4;

/// What the pages are held against.
pub(crate) struct Hold<'a> {
    pub(crate) pages: &'a [Page],
    pub(crate) copies: &'a [Copy],
    pub(crate) grid: &'a Grid,
    pub(crate) contract: &'a Contract,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) faults: Vec<Fault>,
    /// Words that are printed once.
    pub(crate) words: usize,
}

/// One story on one page.
struct Stand<'a> {
    page: &'a Page,
    story: usize,
    legs: Vec<(usize, &'a Leg)>,
    marks: Vec<&'a Mark>,
    images: Vec<&'a Image>,
}

impl Stand<'_> {
    fn role(&self, mark: &Mark) -> &str {
        mark.part.map_or("", |part| &self.page.parts[part].role)
    }

    /// Its marks of one role.
    fn of(&self, role: &str) -> impl Iterator<Item = &Mark> {
        self.marks.iter().copied().filter(move |mark| self.role(mark) == role)
    }

    /// The rectangle that holds all of it.
    fn rect(&self) -> Option<Rect> {
        let legs = self.legs.iter().map(|(_, leg)| leg.rect);
        let images = self.images.iter().map(|image| image.rect);
        let marks = self.marks.iter().filter(|mark| mark.leg.is_none()).map(|mark| mark.rect());
        legs.chain(images).chain(marks).reduce(Rect::join)
    }
}

/// The lines of a leg by their rows.
type Lines<'a> = BTreeMap<i64, Vec<&'a Mark>>;

impl<'a> Hold<'a> {
    /// Everything that is wrong.
    pub(crate) fn found(&self) -> Found {
        let mut found = Found::default();
        let stands: Vec<Vec<Stand>> = self.pages.iter().map(|page| self.stands(page)).collect();
        let (size, baseline) = self.body();
        for stands in &stands {
            for stand in stands {
                self.legs(stand, &mut found.faults);
                self.on_grid(stand, size, baseline, &mut found.faults);
                self.white(stand, &mut found.faults);
                self.head(stand, &mut found.faults);
            }
            self.rectangles(stands, &mut found.faults);
            self.order(stands, &mut found.faults);
        }
        for page in self.pages {
            self.overlaps(page, &mut found.faults);
            self.live(page, &mut found.faults);
        }
        for story in 0..self.copies.len() {
            let mine: Vec<&Stand> =
                stands.iter().flatten().filter(|stand| stand.story == story).collect();
            self.breaks(&mine, &mut found.faults);
            self.jumps(&mine, &mut found.faults);
            found.words += self.words(story, &mine, &mut found.faults);
        }
        found
    }

    /// The stories of a page.
    fn stands(&self, page: &'a Page) -> Vec<Stand<'a>> {
        let story_of = |part: Option<usize>| {
            let key = &page.parts[part?].key;
            self.copies.iter().position(|copy| copy.key == *key)
        };
        let mut all: BTreeMap<usize, Stand> = BTreeMap::new();
        let empty = |story| Stand { page, story, legs: vec![], marks: vec![], images: vec![] };
        for (index, leg) in page.legs.iter().enumerate() {
            if let Some(story) = story_of(Some(leg.part)) {
                all.entry(story).or_insert_with(|| empty(story)).legs.push((index, leg));
            }
        }
        for mark in &page.marks {
            if let Some(story) = story_of(mark.part) {
                all.entry(story).or_insert_with(|| empty(story)).marks.push(mark);
            }
        }
        for image in &page.images {
            if let Some(story) = story_of(image.part) {
                all.entry(story).or_insert_with(|| empty(story)).images.push(image);
            }
        }
        all.into_values().collect()
    }

    fn row(&self, y: f64) -> f64 {
        (y - self.grid.top) / self.grid.row
    }

    fn left(&self, page: u16) -> f64 {
        self.grid.left(page)
    }

    /// The columns that a stretch stands over.
    fn columns(&self, page: u16, rect: &Rect) -> std::ops::RangeInclusive<i64> {
        let column =
            |x: f64| ((x - self.left(page)) / (self.grid.column + self.grid.gutter)).floor();
        column(rect.left + HAIR) as i64..=column(rect.right - HAIR).max(0.0) as i64
    }

    fn lines(&self, stand: &Stand<'a>, leg: usize) -> Lines<'a> {
        let mut lines = Lines::new();
        for mark in stand.marks.iter().filter(|mark| mark.leg == Some(leg)) {
            if mark.is_seen() {
                lines.entry(self.row(mark.y).floor() as i64).or_default().push(mark);
            }
        }
        lines
    }

    /// The size of body text, and where its baseline lies in a row: most letters say so.
    fn body(&self) -> (i64, f64) {
        let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
        let mut places: BTreeMap<(i64, i64), usize> = BTreeMap::new();
        let marks = self.pages.iter().flat_map(|page| &page.marks);
        for mark in marks.filter(|mark| mark.leg.is_some()) {
            let place = (self.row(mark.y).rem_euclid(1.0) * self.grid.row * 100.0).round() as i64;
            *sizes.entry(hundredths(mark.size)).or_default() += mark.text.len();
            *places.entry((hundredths(mark.size), place)).or_default() += mark.text.len();
        }
        let size =
            sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(0, |(size, _)| size);
        let places = places.into_iter().filter(|((its, _), _)| *its == size);
        let place = places.max_by_key(|(_, letters)| *letters).map_or(0, |((_, place), _)| place);
        (size, place as f64 / 100.0)
    }

    fn on_grid(&self, stand: &Stand, size: i64, baseline: f64, faults: &mut Vec<Fault>) {
        let body = |mark: &&&Mark| mark.leg.is_some() && hundredths(mark.size) == size;
        for mark in stand.marks.iter().filter(body) {
            let off = self.row(mark.y).rem_euclid(1.0) * self.grid.row - baseline;
            let off = off.abs().min(self.grid.row - off.abs());
            if off > OFF_ROW {
                let what = format!("“{}” stands {off:.2} pt off its row", clip(&mark.text));
                faults.push(fault(Rule::OffGrid, stand, what));
            }
        }
    }

    fn legs(&self, stand: &Stand<'a>, faults: &mut Vec<Fault>) {
        let Grid { column, gutter, row, .. } = *self.grid;
        let mut say = |rule, what| faults.push(fault(rule, stand, what));
        for (place, (index, leg)) in stand.legs.iter().enumerate() {
            let Rect { left, top, right, foot } = leg.rect;
            let across = (left - self.left(stand.page.number)) / (column + gutter);
            if ((across - across.round()) * (column + gutter)).abs() > HAIR {
                say(Rule::Rectangle, format!("leg {} stands in no column", place + 1));
            }
            if (right - left - column).abs() > HAIR {
                let what =
                    format!("leg {} is {:.1} pt wide, not {column:.1}", place + 1, right - left);
                say(Rule::Rectangle, what);
            }
            let rows = (foot - top) / row;
            let off = self.row(top) - self.row(top).round();
            if (off * row).abs() > OFF_ROW || ((rows - rows.round()) * row).abs() > OFF_ROW {
                say(Rule::OffGrid, format!("leg {} is not of whole rows", place + 1));
            }
            let lines = self.lines(stand, *index);
            let (Some((first, _)), Some((end, _))) =
                (lines.first_key_value(), lines.last_key_value())
            else {
                say(Rule::Leg, format!("leg {} has no line", place + 1));
                continue;
            };
            let before = place.checked_sub(1).map(|before| stand.legs[before].1.rect);
            let goes_back = |before: &Rect| {
                let same = (before.left - left).abs() < HAIR;
                before.left > left + HAIR || (same && before.top > top)
            };
            if before.as_ref().is_some_and(goes_back) {
                say(Rule::Words, format!("leg {} stands before the one it follows", place + 1));
            }
            if *end as f64 + 0.5 > self.row(foot) || self.row(top) > *first as f64 + 0.5 {
                say(Rule::Overlap, format!("leg {} has lines beyond its edges", place + 1));
            }
            let rows = end - first + 1;
            let ends = place + 1 == stand.legs.len() && stand.of("jump-line").next().is_none();
            let least = LEG.start() - if ends { SLACK } else { 0 };
            let alone = stand.legs.len() == 1 && ends;
            if rows > *LEG.end() || (rows < least && !alone) {
                let what = format!("leg {} of {} has {rows} rows", place + 1, stand.legs.len());
                say(Rule::Leg, what);
            }
            let above = |image: &&&Image| {
                let same = image.rect.left < right - HAIR && left + HAIR < image.rect.right;
                same && image.rect.foot < top + row
            };
            if stand.images.iter().any(|image| above(&image)) && rows < least {
                say(Rule::UnderPicture, format!("{rows} rows of text under a picture"));
            }
        }
    }

    /// The columns of a part all reach its foot, but for the slack.
    fn white(&self, stand: &Stand, faults: &mut Vec<Fault>) {
        let number = stand.page.number;
        // Where each column ends: at the least, and with all that may belong to its last part.
        let mut feet: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        let mut add = |rect: &Rect, foot: f64, more: f64| {
            for column in self.columns(number, rect) {
                let known = feet.entry(column).or_insert((foot, foot));
                *known = (known.0.max(foot), known.1.max(foot + more));
            }
        };
        stand.legs.iter().for_each(|(_, leg)| add(&leg.rect, leg.rect.foot, 0.0));
        stand.images.iter().for_each(|image| add(&image.rect, image.rect.foot, 0.0));
        for mark in stand.marks.iter().filter(|mark| mark.leg.is_none()) {
            // What a caption and a quote have below their last line is theirs.
            let more = match stand.role(mark) {
                "caption" => 2.0,
                "quote" => 3.0,
                _ => 1.0,
            };
            // A caption is as wide as its picture, however short its words are.
            let above = stand.images.iter().filter(|image| {
                let Rect { left, right, foot, .. } = image.rect;
                stand.role(mark) == "caption"
                    && left < mark.right
                    && mark.left < right
                    && foot < mark.y
            });
            let above = above.map(|image| image.rect).max_by(|a, b| a.foot.total_cmp(&b.foot));
            add(&above.unwrap_or(mark.rect()), mark.y, more * self.grid.row);
        }
        let deepest = feet.values().map(|(foot, _)| *foot).fold(0.0, f64::max);
        let highest = feet.values().map(|(_, foot)| *foot).fold(f64::INFINITY, f64::min);
        let rows = ((deepest - highest) / self.grid.row).round();
        if rows > SLACK as f64 && !feet.is_empty() {
            let what = format!("a column ends {rows} rows above the foot of its part");
            faults.push(fault(Rule::White, stand, what));
        }
    }

    /// Where one part of a story goes round another, their rectangles meet.
    fn rectangles(&self, stands: &[Stand], faults: &mut Vec<Fault>) {
        for (index, stand) in stands.iter().enumerate() {
            let Some(rect) = stand.rect() else { continue };
            for other in &stands[index + 1..] {
                if other.rect().is_some_and(|other| rect.meets(&other, 1.0)) {
                    let what = format!("its rectangle meets that of story {}", other.story);
                    faults.push(fault(Rule::Rectangle, stand, what));
                }
            }
        }
    }

    fn overlaps(&self, page: &Page, faults: &mut Vec<Fault>) {
        let mut things: Vec<(Rect, String, Option<usize>, Option<usize>)> = vec![];
        let name = |part: Option<usize>| {
            part.map_or("the folio", |part| &page.parts[part].role).to_string()
        };
        for mark in page.marks.iter().filter(|mark| mark.is_seen()) {
            let what = format!("“{}” ({})", clip(&mark.text), name(mark.part));
            things.push((mark.rect(), what, mark.part, mark.leg));
        }
        for image in &page.images {
            things.push((
                image.rect,
                format!("a picture ({})", name(image.part)),
                image.part,
                None,
            ));
        }
        for (index, leg) in page.legs.iter().enumerate() {
            things.push((
                leg.rect,
                format!("leg {} of the page", index + 1),
                Some(leg.part),
                Some(index),
            ));
        }
        things.sort_by(|a, b| a.0.top.total_cmp(&b.0.top));
        for (index, (rect, what, part, leg)) in things.iter().enumerate() {
            for (other, its, part_of, leg_of) in &things[index + 1..] {
                if other.top > rect.foot {
                    break;
                }
                // A leg holds its own lines.
                let holds = leg.is_some() && leg == leg_of && part == part_of;
                let leg_itself = |what: &str| what.starts_with("leg ");
                if holds && (leg_itself(what) || leg_itself(its)) {
                    continue;
                }
                if rect.meets(other, HAIR) {
                    let what = format!("{what} and {its} stand over each other");
                    let rule = Rule::Overlap;
                    faults.push(Fault { rule, page: Some(page.number), story: None, what });
                }
            }
        }
    }

    fn live(&self, page: &Page, faults: &mut Vec<Fault>) {
        let grid = self.grid;
        let left = self.left(page.number);
        let (right, foot) =
            (left + grid.span(grid.columns), grid.top + f64::from(grid.rows) * grid.row);
        let mut hold = |rect: Rect, hair: f64, what: &str| {
            let off = (left - rect.left).max(rect.right - right).max(rect.foot - foot);
            let off = off.max(grid.top - rect.top);
            if off > hair {
                let what = format!("{what} stands {off:.1} pt off the live area");
                let rule = Rule::OffPage;
                faults.push(Fault { rule, page: Some(page.number), story: None, what });
            }
        };
        for mark in page.marks.iter().filter(|mark| mark.is_seen()) {
            let hair = if mark.letters.is_some() { HAIR } else { HANGS };
            hold(mark.rect(), hair, &format!("“{}”", clip(&mark.text)));
        }
        page.images.iter().for_each(|image| hold(image.rect, HAIR, "a picture"));
        page.legs.iter().for_each(|leg| hold(leg.rect, HAIR, "a leg"));
    }

    fn headline(&self, stand: &Stand<'a>) -> Vec<&'a Mark> {
        let copy = &self.copies[stand.story];
        let is = |mark: &&Mark| {
            let run = mark.source.and_then(|source| copy.find(source.span));
            run.is_some_and(|(_, run)| run.place == Place::Headline) && mark.is_seen()
        };
        stand.marks.iter().copied().filter(is).collect()
    }

    fn head(&self, stand: &Stand<'a>, faults: &mut Vec<Fault>) {
        let mut say = |rule, what| faults.push(fault(rule, stand, what));
        let headline = self.headline(stand);
        for size in headline.iter().map(|mark| hundredths(mark.size)).collect::<BTreeSet<_>>() {
            if !self.contract.ladder.iter().any(|step| hundredths(f64::from(*step)) == size) {
                say(Rule::HeadSize, format!("a head of {} pt", size as f64 / 100.0));
            }
        }
        let jump: Vec<&Mark> = stand.of("jump-head").collect();
        let largest = jump.iter().map(|mark| mark.size).fold(0.0, f64::max);
        let known = |step: &f32| hundredths(f64::from(*step)) == hundredths(largest);
        if !jump.is_empty() && !self.contract.jump_sizes.iter().any(known) {
            say(Rule::HeadSize, format!("a jump head of {largest} pt"));
        }
        let jump: Vec<&Mark> = jump.into_iter().filter(|mark| mark.size == largest).collect();
        for (name, marks) in [("head", headline), ("jump head", jump)] {
            let mut lines: BTreeMap<i64, &Mark> = BTreeMap::new();
            for mark in &marks {
                let line = lines.entry(mark.y.round() as i64).or_insert(mark);
                if mark.right > line.right {
                    *line = mark;
                }
            }
            if lines.len() > HEAD_LINES {
                let size = marks[0].size;
                say(Rule::HeadLines, format!("a {name} of {} lines of {size} pt", lines.len()));
            }
            for line in lines.values() {
                let text = line.text.trim_end();
                let last: String = text.chars().rev().take(20).collect();
                let last: String = last.chars().rev().collect();
                let what = format!("a line of a {name} ends in “{last}”");
                // A hyphen of the writer's own may end the whole head, or stand for a dash.
                let inside = line.y + 1.0 < marks[marks.len() - 1].y;
                let own = text.trim_end_matches(['-', '‐']);
                if text.ends_with('\u{ad}') {
                    say(Rule::HeadHyphen, what);
                } else if own.len() < text.len() && own.ends_with(char::is_alphanumeric) && inside {
                    say(Rule::OwnHyphen, what);
                }
            }
            let low = self.grid.rows as i64 - FOOT;
            let row = marks.iter().map(|mark| self.row(mark.y).floor() as i64).max();
            if let Some(row) = row.filter(|row| *row >= low) {
                let rows = i64::from(self.grid.rows) - row;
                say(Rule::HeadLow, format!("a {name} {rows} rows above the page's foot"));
            }
        }
    }

    /// Heavier stories come first in the edition.
    fn order(&self, stands: &[Stand<'a>], faults: &mut Vec<Fault>) {
        let sizes: Vec<(&Stand, f64)> = stands
            .iter()
            .map(|stand| (stand, self.headline(stand).iter().map(|m| m.size).fold(0.0, f64::max)))
            .filter(|(_, size)| *size > 0.0)
            .collect();
        for (index, (_, heavy)) in sizes.iter().enumerate() {
            for (stand, light) in &sizes[index + 1..] {
                if *light > heavy + 0.01 {
                    let what =
                        format!("a head of {light} pt beside a heavier story's of {heavy} pt");
                    faults.push(fault(Rule::HeadOrder, stand, what));
                }
            }
        }
    }

    /// What stands on both sides of each end of a leg.
    fn breaks(&self, stands: &[&Stand<'a>], faults: &mut Vec<Fault>) {
        let legs: Vec<(&Stand, Lines)> = stands
            .iter()
            .flat_map(|stand| {
                stand.legs.iter().map(move |(leg, _)| (*stand, self.lines(stand, *leg)))
            })
            .filter(|(_, lines)| !lines.is_empty())
            .collect();
        for pair in legs.windows(2) {
            let ((stand, before), (_, after)) = (&pair[0], &pair[1]);
            let units = &self.copies[stand.story].units;
            let of = |line: &Vec<&Mark>| -> BTreeSet<usize> {
                line.iter().filter_map(|mark| self.unit(stand.story, mark)).collect()
            };
            let (Some(foot), Some(top)) = (before.values().next_back(), after.values().next())
            else {
                continue;
            };
            let is_subhead = |unit: &usize| units[*unit] == Unit::Subhead;
            if of(foot).iter().any(is_subhead) {
                let what = format!("“{}” at a leg's foot", clip(&foot[0].text));
                faults.push(fault(Rule::Subhead, stand, what));
            }
            let Some(&cut) = of(foot).intersection(&of(top)).next() else { continue };
            let has = |line: &&Vec<&Mark>| of(line).contains(&cut);
            let left = before.values().rev().take_while(has).count();
            let right = after.values().take_while(has).count();
            if units[cut] == Unit::Code {
                continue;
            }
            if units[cut] == Unit::Row {
                faults.push(fault(Rule::Break, stand, "a table's row is cut".into()));
            } else if left < 2 {
                let what =
                    format!("one line of a paragraph at a leg's foot: “{}”", clip(&foot[0].text));
                faults.push(fault(Rule::Break, stand, what));
            } else if right < 2 {
                let what =
                    format!("one line of a paragraph at a leg's top: “{}”", clip(&top[0].text));
                faults.push(fault(Rule::Break, stand, what));
            }
        }
    }

    fn unit(&self, story: usize, mark: &Mark) -> Option<usize> {
        let source = mark.source.filter(|source| source.story == story)?;
        match self.copies[story].find(source.span)?.1.place {
            Place::Text(unit) => Some(unit),
            _ => None,
        }
    }

    fn jumps(&self, stands: &[&Stand], faults: &mut Vec<Fault>) {
        for (index, stand) in stands.iter().enumerate() {
            let mut names = |role: &str, wanted: Option<u16>| {
                let text: String = stand.of(role).map(|mark| mark.text.as_str()).collect();
                let named = last_number(&text);
                if text.is_empty() != wanted.is_none() || named != wanted {
                    let real = wanted.map_or("none".into(), |page| page.to_string());
                    let what = format!("its {role} says “{}”, but the page is {real}", clip(&text));
                    faults.push(fault(Rule::PageName, stand, what));
                }
            };
            names("jump-line", stands.get(index + 1).map(|next| next.page.number));
            names("jump-head", index.checked_sub(1).map(|before| stands[before].page.number));
        }
        if stands.len() > 2 {
            let what = format!("it is jumped {} times", stands.len() - 1);
            faults.push(Fault { page: None, ..fault(Rule::SecondJump, stands[0], what) });
        }
    }

    /// Every run printed once; returns the number of its words.
    fn words(&self, story: usize, stands: &[&Stand], faults: &mut Vec<Fault>) -> usize {
        let copy = &self.copies[story];
        let mut printed: BTreeMap<(u32, u32), Vec<(u32, &str)>> = BTreeMap::new();
        let mut at = (0, 0);
        // The drawing of a text is its order, but that of letters which run from the right.
        for page in self.pages {
            for mark in &page.marks {
                let Some(source) = mark.source.filter(|source| source.story == story) else {
                    continue;
                };
                printed.entry(source.span).or_default().push((source.from, &mark.text));
                let Some((number, run)) = copy.find(source.span) else { continue };
                if let (Place::Text(unit), Some(_)) = (run.place, mark.leg) {
                    let now = (unit, number);
                    if now < at {
                        let what = format!("“{}” stands after what follows it", clip(&mark.text));
                        let page = Some(page.number);
                        faults.push(Fault { rule: Rule::Words, page, story: Some(story), what });
                    }
                    at = now;
                }
            }
        }
        let mut words = 0;
        let mut left_out = BTreeSet::new();
        for run in &copy.runs {
            let mut pieces = printed.remove(&run.span).unwrap_or_default();
            pieces.sort_by_key(|(from, _)| *from);
            let came: String = pieces.iter().map(|(_, text)| letters(text)).collect();
            let wanted = letters(&run.text);
            let whole = match run.place {
                Place::Deck => Some(Rule::Deck),
                Place::Quote(_) => Some(Rule::Quote),
                Place::Caption(_) => Some(Rule::Picture),
                _ => None,
            };
            let mut say = |rule, what| {
                let page = None;
                faults.push(Fault { rule, page, story: Some(story), what });
            };
            match whole.filter(|_| came.is_empty() && !wanted.is_empty()) {
                Some(rule) if left_out.insert(run.place) => {
                    say(rule, format!("“{}” is left out", clip(&run.text)));
                }
                Some(_) => {}
                None if came == wanted => words += run.text.split_whitespace().count(),
                None => say(Rule::Words, difference(&came, &wanted)),
            }
            // A part is left out whole or not at all.
            if left_out.contains(&run.place) && !came.is_empty() {
                say(Rule::Words, format!("“{}” is printed without the rest", clip(&run.text)));
            }
        }
        for pieces in printed.values() {
            let what = format!("“{}” is no text of the story", clip(pieces[0].1));
            faults.push(Fault { rule: Rule::Words, page: None, story: Some(story), what });
        }
        if stands.is_empty() {
            let what = "the story is on no page".into();
            faults.push(Fault { rule: Rule::Words, page: None, story: Some(story), what });
        }
        words
    }
}

fn fault(rule: Rule, stand: &Stand, what: String) -> Fault {
    Fault { rule, page: Some(stand.page.number), story: Some(stand.story), what }
}

fn hundredths(size: f64) -> i64 {
    (size * 100.0).round() as i64
}

/// What is printed of a text, whatever its case: white space, and places to break, may be missing.
fn letters(text: &str) -> String {
    let silent = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{ad}');
    text.chars().filter(|c| !silent(*c)).flat_map(char::to_uppercase).collect()
}

/// Where two texts part.
fn difference(came: &str, wanted: &str) -> String {
    let same = came.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
    let rest = |text: &str| clip(&text.chars().skip(same).collect::<String>());
    let verb = if came.chars().count() < wanted.chars().count() { "lost" } else { "doubled" };
    format!("something is {verb}: “{}” for “{}”", rest(came), rest(wanted))
}

fn last_number(text: &str) -> Option<u16> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let digits = text[..end].chars().rev().take_while(char::is_ascii_digit).count();
    text[end - digits..end].parse().ok()
}

fn clip(text: &str) -> String {
    text.trim().chars().take(40).collect()
}
