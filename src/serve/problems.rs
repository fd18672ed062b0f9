//! Diagnostics as the preview shows them.

use serde::Serialize;

use crate::diag::{Code, Diagnostic, Severity, Sources};

/// The most characters of a line that are shown.
const LINE: usize = 160;
/// The most characters of a long line that are shown before the place that is meant.
const BEFORE: usize = 60;

/// A diagnostic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Problem {
    severity: Severity,
    code: Code,
    message: String,
    hints: Vec<String>,
    place: Option<ProblemPlace>,
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct ProblemPlace {
    file: String,
    line: usize,
    column: usize,
    /// The line in three parts: before the place, the place, after it.
    text: [String; 3],
}

/// All diagnostics, errors first, each once.
pub(super) fn problems(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Problem> {
    let mut all: Vec<&Diagnostic> = diagnostics.iter().collect();
    let place = |one: &Diagnostic| sources.place(one).map(|span| (span.file, span.start));
    all.sort_by_key(|one| (std::cmp::Reverse(one.severity), place(one)));
    all.dedup();
    all.into_iter().map(|one| problem(one, sources)).collect()
}

fn problem(diagnostic: &Diagnostic, sources: &Sources) -> Problem {
    let Diagnostic { severity, code, message, hints, .. } = diagnostic.clone();
    let place = sources.place(diagnostic).map(|span| {
        let (line, column) = sources.line_column(span.file, span.start);
        let file = sources.get(span.file);
        let text = file.text.lines().nth(line - 1).unwrap_or_default();
        let meant = file.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let meant = meant.lines().next().unwrap_or_default().chars().count().max(1);
        ProblemPlace { file: file.path.clone(), line, column, text: parts(text, column - 1, meant) }
    });
    Problem { severity, code, message, hints, place }
}

/// A line in three parts: what stands before the place, `length` characters from `start` on, and the
/// rest. A long line is cut.
fn parts(line: &str, start: usize, length: usize) -> [String; 3] {
    let letters: Vec<char> = line.chars().collect();
    let start = start.min(letters.len());
    let from = if letters.len() > LINE { start.saturating_sub(BEFORE) } else { 0 };
    let to = (from + LINE).min(letters.len()).max(start);
    let end = (start + length).min(to);
    let text = |letters: &[char]| letters.iter().collect::<String>();
    let mut out =
        [text(&letters[from..start]), text(&letters[start..end]), text(&letters[end..to])];
    if from > 0 {
        out[0].insert(0, '…');
    }
    if to < letters.len() {
        out[2].push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    #[test]
    fn a_place_has_its_line_in_three_parts() {
        let mut sources = Sources::default();
        let file = sources.add("content/a.md", "---\nheadline: \"No end\n---\nText.\n");
        let error = Diagnostic::error(Code::BadValue, Span { file, start: 14, end: 15 }, "no end");
        let warning = Diagnostic::warning(Code::UnknownKey, None, "odd").hint("Mend it.");
        let found = problems(&[warning.clone(), error.clone(), warning, error], &sources);
        assert_eq!(found.len(), 2);
        let place = found[0].place.as_ref().unwrap();
        assert_eq!((place.file.as_str(), place.line, place.column), ("content/a.md", 2, 11));
        assert_eq!(place.text.each_ref().map(String::as_str), ["headline: ", "\"", "No end"]);
        assert_eq!((&found[1].place, found[1].hints.len()), (&None, 1));
    }

    #[test]
    fn long_lines_are_shown_around_what_is_meant() {
        let line = "x".repeat(400);
        let [before, meant, after] = parts(&line, 200, 3);
        assert_eq!((before.chars().count(), meant.as_str()), (61, "xxx"));
        assert_eq!(after.chars().count(), 160 - 63 + 1);
        assert_eq!(parts("short", 9, 4), ["short", "", ""].map(String::from));
    }
}
