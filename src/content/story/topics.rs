//! Reads the topics of a story from its front matter.

use crate::names::key;

use super::StoryReader;
use super::known;
use crate::content::syntax::fields;
use crate::content::syntax::fields::{Fields, Text};
use crate::content::syntax::spelling;
use crate::content::syntax::tree::{Node, Value};

impl<'n> StoryReader<'_, '_, 'n> {
    /// The topics: a list of texts or groups, or one text.
    pub(super) fn tags(&mut self) -> Vec<String> {
        let Some(node) = self.fields.get(known::TAGS) else { return vec![] };
        let texts: Vec<Text<'n>> = match &node.value {
            Value::List(items) => items.iter().filter_map(|item| self.tag(item)).collect(),
            Value::Scalar(text) => {
                parts(text).into_iter().map(|text| Text { text, node }).collect()
            }
            _ => self.tag(node).into_iter().collect(),
        };
        let mut tags: Vec<String> = vec![];
        for text in texts {
            let Some(run) = self.plain_run(text) else { continue };
            let tag =
                run.text.strip_prefix('#').filter(|rest| rest.starts_with(char::is_alphabetic));
            let tag = tag.unwrap_or(&run.text);
            // All spellings of a topic are one topic; the first spelling counts.
            if !tags.iter().any(|known| key(known) == key(tag)) {
                tags.push(tag.to_owned());
            }
        }
        tags
    }

    fn tag(&mut self, node: &'n Node) -> Option<Text<'n>> {
        if !matches!(node.value, Value::Map(_)) {
            return fields::text(self.scope, node, "tags");
        }
        let known = ["name", "label", "title", "slug", "permalink", "id", "url", "description"];
        let inner =
            Fields::new(self.scope, node, |key| spelling::is_one(key, &known), &["name", "label"]);
        inner.text(self.scope, &["name", "label", "title", "slug"])
    }
}

/// Splits one text into topics: at commas; or at blanks if every word looks like a topic, as in
/// Jekyll and Obsidian.
fn parts(text: &str) -> Vec<&str> {
    let text = text.trim();
    if text.contains(',') {
        return text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    }
    let single = |word: &str| {
        let plain = |c: char| !c.is_uppercase() && (c.is_alphanumeric() || "#-_/.+".contains(c));
        word.starts_with('#') || word.chars().all(plain)
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.iter().all(|word| single(word)) { words } else { vec![text] }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn one_text_may_be_several_topics() {
        for (text, wanted) in [
            ("", &[][..]),
            ("sea", &["sea"]),
            ("sea, New Town,, walls ", &["sea", "New Town", "walls"]),
            ("sea walls #Town c++", &["sea", "walls", "#Town", "c++"]),
            ("New Town", &["New Town"]),
            ("sea/harbour node.js", &["sea/harbour", "node.js"]),
            ("what is it?", &["what is it?"]),
        ] {
            assert_eq!(parts(text), wanted, "{text}");
        }
    }
}
