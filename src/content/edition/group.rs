//! Which files make which edition: the day that each tells, and the days that an edition gathers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;

use super::super::bylines;
use super::super::encoding::{self, Decoded};
use super::super::fields::Fields;
use super::super::files::Candidate;
use super::super::inputs::Inputs;
use super::super::links::Glance;
use super::super::period::Every;
use super::super::standing::{Clock, Ground, Standing};
use super::super::tree::Value;
use super::super::{desk, front, matter};
use super::reader::Reader;
use super::{EditionChoice, LOCK, Other, Reason};
use crate::diag::{Code, Diagnostic};

/// The files of an edition.
pub(super) struct Group {
    pub(super) inputs: Inputs,
    pub(super) files: Vec<Filed>,
    /// Whether it was asked for.
    pub(super) is_chosen: bool,
}

/// A story's file after a glance at it. Its text is not kept: an archive is larger than what may be
/// in memory.
pub(super) struct Filed {
    pub(super) candidate: Candidate,
    /// The day that it belongs to.
    pub(super) date: Option<Date>,
    /// Whether that day is yet to come.
    pub(super) to_come: bool,
    /// Why it must not be printed, if so.
    pub(super) hold: Option<Reason>,
    /// What it says of other stories.
    pub(super) glance: Glance,
    /// What it names its authors by.
    pub(super) authors: Vec<String>,
    /// A hash of its bytes.
    pub(super) hash: [u8; 32],
}

/// A file's text.
pub(super) struct Text {
    pub(super) text: String,
    /// The first byte that is not UTF-8.
    pub(super) bad_bytes: Option<usize>,
    /// A hash of its bytes.
    pub(super) hash: [u8; 32],
}

impl Text {
    pub(super) fn of(candidate: &Candidate) -> Result<Self, Diagnostic> {
        let bytes = std::fs::read(&candidate.full).map_err(|problem| {
            let what = format!("`{}` can't be read: {problem}", candidate.path);
            Diagnostic::error(Code::Unreadable, None, what).hint("check the file's permissions")
        })?;
        let hash = *blake3::hash(&bytes).as_bytes();
        let Decoded { text, bad_bytes } = encoding::decode(bytes);
        Ok(Self { text, bad_bytes, hash })
    }
}

impl Reader {
    /// The files of each edition, with its date: the first day that it gathers.
    pub(super) fn group(&mut self, root: &Path, every: Every, found: Vec<Filed>) -> Vec<Group> {
        let named = !self.request.stories.is_empty();
        let roots = self.roots.clone();
        let group = |date: Option<Date>, files: Vec<Filed>, is_chosen: bool| {
            let inputs = Inputs { date, texts: [0; 32], roots: roots.clone() };
            Group { inputs, files, is_chosen }
        };
        if found.is_empty() {
            return vec![];
        }
        if named && every == Every::Day {
            let date = match self.request.edition {
                EditionChoice::On(date) => Some(date),
                EditionChoice::Latest | EditionChoice::All => self.newest(&found),
            };
            return vec![group(date, found, true)];
        }
        let mut groups: BTreeMap<Date, Vec<Filed>> = BTreeMap::new();
        let mut undated = vec![];
        for file in found {
            match file.date {
                Some(date) => groups.entry(every.first_day(date)).or_default().push(file),
                None => undated.push(file),
            }
        }
        let newest =
            groups.iter().rev().find(|(_, files)| self.is_due(files)).map(|(date, _)| *date);
        // A story without any date belongs to the newest edition.
        let mut alone = vec![];
        match newest.and_then(|date| groups.get_mut(&date)) {
            Some(newest) => {
                newest.append(&mut undated);
                newest.sort_by(|a, b| a.candidate.cmp(&b.candidate));
            }
            None if undated.is_empty() => {}
            None => {
                let asked = matches!(self.request.edition, EditionChoice::On(_));
                alone.push(group(None, undated, !asked));
            }
        }
        let newest = newest.or(groups.keys().next_back().copied()).filter(|_| alone.is_empty());
        let chosen = |date: Date| match self.request.edition {
            EditionChoice::All => true,
            EditionChoice::Latest => Some(date) == newest,
            EditionChoice::On(day) => date == every.first_day(day),
        };
        let chosen: Vec<bool> = groups.keys().map(|date| chosen(*date)).collect();
        if let EditionChoice::On(day) = self.request.edition
            && !chosen.contains(&true)
        {
            self.no_edition(day, groups.keys().rev());
        }
        for ((date, files), _) in
            groups.iter().zip(&chosen).filter(|(_, chosen)| **chosen && !named)
        {
            self.misplaced(root, *date, files);
        }
        let all = groups.into_iter().zip(chosen);
        let all = all.map(|((date, files), chosen)| group(Some(date), files, chosen));
        all.chain(alone).collect()
    }

    /// The date of an edition that has all of these stories: the newest of those that are printed,
    /// else of those whose day has come.
    fn newest(&self, files: &[Filed]) -> Option<Date> {
        let printed = files.iter().filter(|file| self.is_shown(file));
        let come = files.iter().filter(|file| !file.to_come);
        printed.filter_map(|file| file.date).max().or(come.filter_map(|file| file.date).max())
    }

    /// Whether an edition may be the newest: one has a folder of its own, or a story to print.
    fn is_due(&self, files: &[Filed]) -> bool {
        files.iter().any(|file| file.candidate.folder_date().is_some() || self.is_shown(file))
    }

    /// Whether a story is in its edition, and its day has come.
    fn is_shown(&self, file: &Filed) -> bool {
        !file.to_come && file.hold.is_none_or(|reason| self.shows(reason))
    }

    fn no_edition<'d>(&mut self, day: Date, newest: impl Iterator<Item = &'d Date>) {
        let days: Vec<String> = newest.take(3).map(Date::to_string).collect();
        let what = format!("there are no stories for {day}");
        let hint = format!("the newest editions are {}", days.join(", "));
        self.diagnostics.push(Diagnostic::error(Code::NoEdition, None, what).hint(hint));
    }

    /// Warns of what lies in the folder of a day though the edition of a longer time looks for it
    /// in that of its first day.
    fn misplaced(&mut self, root: &Path, date: Date, files: &[Filed]) {
        let folders = files.iter().filter_map(|file| file.candidate.day_folder());
        let own = date.to_string();
        let others: BTreeSet<&str> = folders.filter(|folder| *folder != own).collect();
        for folder in others {
            for name in ["edition.yaml", "edition.yml", desk::DESK, LOCK] {
                let path = format!("content/{folder}/{name}");
                if root.join(&path).is_file() {
                    let what = format!(
                        "`{path}` is not read: an edition's settings lie in the folder of its first day"
                    );
                    let hint = format!("move it to content/{date}");
                    let said = Diagnostic::warning(Code::MisplacedSettings, None, what).hint(hint);
                    self.diagnostics.push(said);
                }
            }
        }
    }
}

impl Group {
    /// What it would print, where it would print anything.
    pub(super) fn as_other(&self) -> Option<Other> {
        let waits = |file: &&Filed| matches!(file.hold, None | Some(Reason::Future));
        let stories = || self.files.iter().filter(waits);
        let files: Vec<String> = stories().map(|file| file.candidate.path.clone()).collect();
        let to_come = stories().all(|file| file.to_come);
        (!files.is_empty()).then_some(Other { date: self.inputs.date, files, to_come })
    }
}

/// What a file's place in the folder tells.
pub(super) fn ground(candidate: &Candidate, every: Every) -> Ground {
    let until = candidate.folder_date().map(|day| every.last_day(day));
    Ground { until, hold: candidate.hold() }
}

/// Glances at a file; none where it is no story.
pub(super) fn glance_at(
    candidate: Candidate,
    named: bool,
    every: Every,
    clock: &Clock,
) -> Result<Option<Filed>, Diagnostic> {
    let Text { text, hash, .. } = Text::of(&candidate)?;
    if !candidate.is_story(&text) {
        return Ok(None);
    }
    let front = matter::peek(&text);
    let fields = Fields::quiet(front.as_ref());
    let Standing { date, to_come, hold, .. } =
        Standing::of(&fields, &candidate.path, ground(&candidate, every), clock);
    let folder = candidate.folder_date().filter(|_| !named);
    let slug = fields.get(&["slug"]).and_then(|node| match &node.value {
        Value::Scalar(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    });
    let glance = Glance::of(front.as_ref(), front::slug_of(&candidate.path, slug));
    let (date, hold) = (folder.or(date), hold.map(|hold| hold.reason));
    let authors = bylines::wanted(front.as_ref());
    Ok(Some(Filed { candidate, date, to_come, hold, glance, authors, hash }))
}
