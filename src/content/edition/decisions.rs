//! Reads and writes `desk.yaml`: the stories of one edition that the desk holds, kills or swaps. It
//! is the only one of an editor's files that the program writes.

use std::fmt::Write;

use crate::diag::{Code, Span};

use crate::content::model::left_out::Reason;
use crate::content::paper::settings::parsed;
use crate::content::syntax::fields;
use crate::content::syntax::fields::{Fields, Text};
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};

/// The file's name in the edition's folder.
pub const DESK: &str = "desk.yaml";

/// The version of the file's format.
const VERSION: u16 = 1;

const KEYS: [&str; 4] = ["version", "held", "killed", "swapped"];

/// What the desk decided about an edition's stories.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Stories that are kept out of the edition for now.
    pub held: Vec<Call>,
    /// Stories that are kept out of the edition for good.
    pub killed: Vec<Call>,
    /// Pairs of stories that exchanged their places, the earliest exchange first.
    pub swapped: Vec<Swap>,
}

/// A story that a decision names by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The story's key.
    pub key: String,
    /// Its place in the file; `None` if it is not written yet.
    pub span: Option<Span>,
}

/// Two stories that exchange their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// The stories.
    pub stories: [Call; 2],
    /// The page on which each of them must begin.
    pub pages: [u16; 2],
}

impl Call {
    /// A story that is not written in the file yet.
    pub fn unwritten(key: &str) -> Self {
        Self { key: key.into(), span: None }
    }
}

impl Decisions {
    /// Why the desk keeps a story out of the edition, if it does.
    pub(crate) fn keeps_out(&self, key: &str) -> Option<Reason> {
        let has = |calls: &[Call]| calls.iter().any(|call| call.key == key);
        if has(&self.killed) {
            return Some(Reason::Killed);
        }
        has(&self.held).then_some(Reason::Held)
    }

    /// Whether there are no decisions.
    pub fn is_empty(&self) -> bool {
        let Self { held, killed, swapped } = self;
        held.is_empty() && killed.is_empty() && swapped.is_empty()
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let Self { held, killed, swapped } = self;
        let mut out = String::from(
            "# Written by `stonehand hold`, `kill` and `swap`, which overwrite it. Put comments into\n\
             # edition.yaml.\n",
        );
        let _ = writeln!(out, "version: {VERSION}");
        // JSON strings are valid in YAML, whatever characters a key has.
        let quoted = |call: &Call| serde_json::Value::from(call.key.as_str()).to_string();
        for (name, calls) in [("held", held), ("killed", killed)] {
            if !calls.is_empty() {
                let _ = writeln!(out, "{name}:");
            }
            for call in calls {
                let _ = writeln!(out, "  - {}", quoted(call));
            }
        }
        if !swapped.is_empty() {
            out.push_str("swapped:\n");
        }
        for Swap { stories: [a, b], pages } in swapped {
            let _ = writeln!(out, "  - stories: [{}, {}]", quoted(a), quoted(b));
            let _ = writeln!(out, "    pages: [{}, {}]", pages[0], pages[1]);
        }
        out
    }
}

/// Reads `desk.yaml`.
pub(crate) fn read(scope: &mut Scope<'_>) -> Decisions {
    let mut desk = Decisions::default();
    let Some(node) = parsed(scope, DESK, "held: [a-story]") else { return desk };
    let fields = Fields::new(scope, &node, |key| KEYS.contains(&key), &KEYS);
    let version = fields.number(scope, &["version"], VERSION, VERSION);
    if version.is_none() && fields.get(&["version"]).is_none() && !matches!(node.value, Value::Null)
    {
        scope
            .error(Code::MissingKey, node.range.clone(), format!("{DESK} has no `version`"))
            .add_hint(format!("write `version: {VERSION}`"));
    }
    let calls = |scope: &mut Scope<'_>, key: &str| -> Vec<Call> {
        let texts = fields.get(&[key]).map(|node| fields::texts(scope, node, key));
        texts.unwrap_or_default().into_iter().map(|text| call(scope, text)).collect()
    };
    desk.held = calls(scope, "held");
    desk.killed = calls(scope, "killed");
    let swaps = match fields.get(&["swapped"]).map(|node| &node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    desk.swapped = swaps.iter().filter_map(|node| swap(scope, node)).collect();
    desk
}

fn call(scope: &Scope<'_>, text: Text<'_>) -> Call {
    Call { key: text.text.to_owned(), span: Some(scope.span(text.node.range.clone())) }
}

fn swap(scope: &mut Scope<'_>, node: &Node) -> Option<Swap> {
    let names = ["stories", "pages"];
    let fields = Fields::new(scope, node, |key| names.contains(&key), &names);
    let all = |scope: &mut Scope<'_>, key: &str| {
        fields.get(&[key]).map(|node| fields::texts(scope, node, key)).unwrap_or_default()
    };
    let (stories, pages) = (all(scope, "stories"), all(scope, "pages"));
    let pages: Vec<u16> = pages.iter().filter_map(|text| text.text.parse().ok()).collect();
    match (&stories[..], &pages[..]) {
        (&[a, b], &[p, q]) if a.text != b.text && p > 0 && q > 0 => {
            Some(Swap { stories: [call(scope, a), call(scope, b)], pages: [p, q] })
        }
        _ => {
            scope
                .error(
                    Code::BadValue,
                    node.range.clone(),
                    "a swap must name two stories and two pages",
                )
                .add_hint(
                    "write `- {stories: [one, other], pages: [3, 1]}`, or run `stonehand swap`",
                );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let desk = Decisions {
            held: vec![Call::unwritten("a: \"b\"")],
            killed: vec![Call::unwritten("c\\d#")],
            swapped: vec![Swap {
                stories: [Call::unwritten("x"), Call::unwritten("y")],
                pages: [3, 1],
            }],
        };
        let finder = crate::content::addresses::picture_finder::Finder::new(
            std::path::PathBuf::from("/"),
            "/".into(),
        );
        let text = desk.text();
        let mut scope = Scope::new(crate::diag::FileNo(0), &text, &finder);
        let again = read(&mut scope);
        assert_eq!(scope.diagnostics, []);
        assert_eq!(again.text(), text);
        assert_eq!(again.keeps_out("a: \"b\""), Some(Reason::Held));
        assert_eq!(again.keeps_out("c\\d#"), Some(Reason::Killed));
    }
}
