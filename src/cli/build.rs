//! `stonehand build`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use stonehand::build::{Made, Phase, Press, build};
use stonehand::content;
use stonehand::content::paper::Paper;
use stonehand::diag::{Diagnostic, Severity, Sources};
use stonehand::export::{LeftOut, Output};
use stonehand::folder::{self, set_up};
use stonehand::picture::Cache;
use stonehand::publish::publish;
use stonehand::site::{SiteMade, publish_site};
use stonehand::web::Look;

use super::Exit;
use super::args::Build;
use super::print;
use super::reading::{Reading, read};

/// A desk for one run: what was asked, what was read.
struct Run<'a> {
    args: &'a Build,
    sources: Sources,
    bar: ProgressBar,
    start: Instant,
    /// What the site around the editions is made with, where it is wanted.
    site: Option<(&'a Look, &'a Paper)>,
}

/// Makes the editions that were asked for.
pub(super) fn run(args: &Build) -> Exit {
    let start = Instant::now();
    let bar = bar();
    let reading = match read(&args.of, &bar) {
        Ok(reading) => reading,
        Err(exit) => return exit,
    };
    let Reading { editions, sources, mut diagnostics, paper, theme, grid } = reading;
    let wanted = args.wanted();
    let look = || folder::look(&paper, &folder::own_look(&args.of.root));
    let look = match wanted.contains(&Output::Web).then(look).transpose() {
        Ok(look) => look,
        Err(faults) => {
            diagnostics.extend(faults);
            None
        }
    };
    let run = Run { args, sources, bar, start, site: look.as_ref().map(|look| (look, &paper)) };
    let cache = Cache { dir: cache_folder() };
    let press = Press {
        theme: &theme,
        grid: &grid,
        cache: &cache,
        keep_going: args.keep_going,
        wanted: &wanted,
        look: look.as_ref(),
        watch: &|phase| run.bar.set_message(name_of(phase)),
    };
    let mut made = vec![];
    for mut edition in editions {
        diagnostics.extend(content::fill_alts(&mut edition));
        match one(edition, &press, &diagnostics, args) {
            Ok(edition) => made.push(edition),
            Err(found) => diagnostics.extend(found),
        }
    }
    for edition in &mut made {
        diagnostics.append(&mut edition.diagnostics);
    }
    run.finish(made, diagnostics)
}

/// Where prepared pictures are kept for every paper of this user: they are known
/// by their content, so that no folder of stories is written into.
pub(super) fn cache_folder() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let home = || of("HOME").map(|home| home.join(".cache"));
    let base = of("XDG_CACHE_HOME").or_else(|| of("LOCALAPPDATA")).or_else(home)?;
    Some(base.join("stonehand").join("pictures"))
}

/// Makes one edition, unless something that was read forbids it.
fn one(
    edition: content::Edition,
    press: &Press,
    read: &[Diagnostic],
    args: &Build,
) -> Result<Made, Vec<Diagnostic>> {
    let worst = if args.strict { Severity::Warning } else { Severity::Error };
    let stops = read.iter().any(|d| d.severity >= worst);
    if edition.stories.is_empty() || (stops && !args.keep_going) {
        return Err(vec![]);
    }
    let (edition, left_out) = set_up(edition);
    let made = build(edition, left_out, read, press)?;
    let warned = made.diagnostics.iter().any(|d| d.severity >= worst);
    if warned && !args.keep_going { Err(made.diagnostics) } else { Ok(made) }
}

impl Run<'_> {
    /// Publishes what was made and says what happened.
    fn finish(self, made: Vec<Made>, mut diagnostics: Vec<Diagnostic>) -> Exit {
        let Self { args, sources, bar, start, site } = self;
        let failed = made.is_empty() || (has_errors(&diagnostics) && !args.keep_going);
        let stopped = failed || (args.strict && !args.keep_going && !diagnostics.is_empty());
        let mut written = vec![];
        if !stopped {
            for edition in made {
                match write(&edition, args) {
                    Ok(folder) => written.push((edition, folder)),
                    Err(diagnostic) => diagnostics.push(diagnostic),
                }
            }
        }
        let mut joined = None;
        if let Some((look, paper)) = site.filter(|_| !written.is_empty()) {
            bar.set_message("joining the editions");
            match publish_site(&out_folder(args), paper, look) {
                Ok(made) => joined = Some(made),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        bar.finish_and_clear();
        diagnostics.sort_by_key(|d| (sources.place(d).map(|s| (s.file, s.start)), d.severity));
        diagnostics.dedup();
        if args.strict {
            diagnostics.iter_mut().for_each(|d| d.severity = Severity::Error);
        }
        if args.json {
            print::diagnostics_json(&diagnostics, &sources);
        } else {
            print::diagnostics(&diagnostics, &sources);
        }
        // The last line of JSON is the edition's.
        let (first, last) = if args.json { (joined, None) } else { (None, joined) };
        first.iter().for_each(|made| tell_site(*made, args, start.elapsed()));
        for (edition, folder) in &written {
            tell(edition, folder, args, &diagnostics, start.elapsed());
        }
        last.iter().for_each(|made| tell_site(*made, args, start.elapsed()));
        if written.is_empty() {
            let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
            if !args.json {
                let s = if errors == 1 { "" } else { "s" };
                print::fail(
                    &format!("nothing was made: {errors} error{s}"),
                    "What was there before is as it was.",
                );
            }
            return Exit::Errors;
        }
        let broken = |left: &LeftOut| left.reason.starts_with("broken");
        let partly = has_errors(&diagnostics)
            || written.iter().any(|(edition, _)| edition.report.left_out.iter().any(broken));
        if partly { Exit::Partly } else { Exit::Made }
    }
}

pub(super) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Publishes an edition; says where.
fn write(edition: &Made, args: &Build) -> Result<PathBuf, Diagnostic> {
    let name = edition.report.date.clone().unwrap_or_else(|| "undated".into());
    let folder = out_folder(args).join(name);
    publish(&folder, &edition.files).map_err(|(path, error)| {
        Diagnostic::error(
            "unwritable",
            None,
            format!("{} can't be written: {error}", path.display()),
        )
        .hint("Choose another folder with --out, or make room.")
    })?;
    if args.open {
        // A missing viewer is no reason to call the edition unmade.
        let _ = opener::open(folder.join(first_file(edition)));
    }
    Ok(folder)
}

/// The folder of all editions: the site's root.
fn out_folder(args: &Build) -> PathBuf {
    if args.out.is_absolute() { args.out.clone() } else { args.of.root.join(&args.out) }
}

/// Says where the site is that the editions were joined to.
fn tell_site(made: SiteMade, args: &Build, elapsed: Duration) {
    let home = out_folder(args).join("index.html");
    let SiteMade { editions, written, removed } = made;
    if args.json {
        print::line(&json!({
            "type": "site", "home": home, "editions": editions, "files_written": written,
            "files_removed": removed, "seconds": elapsed.as_secs_f64(),
        }));
        return;
    }
    let s = if editions == 1 { "" } else { "s" };
    print::say(&format!(
        "  {}, {} edition{s}, in {:.2} s",
        home.display(),
        thousands(editions),
        elapsed.as_secs_f64()
    ));
}

/// The file that an edition is looked at in: the PDF, where there is one.
fn first_file(edition: &Made) -> &str {
    edition.files.sizes().next().map_or("", |(name, _)| name)
}

fn tell(
    edition: &Made,
    folder: &Path,
    args: &Build,
    diagnostics: &[Diagnostic],
    elapsed: Duration,
) {
    let report = &edition.report;
    let warnings = diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
    if args.json {
        let files: Vec<_> = edition.files.sizes().map(|(name, _)| folder.join(name)).collect();
        print::line(&json!({
            "type": "made", "title": edition.title, "folder": folder, "files": files,
            "pages": report.pages, "stories": report.stories, "words": report.words,
            "jumps": report.jumps.len(), "pictures": report.pictures,
            "left_out": report.left_out, "warnings": warnings,
            "seconds": elapsed.as_secs_f64(),
        }));
        return;
    }
    let count = |n: usize, one: &str| {
        let s = if n == 1 { "" } else { "s" };
        format!("{} {}{s}", thousands(n), one)
    };
    let stories = if report.stories == 1 {
        "1 story".to_string()
    } else {
        format!("{} stories", thousands(report.stories))
    };
    print::say(&edition.title);
    print::say(&format!(
        "  {}, {stories}, {}, {}, {}",
        count(report.pages, "page"),
        count(report.words, "word"),
        count(report.pictures, "picture"),
        count(report.jumps.len(), "jump"),
    ));
    for left in &report.left_out {
        print::say(&format!("  left out ({}): {}", left.reason, left.story));
    }
    let given: usize = report.given_up.len();
    print::say(&format!(
        "  {}, {} given up to fit (report.json)",
        count(warnings, "warning"),
        count(given, "thing"),
    ));
    print::say(&format!(
        "  {} in {:.2} s",
        folder.join(first_file(edition)).display(),
        elapsed.as_secs_f64()
    ));
}

pub(super) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A spinner with the phase beside it; indicatif draws nothing in a pipe.
pub(super) fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

pub(super) fn name_of(phase: Phase) -> &'static str {
    match phase {
        Phase::Galleys => "setting the stories",
        Phase::MakeUp => "making up the pages",
        Phase::Pictures => "preparing the pictures",
        Phase::Compose => "composing the pages",
        Phase::Export => "writing the files",
        Phase::Web => "making the web edition",
    }
}
