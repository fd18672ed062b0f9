//! Faults planted on purpose: each must be found and named; and what the parts of the program
//! must not know of each other.

#![allow(clippy::unwrap_used, reason = "what can't be unwrapped fails the test")]
#![allow(clippy::print_stdout, reason = "a sweep tells how much it swept")]

mod common;
#[path = "faults/given.rs"]
mod given;
#[path = "faults/house.rs"]
mod house;
#[path = "faults/links.rs"]
mod links;
#[path = "faults/sweep.rs"]
mod sweep;
#[path = "faults/themes.rs"]
mod themes;
#[path = "faults/weights.rs"]
mod weights;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use stonehand::build::{Planned, document, plan};
use stonehand::compose::{Composition, Fault, check, compose};
use stonehand::diag::{Diagnostic, Sources};
use stonehand::export::LeftOutReason;
use stonehand::makeup::Plan;
use stonehand::makeup::model::{GivenUp, Sacrifice};
use stonehand::review::{Finding, FindingKind, Level, Material, review};
use stonehand::typeset::Theme;

use common::Job;

/// What the built-in themes share, which has the text of a story in it.
const THEME: &str = include_str!("../templates/print/parts.typ");

const STORY: &str = "---\nheadline: The wall is raised\nstandfirst: It is to keep the water out.\n---\n\
    First the council voted for the wall after three winters of high water that nobody had seen \
    coming, least of all the harbour master, who lives behind it.\n\n## Who pays\n\nThen the \
    fishermen said it would keep their boats safe, while the shopkeepers feared for the view and \
    asked who was going to pay for eleven hundred tons of granite.\n";

/// A paper of one story, read and planned with a theme that has one file of its own.
fn planned(theme: &str) -> (Job, Sources, Result<Planned, Vec<Diagnostic>>) {
    planned_of(theme, &[("wall.md", STORY)])
}

/// The same of some stories.
fn planned_of(
    theme: &str,
    files: &[(&str, &str)],
) -> (Job, Sources, Result<Planned, Vec<Diagnostic>>) {
    let folder = tempfile::tempdir().unwrap();
    let stories = folder.path().join("content/2026-11-24");
    fs::create_dir_all(&stories).unwrap();
    fs::write(folder.path().join("paper.yaml"), "name: The Echo\n").unwrap();
    for (name, text) in files {
        fs::write(stories.join(name), text).unwrap();
    }
    let own = [("parts.typ".to_string(), theme.to_string())];
    let (job, sources, diagnostics) = Job::read(folder.path(), &[], &own);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut job = job.unwrap();
    let mut edition = job.edition.clone();
    let planned = plan(&mut edition, &mut vec![], &job.press());
    job.edition = edition;
    (job, sources, planned)
}

/// The theme with a piece of it replaced.
fn theme_with(old: &str, new: &str) -> String {
    assert_eq!(THEME.matches(old).count(), 1, "the theme has no single “{old}” any more");
    THEME.replace(old, new)
}

/// What the check finds on pages that another theme set to a sound plan.
fn faults(theme: &str) -> (Vec<Fault>, Sources) {
    let (job, sources, planned) = planned(THEME);
    let planned = planned.unwrap();
    let composition = planned.composition(&job.edition, &job.grid);
    let own = [("parts.typ".to_string(), theme.to_string())];
    let theme = Theme::load("classic", &own).unwrap();
    let document =
        compose(&composition, &theme, &planned.pictures, &planned.ads, &planned.furniture).unwrap();
    (check(&composition, &document), sources)
}

/// Whether one fault is found, with this message, in the line of the story that has these words.
fn names(faults: &[Fault], sources: &Sources, message: &str, words: &str) {
    let [fault] = faults else { panic!("not one fault: {faults:#?}") };
    assert!(fault.message.contains(message), "{}", fault.message);
    let (line, _) = sources.line_column(fault.span.file, fault.span.start);
    let file = sources.get(fault.span.file);
    assert_eq!(file.path, "content/2026-11-24/wall.md");
    let there = file.text.lines().nth(line - 1).unwrap();
    assert!(there.contains(words), "it names “{there}”");
}

#[test]
fn a_sound_composition_has_no_faults() {
    assert_eq!(faults(THEME).0, []);
}

#[test]
fn a_hidden_leg_is_found() {
    let (found, sources) = faults(&theme_with("  s.blocks\n", "  hide(s.blocks)\n"));
    names(&found, &sources, "is not on any page", "Who pays");
    // Taken out of the plan, its lines crowd into the leg before it.
    let (job, sources, planned) = planned(THEME);
    let planned = planned.unwrap();
    let composition = planned.composition(&job.edition, &job.grid);
    let mut tampered = planned.plan.clone();
    let legs = &mut tampered.pages[0].modules[0].legs;
    assert!(legs.len() > 1);
    legs.pop();
    let fewer = Composition { plan: &tampered, ..planned.composition(&job.edition, &job.grid) };
    let document =
        compose(&fewer, &job.theme, &planned.pictures, &planned.ads, &planned.furniture).unwrap();
    names(&check(&composition, &document), &sources, "beside its place on page 1", "fishermen");
}

#[test]
fn a_doubled_paragraph_is_found() {
    let twice = theme_with("  s.blocks\n", "  s.blocks\n  s.opening\n");
    let (found, sources) = faults(&twice);
    names(&found, &sources, "is printed twice", "First the council");
    let deck_again = theme_with("  s.blocks\n", "  s.blocks\n  s.deck\n");
    let (found, sources) = faults(&deck_again);
    names(&found, &sources, "is printed twice", "standfirst");
}

#[test]
fn a_head_of_other_lines_is_found() {
    let narrow = theme_with("block(width: measure, ragged(", "block(width: 0.3 * measure, ragged(");
    let (found, sources) = faults(&narrow);
    let [fault] = &found[..] else { panic!("not one fault: {found:#?}") };
    let said = fault.message.contains("lines where the plan has")
        || fault.message.contains("below the top of its");
    assert!(said, "{}", fault.message);
    let (line, _) = sources.line_column(fault.span.file, fault.span.start);
    assert_eq!(line, 2, "the headline");
}

/// A theme under which the text of some stories comes out wrong: the program goes on without what
/// is at fault, and says so.
#[test]
fn a_fault_never_costs_the_edition() {
    // Beside a cap, one line of the story is lost: without a cap, it stands there.
    let lost = "for line in opening.lines { beside; line; linebreak(justify: true) }";
    let theme = theme_with(
        lost,
        "for line in opening.lines.slice(1) { beside; line; linebreak(justify: true) }",
    );
    let long = format!(
        "---\nheadline: The wall is raised\n---\n{}\n",
        "The council voted for the wall. ".repeat(40)
    );
    let (job, _, planned) = planned_of(&theme, &[("wall.md", &long), ("quay.md", STORY)]);
    assert!(planned.is_ok());
    let mut edition = job.edition.clone();
    let mut left_out = vec![];
    let (planned, _) = document(&mut edition, &mut left_out, &job.press()).unwrap();
    let codes: Vec<&str> = planned.diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert_eq!((codes, left_out.len()), (vec!["set-again"], 0), "{:?}", planned.diagnostics);
    assert!(planned.diagnostics[0].message.contains("without a drop cap"));
    assert!(planned.diagnostics[0].is_worked_round());
    // Where nothing helps, the story is left out and the others are made.
    let hidden = theme_with("  s.blocks\n", "  if \"wall\" not in s.key { s.blocks }\n");
    let (job, _, _) = planned_of(&hidden, &[("wall.md", STORY), ("quay.md", STORY)]);
    let mut edition = job.edition.clone();
    let (planned, _) = document(&mut edition, &mut left_out, &job.press()).unwrap();
    let codes: Vec<&str> = planned.diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["page-differs-from-plan"]);
    assert_eq!(left_out.len(), 1);
    assert!(
        left_out[0].story.ends_with("wall") && left_out[0].reason == LeftOutReason::ProgramFault
    );
    assert_eq!(edition.stories.len(), 1);
}

/// Words that no story has, over those of one: the check of what is planned can't see them.
#[test]
fn texts_that_touch_are_found() {
    let face = "show mono: set text(font: style.named().font, size: size * 1pt)\n";
    let stray = "place(dy: 40pt, text(size: 9pt, top-edge: 7pt, bottom-edge: -2pt, range(20).map(_ => [These words]).join(linebreak())))\n";
    let (found, sources) = faults(&theme_with(face, &format!("{face}    {stray}")));
    names(&found, &sources, "touch", "headline");
    let off = "place(dy: 5000pt, text(size: 9pt)[These words stand nowhere.])\n";
    let (found, sources) = faults(&theme_with(face, &format!("{face}    {off}")));
    names(&found, &sources, "off the sheet", "headline");
}

#[test]
fn a_brief_is_checked_by_itself() {
    let brief = |name: &str| {
        format!(
            "---\nheadline: {name}\nprint: {{brief: true}}\n---\n{name} is told in a line or two.\n"
        )
    };
    let (ferry, market) = (brief("Ferry"), brief("Market"));
    let files = [("wall.md", STORY), ("ferry.md", ferry.as_str()), ("market.md", market.as_str())];
    let (job, sources, planned) = planned_of(THEME, &files);
    let planned = planned.unwrap();
    let composition = planned.composition(&job.edition, &job.grid);
    let set = |theme: &str| {
        let own = [("parts.typ".to_string(), theme.to_string())];
        let theme = Theme::load("classic", &own).unwrap();
        compose(&composition, &theme, &planned.pictures, &planned.ads, &planned.furniture).unwrap()
    };
    assert_eq!(check(&composition, &set(THEME)), []);
    // The second of them loses its text.
    let market = "{ head; if s.key.ends-with(\"ferry\") { s.opening } }); s.blocks";
    let opening = "{ head; if s.dateline != none { dateline(s.dateline) }; s.opening }); s.blocks";
    let found = check(&composition, &set(&theme_with(opening, market)));
    let [fault] = &found[..] else { panic!("not one fault: {found:#?}") };
    assert!(fault.message.contains("is not on any page"), "{}", fault.message);
    assert_eq!(fault.story, "content/2026-11-24/market");
    assert_eq!(sources.get(fault.span.file).path, "content/2026-11-24/market.md");
}

#[test]
fn a_line_off_its_row_is_found() {
    let (found, sources) = faults(&theme_with(
        "  if s.drop-cap != none {\n",
        "  v(look.row / 2)\n  if s.drop-cap != none {\n",
    ));
    names(&found, &sources, "stands 5.", "First the council");
    // A theme that is wrong from the beginning is caught before there is a plan.
    let (_, sources, planned) =
        planned(&theme_with("  s.blocks\n", "  v(look.row / 2)\n  s.blocks\n"));
    let diagnostics = planned.map(|_| ()).unwrap_err();
    assert!(diagnostics[0].message.contains("off the grid"), "{diagnostics:?}");
    let span = diagnostics[0].span.unwrap();
    assert_eq!(sources.get(span.file).path, "content/2026-11-24/wall.md");
    assert!(sources.line_column(span.file, span.start).0 >= 5);
}

/// The findings of a review of a plan that was tampered with.
fn found(tamper: impl Fn(&mut Plan)) -> Vec<Finding> {
    let (job, _, planned) = planned(THEME);
    let mut planned = planned.unwrap();
    tamper(&mut planned.plan);
    let material = Material {
        composition: &planned.composition(&job.edition, &job.grid),
        seen: &planned.seen,
        pictures: &planned.pictures,
        said: &[],
        left_out: &[],
        last: None,
    };
    review(&material).findings
}

#[test]
fn a_broken_rule_comes_before_everything_else() {
    assert!(found(|_| ()).iter().all(|one| one.level < Level::Error));
    let found = found(|plan| plan.pages[0].modules[0].cells.row -= 1);
    assert_eq!((found[0].kind, found[0].level), (FindingKind::Rule, Level::Error));
    let named = found.iter().any(|one| one.what.contains("content/2026-11-24/wall"));
    assert!(named, "{found:#?}");
}

#[test]
fn whatever_was_given_up_is_told_with_what_to_do() {
    let told = [
        (Sacrifice::PinPage, FindingKind::Pin),
        (Sacrifice::PageCount, FindingKind::PageCount),
        (Sacrifice::Quote, FindingKind::Quote),
        (Sacrifice::Deck, FindingKind::Deck),
        (Sacrifice::SecondJump, FindingKind::SecondJump),
        (Sacrifice::Leg, FindingKind::Leg),
        (Sacrifice::Tombstone, FindingKind::Tombstone),
        (Sacrifice::Hierarchy, FindingKind::Hierarchy),
        (Sacrifice::LowHead, FindingKind::LowHead),
        (Sacrifice::LongHead, FindingKind::LongHead),
    ];
    for (what, kind) in told {
        let given = GivenUp { page: Some(1), item: Some(0), what, amount: 29.0 };
        let found = found(|plan| plan.given_up = vec![given.clone()]);
        let one = found.iter().find(|one| one.kind == kind);
        let one = one.unwrap_or_else(|| panic!("{what:?} is not told: {found:#?}"));
        assert_eq!(one.story.as_deref(), Some("content/2026-11-24/wall"));
        assert!(one.amount > 28.0 && !one.advice.is_empty());
    }
    let before = found(|plan| plan.given_up.clear());
    assert!(before.iter().all(|one| told.iter().all(|(_, kind)| one.kind != *kind)));
}

#[test]
fn the_architecture_names_every_part() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    let table = text.lines().skip_while(|line| !line.starts_with("| Entry of `src/`"));
    let named: BTreeSet<String> = table
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_string()))
        .filter(|entry| !entry.contains('/'))
        .collect();
    let entries = fs::read_dir(root.join("src")).unwrap();
    let there: BTreeSet<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(named, there);
}

#[test]
fn the_make_up_knows_numbers_alone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/makeup");
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    for entry in files.filter(|entry| entry.file_type().is_file()) {
        let path = entry.path();
        let text = fs::read_to_string(path).unwrap();
        let mut code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let forbidden = |line: &&str| {
            let others = line.replace("crate::makeup::", "");
            ["typst", "std::fs", "std::path", "crate::"].iter().any(|word| others.contains(word))
        };
        assert_eq!(code.find(forbidden), None, "{}", path.display());
    }
}
