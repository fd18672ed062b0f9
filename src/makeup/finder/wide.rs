//! Zones at double measure: legs of two columns, for the story that leads a page. They are found on
//! a page of half as many columns, each twice as wide, and laid onto the real one.

use super::super::fill::{Tail, Text};
use super::super::model::{Format, Item, ItemKind, Picture};
use super::super::zone::{COLUMNS_MOST, Unit, Zone};
use super::{Finder, Way};

/// What double measure costs: the paper's own is that of one column.
const WIDE: f32 = -1.0;
/// What each pull-quote costs that has no room, since quotes are one column wide.
const QUOTES: f32 = 2.0;
/// On a page of fewer columns there are none of them.
const COLUMNS_LEAST: u8 = 4;

/// The zones of a whole story at double measure, in two legs or more. `text` is its text as it is
/// set so.
pub(crate) fn wide(format: &Format, item: &Item, text: &Text, unit: &Unit) -> Vec<Zone> {
    let small = |picture: &Picture| picture.mug || picture.most_columns < 2;
    let shown = unit.pictures.iter().filter_map(|&picture| item.pictures.get(usize::from(picture)));
    let whole = unit.part == 0 && unit.until.is_none() && item.kind == ItemKind::Story;
    let uneven = item.columns.is_some_and(|columns| columns % 2 == 1);
    let narrow = format.columns < COLUMNS_LEAST;
    if !whole || narrow || uneven || item.boxed || shown.into_iter().any(small) {
        return Vec::new();
    }
    let half = Format {
        columns: format.columns / 2,
        column_in_rows: 2.0 * format.column_in_rows + format.gutter_in_rows,
        ..format.clone()
    };
    let item = halved(item);
    let bare = Unit { quotes: Vec::new(), ..unit.clone() };
    let found = Finder::find(&half, &item, text, &bare, Tail::End, Way::Strict);
    let dropped = QUOTES * unit.quotes.len() as f32;
    let fits = |zone: &Zone| zone.w >= 2 && !zone.single && zone.inset.is_none();
    found.iter().filter(|zone| fits(zone)).map(|zone| laid_out(zone, WIDE + dropped)).collect()
}

/// What the finding looks at of a story, on a page of half as many columns.
fn halved(item: &Item) -> Item {
    let picture = |picture: &Picture| {
        let captions = picture.caption.iter().skip(1).step_by(2).copied();
        Picture {
            most_columns: picture.most_columns / 2,
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
        columns: item.columns.map(|columns| columns / 2),
        hand: item.hand.clone(),
        ..*item
    }
}

/// A zone on the page's own columns.
fn laid_out(zone: &Zone, more: f32) -> Zone {
    let mut out = *zone;
    (out.w, out.measure, out.cost) = (2 * zone.w, 2, zone.cost + more);
    for column in 0..COLUMNS_MOST {
        (out.tops[column], out.feet[column]) = (zone.tops[column / 2], zone.feet[column / 2]);
    }
    for picture in &mut out.pics[..usize::from(zone.n_pics)] {
        (picture.column, picture.columns) = (2 * picture.column, 2 * picture.columns);
    }
    out
}
