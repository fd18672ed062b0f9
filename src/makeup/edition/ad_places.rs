//! Places advertisements, before any story is placed.
//!
//! Steps:
//! 1. Ads that are booked for a page go there. The others are spread over the pages inside, the
//!    largest first, each to the page with the least area of ads so far, right-hand pages before
//!    left-hand ones.
//! 2. The ads of one page are laid out. An ad as wide as the page is a strip at its foot; the others
//!    form one rectangle in the outer corner above the strips. An ad that finds no place goes to the
//!    next page.

use std::collections::BTreeMap;

use crate::makeup::draft::Corner;
use crate::makeup::limits::{BESIDE_ADS, BESIDE_CORNER};
use crate::makeup::model::{Ad, Cells, Edition, Format, PlacedAd, Rows};

/// The ads of one page, laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct AdBlock {
    /// Rows at the foot that strips take, each with the gap above it.
    pub foot: Rows,
    pub corner: Option<Corner>,
    /// Whether no story has room beside them.
    pub full: bool,
    columns: u8,
    /// Each ad with its place: columns from the reading edge, rows from its upper edge down to the
    /// page's foot.
    spots: Vec<(usize, u8, Rows)>,
}

impl AdBlock {
    /// Lays out ads on a page of `rows` rows. Gives those back that find no place.
    pub(crate) fn lay_out(
        ads: &[Ad],
        on: &[usize],
        format: &Format,
        number: u16,
        rows: Rows,
    ) -> (Self, Vec<usize>) {
        let columns = format.columns;
        let mut block = Self { columns, ..Self::default() };
        let mut left_over = Vec::new();
        let mut corner: Vec<usize> = Vec::new();
        for &k in on {
            let ad = clamped(ads[k], columns, rows.saturating_sub(format.gap));
            if ad.columns < columns {
                corner.push(k);
            } else if block.full || block.foot + ad.rows > rows {
                left_over.push(k);
            } else {
                block.spots.push((k, 0, block.foot + ad.rows));
                block.foot += ad.rows + format.gap;
                block.full = block.foot + BESIDE_ADS > rows;
            }
        }
        let room = rows.saturating_sub(block.foot + if block.full { 0 } else { format.gap });
        let left = number.is_multiple_of(2);
        let mut shelf = Shelf {
            columns,
            gap: format.gap,
            rows: room,
            most: rows.saturating_sub(format.gap),
            w: 0,
            h: 0,
            ads: Vec::new(),
        };
        for k in corner {
            if block.full || !shelf.add(ads, k) {
                left_over.push(k);
            }
        }
        for &(k, x, up) in &shelf.ads {
            let x = if left { shelf.w - x - ads[k].columns } else { columns - shelf.w + x };
            block.spots.push((k, x, block.foot + up));
        }
        if shelf.w > 0 && shelf.w + BESIDE_CORNER > columns {
            block.foot += shelf.h + format.gap;
        } else if shelf.w > 0 {
            block.corner = Some(Corner { w: shelf.w, h: shelf.h, left });
        }
        block.full |= block.foot + BESIDE_ADS > rows && !block.spots.is_empty();
        (block, left_over)
    }

    /// Whether there is no ad.
    pub(crate) fn is_empty(&self) -> bool {
        self.spots.is_empty()
    }

    /// The ads.
    pub(crate) fn ads(&self) -> impl Iterator<Item = usize> {
        self.spots.iter().map(|spot| spot.0)
    }

    /// The first row, counted from a page's foot up, that stories may use.
    pub(crate) fn strips(&self, rows: Rows) -> Rows {
        self.foot.min(rows.saturating_sub(1))
    }

    /// Cells that they take, gaps included.
    pub(crate) fn area(&self, format: &Format) -> f32 {
        let corner = self.corner.map_or(0.0, |c| f32::from(c.w) * f32::from(c.h + format.gap));
        f32::from(format.columns) * f32::from(self.foot) + corner
    }

    /// The ads on a page whose rows end at `foot`, strips included.
    pub(crate) fn placed(&self, ads: &[Ad], foot: Rows) -> Vec<PlacedAd> {
        let place = |&(ad, column, up): &(usize, u8, Rows)| {
            let Ad { columns, rows, .. } = ads[ad];
            let row = foot.saturating_sub(up);
            let (columns, rows) = (columns.min(self.columns), rows.min(foot - row));
            PlacedAd { ad, cells: Cells { column, row, columns, rows } }
        };
        self.spots.iter().map(place).collect()
    }
}

/// A rectangle of ads: beside each other at one height, or above each other at one width.
struct Shelf {
    columns: u8,
    gap: Rows,
    rows: Rows,
    /// The most rows that an ad may have, on any page.
    most: Rows,
    w: u8,
    h: Rows,
    /// Each ad with its column from the inner edge and the rows from its top down to the foot.
    ads: Vec<(usize, u8, Rows)>,
}

impl Shelf {
    /// Adds an ad, if it fits.
    fn add(&mut self, ads: &[Ad], k: usize) -> bool {
        let Ad { columns, rows, .. } = clamped(ads[k], self.columns, self.most);
        let (stacked, beside) = (
            self.ads.iter().all(|a| ads[a.0].columns == columns),
            self.ads.iter().all(|a| ads[a.0].rows == rows),
        );
        if self.ads.is_empty() && rows <= self.rows {
            (self.w, self.h) = (columns, rows);
            self.ads.push((k, 0, rows));
        } else if beside && self.w + columns <= self.columns && rows <= self.rows {
            self.ads.push((k, self.w, rows));
            self.w += columns;
        } else if stacked && self.h + self.gap + rows <= self.rows {
            self.h += self.gap + rows;
            self.ads.push((k, 0, self.h));
        } else {
            return false;
        }
        true
    }
}

/// An ad no larger than a page.
fn clamped(ad: Ad, columns: u8, rows: Rows) -> Ad {
    Ad { columns: ad.columns.clamp(1, columns), rows: ad.rows.clamp(1, rows.max(1)), ..ad }
}

/// Chooses the page of each ad, for an edition of about `pages` pages.
pub(crate) fn allot(ed: &Edition, pages: u16) -> BTreeMap<u16, Vec<usize>> {
    let f = &ed.format;
    let rows = f.rows.saturating_sub(f.inside_top.max(f.section_top).max(f.section_front_top));
    let most = f32::from(f.columns) * f32::from(rows) / 2.0;
    let mut out: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    let mut open = Vec::new();
    for (k, ad) in ed.ads.iter().enumerate().filter(|(_, ad)| !ad.filler) {
        match ad.page {
            Some(page) => out.entry(page.max(1)).or_default().push(k),
            None => open.push(k),
        }
    }
    let size = |k: usize| u32::from(ed.ads[k].columns) * u32::from(ed.ads[k].rows);
    open.sort_by_key(|&k| (std::cmp::Reverse(size(k)), k));
    for k in open {
        let taken = |page: u16| {
            let on = out.get(&page).map_or(&[][..], Vec::as_slice);
            let with: Vec<usize> = on.iter().copied().chain([k]).collect();
            let (block, left_over) = AdBlock::lay_out(&ed.ads, &with, f, page, rows);
            let area = block.area(f);
            let too_much = !left_over.is_empty() || (area > most && !on.is_empty());
            (too_much, area, page.is_multiple_of(2), page)
        };
        let inside = (2..=pages.max(2)).map(taken);
        let best = inside.min_by(|a, b| {
            let (x, y) = ((a.0, a.2, a.3), (b.0, b.2, b.3));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(x.cmp(&y))
        });
        let page = if pages <= 1 { 1 } else { best.map_or(2, |best| best.3) };
        out.entry(page).or_default().push(k);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::makeup::seeded;

    fn ad(columns: u8, rows: Rows) -> Ad {
        Ad { columns, rows, page: None, filler: false }
    }

    #[test]
    fn strips_lie_on_each_other_and_a_corner_on_them() {
        let format = seeded::format(0);
        let ads = [ad(5, 20), ad(2, 30), ad(5, 10)];
        let (block, left_over) = AdBlock::lay_out(&ads, &[0, 1, 2], &format, 3, 105);
        assert_eq!(left_over, Vec::<usize>::new());
        assert_eq!(block.foot, 20 + 10 + 2 * format.gap);
        assert_eq!(block.corner, Some(Corner { w: 2, h: 30, left: false }));
        let placed: Vec<_> = block.placed(&ads, 109).iter().map(|p| (p.ad, p.cells)).collect();
        let cells = |column, row, columns, rows| Cells { column, row, columns, rows };
        assert_eq!(placed[0], (0, cells(0, 89, 5, 20)));
        assert_eq!(placed[1], (2, cells(0, 77, 5, 10)));
        assert_eq!(placed[2], (1, cells(3, 45, 2, 30)));
    }

    #[test]
    fn ads_of_one_height_stand_side_by_side_and_others_go_on() {
        let format = seeded::format(0);
        let ads = [ad(2, 30), ad(1, 30), ad(2, 20)];
        let (block, left_over) = AdBlock::lay_out(&ads, &[0, 1, 2], &format, 2, 105);
        assert_eq!(left_over, [2]);
        assert_eq!(block.corner, Some(Corner { w: 3, h: 30, left: true }));
        let columns: Vec<u8> = block.placed(&ads, 109).iter().map(|p| p.cells.column).collect();
        assert_eq!(columns, [1, 0]);
    }

    #[test]
    fn a_page_of_ads_alone_is_full() {
        let format = seeded::format(0);
        let (block, _) = AdBlock::lay_out(&[ad(5, 105)], &[0], &format, 3, 105);
        assert!(block.full);
    }
}
