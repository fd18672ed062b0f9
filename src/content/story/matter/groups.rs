//! Lifts keys out of the groups in which other generators keep them. Add the name of such a group
//! to `GROUPS`.

use crate::diag::Code;
use std::ops::Range;

use crate::content::story::known;
use crate::content::syntax::scope::Scope;
use crate::content::syntax::spelling;
use crate::content::syntax::tree::{Entry, Node, Value};
use crate::content::syntax::wording::nearest;

/// Groups of the user's own keys in Zola, Hugo and Cobalt, of topics in Zola and Grav, and YAML's
/// merge key.
const GROUPS: [&str; 7] = ["extra", "params", "custom", "data", "taxonomies", "taxonomy", "<<"];

/// The code of the warning about keys in such groups that are not read. Most belong to a theme.
pub(crate) const THEME_KEYS: Code = Code::ThemeKeys;

/// A key of a group that is not read.
struct Passed {
    group: String,
    key: String,
    place: Range<usize>,
    /// Whether the key is known. Then it also stands outside of the group, and counts there.
    known: bool,
}

/// Returns front matter with the keys of its groups added to its own. Reports keys that are not
/// read if there is a `scope`.
pub(super) fn opened(mut node: Node, scope: Option<&mut Scope<'_>>) -> Node {
    let Value::Map(entries) = &mut node.value else { return node };
    let of_group = |entry: &&Entry| GROUPS.iter().any(|name| spelling::same(&entry.key, name));
    let groups: Vec<Entry> = entries.iter().filter(of_group).cloned().collect();
    let mut passed = vec![];
    for group in groups {
        let maps = match group.node.value {
            Value::List(items) => items,
            _ => vec![group.node],
        };
        for inner in maps {
            let Value::Map(inner) = inner.value else { continue };
            for entry in inner {
                take(entries, entry, &group.key, &mut passed);
            }
        }
    }
    // The merged keys have been added.
    entries.retain(|entry| entry.key != "<<");
    if let Some(scope) = scope {
        passed.into_iter().for_each(|one| one.say(scope));
    }
    node
}

fn take(entries: &mut Vec<Entry>, entry: Entry, group: &str, passed: &mut Vec<Passed>) {
    if matches!(entry.node.value, Value::Null) {
        return;
    }
    let written = |other: &&Entry| {
        spelling::same(&other.key, &entry.key) && !matches!(other.node.value, Value::Null)
    };
    let own = entries.iter().find(written);
    let known = known::is_known(&spelling::normal(&entry.key));
    let differs = own.is_some_and(|own| !same(&own.node, &entry.node));
    if own.is_none() && (known || group == "<<") {
        entries.push(entry);
    } else if (differs || !known) && group != "<<" {
        let Entry { key, key_range: place, node: _ } = entry;
        passed.push(Passed { group: group.to_owned(), key, place, known });
    }
}

/// Whether two values are equal.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar(a), Value::Scalar(b)) => a.trim() == b.trim(),
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let one = |(a, b): (&Entry, &Entry)| a.key == b.key && same(&a.node, &b.node);
            a.len() == b.len() && a.iter().zip(b).all(one)
        }
        _ => false,
    }
}

impl Passed {
    fn say(self, scope: &mut Scope<'_>) {
        let Self { group, key, place, known } = self;
        if !scope.first(&format!("{group}.{key}")) {
            return;
        }
        if known {
            let what = format!("`{key}` has another value in the group `{group}`");
            scope
                .warning(Code::DuplicateKey, place, what)
                .add_hint("remove one of the two; the one outside the group counts");
            return;
        }
        if let Some(near) = nearest(&spelling::normal(&key), known::names()) {
            let what =
                format!("the key `{key}` in the group `{group}` is not known here and is ignored");
            scope
                .warning(Code::UnknownKey, place, what)
                .add_hint(format!("did you mean `{near}`?"));
        } else if scope.first(THEME_KEYS.as_str()) && !spelling::is_own(&key) {
            let what = format!(
                "the key `{key}` in the group `{group}` is taken for a theme's own and is ignored"
            );
            scope.warning(THEME_KEYS, place, what).add_hint(
                "check its spelling if it is meant for the story; other such keys are ignored without a message",
            );
        }
    }
}
