//! The turns that the two working threads take.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::composed::ComposedEdition;

/// Decides which thread works: the later outputs wait while pages are being made, and then start with
/// the newest edition.
#[derive(Default)]
pub(super) struct Turn {
    now: Mutex<TurnState>,
    changed: Condvar,
}

#[derive(Default)]
struct TurnState {
    /// Whether pages are being made.
    making: bool,
    /// The edition that was made last, until its later outputs are begun.
    made: Option<ComposedEdition>,
}

impl Turn {
    /// Says that pages are being made.
    pub(super) fn begin(&self) {
        self.lock().making = true;
    }

    /// Says that pages are made, or could not be.
    pub(super) fn end(&self, made: Option<ComposedEdition>) {
        let mut now = self.lock();
        now.making = false;
        if made.is_some() {
            now.made = made;
        }
        self.changed.notify_all();
    }

    /// Waits for an edition whose pages are made, and takes it.
    pub(super) fn next(&self) -> ComposedEdition {
        let mut now = self.lock();
        loop {
            if let Some(set) = now.made.take() {
                return set;
            }
            now = self.changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until no pages are being made. Returns whether the edition that was taken is still the
    /// newest.
    pub(super) fn goes_on(&self) -> bool {
        let mut now = self.lock();
        while now.making {
            now = self.changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
        now.made.is_none()
    }

    fn lock(&self) -> MutexGuard<'_, TurnState> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
