//! What became of the editor's pins in a finished plan: which were refused and why, and what the others
//! cost.

use rayon::prelude::*;
use serde::Serialize;

use crate::content::model::{EdgePin, FlankPin, JumpPin, Pin, Pins, PositionPin, SizePin, Story};
use crate::diag::{Code, Diagnostic, Span};
use crate::lineup::Edition;
use crate::makeup::model::{GivenUp, Item, Module, PagePlan, Plan, Sacrifice, Size};
use crate::makeup::{self, cost, make_up};

/// The most pins that are priced: each takes another make-up of the whole edition.
const MOST_PRICED: usize = 12;

/// What a pin costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Price {
    /// The story.
    pub story: String,
    /// The pin, as it is written in front matter.
    pub pin: String,
    /// The page that the story begins on.
    pub page: Option<u16>,
    /// The price of all pages with the pin, less their price without it. Below 0 the pin makes a better
    /// paper.
    pub cost: f64,
    /// What is given up on its page with the pin and not without it.
    pub worse: Vec<Worse>,
}

/// Something that is given up for a pin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Worse {
    /// What.
    pub what: Sacrifice,
    /// The story, where it belongs to one.
    pub story: Option<String>,
    /// How much, in the unit of that kind.
    pub amount: f64,
}

/// A warning for each pin that the plan does not keep.
pub(crate) fn refused(edition: &Edition, seen: &makeup::Edition, plan: &Plan) -> Vec<Diagnostic> {
    let pins = plan.given_up.iter().filter(|given| given.what.is_pin());
    pins.filter_map(|given| {
        let story = &edition.stories[given.item?];
        let (what, why) = refusal(edition, seen, plan, given)?;
        let what = format!("“{}” {what}: {why}", story.key);
        let hint = "to make room, move another pin or a more important story; or remove this pin";
        Some(Diagnostic::warning(Code::Pin, place(story, given.what), what).hint(hint))
    })
    .collect()
}

/// Where a pin of a story is written.
fn place(story: &Story, what: Sacrifice) -> Option<Span> {
    let Pins { page, columns, jump, position, size, with, apart, .. } = &story.pins;
    match what {
        Sacrifice::PinPage => page.map(|pin| pin.span),
        Sacrifice::PinColumns => columns.map(|pin| pin.span),
        Sacrifice::PinJump => jump.map(|pin| pin.span),
        Sacrifice::PinPosition => position.map(|pin| pin.span),
        Sacrifice::PinSize => size.map(|pin| pin.span),
        Sacrifice::PinWith => with.first().map(|pin| pin.span),
        Sacrifice::PinApart => apart.first().map(|pin| pin.span),
        _ => None,
    }
}

/// How a plan differs from a pin that it does not keep, and why: two half sentences.
pub(crate) fn refusal(
    edition: &Edition,
    seen: &makeup::Edition,
    plan: &Plan,
    given: &GivenUp,
) -> Option<(String, String)> {
    let item = given.item?;
    let begins = page_of(plan, item)?;
    let what = what(&edition.stories[item].pins, begins.number, given)?;
    let locked = |page: u16| seen.locked.iter().any(|locked| locked.page.number == page);
    if locked(begins.number) {
        return Some((what, format!("page {} is locked", begins.number)));
    }
    let amount = given.amount;
    let Pins { page, columns, .. } = &edition.stories[item].pins;
    let columns = columns.map_or(0, |pin| pin.value);
    let why = match given.what {
        Sacrifice::PinPage => {
            no_page(edition, plan, item, page.as_ref()?.value, locked(page.as_ref()?.value))
        }
        Sacrifice::PinColumns if columns > seen.format.columns => {
            format!("a page has {}", counted(seen.format.columns.into(), "column"))
        }
        Sacrifice::PinSize if sets_nowhere(&seen.items[item]) => {
            "at that size the headline fits no number of columns".into()
        }
        Sacrifice::PinWith if locked(amount as u16) => format!("page {amount} is locked"),
        Sacrifice::PinWith => "no way was found to fill a page that holds both stories".into(),
        Sacrifice::PinApart => {
            "no way was found to fill another page that holds one of the two stories".into()
        }
        Sacrifice::PinJump => "no way was found to fill a page that holds the whole story".into(),
        _ => "no way was found to fill the page with the story as its pin asks".into(),
    };
    Some((what, why))
}

/// The page that a story begins on.
fn page_of(plan: &Plan, item: usize) -> Option<&PagePlan> {
    let begins = |module: &Module| module.item == item && module.part == 0;
    plan.pages.iter().find(|page| page.modules.iter().any(begins))
}

/// How a plan differs from a pin: half a sentence about the story.
fn what(pins: &Pins, number: u16, given: &GivenUp) -> Option<String> {
    let Pins { page, columns, position, size, .. } = pins;
    let amount = given.amount;
    let what = match given.what {
        Sacrifice::PinPage => {
            format!("is pinned to page {} but stands on page {number}", page.as_ref()?.value)
        }
        Sacrifice::PinColumns => {
            let wanted = counted(columns.as_ref()?.value.into(), "column");
            format!("is pinned to {wanted} but has {amount}")
        }
        Sacrifice::PinJump => "is pinned to one page but continues on another".into(),
        Sacrifice::PinPosition => {
            let wanted = position_text(position.as_ref()?.value);
            format!(
                "is pinned to the {wanted} of its page but does not stand there on page {number}"
            )
        }
        Sacrifice::PinSize => match size.as_ref()?.value {
            SizePin::Large => {
                format!("is pinned as large but takes less than a third of page {number}")
            }
            SizePin::Small => {
                format!("is pinned as small but takes more than an eighth of page {number}")
            }
            SizePin::Head(points) => {
                format!("is pinned to a headline of {points} points but has one of {amount}")
            }
        },
        Sacrifice::PinWith => {
            format!(
                "stands on page {number}, but the story that it must stand with is on page {amount}"
            )
        }
        Sacrifice::PinApart => {
            format!("shares page {amount} with a story that it must stand apart from")
        }
        _ => return None,
    };
    Some(what)
}

/// Why a story is not on the page that it is pinned to.
fn no_page(edition: &Edition, plan: &Plan, item: usize, wanted: u16, locked: bool) -> String {
    let many = plan.pages.len();
    if usize::from(wanted) > many {
        return format!("the edition has {}", counted(many, "page"));
    }
    if locked {
        return format!("page {wanted} is locked, and the story is not on it");
    }
    let there = |story: &Story| story.pins.page.is_some_and(|pin| pin.value == wanted);
    let others = edition.stories.iter().enumerate();
    let others = others.filter(|(other, story)| *other != item && there(story));
    let names: Vec<String> = others.map(|(_, story)| format!(" and “{}”", story.key)).collect();
    format!("no way was found to fill that page with the story{}", names.concat())
}

fn counted(count: usize, one: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {one}{s}")
}

/// Whether a headline can't be set at the size that it is pinned to.
fn sets_nowhere(item: &Item) -> bool {
    let Some(Size::Head(points)) = item.hand.size else { return false };
    let nearest = item.step_near(points).map(|step| &item.heads[step]);
    nearest.is_none_or(|head| head.set.iter().all(Option::is_none))
}

fn edge_word(edge: EdgePin) -> &'static str {
    match edge {
        EdgePin::Top => "top",
        EdgePin::Foot => "foot",
    }
}

fn position_text(PositionPin { edge, flank }: PositionPin) -> String {
    let edge = edge.map(edge_word);
    let flank = flank.map(|flank| match flank {
        FlankPin::Outer => "outer edge",
        FlankPin::Inner => "inner edge",
    });
    edge.into_iter().chain(flank).collect::<Vec<_>>().join(" and the ")
}

/// A pin as it is written, and the function that takes it off an item.
type Written = (String, fn(&mut Item));

/// The pins of a story.
fn pins_of(story: &Story) -> Vec<Written> {
    let Pins { page, columns, jump, position, size, with, apart, .. } = &story.pins;
    let mut out: Vec<Written> = vec![];
    if let Some(Pin { value, .. }) = page {
        out.push((format!("page: {value}"), |item| item.page = None));
    }
    if let Some(Pin { value, .. }) = columns {
        out.push((format!("columns: {value}"), |item| item.columns = None));
    }
    if jump.is_some_and(|pin| pin.value == JumpPin::Never) {
        out.push(("jump: never".into(), |item| item.may_jump = true));
    }
    if let Some(Pin { value: PositionPin { edge, flank }, .. }) = position {
        let words = [
            edge.map(edge_word),
            flank.map(|flank| if flank == FlankPin::Outer { "outer" } else { "inner" }),
        ];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        out.push((format!("position: {}", words.join(" ")), |item| item.hand.position = None));
    }
    if let Some(Pin { value, .. }) = size {
        let word = match value {
            SizePin::Large => "large".into(),
            SizePin::Small => "small".into(),
            SizePin::Head(points) => points.to_string(),
        };
        out.push((format!("size: {word}"), |item| item.hand.size = None));
    }
    let names = |list: &[Pin<String>]| {
        let last = |pin: &Pin<String>| pin.value.rsplit('/').next().unwrap_or_default().to_owned();
        list.iter().map(last).collect::<Vec<_>>().join(", ")
    };
    if !with.is_empty() {
        out.push((format!("with: {}", names(with)), |item| item.hand.with.clear()));
    }
    if !apart.is_empty() {
        out.push((format!("apart: {}", names(apart)), |item| item.hand.apart.clear()));
    }
    out
}

/// What the pins of an edition cost, the heaviest story's first, and how many pins were not priced: no
/// more than `MOST_PRICED` are.
pub fn prices(edition: &Edition, seen: &makeup::Edition, plan: &Plan) -> (Vec<Price>, usize) {
    let all: Vec<(usize, Written)> = edition
        .stories
        .iter()
        .enumerate()
        .flat_map(|(item, story)| pins_of(story).into_iter().map(move |pin| (item, pin)))
        .collect();
    let more = all.len().saturating_sub(MOST_PRICED);
    let priced = all.into_par_iter().take(MOST_PRICED).map(|(item, (pin, clear))| {
        let mut without = seen.clone();
        clear(&mut without.items[item]);
        let other = make_up(&without);
        price(edition, plan, &other, (item, pin))
    });
    (priced.collect(), more)
}

fn price(edition: &Edition, plan: &Plan, other: &Plan, (item, pin): (usize, String)) -> Price {
    let key = |item: usize| edition.stories[item].key.clone();
    let page = page_of(plan, item);
    let here = |given: &&GivenUp| match (given.page, given.item, page) {
        (Some(number), _, Some(page)) => number == page.number,
        (None, Some(one), Some(page)) => page.modules.iter().any(|module| module.item == one),
        _ => false,
    };
    let anyway = |given: &GivenUp| {
        // What belongs to no story must be on the same page; what belongs to one may be anywhere.
        other.given_up.iter().any(|known| {
            (known.what, known.item) == (given.what, given.item)
                && (given.item.is_some() || known.page == given.page)
        })
    };
    let worse = plan.given_up.iter().filter(here).filter(|given| !anyway(given));
    Price {
        story: key(item),
        pin,
        page: page.map(|page| page.number),
        cost: ((cost(plan) - cost(other)) * 10.0).round() / 10.0 + 0.0,
        worse: worse
            .map(|given| Worse {
                what: given.what,
                story: given.item.map(key),
                amount: given.amount,
            })
            .collect(),
    }
}
