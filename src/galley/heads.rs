//! How a headline sets.

use typst::layout::Frame;

use crate::makeup::model::HeadSetting;
use crate::typeset::{Met, walk};

/// Words that a line of a headline should not end in.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "from", "with", "and", "or",
    "as", "into", "over", "under", "than", "that", "is", "are", "was", "its", "his", "her",
    "their", "but", "after", "before",
];

/// Whether a word is an article, a preposition or their like.
pub(super) fn is_small_word(word: &str) -> bool {
    SMALL_WORDS.contains(&word.to_lowercase().as_str())
}

struct Line {
    y: f64,
    left: f64,
    right: f64,
    text: String,
}

/// How a head has set, or nothing where a word sticks out of its measure.
pub(super) fn judge(frame: &Frame, rows: u16, size: f32, width: f64) -> Option<HeadSetting> {
    let mut lines: Vec<Line> = vec![];
    walk(frame, &mut |met| {
        let Met::Ink(ink) = met else { return };
        if (ink.size - f64::from(size)).abs() > 0.01 {
            return;
        }
        let right = ink.x + ink.width;
        match lines.last_mut().filter(|line| (line.y - ink.y).abs() < 1.0) {
            Some(line) => {
                line.left = line.left.min(ink.x);
                line.right = line.right.max(right);
                line.text.push_str(&ink.text);
            }
            None => lines.push(Line { y: ink.y, left: ink.x, right, text: ink.text }),
        }
    });
    let last = lines.last()?;
    let longest = lines.iter().map(|line| line.right - line.left).fold(0.0, f64::max);
    if lines.iter().any(|line| line.right > width + 0.5) || lines.len() > 6 {
        return None;
    }
    let ends_badly = |line: &Line| line.text.split_whitespace().next_back().is_some_and(is_small_word);
    Some(HeadSetting {
        rows,
        lines: lines.len() as u8,
        last_line: ((last.right - last.left) / longest.max(1.0)) as f32,
        last_word_alone: lines.len() > 1 && last.text.split_whitespace().count() == 1,
        bad_ends: lines[..lines.len() - 1].iter().filter(|line| ends_badly(line)).count() as u8,
    })
}
