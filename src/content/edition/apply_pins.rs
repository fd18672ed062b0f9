//! Applies the pins of an edition: those of `edition.yaml` replace those of front matter, the names
//! of stories become keys, and pins that contradict each other are reported.

use crate::diag::{Code, Diagnostic, Sources, Span};

use super::Edition;
use super::called::{NoStory, named};
use crate::content::model::{Pin, Pins};
use crate::content::paper::pins::StoryPins;

/// Applies the pins of `edition.yaml` over those of the stories, turns names of stories into keys,
/// and removes and reports pins that contradict each other.
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
    /// A place as text: path, line and column.
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

    /// The index of the story of this name. A name of no story, or of several, is reported.
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

    /// Turns the names of the stories that `story` must stand with (`with`) or apart from into
    /// keys.
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

    /// The group of each story: stories that must stand together have the same number. Each story
    /// also has the place of a pin that put it there.
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

    /// Reports stories that must stand together but are pinned to different pages, and removes the
    /// page of the second one.
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

    /// Reports stories that must stand apart but must also stand together or are pinned to the same
    /// page, and removes the pin.
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
