//! Which of an edition's pictures are graphics: charts, maps, screenshots.

use rayon::prelude::*;

use crate::content::model::PictureRef;
use crate::lineup::Edition;
use crate::picture::{Cache, is_graphic_cached};

/// Finds pictures that are made of flat colour and lines, and marks them as [`PictureRef::whole`]: nothing may be
/// cut off them. A picture of which the writer or its file's name says whether it may be cropped is not looked at.
pub(super) fn mark_graphics(edition: &mut Edition, cache: &Cache) {
    let mut pictures: Vec<&mut PictureRef> = edition
        .written_mut()
        .flat_map(|story| &mut story.pictures)
        .filter(|picture| !(picture.told || picture.whole || picture.mug))
        .collect();
    pictures.par_iter_mut().with_max_len(1).for_each(|picture| {
        // What can't be read or decoded is reported when it is prepared for its place.
        let bytes = std::fs::read(&picture.path);
        picture.whole = bytes.is_ok_and(|bytes| is_graphic_cached(cache, &bytes).unwrap_or(false));
    });
}
