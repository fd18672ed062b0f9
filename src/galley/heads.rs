//! How a headline sets.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use icu::segmenter::options::LineBreakOptions;
use icu::segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::grid::Grid;
use crate::makeup::limits::{HEAD_LINES_MORE, head_lines};
use crate::makeup::model::HeadSetting;
use crate::typeset::{Piece, Word};

/// Words that a line of a headline should not end in.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "from", "with", "and", "or", "as",
    "into", "over", "under", "than", "that", "is", "are", "was", "its", "his", "her", "their",
    "but", "after", "before", "about",
];

/// Whether a word is an article, a preposition or their like.
pub(super) fn is_small_word(word: &str) -> bool {
    SMALL_WORDS.contains(&word.to_lowercase().as_str())
}

/// Words that a headline may begin with and that say nothing by themselves.
const QUESTION_WORDS: &[&str] = &["how", "why", "what", "when", "where", "who", "which", "here"];

/// Whether a word only begins a question.
pub(super) fn is_question_word(word: &str) -> bool {
    let word = word.to_lowercase();
    QUESTION_WORDS.contains(&word.trim_end_matches("'s").trim_end_matches("’s"))
}

/// How a head sets at one size and span.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judged {
    /// As the make-up sees it.
    pub(super) setting: HeadSetting,
    /// The width its lines are broken to, in points: at most the span's.
    pub(super) measure: f64,
    /// Whether its lines at that width follow from its words alone. Where signs or markup may break
    /// lines otherwise than spaces do, it has to be set at that width to be sure.
    pub(super) sure: bool,
    /// As it sets over the whole span.
    pub(super) own: HeadSetting,
}

impl Judged {
    /// The same where nothing is set again: what is not sure stays as it was set over its `width`.
    pub(super) fn settled(self, width: f64) -> Self {
        if self.sure { self } else { Self { setting: self.own, measure: width, ..self } }
    }
}

/// Whether a head that was set at one span of its page is worth setting at `span`, which is
/// `width` points wide: not where a word would stick out, nor in more lines than any page prints.
pub(super) fn is_worth(
    set: &Piece,
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

/// Whether a word may break inside: after a hyphen or a dash, or where an address may.
fn may_break(word: &str) -> bool {
    word.contains(['-', '–', '—', '/', '\u{200b}', '\u{ad}'])
        || LINES.segment_str(word).any(|at| at > 0 && at < word.len())
}

/// Whether lines of these words can end where a space stands and nowhere else.
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

/// How a head has set, or nothing where a word sticks out of its measure.
///
/// Ragged lines that are filled one after the other leave the last one what is
/// left: often a single word. The narrowest measures that give the same number
/// of lines make them of one length, so among all measures between those and
/// the span the one with the fewest faults is taken. The lines are those that
/// Typst sets with `linebreaks: "simple"`. Where a line has ended inside of a word, or where the
/// writer wanted, as in a head that is not `plain`, the lines are left as Typst has set them.
pub(super) fn judge(
    piece: &Piece,
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
    let room = Room { width, span: f64::from(span), lead, spare: spare(size) };
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

/// How a head sets in the smallest size where that is more lines than it should have: all of it has
/// to be printed somewhere.
pub(super) fn rough(piece: &Piece, rows: u16, size: f32) -> Option<HeadSetting> {
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

/// The points that a measure has beyond the line it was made for. Letters of large heads are set
/// closer, but for the last one of a line: a word that is wider there than inside of a line must
/// not break it.
fn spare(size: f32) -> f64 {
    0.6 + 0.03 * f64::from(size)
}

/// Where the lines of a head stand.
struct Room {
    /// The points that a measure has beyond its longest line.
    spare: f64,
    /// The width of its span, in points.
    width: f64,
    /// The columns of its span.
    span: f64,
    /// From one line to the next, in rows.
    lead: f64,
}

/// White beside lines that is as wide, in columns, and as high, in rows, looks like a hole in the
/// page.
const HOLE_COLUMNS: f64 = 0.85;
const HOLE_ROWS: f64 = 4.9;

impl Room {
    /// The white beside lines of some widths, in columns times rows: all of it, and the largest
    /// rectangle of it that looks like a hole.
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

/// The widths of the lines that Typst has set.
fn set_lines(words: &[Word], space: f64) -> Vec<f64> {
    let lines = words.chunk_by(|a, b| (a.y - b.y).abs() <= 1.0);
    let width = |line: &[Word]| line.iter().map(|word| word.width + space).sum::<f64>() - space;
    lines.map(width).collect()
}

/// What is to be known of a word where a line may end after it.
#[derive(Clone, Copy)]
struct Width {
    points: f64,
    small: bool,
    breaks: bool,
}

impl Width {
    fn of(word: &Word) -> Self {
        Self { points: word.width, small: is_small_word(&word.text), breaks: may_break(&word.text) }
    }
}

/// Where lines may break by the rules of Unicode (UAX #14), which Typst keeps too.
static LINES: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()));

/// The words as lines take them: one that may not begin a line, such as a stroke or a French
/// question mark, is one with the word before it.
fn widths(words: &[Word], space: f64) -> Vec<Width> {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let text = texts.join(" ");
    let breaks: BTreeSet<usize> = LINES.segment_str(&text).collect();
    let mut all: Vec<Width> = Vec::with_capacity(words.len());
    let mut start = 0;
    for word in words {
        let width = Width::of(word);
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

/// A line: its words and its width.
type Line = (std::ops::Range<usize>, f64);

/// Words into lines, each as full as it gets.
fn fill(words: &[Width], space: f64, width: f64) -> Vec<Line> {
    let mut lines: Vec<Line> = vec![];
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

/// The best lines of the same number, and the measure that gives them.
fn balance(words: &[Width], space: f64, room: &Room, full: &[Line]) -> (Vec<Line>, f64) {
    let width = room.width;
    // Each run of words that could be a line is a measure worth trying.
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
    // In a measure narrower than itself, a word that may break would: that is a line more.
    let whole = words.iter().filter(|word| word.breaks).map(|word| word.points);
    let narrowest = whole.fold(0.0, f64::max).min(width);
    let mut best = (full.to_vec(), width);
    let mut least = f64::INFINITY;
    for measure in measures.into_iter().filter(|measure| (narrowest..=width).contains(measure)) {
        let lines = fill(words, space, measure);
        // A line that needs some of what is spare may be broken after all.
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

/// What an editor would say against the lines of a head.
fn faults(words: &[Width], lines: &[Line], room: &Room) -> f64 {
    let judged = setting(words, lines, 0, lines.len() as u8, room);
    let longest = lines.iter().map(|(_, taken)| *taken).fold(0.0, f64::max);
    let shortest = lines.iter().map(|(_, taken)| *taken).fold(f64::INFINITY, f64::min);
    let alone = if judged.last_word_alone { 1.5 } else { 0.0 };
    let short = if judged.last_line < 1.0 / 3.0 { 2.0 } else { 0.0 };
    let hole = if judged.hole > 0.0 { 1.5 } else { 0.0 };
    let uneven = (longest - shortest) / room.width.max(1.0);
    f64::from(judged.bad_ends) * 0.5 + alone + short + hole + uneven
}

fn setting(words: &[Width], lines: &[Line], rows: u16, set: u8, room: &Room) -> HeadSetting {
    let longest = lines.iter().map(|(_, taken)| *taken).fold(0.0, f64::max);
    let last = lines.last();
    let bad = |(range, _): &&Line| words[range.end - 1].small;
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

    fn words_of(text: &str) -> Vec<Width> {
        let word = |w: &str| Width {
            points: w.len() as f64,
            small: is_small_word(w),
            breaks: may_break(w),
        };
        text.split(' ').map(word).collect()
    }

    fn room(width: f64) -> Room {
        Room { width, span: 3.0, lead: 2.5, spare: 0.6 }
    }

    #[test]
    fn white_beside_lines_is_a_hole_where_it_is_wide_and_high() {
        let room = Room { width: 300.0, span: 3.0, lead: 5.0, spare: 0.6 };
        assert_eq!(room.beside(&[300.0, 280.0]), (1.0, 0.0));
        assert_eq!(room.beside(&[300.0, 150.0]), (7.5, 7.5));
        assert_eq!(room.beside(&[200.0, 150.0]), (12.5, 10.0));
        let low = Room { lead: 2.0, ..room };
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
