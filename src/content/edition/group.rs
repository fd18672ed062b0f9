//! Which files make which edition: the day that each tells, and the days that an edition gathers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;

use super::super::encoding::{self, Decoded};
use super::super::files::Candidate;
use super::super::inputs::Inputs;
use super::super::links::Glance;
use super::super::period::Every;
use super::super::tree::{Node, Value};
use super::super::{dates, desk, front, known, matter};
use super::reader::Reader;
use super::{EditionChoice, LOCK};
use crate::diag::Diagnostic;

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
    /// What it says of other stories.
    pub(super) glance: Glance,
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
            Diagnostic::error("unreadable", None, what).hint("look at the file's rights")
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
            let newest = found.iter().filter_map(|file| file.date).max();
            let date = match self.request.edition {
                EditionChoice::On(date) => Some(date),
                EditionChoice::Latest | EditionChoice::All => newest,
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
        // A story without any date belongs to the newest edition.
        match groups.values_mut().next_back() {
            Some(newest) => {
                newest.append(&mut undated);
                newest.sort_by(|a, b| a.candidate.cmp(&b.candidate));
            }
            None => return vec![group(None, undated, true)],
        }
        let newest = groups.keys().next_back().copied();
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
        all.map(|((date, files), chosen)| group(Some(date), files, chosen)).collect()
    }

    fn no_edition<'d>(&mut self, day: Date, newest: impl Iterator<Item = &'d Date>) {
        let days: Vec<String> = newest.take(3).map(Date::to_string).collect();
        let what = format!("there are no stories for {day}");
        let hint = format!("the newest editions are {}", days.join(", "));
        self.diagnostics.push(Diagnostic::error("no-edition", None, what).hint(hint));
    }

    /// Warns of what lies in the folder of a day though the edition of a longer time looks for it
    /// in that of its first day.
    fn misplaced(&mut self, root: &Path, date: Date, files: &[Filed]) {
        let days = files.iter().filter_map(|file| file.candidate.folder_date());
        let others: BTreeSet<Date> = days.filter(|day| *day != date).collect();
        for day in others {
            for name in ["edition.yaml", "edition.yml", desk::DESK, LOCK] {
                let path = format!("content/{day}/{name}");
                if root.join(&path).is_file() {
                    let what = format!("`{path}` is not read: that day has no edition of its own");
                    let hint = format!("move it to content/{date}, the first day of its edition");
                    let said = Diagnostic::warning("misplaced-settings", None, what).hint(hint);
                    self.diagnostics.push(said);
                }
            }
        }
    }
}

/// Glances at a file; none where it is no story.
pub(super) fn glance_at(candidate: Candidate, named: bool) -> Result<Option<Filed>, Diagnostic> {
    let Text { text, hash, .. } = Text::of(&candidate)?;
    if !candidate.is_story(&text) {
        return Ok(None);
    }
    let front = matter::peek(&text);
    let folder = candidate.folder_date().filter(|_| !named);
    let date = folder.or_else(|| own_date(&candidate, front.as_ref()));
    let slug = written(front.as_ref(), &["slug"]);
    let glance = Glance::of(front.as_ref(), front::slug_of(&candidate.path, slug));
    Ok(Some(Filed { candidate, date, glance, hash }))
}

/// The text of a key, the last one of these names.
fn written<'n>(front: Option<&'n Node>, names: &[&str]) -> Option<&'n str> {
    let Value::Map(entries) = &front?.value else { return None };
    let found = entries.iter().rev().find(|entry| known::is_one(&entry.key, names))?;
    match &found.node.value {
        Value::Scalar(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    }
}

/// The date that a file itself tells, before it is read in earnest.
fn own_date(candidate: &Candidate, front: Option<&Node>) -> Option<Date> {
    let day = written(front, known::DATE).and_then(|text| match dates::read(text) {
        dates::Read::Day(date) | dates::Read::OddTime(date) => Some(date),
        dates::Read::Impossible | dates::Read::Unreadable => None,
    });
    day.or_else(|| dates::of_path(&candidate.path))
}
