//! The `stonehand` program.

#![allow(
    clippy::disallowed_methods,
    reason = "the program, unlike the library, may look at a clock"
)]

mod cli;

use std::process::ExitCode;

/// Typst makes and drops millions of small values, and pictures are megabytes that come and go:
/// with this allocator both take less time, and less of the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
