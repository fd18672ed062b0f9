//! All shapes of one item at its place on a page: zones with a head, a deck and white above.

use crate::makeup::cost::{IMPOSSIBLE, art, head as head_cost, jump, module, text, white};
use crate::makeup::draft::{Heading, Role, Shape, Tail, Unit, Zone};
use crate::makeup::limits::{BOX_ROWS, LARGE, MANY_COLUMNS, SLACK_MOST, SMALL};
use crate::makeup::model::{Format, Item, ItemKind, Rows, Size};
use crate::makeup::shape::head_sizes::{HeadChoice, heads, pinned_head, points};

/// The item to be shaped, and its page.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub format: &'a Format,
    pub item: &'a Item,
    pub unit: &'a Unit,
}

/// The cheapest shape of an item for every width and height.
#[derive(Debug, Clone)]
pub(crate) struct ShapeTable {
    /// Costs by `width * (rows + 1) + height`.
    pub cost: Vec<f32>,
    pub shape: Vec<Shape>,
    /// Least and greatest area of a shape in cells, its gap included.
    pub least: u32,
    pub most: u32,
    /// The least cost of a shape, and its area.
    pub cheapest: f32,
    pub best: u32,
}

/// The rows that a unit's box keeps free at its head, and again at its foot.
pub(crate) fn box_rows(item: &Item, unit: &Unit) -> Rows {
    if item.boxed && unit.part == 0 { BOX_ROWS } else { 0 }
}

/// The cost of a zone's span and picture at a role.
fn role_cost(format: &Format, item: &Item, z: &Zone, unit: &Unit, role: Role, h: Rows) -> f32 {
    let columns = f32::from(format.columns.max(1));
    let wide = f32::from(z.w) / columns;
    let many = format.columns >= MANY_COLUMNS;
    let whole = unit.part == 0;
    let mut cost = 0.0;
    match role.rank {
        0 if whole && columns >= module::LEAD_COLUMNS => {
            let share = wide * f32::from(h) / f32::from(format.rows);
            cost += module::LEAD_SMALL * (module::LEAD_SHARE - share).max(0.0);
            cost += if wide < module::LEAD_NARROW_SHARE {
                module::LEAD_NARROW
            } else if wide < module::LEAD_HALF_SHARE {
                module::LEAD_HALF
            } else {
                0.0
            };
        }
        1 => cost += if wide > module::ACROSS_SHARE { module::SECOND_ACROSS } else { 0.0 },
        2 => cost += if wide > module::ACROSS_SHARE { module::THIRD_ACROSS } else { 0.0 },
        _ => cost += if wide > module::LIGHT_SHARE && many { module::LIGHT_WIDE } else { 0.0 },
    }
    if z.w == 1 && many && item.kind == ItemKind::Story {
        cost += module::DREARY_ROW * f32::from(h.saturating_sub(module::DREARY_ROWS));
    }
    if z.w > 1 && f32::from(h) < module::FLAT_ROWS * f32::from(z.w) {
        cost += module::FLAT;
    }
    // A mug shot doesn't count as a page's art.
    let has = z.pictures().first().is_some_and(|p| !item.pictures[p.picture as usize].mug);
    if has {
        add_art_cost(format, z, role.dominant && whole, role, &mut cost);
    }
    cost
}

/// Adds the cost of the size of a zone's first picture, which may be the one to dominate its page.
fn add_art_cost(format: &Format, z: &Zone, dominant: bool, role: Role, cost: &mut f32) {
    let columns = f32::from(format.columns.max(1));
    let many = format.columns >= MANY_COLUMNS;
    let (w, p) = (f32::from(z.w), f32::from(z.main_span()));
    let area: f32 = z.pictures().first().map_or(0.0, |a| p * f32::from(a.rows));
    let share = area / (columns * f32::from(format.rows));
    if dominant {
        let (part, parts) = art::LEAD_WIDTH;
        let want = (part * w / parts).ceil();
        *cost += art::LEAD_COLUMN_LESS * (want - p).max(0.0);
        let (on_many, on_few) = art::LEAD_COLUMNS;
        let page = if many { on_many } else { on_few.min(columns) };
        *cost += art::LEAD_COLUMN_FEW * (page - p).max(0.0);
        let (lo, hi) = if role.front { art::LEAD_SHARE_FRONT } else { art::LEAD_SHARE_INSIDE };
        *cost += art::LEAD_SMALL * (lo - share).max(0.0) + art::LEAD_LARGE * (share - hi).max(0.0);
    } else {
        let (on_many, on_few) = art::OTHER_COLUMNS;
        let most = if many { on_many } else { on_few };
        let light = role.rank >= art::LIGHT_RANK;
        *cost += art::OTHER_COLUMN_MORE * (p - most).max(0.0)
            + if light { art::LIGHT_COLUMN_MORE * (p - 1.0).max(0.0) } else { 0.0 };
        *cost += art::OTHER_LARGE * (share - art::OTHER_SHARE).max(0.0);
        if w >= art::STAMP_SPAN && p <= 1.0 && many {
            *cost += art::STAMP;
        }
    }
}

/// Builds the table of an item at a role from its zones.
///
/// The height of a module is the sum of its zone, its head, its deck and the white above the head. All
/// combinations of zones, heads of the role's band, a deck or none, and rows of white are tried, and
/// for each width and height the cheapest is kept.
pub(crate) fn table(
    Subject { format, item, unit }: Subject<'_>,
    size: Option<Size>,
    zones: &[Zone],
    first: u32,
    role: Role,
    into: &mut ShapeTable,
) {
    let pinned = match size {
        Some(Size::Head(points)) => item.step_near(points),
        _ => None,
    };
    let stride = format.rows as usize + 1;
    let mut choices = Vec::new();
    let mut span = 0;
    let jump = if role.front { jump::FRONT } else { jump::INSIDE };
    for (at, z) in zones.iter().enumerate() {
        if z.w != span {
            span = z.w;
            heads(item, unit, role, z.w, format, &mut choices);
            if let Some(step) = pinned {
                pinned_head(item, step, role, z.w, format, &mut choices);
            }
        }
        let cut = if z.tail == Tail::Cut { jump } else { 0.0 };
        let whole_deck = if unit.part == 0 { item.deck.as_ref() } else { None };
        let deck_rows = whole_deck
            .map_or(0, |d| d.rows.get(z.w as usize - 1).or(d.rows.last()).copied().unwrap_or(0));
        let without = match whole_deck {
            Some(d) if d.droppable && (z.w == 1 || role.rank >= text::LIGHT_RANK) => {
                Some(text::NO_DECK_LIGHT)
            }
            Some(d) if d.droppable => Some(text::NO_DECK),
            Some(_) => None,
            None => Some(0.0),
        };
        let used = z.end_slack.max(Rows::from(z.short)) + z.art_slack;
        let boxed = 2 * box_rows(item, unit);
        for &HeadChoice { heading, short, rows, cost: head } in &choices {
            let points = if boxed > 0 { 0 } else { points(item, heading) };
            for deck in [true, false] {
                let dc = match (deck, without) {
                    (true, _) if whole_deck.is_none() => continue,
                    (true, _) => 0.0,
                    (false, None) => continue,
                    (false, Some(c)) => c,
                };
                let dr = if deck { deck_rows } else { 0 };
                let h = rows + dr + z.b + boxed;
                if h > format.rows {
                    continue;
                }
                let heavy = f32::from(rows + dr) > head_cost::HEAVY_SHARE * f32::from(h)
                    && h > head_cost::HEAVY_ROWS;
                let base = z.cost
                    + head
                    + dc
                    + cut
                    + role_cost(format, item, z, unit, role, h)
                    + if heavy { head_cost::HEAVY } else { 0.0 };
                for slack in 0..=SLACK_MOST.saturating_sub(used) {
                    let k = z.w as usize * stride + (h + slack) as usize;
                    if h + slack > format.rows {
                        break;
                    }
                    if size.is_some_and(|size| !has_share(format, z.w, h + slack, size)) {
                        continue;
                    }
                    let cost = base + white::ABOVE_HEAD * f32::from(slack);
                    if cost < into.cost[k] {
                        into.cost[k] = cost;
                        into.shape[k] = Shape {
                            zone: first + at as u32,
                            heading,
                            short,
                            deck,
                            slack: slack as u8,
                            points,
                        };
                    }
                }
            }
        }
    }
    into.measure(format);
}

impl ShapeTable {
    /// A table without shapes.
    pub(crate) fn empty(format: &Format) -> Self {
        let size = (format.columns as usize + 1) * (format.rows as usize + 1);
        let heading = Heading::None;
        let shape = Shape { zone: 0, heading, short: false, deck: false, slack: 0, points: 0 };
        Self {
            cost: vec![IMPOSSIBLE; size],
            shape: vec![shape; size],
            least: u32::MAX,
            most: 0,
            cheapest: IMPOSSIBLE,
            best: 0,
        }
    }

    /// A table of one shape that costs nothing.
    pub(crate) fn fixed(format: &Format, w: u8, h: Rows) -> Self {
        let mut out = Self::empty(format);
        if let Some(cost) = out.cost.get_mut(w as usize * (format.rows as usize + 1) + h as usize) {
            *cost = 0.0;
        }
        out.measure(format);
        out
    }

    /// Finds the least and the greatest area.
    pub(crate) fn measure(&mut self, format: &Format) {
        let stride = format.rows as usize + 1;
        (self.least, self.most) = (u32::MAX, 0);
        self.cheapest = IMPOSSIBLE;
        for (k, &c) in self.cost.iter().enumerate() {
            if c < IMPOSSIBLE {
                let area = ((k / stride) * (k % stride + format.gap as usize)) as u32;
                self.least = self.least.min(area);
                self.most = self.most.max(area);
                if c < self.cheapest {
                    self.cheapest = c;
                    self.best = area;
                }
            }
        }
    }
}

/// Whether a module of these columns and rows has the size the editor wants.
pub(crate) fn has_share(format: &Format, columns: u8, rows: Rows, size: Size) -> bool {
    let page = u32::from(format.columns) * u32::from(format.rows + format.gap);
    let own = u32::from(columns) * u32::from(rows + format.gap);
    match size {
        Size::Large => own * LARGE >= page,
        Size::Small => own * SMALL <= page,
        Size::Head(_) => true,
    }
}
