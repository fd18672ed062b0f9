//! The drop cap: which stories have one, and where the lines beside it end.

use std::borrow::Cow;

use typst_layout::PagedDocument;

use crate::content::model::{Block, Inline, Story};
use crate::typeset::{DropCap, Met, TextPlace, printed, printed_runs, walk};

/// The lines that stand beside a cap.
const LINES_BESIDE: usize = 3;
/// An opening of fewer lines has no cap.
const OPENING_LEAST_LINES: usize = LINES_BESIDE + 3;

/// The drop cap that a story may begin with: the first letter of its first paragraph, if that is a
/// suitable capital. Where its lines end is still to be found.
pub(super) fn begin(story: &Story) -> Option<DropCap> {
    let opening = opening(story)?;
    Some(DropCap { cap: letter(opening)?, lines: vec![] })
}

/// The cap with the ends of its lines, read from `document`: the opening set at the width that the
/// cap leaves. None if the opening is too short.
pub(super) fn end(story: &Story, cap: &DropCap, document: &PagedDocument) -> Option<DropCap> {
    let opening = opening(story)?;
    let page = document.pages().first()?;
    let mut lines: Vec<(f64, usize)> = vec![];
    walk(&page.frame, &mut |met| {
        let Met::Ink(ink) = met else { return };
        let Some(source) = &ink.source else { return };
        let Some((begin, text)) = run_of(opening, source.start, source.end) else { return };
        if ink.is_repeated_hyphen(&text) {
            return;
        }
        let end = begin + source.to as usize;
        match lines.last_mut() {
            Some((y, last)) if (*y - ink.y).abs() < 1.0 => *last = end.max(*last),
            _ => lines.push((ink.y, end)),
        }
    });
    let in_order = lines.windows(2).all(|two| two[0].1 < two[1].1);
    if lines.len() < OPENING_LEAST_LINES || !in_order {
        return None;
    }
    let lines = lines[..LINES_BESIDE].iter().map(|line| line.1).collect();
    Some(DropCap { cap: cap.cap, lines })
}

fn opening(story: &Story) -> Option<&[Inline]> {
    match story.body.first() {
        Some(Block::Paragraph(opening)) => Some(opening),
        _ => None,
    }
}

/// The length in bytes of the letter that becomes the cap.
fn letter(opening: &[Inline]) -> Option<usize> {
    let Some(Inline::Text(run)) = opening.first() else { return None };
    let text = printed(&run.text, TextPlace::Line);
    let mut letters = text.chars();
    let (first, next) = (letters.next()?, letters.next()?);
    // The next character must not belong to the letter, as a combining accent does.
    let plain = next.is_alphanumeric() || next == ' ' || next == '\'' || next == '’';
    let broken = opening.iter().any(|inline| matches!(inline, Inline::Break));
    (fits_beside_lines(first) && plain && !broken).then(|| first.len_utf8())
}

/// Whether a letter is a capital that neither descends below the baseline, where it would touch the
/// next line, nor has a mark above, which would touch what stands above the text.
fn fits_beside_lines(letter: char) -> bool {
    match letter {
        'J' | 'Q' | 'Ё' | 'Й' | 'Д' | 'Ц' | 'Щ' | 'Џ' => false,
        'A'..='Z' | 'Α'..='Ω' | 'А'..='Я' => true,
        _ => "ÆØŒÞÐĐŁĦŦŊƏЂЄЅІЈЉЊЋ".contains(letter),
    }
}

/// The first byte of a run in the printed text of an opening, and what the run prints.
fn run_of(opening: &[Inline], start: u32, end: u32) -> Option<(usize, Cow<'_, str>)> {
    let mut found = None;
    let mut at = 0;
    printed_runs(opening, TextPlace::Line, &mut |run, text| {
        let length = text.len();
        if (run.span.start, run.span.end) == (start, end) {
            found = Some((at, text));
        }
        at += length;
    });
    found
}

#[cfg(test)]
mod tests {
    use super::fits_beside_lines;

    #[test]
    fn a_cap_neither_hangs_nor_has_marks() {
        for letter in "TLÆŁΩЖ".chars() {
            assert!(fits_beside_lines(letter), "{letter}");
        }
        for letter in "JQÉÇẤŞЙЩΆtß1“".chars() {
            assert!(!fits_beside_lines(letter), "{letter}");
        }
    }
}
