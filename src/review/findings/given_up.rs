//! What the plan had to give up, and the rules that it breaks.

use super::{Desk, Kind, Level, Place, SHORT_ALLOWED, Unit, characters, clip, cut_words};
use crate::compose::Composition;
use crate::hand;
use crate::makeup;
use crate::makeup::model::{GivenUp, Module, Sacrifice};
use crate::review::{Material, StoryReview};

/// So many lines an editor cuts without asking the writer.
const MOST_CUT: u32 = 30;

/// How it is judged, what the amount counts, what is so and what to do.
type Told = ((Level, Kind, f64), Unit, String, String);

fn ad(number: f64) -> Told {
    let what = format!("ad number {number} is not on the page it was booked for");
    let advice =
        "Make it smaller, book it for another page, or book other ads of that page elsewhere.";
    ((Level::Warning, Kind::Ad, 55.0), Unit::Count, what, advice.into())
}

fn long_head(lines: f64) -> Told {
    let what = format!("its headline has {lines} lines");
    let advice = "Shorten it, or give it more columns with `print: {columns: …}`.";
    ((Level::Warning, Kind::LongHead, 4.0 * lines), Unit::Lines, what, advice.into())
}

fn low_head(rows: f64) -> Told {
    let s = if (rows - 1.0).abs() < 1e-9 { "" } else { "s" };
    let what = format!("its headline stands low on the page, {rows} row{s} above the foot");
    let advice = "Hold the story for another edition, or make it longer.";
    ((Level::Advice, Kind::LowHead, 14.0 - rows), Unit::Lines, what, advice.into())
}

fn page_count(amount: f64, s: &str) -> Told {
    let what = format!("the edition has {amount} page{s}, not as many as `pages` asks for");
    let advice = "Add or hold stories, or change `pages` in paper.yaml.";
    ((Level::Warning, Kind::PageCount, 45.0), Unit::Page, what, advice.into())
}

impl Desk<'_> {
    pub(super) fn rules(&mut self) {
        let Material { composition, seen, .. } = self.material;
        for broken in makeup::check(seen, composition.plan) {
            self.say(
                (Level::Error, Kind::Rule, 1000.0),
                Place::default(),
                (1.0, Unit::Count),
                (
                    format!("the plan breaks a rule: {}", self.named(&broken)),
                    "This is a fault of Stonehand: please report it with the stories.".into(),
                ),
            );
        }
    }

    /// A rule's sentence with the key of the story that it names by number.
    fn named(&self, broken: &str) -> String {
        let Some((before, after)) = broken.split_once("story ") else { return broken.into() };
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let story = digits.parse().ok().and_then(|item: usize| self.review.stories.get(item));
        let rest = &after[digits.len()..];
        story.map_or_else(|| broken.into(), |story| format!("{before}{}{rest}", story.story))
    }

    pub(super) fn given_up(&mut self) {
        let plan = self.material.composition.plan;
        for given in &plan.given_up {
            let story = given.item.and_then(|item| self.review.stories.get(item));
            let first = story.and_then(|story| story.pages.first().copied());
            let place = Place {
                page: given.page.or(first),
                story: story.map(|story| story.story.clone()),
                picture: None,
            };
            self.sacrifice(given, story, place);
        }
    }

    fn sacrifice(&mut self, given: &GivenUp, story: Option<&StoryReview>, place: Place) {
        let amount = given.amount;
        let s = if (amount - 1.0).abs() < 1e-9 { "" } else { "s" };
        let (judged, unit, what, advice) = match given.what {
            Sacrifice::PinPage
            | Sacrifice::PinColumns
            | Sacrifice::PinJump
            | Sacrifice::PinPosition
            | Sacrifice::PinSize
            | Sacrifice::PinWith
            | Sacrifice::PinApart => self.pin(given),
            Sacrifice::PageCount => page_count(amount, s),
            Sacrifice::Ad => ad(amount),
            Sacrifice::Leg => (
                (Level::Warning, Kind::Leg, 30.0 + amount),
                Unit::Lines,
                if amount > 1.0 {
                    format!(
                        "a column of its text is {amount} rows longer or shorter than the rules allow"
                    )
                } else {
                    "its text did not fit its columns well: they end unevenly or in bad places"
                        .into()
                },
                match story.and_then(|story| story.text.cut.as_ref()) {
                    Some(cut) if cut.lines <= MOST_CUT => {
                        format!("Cut {}.", cut_words(cut.lines, &cut.from))
                    }
                    _ => "Cut it, or give it other columns with `print: {columns: …}`.".into(),
                },
            ),
            Sacrifice::Hierarchy => (
                (Level::Warning, Kind::Hierarchy, 45.0),
                Unit::Points,
                format!(
                    "its headline is {amount} pt smaller than that of a less important story on the page"
                ),
                match story.and_then(|story| story.head.as_ref()?.cut_for_size) {
                    Some(cut) => format!("Cut its headline by about {}.", characters(cut)),
                    None => "Change the priority of one, or shorten its headline.".into(),
                },
            ),
            Sacrifice::SecondJump => (
                (Level::Warning, Kind::SecondJump, 35.0),
                Unit::Count,
                "it continues on more than one other page".into(),
                "Cut it, or give it more columns with `print: {columns: …}`.".into(),
            ),
            Sacrifice::Tombstone => (
                if amount >= 24.0 {
                    (Level::Warning, Kind::Tombstone, 0.5 * amount)
                } else {
                    (Level::Advice, Kind::Tombstone, 0.5 * amount)
                },
                Unit::Points,
                self.tombstone(given),
                "Change the priority of one, or its width with `print: {columns: …}`.".into(),
            ),
            Sacrifice::LongHead => long_head(amount),
            Sacrifice::LowHead => low_head(amount),
            Sacrifice::Deck => (
                (Level::Advice, Kind::Deck, 6.0),
                Unit::Count,
                "its summary is not printed".into(),
                "Shorten it; if it must be printed, write it as `standfirst`.".into(),
            ),
            Sacrifice::Quote => (
                (Level::Advice, Kind::Quote, 2.0 * amount),
                Unit::Count,
                format!("{amount} pull-quote{s} found no room"),
                "Shorten the pull-quotes, or remove them.".into(),
            ),
            // Pictures are named one by one, white is measured where it stands.
            Sacrifice::Picture => return,
            Sacrifice::White => match story {
                // Where a text was forced into its place, white comes with it.
                Some(story) if story.text.short <= SHORT_ALLOWED && !self.forced(given) => (
                    (Level::Warning, Kind::White, 8.0 + 1.5 * amount.min(40.0)),
                    Unit::Lines,
                    format!("{amount} row{s} of its space stay empty"),
                    format!("Write about {amount} line{s} more, or cut as many."),
                ),
                _ => return,
            },
        };
        self.say(judged, place, (amount, unit), (what, advice));
    }

    /// Whether a story's text was forced into its place on the page where it gave something up.
    fn forced(&self, given: &GivenUp) -> bool {
        let all = &self.material.composition.plan.given_up;
        let alike = |other: &GivenUp| (other.page, other.item) == (given.page, given.item);
        all.iter().any(|other| other.what == Sacrifice::Leg && alike(other))
    }

    fn pin(&self, given: &GivenUp) -> Told {
        let Material { composition, seen, .. } = self.material;
        let refusal = hand::refusal(composition.edition, seen, composition.plan, given);
        let what = refusal.map_or_else(String::new, |(what, why)| format!("it {what}: {why}"));
        let advice =
            "To make room, move another pin or a more important story; or remove this pin.";
        ((Level::Warning, Kind::Pin, 60.0), Unit::Count, what, advice.into())
    }

    /// What a tombstone's sentence is, with the other story.
    fn tombstone(&self, given: &GivenUp) -> String {
        let Composition { plan, .. } = self.material.composition;
        let page = plan.pages.iter().find(|page| Some(page.number) == given.page);
        let modules = page.map(|page| &page.modules[..]).unwrap_or_default();
        let own = modules.iter().find(|module| Some(module.item) == given.item);
        let beside = |module: &&Module| {
            own.is_some_and(|own| {
                let (a, b) = (own.cells, module.cells);
                let touches = a.column + a.columns == b.column || b.column + b.columns == a.column;
                module.item != own.item
                    && module.head_step.is_some()
                    && touches
                    && own.head.row.abs_diff(module.head.row) <= 3
            })
        };
        let size = |module: &Module| {
            let head = self.review.stories[module.item].head.as_ref();
            head.map_or(0.0, |head| head.size)
        };
        let other = modules.iter().find(beside);
        match own.zip(other) {
            Some((own, other)) => format!(
                "its headline ({} pt) stands beside that of “{}” ({} pt)",
                size(own),
                clip(&self.review.stories[other.item].headline),
                size(other),
            ),
            None => format!("its headline stands beside one of similar size ({} pt)", given.amount),
        }
    }
}
