//! `stonehand check`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use stonehand::build::setup::set_up;
use stonehand::build::{Press, plan};
use stonehand::compose::Composition;
use stonehand::content;
use stonehand::diag::{Code, Diagnostic, Severity, Sources, has_errors};
use stonehand::editor::pin_outcomes::prices;
use stonehand::export::{LeftOut, plan_svg};
use stonehand::makeup::model::Plan;
use stonehand::picture::Cache;
use stonehand::review::{Level, Material, Review, page_alternatives, review, white};

use super::args::Check;
use super::exit::Exit;
use super::folders::cache_folder;
use super::make::goes_without;
use super::others::tell;
use super::print::{self, Extent};
use super::progress::{bar, phase_name};
use super::reading::{Reading, read};
use super::review_lines;

/// Judges the editions that were asked for.
pub(super) fn run(args: &Check) -> Exit {
    let bar = bar();
    let reading = match read(&args.of, &bar) {
        Ok(reading) => reading,
        Err(exit) => return exit,
    };
    let Reading { editions, others, now, sources, mut diagnostics, theme, grid } = reading;
    let cache = Cache { dir: cache_folder() };
    let press = Press {
        theme: &theme,
        grid: &grid,
        cache: &cache,
        keep_going: args.keep_going,
        wanted: &[],
        look: None,
        watch: &|phase| bar.set_message(phase_name(phase)),
    };
    let folders = Folders::of(args, editions.len() > 1);
    let (mut reviews, mut empty) = (vec![], vec![]);
    for mut edition in editions {
        if edition.stories.is_empty() && !has_errors(&diagnostics) {
            empty.push(content::nothing_to_print(&edition, &now));
        }
        diagnostics.extend(content::fill_alts(&mut edition));
        if args.keep_going {
            goes_without(&edition, &mut diagnostics);
        }
        match review_one(edition, &press, &mut diagnostics, args, &folders) {
            Ok(review) => reviews.extend(review),
            Err(found) => diagnostics.extend(found),
        }
    }
    bar.finish_and_clear();
    if reviews.is_empty() {
        diagnostics.append(&mut empty);
    }
    let exit = finish(args, &reviews, diagnostics, &sources);
    if !args.json && !reviews.is_empty() {
        tell(&empty, &others, &[], &now, false);
    }
    exit
}

/// The folders that a check looks into or writes to.
struct Folders {
    /// Where editions are published.
    out: PathBuf,
    /// Where the drawings of the plan go, if any are wanted.
    svg: Option<PathBuf>,
    /// Whether each edition has a folder of its own there.
    each: bool,
}

impl Folders {
    fn of(args: &Check, each: bool) -> Self {
        // A path that is absolute replaces the root when it is joined to it.
        let svg = args.plan_svg.as_ref().map(|folder| args.of.root.join(folder));
        Self { out: args.of.root.join(&args.out), svg, each }
    }
}

/// Reviews one edition; none where it is empty, or where an error stops it.
fn review_one(
    edition: content::Edition,
    press: &Press,
    said: &mut Vec<Diagnostic>,
    args: &Check,
    folders: &Folders,
) -> Result<Option<Review>, Vec<Diagnostic>> {
    if edition.stories.is_empty() || (has_errors(said) && !press.keep_going) {
        return Ok(None);
    }
    let (mut edition, mut left_out) = set_up(edition);
    let planned = plan(&mut edition, &mut left_out, press)?;
    said.extend(planned.diagnostics.iter().cloned());
    let date = edition.date.map_or_else(|| "undated".into(), |date| date.to_string());
    let last = last_plan(&folders.out.join(&date));
    let composition = planned.composition(&edition, press.grid);
    let mut review = review(&Material {
        composition: &composition,
        seen: &planned.seen,
        pictures: &planned.pictures,
        said,
        left_out: &left_out,
        last: last.as_ref(),
    });
    (review.pins, review.pins_not_priced) = prices(&edition, &planned.seen, &planned.plan);
    review.alternatives = page_alternatives(&composition, &planned.seen, &args.alternatives);
    for page in args.alternatives.iter().filter(|page| !has(&review, **page)) {
        let pages = planned.plan.pages.len();
        let what = format!(
            "page {page} has no alternatives, because it doesn't exist: the last page is {pages}"
        );
        said.push(Diagnostic::warning(Code::NoPage, None, what).hint("name another page"));
    }
    if let Some(folder) = &folders.svg {
        let folder = if folders.each { folder.join(&date) } else { folder.clone() };
        draw(&composition, &review, &folder)?;
    }
    Ok(Some(review))
}

/// The `plan.json` of a published edition, if there is one. A file that is no JSON comes as `null`:
/// the review says that it can't be read.
fn last_plan(folder: &Path) -> Option<Value> {
    let bytes = std::fs::read(folder.join("plan.json")).ok()?;
    Some(serde_json::from_slice(&bytes).unwrap_or_default())
}

/// Whether a review holds the alternatives of a page.
fn has(review: &Review, page: u16) -> bool {
    review.alternatives.iter().any(|found| found.page == page)
}

/// Draws the plan of each page into a folder, and those of its alternatives.
fn draw(composition: &Composition, review: &Review, folder: &Path) -> Result<(), Vec<Diagnostic>> {
    let unwritable = |path: &Path| {
        let path = path.display().to_string();
        move |error: std::io::Error| {
            let what = format!("{path} can't be written: {error}");
            let hint = "choose another folder with --plan-svg, or free some space";
            vec![Diagnostic::error(Code::Unwritable, None, what).hint(hint)]
        }
    };
    std::fs::create_dir_all(folder).map_err(unwritable(folder))?;
    let one = |plan: &Plan, number: u16, name: &str| {
        let composition = Composition { plan, ..*composition };
        let Some(page) = plan.pages.iter().find(|page| page.number == number) else {
            return Ok(());
        };
        let empty = white(page, composition.grid.columns, composition.format.gap);
        let path = folder.join(format!("page-{number}{name}.svg"));
        std::fs::write(&path, plan_svg(&composition, page, &empty)).map_err(unwritable(&path))
    };
    for page in &composition.plan.pages {
        one(composition.plan, page.number, "")?;
    }
    for found in &review.alternatives {
        for way in &found.others {
            one(&way.plan, found.page, &format!("-{}", way.name))?;
        }
    }
    Ok(())
}

/// Prints diagnostics and reviews.
fn finish(
    args: &Check,
    reviews: &[Review],
    mut diagnostics: Vec<Diagnostic>,
    sources: &Sources,
) -> Exit {
    diagnostics.sort_by_key(|d| (sources.place(d).map(|s| (s.file, s.start)), d.severity));
    diagnostics.dedup();
    if args.strict {
        diagnostics.iter_mut().for_each(|d| d.severity = Severity::Error);
    }
    if args.json {
        print::diagnostics_json(&diagnostics, sources);
    } else {
        // The review repeats these in a line each.
        let said_again = |one: &Diagnostic| {
            !args.strict
                && [Code::MissingAlt, Code::LowResolution, Code::PictureLeftOut].contains(&one.code)
        };
        let shown: Vec<Diagnostic> = diagnostics
            .iter()
            .filter(|one| reviews.is_empty() || !said_again(one))
            .cloned()
            .collect();
        let extent = if args.all { Extent::All } else { Extent::Few };
        print::diagnostics_to(extent, &shown, sources);
    }
    for review in reviews {
        if args.json {
            let mut value = serde_json::to_value(review).unwrap_or_default();
            value["type"] = json!("review");
            print::line(&value);
        } else {
            let many = if args.all { usize::MAX } else { review_lines::FEW };
            review_lines::lines(review, many).iter().for_each(|line| print::say(line));
        }
    }
    exit(args, reviews, &diagnostics)
}

fn exit(args: &Check, reviews: &[Review], diagnostics: &[Diagnostic]) -> Exit {
    if reviews.is_empty() {
        if !args.json {
            let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
            let s = if errors == 1 { "" } else { "s" };
            print::fail(
                &format!("nothing was checked: {errors} error{s}"),
                "correct them first, or check the rest with --keep-going",
            );
        }
        return Exit::Errors;
    }
    let worst = if args.strict { Level::Warning } else { Level::Error };
    let wrong = reviews.iter().flat_map(|review| &review.findings).any(|one| one.level >= worst);
    let broken = |left: &LeftOut| left.reason.is_broken();
    let partly = reviews.iter().flat_map(|review| &review.left_out).any(broken);
    match (wrong, has_errors(diagnostics)) {
        (true, _) => Exit::Errors,
        (_, true) if !args.keep_going => Exit::Errors,
        (_, true) => Exit::Partly,
        _ if partly => Exit::Partly,
        _ => Exit::Made,
    }
}
