//! Findings about how full pages are, and how texts and headlines fit.

use super::gather::{FindingPlace, Findings, SHORT_ALLOWED, characters, clip, counted, cut_words};
use crate::compose::Composition;
use crate::galley::Optional;
use crate::makeup::model::{Cells, PagePlan};
use crate::review::finding::{FindingKind, Level, Unit};
use crate::review::form::{PageReview, StoryReview};
use crate::review::story_review::modules_of;
use crate::review::text_fit::Cut;
use crate::review::white::{area, bare};

/// The most lines that are advised to be cut to even out the columns of a text.
const SMALL_CUT: u32 = 12;
/// A jump of fewer lines is not worth turning the page for.
const SHORT_JUMP: u32 = 20;
/// A page is grey if pictures take less than the first share of it, and has little to read if they take
/// more than the second.
const ART: (f64, f64) = (0.08, 0.5);
/// A head leaves a hole beside it if its longest line fills less than this share of its columns.
const FILLED: f64 = 0.72;

impl Findings<'_> {
    /// The pages: their holes, and how much of them pictures take.
    pub(super) fn pages(&mut self) {
        let Composition { plan, grid, format, .. } = self.material.composition;
        for (page, seen) in plan.pages.iter().zip(&self.review.pages) {
            let holes = bare(page, grid.columns, format.gap);
            let cells = area(&holes);
            let place = || FindingPlace { page: Some(page.number), ..FindingPlace::default() };
            if cells > 2 * u32::from(grid.columns) {
                let all = u32::from(grid.columns) * u32::from(page.foot - page.top).max(1);
                let share = f64::from(cells) / f64::from(all);
                let level = if share > 0.03 { Level::Warning } else { Level::Advice };
                self.say(
                    (level, FindingKind::Hole, 10.0 + 0.4 * f64::from(cells.min(300))),
                    place(),
                    (f64::from(cells), Unit::Cells),
                    (
                        format!("{} {} empty", rectangle(&holes, page), stands(&holes)),
                        format!(
                            "There is room for {} of text (about {:.0} words), or a larger picture.",
                            counted(cells, "line"),
                            f64::from(cells) * self.words_in_line()
                        ),
                    ),
                );
            }
            self.art(page, seen.art_share, place());
        }
    }

    /// The average number of words in a line of the edition's text.
    fn words_in_line(&self) -> f64 {
        let lines: u32 = self.review.stories.iter().map(|story| story.text.lines).sum();
        self.review.words as f64 / f64::from(lines.max(1))
    }

    /// The share of a page that pictures take.
    fn art(&mut self, page: &PagePlan, share: f64, place: FindingPlace) {
        if page.modules.is_empty() {
            // A page of ads alone.
            return;
        }
        let percent = (100.0 * share).round();
        let (kind, what, advice) = if share < ART.0 {
            let bare = page.modules.iter().find(|m| m.pictures.is_empty() && m.part == 0);
            let advice = match bare.map(|module| &self.review.stories[module.item].headline) {
                Some(headline) => format!("A picture with “{}” would help most.", clip(headline)),
                None => "Give one of its stories another picture.".into(),
            };
            let what = if share > 0.0 {
                format!("the page is grey: pictures take only {percent} % of it")
            } else {
                "the page is grey: there is no picture on it".into()
            };
            (FindingKind::Grey, what, advice)
        } else if share > ART.1 {
            let what = format!("pictures take {percent} % of the page");
            (FindingKind::Crowded, what, "Leave a picture out, or add text.".into())
        } else {
            return;
        };
        let judged = (Level::Warning, kind, 18.0);
        self.say(judged, place, (share, Unit::Share), (what, advice));
    }

    /// The text of a story, where it is too short or too long for its place.
    pub(super) fn text(&mut self, item: usize, story: &StoryReview) {
        let text = &story.text;
        let words = self.material.composition.edition.stories[item].words;
        let in_line = words as f64 / f64::from(text.lines.max(1));
        let place = FindingPlace {
            page: story.pages.last().copied(),
            story: Some(story.story.clone()),
            picture: None,
        };
        if text.short > SHORT_ALLOWED {
            let more = (f64::from(text.short) * in_line).round();
            let add = format!("Write {} more (about {more} words)", counted(text.short, "line"));
            // Where less than a row over all columns is missing, a cut can even them out.
            let own = modules_of(self.material.composition, item);
            let columns = own.last().map_or(0, |(_, module)| u32::from(module.cells.columns));
            let uneven = story.pages.len() == 1 && text.short < columns;
            let small = |cut: &&Cut| uneven && cut.leaves <= 1 && cut.lines <= SMALL_CUT;
            let even = text.cut.as_ref().filter(small);
            let advice = match even {
                Some(cut) => format!("{add}, or cut {}.", cut_words(cut.lines, &cut.from)),
                None => format!("{add}."),
            };
            let level = if text.short > 4 { Level::Warning } else { Level::Advice };
            self.say(
                (level, FindingKind::Short, 8.0 + 1.5 * f64::from(text.short.min(60))),
                place,
                (f64::from(text.short), Unit::Lines),
                (format!("it is {} too short for its place", counted(text.short, "line")), advice),
            );
        } else if text.over > 0 && text.over < SHORT_JUMP {
            let advice = match &text.cut {
                Some(cut) => format!("Cut {}.", cut_words(cut.lines, &cut.from)),
                None => format!("Cut {}.", counted(text.over, "line")),
            };
            self.say(
                (Level::Warning, FindingKind::ShortJump, 24.0),
                FindingPlace { page: story.pages.first().copied(), ..place },
                (f64::from(text.over), Unit::Lines),
                (
                    format!("it continues on another page for only {}", counted(text.over, "line")),
                    advice,
                ),
            );
        }
    }

    /// The optional paragraphs of a story, where something had to give way for the story or on its
    /// pages.
    pub(super) fn optional(&mut self, story: &StoryReview) {
        let text = &story.text;
        let lines: u32 = text.optional.iter().map(|one| one.lines).sum();
        let on = |page: &&PageReview| story.pages.contains(&page.page);
        let mut pages = self.review.pages.iter().filter(on);
        let strained = pages.any(|page| page.white > 0 || !page.given_up.is_empty());
        if lines == 0 || (text.over == 0 && !strained) {
            return;
        }
        let part = |one: &Optional| format!("{} from “{} …”", counted(one.lines, "line"), one.from);
        let parts = text.optional.iter().map(part);
        let parts = parts.collect::<Vec<_>>().join("; ");
        let advice = match text.over {
            0 => "Cut those that the page does not need.".into(),
            over if lines >= over => "Without these lines the whole story fits on one page.".into(),
            over => {
                format!(
                    "Without these lines, {} would still continue on another page.",
                    counted(over - lines, "line")
                )
            }
        };
        self.say(
            (Level::Advice, FindingKind::Optional, 6.0 + 0.2 * f64::from(lines.min(40))),
            FindingPlace {
                page: story.pages.first().copied(),
                story: Some(story.story.clone()),
                picture: None,
            },
            (f64::from(lines), Unit::Lines),
            (format!("{} are optional: {parts}", counted(lines, "line")), advice),
        );
    }

    /// The headline of a story.
    pub(super) fn head(&mut self, story: &StoryReview) {
        let Some(head) = &story.head else { return };
        let place = || FindingPlace {
            page: story.pages.first().copied(),
            story: Some(story.story.clone()),
            picture: None,
        };
        let size = f64::from(head.size);
        if let (Some(cut), Some(add)) = (head.cut_for_line, head.add_for_line) {
            let last = if head.one_word { "a single word" } else { "short" };
            let level = if head.size >= 29.0 { Level::Warning } else { Level::Advice };
            self.say(
                (level, FindingKind::HeadLine, 0.4 * size),
                place(),
                (f64::from(if head.one_word { cut } else { cut.min(add) }), Unit::Characters),
                (
                    format!("the last line of its headline ({size} pt) is {last}"),
                    if head.one_word {
                        format!(
                            "Add a word to that line, or cut the headline by {}.",
                            characters(cut)
                        )
                    } else {
                        format!("Cut about {}, or add about {add}.", characters(cut))
                    },
                ),
            );
        }
        if let Some(cut) = head.cut_for_size {
            self.say(
                (
                    Level::Advice,
                    FindingKind::HeadSize,
                    4.0 + 0.3 * f64::from(head.wished - head.size),
                ),
                place(),
                (f64::from(cut), Unit::Characters),
                (
                    format!(
                        "its headline, with {}, is too long for the {} pt that it should have",
                        characters(head.characters),
                        head.wished
                    ),
                    if cut > 2 {
                        format!("Cut about {}; it has {size} pt now.", characters(cut))
                    } else {
                        format!("Use a shorter word; it has {size} pt now.")
                    },
                ),
            );
        } else if head.fill < FILLED {
            let in_line = f64::from(head.room) / f64::from(head.lines.max(1));
            let more = ((0.95 - head.fill) * in_line * f64::from(head.lines)).round();
            self.say(
                (Level::Advice, FindingKind::HeadWidth, 0.2 * size),
                place(),
                (more, Unit::Characters),
                (
                    format!(
                        "its headline ({size} pt) fills only {:.0} % of its width",
                        100.0 * head.fill
                    ),
                    format!("There is room for about {}.", more_characters(more)),
                ),
            );
        }
    }
}

/// So many characters more, in words; at least one.
fn more_characters(count: f64) -> String {
    let count = count.max(1.0) as u32;
    let s = if count == 1 { "" } else { "s" };
    format!("{count} more character{s}")
}

/// The verb for what is empty.
fn stands(holes: &[Cells]) -> &'static str {
    match holes {
        [one] if one.rows == 1 => "stands",
        _ => "stand",
    }
}

/// The largest of some rectangles, in words.
fn rectangle(holes: &[Cells], page: &PagePlan) -> String {
    let size = |cells: &&Cells| u32::from(cells.columns) * u32::from(cells.rows);
    let Some(most) = holes.iter().max_by_key(size) else { return String::new() };
    let at = if most.row + most.rows >= page.foot { " at the foot" } else { "" };
    let rows = counted(most.rows.into(), "row");
    let columns = counted(most.columns.into(), "column");
    let more = if holes.len() > 1 { " and more" } else { "" };
    format!("{rows} of {columns}{at}{more}")
}
