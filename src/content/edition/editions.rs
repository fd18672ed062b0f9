//! The types of editions that were read.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::{Diagnostic, FileNo, Sources, Span};

use super::super::paper::Paper;
use super::decisions::Decisions;
use super::inputs::{Inputs, Sought};
use crate::content::model::Story;
use crate::content::model::left_out::LeftOut;

/// A paper and its editions.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The paper.
    pub paper: Paper,
    /// The editions, oldest first.
    pub editions: Vec<Edition>,
}

/// One edition that was read by itself.
pub struct Reading {
    /// The edition.
    pub edition: Edition,
    /// The files of the paper itself, followed by those of the edition.
    pub sources: Sources,
    /// The diagnostics of the edition.
    pub diagnostics: Vec<Diagnostic>,
}

/// An edition that was not asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Its date.
    pub date: Option<Date>,
    /// The paths of its stories that may be printed.
    pub files: Vec<String>,
    /// Whether its date is in the future.
    pub to_come: bool,
}

/// An edition: the paper of one day, week or month.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Its date, which is the first day of its period; `None` if no story has a date.
    pub date: Option<Date>,
    /// The paper's settings for this edition: `edition.yaml` takes precedence over `paper.yaml`.
    pub paper: Paper,
    /// Its stories, sorted by path.
    pub stories: Vec<Story>,
    /// The stories that are left out of it.
    pub left_out: Vec<LeftOut>,
    /// The pictures that stories go without because they can't be found or read: the story's key,
    /// and the place where it names the picture.
    pub lost: Vec<(String, Span)>,
    /// The stories that may not be published yet but are part of it. Only
    /// [`read_unpublished`](crate::content::read_unpublished) puts them there.
    pub unpublished: Vec<LeftOut>,
    /// The desk's decisions about its stories.
    pub decisions: Decisions,
    /// The plans of its locked pages.
    pub lock: Option<LockFile>,
    /// The inputs that it is made from.
    pub inputs: Inputs,
    /// The pictures that were looked for.
    pub sought: BTreeSet<Sought>,
    /// The other editions that its stories link to.
    pub elsewhere: Vec<Arc<Elsewhere>>,
}

/// Another edition, as far as links to its stories need it.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// Its date.
    pub date: Option<Date>,
    /// The edition's stories.
    pub stories: Vec<Story>,
}

/// The name of the file with the plans of locked pages, in the edition's folder.
pub const LOCK: &str = "plan.lock.json";

/// The names of the files that settle something for one edition, in its folder.
pub(crate) const OF_EDITION: [&str; 5] =
    ["edition.yaml", "edition.yml", "desk.yaml", "desk.yml", LOCK];

/// The file `plan.lock.json`, not parsed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFile {
    /// The file's number.
    pub file: FileNo,
    /// The file's text.
    pub text: String,
}
