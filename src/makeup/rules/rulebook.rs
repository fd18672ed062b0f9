//! Checks whether a plan keeps the hard rules. It is written from the rules and not from the solver.

use crate::makeup::editor::{locked, wishes};
use crate::makeup::limits::{
    BOX_ROWS, FOOT_ROWS, HEAD_LINES_MOST, LEG_LEAST, LEG_MOST, RAIL_MOST, SLACK_MOST,
};
use crate::makeup::model::{
    Cells, Edition, GivenUp, ItemKind, Leg, Module, PagePlan, Plan, Rows, Sacrifice,
};

/// The rules that a plan breaks, one sentence each; empty if it keeps all of them. What the plan lists
/// as given up doesn't count.
#[must_use]
pub fn check(edition: &Edition, plan: &Plan) -> Vec<String> {
    let mut wrong = Vec::new();
    for (k, page) in plan.pages.iter().enumerate() {
        if usize::from(page.number) != k + 1 {
            wrong.push(format!("page {} is numbered {}", k + 1, page.number));
        }
        wrong.extend(page_wrong(edition, plan, page));
    }
    for locked in &edition.locked {
        let number = locked.page.number;
        let page = plan.pages.iter().find(|page| page.number == number);
        if !page.is_some_and(|page| locked::same(page, &locked.page)) {
            wrong.push(format!("page {number} is locked and stands otherwise"));
        }
    }
    for (k, ad) in edition.ads.iter().enumerate() {
        let placed = plan.pages.iter().flat_map(|p| &p.ads).filter(|a| a.ad == k).count();
        if placed > 1 || (placed == 0 && !ad.filler) {
            wrong.push(format!("ad {k} is printed {placed} times"));
        }
    }
    for k in 0..edition.items.len() {
        story(edition, plan, k, &mut wrong);
    }
    for wishes::Refused { item, what, .. } in wishes::refused(edition, &plan.pages) {
        if !excused(plan, what, item, None) {
            wrong.push(format!("story {item}: a pin is not kept, and nothing says so ({what:?})"));
        }
    }
    wrong
}

/// The rules that one page breaks.
pub(crate) fn page_wrong(edition: &Edition, plan: &Plan, page: &PagePlan) -> Vec<String> {
    let mut wrong = parts_wrong(edition, plan, page);
    let b = Book { edition, plan, page };
    b.bands(&mut wrong);
    b.filled(usize::from(page.number) == plan.pages.len(), &mut wrong);
    wrong
}

/// The rules that one page breaks by itself, whatever its place in the edition.
pub(crate) fn parts_wrong(edition: &Edition, plan: &Plan, page: &PagePlan) -> Vec<String> {
    let mut wrong = Vec::new();
    let b = Book { edition, plan, page };
    for m in &page.modules {
        b.module(m, &mut wrong);
    }
    b.pairs(&mut wrong);
    b.ads(&mut wrong);
    wrong
}

struct Book<'a> {
    edition: &'a Edition,
    plan: &'a Plan,
    page: &'a PagePlan,
}

fn inside(a: &Cells, b: &Cells) -> bool {
    a.column >= b.column
        && a.row >= b.row
        && a.column + a.columns <= b.column + b.columns
        && a.row + a.rows <= b.row + b.rows
}

fn meet(a: &Cells, b: &Cells) -> bool {
    a.columns > 0
        && b.columns > 0
        && a.rows > 0
        && b.rows > 0
        && a.column < b.column + b.columns
        && b.column < a.column + a.columns
        && a.row < b.row + b.rows
        && b.row < a.row + a.rows
}

fn excused(plan: &Plan, what: Sacrifice, item: usize, page: Option<u16>) -> bool {
    let fits = |g: &GivenUp| {
        g.what == what
            && g.item == Some(item)
            && (page.is_none() || g.page.is_none() || g.page == page)
    };
    plan.given_up.iter().any(fits)
}

impl Book<'_> {
    fn say(&self, wrong: &mut Vec<String>, item: usize, what: &str) {
        wrong.push(format!("page {}, story {item}: {what}", self.page.number));
    }

    fn excused(&self, what: Sacrifice, m: &Module) -> bool {
        excused(self.plan, what, m.item, Some(self.page.number))
    }

    fn bands(&self, wrong: &mut Vec<String>) {
        let (f, p) = (&self.edition.format, self.page);
        let top = match p.number {
            1 => f.front_top,
            _ if p.section_head => f.top_of_section(p.section),
            _ => f.inside_top,
        };
        let mut foot = f.rows - if p.number == 1 { f.front_foot } else { 0 };
        if usize::from(p.number) == self.plan.pages.len() && p.number > 1 {
            foot = foot.min(f.rows - f.last_foot);
        }
        if p.top != top || p.foot > foot {
            wrong.push(format!(
                "page {}: band {}..{} is not {top}..{foot}",
                p.number, p.top, p.foot
            ));
        }
        if p.section_head && p.section.is_none() {
            wrong.push(format!("page {}: a section head without a section", p.number));
        }
    }

    fn pairs(&self, wrong: &mut Vec<String>) {
        let gap = self.edition.format.gap;
        for (k, a) in self.page.modules.iter().enumerate() {
            for b in &self.page.modules[k + 1..] {
                let grown = Cells { rows: a.cells.rows + gap, ..a.cells };
                let other = Cells { rows: b.cells.rows + gap, ..b.cells };
                if meet(&grown, &other) {
                    wrong.push(format!(
                        "page {}: stories {} and {} are too near",
                        self.page.number, a.item, b.item
                    ));
                }
                let size = |m: &Module| {
                    m.head_step
                        .and_then(|s| self.edition.items[m.item].heads.get(s))
                        .map(|h| h.size)
                };
                if let (Some(x), Some(y)) = (size(a), size(b)) {
                    let (heavy, light) = (&self.edition.items[a.item], &self.edition.items[b.item]);
                    let (x, y) = if heavy.order < light.order { (x, y) } else { (y, x) };
                    let over = self.plan.given_up.iter().any(|g| {
                        g.what == Sacrifice::Hierarchy && g.page == Some(self.page.number)
                    });
                    if y > x && !over {
                        self.say(
                            wrong,
                            b.item,
                            &format!("head of {y} pt beside a heavier one of {x} pt"),
                        );
                    }
                }
            }
        }
    }

    /// Checks that ads stand on the page and overlap nothing.
    fn ads(&self, wrong: &mut Vec<String>) {
        let (f, p) = (&self.edition.format, self.page);
        let page = Cells { column: 0, row: p.top, columns: f.columns, rows: f.rows - p.top };
        for (k, a) in p.ads.iter().enumerate() {
            if !inside(&a.cells, &page) {
                wrong.push(format!("page {}: ad {} is off the page", p.number, a.ad));
            }
            let near = |other: &Cells| {
                let grown = Cells { rows: other.rows + f.gap, ..*other };
                meet(&grown, &a.cells)
                    || meet(&Cells { rows: a.cells.rows + f.gap, ..a.cells }, other)
            };
            let stories = p.modules.iter().filter(|m| near(&m.cells)).count();
            let ads = p.ads[k + 1..].iter().filter(|b| near(&b.cells)).count();
            if stories + ads > 0 {
                wrong.push(format!("page {}: something is too near ad {}", p.number, a.ad));
            }
        }
    }

    /// Checks that modules and gaps cover the band: every column is filled from top to foot.
    fn filled(&self, last: bool, wrong: &mut Vec<String>) {
        let p = self.page;
        let white = self
            .plan
            .given_up
            .iter()
            .any(|g| g.what == Sacrifice::White && g.page == Some(p.number));
        if last || white || p.modules.is_empty() {
            return;
        }
        for c in 0..self.edition.format.columns {
            let mut runs: Vec<(Rows, Rows)> = p
                .modules
                .iter()
                .map(|m| m.cells)
                .chain(p.ads.iter().map(|a| a.cells).filter(|a| a.row < p.foot))
                .filter(|m| m.column <= c && c < m.column + m.columns)
                .map(|m| (m.row, m.row + m.rows))
                .collect();
            runs.sort_unstable();
            let mut at = p.top;
            for (from, to) in runs {
                let gap = if at == p.top { 0 } else { self.edition.format.gap };
                if from != at + gap {
                    wrong.push(format!(
                        "page {}: column {c} has a hole before row {from}",
                        p.number
                    ));
                }
                at = to;
            }
            if at != p.foot {
                wrong.push(format!(
                    "page {}: column {c} ends at row {at}, not {}",
                    p.number, p.foot
                ));
            }
        }
    }

    fn module(&self, m: &Module, wrong: &mut Vec<String>) {
        let p = self.page;
        let band = Cells {
            column: 0,
            row: p.top,
            columns: self.edition.format.columns,
            rows: p.foot - p.top,
        };
        if !inside(&m.cells, &band) {
            self.say(wrong, m.item, "off the band");
        }
        let mut parts: Vec<(&str, Cells)> = vec![("head", m.head)];
        parts.extend(m.deck.iter().map(|d| ("deck", *d)));
        for x in &m.pictures {
            parts.push(("picture", x.cells));
            parts.push(("caption", x.caption));
            if x.caption.row != x.cells.row + x.cells.rows
                || x.caption.column != x.cells.column
                || x.caption.columns != x.cells.columns
            {
                self.say(wrong, m.item, "a caption is not below its picture");
            }
        }
        parts.extend(m.quotes.iter().map(|q| ("quote", q.cells)));
        parts.extend(m.legs.iter().map(|l| ("leg", l.cells)));
        parts.extend(m.jump_line.iter().map(|j| ("jump line", *j)));
        // A box keeps its first and its last rows free.
        let white = if m.boxed { BOX_ROWS } else { 0 };
        let (row, rows) = (m.cells.row + white, m.cells.rows.saturating_sub(2 * white));
        let room = Cells { row, rows, ..m.cells };
        let item = &self.edition.items[m.item];
        if m.boxed != (item.boxed && m.part == 0) {
            self.say(wrong, m.item, "a box too many, or one that is missing");
        }
        let wide = item.kind == ItemKind::Rail && m.cells.columns > RAIL_MOST;
        if wide && !self.excused(Sacrifice::Leg, m) {
            self.say(wrong, m.item, "a rail that is too wide");
        }
        for p in m.pictures.iter().filter(|p| item.pictures[p.picture].mug) {
            if p.cells.columns != 1 {
                self.say(wrong, m.item, "a mug shot wider than a column");
            }
        }
        for (k, (name, cells)) in parts.iter().enumerate() {
            if !inside(cells, &room) {
                self.say(wrong, m.item, &format!("{name} sticks out"));
            }
            for (other, o) in &parts[k + 1..] {
                if meet(cells, o) {
                    self.say(wrong, m.item, &format!("{name} meets {other}"));
                }
            }
        }
        self.heads(m, wrong);
        self.legs(m, wrong);
        self.slack(m, wrong);
    }

    fn heads(&self, m: &Module, wrong: &mut Vec<String>) {
        let item = &self.edition.items[m.item];
        let k = m.cells.columns as usize - 1;
        if m.head.columns != m.cells.columns {
            self.say(wrong, m.item, "the head doesn't span its module");
        }
        let set = item.setting(m);
        let long = set.is_some_and(|set| set.lines > HEAD_LINES_MOST);
        if long && !self.excused(Sacrifice::LongHead, m) {
            self.say(wrong, m.item, "a head of too many lines");
        }
        let low =
            m.head.rows > 0 && m.head.row + m.head.rows + FOOT_ROWS > self.edition.format.rows;
        if low && !self.excused(Sacrifice::LowHead, m) {
            self.say(wrong, m.item, "a head at the foot of the page");
        }
        let rows = match m.head_step {
            Some(_) => set.map(|set| set.rows),
            None if item.kind == ItemKind::Picture => Some(0),
            None => item.jump_rows(m.jump_step, m.cells.columns),
        };
        if rows.is_some_and(|r| r != m.head.rows) {
            self.say(wrong, m.item, "the head's rows are not those it was set in");
        }
        if m.jump_step > 0 && (m.part == 0 || m.rank > 0) {
            self.say(wrong, m.item, "a large jump head over what does not lead its page");
        }
        if m.head_step.is_none() != (m.part > 0 || item.kind == ItemKind::Picture) {
            self.say(wrong, m.item, "a head of the wrong kind");
        }
        if let (Some(d), Some(set)) = (&m.deck, &item.deck)
            && (d.row != m.head.row + m.head.rows || set.rows.get(k).is_some_and(|&r| r != d.rows))
        {
            self.say(wrong, m.item, "the deck is not right below the head");
        }
        if m.part == 0 && m.deck.is_none() && item.deck.as_ref().is_some_and(|d| !d.droppable) {
            self.say(wrong, m.item, "a deck that must stand is missing");
        }
    }

    fn legs(&self, m: &Module, wrong: &mut Vec<String>) {
        let item = &self.edition.items[m.item];
        let slices = &item.text(m.measure).slices;
        let own = item.wide.as_ref().is_some_and(|wide| wide.measure == m.measure);
        let wide = own && m.part == 0 && m.jump_line.is_none();
        if m.measure != 1 && !wide {
            self.say(wrong, m.item, &format!("a measure of {} columns", m.measure));
        }
        let excused = self.excused(Sacrifice::Leg, m);
        let many = m.legs.len() > 1;
        let rail = self.edition.items[m.item].kind == ItemKind::Rail;
        for (k, l) in m.legs.iter().enumerate() {
            if l.first >= l.end || l.end > slices.len() {
                self.say(wrong, m.item, "a leg without slices");
                continue;
            }
            let run = &slices[l.first..l.end];
            let rows: u32 = run.iter().map(|s| u32::from(s.gap) + u32::from(s.rows)).sum::<u32>()
                - u32::from(run[0].gap)
                + u32::from(run[0].again);
            if rows != u32::from(l.cells.rows) {
                self.say(wrong, m.item, &format!("a leg of {} rows holds {rows}", l.cells.rows));
            }
            if excused {
                continue;
            }
            if l.end < slices.len() && slices[l.end - 1].break_after.is_none() {
                self.say(wrong, m.item, "a leg ends where it may not");
            }
            // The last leg may be shorter by the slack.
            let least = LEG_LEAST - if l.end == slices.len() { SLACK_MOST } else { 0 };
            if (l.cells.rows > LEG_MOST && !rail) || (many && l.cells.rows < least) {
                self.say(wrong, m.item, &format!("leg {k} of {} rows", l.cells.rows));
            }
            if l.cells.columns != m.measure {
                self.say(wrong, m.item, "a leg of another measure");
            }
        }
        if let (Some(j), Some(last)) = (m.jump_line, m.legs.last()) {
            let below = j.row == last.cells.row + last.cells.rows && j.column == last.cells.column;
            let white = if m.boxed { BOX_ROWS } else { 0 };
            let ends = j.row + j.rows + white == m.cells.row + m.cells.rows;
            if !ends || (!below && !excused) {
                self.say(wrong, m.item, "the jump line is not at the foot of the last leg");
            }
            if !excused && !slices[last.end - 1].jump_after {
                self.say(wrong, m.item, "a jump where there may be none");
            }
        }
    }

    /// Checks that no column of the module has more white than the rules allow.
    fn slack(&self, m: &Module, wrong: &mut Vec<String>) {
        if self.excused(Sacrifice::White, m) || self.excused(Sacrifice::Leg, m) {
            return;
        }
        let mut worst = 0;
        for c in m.cells.column..m.cells.column + m.cells.columns {
            let over = |x: &Cells| x.column <= c && c < x.column + x.columns;
            let mut used = 0;
            let mut feet = 0;
            let mut add = |x: &Cells| {
                if over(x) {
                    used += x.rows;
                }
            };
            add(&m.head);
            m.deck.iter().for_each(&mut add);
            m.jump_line.iter().for_each(&mut add);
            m.quotes.iter().for_each(|q| add(&q.cells));
            m.legs.iter().for_each(|l| add(&l.cells));
            for x in &m.pictures {
                add(&x.cells);
                add(&x.caption);
                // A picture below a leg has a row of white above it.
                let above = |l: &Leg| over(&l.cells) && l.cells.row < x.cells.row;
                if over(&x.cells) && m.legs.iter().any(above) {
                    feet += 1;
                }
            }
            let white = if m.boxed { 2 * BOX_ROWS } else { 0 };
            worst = worst.max(m.cells.rows.saturating_sub(used + feet + white));
        }
        let empty = self.edition.items[m.item].galley.slices.is_empty();
        if worst > SLACK_MOST && !empty {
            self.say(wrong, m.item, &format!("{worst} rows of slack in a column"));
        }
    }
}

/// Whether a story is printed whole, once and in order.
pub(crate) fn story(edition: &Edition, plan: &Plan, k: usize, wrong: &mut Vec<String>) {
    let mut parts: Vec<(u16, &Module)> = Vec::new();
    for p in &plan.pages {
        parts.extend(p.modules.iter().filter(|m| m.item == k).map(|m| (p.number, m)));
    }
    if parts.is_empty() {
        wrong.push(format!("story {k} is not printed"));
        return;
    }
    let mut at = 0;
    let mut shown: Vec<usize> = Vec::new();
    for (n, &(page, m)) in parts.iter().enumerate() {
        if usize::from(m.part) != n {
            wrong.push(format!("story {k}: part {} comes as number {n}", m.part));
        }
        for l in &m.legs {
            if l.first != at {
                wrong.push(format!("story {k}: slice {at} is followed by {}", l.first));
            }
            at = l.end;
        }
        shown.extend(m.pictures.iter().map(|p| p.picture));
        let (from, to) = ((n > 0).then(|| parts[n - 1].0), parts.get(n + 1).map(|x| x.0));
        if m.from != from || m.to != to || to.is_some() != m.jump_line.is_some() {
            wrong.push(format!(
                "story {k}, page {page}: jump references {:?}, {:?} for {from:?}, {to:?}",
                m.from, m.to
            ));
        }
        if to.is_some_and(|t| t <= page) {
            wrong.push(format!("story {k}, page {page}: a jump that isn't forward"));
        }
    }
    let all = edition.items[k].text(parts[0].1.measure).slices.len();
    if at != all {
        wrong.push(format!("story {k}: {at} slices of {all} are printed"));
    }
    shown.sort_unstable();
    if shown.windows(2).any(|w| w[0] == w[1]) {
        wrong.push(format!("story {k}: a picture stands twice"));
    }
    if parts.len() > 2 && !excused(plan, Sacrifice::SecondJump, k, None) {
        wrong.push(format!("story {k}: jumped more than once"));
    }
}
