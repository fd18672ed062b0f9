//! `stonehand build`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::json;
use stonehand::build::Press;
use stonehand::build::origin::unchanged;
use stonehand::build::setup;
use stonehand::content::paper::Paper;
use stonehand::content::{Inputs, Opened};
use stonehand::diag::{Code, Diagnostic, Severity, Sources, has_errors};
use stonehand::export::Output;
use stonehand::picture::Cache;
use stonehand::site::publish::{Again, Origin};
use stonehand::site::{SiteMade, publish_site};
use stonehand::web::{Clash, Look, folder_of};

use super::args::Build;
use super::counts::{count, thousands};
use super::exit::Exit;
use super::folders::{cache_folder, out_folder};
use super::make::{Ready, Run, Summary};
use super::others;
use super::print::{self, Extent};
use super::progress::{bar, phase_name};
use super::reading::{Opening, open};
use super::tell_left_out::Omission;

/// The second half of a run: publishes what was made and prints what there is to say.
struct Publishing<'a> {
    args: &'a Build,
    opened: &'a Opened,
    bar: &'a ProgressBar,
    start: Instant,
    /// What the site around the editions is made with, where it is wanted.
    site: Option<(&'a Look, &'a Paper)>,
    /// Editions that were not made, since they would come out as they are.
    unchanged: Vec<Unchanged>,
    /// For each edition that has nothing to print, the reason.
    empty: Vec<Diagnostic>,
}

/// An edition that is not made, since it would come out as it is.
struct Unchanged {
    title: String,
    folder: PathBuf,
    origin: Origin,
}

/// Makes the editions that were asked for.
pub(super) fn run(args: &Build) -> Exit {
    let start = Instant::now();
    let bar = bar();
    let Opening { opened, paper, theme, grid } = match open(&args.of, &bar) {
        Ok(opening) => opening,
        Err(exit) => return exit,
    };
    let wanted = args.wanted();
    let look = || setup::look(&paper, &setup::own_look(&args.of.root));
    let look = wanted.contains(&Output::Web).then(look).transpose();
    let cache = Cache { dir: cache_folder() };
    let press = Press {
        theme: &theme,
        grid: &grid,
        cache: &cache,
        keep_going: args.keep_going,
        wanted: &wanted,
        look: look.as_ref().ok().and_then(Option::as_ref),
        watch: &|phase| bar.set_message(phase_name(phase)),
    };
    let chosen = opened.chosen();
    let spared: Vec<Option<Unchanged>> =
        chosen.par_iter().map(|inputs| spared(inputs, &paper, &press, args)).collect();
    let dates = chosen.iter().zip(&spared).filter(|(_, spared)| spared.is_none());
    let dates: Vec<Option<Date>> = dates.map(|(inputs, _)| inputs.date).collect();
    let unchanged: Vec<Unchanged> = spared.into_iter().flatten().collect();
    let run = Run { opened: &opened, paper: &paper, press: &press, args };
    let (sources, said) = opened.said();
    let (mut sources, mut diagnostics) = (sources.clone(), said.to_vec());
    diagnostics.extend(look.as_ref().err().into_iter().flatten().cloned());
    let mut stopped = run.stops(&diagnostics);
    // Where an error in one edition stops all, none is made before all are read.
    if stopped || dates.len() > 1 && !args.keep_going {
        let (mut files, mut found) = (sources.clone(), vec![]);
        run.survey(&dates, &mut files, &mut found);
        if stopped || run.stops(&found) {
            stopped = true;
            sources = files;
            diagnostics.append(&mut found);
        }
    }
    let dates = if stopped { &[][..] } else { &dates };
    let (made, empty) = run.make(dates, &mut sources, &mut diagnostics);
    let site = press.look.map(|look| (look, &paper));
    let publishing = Publishing { args, opened: &opened, bar: &bar, start, site, unchanged, empty };
    publishing.finish(made, sources, diagnostics)
}

/// Passes an edition over if nothing that it is made from has changed. One that had warnings or broken
/// parts is made again where these stop a build.
fn spared(inputs: &Inputs, paper: &Paper, press: &Press, args: &Build) -> Option<Unchanged> {
    if args.force {
        return None;
    }
    let folder = out_folder(args).join(folder_of(inputs.date));
    let origin = unchanged(&folder, inputs, press)?;
    let fine = !(args.strict && origin.warnings > 0 || origin.broken && !args.keep_going);
    let date = inputs.date.map(|date| format!(", {}", paper.every.text(date, &paper.lang)));
    let title = format!("{}{}", paper.name, date.unwrap_or_default());
    fine.then_some(Unchanged { title, folder, origin })
}

impl Publishing<'_> {
    /// Publishes what was made and prints what happened.
    fn finish(
        self,
        made: Vec<Ready>,
        mut sources: Sources,
        mut diagnostics: Vec<Diagnostic>,
    ) -> Exit {
        let Self { args, opened, bar, start, site, unchanged, mut empty } = self;
        let nothing = made.is_empty() && unchanged.is_empty();
        if nothing {
            diagnostics.append(&mut empty);
        }
        let failed = nothing || (has_errors(&diagnostics) && !args.keep_going);
        // A fault of the program that was worked round stops nothing.
        let strictly = |one: &Diagnostic| !one.is_worked_round();
        let stopped =
            failed || (args.strict && !args.keep_going && diagnostics.iter().any(strictly));
        let mut written = vec![];
        if !stopped {
            for ready in made {
                match ready.publish(args) {
                    Ok(edition) => written.push(edition),
                    Err(diagnostic) => diagnostics.push(diagnostic),
                }
            }
        }
        let mut joined = None;
        let again = if args.force { Again::Anew } else { Again::Changed };
        let none = written.is_empty() && unchanged.is_empty();
        let there = !(stopped || none);
        if let Some((look, paper)) = site.filter(|_| there) {
            bar.set_message("making the site");
            match publish_site(&out_folder(args), paper, look, again) {
                Ok(made) => {
                    for clash in &made.clashes {
                        diagnostics.push(clashing(clash, opened, &mut sources));
                    }
                    joined = Some(made);
                }
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        bar.finish_and_clear();
        diagnostics.sort_by_key(|d| (sources.place(d).map(|s| (s.file, s.start)), d.severity));
        diagnostics.dedup();
        if args.strict {
            let strict = diagnostics.iter_mut().filter(|one| !one.is_worked_round());
            strict.for_each(|one| one.severity = Severity::Error);
        }
        if args.json {
            print::diagnostics_json(&diagnostics, &sources);
        } else {
            let extent = if args.verbose { Extent::All } else { Extent::Few };
            print::diagnostics_to(extent, &diagnostics, &sources);
        }
        // The last line of JSON is the edition's.
        let (first, last) = if args.json { (joined, None) } else { (None, joined) };
        first.iter().for_each(|made| tell_site(made, args, start.elapsed()));
        if !stopped {
            tell_unchanged(&unchanged, args);
        }
        for (edition, folder) in &written {
            tell(edition, folder, opened, args, &diagnostics, start.elapsed());
        }
        if there && !args.json {
            let (others, unread) = (opened.others(), opened.unread());
            let left_out = || written.iter().flat_map(|(edition, _)| &edition.left_out);
            let by_moment = left_out().any(Omission::by_moment);
            others::tell(&empty, &others, unread, &opened.now(), by_moment);
        }
        last.iter().for_each(|made| tell_site(made, args, start.elapsed()));
        if !there {
            let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
            if !args.json {
                let s = if errors == 1 { "" } else { "s" };
                print::fail(
                    &format!("nothing was made: {errors} error{s}"),
                    "what was made before is unchanged",
                );
            }
            return Exit::Errors;
        }
        let broken = |left: &Omission| left.left.reason.is_broken();
        let partly = has_errors(&diagnostics)
            || unchanged.iter().any(|edition| edition.origin.broken)
            || written.iter().any(|(edition, _)| edition.left_out.iter().any(broken));
        if partly { Exit::Partly } else { Exit::Made }
    }
}

/// Prints which editions were not made, since they would come out as they are.
fn tell_unchanged(unchanged: &[Unchanged], args: &Build) {
    if args.json {
        for Unchanged { title, folder, origin } in unchanged {
            print::line(&json!({
                "type": "unchanged", "title": title, "folder": folder, "warnings": origin.warnings,
                "broken": origin.broken,
            }));
        }
        return;
    }
    match unchanged {
        [] => {}
        [one] => {
            print::say(&one.title);
            print::say(
                "  unchanged: nothing that it is made from has changed since the last build",
            );
        }
        all => print::say(&format!("{} editions are unchanged", thousands(all.len()))),
    }
    let warnings: usize = unchanged.iter().map(|one| one.origin.warnings).sum();
    if warnings > 0 {
        let s = if warnings == 1 { "" } else { "s" };
        let told = thousands(warnings);
        print::say(&format!("  {told} warning{s} from the last build; --force shows them again"));
    }
}

/// Says that an alias is left out, with its place in its story.
fn clashing(clash: &Clash, opened: &Opened, sources: &mut Sources) -> Diagnostic {
    let Clash { story, alias, with } = clash;
    let mut span = sources.find(story, alias);
    if let Some((path, text)) = opened.story(story).filter(|_| span.is_none()) {
        sources.add(path, text);
        span = sources.find(story, alias);
    }
    let what =
        format!("the alias `{alias}` of “{story}” is left out: its address is taken by {with}");
    Diagnostic::warning(Code::AliasClash, span, what).hint("remove it, or give it another address")
}

/// Prints where the home of the site is.
fn tell_site(made: &SiteMade, args: &Build, elapsed: Duration) {
    let home = out_folder(args).join("index.html");
    let SiteMade { editions, written, removed, clashes: _ } = made;
    if args.json {
        print::line(&json!({
            "type": "site", "home": home, "editions": editions, "files_written": written,
            "files_removed": removed, "seconds": elapsed.as_secs_f64(),
        }));
        return;
    }
    let s = if *editions == 1 { "" } else { "s" };
    print::say(&format!(
        "  {}, {} edition{s}, in {:.2} s",
        home.display(),
        thousands(*editions),
        elapsed.as_secs_f64()
    ));
}

/// Prints what an edition holds, where it lies and how long it took.
fn tell(
    edition: &Summary,
    folder: &Path,
    opened: &Opened,
    args: &Build,
    diagnostics: &[Diagnostic],
    elapsed: Duration,
) {
    let warnings = diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
    if args.json {
        let files: Vec<_> = edition.names.iter().map(|name| folder.join(name)).collect();
        print::line(&json!({
            "type": "made", "title": edition.title, "folder": folder, "files": files,
            "pages": edition.pages, "stories": edition.stories, "words": edition.words,
            "jumps": edition.jumps, "pictures": edition.pictures,
            "left_out": edition.left_out.iter().map(Omission::as_json).collect::<Vec<_>>(),
            "now": opened.now(), "other_editions": others::as_json(&opened.others()),
            "warnings": warnings,
            "seconds": elapsed.as_secs_f64(),
        }));
        return;
    }
    print::say(&edition.title);
    print::say(&format!(
        "  {}, {}, {}, {}, {}",
        count(edition.pages, "page", "pages"),
        count(edition.stories, "story", "stories"),
        count(edition.words, "word", "words"),
        count(edition.pictures, "picture", "pictures"),
        count(edition.jumps, "jump", "jumps"),
    ));
    for left in &edition.left_out {
        print::say(&format!("  {}", left.line()));
    }
    print::say(&format!(
        "  {}, {} given up to make it fit (see report.json)",
        count(warnings, "warning", "warnings"),
        count(edition.given_up, "thing", "things"),
    ));
    print::say(&format!(
        "  {} in {:.2} s",
        folder.join(edition.first_file()).display(),
        elapsed.as_secs_f64()
    ));
}
