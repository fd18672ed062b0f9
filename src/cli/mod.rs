//! The command line: arguments in, what happened out. All printing is here.

mod alternatives;
mod args;
mod build;
mod check;
mod completions;
mod desk;
mod lock;
mod make;
mod man;
mod new;
mod others;
mod print;
mod reading;
mod review;
mod schema;
mod serve;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use args::{Args, Command};

/// What a run of the program comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Everything was made.
    Made = 0,
    /// The content or the plan has errors and nothing was made.
    Errors = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// Made without the parts that are broken.
    Partly = 3,
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // The write can only fail where nobody reads.
            let _ = error.print();
            let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            let exit = if asked { Exit::Made } else { Exit::Usage };
            return ExitCode::from(exit as u8);
        }
    };
    let exit = match args.command {
        Command::Build(build) => build::run(&build),
        Command::Serve(args) => serve::run(&args),
        Command::Check(check) => check::run(&check),
        Command::Lock(pages) => lock::lock(&pages),
        Command::Release(pages) => lock::release(&pages),
        Command::Hold(hold) => desk::hold(&hold),
        Command::Kill(kill) => desk::kill(&kill),
        Command::Swap(swap) => desk::swap(&swap),
        Command::New(new) => new::run(&new),
        Command::Schema(schema) => schema::run(&schema),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => man::run(&man),
    };
    ExitCode::from(exit as u8)
}
