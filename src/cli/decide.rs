//! `stonehand hold`, `stonehand kill` and `stonehand swap`: an editor's decisions about stories, kept
//! in `desk.yaml`.

use stonehand::content::{self, Call, DESK, Decisions, NoStory};
use stonehand::diag::{Diagnostic, Severity};

use super::args::{Hold, Kill, Of, Swap};
use super::exit::Exit;
use super::folders::{edition_file, keep_file};
use super::lay_out::{LaidOut, begins, lay_out, once_more};
use super::print;
use super::progress::bar;
use super::reading::{Reading, read_one};

/// Holds stories, or brings them back.
pub(super) fn hold(args: &Hold) -> Exit {
    decide(&args.of, &args.names, |desk, key| {
        if desk.killed.iter().any(|call| call.key == key) {
            return Err((
                format!("{key} is killed"),
                format!("to bring it back, delete its line in {DESK}"),
            ));
        }
        let held = desk.held.iter().any(|call| call.key == key);
        match (args.undo, held) {
            (false, false) => desk.held.push(Call::unwritten(key)),
            (true, true) => desk.held.retain(|call| call.key != key),
            (false, true) => return Err((format!("{key} is held already"), NOTHING.into())),
            (true, false) => return Err((format!("{key} is not held"), NOTHING.into())),
        }
        Ok(if args.undo { format!("back in the edition: {key}") } else { format!("held: {key}") })
    })
}

/// Kills stories.
pub(super) fn kill(args: &Kill) -> Exit {
    decide(&args.of, &args.names, |desk, key| {
        if desk.killed.iter().any(|call| call.key == key) {
            return Err((format!("{key} is killed already"), NOTHING.into()));
        }
        desk.held.retain(|call| call.key != key);
        desk.killed.push(Call::unwritten(key));
        Ok(format!("killed: {key}"))
    })
}

const NOTHING: &str = "nothing was changed";

/// Applies `change` to the decisions about each of these stories, and writes them down. If one of the
/// changes is refused, none is written.
fn decide(
    of: &Of,
    names: &[String],
    mut change: impl FnMut(&mut Decisions, &str) -> Result<String, (String, String)>,
) -> Exit {
    let (edition, _) = match open(of) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let mut desk = edition.decisions.clone();
    let mut said = vec![];
    for name in names {
        let done = story(&edition, name).and_then(|key| change(&mut desk, &key));
        match done {
            Ok(line) => said.push(line),
            Err((what, hint)) => {
                print::fail(&what, &hint);
                return Exit::Usage;
            }
        }
    }
    if let Err(exit) = write(of, &edition, &desk) {
        return exit;
    }
    said.iter().for_each(|line| print::say(line));
    Exit::Made
}

/// Reads an edition whose decisions are to be changed. An error in `desk.yaml` stops the command:
/// writing the file anew would lose what it says.
fn open(of: &Of) -> Result<(content::Edition, Reading), Exit> {
    let bar = bar();
    let (edition, reading) = read_one(of, &bar)?;
    bar.finish_and_clear();
    let broken = |one: &&Diagnostic| {
        let path = one.span.map(|span| reading.sources.get(span.file).path.as_str());
        let own = path.is_some_and(|path| path.rsplit('/').next() == Some(DESK));
        own && one.severity == Severity::Error
    };
    let wrong: Vec<Diagnostic> = reading.diagnostics.iter().filter(broken).cloned().collect();
    if !wrong.is_empty() {
        print::diagnostics(&wrong, &reading.sources);
        return Err(Exit::Errors);
    }
    Ok((edition, reading))
}

/// The key of a story, or what is wrong with its name.
fn story(edition: &content::Edition, name: &str) -> Result<String, (String, String)> {
    content::story_of(edition, name).map_err(|none| match none {
        NoStory::Unknown(near) => (
            format!("the edition has no story `{name}`"),
            near.map_or_else(
                || "name a story by its file, its slug or the end of its path".into(),
                |near| format!("did you mean `{near}`?"),
            ),
        ),
        NoStory::Several(keys) => (
            format!("several stories match the name `{name}`"),
            format!("write more of the path: {}", keys.join(", ")),
        ),
    })
}

/// Writes the decisions; where there are none, the file is removed.
fn write(of: &Of, edition: &content::Edition, desk: &Decisions) -> Result<(), Exit> {
    let text = (!desk.is_empty()).then(|| desk.text());
    keep_file(&edition_file(of, edition, DESK), text.as_deref())
}

/// Swaps two stories, or swaps them back.
pub(super) fn swap(args: &Swap) -> Exit {
    exchange(args).unwrap_or_else(|exit| exit)
}

fn exchange(args: &Swap) -> Result<Exit, Exit> {
    let (edition, reading) = open(&args.of)?;
    let fail = |(what, hint): (String, String)| {
        print::fail(&what, &hint);
        Exit::Usage
    };
    let keys =
        [story(&edition, &args.one).map_err(fail)?, story(&edition, &args.other).map_err(fail)?];
    if keys[0] == keys[1] {
        return Err(fail((format!("{} can't be swapped with itself", keys[0]), NOTHING.into())));
    }
    let written = edition.clone();
    let laid = lay_out(edition, reading)?;
    let pages = places(&laid, &keys).map_err(fail)?;
    let mut desk = written.decisions.clone();
    let touches = |swap: &content::Swap| swap.stories.iter().any(|call| keys.contains(&call.key));
    let last = desk.swapped.iter().rposition(touches);
    let own = |at: &usize| desk.swapped[*at].stories.iter().all(|call| keys.contains(&call.key));
    match last.filter(own) {
        // The same two change back.
        Some(at) => {
            desk.swapped.remove(at);
        }
        None => desk.swapped.push(content::Swap {
            stories: keys.each_ref().map(|key| Call::unwritten(key)),
            pages: [pages[1], pages[0]],
        }),
    }
    write(&args.of, &written, &desk)?;
    let after = once_more(&args.of)?;
    for key in &keys {
        if let Some((page, _)) = begins(&after, key) {
            print::say(&format!("{key} begins on page {page}"));
        }
    }
    Ok(Exit::Made)
}

/// The pages that two stories begin on; a locked page is refused.
fn places(laid: &LaidOut, keys: &[String; 2]) -> Result<[u16; 2], (String, String)> {
    let mut pages = [0; 2];
    for (key, page) in keys.iter().zip(&mut pages) {
        let Some((number, locked)) = begins(laid, key) else {
            let what = format!("{key} is not printed, so it has no page to swap");
            return Err((what, "run `stonehand check` to see why it is left out".into()));
        };
        if locked {
            let what = format!("{key} stands on page {number}, which is locked");
            return Err((what, format!("release it first: `stonehand release {number}`")));
        }
        *page = number;
    }
    Ok(pages)
}
