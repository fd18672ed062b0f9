//! Faults planted in sound pages: each family of rules must find its own. A plan, a theme or a
//! grid is tampered with, and the pages are composed and read as any others are.

use std::path::Path;
use std::sync::LazyLock;

use stonehand::compose::{Composition, compose};
use stonehand::grid::Grid;
use stonehand::makeup::Plan;
use stonehand::makeup::model::{Cells, GivenUp, Module, PagePlan, Sacrifice};
use stonehand::typeset::Theme;

use crate::rule::{Fault, Rule};
use crate::{Made, ROOT, apart};

/// What the built-in themes share, which has the text of a story in it.
const THEME: &str = include_str!("../../templates/print/parts.typ");

/// The demo as it is.
static SOUND: LazyLock<Made> = LazyLock::new(|| Made::plan(Path::new(ROOT), None));

/// The faults of the demo's pages with a plan, a theme and a grid that are not its own.
fn faults(plan: &Plan, theme: &Theme, grid: &Grid) -> Vec<Fault> {
    let Made { edition, planned, .. } = &*SOUND;
    let composition = Composition { plan, grid, ..planned.composition(edition, grid) };
    let document =
        compose(&composition, theme, &planned.pictures, &planned.ads, &planned.furniture).unwrap();
    apart(SOUND.hold(&document).faults, plan).1
}

/// The theme with a piece of it replaced.
fn theme_with(old: &str, new: &str) -> Theme {
    assert_eq!(THEME.matches(old).count(), 1, "the theme has no single “{old}” any more");
    Theme::load("classic", &[("parts.typ".into(), THEME.replace(old, new))]).unwrap()
}

/// The plan with every module changed that `change` says it has changed.
fn plan_with(change: impl Fn(&PagePlan, &mut Module) -> bool) -> Plan {
    let mut plan = SOUND.planned.plan.clone();
    let mut changed = 0;
    for page in &mut plan.pages {
        let before = page.clone();
        changed += page.modules.iter_mut().filter_map(|m| change(&before, m).then_some(())).count();
    }
    assert!(changed > 0, "the demo has no module to plant it in");
    plan
}

/// Holds that a rule is broken, and was not before.
fn finds(rule: Rule, found: &[Fault]) {
    let count = |all: &[Fault]| all.iter().filter(|fault| fault.rule == rule).count();
    let before = faults(&SOUND.planned.plan, &SOUND.theme, &SOUND.grid);
    assert!(count(found) > count(&before), "{rule:?} is not found: {found:#?}");
}

/// Holds that pages made to a plan that was tampered with break rules.
fn finds_in(rules: &[Rule], change: impl Fn(&PagePlan, &mut Module) -> bool) {
    let found = faults(&plan_with(change), &SOUND.theme, &SOUND.grid);
    rules.iter().for_each(|rule| finds(*rule, &found));
}

/// Holds that pages set by another theme break a rule.
fn finds_set(rule: Rule, old: &str, new: &str) {
    finds(rule, &faults(&SOUND.planned.plan, &theme_with(old, new), &SOUND.grid));
}

#[test]
fn a_wider_leg_is_found() {
    let grid = Grid { column: SOUND.grid.column + 2.0, ..SOUND.grid.clone() };
    finds(Rule::Rectangle, &faults(&SOUND.planned.plan, &SOUND.theme, &grid));
}

#[test]
fn a_leg_in_another_story_s_rectangle_is_found() {
    finds_in(&[Rule::Rectangle, Rule::Overlap], |page, module| {
        let other = page.modules.iter().find(|other| other.item != module.item);
        let there = other.and_then(|other| other.legs.first()).map(|leg| leg.cells);
        match (there, module.legs.last_mut()) {
            (Some(there), Some(leg)) if module.rank == 0 => {
                (leg.cells.column, leg.cells.row) = (there.column, there.row);
                true
            }
            _ => false,
        }
    });
}

#[test]
fn a_leg_off_the_page_is_found() {
    finds_in(&[Rule::OffPage], |page, module| {
        let leg = module.legs.last_mut().filter(|_| page.number == 2);
        leg.is_some_and(|leg| {
            leg.cells.row = SOUND.grid.rows - leg.cells.rows + 1;
            true
        })
    });
}

#[test]
fn a_line_off_its_row_is_found() {
    finds_set(Rule::OffGrid, "  s.blocks\n", "  v(look.row / 2)\n  s.blocks\n");
    finds_set(Rule::OffGrid, "  s.blocks\n", "  v(0.3pt)\n  s.blocks\n");
}

#[test]
fn lost_and_doubled_words_and_words_out_of_order_are_found() {
    finds_set(Rule::Words, "  s.blocks\n", "  hide(s.blocks)\n");
    finds_set(Rule::Words, "  s.blocks\n", "  s.blocks\n  s.opening\n");
    finds_set(Rule::Words, "  s.blocks\n", "  s.blocks\n  s.deck\n");
    finds_set(
        Rule::Words,
        "  s.blocks\n  if s.facts != none { facts(look, s.facts) }\n",
        "  if s.facts != none { facts(look, s.facts) }\n  s.blocks\n",
    );
    // The legs in another order than that of reading.
    finds_in(&[Rule::Words], |_, module| match module.legs.as_mut_slice() {
        [first, second, ..] => {
            std::mem::swap(&mut first.cells, &mut second.cells);
            true
        }
        _ => false,
    });
}

#[test]
fn parts_that_are_left_out_and_not_declared_are_found() {
    finds_in(&[Rule::Deck], |_, module| module.deck.take().is_some());
    finds_in(&[Rule::Picture], |_, module| module.pictures.pop().is_some());
    finds_in(&[Rule::Quote], |_, module| module.quotes.pop().is_some());
}

#[test]
fn a_wrong_page_number_is_found() {
    let other = |page: &mut Option<u16>| {
        page.as_mut().is_some_and(|page| {
            *page += 1;
            true
        })
    };
    finds_in(&[Rule::PageName], |_, module| other(&mut module.to));
    finds_in(&[Rule::PageName], |_, module| other(&mut module.from));
}

#[test]
fn legs_of_the_wrong_length_are_found() {
    let first = |module: &mut Module, rows| {
        let leg = module.legs.first_mut();
        leg.is_some_and(|leg| {
            leg.cells.rows = rows;
            true
        })
    };
    finds_in(&[Rule::Leg], |_, module| module.legs.len() > 1 && first(module, 3));
    finds_in(&[Rule::Leg], |_, module| {
        let rows: u16 = module.legs.iter().map(|leg| leg.cells.rows).sum();
        rows > 80 && first(module, 80)
    });
}

#[test]
fn a_few_lines_under_a_picture_are_found() {
    finds_in(&[Rule::UnderPicture], |_, module| {
        let over = |leg: &Cells, picture: &Cells| {
            (picture.column..picture.column + picture.columns).contains(&leg.column)
                && picture.row < leg.row
        };
        let pictures = module.pictures.clone();
        let mut legs = module.legs.iter_mut();
        let leg = legs.find(|leg| pictures.iter().any(|p| over(&leg.cells, &p.cells)));
        leg.is_some_and(|leg| {
            leg.cells.rows = 3;
            true
        })
    });
}

#[test]
fn bad_breaks_are_found() {
    // Shorter legs break somewhere else; among many, some break badly.
    let shorter = |rows: u16| {
        plan_with(|_, module| {
            let long = module.legs.iter_mut().filter(|leg| leg.cells.rows > rows + 7);
            long.map(|leg| leg.cells.rows -= rows).count() > 0
        })
    };
    let found: Vec<Fault> =
        (1..8).flat_map(|rows| faults(&shorter(rows), &SOUND.theme, &SOUND.grid)).collect();
    for rule in [Rule::Break, Rule::Subhead] {
        assert!(found.iter().any(|fault| fault.rule == rule), "{rule:?} is not found");
    }
    assert!(found.iter().any(|fault| fault.what.contains("at a leg's top")), "no widow");
    assert!(
        found.iter().any(|fault| fault.what.contains("one line of a paragraph at a leg's foot"))
    );
}

#[test]
fn a_column_that_ends_early_is_found() {
    finds_in(&[Rule::White], |_, module| match module.legs.as_mut_slice() {
        [_, .., last] if last.cells.rows > 12 => {
            last.cells.rows -= 5;
            true
        }
        _ => false,
    });
}

#[test]
fn heads_of_the_wrong_size_are_found() {
    let sized = "text(size: size * 1pt, weight: style";
    finds_set(Rule::HeadSize, sized, "text(size: size * 1.03pt, weight: style");
    // The largest head of the ladder in a narrow place.
    let shout = |_: &PagePlan, module: &mut Module| {
        let narrow = module.cells.columns <= 2 && module.rank > 0 && module.head_step.is_some();
        if narrow {
            module.head_step = Some(SOUND.theme.contract.ladder.len() - 1);
        }
        narrow
    };
    finds_in(&[Rule::HeadLines, Rule::HeadOrder], shout);
    let hyphens = "linebreaks: \"simple\")\n  set text(hyphenate: ";
    let theme = theme_with(&format!("{hyphens}false)"), &format!("{hyphens}true)"));
    finds(Rule::HeadHyphen, &faults(&plan_with(shout), &theme, &SOUND.grid));
}

#[test]
fn a_head_at_a_page_s_foot_is_found() {
    finds_in(&[Rule::HeadLow], |page, module| {
        module.head.row = SOUND.grid.rows - module.head.rows - 9;
        page.number == 1 && module.rank == 0
    });
}

#[test]
fn a_second_jump_is_found() {
    let mut plan = SOUND.planned.plan.clone();
    let is_rest = |module: &&mut Module| module.part == 1 && module.legs.len() > 1;
    let from = plan.pages.iter_mut().find_map(|page| {
        let rest = page.modules.iter_mut().find(is_rest)?;
        let leg = rest.legs.pop()?;
        let again = Module { part: 2, from: Some(page.number), legs: vec![leg], ..rest.clone() };
        rest.to = Some(page.number + 1);
        rest.jump_line = Some(Cells { rows: 1, ..leg.cells });
        Some((page.number, again))
    });
    let (number, again) = from.expect("the demo has a remainder of two legs");
    plan.pages[usize::from(number)].modules.push(again);
    finds(Rule::SecondJump, &faults(&plan, &SOUND.theme, &SOUND.grid));
}

#[test]
fn what_is_declared_is_told_apart_and_some_rules_know_no_excuse() {
    let kinds = [
        Sacrifice::PinPage,
        Sacrifice::PageCount,
        Sacrifice::White,
        Sacrifice::Picture,
        Sacrifice::Quote,
        Sacrifice::Deck,
        Sacrifice::SecondJump,
        Sacrifice::Leg,
        Sacrifice::Tombstone,
        Sacrifice::Hierarchy,
    ];
    let all = kinds.map(|what| GivenUp { page: None, item: None, what, amount: 1.0 });
    let excused = Plan { given_up: all.to_vec(), ..SOUND.planned.plan.clone() };
    let fault = |rule| Fault { rule, page: Some(2), story: Some(3), what: String::new() };
    for rule in
        [Rule::Overlap, Rule::Rectangle, Rule::OffPage, Rule::OffGrid, Rule::Words, Rule::PageName]
    {
        assert!(!fault(rule).is_declared(&excused), "{rule:?}");
    }
    for rule in [Rule::Leg, Rule::Break, Rule::White, Rule::SecondJump, Rule::HeadOrder] {
        assert!(fault(rule).is_declared(&excused), "{rule:?}");
    }
    // What is declared of one story or page excuses no other.
    let one = GivenUp { page: Some(2), item: Some(3), what: Sacrifice::Leg, amount: 1.0 };
    let plan = Plan { given_up: vec![one], ..excused };
    assert!(
        fault(Rule::Break).is_declared(&plan)
            && !fault(Rule::White).is_declared(&Plan { given_up: vec![], ..plan.clone() })
    );
    assert!(!Fault { story: Some(4), ..fault(Rule::Break) }.is_declared(&plan));
    assert!(!Fault { page: Some(1), ..fault(Rule::Break) }.is_declared(&plan));
}
