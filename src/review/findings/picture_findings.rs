//! Findings about pictures.

use super::gather::{FindingPlace, Findings};
use crate::compose::Composition;
use crate::picture::policy::MOST_ENLARGED;
use crate::review::finding::{FindingKind, Level, Unit};
use crate::review::form::StoryReview;

/// A focus looks cut off if it is nearer than this to a cut edge, as a share of the crop's side.
const FOCUS: f64 = 0.15;
/// A crop changes a picture if it keeps less than this share of its area: with a focus that the story
/// names, and with one that was guessed.
const KEPT: (f64, f64) = (0.6, 0.72);

impl Findings<'_> {
    /// The pictures of a story that found no room.
    pub(super) fn left_pictures(&mut self, item: usize, story: &StoryReview) {
        let Composition { edition, .. } = self.material.composition;
        let shown = |src: &str| {
            let mut pictures = self.review.pictures.iter();
            pictures.any(|picture| picture.story == story.story && picture.src == src)
        };
        let pictures = edition.stories[item].pictures.iter();
        let left: Vec<String> =
            pictures.map(|picture| picture.src.text.clone()).filter(|src| !shown(src)).collect();
        for src in left {
            self.say(
                (Level::Warning, FindingKind::Picture, 25.0),
                FindingPlace {
                    page: story.pages.first().copied(),
                    story: Some(story.story.clone()),
                    picture: Some(src.clone()),
                },
                (1.0, Unit::Count),
                (
                    format!("`{src}` found no room"),
                    "Raise the story’s priority, write more text, or remove the picture.".into(),
                ),
            );
        }
    }

    /// The printed pictures: resolution, focus, crop, and what is missing beside them.
    pub(super) fn pictures(&mut self) {
        for picture in &self.review.pictures {
            let src = &picture.src;
            let mut say = |judged, measured, what: String, advice: &str| {
                let place = FindingPlace {
                    page: Some(picture.page),
                    story: Some(picture.story.clone()),
                    picture: Some(src.clone()),
                };
                self.say(judged, place, measured, (what, advice.into()));
            };
            if picture.enlarged > MOST_ENLARGED {
                let weight = 25.0 + 30.0 * (picture.enlarged - MOST_ENLARGED).min(2.0);
                say(
                    (Level::Warning, FindingKind::Resolution, weight),
                    (f64::from(picture.resolution), Unit::Dots),
                    format!("`{src}` is printed at {} dots per inch", picture.resolution),
                    "Use a larger file, or give the story fewer columns.",
                );
            }
            if let Some(focus) = picture.focus.filter(|focus| *focus < FOCUS) {
                let (weight, how) = if focus < 0.0 {
                    (40.0, "is cut off".to_string())
                } else {
                    (22.0, format!("is {:.0} % from the cut edge", 100.0 * focus))
                };
                say(
                    (Level::Warning, FindingKind::Focus, weight),
                    (focus, Unit::Share),
                    format!("the focus of `{src}` {how}"),
                    "Set its `focus` farther from the picture’s edge, or use another picture.",
                );
            }
            let (least, advice) = if picture.has_focus {
                (KEPT.0, "Check the crop, or crop the file yourself.")
            } else {
                (KEPT.1, "Check the crop, and set its `focus` if it is wrong.")
            };
            if picture.kept < least {
                say(
                    (Level::Advice, FindingKind::Crop, 30.0 * (1.0 - picture.kept)),
                    (picture.kept, Unit::Share),
                    format!("{:.0} % of `{src}` is cut off", 100.0 * (1.0 - picture.kept)),
                    advice,
                );
            }
            let missing = [
                (
                    picture.caption,
                    FindingKind::Caption,
                    22.0,
                    "has no caption",
                    "Write its `caption`.",
                ),
                (
                    picture.alt,
                    FindingKind::Alt,
                    20.0,
                    "has no alternative text",
                    "Describe in `alt` what it shows.",
                ),
                (
                    picture.credit,
                    FindingKind::Credit,
                    12.0,
                    "has no credit",
                    "Name who made it in `credit`.",
                ),
            ];
            for (there, kind, weight, what, advice) in missing {
                if !there {
                    let judged = (Level::Warning, kind, weight);
                    say(judged, (1.0, Unit::Count), format!("`{src}` {what}"), advice);
                }
            }
        }
    }
}
