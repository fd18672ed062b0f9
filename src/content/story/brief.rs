//! Decides which stories are briefs.

use crate::diag::Code;
use std::ops::Range;

use super::super::paper::Paper;
use crate::content::model::{Pins, Story};
use crate::content::syntax::scope::Scope;
use crate::content::syntax::spelling;
use crate::content::syntax::tree::{Node, Value};

/// The most words of a brief. A longer text is set as a story.
pub(crate) const BRIEF_WORDS: usize = 120;

/// Decides whether a story is a brief. The pin of the story, or else its section, may ask for it;
/// it becomes one if it is short and has no part that a rail has no place for.
pub(super) fn settle(scope: &mut Scope<'_>, front: &Node, story: &mut Story, paper: &Paper) {
    let of_briefs = |name: &String| paper.sections.iter().any(|s| s.briefs && s.name == *name);
    let wanted = story.pins.brief.unwrap_or_else(|| story.section.iter().any(of_briefs));
    story.pins.brief = None;
    if !wanted {
        return;
    }
    let place = pinned_at(front).unwrap_or(0..1.min(scope.source.len()));
    if let Some((reason, hint)) = hindrance(story) {
        scope
            .warning(Code::NotABrief, place, format!("{reason}; it is printed as a story"))
            .add_hint(format!("{hint}, or write `print: {{brief: false}}`"));
        return;
    }
    let Pins { columns, boxed, position, size, with, apart, page, run_in, jump: _, brief: _ } =
        std::mem::take(&mut story.pins);
    story.pins.page = page;
    story.pins.run_in = run_in;
    let idle = [
        (boxed, "box"),
        (columns.is_some(), "columns"),
        (position.is_some(), "position"),
        (size.is_some(), "size"),
        (!with.is_empty(), "with"),
        (!apart.is_empty(), "apart"),
    ];
    for (_, key) in idle.into_iter().filter(|(written, _)| *written) {
        scope
            .warning(
                Code::NotABrief,
                place.clone(),
                format!("`{key}` has no effect on a brief, which stands in a rail with others"),
            )
            .add_hint("remove it, or write `brief: false`");
    }
    // What is left here can only be a summary, which may be left out.
    story.deck = None;
    story.pins.brief = Some(true);
}

/// Why a story can't be a brief, and a hint. `None` if it can.
fn hindrance(story: &Story) -> Option<(String, &'static str)> {
    let Story { words, pictures, deck, facts, quotes, body, .. } = story;
    if *words > BRIEF_WORDS {
        let reason = format!("this brief has {words} words, but {BRIEF_WORDS} is the limit");
        return Some((reason, "shorten it"));
    }
    if body.is_empty() {
        return Some(("this brief has no text".into(), "write its text"));
    }
    let part = if !pictures.is_empty() {
        "a picture"
    } else if deck.as_ref().is_some_and(|deck| deck.written) {
        "a standfirst"
    } else if facts.is_some() {
        "a box of facts"
    } else if !quotes.is_empty() {
        "a pull-quote"
    } else {
        return None;
    };
    Some((format!("this brief has {part}, for which a rail has no place"), "remove it"))
}

/// The place in the front matter that asks for a brief.
fn pinned_at(front: &Node) -> Option<Range<usize>> {
    let entry = |node: &Node, key: &str| {
        let Value::Map(entries) = &node.value else { return None };
        entries
            .iter()
            .rev()
            .find(|entry| spelling::normal(&entry.key) == key)
            .map(|e| e.node.clone())
    };
    let print = entry(front, "print")?;
    Some(entry(&print, "brief")?.range)
}
