//! Diagnostics and results for people and for tools.

use std::io::{IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;
use stonehand::diag::{Diagnostic, Severity, Sources};

/// Whether colours are wanted on standard error: a terminal, and `NO_COLOR` unset.
fn colours() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !refused
}

/// Prints diagnostics to standard error: the line, a caret, what to do.
pub(super) fn diagnostics(all: &[Diagnostic], sources: &Sources) {
    let renderer = if colours() { Renderer::styled() } else { Renderer::plain() };
    let mut err = std::io::stderr().lock();
    for diagnostic in all {
        let text = render(diagnostic, sources, &renderer);
        // Nothing can be done for a reader who has gone.
        let _ = writeln!(err, "{text}\n");
    }
}

fn render(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
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
            let (line, _) = sources.line_column(span.file, start as u32);
            let (start, end) = (start - from, (end - from).min(shown.len()));
            let snippet = Snippet::source(shown)
                .line_start(line)
                .path(file.path.as_str())
                .annotation(AnnotationKind::Primary.span(start.min(end)..end));
            title.element(snippet)
        }
        None => Group::with_title(title),
    };
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    renderer.render(&[group])
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The end of what is underlined: a page of carets helps nobody.
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
    let diagnostic = Diagnostic::error("usage", None, what).hint(hint);
    diagnostics(&[diagnostic], &Sources::default());
}
