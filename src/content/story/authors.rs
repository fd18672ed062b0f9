//! Reads the authors of a story, in the forms that generators write. Add a key that describes an
//! author but is not printed to `QUIET`.

use super::StoryReader;
use super::bylines::{NAMES, PARTS};
use super::known;
use crate::content::model::Run;
use crate::content::syntax::fields;
use crate::content::syntax::fields::{Fields, Text};
use crate::content::syntax::spelling;
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::wording;
use crate::diag::Code;

/// Keys that may stand in for a name.
const HANDLES: &[&str] =
    &["nickname", "title", "key", "slug", "username", "user", "handle", "login", "id"];

/// Keys that describe an author and have no place in a byline.
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

/// The name in `Ann Bell <ann@echo.example>`, without the mail address.
fn without_address(text: Text<'_>) -> Text<'_> {
    let name = text.text.split_once('<').filter(|(_, rest)| rest.contains('@'));
    let name = name.map(|(name, _)| name.trim()).filter(|name| !name.is_empty());
    Text { text: name.unwrap_or(text.text), ..text }
}

impl<'n> StoryReader<'_, '_, 'n> {
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

    /// The authors in a text: each by name, or by a key of an author file.
    fn named(&mut self, item: &'n Node) -> Vec<Run> {
        let Some(text) = fields::text(self.scope, item, "authors") else { return vec![] };
        let (bylines, root) = (self.setting.bylines, &self.scope.finder.root.path);
        let of = |key: &str| bylines.name(root, self.path, key.trim());
        let keys: Vec<&str> = text.text.split([',', ';']).collect();
        let names: Vec<Option<&str>> = match of(text.text) {
            Some(name) => vec![Some(name)],
            None => keys.iter().map(|key| of(key)).collect(),
        };
        // Unless all of several words are keys, the text is a name.
        match names.into_iter().collect::<Option<Vec<&str>>>() {
            Some(names) if !names.is_empty() => {
                let run = |name: &str| self.scope.run(name, item.range.clone());
                names.into_iter().map(run).collect()
            }
            _ => self.by_name(without_address(text)).into_iter().collect(),
        }
    }

    /// A name in the form that a byline prints.
    fn by_name(&mut self, text: Text<'_>) -> Option<Run> {
        let Run { text, span } = self.plain_run(text)?;
        Some(Run { text: wording::name_of(&text), span })
    }

    /// The name in an author file of an author whom the story names only by a key.
    fn known_name(&mut self, text: Text<'n>) -> Option<Run> {
        let root = &self.scope.finder.root.path;
        let name = self.setting.bylines.name(root, self.path, text.text)?;
        Some(self.scope.run(name, text.node.range.clone()))
    }

    /// An author given as a group of keys.
    fn author(&mut self, node: &'n Node) -> Option<Run> {
        let [given, family] = PARTS;
        let hints = [NAMES, given, family].concat();
        let known = |key: &str| spelling::is_one(key, HANDLES) || spelling::is_one(key, QUIET);
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
