//! What stories say of each other: related ones, and the same one in other languages. Names lead to
//! stories of any edition of the paper, which are known by what a glance at each file tells.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::desk::{NoStory, named, stem};
use super::known::{is_one, letters, same};
use super::lang;
use super::story::{Story, StoryId, Target, Translation};
use super::tree::{Node, Value};
use super::words::nearest;
use crate::diag::{Code, Diagnostic, Span};

/// The most languages that one story may be in.
const LANGUAGES: usize = 100;

/// What a glance at a file tells.
#[derive(Debug, Clone, Default)]
pub(super) struct Glance {
    /// The last part of the story's address.
    pub(super) slug: String,
    /// Its language, where it says one.
    lang: Option<String>,
    /// The stories it is related to, as they are written.
    related: Vec<String>,
    /// What it is in other languages, as they are written.
    translations: Vec<(String, String)>,
}

/// A story of the paper.
#[derive(Debug, Clone)]
struct Card {
    id: StoryId,
    glance: Glance,
}

/// All stories of a paper, to be found by what they are called.
#[derive(Debug, Clone, Default)]
pub(super) struct Cards {
    all: Vec<Card>,
    /// The stories of each edition.
    editions: BTreeMap<Option<Date>, Vec<usize>>,
    /// The stories by the last parts of their keys and by their slugs.
    names: HashMap<String, Vec<usize>>,
    /// The stories that name one as their translation.
    translated_by: HashMap<usize, Vec<usize>>,
    base_url: Option<String>,
    lang: String,
}

impl Glance {
    /// Looks at front matter that is read.
    pub(super) fn of(front: Option<&Node>, slug: String) -> Self {
        let mut glance = Self { slug, ..Self::default() };
        let Some(Node { value: Value::Map(entries), .. }) = front else { return glance };
        for entry in entries {
            match &*letters(&entry.key).collect::<String>() {
                key if is_one(key, lang::KEYS) => {
                    glance.lang = texts(&entry.node).pop().and_then(|text| lang::meant(&text));
                }
                "related" => glance.related = related(&entry.node),
                "translations" => glance.translations = pairs(&entry.node),
                _ => {}
            }
        }
        glance
    }
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Scalar(text) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Value::List(items) => items.iter().flat_map(texts).collect(),
        _ => vec![],
    }
}

/// The names of related stories, those that stand in groups of keys too.
fn related(node: &Node) -> Vec<String> {
    match &node.value {
        Value::List(items) => items.iter().flat_map(related).collect(),
        Value::Map(entries) => {
            let named = |name: &&'static str| entries.iter().find(|entry| same(&entry.key, name));
            let entry = super::front::RELATED.iter().find_map(named);
            entry.map(|entry| texts(&entry.node)).unwrap_or_default()
        }
        _ => texts(node),
    }
}

fn pairs(node: &Node) -> Vec<(String, String)> {
    let Value::Map(entries) = &node.value else { return vec![] };
    let one =
        |entry: &super::tree::Entry| Some((lang::meant(&entry.key)?, texts(&entry.node).pop()?));
    entries.iter().filter_map(one).collect()
}

impl Cards {
    /// The cards of all stories, by their editions and keys.
    pub(super) fn new(
        base_url: Option<&str>,
        lang: &str,
        stories: impl Iterator<Item = (Option<Date>, String, Glance)>,
    ) -> Self {
        let (base_url, lang) = (base_url.map(str::to_owned), lang.to_owned());
        let mut cards = Self { base_url, lang, ..Self::default() };
        for (at, (edition, key, glance)) in stories.enumerate() {
            let bare = key.strip_suffix("/index").unwrap_or(&key);
            let names: BTreeSet<&str> = [last(&key), last(bare), &glance.slug].into();
            for name in names {
                cards.names.entry(name.to_owned()).or_default().push(at);
            }
            cards.editions.entry(edition).or_default().push(at);
            cards.all.push(Card { id: StoryId { edition, key }, glance });
        }
        for (at, card) in cards.all.iter().enumerate() {
            for (_, name) in card.glance.translations.iter().take(LANGUAGES) {
                if let Ok(other) = cards.find(card.id.edition, name) {
                    cards.translated_by.entry(other).or_default().push(at);
                }
            }
        }
        cards
    }

    /// The other editions that one needs to know for its links.
    pub(super) fn editions_beside(&self, edition: Option<Date>) -> BTreeSet<Option<Date>> {
        let mut found = BTreeSet::new();
        for at in self.editions.get(&edition).into_iter().flatten() {
            let related = self.all[*at].glance.related.iter();
            found.extend(related.filter_map(|name| Some(self.story(edition, name).ok()?.edition)));
            let others = self.translations(*at);
            found.extend(others.iter().filter_map(|one| match &one.to {
                Target::Story(id) => Some(id.edition),
                Target::Address(_) => None,
            }));
        }
        found.remove(&edition);
        found
    }

    /// The story that a name means to an edition: one of its own first.
    fn story(&self, edition: Option<Date>, name: &str) -> Result<StoryId, NoStory> {
        self.find(edition, name).map(|at| self.all[at].id.clone())
    }

    /// The same by its number; what a name of no story is like is not looked for.
    fn find(&self, edition: Option<Date>, name: &str) -> Result<usize, NoStory> {
        let path = self.path(name);
        let called = |name: &str| self.names.get(name).map_or(&[][..], Vec::as_slice);
        let at = |at: &&usize| {
            let card = &self.all[**at];
            path.split_once('/').is_some_and(|(folder, slug)| {
                let date = card.id.edition.map_or_else(|| "undated".into(), |day| day.to_string());
                folder == date && slug == card.glance.slug
            })
        };
        if let Some(found) = called(last(path)).iter().find(at) {
            return Ok(*found);
        }
        let (own, others): (Vec<usize>, Vec<usize>) =
            called(last(stem(path))).iter().partition(|at| self.all[**at].id.edition == edition);
        let find = |cards: &[usize]| {
            let cards = || cards.iter().map(|at| (*at, &self.all[*at]));
            let names: Vec<(&str, &str)> = cards()
                .map(|(_, card)| (card.id.key.as_str(), card.glance.slug.as_str()))
                .collect();
            let key = named(&names, path)?;
            let found = cards().find(|(_, card)| card.id.key == key);
            found.map(|(at, _)| at).ok_or(NoStory::Unknown(None))
        };
        match find(&own) {
            Err(NoStory::Unknown(_)) => match find(&others) {
                Err(NoStory::Unknown(_)) => Err(NoStory::Unknown(None)),
                found => found,
            },
            found => found,
        }
    }

    /// A name without the paper's own address.
    fn path<'n>(&self, name: &'n str) -> &'n str {
        let own = self.base_url.as_deref().and_then(|base| name.strip_prefix(base));
        own.unwrap_or(name).trim().trim_start_matches('/').trim_end_matches('/')
    }

    /// The same with what a name of no story is like: a story of the edition, else of others.
    fn or_near(&self, edition: Option<Date>, name: &str, why: NoStory) -> NoStory {
        if why != NoStory::Unknown(None) {
            return why;
        }
        let stem = stem(self.path(name));
        let like = |cards: &mut dyn Iterator<Item = &Card>| {
            let names = cards.map(|Card { id, glance }| match glance.slug.as_str() {
                "" => last(id.key.strip_suffix("/index").unwrap_or(&id.key)),
                slug => slug,
            });
            nearest(stem, names).map(str::to_owned)
        };
        let own = self.editions.get(&edition).into_iter().flatten().map(|at| &self.all[*at]);
        let near = like(&mut { own }).or_else(|| like(&mut self.all.iter()));
        NoStory::Unknown(near)
    }

    /// Where a name or an address of a translation leads.
    fn target(&self, edition: Option<Date>, name: &str) -> Result<Target, NoStory> {
        match self.story(edition, name) {
            Ok(id) => Ok(Target::Story(id)),
            Err(none) => {
                let web = ["https://", "http://"].iter().any(|start| name.starts_with(start));
                if web { Ok(Target::Address(name.to_owned())) } else { Err(none) }
            }
        }
    }

    /// A story in all its other languages, by these: what it says, what stories say that name it,
    /// and what these say. Of two in one language the first counts.
    fn translations(&self, of: usize) -> Vec<Translation> {
        let mut found: BTreeMap<String, Target> = BTreeMap::new();
        let mut known: BTreeSet<usize> = [of].into();
        let mut left = vec![of];
        while let Some(at) = left.pop() {
            let Card { id, glance } = &self.all[at];
            let lang = glance.lang.clone().unwrap_or_else(|| self.lang.clone());
            found.entry(lang).or_insert_with(|| Target::Story(id.clone()));
            for (lang, name) in glance.translations.iter().take(LANGUAGES) {
                match self.find(id.edition, name) {
                    Ok(other) => {
                        if known.insert(other) {
                            left.push(other);
                        }
                    }
                    Err(_) => {
                        if let Ok(address) = self.target(id.edition, name) {
                            found.entry(lang.clone()).or_insert(address);
                        }
                    }
                }
            }
            for other in self.translated_by.get(&at).into_iter().flatten() {
                if known.insert(*other) {
                    left.push(*other);
                }
            }
        }
        let own = Target::Story(self.all[of].id.clone());
        found.retain(|_, target| *target != own);
        found.into_iter().map(|(lang, to)| Translation { lang, to }).collect()
    }

    /// Finds what an edition's stories name, and says what can't be found.
    pub(super) fn settle(&self, edition: Option<Date>, stories: &mut [Story]) -> Vec<Diagnostic> {
        let mut said = vec![];
        for story in stories {
            let own = StoryId { edition, key: story.key.clone() };
            let why = |name: &str, why| self.or_near(edition, name, why);
            for related in &mut story.related {
                match self.story(edition, &related.written.text) {
                    Ok(id) if id != own => related.to = Some(id),
                    Ok(_) => {
                        let what = "this story is listed as related to itself";
                        let said_of =
                            Diagnostic::warning(Code::UnknownStory, related.written.span, what);
                        said.push(said_of.hint("remove it"));
                    }
                    Err(none) => {
                        let name = &related.written.text;
                        said.push(unknown(name, related.written.span, why(name, none)));
                    }
                }
            }
            for (lang, written) in &story.translated {
                if let Err(none) = self.target(edition, &written.text) {
                    let name = &written.text;
                    let mut one = unknown(name, written.span, why(name, none));
                    one.add_hint(format!(
                        "if the translation is on another site, write its address: `{lang}: https://…`"
                    ));
                    said.push(one);
                }
            }
            let key = story.key.as_str();
            let mut cards = self.editions.get(&edition).into_iter().flatten();
            let card = cards.find(|at| self.all[**at].id.key == key);
            story.translations = card.map_or_else(Vec::new, |at| self.translations(*at));
        }
        said
    }
}

fn unknown(name: &str, span: Span, why: NoStory) -> Diagnostic {
    let (what, hint) = match why {
        NoStory::Unknown(near) => (
            format!("the paper has no story `{name}`"),
            near.map_or_else(
                || "name a story by its slug, its address or the end of its path".into(),
                |near| format!("did you mean `{near}`?"),
            ),
        ),
        NoStory::Several(keys) => (
            format!("several stories match the name `{name}`"),
            format!("write more of the path: {}", keys.join(", ")),
        ),
    };
    Diagnostic::warning(Code::UnknownStory, span, what).hint(hint)
}
