//! The command line: reads the arguments, runs the command, prints what came of it. Nothing else of
//! the program prints.

mod args;
mod build;
mod check;
mod completions;
mod counts;
mod decide;
mod exit;
mod folders;
mod lay_out;
mod lock;
mod make;
mod man;
mod new;
mod others;
mod page_cells;
mod print;
mod progress;
mod reading;
mod review_lines;
mod schema;
mod serve;
mod sketches;
mod tell_left_out;
mod text_table;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use args::{Args, Command};
use exit::Exit;

/// Runs the program: the command that the arguments name.
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
        Command::Hold(hold) => decide::hold(&hold),
        Command::Kill(kill) => decide::kill(&kill),
        Command::Swap(swap) => decide::swap(&swap),
        Command::New(new) => new::run(&new),
        Command::Schema(schema) => schema::run(&schema),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => man::run(&man),
    };
    ExitCode::from(exit as u8)
}
