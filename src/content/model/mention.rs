//! What a story says of its pictures.

use std::ops::Range;
use std::path::Path;

use super::inlines::LOST_PICTURE;
use super::{Inline, PictureRef, Run};

/// A picture as one place of a story mentions it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mention {
    /// Its address.
    pub(crate) src: String,
    /// Where that stands in the file.
    pub(crate) place: Range<usize>,
    /// What is seen on it.
    pub(crate) alt: String,
    /// The line under it.
    pub(crate) caption: Vec<Inline>,
    /// The line under it, where it is still to be read: its text and where it stands.
    pub(crate) title: Option<String>,
    /// Who made it.
    pub(crate) credit: Option<Run>,
    /// The point a crop keeps.
    pub(crate) focus: Option<[f64; 2]>,
    /// Whether it may be cropped, where the writer says so.
    pub(crate) whole: Option<bool>,
    /// Whether it is the portrait of a person.
    pub(crate) mug: bool,
    /// Whether front matter names it.
    pub(crate) front: bool,
}

impl Mention {
    /// As Markdown or HTML writes it.
    pub(crate) fn of_markdown(src: &str, title: &str, place: Range<usize>) -> Self {
        let title = (!title.trim().is_empty()).then(|| title.to_owned());
        Self { src: src.trim().to_owned(), place, title, ..Self::default() }
    }

    /// Takes a size off the end of what is seen on it: `The quay|300`, as notebooks have it.
    pub(crate) fn without_size(mut self) -> Self {
        let sized = self.alt.rsplit_once('|').filter(|(_, size)| {
            let size = size.trim();
            size.starts_with(|c: char| c.is_ascii_digit())
                && size.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | '%'))
        });
        if let Some((words, _)) = sized {
            self.alt = words.trim_end().to_owned();
        }
        self
    }

    /// Adds to what is seen on it.
    pub(crate) fn add_alt(&mut self, text: &str) {
        self.alt.push_str(text);
    }
}

/// A story's pictures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pictures {
    all: Vec<PictureRef>,
}

impl Pictures {
    /// Whether a picture has no caption yet. One that could not be had takes its caption with it.
    pub(crate) fn wants_caption(&self, number: usize) -> bool {
        number == LOST_PICTURE
            || self.all.get(number).is_some_and(|picture| picture.caption.is_empty())
    }

    /// Gives a picture its caption.
    pub(crate) fn set_caption(&mut self, number: usize, caption: Vec<Inline>) {
        if let Some(picture) = self.all.get_mut(number) {
            picture.caption = caption;
        }
    }

    /// Says what is seen on a picture; what was said before, which is its caption then.
    pub(crate) fn set_alt(&mut self, number: usize, alt: &str) -> Option<String> {
        let picture = self.all.get_mut(number)?;
        picture.alt.replace(alt.to_owned()).filter(|before| before != alt)
    }

    /// Whether there is one.
    pub(crate) fn is_one(&self) -> bool {
        self.all.len() == 1
    }

    /// Whether there is one with a line under it, so that it can stand without a headline.
    pub(crate) fn is_told(&self) -> bool {
        self.is_one() && self.all.iter().all(|picture| !picture.caption.is_empty())
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Hands them over.
    pub(crate) fn take(&mut self) -> Vec<PictureRef> {
        std::mem::take(&mut self.all)
    }

    /// Whether a file is one of them.
    pub(crate) fn holds(&self, path: &Path) -> bool {
        self.all.iter().any(|picture| picture.path == path)
    }

    /// Takes a picture in; the same file is one picture, and what either mention says of it counts.
    pub(crate) fn merge(&mut self, picture: PictureRef) -> usize {
        let known = self.all.iter_mut().enumerate().find(|(_, known)| known.path == picture.path);
        let Some((number, known)) = known else {
            self.all.push(picture);
            return self.all.len() - 1;
        };
        let PictureRef {
            path: _,
            src: _,
            alt,
            caption,
            credit,
            focus,
            whole,
            told,
            mug,
            pixels: _,
        } = picture;
        known.alt = known.alt.take().or(alt);
        if known.caption.is_empty() {
            known.caption = caption;
        }
        known.credit = known.credit.take().or(credit);
        known.focus = known.focus.or(focus);
        known.whole |= whole;
        known.told |= told;
        known.mug |= mug;
        number
    }
}
