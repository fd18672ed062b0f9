//! Reads and makes editions, several at a time. Each is written beside its folder as soon as it is made,
//! so that memory grows with the size of an edition and hardly with the number of editions.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use jiff::civil::Date;
use rayon::prelude::*;
use stonehand::build::origin::origin;
use stonehand::build::setup::set_up;
use stonehand::build::{Made, Press, build, made_without};
use stonehand::content::paper::Paper;
use stonehand::content::{self, Opened, Reading, fill_alts, nothing_to_print};
use stonehand::diag::{Code, Diagnostic, Severity, Sources, Span, has_errors};
use stonehand::export::LeftOut;
use stonehand::site::publish::{Failure, Origin, Staged, stage};

use super::args::Build;
use super::folders::out_folder;
use super::reading::looks_like;
use super::tell_left_out::Omission;

/// The most editions that are made at a time: each takes memory.
const AT_ONCE: usize = 4;
/// The stack of a thread that makes editions, in bytes: Typst lays out deeply nested content by
/// recursion.
const STACK: usize = 16 << 20;

/// What is told of an edition that was made.
pub(super) struct Summary {
    pub(super) title: String,
    pub(super) pages: usize,
    pub(super) stories: usize,
    pub(super) words: usize,
    pub(super) pictures: usize,
    pub(super) jumps: usize,
    pub(super) left_out: Vec<Omission>,
    /// The number of things that were given up so that it fits.
    pub(super) given_up: usize,
    /// The names of its files; without `--json`, of the first one alone.
    pub(super) names: Vec<String>,
}

impl Summary {
    /// The file that is opened and named first: the PDF, where there is one.
    pub(super) fn first_file(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// What came of the try to make an edition.
struct Outcome {
    ready: Option<Ready>,
    /// That there is nothing to print, and why.
    empty: Option<Diagnostic>,
    /// Its diagnostics.
    said: Vec<Diagnostic>,
    /// The files that they point at.
    sources: Sources,
}

/// An edition that is made and written beside its folder.
pub(super) struct Ready {
    told: Summary,
    folder: PathBuf,
    staged: Staged,
}

impl Ready {
    /// Publishes it; returns the folder too.
    pub(super) fn publish(self, args: &Build) -> Result<(Summary, PathBuf), Diagnostic> {
        let Self { told, folder, staged } = self;
        staged.publish().map_err(|failure| unwritable(&failure))?;
        if args.open {
            // Without a viewer the edition is made all the same.
            let _ = opener::open(folder.join(told.first_file()));
        }
        Ok((told, folder))
    }
}

/// One run of `stonehand build`: the paper, and what its editions are made with.
pub(super) struct Run<'a> {
    pub(super) opened: &'a Opened,
    /// The paper with the format and the theme of this run.
    pub(super) paper: &'a Paper,
    pub(super) press: &'a Press<'a>,
    pub(super) args: &'a Build,
}

impl Run<'_> {
    /// Whether one of these diagnostics stops the edition.
    pub(super) fn stops(&self, said: &[Diagnostic]) -> bool {
        let worst = if self.args.strict { Severity::Warning } else { Severity::Error };
        !self.args.keep_going
            && said.iter().any(|one| one.severity >= worst && !one.is_worked_round())
    }

    /// Reads editions without making them, and collects their diagnostics.
    pub(super) fn survey(
        &self,
        dates: &[Option<Date>],
        sources: &mut Sources,
        said: &mut Vec<Diagnostic>,
    ) {
        let one = |date: &Option<Date>| {
            let Reading { sources, mut diagnostics, .. } = self.read(*date)?;
            Some((self.kept(sources, &mut diagnostics), diagnostics))
        };
        let all: Vec<_> = dates.par_iter().filter_map(one).collect();
        self.gather(all, sources, said);
    }

    /// Makes editions. Returns those that were made, in their order, and a diagnostic for each that has
    /// nothing to print.
    pub(super) fn make(
        &self,
        dates: &[Option<Date>],
        sources: &mut Sources,
        said: &mut Vec<Diagnostic>,
    ) -> (Vec<Ready>, Vec<Diagnostic>) {
        let makers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let makers = makers.min(AT_ONCE).min(dates.len());
        let left = Mutex::new(dates.iter().enumerate());
        let made = Mutex::new(BTreeMap::new());
        let maker = || {
            loop {
                let next = left.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some((at, date)) = next else { break };
                let one = self.read(*date).map(|reading| self.outcome(reading));
                made.lock().unwrap_or_else(PoisonError::into_inner).insert(at, one);
                // Typst forgets what only this edition was set with.
                comemo::evict(1);
            }
        };
        thread::scope(|scope| {
            for _ in 1..makers {
                // Without a further thread, this one makes all editions.
                let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, maker);
            }
            maker();
        });
        let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (mut ready, mut empty) = (vec![], vec![]);
        let told = made.into_values().flatten().map(|outcome| {
            ready.extend(outcome.ready);
            empty.extend(outcome.empty);
            (outcome.sources, outcome.said)
        });
        let told = told.collect();
        self.gather(told, sources, said);
        (ready, empty)
    }

    /// Reads an edition and gives it the format and the theme of this run.
    fn read(&self, date: Option<Date>) -> Option<Reading> {
        let mut reading = self.opened.edition(date)?;
        looks_like(&mut reading.edition, self.paper);
        reading.diagnostics.extend(fill_alts(&mut reading.edition));
        Some(reading)
    }

    /// The files of an edition that its diagnostics point at.
    fn kept(&self, sources: Sources, said: &mut [Diagnostic]) -> Sources {
        let mut kept = self.opened.said().0.clone();
        kept.take_in(sources, kept.len(), said);
        kept
    }

    /// Gathers the diagnostics of several editions, and the files that they point at.
    fn gather(
        &self,
        told: Vec<(Sources, Vec<Diagnostic>)>,
        sources: &mut Sources,
        said: &mut Vec<Diagnostic>,
    ) {
        let common = self.opened.said().0.len();
        for (own, mut diagnostics) in told {
            sources.take_in(own, common, &mut diagnostics);
            said.append(&mut diagnostics);
        }
    }

    /// Makes one edition, unless it is empty or a diagnostic of its reading stops it.
    fn outcome(&self, reading: Reading) -> Outcome {
        let Reading { edition, sources, diagnostics: mut said } = reading;
        if self.args.keep_going {
            goes_without(&edition, &mut said);
        }
        let is_empty = edition.stories.is_empty();
        // Where there is an error, that is the reason.
        let empty = (is_empty && !has_errors(&said))
            .then(|| nothing_to_print(&edition, &self.opened.now()));
        let made = match is_empty || self.stops(&said) {
            true => Err(vec![]),
            false => self.made(edition, &said),
        };
        let ready = match made {
            Ok((ready, diagnostics)) => {
                said.extend(diagnostics);
                Some(ready)
            }
            Err(errors) => {
                said.extend(errors);
                None
            }
        };
        let sources = self.kept(sources, &mut said);
        Outcome { ready, empty, said, sources }
    }

    /// Makes an edition and writes it beside its folder. `read` are the diagnostics of its reading.
    fn made(
        &self,
        edition: content::Edition,
        read: &[Diagnostic],
    ) -> Result<(Ready, Vec<Diagnostic>), Vec<Diagnostic>> {
        let origin = origin(&edition, self.press);
        let known = edition.left_out.clone();
        let (edition, left_out) = set_up(edition);
        // The paper's own diagnostics count in each edition's report.
        let (_, general) = self.opened.said();
        let of_paper = general.iter().filter(|one| one.span.is_some());
        let own: Vec<Diagnostic> = of_paper.chain(read).cloned().collect();
        let Made { files, report, title, diagnostics } =
            build(edition, left_out, &own, self.press)?;
        if self.stops(&diagnostics) {
            return Err(diagnostics);
        }
        let broken = |left: &LeftOut| left.reason.is_broken();
        let all = || own.iter().chain(&diagnostics);
        let origin = origin.map(|origin| Origin {
            warnings: all().filter(|one| one.severity == Severity::Warning).count(),
            broken: has_errors(&own)
                || has_errors(&diagnostics)
                || report.left_out.iter().any(broken),
            ..origin
        });
        let folder = report.date.clone().unwrap_or_else(|| "undated".into());
        let folder = out_folder(self.args).join(folder);
        let staged =
            stage(&folder, &files, origin).map_err(|failure| vec![unwritable(&failure)])?;
        let few = if self.args.json { usize::MAX } else { 1 };
        let told = Summary {
            title,
            pages: report.pages,
            stories: report.stories,
            words: report.words,
            pictures: report.pictures,
            jumps: report.jumps.len(),
            left_out: Omission::all(report.left_out, &known),
            given_up: report.given_up.len(),
            names: files.sizes().map(|(name, _)| name.to_owned()).take(few).collect(),
        };
        Ok((Ready { told, folder, staged }, diagnostics))
    }
}

/// Turns the errors of pictures that the edition is made without into warnings.
pub(super) fn goes_without(edition: &content::Edition, said: &mut [Diagnostic]) {
    let lost: Vec<Span> = edition.lost.iter().map(|(_, span)| *span).collect();
    made_without(said, &lost);
}

fn unwritable((path, error): &Failure) -> Diagnostic {
    let what = format!("{} can't be written: {error}", path.display());
    Diagnostic::error(Code::Unwritable, None, what)
        .hint("choose another folder with --out, or free some space")
}
