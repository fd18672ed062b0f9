//! Judges how a headline sets, and finds the measure at which its lines break best.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use icu::segmenter::options::LineBreakOptions;
use icu::segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::grid::Grid;
use crate::makeup::limits::{HEAD_LINES_MORE, head_lines};
use crate::makeup::model::HeadSetting;
use crate::typeset::{MeasuredPart, Word};

/// Words that no line of a headline should end in.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "from", "with", "and", "or", "as",
    "into", "over", "under", "than", "that", "is", "are", "was", "its", "his", "her", "their",
    "but", "after", "before", "about",
];

/// Whether a word is an article, a preposition or their like.
pub(super) fn is_small_word(word: &str) -> bool {
    SMALL_WORDS.contains(&word.to_lowercase().as_str())
}

/// Question words, which a headline may begin with and which carry no subject.
const QUESTION_WORDS: &[&str] = &["how", "why", "what", "when", "where", "who", "which", "here"];

/// Whether a word is a question word.
pub(super) fn is_question_word(word: &str) -> bool {
    let word = word.to_lowercase();
    QUESTION_WORDS.contains(&word.trim_end_matches("'s").trim_end_matches("’s"))
}

/// How a head sets at one size and span.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judged {
    /// The setting at `measure`, for the make-up.
    pub(super) setting: HeadSetting,
    /// The width that its lines are broken to, in points: at most the span's.
    pub(super) measure: f64,
    /// Whether its lines at that width follow from its words alone. If a line may also break
    /// elsewhere than at a space, the head must be set at that width to be sure.
    pub(super) sure: bool,
    /// The setting over the whole span.
    pub(super) own: HeadSetting,
}

impl Judged {
    /// The same for a head that isn't set again: if it is not sure, it stays as it was set over its
    /// whole `width`.
    pub(super) fn settled(self, width: f64) -> Self {
        if self.sure { self } else { Self { setting: self.own, measure: width, ..self } }
    }
}

/// Whether a head is worth setting over `span` columns, `width` points wide: not if a word would be
/// too wide, nor if it would take more lines than any page prints. `set` is the head as it was set
/// over more columns.
pub(super) fn is_worth(
    set: &MeasuredPart,
    (step, size): (usize, f32),
    span: u8,
    columns: u8,
    width: f64,
) -> bool {
    let (words, space) = set.words(f64::from(size));
    let space = if space > 0.0 { space } else { 0.22 * f64::from(size) };
    let fits = |word: &Word| word.width <= width + 0.5 || may_break(&word.text);
    let most = head_lines(span, columns) + if step > 1 { 0 } else { HEAD_LINES_MORE };
    let widths = widths(&words, space);
    words.iter().all(fits) && fill(&widths, space, width).len() <= usize::from(most)
}

/// Whether a line may break within a word: after a hyphen or a dash, or as in an address.
fn may_break(word: &str) -> bool {
    word.contains(['-', '–', '—', '/', '\u{200b}', '\u{ad}'])
        || LINES.segment_str(word).any(|at| at > 0 && at < word.len())
}

/// Whether lines of these words can break at spaces and nowhere else.
fn breaks_at_spaces(words: &[Word]) -> bool {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let text = texts.join(" ");
    let ends = texts.iter().scan(0, |at, word| {
        *at += word.len() + 1;
        Some((*at).min(text.len()))
    });
    let breaks = LINES.segment_str(&text).filter(|at| *at > 0);
    words.iter().skip(1).all(|word| word.spaces == 1)
        && breaks.eq(ends)
        && !text.contains("://")
        && !text.contains("www.")
}

/// Judges how a head has set; none if a word is wider than its measure or the lines are too many.
///
/// If lines are filled one after the other, the last one gets what is left, often a single word. A
/// narrower measure that gives the same number of lines makes them more even. So all measures that
/// give this number of lines are tried, and the one whose lines have the fewest faults is taken. The
/// lines are those that Typst sets with `linebreaks: "simple"`. If a line ended within a word, or at
/// a line break of the writer's (the head is not `plain`), the lines stay as Typst has set them.
pub(super) fn judge(
    piece: &MeasuredPart,
    rows: u16,
    size: f32,
    (grid, span): (&Grid, u8),
    plain: bool,
) -> Option<Judged> {
    let width = grid.span(span);
    let (words, space) = piece.words(f64::from(size));
    let space = if space > 0.0 { space } else { 0.22 * f64::from(size) };
    let first = words.first()?;
    let mut set: u8 = 1;
    let mut y = first.y;
    for word in &words {
        if (word.y - y).abs() > 1.0 {
            set = set.saturating_add(1);
            y = word.y;
        }
    }
    if set > 6 || words.iter().any(|word| word.width > width + 0.5) {
        return None;
    }
    let lead = match words.last() {
        Some(last) if set > 1 => (last.y - first.y) / f64::from(set - 1) / grid.row,
        _ => f64::from(rows),
    };
    let room = LineRoom { width, span: f64::from(span), lead, spare: spare(size) };
    let lines = set_lines(&words, space);
    let parted = words.iter().skip(1).any(|word| word.spaces == 0);
    let sure = plain && breaks_at_spaces(&words);
    let words = widths(&words, space);
    let full = fill(&words, space, width);
    let mut own = setting(&words, &full, rows, set, &room);
    (own.white, own.hole) = room.beside(&lines);
    if full.len() != usize::from(set) || set == 1 || parted {
        return Some(Judged { setting: own, measure: width, sure: true, own });
    }
    let (lines, measure) = balance(&words, space, &room, &full);
    let setting = setting(&words, &lines, rows, set, &room);
    Some(Judged { setting, measure, sure: sure || measure >= width, own })
}

/// The setting of a head that takes more lines than it should, in the smallest size: all of it must
/// be printed somewhere. Its lines are not judged.
pub(super) fn rough(piece: &MeasuredPart, rows: u16, size: f32) -> Option<HeadSetting> {
    let (words, _) = piece.words(f64::from(size));
    let mut baselines: Vec<f64> = words.iter().map(|word| word.y).collect();
    baselines.dedup_by(|a, b| (*a - *b).abs() <= 1.0);
    let lines = u8::try_from(baselines.len()).unwrap_or(u8::MAX);
    let bare = HeadSetting {
        rows,
        lines,
        last_line: 1.0,
        last_word_alone: false,
        bad_ends: 0,
        fill: 1.0,
        white: 0.0,
        hole: 0.0,
    };
    (lines > 0).then_some(bare)
}

/// By how many points a measure exceeds the line it was made for. Letters of large heads are set
/// closer together, except the last one of a line. So a word is wider at a line's end than within
/// the line, and must not break there for that.
fn spare(size: f32) -> f64 {
    0.6 + 0.03 * f64::from(size)
}

/// The place in which the lines of a head stand.
struct LineRoom {
    /// By how many points a measure exceeds its longest line.
    spare: f64,
    /// The width of its span, in points.
    width: f64,
    /// The columns of its span.
    span: f64,
    /// From one baseline to the next, in rows.
    lead: f64,
}

/// White beside lines looks like a hole in the page if it is at least this wide, in columns,
const HOLE_COLUMNS: f64 = 0.85;
/// and at least this high, in rows.
const HOLE_ROWS: f64 = 4.9;

impl LineRoom {
    /// The white beside lines of these widths in points: all of it, and the largest rectangle that
    /// looks like a hole, both in columns times rows.
    fn beside(&self, lines: &[f64]) -> (f32, f32) {
        let free = |taken: f64| (1.0 - taken / self.width.max(1.0)).max(0.0) * self.span;
        let all: f64 = lines.iter().map(|&taken| free(taken) * self.lead).sum();
        let mut hole: f64 = 0.0;
        for start in 0..lines.len() {
            let mut wide = f64::INFINITY;
            for (more, &taken) in lines[start..].iter().enumerate() {
                wide = wide.min(free(taken));
                let high = (more + 1) as f64 * self.lead;
                if wide >= HOLE_COLUMNS && high >= HOLE_ROWS {
                    hole = hole.max(wide * high);
                }
            }
        }
        (all as f32, hole as f32)
    }
}

/// The widths in points of the lines that Typst has set.
fn set_lines(words: &[Word], space: f64) -> Vec<f64> {
    let lines = words.chunk_by(|a, b| (a.y - b.y).abs() <= 1.0);
    let width = |line: &[Word]| line.iter().map(|word| word.width + space).sum::<f64>() - space;
    lines.map(width).collect()
}

/// A word as a part of a line.
#[derive(Clone, Copy)]
struct WordWidth {
    /// Its width in points.
    points: f64,
    /// Whether no line should end in it.
    small: bool,
    /// Whether a line may break within it.
    breaks: bool,
}

impl WordWidth {
    fn new(word: &Word) -> Self {
        Self { points: word.width, small: is_small_word(&word.text), breaks: may_break(&word.text) }
    }
}

/// Finds where lines may break by the rules of Unicode (UAX #14), as Typst does.
static LINES: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()));

/// The words as parts of lines. One that may not begin a line, such as a stroke or a French question
/// mark, is joined to the word before it.
fn widths(words: &[Word], space: f64) -> Vec<WordWidth> {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let text = texts.join(" ");
    let breaks: BTreeSet<usize> = LINES.segment_str(&text).collect();
    let mut all: Vec<WordWidth> = Vec::with_capacity(words.len());
    let mut start = 0;
    for word in words {
        let width = WordWidth::new(word);
        match all.last_mut().filter(|_| !breaks.contains(&start)) {
            Some(last) => {
                last.points += space + width.points;
                last.small = width.small;
                last.breaks |= width.breaks;
            }
            None => all.push(width),
        }
        start += word.text.len() + 1;
    }
    all
}

/// A line: the range of its words and its width in points.
type HeadLine = (std::ops::Range<usize>, f64);

/// Fills lines with words, each as full as possible.
fn fill(words: &[WordWidth], space: f64, width: f64) -> Vec<HeadLine> {
    let mut lines: Vec<HeadLine> = vec![];
    for (index, word) in words.iter().enumerate() {
        match lines.last_mut() {
            Some((range, taken)) if *taken + space + word.points <= width => {
                range.end = index + 1;
                *taken += space + word.points;
            }
            _ => lines.push((index..index + 1, word.points)),
        }
    }
    lines
}

/// The lines with the fewest faults, no more of them than `full` has, and the measure that gives
/// them.
fn balance(
    words: &[WordWidth],
    space: f64,
    room: &LineRoom,
    full: &[HeadLine],
) -> (Vec<HeadLine>, f64) {
    let width = room.width;
    // The width of each run of words that could be a line is a measure worth trying.
    let mut measures = vec![width];
    for start in 0..words.len() {
        let mut taken = 0.0;
        for word in &words[start..] {
            taken += word.points + if taken > 0.0 { space } else { 0.0 };
            if taken < width && taken > 0.35 * width {
                measures.push(taken + room.spare);
            }
        }
    }
    measures.sort_by(f64::total_cmp);
    // A word that may break does so in a measure narrower than itself, and takes a line more.
    let whole = words.iter().filter(|word| word.breaks).map(|word| word.points);
    let narrowest = whole.fold(0.0, f64::max).min(width);
    let mut best = (full.to_vec(), width);
    let mut least = f64::INFINITY;
    for measure in measures.into_iter().filter(|measure| (narrowest..=width).contains(measure)) {
        let lines = fill(words, space, measure);
        // A line that needs some of the spare width might be broken after all.
        if measure < width && fill(words, space, measure - room.spare + 0.01) != lines {
            continue;
        }
        let faults = faults(words, &lines, room);
        if lines.len() == full.len() && faults < least - 1e-9 {
            least = faults;
            best = (lines, measure);
        }
    }
    best
}

/// The faults of a head's lines: small words at their ends, a last word alone, a short last line, a
/// hole beside them, uneven widths.
fn faults(words: &[WordWidth], lines: &[HeadLine], room: &LineRoom) -> f64 {
    let judged = setting(words, lines, 0, lines.len() as u8, room);
    let longest = lines.iter().map(|(_, taken)| *taken).fold(0.0, f64::max);
    let shortest = lines.iter().map(|(_, taken)| *taken).fold(f64::INFINITY, f64::min);
    let alone = if judged.last_word_alone { 1.5 } else { 0.0 };
    let short = if judged.last_line < 1.0 / 3.0 { 2.0 } else { 0.0 };
    let hole = if judged.hole > 0.0 { 1.5 } else { 0.0 };
    let uneven = (longest - shortest) / room.width.max(1.0);
    f64::from(judged.bad_ends) * 0.5 + alone + short + hole + uneven
}

fn setting(
    words: &[WordWidth],
    lines: &[HeadLine],
    rows: u16,
    set: u8,
    room: &LineRoom,
) -> HeadSetting {
    let longest = lines.iter().map(|(_, taken)| *taken).fold(0.0, f64::max);
    let last = lines.last();
    let bad = |(range, _): &&HeadLine| words[range.end - 1].small;
    let taken: Vec<f64> = lines.iter().map(|line| line.1).collect();
    let (white, hole) = room.beside(&taken);
    HeadSetting {
        rows,
        lines: set,
        last_line: last.map_or(1.0, |(_, taken)| taken / longest.max(1.0)) as f32,
        last_word_alone: lines.len() > 1 && last.is_some_and(|(range, _)| range.len() == 1),
        bad_ends: lines[..lines.len().saturating_sub(1)].iter().filter(bad).count() as u8,
        fill: (longest / room.width.max(1.0)) as f32,
        white,
        hole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<WordWidth> {
        let word = |w: &str| WordWidth {
            points: w.len() as f64,
            small: is_small_word(w),
            breaks: may_break(w),
        };
        text.split(' ').map(word).collect()
    }

    fn room(width: f64) -> LineRoom {
        LineRoom { width, span: 3.0, lead: 2.5, spare: 0.6 }
    }

    #[test]
    fn white_beside_lines_is_a_hole_where_it_is_wide_and_high() {
        let room = LineRoom { width: 300.0, span: 3.0, lead: 5.0, spare: 0.6 };
        assert_eq!(room.beside(&[300.0, 280.0]), (1.0, 0.0));
        assert_eq!(room.beside(&[300.0, 150.0]), (7.5, 7.5));
        assert_eq!(room.beside(&[200.0, 150.0]), (12.5, 10.0));
        let low = LineRoom { lead: 2.0, ..room };
        assert_eq!(low.beside(&[200.0, 150.0]).1, 0.0);
        assert_eq!(low.beside(&[200.0, 150.0, 200.0]).1, 6.0);
    }

    #[test]
    fn a_last_word_is_never_left_alone_where_lines_can_be_balanced() {
        let words = words_of("Tenants raise the money to buy homes");
        let full = fill(&words, 1.0, 30.0);
        assert_eq!(full.len(), 2);
        let (lines, measure) = balance(&words, 1.0, &room(30.0), &full);
        assert_eq!(lines.len(), 2);
        assert!(measure < 30.0);
        assert!(lines[1].0.len() > 1);
        assert!(!words[lines[0].0.end - 1].small);
    }

    #[test]
    fn a_sign_that_begins_no_line_is_one_with_the_word_before_it() {
        let words: Vec<Word> = "Our /Developer Page !"
            .split(' ')
            .map(|text| Word { text: text.into(), width: text.len() as f64, y: 0.0, spaces: 1 })
            .collect();
        let points: Vec<f64> = widths(&words, 1.0).iter().map(|width| width.points).collect();
        assert_eq!(points, [14.0, 6.0]);
    }

    #[test]
    fn a_word_with_a_hyphen_is_never_wider_than_its_measure() {
        let words = words_of("Fancy dress: grammar-school-boys");
        let full = fill(&words, 1.0, 27.0);
        assert_eq!(full.len(), 2);
        let (lines, measure) = balance(&words, 1.0, &room(27.0), &full);
        assert_eq!(lines, full);
        assert!(measure >= words[2].points, "{measure}");
    }
}
