//! Makes editions, several at a time, and lays each aside as soon as it is made: what is in memory
//! does not grow with their number.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use stonehand::build::{Made, Press, build};
use stonehand::content;
use stonehand::diag::{Diagnostic, Severity};
use stonehand::export::{LeftOut, Report};
use stonehand::origin::origin;
use stonehand::publish::{Failure, Origin, Staged, stage};

use super::args::Build;
use super::build::{first_file, out_folder};
use stonehand::folder::set_up;

/// Editions that are made at a time, at most: each takes memory.
const AT_ONCE: usize = 4;
/// Bytes of a maker's stack: what Typst lays out may be nested deeply.
const STACK: usize = 16 << 20;

/// What is told of an edition.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) report: Report,
    /// Its files.
    pub(super) names: Vec<String>,
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

/// Makes editions; gives those that were made, in their order, and what there is to say of all.
pub(super) fn make(
    editions: Vec<content::Edition>,
    press: &Press,
    read: &[Diagnostic],
    args: &Build,
) -> (Vec<Ready>, Vec<Diagnostic>) {
    let makers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let makers = makers.min(AT_ONCE).min(editions.len());
    let left = Mutex::new(editions.into_iter().enumerate());
    let made = Mutex::new(BTreeMap::new());
    let maker = || {
        loop {
            let next = left.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((at, edition)) = next else { break };
            let one = one(edition, press, read, args);
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
    let mut ready = vec![];
    let mut said = vec![];
    for one in made.into_inner().unwrap_or_else(PoisonError::into_inner).into_values() {
        match one {
            Ok((edition, told)) => {
                ready.push(edition);
                said.extend(told);
            }
            Err(errors) => said.extend(errors),
        }
    }
    (ready, said)
}

/// Makes one edition, unless something that was read forbids it.
fn one(
    edition: content::Edition,
    press: &Press,
    read: &[Diagnostic],
    args: &Build,
) -> Result<(Ready, Vec<Diagnostic>), Vec<Diagnostic>> {
    let worst = if args.strict { Severity::Warning } else { Severity::Error };
    let stops = read.iter().any(|d| d.severity >= worst);
    if edition.stories.is_empty() || (stops && !args.keep_going) {
        return Err(vec![]);
    }
    let origin = origin(&edition, press);
    // What is wrong with other editions is nothing of this one's.
    let own: Vec<Diagnostic> = read.iter().filter(|one| edition.is_about(one)).cloned().collect();
    let (edition, left_out) = set_up(edition);
    let Made { files, report, title, diagnostics } = build(edition, left_out, &own, press)?;
    let warned = diagnostics.iter().any(|d| d.severity >= worst);
    if warned && !args.keep_going {
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
    let folder = out_folder(args).join(folder);
    let staged = stage(&folder, &files, origin).map_err(|failure| vec![unwritable(&failure)])?;
    let names = files.sizes().map(|(name, _)| name.to_owned()).collect();
    Ok((Ready { told: Told { title, report, names }, folder, staged }, diagnostics))
}

fn unwritable((path, error): &Failure) -> Diagnostic {
    let what = format!("{} can't be written: {error}", path.display());
    Diagnostic::error("unwritable", None, what)
        .hint("Choose another folder with --out, or make room.")
}
