//! Properties of plans of random editions.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::draft::Tail;
use super::edition::attempt::Attempt;
use super::effort::attempt::STYLES;
use super::model::{
    Edge, Edition, Flank, Head, HeadSetting, Item, ItemKind, LockedPage, Module, PageCount,
    PagePlan, Picture, Plan, Position, Sacrifice, Search, Size, Slice, Wide,
};
use super::page::workshop::Workshop;
use super::seeded::{self, Dice};
use super::shape::threading::IndexedText;
use super::shape::zones::{Finder, Threading};
use super::{Why, alternatives, broken, check, loose, make_up};

fn sound(edition: &Edition) -> Plan {
    let plan = make_up(edition);
    let wrong = check(edition, &plan);
    assert!(wrong.is_empty(), "{wrong:#?}\n{:#?}", plan.given_up);
    let Search { cost, bound, .. } = plan.search;
    assert!(bound <= cost + 0.01, "a plan that costs {cost} is below the bound of {bound}");
    plan
}

/// One edition of a single item.
fn single(item: Item) -> Edition {
    Edition {
        format: seeded::format(0),
        items: vec![item],
        sections: 1,
        pages: PageCount { wanted: None, multiple: 1 },
        front_stories: 5,
        ads: Vec::new(),
        locked: Vec::new(),
        day: 0,
    }
}

/// The same editions at every run, so that a change is judged by what it changed; more of them,
/// or others, if `PROPTEST_CASES` or `PROPTEST_RNG_SEED` ask for it.
fn cases() -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { 48 };
    let rng_seed = match asked.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1_450),
        fixed @ RngSeed::Fixed(_) => fixed,
    };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..asked }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_edition_is_placed(seed in 0u64..1 << 40, kind in 0usize..3, n in 1usize..60) {
        sound(&seeded::edition(seed, kind, n));
    }

    #[test]
    fn editions_with_ads_are_placed(
        seed in 0u64..1 << 40, kind in 0usize..3, n in 1usize..40, ads in 1usize..9,
    ) {
        let mut edition = seeded::edition(seed, kind, n);
        edition.ads = seeded::ads(seed, &edition.format, ads);
        sound(&edition);
    }

    #[test]
    fn editions_with_pins_are_placed(
        seed in 0u64..1 << 40, kind in 0usize..3, n in 1usize..40, ads in 0usize..4,
    ) {
        let mut edition = seeded::pinned(seed, kind, n);
        edition.ads = seeded::ads(seed, &edition.format, ads);
        sound(&edition);
    }

    #[test]
    fn locked_pages_stand_or_are_named(
        seed in 0u64..1 << 40, kind in 0usize..3, n in 8usize..40, which in 1u32..255,
        ads in 0usize..4,
    ) {
        let mut edition = seeded::edition(seed, kind, n);
        edition.ads = seeded::ads(seed, &edition.format, ads);
        let plan = make_up(&edition);
        let numbers: Vec<u16> = (0..8).filter(|k| which >> k & 1 == 1).map(|k| k + 1).collect();
        edition.locked = lock(&plan, &numbers);
        prop_assert_eq!(loose(&edition), vec![]);
        // The story that weighs most on no locked page gets another text.
        let mut d = Dice::new(seed);
        let f = edition.format.clone();
        let free = (0..n).find(|k| !edition.locked.iter().any(|l| has(&l.page, *k)));
        if let Some(k) = free {
            edition.items[k].galley = seeded::item(&mut d, &f, 500.0, 0).galley;
        }
        prop_assert_eq!(loose(&edition), vec![]);
        let plan = make_up(&edition);
        let named = broken(&edition, &plan);
        if named.is_empty() {
            prop_assert_eq!(check(&edition, &plan), Vec::<String>::new());
        } else {
            // Without the pages that are named, the others stand, or are named in their turn.
            edition.locked.retain(|l| !named.iter().any(|one| one.page == l.page.number));
            prop_assert!(edition.locked.len() < numbers.len());
        }
    }

    #[test]
    fn alternatives_differ_and_leave_the_other_pages_alone(
        seed in 0u64..1 << 40, kind in 0usize..3, n in 3usize..30, page in 0u16..6, ads in 0usize..4,
    ) {
        let mut edition = seeded::edition(seed, kind, n);
        edition.ads = seeded::ads(seed, &edition.format, ads);
        let plan = make_up(&edition);
        let number = page % plan.pages.len() as u16 + 1;
        let found = alternatives(&edition, number, 3);
        prop_assert!(found.len() <= 3);
        prop_assert!(found.windows(2).all(|two| two[0].more <= two[1].more));
        let now = plan.pages.iter().find(|p| p.number == number);
        for (k, one) in found.iter().enumerate() {
            prop_assert_eq!(check(&edition, &one.plan), Vec::<String>::new());
            let page = one.page(number);
            prop_assert!(page.is_some() && page != now);
            prop_assert!(found[..k].iter().all(|other| other.page(number) != page));
            let others = |plan: &Plan| -> Vec<PagePlan> {
                plan.pages.iter().filter(|p| p.number != number).cloned().collect()
            };
            prop_assert_eq!(others(&one.plan), others(&plan));
            // The same text stands on it, to the slice; a whole story may stand at double measure.
            let texts = |page: Option<&PagePlan>| -> Vec<_> {
                let all = page.iter().flat_map(|p| &p.modules);
                let first = |m: &Module| m.legs.first().map(|leg| leg.first);
                let cut = |m: &Module| m.jump_line.and(m.legs.last()).map(|leg| leg.end);
                let mut all: Vec<_> = all.map(|m| (m.item, m.part, first(m), cut(m))).collect();
                all.sort_unstable();
                all
            };
            prop_assert_eq!(texts(page), texts(now));
        }
    }

    #[test]
    fn whatever_a_lock_says_nothing_breaks(seed in 0u64..1 << 40, n in 8usize..30) {
        let mut edition = seeded::edition(seed, 0, n);
        let plan = make_up(&edition);
        edition.locked = lock(&plan, &[1, 2]);
        seeded::spoil(&mut Dice::new(seed), &mut edition.locked);
        let wrong: Vec<u16> = loose(&edition).iter().map(|one| one.page).collect();
        edition.locked.retain(|l| !wrong.contains(&l.page.number));
        let plan = make_up(&edition);
        let _ = broken(&edition, &plan);
    }

    #[test]
    fn odd_editions_are_placed(seed in 0u64..1 << 40, kind in 0usize..3, n in 1usize..40) {
        sound(&seeded::odd(seed, kind, n));
    }
}

#[test]
fn two_hundred_briefs_are_placed() {
    let mut d = Dice::new(7);
    let mut e = seeded::edition(7, 0, 200);
    let f = e.format.clone();
    for (k, i) in e.items.iter_mut().enumerate() {
        let (section, order) = (i.section, k as u16);
        *i = seeded::item(&mut d, &f, 60.0, 0);
        (i.section, i.order) = (section, order);
    }
    let plan = sound(&e);
    assert!(plan.pages.len() < 20, "{} pages", plan.pages.len());
}

#[test]
fn twenty_thousand_words_are_placed() {
    let mut d = Dice::new(3);
    let f = seeded::format(0);
    sound(&single(seeded::item(&mut d, &f, 20_000.0, 1)));
    sound(&single(seeded::item(&mut d, &f, 20_000.0, 0)));
}

#[test]
fn pictures_without_a_text_are_placed() {
    let mut d = Dice::new(5);
    let f = seeded::format(0);
    for pictures in 0..5 {
        sound(&single(seeded::item(&mut d, &f, 20.0, pictures)));
    }
}

#[test]
fn a_plan_is_the_same_each_time() {
    let e = seeded::edition(11, 0, 31);
    assert_eq!(make_up(&e), make_up(&e));
}

#[test]
fn pins_are_kept_or_told() {
    let mut e = seeded::edition(12, 0, 31);
    e.items[3].page = Some(4);
    e.items[5].page = Some(99);
    e.items[6].columns = Some(2);
    sound(&e);
}

fn has(page: &PagePlan, item: usize) -> bool {
    page.modules.iter().any(|m| m.item == item)
}

/// Some pages of a plan, locked.
fn lock(plan: &Plan, numbers: &[u16]) -> Vec<LockedPage> {
    let pages = plan.pages.iter().filter(|page| numbers.contains(&page.number));
    let own = |page: &PagePlan| {
        use Sacrifice::{Leg, LongHead, LowHead, White};
        let kinds = [White, Leg, LowHead, LongHead];
        let mut given_up = plan.given_up.clone();
        given_up.retain(|g| g.page == Some(page.number) && kinds.contains(&g.what));
        given_up
    };
    pages.map(|page| LockedPage { page: page.clone(), given_up: own(page) }).collect()
}

#[test]
fn a_locked_page_stays_when_the_others_change() {
    let mut kept = 0;
    for seed in 50..62 {
        let mut e = seeded::edition(seed, 0, 40);
        let number = 1 + (seed % 4) as u16;
        let before = make_up(&e);
        e.locked = lock(&before, &[number]);
        // A story of another page is twice as long.
        let other = (0..40).rev().find(|k| !has(&e.locked[0].page, *k)).unwrap();
        let twice = e.items[other].galley.slices.clone();
        e.items[other].galley.slices.extend(twice);
        let after = make_up(&e);
        if broken(&e, &after).is_empty() {
            kept += 1;
            assert_eq!(check(&e, &after), Vec::<String>::new());
            let at = usize::from(number) - 1;
            let stand = |plan: &Plan| -> Vec<_> {
                plan.pages[at].modules.iter().map(|m| (m.item, m.cells, m.legs.clone())).collect()
            };
            assert_eq!(stand(&before), stand(&after));
        }
    }
    assert!(kept >= 11, "{kept} of 12 locks were kept");
}

#[test]
fn a_lock_says_which_story_does_not_fit_it_any_more() {
    let e = seeded::edition(51, 0, 40);
    let plan = make_up(&e);
    let locked = lock(&plan, &[2]);
    let whole = |m: &&Module| m.part == 0 && m.jump_line.is_none() && m.measure == 1;
    let item = locked[0].page.modules.iter().find(whole).unwrap().item;
    let why = |change: &dyn Fn(&mut Item)| {
        let mut e = Edition { locked: locked.clone(), ..e.clone() };
        change(&mut e.items[item]);
        let found = loose(&e);
        assert!(found.iter().all(|one| one.item == Some(item) && one.page == 2), "{found:?}");
        found.into_iter().next().map(|one| one.why)
    };
    assert_eq!(why(&|_| ()), None);
    let line = |e: &mut Item| e.galley.slices.push(e.galley.slices[0]);
    assert_eq!(why(&line), Some(Why::Text(1)));
    assert_eq!(
        why(&|item| item.galley.slices.truncate(3)),
        Some(Why::Text(3 - e.items[item].galley.slices.len() as i64))
    );
    assert_eq!(why(&|item| item.galley.slices[0].rows += 1), Some(Why::Lines));
    let taller = |item: &mut Item| {
        item.heads.iter_mut().flat_map(|h| h.set.iter_mut().flatten()).for_each(|s| s.rows += 1);
    };
    assert_eq!(why(&taller), Some(Why::Head));
}

#[test]
fn stories_stand_together_apart_and_where_they_are_wanted() {
    let (mut kept, mut all, mut missed) = (0, 0, Vec::new());
    for seed in 70..78 {
        let mut e = seeded::edition(seed, 0, 32);
        let by_order =
            |e: &Edition, order: u16| e.items.iter().position(|i| i.order == order).unwrap();
        let (a, b, c, d) = (by_order(&e, 7), by_order(&e, 22), by_order(&e, 9), by_order(&e, 10));
        e.items[a].hand.with = vec![b];
        e.items[c].hand.apart = vec![d];
        e.items[c].hand.position = Some(Position { edge: Some(Edge::Foot), flank: None });
        e.items[d].hand.position =
            Some(Position { edge: Some(Edge::Top), flank: Some(Flank::Outer) });
        e.items[b].hand.size = Some(Size::Small);
        let plan = sound(&e);
        let refused: Vec<_> = plan.given_up.iter().filter(|g| g.what.is_pin()).collect();
        (kept, all) = (kept + 5 - refused.len(), all + 5);
        missed.extend(refused.iter().map(|g| (seed, g.what)));
        if !plan.given_up.iter().any(|g| g.what == Sacrifice::PinWith) {
            assert_eq!(pages_of(&plan, a)[0], pages_of(&plan, b)[0]);
        }
    }
    assert!(10 * kept >= 8 * all, "{kept} of {all} pins were kept: not {missed:?}");
}

/// The pages that parts of a story stand on.
fn pages_of(plan: &Plan, item: usize) -> Vec<u16> {
    let on = |p: &&PagePlan| p.modules.iter().any(|m| m.item == item);
    plan.pages.iter().filter(on).map(|p| p.number).collect()
}

#[test]
fn a_page_pin_is_kept_where_the_page_has_room() {
    for seed in 20..26 {
        let mut e = seeded::edition(seed, 0, 31);
        // Stories of middling weight, two of them on one page.
        for (order, page) in [(6, 4), (9, 3), (14, 4)] {
            let item = e.items.iter_mut().find(|i| i.order == order).unwrap();
            item.page = Some(page);
        }
        let plan = sound(&e);
        for (item, it) in e.items.iter().enumerate().filter(|(_, it)| it.page.is_some()) {
            assert_eq!(pages_of(&plan, item).first().copied(), it.page, "seed {seed}");
        }
    }
}

#[test]
fn stories_that_may_not_jump_stay_on_one_page() {
    for seed in 30..36 {
        let mut e = seeded::edition(seed, 0, 31);
        e.items.iter_mut().for_each(|i| i.may_jump = false);
        let plan = sound(&e);
        for item in 0..e.items.len() {
            assert_eq!(pages_of(&plan, item).len(), 1, "seed {seed}, story {item}");
        }
    }
}

#[test]
fn repair_makes_no_edition_worse() {
    for seed in 40..46 {
        let e = seeded::edition(seed, 0, 40);
        let mut attempt = Attempt::new(&e).made_in(STYLES[0]);
        let before = attempt.price();
        attempt.repair();
        assert!(attempt.price() <= before + 0.01, "seed {seed}: {before} to {}", attempt.price());
    }
}

#[test]
fn a_leg_ends_a_row_early_where_it_must() {
    let line = |break_after| Slice {
        gap: 0,
        rows: 1,
        break_after,
        jump_after: false,
        relief: false,
        again: 0,
    };
    let mut slices = vec![line(Some(0.0)); 30];
    slices[9].break_after = None;
    let text = IndexedText::new(&super::model::Galley { slices });
    let mut left = 1;
    assert_eq!(text.leg_or_short(0, 9, &mut left).map(|leg| leg.0), Some(9));
    assert_eq!(left, 1);
    assert_eq!(text.leg_or_short(0, 10, &mut left).map(|leg| leg.0), Some(9));
    assert_eq!(left, 0);
    assert_eq!(text.leg_or_short(0, 10, &mut left), None);
}

#[test]
fn a_mug_shot_stands_at_the_top_or_inside_a_leg() {
    let mut d = Dice::new(4);
    let mut item = seeded::item(&mut d, &seeded::format(0), 700.0, 1);
    (item.pictures[0].mug, item.pictures[0].most_columns) = (true, 1);
    item.quotes.clear();
    let e = single(item);
    let workshop = Workshop::new(&e);
    let found = Finder::find(
        &e.format,
        &e.items[0],
        &workshop.texts[0],
        &workshop.units[0],
        Tail::End,
        Threading::Strict,
    );
    let shown: Vec<_> = found.iter().filter(|z| z.n_pics == 1).collect();
    assert!(shown.iter().any(|z| z.inset.is_some()), "none inside a leg");
    assert!(shown.iter().any(|z| z.inset.is_none()), "none at a top");
    for z in shown {
        let mug = z.pictures()[0];
        assert_eq!(mug.columns, 1);
        assert!((12..=18).contains(&mug.rows), "{} rows", mug.rows);
        if let Some(at) = z.inset {
            assert_eq!((at.column, at.row + 1), (mug.column, mug.row));
            assert_eq!(at.rows, 1 + mug.rows + mug.caption);
        }
    }
}

#[test]
fn a_lead_may_stand_at_double_measure_and_nothing_else_does() {
    let mut wide = 0;
    for seed in 0..40 {
        let e = seeded::edition(seed, 0, 24);
        let plan = sound(&e);
        for m in plan.pages.iter().flat_map(|p| &p.modules).filter(|m| m.measure > 1) {
            assert!(m.rank == 0 && e.items[m.item].wide.is_some());
            assert!(m.legs.iter().all(|leg| leg.cells.columns == 2));
            assert!(m.pictures.iter().all(|p| p.cells.columns % 2 == 0));
            wide += 1;
        }
    }
    assert!(wide >= 5, "{wide} leads at double measure");
}

#[test]
fn texts_with_wide_tables_stand_in_wider_legs_and_take_their_heads_along() {
    let mut wide = 0;
    for seed in 0..24 {
        let mut e = seeded::edition(seed, 0, 16);
        for (k, item) in e.items.iter_mut().enumerate().filter(|(k, _)| k % 3 == 0) {
            // A table in the middle of the text, with a head of two rows.
            let count = item.galley.slices.len();
            let table = count / 3..(count / 3 + 20).min(count);
            for slice in item.galley.slices.get_mut(table).into_iter().flatten().skip(1) {
                (slice.gap, slice.again, slice.relief) = (0, 2, true);
            }
            let measure = 2 + (k % 2) as u8;
            if item.kind == ItemKind::Story && item.columns.is_none() {
                item.wide = Some(Wide { measure, wanted: true, galley: item.galley.clone() });
            }
        }
        let plan = sound(&e);
        let modules = plan.pages.iter().flat_map(|p| &p.modules).filter(|m| m.measure > 1);
        wide += modules.filter(|m| m.rank > 0).count();
    }
    assert!(wide >= 5, "{wide} stories in wider legs below the lead");
}

#[test]
fn a_short_headline_is_taken_where_the_other_does_not_fit() {
    let mut d = Dice::new(5);
    let setting = |rows, lines| HeadSetting {
        rows,
        lines,
        last_line: 0.9,
        last_word_alone: false,
        bad_ends: 0,
        fill: 1.0,
        white: 0.0,
        hole: 0.0,
    };
    let mut taken = |lines: u8| {
        let mut item = seeded::item(&mut d, &seeded::format(0), 500.0, 0);
        (item.deck, item.columns) = (None, Some(3));
        item.heads = [39.0, 44.0, 49.0]
            .map(|size| Head {
                size,
                set: vec![Some(setting(5 * u16::from(lines), lines)); 5],
                short: vec![Some(setting(5, 1)); 5],
            })
            .to_vec();
        sound(&single(item)).pages[0].modules[0].short_head
    };
    // Over three columns a head may have three lines.
    assert!(!taken(2));
    assert!(taken(4));
}

#[test]
fn a_rail_is_narrow_and_as_long_as_its_page() {
    let mut d = Dice::new(6);
    let mut rail = seeded::item(&mut d, &seeded::format(0), 540.0, 0);
    (rail.kind, rail.deck, rail.may_jump) = (ItemKind::Rail, None, false);
    rail.quotes.clear();
    rail.galley.slices.iter_mut().for_each(|s| s.jump_after = false);
    let e = single(rail);
    let workshop = Workshop::new(&e);
    let find = |tail| {
        Finder::find(
            &e.format,
            &e.items[0],
            &workshop.texts[0],
            &workshop.units[0],
            tail,
            Threading::Strict,
        )
    };
    let found = find(Tail::End);
    assert!(found.iter().all(|z| z.w <= 2));
    assert!(found.iter().any(|z| z.w == 1 && z.b > 70), "no leg as long as the page");
    assert!(find(Tail::Cut).is_empty());
    sound(&e);
}

#[test]
fn a_broken_plan_is_seen() {
    let e = seeded::edition(13, 0, 20);
    let good = sound(&e);
    let spoil = |f: &dyn Fn(&mut Plan)| {
        let mut p = good.clone();
        f(&mut p);
        assert!(!check(&e, &p).is_empty());
    };
    spoil(&|p| {
        p.pages[0].modules.pop();
    });
    spoil(&|p| p.pages[1].modules[0].cells.row += 1);
    spoil(&|p| p.pages[1].modules[0].legs[0].end -= 1);
    spoil(&|p| p.pages[1].top -= 1);
    spoil(&|p| p.pages[1].modules[0].head.columns -= 1);
}

#[test]
fn a_slice_taller_than_a_page_is_no_panic() {
    let mut d = Dice::new(9);
    let f = seeded::format(1);
    let mut i = seeded::item(&mut d, &f, 200.0, 1);
    i.galley.slices[4] =
        Slice { gap: 1, rows: 300, break_after: None, jump_after: false, relief: true, again: 0 };
    i.pictures.push(Picture {
        aspect: 0.01,
        whole: true,
        keep: 1.0,
        most_columns: 1,
        readable: 0,
        most_rows: 100,
        caption: vec![],
        mug: false,
    });
    let mut e = single(i);
    e.format = f;
    assert!(!make_up(&e).pages.is_empty());
    e.items[0].heads.clear();
    assert!(!make_up(&e).pages.is_empty());
}
