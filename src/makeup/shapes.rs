//! All shapes of one item at its place on a page: zones with a head, a deck and white above.

use super::cost::{IMPOSSIBLE, art, head as head_cost, jump, module, text, white};
use super::fill::Tail;
use super::hand;
use super::limits::{BOX_ROWS, HEAD_LINES_MORE, MANY_COLUMNS, SLACK_MOST, head_lines};
use super::model::{Format, Head, HeadSetting, Item, ItemKind, Rows, Size};
use super::zone::{Unit, Zone};

/// The step that stands for no head: that of a picture by itself.
pub(crate) const NO_HEAD: u8 = 239;
/// The step that stands for the usual jump head; those behind it are for larger ones.
pub(crate) const JUMP_HEAD: u8 = 240;
/// Ranks that are told apart; lighter ones are alike.
pub(crate) const RANKS: u8 = 6;
/// Schemes of head sizes, from the boldest to the one that takes anything.
pub(crate) const SCHEMES: u8 = 5;

/// What a shape's cost depends on beside the item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Role {
    /// Its rank on the page, at most `RANKS - 1`.
    pub rank: u8,
    /// Whether its picture is to dominate the page.
    pub dominant: bool,
    /// Whether the page is the front.
    pub front: bool,
    /// The scheme of head sizes.
    pub scheme: u8,
    /// Whether no whole story on the page is lighter.
    pub last: bool,
    /// Whether it may be cut for a jump.
    pub cut: bool,
    /// Whether a text may end with much white.
    pub roomy: bool,
    /// Whether legs may be threaded by force.
    pub forced: bool,
}

/// One way to print an item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Its zone, in the item's zones (cut zones after the whole ones).
    pub zone: u32,
    /// The step of its head.
    pub step: u8,
    /// Whether the short headline is printed.
    pub short: bool,
    /// Whether the deck is printed.
    pub deck: bool,
    /// Rows of white above the head.
    pub slack: u8,
    /// The head's size, rounded to points; 0 where no head beside it can be its like.
    pub points: u8,
}

/// What is to be shaped.
#[derive(Clone, Copy)]
pub(crate) struct Of<'a> {
    pub format: &'a Format,
    pub item: &'a Item,
    pub unit: &'a Unit,
}

/// The cheapest shape of an item for every width and height.
#[derive(Debug, Clone)]
pub(crate) struct Table {
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

/// The least and the greatest size of a head by scheme and rank, in points. Within a scheme
/// the bands of neighbouring ranks touch, so that no head is larger than a heavier one's.
const BANDS: [[(f32, f32); RANKS as usize]; 4] = [
    [(39.0, 200.0), (29.0, 39.0), (24.0, 29.0), (19.0, 24.0), (19.0, 19.0), (14.0, 14.0)],
    [(29.0, 70.0), (24.0, 29.0), (19.0, 24.0), (19.0, 19.0), (14.0, 19.0), (14.0, 14.0)],
    [(19.0, 44.0), (14.0, 19.0), (14.0, 14.0), (14.0, 14.0), (14.0, 14.0), (14.0, 14.0)],
    [(14.0, 200.0), (14.0, 14.0), (14.0, 14.0), (14.0, 14.0), (14.0, 14.0), (14.0, 14.0)],
];

/// Where heads are smaller than this at the most, pages are small.
const SMALL_PAGE: f32 = 40.0;

/// The band of a rank in points, where heads are `most` points at the most: small pages have few
/// sizes, so they begin with the scheme that lets a lead choose.
pub(crate) fn band(scheme: u8, rank: u8, most: f32) -> (f32, f32) {
    let scheme = if most < SMALL_PAGE { scheme.max(1) } else { scheme };
    BANDS.get(scheme as usize).map_or((0.0, 200.0), |b| b[rank.min(RANKS - 1) as usize])
}

/// The size a head would like by rank and the share of the page's columns it spans.
/// Only the front page's leader shouts.
fn wished(role: Role, w: u8, columns: u8) -> f32 {
    let wide = f32::from(w) / f32::from(columns.max(1));
    let class = if w == 1 {
        3
    } else if wide > 0.81 {
        0
    } else if w >= 3 || wide > 0.55 {
        1
    } else {
        2
    };
    const WISH: [[f32; 4]; RANKS as usize] = [
        [58.0, 49.0, 39.0, 34.0],
        [39.0, 34.0, 29.0, 24.0],
        [29.0, 29.0, 24.0, 19.0],
        [24.0, 24.0, 19.0, 19.0],
        [19.0, 19.0, 19.0, 14.0],
        [14.0, 14.0, 14.0, 14.0],
    ];
    const LEADS_INSIDE: [f32; 4] = [49.0, 44.0, 34.0, 29.0];
    match role.rank {
        0 if !role.front => LEADS_INSIDE[class],
        rank => WISH[rank.min(RANKS - 1) as usize][class],
    }
}

/// By how much the head of a page's lead would like to be larger where heads are `most` points at
/// the most: what [`wished`] says is of a tabloid page.
fn louder(role: Role, most: f32) -> f32 {
    let tabloid = if role.front { 70.0 } else { 58.0 };
    if role.rank == 0 { (most / tabloid).max(1.0) } else { 1.0 }
}

/// The size in points that the head of a module would like by its rank on its page, which is
/// the front where its number is 1, and the columns it spans.
#[must_use]
pub fn wished_head(rank: u8, page: u16, span: u8, columns: u8) -> f32 {
    wished(Role { rank, front: page == 1, ..Role::default() }, span, columns)
}

/// The rows that the box of a unit keeps free at its head, and again at its foot.
pub(crate) fn box_rows(item: &Item, unit: &Unit) -> Rows {
    if item.boxed && unit.part == 0 { BOX_ROWS } else { 0 }
}

/// The size of a head in whole points; 0 where there is none, or a mere label.
pub(crate) fn points(item: &Item, step: u8) -> u8 {
    if let Some(step) = step.checked_sub(JUMP_HEAD) {
        let larger = item.jump_heads.get(usize::from(step)).filter(|_| step > 0);
        return larger.map_or(20, |head| head.size.round().clamp(0.0, 250.0) as u8);
    }
    if step == NO_HEAD || item.kind == ItemKind::Rail {
        return 0;
    }
    item.heads.get(step as usize).map_or(14, |h| h.size.round().clamp(0.0, 250.0) as u8)
}

/// A head that can be printed.
struct Choice {
    step: u8,
    short: bool,
    rows: Rows,
    cost: f32,
}

impl Choice {
    fn of(step: u8, rows: Rows, cost: f32) -> Self {
        Self { step, short: false, rows, cost }
    }
}

/// The heads an item can have at a span and role.
fn heads(item: &Item, unit: &Unit, role: Role, w: u8, format: &Format, out: &mut Vec<Choice>) {
    let columns = format.columns;
    out.clear();
    let k = w as usize - 1;
    if unit.part > 0 {
        jump_heads(item, role, w, format, out);
        return;
    }
    if item.kind == ItemKind::Picture {
        out.push(Choice::of(NO_HEAD, 0, 0.0));
        return;
    }
    let most = if role.front { format.head_most_front } else { format.head_most_inside };
    let (mut lo, mut hi) = band(role.scheme, role.rank, most);
    (lo, hi) = (lo.min(most), hi.min(most));
    // The front page's lead is that on a front page that is the last one too.
    if role.last && !(role.front && role.rank == 0) {
        lo = lo.min(BANDS[0][RANKS as usize - 1].0);
    }
    let wish = (wished(role, w, columns) * louder(role, most)).clamp(lo, hi);
    let step_of = |size: f32, heads: &[Head]| {
        heads
            .iter()
            .enumerate()
            .fold((0usize, f32::MAX), |b, (k, h)| {
                let d = (h.size - size).abs();
                if d < b.1 { (k, d) } else { b }
            })
            .0
    };
    let ideal = step_of(wish, &item.heads) as f32;
    for (step, head) in item.heads.iter().enumerate() {
        let last = role.scheme + 1 >= SCHEMES;
        if head.size > most + 0.1 || (!last && (head.size < lo - 0.1 || head.size > hi + 0.1)) {
            continue;
        }
        // Where nothing else fits, sizes may stray from their rank; but a page is better left
        // with white on it than filled with shouting.
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
            out.push(Choice { step: step as u8, short, rows: set.rows, cost });
        }
    }
    if out.iter().any(|choice| !choice.short && choice.cost < head_cost::FITS_WELL) {
        out.retain(|choice| !choice.short);
    }
    if out.is_empty() && role.scheme + 1 >= SCHEMES {
        // A head that has too many lines at this span still has to be printed.
        let set = item.heads.first().and_then(|head| head.set.get(k).copied().flatten());
        let rough = set.or_else(|| item.rough.get(k).copied().flatten());
        let rows = rough.map_or(2, |set| set.rows);
        out.push(Choice::of(0, rows, head_cost::TOO_LONG));
    }
}

/// The heads that a remainder can have: where it leads its page, larger ones too.
fn jump_heads(item: &Item, role: Role, w: u8, format: &Format, out: &mut Vec<Choice>) {
    let leads = role.rank == 0 && !role.front;
    for (step, head) in (0..).zip(&item.jump_heads) {
        let larger = step > 0;
        let Some(rows) = item.jump_rows(step, w) else { continue };
        if larger && (!leads || head.size > format.head_most_inside + 0.1) {
            continue;
        }
        let cost = if leads && !larger { head_cost::SMALL_JUMP_HEAD } else { 0.0 };
        out.push(Choice::of(JUMP_HEAD + step, rows, cost));
    }
    if out.is_empty() {
        out.push(Choice::of(JUMP_HEAD, 2, 0.0));
    }
    // Where no larger one has room, the usual one is all that could be wanted.
    if let [only] = &mut out[..] {
        only.cost = 0.0;
    }
}

/// Leaves the head alone that the editor wants, whatever its rank would have.
fn pinned_head(
    item: &Item,
    step: usize,
    role: Role,
    w: u8,
    format: &Format,
    out: &mut Vec<Choice>,
) {
    out.retain(|choice| usize::from(choice.step) == step);
    let set = item.heads.get(step).and_then(|head| head.set.get(w as usize - 1).copied().flatten());
    let most = head_lines(w, format.columns) + if step <= 1 { HEAD_LINES_MORE } else { 0 };
    if let Some(set) = set.filter(|set| out.is_empty() && (role.forced || set.lines <= most)) {
        out.push(Choice::of(step as u8, set.rows, 0.0));
    }
}

/// What the lines of a head cost; none where they are too many. It may have so
/// many lines and, for a price, so many more.
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

/// What the span and the picture of a zone cost at a role.
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
    // A mug shot is no art that a page is made around.
    let has = z.pictures().first().is_some_and(|p| !item.pictures[p.picture as usize].mug);
    if has {
        add_art_cost(format, z, role.dominant && whole, role, &mut cost);
    }
    cost
}

/// Adds what the size of a zone's first picture costs, which may be the one to dominate its page.
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
/// Steps: for each zone, each head of the role's band, the deck printed or not, and each row
/// of white above the head, the module's height is their sum; the cheapest way to each width
/// and height is kept.
pub(crate) fn table(
    Of { format, item, unit }: Of<'_>,
    size: Option<Size>,
    zones: &[Zone],
    first: u32,
    role: Role,
    into: &mut Table,
) {
    let pinned = match size {
        Some(Size::Head(points)) => hand::step_of(item, points),
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
        for &Choice { step, short, rows, cost: head } in &choices {
            let points = if boxed > 0 { 0 } else { points(item, step) };
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
                    if size.is_some_and(|size| !hand::has_share(format, z.w, h + slack, size)) {
                        continue;
                    }
                    let cost = base + white::ABOVE_HEAD * f32::from(slack);
                    if cost < into.cost[k] {
                        into.cost[k] = cost;
                        into.shape[k] = Shape {
                            zone: first + at as u32,
                            step,
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

impl Table {
    /// A table without shapes.
    pub(crate) fn empty(format: &Format) -> Self {
        let size = (format.columns as usize + 1) * (format.rows as usize + 1);
        let shape = Shape { zone: 0, step: 0, short: false, deck: false, slack: 0, points: 0 };
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
