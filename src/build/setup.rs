//! What an edition is made with: theme, grid and look, read from the paper's folder, and the stories
//! in the order of weight.

use std::path::Path;

use walkdir::WalkDir;

use crate::content::paper::Paper;
use crate::content::{self, LeftOut as Held};
use crate::diag::Diagnostic;
use crate::export::{LeftOut, LeftOutReason};
use crate::grid::{Grid, Sheet};
use crate::lineup::Edition;
use crate::site::template_fault;
use crate::typeset::Theme;
use crate::web::{Look, OwnFile};

/// Larger files below `templates/web/` are passed over: no template, style sheet or face is as large.
const MOST_BYTES: u64 = 16 << 20;

/// What is wrong with the name of a theme or a format, and what to do about it.
pub type Misnamed = (String, String);

/// The paper's own files of a theme, from `templates/print/<theme>/`: name and text, by name.
pub fn own_theme(root: &Path, theme: &str) -> Vec<(String, String)> {
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

/// A theme by its name, with the paper's `own` files of it.
///
/// # Errors
/// That there is no such theme, or what is wrong with it.
pub fn theme(name: &str, own: &[(String, String)]) -> Result<Theme, Misnamed> {
    Theme::load(name, own).map_err(|what| {
        let hint = if own.is_empty() {
            "choose a theme with `theme:` in paper.yaml or with --theme"
        } else {
            "docs/themes.md says what a theme must have"
        };
        (what, hint.to_string())
    })
}

/// Gives a paper the format of this name; without a name the paper keeps its own.
///
/// # Errors
/// That there is no such format.
pub fn reformat(paper: &mut Paper, format: Option<&str>) -> Result<(), Misnamed> {
    let Some(name) = format else { return Ok(()) };
    paper.format = Sheet::named(name).ok_or_else(|| {
        let names: Vec<_> = Sheet::names().collect();
        let hint = format!("the formats are {}", names.join(", "));
        (format!("there is no format `{name}`"), hint)
    })?;
    Ok(())
}

/// The grid of a paper in a theme.
pub fn grid(paper: &Paper, theme: &Theme) -> Grid {
    Grid::of(&paper.format, theme.contract.row)
}

/// The paper's own files of the web edition, from `templates/web/`. Links are not followed: nothing
/// outside the paper is published.
pub fn own_look(root: &Path) -> Vec<OwnFile> {
    let folder = root.join("templates/web");
    let entries = WalkDir::new(&folder).sort_by_file_name().into_iter().flatten();
    entries
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| entry.metadata().is_ok_and(|data| data.len() <= MOST_BYTES))
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(&folder).ok()?.to_str()?.replace('\\', "/");
            let hidden = path.split('/').any(|part| part.starts_with('.'));
            Some(OwnFile { bytes: std::fs::read(entry.path()).ok()?, path }).filter(|_| !hidden)
        })
        .collect()
}

/// The look of the web edition, with the paper's `own` files.
///
/// # Errors
/// What is wrong with its own files.
pub fn look(paper: &Paper, own: &[OwnFile]) -> Result<Look, Vec<Diagnostic>> {
    Look::new(own, &paper.theme, &paper.web.properties())
        .map_err(|faults| faults.iter().map(template_fault).collect())
}

/// Puts an edition's stories in order. Returns it with what is left out.
pub fn set_up(edition: content::Edition) -> (Edition, Vec<LeftOut>) {
    let left =
        |left: &Held| LeftOut { story: left.key.clone(), reason: LeftOutReason::Read(left.reason) };
    let lost =
        |story: &String| LeftOut { story: story.clone(), reason: LeftOutReason::BrokenPicture };
    let pictures = edition.lost.iter().map(|(story, _)| lost(story));
    let left_out = edition.left_out.iter().map(left).chain(pictures).collect();
    let ranks = content::priorities(&edition, &edition.paper);
    let content::Edition { paper, date, stories, lock, elsewhere, .. } = edition;
    let mut edition = Edition::new(paper, date, stories, &ranks);
    edition.lock = lock;
    edition.elsewhere = elsewhere;
    (edition, left_out)
}
