//! Groups files into editions by the day that each belongs to and the period that an edition
//! gathers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;

use super::editions::OF_EDITION;
use super::filed::{Filed, Group};
use super::inputs::Inputs;
use super::reader::PaperReader;
use crate::content::model::request::EditionChoice;
use crate::content::paper::period::Every;
use crate::diag::{Code, Diagnostic};

impl PaperReader {
    /// Groups files into editions. The date of an edition is the first day of its period.
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
        // A story without a date belongs to the newest edition.
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

    /// The date of an edition that gathers all of these stories: the newest date of the stories
    /// that are printed, or else of those whose date is not in the future.
    fn newest(&self, files: &[Filed]) -> Option<Date> {
        let printed = files.iter().filter(|file| self.is_shown(file));
        let come = files.iter().filter(|file| !file.to_come);
        printed.filter_map(|file| file.date).max().or(come.filter_map(|file| file.date).max())
    }

    /// Whether an edition may be the newest one: it has a folder of its own, or a story to print.
    fn is_due(&self, files: &[Filed]) -> bool {
        files.iter().any(|file| file.candidate.folder_date().is_some() || self.is_shown(file))
    }

    /// Whether a story is printed in its edition, and its date is not in the future.
    fn is_shown(&self, file: &Filed) -> bool {
        !file.to_come && file.hold.is_none_or(|reason| self.shows(reason))
    }

    fn no_edition<'d>(&mut self, day: Date, newest: impl Iterator<Item = &'d Date>) {
        let days: Vec<String> = newest.take(3).map(Date::to_string).collect();
        let what = format!("there are no stories for {day}");
        let hint = format!("the newest editions are {}", days.join(", "));
        self.diagnostics.push(Diagnostic::error(Code::NoEdition, None, what).hint(hint));
    }

    /// Warns of settings in a day's folder if the edition gathers a longer period: it reads only
    /// the folder of its first day.
    fn misplaced(&mut self, root: &Path, date: Date, files: &[Filed]) {
        let folders = files.iter().filter_map(|file| file.candidate.day_folder());
        let own = date.to_string();
        let others: BTreeSet<&str> = folders.filter(|folder| *folder != own).collect();
        for folder in others {
            for name in OF_EDITION {
                let path = format!("content/{folder}/{name}");
                if root.join(&path).is_file() {
                    let what = format!(
                        "`{path}` is not read: an edition's settings belong in the folder of its first day"
                    );
                    let hint = format!("move it to content/{date}");
                    let said = Diagnostic::warning(Code::MisplacedSettings, None, what).hint(hint);
                    self.diagnostics.push(said);
                }
            }
        }
    }
}
