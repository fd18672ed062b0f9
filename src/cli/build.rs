//! `stonehand build`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::json;
use stonehand::build::{Phase, Press};
use stonehand::content::paper::Paper;
use stonehand::content::{Inputs, Opened};
use stonehand::diag::{Code, Diagnostic, Severity, Sources};
use stonehand::export::Output;
use stonehand::folder;
use stonehand::origin::unchanged;
use stonehand::picture::Cache;
use stonehand::publish::{Again, Origin};
use stonehand::site::{SiteMade, publish_site};
use stonehand::web::{Clash, Look, folder_of};

use super::Exit;
use super::args::Build;
use super::make::{Desk, Ready, Told};
use super::others::{self, Left};
use super::print::{self, Extent};
use super::reading::{Opening, open};

/// A desk for one run: what was asked, what was read.
struct Run<'a> {
    args: &'a Build,
    opened: &'a Opened,
    bar: &'a ProgressBar,
    start: Instant,
    /// What the site around the editions is made with, where it is wanted.
    site: Option<(&'a Look, &'a Paper)>,
    /// Editions that lie there as they would come out now.
    unchanged: Vec<Unchanged>,
    /// Editions of whose stories none is for print, and why.
    empty: Vec<Diagnostic>,
}

/// An edition that need not be made.
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
    let look = || folder::look(&paper, &folder::own_look(&args.of.root));
    let look = wanted.contains(&Output::Web).then(look).transpose();
    let cache = Cache { dir: cache_folder() };
    let press = Press {
        theme: &theme,
        grid: &grid,
        cache: &cache,
        keep_going: args.keep_going,
        wanted: &wanted,
        look: look.as_ref().ok().and_then(Option::as_ref),
        watch: &|phase| bar.set_message(name_of(phase)),
    };
    let chosen = opened.chosen();
    let spared: Vec<Option<Unchanged>> =
        chosen.par_iter().map(|inputs| spared(inputs, &paper, &press, args)).collect();
    let dates = chosen.iter().zip(&spared).filter(|(_, spared)| spared.is_none());
    let dates: Vec<Option<Date>> = dates.map(|(inputs, _)| inputs.date).collect();
    let unchanged: Vec<Unchanged> = spared.into_iter().flatten().collect();
    let desk = Desk { opened: &opened, paper: &paper, press: &press, args };
    let (sources, said) = opened.said();
    let (mut sources, mut diagnostics) = (sources.clone(), said.to_vec());
    diagnostics.extend(look.as_ref().err().into_iter().flatten().cloned());
    let mut stopped = desk.stops(&diagnostics);
    // No edition is made in vain for what is wrong with another.
    if stopped || dates.len() > 1 && !args.keep_going {
        let (mut files, mut found) = (sources.clone(), vec![]);
        desk.survey(&dates, &mut files, &mut found);
        if stopped || desk.stops(&found) {
            stopped = true;
            sources = files;
            diagnostics.append(&mut found);
        }
    }
    let dates = if stopped { &[][..] } else { &dates };
    let (made, empty) = desk.make(dates, &mut sources, &mut diagnostics);
    let site = press.look.map(|look| (look, &paper));
    let run = Run { args, opened: &opened, bar: &bar, start, site, unchanged, empty };
    run.finish(made, sources, diagnostics)
}

/// An edition that need not be made, since nothing that it is made from has changed. Where warnings
/// are errors, or what is broken must not be left out, one that had such is made again.
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

/// Where prepared pictures are kept for every paper of this user: they are known
/// by their content, so that no folder of stories is written into.
pub(super) fn cache_folder() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let home = || of("HOME").map(|home| home.join(".cache"));
    let base = of("XDG_CACHE_HOME").or_else(|| of("LOCALAPPDATA")).or_else(home)?;
    Some(base.join("stonehand").join("pictures"))
}

impl Run<'_> {
    /// Publishes what was made and says what happened.
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
        // A fault of ours that was worked round stops nothing.
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
            others::tell(&empty, &others, unread, &opened.now(), &written);
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
        let broken = |left: &Left| left.out.reason.starts_with("broken");
        let partly = has_errors(&diagnostics)
            || unchanged.iter().any(|edition| edition.origin.broken)
            || written.iter().any(|(edition, _)| edition.left_out.iter().any(broken));
        if partly { Exit::Partly } else { Exit::Made }
    }
}

pub(super) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Says which editions are as they were.
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

/// Says that an alias can't be, with its place in its story.
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

/// The folder of all editions: the site's root.
pub(super) fn out_folder(args: &Build) -> PathBuf {
    if args.out.is_absolute() { args.out.clone() } else { args.of.root.join(&args.out) }
}

/// Says where the site is that the editions were joined to.
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

/// The file that an edition is looked at in: the PDF, where there is one.
pub(super) fn first_file(edition: &Told) -> &str {
    edition.names.first().map_or("", String::as_str)
}

fn tell(
    edition: &Told,
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
            "left_out": edition.left_out.iter().map(Left::as_json).collect::<Vec<_>>(),
            "now": opened.now(), "other_editions": others::as_json(&opened.others()),
            "warnings": warnings,
            "seconds": elapsed.as_secs_f64(),
        }));
        return;
    }
    let count = |n: usize, one: &str| {
        let s = if n == 1 { "" } else { "s" };
        format!("{} {}{s}", thousands(n), one)
    };
    let stories = if edition.stories == 1 {
        "1 story".to_string()
    } else {
        format!("{} stories", thousands(edition.stories))
    };
    print::say(&edition.title);
    print::say(&format!(
        "  {}, {stories}, {}, {}, {}",
        count(edition.pages, "page"),
        count(edition.words, "word"),
        count(edition.pictures, "picture"),
        count(edition.jumps, "jump"),
    ));
    for left in &edition.left_out {
        print::say(&format!("  {}", left.told()));
    }
    print::say(&format!(
        "  {}, {} given up to make it fit (see report.json)",
        count(warnings, "warning"),
        count(edition.given_up, "thing"),
    ));
    print::say(&format!(
        "  {} in {:.2} s",
        folder.join(first_file(edition)).display(),
        elapsed.as_secs_f64()
    ));
}

pub(super) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A spinner with the phase beside it; indicatif draws nothing in a pipe.
pub(super) fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

pub(super) fn name_of(phase: Phase) -> &'static str {
    match phase {
        Phase::Galleys => "setting the stories",
        Phase::MakeUp => "making up the pages",
        Phase::Pictures => "preparing the pictures",
        Phase::Compose => "composing the pages",
        Phase::Export => "writing the files",
        Phase::Web => "making the web edition",
    }
}
