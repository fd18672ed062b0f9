//! What is shown at the moment: makers lay it here, the server takes it from here.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch::{Receiver, Sender};

use super::answer::Body;
use super::state::State;

/// The files of the web edition by their paths, without a slash before them.
pub(super) type WebFiles = BTreeMap<String, Arc<Body>>;

/// Everything that can be asked for, as it was at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Snapshot {
    /// What the page of the preview is told.
    pub(super) state: State,
    /// The same as JSON.
    pub(super) json: Arc<str>,
    /// The web edition.
    pub(super) web: Arc<WebFiles>,
    /// The PDF and the name to keep it by.
    pub(super) pdf: Option<(Arc<Body>, String)>,
}

/// The present snapshot, and whoever waits for the next one.
#[derive(Debug)]
pub(super) struct Shelf {
    now: Sender<Arc<Snapshot>>,
    /// Held while a snapshot is made from the one before it.
    turn: Mutex<()>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { now: Sender::new(Arc::default()), turn: Mutex::new(()) }
    }
}

impl Shelf {
    /// What is shown now.
    pub(super) fn now(&self) -> Arc<Snapshot> {
        Arc::clone(&self.now.borrow())
    }

    /// Waits for what is shown next.
    pub(super) fn wait(&self) -> Receiver<Arc<Snapshot>> {
        self.now.subscribe()
    }

    /// Shows something else, unless `change` says that it is out of date.
    pub(super) fn change(&self, change: impl FnOnce(&mut Snapshot) -> bool) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut snapshot = Snapshot::clone(&self.now());
        if change(&mut snapshot) {
            snapshot.json = snapshot.state.json().to_string().into();
            self.now.send_replace(Arc::new(snapshot));
        }
    }
}
