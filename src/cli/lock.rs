//! `stonehand lock` and `stonehand release`.

use std::collections::BTreeSet;

use stonehand::build::Planned;
use stonehand::content::{LOCK, LockFile};
use stonehand::editor::locks;
use stonehand::lineup::Edition;
use stonehand::makeup::model::{PagePlan, Plan};
use stonehand::review::page_alternatives;

use super::args::{Lock, Release};
use super::exit::Exit;
use super::folders::{edition_file, keep_file};
use super::lay_out::{LaidOut, lay_out};
use super::print;
use super::progress::bar;
use super::reading::{Reading, read_one};

/// Locks pages with the plan that they have now. Pages that are locked already stay locked.
pub(super) fn lock(args: &Lock) -> Exit {
    let bar = bar();
    let (edition, reading) = match read_one(&args.of, &bar) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let path = edition_file(&args.of, &edition, LOCK);
    bar.finish_and_clear();
    let LaidOut { edition, planned, mut reading } = match lay_out(edition, reading) {
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
    let text = locks::write(&edition, &reading.grid, &plan, &pages);
    let file = LockFile { file: reading.sources.add(path.to_string_lossy(), text.as_str()), text };
    let made = match locks::try_out(&file, &edition, &reading.grid, &planned.seen) {
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
    if let Err(exit) = keep_file(&path, Some(&file.text)) {
        return exit;
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

/// The plan to lock: the one that would be printed or, with `--alternative`, another plan of the one
/// page that is named.
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

/// Names the pages that a lock changes though they are not locked themselves.
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
    let path = edition_file(&args.of, &edition, LOCK);
    let Some(file) = &edition.lock else {
        print::fail("no page of this edition is locked", "there is nothing to release");
        return Exit::Usage;
    };
    match locks::release(file, &args.pages) {
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
            if let Err(exit) = keep_file(&path, text.as_deref()) {
                return exit;
            }
            for page in args.pages.iter().collect::<BTreeSet<_>>() {
                print::say(&format!("released page {page}"));
            }
            Exit::Made
        }
    }
}
