//! Editions as they were read.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::{Diagnostic, FileNo, Sources, Span};

use super::super::paper::Paper;
use super::decisions::Decisions;
use super::inputs::{Inputs, Sought};
use crate::content::model::Story;
use crate::content::model::left_out::LeftOut;

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The paper.
    pub paper: Paper,
    /// The editions, oldest first.
    pub editions: Vec<Edition>,
}

/// One edition as it was read.
pub struct Reading {
    /// The edition.
    pub edition: Edition,
    /// The files of the paper itself, and then its own.
    pub sources: Sources,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// An edition that was not asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Its date.
    pub date: Option<Date>,
    /// The files of its stories that are for print.
    pub files: Vec<String>,
    /// Whether its day has not come.
    pub to_come: bool,
}

/// The paper of one day, week or month.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// The day, the first one that it gathers; none where no story has one.
    pub date: Option<Date>,
    /// The paper as it is on this day: what its `edition.yaml` says goes before `paper.yaml`.
    pub paper: Paper,
    /// Its stories by path.
    pub stories: Vec<Story>,
    /// The stories that are not in it.
    pub left_out: Vec<LeftOut>,
    /// The pictures that its stories go without because they are broken: the story's key, and the
    /// place where it names the picture.
    pub lost: Vec<(String, Span)>,
    /// Stories that must not be out yet and are in it all the same: [`read_unpublished`](super::super::read_unpublished) alone
    /// puts them there.
    pub unpublished: Vec<LeftOut>,
    /// What the desk decided about its stories.
    pub decisions: Decisions,
    /// The plans of its pages that are locked.
    pub lock: Option<LockFile>,
    /// What it was made from.
    pub inputs: Inputs,
    /// The pictures that were looked for.
    pub sought: BTreeSet<Sought>,
    /// The other editions that its stories have links to.
    pub elsewhere: Vec<Arc<Elsewhere>>,
}

/// Another edition, as links to its stories need it.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// Its date.
    pub date: Option<Date>,
    /// Its stories.
    pub stories: Vec<Story>,
}

/// The name of the file that holds the plans of locked pages, in the edition's folder.
pub const LOCK: &str = "plan.lock.json";

/// `plan.lock.json` as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFile {
    /// The file.
    pub file: FileNo,
    /// Its text.
    pub text: String,
}
