//! Where front matter ends and the body begins.

use std::ops::Range;

use super::scope::Scope;
use super::tree::{Node, SyntaxError, Value};
use super::{toml_tree, yaml};

/// A file cut in two.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The front matter; none where the file has none or it can't be read.
    pub(crate) front: Option<Node>,
    /// Whether the file has front matter at all.
    pub(crate) has_front: bool,
    /// Where the body stands.
    pub(crate) body: Range<usize>,
}

/// Where the front matter is, in bytes.
struct Fences {
    marker: &'static str,
    inside: Range<usize>,
    body: usize,
}

/// What can be wrong with the fences.
enum Trouble {
    /// The first line goes on after the marker.
    NotAlone(Range<usize>),
    /// Nothing closes it.
    Unclosed(Range<usize>),
}

/// Cuts a file in two without saying what is wrong, to look at its date alone.
pub(crate) fn peek(source: &str) -> Option<Node> {
    let fences = fences(source).ok()??;
    parse(source, &fences).ok()
}

/// Cuts a file in two; what is wrong with the front matter is said.
pub(crate) fn split(scope: &mut Scope<'_>) -> Parts {
    let source = scope.source;
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    let whole = start..source.len();
    match fences(source) {
        Ok(None) => Parts { front: None, has_front: false, body: whole },
        Ok(Some(fences)) => {
            let late = source[start..fences.inside.start].trim_end().len() > fences.marker.len();
            if late {
                scope
                    .warning(
                        "late-front-matter",
                        start..start + 1,
                        "the front matter does not begin in the first line",
                    )
                    .add_hint("take the blank lines above it away: other programs would print it");
            }
            let front = match parse(source, &fences) {
                Ok(node) => Some(node),
                Err(error) => {
                    say(scope, &fences, error);
                    None
                }
            };
            let front = front.filter(|node| match node.value {
                Value::Map(_) | Value::Null => true,
                _ => {
                    scope
                        .error(
                            "bad-front-matter",
                            fences.inside.clone(),
                            format!(
                                "the front matter must be keys and values, but it is {}",
                                node.kind()
                            ),
                        )
                        .add_hint("write lines such as `headline: Town hall reopens`");
                    false
                }
            });
            Parts { front, has_front: true, body: fences.body..source.len() }
        }
        Err(Trouble::NotAlone(line)) => {
            scope
                .error(
                    "bad-front-matter",
                    line,
                    "the line that opens the front matter must be `---` and nothing else",
                )
                .add_hint("put what follows the dashes on the next line, or take it away");
            Parts { front: None, has_front: true, body: whole }
        }
        Err(Trouble::Unclosed(line)) => {
            scope
                .error(
                    "unclosed-front-matter",
                    line,
                    "the front matter that opens here is never closed",
                )
                .add_hint("put a line with the same three characters after its last key");
            Parts { front: None, has_front: true, body: whole }
        }
    }
}

fn fences(source: &str) -> Result<Option<Fences>, Trouble> {
    let text = source.trim_start_matches('\u{feff}');
    let base = source.len() - text.len();
    let blank = text.len() - text.trim_start().len();
    // Blanks before the marker on its own line would make it no marker.
    let first = base + text[..blank].rfind('\n').map_or(0, |n| n + 1);
    let rest = &source[first..];
    let line = rest.lines().next().unwrap_or_default();
    let marker = match line {
        _ if line.starts_with("---") => "---",
        _ if line.starts_with("+++") => "+++",
        _ => return Ok(None),
    };
    let place = first..first + line.len();
    let after = line[3..].trim();
    let body_start = first + rest.find('\n').map_or(rest.len(), |n| n + 1);
    let closing = closing(source, body_start, marker);
    if !after.is_empty() {
        // A rule of dashes or a table may begin a text; keys after it tell of front matter.
        let keys =
            closing.as_ref().is_some_and(|close| looks_like_keys(&source[body_start..close.start]));
        return if keys { Err(Trouble::NotAlone(place)) } else { Ok(None) };
    }
    match closing {
        Some(close) => {
            let body = source[close.end..].find('\n').map_or(source.len(), |n| close.end + n + 1);
            Ok(Some(Fences { marker, inside: body_start..close.start, body }))
        }
        None if looks_like_keys(&source[body_start..]) => Err(Trouble::Unclosed(place)),
        None => Ok(None),
    }
}

/// The line that closes front matter: its bytes without its end.
fn closing(source: &str, from: usize, marker: &str) -> Option<Range<usize>> {
    let mut at = from;
    for line in source[from..].split_inclusive('\n') {
        let text = line.trim_end();
        if text == marker || (marker == "---" && text == "...") {
            return Some(at..at + text.len());
        }
        at += line.len();
    }
    None
}

/// Says where a body holds two versions that were never brought together.
pub(crate) fn conflicts(scope: &mut Scope<'_>, body: &Range<usize>) {
    let source = scope.source;
    let text = &source[body.clone()];
    let marks = |mark: &str| {
        let mut at = body.start;
        for line in text.split_inclusive('\n') {
            if line.starts_with(mark) && line[mark.len()..].starts_with([' ', '\n', '\r']) {
                return Some(at..at + line.trim_end().len());
            }
            at += line.len();
        }
        None
    };
    if let (Some(open), Some(_)) = (marks("<<<<<<<"), marks(">>>>>>>")) {
        scope
            .error(
                "conflict-markers",
                open,
                "two versions of this story were never brought together",
            )
            .add_hint(
                "keep one of the parts between <<<<<<< and >>>>>>>, and take the marker lines away",
            );
    }
}

fn looks_like_keys(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        let name = line.split([':', '=']).next().unwrap_or_default();
        name.len() < line.len()
            && !name.is_empty()
            && name.trim_end().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    })
}

fn parse(source: &str, fences: &Fences) -> Result<Node, SyntaxError> {
    let text = &source[fences.inside.clone()];
    if fences.marker == "+++" {
        toml_tree::parse(text, fences.inside.start)
    } else {
        yaml::parse(text, fences.inside.start)
    }
}

/// Says what is wrong in words that help: most slips in front matter are one of a few.
fn say(scope: &mut Scope<'_>, fences: &Fences, error: SyntaxError) {
    let source = scope.source;
    let conflict = source[fences.inside.clone()].lines().find(|line| line.starts_with("<<<<<<<"));
    let line_start = source[..error.range.start].rfind('\n').map_or(0, |n| n + 1);
    let line = source[line_start..].lines().next().unwrap_or_default();
    let value = line.split_once(':').map(|(_, value)| value.trim()).unwrap_or_default();
    let previous = source[..line_start].trim_end().lines().next_back().unwrap_or_default();
    if let Some(marker) = conflict {
        let at = fences.inside.start + source[fences.inside.clone()].find(marker).unwrap_or(0);
        scope
            .error(
                "conflict-markers",
                at..at + marker.len(),
                "two versions of this file were never brought together",
            )
            .add_hint(
                "keep one of the parts between <<<<<<< and >>>>>>>, and take the marker lines away",
            );
        return;
    }
    let hint = if line.contains('\t') {
        "indent with blanks instead of tabs"
    } else if value.starts_with(['*', '&', '@', '`', '%', '!']) {
        "put the value between quotation marks: its first character has a meaning of its own"
    } else if value.contains(": ") || value.contains(" #") {
        "put the value between quotation marks: it holds a colon"
    } else if !line.trim_start().starts_with(['-', '#']) && !line.contains(':') {
        "each line needs a key and a colon; a text of several lines goes between quotation marks or after `>`"
    } else if value.starts_with(['"', '\'']) || previous.matches('"').count() % 2 == 1 {
        "look for a quotation mark that is missing, doubled, or stands inside of the text (write it as \\\" there)"
    } else {
        "look at this line and the one above it: a quotation mark, a colon or blanks before a key are the usual slips"
    };
    scope
        .error(
            "bad-front-matter",
            error.range,
            format!("the front matter can't be read: {}", error.message),
        )
        .add_hint(hint);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_found() {
        let cut = |text: &str| {
            fences(text)
                .ok()
                .flatten()
                .map(|f| (text[f.inside].to_owned(), text[f.body..].to_owned()))
        };
        assert_eq!(cut("---\na: 1\n---\nb"), Some(("a: 1\n".into(), "b".into())));
        assert_eq!(cut("\u{feff}---\r\na: 1\r\n---  \r\nb"), Some(("a: 1\r\n".into(), "b".into())));
        assert_eq!(cut("+++\na = 1\n+++\n"), Some(("a = 1\n".into(), String::new())));
        assert_eq!(cut("---\n\nA rule, then text.\n"), None);
        assert!(matches!(fences("---\na: 1\n"), Err(Trouble::Unclosed(_))));
        assert!(matches!(fences("---x\na: 1\n---\n"), Err(Trouble::NotAlone(_))));
    }
}
