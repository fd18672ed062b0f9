//! What commands begin with: the editions that were asked for, and what they are set in.

use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use stonehand::content::paper::Paper;
use stonehand::content::{self, Content, Inputs, Request};
use stonehand::diag::{Diagnostic, Sources};
use stonehand::edition::Edition;
use stonehand::export::LeftOut;
use stonehand::grid::{Grid, Sheet};
use stonehand::typeset::Theme;

use super::Exit;
use super::args::{EditionArg, Of};
use super::build::has_errors;
use super::print;

/// What was read.
pub(super) struct Reading {
    pub(super) editions: Vec<content::Edition>,
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) theme: Theme,
    pub(super) grid: Grid,
}

/// A paper whose editions are found and not read yet, and what they are set in.
pub(super) struct Opening {
    pub(super) opened: content::Opened,
    pub(super) paper: Paper,
    pub(super) theme: Theme,
    pub(super) grid: Grid,
}

/// Finds the editions; a folder, a format or a theme that isn't there is wrong usage, and said.
pub(super) fn open(of: &Of, bar: &ProgressBar) -> Result<Opening, Exit> {
    let fail = |(what, hint): (String, String)| {
        bar.finish_and_clear();
        print::fail(&what, &hint);
        Exit::Usage
    };
    if !of.root.is_dir() {
        let what = format!("there is no folder {}", of.root.display());
        return Err(fail((what, "Name the paper's folder with --root.".into())));
    }
    let request = Request {
        root: of.root.clone(),
        edition: of.edition.choice(),
        stories: of.stories.clone(),
        now: jiff::Timestamp::now(),
    };
    bar.set_message("reading");
    let opened = content::open(&request);
    let mut paper = opened.paper().clone();
    paper.theme = of.theme.clone().unwrap_or(paper.theme);
    let (theme, grid) = look(&of.root, of.format.as_deref(), &mut paper).map_err(fail)?;
    Ok(Opening { opened, paper, theme, grid })
}

/// Reads the editions that are wanted, by what they are made from.
pub(super) fn read_wanted(
    of: &Of,
    opened: content::Opened,
    paper: &Paper,
    wanted: impl Fn(&Inputs) -> bool + Sync,
) -> (Content, Sources, Vec<Diagnostic>) {
    let (mut content, sources, mut diagnostics) = opened.read(wanted);
    content.editions.iter_mut().for_each(|edition| looks_like(edition, paper));
    let none = content.editions.is_empty() && content.passed_over.is_empty();
    if none && !has_errors(&diagnostics) {
        diagnostics.push(no_stories(&of.root, &of.stories));
    }
    (content, sources, diagnostics)
}

/// Reads the editions that were asked for.
pub(super) fn read(of: &Of, bar: &ProgressBar) -> Result<Reading, Exit> {
    let Opening { opened, paper, theme, grid } = open(of, bar)?;
    let (content, sources, diagnostics) = read_wanted(of, opened, &paper, |_| true);
    Ok(Reading { editions: content.editions, sources, diagnostics, theme, grid })
}

/// An edition ready to be made, and the stories that are not in it.
pub(super) fn set_up(edition: content::Edition) -> (Edition, Vec<LeftOut>) {
    let left_out = edition.left_out.iter();
    let left_out = left_out
        .map(|left| LeftOut { story: left.key.clone(), reason: reason(left.reason).into() });
    let left_out = left_out.collect();
    let ranks = content::priorities(&edition, &edition.paper);
    let content::Edition { paper, date, stories, lock, elsewhere, .. } = edition;
    let mut edition = Edition::new(paper, date, stories, &ranks);
    edition.lock = lock;
    edition.elsewhere = elsewhere;
    (edition, left_out)
}

fn reason(reason: content::Reason) -> &'static str {
    match reason {
        content::Reason::Draft => "draft",
        content::Reason::Embargo => "embargo",
        content::Reason::Broken => "broken",
        content::Reason::Empty => "empty",
        content::Reason::Held => "held",
        content::Reason::Killed => "killed",
    }
}

/// The one edition that a command is about, with what was read; else what is wrong is said.
pub(super) fn read_one(of: &Of, bar: &ProgressBar) -> Result<(content::Edition, Reading), Exit> {
    if of.edition == EditionArg::All {
        bar.finish_and_clear();
        print::fail("this is done to one edition at a time", "Name its day with --edition.");
        return Err(Exit::Usage);
    }
    let mut reading = read(of, bar)?;
    let Some(edition) = reading.editions.pop() else {
        bar.finish_and_clear();
        print::diagnostics(&reading.diagnostics, &reading.sources);
        return Err(Exit::Errors);
    };
    if edition.date.is_none() {
        bar.finish_and_clear();
        let hint = "Put its stories into content/YYYY-MM-DD/, or name the day with --edition.";
        print::fail("this edition has no date, and so no folder to keep that in", hint);
        return Err(Exit::Usage);
    }
    Ok((edition, reading))
}

/// The path of a file of an edition's folder, from where the program runs.
pub(super) fn beside(of: &Of, edition: &content::Edition, name: &str) -> PathBuf {
    let date = edition.date.map_or_else(String::new, |date| date.to_string());
    of.root.join("content").join(date).join(name)
}

/// Says that a file can't be written.
pub(super) fn unwritable((path, error): (PathBuf, std::io::Error)) -> Exit {
    let what = format!("{} can't be written: {error}", path.display());
    print::fail(&what, "Nothing has changed; look at the folder's rights, or make room.");
    Exit::Errors
}

/// Gives an edition the format and the theme of this run.
fn looks_like(edition: &mut content::Edition, paper: &Paper) {
    edition.paper.format.clone_from(&paper.format);
    edition.paper.theme.clone_from(&paper.theme);
}

/// The theme and the grid, or what is wrong with their names. A format of the arguments takes
/// the place of the paper's own.
fn look(
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

fn no_stories(root: &Path, stories: &[String]) -> Diagnostic {
    let place = match stories {
        [] => format!("{}/content", root.display()),
        globs => globs.join(" "),
    };
    Diagnostic::error("no-stories", None, format!("there are no stories to print in {place}"))
        .hint("Stories are Markdown files in content/<date>/, or what --stories names.")
}
