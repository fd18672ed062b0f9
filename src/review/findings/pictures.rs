//! What is wrong with pictures.

use super::{Desk, Kind, Level, Place, Unit};
use crate::compose::Composition;
use crate::picture::policy::MOST_ENLARGED;
use crate::review::StoryReview;

/// A focus nearer to a cut edge, as a share of the crop's side, looks cut off.
const FOCUS: f64 = 0.15;
/// A crop that keeps less than this share of a picture changes it: where its focus is known, and
/// where it had to be guessed.
const KEPT: (f64, f64) = (0.6, 0.72);

impl Desk<'_> {
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
                (Level::Warning, Kind::Picture, 25.0),
                Place {
                    page: story.pages.first().copied(),
                    story: Some(story.story.clone()),
                    picture: Some(src.clone()),
                },
                (1.0, Unit::Count),
                (
                    format!("`{src}` found no room"),
                    "Raise the story’s priority or length, or take the picture out.".into(),
                ),
            );
        }
    }

    pub(super) fn pictures(&mut self) {
        for picture in &self.review.pictures {
            let src = &picture.src;
            let mut say = |judged, measured, what: String, advice: &str| {
                let place = Place {
                    page: Some(picture.page),
                    story: Some(picture.story.clone()),
                    picture: Some(src.clone()),
                };
                self.say(judged, place, measured, (what, advice.into()));
            };
            if picture.enlarged > MOST_ENLARGED {
                let weight = 25.0 + 30.0 * (picture.enlarged - MOST_ENLARGED).min(2.0);
                say(
                    (Level::Warning, Kind::Resolution, weight),
                    (f64::from(picture.resolution), Unit::Dots),
                    format!("`{src}` is printed at {} dots an inch", picture.resolution),
                    "Take a larger file, or give the story fewer columns.",
                );
            }
            if let Some(focus) = picture.focus.filter(|focus| *focus < FOCUS) {
                let (weight, how) = if focus < 0.0 {
                    (40.0, "is cut off".to_string())
                } else {
                    (22.0, format!("stands {:.0} % from the cut edge", 100.0 * focus))
                };
                say(
                    (Level::Warning, Kind::Focus, weight),
                    (focus, Unit::Share),
                    format!("the focus of `{src}` {how}"),
                    "Set its `focus` further inside, or take another picture.",
                );
            }
            let (least, advice) = if picture.has_focus {
                (KEPT.0, "Look at it, or crop the file yourself.")
            } else {
                (KEPT.1, "Set its `focus`, or look whether the crop is right.")
            };
            if picture.kept < least {
                say(
                    (Level::Advice, Kind::Crop, 30.0 * (1.0 - picture.kept)),
                    (picture.kept, Unit::Share),
                    format!("{:.0} % of `{src}` are cut off", 100.0 * (1.0 - picture.kept)),
                    advice,
                );
            }
            let missing = [
                (picture.caption, Kind::Caption, 22.0, "has no caption", "Write its `caption`."),
                (picture.alt, Kind::Alt, 20.0, "has no `alt`", "Say what is seen on it."),
                (picture.credit, Kind::Credit, 12.0, "has no credit", "Name who made it."),
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
