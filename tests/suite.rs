//! Golden tests: small papers in `tests/suite/*.txt` with what is to come of them.
//!
//! A case is a name, files, and what is expected:
//!
//! ```text
//! --- one story
//! === paper.yaml
//! name: The Echo
//! === a.md +200 words
//! # A headline
//! === a.jpg 1200x800
//! >>> plan
//! page 1, …
//! ```
//!
//! A name without a folder lies in `content/2026-11-24/`. `+200 words` appends so many words of
//! copy, `s{1..5}.md` makes five files, with `{n}` in their text replaced by the number, and a
//! picture of a size is painted. What can be expected: `diagnostics` (none where it is missing),
//! `story`, `plan`, `figures` (of the plan, within bounds), `review`, `geometry`, `png` (the pages,
//! small, as they lie in `tests/suite/png`) and `hash` (of the PDF). On every case the plan and the
//! pages are held against the rules. A `plan` is expected where it shows a rule, `figures` where
//! other places would be as good.
//!
//! `STONEHAND_UPDATE=1 cargo test --test suite` writes the expectations anew. Pages that look
//! different are laid out beside the kept ones in `tmp/suite` of cargo's target folder.

#![allow(clippy::unwrap_used, reason = "what can't be unwrapped fails the test")]

#[path = "suite/case.rs"]
mod case;
mod common;
#[path = "suite/copy.rs"]
mod copy;
#[path = "suite/figures.rs"]
mod figures;
#[path = "suite/proof.rs"]
mod proof;
#[path = "suite/show.rs"]
mod show;

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use libtest_mimic::{Arguments, Failed, Trial};
use similar::TextDiff;
use stonehand::build::{Planned, plan};
use stonehand::compose::{check, compose};
use stonehand::diag::{Diagnostic, Severity, Sources};
use stonehand::export::pdf;
use stonehand::makeup;
use stonehand::review::{Material, review};
use typst_layout::PagedDocument;

use case::{Case, Suite};
use common::Job;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite");
const UPDATE: &str = "STONEHAND_UPDATE";

fn main() -> ExitCode {
    let args = Arguments::from_args();
    let update = std::env::var_os(UPDATE).is_some();
    let mut trials = vec![];
    let mut suites = vec![];
    let mut shown = vec![];
    for suite in Suite::all(Path::new(FOLDER)) {
        for index in 0..suite.cases.len() {
            let name = format!("{}: {}", suite.area, suite.cases[index].name);
            let case = suite.cases[index].clone();
            let fresh = suite.fresh.clone();
            let proofs = case.expected.iter().filter(|(heading, _)| heading == "png");
            shown.extend(proofs.map(|(_, text)| (name.clone(), text.clone())));
            let of = name.clone();
            trials.push(Trial::test(name, move || {
                one(&of, &case, update.then_some((&fresh, index)))
            }));
        }
        suites.push(suite);
    }
    if !update {
        let check = move || proof::strays(&shown).map_err(Failed::from);
        trials.push(Trial::test("every kept picture is of a case", check));
    }
    let conclusion = libtest_mimic::run(&args, trials);
    if update {
        suites.iter().for_each(Suite::write);
    }
    conclusion.exit_code()
}

/// What became of each case of a file, where the file is written anew.
type Fresh = Arc<Mutex<Vec<Option<Vec<String>>>>>;

/// Runs a case; holds what it came to against what is expected, or keeps it.
fn one(name: &str, case: &Case, keep: Option<(&Fresh, usize)>) -> Result<(), Failed> {
    let outcome = Outcome::of(case)?;
    if !case.expected.iter().any(|(heading, _)| heading == "diagnostics") {
        same("diagnostics", "", &outcome.show("diagnostics")?)?;
    }
    let mut came = vec![];
    for (heading, expected) in &case.expected {
        came.push(match (heading.as_str(), &outcome.pages) {
            ("png", Some((_, document))) => proof::pages(name, document, keep.is_some())?,
            ("figures", Some((planned, _))) => figures::held(planned, expected),
            _ => outcome.show(heading)?,
        });
    }
    if let Some((fresh, index)) = keep {
        fresh.lock().map_err(|error| error.to_string())?[index] = Some(came);
        return Ok(());
    }
    for ((heading, expected), came) in case.expected.iter().zip(&came) {
        same(heading, expected, came)?;
    }
    Ok(())
}

fn same(heading: &str, expected: &str, came: &str) -> Result<(), Failed> {
    if expected == came {
        return Ok(());
    }
    let diff = TextDiff::from_lines(expected, came);
    let diff = diff.unified_diff().header("expected", "came out").to_string();
    Err(format!("{heading}\n{diff}\nif this is right: {UPDATE}=1 cargo test --test suite").into())
}

/// What a case came to.
struct Outcome {
    job: Option<Job>,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    pages: Option<(Planned, PagedDocument)>,
}

impl Outcome {
    /// Makes a case's paper and holds it against the rules.
    fn of(case: &Case) -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("paper");
        case.lay_out(&root)?;
        let (mut job, sources, mut diagnostics) = Job::read(&root, &[], &[]);
        let broken = diagnostics.iter().any(|d| d.severity == Severity::Error);
        let mut pages = None;
        if let Some(job) = job.as_mut().filter(|job| !broken && !job.edition.stories.is_empty()) {
            let mut edition = job.edition.clone();
            match plan(&mut edition, &mut vec![], &job.press()) {
                Ok(planned) => {
                    diagnostics.extend(planned.diagnostics.iter().cloned());
                    job.edition = edition;
                    let document = pages_of(job, &planned)?;
                    pages = Some((planned, document));
                }
                Err(found) => diagnostics.extend(found),
            }
        }
        diagnostics.sort_by_key(|d| d.span);
        Ok(Self { job, sources, diagnostics, pages })
    }

    fn show(&self, heading: &str) -> Result<String, Failed> {
        let Self { job, sources, diagnostics, pages } = self;
        if heading == "diagnostics" {
            return Ok(show::diagnostics(diagnostics, sources));
        }
        let job = job.as_ref().ok_or("there is no edition")?;
        if heading == "story" {
            return Ok(job.edition.stories.iter().map(show::story).collect());
        }
        let (planned, document) = pages
            .as_ref()
            .ok_or_else(|| format!("not made:\n{}", show::diagnostics(diagnostics, sources)))?;
        match heading {
            "plan" => Ok(show::plan(&job.edition, planned, &job.grid)),
            "review" => Ok(show::review(&review(&Material {
                composition: &planned.composition(&job.edition, &job.grid),
                seen: &planned.seen,
                pictures: &planned.pictures,
                said: diagnostics,
                left_out: &[],
                last: None,
            }))),
            "geometry" => Ok(show::geometry(document)),
            "hash" => {
                let bytes =
                    pdf(document, "test", job.edition.date).map_err(|all| all.join("\n"))?;
                Ok(format!("{}\n", blake3::hash(&bytes).to_hex()))
            }
            other => Err(format!("there is no expectation `{other}`").into()),
        }
    }
}

/// Composes a plan; the plan and the pages must keep every rule.
fn pages_of(job: &Job, planned: &Planned) -> Result<PagedDocument, Failed> {
    let wrong = makeup::check(&planned.seen, &planned.plan);
    if !wrong.is_empty() {
        return Err(format!("the plan breaks its rules:\n{}", wrong.join("\n")).into());
    }
    let composition = planned.composition(&job.edition, &job.grid);
    let document =
        compose(&composition, &job.theme, &planned.pictures, &planned.ads, &planned.furniture)
            .map_err(|troubles| format!("{troubles:#?}"))?;
    let faults = check(&composition, &document);
    if !faults.is_empty() {
        return Err(format!("the pages are not as planned:\n{faults:#?}").into());
    }
    let outside = show::outside(&document);
    if !outside.is_empty() {
        return Err(format!("off the page:\n{}", outside.join("\n")).into());
    }
    Ok(document)
}
