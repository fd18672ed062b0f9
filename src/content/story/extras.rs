//! Reads keys of the front matter beyond headline, authors and date: pins, facts, pull-quotes,
//! corrections, section, slug.

use super::StoryReader;
use super::known;
use crate::content::addresses::page_url::{is_numbered, numberless};
use crate::content::dates;
use crate::content::markdown::pull;
use crate::content::model::visible;
use crate::content::model::{Facts, Pins, PullQuote, Run};
use crate::content::paper::pins;
use crate::content::paper::sections;
use crate::content::syntax::fields;
use crate::content::syntax::fields::Fields;
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::wording;
use crate::diag::Code;

/// The last part of a story's web address: the slug that is written, or else the file's name
/// without its date.
pub(crate) fn slug_of(path: &str, written: Option<&str>) -> String {
    if let Some(text) = written {
        return text.trim_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    }
    let key = wording::key_of(path);
    let mut parts = key.rsplit('/');
    let last = parts.next().unwrap_or_default();
    let last = if last == "index" || last.starts_with("index.") {
        parts.next().unwrap_or(last)
    } else if is_numbered(path) {
        parts.next().map_or(last, numberless)
    } else {
        last
    };
    let dated = dates::of_name(last).filter(|(_, end)| last[..*end].contains('-'));
    let undated = dated.and_then(|(_, end)| last[end..].strip_prefix('-'));
    undated.filter(|rest| !rest.is_empty()).unwrap_or(last).to_owned()
}

impl StoryReader<'_, '_, '_> {
    pub(super) fn pins(&mut self) -> Pins {
        let Some(node) = self.fields.get(&["print"]) else { return Pins::default() };
        // With yes or no, the key says whether the story is printed at all.
        if matches!(&node.value, Value::Scalar(text) if fields::truth_of(text.trim()).is_some()) {
            return Pins::default();
        }
        if !matches!(node.value, Value::Map(_)) {
            self.scope
                .error(
                    Code::WrongType,
                    node.range.clone(),
                    format!("`print` must be a group of keys, but it is {}", node.kind()),
                )
                .add_hint("write it as `print: {page: 1}`");
            return Pins::default();
        }
        let inner = Fields::new(self.scope, node, |key| pins::KEYS.contains(&key), &pins::KEYS);
        pins::read(self.scope, &inner)
    }

    pub(super) fn facts(&mut self) -> Option<Facts> {
        let node = self.fields.get(&["facts"])?;
        let (title, items) = match &node.value {
            Value::Map(_) => {
                let names = ["title", "items"];
                let inner = Fields::new(self.scope, node, |key| names.contains(&key), &names);
                let title =
                    inner.text(self.scope, &["title"]).and_then(|text| self.plain_run(text));
                (
                    title,
                    inner
                        .get(&["items"])
                        .map(|node| fields::texts(self.scope, node, "facts"))
                        .unwrap_or_default(),
                )
            }
            _ => (None, fields::texts(self.scope, node, "facts")),
        };
        let items: Vec<_> =
            items.into_iter().map(|text| self.inlines(text)).filter(|line| visible(line)).collect();
        (!items.is_empty()).then_some(Facts { title, items })
    }

    pub(super) fn quotes(&mut self) -> Vec<PullQuote> {
        let Some(node) = self.fields.get(&["pull_quotes", "pull_quote"]) else { return vec![] };
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut quotes = vec![];
        for item in items {
            let (text, by) = if matches!(item.value, Value::Map(_)) {
                let names = ["text", "quote", "by", "name", "attribution"];
                let inner =
                    Fields::new(self.scope, item, |key| names.contains(&key), &["text", "by"]);
                let by = inner
                    .text(self.scope, &["by", "name", "attribution"])
                    .and_then(|text| self.plain_run(text));
                (inner.text(self.scope, &["text", "quote"]), by)
            } else {
                (fields::text(self.scope, item, "pull_quotes"), None)
            };
            if let Some(text) = text {
                let mut text = self.inlines(text);
                pull::unquote(&mut text);
                if visible(&text) {
                    quotes.push(PullQuote { text, by });
                }
            }
        }
        quotes
    }

    pub(super) fn corrections(&mut self) -> Vec<Run> {
        let Some(node) = self.fields.get(&["corrections", "correction"]) else { return vec![] };
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut corrections = vec![];
        for item in items {
            let text = if matches!(item.value, Value::Map(_)) {
                let names = ["text", "date"];
                Fields::new(self.scope, item, |key| names.contains(&key), &names)
                    .text(self.scope, &["text"])
            } else {
                fields::text(self.scope, item, "corrections")
            };
            corrections.extend(text.and_then(|text| self.plain_run(text)));
        }
        corrections
    }

    /// The section: that of the front matter; else the folder between the date's folder and the
    /// file; else a category or another folder, if `paper.yaml` lists a section of that name.
    pub(super) fn section(&mut self) -> Option<String> {
        let listed = |name: &str| sections::listed(self.setting.paper, name);
        let folders: Vec<&str> = self.path.split('/').collect();
        let folders = folders.get(..folders.len().saturating_sub(1)).unwrap_or_default();
        if let Some(text) = self.fields.text(self.scope, &["section"]) {
            if let Some(name) = listed(text.text) {
                return Some(name);
            }
            if !self.setting.paper.sections.is_empty() {
                let names = self.setting.paper.sections.iter().map(|section| section.name.as_str());
                let near = wording::nearest(text.text, names.clone()).map(str::to_owned);
                let all = names.collect::<Vec<_>>().join(", ");
                let diagnostic = self.scope.warning(
                    Code::UnknownSection,
                    text.node.range.clone(),
                    format!("paper.yaml lists no section `{}`", text.text),
                );
                match near {
                    Some(near) => diagnostic.add_hint(format!("did you mean `{near}`?")),
                    None => diagnostic.add_hint(format!("the sections are {all}")),
                };
            }
            return Some(text.text.to_owned());
        }
        let is_day =
            |folder: &&str| dates::of_name(folder).is_some_and(|(_, end)| end == folder.len());
        let dated = folders.iter().position(is_day);
        if let Some(folder) = dated.and_then(|at| folders.get(at + 1)) {
            let bundle = *folder == folders.last().copied().unwrap_or_default()
                && self.path.ends_with("/index.md");
            if !bundle {
                return Some(listed(folder).unwrap_or_else(|| (*folder).to_owned()));
            }
        }
        let categories = self
            .fields
            .get(known::CATEGORIES)
            .map(|node| fields::texts(self.scope, node, "categories"))
            .unwrap_or_default();
        categories
            .iter()
            .find_map(|text| listed(text.text))
            .or_else(|| folders.iter().rev().find_map(|folder| listed(folder)))
    }

    pub(super) fn slug(&mut self) -> String {
        let written = self.fields.text(self.scope, &["slug"]);
        slug_of(self.path, written.map(|text| text.text))
    }

    pub(super) fn canonical(&mut self) -> Option<String> {
        let text = self.fields.text(self.scope, &["canonical", "canonical_url"])?;
        let url = text.text;
        if url.starts_with("https://") || url.starts_with("http://") {
            return Some(url.to_owned());
        }
        self.scope
            .warning(
                Code::BadValue,
                text.node.range.clone(),
                "`canonical` must be a full web address",
            )
            .add_hint("begin it with https://");
        None
    }

    pub(super) fn focus(&mut self, node: &Node) -> Option<[f64; 2]> {
        let written = match &node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| fields::text(self.scope, item, "focus").map(|text| text.text))
                .collect(),
            Value::Scalar(text) => text.split([',', ' ']).filter(|part| !part.is_empty()).collect(),
            _ => vec![],
        };
        let parts: Vec<f64> = written
            .iter()
            .filter_map(|part| match part.strip_suffix('%') {
                Some(percent) => percent.parse::<f64>().ok().map(|n| n / 100.0),
                None => part.parse().ok(),
            })
            .collect();
        if let [x, y] = parts[..]
            && (0.0..=1.0).contains(&x)
            && (0.0..=1.0).contains(&y)
        {
            return Some([x, y]);
        }
        self.scope
            .error(Code::BadValue, node.range.clone(), "`focus` must be two numbers from 0 to 1")
            .add_hint("write numbers such as [0.5, 0.3]: half-way across, a third of the way down");
        None
    }
}
