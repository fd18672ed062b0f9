//! The printed pages, made anew at every change.

use std::sync::Arc;

use typst_layout::PagedDocument;

use crate::build::setup;
use crate::build::{Planned, Press, document};
use crate::compose::Composition;
use crate::content::{self, Moment, Request, open_unpublished};
use crate::diag::{Code, Diagnostic, Severity, Sources};
use crate::export::{LeftOut, Mark, Output};
use crate::grid::Grid;
use crate::lineup::Edition;
use crate::typeset::Theme;
use crate::web::{Look, OwnFile};

use super::later::Turn;
use super::problems::problems;
use super::shelf::Shelf;
use super::state::{gap, lines};
use super::{Options, Teller, Told, pages, steady};

/// So many makes long Typst remembers what was not used again.
const REMEMBERED: usize = 4;
/// What the preview makes of an edition.
pub(super) const WANTED: &[Output] = &[Output::Pdf, Output::Web];

/// An edition whose pages are made: all that its web edition and its PDF are made of.
pub(super) struct Set {
    /// The make that it is of.
    pub(super) make: u64,
    /// The edition.
    pub(super) edition: Edition,
    /// Its plan.
    pub(super) planned: Planned,
    /// The page.
    pub(super) grid: Grid,
    /// The theme.
    pub(super) theme: Arc<Theme>,
    /// The look of its web edition, unless something is wrong with that.
    pub(super) look: Option<Arc<Look>>,
    /// Its pages.
    pub(super) document: PagedDocument,
    /// The files that were read.
    pub(super) sources: Arc<Sources>,
    /// The stories that must not be out yet.
    pub(super) marks: Vec<Mark>,
    left_out: Vec<LeftOut>,
    said: Vec<Diagnostic>,
}

impl Set {
    /// Everything that its pages were composed from.
    pub(super) fn composition(&self) -> Composition<'_> {
        self.planned.composition(&self.edition, &self.grid)
    }
}

/// What was read, if it can be made into pages.
struct Read {
    edition: content::Edition,
    theme: Arc<Theme>,
    look: Option<Arc<Look>>,
    grid: Grid,
}

/// A theme that was loaded: its name, its own files, and what came of them.
type KeptTheme = (String, Vec<(String, String)>, Arc<Theme>);
/// The same of a look: the name of the theme, its own files, and what came of them.
type KeptLook = ((String, Vec<(String, String)>), Vec<OwnFile>, Arc<Look>);

/// Makes pages, and keeps from one make to the next what an edit does not touch.
pub(super) struct Maker {
    options: Options,
    shelf: Arc<Shelf>,
    turn: Arc<Turn>,
    tell: Teller,
    theme: Option<KeptTheme>,
    look: Option<KeptLook>,
    pages: Vec<pages::Shown>,
    makes: u64,
}

impl Maker {
    /// A maker that has made nothing yet.
    pub(super) fn new(options: Options, shelf: Arc<Shelf>, turn: Arc<Turn>, tell: Teller) -> Self {
        Self { options, shelf, turn, tell, theme: None, look: None, pages: vec![], makes: 0 }
    }

    /// Reads the folder and makes its pages. With an error in it, the pages stay as they were, and
    /// what is wrong is shown.
    pub(super) fn make(&mut self) {
        (self.tell)(Told::Making);
        self.turn.begin();
        self.makes += 1;
        let make = self.makes;
        self.shelf.change(|snapshot| {
            snapshot.state.make = make;
            snapshot.state.making = true;
            true
        });
        let mut sources = Sources::default();
        let made = steady(|| self.set(&mut sources).map(|set| self.show(set)));
        match made {
            Ok(Ok(())) => {}
            Ok(Err(diagnostics)) => self.fail(&diagnostics, &sources),
            Err(stumbled) => self.fail(&[stumbled], &sources),
        }
        comemo::evict(REMEMBERED);
    }

    /// Shows what is wrong. The pages stay as they were.
    fn fail(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.shelf.change(|snapshot| {
            let state = &mut snapshot.state;
            state.problems = problems(diagnostics, sources);
            (state.making, state.failed) = (false, true);
            true
        });
        (self.tell)(Told::Failed { diagnostics, sources });
        self.turn.end(None);
    }

    /// Shows what was made, and hands it on.
    fn show(&mut self, set: Set) {
        let composition = set.composition();
        let marks = &set.marks;
        let shown = pages::draw(&composition, &set.document, gap(&set.planned), marks, &self.pages);
        let changed = pages::changed(&self.pages, &shown);
        self.pages.clone_from(&shown);
        let lines = lines(&composition, marks);
        let problems = problems(&set.said, &set.sources);
        self.shelf.change(|snapshot| {
            let state = &mut snapshot.state;
            (state.title, state.left_out) = (set.edition.title(), set.left_out.clone());
            (state.pages, state.lines, state.problems) = (shown, lines, problems);
            (state.pages_of, state.making, state.failed) = (set.make, false, false);
            true
        });
        let warnings = set.said.iter().filter(|one| one.severity == Severity::Warning).count();
        let pages = self.pages.len();
        (self.tell)(Told::Made { pages, changed: &changed, warnings });
        self.turn.end(Some(set));
    }

    /// An edition from its folder to its composed pages.
    fn set(&mut self, sources: &mut Sources) -> Result<Set, Vec<Diagnostic>> {
        let mut said = vec![];
        let Read { edition, theme, look, grid } = self.read(sources, &mut said)?;
        let unpublished = edition.unpublished.iter();
        let marks = unpublished
            .map(|left| Mark { story: left.key.clone(), word: setup::name(left.reason).into() })
            .collect();
        let (mut edition, mut left_out) = setup::set_up(edition);
        let press = Press {
            theme: &theme,
            grid: &grid,
            cache: &self.options.cache,
            keep_going: false,
            wanted: WANTED,
            look: look.as_deref(),
            watch: &|_| {},
        };
        let read = said.clone();
        let with_read = |found: Vec<Diagnostic>| [read, found].concat();
        let (planned, document) =
            document(&mut edition, &mut left_out, &press).map_err(with_read)?;
        said.extend(planned.diagnostics.iter().cloned());
        let (make, sources) = (self.makes, Arc::new(std::mem::take(sources)));
        Ok(Set {
            make,
            edition,
            planned,
            grid,
            theme,
            look,
            document,
            sources,
            marks,
            left_out,
            said,
        })
    }

    /// Reads the folder. What is wrong with the look of the web edition stops no pages.
    fn read(
        &mut self,
        sources: &mut Sources,
        said: &mut Vec<Diagnostic>,
    ) -> Result<Read, Vec<Diagnostic>> {
        let Options { root, edition, stories, format, theme, now, clock, .. } = &self.options;
        let now = now.unwrap_or_else(|| Moment::At(clock()));
        let (root, stories) = (root.clone(), stories.clone());
        let opened = open_unpublished(&Request { root, edition: *edition, stories, now });
        let now = opened.now();
        let (content, read, diagnostics) = opened.read();
        *sources = read;
        said.extend(diagnostics);
        let mut paper = content.paper;
        if let Some(theme) = theme {
            paper.theme.clone_from(theme);
        }
        let misnamed =
            |(what, hint): setup::Misnamed| Diagnostic::error(Code::Theme, None, what).hint(hint);
        if let Err(wrong) = setup::reformat(&mut paper, format.as_deref()) {
            said.push(misnamed(wrong));
        }
        let mut edition = content.editions.into_iter().next_back();
        let empty = edition.as_ref().filter(|edition| edition.stories.is_empty());
        if let Some(edition) = empty.filter(|_| !has_errors(said)) {
            said.push(content::nothing_to_print(edition, &now));
        }
        let theme = self.theme(&paper.theme).map_err(|wrong| said.push(misnamed(wrong))).ok();
        let (Some(mut edition), Some(theme), false) = (edition.take(), theme, has_errors(said))
        else {
            return Err(std::mem::take(said));
        };
        edition.paper.format.clone_from(&paper.format);
        edition.paper.theme.clone_from(&paper.theme);
        said.extend(content::fill_alts(&mut edition));
        let look = self.look(&edition.paper).map_err(|faults| said.extend(faults)).ok();
        let grid = setup::grid(&paper, &theme);
        Ok(Read { edition, theme, look, grid })
    }

    /// The theme, loaded again only where its files have changed.
    fn theme(&mut self, name: &str) -> Result<Arc<Theme>, setup::Misnamed> {
        let own = setup::own_theme(&self.options.root, name);
        match &self.theme {
            Some((known, files, theme)) if known == name && *files == own => Ok(Arc::clone(theme)),
            _ => {
                let theme = Arc::new(setup::theme(name, &own)?);
                self.theme = Some((name.into(), own, Arc::clone(&theme)));
                Ok(theme)
            }
        }
    }

    /// The look of the web edition, read again only where its files have changed.
    fn look(&mut self, paper: &content::paper::Paper) -> Result<Arc<Look>, Vec<Diagnostic>> {
        let own = setup::own_look(&self.options.root);
        let set = (paper.theme.clone(), paper.web.properties());
        match &self.look {
            Some((theme, files, look)) if *theme == set && *files == own => Ok(Arc::clone(look)),
            _ => {
                let look = Arc::new(setup::look(paper, &own)?);
                self.look = Some((set, own, Arc::clone(&look)));
                Ok(look)
            }
        }
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| one.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::content::EditionChoice;
    use crate::picture::Cache;
    use crate::typeset::file_id;

    /// Typst never gives a file's number back, and has 65,535 of them.
    #[test]
    fn makes_take_no_new_numbers_of_files() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join("content/2026-11-24").join(name);
        fs::create_dir_all(at("")).unwrap();
        let write = |name: &str, text: &str| {
            fs::write(at(name), format!("---\nheadline: A {name}\n---\n{text}\n")).unwrap();
        };
        let options = Options {
            root: folder.path().into(),
            edition: EditionChoice::Latest,
            stories: vec![],
            format: None,
            theme: None,
            cache: Cache::default(),
            port: None,
            now: None,
            clock: || jiff::Timestamp::UNIX_EPOCH,
        };
        let shelf = Arc::new(Shelf::default());
        let mut maker = Maker::new(options, Arc::clone(&shelf), Arc::default(), Arc::new(|_| {}));
        let next = |name: String| file_id(&name).into_raw().get();
        let mut round = |number: usize| {
            let before = next(format!("before-{number}"));
            for make in 0..8 {
                write("one.md", &format!("The text is other at make {make} of {number}."));
                // A story that comes and goes, and one whose name is always new.
                write("two.md", if make % 2 == 0 { "---" } else { "Two." });
                write(&format!("new-{number}-{make}.md"), "A story that nobody knew.");
                maker.make();
                fs::remove_file(at(&format!("new-{number}-{make}.md"))).unwrap();
            }
            usize::from(next(format!("after-{number}")) - before - 1)
        };
        // Other tests of this process take numbers too, but not in every round.
        let taken: Vec<usize> = (0..6).map(&mut round).collect();
        assert!(taken[1..].contains(&0), "{taken:?}");
        let state = &shelf.now().state;
        assert_eq!((state.make, state.failed, state.pages.len()), (48, false, 1));
    }
}
