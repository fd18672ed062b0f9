//! What the editor pins: `print` in front matter, and `pins` in `edition.yaml`, which outweighs it.

use crate::diag::{Code, Diagnostic, Sources, Span};

use super::desk::{NoStory, named};
use super::edition::Edition;
use super::fields::{self, Fields};
use super::scope::Scope;
use super::story::{EdgePin, FlankPin, JumpPin, Pin, Pins, PositionPin, SizePin};
use super::tree::{Node, Value};

/// The keys of pins.
pub(crate) const KEYS: [&str; 10] =
    ["page", "columns", "jump", "position", "size", "with", "apart", "brief", "box", "run_in"];

/// The sizes of heads that may be asked for, in points.
const POINTS: std::ops::RangeInclusive<u16> = 6..=200;

/// The pins that `edition.yaml` has for one story.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoryPins {
    /// The story as it is named there.
    pub(crate) story: String,
    /// Where.
    pub(crate) span: Span,
    /// Its pins.
    pub(crate) pins: Pins,
}

/// Reads the pins among some keys.
pub(crate) fn read(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Pins {
    let span = |scope: &Scope<'_>, key: &str| {
        scope.span(fields.get(&[key]).map_or(0..0, |node| node.range.clone()))
    };
    let page = fields.number(scope, &["page"], 1, 400);
    let columns = fields.number(scope, &["columns"], 1, 12).and_then(|n| u8::try_from(n).ok());
    Pins {
        page: page.map(|value| Pin { value, span: span(scope, "page") }),
        columns: columns.map(|value| Pin { value, span: span(scope, "columns") }),
        jump: jump(scope, fields),
        position: fields.get(&["position"]).and_then(|node| position(scope, node)),
        size: size(scope, fields),
        with: company(scope, fields, "with"),
        apart: company(scope, fields, "apart"),
        brief: fields.truth(scope, &["brief"]),
        boxed: fields.truth(scope, &["box"]) == Some(true),
        run_in: fields.truth(scope, &["run_in"]),
    }
}

fn jump(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Option<Pin<JumpPin>> {
    let text = fields.text(scope, &["jump"])?;
    let span = scope.span(text.node.range.clone());
    let value = match text.text.to_ascii_lowercase().as_str() {
        "never" | "false" | "no" => JumpPin::Never,
        "auto" | "true" | "yes" => JumpPin::Auto,
        _ => {
            scope
                .error(Code::BadValue, text.node.range.clone(), "`jump` must be `auto` or `never`")
                .add_hint("write `jump: never` to keep the story on one page");
            return None;
        }
    };
    Some(Pin { value, span })
}

/// One or two words, one of an edge and one of a side.
fn position(scope: &mut Scope<'_>, node: &Node) -> Option<Pin<PositionPin>> {
    let texts = fields::texts(scope, node, "position");
    let words = texts.iter().flat_map(|text| text.text.split([' ', ',', '-']));
    let mut value = PositionPin::default();
    let mut wrong = texts.is_empty();
    for word in words.filter(|word| !word.is_empty()) {
        let edge = match word {
            "top" => Some(EdgePin::Top),
            "foot" | "bottom" => Some(EdgePin::Foot),
            _ => None,
        };
        let flank = match word {
            "outer" | "outside" => Some(FlankPin::Outer),
            "inner" | "inside" => Some(FlankPin::Inner),
            _ => None,
        };
        wrong |= match (edge, flank) {
            (Some(_), _) => value.edge.replace(edge.unwrap_or(EdgePin::Top)).is_some(),
            (_, Some(side)) => value.flank.replace(side).is_some(),
            (None, None) => true,
        };
    }
    if wrong {
        scope
            .error(
                Code::BadValue,
                node.range.clone(),
                "`position` must be `top`, `foot`, `outer` or `inner`",
            )
            .add_hint("to combine two, write one of each kind: `position: top outer`");
        return None;
    }
    Some(Pin { value, span: scope.span(node.range.clone()) })
}

fn size(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Option<Pin<SizePin>> {
    let text = fields.text(scope, &["size"])?;
    let span = scope.span(text.node.range.clone());
    let points = text.text.strip_suffix("pt").unwrap_or(text.text).trim().parse::<u16>();
    let value = match (text.text, points) {
        ("large", _) => SizePin::Large,
        ("small", _) => SizePin::Small,
        (_, Ok(points)) if POINTS.contains(&points) => SizePin::Head(points),
        _ => {
            let what = "`size` must be `large`, `small` or the headline's size in points";
            scope
                .error(Code::BadValue, text.node.range.clone(), what)
                .add_hint("write `size: large` for at least a third of a page, `size: 39` for a headline of 39 points");
            return None;
        }
    };
    Some(Pin { value, span })
}

fn company(scope: &mut Scope<'_>, fields: &Fields<'_>, key: &str) -> Vec<Pin<String>> {
    let Some(node) = fields.get(&[key]) else { return vec![] };
    let texts = fields::texts(scope, node, key);
    let one = |text: fields::Text<'_>| Pin {
        value: text.text.to_owned(),
        span: scope.span(text.node.range.clone()),
    };
    texts.into_iter().map(one).collect()
}

/// Reads `pins` of `edition.yaml`.
pub(crate) fn of_edition(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Vec<StoryPins> {
    let Some(node) = fields.get(&["pins"]) else { return vec![] };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let names: Vec<&str> = ["story"].into_iter().chain(KEYS).collect();
    let mut out = vec![];
    for item in items {
        let inner = Fields::new(scope, item, |key| names.contains(&key), &names);
        match inner.text(scope, &["story"]) {
            Some(text) => out.push(StoryPins {
                story: text.text.to_owned(),
                span: scope.span(text.node.range.clone()),
                pins: read(scope, &inner),
            }),
            None => {
                scope
                    .error(Code::MissingKey, item.range.clone(), "this pin doesn't name a story")
                    .add_hint("write `- {story: its-slug, page: 1}`");
            }
        }
    }
    out
}

/// Puts an edition's pins in order: those of `edition.yaml` before the stories' own, names that
/// are known turned into keys, and what can't be had together taken out and told.
pub(crate) fn settle(
    edition: &mut Edition,
    own: &[StoryPins],
    sources: &Sources,
) -> Vec<Diagnostic> {
    let mut desk = Settling { edition, sources, said: vec![] };
    for pins in own {
        desk.outweigh(pins);
    }
    for story in 0..desk.edition.stories.len() {
        for with in [true, false] {
            desk.company(story, with);
        }
    }
    let groups = desk.groups();
    desk.pages(&groups);
    desk.apart(&groups);
    desk.said
}

struct Settling<'a> {
    edition: &'a mut Edition,
    sources: &'a Sources,
    said: Vec<Diagnostic>,
}

impl Settling<'_> {
    /// Where something stands, as text.
    fn place(&self, span: Span) -> String {
        let (line, column) = self.sources.line_column(span.file, span.start);
        format!("{}:{line}:{column}", self.sources.get(span.file).path)
    }

    fn find(&self, name: &str) -> Result<usize, NoStory> {
        let stories = &self.edition.stories;
        let known: Vec<(&str, &str)> =
            stories.iter().map(|story| (story.key.as_str(), story.slug.as_str())).collect();
        let key = named(&known, name)?;
        Ok(stories.iter().position(|story| story.key == key).unwrap_or_default())
    }

    /// The story of a name; what is wrong with it is said.
    fn story(&mut self, name: &str, span: Span) -> Option<usize> {
        let none = match self.find(name) {
            Ok(story) => return Some(story),
            Err(none) => none,
        };
        let (what, hint) = match none {
            NoStory::Unknown(near) => (
                format!("this edition has no story `{name}`"),
                near.map_or_else(
                    || "name a story by its slug or the end of its path".into(),
                    |near| format!("did you mean `{near}`?"),
                ),
            ),
            NoStory::Several(keys) => (
                format!("several stories match the name `{name}`"),
                format!("write more of the path: {}", keys.join(", ")),
            ),
        };
        self.said.push(Diagnostic::warning(Code::UnknownStory, span, what).hint(hint));
        None
    }

    fn outweigh(&mut self, StoryPins { story, span, pins }: &StoryPins) {
        let Some(story) = self.story(story, *span) else { return };
        let Pins { page, columns, jump, position, size, with, apart, brief, boxed, run_in } =
            pins.clone();
        let own = &mut self.edition.stories[story].pins;
        own.page = page.or(own.page);
        own.columns = columns.or(own.columns);
        own.jump = jump.or(own.jump);
        own.position = position.or(own.position);
        own.size = size.or(own.size);
        own.brief = brief.or(own.brief);
        own.boxed |= boxed;
        own.run_in = run_in.or(own.run_in);
        for (here, there) in [(with, &mut own.with), (apart, &mut own.apart)] {
            if !here.is_empty() {
                *there = here;
            }
        }
    }

    /// Turns the names of stories that one is to stand with or apart from into keys.
    fn company(&mut self, story: usize, with: bool) {
        let list =
            |pins: &mut Pins| std::mem::take(if with { &mut pins.with } else { &mut pins.apart });
        let mut known: Vec<Pin<String>> = vec![];
        for Pin { value, span } in list(&mut self.edition.stories[story].pins) {
            let Some(other) = self.story(&value, span) else { continue };
            if other == story {
                let what = "this pin names the story that it belongs to";
                let one = Diagnostic::warning(Code::BadPin, span, what);
                self.said.push(one.hint("name another story"));
            } else {
                known.push(Pin { value: self.edition.stories[other].key.clone(), span });
            }
        }
        let pins = &mut self.edition.stories[story].pins;
        *(if with { &mut pins.with } else { &mut pins.apart }) = known;
    }

    fn index(&self, key: &str) -> Option<usize> {
        self.edition.stories.iter().position(|story| story.key == key)
    }

    /// The group of each story: those that stand together share one. Each with a pin that has
    /// brought it there.
    fn groups(&self) -> Vec<(usize, Option<Span>)> {
        let mut groups: Vec<(usize, Option<Span>)> =
            (0..self.edition.stories.len()).map(|story| (story, None)).collect();
        for (at, story) in self.edition.stories.iter().enumerate() {
            for Pin { value, span } in &story.pins.with {
                let Some(other) = self.index(value) else { continue };
                let (a, b) = (groups[at].0.min(groups[other].0), groups[at].0.max(groups[other].0));
                groups.iter_mut().filter(|group| group.0 == b).for_each(|group| group.0 = a);
                for one in [at, other] {
                    groups[one].1.get_or_insert(*span);
                }
            }
        }
        groups
    }

    /// Stories that stand together are pinned to one page.
    fn pages(&mut self, groups: &[(usize, Option<Span>)]) {
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let stories = &self.edition.stories;
                let (one, other) = (stories[a].pins.page, stories[b].pins.page);
                let Some((one, other)) = one.zip(other) else { continue };
                if groups[a].0 != groups[b].0 || one.value == other.value {
                    continue;
                }
                let with =
                    groups[a].1.or(groups[b].1).map_or_else(String::new, |span| self.place(span));
                let what = format!(
                    "this story is pinned to page {} and “{}” to page {} ({}), but the two must stand together ({with})",
                    other.value,
                    stories[a].key,
                    one.value,
                    self.place(one.span)
                );
                let one = Diagnostic::error(Code::Contradiction, other.span, what);
                self.said.push(one.hint("pin both to the same page, or remove `with`"));
                self.edition.stories[b].pins.page = None;
            }
        }
    }

    /// Stories that stand apart neither stand together nor are pinned to one page.
    fn apart(&mut self, groups: &[(usize, Option<Span>)]) {
        for at in 0..groups.len() {
            for Pin { value, span } in self.edition.stories[at].pins.apart.clone() {
                let Some(other) = self.index(&value) else { continue };
                let stories = &self.edition.stories;
                let pages = stories[at].pins.page.zip(stories[other].pins.page);
                let (what, there) = if groups[at].0 == groups[other].0 {
                    ("the two must stand together", groups[at].1)
                } else if let Some((_, page)) = pages.filter(|(a, b)| a.value == b.value) {
                    ("both are pinned to the same page", Some(page.span))
                } else {
                    continue;
                };
                let there = there.map_or_else(String::new, |span| self.place(span));
                let what =
                    format!("this story must stand apart from “{value}”, but {what} ({there})");
                let one = Diagnostic::error(Code::Contradiction, span, what);
                self.said.push(one.hint("remove one of the two pins"));
                self.edition.stories[at].pins.apart.retain(|pin| pin.span != span);
            }
        }
    }
}
