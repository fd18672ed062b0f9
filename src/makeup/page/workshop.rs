//! The workshop: finds the shapes of units and of groups of units, and keeps them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::makeup::cost::IMPOSSIBLE;
use crate::makeup::draft::{Ask, RANKS, Role, Sides, Stand, Tail, Unit, Zone};
use crate::makeup::effort::page as tried;
use crate::makeup::limits::{AFTER_JUMP, BEFORE_JUMP};
use crate::makeup::model::{Edition, Item, Size};
use crate::makeup::page::solver::{PageTask, Solver};
use crate::makeup::shape::shapes::{ShapeTable, Subject, table};
use crate::makeup::shape::threading::IndexedText;
use crate::makeup::shape::wide::wide;
use crate::makeup::shape::zones::{Finder, Threading};

/// All that a unit's zones depend on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Matter {
    item: usize,
    start: usize,
    until: Option<u32>,
    /// Whether the unit is the remainder of a story.
    rest: bool,
    pictures: Vec<u16>,
    quotes: Vec<u16>,
}

/// The number of a matter. Units with the same matter share their zones.
type MatterNo = u32;

impl Matter {
    fn new(unit: &Unit) -> Self {
        let Unit { item, start, part, from: _, until, pictures, quotes } = unit;
        let (item, start, until) = (*item, *start, *until);
        let (pictures, quotes) = (pictures.clone(), quotes.clone());
        Self { item, start, until, rest: *part > 0, pictures, quotes }
    }
}

/// What the shapes of a group depend on besides its members: the scheme of head sizes, whether texts
/// may end with much white, and whether they may be threaded by force.
type Freedom = (u8, bool, bool);

/// How the zones of a unit are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ZoneSource {
    Whole,
    Cut,
    Roomy,
    Forced,
    ForcedCut,
    /// At double measure.
    Wide,
}

/// The number of ways to find zones.
const SOURCES: usize = 6;

/// Finds the zones of a unit.
fn find(ed: &Edition, text: &IndexedText, unit: &Unit, source: ZoneSource) -> Vec<Zone> {
    let (format, item) = (&ed.format, &ed.items[unit.item]);
    let find = |tail, way| Finder::find(format, item, text, unit, tail, way);
    match source {
        _ if unit.until.is_some() && source != ZoneSource::Wide => {
            find(Tail::Cut, Threading::Strict)
        }
        ZoneSource::Whole => find(Tail::End, Threading::Strict),
        ZoneSource::Cut => find(Tail::Cut, Threading::Strict),
        ZoneSource::Roomy => find(Tail::End, Threading::Roomy),
        ZoneSource::Forced => find(Tail::End, Threading::Forced),
        ZoneSource::ForcedCut => find(Tail::Cut, Threading::Forced),
        ZoneSource::Wide => wide(format, item, text, unit),
    }
}

/// The pictures of an item in the order of importance, mug shots last.
fn main_first(item: &Item) -> Vec<u16> {
    let mut all: Vec<u16> = (0..item.pictures.len() as u16).collect();
    all.sort_by_key(|&picture| item.pictures[picture as usize].mug);
    all
}

/// The state of a make-up.
#[derive(Clone)]
pub(crate) struct Workshop<'a> {
    pub ed: &'a Edition,
    pub texts: Vec<IndexedText>,
    /// The texts in wider legs, of items that have them.
    wide: Vec<Option<IndexedText>>,
    pub units: Vec<Unit>,
    /// The matter of each unit, numbered.
    matters: BTreeMap<Matter, MatterNo>,
    matter_of: Vec<MatterNo>,
    /// The zones of each matter that were found: attempts at an edition cut the same stories in the same
    /// places.
    zones: BTreeMap<(MatterNo, ZoneSource), Arc<Vec<Zone>>>,
    tables: BTreeMap<(MatterNo, Role), Arc<ShapeTable>>,
    groups: BTreeMap<(Vec<usize>, Freedom), Arc<ShapeTable>>,
    pub(super) solver: Solver,
    pub(super) inner: Solver,
    /// The number of the page that is being made, which says where its outer edge is.
    pub(crate) page: u16,
}

impl<'a> Workshop<'a> {
    /// A workshop whose first units are the whole items.
    pub(crate) fn new(ed: &'a Edition) -> Self {
        let units: Vec<Unit> = ed
            .items
            .iter()
            .enumerate()
            .map(|(k, i)| Unit {
                item: k,
                start: 0,
                part: 0,
                from: None,
                until: None,
                pictures: main_first(i),
                quotes: (0..i.quotes.len() as u16).collect(),
            })
            .collect();
        let texts: Vec<IndexedText> =
            ed.items.iter().map(|i| IndexedText::new(&i.galley)).collect();
        let wide = ed
            .items
            .iter()
            .map(|i| i.wide.as_ref().map(|wide| IndexedText::new(&wide.galley)))
            .collect();
        // Nearly every edition needs both, and finding them takes a while.
        let zones = units
            .par_iter()
            .flat_map(|unit| [(unit, ZoneSource::Whole), (unit, ZoneSource::Cut)])
            .map(|(unit, source)| {
                ((unit.item as MatterNo, source), find(ed, &texts[unit.item], unit, source))
            })
            .collect::<Vec<_>>();
        let zones = zones.into_iter().map(|(key, found)| (key, Arc::new(found))).collect();
        // The first units differ in their items alone, so their matters are numbered as they are.
        let matters = units.iter().map(|unit| (Matter::new(unit), unit.item as MatterNo)).collect();
        let matter_of = units.iter().map(|unit| unit.item as MatterNo).collect();
        Self {
            ed,
            texts,
            wide,
            units,
            matters,
            matter_of,
            zones,
            tables: BTreeMap::new(),
            groups: BTreeMap::new(),
            solver: Solver::default(),
            inner: Solver::default(),
            page: 1,
        }
    }

    /// The text of an item in legs of a number of columns.
    pub(crate) fn text(&self, item: usize, measure: u8) -> &IndexedText {
        self.wide[item].as_ref().filter(|_| measure > 1).unwrap_or(&self.texts[item])
    }

    /// The item of a unit.
    pub(crate) fn item(&self, unit: usize) -> &'a Item {
        &self.ed.items[self.units[unit].item]
    }

    /// Whether a unit has a picture that counts as a page's art. A mug shot is too small.
    pub(crate) fn lit(&self, unit: usize) -> bool {
        let item = self.item(unit);
        self.units[unit].pictures.iter().any(|&p| !item.pictures[p as usize].mug)
    }

    /// The rows of text that a unit has.
    pub(crate) fn rows(&self, unit: usize) -> u32 {
        let u = &self.units[unit];
        let text = &self.texts[u.item];
        text.rows(u.start, text.len())
    }

    /// Whether a unit is long enough to be cut.
    pub(crate) fn can_cut(&self, unit: usize) -> bool {
        self.units[unit].until.is_none() && self.rows(unit) >= BEFORE_JUMP + AFTER_JUMP
    }

    /// Adds the remainder of a unit after a cut.
    pub(crate) fn remainder(&mut self, stand: &Stand, page: u16) -> usize {
        let old = &self.units[stand.unit];
        let shown = |p: &u16| stand.zone.pictures().iter().any(|x| x.picture == *p);
        let unit = Unit {
            item: old.item,
            start: stand.zone.end as usize,
            part: old.part + 1,
            from: Some(page),
            until: None,
            pictures: old.pictures.iter().copied().filter(|p| !shown(p)).collect(),
            quotes: old
                .quotes
                .iter()
                .copied()
                .filter(|&q| stand.zone.quote().is_none_or(|(shown, _)| shown != q))
                .collect(),
        };
        self.add(unit)
    }

    /// Adds a unit.
    pub(crate) fn add(&mut self, unit: Unit) -> usize {
        let matter = self.matter(&unit);
        self.matter_of.push(matter);
        self.units.push(unit);
        self.units.len() - 1
    }

    /// Sets which part of its story a unit is, and the page of the part before it.
    pub(crate) fn number(&mut self, unit: usize, part: u16, from: Option<u16>) {
        let known = &mut self.units[unit];
        (known.part, known.from) = (part, from);
        let matter = self.matter(&self.units[unit].clone());
        self.matter_of[unit] = matter;
    }

    fn matter(&mut self, unit: &Unit) -> MatterNo {
        let next = self.matters.len() as MatterNo;
        *self.matters.entry(Matter::new(unit)).or_insert(next)
    }

    fn zones(&mut self, unit: usize, source: ZoneSource) -> Arc<Vec<Zone>> {
        let key = (self.matter_of[unit], source);
        if let Some(known) = self.zones.get(&key) {
            return Arc::clone(known);
        }
        let u = &self.units[unit];
        let wide = self.item(unit).wide.as_ref().filter(|_| source == ZoneSource::Wide);
        let measure = wide.map_or(1, |wide| wide.measure);
        let found = Arc::new(find(self.ed, self.text(u.item, measure), u, source));
        self.zones.insert(key, Arc::clone(&found));
        found
    }

    /// The zones that a role may choose from: whole ones, then cut, roomy and forced ones.
    pub(crate) fn sets(&mut self, unit: usize, role: Role) -> [Option<Arc<Vec<Zone>>>; SOURCES] {
        let whole = Some(self.zones(unit, ZoneSource::Whole));
        let cut = (role.cut && self.can_cut(unit)).then(|| self.zones(unit, ZoneSource::Cut));
        let roomy = role.roomy.then(|| self.zones(unit, ZoneSource::Roomy));
        let force = role.forced.then(|| self.zones(unit, ZoneSource::Forced));
        let both = role.forced && role.cut;
        let force_cut = both.then(|| self.zones(unit, ZoneSource::ForcedCut));
        // Only the lead of a page stands in wider legs, and texts that need them.
        let text = self.item(unit).wide.as_ref();
        let may = text.is_some_and(|wide| role.rank == 0 || wide.wanted);
        let wide = may.then(|| self.zones(unit, ZoneSource::Wide));
        [whole, cut, roomy, force, force_cut, wide]
    }

    /// The shapes of a unit at a role.
    pub(crate) fn table(&mut self, unit: usize, role: Role) -> Arc<ShapeTable> {
        let key = (self.matter_of[unit], role);
        if let Some(t) = self.tables.get(&key) {
            return Arc::clone(t);
        }
        let size = self.item(unit).hand.size.filter(|_| self.units[unit].part == 0);
        let mut out = self.table_of(unit, role, size);
        if out.most == 0 && size.is_some() {
            // If no shape has the size that the editor wants, any size will do.
            out = self.table_of(unit, role, None);
        }
        let out = Arc::new(out);
        self.tables.insert(key, Arc::clone(&out));
        out
    }

    fn table_of(&mut self, unit: usize, role: Role, size: Option<Size>) -> ShapeTable {
        let sets = self.sets(unit, role);
        let mut out = ShapeTable::empty(&self.ed.format);
        let mut first = 0;
        for zones in sets.iter().flatten() {
            let of =
                Subject { format: &self.ed.format, item: self.item(unit), unit: &self.units[unit] };
            table(of, size, zones, first, role, &mut out);
            first += zones.len() as u32;
        }
        out
    }

    /// The least and the likeliest area of a unit in cells of the grid, with its gap.
    pub(crate) fn areas(&mut self, unit: usize, lead: bool) -> (f32, f32) {
        let role = Role {
            rank: if lead { 0 } else { tried::USUAL_RANK },
            dominant: lead,
            last: false,
            front: false,
            scheme: 0,
            cut: false,
            roomy: false,
            forced: false,
        };
        let t = self.table(unit, role);
        if t.most == 0 {
            let rows = self.rows(unit) as f32 + tried::UNKNOWN_ROWS;
            return (rows, rows);
        }
        (t.least as f32, t.best as f32)
    }

    /// The least cost of each item in any shape that was tried, whole or cut.
    pub(crate) fn cheapest(&self) -> Vec<f32> {
        let whole = |(matter, no): (&Matter, &MatterNo)| {
            (matter.start == 0 && !matter.rest).then_some((*no, matter.item))
        };
        let item_of: BTreeMap<MatterNo, usize> = self.matters.iter().filter_map(whole).collect();
        let mut least = vec![IMPOSSIBLE; self.ed.items.len()];
        for ((no, _), table) in &self.tables {
            if let Some(&item) = item_of.get(no) {
                least[item] = least[item].min(table.cheapest);
            }
        }
        // An item without a shape is printed all the same.
        least.iter_mut().filter(|cost| **cost >= IMPOSSIBLE).for_each(|cost| *cost = 0.0);
        least
    }

    /// Removes the last unit, which was only tried.
    pub(crate) fn forget(&mut self) {
        self.units.pop();
        self.matter_of.pop();
    }

    /// Pages solved so far.
    pub(crate) fn solved(&self) -> u32 {
        self.solver.solved
    }

    /// The same, weighted by effort.
    pub(crate) fn effort(&self) -> f32 {
        self.solver.effort
    }

    pub(crate) fn small(ask: Ask, cut: bool) -> Role {
        Role {
            rank: RANKS - 1,
            dominant: false,
            last: false,
            front: ask.front,
            scheme: ask.scheme,
            cut,
            roomy: ask.roomy,
            forced: ask.forced,
        }
    }

    pub(crate) fn solve_group(&mut self, members: &[usize], ask: Ask) {
        let parts: Vec<_> =
            members.iter().map(|&u| self.table(u, Self::small(ask, false))).collect();
        let format = &self.ed.format;
        let task = PageTask {
            columns: format.columns,
            rows: format.rows,
            gap: format.gap,
            parts: &parts,
            exact: false,
            table_rows: format.rows,
            limit: IMPOSSIBLE,
            corner: None,
            sides: Sides::default(),
        };
        self.inner.run(&task, true);
    }

    /// The shapes of a group: every rectangle its members fill.
    pub(crate) fn group_table(&mut self, members: &[usize], ask: Ask) -> Arc<ShapeTable> {
        let key = (members.to_vec(), (ask.scheme, ask.roomy, ask.forced));
        if let Some(t) = self.groups.get(&key) {
            return Arc::clone(t);
        }
        self.solve_group(members, ask);
        let format = &self.ed.format;
        let stride = format.rows as usize + 1;
        let mut out = ShapeTable::empty(format);
        for w in 1..=format.columns {
            for h in 1..=format.rows {
                let c = self.inner.cost_at(w, h);
                if c < IMPOSSIBLE {
                    let k = w as usize * stride + h as usize;
                    out.cost[k] = c;
                    out.shape[k].points = self.inner.points_at(w, h);
                }
            }
        }
        out.measure(format);
        let out = Arc::new(out);
        self.groups.insert(key, Arc::clone(&out));
        out
    }

    /// The weight of a unit: whole stories first, then remainders, each in the paper's order.
    pub(crate) fn weight(&self, unit: usize) -> (bool, u16, usize) {
        (self.units[unit].part > 0, self.item(unit).order, unit)
    }
}
