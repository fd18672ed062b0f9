//! `stonehand lock` and `stonehand release`.

use std::collections::BTreeSet;

use stonehand::build::{Planned, Press, plan};
use stonehand::content::{self, LOCK, LockFile};
use stonehand::edition::Edition;
use stonehand::folder::set_up;
use stonehand::lock;
use stonehand::makeup::model::{PagePlan, Plan};
use stonehand::picture::Cache;
use stonehand::publish::replace;
use stonehand::review::page_alternatives;

use super::args::{Lock, Of, Release};
use super::build::{bar, cache_folder, has_errors, name_of};
use super::reading::{Reading, beside, read_one, unwritable};
use super::{Exit, print};

/// An edition that was read and planned.
pub(super) struct Laid {
    pub(super) edition: Edition,
    pub(super) planned: Planned,
    pub(super) reading: Reading,
}

/// Plans an edition as it is now; what is wrong with it is said.
pub(super) fn lay_out(mut edition: content::Edition, mut reading: Reading) -> Result<Laid, Exit> {
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
        watch: &|phase| bar.set_message(name_of(phase)),
    };
    let planned = if stops || edition.stories.is_empty() {
        Err(vec![])
    } else {
        plan(&mut edition, &mut left_out, &press)
    };
    bar.finish_and_clear();
    match planned {
        Ok(planned) => Ok(Laid { edition, planned, reading }),
        Err(found) => {
            let mut said = reading.diagnostics;
            said.extend(found);
            said.retain(|one| one.severity == stonehand::diag::Severity::Error);
            print::diagnostics(&said, &reading.sources);
            Err(Exit::Errors)
        }
    }
}

/// Locks pages as they are made now; those that are locked already stay so.
pub(super) fn lock(args: &Lock) -> Exit {
    let bar = bar();
    let (edition, reading) = match read_one(&args.of, &bar) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let path = beside(&args.of, &edition, LOCK);
    bar.finish_and_clear();
    let Laid { edition, planned, mut reading } = match lay_out(edition, reading) {
        Ok(laid) => laid,
        Err(exit) => return exit,
    };
    let many = planned.plan.pages.len();
    if let Some(page) = args.pages.iter().find(|page| usize::from(**page) > many) {
        let s = if many == 1 { "" } else { "s" };
        let what = format!("there is no page {page}: the edition has {many} page{s}");
        print::fail(&what, "nothing was locked");
        return Exit::Usage;
    }
    let plan = match chosen(args, &edition, &planned, &reading) {
        Ok(plan) => plan,
        Err(exit) => return exit,
    };
    let before = planned.seen.locked.iter().map(|locked| locked.page.number);
    let pages: BTreeSet<u16> = before.chain(args.pages.iter().copied()).collect();
    let text = lock::write(&edition, &reading.grid, &plan, &pages);
    let file = LockFile { file: reading.sources.add(path.to_string_lossy(), text.as_str()), text };
    let made = match lock::try_out(&file, &edition, &reading.grid, &planned.seen) {
        Ok(made) => made,
        Err(wrong) => {
            print::diagnostics(&wrong, &reading.sources);
            print::fail(
                "the edition could not be made with these pages locked",
                "correct the errors above; nothing was locked",
            );
            return Exit::Errors;
        }
    };
    if let Err(problem) = replace(&path, &file.text) {
        return unwritable(problem);
    }
    for page in plan.pages.iter().filter(|page| args.pages.contains(&page.number)) {
        let lead = page.modules.first().map(|lead| edition.stories[lead.item].key.as_str());
        let lead = lead.map_or_else(String::new, |lead| format!(", led by {lead}"));
        let many = page.modules.len();
        let stories = if many == 1 { "story" } else { "stories" };
        print::say(&format!("locked page {}: {many} {stories}{lead}", page.number));
    }
    print::say(&format!("  in {}", path.display()));
    say_changed(&planned.plan, &made, &pages);
    Exit::Made
}

/// The plan that pages are locked as: the one that would be printed, or another one of a page.
fn chosen(
    args: &Lock,
    edition: &Edition,
    planned: &Planned,
    reading: &Reading,
) -> Result<Plan, Exit> {
    let Some(letter) = args.alternative else { return Ok(planned.plan.clone()) };
    let &[page] = &args.pages[..] else {
        print::fail(
            "--alternative takes one page at a time",
            "name that page alone; nothing was locked",
        );
        return Err(Exit::Usage);
    };
    let composition = planned.composition(edition, &reading.grid);
    let found = page_alternatives(&composition, &planned.seen, &[page]);
    let ways = found.into_iter().flat_map(|found| found.others);
    let (plans, names): (Vec<_>, Vec<_>) = ways.map(|way| ((way.name, way.plan), way.name)).unzip();
    if let Some((_, plan)) = plans.into_iter().find(|(name, _)| *name == letter) {
        return Ok(plan);
    }
    let hint = if names.is_empty() {
        "it has no alternatives, or is locked already; nothing was locked".to_string()
    } else {
        let names: Vec<String> = names.iter().map(char::to_string).collect();
        format!("it has {}: see `stonehand check --alternatives {page}`", names.join(", "))
    };
    print::fail(&format!("page {page} has no alternative {letter}"), &hint);
    Err(Exit::Usage)
}

/// Names the pages that come out otherwise with a lock.
fn say_changed(before: &Plan, after: &Plan, locked: &BTreeSet<u16>) {
    let stands = |page: &&PagePlan| before.pages.contains(page);
    let other = after.pages.iter().filter(|page| !locked.contains(&page.number) && !stands(page));
    let numbers: Vec<String> = other.map(|page| page.number.to_string()).collect();
    if !numbers.is_empty() {
        let list = numbers.join(", ");
        print::say(&format!("  this lock also changes these pages: {list}"));
        print::say(
            "  to keep them as they were: undo this lock with `stonehand release`, lock those pages, then lock again",
        );
    }
}

/// Releases pages.
pub(super) fn release(args: &Release) -> Exit {
    let bar = bar();
    let (edition, reading) = match read_one(&args.of, &bar) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    bar.finish_and_clear();
    let path = beside(&args.of, &edition, LOCK);
    let Some(file) = &edition.lock else {
        print::fail("no page of this edition is locked", "there is nothing to release");
        return Exit::Usage;
    };
    match lock::release(file, &args.pages) {
        Err(wrong) => {
            print::diagnostics(&[wrong], &reading.sources);
            Exit::Errors
        }
        Ok((_, missing)) if !missing.is_empty() => {
            let names: Vec<String> = missing.iter().map(u16::to_string).collect();
            let what = format!("these pages are not locked: {}", names.join(", "));
            print::fail(&what, "nothing was released");
            Exit::Usage
        }
        Ok((text, _)) => {
            let done = match text {
                Some(text) => replace(&path, &text),
                None => std::fs::remove_file(&path).map_err(|error| (path.clone(), error)),
            };
            if let Err(problem) = done {
                return unwritable(problem);
            }
            for page in args.pages.iter().collect::<BTreeSet<_>>() {
                print::say(&format!("released page {page}"));
            }
            Exit::Made
        }
    }
}

/// The page that a story begins on, and whether that is locked.
pub(super) fn begins(laid: &Laid, key: &str) -> Option<(u16, bool)> {
    let item = laid.edition.stories.iter().position(|story| story.key == key)?;
    let starts = |m: &stonehand::makeup::model::Module| m.item == item && m.part == 0;
    let page = laid.planned.plan.pages.iter().find(|page| page.modules.iter().any(starts))?;
    let locked = laid.planned.seen.locked.iter().any(|locked| locked.page.number == page.number);
    Some((page.number, locked))
}

/// Reads and plans once more, after something has changed.
pub(super) fn once_more(of: &Of) -> Result<Laid, Exit> {
    let bar = bar();
    let (edition, reading) = read_one(of, &bar)?;
    bar.finish_and_clear();
    lay_out(edition, reading)
}
