//! Faults of the program that the preview outlives.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::diag::{Code, Diagnostic};

/// Does some work and turns a panic in it into a diagnostic. The preview goes on: after the next change
/// the same work may succeed.
pub(super) fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        Diagnostic::error(Code::Stumbled, None, "Stonehand failed on this edition")
            .hint("this is a fault of Stonehand: please report it with what the terminal says")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_program_is_told_and_outlived() {
        assert_eq!(catch_panic(|| 1).unwrap(), 1);
        let stumble = || -> u8 { panic!("on purpose") };
        assert_eq!(catch_panic(stumble).unwrap_err().code, "stumbled");
    }
}
