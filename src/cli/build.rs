//! `stonehand build`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use stonehand::build::{Made, Phase, Press, build};
use stonehand::content::paper::Paper;
use stonehand::content::{self, Request};
use stonehand::diag::{Diagnostic, Severity, Sources};
use stonehand::edition::Edition;
use stonehand::export::LeftOut;
use stonehand::grid::{Grid, Sheet};
use stonehand::picture::Cache;
use stonehand::publish::publish;
use stonehand::typeset::Theme;

use super::Exit;
use super::args::Build;
use super::print;

/// A desk for one run: what was asked, what was read.
struct Run<'a> {
    args: &'a Build,
    sources: Sources,
    bar: ProgressBar,
    start: Instant,
}

/// Makes the editions that were asked for.
pub(super) fn run(args: &Build) -> Exit {
    if !args.root.is_dir() {
        let what = format!("there is no folder {}", args.root.display());
        print::fail(&what, "Name the paper's folder with --root.");
        return Exit::Usage;
    }
    let start = Instant::now();
    let request = Request {
        root: args.root.clone(),
        edition: args.edition.choice(),
        stories: args.stories.clone(),
        now: jiff::Timestamp::now(),
    };
    let bar = bar();
    bar.set_message("reading");
    let (content, sources, mut diagnostics) = content::read(&request);
    let run = Run { args, sources, bar, start };
    let mut paper = content.paper;
    paper.theme = args.theme.clone().unwrap_or(paper.theme);
    let (theme, grid) = match look(&args.root, args.format.as_deref(), &mut paper) {
        Ok(look) => look,
        Err((what, hint)) => {
            run.bar.finish_and_clear();
            print::fail(&what, &hint);
            return Exit::Usage;
        }
    };
    if content.editions.is_empty() && !has_errors(&diagnostics) {
        diagnostics.push(no_stories(&args.root, &args.stories));
    }
    let cache = Cache { dir: cache_folder() };
    let press = Press {
        theme: &theme,
        grid: &grid,
        cache: &cache,
        keep_going: args.keep_going,
        wanted: &args.wanted(),
        watch: &|phase| run.bar.set_message(name_of(phase)),
    };
    let mut made = vec![];
    for mut edition in content.editions {
        diagnostics.extend(content::fill_alts(&mut edition));
        looks_like(&mut edition, &paper);
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

/// Gives an edition the format and the theme of this run.
pub(super) fn looks_like(edition: &mut content::Edition, paper: &Paper) {
    edition.paper.format.clone_from(&paper.format);
    edition.paper.theme.clone_from(&paper.theme);
}

/// The theme and the grid, or what is wrong with their names. A format of the arguments takes
/// the place of the paper's own.
pub(super) fn look(
    root: &Path,
    format: Option<&str>,
    paper: &mut Paper,
) -> Result<(Theme, Grid), (String, String)> {
    if let Some(name) = format {
        paper.format = Sheet::named(name).ok_or_else(|| {
            let names: Vec<_> = Sheet::names().collect();
            let hint = format!("The formats are {}.", names.join(", "));
            (format!("there is no format “{name}”"), hint)
        })?;
    }
    let own = own_theme(root, &paper.theme);
    let theme = Theme::load(&paper.theme, &own).map_err(|what| {
        let hint = if own.is_empty() {
            "Choose a theme with `theme:` in paper.yaml or with --theme."
        } else {
            "What a theme is made of is told in docs/themes.md."
        };
        (what, hint.to_string())
    })?;
    let grid = Grid::of(&paper.format, theme.contract.row);
    Ok((theme, grid))
}

/// The files of the paper's own theme, from `templates/print/<theme>/`.
fn own_theme(root: &Path, theme: &str) -> Vec<(String, String)> {
    let plain = theme.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let Ok(entries) = std::fs::read_dir(root.join("templates/print").join(theme)) else {
        return vec![];
    };
    let mut files: Vec<(String, String)> = entries
        .filter(|_| plain)
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_string();
            let ours = name == "theme.toml" || name.ends_with(".typ");
            Some((name, std::fs::read_to_string(&path).ok()?)).filter(|_| ours)
        })
        .collect();
    files.sort();
    files
}

pub(super) fn no_stories(root: &Path, stories: &[String]) -> Diagnostic {
    let place = match stories {
        [] => format!("{}/content", root.display()),
        globs => globs.join(" "),
    };
    Diagnostic::error("no-stories", None, format!("there are no stories to print in {place}"))
        .hint("Stories are Markdown files in content/<date>/, or what --stories names.")
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
    let left_out: Vec<LeftOut> = edition
        .left_out
        .iter()
        .map(|left| LeftOut { story: left.key.clone(), reason: reason(left.reason).into() })
        .collect();
    if edition.stories.is_empty() || (stops && !args.keep_going) {
        return Err(vec![]);
    }
    let ranks = content::priorities(&edition, &edition.paper);
    let edition = Edition::new(edition.paper, edition.date, edition.stories, &ranks);
    let made = build(edition, left_out, read, press)?;
    let warned = made.diagnostics.iter().any(|d| d.severity >= worst);
    if warned && !args.keep_going { Err(made.diagnostics) } else { Ok(made) }
}

pub(super) fn reason(reason: content::Reason) -> &'static str {
    match reason {
        content::Reason::Draft => "draft",
        content::Reason::Embargo => "embargo",
        content::Reason::Broken => "broken",
        content::Reason::Empty => "empty",
    }
}

impl Run<'_> {
    /// Publishes what was made and says what happened.
    fn finish(self, made: Vec<Made>, mut diagnostics: Vec<Diagnostic>) -> Exit {
        let Self { args, sources, bar, start } = self;
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
        for (edition, folder) in &written {
            tell(edition, folder, args, &diagnostics, start.elapsed());
        }
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
    let out = if args.out.is_absolute() { args.out.clone() } else { args.root.join(&args.out) };
    let folder = out.join(name);
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
    }
}
