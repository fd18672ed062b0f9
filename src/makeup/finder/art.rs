//! The pictures of a zone: the sizes they may have and the places where they stand.

use super::super::cost::art;
use super::super::effort::zone as tried;
use super::super::fill::Tail;
use super::super::limits::{
    ASPECT_LEAST, COLUMNS_MOST, CROP_LEAST, MUG_ROWS, PICTURE_HEIGHT, PICTURE_ROWS, PICTURE_SHAPES,
    PICTURES_MOST, UNKNOWN_ASPECT, UNKNOWN_KEEP,
};
use super::super::model::{Format, Picture, Rows};
use super::super::zone::{Inset, InsetAt, PicAt, Zone};
use super::Finder;

/// Rows a picture may take at a span, each with what the crop costs.
pub(super) fn picture_rows(format: &Format, pic: &Picture, p: u8, out: &mut Vec<(Rows, f32)>) {
    out.clear();
    let width = f64::from(p) * format.column_in_rows + (f64::from(p) - 1.0) * format.gutter_in_rows;
    let sensible = pic.aspect.is_finite() && pic.aspect > ASPECT_LEAST;
    let exact = width / if sensible { pic.aspect } else { UNKNOWN_ASPECT };
    let limit = f64::from(format.rows) * PICTURE_HEIGHT;
    if pic.whole {
        let rows = exact.ceil().max(1.0);
        if rows <= limit {
            out.push((rows as Rows, art::UNREADABLE * f32::from(pic.readable.saturating_sub(p))));
        }
        return;
    }
    let keep = if pic.keep.is_finite() { pic.keep.clamp(CROP_LEAST, 1.0) } else { UNKNOWN_KEEP };
    let (widest, narrowest) = PICTURE_SHAPES;
    let (mut lo, mut hi) =
        ((exact * keep).max(width / widest), (exact / keep).min(width / narrowest));
    if lo > hi {
        // A shape beyond the bounds: as it is, or nearer to them by a crop.
        if exact < width / widest {
            (lo, hi) = (exact, exact / keep);
        } else {
            (lo, hi) = (exact * keep, exact * (1.0 + keep) / 2.0);
        }
    }
    // A crop at the sides can cost more pixels than the file has to spare; a picture that is too
    // small even for the least shape is enlarged as little as can be.
    hi = hi.min(f64::from(pic.most_rows)).max(lo.ceil());
    if pic.mug {
        // As near to the size of all mug shots as its shape allows.
        (lo, hi) = (lo.max(f64::from(MUG_ROWS.0)).min(hi), hi.min(f64::from(MUG_ROWS.1)).max(lo));
    }
    let (lo, hi) = (lo.ceil().max(PICTURE_ROWS), hi.floor().min(limit));
    let mut r = lo.min(hi.max(lo));
    while r <= hi.max(lo) && r <= limit {
        let lost = 1.0 - if r < exact { r / exact } else { exact / r };
        out.push((r as Rows, crop_cost(lost) as f32));
        r += 1.0;
    }
}

/// What a crop costs that loses so much of a picture.
fn crop_cost(lost: f64) -> f64 {
    let [.., (most, _)] = art::CROPS;
    let known = art::CROPS.iter().find(|(share, _)| lost <= *share);
    known.map_or_else(|| art::CROP_DEEP + art::CROP_DEEPER * (lost - most), |(_, cost)| *cost)
}

/// Rows of a caption at a span.
fn caption(pic: &Picture, p: u8) -> Rows {
    let k = (p as usize).saturating_sub(1);
    pic.caption.get(k).or(pic.caption.last()).copied().unwrap_or(0)
}

/// Thins a run of choices out to at most `most`, the cheapest always among them.
pub(super) fn thin(all: &[(Rows, f32)], most: usize, out: &mut Vec<(Rows, f32)>) {
    out.clear();
    if all.len() <= most {
        out.extend_from_slice(all);
        return;
    }
    for k in 0..most {
        out.push(all[k * (all.len() - 1) / (most - 1)]);
    }
    let best = all.iter().fold(all[0], |b, x| if x.1 < b.1 { *x } else { b });
    if !out.contains(&best) {
        out.push(best);
    }
}

impl Finder<'_> {
    /// What leaving out the pictures from the `k`-th on costs.
    pub(super) fn dropped(&self, k: usize) -> f32 {
        let mut cost = 0.0;
        for j in k..self.unit.pictures.len() {
            // What the rest doesn't show is shown here or nowhere.
            let tail = if self.unit.until.is_some() { Tail::End } else { self.tail };
            cost += match (self.unit.part, tail, j) {
                (0, _, 0) => art::NO_FIRST,
                (_, Tail::Cut, _) => art::PUT_OFF,
                (0, _, 1) => art::NO_SECOND,
                _ => art::NO_FURTHER,
            };
            // With a picture, what its caption says is lost.
            let told = caption(&self.item.pictures[self.unit.pictures[j] as usize], 1) > 1;
            cost += if told && tail == Tail::End { art::NO_CAPTION } else { 0.0 };
        }
        cost
    }

    pub(super) fn add(&self, z: &mut Zone, picture: u16, column: u8, p: u8, rows: Rows, top: bool) {
        let cap = caption(&self.item.pictures[picture as usize], p);
        let row = if top { z.tops[column as usize] } else { 0 };
        z.pics[z.n_pics as usize] =
            PicAt { picture, column, columns: p, row, rows, caption: cap, at_foot: !top };
        z.n_pics += 1;
        for c in column..column + p {
            if top {
                z.tops[c as usize] = row + rows + cap;
            } else {
                z.feet[c as usize] = rows + cap + 1;
            }
        }
    }

    /// Adds the `k`-th picture at the foot of some columns or at the top of free ones, and
    /// the ones after it.
    pub(super) fn extras(&mut self, z: &Zone, k: usize) {
        if k >= self.unit.pictures.len().min(PICTURES_MOST) {
            return;
        }
        let id = self.unit.pictures[k];
        let pic = &self.item.pictures[id as usize];
        if pic.mug && z.inset.is_none() {
            self.with_mug(z, k);
        }
        let (mut all, mut some) = (Vec::new(), Vec::new());
        let second = k == 1;
        let widest = if second && z.w >= tried::WIDE { 2 } else { 1 };
        let heights = if second { tried::SECOND_HEIGHTS } else { tried::FURTHER_HEIGHTS };
        for p in 1..=widest.min(pic.most_columns.max(1)) {
            picture_rows(self.format, pic, p, &mut all);
            thin(&all, heights, &mut some);
            // Further pictures end in one line with the one before them, if a crop allows it.
            let line = z.feet[..z.w as usize].iter().copied().max().unwrap_or(0);
            let like = line.saturating_sub(1 + caption(pic, p));
            if let Some(same) = all.iter().find(|x| k > 1 && x.0 == like) {
                some.clear();
                some.push(*same);
            }
            let free =
                |c: u8, side: &[Rows; COLUMNS_MOST]| (c..c + p).all(|c| side[c as usize] == 0);
            let places =
                [(z.w - p, false), (0, false), (0, true), (z.w - p, true), ((z.w - p) / 2, false)];
            let mut places_tried = 0;
            for (i, &(column, top)) in places.iter().enumerate() {
                let side = if top { &z.tops } else { &z.feet };
                if places[..i].contains(&(column, top))
                    || !free(column, side)
                    || (top && z.feet[column as usize] > 0)
                {
                    continue;
                }
                places_tried += 1;
                if places_tried > if second { tried::SECOND_PLACES } else { 1 } {
                    break;
                }
                for &(rows, crop) in &some {
                    let mut next = *z;
                    self.add(&mut next, id, column, p, rows, top);
                    let as_wide = p == 2 && z.main_span() <= 2;
                    next.cost += crop + if as_wide { art::SECOND_WIDE } else { 0.0 };
                    next.cost += if pic.mug && !top { art::MUG_AT_FOOT } else { 0.0 };
                    if !top && line > 0 && next.feet[column as usize] != line {
                        next.cost += art::UNALIGNED;
                    }
                    self.sound(&next, self.dropped(k + 1));
                    self.extras(&next, k + 1);
                }
            }
        }
    }

    /// Tries the `k`-th picture, a mug shot, between two legs of a column.
    pub(super) fn with_mug(&mut self, z: &Zone, k: usize) {
        if self.forced || self.tail == Tail::Cut {
            return;
        }
        let picture = self.unit.pictures[k];
        let pic = &self.item.pictures[picture as usize];
        let (mut all, mut some) = (Vec::new(), Vec::new());
        picture_rows(self.format, pic, 1, &mut all);
        thin(&all, tried::MUG_HEIGHTS, &mut some);
        let mut columns = vec![z.w / 2, z.w - 1, 0];
        columns.dedup();
        for column in columns {
            for &(rows, crop) in &some {
                let mut next = *z;
                let caption = caption(pic, 1);
                next.pics[next.n_pics as usize] =
                    PicAt { picture, column, columns: 1, row: 0, rows, caption, at_foot: false };
                let inset = Inset::Mug(next.n_pics);
                next.n_pics += 1;
                next.inset = Some(InsetAt { inset, column, row: 0, rows: 1 + rows + caption });
                next.cost += crop;
                self.with_quotes(&next, self.dropped(k + 1));
            }
        }
    }
}
