//! What stories say of each other: related ones, and the same one in other languages. Names lead to
//! stories of any edition of the paper, which are known by what a glance at each file tells.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::desk::{NoStory, named};
use super::known::normal;
use super::story::{Story, StoryId, Target, Translation};
use super::tree::{Node, Value};
use crate::diag::{Diagnostic, Span};

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

/// All stories of a paper.
#[derive(Debug, Clone, Default)]
pub(super) struct Cards {
    all: Vec<Card>,
    base_url: Option<String>,
    lang: String,
}

impl Glance {
    /// Looks at front matter that is read.
    pub(super) fn of(front: Option<&Node>, slug: String) -> Self {
        let mut glance = Self { slug, ..Self::default() };
        let Some(Node { value: Value::Map(entries), .. }) = front else { return glance };
        for entry in entries {
            match normal(&entry.key).as_str() {
                "lang" | "language" | "locale" => {
                    glance.lang = texts(&entry.node).pop().map(|lang| lang.replace('_', "-"));
                }
                "related" => glance.related = texts(&entry.node),
                "translations" => glance.translations = pairs(&entry.node),
                _ => {}
            }
        }
        glance
    }
}

fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Scalar(text) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Value::List(items) => items.iter().flat_map(texts).collect(),
        _ => vec![],
    }
}

fn pairs(node: &Node) -> Vec<(String, String)> {
    let Value::Map(entries) = &node.value else { return vec![] };
    let one = |entry: &super::tree::Entry| {
        Some((entry.key.trim().replace('_', "-"), texts(&entry.node).pop()?))
    };
    let all = entries.iter().filter_map(one);
    all.filter(|(lang, _)| super::front::is_language(lang)).collect()
}

impl Cards {
    pub(super) fn new(base_url: Option<&str>, lang: &str) -> Self {
        Self { all: vec![], base_url: base_url.map(str::to_owned), lang: lang.to_owned() }
    }

    /// Takes a story in.
    pub(super) fn add(&mut self, edition: Option<Date>, key: String, glance: &Glance) {
        self.all.push(Card { id: StoryId { edition, key }, glance: glance.clone() });
    }

    /// The other editions that one needs to know for its links.
    pub(super) fn editions_beside(&self, edition: Option<Date>) -> BTreeSet<Option<Date>> {
        let mut found = BTreeSet::new();
        for card in self.all.iter().filter(|card| card.id.edition == edition) {
            let related = card.glance.related.iter();
            found.extend(related.filter_map(|name| Some(self.story(edition, name).ok()?.edition)));
            let others = self.translations(&card.id);
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
        let own = self.base_url.as_deref().and_then(|base| name.strip_prefix(base));
        let path = own.unwrap_or(name).trim_start_matches('/').trim_end_matches('/');
        let at = |card: &&Card| {
            path.split_once('/').is_some_and(|(folder, slug)| {
                let date = card.id.edition.map_or_else(|| "undated".into(), |day| day.to_string());
                folder == date && slug == card.glance.slug
            })
        };
        if let Some(card) = self.all.iter().find(at) {
            return Ok(card.id.clone());
        }
        let known = |card: &Card| (card.id.key.clone(), card.glance.slug.clone());
        let (own, others): (Vec<_>, Vec<_>) =
            self.all.iter().partition(|card| card.id.edition == edition);
        let find = |cards: &[&Card]| {
            let names: Vec<(String, String)> = cards.iter().map(|card| known(card)).collect();
            let names: Vec<(&str, &str)> =
                names.iter().map(|(key, slug)| (key.as_str(), slug.as_str())).collect();
            let key = named(&names, path)?;
            let card = cards.iter().find(|card| card.id.key == key);
            card.map(|card| card.id.clone()).ok_or(NoStory::Unknown(None))
        };
        match find(&own) {
            Err(NoStory::Unknown(near)) => match find(&others) {
                Err(NoStory::Unknown(other)) => Err(NoStory::Unknown(near.or(other))),
                found => found,
            },
            found => found,
        }
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
    fn translations(&self, of: &StoryId) -> Vec<Translation> {
        if self.translated().next().is_none() {
            return vec![];
        }
        let mut found: BTreeMap<String, Target> = BTreeMap::new();
        let mut known: BTreeSet<StoryId> = [of.clone()].into();
        let mut left: Vec<StoryId> = vec![of.clone()];
        while let Some(id) = left.pop() {
            let Some(card) = self.all.iter().find(|card| card.id == id) else { continue };
            let lang = card.glance.lang.clone().unwrap_or_else(|| self.lang.clone());
            found.entry(lang).or_insert_with(|| Target::Story(id.clone()));
            for (lang, name) in card.glance.translations.iter().take(LANGUAGES) {
                match self.target(id.edition, name) {
                    Ok(Target::Story(other)) => {
                        if known.insert(other.clone()) {
                            left.push(other);
                        }
                    }
                    Ok(address) => {
                        found.entry(lang.clone()).or_insert(address);
                    }
                    Err(_) => {}
                }
            }
            let names = |other: &&Card| {
                other.glance.translations.iter().any(|(_, name)| {
                    self.story(other.id.edition, name).is_ok_and(|target| target == id)
                })
            };
            for other in self.translated().filter(names) {
                if known.insert(other.id.clone()) {
                    left.push(other.id.clone());
                }
            }
        }
        found.retain(|_, target| *target != Target::Story(of.clone()));
        found.into_iter().map(|(lang, to)| Translation { lang, to }).collect()
    }

    /// The stories that say anything of translations: few, as a rule.
    fn translated(&self) -> impl Iterator<Item = &Card> {
        self.all.iter().filter(|card| !card.glance.translations.is_empty())
    }

    /// Finds what an edition's stories name, and says what can't be found.
    pub(super) fn settle(&self, edition: Option<Date>, stories: &mut [Story]) -> Vec<Diagnostic> {
        let mut said = vec![];
        for story in stories {
            let own = StoryId { edition, key: story.key.clone() };
            for related in &mut story.related {
                match self.story(edition, &related.written.text) {
                    Ok(id) if id != own => related.to = Some(id),
                    Ok(_) => {
                        let what = "a story is not related to itself";
                        let said_of =
                            Diagnostic::warning("unknown-story", related.written.span, what);
                        said.push(said_of.hint("take it away"));
                    }
                    Err(why) => {
                        said.push(unknown(&related.written.text, related.written.span, why));
                    }
                }
            }
            for (lang, written) in &story.translated {
                if let Err(why) = self.target(edition, &written.text) {
                    let mut one = unknown(&written.text, written.span, why);
                    one.add_hint(format!(
                        "a translation elsewhere is named by its address: `{lang}: https://…`"
                    ));
                    said.push(one);
                }
            }
            story.translations = self.translations(&own);
        }
        said
    }
}

fn unknown(name: &str, span: Span, why: NoStory) -> Diagnostic {
    let (what, hint) = match why {
        NoStory::Unknown(near) => (
            format!("the paper has no story `{name}`"),
            near.map_or_else(
                || "name it by its slug, its address or the end of its path".into(),
                |near| format!("did you mean `{near}`?"),
            ),
        ),
        NoStory::Several(keys) => (
            format!("several stories are called `{name}`"),
            format!("say more of the path: {}", keys.join(", ")),
        ),
    };
    Diagnostic::warning("unknown-story", span, what).hint(hint)
}
