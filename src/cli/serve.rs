//! `stonehand serve`.

use std::sync::Mutex;
use std::time::Instant;

use stonehand::picture::Cache;
use stonehand::serve::{Notice, Options, Unserved, serve};

use super::args::{EditionArg, Serve};
use super::exit::Exit;
use super::folders::cache_folder;
use super::print;

/// Shows the preview until it is ended.
pub(super) fn run(args: &Serve) -> Exit {
    let of = &args.of;
    if of.edition == EditionArg::All {
        print::fail("the preview shows one edition at a time", "name its day with --edition");
        return Exit::Usage;
    }
    if !of.root.is_dir() {
        let what = format!("there is no folder {}", of.root.display());
        print::fail(&what, "name the paper's folder with --root");
        return Exit::Usage;
    }
    let options = Options {
        root: of.root.clone(),
        edition: of.edition.choice(),
        stories: of.stories.clone(),
        format: of.format.clone(),
        theme: of.theme.clone(),
        cache: Cache { dir: cache_folder() },
        port: args.port,
        now: of.now,
        clock: jiff::Timestamp::now,
    };
    let terminal = Terminal { open: args.open, begun: Mutex::new(Instant::now()) };
    match serve(options, move |notice| terminal.tell(&notice)) {
        Ok(()) => {
            print::say("The preview has ended.");
            Exit::Made
        }
        Err(unserved) => {
            let (what, hint) = reason(&unserved);
            print::fail(&what, &hint);
            Exit::Usage
        }
    }
}

/// Prints what happens.
struct Terminal {
    /// Whether the browser is to be opened.
    open: bool,
    /// When the make that is under way began.
    begun: Mutex<Instant>,
}

impl Terminal {
    fn tell(&self, notice: &Notice<'_>) {
        match notice {
            Notice::Listening { url } => {
                print::say(&format!("The preview is at {url}  (Ctrl-C ends it)"));
                if self.open {
                    // Without a browser the user has the address.
                    let _ = opener::open_browser(url);
                }
            }
            Notice::Making => {
                if let Ok(mut begun) = self.begun.lock() {
                    *begun = Instant::now();
                }
            }
            Notice::Made { pages, changed, warnings } => {
                print::say(&made(*pages, changed, *warnings, self.seconds()));
            }
            Notice::Failed { diagnostics, sources } => {
                print::diagnostics(diagnostics, sources);
                print::say(&format!(
                    "not made ({:.2} s); the last good pages stay",
                    self.seconds()
                ));
            }
            Notice::Partly { diagnostics, sources } => print::diagnostics(diagnostics, sources),
        }
    }

    fn seconds(&self) -> f64 {
        self.begun.lock().map_or(0.0, |begun| begun.elapsed().as_secs_f64())
    }
}

/// The line about a make that succeeded.
fn made(pages: usize, changed: &[u16], warnings: usize, seconds: f64) -> String {
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let changes = match changed {
        [] => "nothing changed".into(),
        [one] => format!("page {one} changed"),
        all if all.len() == pages => "all pages changed".into(),
        all => {
            let numbers: Vec<String> = all.iter().map(u16::to_string).collect();
            format!("pages {} changed", numbers.join(", "))
        }
    };
    let warned = match warnings {
        0 => String::new(),
        n => format!("; {n} warning{}", s(n)),
    };
    format!("made {pages} page{} in {seconds:.2} s; {changes}{warned}", s(pages))
}

/// Why there is no preview, and what to do.
fn reason(unserved: &Unserved) -> (String, String) {
    match unserved {
        Unserved::Port { port, error } => {
            let what = format!("port {port} can't be used: {error}");
            let hint = "another program uses it, perhaps another preview: name another port with --port, or \
                        leave --port out to get a free one";
            (what, hint.into())
        }
        Unserved::Watch { what } => {
            let hint = "the system may not be able to watch so many folders: name a smaller folder with \
                        --root";
            (format!("the folder can't be watched: {what}"), hint.into())
        }
        Unserved::System(error) => (
            format!("the preview can't run: {error}"),
            "check that programs may open network ports on this computer, or ask its administrator"
                .into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_make_is_told_in_a_line() {
        assert_eq!(made(8, &[1, 3], 0, 0.4), "made 8 pages in 0.40 s; pages 1, 3 changed");
        assert_eq!(made(1, &[1], 1, 1.25), "made 1 page in 1.25 s; page 1 changed; 1 warning");
        assert_eq!(made(2, &[1, 2], 0, 3.0), "made 2 pages in 3.00 s; all pages changed");
        assert_eq!(made(2, &[], 2, 0.1), "made 2 pages in 0.10 s; nothing changed; 2 warnings");
    }
}
