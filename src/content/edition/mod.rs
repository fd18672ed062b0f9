//! Finds the editions of a folder and reads those that were asked for. The order of reading is in
//! `reader.rs`; what holds between stories has a file each.

mod filed;
mod group;
mod reader;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diag::{Diagnostic, Sources};

use inputs::{Inputs, Sought};
use related::Cards;

use super::model::request::Request;
use super::paper::Paper;
use super::syntax::wording;
use filed::{Group, Text};
use reader::{Held, PaperReader};

pub use editions::{Content, Edition, Elsewhere, LOCK, LockFile, Other, Reading};

/// Reads a paper and the editions that were asked for. Faults are returned as diagnostics. A story
/// with errors is left out of its edition and listed there; the caller decides whether to go on
/// with such an edition.
pub fn read(request: &Request) -> (Content, Sources, Vec<Diagnostic>) {
    open(request).read()
}

/// The same, for the desk only, with stories that may not be published yet: drafts, stories under
/// embargo and those with a date in the future. They are part of their editions, and
/// [`Edition::unpublished`] lists them.
pub fn read_unpublished(request: &Request) -> (Content, Sources, Vec<Diagnostic>) {
    open_unpublished(request).read()
}

/// Finds the editions that were asked for, without reading them yet. Stories that may not be
/// published yet will be part of them.
pub fn open_unpublished(request: &Request) -> Opened {
    open_held(request, Held::Included)
}

/// Reads the paper's settings and finds the files of the editions that were asked for, without
/// reading the editions yet.
pub fn open(request: &Request) -> Opened {
    open_held(request, Held::LeftOut)
}

fn open_held(request: &Request, held: Held) -> Opened {
    let mut reader = PaperReader::new(request.clone(), held, vec![]);
    let (paper, root, groups, cards) = reader.open();
    let sought = std::mem::take(&mut reader.sought);
    let mut opened = Opened { reader, root, paper, sought, groups, cards };
    let texts: Vec<[u8; 32]> = opened.groups.par_iter().map(|group| opened.texts(group)).collect();
    for (group, texts) in opened.groups.iter_mut().zip(texts) {
        group.inputs.texts = texts;
    }
    opened
}

/// A paper whose editions are found but not read yet.
pub struct Opened {
    reader: PaperReader,
    root: PathBuf,
    paper: Paper,
    /// The pictures that the paper's own settings look for.
    sought: BTreeSet<Sought>,
    /// All editions of the paper, wanted or not.
    groups: Vec<Group>,
    cards: Cards,
}

impl Opened {
    /// The paper.
    pub fn paper(&self) -> &Paper {
        &self.paper
    }

    /// The files of the paper itself, and the diagnostics from before any edition is read.
    pub fn said(&self) -> (&Sources, &[Diagnostic]) {
        (&self.reader.sources, &self.reader.diagnostics)
    }

    /// The moment by which stories are judged, in the paper's time zone, for messages.
    pub fn now(&self) -> String {
        self.reader.clock.told()
    }

    /// Documents of other programs that lie among the stories; they are not read.
    pub fn unread(&self) -> &[String] {
        &self.reader.unread
    }

    /// The editions that were not asked for and would print something, the newest first.
    pub fn others(&self) -> Vec<Other> {
        let others = self.groups.iter().rev().filter(|group| !group.is_chosen);
        others.filter_map(Group::as_other).collect()
    }

    /// The inputs of the editions that were asked for, the oldest first.
    pub fn chosen(&self) -> Vec<&Inputs> {
        self.groups.iter().filter(|group| group.is_chosen).map(|group| &group.inputs).collect()
    }

    /// Reads one edition. Returns `None` if there is none of this date.
    pub fn edition(&self, date: Option<Date>) -> Option<Reading> {
        let group = self.group(date)?;
        let mut reader = self.reader.aside();
        reader.sources = self.reader.sources.clone();
        let edition = self.read_edition(&mut reader, group);
        Some(Reading { edition, sources: reader.sources, diagnostics: reader.diagnostics })
    }

    /// The path and the text of a story's file.
    pub fn story(&self, key: &str) -> Option<(String, String)> {
        let files = self.groups.iter().flat_map(|group| &group.files);
        let mut candidates = files.map(|file| &file.candidate);
        let candidate = candidates.find(|one| wording::key_of(&one.path) == key)?;
        Some((candidate.path.clone(), Text::read(candidate).ok()?.text))
    }

    /// Reads all editions that were asked for.
    pub fn read(self) -> (Content, Sources, Vec<Diagnostic>) {
        let mut reader = self.reader.aside();
        reader.sources.clone_from(&self.reader.sources);
        reader.diagnostics.clone_from(&self.reader.diagnostics);
        let chosen = self.groups.iter().filter(|group| group.is_chosen);
        let editions = chosen.map(|group| self.read_edition(&mut reader, group)).collect();
        (Content { paper: self.paper, editions }, reader.sources, reader.diagnostics)
    }

    fn group(&self, date: Option<Date>) -> Option<&Group> {
        self.groups.iter().find(|group| group.inputs.date == date)
    }

    /// Reads an edition, and the stories of other editions that it links to.
    fn read_edition(&self, reader: &mut PaperReader, group: &Group) -> Edition {
        reader.sought.clone_from(&self.sought);
        let mut edition = reader.whole(&self.root, &self.paper, group);
        reader.diagnostics.extend(self.cards.settle(edition.date, &mut edition.stories));
        reader.diagnostics.extend(local_links::settle(&mut edition.stories));
        for date in self.cards.editions_beside(edition.date) {
            let found = self.group(date);
            let beside = found.map(|group| reader.beside(&self.root, &self.paper, group));
            edition.elsewhere.extend(beside.map(Arc::new));
        }
        // If files changed since the first look, the hash does not match what was read. A zero hash
        // never matches, so the edition is made again next time.
        if std::mem::take(&mut reader.has_changed) || self.texts(group) != group.inputs.texts {
            edition.inputs.texts = [0; 32];
        }
        edition
    }

    fn texts(&self, group: &Group) -> [u8; 32] {
        let beside = self.cards.editions_beside(group.inputs.date).into_iter();
        let beside: Vec<&Group> = beside.filter_map(|date| self.group(date)).collect();
        self.reader.texts(&self.root, group, &beside)
    }
}

pub(crate) mod alts;
pub(crate) mod apply_pins;
pub(crate) mod called;
pub(crate) mod candidates;
pub(crate) mod decisions;
pub(crate) mod editions;
pub(crate) mod generator;
pub(crate) mod inputs;
pub(crate) mod listing;
pub(crate) mod local_links;
pub(crate) mod nothing_to_print;
pub(crate) mod priority;
pub(crate) mod promos;
pub(crate) mod related;
pub(crate) mod section_names;
#[cfg(test)]
mod tests;
