//! Makes the plan into pages: sets every part once more at its planned place, and checks the
//! composed frames against the plan.

mod composition;
mod overprint;
mod prepare_ads;
mod prepare_furniture;
mod prepare_pictures;
mod prepared;
mod proof;
mod sheet;

use typst_layout::PagedDocument;

pub use composition::Composition;
pub(crate) use prepare_ads::prepare_ads;
pub(crate) use prepare_furniture::prepare_furniture;
pub(crate) use prepare_pictures::{crop_at, prepare_pictures, unplaced};
pub use prepared::{PreparedAd, PreparedFurniture, PreparedPicture};
pub(crate) use proof::touching_furniture;
pub use proof::{Fault, check};
use sheet::sheet;

use crate::typeset::{MemoryWorld, Theme, Trouble, data_file, source, story_file, story_path};

/// Sets an edition at its planned places.
///
/// # Errors
/// What Typst reports: a fault of the theme or of the program.
pub fn compose(
    composition: &Composition,
    theme: &Theme,
    pictures: &[PreparedPicture],
    ads: &[PreparedAd],
    furniture: &PreparedFurniture,
) -> Result<PagedDocument, Vec<Trouble>> {
    let driver = source("compose.typ", include_str!("../../templates/print/compose.typ"));
    let sheet = sheet(composition, theme, pictures, ads, furniture);
    let mut world = MemoryWorld::new(theme, &driver).with("sheet.json", data_file(sheet));
    for (slot, story) in composition.edition.slots().enumerate() {
        let cap = composition.galleys.get(slot).and_then(|galley| galley.cap.as_ref());
        world = world.with(&story_path(slot), story_file(story, cap));
    }
    for picture in pictures {
        world = world.with(&picture.file, picture.bytes.clone());
    }
    for ad in ads {
        world = world.with(&ad.file, ad.bytes.clone());
    }
    for (file, bytes) in &furniture.files {
        world = world.with(file, bytes.clone());
    }
    world.set()
}
