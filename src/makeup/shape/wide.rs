//! Zones with wider legs: of two columns for a story that leads a page, or of as many as a story's
//! tables need. They are found on a page with fewer columns, each as wide as several, and then laid
//! onto the real page.

use crate::makeup::cost::{leg, text as text_cost};
use crate::makeup::draft::{Tail, Unit, Zone};
use crate::makeup::limits::{COLUMNS_MOST, MANY_COLUMNS};
use crate::makeup::model::{Format, Item, ItemKind, Picture, Wide};
use crate::makeup::shape::threading::IndexedText;
use crate::makeup::shape::zones::{Finder, Threading};

/// The zones of a whole story in wider legs: two legs or more, unless its tables need the width. `text`
/// is its text set at that measure.
pub(crate) fn wide(format: &Format, item: &Item, text: &IndexedText, unit: &Unit) -> Vec<Zone> {
    let Some(Wide { measure, wanted, .. }) = item.wide else { return Vec::new() };
    let small = |picture: &Picture| picture.mug || picture.most_columns < measure;
    let shown = unit.pictures.iter().filter_map(|&picture| item.pictures.get(usize::from(picture)));
    let whole = unit.part == 0 && unit.until.is_none() && item.kind == ItemKind::Story;
    let uneven = item.columns.is_some_and(|columns| columns % measure > 0);
    let narrow = format.columns < if wanted { measure } else { MANY_COLUMNS };
    if !whole || narrow || uneven || item.boxed || shown.into_iter().any(small) {
        return Vec::new();
    }
    let half = Format {
        columns: format.columns / measure,
        column_in_rows: f64::from(measure) * format.column_in_rows
            + f64::from(measure - 1) * format.gutter_in_rows,
        ..format.clone()
    };
    let pinned = item.columns.is_some();
    let item = narrowed(item, measure);
    let bare = Unit { quotes: Vec::new(), ..unit.clone() };
    let found = Finder::find(&half, &item, text, &bare, Tail::End, Threading::Strict);
    let dropped = text_cost::QUOTE_IN_WIDE * unit.quotes.len() as f32;
    let many = |zone: &Zone| wanted || (zone.w >= 2 && !zone.single);
    let fits = |zone: &&Zone| many(zone) && zone.inset.is_none();
    let more = dropped + if wanted { 0.0 } else { leg::DOUBLE_MEASURE };
    let mut out: Vec<Zone> =
        found.iter().filter(fits).map(|zone| laid_out(zone, measure, more)).collect();
    // A table with white beside it is better than one that is cramped in a column.
    let alone = |zone: &&Zone| wanted && zone.w == 1 && zone.n_pics == 0;
    let wider = if pinned { 0..0 } else { measure + 1..format.columns + 1 };
    for zone in found.iter().filter(fits).filter(alone) {
        out.extend(wider.clone().map(|w| {
            let white = leg::BESIDE_TABLE * f32::from(w - measure) * f32::from(zone.b);
            Zone { w, single: true, ..laid_out(zone, measure, more + white) }
        }));
    }
    out
}

/// The story as it is on a page of fewer, wider columns.
fn narrowed(item: &Item, measure: u8) -> Item {
    let step = usize::from(measure);
    let picture = |picture: &Picture| {
        let captions = picture.caption.iter().skip(step - 1).step_by(step).copied();
        Picture {
            most_columns: picture.most_columns / measure,
            caption: captions.collect(),
            ..picture.clone()
        }
    };
    Item {
        heads: Vec::new(),
        rough: Vec::new(),
        deck: None,
        galley: item.galley.clone(),
        wide: None,
        pictures: item.pictures.iter().map(picture).collect(),
        quotes: Vec::new(),
        jump_heads: Vec::new(),
        columns: item.columns.map(|columns| columns / measure),
        hand: item.hand.clone(),
        ..*item
    }
}

/// A zone on the page's own columns.
fn laid_out(zone: &Zone, measure: u8, more: f32) -> Zone {
    let mut out = *zone;
    let step = usize::from(measure);
    (out.w, out.measure, out.cost) = (measure * zone.w, measure, zone.cost + more);
    for column in 0..COLUMNS_MOST {
        (out.tops[column], out.feet[column]) = (zone.tops[column / step], zone.feet[column / step]);
    }
    for picture in &mut out.pics[..usize::from(zone.n_pics)] {
        (picture.column, picture.columns) = (measure * picture.column, measure * picture.columns);
    }
    out
}
