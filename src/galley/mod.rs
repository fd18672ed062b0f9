//! Galleys: every part of every story is set by the typesetter and measured in rows. A body is cut
//! into slices, which know whether a leg may end after them.
//!
//! `memo.rs` keeps galleys from make to make. `setter.rs` sets one story, `rail.rs` a rail; `cut.rs`
//! cuts bodies, and `head_lines.rs` judges how headlines break.

mod cap;
mod cut;
mod head_lines;
mod jump_head;
mod memo;
mod model;
mod optional;
mod parts;
mod rail;
mod setter;

use rayon::prelude::*;

pub(crate) use cut::Stretch;
use memo::StoryJob;
pub(crate) use model::Setting;
pub(crate) use model::{BriefGalley, Galley};
pub(crate) use optional::Optional;
pub(crate) use optional::optional;
pub(crate) use parts::{Parts, Printed, StoryPart};
pub(crate) use setter::most_columns;

use crate::content::model::Story;
use crate::typeset::{Trouble, source};

/// Sets and measures every story. Each is compiled by itself, so that an error in one story affects
/// no other.
///
/// `briefs` are the briefs of each story; a story that has any is a rail. `leads` says of a story's
/// index whether it leads the paper, `heavy` whether it may lead a page.
///
/// # Errors
/// For each story, what Typst reports of it.
pub(crate) fn galleys(
    stories: &[Story],
    briefs: &[Vec<Story>],
    leads: impl Fn(usize) -> bool + Sync,
    heavy: impl Fn(usize) -> bool + Sync,
    setting: &Setting,
) -> Vec<Result<Galley, Vec<Trouble>>> {
    let driver = source("measure.typ", include_str!("../../templates/print/measure.typ"));
    let identity = memo::identity(setting, &driver);
    let jump_heads = jump_head::jump_heads(stories);
    stories
        .par_iter()
        .with_max_len(1)
        .enumerate()
        .map(|(slot, story)| {
            let own = briefs.get(slot).map_or(&[][..], Vec::as_slice);
            let before: usize = briefs.iter().take(slot).map(Vec::len).sum();
            let briefs = (own, stories.len() + before);
            let (rank, driver) = ((leads(slot), heavy(slot)), &driver);
            let jump_head = jump_heads[slot].as_str();
            memo::set(StoryJob { story, slot, jump_head, briefs, rank, setting, driver }, &identity)
        })
        .collect()
}
