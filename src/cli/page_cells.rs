//! What stands in the cells of tables about pages.

use stonehand::makeup::model::Sacrifice;
use stonehand::review::PageReview;

/// The sizes of a page's heads in points; equal sizes that follow each other are counted: `2×14`.
pub(super) fn heads(page: &PageReview) -> String {
    let mut sizes: Vec<(f32, usize)> = vec![];
    for size in page.modules.iter().filter_map(|module| module.head) {
        match sizes.last_mut() {
            Some((last, times)) if (*last - size).abs() < 0.01 => *times += 1,
            _ => sizes.push((size, 1)),
        }
    }
    let one = |&(size, times): &(f32, usize)| match times {
        1 => size.to_string(),
        _ => format!("{times}×{size}"),
    };
    sizes.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The pages that a page's jumps lead to and come from.
pub(super) fn turns(page: &PageReview) -> String {
    let to = page.modules.iter().filter_map(|module| module.to).map(|to| format!("→{to}"));
    let from = page.modules.iter().filter_map(|module| module.from).map(|from| format!("←{from}"));
    to.chain(from).collect::<Vec<_>>().join(" ")
}

/// What was given up on a page, things of one kind counted.
pub(super) fn given_up(page: &PageReview) -> String {
    let mut counts: Vec<(Sacrifice, usize)> = vec![];
    for given in &page.given_up {
        match counts.iter_mut().find(|(what, _)| *what == given.what) {
            Some((_, times)) => *times += 1,
            None => counts.push((given.what, 1)),
        }
    }
    let one = |&(what, times): &(Sacrifice, usize)| match times {
        1 => sacrifice_name(what).to_string(),
        _ => format!("{times}×{}", sacrifice_name(what)),
    };
    counts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What a sacrifice is called in a table.
pub(super) fn sacrifice_name(what: Sacrifice) -> &'static str {
    match what {
        Sacrifice::PinPage => "page pin",
        Sacrifice::PinColumns => "columns pin",
        Sacrifice::PinJump => "jump pin",
        Sacrifice::PinPosition => "position pin",
        Sacrifice::PinSize => "size pin",
        Sacrifice::PinWith => "with pin",
        Sacrifice::PinApart => "apart pin",
        Sacrifice::PageCount => "page count",
        Sacrifice::Ad => "ad",
        Sacrifice::White => "empty rows",
        Sacrifice::Picture => "picture",
        Sacrifice::Quote => "pull-quote",
        Sacrifice::Deck => "summary",
        Sacrifice::SecondJump => "second jump",
        Sacrifice::Leg => "column length",
        Sacrifice::Tombstone => "tombstone",
        Sacrifice::LowHead => "low headline",
        Sacrifice::LongHead => "long headline",
        Sacrifice::Hierarchy => "hierarchy",
    }
}
