//! The `stonehand` program.

#![allow(
    clippy::disallowed_methods,
    reason = "the program, unlike the library, may look at a clock"
)]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
