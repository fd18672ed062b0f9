//! The hard rules by name, and what a plan says it gave up.

use std::fmt;

use stonehand::makeup::model::{GivenUp, Plan, Sacrifice};

/// A hard rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    /// A part of a story is one rectangle; its legs stand in columns and have one measure.
    Rectangle,
    /// Nothing stands over anything else.
    Overlap,
    /// Nothing stands off the live area.
    OffPage,
    /// Every line of a body stands on its row.
    OffGrid,
    /// Every word is printed once, and in order.
    Words,
    /// Jump lines and jump heads name the real pages.
    PageName,
    /// Legs are of 7 to 70 rows.
    Leg,
    /// Text under a picture is of 7 rows or more.
    UnderPicture,
    /// Two lines at least on each side of a break inside a paragraph.
    Break,
    /// No subhead at a leg's foot.
    Subhead,
    /// No column ends more than 2 rows above the foot of its part.
    White,
    /// Heads have a size of the ladder.
    HeadSize,
    /// Heads are of 1 to 4 lines.
    HeadLines,
    /// No head is hyphenated.
    HeadHyphen,
    /// No line of a head ends in a hyphen that its writer wrote.
    OwnHyphen,
    /// No larger head than that of a heavier story on the page.
    HeadOrder,
    /// No head in a page's last 14 rows.
    HeadLow,
    /// A story is jumped once.
    SecondJump,
    /// A deck is printed.
    Deck,
    /// A pull-quote is printed.
    Quote,
    /// A picture is printed.
    Picture,
}

impl Rule {
    /// What a plan gives up where it may break this rule; nothing excuses the others.
    fn sacrifices(self) -> &'static [Sacrifice] {
        match self {
            Self::Leg | Self::UnderPicture | Self::Break | Self::Subhead => &[Sacrifice::Leg],
            Self::White => &[Sacrifice::White, Sacrifice::Leg],
            Self::HeadOrder => &[Sacrifice::Hierarchy],
            Self::HeadLines => &[Sacrifice::LongHead],
            Self::HeadLow => &[Sacrifice::LowHead],
            Self::SecondJump => &[Sacrifice::SecondJump],
            Self::Deck => &[Sacrifice::Deck],
            Self::Quote => &[Sacrifice::Quote],
            Self::Picture => &[Sacrifice::Picture],
            Self::Rectangle
            | Self::Overlap
            | Self::OffPage
            | Self::OffGrid
            | Self::Words
            | Self::PageName
            | Self::HeadSize
            | Self::HeadHyphen
            | Self::OwnHyphen => &[],
        }
    }
}

/// A rule that is broken.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    pub(crate) rule: Rule,
    pub(crate) page: Option<u16>,
    /// The story: its place in the edition.
    pub(crate) story: Option<usize>,
    pub(crate) what: String,
}

impl Fault {
    /// Whether the plan says that it gave this up: for this story on this page, or for either
    /// where the plan names no more.
    pub(crate) fn is_declared(&self, plan: &Plan) -> bool {
        let same_page = |one: &GivenUp| one.page.is_none() || one.page == self.page;
        // Of two heads on a page the plan names one.
        let on_page = self.rule == Rule::HeadOrder;
        let same_story = |one: &GivenUp| on_page || one.item.is_none() || one.item == self.story;
        let kinds = self.rule.sacrifices();
        plan.given_up
            .iter()
            .any(|one| kinds.contains(&one.what) && same_page(one) && same_story(one))
    }

    /// With the story's name.
    pub(crate) fn shown<'a>(&'a self, keys: &'a [&'a str]) -> impl fmt::Display + 'a {
        Shown { fault: self, keys }
    }
}

struct Shown<'a> {
    fault: &'a Fault,
    keys: &'a [&'a str],
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { rule, page, story, what } = self.fault;
        write!(f, "{rule:?}")?;
        if let Some(page) = page {
            write!(f, ", page {page}")?;
        }
        if let Some(story) = story {
            write!(f, ", {}", self.keys[*story])?;
        }
        write!(f, ": {what}")
    }
}
