//! Editions made up from a seed, for tests and measurements.

use super::model::{
    Ad, Deck, Edge, Edition, Flank, Format, Galley, Hand, Head, HeadSetting, Item, ItemKind,
    JumpSize, LockedPage, PageCount, Picture, Position, Quote, Rows, Size, Slice, Wide,
};

/// A small generator of numbers.
pub(super) struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1)
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From `a` to `b`, both included.
    pub(super) fn range(&mut self, a: u64, b: u64) -> u64 {
        a + self.next() % (b - a + 1)
    }

    /// Whether a thing of this likelihood happens.
    pub(super) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// The formats that are tried: 0 tabloid, 1 A4, 2 broadsheet.
pub(super) fn format(kind: usize) -> Format {
    let tabloid = Format {
        columns: 5,
        rows: 109,
        gap: 2,
        front_top: 19,
        front_foot: 5,
        inside_top: 3,
        section_top: 8,
        fronts: Vec::new(),
        section_front_top: 0,
        last_foot: 3,
        column_in_rows: 46.5 / 3.704,
        gutter_in_rows: 4.5 / 3.704,
        head_most_front: 70.0,
        head_most_inside: 58.0,
    };
    match kind {
        0 => tabloid,
        1 => Format {
            columns: 3,
            rows: 65,
            front_top: 14,
            front_foot: 3,
            section_top: 6,
            column_in_rows: 57.0 / 4.233,
            gutter_in_rows: 5.0 / 4.233,
            head_most_front: 49.0,
            head_most_inside: 39.0,
            ..tabloid
        },
        _ => Format {
            columns: 6,
            rows: 144,
            front_top: 24,
            front_foot: 6,
            column_in_rows: 54.0 / 3.704,
            gutter_in_rows: 5.0 / 3.704,
            ..tabloid
        },
    }
}

fn galley(d: &mut Dice, words: f64) -> Galley {
    let lines = (words / 6.0).ceil().max(1.0) as usize;
    let mut slices = Vec::new();
    let mut left = lines;
    while left > 0 {
        let mut n = (d.range(3, 9) as usize).min(left);
        if left - n < 3 && left - n > 0 {
            n = left;
        }
        if !slices.is_empty() && d.chance(0.06) {
            slices.push(Slice {
                gap: 1,
                rows: 1,
                break_after: None,
                jump_after: false,
                relief: true,
                again: 0,
            });
        }
        let hyphen = d.next();
        for k in 0..n {
            let legal = k + 1 == n || (k >= 1 && k + 2 < n);
            let cost = if k + 1 == n { 0.1 } else { 0.0 };
            slices.push(Slice {
                gap: 0,
                rows: 1,
                break_after: legal.then_some(cost),
                jump_after: legal && k + 1 < n && hyphen >> k & 3 != 0,
                relief: false,
                again: 0,
            });
        }
        left -= n;
    }
    Galley { slices }
}

fn heads(d: &mut Dice, f: &Format) -> Vec<Head> {
    let chars = d.range(22, 75) as f64;
    let row_mm = 3.704;
    [
        (14.0, 15.75),
        (19.0, 21.0),
        (24.0, 26.25),
        (29.0, 31.5),
        (34.0, 36.75),
        (39.0, 42.0),
        (44.0, 47.25),
        (49.0, 52.5),
        (58.0, 63.0),
        (70.0, 73.5),
    ]
    .iter()
    .map(|&(size, leading)| Head {
        size,
        set: (1..=f.columns)
            .map(|w| {
                let mm = row_mm
                    * (f64::from(w) * f.column_in_rows + f64::from(w - 1) * f.gutter_in_rows);
                let per = 6.2 * mm / f64::from(size);
                let lines = (chars * 1.06 / per).ceil().max(1.0);
                if lines > 5.0 || per < 8.0 {
                    return None;
                }
                let last = chars * 1.06 / per - (lines - 1.0);
                Some(HeadSetting {
                    rows: ((lines * leading + 9.0) / 10.5).ceil() as Rows,
                    lines: lines as u8,
                    last_line: last as f32,
                    last_word_alone: lines > 1.0 && last * per < 7.0,
                    bad_ends: u8::from(lines > 1.0 && d.chance(0.15)),
                    fill: 1.0,
                    white: ((1.0 - last.min(1.0)) * f64::from(w) * leading / 10.5) as f32,
                    hole: if last < 0.5 && size >= 49.0 && w > 2 { 8.0 } else { 0.0 },
                })
            })
            .collect(),
        short: Vec::new(),
    })
    .collect()
}

fn picture(d: &mut Dice, f: &Format) -> Picture {
    let whole = d.chance(0.1);
    let aspect = if d.chance(0.7) { 1.5 } else { 0.7 + 1.3 * d.unit() };
    let words = d.range(4, 22) as f64;
    Picture {
        aspect,
        whole,
        keep: if whole { 1.0 } else { 0.7 },
        most_columns: if d.chance(0.8) { 6 } else { d.range(1, 3) as u8 },
        readable: 0,
        most_rows: 90,
        caption: (1..=f.columns).map(|w| (words / 6.5 / f64::from(w)).ceil() as Rows + 1).collect(),
        mug: false,
    }
}

/// A story of so many words.
pub(super) fn item(d: &mut Dice, f: &Format, words: f64, pictures: usize) -> Item {
    let quotes = if words > 350.0 && d.chance(0.4) { 1 } else { 0 };
    let deck = d.range(9, 26) as f64;
    Item {
        section: 0,
        order: 0,
        priority: 5,
        heads: heads(d, f),
        rough: vec![],
        deck: d.chance(0.5).then(|| Deck {
            rows: (1..=f.columns)
                .map(|w| ((deck / 4.5 / f64::from(w)).ceil() * 1.5 + 1.0).ceil() as Rows)
                .collect(),
            droppable: d.chance(0.7),
        }),
        galley: galley(d, words),
        wide: None,
        pictures: (0..pictures).map(|_| picture(d, f)).collect(),
        quotes: (0..quotes).map(|_| Quote { rows: d.range(9, 15) as Rows }).collect(),
        jump_heads: [(19.0, [5, 4, 4, 4, 4, 4, 4, 4]), (29.0, [0, 0, 5, 5, 5, 5, 5, 5])]
            .map(|(size, rows)| JumpSize { size, rows: rows.to_vec() })
            .to_vec(),
        page: None,
        columns: None,
        may_jump: true,
        hand: Hand::default(),
        kind: ItemKind::Story,
        boxed: false,
    }
}

/// An edition of `n` stories: words lognormal about 350, three in five with a picture.
pub(super) fn edition(seed: u64, kind: usize, n: usize) -> Edition {
    let mut d = Dice::new(seed);
    let plain = format(kind);
    let sections = (n / 8).clamp(1, 6) as u16;
    // Every third edition has sections with fronts of their own.
    let fronts = if seed.is_multiple_of(3) { (0..sections).step_by(2).collect() } else { vec![] };
    let f = Format { fronts, section_front_top: plain.section_top + 6, ..plain };
    let mut items: Vec<Item> = (0..n)
        .map(|_| {
            let words = (350.0 * (0.75 * d.normal()).exp()).clamp(12.0, 4000.0);
            let pictures = if d.chance(0.6) {
                if d.chance(0.25) { d.range(2, 4) as usize } else { 1 }
            } else {
                0
            };
            let mut i = item(&mut d, &f, words, pictures);
            i.section = d.range(0, u64::from(sections) - 1) as u16;
            // Longer and illustrated stories weigh more, as a rule.
            let weight = 5.0 - (words / 350.0).ln() - if pictures > 0 { 0.8 } else { 0.0 }
                + 1.2 * d.normal();
            i.priority = weight.round().clamp(1.0, 9.0) as u8;
            i
        })
        .collect();
    // What may lead is set to double measure too: about half as many lines.
    for (k, i) in items.iter_mut().enumerate().filter(|(_, i)| i.priority <= 3 && f.columns >= 4) {
        let rows: u32 = i.galley.slices.iter().map(|s| u32::from(s.gap + s.rows)).sum();
        let galley = galley(&mut Dice::new(seed ^ (k as u64 + 1)), f64::from(rows) * 2.5);
        i.wide = Some(Wide { measure: 2, wanted: false, galley });
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|&k| (items[k].priority, k));
    for (o, k) in order.into_iter().enumerate() {
        items[k].order = o as u16;
    }
    Edition {
        format: f,
        items,
        sections,
        pages: PageCount { wanted: None, multiple: 1 },
        front_stories: 5,
        ads: Vec::new(),
        locked: Vec::new(),
        day: (seed % 100) as u32,
    }
}

/// So many ads of any size, one in four of them a filler, one in three booked for a page.
pub(super) fn ads(seed: u64, format: &Format, n: usize) -> Vec<Ad> {
    let mut d = Dice::new(seed ^ 0xad5);
    let one = |_| Ad {
        columns: d.range(1, u64::from(format.columns) + 1) as u8,
        rows: d.range(6, u64::from(format.rows) / 2) as Rows * if d.chance(0.1) { 3 } else { 1 },
        page: d.chance(0.34).then(|| d.range(1, 12) as u16),
        filler: d.chance(0.25),
    };
    (0..n).map(one).collect()
}

/// An edition with odd items: no text, pictures alone, no breaks, pins that can't be kept.
pub(super) fn odd(seed: u64, kind: usize, n: usize) -> Edition {
    let mut d = Dice::new(seed ^ 0xfeed);
    let mut e = edition(seed, kind, n);
    let f = e.format.clone();
    for k in 0..n {
        let (section, order, priority) =
            (e.items[k].section, e.items[k].order, e.items[k].priority);
        match d.range(0, 11) {
            0 => e.items[k] = item(&mut d, &f, 20.0, 4),
            1 => e.items[k] = item(&mut d, &f, 6000.0, 0),
            2 => e.items[k] = item(&mut d, &f, 60.0, 0),
            3 => e.items[k].may_jump = false,
            4 => e.items[k].page = Some(d.range(1, 9) as u16),
            5 => e.items[k].columns = Some(d.range(1, 6) as u8),
            6 => e.items[k].galley = Galley::default(),
            7 => e.items[k].pictures.iter_mut().for_each(|p| p.aspect = 0.2 + 4.0 * d.unit()),
            8 => e.items[k]
                .heads
                .iter_mut()
                .for_each(|h| h.set.iter_mut().take(2).for_each(|s| *s = None)),
            9 => {
                for s in &mut e.items[k].galley.slices {
                    s.rows = d.range(1, 4) as u16;
                    s.break_after = None;
                }
            }
            _ => {}
        }
        let i = &mut e.items[k];
        (i.section, i.order, i.priority) = (section, order, priority);
    }
    elastic(&mut Dice::new(seed ^ 0xb0c5), &mut e);
    e
}

/// Makes some items boxed, rails or pictures by themselves, and gives some mug shots and short
/// headlines.
fn elastic(d: &mut Dice, e: &mut Edition) {
    for i in &mut e.items {
        match d.range(0, 7) {
            0 => (i.boxed, i.may_jump) = (true, false),
            1 => {
                (i.kind, i.may_jump, i.columns, i.deck) = (ItemKind::Rail, false, None, None);
                i.pictures.clear();
                i.quotes.clear();
                for s in &mut i.galley.slices {
                    (s.jump_after, s.relief) = (false, true);
                }
            }
            2 => i.pictures.truncate(1),
            3 => i.pictures.iter_mut().for_each(|p| (p.mug, p.most_columns) = (true, 1)),
            4 => i.heads.iter_mut().for_each(|h| {
                h.short = h
                    .set
                    .iter()
                    .map(|s| s.map(|s| HeadSetting { rows: 2, lines: 1, ..s }))
                    .collect();
            }),
            _ => {}
        }
        if d.chance(0.1)
            && !i.pictures.is_empty()
            && !i.pictures[0].mug
            && i.kind == ItemKind::Story
        {
            i.pictures.truncate(1);
            (i.pictures[0].most_columns, i.pictures[0].whole) = (8, false);
            i.quotes.clear();
            (i.kind, i.deck, i.galley) = (ItemKind::Picture, None, Galley::default());
        }
    }
}

/// Changes numbers of locked pages, as somebody may who writes such a file by hand.
pub(super) fn spoil(d: &mut Dice, locked: &mut [LockedPage]) {
    for page in locked.iter_mut().map(|locked| &mut locked.page) {
        let count = page.modules.len().max(1) as u64;
        let Some(m) = page.modules.get_mut(d.range(0, count - 1) as usize) else { continue };
        match d.range(0, 13) {
            0 => m.item = d.range(0, 70) as usize,
            1 => m.cells.columns = d.range(0, 255) as u8,
            2 => m.cells.row = d.range(0, 65_535) as Rows,
            3 => m.legs.iter_mut().for_each(|leg| leg.end += d.range(0, 9) as usize),
            4 => m.legs.iter_mut().for_each(|leg| leg.first = usize::MAX),
            5 => m.head_step = Some(d.range(0, 400) as usize),
            6 => m.head.rows = d.range(0, 65_535) as Rows,
            7 => m.legs.clear(),
            8 => m.jump_line = Some(m.cells),
            9 => m.part = d.range(0, 255) as u16,
            10 => m.to = Some(d.range(0, 65_535) as u16),
            11 => page.top = d.range(0, 200) as Rows,
            12 => page.section = Some(d.range(0, 99) as u16),
            _ => page.number = d.range(0, 99) as u16,
        }
    }
}

/// An edition whose editor has pinned a third of its stories in every way there is.
pub(super) fn pinned(seed: u64, kind: usize, n: usize) -> Edition {
    let mut d = Dice::new(seed ^ 0x91b);
    let mut e = edition(seed, kind, n);
    for k in 0..n {
        let other = d.range(0, n as u64 - 1) as usize;
        let item = &mut e.items[k];
        match d.range(0, 20) {
            0 => item.page = Some(d.range(1, 8) as u16),
            1 => item.columns = Some(d.range(1, 6) as u8),
            2 => item.hand.with = vec![other],
            3 => item.hand.apart = vec![other],
            4 => item.hand.size = Some(Size::Large),
            5 => item.hand.size = Some(Size::Small),
            6 => item.hand.size = Some(Size::Head(d.range(10, 80) as f32)),
            7 | 8 => {
                let edge = [None, Some(Edge::Top), Some(Edge::Foot)][d.range(0, 2) as usize];
                let flank = [None, Some(Flank::Outer), Some(Flank::Inner)][d.range(0, 2) as usize];
                item.hand.position = Some(Position { edge, flank });
            }
            _ => {}
        }
    }
    e
}

/// A tabloid's edition of `n` stories.
pub(crate) fn edition_of(seed: u64, n: usize) -> Edition {
    edition(seed, 0, n)
}
