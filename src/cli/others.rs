//! What is told of stories that belong to other editions.

use serde_json::{Value, json};
use stonehand::content::Other;
use stonehand::diag::Diagnostic;

use super::counts::thousands;
use super::print;

/// The most dates and files that a line names.
const NAMED: usize = 3;

/// Other editions for tools.
pub(super) fn as_json(others: &[Other]) -> Vec<Value> {
    let one = |other: &Other| json!({ "date": other.date, "stories": other.files });
    others.iter().map(one).collect()
}

/// Says which editions had nothing to print and how many stories belong to other editions. Where the
/// present moment decided what is printed (`by_moment`, or days that have not come), it says which
/// moment that was.
pub(super) fn tell(
    empty: &[Diagnostic],
    others: &[Other],
    unread: &[String],
    now: &str,
    by_moment: bool,
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
    if by_moment || others.iter().any(|other| other.to_come) {
        print::say(&format!("  time of this build: {now}"));
    }
}

/// The lines about stories of other editions.
pub(super) fn lines(others: &[Other]) -> Vec<String> {
    let (to_come, past): (Vec<&Other>, Vec<&Other>) =
        others.iter().partition(|other| other.to_come);
    let all = "or --edition all for all of them";
    let dated = line(&past, "of other days", &format!("for that day, {all}"));
    let coming = line(&to_come, "dated in the future", "to make that day's edition now");
    dated.into_iter().chain(coming).collect()
}

/// The first names, and how many more there are.
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
