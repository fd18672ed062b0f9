//! Resolves what stories say about each other: related stories, and translations. A name can mean a
//! story of any edition; all stories are known from the first look at their files.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::called::{NoStory, named, stem};
use crate::content::model::{Story, StoryId, Target, Translation};
use crate::content::syntax::language_key;
use crate::content::syntax::spelling::{is_one, letters, same};
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::wording::nearest;
use crate::diag::{Code, Diagnostic, Span};

/// The most translations of one story.
const LANGUAGES: usize = 100;

/// What the first look at a file finds out about other stories.
#[derive(Debug, Clone, Default)]
pub(crate) struct Glance {
    /// The last part of the story's address.
    pub(crate) slug: String,
    /// The story's language, if it gives one.
    lang: Option<String>,
    /// The names of related stories, as written.
    related: Vec<String>,
    /// The translations, as written: language, and name or address.
    translations: Vec<(String, String)>,
}

/// A story of the paper.
#[derive(Debug, Clone)]
struct Card {
    id: StoryId,
    glance: Glance,
}

/// All stories of a paper, for looking them up by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cards {
    all: Vec<Card>,
    /// The indexes of the stories of each edition.
    editions: BTreeMap<Option<Date>, Vec<usize>>,
    /// The indexes of stories by slug and by the last part of their keys.
    names: HashMap<String, Vec<usize>>,
    /// For each story, the indexes of the stories that name it as a translation.
    translated_by: HashMap<usize, Vec<usize>>,
    base_url: Option<String>,
    lang: String,
}

impl Glance {
    /// Takes what it needs from front matter that is parsed already.
    pub(crate) fn of_front_matter(front: Option<&Node>, slug: String) -> Self {
        let mut glance = Self { slug, ..Self::default() };
        let Some(Node { value: Value::Map(entries), .. }) = front else { return glance };
        for entry in entries {
            match &*letters(&entry.key).collect::<String>() {
                key if is_one(key, language_key::KEYS) => {
                    glance.lang =
                        texts(&entry.node).pop().and_then(|text| language_key::meant(&text));
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

/// The names of related stories, including those in groups of keys.
fn related(node: &Node) -> Vec<String> {
    match &node.value {
        Value::List(items) => items.iter().flat_map(related).collect(),
        Value::Map(entries) => {
            let named = |name: &&'static str| entries.iter().find(|entry| same(&entry.key, name));
            let entry = crate::content::story::RELATED.iter().find_map(named);
            entry.map(|entry| texts(&entry.node)).unwrap_or_default()
        }
        _ => texts(node),
    }
}

fn pairs(node: &Node) -> Vec<(String, String)> {
    let Value::Map(entries) = &node.value else { return vec![] };
    let one = |entry: &crate::content::syntax::tree::Entry| {
        Some((language_key::meant(&entry.key)?, texts(&entry.node).pop()?))
    };
    entries.iter().filter_map(one).collect()
}

impl Cards {
    /// Makes cards of all stories, given with their editions and keys.
    pub(crate) fn new(
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

    /// The other editions that an edition links to.
    pub(crate) fn editions_beside(&self, edition: Option<Date>) -> BTreeSet<Option<Date>> {
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

    /// The story that a name means in an edition. Stories of the edition itself come first.
    fn story(&self, edition: Option<Date>, name: &str) -> Result<StoryId, NoStory> {
        self.find(edition, name).map(|at| self.all[at].id.clone())
    }

    /// The same as an index, without a similar name for an unknown one.
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

    /// A name without the paper's own web address.
    fn path<'n>(&self, name: &'n str) -> &'n str {
        let own = self.base_url.as_deref().and_then(|base| name.strip_prefix(base));
        own.unwrap_or(name).trim().trim_start_matches('/').trim_end_matches('/')
    }

    /// Adds the most similar name to a name of no story. Stories of the edition itself come first.
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

    /// The target of a translation's name or address.
    fn target(&self, edition: Option<Date>, name: &str) -> Result<Target, NoStory> {
        match self.story(edition, name) {
            Ok(id) => Ok(Target::Story(id)),
            Err(none) => {
                let web = ["https://", "http://"].iter().any(|start| name.starts_with(start));
                if web { Ok(Target::Address(name.to_owned())) } else { Err(none) }
            }
        }
    }

    /// All translations of a story: those that it names, those that name it, and the translations
    /// of these in turn. Of two in one language, the first counts.
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

    /// Resolves what the stories of an edition name, and reports names that mean no story.
    pub(crate) fn settle(&self, edition: Option<Date>, stories: &mut [Story]) -> Vec<Diagnostic> {
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
