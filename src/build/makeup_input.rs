//! An edition in numbers: what the make-up sees of its stories, pictures, ads, pins and pages.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::content::model::{EdgePin, FlankPin, JumpPin, PictureRef, Pin, Pins, SizePin, Story};
use crate::content::paper::Ad;
use crate::galley::{Galley, most_columns};
use crate::grid::{Grid, MM};
use crate::lineup::Edition;
use crate::makeup;
use crate::makeup::model::{
    Edge, Flank, Format, Hand, Item, ItemKind, PageCount, Picture, Position, Size, Wide,
};
use crate::picture::policy::{GRAPHIC_LEAST_PIXEL_PT, least_kept, least_pixels_per_point};
use crate::typeset::Theme;

/// An edition whose stories are set, as the make-up sees it. No page of it is locked yet.
pub(super) fn numbers(
    edition: &Edition,
    galleys: &[Galley],
    theme: &Theme,
    grid: &Grid,
) -> makeup::Edition {
    makeup::Edition {
        format: format_of(edition, theme, grid),
        items: items(edition, galleys, grid),
        sections: edition.sections.len() as u16,
        pages: PageCount {
            wanted: edition.paper.pages.count,
            multiple: edition.paper.pages.multiple.max(1),
        },
        front_stories: edition.paper.front_stories,
        ads: ads(edition, grid),
        locked: vec![],
        day: day_of(edition),
    }
}

/// The number of an edition's day, by which archetypes of pages take turns; 0 without a date.
fn day_of(edition: &Edition) -> u32 {
    let days = edition.date.map_or(0, |date| date.duration_since(Date::ZERO).as_hours() / 24);
    u32::try_from(days).unwrap_or(0)
}

fn format_of(edition: &Edition, theme: &Theme, grid: &Grid) -> Format {
    let contract = &theme.contract;
    let bands = contract.bands;
    let weather = contract.weather.filter(|_| edition.paper.weather.is_some());
    let promos = contract.promos.filter(|_| edition.promos().next().is_some());
    let fronts = contract.section_fronts.filter(|_| edition.fronts().next().is_some());
    // An edition of one story may fit on one page, whose front needs no foot to point inside.
    let alone = edition.stories.len() <= 1 && weather.is_none();
    let front_foot = bands.front_foot.max(weather.map_or(0, |room| room.rows));
    Format {
        columns: grid.columns,
        rows: grid.rows,
        gap: theme.contract.gap,
        front_top: bands.front_top + promos.map_or(0, |room| room.rows),
        front_foot: if alone { bands.last_foot } else { front_foot },
        inside_top: bands.inside_top,
        section_top: bands.section_top,
        fronts: if fronts.is_some() { edition.fronts().collect() } else { vec![] },
        section_front_top: fronts.map_or(0, |room| bands.inside_top + room.rows),
        last_foot: if edition.imprint().is_empty() { 0 } else { bands.last_foot },
        column_in_rows: grid.column / grid.row,
        gutter_in_rows: grid.gutter / grid.row,
        head_most_front: grid.head_most_front(&theme.contract.ladder),
        head_most_inside: grid.head_most_inside(&theme.contract.ladder),
    }
}

/// The ads as the make-up sees them.
fn ads(edition: &Edition, grid: &Grid) -> Vec<makeup::model::Ad> {
    let one = |ad: &Ad| {
        let columns = ad.columns.min(grid.columns);
        let [width, high] = ad.picture.pixels.map(|pixels| f64::from(pixels.max(1)));
        let height = ad.height.map_or(grid.span(columns) * high / width, |mm| mm * MM);
        let Ad { page, filler, .. } = *ad;
        makeup::model::Ad { columns, rows: grid.rows_for(height).clamp(1, grid.rows), page, filler }
    };
    edition.paper.ads.iter().map(one).collect()
}

/// The stories as the make-up sees them.
fn items(edition: &Edition, galleys: &[Galley], grid: &Grid) -> Vec<Item> {
    // A brief stands where its rail stands.
    let keys: BTreeMap<&str, usize> = (edition.stories.iter().zip(&edition.briefs).enumerate())
        .flat_map(|(at, (story, briefs))| {
            [story].into_iter().chain(briefs).map(move |story| (story.key.as_str(), at))
        })
        .collect();
    let all = edition.stories.iter().zip(galleys).enumerate();
    all.map(|(index, (story, galley))| Item {
        section: edition.section_of[index],
        order: index as u16,
        priority: edition.priorities[index],
        heads: galley.heads.clone(),
        rough: galley.rough.clone(),
        deck: galley.deck.clone(),
        galley: galley.body.slices.clone(),
        wide: galley.wide.as_ref().map(|wide| Wide {
            measure: galley.wide_measure,
            wanted: galley.wants_width,
            galley: wide.body.slices.clone(),
        }),
        pictures: pictures(story, galley, edition, grid),
        quotes: galley.quotes.clone(),
        jump_heads: galley.jump_head.sizes.clone(),
        page: story.pins.page.map(|pin| pin.value),
        columns: story.pins.columns.map(|pin| pin.value),
        may_jump: story.pins.jump.is_none_or(|pin| pin.value == JumpPin::Auto)
            && !story.pins.boxed
            && !edition.is_rail(index),
        hand: pins(&story.pins, |key| keys.get(key).copied()),
        kind: kind_of(edition, index),
        boxed: story.pins.boxed,
    })
    .collect()
}

/// The pins of a story as the make-up sees them. `index` finds a story by its key.
fn pins(pins: &Pins, index: impl Fn(&str) -> Option<usize>) -> Hand {
    let all = |list: &[Pin<String>]| list.iter().filter_map(|pin| index(&pin.value)).collect();
    Hand {
        position: pins.position.map(|pin| Position {
            edge: pin.value.edge.map(|edge| match edge {
                EdgePin::Top => Edge::Top,
                EdgePin::Foot => Edge::Foot,
            }),
            flank: pin.value.flank.map(|flank| match flank {
                FlankPin::Outer => Flank::Outer,
                FlankPin::Inner => Flank::Inner,
            }),
        }),
        size: pins.size.map(|pin| match pin.value {
            SizePin::Large => Size::Large,
            SizePin::Small => Size::Small,
            SizePin::Head(points) => Size::Head(f32::from(points)),
        }),
        with: all(&pins.with),
        apart: all(&pins.apart),
    }
}

fn kind_of(edition: &Edition, story: usize) -> ItemKind {
    if edition.is_rail(story) {
        ItemKind::Rail
    } else if edition.stories[story].is_picture() {
        ItemKind::Picture
    } else {
        ItemKind::Story
    }
}

fn pictures(story: &Story, galley: &Galley, edition: &Edition, grid: &Grid) -> Vec<Picture> {
    let resolution = edition.paper.resolution;
    let one = |(picture, caption): (&PictureRef, &Vec<u16>)| {
        let [width, height] = picture.pixels.map(f64::from);
        let most_rows = (height / least_pixels_per_point(resolution) / grid.row).floor();
        let most_columns = most_columns(picture, grid, resolution);
        let readable = |columns: &u8| grid.span(*columns) >= width * GRAPHIC_LEAST_PIXEL_PT;
        Picture {
            aspect: width / height.max(1.0),
            whole: picture.whole,
            keep: least_kept(picture.whole, picture.focus),
            most_columns,
            readable: match picture.whole {
                true => (1..most_columns).find(readable).unwrap_or(most_columns),
                false => 0,
            },
            most_rows: most_rows.clamp(1.0, 1000.0) as u16,
            caption: caption.clone(),
            mug: picture.mug,
        }
    };
    story.pictures.iter().zip(&galley.captions).map(one).collect()
}
