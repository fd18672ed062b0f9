//! What Typst says against a text, as the program says it.

use crate::compose::Fault;
use crate::content::model::Story;
use crate::diag::{Code, Diagnostic, Span};
use crate::typeset::{Theme, Trouble, story_path};

/// A trouble in the text of one of these stories, which come with their slots, as a fault of the
/// program: whatever a story holds, Typst must be able to set it.
pub(super) fn fault_of(trouble: &Trouble, stories: &[(usize, &Story)]) -> Option<Fault> {
    let (path, range) = trouble.place.as_ref()?;
    let (_, story) = stories.iter().find(|(slot, _)| story_path(*slot) == *path)?;
    let span = Span { file: story.file, start: range.start as u32, end: range.end as u32 };
    let message = format!("can't be set: {}", trouble.message);
    Some(Fault { story: story.key.clone(), span, message })
}

/// A trouble as a diagnostic. It points at the text of the story that the trouble is in; where it is in
/// none of these stories, at the last of them, and the message names the theme's file and line.
pub(super) fn from_typst(
    trouble: &Trouble,
    theme: &Theme,
    stories: &[(usize, &Story)],
) -> Diagnostic {
    let span = trouble.place.as_ref().and_then(|(path, range)| {
        let (_, story) = stories.iter().find(|(slot, _)| story_path(*slot) == *path)?;
        Some(Span { file: story.file, start: range.start as u32, end: range.end as u32 })
    });
    let whole = stories.last().map(|(_, story)| Span { file: story.file, start: 0, end: 0 });
    let mut diagnostic = Diagnostic::error(Code::Typeset, span.or(whole), theme.said(trouble));
    diagnostic.hints.clone_from(&trouble.hints);
    diagnostic
}
