//! Resolves the links of a story to its own headings and to other stories of its edition.

use std::collections::BTreeMap;

use crate::content::addresses::page_url::{is_numbered, numberless};
use crate::content::addresses::written_paths::percent_decoded;
use crate::content::markdown::anchors::{Anchor, anchors, find};
use crate::content::model::inlines::inner_mut;
use crate::content::model::{Block, Inline, LinkTo, Near, Story, plain};
use crate::content::syntax::wording::{nearest, squash};
use crate::diag::{Code, Diagnostic};

/// Only among the first so many stories is a similar name looked for.
const MOST_LIKE: usize = 200;

/// What links need to know about a story.
struct Card {
    key: String,
    slug: String,
    aliases: Vec<String>,
    headline: String,
    anchors: Vec<Anchor>,
}

/// Resolves the links of an edition's stories, and reports those that lead to nothing.
pub(crate) fn settle(stories: &mut [Story]) -> Vec<Diagnostic> {
    let (names, site_links) = (BTreeMap::new(), BTreeMap::new());
    let mut settler = Settler { cards: vec![], names, site_links, said: vec![] };
    for (at, story) in stories.iter().enumerate() {
        let card = Card {
            key: story.key.clone(),
            slug: story.slug.clone(),
            aliases: story
                .aliases
                .iter()
                .map(|run| run.text.trim_matches('/').to_owned())
                .collect(),
            headline: squash(&plain(&story.headline)),
            anchors: anchors(&story.body),
        };
        let key = bare(&card.key);
        let route = routed(&card.key);
        let names = [last(key), last(&card.key), card.slug.as_str(), last(&route)];
        let names = names.map(squash);
        for name in names.into_iter().chain([card.headline.clone()]) {
            let all = settler.names.entry(name).or_default();
            if all.last() != Some(&at) {
                all.push(at);
            }
        }
        settler.cards.push(card);
    }
    for (at, story) in stories.iter_mut().enumerate() {
        let Story { headline, deck, pictures, quotes, facts, body, notes, .. } = story;
        settler.line(at, headline);
        deck.iter_mut().for_each(|deck| settler.line(at, &mut deck.text));
        pictures.iter_mut().for_each(|picture| settler.line(at, &mut picture.caption));
        quotes.iter_mut().for_each(|quote| settler.line(at, &mut quote.text));
        let items = facts.iter_mut().flat_map(|facts| &mut facts.items);
        items.for_each(|item| settler.line(at, item));
        settler.blocks(at, body);
        notes.iter_mut().for_each(|note| settler.blocks(at, note));
    }
    settler.say_site_links();
    settler.said
}

/// A key without the `/index` and the like that stands for its folder.
fn bare(key: &str) -> &str {
    ["/index", "/_index", "/README"].iter().find_map(|end| key.strip_suffix(end)).unwrap_or(key)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

struct Settler {
    cards: Vec<Card>,
    /// The indexes of stories by each of their names, in letters and digits only.
    names: BTreeMap<String, Vec<usize>>,
    /// For each story, its links to other pages of its site.
    site_links: BTreeMap<usize, Vec<Near>>,
    said: Vec<Diagnostic>,
}

impl Settler {
    /// Reports the dead links of a story to pages of its site together: there are often many, all
    /// for one reason.
    fn say_site_links(&mut self) {
        for links in std::mem::take(&mut self.site_links).into_values() {
            let [first, more @ ..] = &links[..] else { continue };
            let name = &first.name;
            let what = match more.len() {
                0 => format!(
                    "the link `{name}` leads to no story of this edition; its text is printed without the link"
                ),
                1 => format!(
                    "the link `{name}` and another in this story lead to no story of this edition; their text is printed without the links"
                ),
                n => format!(
                    "the link `{name}` and {n} others in this story lead to no story of this edition; their text is printed without the links"
                ),
            };
            self.said.push(Diagnostic::warning(Code::DeadLink, first.span, what).hint(
                "write the site's address as `base_url` in paper.yaml, or use full addresses with https://",
            ));
        }
    }

    fn blocks(&mut self, at: usize, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) | Block::Subhead { text, .. } => self.line(at, text),
                Block::List { items, .. } => {
                    items.iter_mut().for_each(|item| self.blocks(at, item));
                }
                Block::Quote(inner) => self.blocks(at, inner),
                Block::Table(table) => {
                    table.rows.iter_mut().flatten().for_each(|cell| self.line(at, cell));
                }
                Block::Code(_) | Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
            }
        }
    }

    fn line(&mut self, at: usize, line: &mut [Inline]) {
        for inline in line {
            if let Inline::Link { to, .. } = inline
                && let LinkTo::Near(near) = to
                && let Some(found) = self.target(at, near)
            {
                *to = found;
            }
            if let Some(inner) = inner_mut(inline) {
                self.line(at, inner);
            }
        }
    }

    /// The target of a link. Returns `None` for a link that leads nowhere, and reports it.
    fn target(&mut self, own: usize, near: &Near) -> Option<LinkTo> {
        let story = if near.name.is_empty() { Some(own) } else { self.story(own, near) };
        let Some(story) = story else {
            if let Some(web) = &near.web {
                return Some(LinkTo::Web(web.clone()));
            }
            if near.name.starts_with('/') {
                self.site_links.entry(own).or_default().push(near.clone());
                return None;
            }
            // In a large edition, a search for similar names would take too long.
            let names = self.cards.iter().take(MOST_LIKE).map(|card| card.slug.as_str());
            let like = nearest(last(name_of(&near.name)), names);
            let hint = like.map_or_else(
                || "name a story of the edition by its file or its slug, or write the full address with https://".into(),
                |like| format!("did you mean `{like}`?"),
            );
            let what = format!(
                "the link `{}` leads to nothing in this edition; its text is printed without the link",
                near.name
            );
            self.said.push(Diagnostic::warning(Code::DeadLink, near.span, what).hint(hint));
            return None;
        };
        let Card { key, anchors, headline, .. } = &self.cards[story];
        let wanted = near.heading.as_deref().map(percent_decoded);
        let wanted = wanted
            .filter(|wanted| !wanted.is_empty() && wanted != "top" && squash(wanted) != *headline);
        let heading = match wanted {
            None => None,
            Some(wanted) => match find(anchors, &wanted) {
                Some(anchor) => Some(anchor.id.clone()),
                None => {
                    let like = nearest(&wanted, anchors.iter().map(|anchor| anchor.id.as_str()));
                    let what = format!(
                        "the story has no heading `#{wanted}`; the link can only lead to its beginning"
                    );
                    let hint = like.map_or_else(
                        || {
                            "write the heading's words in lower case, with hyphens between them"
                                .into()
                        },
                        |like| format!("did you mean `#{like}`?"),
                    );
                    self.said.push(Diagnostic::warning(Code::DeadLink, near.span, what).hint(hint));
                    None
                }
            },
        };
        match (story == own, heading) {
            (true, Some(id)) => Some(LinkTo::Heading(id)),
            // A link from a story to itself is useless, so its text is printed without the link.
            (true, None) => None,
            (false, heading) => Some(LinkTo::Story { key: key.clone(), heading }),
        }
    }

    /// The story that a link names: the one at that path, or else the only one of that name.
    fn story(&self, own: usize, near: &Near) -> Option<usize> {
        let decoded = percent_decoded(&near.name);
        let name = name_of(&decoded);
        let path = if let Some(path) = name.strip_prefix('/') {
            path.to_owned()
        } else {
            joined(&self.cards[own].key, name)
        };
        let route: Vec<&str> = path.split('/').map(numberless).collect();
        let route = route.join("/");
        let called = self.names.get(&squash(numberless(last(name))))?;
        let cards = || called.iter().map(|at| (*at, &self.cards[*at]));
        let whole = cards().find(|(_, card)| card.key == path || bare(&card.key) == path);
        let alias = || cards().find(|(_, card)| card.aliases.contains(&path));
        let routed =
            || cards().find(|(_, card)| is_numbered(&card.key) && routed(&card.key) == route);
        if let Some((at, _)) = whole.or_else(alias).or_else(routed) {
            return Some(at);
        }
        // A name that several stories have means none of them.
        let title = |card: &Card| near.wiki && card.headline == squash(last(name));
        let named = |card: &Card| {
            [last(bare(&card.key)), card.slug.as_str()]
                .iter()
                .any(|known| squash(known) == squash(last(name)))
        };
        let all: Vec<usize> =
            cards().filter(|(_, card)| named(card) || title(card)).map(|(at, _)| at).collect();
        let [only] = all[..] else { return None };
        Some(only)
    }
}

/// The route of a page: in Grav's folders the path without numbers and file name, elsewhere the key
/// without numbers.
fn routed(key: &str) -> String {
    let page =
        if is_numbered(key) { key.rsplit_once('/').map_or(key, |(page, _)| page) } else { key };
    page.split('/').map(numberless).collect::<Vec<_>>().join("/")
}

/// A name without extension, query and slashes at its end.
fn name_of(written: &str) -> &str {
    let name = written.split('?').next().unwrap_or_default().trim().trim_end_matches('/');
    let endings = [".md", ".markdown", ".mdx", ".html", ".htm"];
    let name = endings.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    bare(name)
}

/// A path relative to a story's file, as a path from the root.
fn joined(key: &str, name: &str) -> String {
    let mut parts: Vec<&str> = key.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
