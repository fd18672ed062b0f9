//! What the preview tells whoever started it.

use std::io;
use std::sync::Arc;

use crate::diag::{Diagnostic, Sources};

/// Something that happened.
#[derive(Debug)]
pub enum Notice<'a> {
    /// The preview can be opened.
    Listening {
        /// Its address.
        url: &'a str,
    },
    /// The edition is being made.
    Making,
    /// Its pages are made.
    Made {
        /// How many.
        pages: usize,
        /// The numbers of those that are other than before.
        changed: &'a [u16],
        /// How many warnings there are.
        warnings: usize,
    },
    /// The edition could not be made; the last pages are still shown.
    Failed {
        /// What is wrong.
        diagnostics: &'a [Diagnostic],
        /// The files that were read.
        sources: &'a Sources,
    },
    /// The web edition or the PDF could not be made.
    Partly {
        /// What is wrong.
        diagnostics: &'a [Diagnostic],
        /// The files that were read.
        sources: &'a Sources,
    },
}

/// Is called with everything that happens.
pub(super) type Teller = Arc<dyn Fn(Notice<'_>) + Send + Sync>;

/// Why there is no preview.
#[derive(Debug)]
pub enum Unserved {
    /// A port can't be had.
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        error: io::Error,
    },
    /// The folder can't be watched.
    Watch {
        /// What is wrong.
        what: String,
    },
    /// The system refuses something else.
    System(io::Error),
}
