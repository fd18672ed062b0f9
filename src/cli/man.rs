//! `stonehand man`.

use std::fs;
use std::io;
use std::path::Path;

use clap::CommandFactory;

use super::args::{Args, Man};
use super::exit::Exit;
use super::print;

/// Writes the man pages.
pub(super) fn run(args: &Man) -> Exit {
    let Man { dir } = args;
    if let Err(error) = write(dir) {
        let what = format!("the man pages can't be written into {}: {error}", dir.display());
        print::fail(&what, "choose a folder that you may write to");
        return Exit::Errors;
    }
    print::say(&format!("Wrote the man pages into {}.", dir.display()));
    Exit::Made
}

/// Writes a page for the program and one for each of its commands.
fn write(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    // What `stonehand help build` says is on the page of `build`.
    clap_mangen::generate_to(Args::command().disable_help_subcommand(true), dir)
}
