//! The plan made into pages: every part set once more at its planned place, and
//! the frames held against the plan.

mod ads;
mod check;
mod furniture;
mod overprint;
mod pictures;
mod sheet;

use typst_layout::PagedDocument;

pub use ads::{PreparedAd, prepare_ads};
pub use check::{Fault, check, touching_furniture};
pub use furniture::{PreparedFurniture, prepare_furniture};
pub(crate) use pictures::{MOST_ENLARGED, keep_of};
pub use pictures::{PictureTrouble, Prepared, crop_at, prepare, unplaced};
pub use sheet::{Composition, sheet};

use crate::typeset::{Desk, Theme, Trouble, data_file, source, story_file, story_path};

/// Sets an edition at its planned places.
///
/// # Errors
/// What Typst says against it: the theme's fault, or ours.
pub fn compose(
    composition: &Composition,
    theme: &Theme,
    pictures: &[Prepared],
    ads: &[PreparedAd],
    furniture: &PreparedFurniture,
) -> Result<PagedDocument, Vec<Trouble>> {
    let driver = source("compose.typ", include_str!("../../templates/print/compose.typ"));
    let sheet = sheet(composition, theme, pictures, ads, furniture);
    let mut desk = Desk::new(theme, &driver).with("sheet.json", data_file(sheet));
    for (slot, story) in composition.edition.slots().enumerate() {
        let cap = composition.galleys.get(slot).and_then(|galley| galley.cap.as_ref());
        desk = desk.with(&story_path(slot), story_file(story, cap));
    }
    for picture in pictures {
        desk = desk.with(&picture.file, picture.bytes.clone());
    }
    for ad in ads {
        desk = desk.with(&ad.file, ad.bytes.clone());
    }
    for (file, bytes) in &furniture.files {
        desk = desk.with(file, bytes.clone());
    }
    desk.set()
}
