//! `stonehand completions`.

use clap::CommandFactory;

use super::args::{Args, Completions};
use super::exit::Exit;
use super::print;

/// Prints a shell's completions.
pub(super) fn run(args: &Completions) -> Exit {
    let mut script = vec![];
    clap_complete::generate(args.shell, &mut Args::command(), "stonehand", &mut script);
    print::say(String::from_utf8_lossy(&script).trim_end());
    Exit::Made
}
