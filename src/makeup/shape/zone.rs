//! Derives from a zone its legs around pictures and a quote, and its white.

use crate::makeup::cost::leg;
use crate::makeup::draft::{Inset, InsetAt, PicAt, Run, Runs, Tail, Zone};
use crate::makeup::limits::{COLUMNS_MOST, LEG_LEAST, LEGS_MOST, PICTURES_MOST, SLACK_MOST};
use crate::makeup::model::Rows;

impl Zone {
    /// The zone's legs in reading order; none if one of them has fewer rows than `least` or more than
    /// `most`.
    pub(crate) fn runs(&self, least: Rows, most: Rows) -> Option<Runs> {
        let mut out = Runs { runs: [(0, 0, 0); LEGS_MOST], n: 0, lost: 0 };
        for c in (0..self.w).step_by(usize::from(self.measure.max(1))) {
            let k = c as usize;
            if self.single && c > 0 {
                break;
            }
            let top = self.tops[k] + if self.tops[k] > 0 { self.art_slack } else { 0 };
            let jump = Rows::from(self.tail == Tail::Cut && c + 1 == self.w);
            if jump > 0 && self.feet[k] > 0 {
                return None;
            }
            let foot = self.b.checked_sub(self.feet[k] + jump)?;
            if top > foot {
                let over = top - foot;
                if over > self.art_slack
                    || self.tops[k] > foot
                    || (self.tail == Tail::Cut && c + 1 == self.w)
                {
                    return None;
                }
                continue;
            }
            match self.inset {
                Some(q) if q.column == c => {
                    out.push(c, top, q.row.checked_sub(top)?, least, most)?;
                    out.push(c, q.row + q.rows, foot.checked_sub(q.row + q.rows)?, least, most)?;
                }
                _ if foot - top < least && self.tops[k] > 0 => {
                    let lost = foot - top + Rows::from(self.feet[k] > 0);
                    if lost > SLACK_MOST || (self.tail == Tail::Cut && c + 1 == self.w) {
                        return None;
                    }
                    out.lost = out.lost.max(lost);
                }
                _ => out.push(c, top, foot - top, least, most)?,
            }
        }
        Some(out)
    }

    /// Least rows of its legs.
    pub(crate) fn least(&self) -> Rows {
        if self.single || self.forced { 1 } else { LEG_LEAST }
    }

    /// How many of its legs may end a row early: the slack without the white under art.
    pub(crate) fn short_legs(&self, runs: &Runs) -> Rows {
        let most = match self.inset {
            // Two legs of one column could both be short, and the text's last leg has a slack of
            // its own.
            Some(inset) => {
                let after = |run: &Run| run.0 > inset.column;
                Rows::from(runs.runs[..runs.n].iter().any(after))
            }
            None => SLACK_MOST,
        };
        most.min(SLACK_MOST.saturating_sub(self.art_slack + runs.lost))
    }

    /// The rows of white at the end of the last leg beyond the slack, which the plan must list.
    pub(crate) fn white(&self) -> Rows {
        if self.end_slack + self.art_slack > SLACK_MOST { self.end_slack } else { 0 }
    }

    /// A zone of `w` columns without pictures, whose text begins and ends with slice `start`.
    pub(crate) fn bare(w: u8, tail: Tail, start: usize) -> Self {
        Self {
            w,
            b: 0,
            tops: [0; COLUMNS_MOST],
            feet: [0; COLUMNS_MOST],
            pics: [PicAt::default(); PICTURES_MOST],
            n_pics: 0,
            inset: None,
            art_slack: 0,
            end_slack: 0,
            short: false,
            tail,
            end: start as u32,
            measure: 1,
            single: false,
            forced: false,
            cost: 0.0,
        }
    }

    /// A zone of `b` rows for a text that no zone holds: its last leg exceeds the zone.
    pub(crate) fn burst(w: u8, b: Rows, end: usize) -> Self {
        Self { b, forced: true, cost: leg::BURST, ..Self::bare(w, Tail::End, end) }
    }

    /// Whether its picture may stand above the head: it spans the zone, and no picture at the foot needs
    /// the white below it.
    pub(crate) fn roofed(&self) -> bool {
        let w = self.w as usize;
        let below = |k: usize| self.tops[k] + self.art_slack + self.feet[k] <= self.b;
        let text = !self.single || self.b > self.tops[0];
        w > 1 && self.main_span() == self.w && text && (0..w).all(below)
    }

    /// The quote it shows.
    pub(crate) fn quote(&self) -> Option<(u16, InsetAt)> {
        self.inset.and_then(|at| match at.inset {
            Inset::Quote(quote) => Some((quote, at)),
            Inset::Mug(_) => None,
        })
    }

    /// Its pictures.
    pub(crate) fn pictures(&self) -> &[PicAt] {
        &self.pics[..self.n_pics as usize]
    }

    /// Columns of the picture at its top, or 0.
    pub(crate) fn main_span(&self) -> u8 {
        self.pictures().first().map_or(0, |p| p.columns)
    }
}

impl Runs {
    fn push(&mut self, c: u8, row: Rows, rows: Rows, least: Rows, most: Rows) -> Option<()> {
        if rows < least || rows > most || self.n >= LEGS_MOST {
            return None;
        }
        self.runs[self.n] = (c, row, rows);
        self.n += 1;
        Some(())
    }
}
