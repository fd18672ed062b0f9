//! What `build` and `check` begin with: the editions that were asked for, and what they are set in.

use std::path::Path;

use indicatif::ProgressBar;
use stonehand::content::paper::Paper;
use stonehand::content::{self, Request};
use stonehand::diag::{Diagnostic, Sources};
use stonehand::grid::{Grid, Sheet};
use stonehand::typeset::Theme;

use super::Exit;
use super::args::Of;
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

/// Reads the editions; a folder, a format or a theme that isn't there is wrong usage, and said.
pub(super) fn read(of: &Of, bar: &ProgressBar) -> Result<Reading, Exit> {
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
    let (content, sources, mut diagnostics) = content::read(&request);
    let (mut paper, mut editions) = (content.paper, content.editions);
    paper.theme = of.theme.clone().unwrap_or(paper.theme);
    let (theme, grid) = look(&of.root, of.format.as_deref(), &mut paper).map_err(fail)?;
    editions.iter_mut().for_each(|edition| looks_like(edition, &paper));
    if editions.is_empty() && !has_errors(&diagnostics) {
        diagnostics.push(no_stories(&of.root, &of.stories));
    }
    Ok(Reading { editions, sources, diagnostics, theme, grid })
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
