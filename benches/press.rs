//! How long an edition takes, phase by phase, and how long Typst alone takes for the same text and
//! the same pictures in plain columns. Medians of cold runs.
//!
//! `cargo bench --profile dev` measures the demo, with `-- FOLDER [GLOB]…` or
//! `STONEHAND_BENCH_STORIES='FOLDER [GLOB]…'` another folder. Without `--profile dev` cargo would
//! build Typst once more, since its own profile for benchmarks has a folder of its own.
//!
//! `-- --make-up FOLDER…` times the make-up alone, of any number of papers: a line each, with its
//! stories, its pages and the median in milliseconds.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark looks at the clock and prints"
)]

#[path = "../tests/common/mod.rs"]
mod common;

/// The program's own allocator, for the yardstick too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::json;
use stonehand::build::{Phase, Planned, Press, build, plan};
use stonehand::compose::{check, compose};
use stonehand::export::pdf;
use stonehand::makeup::make_up;
use stonehand::typeset::{MemoryWorld, story_file, story_path};
use typst::foundations::Bytes;
use typst::syntax::{RootedPath, Source, VirtualPath, VirtualRoot};

use common::Job;

/// Runs of which the median counts.
const RUNS: usize = 9;

/// The same stories in plain columns, with the theme's faces and nothing else of it.
const PLAIN: &str = r#"
#import "/theme/theme.typ" as theme
#let data = json("/plain.json")
#set document(title: data.title)
#show: theme.base.with(data.paper)
#set page(width: data.width * 1pt, height: data.height * 1pt, margin: data.margin * 1pt, columns: data.columns)
#set columns(gutter: data.gutter * 1pt)
#heading(level: 1, data.title)
#for one in data.stories {
  let s = story(one.slot)
  heading(level: 2, s.headline)
  if s.deck != none { par(s.deck) }
  if s.authors.len() > 0 { par(s.authors.join(", ")) }
  for p in one.pictures {
    figure(image(p.file, width: 100%, alt: p.alt), caption: s.pictures.at(p.index).caption, alt: p.alt)
  }
  if s.opening != none { par(s.opening) }
  s.blocks
  if s.facts != none { for item in s.facts.items { par(item) } }
  for one in s.notes { one }
}
"#;

fn main() {
    if std::env::args().any(|arg| arg == "--make-up") {
        return make_ups(std::env::args().skip(1).filter(|arg| !arg.starts_with('-')));
    }
    let (root, globs) = place();
    let mut parts: Vec<(&str, Vec<Duration>)> = [
        "content",
        "galleys",
        "make-up",
        "pictures",
        "compose",
        "check and export",
        "whole build",
        "check alone",
        "plain Typst",
    ]
    .map(|name| (name, vec![]))
    .into();
    let mut about = String::new();
    let mut ratios = vec![];
    for _ in 0..RUNS {
        let run = once(&root, &globs);
        ratios.push(run.times[6].as_secs_f64() / run.times[8].as_secs_f64());
        for ((_, times), time) in parts.iter_mut().zip(run.times) {
            times.push(time);
        }
        about = run.about;
    }
    println!("{about}; medians of {RUNS} cold runs");
    for (name, times) in &mut parts {
        times.sort_unstable();
        println!("{name:>18} {:8.1} ms", times[RUNS / 2].as_secs_f64() * 1e3);
    }
    // Each build beside the yardstick of the same moment: a machine is not always as fast.
    ratios.sort_by(f64::total_cmp);
    println!("whole build : plain Typst = {:.2}", ratios[RUNS / 2]);
}

/// The make-up alone of the papers in some folders, each from galleys that are set once.
fn make_ups(folders: impl Iterator<Item = String>) {
    for folder in folders {
        let job = Job::read(folder.as_ref(), &[], &[]).0.expect("there are stories");
        let mut edition = job.edition.clone();
        let press = Press { keep_going: true, ..job.press() };
        let planned =
            plan(&mut edition, &mut vec![], &press).unwrap_or_else(|all| panic!("{all:#?}"));
        let mut times = [(); RUNS].map(|()| {
            let start = Instant::now();
            assert_eq!(make_up(&planned.seen), planned.plan);
            start.elapsed()
        });
        times.sort_unstable();
        let (stories, pages) = (planned.seen.items.len(), planned.plan.pages.len());
        println!("{folder}\t{stories}\t{pages}\t{:.1}", times[RUNS / 2].as_secs_f64() * 1e3);
        comemo::evict(0);
    }
}

/// The folder and the patterns that are measured.
fn place() -> (PathBuf, Vec<String>) {
    let mut args: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if let (true, Ok(wanted)) = (args.is_empty(), std::env::var("STONEHAND_BENCH_STORIES")) {
        args = wanted.split_whitespace().map(Into::into).collect();
    }
    if args.is_empty() {
        args.push(env!("CARGO_MANIFEST_DIR").into());
    }
    let root = args.remove(0).into();
    (root, args)
}

struct Run {
    times: [Duration; 9],
    about: String,
}

fn once(root: &std::path::Path, globs: &[String]) -> Run {
    comemo::evict(0);
    let marks = Mutex::new(vec![Instant::now()]);
    let job = Job::read(root, globs, &[]).0.expect("there are stories");
    let watch = |_: Phase| marks.lock().expect("one thread").push(Instant::now());
    // A broken story or picture of other people's is none of a benchmark's business.
    let press = Press { keep_going: true, watch: &watch, ..job.press() };
    let made =
        build(job.edition.clone(), vec![], &[], &press).unwrap_or_else(|all| panic!("{all:#?}"));
    watch(Phase::Export);
    let mut marks = marks.lock().expect("one thread").clone();
    // Phases that came again, after a broken picture, count with those before.
    let last = marks.split_off(marks.len() - 3);
    marks.truncate(4);
    marks.extend(last);
    let spans: Vec<Duration> = marks.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let whole = marks[6] - marks[0];
    let (checked, plain) = others(&job);
    let report = &made.report;
    Run {
        times: [spans[0], spans[1], spans[2], spans[3], spans[4], spans[5], whole, checked, plain],
        about: format!(
            "{} stories, {} words, {} pictures, {} pages",
            report.stories, report.words, report.pictures, report.pages
        ),
    }
}

/// The check apart from the setting of the pages, and the yardstick.
fn others(job: &Job) -> (Duration, Duration) {
    let mut edition = job.edition.clone();
    let press = Press { keep_going: true, ..job.press() };
    let planned = plan(&mut edition, &mut vec![], &press).unwrap_or_else(|all| panic!("{all:#?}"));
    let job = Job { edition, theme: job.theme.clone(), grid: job.grid.clone() };
    let composition = planned.composition(&job.edition, &job.grid);
    let document =
        compose(&composition, &job.theme, &planned.pictures, &planned.ads, &planned.furniture)
            .unwrap_or_else(|all| panic!("{all:#?}"));
    let start = Instant::now();
    assert_eq!(check(&composition, &document), []);
    let checked = start.elapsed();
    drop(document);
    let world = plain_world(&job, &planned);
    comemo::evict(0);
    let start = Instant::now();
    let document = world.set().unwrap_or_else(|all| panic!("{all:#?}"));
    let bytes = pdf(&document, "plain", job.edition.date).unwrap_or_else(|all| panic!("{all:#?}"));
    let plain = start.elapsed();
    assert!(!bytes.is_empty());
    (checked, plain)
}

/// The world with the stories and the pictures of an edition, and the plain driver.
fn plain_world(job: &Job, planned: &Planned) -> MemoryWorld {
    let Job { edition, theme, grid } = job;
    let path = VirtualPath::new("plain.typ").expect("a plain path");
    let driver = Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), PLAIN.into());
    let mut stories = vec![];
    let mut world = MemoryWorld::new(theme, &driver);
    for (slot, story) in edition.stories.iter().enumerate() {
        let pictures = planned.pictures.iter().filter(|picture| picture.item == slot);
        let pictures: Vec<_> = pictures
            .map(|p| json!({ "file": format!("/{}", p.file), "alt": story.pictures[p.picture].alt, "index": p.picture }))
            .collect();
        stories.push(json!({ "slot": slot, "pictures": pictures }));
        world = world.with(&story_path(slot), story_file(story, None));
    }
    for picture in &planned.pictures {
        world = world.with(&picture.file, picture.bytes.clone());
    }
    let data = json!({
        "title": edition.title(), "paper": edition.paper_data(), "stories": stories,
        "width": grid.width, "height": grid.height, "margin": grid.inside,
        "columns": grid.columns, "gutter": grid.gutter,
    });
    world.with("plain.json", Bytes::from_string(data.to_string()))
}
