//! Who wrote a story, as many generators write it.

use super::super::fields::{self, Fields, Text};
use super::super::known;
use super::super::story::Run;
use super::super::tree::{Node, Value};
use super::super::words;
use super::Reader;

/// What an author is called, the best first.
const NAMES: &[&str] = &["name", "display_name", "full_name", "author", "literal", "label"];

/// A name in two parts.
const PARTS: [&[&str]; 2] =
    [&["given", "first_name", "firstname", "first"], &["family", "last_name", "lastname", "last"]];

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
            let run = match &item.value {
                Value::Map(_) => self.author(item),
                _ => {
                    let text = fields::text(self.scope, item, "authors").map(without_address);
                    text.and_then(|text| self.plain_run(text))
                }
            };
            let Some(run) = run else { continue };
            let name = words::name_of(&run.text);
            if !name.is_empty() && names.iter().all(|known| known.text != name) {
                names.push(Run { text: name, span: run.span });
            }
        }
        names
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
            return self.plain_run(text);
        }
        let parts = [inner.text(self.scope, given), inner.text(self.scope, family)];
        if let [Some(given), Some(family)] = parts {
            let range = given.node.range.start..family.node.range.end.max(given.node.range.end);
            let name = format!("{} {}", given.text, family.text);
            return Some(self.scope.run(name, range));
        }
        let text = parts.into_iter().flatten().next().or(inner.text(self.scope, HANDLES));
        if text.is_none() && inner.entries().next().is_some() {
            self.scope
                .warning("no-name", node.range.clone(), "this author has no name")
                .add_hint("write it as `name`");
        }
        text.and_then(|text| self.plain_run(text))
    }
}
