//! How a headline fits its room.

use serde::Serialize;

use super::rounding::thousandths;
use crate::makeup::limits::head_lines;
use crate::makeup::model::{Head, HeadSetting};
use crate::makeup::wished_head;

/// How a headline fits. A character is a letter, a space or a mark. How many fit into a line is worked
/// out from the average width of this headline's own characters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadFit {
    /// Whether it is the short headline.
    pub short: bool,
    /// Its size in points.
    pub size: f32,
    /// The size that a story of this rank should have over these columns, in points.
    pub wished: f32,
    /// Its lines.
    pub lines: u8,
    /// Its characters.
    pub characters: u32,
    /// Characters that its lines could hold.
    pub room: u32,
    /// The width of the longest line, as a share of that of its columns.
    pub fill: f64,
    /// The width of the last line, as a share of that of the longest.
    pub last_line: f64,
    /// Whether the last of several lines is one word.
    pub one_word: bool,
    /// Lines, but for the last, that end in an article or a preposition.
    pub weak_ends: u8,
    /// Characters to cut so that the next larger size fits; none where it would fit as it is, or where
    /// the headline has the wished size.
    pub cut_for_size: Option<u32>,
    /// Characters to cut so that the last line is not needed; none where that is long enough.
    pub cut_for_line: Option<u32>,
    /// Characters to add so that the last line is half as long as the longest; none where it is long
    /// enough.
    pub add_for_line: Option<u32>,
}

/// Where a headline stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadPlace {
    /// The step of the theme's ladder of sizes.
    pub(super) step: usize,
    /// The rank of its module on the page.
    pub(super) rank: u8,
    /// The page.
    pub(super) page: u16,
    /// The columns it spans.
    pub(super) span: u8,
    /// The columns of the page.
    pub(super) columns: u8,
    /// Whether the short headline is printed.
    pub(super) short: bool,
}

/// A last line looks lost if it is shorter than this share of the longest.
const SHORT: f32 = 1.0 / 3.0;

/// A headline as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    /// Its characters.
    pub(super) characters: u32,
    /// Its words.
    pub(super) words: usize,
}

/// Judges a headline. `heads` are its settings at all sizes, `width` gives the width of so many columns
/// in points.
pub(super) fn head_fit(
    heads: &[Head],
    written: Written,
    stand: HeadPlace,
    width: impl Fn(u8) -> f64,
) -> Option<HeadFit> {
    let Written { characters, words } = written;
    let HeadPlace { step, rank, page, span, columns, short } = stand;
    let head = heads.get(step)?;
    let set = setting(head, span, short)?;
    let em = em_of(heads, characters, short, &width)?;
    let in_line = |size: f32| width(span) / (em * f64::from(size));
    let wished = wished_head(heads, rank, page, span, columns).max(head.size);
    let last = f64::from(set.last_line * set.fill) * in_line(head.size);
    // Where every line is one word, a last word alone is no fault.
    let alone = set.last_word_alone && words > usize::from(set.lines);
    let lost = set.lines > 1 && (set.last_line < SHORT || alone);
    let half = f64::from(0.5 * set.fill) * in_line(head.size);
    Some(HeadFit {
        short,
        size: head.size,
        wished,
        lines: set.lines,
        characters,
        room: u32::from(set.lines) * whole(in_line(head.size)),
        fill: thousandths(set.fill.into()),
        last_line: thousandths(set.last_line.into()),
        one_word: alone,
        weak_ends: set.bad_ends,
        cut_for_size: heads.get(step + 1).filter(|_| wished > head.size).and_then(|next| {
            // If the larger size would set as it is, the headline's length is not the reason.
            let most = head_lines(span, columns);
            let hinders = setting(next, span, short).is_none_or(|set| set.lines > most);
            let fits = u32::from(most) * whole(in_line(next.size));
            hinders.then(|| characters.saturating_sub(fits).max(1))
        }),
        cut_for_line: lost.then(|| whole((last - 1e-3).ceil()).max(1)),
        add_for_line: lost.then(|| whole((half - last - 1e-3).ceil()).max(1)),
    })
}

fn setting(head: &Head, span: u8, short: bool) -> Option<&HeadSetting> {
    settings(head, short).get(usize::from(span).checked_sub(1)?)?.as_ref()
}

fn settings(head: &Head, short: bool) -> &[Option<HeadSetting>] {
    if short { &head.short } else { &head.set }
}

/// The average width of a character as a share of the type size, from the setting with the fewest
/// lines.
fn em_of(heads: &[Head], characters: u32, short: bool, width: impl Fn(u8) -> f64) -> Option<f64> {
    let settings = heads.iter().flat_map(|head| {
        let spans = settings(head, short).iter().zip(1..);
        spans.filter_map(|(set, span)| Some((head.size, span, set.as_ref()?)))
    });
    let (size, span, set) = settings.min_by_key(|(_, _, set)| set.lines)?;
    // All lines but the last count as long as the longest.
    let lines = f64::from(set.lines.max(1)) - 1.0 + f64::from(set.last_line);
    let taken = f64::from(set.fill) * width(span) * lines;
    (characters > 0 && taken > 0.0).then(|| taken / f64::from(characters) / f64::from(size))
}

/// A count of characters, rounded down; a rounding error just below a whole number is let pass.
fn whole(count: f64) -> u32 {
    (count + 1e-3).clamp(0.0, 10_000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::sample::head;

    /// Twenty characters, each half as wide as the face is high: over three columns of 100 pt
    /// they are 200 pt long at 20 pt.
    fn fit(heads: &[Head], step: usize, span: u8) -> HeadFit {
        let stand = HeadPlace { step, rank: 0, page: 2, span, columns: 3, short: false };
        head_fit(heads, Written { characters: 20, words: 4 }, stand, |span| 100.0 * f64::from(span))
            .unwrap()
    }

    #[test]
    fn room_is_counted_in_the_headlines_own_characters() {
        let heads = [head(20.0, [0, 0, 1], 2.0 / 3.0, 1.0), head(40.0, [0, 0, 2], 0.9, 0.48)];
        let one = fit(&heads, 0, 3);
        assert_eq!((one.characters, one.room, one.cut_for_size), (20, 30, None));
        let two = fit(&heads, 1, 3);
        assert_eq!((two.lines, two.room), (2, 30));
        assert_eq!((two.cut_for_line, two.add_for_line), (None, None));
    }

    #[test]
    fn a_short_last_line_has_two_ways_out() {
        let heads = [head(20.0, [0, 0, 1], 2.0 / 3.0, 1.0), head(40.0, [0, 0, 2], 1.0, 0.2)];
        let fit = fit(&heads, 1, 3);
        // Three of fifteen characters stand in it.
        assert_eq!((fit.cut_for_line, fit.add_for_line), (Some(3), Some(5)));
    }

    #[test]
    fn a_headline_too_long_for_its_weight_says_by_how_much() {
        let heads = [head(20.0, [0, 0, 1], 2.0 / 3.0, 1.0), head(60.0, [0, 0, 3], 0.9, 0.5)];
        let long = fit(&heads, 0, 3);
        assert!(long.wished > long.size);
        // At 60 pt a line holds ten characters: twenty fit by count, and yet the words don't.
        assert_eq!(long.cut_for_size, Some(1));
        let heads = [head(20.0, [0, 0, 1], 2.0 / 3.0, 1.0), head(80.0, [0, 0, 0], 0.9, 0.5)];
        assert_eq!(fit(&heads, 0, 3).cut_for_size, Some(6));
    }
}
