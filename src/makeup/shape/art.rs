//! Places the pictures of a zone.

use crate::makeup::cost::art;
use crate::makeup::draft::{Inset, InsetAt, PicAt, Tail, Zone};
use crate::makeup::effort::zone as tried;
use crate::makeup::limits::{COLUMNS_MOST, PICTURES_MOST};
use crate::makeup::model::Rows;
use crate::makeup::shape::crops::{caption, picture_rows, thin};
use crate::makeup::shape::zones::Finder;

impl Finder<'_> {
    /// The cost of leaving out the pictures from the `k`-th on.
    pub(crate) fn dropped(&self, k: usize) -> f32 {
        let mut cost = 0.0;
        for j in k..self.unit.pictures.len() {
            // Pictures that the remainder doesn't show are shown here or nowhere.
            let tail = if self.unit.until.is_some() { Tail::End } else { self.tail };
            cost += match (self.unit.part, tail, j) {
                (0, _, 0) => art::NO_FIRST,
                (_, Tail::Cut, _) => art::PUT_OFF,
                (0, _, 1) => art::NO_SECOND,
                _ => art::NO_FURTHER,
            };
            // With a picture, its caption is lost too.
            let told = caption(&self.item.pictures[self.unit.pictures[j] as usize], 1) > 1;
            cost += if told && tail == Tail::End { art::NO_CAPTION } else { 0.0 };
        }
        cost
    }

    pub(crate) fn add(&self, z: &mut Zone, picture: u16, column: u8, p: u8, rows: Rows, top: bool) {
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
    pub(crate) fn extras(&mut self, z: &Zone, k: usize) {
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
            // A further picture ends level with the one before it, if a crop allows that.
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
    pub(crate) fn with_mug(&mut self, z: &Zone, k: usize) {
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
