//! Who wrote a story, as many generators write it.

use super::super::bylines::{NAMES, PARTS};
use super::super::fields::{self, Fields, Text};
use super::super::known;
use super::super::story::Run;
use super::super::tree::{Node, Value};
use super::super::words;
use super::Reader;
use crate::diag::Code;

/// What stands in for a name.
const HANDLES: &[&str] =
    &["nickname", "title", "key", "slug", "username", "user", "handle", "login", "id"];

/// What is said of authors beside their names, which a byline has no place for.
const QUIET: &[&str] = &[
    "about",
    "affiliation",
    "affiliations",
    "attributes",
    "avatar",
    "bio",
    "bluesky",
    "company",
    "corresponding",
    "degrees",
    "department",
    "description",
    "email",
    "equal_contributor",
    "facebook",
    "github",
    "gravatar",
    "headshot",
    "home",
    "homepage",
    "image",
    "image_url",
    "img",
    "instagram",
    "job",
    "link",
    "linkedin",
    "links",
    "location",
    "mail",
    "mastodon",
    "note",
    "orcid",
    "org",
    "organisation",
    "organization",
    "page",
    "path",
    "permalink",
    "phone",
    "photo",
    "picture",
    "position",
    "profile",
    "role",
    "roles",
    "site",
    "social",
    "socials",
    "team",
    "telegram",
    "thumbnail",
    "twitter",
    "type",
    "uri",
    "url",
    "web",
    "website",
    "x",
];

/// `Ann Bell` of `Ann Bell <ann@echo.example>`: the byline needs no address.
fn without_address(text: Text<'_>) -> Text<'_> {
    let name = text.text.split_once('<').filter(|(_, rest)| rest.contains('@'));
    let name = name.map(|(name, _)| name.trim()).filter(|name| !name.is_empty());
    Text { text: name.unwrap_or(text.text), ..text }
}

impl<'n> Reader<'_, '_, 'n> {
    /// The names of a story's authors, each once.
    pub(super) fn authors(&mut self) -> Vec<Run> {
        let Some(node) = self.fields.get(known::AUTHORS) else { return vec![] };
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut names: Vec<Run> = vec![];
        for item in items {
            let runs: Vec<Run> = match &item.value {
                Value::Map(_) => self.author(item).into_iter().collect(),
                _ => self.named(item),
            };
            for run in runs {
                if !run.text.is_empty() && names.iter().all(|known| known.text != run.text) {
                    names.push(run);
                }
            }
        }
        names
    }

    /// An author, or several, as a text has them: by name, or by keys of a file of authors.
    fn named(&mut self, item: &'n Node) -> Vec<Run> {
        let Some(text) = fields::text(self.scope, item, "authors") else { return vec![] };
        let (bylines, root) = (self.setting.bylines, &self.scope.finder.root.path);
        let of = |key: &str| bylines.name(root, self.path, key.trim());
        let keys: Vec<&str> = text.text.split([',', ';']).collect();
        let names: Vec<Option<&str>> = match of(text.text) {
            Some(name) => vec![Some(name)],
            None => keys.iter().map(|key| of(key)).collect(),
        };
        // Where one of several is no key, none is taken for one.
        match names.into_iter().collect::<Option<Vec<&str>>>() {
            Some(names) if !names.is_empty() => {
                let run = |name: &str| self.scope.run(name, item.range.clone());
                names.into_iter().map(run).collect()
            }
            _ => self.by_name(without_address(text)).into_iter().collect(),
        }
    }

    /// A name as a byline prints it.
    fn by_name(&mut self, text: Text<'_>) -> Option<Run> {
        let Run { text, span } = self.plain_run(text)?;
        Some(Run { text: words::name_of(&text), span })
    }

    /// What a file of authors calls one who is known here by a key alone.
    fn known_name(&mut self, text: Text<'n>) -> Option<Run> {
        let root = &self.scope.finder.root.path;
        let name = self.setting.bylines.name(root, self.path, text.text)?;
        Some(self.scope.run(name, text.node.range.clone()))
    }

    /// An author who is a group of keys.
    fn author(&mut self, node: &'n Node) -> Option<Run> {
        let [given, family] = PARTS;
        let hints = [NAMES, given, family].concat();
        let known = |key: &str| known::is_one(key, HANDLES) || known::is_one(key, QUIET);
        let inner = Fields::new(self.scope, node, known, &hints);
        // Quarto may have the parts of a name in a group of their own.
        if let Some(node) = inner.get(&["name"]).filter(|node| matches!(node.value, Value::Map(_)))
        {
            return self.author(node);
        }
        if let Some(text) = inner.text(self.scope, NAMES) {
            return self.by_name(text);
        }
        let parts = [inner.text(self.scope, given), inner.text(self.scope, family)];
        if let [Some(given), Some(family)] = parts {
            let range = given.node.range.start..family.node.range.end.max(given.node.range.end);
            let name = format!("{} {}", given.text, family.text);
            return Some(self.scope.run(name, range));
        }
        let part = parts.into_iter().flatten().next();
        let handles = || HANDLES.iter().copied();
        if part.is_none()
            && let Some(run) = handles().find_map(|key| {
                let text = inner.text(self.scope, &[key])?;
                self.known_name(text)
            })
        {
            return Some(run);
        }
        let text = part.or(inner.text(self.scope, HANDLES));
        if text.is_none() && inner.entries().next().is_some() {
            self.scope
                .warning(Code::NoName, node.range.clone(), "this author has no name")
                .add_hint("write the name as `name: …`");
        }
        text.and_then(|text| self.by_name(text))
    }
}
