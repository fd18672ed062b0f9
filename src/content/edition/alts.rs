//! Fills in alternative texts that are missing, so that every picture has one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diag::{Code, Diagnostic};

use super::Edition;
use crate::content::model::plain;

/// Gives every picture of an edition an alternative text. If a story has none, the text is, in this
/// order: another story's text for the same file; the caption; `Picture with:` and the headline.
/// Each use of the last two is a warning, so that they can be counted.
pub fn fill_alts(edition: &mut Edition) -> Vec<Diagnostic> {
    let mut known: BTreeMap<PathBuf, String> = BTreeMap::new();
    for picture in edition.stories.iter().flat_map(|story| &story.pictures) {
        if let Some(alt) = &picture.alt {
            known.entry(picture.path.clone()).or_insert_with(|| alt.clone());
        }
    }
    let mut diagnostics = vec![];
    for story in &mut edition.stories {
        let headline = plain(&story.headline);
        for picture in story.pictures.iter_mut().filter(|picture| picture.alt.is_none()) {
            if let Some(alt) = known.get(&picture.path) {
                picture.alt = Some(alt.clone());
                continue;
            }
            let caption = plain(&picture.caption);
            let (alt, instead) = if caption.trim().is_empty() {
                (format!("Picture with: {headline}"), "the headline")
            } else {
                (caption, "the caption")
            };
            diagnostics.push(
                Diagnostic::warning(
                    Code::MissingAlt,
                    picture.src.span,
                    format!(
                        "the picture `{}` has no alternative text; {instead} is used instead",
                        picture.src.text
                    ),
                )
                .hint("describe in `alt` what the picture shows, for readers who can't see it"),
            );
            picture.alt = Some(alt);
        }
    }
    diagnostics
}
