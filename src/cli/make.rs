//! Reads and makes editions, several at a time, and lays each aside as soon as it is made: what is in
//! memory grows with an edition, and hardly with their number.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use jiff::civil::Date;
use rayon::prelude::*;
use stonehand::build::{Made, Press, build, made_without};
use stonehand::content::paper::Paper;
use stonehand::content::{self, Opened, Reading, fill_alts, nothing_to_print};
use stonehand::diag::{Code, Diagnostic, Severity, Sources, Span};
use stonehand::export::LeftOut;
use stonehand::folder::set_up;
use stonehand::origin::origin;
use stonehand::publish::{Failure, Origin, Staged, stage};

use super::args::Build;
use super::build::{first_file, out_folder};
use super::others::Left;
use super::reading::looks_like;

/// Editions that are made at a time, at most: each takes memory.
const AT_ONCE: usize = 4;
/// Bytes of a maker's stack: what Typst lays out may be nested deeply.
const STACK: usize = 16 << 20;

/// What is told of an edition.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) pages: usize,
    pub(super) stories: usize,
    pub(super) words: usize,
    pub(super) pictures: usize,
    pub(super) jumps: usize,
    pub(super) left_out: Vec<Left>,
    /// How much was given up so that it fits.
    pub(super) given_up: usize,
    /// Its files; where no one asks for all of them, the first one.
    pub(super) names: Vec<String>,
}

/// What came of an edition.
struct Outcome {
    ready: Option<Ready>,
    /// That there is nothing to print, and why.
    empty: Option<Diagnostic>,
    /// What there is to say of it, and the files that this is about.
    said: Vec<Diagnostic>,
    sources: Sources,
}

/// An edition that is made and laid aside.
pub(super) struct Ready {
    told: Told,
    folder: PathBuf,
    staged: Staged,
}

impl Ready {
    /// Publishes it; says where.
    pub(super) fn publish(self, args: &Build) -> Result<(Told, PathBuf), Diagnostic> {
        let Self { told, folder, staged } = self;
        staged.publish().map_err(|failure| unwritable(&failure))?;
        if args.open {
            // A missing viewer is no reason to call the edition unmade.
            let _ = opener::open(folder.join(first_file(&told)));
        }
        Ok((told, folder))
    }
}

/// The paper that editions are made of.
pub(super) struct Desk<'a> {
    pub(super) opened: &'a Opened,
    /// The paper as it is in this run.
    pub(super) paper: &'a Paper,
    pub(super) press: &'a Press<'a>,
    pub(super) args: &'a Build,
}

impl Desk<'_> {
    /// Whether something that was said stops the editions.
    pub(super) fn stops(&self, said: &[Diagnostic]) -> bool {
        let worst = if self.args.strict { Severity::Warning } else { Severity::Error };
        !self.args.keep_going
            && said.iter().any(|one| one.severity >= worst && !one.is_worked_round())
    }

    /// Reads editions without making any, for what there is to say of them.
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

    /// Makes editions; gives those that were made, in their order, and says why others have nothing
    /// to print.
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
                let one = self.read(*date).map(|reading| self.one(reading));
                made.lock().unwrap_or_else(PoisonError::into_inner).insert(at, one);
                // What only this edition was set with is not kept.
                comemo::evict(1);
            }
        };
        thread::scope(|scope| {
            for _ in 1..makers {
                // Where there can't be a second one, one does it all.
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

    /// Reads an edition as it is in this run.
    fn read(&self, date: Option<Date>) -> Option<Reading> {
        let mut reading = self.opened.edition(date)?;
        looks_like(&mut reading.edition, self.paper);
        reading.diagnostics.extend(fill_alts(&mut reading.edition));
        Some(reading)
    }

    /// Of an edition's files those that something was said of.
    fn kept(&self, sources: Sources, said: &mut [Diagnostic]) -> Sources {
        let mut kept = self.opened.said().0.clone();
        kept.take_in(sources, kept.len(), said);
        kept
    }

    /// Puts what was said of editions together.
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

    /// Makes one edition, unless something that was read forbids it.
    fn one(&self, reading: Reading) -> Outcome {
        let Reading { edition, sources, diagnostics: mut said } = reading;
        if self.args.keep_going {
            goes_without(&edition, &mut said);
        }
        let is_empty = edition.stories.is_empty();
        // Where something is broken, that is said already.
        let broken = said.iter().any(|one| one.severity == Severity::Error);
        let empty = (is_empty && !broken).then(|| nothing_to_print(&edition, &self.opened.now()));
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

    fn made(
        &self,
        edition: content::Edition,
        read: &[Diagnostic],
    ) -> Result<(Ready, Vec<Diagnostic>), Vec<Diagnostic>> {
        let origin = origin(&edition, self.press);
        let known = edition.left_out.clone();
        let (edition, left_out) = set_up(edition);
        // What is wrong with the paper itself is wrong with each edition.
        let (_, general) = self.opened.said();
        let of_paper = general.iter().filter(|one| one.span.is_some());
        let own: Vec<Diagnostic> = of_paper.chain(read).cloned().collect();
        let Made { files, report, title, diagnostics } =
            build(edition, left_out, &own, self.press)?;
        if self.stops(&diagnostics) {
            return Err(diagnostics);
        }
        let broken = |left: &LeftOut| left.reason.starts_with("broken");
        let all = || own.iter().chain(&diagnostics);
        let origin = origin.map(|origin| Origin {
            warnings: all().filter(|one| one.severity == Severity::Warning).count(),
            broken: all().any(|one| one.severity == Severity::Error)
                || report.left_out.iter().any(broken),
            ..origin
        });
        let folder = report.date.clone().unwrap_or_else(|| "undated".into());
        let folder = out_folder(self.args).join(folder);
        let staged =
            stage(&folder, &files, origin).map_err(|failure| vec![unwritable(&failure)])?;
        let few = if self.args.json { usize::MAX } else { 1 };
        let told = Told {
            title,
            pages: report.pages,
            stories: report.stories,
            words: report.words,
            pictures: report.pictures,
            jumps: report.jumps.len(),
            left_out: Left::all(report.left_out, &known),
            given_up: report.given_up.len(),
            names: files.sizes().map(|(name, _)| name.to_owned()).take(few).collect(),
        };
        Ok((Ready { told, folder, staged }, diagnostics))
    }
}

/// Tells of pictures that an edition goes without that it does.
pub(super) fn goes_without(edition: &content::Edition, said: &mut [Diagnostic]) {
    let lost: Vec<Span> = edition.lost.iter().map(|(_, span)| *span).collect();
    made_without(said, &lost);
}

fn unwritable((path, error): &Failure) -> Diagnostic {
    let what = format!("{} can't be written: {error}", path.display());
    Diagnostic::error(Code::Unwritable, None, what)
        .hint("choose another folder with --out, or free some space")
}
