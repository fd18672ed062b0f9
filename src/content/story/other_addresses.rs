//! Reads the addresses in front matter: a story's old addresses, related stories, translations.

use super::StoryReader;
use super::known;
use crate::content::model::{Related, Run};
use crate::content::syntax::fields;
use crate::content::syntax::fields::{Fields, Text};
use crate::content::syntax::language_key;
use crate::content::syntax::tree::{Node, Value};
use crate::diag::Code;

/// The keys with which a group names a related story, the best first.
pub(crate) const RELATED: &[&str] = &["story", "slug", "url", "path", "link", "file", "href"];

/// The longest alias, and the longest part of one, in bytes: the limits of file systems.
const LONGEST: (usize, usize) = (1000, 200);

impl StoryReader<'_, '_, '_> {
    /// The old addresses of the story as paths below the site's root, without slashes at either
    /// end.
    pub(super) fn aliases(&mut self) -> Vec<Run> {
        let mut found: Vec<Run> = vec![];
        for node in self.fields.all(known::ALIASES) {
            for text in listed(self.scope, node, "aliases") {
                let range = text.map(self.scope.source).range(0..text.text.len());
                if is_name(text.text) {
                    continue;
                }
                match alias(text.text, self.setting.paper.base_url.as_deref()) {
                    Ok(path) => {
                        if found.iter().all(|known| known.text != path) {
                            found.push(self.scope.run(path, range));
                        }
                    }
                    Err(why) => {
                        let what = format!("the alias `{}` {why}; it is left out", text.text);
                        self.scope
                            .warning(Code::BadAlias, range, what)
                            .add_hint("write an older address of the story on this site, such as /2026-11-24/old-name/");
                    }
                }
            }
        }
        found
    }
}

impl<'n> StoryReader<'_, '_, 'n> {
    /// The related stories, as written.
    pub(super) fn related(&mut self) -> Vec<Related> {
        let Some(node) = self.fields.get(&["related"]) else { return vec![] };
        // `related: true` asks a theme to find related stories by itself.
        if matches!(&node.value, Value::Scalar(text) if matches!(text.trim(), "true" | "false")) {
            return vec![];
        }
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let texts: Vec<Text<'n>> =
            items.into_iter().filter_map(|item| self.related_one(item)).collect();
        let one = |text: Text<'_>| {
            let range = text.map(self.scope.source).range(0..text.text.len());
            Related { written: self.scope.run(text.text, range), to: None }
        };
        texts.into_iter().map(one).collect()
    }

    /// One related story: its name, or a group of keys with its name.
    fn related_one(&mut self, node: &'n Node) -> Option<Text<'n>> {
        if !matches!(node.value, Value::Map(_)) {
            return fields::text(self.scope, node, "related");
        }
        let known = |key: &str| matches!(key, "title" | "name" | "description" | "image" | "date");
        let inner = Fields::new(self.scope, node, known, RELATED);
        let found = inner.text(self.scope, RELATED);
        if found.is_none() && inner.entries().next().is_some() {
            self.scope
                .warning(Code::BadValue, node.range.clone(), "this doesn't name a story")
                .add_hint("write the story's address or file name as `url`");
        }
        found
    }

    /// The translations, as written: language, and name or address.
    pub(super) fn translated(&mut self) -> Vec<(String, Run)> {
        let Some(node) = self.fields.get(&["translations"]) else { return vec![] };
        let Value::Map(entries) = &node.value else {
            let what =
                format!("`translations` must be a group of languages, but it is {}", node.kind());
            self.scope
                .warning(Code::WrongType, node.range.clone(), what)
                .add_hint("write it as `translations: {de: deutsch/die-mauer.md}`");
            return vec![];
        };
        let mut found: Vec<(String, Run)> = vec![];
        for entry in entries {
            let range = entry.key_range.clone();
            let Some(lang) = language_key::of_story(self.scope, &entry.key, range) else {
                continue;
            };
            let Some(text) = fields::text(self.scope, &entry.node, &entry.key) else { continue };
            let range = text.map(self.scope.source).range(0..text.text.len());
            let run = self.scope.run(text.text, range);
            found.push((lang, run));
        }
        found
    }
}

/// The texts of a list, or a single text. A value of another type is reported.
fn listed<'n>(
    scope: &mut crate::content::syntax::scope::Scope<'_>,
    node: &'n Node,
    key: &str,
) -> Vec<Text<'n>> {
    match &node.value {
        Value::Map(_) => fields::text(scope, node, key).into_iter().collect(),
        _ => fields::texts(scope, node, key),
    }
}

/// Whether an alias is another name of a note in Obsidian and not an address: it has blanks or
/// capitals, and no sign of a path.
fn is_name(text: &str) -> bool {
    let named = |c: char| c.is_whitespace() || c.is_uppercase();
    !text.contains(['/', '\\', '?', '#', ':', '.', '%']) && text.contains(named)
}

/// An alias as a path below the site's root, without slashes at either end. The error says what is
/// wrong with it.
pub(crate) fn alias(written: &str, base_url: Option<&str>) -> Result<String, String> {
    let mut rest = written;
    if let Some((scheme, _)) = written.split_once("://") {
        let own = base_url.and_then(|base| written.strip_prefix(base));
        let own = own.filter(|rest| rest.is_empty() || rest.starts_with('/'));
        rest = own.ok_or(if matches!(scheme, "http" | "https") {
            "leads to another site"
        } else {
            "is not a web address"
        })?;
    } else if written.starts_with("//") {
        return Err("leads to another site".into());
    }
    if rest.contains(['?', '#']) {
        return Err("contains `?` or `#`".into());
    }
    let path = crate::content::addresses::written_paths::percent_decoded(rest);
    if path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '"' | '<' | '>' | '|'))
    {
        return Err("contains a character that no file name can have".into());
    }
    let parts: Vec<&str> =
        path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.is_empty() {
        return Err("is the address of the front page".into());
    }
    if parts.contains(&"..") {
        return Err("leads out of the site".into());
    }
    if parts.iter().any(|part| part.starts_with('.') || part.ends_with(['.', ' '])) {
        return Err("has a part that begins or ends with a full stop or a space".into());
    }
    let path = parts.join("/");
    if path.len() > LONGEST.0 || parts.iter().any(|part| part.len() > LONGEST.1) {
        return Err("is too long".into());
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::{alias, is_name};

    #[test]
    fn other_names_are_no_addresses() {
        for name in ["The Long Wall", "Wall", "der Wall", "Über"] {
            assert!(is_name(name), "{name}");
        }
        for address in ["/The Long Wall/", "old-name", "old", "Old.html", "a/B", "http://a.b/C"] {
            assert!(!is_name(address), "{address}");
        }
    }

    #[test]
    fn aliases_stay_below_the_site() {
        let of = |text: &str| alias(text, Some("https://a.example/paper"));
        assert_eq!(of("/blog/old name/").as_deref(), Ok("blog/old name"));
        assert_eq!(of("old.html").as_deref(), Ok("old.html"));
        assert_eq!(of("/a%20b/./c").as_deref(), Ok("a b/c"));
        assert_eq!(of("https://a.example/paper/x/").as_deref(), Ok("x"));
        for bad in [
            "",
            "/",
            "..",
            "/a/../../b",
            "/%2e%2e/b",
            "a/..%2fb",
            "//evil.example/x",
            "https://evil.example/x",
            "https://a.example/papers/x",
            "javascript://x",
            "/.git/x",
            "/a?b",
            "/a#b",
            "C:/x",
            "/a\\b",
            "/a\u{0}b",
            "/a./b",
        ] {
            assert!(of(bad).is_err(), "{bad}");
        }
        assert!(of(&"x".repeat(201)).is_err() && of(&"x/".repeat(600)).is_err());
    }
}
