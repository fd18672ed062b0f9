//! Reading keys and values: types checked, doubled and unknown keys told.

use crate::diag::Code;
use std::collections::BTreeMap;

use super::known::{is_one, is_own, letters, normal};
use super::scope::Scope;
use super::tree::{Entry, Node, Value};
use super::words::nearest;

/// Keys and values, each key once: the last counts. A key is found by its letters: `hero_image` is
/// `heroImage` too.
pub(crate) struct Fields<'n> {
    entries: BTreeMap<String, &'n Entry>,
}

impl<'n> Fields<'n> {
    /// Takes keys in; says which are doubled or unknown.
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

    /// The keys of several groups without a word on what is wrong with them, for groups that are
    /// looked at again. Of one key in two groups, the later counts.
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

    /// The keys of one group without a word on what is wrong with them, for a first glance.
    pub(crate) fn quiet(node: Option<&'n Node>) -> Self {
        Self::unsaid(node.as_slice())
    }

    /// All keys with a value.
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

    /// The same with the key as it is written.
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

    /// The values of all of these names, in the names' order.
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

    /// A whole number between two others.
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

    /// A truth value.
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

/// What a word says that stands for true or false.
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
    /// The text without blanks around it; never empty.
    pub(crate) text: &'n str,
    /// The value.
    pub(crate) node: &'n Node,
}

impl Text<'_> {
    /// Where each byte of the text stands in the file.
    pub(crate) fn map(&self, source: &str) -> super::runs::Map {
        super::runs::Map::align(self.text, source, self.node.range.clone())
    }
}

/// A value as a text; none where it is empty, an error where it is something else.
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

/// A value as texts: a list of them, or one.
pub(crate) fn texts<'n>(scope: &mut Scope<'_>, node: &'n Node, key: &str) -> Vec<Text<'n>> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| text(scope, item, key)).collect(),
        _ => text(scope, node, key).into_iter().collect(),
    }
}
