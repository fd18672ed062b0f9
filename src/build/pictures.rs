//! What is found out about an edition's pictures before it is made up.

use rayon::prelude::*;

use crate::content::model::PictureRef;
use crate::lineup::Edition;
use crate::picture::{Cache, is_graphic_cached};

/// Finds out which pictures are made of flat colour and lines: nothing may be cut off these. Where
/// the writer says something about that, or the picture's name does, nobody looks.
pub(super) fn judge(edition: &mut Edition, cache: &Cache) {
    let mut pictures: Vec<&mut PictureRef> = edition
        .written_mut()
        .flat_map(|story| &mut story.pictures)
        .filter(|picture| !(picture.told || picture.whole || picture.mug))
        .collect();
    pictures.par_iter_mut().with_max_len(1).for_each(|picture| {
        // What can't be read or decoded is told when it is made ready for its place.
        let bytes = std::fs::read(&picture.path);
        picture.whole = bytes.is_ok_and(|bytes| is_graphic_cached(cache, &bytes).unwrap_or(false));
    });
}
