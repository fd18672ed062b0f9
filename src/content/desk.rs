//! `desk.yaml`: the stories of one edition that are held, killed or swapped. The program writes
//! this file, and no other one of an editor's.

use std::fmt::Write;

use crate::diag::{Code, Span};

use super::edition::{Edition, Reason};
use super::fields::{self, Fields, Text};
use super::scope::Scope;
use super::settings::parsed;
use super::tree::{Node, Value};
use super::words::nearest;

/// The file's name in the edition's folder.
pub const DESK: &str = "desk.yaml";

/// The version of the file.
const VERSION: u16 = 1;

const KEYS: [&str; 4] = ["version", "held", "killed", "swapped"];

/// What the desk decided about an edition's stories.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// Stories that are kept out of the edition for now.
    pub held: Vec<Call>,
    /// Stories that are kept out of it for good.
    pub killed: Vec<Call>,
    /// Pairs of stories that have changed places, the first exchange first.
    pub swapped: Vec<Swap>,
}

/// A story that was called by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The key.
    pub key: String,
    /// Where it is written; none where it is not written yet.
    pub span: Option<Span>,
}

/// Two stories that have changed places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// The stories.
    pub stories: [Call; 2],
    /// The page on which each of them is to begin.
    pub pages: [u16; 2],
}

impl Call {
    /// A story by its key.
    pub fn of(key: &str) -> Self {
        Self { key: key.into(), span: None }
    }
}

impl Desk {
    /// Why a story is kept out of the edition, if it is.
    pub fn keeps_out(&self, key: &str) -> Option<Reason> {
        let has = |calls: &[Call]| calls.iter().any(|call| call.key == key);
        if has(&self.killed) {
            return Some(Reason::Killed);
        }
        has(&self.held).then_some(Reason::Held)
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        let Self { held, killed, swapped } = self;
        held.is_empty() && killed.is_empty() && swapped.is_empty()
    }

    /// The file.
    pub fn text(&self) -> String {
        let Self { held, killed, swapped } = self;
        let mut out = String::from(
            "# Written by `stonehand hold`, `kill` and `swap`, which overwrite it. Put comments into\n\
             # edition.yaml.\n",
        );
        let _ = writeln!(out, "version: {VERSION}");
        // JSON's strings are YAML's too: whatever a key holds, it stays one.
        let quoted = |call: &Call| serde_json::Value::from(call.key.as_str()).to_string();
        for (name, calls) in [("held", held), ("killed", killed)] {
            if !calls.is_empty() {
                let _ = writeln!(out, "{name}:");
            }
            for call in calls {
                let _ = writeln!(out, "  - {}", quoted(call));
            }
        }
        if !swapped.is_empty() {
            out.push_str("swapped:\n");
        }
        for Swap { stories: [a, b], pages } in swapped {
            let _ = writeln!(out, "  - stories: [{}, {}]", quoted(a), quoted(b));
            let _ = writeln!(out, "    pages: [{}, {}]", pages[0], pages[1]);
        }
        out
    }
}

/// Reads `desk.yaml`.
pub(crate) fn read(scope: &mut Scope<'_>) -> Desk {
    let mut desk = Desk::default();
    let Some(node) = parsed(scope, DESK, "held: [a-story]") else { return desk };
    let fields = Fields::new(scope, &node, |key| KEYS.contains(&key), &KEYS);
    let version = fields.number(scope, &["version"], VERSION, VERSION);
    if version.is_none() && fields.get(&["version"]).is_none() && !matches!(node.value, Value::Null)
    {
        scope
            .error(Code::MissingKey, node.range.clone(), format!("{DESK} has no `version`"))
            .add_hint(format!("write `version: {VERSION}`"));
    }
    let calls = |scope: &mut Scope<'_>, key: &str| -> Vec<Call> {
        let texts = fields.get(&[key]).map(|node| fields::texts(scope, node, key));
        texts.unwrap_or_default().into_iter().map(|text| call(scope, text)).collect()
    };
    desk.held = calls(scope, "held");
    desk.killed = calls(scope, "killed");
    let swaps = match fields.get(&["swapped"]).map(|node| &node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    desk.swapped = swaps.iter().filter_map(|node| swap(scope, node)).collect();
    desk
}

fn call(scope: &Scope<'_>, text: Text<'_>) -> Call {
    Call { key: text.text.to_owned(), span: Some(scope.span(text.node.range.clone())) }
}

fn swap(scope: &mut Scope<'_>, node: &Node) -> Option<Swap> {
    let names = ["stories", "pages"];
    let fields = Fields::new(scope, node, |key| names.contains(&key), &names);
    let all = |scope: &mut Scope<'_>, key: &str| {
        fields.get(&[key]).map(|node| fields::texts(scope, node, key)).unwrap_or_default()
    };
    let (stories, pages) = (all(scope, "stories"), all(scope, "pages"));
    let pages: Vec<u16> = pages.iter().filter_map(|text| text.text.parse().ok()).collect();
    match (&stories[..], &pages[..]) {
        (&[a, b], &[p, q]) if a.text != b.text && p > 0 && q > 0 => {
            Some(Swap { stories: [call(scope, a), call(scope, b)], pages: [p, q] })
        }
        _ => {
            scope
                .error(
                    Code::BadValue,
                    node.range.clone(),
                    "a swap must name two stories and two pages",
                )
                .add_hint(
                    "write `- {stories: [one, other], pages: [3, 1]}`, or run `stonehand swap`",
                );
            None
        }
    }
}

/// What is said of the desk's calls that name no story of the edition.
pub(crate) fn strangers(edition: &Edition) -> Vec<(Span, String, Option<String>)> {
    let Desk { held, killed, swapped } = &edition.desk;
    let keys = || keys(edition).into_iter();
    let swaps = swapped.iter().flat_map(|swap| &swap.stories);
    let unknown = |call: &&Call| !keys().any(|key| key == call.key);
    let calls = held.iter().chain(killed).chain(swaps).filter(unknown);
    calls
        .filter_map(|call| {
            let near = nearest(&call.key, keys()).map(str::to_owned);
            Some((call.span?, call.key.clone(), near))
        })
        .collect()
}

/// The keys of all of an edition's stories, printed or not.
fn keys(edition: &Edition) -> Vec<&str> {
    let stories = edition.stories.iter().map(|story| story.key.as_str());
    stories.chain(edition.left_out.iter().map(|left| left.key.as_str())).collect()
}

/// Why a name is none of one story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoStory {
    /// No story has it; the most like one.
    Unknown(Option<String>),
    /// Several do: their keys.
    Several(Vec<String>),
}

/// The key of the story that a person means: by its key or its file, its slug, or the end of its
/// path.
///
/// # Errors
/// Where that is none, or several.
pub fn story_of(edition: &Edition, name: &str) -> Result<String, NoStory> {
    let slugs = edition.stories.iter().map(|story| (story.key.as_str(), story.slug.as_str()));
    let left = edition.left_out.iter().map(|left| (left.key.as_str(), ""));
    named(&slugs.chain(left).collect::<Vec<_>>(), name)
}

/// What a person calls a story, without what a file's name has about it.
pub(super) fn stem(name: &str) -> &str {
    let name = name.trim().trim_start_matches("./");
    [".md", ".markdown", ".mdx", ".qmd", ".txt"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name)
}

/// The same among keys with their slugs.
pub(crate) fn named(known: &[(&str, &str)], name: &str) -> Result<String, NoStory> {
    let stem = stem(name);
    let bare = |key: &str| key.strip_suffix("/index").unwrap_or(key).to_owned();
    let by_key = |(key, _): &(&str, &str)| *key == stem || bare(key) == stem;
    let by_slug = |(_, slug): &(&str, &str)| *slug == stem;
    let by_end = |(key, _): &(&str, &str)| {
        bare(key).strip_suffix(stem).is_some_and(|before| before.ends_with('/'))
    };
    let all = |is: &dyn Fn(&(&str, &str)) -> bool| -> Vec<String> {
        known.iter().filter(|one| is(one)).map(|one| one.0.to_owned()).collect()
    };
    // The nearest way of naming counts: a slug that is another story's folder is the slug.
    let mut ways = [all(&by_key), all(&by_slug), all(&by_end)].into_iter();
    let found = ways.find(|found| !found.is_empty() && !stem.is_empty());
    if let Some(mut found) = found {
        return match found.len() {
            1 => Ok(found.remove(0)),
            _ => Err(NoStory::Several(found)),
        };
    }
    let last = |key: &str| bare(key).rsplit('/').next().unwrap_or_default().to_owned();
    let names: Vec<String> = known
        .iter()
        .map(|(key, slug)| if slug.is_empty() { last(key) } else { (*slug).to_owned() })
        .collect();
    let near = nearest(stem, names.iter().map(String::as_str));
    Err(NoStory::Unknown(near.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_known_by_key_slug_and_the_end_of_its_path() {
        let known = [
            ("content/d/town/flood", "the-flood"),
            ("content/d/sport/flood", "match"),
            ("content/d/gate/index", "gate"),
        ];
        let found = |name: &str| named(&known, name);
        assert_eq!(found("content/d/town/flood.md").as_deref(), Ok("content/d/town/flood"));
        assert_eq!(found("match").as_deref(), Ok("content/d/sport/flood"));
        assert_eq!(found("sport/flood").as_deref(), Ok("content/d/sport/flood"));
        assert_eq!(found("gate").as_deref(), Ok("content/d/gate/index"));
        assert!(matches!(found("flood"), Err(NoStory::Several(keys)) if keys.len() == 2));
        assert_eq!(found("the-flod"), Err(NoStory::Unknown(Some("the-flood".into()))));
        assert_eq!(found(""), Err(NoStory::Unknown(None)));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let desk = Desk {
            held: vec![Call::of("a: \"b\"")],
            killed: vec![Call::of("c\\d#")],
            swapped: vec![Swap { stories: [Call::of("x"), Call::of("y")], pages: [3, 1] }],
        };
        let finder = super::super::finder::Finder::new(std::path::PathBuf::from("/"), "/".into());
        let text = desk.text();
        let mut scope = Scope::new(crate::diag::FileNo(0), &text, &finder);
        let again = read(&mut scope);
        assert_eq!(scope.diagnostics, []);
        assert_eq!(again.text(), text);
        assert_eq!(again.keeps_out("a: \"b\""), Some(Reason::Held));
        assert_eq!(again.keeps_out("c\\d#"), Some(Reason::Killed));
    }
}
