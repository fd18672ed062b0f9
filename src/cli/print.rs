//! Diagnostics and results for people and for tools.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;
use stonehand::diag::{Code, Diagnostic, FileNo, Severity, Sources};

use super::counts::thousands;

/// Whether colours are wanted on standard error: a terminal, and `NO_COLOR` unset.
fn colours() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !refused
}

/// How many diagnostics are printed for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The first ones of each kind, and how many more there are.
    Few,
    /// All.
    All,
}

/// The warnings of one kind that [`Extent::Few`] prints.
const FEW_WARNINGS: usize = 3;
/// The errors of one kind. Each has to be mended, so more of them are printed.
const FEW_ERRORS: usize = 20;

/// Prints the first diagnostics of each kind to standard error, each with its line, a caret and what to
/// do.
pub(super) fn diagnostics(all: &[Diagnostic], sources: &Sources) {
    diagnostics_to(Extent::Few, all, sources);
}

/// The same, all or the first ones of each kind.
pub(super) fn diagnostics_to(extent: Extent, all: &[Diagnostic], sources: &Sources) {
    let renderer = if colours() { Renderer::styled() } else { Renderer::plain() };
    let mut err = std::io::stderr().lock();
    let (told, more) = gathered(extent, all);
    let told = told.into_iter().map(|one| render(one, sources, &renderer));
    let more = more.iter().map(|more| more.render(&renderer));
    for text in told.chain(more) {
        // Nothing can be done where standard error is closed.
        let _ = writeln!(err, "{text}\n");
    }
}

/// The diagnostics of one kind that are counted and not printed.
struct More {
    severity: Severity,
    code: Code,
    count: usize,
    files: BTreeSet<FileNo>,
}

/// The diagnostics that are printed, and the kinds of which there are more.
fn gathered(extent: Extent, all: &[Diagnostic]) -> (Vec<&Diagnostic>, Vec<More>) {
    let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    let (mut told, mut more): (Vec<&Diagnostic>, Vec<More>) = (vec![], vec![]);
    for one in all {
        let (severity, code) = (one.severity, one.code);
        let count = counts.entry((severity, code)).or_default();
        *count += 1;
        let few = if severity == Severity::Error { FEW_ERRORS } else { FEW_WARNINGS };
        if extent == Extent::All || *count <= few {
            told.push(one);
            continue;
        }
        let known = more.iter_mut().position(|more| (more.severity, more.code) == (severity, code));
        let at = known.unwrap_or(more.len());
        if known.is_none() {
            more.push(More { severity, code, count: 0, files: BTreeSet::new() });
        }
        more[at].count += 1;
        more[at].files.extend(one.span.map(|span| span.file));
    }
    (told, more)
}

impl More {
    fn render(&self, renderer: &Renderer) -> String {
        let Self { severity, code, count, files } = self;
        let places = match files.len() {
            0 => String::new(),
            1 => ", in one file".into(),
            many => format!(", in {} files", thousands(many)),
        };
        let title = format!("{} more of this kind{places}", thousands(*count));
        let group = Group::with_title(level(*severity).primary_title(title).id(code.as_str()));
        let hint = "show all of them with --verbose or --json";
        renderer.render(&[group.element(Level::HELP.message(hint))])
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

fn render(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let title = level(diagnostic.severity)
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str());
    let mut moved = None;
    let mut group = match sources.place(diagnostic) {
        Some(span) => {
            let file = sources.get(span.file);
            // What is missing at a file's end is told on its last line.
            let last = file.text.strip_suffix('\n').unwrap_or(&file.text).len();
            let start = floor(&file.text, (span.start as usize).min(last));
            let end = floor(&file.text, (span.end as usize).max(start));
            let end = one_line(&file.text, start, end);
            // The renderer goes through all that it is given, and there may be thousands to render.
            let from = file.text[..start].rfind('\n').map_or(0, |at| at + 1);
            let to = file.text[end..].find('\n').map_or(file.text.len(), |at| end + at);
            let shown = file.text[from..to].trim_end_matches('\r');
            let (line, column) = sources.line_column(span.file, start as u32);
            let (start, end) = (start - from, (end - from).min(shown.len()));
            let Excerpt { text, start, end } = excerpt(shown, start.min(end), end);
            let (path, place) = (file.path.as_str(), text[..start].chars().count() + 1);
            moved = Some([format!("{path}:{line}:{place}"), format!("{path}:{line}:{column}")]);
            let snippet = Snippet::source(text)
                .line_start(line)
                .path(path)
                .annotation(AnnotationKind::Primary.span(start..end));
            title.element(snippet)
        }
        None => Group::with_title(title),
    };
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    let text = renderer.render(&[group]);
    // Columns count from the line's own beginning, not from that of its excerpt.
    match moved {
        Some([shown, real]) => text.replacen(&shown, &real, 1),
        None => text,
    }
}

/// The part of a line that is shown.
struct Excerpt {
    text: String,
    /// The first byte of the place in `text`.
    start: usize,
    /// The byte after its last one.
    end: usize,
}

/// The part of a line around a place. A paragraph may be one line of any length, and a terminal
/// shows a row or two of it.
fn excerpt(line: &str, start: usize, end: usize) -> Excerpt {
    const BEFORE: usize = 40;
    const BEHIND: usize = 60;
    const LONG: usize = 2 * (BEFORE + BEHIND);
    if line.len() <= LONG {
        return Excerpt { text: line.to_owned(), start, end };
    }
    let from = line[..start].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let to = line[end..].char_indices().nth(BEHIND).map_or(line.len(), |(at, _)| end + at);
    let (head, tail) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
    let moved = |at: usize| at - from + head.len();
    let text = format!("{head}{}{tail}", &line[from..to]);
    Excerpt { text, start: moved(start), end: moved(end) }
}

/// The nearest boundary of a character at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the underlining ends: at the end of the line, or after 40 characters.
fn one_line(text: &str, start: usize, end: usize) -> usize {
    const CARETS: usize = 40;
    let line = text[start..end].find('\n').map_or(end, |line| start + line);
    let most = text[start..].char_indices().nth(CARETS).map_or(end, |(at, _)| start + at);
    line.min(most)
}

/// Prints diagnostics to standard output as JSON, one object a line.
pub(super) fn diagnostics_json(all: &[Diagnostic], sources: &Sources) {
    for diagnostic in all {
        let place = sources.place(diagnostic).map(|span| {
            let (line, column) = sources.line_column(span.file, span.start);
            json!({
                "file": sources.get(span.file).path, "line": line, "column": column,
                "start": span.start, "end": span.end,
            })
        });
        line(&json!({
            "type": "diagnostic", "severity": diagnostic.severity, "code": diagnostic.code,
            "message": diagnostic.message, "hints": diagnostic.hints, "place": place,
        }));
    }
}

/// Prints one JSON object on a line of its own.
pub(super) fn line(value: &serde_json::Value) {
    let _ = writeln!(std::io::stdout().lock(), "{value}");
}

/// Prints a line for a person to standard output.
pub(super) fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints an error that has no place in a file.
pub(super) fn fail(what: &str, hint: &str) {
    let diagnostic = Diagnostic::error(Code::Usage, None, what).hint(hint);
    diagnostics(&[diagnostic], &Sources::default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use stonehand::diag::Span;

    fn warning(code: Code, file: FileNo, at: u32) -> Diagnostic {
        let span = Span { file, start: at, end: at + 1 };
        Diagnostic::warning(code, span, format!("something at {at}"))
    }

    #[test]
    fn the_first_of_a_kind_are_told_and_the_others_counted() {
        let all: Vec<Diagnostic> = (0..2000)
            .map(|at| {
                warning(
                    if at % 100 == 7 { Code::DeadLink } else { Code::UnknownKey },
                    FileNo(at % 4),
                    at,
                )
            })
            .collect();
        let (told, more) = gathered(Extent::Few, &all);
        assert_eq!(told.len(), 6);
        let counted: Vec<(&str, usize, usize)> =
            more.iter().map(|more| (more.code.as_str(), more.count, more.files.len())).collect();
        assert_eq!(counted, [("unknown-key", 1977, 4), ("dead-link", 17, 1)]);
        let text = more[0].render(&Renderer::plain());
        assert!(
            text.starts_with("warning[unknown-key]: 1,977 more of this kind, in 4 files"),
            "{text}"
        );
        let (told, more) = gathered(Extent::All, &all);
        assert!(told.len() == 2000 && more.is_empty());
        let errors: Vec<Diagnostic> =
            all.into_iter().map(|one| Diagnostic { severity: Severity::Error, ..one }).collect();
        assert_eq!(gathered(Extent::Few, &errors).0.len(), 40);
    }

    #[test]
    fn a_long_line_is_shown_around_its_place_with_its_own_column() {
        let mut sources = Sources::default();
        let line = "é the pier ".repeat(9000);
        let file = sources.add("a.md", format!("short\n{line}\nend\n"));
        let at = 6 + line.len() as u32 / 2;
        for at in [6, at, 6 + line.len() as u32 - 2] {
            let text = render(&warning(Code::Overfull, file, at), &sources, &Renderer::plain());
            assert!(text.len() < 1000, "{text}");
            let (_, column) = sources.line_column(file, at);
            assert!(text.contains(&format!("a.md:2:{column}\n")), "{column}: {text}");
        }
        let text = render(&warning(Code::Overfull, file, 2), &sources, &Renderer::plain());
        assert!(text.contains("1 | short\n") && text.contains("a.md:1:3\n"), "{text}");
    }

    #[test]
    fn an_excerpt_holds_its_place() {
        let line = "für ".repeat(300);
        for start in (0..line.len()).filter(|at| line.is_char_boundary(*at)) {
            let end = floor(&line, start + 5).max(start);
            let Excerpt { text, start: from, end: to } = excerpt(&line, start, end);
            assert_eq!(&text[from..to], &line[start..end]);
            assert!(text.chars().count() < 120, "{text}");
        }
    }
}
