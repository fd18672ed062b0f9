//! What a command shows while it works.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use stonehand::build::Phase;

/// A spinner with the phase beside it; indicatif draws nothing in a pipe.
pub(super) fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// What the spinner says of a phase.
pub(super) fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Galleys => "setting the stories",
        Phase::MakeUp => "making up the pages",
        Phase::Pictures => "preparing the pictures",
        Phase::Compose => "composing the pages",
        Phase::Export => "writing the files",
        Phase::Web => "making the web edition",
    }
}
