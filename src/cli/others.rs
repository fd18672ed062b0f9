//! What is told of stories that are not in the edition: those that are left out of it, and those
//! that belong to others.

use std::path::PathBuf;

use serde_json::{Value, json};
use stonehand::content::{self, Other};
use stonehand::diag::Diagnostic;
use stonehand::export::LeftOut;

use super::build::thousands;
use super::make::Told;
use super::print;

/// So many dates and files are named.
const NAMED: usize = 3;

/// A story that is left out, and why.
pub(super) struct Left {
    /// The story, and the reason in a word.
    pub(super) out: LeftOut,
    /// The reason in words: half a sentence that begins with `it`.
    why: Option<String>,
}

impl Left {
    /// All that an edition leaves out; `known` is what was left out when it was read.
    pub(super) fn all(out: Vec<LeftOut>, known: &[content::LeftOut]) -> Vec<Self> {
        let why = |out: &LeftOut| {
            let found = known.iter().find(|left| left.key == out.story)?;
            Some(found.why.clone())
        };
        out.into_iter().map(|out| Self { why: why(&out), out }).collect()
    }

    /// The line about it.
    pub(super) fn told(&self) -> String {
        let LeftOut { story, reason } = &self.out;
        let since = self.why.as_ref().map(|why| format!(", because {why}"));
        format!("left out ({reason}): {story}{}", since.unwrap_or_default())
    }

    /// The same for tools.
    pub(super) fn as_json(&self) -> Value {
        let LeftOut { story, reason } = &self.out;
        json!({ "story": story, "reason": reason, "why": self.why })
    }

    /// Whether it was decided by the present moment.
    fn by_moment(&self) -> bool {
        matches!(self.out.reason.as_str(), "embargo" | "future" | "expired")
    }
}

/// Other editions for tools.
pub(super) fn as_json(others: &[Other]) -> Vec<Value> {
    let one = |other: &Other| json!({ "date": other.date, "stories": other.files });
    others.iter().map(one).collect()
}

/// Says which editions had nothing to print, how many stories belong to other editions, and by which
/// moment all of it was judged, where that decided anything.
pub(super) fn tell(
    empty: &[Diagnostic],
    others: &[Other],
    unread: &[String],
    now: &str,
    made: &[(Told, PathBuf)],
) {
    if !unread.is_empty() {
        let names = some(unread, unread.len());
        print::say(&format!(
            "  not read, because their names don't end in .md or .markdown: {names}"
        ));
    }
    for one in empty {
        print::say(&format!("  nothing to print: {}", one.message));
    }
    lines(others).iter().for_each(|line| print::say(line));
    let left = || made.iter().flat_map(|(told, _)| &told.left_out);
    if left().any(Left::by_moment) || others.iter().any(|other| other.to_come) {
        print::say(&format!("  time of this build: {now}"));
    }
}

/// The lines about stories of other editions.
pub(super) fn lines(others: &[Other]) -> Vec<String> {
    let (to_come, past): (Vec<&Other>, Vec<&Other>) =
        others.iter().partition(|other| other.to_come);
    let all = "--edition all for all of them";
    let dated = line(&past, "of other days", &format!("for that day, {all}"));
    let coming = line(&to_come, "dated in the future", "to make that day's now");
    dated.into_iter().chain(coming).collect()
}

/// Some names, and how many more there are.
fn some(names: &[String], all: usize) -> String {
    let named = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match all.saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {} more", thousands(more)),
    }
}

fn line(others: &[&Other], what: &str, then: &str) -> Option<String> {
    let first = others.first()?;
    let all: Vec<&String> = others.iter().flat_map(|other| &other.files).collect();
    let stories = match all.len() {
        1 => "1 story".to_owned(),
        n => format!("{} stories", thousands(n)),
    };
    let date =
        |other: &Other| other.date.map_or_else(|| "undated".to_owned(), |day| day.to_string());
    let dates: Vec<String> = others.iter().map(|one| date(one)).collect();
    let files: Vec<String> = all.iter().take(NAMED).map(|file| (*file).clone()).collect();
    let (dates, files) = (some(&dates, dates.len()), some(&files, all.len()));
    Some(format!(
        "  not in this edition: {stories} {what} ({dates}): {files}; use --edition {} {then}",
        date(first)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_editions_are_told_in_a_line() {
        let other = |day: i8, files: &[&str], to_come| Other {
            date: Some(jiff::civil::date(2026, 11, day)),
            files: files.iter().map(|file| (*file).to_owned()).collect(),
            to_come,
        };
        assert!(lines(&[]).is_empty());
        let one = lines(&[other(30, &["content/a.md"], false)]);
        assert_eq!(one.len(), 1);
        assert!(one[0].contains(
            "1 story of other days (2026-11-30): content/a.md; use --edition 2026-11-30"
        ));
        let days: Vec<Other> =
            (1..=5).rev().map(|day| other(day, &["a.md", "b.md"], false)).collect();
        let many = lines(&days);
        assert!(many[0].contains("10 stories"), "{many:?}");
        assert!(many[0].contains("(2026-11-05, 2026-11-04, 2026-11-03 and 2 more)"), "{many:?}");
        assert!(many[0].contains("a.md, b.md, a.md and 7 more"), "{many:?}");
        let both = lines(&[other(30, &["z.md"], true), other(2, &["a.md"], false)]);
        assert!(both[0].contains("a.md") && both[1].contains("in the future (2026-11-30): z.md"));
    }
}
