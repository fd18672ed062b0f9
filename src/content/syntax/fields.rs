//! Reads keys and their values: finds keys, checks types, reports repeated and unknown keys.

use crate::diag::Code;
use std::collections::BTreeMap;

use super::scope::Scope;
use super::spelling::{is_one, is_own, letters, normal};
use super::tree::{Entry, Node, Value};
use super::wording::nearest;

/// The keys of a group, each once: of a repeated key the last value counts. Case, hyphens and
/// underscores make no difference: `hero_image` also finds `heroImage`.
pub(crate) struct Fields<'n> {
    entries: BTreeMap<String, &'n Entry>,
}

impl<'n> Fields<'n> {
    /// Takes the keys of a group, and reports those that are repeated or unknown.
    pub(crate) fn new(
        scope: &mut Scope<'_>,
        node: &'n Node,
        known: impl Fn(&str) -> bool,
        names: &[&str],
    ) -> Self {
        let mut entries: BTreeMap<String, &Entry> = BTreeMap::new();
        let Value::Map(all) = &node.value else { return Self { entries } };
        for entry in all {
            let key = normal(&entry.key);
            if !(known(&key) || is_one(&key, names) || is_own(&key)) {
                let near = nearest(&key, names.iter().copied());
                let diagnostic = scope.warning(
                    Code::UnknownKey,
                    entry.key_range.clone(),
                    format!("the key `{}` is not known here and is ignored", entry.key),
                );
                match near {
                    Some(near) => diagnostic.add_hint(format!("did you mean `{near}`?")),
                    None => diagnostic.add_hint(
                        "remove it; if it is for another program, begin its name with `x-`",
                    ),
                };
            }
            let key: String = letters(&entry.key).collect();
            if let Some(before) = entries.get(&key) {
                let empty = matches!(entry.node.value, Value::Null);
                let line = scope.source[..before.key_range.start].matches('\n').count() + 1;
                scope
                    .warning(
                        Code::DuplicateKey,
                        entry.key_range.clone(),
                        format!(
                            "`{}` is written twice, first in line {line}; the last value counts",
                            entry.key
                        ),
                    )
                    .add_hint("remove one of the two");
                if empty {
                    continue;
                }
            }
            entries.insert(key, entry);
        }
        Self { entries }
    }

    /// The keys of several groups, without any diagnostics: for groups that were checked before. If
    /// two groups have the same key, the later one counts.
    pub(crate) fn unsaid(groups: &[&'n Node]) -> Self {
        let mut entries: BTreeMap<String, &Entry> = BTreeMap::new();
        for group in groups {
            let Value::Map(all) = &group.value else { continue };
            for entry in all.iter().filter(|entry| !matches!(entry.node.value, Value::Null)) {
                entries.insert(letters(&entry.key).collect(), entry);
            }
        }
        Self { entries }
    }

    /// The keys of one group, without any diagnostics: for a look before the group is checked.
    pub(crate) fn quiet(node: Option<&'n Node>) -> Self {
        Self::unsaid(node.as_slice())
    }

    /// All keys that have a value.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &'n Entry> + '_ {
        self.entries.values().copied().filter(|entry| !matches!(entry.node.value, Value::Null))
    }

    fn entry_of(&self, name: &str) -> Option<&'n Entry> {
        self.entries.get(&letters(name).collect::<String>()).copied()
    }

    /// The value of the first of these names that has one.
    pub(crate) fn get(&self, names: &[&str]) -> Option<&'n Node> {
        names.iter().find_map(|name| {
            let entry = self.entry_of(name)?;
            (!matches!(entry.node.value, Value::Null)).then_some(&entry.node)
        })
    }

    /// The same, with the key as written. A blank text counts as no value.
    pub(crate) fn entry(&self, names: &[&str]) -> Option<(&'n str, &'n Node)> {
        names.iter().find_map(|name| {
            let entry = self.entry_of(name)?;
            let empty = match &entry.node.value {
                Value::Null => true,
                Value::Scalar(text) => text.trim().is_empty(),
                Value::List(_) | Value::Map(_) => false,
            };
            (!empty).then_some((entry.key.trim(), &entry.node))
        })
    }

    /// The values of these names, in the order of the names.
    pub(crate) fn all(&self, names: &[&str]) -> Vec<&'n Node> {
        names.iter().filter_map(|name| self.get(&[name])).collect()
    }

    /// The text of the first of these names that has one.
    pub(crate) fn text(&self, scope: &mut Scope<'_>, names: &[&str]) -> Option<Text<'n>> {
        names.iter().find_map(|name| {
            let entry = self.entry_of(name)?;
            text(scope, &entry.node, &entry.key)
        })
    }

    /// The whole number of the first of these names that has one. It is an error if the number is
    /// not within `least..=most`.
    pub(crate) fn number(
        &self,
        scope: &mut Scope<'_>,
        names: &[&str],
        least: u16,
        most: u16,
    ) -> Option<u16> {
        let text = self.text(scope, names)?;
        match text.text.parse::<u16>() {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            _ => {
                scope
                    .error(
                        Code::BadValue,
                        text.node.range.clone(),
                        format!("`{}` must be a whole number from {least} to {most}", names[0]),
                    )
                    .add_hint(format!("write a number such as {least}"));
                None
            }
        }
    }

    /// The truth value of the first of these names that has one. Any other value is an error.
    pub(crate) fn truth(&self, scope: &mut Scope<'_>, names: &[&str]) -> Option<bool> {
        let text = self.text(scope, names)?;
        match truth_of(text.text) {
            Some(truth) => Some(truth),
            None => {
                scope
                    .error(
                        Code::BadValue,
                        text.node.range.clone(),
                        format!("`{}` must be true or false", names[0]),
                    )
                    .add_hint("write `true` or `false`");
                None
            }
        }
    }
}

/// The truth value that a word stands for.
pub(crate) fn truth_of(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "1" => Some(true),
        "false" | "no" | "off" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// A value that is a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'n> {
    /// The text, trimmed; never empty.
    pub(crate) text: &'n str,
    /// The node that it comes from.
    pub(crate) node: &'n Node,
}

impl Text<'_> {
    /// Maps each byte of the text to its place in the file.
    pub(crate) fn map(&self, source: &str) -> super::runs::Map {
        super::runs::Map::align(self.text, source, self.node.range.clone())
    }
}

/// A value as text: `None` if it is empty, an error if it is of another type.
pub(crate) fn text<'n>(scope: &mut Scope<'_>, node: &'n Node, key: &str) -> Option<Text<'n>> {
    match &node.value {
        Value::Null => None,
        Value::Scalar(text) => {
            let text = text.trim();
            (!text.is_empty()).then_some(Text { text, node })
        }
        Value::List(items) if items.len() == 1 => text(scope, &items[0], key),
        Value::List(items) if items.is_empty() => None,
        Value::List(_) | Value::Map(_) => {
            scope
                .error(Code::WrongType, node.range.clone(), format!("`{key}` must be text, but it is {}", node.kind()))
                .add_hint("write one text; put it between quotation marks if it contains a colon or brackets");
            None
        }
    }
}

/// A value as texts: a list of texts, or one text.
pub(crate) fn texts<'n>(scope: &mut Scope<'_>, node: &'n Node, key: &str) -> Vec<Text<'n>> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| text(scope, item, key)).collect(),
        _ => text(scope, node, key).into_iter().collect(),
    }
}
