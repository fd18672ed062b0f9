//! Heads: their sizes, their lines, their order and where they may not stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::copy::Place;
use crate::frames::Mark;
use crate::hold::{Hold, Stand, fault, hundredths};
use crate::rule::{Fault, Rule};

/// The rows at a page's foot that hold no head.
const FOOT: i64 = 14;

/// The most lines of a head.
const HEAD_LINES: usize = 4;

impl<'a> Hold<'a> {
    pub(crate) fn headline(&self, stand: &Stand<'a>) -> Vec<&'a Mark> {
        let copy = &self.copies[stand.story];
        let is = |mark: &&Mark| {
            let run = mark.source.and_then(|source| copy.find(source.span));
            run.is_some_and(|(_, run)| run.place == Place::Headline) && mark.is_seen()
        };
        stand.marks.iter().copied().filter(is).collect()
    }

    pub(crate) fn head(&self, stand: &Stand<'a>, faults: &mut Vec<Fault>) {
        let mut say = |rule, what| faults.push(fault(rule, stand, what));
        let headline = self.headline(stand);
        for size in headline.iter().map(|mark| hundredths(mark.size)).collect::<BTreeSet<_>>() {
            if !self.contract.ladder.iter().any(|step| hundredths(f64::from(*step)) == size) {
                say(Rule::HeadSize, format!("a head of {} pt", size as f64 / 100.0));
            }
        }
        let jump: Vec<&Mark> = stand.of("jump-head").collect();
        let largest = jump.iter().map(|mark| mark.size).fold(0.0, f64::max);
        let known = |step: &f32| hundredths(f64::from(*step)) == hundredths(largest);
        let mut sizes = self.contract.jump_sizes.iter().chain(&self.contract.jump_leads);
        // The smallest size is for a word that is wider than its column.
        let smallest = self.contract.ladder.first().is_some_and(known);
        let excused = smallest && self.is_wide_word(stand, &jump);
        if !jump.is_empty() && !sizes.any(known) && !excused {
            say(Rule::HeadSize, format!("a jump head of {largest} pt"));
        }
        let jump: Vec<&Mark> = jump.into_iter().filter(|mark| mark.size == largest).collect();
        for (name, marks) in [("head", headline), ("jump head", jump)] {
            let mut lines: BTreeMap<i64, &Mark> = BTreeMap::new();
            for mark in &marks {
                let line = lines.entry(mark.y.round() as i64).or_insert(mark);
                if mark.right > line.right {
                    *line = mark;
                }
            }
            if lines.len() > HEAD_LINES {
                let size = marks[0].size;
                say(Rule::HeadLines, format!("a {name} of {} lines of {size} pt", lines.len()));
            }
            for line in lines.values() {
                let text = line.text.trim_end();
                let last: String = text.chars().rev().take(20).collect();
                let last: String = last.chars().rev().collect();
                let what = format!("a line of a {name} ends in “{last}”");
                // A hyphen of the writer's own may end the whole head, or stand for a dash.
                let inside = line.y + 1.0 < marks[marks.len() - 1].y;
                let own = text.trim_end_matches(['-', '‐']);
                if text.ends_with('\u{ad}') {
                    say(Rule::HeadHyphen, what);
                } else if own.len() < text.len() && own.ends_with(char::is_alphanumeric) && inside {
                    say(Rule::OwnHyphen, what);
                }
            }
            let low = self.grid.rows as i64 - FOOT;
            let row = marks.iter().map(|mark| self.row(mark.y).floor() as i64).max();
            if let Some(row) = row.filter(|row| *row >= low) {
                let rows = i64::from(self.grid.rows) - row;
                say(Rule::HeadLow, format!("a {name} {rows} rows above the page's foot"));
            }
        }
    }

    /// Whether a word of a jump head would be wider than its columns in the size that it should have.
    fn is_wide_word(&self, stand: &Stand<'a>, jump: &[&Mark]) -> bool {
        let wanted = self.contract.jump_sizes.iter().copied().fold(f32::INFINITY, f32::min);
        let span = stand.rect().map_or(0.0, |rect| rect.right - rect.left);
        // A mark of several words has room for each by its letters.
        let wide = |mark: &&Mark| {
            let letters = mark.text.chars().count().max(1) as f64;
            let longest = mark.text.split_whitespace().map(|word| word.chars().count()).max();
            let word = (mark.right - mark.left) * longest.unwrap_or(0) as f64 / letters;
            word * f64::from(wanted) / mark.size > 0.97 * span
        };
        jump.iter().any(wide)
    }

    /// Heavier stories come first in the edition.
    pub(crate) fn order(&self, stands: &[Stand<'a>], faults: &mut Vec<Fault>) {
        let sizes: Vec<(&Stand, f64)> = stands
            .iter()
            .map(|stand| (stand, self.headline(stand).iter().map(|m| m.size).fold(0.0, f64::max)))
            .filter(|(_, size)| *size > 0.0)
            .collect();
        for (index, (_, heavy)) in sizes.iter().enumerate() {
            for (stand, light) in &sizes[index + 1..] {
                if *light > heavy + 0.01 {
                    let what =
                        format!("a head of {light} pt beside a heavier story's of {heavy} pt");
                    faults.push(fault(Rule::HeadOrder, stand, what));
                }
            }
        }
    }
}
