//! Keeps galleys from make to make: a galley follows from its story and its setting alone.
//!
//! Typst remembers what it has laid out, but it would have to be asked for every part of every story
//! again. So whole galleys are kept, in the same memory (`comemo`) and for as long.

use std::hash::{Hash, Hasher};

use serde_json::json;
use typst::syntax::Source as TypstSource;

use super::model::{Galley, Setting};
use super::{rail, setter};
use crate::content::model::Story;
use crate::typeset::Trouble;

/// A hash of all that a result depends on.
pub(super) type Identity = [u8; 32];

/// A story to be set, and all that its galley depends on.
pub(super) struct StoryJob<'a> {
    /// The story.
    pub(super) story: &'a Story,
    /// Its slot, which the spans of its text name.
    pub(super) slot: usize,
    /// The words that its remainder is headed with.
    pub(super) jump_head: &'a str,
    /// Its briefs, if it is a rail, and the slot of the first.
    pub(super) briefs: (&'a [Story], usize),
    /// Whether it leads the paper, and whether it may lead a page.
    pub(super) rank: (bool, bool),
    /// What all stories are set with.
    pub(super) setting: &'a Setting<'a>,
    /// The driver `measure.typ`.
    pub(super) driver: &'a TypstSource,
}

/// The hash of all that every story is set with.
pub(super) fn identity(setting: &Setting, driver: &TypstSource) -> Identity {
    // Taken apart in full, so that a new field can't be forgotten here.
    let Setting { theme, grid, paper, words, resolution } = setting;
    let mut hasher = blake3::Hasher::new();
    for text in theme.texts().chain([driver.text()]) {
        hasher.update(&text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    }
    let contract = format!("{:?}", theme.contract);
    hasher.update(json!([contract, grid, paper, words, resolution]).to_string().as_bytes());
    *hasher.finalize().as_bytes()
}

/// Gives the galley of a story: the one that is kept, or a new one. `setting` is the [`identity`] of
/// the job's setting.
pub(super) fn set(job: StoryJob<'_>, setting: &Identity) -> Result<Galley, Vec<Trouble>> {
    let StoryJob { story, slot, jump_head, briefs, rank, .. } = &job;
    let mut hasher = blake3::Hasher::new();
    hasher.update(setting);
    match serde_json::to_writer(&mut hasher, &(story, slot, jump_head, briefs, rank)) {
        Ok(()) => remembered(Known { identity: *hasher.finalize().as_bytes(), job }),
        Err(_) => fresh(&job),
    }
}

/// A job with the hash of all of it.
struct Known<'a> {
    identity: Identity,
    job: StoryJob<'a>,
}

impl Hash for Known<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The identity stands for the job.
        self.identity.hash(state);
    }
}

#[comemo::memoize]
fn remembered(known: Known<'_>) -> Result<Galley, Vec<Trouble>> {
    fresh(&known.job)
}

fn fresh(job: &StoryJob<'_>) -> Result<Galley, Vec<Trouble>> {
    let StoryJob { story, slot, jump_head, briefs, rank, setting, driver } = *job;
    match briefs {
        ([], _) => setter::set_story((story, slot), jump_head, rank, setting, driver),
        briefs => rail::rail((story, slot), jump_head, briefs, setting, driver),
    }
}
