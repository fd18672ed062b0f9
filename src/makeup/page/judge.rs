//! Prices a whole page beyond the sum of its modules.

use crate::makeup::cost::{art, head, page};
use crate::makeup::limits::MANY_COLUMNS;
use crate::makeup::model::Rows;
use crate::makeup::page::tombstone::{HeadAt, tombstone};

/// A rectangle on a page: column, row, columns, rows.
pub(crate) type Rect = (u8, Rows, u8, Rows);

/// A module as a reader sees it.
#[derive(Debug, Clone)]
pub(crate) struct SeenModule {
    pub rect: Rect,
    /// The head's size in points.
    pub points: u8,
    /// Whether the head is a label, as the usual head of a remainder is, and has no part in the order
    /// of the page's heads.
    pub label: bool,
    /// Rows from the module's top to the head's.
    pub head: Rows,
    /// Its pictures.
    pub arts: Vec<Rect>,
    /// Whether its picture is to dominate the page.
    pub dominant: bool,
    /// Whether it stands in a box.
    pub boxed: bool,
}

impl SeenModule {
    /// A rectangle without a head and pictures.
    pub(crate) fn bare(rect: Rect) -> Self {
        Self {
            rect,
            points: 0,
            label: false,
            head: 0,
            arts: Vec::new(),
            dominant: false,
            boxed: false,
        }
    }

    /// Its head as its neighbours see it.
    fn head_at(&self) -> HeadAt {
        let (column, row, columns, _) = self.rect;
        HeadAt { column, columns, row: row + self.head, points: self.points.into() }
    }
}

fn area(r: &Rect) -> f32 {
    f32::from(r.2) * f32::from(r.3)
}

fn overlap(a: (Rows, Rows), b: (Rows, Rows)) -> i32 {
    i32::from((a.0 + a.1).min(b.0 + b.1)) - i32::from(a.0.max(b.0))
}

/// The cost of two modules whose heads make a tombstone, beyond what the solver charged for it.
fn tombstone_cost(a: &SeenModule, b: &SeenModule) -> f32 {
    let parted = |s: &SeenModule| s.boxed || s.head > head::UNDER_ART_ROWS;
    match tombstone(a.head_at(), b.head_at()) {
        false => 0.0,
        true if parted(a) || parted(b) => head::TOMBSTONE_PARTED,
        true if f32::from(a.points.max(b.points)) < head::SMALL_POINTS => head::TOMBSTONE_SMALL,
        true => head::TOMBSTONE,
    }
}

/// Prices a page of `columns` by `rows` whose modules are given with rows from its top.
pub(crate) fn judge(seen: &[SeenModule], columns: u8, rows: Rows, front: bool) -> f32 {
    let cells = f32::from(columns) * f32::from(rows);
    let mut cost = 0.0;
    for (k, a) in seen.iter().enumerate() {
        for b in &seen[k + 1..] {
            cost += tombstone_cost(a, b);
            cost += touching(a, b);
        }
    }
    cost += gutters(seen, columns, rows) + belts(seen, columns, rows) + stubs(seen, columns);
    cost += grey(seen, columns, rows);
    let mut sizes: Vec<u8> =
        seen.iter().filter(|s| s.points > 0 && !s.label).map(|s| s.points).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    if sizes.len() > 1 && f32::from(sizes[1]) > head::SECOND_SHARE * f32::from(sizes[0]) {
        cost += head::SECOND_LARGE;
    }
    sizes.dedup();
    cost += sizes.len().saturating_sub(head::SIZES_MOST) as f32;
    cost + pictures(seen, cells, rows, front)
}

/// The cost of quarters of a page that have neither a picture nor a head of some size.
fn grey(seen: &[SeenModule], columns: u8, rows: Rows) -> f32 {
    let half = (f32::from(columns) / 2.0, f32::from(rows) / 2.0);
    let lit = |right: bool, low: bool| {
        let within = |r: &Rect| {
            let (x, y) = (f32::from(r.0) + f32::from(r.2) / 2.0, f32::from(r.1));
            let across = f32::from(r.2) > half.0;
            (across || (x > half.0) == right) && {
                let foot = y + f32::from(r.3);
                if low { foot > half.1 } else { y < half.1 }
            }
        };
        seen.iter().any(|s| {
            let head = (s.rect.0, s.rect.1 + s.head, s.rect.2, 1);
            (s.points >= page::LIGHT_POINTS && within(&head)) || s.arts.iter().any(within)
        })
    };
    let quarters = [(false, false), (true, false), (false, true), (true, true)];
    let dark = quarters.iter().filter(|(right, low)| !lit(*right, *low)).count();
    page::DARK_QUARTER * dark as f32
}

/// How much of a page's make-up the facing page repeats, 0 to 1.
pub(crate) fn shared_make_up(a: &[Rect], b: &[Rect]) -> f32 {
    let common = |r: &Rect, s: &Rect| {
        let wide = overlap((r.0.into(), r.2.into()), (s.0.into(), s.2.into())).max(0);
        let high = overlap((r.1, r.3), (s.1, s.3)).max(0);
        let both = (wide * high) as f32;
        both / (area(r) + area(s) - both).max(1.0)
    };
    let most = |r: &Rect| b.iter().map(|s| common(r, s)).fold(0.0, f32::max);
    let all: f32 = a.iter().map(area).sum();
    a.iter().map(|r| area(r) * most(r)).sum::<f32>() / all.max(1.0)
}

/// The cost of pictures of two stories that touch.
fn touching(a: &SeenModule, b: &SeenModule) -> f32 {
    for p in &a.arts {
        for q in &b.arts {
            let high = overlap((p.1, p.3), (q.1, q.3));
            let wide = overlap((p.0.into(), p.2.into()), (q.0.into(), q.2.into()));
            let near = (-art::TOUCHING_GAP_ROWS..=0).contains(&high);
            if (wide == 0 && high > art::TOUCHING_ROWS) || (wide > 0 && near) {
                return art::TOUCHING;
            }
        }
    }
    0.0
}

/// The cost of gutters that no module spans over most of the height.
fn gutters(seen: &[SeenModule], columns: u8, rows: Rows) -> f32 {
    let mut cost = 0.0;
    for g in 1..columns {
        let mut bridged: Vec<(Rows, Rows)> = seen
            .iter()
            .filter(|s| s.rect.0 < g && s.rect.0 + s.rect.2 > g)
            .map(|s| (s.rect.1, s.rect.1 + s.rect.3))
            .collect();
        bridged.sort_unstable();
        let (mut open, mut at) = (0, 0);
        for (from, to) in bridged {
            open = open.max(from.saturating_sub(at));
            at = at.max(to);
        }
        open = open.max(rows.saturating_sub(at));
        if f32::from(open) > page::GUTTER_SHARE * f32::from(rows) {
            cost += page::GUTTER;
        }
    }
    cost
}

/// The cost of a break over the full width near the middle.
fn belts(seen: &[SeenModule], columns: u8, rows: Rows) -> f32 {
    let (above, below) = page::BELT_SHARES;
    for s in seen {
        let foot = s.rect.1 + s.rect.3;
        let part = f32::from(foot) / f32::from(rows.max(1));
        if !(above..=below).contains(&part) {
            continue;
        }
        let crossed: u8 = seen
            .iter()
            .filter(|t| t.rect.1 < foot && t.rect.1 + t.rect.3 > foot)
            .map(|t| t.rect.2)
            .sum();
        if crossed == 0 && columns > 1 {
            return page::BELT;
        }
    }
    0.0
}

/// The cost of more than two stories of one column side by side.
fn stubs(seen: &[SeenModule], columns: u8) -> f32 {
    if columns < MANY_COLUMNS {
        return 0.0;
    }
    let mut most = 0;
    for s in seen.iter().filter(|s| s.rect.2 == 1) {
        let mut run = 1;
        while run < columns
            && seen.iter().any(|t| {
                t.rect.2 == 1
                    && t.rect.0 == s.rect.0 + run
                    && overlap((t.rect.1, t.rect.3), (s.rect.1, s.rect.3)) > page::STUB_ROWS
            })
        {
            run += 1;
        }
        most = most.max(run);
    }
    page::STUB * f32::from(most.saturating_sub(page::STUBS_MOST))
}

/// The cost of a page's pictures: of having none, of a largest one that isn't the intended one, doesn't
/// dominate the others or stands low, and of too small or too large a share of the page.
fn pictures(seen: &[SeenModule], cells: f32, rows: Rows, front: bool) -> f32 {
    let mut all: Vec<(f32, usize)> = Vec::new();
    for (k, s) in seen.iter().enumerate() {
        all.extend(s.arts.iter().map(|r| (area(r), k)));
    }
    if all.is_empty() {
        return art::NONE;
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut cost = 0.0;
    let (big, owner) = all[0];
    if !seen[owner].dominant {
        cost += art::WRONG_LEAD;
    }
    let next = all.iter().skip(1).find(|x| x.1 != owner).map_or(0.0, |x| x.0);
    if next > 0.0 {
        cost += (art::NO_LEAD * (art::LEAD_TIMES - big / next)).clamp(0.0, art::NO_LEAD);
    }
    if let Some(r) = seen[owner].arts.iter().max_by(|a, b| area(a).total_cmp(&area(b)))
        && f32::from(r.1) + f32::from(r.3) / 2.0 > art::LOW_SHARE * f32::from(rows)
    {
        cost += art::LOW;
    }
    let share = all.iter().map(|x| x.0).sum::<f32>() / cells.max(1.0);
    if front {
        cost += art::FRONT_TAME * (art::FRONT_SHARE - big / cells.max(1.0)).max(0.0);
    }
    let (lo, hi) = if front { art::SHARE_FRONT } else { art::SHARE_INSIDE };
    cost + art::TOO_LITTLE * (lo - share).max(0.0) + art::TOO_MUCH * (share - hi).max(0.0)
}
