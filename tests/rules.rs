//! The hard rules, read from the composed frames: whole editions are made and every page is held
//! against the rules by what is drawn on it. The plan is asked for one thing alone, what it says
//! it gave up; what is broken beyond that fails the test.
//!
//! The demo paper is always made, in two formats with every theme. Where `STONEHAND_EDITIONS` names
//! a folder of papers, each folder in it that has a `paper.yaml` is made too, and told in a line:
//! `STONEHAND_EDITIONS=FOLDER cargo test --test rules editions -- --nocapture`.

#![allow(clippy::unwrap_used, reason = "what can't be unwrapped fails the test")]
#![allow(clippy::print_stdout, reason = "an edition is told in a line")]

mod common;
#[path = "rules/copy.rs"]
mod copy;
#[path = "rules/frames.rs"]
mod frames;
#[path = "rules/heads.rs"]
mod heads;
#[path = "rules/hold.rs"]
mod hold;
#[path = "rules/plants.rs"]
mod plants;
#[path = "rules/reading.rs"]
mod reading;
#[path = "rules/rule.rs"]
mod rule;
#[path = "rules/space.rs"]
mod space;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use stonehand::build::{Planned, Press, plan};
use stonehand::compose::compose;
use stonehand::grid::{Grid, Sheet};
use stonehand::lineup::Edition;
use stonehand::makeup::Plan;
use stonehand::typeset::Theme;
use typst_layout::PagedDocument;

use common::Job;
use copy::Copy;
use hold::{Found, Hold};
use rule::{Fault, Rule};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const EDITIONS: &str = "STONEHAND_EDITIONS";

/// An edition that was planned, and what its pages are made with.
struct Made {
    edition: Edition,
    theme: Theme,
    grid: Grid,
    planned: Planned,
}

impl Made {
    /// Reads and plans a folder, in a format and a theme of its own or in others.
    fn plan(root: &Path, look: Option<(&str, &str)>) -> Self {
        let mut job = Job::read(root, &[], &[]).0.unwrap();
        if let Some((format, theme)) = look {
            job.theme = Theme::load(theme, &[]).unwrap();
            job.grid = Grid::of(&Sheet::named(format).unwrap(), job.theme.contract.row);
        }
        let mut edition = job.edition.clone();
        // A broken story or picture of other people's is none of this test's business.
        let press = Press { keep_going: true, ..job.press() };
        let planned = plan(&mut edition, &mut vec![], &press);
        let planned = planned.unwrap_or_else(|all| panic!("{}: {all:#?}", root.display()));
        Self { edition, theme: job.theme, grid: job.grid, planned }
    }

    /// The pages as planned.
    fn pages(&self) -> PagedDocument {
        let composition = self.planned.composition(&self.edition, &self.grid);
        let Planned { pictures, ads, furniture, .. } = &self.planned;
        compose(&composition, &self.theme, pictures, ads, furniture).unwrap()
    }

    /// What is wrong with pages.
    fn hold(&self, document: &PagedDocument) -> Found {
        let modules = || self.planned.plan.pages.iter().flat_map(|page| &page.modules);
        let short = |item| modules().any(|module| module.item == item && module.short_head);
        let stories = self.edition.stories.iter().enumerate();
        let copies: Vec<Copy> = stories.map(|(item, story)| Copy::of(story, short(item))).collect();
        let pages = frames::read(document, copies.len());
        let contract = &self.theme.contract;
        Hold { pages: &pages, copies: &copies, grid: &self.grid, contract }.found()
    }

    /// Tells an edition in a line and what it gave up below; returns what it did not declare.
    fn tell(&self, name: &str) -> Vec<String> {
        let document = self.pages();
        let found = self.hold(&document);
        let keys: Vec<&str> = self.edition.stories.iter().map(|story| story.key.as_str()).collect();
        let (declared, broken) = apart(found.faults, &self.planned.plan);
        // A break at a hyphen of the writer's own is no hyphenation: it is told, and may be.
        let (own, broken): (Vec<Fault>, Vec<Fault>) =
            broken.into_iter().partition(|fault| fault.rule == Rule::OwnHyphen);
        let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
        for fault in declared.iter().chain(&own) {
            *counts.entry(fault.rule).or_default() += 1;
        }
        let told: Vec<String> =
            counts.iter().map(|(rule, count)| format!("{rule:?} {count}")).collect();
        let broken: Vec<String> =
            broken.iter().map(|fault| fault.shown(&keys).to_string()).collect();
        println!(
            "{name}: {} {}, {} stories, {} pages, {} words once; broken {}; given up: {}",
            self.grid.name,
            self.theme.name,
            keys.len(),
            document.pages().len(),
            found.words,
            broken.len(),
            if told.is_empty() { "nothing".into() } else { told.join(", ") },
        );
        broken.into_iter().map(|fault| format!("{name}: {fault}")).collect()
    }
}

/// What the plan says that it gave up, and what it does not.
fn apart(faults: Vec<Fault>, plan: &Plan) -> (Vec<Fault>, Vec<Fault>) {
    faults.into_iter().partition(|fault| fault.is_declared(plan))
}

#[test]
fn the_demo_keeps_the_rules_in_every_theme() {
    let mut broken = vec![];
    for theme in Theme::names() {
        for format in ["tabloid", "a4"] {
            let made = Made::plan(Path::new(ROOT), Some((format, theme)));
            broken.extend(made.tell("demo"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn what_is_run_in_keeps_the_rules() {
    let folder = tempfile::tempdir().unwrap();
    let stories = folder.path().join("content/2026-11-24");
    fs::create_dir_all(&stories).unwrap();
    let mut week = String::from("---\nheadline: What is on\npriority: 1\n---\nThose who sing:\n");
    (1..=24).for_each(|hour| {
        week.push_str(&format!("\n## Hour {hour}\n\n- Choir in hall {hour}\n- Chess\n"));
        week.push_str(&format!("\nThose at table {hour}:\n\n- Ada\n- Bo, *who won*\n"));
    });
    fs::write(stories.join("a.md"), week).unwrap();
    let roll: String = (1..=40).map(|number| format!("- Ada Quill {number}\n")).collect();
    let prose = "The ferry was late, and nobody on the quay knew why it was. ".repeat(9);
    let names = format!("---\nheadline: Those who came\n---\n{prose}\n\n{roll}\n{prose}\n");
    fs::write(stories.join("b.md"), names).unwrap();
    for theme in Theme::names() {
        let broken = Made::plan(folder.path(), Some(("a4", theme))).tell("run in");
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}

#[test]
fn editions_keep_the_rules() {
    let Some(folder) = std::env::var_os(EDITIONS) else { return };
    let mut papers: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("paper.yaml").is_file())
        .collect();
    papers.sort();
    assert!(!papers.is_empty(), "{} has no folder with a paper.yaml", folder.display());
    let mut broken = vec![];
    for paper in papers {
        let name = paper.file_name().unwrap().to_string_lossy().into_owned();
        broken.extend(Made::plan(&paper, None).tell(&name));
        comemo::evict(0);
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
