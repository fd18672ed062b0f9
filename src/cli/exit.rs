//! How a run of the program ends.

/// The exit code of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Everything was made.
    Made = 0,
    /// The content or the plan has errors, and nothing was made.
    Errors = 1,
    /// The command line can't be carried out.
    Usage = 2,
    /// Made without the parts that are broken.
    Partly = 3,
}
