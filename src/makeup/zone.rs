//! The text zone of a module: legs around pictures and a quote.

use super::cost::leg;
use super::fill::Tail;
use super::limits::{COLUMNS_MOST, LEG_LEAST, LEGS_MOST, PICTURES_MOST, SLACK_MOST};
use super::model::Rows;

/// A picture in a zone; rows count from the zone's top.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PicAt {
    /// Its place in the item's pictures.
    pub picture: u16,
    pub column: u8,
    pub columns: u8,
    pub row: Rows,
    pub rows: Rows,
    pub caption: Rows,
    /// Whether it stands at the foot of its columns.
    pub at_foot: bool,
}

/// What stands between two legs of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inset {
    /// A quote: its place in the item's quotes.
    Quote(u16),
    /// A mug shot: its place in the zone's pictures. It has a row of white above it.
    Mug(u8),
}

/// A quote or a mug shot inside a column of a zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InsetAt {
    pub inset: Inset,
    pub column: u8,
    pub row: Rows,
    pub rows: Rows,
}

/// One way to set a text in `w` columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Zone {
    pub w: u8,
    /// Rows of the zone, from below head and deck to the module's foot.
    pub b: Rows,
    /// Rows taken by art at the top of each column, white below it included.
    pub tops: [Rows; COLUMNS_MOST],
    /// Rows taken by art at the foot of each column, white above it included.
    pub feet: [Rows; COLUMNS_MOST],
    pub pics: [PicAt; PICTURES_MOST],
    pub n_pics: u8,
    pub inset: Option<InsetAt>,
    /// Rows of white between a caption at the top and the text below it.
    pub art_slack: Rows,
    /// Rows left over at the end of the last leg or below art that has no text under it.
    pub end_slack: Rows,
    /// Whether legs before the last one end a row early.
    pub short: bool,
    /// How the text ends.
    pub tail: Tail,
    /// The slice after the last one set here.
    pub end: u32,
    /// Columns that each leg takes.
    pub measure: u8,
    /// Whether the text stands in the first column alone.
    pub single: bool,
    /// Whether the legs were threaded by force.
    pub forced: bool,
    /// What it costs, whatever the module's rank.
    pub cost: f32,
}

/// A run of a column that text stands in: column, first row, rows.
pub(crate) type Run = (u8, Rows, Rows);

/// The runs of a zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Runs {
    pub runs: [Run; LEGS_MOST],
    pub n: usize,
    /// Rows of columns under art that are too few for a leg.
    pub lost: Rows,
}

impl Zone {
    /// The zone's legs in reading order; none if one of them can't be a leg. `least` and
    /// `most` bound a leg's rows.
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

    /// How many of its legs may end a row early: what the white under art leaves of the slack.
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

    /// Rows of white at the end of the last leg beyond the slack, which is to be told.
    pub(crate) fn white(&self) -> Rows {
        if self.end_slack + self.art_slack > SLACK_MOST { self.end_slack } else { 0 }
    }

    /// A zone of `b` rows for a text that nothing holds: its last leg bursts.
    pub(crate) fn burst(w: u8, b: Rows, end: usize) -> Self {
        Self {
            w,
            b,
            tops: [0; COLUMNS_MOST],
            feet: [0; COLUMNS_MOST],
            pics: [PicAt::default(); PICTURES_MOST],
            n_pics: 0,
            inset: None,
            art_slack: 0,
            end_slack: 0,
            short: false,
            tail: Tail::End,
            end: end as u32,
            measure: 1,
            single: false,
            forced: true,
            cost: leg::BURST,
        }
    }

    /// Whether its picture may stand above the head: it goes right across, and no picture at the
    /// foot needs the white below it.
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

/// What is to be set: a story, or what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Its place in the edition's items.
    pub item: usize,
    /// Its first slice.
    pub start: usize,
    /// Which part of the story it is.
    pub part: u16,
    /// The page the part before it stands on.
    pub from: Option<u16>,
    /// The slice it is cut before, where what follows stands on another page already.
    pub until: Option<u32>,
    /// The pictures it may show, the most important first.
    pub pictures: Vec<u16>,
    /// The quotes it may show.
    pub quotes: Vec<u16>,
}
