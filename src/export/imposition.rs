//! Two pages side by side: as a reader has them open, or on sheets that are folded.

use jiff::civil::Date;
use typst::layout::{Frame, Point, Size};
use typst::model::Document;
use typst_layout::{Page, PagedDocument};

use super::paper::on_paper;
use super::pdf::plain;

/// What lies at the left and at the right: pages by their place from 0; none is a blank.
type Pair = [Option<usize>; 2];

/// The bytes of the PDF of spreads; the same for the same document. Links and bookmarks lead
/// to where their pages lie now.
///
/// # Errors
/// What can't be written as PDF.
pub fn spreads(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
) -> Result<Vec<u8>, Vec<String>> {
    let pairs = spread_pairs(document.pages().len());
    plain(&paired(document, &pairs, Frame::clone), &format!("{ident}/spreads"), date)
}

/// The bytes of the PDF of sheets to print on both sides, turned at the short edge, and to fold
/// into each other; the same for the same document. It has no links.
///
/// # Errors
/// What can't be written as PDF.
pub fn booklet(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
) -> Result<Vec<u8>, Vec<String>> {
    let pairs = booklet_pairs(document.pages().len());
    plain(&paired(document, &pairs, on_paper), &format!("{ident}/booklet"), date)
}

/// The spreads of so many pages: the first page alone at the right, then 2 and 3, 4 and 5.
fn spread_pairs(pages: usize) -> Vec<Pair> {
    let page = |place: usize| (place < pages).then_some(place);
    (0..(pages / 2 + 1).min(pages))
        .map(|n| [(2 * n).checked_sub(1).and_then(page), page(2 * n)])
        .collect()
}

/// The sides of folded sheets for so many pages, the outermost sheet first, its outer side
/// before its inner one: 8 and 1, 2 and 7, 6 and 3, 4 and 5.
fn booklet_pairs(pages: usize) -> Vec<Pair> {
    let places = pages + booklet_blanks(pages);
    let page = |place: usize| (place < pages).then_some(place);
    let side = |side: usize| {
        let (low, high) = (page(side), page(places - 1 - side));
        // The outer side of a sheet has the later page at the left.
        if side.is_multiple_of(2) { [high, low] } else { [low, high] }
    };
    (0..places / 2).map(side).collect()
}

/// How many pages at the end of a booklet are blank: a folded sheet has four pages.
pub fn booklet_blanks(pages: usize) -> usize {
    pages.next_multiple_of(4) - pages
}

/// A document whose pages are pairs of another's.
fn paired(
    document: &PagedDocument,
    pairs: &[Pair],
    frame_of: impl Fn(&Frame) -> Frame,
) -> PagedDocument {
    let all = document.pages();
    let pages = pairs.iter().enumerate().filter_map(|(index, pair)| {
        let first = all.get(pair.iter().flatten().next().copied()?)?;
        let size = first.frame.size();
        let mut frame = Frame::hard(Size::new(size.x * 2.0, size.y));
        for (side, place) in pair.iter().enumerate() {
            if let Some(page) = place.and_then(|place| all.get(place)) {
                frame.push_frame(Point::with_x(size.x * side as f64), frame_of(&page.frame));
            }
        }
        Some(Page { frame, numbering: None, number: index as u64 + 1, ..first.clone() })
    });
    PagedDocument::new(pages.collect(), document.info().clone())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pairs as they are spoken of: pages from 1, 0 for a blank.
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

    /// The pages met by one who leafs through folded sheets: the outer side of a sheet gives
    /// its first and last page, the inner side its second and its last but one.
    fn leafed(pairs: &[Pair]) -> Vec<Option<usize>> {
        let Some(([outer, inner], rest)) = pairs.split_first_chunk() else { return vec![] };
        let mut pages = vec![outer[1], inner[0]];
        pages.extend(leafed(rest));
        pages.extend([inner[1], outer[0]]);
        pages
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
