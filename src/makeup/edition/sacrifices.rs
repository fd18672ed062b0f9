//! Lists what a plan had to give up.

use crate::makeup::draft::MadePage;
use crate::makeup::editor::wishes;
use crate::makeup::limits::{FOOT_ROWS, HEAD_LINES_MOST, LEG_LEAST, LEG_MOST};
use crate::makeup::model::{Cells, GivenUp, ItemKind, Module, PagePlan, Rows, Sacrifice};
use crate::makeup::page::tombstone::{HeadAt, tombstone};
use crate::makeup::page::workshop::Workshop;

/// Everything that had to be given up, worst first.
pub(crate) fn given_up(workshop: &Workshop, pages: &[PagePlan], made: &[MadePage]) -> Vec<GivenUp> {
    let mut out = Vec::new();
    let n = workshop.ed.items.len();
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
            Some(at) => out.extend(workshop.ed.locked[at].given_up.iter().cloned()),
            None => sacrifices(workshop, p, made, &mut out),
        }
        clashes(workshop, p, &mut out);
    }
    for (k, item) in workshop.ed.items.iter().enumerate() {
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
    out.extend(wishes::refused(workshop.ed, pages).into_iter().map(|refused| {
        let wishes::Refused { item, what, amount } = refused;
        GivenUp { page: None, item: Some(item), what, amount }
    }));
    for (k, ad) in workshop.ed.ads.iter().enumerate().filter(|(_, ad)| !ad.filler) {
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

fn sacrifices(workshop: &Workshop, p: &PagePlan, made: &MadePage, out: &mut Vec<GivenUp>) {
    for (m, s) in p.modules.iter().zip(&made.draft.stands) {
        let mut say = |what, amount: f64| {
            out.push(GivenUp { page: Some(p.number), item: Some(m.item), what, amount });
        };
        let text = workshop.text(m.item, m.measure);
        let rail = workshop.ed.items[m.item].kind == ItemKind::Rail;
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
        let below = workshop.ed.format.rows.saturating_sub(m.head.row + m.head.rows);
        if below < FOOT_ROWS && m.head.rows > 0 {
            say(Sacrifice::LowHead, f64::from(below));
        }
        let set = workshop.ed.items[m.item].setting(m);
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

/// The heads of a page that don't go together.
fn clashes(workshop: &Workshop, p: &PagePlan, out: &mut Vec<GivenUp>) {
    for (k, a) in p.modules.iter().enumerate() {
        for b in &p.modules[k + 1..] {
            let size = |m: &Module| {
                m.head_step.and_then(|s| workshop.ed.items[m.item].heads.get(s)).map(|h| h.size)
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
            // A box separates its neighbours, and the head of a rail is a label.
            let rail = |m: &Module| workshop.ed.items[m.item].kind == ItemKind::Rail;
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

/// The order in which sacrifices are listed. Pins stand where the first of them does.
const WORST_FIRST: &[Sacrifice] = &[
    Sacrifice::Leg,
    Sacrifice::Hierarchy,
    Sacrifice::PinPage,
    Sacrifice::Ad,
    Sacrifice::White,
    Sacrifice::SecondJump,
    Sacrifice::PageCount,
    Sacrifice::Picture,
    Sacrifice::Tombstone,
    Sacrifice::LongHead,
    Sacrifice::LowHead,
    Sacrifice::Deck,
    Sacrifice::Quote,
];

/// The index of a sacrifice in that order.
fn badness(what: Sacrifice) -> usize {
    let what = if what.is_pin() { Sacrifice::PinPage } else { what };
    WORST_FIRST.iter().position(|known| *known == what).unwrap_or(WORST_FIRST.len())
}
