//! Archetypes: skeletons of good pages. Archetypes take turns, and a page costs less the nearer it
//! comes to the one whose turn it is, so that pages differ from day to day and from page to page.
//! They are priors: what the stories need outweighs them.

use crate::makeup::cost::page as page_cost;
use crate::makeup::model::Rows;
use crate::makeup::page::judge::{Rect, shared_make_up};

/// The units in which archetypes divide a page: sixths of its width,
const SIXTHS: u16 = 6;
/// and thousandths of its height.
const THOUSANDTHS: u32 = 1000;

/// A module of an archetype: its first column and the one after its last, its first row and the one
/// after its last. Columns are sixths of the page's width, rows thousandths of its height.
type PartRect = (u8, u8, u16, u16);

/// Front pages: poster, rail, centrepiece, banner and shelf.
const FRONTS: [&[PartRect]; 5] = [
    &[(0, 6, 0, 650), (0, 3, 670, 1000), (3, 6, 670, 1000)],
    &[(0, 5, 0, 590), (5, 6, 0, 1000), (0, 3, 610, 1000), (3, 5, 610, 1000)],
    &[(0, 2, 0, 560), (2, 6, 0, 560), (0, 3, 580, 1000), (3, 6, 580, 1000)],
    &[(0, 6, 0, 510), (0, 2, 530, 1000), (2, 6, 530, 760), (2, 6, 780, 1000)],
    &[(0, 4, 0, 650), (4, 6, 0, 310), (4, 6, 330, 650), (0, 6, 670, 1000)],
];

/// Pages inside, as right-hand ones: roof, outer rail and basement. The left-hand ones are
/// mirrored.
const INSIDES: [&[PartRect]; 3] = [
    &[(0, 6, 0, 520), (0, 2, 540, 1000), (2, 6, 540, 1000)],
    &[(5, 6, 0, 1000), (0, 5, 0, 560), (0, 3, 580, 1000), (3, 5, 580, 1000)],
    &[(0, 4, 0, 600), (4, 6, 0, 295), (4, 6, 315, 600), (0, 6, 620, 1000)],
];

/// The archetype whose turn it is on a page of the edition of `day`: its modules on a page of `columns`
/// by `rows`.
fn turn(day: u32, page: u16, columns: u8, rows: Rows) -> Vec<Rect> {
    let front = page == 1;
    let of: &[&[PartRect]] = if front { &FRONTS } else { &INSIDES };
    let parts = of[(day as usize + usize::from(page)) % of.len()];
    let left = !front && page.is_multiple_of(2);
    let column = |sixths: u8| {
        let nearest = (u16::from(sixths) * u16::from(columns) + SIXTHS / 2) / SIXTHS;
        if left { columns - nearest as u8 } else { nearest as u8 }
    };
    let row = |part: u16| (u32::from(part) * u32::from(rows) / THOUSANDTHS) as Rows;
    let rect = |&(from, to, top, foot): &PartRect| {
        let (a, b) = (column(from).min(column(to)), column(from).max(column(to)));
        (a, row(top), b - a, row(foot) - row(top))
    };
    parts.iter().map(rect).filter(|rect| rect.2 > 0).collect()
}

/// The cost of a page whose modules differ from the archetype whose turn it is.
pub(crate) fn prior(modules: &[Rect], day: u32, page: u16, columns: u8, rows: Rows) -> f32 {
    let apart = if page == 1 { page_cost::ARCHETYPE_FRONT } else { page_cost::ARCHETYPE_INSIDE };
    apart * (1.0 - shared_make_up(modules, &turn(day, page, columns, rows)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_archetype_lies_on_its_page_and_overlaps_nowhere() {
        for (columns, day, page) in
            (3..=8).flat_map(|c| (0..5).flat_map(move |d| (1..=4).map(move |p| (c, d, p))))
        {
            let parts = turn(day, page, columns, 90);
            for (k, a) in parts.iter().enumerate() {
                assert!(a.0 + a.2 <= columns && a.1 + a.3 <= 90, "{parts:?}");
                for b in &parts[k + 1..] {
                    let wide = a.0 < b.0 + b.2 && b.0 < a.0 + a.2;
                    let high = a.1 < b.1 + b.3 && b.1 < a.1 + a.3;
                    assert!(!(wide && high), "{columns} columns, day {day}: {parts:?}");
                }
            }
        }
    }

    #[test]
    fn a_rail_stands_at_the_outer_edge() {
        // A day on which it is the rail's turn.
        let rail = |page: u16| {
            let pages = (0..3).map(|day| turn(day, page, 6, 90));
            let tall = |r: &Rect| r.2 == 1 && r.3 == 90;
            pages.flatten().find(tall).map(|r| r.0)
        };
        assert_eq!((rail(2), rail(3)), (Some(0), Some(5)));
    }

    #[test]
    fn a_page_like_its_archetype_costs_nothing_more() {
        let own = turn(7, 1, 5, 90);
        assert!(prior(&own, 7, 1, 5, 90) < 0.001);
        assert!(prior(&own, 8, 1, 5, 90) > 0.5);
    }
}
