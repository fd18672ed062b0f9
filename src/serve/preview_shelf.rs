//! What is shown at the moment. The working threads put it here, the server takes it from here.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch::{Receiver, Sender};

use super::answer::HashedBytes;
use super::preview_state::PreviewState;

/// The files of the web edition by their paths, which begin without a slash.
pub(super) type WebFiles = BTreeMap<String, Arc<HashedBytes>>;

/// Everything that the server can be asked for, as it was at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Snapshot {
    /// What the page of the preview is told.
    pub(super) state: PreviewState,
    /// The same as JSON.
    pub(super) json: Arc<str>,
    /// The web edition.
    pub(super) web: Arc<WebFiles>,
    /// The PDF, and the name under which a browser saves it.
    pub(super) pdf: Option<(Arc<HashedBytes>, String)>,
}

/// The present snapshot. Readers can wait for the next one.
#[derive(Debug)]
pub(super) struct Shelf {
    now: Sender<Arc<Snapshot>>,
    /// Held while a snapshot is made from the last one, so that no change is lost.
    turn: Mutex<()>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { now: Sender::new(Arc::default()), turn: Mutex::new(()) }
    }
}

impl Shelf {
    /// The present snapshot.
    pub(super) fn now(&self) -> Arc<Snapshot> {
        Arc::clone(&self.now.borrow())
    }

    /// A receiver that waits for the next snapshot.
    pub(super) fn wait(&self) -> Receiver<Arc<Snapshot>> {
        self.now.subscribe()
    }

    /// Replaces the snapshot by a changed one. If `change` returns false, the old one stays: what was to
    /// be shown is out of date.
    pub(super) fn change(&self, change: impl FnOnce(&mut Snapshot) -> bool) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut snapshot = Snapshot::clone(&self.now());
        if change(&mut snapshot) {
            snapshot.json = snapshot.state.json().to_string().into();
            self.now.send_replace(Arc::new(snapshot));
        }
    }
}
