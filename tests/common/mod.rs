//! A paper from its folder to the press, by the library alone.

use std::path::Path;

use stonehand::build::Press;
use stonehand::content::{self, EditionChoice, Moment, Request};
use stonehand::diag::{Diagnostic, Sources};
use stonehand::export::Output;
use stonehand::grid::Grid;
use stonehand::lineup::Edition;
use stonehand::picture::Cache;
use stonehand::typeset::Theme;

/// An edition that was read, with its look.
pub(crate) struct Job {
    pub(crate) edition: Edition,
    pub(crate) theme: Theme,
    pub(crate) grid: Grid,
}

/// Nothing is kept from one build to the next.
static NO_CACHE: Cache = Cache { dir: None };

impl Job {
    /// Reads a folder, with the theme's files replaced by `own`; none where there is no edition.
    pub(crate) fn read(
        root: &Path,
        stories: &[String],
        own: &[(String, String)],
    ) -> (Option<Self>, Sources, Vec<Diagnostic>) {
        let request = Request {
            root: root.to_path_buf(),
            edition: EditionChoice::Latest,
            stories: stories.to_vec(),
            now: Moment::read("2026-11-24 12:00 UTC").expect("a moment"),
        };
        let (content, sources, mut diagnostics) = content::read(&request);
        let paper = content.paper;
        let theme = Theme::load(&paper.theme, own).expect("a theme");
        let grid = Grid::of(&paper.format, theme.contract.row);
        let job = content.editions.into_iter().next().map(|mut edition| {
            diagnostics.extend(content::fill_alts(&mut edition));
            let ranks = content::priorities(&edition, &edition.paper);
            Self {
                edition: Edition::new(edition.paper, edition.date, edition.stories, &ranks),
                theme,
                grid,
            }
        });
        (job, sources, diagnostics)
    }

    /// What the edition is made with.
    pub(crate) fn press(&self) -> Press<'_> {
        Press {
            theme: &self.theme,
            grid: &self.grid,
            cache: &NO_CACHE,
            keep_going: false,
            wanted: Output::USUAL,
            look: None,
            watch: &|_| {},
        }
    }
}
