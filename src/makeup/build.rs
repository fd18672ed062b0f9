//! From drafts to the plan: cells, legs and what had to be given up.

use super::ads::Corner;
use super::draft::{Draft, Stand};
use super::fill::Tail;
use super::hand;
use super::limits::{FOOT_ROWS, HEAD_LINES_MOST, LEG_LEAST, LEG_MOST};
use super::lock;
use super::maker::Maker;
use super::model::{
    Cells, GivenUp, ItemKind, Leg, Module, PagePlan, PlacedAd, PlacedPicture, PlacedQuote, Rows,
    Sacrifice,
};
use super::shapes::{Heading, box_rows};
use super::tombstone::{HeadAt, tombstone};

/// A page that was decided on.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub draft: Draft,
    pub top: Rows,
    pub foot: Rows,
    pub section: Option<u16>,
    pub section_head: bool,
    pub corner: Option<Corner>,
    pub ads: Vec<PlacedAd>,
    /// Its place in the edition's locked pages, if it is one.
    pub locked: Option<usize>,
}

/// The modules of a page, the heaviest first.
pub(crate) fn page(maker: &Maker, made: &Made, number: u16) -> PagePlan {
    if let Some(at) = made.locked {
        return lock::page(maker, &made.draft.stands, &maker.ed.locked[at].page);
    }
    let modules = made.draft.stands.iter().map(|s| module(maker, s, made.top)).collect();
    PagePlan {
        number,
        section: made.section,
        section_head: made.section_head,
        top: made.top,
        foot: made.foot,
        modules,
        ads: made.ads.clone(),
        cost: f64::from((made.draft.cost * 100.0).round()) / 100.0,
    }
}

fn module(maker: &Maker, s: &Stand, top: Rows) -> Module {
    let unit = &maker.units[s.unit];
    let item = maker.item(s.unit);
    let z = &s.zone;
    let y = top + s.y;
    let white = box_rows(item, unit);
    let zone = y + (s.h - z.b) - white;
    let k = s.w as usize - 1;
    let deck_rows = match (&item.deck, s.shape.deck) {
        (Some(d), true) => d.rows.get(k).or(d.rows.last()).copied().unwrap_or(0),
        _ => 0,
    };
    let head_rows = (s.h - z.b) - deck_rows - Rows::from(s.shape.slack) - 2 * white;
    let down = if s.over { z.tops[0] + z.art_slack } else { 0 };
    let head_row = y + white + Rows::from(s.shape.slack) + down;
    let cells =
        |column: u8, row: Rows, columns: u8, rows: Rows| Cells { column, row, columns, rows };
    let pictures = z
        .pictures()
        .iter()
        .enumerate()
        .map(|(k, p)| {
            let row = if k == 0 && s.over { y + white } else { zone + p.row };
            PlacedPicture {
                picture: p.picture as usize,
                cells: cells(s.x + p.column, row, p.columns, p.rows),
                caption: cells(s.x + p.column, row + p.rows, p.columns, p.caption),
            }
        })
        .collect();
    Module {
        item: unit.item,
        cells: cells(s.x, y, s.w, s.h),
        rank: s.rank,
        part: unit.part,
        from: unit.from,
        to: None,
        measure: z.measure,
        head_step: match s.shape.heading {
            Heading::Step(step) => Some(step.into()),
            Heading::None | Heading::Jump(_) => None,
        },
        jump_step: match s.shape.heading {
            Heading::Jump(step) => step,
            Heading::None | Heading::Step(_) => 0,
        },
        short_head: s.shape.short,
        boxed: white > 0,
        head: cells(s.x, head_row, s.w, head_rows),
        deck: (deck_rows > 0 && s.shape.deck)
            .then(|| cells(s.x, head_row + head_rows, s.w, deck_rows)),
        pictures,
        quotes: z
            .quote()
            .iter()
            .map(|(quote, q)| PlacedQuote {
                quote: *quote as usize,
                cells: cells(s.x + q.column, zone + q.row, 1, q.rows),
            })
            .collect(),
        legs: legs(maker, s, zone),
        jump_line: (z.tail == Tail::Cut).then(|| cells(s.x + s.w - 1, y + s.h - 1 - white, 1, 1)),
    }
}

fn legs(maker: &Maker, s: &Stand, zone: Rows) -> Vec<Leg> {
    let unit = &maker.units[s.unit];
    let z = &s.zone;
    let text = maker.text(unit.item, z.measure);
    let mut out = Vec::new();
    if unit.start >= text.len() {
        return out;
    }
    let Some(runs) = z.runs(z.least(), Rows::MAX) else {
        return out;
    };
    let mut left = z.short_legs(&runs);
    let runs = &runs.runs[..runs.n];
    let heights: Vec<Rows> = runs.iter().map(|r| r.2).collect();
    let forced = if z.forced { text.force(unit.start, &heights, z.tail, true) } else { None };
    let mut i = unit.start;
    for (k, &(column, row, rows)) in runs.iter().enumerate() {
        let end = if let Some(ends) = &forced {
            ends[k]
        } else if k + 1 == runs.len() {
            z.end as usize
        } else {
            text.leg_or_short(i, rows, &mut left).map_or(i, |x| x.0)
        };
        if end > i {
            let cells = Cells {
                column: s.x + column,
                row: zone + row,
                columns: z.measure,
                rows: text.rows(i, end) as Rows,
            };
            out.push(Leg { cells, first: i, end });
        }
        i = end;
    }
    out
}

/// Names the pages that the parts of jumped stories stand on.
pub(crate) fn link(pages: &mut [PagePlan]) {
    let mut next: Vec<(usize, u16, u16)> = Vec::new();
    for p in pages.iter() {
        next.extend(p.modules.iter().map(|m| (m.item, m.part, p.number)));
    }
    next.sort_unstable();
    for p in pages.iter_mut() {
        for m in &mut p.modules {
            let find = |part: u16| next.iter().find(|x| x.0 == m.item && x.1 == part).map(|x| x.2);
            if m.jump_line.is_some() {
                m.to = find(m.part + 1);
            }
            if m.part > 0 {
                m.from = find(m.part - 1);
            }
        }
    }
}

/// Everything that had to be given up, worst first.
pub(crate) fn given_up(maker: &Maker, pages: &[PagePlan], made: &[Made]) -> Vec<GivenUp> {
    let mut out = Vec::new();
    let n = maker.ed.items.len();
    let mut shown = vec![(Vec::new(), 0usize, false, 0u16); n];
    for p in pages {
        for m in &p.modules {
            let s = &mut shown[m.item];
            s.0.extend(m.pictures.iter().map(|x| x.picture));
            s.1 += m.quotes.len();
            s.2 |= m.deck.is_some();
            s.3 += u16::from(m.part > 0);
        }
    }
    for (p, made) in pages.iter().zip(made) {
        match made.locked {
            Some(at) => out.extend(maker.ed.locked[at].given_up.iter().cloned()),
            None => sacrifices(maker, p, made, &mut out),
        }
        clashes(maker, p, &mut out);
    }
    for (k, item) in maker.ed.items.iter().enumerate() {
        let s = &shown[k];
        let mut say = |what, amount: f64| {
            out.push(GivenUp { page: None, item: Some(k), what, amount });
        };
        for j in 0..item.pictures.len() {
            if !s.0.contains(&j) {
                say(Sacrifice::Picture, 1.0);
            }
        }
        if item.quotes.len() > s.1 {
            say(Sacrifice::Quote, (item.quotes.len() - s.1) as f64);
        }
        if item.deck.is_some() && !s.2 {
            say(Sacrifice::Deck, 1.0);
        }
        if s.3 > 1 {
            say(Sacrifice::SecondJump, f64::from(s.3 - 1));
        }
    }
    out.extend(hand::refused(maker.ed, pages).into_iter().map(|refused| {
        let hand::Refused { item, what, amount } = refused;
        GivenUp { page: None, item: Some(item), what, amount }
    }));
    for (k, ad) in maker.ed.ads.iter().enumerate().filter(|(_, ad)| !ad.filler) {
        let page = pages.iter().find(|p| p.ads.iter().any(|a| a.ad == k)).map(|p| p.number);
        if page.is_none() || ad.page.is_some_and(|wanted| Some(wanted) != page) {
            let amount = (k + 1) as f64;
            out.push(GivenUp { page, item: None, what: Sacrifice::Ad, amount });
        }
    }
    out.sort_by(|a, b| {
        badness(a.what).cmp(&badness(b.what)).then(a.page.cmp(&b.page)).then(a.item.cmp(&b.item))
    });
    out
}

fn sacrifices(maker: &Maker, p: &PagePlan, made: &Made, out: &mut Vec<GivenUp>) {
    for (m, s) in p.modules.iter().zip(&made.draft.stands) {
        let mut say = |what, amount: f64| {
            out.push(GivenUp { page: Some(p.number), item: Some(m.item), what, amount });
        };
        let text = maker.text(m.item, m.measure);
        let rail = maker.ed.items[m.item].kind == ItemKind::Rail;
        let used: u32 = m.legs.iter().map(|l| u32::from(l.cells.rows)).sum();
        if s.zone.forced || s.zone.single && s.w > s.zone.measure {
            let room: u32 = s
                .zone
                .runs(s.zone.least(), Rows::MAX)
                .map_or(0, |r| r.runs[..r.n].iter().map(|x| u32::from(x.2)).sum());
            let white = if s.zone.forced { room.saturating_sub(used) } else { used };
            if white > 0 {
                say(Sacrifice::White, f64::from(white));
            }
        }
        if s.zone.white() > 0 && !s.zone.forced {
            say(Sacrifice::White, f64::from(s.zone.white()));
        }
        let worst = m
            .legs
            .iter()
            .map(|l| {
                let legal = text.legal(l.end);
                let long = if rail { 0 } else { l.cells.rows.saturating_sub(LEG_MOST) };
                let short = if m.legs.len() > 1 && l.end < text.len() {
                    LEG_LEAST.saturating_sub(l.cells.rows)
                } else {
                    0
                };
                long.max(short).max(Rows::from(!legal))
            })
            .max()
            .unwrap_or(0);
        if worst > 0 || s.zone.forced {
            say(Sacrifice::Leg, f64::from(worst));
        }
        let below = maker.ed.format.rows.saturating_sub(m.head.row + m.head.rows);
        if below < FOOT_ROWS && m.head.rows > 0 {
            say(Sacrifice::LowHead, f64::from(below));
        }
        let set = maker.ed.items[m.item].setting(m);
        if let Some(set) = set.filter(|set| set.lines > HEAD_LINES_MOST) {
            say(Sacrifice::LongHead, f64::from(set.lines));
        }
    }
    if made.draft.white > 0 {
        out.push(GivenUp {
            page: Some(p.number),
            item: None,
            what: Sacrifice::White,
            amount: f64::from(made.draft.white),
        });
    }
}

/// Heads of one page that do not go together.
fn clashes(maker: &Maker, p: &PagePlan, out: &mut Vec<GivenUp>) {
    for (k, a) in p.modules.iter().enumerate() {
        for b in &p.modules[k + 1..] {
            let size = |m: &Module| {
                m.head_step.and_then(|s| maker.ed.items[m.item].heads.get(s)).map(|h| h.size)
            };
            let (Some(x), Some(y)) = (size(a), size(b)) else {
                continue;
            };
            if y > x {
                out.push(GivenUp {
                    page: Some(p.number),
                    item: Some(a.item),
                    what: Sacrifice::Hierarchy,
                    amount: f64::from(y - x),
                });
            }
            // A box parts what stands beside it, and the head of a rail is a label.
            let rail = |m: &Module| maker.ed.items[m.item].kind == ItemKind::Rail;
            let parted = a.boxed || b.boxed || rail(a) || rail(b);
            let head = |m: &Module, points: f32| {
                let Cells { column, columns, .. } = m.cells;
                HeadAt { column, columns, row: m.head.row, points }
            };
            if !parted && tombstone(head(a, x), head(b, y)) {
                out.push(GivenUp {
                    page: Some(p.number),
                    item: Some(b.item),
                    what: Sacrifice::Tombstone,
                    amount: f64::from(x.max(y)),
                });
            }
        }
    }
}

/// The order in which sacrifices are told.
fn badness(what: Sacrifice) -> u8 {
    match what {
        Sacrifice::Leg => 0,
        Sacrifice::Hierarchy => 1,
        Sacrifice::PinPage
        | Sacrifice::PinColumns
        | Sacrifice::PinJump
        | Sacrifice::PinPosition
        | Sacrifice::PinSize
        | Sacrifice::PinWith
        | Sacrifice::PinApart => 2,
        Sacrifice::Ad => 3,
        Sacrifice::White => 4,
        Sacrifice::SecondJump => 5,
        Sacrifice::PageCount => 6,
        Sacrifice::Picture => 7,
        Sacrifice::Tombstone => 8,
        Sacrifice::LongHead => 9,
        Sacrifice::LowHead => 10,
        Sacrifice::Deck => 11,
        Sacrifice::Quote => 12,
    }
}
