//! Threads a galley through legs, from exact counts of lines and never from estimates.

use crate::makeup::cost::leg;
use crate::makeup::draft::Tail;
use crate::makeup::limits::{AFTER_JUMP, BEFORE_JUMP, LEG_LEAST, SLACK_MOST};
use crate::makeup::model::{Galley, Rows};

/// A galley indexed for threading: every lookup takes constant time.
#[derive(Debug, Clone)]
pub(crate) struct IndexedText {
    /// Rows from the galley's top to the end of slice `j - 1`, all gaps counted.
    ends: Vec<u32>,
    /// The slice boundary at a row, or `NONE`.
    at: Vec<u32>,
    gaps: Vec<u32>,
    /// The rows of a table's head that are repeated above a slice if a leg begins with it.
    again: Vec<u32>,
    breaks: Vec<Option<f32>>,
    jumps: Vec<bool>,
    relief: Vec<u32>,
}

const NONE: u32 = u32::MAX;

/// The result of threading.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Poured {
    /// The slice after the last one that was set.
    pub end: usize,
    /// Rows left over in the last leg.
    pub slack: Rows,
    /// The number of legs before the last one that end a row early.
    pub short: Rows,
    /// The cost of the breaks.
    pub cost: f32,
}

impl IndexedText {
    /// Sums a galley up.
    pub(crate) fn new(galley: &Galley) -> Self {
        let n = galley.slices.len();
        let mut ends = Vec::with_capacity(n + 1);
        let mut relief = Vec::with_capacity(n + 1);
        ends.push(0u32);
        relief.push(0u32);
        let (mut row, mut seen) = (0u32, 0u32);
        for s in &galley.slices {
            row += u32::from(s.gap) + u32::from(s.rows.max(1));
            seen += u32::from(s.relief);
            ends.push(row);
            relief.push(seen);
        }
        let mut at = vec![NONE; row as usize + 1];
        for (j, &e) in ends.iter().enumerate() {
            at[e as usize] = j as u32;
        }
        Self {
            ends,
            at,
            gaps: galley.slices.iter().map(|s| u32::from(s.gap)).collect(),
            again: galley.slices.iter().map(|s| u32::from(s.again)).collect(),
            breaks: galley.slices.iter().map(|s| s.break_after).collect(),
            jumps: galley.slices.iter().map(|s| s.jump_after).collect(),
            relief,
        }
    }

    /// Slices in all.
    pub(crate) fn len(&self) -> usize {
        self.gaps.len()
    }

    /// Rows from slice `i` to slice `j`, without the gap of the first.
    pub(crate) fn rows(&self, i: usize, j: usize) -> u32 {
        if j <= i { 0 } else { self.ends[j] - self.ends[i] - self.gaps[i] + self.again[i] }
    }

    /// The most rows that are repeated at the top of a leg.
    pub(crate) fn again_most(&self) -> u32 {
        self.again.iter().copied().max().unwrap_or(0)
    }

    /// Whether anything from slice `i` to slice `j` breaks up the grey.
    pub(crate) fn relieved(&self, i: usize, j: usize) -> bool {
        j > i && self.relief[j] > self.relief[i]
    }

    /// Rows of gaps from slice `i` on.
    pub(crate) fn gaps_from(&self, i: usize) -> u32 {
        self.gaps.iter().skip(i + 1).sum()
    }

    /// Whether a leg may end before slice `j`.
    pub(crate) fn legal(&self, j: usize) -> bool {
        j == self.len() || (j > 0 && self.breaks[j - 1].is_some())
    }

    /// The slice after a leg of exactly `rows` rows that starts with slice `i`.
    pub(crate) fn leg(&self, i: usize, rows: Rows) -> Option<(usize, f32)> {
        if i >= self.len() {
            return None;
        }
        let own = u32::from(rows).checked_sub(self.again[i])?;
        let row = (self.ends[i] + self.gaps[i] + own) as usize;
        let j = *self.at.get(row)?;
        if j == NONE || j as usize == self.len() || j as usize <= i {
            return None;
        }
        self.breaks[j as usize - 1].map(|c| (j as usize, c))
    }

    /// The slice after a leg of `rows` rows that is not the text's last, and the leg's cost. If the rules
    /// forbid a leg to end there, it may end a row early, as long as there is slack `left`.
    pub(crate) fn leg_or_short(
        &self,
        i: usize,
        rows: Rows,
        left: &mut Rows,
    ) -> Option<(usize, f32)> {
        if let Some(found) = self.leg(i, rows) {
            return Some(found);
        }
        if *left == 0 || rows <= LEG_LEAST {
            return None;
        }
        *left -= 1;
        self.leg(i, rows - 1).map(|(j, cost)| (j, cost + leg::ROW_EARLY))
    }

    /// Threads the galley from slice `start` through legs of the given heights. Of all but the
    /// last, `most_short` may end a row early; at [`Tail::End`] the last may be up
    /// to `slack` rows short.
    pub(crate) fn pour(
        &self,
        start: usize,
        legs: &[Rows],
        tail: Tail,
        slack: Rows,
        most_short: Rows,
    ) -> Option<Poured> {
        let (last, before) = legs.split_last()?;
        let (mut i, mut cost) = (start, 0.0);
        let mut left = most_short;
        for &rows in before {
            let (j, c) = self.leg_or_short(i, rows, &mut left)?;
            i = j;
            cost += c;
        }
        let early = most_short - left;
        match tail {
            Tail::Cut => {
                let (j, c) = self.leg(i, *last)?;
                let ok = self.jumps[j - 1]
                    && self.rows(start, j) >= BEFORE_JUMP
                    && self.rows(j, self.len()) >= AFTER_JUMP;
                ok.then_some(Poured { end: j, slack: 0, short: early, cost: cost + c })
            }
            Tail::End => {
                if i >= self.len() {
                    return None;
                }
                let need = self.rows(i, self.len());
                let have = u32::from(*last);
                let short = need + u32::from(SLACK_MOST) < u32::from(LEG_LEAST) && i > start;
                if need > have || have - need > u32::from(slack) || short {
                    return None;
                }
                Some(Poured { end: self.len(), slack: (have - need) as Rows, short: early, cost })
            }
        }
    }

    /// Threads by force: a leg ends at the last legal break that it has room for, or at any slice if there
    /// is none. Returns the ends of the legs. At [`Tail::End`], the last one holds all that is left; none
    /// if that is too much for it and it must not `burst`.
    pub(crate) fn force(
        &self,
        start: usize,
        legs: &[Rows],
        tail: Tail,
        burst: bool,
    ) -> Option<Vec<usize>> {
        let (last, before) = legs.split_last()?;
        let mut ends = Vec::with_capacity(legs.len());
        let mut i = start;
        for &rows in before {
            i = self.forced_end(i, rows, false);
            ends.push(i);
        }
        match tail {
            Tail::End => {
                if !burst && self.rows(i, self.len()) > u32::from(*last) {
                    return None;
                }
                ends.push(self.len());
            }
            Tail::Cut => {
                let j = self.forced_end(i, *last, true);
                if j >= self.len() || j <= start {
                    return None;
                }
                ends.push(j);
            }
        }
        Some(ends)
    }

    fn forced_end(&self, i: usize, rows: Rows, jump: bool) -> usize {
        let mut j = i;
        while j < self.len() && self.rows(i, j + 1) <= u32::from(rows) {
            j += 1;
        }
        if j == self.len() {
            return j;
        }
        let most = j;
        while j > i && !(self.legal(j) && (!jump || self.jumps[j - 1])) {
            j -= 1;
        }
        if j > i {
            return j;
        }
        let fair = (i + 1..=most).rev().find(|&j| !self.is_under_subhead(j));
        fair.unwrap_or(most)
    }

    /// Whether slice `j` belongs to the subhead, or the head of a table, right above it.
    pub(crate) fn is_under_subhead(&self, j: usize) -> bool {
        j > 0 && j < self.len() && self.breaks[j - 1].is_none() && self.relieved(j - 1, j)
    }
}
