//! What a story says about its pictures, and how several mentions of one picture become one.

use std::ops::Range;
use std::path::Path;

use super::inlines::LOST_PICTURE;
use super::{Inline, PictureRef, Run};

/// One mention of a picture in a story.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mention {
    /// The picture's address, as written.
    pub(crate) src: String,
    /// The address's bytes in the file.
    pub(crate) place: Range<usize>,
    /// The alternative text.
    pub(crate) alt: String,
    /// The caption.
    pub(crate) caption: Vec<Inline>,
    /// The caption as Markdown that is not read yet.
    pub(crate) title: Option<String>,
    /// The credit: who made the picture.
    pub(crate) credit: Option<Run>,
    /// The focus that a crop keeps: fractions from the left and the top.
    pub(crate) focus: Option<[f64; 2]>,
    /// Whether the picture must not be cropped, if the writer says so or the contrary.
    pub(crate) whole: Option<bool>,
    /// Whether it is a portrait, set as a mug shot.
    pub(crate) mug: bool,
    /// Whether the mention stands in the front matter.
    pub(crate) front: bool,
}

impl Mention {
    /// A mention in Markdown or HTML.
    pub(crate) fn of_markdown(src: &str, title: &str, place: Range<usize>) -> Self {
        let title = (!title.trim().is_empty()).then(|| title.to_owned());
        Self { src: src.trim().to_owned(), place, title, ..Self::default() }
    }

    /// Removes a size from the end of the alternative text: `The quay|300`, as notebooks write it.
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

    /// Appends to the alternative text.
    pub(crate) fn add_alt(&mut self, text: &str) {
        self.alt.push_str(text);
    }
}

/// The pictures of a story, each once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pictures {
    all: Vec<PictureRef>,
}

impl Pictures {
    /// Whether a picture has no caption yet. For a picture that could not be found or read this is
    /// true, so that its caption goes with it.
    pub(crate) fn wants_caption(&self, number: usize) -> bool {
        number == LOST_PICTURE
            || self.all.get(number).is_some_and(|picture| picture.caption.is_empty())
    }

    /// Sets a picture's caption.
    pub(crate) fn set_caption(&mut self, number: usize, caption: Vec<Inline>) {
        if let Some(picture) = self.all.get_mut(number) {
            picture.caption = caption;
        }
    }

    /// Sets a picture's alternative text. Returns the text that it replaces, if that is another
    /// one: it serves as the caption.
    pub(crate) fn set_alt(&mut self, number: usize, alt: &str) -> Option<String> {
        let picture = self.all.get_mut(number)?;
        picture.alt.replace(alt.to_owned()).filter(|before| before != alt)
    }

    /// Whether there is exactly one picture.
    pub(crate) fn is_one(&self) -> bool {
        self.all.len() == 1
    }

    /// Whether there is exactly one picture and it has a caption, so that the story needs no
    /// headline.
    pub(crate) fn is_told(&self) -> bool {
        self.is_one() && self.all.iter().all(|picture| !picture.caption.is_empty())
    }

    /// Whether there are no pictures.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Takes all pictures out.
    pub(crate) fn take(&mut self) -> Vec<PictureRef> {
        std::mem::take(&mut self.all)
    }

    /// Whether a file is one of the pictures.
    pub(crate) fn holds(&self, path: &Path) -> bool {
        self.all.iter().any(|picture| picture.path == path)
    }

    /// Adds a picture and returns its index. A file that is known already stays one picture: this
    /// mention fills in what earlier ones did not say.
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
        // What a writer says outweighs a guess; if two say different things, nothing is cropped.
        known.whole = match (known.told, told) {
            (true, false) => known.whole,
            (false, true) => whole,
            _ => known.whole || whole,
        };
        known.told |= told;
        known.mug |= mug;
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileNo, Span};

    fn mentioned(whole: bool, told: bool) -> PictureRef {
        PictureRef {
            path: "map.jpg".into(),
            src: Run { text: "map.jpg".into(), span: Span { file: FileNo(0), start: 0, end: 0 } },
            alt: None,
            caption: vec![],
            credit: None,
            focus: None,
            whole,
            told,
            mug: false,
            pixels: [800, 600],
        }
    }

    #[test]
    fn what_a_writer_says_of_cropping_outweighs_a_guess() {
        for (first, second, expected) in [
            ((false, true), (true, false), (false, true)),
            ((true, false), (false, true), (false, true)),
            ((true, true), (false, false), (true, true)),
            ((false, false), (true, true), (true, true)),
            ((true, true), (false, true), (true, true)),
            ((false, false), (true, false), (true, false)),
            ((false, false), (false, false), (false, false)),
        ] {
            let mut pictures = Pictures::default();
            pictures.merge(mentioned(first.0, first.1));
            pictures.merge(mentioned(second.0, second.1));
            let [one] = &pictures.take()[..] else { panic!("one file is one picture") };
            assert_eq!((one.whole, one.told), expected, "{first:?} and {second:?}");
        }
    }
}
