//! Where front matter ends and the body begins.

mod fences;
mod groups;
mod header;
pub(super) mod hints;
mod remarks;
mod second;

use crate::diag::Code;
use std::borrow::Cow;
use std::ops::Range;

use super::known;
use super::scope::Scope;
use super::tree::{Entry, Node, SyntaxError, Value};
use super::{json_tree, toml_tree, yaml};
use fences::{Fences, Syntax, Trouble};
use second::Second;

pub(crate) use groups::THEME_KEYS;

/// A file cut in two.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The front matter; none where the file has none or it can't be read.
    pub(crate) front: Option<Node>,
    /// Whether the file has front matter at all.
    pub(crate) has_front: bool,
    /// Where the body stands.
    pub(crate) body: Range<usize>,
    /// Front matter that stands in the body.
    within: Option<Range<usize>>,
}

impl Parts {
    /// The body. Front matter that stands in it is blanked, so that all else keeps its place.
    pub(crate) fn text<'s>(&self, source: &'s str) -> Cow<'s, str> {
        let body = &source[self.body.clone()];
        let Some(within) = &self.within else { return Cow::Borrowed(body) };
        let (before, rest) = body.split_at(within.start - self.body.start);
        let (within, after) = rest.split_at(within.len());
        let blanks = within.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
        Cow::Owned(before.chars().chain(blanks).chain(after.chars()).collect())
    }
}

/// Cuts a file in two without saying what is wrong, to look at its date alone.
pub(crate) fn peek(source: &str) -> Option<Node> {
    let (front, body) = match fences::find(source) {
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

/// Cuts a file in two; what is wrong with the front matter is said.
pub(crate) fn split(scope: &mut Scope<'_>) -> Parts {
    let source = scope.source;
    let start = source.len() - source.trim_start_matches(fences::INVISIBLE).len();
    let mut parts =
        Parts { front: None, has_front: false, body: start..source.len(), within: None };
    match fences::find(source) {
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

/// Front matter that is keys and values; that it is something else is said.
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
    let hint = hints::of_no_keys(&scope.source[inside.clone()]);
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
        let what = if scope.source[place.clone()].contains(fences::INVISIBLE) {
            "the line that opens the front matter contains an invisible character"
        } else {
            "the line that opens the front matter is not just three dashes"
        };
        scope.warning(Code::LateFrontMatter, place.clone(), what).add_hint(
            "write `---` and nothing else: other programs would print the front matter as text",
        );
    }
}

/// Front matter of the body: its keys count where there are none above.
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
            .add_hint(format!("the values of {names} in the first block count; remove them here"))
            .add_hint("if another story begins here, give it a file of its own");
    }
    parts.has_front = true;
    parts.front = Some(front);
    parts.within = Some(whole);
}

/// Two blocks as one, and the keys of the second one that the first has as well, with another value.
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
        match entries.iter().find(|known| known::same(&known.key, &entry.key)) {
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
        // The braces take the places of the fences' own last and first signs.
        Syntax::JsonInside => json_tree::parse(&format!("{{{text}}}"), base.saturating_sub(1)),
        Syntax::Lines(style) => Ok(header::parse(text, base, style)),
    }
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
        say_conflict(scope, open, "story");
    }
}

/// Says that two versions were never brought together.
fn say_conflict(scope: &mut Scope<'_>, place: Range<usize>, of: &str) {
    let what = format!("Git could not merge two versions of this {of}, and both are still in it");
    scope.error(Code::ConflictMarkers, place, what).add_hint(
        "keep one of the versions between <<<<<<< and >>>>>>>, and delete the marker lines",
    );
}
