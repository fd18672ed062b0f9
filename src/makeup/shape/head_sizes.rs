//! The sizes of heads: which steps of the ladder a head may have on its page, which one it should
//! have, and what each costs.
//!
//! The ladder is the theme's: an item has a head for each step. Steps count from 0, the smallest, and
//! sizes in points are not known here. If a larger step is wanted than the ladder has, its largest
//! one is taken.

use crate::makeup::cost::head as head_cost;
use crate::makeup::draft::{Heading, RANKS, Role, SCHEMES, Unit};
use crate::makeup::limits::{HEAD_LINES_MORE, head_lines};
use crate::makeup::model::{Format, Head, HeadSetting, Item, ItemKind, Rows};

/// All steps from one on.
const UP: usize = usize::MAX;

/// The least and the greatest step of a head by scheme and rank. Within a scheme, the bands of
/// neighbouring ranks touch, so that no head is larger than that of a heavier story. The scheme after
/// these allows any size.
const BANDS: [[(usize, usize); RANKS as usize]; SCHEMES as usize - 1] = [
    [(5, UP), (3, 5), (2, 3), (1, 2), (1, 1), (0, 0)],
    [(3, 9), (2, 3), (1, 2), (1, 1), (0, 1), (0, 0)],
    [(1, 6), (0, 1), (0, 0), (0, 0), (0, 0), (0, 0)],
    [(0, UP), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)],
];

/// If no more steps than this are printed, pages are small and have few sizes: they begin with the
/// scheme that lets a lead choose.
const SMALL_LADDER: usize = 6;

/// The wished step of a head by rank, on a tabloid's page: over the whole width, over much of it, over
/// less, over one column.
const WISHES: [[usize; 4]; RANKS as usize] =
    [[8, 7, 5, 4], [5, 4, 3, 2], [3, 3, 2, 1], [2, 2, 1, 1], [1, 1, 1, 0], [0, 0, 0, 0]];
/// The same for the lead of a page inside, which is smaller than the front page's.
const LEADS_INSIDE: [usize; 4] = [7, 6, 4, 3];

/// The indexes in these rows.
const WHOLE: usize = 0;
const MUCH: usize = 1;
const LESS: usize = 2;
const ONE_COLUMN: usize = 3;

/// The largest step on a tabloid's front page, and inside.
const TABLOID_FRONT: usize = 9;
const TABLOID_INSIDE: usize = 8;

/// The steps of the ladder that are printed on a page.
struct Ladder<'a> {
    heads: &'a [Head],
    /// The largest of them.
    top: usize,
    /// Its size in points.
    most: f32,
}

impl<'a> Ladder<'a> {
    /// Of a front page, or of one inside.
    fn new(heads: &'a [Head], format: &Format, front: bool) -> Self {
        let most = if front { format.head_most_front } else { format.head_most_inside };
        Self { heads, top: heads.iter().rposition(|head| head.size <= most).unwrap_or(0), most }
    }

    /// The size of a step in points; that of the last one, where there are fewer.
    fn size(&self, step: usize) -> f32 {
        size_of(self.heads, step)
    }

    /// The least and the greatest step that a role has.
    fn band(&self, role: Role) -> (usize, usize) {
        let small = self.top < SMALL_LADDER;
        let scheme = if small { role.scheme.max(1) } else { role.scheme };
        let rank = usize::from(role.rank.min(RANKS - 1));
        let (lo, hi) = BANDS.get(usize::from(scheme)).map_or((0, UP), |ranks| ranks[rank]);
        // This holds on a front page that is the last page too.
        let lo = if role.last && !(role.front && role.rank == 0) { 0 } else { lo };
        (lo.min(self.top), hi.min(self.top))
    }

    /// The wished step of a head over `w` columns, within a band. For the lead of a page it is larger by as
    /// many steps as the page's largest head is larger than a tabloid's.
    fn ideal(
        &self,
        item: &Item,
        role: Role,
        w: u8,
        columns: u8,
        (lo, hi): (usize, usize),
    ) -> usize {
        let tabloid = self.size(if role.front { TABLOID_FRONT } else { TABLOID_INSIDE });
        let louder = if role.rank == 0 { (self.most / tabloid).max(1.0) } else { 1.0 };
        let wish = self.size(wished(role, w, columns)) * louder;
        item.step_near(wish.clamp(self.size(lo), self.size(hi))).unwrap_or(0)
    }
}

/// The size of a step in points; that of the last one, where there are fewer.
fn size_of(heads: &[Head], step: usize) -> f32 {
    heads.get(step).or(heads.last()).map_or(0.0, |head| head.size)
}

/// The wished step of a head by its rank and the share of the page's columns that it spans.
fn wished(role: Role, w: u8, columns: u8) -> usize {
    let wide = f32::from(w) / f32::from(columns.max(1));
    let class = match w {
        1 => ONE_COLUMN,
        _ if wide > head_cost::WHOLE_WIDTH => WHOLE,
        _ if w >= head_cost::MUCH_COLUMNS || wide > head_cost::MUCH_WIDTH => MUCH,
        _ => LESS,
    };
    match role.rank {
        0 if !role.front => LEADS_INSIDE[class],
        rank => WISHES[usize::from(rank.min(RANKS - 1))][class],
    }
}

/// The wished size in points of a module's head, by its rank on its page and the columns that it spans.
/// Page 1 is the front. `heads` has one head for each step of the ladder.
#[must_use]
pub fn wished_head(heads: &[Head], rank: u8, page: u16, span: u8, columns: u8) -> f32 {
    let role = Role { rank, front: page == 1, ..Role::default() };
    size_of(heads, wished(role, span, columns))
}

/// The size of a head in whole points; 0 without a head or with a mere label.
pub(crate) fn points(item: &Item, heading: Heading) -> u8 {
    let whole = |size: f32| size.round() as u8;
    match heading {
        Heading::USUAL_JUMP => head_cost::JUMP_HEAD_POINTS,
        Heading::Jump(step) => item
            .jump_heads
            .get(usize::from(step))
            .map_or(head_cost::JUMP_HEAD_POINTS, |head| whole(head.size)),
        Heading::Step(step) if item.kind != ItemKind::Rail => {
            item.heads.get(usize::from(step)).map_or(0, |head| whole(head.size))
        }
        Heading::Step(_) | Heading::None => 0,
    }
}

/// A head that can be printed.
pub(crate) struct HeadChoice {
    pub heading: Heading,
    /// Whether it is the short headline.
    pub short: bool,
    pub rows: Rows,
    pub cost: f32,
}

impl HeadChoice {
    fn plain(heading: Heading, rows: Rows, cost: f32) -> Self {
        Self { heading, short: false, rows, cost }
    }
}

/// The heads that an item can have at a span and role.
pub(crate) fn heads(
    item: &Item,
    unit: &Unit,
    role: Role,
    w: u8,
    format: &Format,
    out: &mut Vec<HeadChoice>,
) {
    out.clear();
    if unit.part > 0 {
        jump_heads(item, role, w, format, out);
    } else if item.kind == ItemKind::Picture {
        out.push(HeadChoice::plain(Heading::None, 0, 0.0));
    } else {
        own_heads(item, role, w, format, out);
    }
}

/// The heads that a whole story can have.
fn own_heads(item: &Item, role: Role, w: u8, format: &Format, out: &mut Vec<HeadChoice>) {
    let columns = format.columns;
    let k = w as usize - 1;
    let ladder = Ladder::new(&item.heads, format, role.front);
    let (lo, hi) = ladder.band(role);
    let ideal = ladder.ideal(item, role, w, columns, (lo, hi)) as f32;
    let last = role.scheme + 1 >= SCHEMES;
    let (lo, hi) = if last { (0, ladder.top) } else { (lo, hi) };
    for (step, head) in item.heads.iter().enumerate().take(hi + 1).skip(lo) {
        // If nothing else fits, sizes may differ from those of their rank; but white on a page is better
        // than a head that is too large.
        let off = (step as f32 - ideal).abs();
        let small = match role.rank {
            0 => {
                let steps = ideal - step as f32 - head_cost::LEAD_STEPS;
                head_cost::LEAD_STEP_SMALL * steps.max(0.0)
            }
            _ => 0.0,
        };
        let each = if last { head_cost::STEP_ASTRAY } else { head_cost::STEP_OFF };
        let stray = each * off + small;
        let label = item.kind == ItemKind::Rail;
        let more = if last && step <= 1 { HEAD_LINES_MORE } else { 0 };
        let lines = (head_lines(w, columns), more);
        for (short, settings) in [(false, &head.set), (true, &head.short)] {
            let Some(Some(set)) = settings.get(k) else {
                continue;
            };
            let Some(fit) = fit(set, lines) else {
                continue;
            };
            let cost = stray
                + if label { 0.0 } else { fit }
                + if short { head_cost::SHORT_HEADLINE } else { 0.0 };
            out.push(HeadChoice {
                heading: Heading::Step(step as u8),
                short,
                rows: set.rows,
                cost,
            });
        }
    }
    if out.iter().any(|choice| !choice.short && choice.cost < head_cost::FITS_WELL) {
        out.retain(|choice| !choice.short);
    }
    if out.is_empty() && last {
        // A head that has too many lines at this span still has to be printed.
        let set = item.heads.first().and_then(|head| head.set.get(k).copied().flatten());
        let rough = set.or_else(|| item.rough.get(k).copied().flatten());
        let rows = rough.map_or(2, |set| set.rows);
        out.push(HeadChoice::plain(Heading::Step(0), rows, head_cost::TOO_LONG));
    }
}

/// The heads that a remainder can have: where it leads its page, larger ones too.
fn jump_heads(item: &Item, role: Role, w: u8, format: &Format, out: &mut Vec<HeadChoice>) {
    let leads = role.rank == 0 && !role.front;
    for (step, head) in (0..).zip(&item.jump_heads) {
        let larger = step > 0;
        let Some(rows) = item.jump_rows(step, w) else { continue };
        if larger && (!leads || head.size > format.head_most_inside) {
            continue;
        }
        let cost = if leads && !larger { head_cost::SMALL_JUMP_HEAD } else { 0.0 };
        out.push(HeadChoice::plain(Heading::Jump(step), rows, cost));
    }
    if out.is_empty() {
        out.push(HeadChoice::plain(Heading::USUAL_JUMP, 2, 0.0));
    }
    // If no larger one has room, the usual one costs nothing.
    if let [only] = &mut out[..] {
        only.cost = 0.0;
    }
}

/// Keeps only the head that the editor wants, whatever its rank.
pub(crate) fn pinned_head(
    item: &Item,
    step: usize,
    role: Role,
    w: u8,
    format: &Format,
    out: &mut Vec<HeadChoice>,
) {
    out.retain(|choice| choice.heading == Heading::Step(step as u8));
    let set = item.heads.get(step).and_then(|head| head.set.get(w as usize - 1).copied().flatten());
    let most = head_lines(w, format.columns) + if step <= 1 { HEAD_LINES_MORE } else { 0 };
    if let Some(set) = set.filter(|set| out.is_empty() && (role.forced || set.lines <= most)) {
        out.push(HeadChoice::plain(Heading::Step(step as u8), set.rows, 0.0));
    }
}

/// The cost of a head's lines; none if they are too many. A head may have a number of lines and, for a
/// price, some more.
fn fit(set: &HeadSetting, (lines, more): (u8, u8)) -> Option<f32> {
    let over = set.lines.saturating_sub(lines);
    if over > more {
        return None;
    }
    let mut cost = head_cost::LINE_MORE * f32::from(over);
    if set.last_line < head_cost::LAST_LINE_SHARE && set.lines > 1 {
        cost += head_cost::LAST_LINE_THIN;
    } else if set.last_word_alone {
        cost += head_cost::LAST_WORD_ALONE;
    }
    cost += head_cost::BAD_END * f32::from(set.bad_ends);
    // White beside a ragged head that fills its measure badly.
    let hole = if set.hole > 0.0 { head_cost::HOLE } else { 0.0 };
    Some(cost + head_cost::WHITE_CELL * set.white + hole)
}
