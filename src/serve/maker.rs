//! The printed pages, made again at every change.

use std::sync::Arc;

use crate::build::setup;
use crate::build::{Press, document};
use crate::content::{self, Moment, Request, open_unpublished};
use crate::diag::{Code, Diagnostic, Severity, Sources, has_errors};
use crate::export::{LeftOutReason, Mark};
use crate::grid::Grid;
use crate::typeset::Theme;
use crate::web::{Look, OwnFile};

use super::catch::catch_panic;
use super::composed::{ComposedEdition, WANTED};
use super::notice::{Notice, Teller};
use super::options::Options;
use super::pages;
use super::preview_shelf::Shelf;
use super::preview_state::lines;
use super::problems::problems;
use super::turn::Turn;

/// After so many makes Typst forgets what none of them has used.
const REMEMBERED: usize = 4;

/// An edition that was read without errors, and what it is set in.
struct ReadEdition {
    edition: content::Edition,
    theme: Arc<Theme>,
    look: Option<Arc<Look>>,
    grid: Grid,
}

/// A theme that was loaded: its name, the paper's own files of it, and the theme.
type KeptTheme = (String, Vec<(String, String)>, Arc<Theme>);
/// A look that was read: the name of the theme and the paper's properties, the paper's own files, and
/// the look.
type KeptLook = ((String, Vec<(String, String)>), Vec<OwnFile>, Arc<Look>);

/// Makes pages. From one make to the next it keeps what an edit has not changed: theme, look, drawn
/// pages.
pub(super) struct Maker {
    options: Options,
    shelf: Arc<Shelf>,
    turn: Arc<Turn>,
    tell: Teller,
    theme: Option<KeptTheme>,
    look: Option<KeptLook>,
    pages: Vec<pages::ShownPage>,
    makes: u64,
}

impl Maker {
    /// A maker that has made nothing yet.
    pub(super) fn new(options: Options, shelf: Arc<Shelf>, turn: Arc<Turn>, tell: Teller) -> Self {
        Self { options, shelf, turn, tell, theme: None, look: None, pages: vec![], makes: 0 }
    }

    /// Reads the folder and makes its pages. If there is an error, the last pages stay, and the error is
    /// shown.
    pub(super) fn make(&mut self) {
        (self.tell)(Notice::Making);
        self.turn.begin();
        self.makes += 1;
        let make = self.makes;
        self.shelf.change(|snapshot| {
            snapshot.state.make = make;
            snapshot.state.making = true;
            true
        });
        let mut sources = Sources::default();
        let made = catch_panic(|| self.compose(&mut sources).map(|set| self.show(set)));
        match made {
            Ok(Ok(())) => {}
            Ok(Err(diagnostics)) => self.fail(&diagnostics, &sources),
            Err(stumbled) => self.fail(&[stumbled], &sources),
        }
        comemo::evict(REMEMBERED);
    }

    /// Shows diagnostics. The last pages stay.
    fn fail(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.shelf.change(|snapshot| {
            let state = &mut snapshot.state;
            state.problems = problems(diagnostics, sources);
            (state.making, state.failed) = (false, true);
            true
        });
        (self.tell)(Notice::Failed { diagnostics, sources });
        self.turn.end(None);
    }

    /// Shows the pages of an edition, and hands it on for its later outputs.
    fn show(&mut self, set: ComposedEdition) {
        let composition = set.composition();
        let marks = &set.marks;
        let shown = pages::draw(
            &composition,
            &set.document,
            set.planned.seen.format.gap,
            marks,
            &self.pages,
        );
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
        (self.tell)(Notice::Made { pages, changed: &changed, warnings });
        self.turn.end(Some(set));
    }

    /// An edition from its folder to its composed pages.
    fn compose(&mut self, sources: &mut Sources) -> Result<ComposedEdition, Vec<Diagnostic>> {
        let mut said = vec![];
        let ReadEdition { edition, theme, look, grid } = self.read(sources, &mut said)?;
        let unpublished = edition.unpublished.iter();
        let marks = unpublished
            .map(|left| Mark {
                story: left.key.clone(),
                word: LeftOutReason::Read(left.reason).as_str().into(),
            })
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
        Ok(ComposedEdition {
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

    /// Reads the folder. An error in the look of the web edition does not stop the pages.
    fn read(
        &mut self,
        sources: &mut Sources,
        said: &mut Vec<Diagnostic>,
    ) -> Result<ReadEdition, Vec<Diagnostic>> {
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
        Ok(ReadEdition { edition, theme, look, grid })
    }

    /// The theme; loaded again if its name or its files have changed.
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

    /// The look of the web edition; read again if its files or the paper's settings of it have changed.
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
