//! What commands begin with: the editions that were asked for, and the theme and the grid that they
//! are set in.

use std::path::Path;

use indicatif::ProgressBar;
use stonehand::build::setup;
use stonehand::content::paper::Paper;
use stonehand::content::{self, Other, Request};
use stonehand::diag::{Diagnostic, Sources};
use stonehand::grid::Grid;
use stonehand::typeset::Theme;

use super::args::{EditionArg, Of};
use super::exit::Exit;
use super::print;

/// What was read.
pub(super) struct Reading {
    pub(super) editions: Vec<content::Edition>,
    /// The editions that were not asked for.
    pub(super) others: Vec<Other>,
    /// The moment by which stories were judged.
    pub(super) now: String,
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) theme: Theme,
    pub(super) grid: Grid,
}

/// A paper whose editions are found and not read yet, with theme and grid.
pub(super) struct Opening {
    pub(super) opened: content::Opened,
    pub(super) paper: Paper,
    pub(super) theme: Theme,
    pub(super) grid: Grid,
}

/// Finds the editions that were asked for, without reading them. A folder, a format or a theme that
/// isn't there is printed as wrong usage.
pub(super) fn open(of: &Of, bar: &ProgressBar) -> Result<Opening, Exit> {
    let fail = |(what, hint): (String, String)| {
        bar.finish_and_clear();
        print::fail(&what, &hint);
        Exit::Usage
    };
    if !of.root.is_dir() {
        let what = format!("there is no folder {}", of.root.display());
        return Err(fail((what, "name the paper's folder with --root".into())));
    }
    let request = Request {
        root: of.root.clone(),
        edition: of.edition.choice(),
        stories: of.stories.clone(),
        now: of.moment(),
    };
    bar.set_message("reading");
    let opened = content::open(&request);
    let mut paper = opened.paper().clone();
    paper.theme = of.theme.clone().unwrap_or(paper.theme);
    let (theme, grid) = look(&of.root, of.format.as_deref(), &mut paper).map_err(fail)?;
    Ok(Opening { opened, paper, theme, grid })
}

/// Reads the editions that were asked for.
pub(super) fn read(of: &Of, bar: &ProgressBar) -> Result<Reading, Exit> {
    let Opening { opened, paper, theme, grid } = open(of, bar)?;
    let (now, others) = (opened.now(), opened.others());
    let (content, sources, diagnostics) = opened.read();
    let mut editions = content.editions;
    editions.iter_mut().for_each(|edition| looks_like(edition, &paper));
    Ok(Reading { editions, others, now, sources, diagnostics, theme, grid })
}

/// Reads the one edition that a command is about. Where there is none, the reason is printed.
pub(super) fn read_one(of: &Of, bar: &ProgressBar) -> Result<(content::Edition, Reading), Exit> {
    if of.edition == EditionArg::All {
        bar.finish_and_clear();
        print::fail("this command works on one edition at a time", "name its day with --edition");
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
        let hint = "put its stories into content/YYYY-MM-DD/, or name the day with --edition";
        print::fail("this edition has no date, and so no folder for this decision", hint);
        return Err(Exit::Usage);
    }
    Ok((edition, reading))
}

/// Gives an edition the format and the theme of this run, which may not be the paper's own.
pub(super) fn looks_like(edition: &mut content::Edition, paper: &Paper) {
    edition.paper.format.clone_from(&paper.format);
    edition.paper.theme.clone_from(&paper.theme);
}

/// The theme and the grid, or what is wrong with their names. `format`, where it is given, replaces
/// the paper's own.
fn look(
    root: &Path,
    format: Option<&str>,
    paper: &mut Paper,
) -> Result<(Theme, Grid), setup::Misnamed> {
    setup::reformat(paper, format)?;
    let theme = setup::theme(&paper.theme, &setup::own_theme(root, &paper.theme))?;
    let grid = setup::grid(paper, &theme);
    Ok((theme, grid))
}
