//! The types of the room: what stories are set with, and the galleys that come out.

use serde_json::Value;

use super::cut::{Body, Stretch};
use super::parts::Parts;
use crate::grid::Grid;
use crate::makeup::model::{Deck, Head, HeadSetting, JumpSize, Module, Quote};
use crate::typeset::{DropCap, LongWord, Theme};
use crate::words::Words;

/// What all stories of an edition are set with.
pub(crate) struct Setting<'a> {
    /// The theme.
    pub theme: &'a Theme,
    /// The grid of the pages.
    pub grid: &'a Grid,
    /// The paper's data as the theme reads them.
    pub paper: Value,
    /// The fixed words in the paper's language.
    pub words: &'a Words,
    /// The wanted resolution of pictures, in pixels an inch.
    pub resolution: u16,
}

/// A story, set and measured.
#[derive(Debug, Clone)]
pub struct Galley {
    /// The settings of its headline, by steps of the theme's ladder of sizes, smallest first.
    pub heads: Vec<Head>,
    /// The width in points that the headline's lines are broken to, by step and by span.
    pub measures: Vec<Vec<f64>>,
    /// The same for the short headline.
    pub short_measures: Vec<Vec<f64>>,
    /// How the headline sets in the smallest size, by span, where it takes more lines than a head
    /// should have.
    pub rough: Vec<Option<HeadSetting>>,
    /// Its deck.
    pub deck: Option<Deck>,
    /// The rows of each picture's caption by span, up to the widest span that the picture has pixels
    /// for.
    pub captions: Vec<Vec<u16>>,
    /// Its pull-quotes.
    pub quotes: Vec<Quote>,
    /// The head of its remainder after a jump.
    pub jump_head: JumpHead,
    /// Its text set in wider legs, if it may lead a page or its tables need the width.
    pub wide: Option<Box<SetText>>,
    /// The columns that each of those legs takes.
    pub wide_measure: u8,
    /// Whether its tables need those wider legs.
    pub wants_width: bool,
    /// Its drop cap, if it has one.
    pub cap: Option<DropCap>,
    /// Its body in slices.
    pub body: Body,
    /// Its runs of text.
    pub parts: Parts,
    /// Words that are wider than the narrowest place in which they must stand.
    pub long_words: Vec<LongWord>,
    /// Its briefs from top to bottom, if it is a rail. Its body is then made of theirs.
    pub briefs: Vec<BriefGalley>,
}

/// A body set at one measure.
#[derive(Debug, Clone, Default)]
pub struct SetText {
    /// Its drop cap, if it has one.
    pub cap: Option<DropCap>,
    /// It in slices.
    pub body: Body,
    /// The runs of text of the whole story.
    pub parts: Parts,
}

impl Galley {
    /// Makes the text in wider legs the galley's own, once the plan has decided on it.
    pub(crate) fn widen(&mut self) {
        if let Some(wide) = self.wide.take() {
            self.put(*wide);
        }
    }

    /// Replaces the galley's text and gives the old one back.
    pub(super) fn put(&mut self, text: SetText) -> SetText {
        let SetText { cap, body, parts } = text;
        SetText {
            cap: std::mem::replace(&mut self.cap, cap),
            body: std::mem::replace(&mut self.body, body),
            parts: std::mem::replace(&mut self.parts, parts),
        }
    }

    /// The setting of a head and the width that its lines are broken to, to be filled in.
    pub(super) fn head_mut(
        &mut self,
        step: usize,
        span: u8,
        short: bool,
    ) -> (&mut Option<HeadSetting>, &mut f64) {
        let at = usize::from(span) - 1;
        let head = &mut self.heads[step];
        if short {
            (&mut head.short[at], &mut self.short_measures[step][at])
        } else {
            (&mut head.set[at], &mut self.measures[step][at])
        }
    }
}

/// The head of a story's remainder after a jump.
#[derive(Debug, Clone, PartialEq)]
pub struct JumpHead {
    /// A few words of the headline. No other remainder of the edition has the same.
    pub text: String,
    /// Its usual size, then the larger ones that it may have where it leads its page.
    pub sizes: Vec<JumpSize>,
}

/// The greatest mean width of a jump head's letters, in ems.
const JUMP_LETTER_EM: f64 = 0.56;
/// The width of “From page 12” beside a jump head, in points.
const JUMP_LABEL_PT: f64 = 80.0;

impl JumpHead {
    /// Its size in a module, in points.
    pub fn size(&self, module: &Module) -> f32 {
        let step = usize::from(module.jump_step);
        self.sizes.get(step).or(self.sizes.first()).map_or(0.0, |one| one.size)
    }

    /// Whether it fits on one line of a width in points, at one of its sizes.
    pub(super) fn has_room(&self, step: usize, width: f64) -> bool {
        let letters = self.text.chars().count() as f64;
        letters * JUMP_LETTER_EM * f64::from(self.sizes[step].size) + JUMP_LABEL_PT <= width
    }
}

/// A brief as a part of its rail.
#[derive(Debug, Clone)]
pub struct BriefGalley {
    /// Its first slice in the rail's body.
    pub first: usize,
    /// The slice after its last one.
    pub end: usize,
    /// Its runs of text.
    pub parts: Parts,
    /// Which piece of each run stands in which slice of the rail's body, sorted by run and place.
    pub stretches: Vec<Stretch>,
    /// Words that are wider than the measure, as in [`Body::overfull`](super::Body::overfull).
    pub overfull: Vec<(LongWord, f64)>,
}
