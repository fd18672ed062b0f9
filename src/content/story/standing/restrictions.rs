//! Judges all keys besides the date: moments before or after which a story must not be printed,
//! marks, and words such as those of `status`.

use super::status_words;
use super::status_words::Says;
use super::{Judge, Read, Reason, dates, keys, text};
use crate::content::syntax::fields::{Fields, truth_of};
use crate::content::syntax::tree::{Node, Value};
use crate::diag::Code;

/// Words that mean no moment.
const NEVER: [&str; 7] = ["never", "none", "no", "false", "n/a", "-", "nil"];

/// The word in a link to a note: `Draft` in `[[Draft]]`, `[[states/Draft]]` and `[[x|Draft]]`.
fn linked(text: &str) -> &str {
    let inside = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    let Some(inside) = inside else { return text };
    inside.rsplit(['|', '/']).next().unwrap_or(inside).trim()
}

/// The words of a value: all items of a list, and the state that a group names.
fn words_of(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::Scalar(text) => vec![text.trim()],
        Value::List(items) => items.iter().flat_map(words_of).collect(),
        Value::Map(_) => {
            let names = ["status", "state", "stage", "value", "name", "label"];
            Fields::quiet(Some(node)).get(&names).map(words_of).unwrap_or_default()
        }
        Value::Null => vec![],
    }
}

impl<'n> Judge<'_, 'n> {
    /// Judges the embargo. Every key that begins with this word counts, so that no story under
    /// embargo is printed by mistake.
    pub(super) fn embargo(&mut self) {
        let all: Vec<(&str, &Node)> = self
            .fields
            .entries()
            .map(|entry| entry.key.trim())
            .filter(|key| keys::is_embargo(key))
            .filter_map(|key| self.moment_of(key))
            .collect();
        let is_moment =
            |node: &Node| text(node).is_some_and(|text| matches!(dates::read(text), Read::When(_)));
        let told = all.iter().any(|(_, node)| is_moment(node));
        for (key, node) in all {
            let written = text(node).unwrap_or_default();
            match self.answer(node) {
                Some(true) => {
                    self.hold(Reason::Embargo, format!("it says `{key}: {written}`"));
                    continue;
                }
                Some(false) => continue,
                None => {}
            }
            // If another key gives the moment, words without a number are only a note, such as the
            // reason.
            let is_note =
                told && !written.is_empty() && !written.contains(|c: char| c.is_numeric());
            if is_note {
                continue;
            }
            if let Some(moment) = self.moment(key, node, Reason::Embargo)
                && moment > self.clock.now
            {
                let told = dates::told(moment, &self.clock.zone);
                self.hold(Reason::Embargo, format!("its embargo ends {told}"));
            }
        }
    }

    /// Judges the other keys that hold a story back until a moment.
    pub(super) fn later(&mut self) {
        for name in keys::LATER {
            let Some((key, node)) = self.moment_of(name) else { continue };
            let written = text(node).unwrap_or_default();
            match self.answer(node) {
                Some(true) => continue,
                Some(false) => {
                    self.hold(Reason::Future, format!("it says `{key}: {written}`"));
                    continue;
                }
                None => {}
            }
            if keys::LOOSE.contains(name) && dates::read(written) == Read::Unreadable {
                let what = format!(
                    "`{key}` is not a date or time and holds nothing back: the story is printed"
                );
                let hint = "to hold the story back until a certain time, write that time as `embargo: 2026-11-24 06:00`";
                self.warning(Code::UnknownStatus, node, what, hint.into());
            } else {
                self.not_before(key, node);
            }
        }
    }

    /// Holds a story back until the moment of a key.
    pub(super) fn not_before(&mut self, key: &str, node: &Node) {
        if let Some(moment) = self.moment(key, node, Reason::Future)
            && moment > self.clock.now
        {
            let told = dates::told(moment, &self.clock.zone);
            self.hold(Reason::Future, format!("its `{key}` is {told}"));
        }
    }

    pub(super) fn expiry(&mut self) {
        for name in keys::EXPIRES {
            let Some((key, node)) = self.moment_of(name) else { continue };
            if self.answer(node) == Some(false) {
                continue;
            }
            if let Some(moment) = self.moment(key, node, Reason::Expired)
                && moment <= self.clock.now
            {
                let told = dates::told(moment, &self.clock.zone);
                self.hold(Reason::Expired, format!("it expired {told}"));
            }
        }
    }

    /// The answer yes or no in the place of a moment.
    fn answer(&self, node: &Node) -> Option<bool> {
        let written = text(node)?.to_lowercase();
        if NEVER.contains(&written.as_str()) { Some(false) } else { truth_of(&written) }
    }

    /// Judges the marks.
    pub(super) fn marks(&mut self) {
        for mark in keys::MARKS {
            for name in mark.names {
                for name in [*name, &format!("is_{name}")] {
                    if let Some((key, node)) = self.fields.entry(&[name]) {
                        self.mark(mark, key, node);
                    }
                }
            }
        }
        // With these keys, Eleventy and Hugo make no page for a story.
        for name in ["permalink", "print"] {
            if let Some((key, node)) = self.fields.entry(&[name])
                && let Some(written) = text(node)
                && truth_of(written) == Some(false)
            {
                self.hold(Reason::Hidden, format!("it says `{key}: {written}`"));
            }
        }
        if let Some((key, node)) = self.fields.entry(&["hide"])
            && text(node).and_then(truth_of) == Some(true)
        {
            self.hold(Reason::Hidden, format!("it says `{key}: true`"));
        }
        if let Some((key, _)) = self.fields.entry(&["password"]) {
            self.hold(Reason::Hidden, format!("it has a `{key}`"));
        }
        if let Some((key, node)) = self.fields.entry(&["build", "_build"]) {
            let inner = Fields::quiet(Some(node));
            for (name, nothing) in [("render", "link"), ("list", "local")] {
                let Some(text) = inner.get(&[name]).and_then(text) else { continue };
                if ["never", "false", nothing].contains(&text) {
                    self.hold(Reason::Hidden, format!("its `{key}` says `{name}: {text}`"));
                }
            }
        }
    }

    fn mark(&mut self, mark: &keys::Mark, key: &'n str, node: &'n Node) {
        let written = text(node).unwrap_or_default();
        let says = format!("it says `{key}: {written}`");
        match truth_of(written) {
            Some(value) if value == mark.prints => return,
            Some(_) => return self.hold(mark.reason, says),
            None => {}
        }
        let is_date = dates::read(written) != Read::Unreadable;
        if is_date && (mark.prints || mark.waits) {
            // Keys that are also dates of the story were judged with the date.
            if !keys::SHOWN.iter().any(|name| crate::content::syntax::spelling::same(name, key)) {
                self.not_before(key, node);
            }
            return;
        }
        if is_date && !mark.is_strict {
            return self.hold(mark.reason, says);
        }
        if mark.is_strict {
            let dated = if mark.prints { ", or a date" } else { "" };
            let what = format!("`{key}` must be true or false{dated}");
            self.error(Code::BadMark, node, what, "write `true` or `false`".into());
            self.hold(mark.reason, format!("its `{key}` can't be read"));
            return;
        }
        match status_words::of_status(written) {
            Some(Says::Not(reason)) => self.hold(reason, says),
            Some(Says::Printed) => {}
            None => {
                let what = format!("`{key}` is neither true nor false: the story is printed");
                let hint = "to hold the story back, write `draft: true`; if the key is for another program, begin its name with `x-`";
                self.warning(Code::UnknownStatus, node, what, hint.into());
            }
        }
    }

    /// Judges `status` and similar keys.
    pub(super) fn states(&mut self) {
        for name in keys::STATES {
            let Some((key, node)) = self.fields.entry(&[name]) else { continue };
            self.state(key, node, true);
        }
        for name in keys::STATES_TOO {
            let Some((key, node)) = self.fields.entry(&[name]) else { continue };
            self.state(key, node, false);
        }
        for name in keys::KINDS {
            let Some((key, node)) = self.fields.entry(&[name]) else { continue };
            if let Some(word) = words_of(node).into_iter().find(|word| status_words::is_draft(word))
            {
                self.hold(Reason::Draft, format!("it says `{key}: {word}`"));
            }
        }
    }

    /// Judges a key whose value is a word. In a list, every word counts.
    fn state(&mut self, key: &'n str, node: &'n Node, is_told: bool) {
        let words = words_of(node);
        let mut unknown = if words.is_empty() { Some("") } else { None };
        for word in words {
            let says = match truth_of(word) {
                Some(true) => Some(Says::Printed),
                Some(false) => Some(Says::Not(Reason::Draft)),
                None => status_words::of_status(linked(word)),
            };
            match says {
                Some(Says::Printed) => {}
                Some(Says::Not(reason)) => {
                    return self.hold(reason, format!("it says `{key}: {word}`"));
                }
                None => unknown = unknown.or(Some(word)),
            }
        }
        if let Some(word) = unknown.filter(|_| is_told) {
            let what = format!("`{key}: {word}` is not known here: the story is printed");
            let hint =
                "write `draft` or `private` to hold the story back, or `published` to print it";
            self.warning(Code::UnknownStatus, node, what, hint.into());
        }
    }
}
