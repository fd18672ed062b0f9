//! Puts two pages side by side: as facing pages, or on sheets that are folded.

use std::num::NonZeroUsize;

use typst::introspection::PagedPosition;
use typst::layout::{Abs, Frame, FrameItem, Point, Size};
use typst::model::{Destination, Document};
use typst_layout::{Page, PagedDocument};

/// The pages at the left and at the right, by their index from 0; none is a blank page.
pub(super) type Pair = [Option<usize>; 2];

/// The spreads of a number of pages: page 1 alone at the right, then 2 and 3, 4 and 5.
pub(super) fn spread_pairs(pages: usize) -> Vec<Pair> {
    let page = |place: usize| (place < pages).then_some(place);
    (0..(pages / 2 + 1).min(pages))
        .map(|n| [(2 * n).checked_sub(1).and_then(page), page(2 * n)])
        .collect()
}

/// The sides of folded sheets for a number of pages: the outermost sheet first, the outer side of a
/// sheet before its inner one. For eight pages: 8 and 1, 2 and 7, 6 and 3, 4 and 5.
pub(super) fn booklet_pairs(pages: usize) -> Vec<Pair> {
    let places = pages + booklet_blanks(pages);
    let page = |place: usize| (place < pages).then_some(place);
    let side = |side: usize| {
        let (low, high) = (page(side), page(places - 1 - side));
        // The outer side of a sheet has the later page at the left.
        if side.is_multiple_of(2) { [high, low] } else { [low, high] }
    };
    (0..places / 2).map(side).collect()
}

/// The number of blank pages at the end of a booklet: a folded sheet has four pages.
pub(crate) fn booklet_blanks(pages: usize) -> usize {
    pages.next_multiple_of(4) - pages
}

/// A document whose pages are pairs of another's pages. `ready` prepares the frame of each page.
pub(super) fn paired(
    document: &PagedDocument,
    pairs: &[Pair],
    ready: impl Fn(&Frame) -> Frame,
) -> PagedDocument {
    let all = document.pages();
    let pages = pairs.iter().enumerate().filter_map(|(index, pair)| {
        let first = all.get(pair.iter().flatten().next().copied()?)?;
        let size = first.frame.size();
        let mut frame = Frame::hard(Size::new(size.x * 2.0, size.y));
        for (side, place) in pair.iter().enumerate() {
            if let Some(page) = place.and_then(|place| all.get(place)) {
                frame.push_frame(Point::with_x(size.x * side as f64), ready(&page.frame));
            }
        }
        Some(Page { frame, numbering: None, number: index as u64 + 1, ..first.clone() })
    });
    PagedDocument::new(pages.collect(), document.info().clone())
}

/// Makes the links of a frame lead to the places of their pages in pairs. A page is `width` wide.
/// Other links stay; links to pages that are in no pair are removed.
pub(super) fn lead_to_pairs(frame: &mut Frame, pairs: &[Pair], width: Abs) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => lead_to_pairs(&mut group.frame, pairs, width),
            FrameItem::Link(Destination::Position(position), _) => {
                match in_pairs(*position, pairs, width) {
                    Some(there) => *position = there,
                    None => return false,
                }
            }
            _ => {}
        }
        true
    });
}

fn in_pairs(position: PagedPosition, pairs: &[Pair], width: Abs) -> Option<PagedPosition> {
    let PagedPosition { page, point } = position;
    pairs.iter().enumerate().find_map(|(index, pair)| {
        let side = pair.iter().position(|place| *place == Some(page.get() - 1))?;
        let point = Point::new(point.x + width * side as f64, point.y);
        Some(PagedPosition { page: NonZeroUsize::MIN.saturating_add(index), point })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pairs in usual numbers: pages from 1, 0 for a blank.
    fn spoken(pairs: &[Pair]) -> Vec<[usize; 2]> {
        pairs.iter().map(|pair| pair.map(|place| place.map_or(0, |place| place + 1))).collect()
    }

    #[test]
    fn spreads_have_the_front_page_at_the_right() {
        assert_eq!(spoken(&spread_pairs(1)), [[0, 1]]);
        assert_eq!(spoken(&spread_pairs(4)), [[0, 1], [2, 3], [4, 0]]);
        assert_eq!(spoken(&spread_pairs(5)), [[0, 1], [2, 3], [4, 5]]);
        assert!(spread_pairs(0).is_empty() && booklet_pairs(0).is_empty());
    }

    #[test]
    fn a_booklet_is_imposed_in_the_order_of_folding() {
        assert_eq!(spoken(&booklet_pairs(8)), [[8, 1], [2, 7], [6, 3], [4, 5]]);
        assert_eq!(spoken(&booklet_pairs(6)), [[0, 1], [2, 0], [6, 3], [4, 5]]);
        assert_eq!(spoken(&booklet_pairs(1)), [[0, 1], [0, 0]]);
        assert_eq!([4, 5, 6, 7].map(booklet_blanks), [0, 3, 2, 1]);
    }

    /// The pages in the order in which a reader leafs through folded sheets: the outer side of a sheet
    /// has its first and last page, the inner side its second and its last but one.
    fn leafed(pairs: &[Pair]) -> Vec<Option<usize>> {
        let Some(([outer, inner], rest)) = pairs.split_first_chunk() else { return vec![] };
        let mut pages = vec![outer[1], inner[0]];
        pages.extend(leafed(rest));
        pages.extend([inner[1], outer[0]]);
        pages
    }

    #[test]
    fn links_lead_to_where_their_pages_lie() {
        let at = |page, x| PagedPosition {
            page: NonZeroUsize::new(page).unwrap(),
            point: Point::with_x(Abs::pt(x)),
        };
        let link = |position| FrameItem::Link(Destination::Position(position), Size::zero());
        let mut inner = Frame::hard(Size::zero());
        for page in [1, 2, 3, 9] {
            inner.push(Point::zero(), link(at(page, 7.0)));
        }
        let mut frame = Frame::hard(Size::zero());
        frame.push_frame(Point::zero(), inner);
        lead_to_pairs(&mut frame, &spread_pairs(3), Abs::pt(100.0));
        let FrameItem::Group(group) = &frame.items().next().unwrap().1 else { panic!() };
        let led: Vec<_> = group
            .frame
            .items()
            .filter_map(|(_, item)| match item {
                FrameItem::Link(Destination::Position(position), _) => Some(*position),
                _ => None,
            })
            .collect();
        // There is no page 9.
        assert_eq!(led, [at(1, 107.0), at(2, 7.0), at(2, 107.0)]);
    }

    proptest! {
        #[test]
        fn folded_sheets_read_in_order(pages in 0usize..200) {
            let read = leafed(&booklet_pairs(pages));
            prop_assert!(read.len().is_multiple_of(4));
            let (printed, blank) = read.split_at(pages);
            prop_assert!(printed.iter().copied().eq((0..pages).map(Some)));
            prop_assert!(blank.len() < 4 && blank.iter().all(Option::is_none));
        }

        #[test]
        fn spreads_read_in_order(pages in 0usize..200) {
            let read: Vec<_> = spread_pairs(pages).into_iter().flatten().collect();
            prop_assert!(read.iter().flatten().copied().eq(0..pages));
            // Odd pages lie at the right.
            let right = read.iter().enumerate().all(|(at, page)| page.is_none_or(|p| p % 2 != at % 2));
            prop_assert!(right);
        }
    }
}
