//! Pages held against the hard rules: by what is drawn, by the stories, by the format and by the
//! theme's ladder. It knows no plan.

use std::collections::BTreeMap;

use stonehand::grid::Grid;
use stonehand::typeset::Contract;

use crate::copy::Copy;
use crate::frames::{Image, Leg, Mark, Page, Rect};
use crate::rule::{Fault, Rule};

/// How far a baseline may be off its row, in points.
const OFF_ROW: f64 = 0.25;
/// How far an edge may be off, in points.
pub(crate) const HAIR: f64 = 0.5;
/// The rows that a leg has at least and at most.
const LEG: std::ops::RangeInclusive<i64> = 7..=70;
/// The rows by which the end of a text may be short.
const SLACK: i64 = 2;

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
pub(crate) struct Stand<'a> {
    pub(crate) page: &'a Page,
    pub(crate) story: usize,
    pub(crate) legs: Vec<(usize, &'a Leg)>,
    pub(crate) marks: Vec<&'a Mark>,
    pub(crate) images: Vec<&'a Image>,
}

impl Stand<'_> {
    fn role(&self, mark: &Mark) -> &str {
        mark.part.map_or("", |part| &self.page.parts[part].role)
    }

    /// Its marks of one role.
    pub(crate) fn of(&self, role: &str) -> impl Iterator<Item = &Mark> {
        self.marks.iter().copied().filter(move |mark| self.role(mark) == role)
    }

    /// The rectangle that holds all of it.
    pub(crate) fn rect(&self) -> Option<Rect> {
        let legs = self.legs.iter().map(|(_, leg)| leg.rect);
        let images = self.images.iter().map(|image| image.rect);
        let marks = self.marks.iter().filter(|mark| mark.leg.is_none()).map(|mark| mark.rect());
        legs.chain(images).chain(marks).reduce(Rect::join)
    }
}

/// The lines of a leg by their rows.
pub(crate) type Lines<'a> = BTreeMap<i64, Vec<&'a Mark>>;

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

    pub(crate) fn row(&self, y: f64) -> f64 {
        (y - self.grid.top) / self.grid.row
    }

    pub(crate) fn left(&self, page: u16) -> f64 {
        self.grid.left(page)
    }

    /// The columns that a stretch stands over.
    fn columns(&self, page: u16, rect: &Rect) -> std::ops::RangeInclusive<i64> {
        let column =
            |x: f64| ((x - self.left(page)) / (self.grid.column + self.grid.gutter)).floor();
        column(rect.left + HAIR) as i64..=column(rect.right - HAIR).max(0.0) as i64
    }

    pub(crate) fn lines(&self, stand: &Stand<'a>, leg: usize) -> Lines<'a> {
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
        // Whole columns, one as a rule: all legs have the measure of the first.
        let first = stand.legs.first().map_or(column, |(_, leg)| leg.rect.right - leg.rect.left);
        let columns = ((first + gutter) / (column + gutter)).round().max(1.0);
        let measure = columns * (column + gutter) - gutter;
        for (place, (index, leg)) in stand.legs.iter().enumerate() {
            let Rect { left, top, right, foot } = leg.rect;
            let across = (left - self.left(stand.page.number)) / (column + gutter);
            if ((across - across.round()) * (column + gutter)).abs() > HAIR {
                say(Rule::Rectangle, format!("leg {} stands in no column", place + 1));
            }
            if (right - left - measure).abs() > HAIR {
                let what =
                    format!("leg {} is {:.1} pt wide, not {measure:.1}", place + 1, right - left);
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
}

pub(crate) fn fault(rule: Rule, stand: &Stand, what: String) -> Fault {
    Fault { rule, page: Some(stand.page.number), story: Some(stand.story), what }
}

pub(crate) fn hundredths(size: f64) -> i64 {
    (size * 100.0).round() as i64
}

pub(crate) fn clip(text: &str) -> String {
    text.trim().chars().take(40).collect()
}
