//! Findings about the plan: the rules that it breaks, and what it had to give up.

use super::gather::{FindingPlace, Findings, SHORT_ALLOWED, characters, clip, cut_words};
use crate::compose::Composition;
use crate::editor::pin_outcomes;
use crate::makeup;
use crate::makeup::model::{GivenUp, Module, Sacrifice};
use crate::review::finding::{FindingKind, Level, Unit};
use crate::review::form::{Material, StoryReview};

/// The most lines that an editor is advised to cut.
const MOST_CUT: u32 = 30;

/// A finding but for its place and amount: level, kind and weight; the unit of the amount; what is
/// wrong; what to do.
type Verdict = ((Level, FindingKind, f64), Unit, String, String);

fn ad(number: f64) -> Verdict {
    let what = format!("ad number {number} is not on the page it was booked for");
    let advice =
        "Make it smaller, book it for another page, or book other ads of that page elsewhere.";
    ((Level::Warning, FindingKind::Ad, 55.0), Unit::Count, what, advice.into())
}

/// A column whose length breaks a rule, or whose text was forced into it.
fn leg(amount: f64, story: Option<&StoryReview>) -> Verdict {
    (
        (Level::Warning, FindingKind::Leg, 30.0 + amount),
        Unit::Lines,
        if amount > 1.0 {
            format!("a column of its text is {amount} rows longer or shorter than the rules allow")
        } else {
            "its text did not fit its columns well: they end unevenly or in bad places".into()
        },
        match story.and_then(|story| story.text.cut.as_ref()) {
            Some(cut) if cut.lines <= MOST_CUT => {
                format!("Cut {}.", cut_words(cut.lines, &cut.from))
            }
            _ => "Cut it, or give it other columns with `print: {columns: …}`.".into(),
        },
    )
}

fn long_head(lines: f64) -> Verdict {
    let what = format!("its headline has {lines} lines");
    let advice = "Shorten it, or give it more columns with `print: {columns: …}`.";
    ((Level::Warning, FindingKind::LongHead, 4.0 * lines), Unit::Lines, what, advice.into())
}

fn low_head(rows: f64) -> Verdict {
    let s = if (rows - 1.0).abs() < 1e-9 { "" } else { "s" };
    let what = format!("its headline stands low on the page, {rows} row{s} above the foot");
    let advice = "Hold the story for another edition, or make it longer.";
    ((Level::Advice, FindingKind::LowHead, 14.0 - rows), Unit::Lines, what, advice.into())
}

fn page_count(amount: f64, s: &str) -> Verdict {
    let what = format!("the edition has {amount} page{s}, not the number that `pages` asks for");
    let advice = "Add or hold stories, or change `pages` in paper.yaml.";
    ((Level::Warning, FindingKind::PageCount, 45.0), Unit::Page, what, advice.into())
}

impl Findings<'_> {
    /// The hard rules that the plan breaks.
    pub(super) fn rules(&mut self) {
        let Material { composition, seen, .. } = self.material;
        for broken in makeup::check(seen, composition.plan) {
            self.say(
                (Level::Error, FindingKind::Rule, 1000.0),
                FindingPlace::default(),
                (1.0, Unit::Count),
                (
                    format!("the plan breaks a rule: {}", self.named(&broken)),
                    "This is a fault of Stonehand: please report it, and send the stories along."
                        .into(),
                ),
            );
        }
    }

    /// The message about a broken rule, which names a story by number, with the story's key instead.
    fn named(&self, broken: &str) -> String {
        let Some((before, after)) = broken.split_once("story ") else { return broken.into() };
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let story = digits.parse().ok().and_then(|item: usize| self.review.stories.get(item));
        let rest = &after[digits.len()..];
        story.map_or_else(|| broken.into(), |story| format!("{before}{}{rest}", story.story))
    }

    /// What the plan gave up.
    pub(super) fn given_up(&mut self) {
        let plan = self.material.composition.plan;
        for given in &plan.given_up {
            let story = given.item.and_then(|item| self.review.stories.get(item));
            let first = story.and_then(|story| story.pages.first().copied());
            let place = FindingPlace {
                page: given.page.or(first),
                story: story.map(|story| story.story.clone()),
                picture: None,
            };
            self.sacrifice(given, story, place);
        }
    }

    fn sacrifice(&mut self, given: &GivenUp, story: Option<&StoryReview>, place: FindingPlace) {
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
            Sacrifice::Leg => leg(amount, story),
            Sacrifice::Hierarchy => (
                (Level::Warning, FindingKind::Hierarchy, 45.0),
                Unit::Points,
                format!(
                    "its headline is {amount} pt smaller than that of a less important story on the page"
                ),
                match story.and_then(|story| story.head.as_ref()?.cut_for_size) {
                    Some(cut) => format!("Cut its headline by about {}.", characters(cut)),
                    None => "Change the priority of one of the two stories, or shorten this story’s headline.".into(),
                },
            ),
            Sacrifice::SecondJump => (
                (Level::Warning, FindingKind::SecondJump, 35.0),
                Unit::Count,
                "it continues on more than one other page".into(),
                "Cut it, or give it more columns with `print: {columns: …}`.".into(),
            ),
            Sacrifice::Tombstone => (
                if amount >= 24.0 {
                    (Level::Warning, FindingKind::Tombstone, 0.5 * amount)
                } else {
                    (Level::Advice, FindingKind::Tombstone, 0.5 * amount)
                },
                Unit::Points,
                self.tombstone(given),
                "Change the priority of one of the two stories, or its width with `print: {columns: …}`.".into(),
            ),
            Sacrifice::LongHead => long_head(amount),
            Sacrifice::LowHead => low_head(amount),
            Sacrifice::Deck => (
                (Level::Advice, FindingKind::Deck, 6.0),
                Unit::Count,
                "its summary is not printed".into(),
                "Shorten it; if it must be printed, write it as `standfirst`.".into(),
            ),
            Sacrifice::Quote => (
                (Level::Advice, FindingKind::Quote, 2.0 * amount),
                Unit::Count,
                format!("{amount} pull-quote{s} found no room"),
                "Shorten the pull-quotes, or remove them.".into(),
            ),
            // Pictures are findings of their own, and white is measured where it stands.
            Sacrifice::Picture => return,
            Sacrifice::White => match story {
                // A text that was forced into its place leaves white, which is no finding of its own.
                Some(story) if story.text.short <= SHORT_ALLOWED && !self.forced(given) => (
                    (Level::Warning, FindingKind::White, 8.0 + 1.5 * amount.min(40.0)),
                    Unit::Lines,
                    format!("it leaves {amount} row{s} of its space empty"),
                    format!("Write about {amount} more line{s}, or cut as many."),
                ),
                _ => return,
            },
        };
        self.say(judged, place, (amount, unit), (what, advice));
    }

    /// Whether the text of the same story was forced into its place on that page.
    fn forced(&self, given: &GivenUp) -> bool {
        let all = &self.material.composition.plan.given_up;
        let alike = |other: &GivenUp| (other.page, other.item) == (given.page, given.item);
        all.iter().any(|other| other.what == Sacrifice::Leg && alike(other))
    }

    /// A pin that was not kept.
    fn pin(&self, given: &GivenUp) -> Verdict {
        let Material { composition, seen, .. } = self.material;
        let refusal = pin_outcomes::refusal(composition.edition, seen, composition.plan, given);
        let what = refusal.map_or_else(String::new, |(what, why)| format!("it {what}: {why}"));
        let advice =
            "To make room, move another pin or a more important story; or remove this pin.";
        ((Level::Warning, FindingKind::Pin, 60.0), Unit::Count, what, advice.into())
    }

    /// What is wrong with a tombstone, with the headline of the other story.
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
