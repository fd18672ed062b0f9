//! Splits a file into front matter and body. `bounds.rs` finds the front matter, `hints.rs` has the
//! messages about what is wrong with it.

pub(crate) mod bounds;
pub(crate) mod delimiters;
mod found;
mod groups;
mod header;
mod hints;
mod remarks;
mod second;

use crate::diag::Code;
use std::borrow::Cow;
use std::ops::Range;

use crate::content::syntax::scope::Scope;
use crate::content::syntax::slips;
use crate::content::syntax::spelling;
use crate::content::syntax::tree::{Entry, Node, SyntaxError, Value};
use crate::content::syntax::{json_tree, toml_tree, yaml};
use found::{Fences, Syntax, Trouble};
use second::Second;

pub(crate) use groups::THEME_KEYS;

/// A file that is split.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The front matter; `None` if the file has none or it can't be read.
    pub(crate) front: Option<Node>,
    /// Whether the file has front matter, readable or not.
    pub(crate) has_front: bool,
    /// The bytes of the body.
    pub(crate) body: Range<usize>,
    /// The bytes of a second block of front matter within the body.
    within: Option<Range<usize>>,
}

impl Parts {
    /// The text of the body. A second block of front matter in it is blanked, so that everything
    /// else keeps its place.
    pub(crate) fn text<'s>(&self, source: &'s str) -> Cow<'s, str> {
        let body = &source[self.body.clone()];
        let Some(within) = &self.within else { return Cow::Borrowed(body) };
        let (before, rest) = body.split_at(within.start - self.body.start);
        let (within, after) = rest.split_at(within.len());
        let blanks = within.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
        Cow::Owned(before.chars().chain(blanks).chain(after.chars()).collect())
    }
}

/// Reads the front matter without any diagnostics, for a first look at a file.
pub(crate) fn peek(source: &str) -> Option<Node> {
    let (front, body) = match bounds::find(source) {
        Ok(Some(fences)) => (Some(parse(source, &fences).ok()?), fences.body),
        Ok(None) | Err(Trouble::Doubtful(..)) => (None, 0),
        Err(_) => return None,
    };
    let second = second::find(source, body).filter(|second| second.sure);
    let node = match second {
        Some(second) => merged(front, second.node).0,
        None => front?,
    };
    Some(groups::opened(node, None))
}

/// Splits a file, and reports what is wrong with its front matter.
pub(crate) fn split(scope: &mut Scope<'_>) -> Parts {
    let source = scope.source;
    let start = source.len() - source.trim_start_matches(delimiters::INVISIBLE).len();
    let mut parts =
        Parts { front: None, has_front: false, body: start..source.len(), within: None };
    match bounds::find(source) {
        Ok(None) => {}
        Ok(Some(fences)) => {
            say_oddities(scope, &fences);
            let is_ziggy = |fences: &Fences| hints::is_ziggy(&source[fences.inside.clone()]);
            parts.front = match parse(source, &fences) {
                Ok(node) => {
                    if fences.syntax == Syntax::Yaml {
                        remarks::say(scope, &node);
                    }
                    of_keys(scope, node, &fences.inside)
                }
                Err(_) if is_ziggy(&fences) => {
                    hints::say_ziggy(scope, fences.inside.clone());
                    None
                }
                Err(error) => {
                    hints::say_syntax(scope, &fences, error);
                    None
                }
            };
            parts.has_front = true;
            parts.body = fences.body..source.len();
        }
        Err(trouble) => {
            parts.has_front = !matches!(trouble, Trouble::Doubtful(..));
            hints::say_trouble(scope, trouble);
        }
    }
    let readable = parts.front.is_some() || !parts.has_front;
    if let Some(second) = second::find(source, parts.body.start).filter(|_| readable) {
        take_second(scope, &mut parts, second);
    }
    parts.front = parts.front.map(|node| groups::opened(node, Some(scope)));
    parts
}

/// Front matter, if it is keys and values. Anything else is reported.
fn of_keys(scope: &mut Scope<'_>, node: Node, inside: &Range<usize>) -> Option<Node> {
    if matches!(node.value, Value::Map(_) | Value::Null) {
        return Some(node);
    }
    if hints::is_ziggy(&scope.source[inside.clone()]) {
        hints::say_ziggy(scope, inside.clone());
        return None;
    }
    let what =
        format!("the front matter must consist of keys and values, but it is {}", node.kind());
    let hint = slips::of_no_keys(&scope.source[inside.clone()]);
    let hint = hint.unwrap_or("write lines such as `headline: Town hall reopens`");
    scope.error(Code::BadFrontMatter, inside.clone(), what).add_hint(hint);
    None
}

fn say_oddities(scope: &mut Scope<'_>, fences: &Fences) {
    let Fences { place, late, odd, .. } = fences;
    if *late {
        scope
            .warning(
                Code::LateFrontMatter,
                place.clone(),
                "the front matter does not begin in the first line",
            )
            .add_hint(
                "remove what stands above it: other programs would print the front matter as text",
            );
    } else if *odd {
        let what = if scope.source[place.clone()].contains(delimiters::INVISIBLE) {
            "the line that opens the front matter contains an invisible character"
        } else {
            "the line that opens the front matter is not just three dashes"
        };
        scope.warning(Code::LateFrontMatter, place.clone(), what).add_hint(
            "write `---` and nothing else: other programs would print the front matter as text",
        );
    }
}

/// Adds a second block of front matter. Its keys count if the first block does not have them.
fn take_second(scope: &mut Scope<'_>, parts: &mut Parts, second: Second) {
    let Second { node, whole, sure } = second;
    let source = scope.source;
    let line = source[whole.start..].lines().next().unwrap_or_default();
    let place = whole.start..whole.start + line.len();
    if !sure {
        scope
            .warning(
                Code::LateFrontMatter,
                place,
                "these lines look like front matter in the middle of the text; they are printed as text",
            )
            .add_hint("if they are keys, move them to the top of the file");
        return;
    }
    remarks::say(scope, &node);
    let (front, unread) = merged(parts.front.take(), node);
    let what = if parts.has_front {
        "this is a second block of front matter; it is not printed"
    } else {
        "this front matter stands in the middle of the text; it is read and not printed"
    };
    let diagnostic = scope.warning(Code::LateFrontMatter, place, what);
    if unread.is_empty() {
        diagnostic.add_hint("move its keys to the top of the file");
    } else {
        let names = unread.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        diagnostic
            .add_hint(format!(
                "for {names}, the values in the first block are used; remove these keys here"
            ))
            .add_hint("if another story begins here, give it a file of its own");
    }
    parts.has_front = true;
    parts.front = Some(front);
    parts.within = Some(whole);
}

/// Merges two blocks. Also returns the keys of the second one that have another value in the first.
fn merged(first: Option<Node>, second: Node) -> (Node, Vec<String>) {
    let range = second.range.clone();
    let mut unread = vec![];
    let mut entries: Vec<Entry> = match first.map(|node| node.value) {
        Some(Value::Map(entries)) => entries,
        _ => vec![],
    };
    let Value::Map(more) = second.value else {
        return (Node { value: Value::Map(entries), range }, unread);
    };
    for entry in more {
        match entries.iter().find(|known| spelling::same(&known.key, &entry.key)) {
            None => entries.push(entry),
            Some(known) if !groups::same(&known.node, &entry.node) => unread.push(entry.key),
            Some(_) => {}
        }
    }
    (Node { value: Value::Map(entries), range }, unread)
}

fn parse(source: &str, fences: &Fences) -> Result<Node, SyntaxError> {
    let base = fences.inside.start;
    let text = &source[fences.inside.clone()];
    match fences.syntax {
        Syntax::Yaml => yaml::parse(text, base),
        Syntax::Toml => toml_tree::parse(text, base),
        Syntax::Json => json_tree::parse(text, base),
        // The braces take the places of the last and the first character of the fences.
        Syntax::JsonInside => json_tree::parse(&format!("{{{text}}}"), base.saturating_sub(1)),
        Syntax::Lines(style) => Ok(header::parse(text, base, style)),
    }
}

/// Reports the conflict markers of an unfinished merge in a body.
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
        slips::say_conflict(scope, open, "story");
    }
}
