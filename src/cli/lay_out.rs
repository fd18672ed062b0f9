//! An edition planned for a command that changes its pages: what stands where now.

use stonehand::build::setup::set_up;
use stonehand::build::{Planned, Press, plan};
use stonehand::content;
use stonehand::diag::{Severity, has_errors};
use stonehand::lineup::Edition;
use stonehand::makeup::model::Module;
use stonehand::picture::Cache;

use super::args::Of;
use super::exit::Exit;
use super::folders::cache_folder;
use super::print;
use super::progress::{bar, phase_name};
use super::reading::{Reading, read_one};

/// An edition that was read and planned.
pub(super) struct LaidOut {
    pub(super) edition: Edition,
    pub(super) planned: Planned,
    pub(super) reading: Reading,
}

/// Plans an edition as it stands. Errors are printed.
pub(super) fn lay_out(
    mut edition: content::Edition,
    mut reading: Reading,
) -> Result<LaidOut, Exit> {
    reading.diagnostics.extend(content::fill_alts(&mut edition));
    let bar = bar();
    let stops = has_errors(&reading.diagnostics);
    let (mut edition, mut left_out) = set_up(edition);
    let press = Press {
        theme: &reading.theme,
        grid: &reading.grid,
        cache: &Cache { dir: cache_folder() },
        keep_going: false,
        wanted: &[],
        look: None,
        watch: &|phase| bar.set_message(phase_name(phase)),
    };
    let planned = if stops || edition.stories.is_empty() {
        Err(vec![])
    } else {
        plan(&mut edition, &mut left_out, &press)
    };
    bar.finish_and_clear();
    match planned {
        Ok(planned) => Ok(LaidOut { edition, planned, reading }),
        Err(found) => {
            let mut said = reading.diagnostics;
            said.extend(found);
            said.retain(|one| one.severity == Severity::Error);
            print::diagnostics(&said, &reading.sources);
            Err(Exit::Errors)
        }
    }
}

/// The page that a story begins on, and whether that page is locked; none where the story is not
/// printed.
pub(super) fn begins(laid: &LaidOut, key: &str) -> Option<(u16, bool)> {
    let item = laid.edition.stories.iter().position(|story| story.key == key)?;
    let starts = |m: &Module| m.item == item && m.part == 0;
    let page = laid.planned.plan.pages.iter().find(|page| page.modules.iter().any(starts))?;
    let locked = laid.planned.seen.locked.iter().any(|locked| locked.page.number == page.number);
    Some((page.number, locked))
}

/// Reads and plans an edition once more, after a command has changed something.
pub(super) fn once_more(of: &Of) -> Result<LaidOut, Exit> {
    let bar = bar();
    let (edition, reading) = read_one(of, &bar)?;
    bar.finish_and_clear();
    lay_out(edition, reading)
}
