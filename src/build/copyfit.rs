//! Too much or too little copy for the wanted pages: by how many lines, and which stories could be cut
//! or held.

use crate::content::model::plain;
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::galley::{Galley, Optional, optional};
use crate::lineup::Edition;
use crate::makeup;
use crate::makeup::model::Plan;

/// The most stories that are named.
const NAMED: usize = 12;
/// The fewest lines that a cut leaves of a story.
const KEPT: u32 = 14;

/// A story, and the lines that would be saved by cutting or holding it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut {
    item: usize,
    lines: u32,
    /// Whether the whole story is held.
    whole: bool,
}

/// Diagnostics of an edition that has more pages than are wanted or, where the editor wants exactly so
/// many, fewer. They are errors where exactly so many are wanted, else warnings.
///
/// Lines are those of one column; heads and pictures count as the lines that would stand there.
pub(super) fn copyfit(
    edition: &Edition,
    galleys: &[Galley],
    seen: &makeup::Edition,
    plan: &Plan,
) -> Vec<Diagnostic> {
    let Some(wanted) = edition.paper.pages.count else { return vec![] };
    let pages = plan.pages.len();
    let count = usize::from(wanted);
    let exact = edition.paper.pages.exact;
    let severity = if exact { Severity::Error } else { Severity::Warning };
    let say = |code: Code, span: Option<Span>, what: String| {
        let mut said = Diagnostic::warning(code, span, what);
        said.severity = severity;
        said
    };
    if pages < count && exact {
        let f = &seen.format;
        let room = (count - pages) as u32 * u32::from(f.columns) * u32::from(f.rows);
        let what =
            format!("the stories don't fill {wanted} pages: about {room} more lines are needed");
        return vec![
            say(Code::TooLittleCopy, None, what)
                .hint("add stories or fillers, or ask for fewer pages"),
        ];
    }
    if pages <= count {
        return vec![];
    }
    let over: u32 = plan.pages[count..].iter().map(|page| area(page, seen)).sum();
    let room = if wanted == 1 { "one page".into() } else { format!("{wanted} pages") };
    let what = format!("the stories don't fit on {room}: about {over} lines are too many");
    let hint = if exact {
        "cut or hold the stories named below, or allow more pages in paper.yaml or edition.yaml"
    } else {
        "the edition gets as many pages as it needs; to make it shorter, cut or hold the stories named below"
    };
    let mut out = vec![say(Code::TooMuchCopy, None, what).hint(hint)];
    // Paragraphs that their writer marked as optional come first.
    let mut left = over;
    let may_go = edition.stories.iter().zip(galleys);
    for one in may_go.flat_map(|(story, galley)| optional(story, galley)).take(NAMED) {
        left = left.saturating_sub(one.lines);
        let Optional { lines, from, place } = one;
        let what =
            format!("the optional text “{from} …” takes {lines} lines and could be left out");
        out.push(say(Code::TooMuchCopy, Some(place), what));
    }
    for Cut { item, lines, whole } in cuts(seen, plan, left).into_iter().take(NAMED) {
        let story = &edition.stories[item];
        let place = Span { file: story.file, start: 0, end: 0 };
        let headline = plain(&story.headline);
        let what = if whole {
            format!("holding “{headline}” would make room for {lines} lines")
        } else {
            format!("“{headline}” could be cut by {lines} lines")
        };
        out.push(say(Code::TooMuchCopy, Some(place), what));
    }
    out
}

/// The lines of one column that the stories of a page take, with the white between them.
fn area(page: &makeup::model::PagePlan, seen: &makeup::Edition) -> u32 {
    let modules = page.modules.iter().map(|module| module.cells);
    modules.map(|c| u32::from(c.columns) * u32::from(c.rows + seen.format.gap)).sum()
}

/// Stories to hold or to cut, the lightest first, until they make up `over` lines.
fn cuts(seen: &makeup::Edition, plan: &Plan, over: u32) -> Vec<Cut> {
    let mut order: Vec<usize> = (0..seen.items.len()).collect();
    order.sort_by_key(|&item| std::cmp::Reverse(seen.items[item].order));
    let mut left = over;
    let mut out = vec![];
    for item in order {
        if left == 0 {
            break;
        }
        let modules = plan.pages.iter().flat_map(|page| &page.modules).filter(|m| m.item == item);
        let takes: u32 = modules
            .map(|m| u32::from(m.cells.columns) * u32::from(m.cells.rows + seen.format.gap))
            .sum();
        let slices = &seen.items[item].galley.slices;
        let text: u32 = slices.iter().map(|s| u32::from(s.gap) + u32::from(s.rows)).sum();
        // A story that is cut keeps its head and an opening worth reading.
        if text >= left + KEPT && takes > left {
            out.push(Cut { item, lines: left, whole: false });
            left = 0;
        } else {
            out.push(Cut { item, lines: takes, whole: true });
            left = left.saturating_sub(takes);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::makeup::{make_up, sample_edition};

    #[test]
    fn the_lightest_stories_are_to_go_first_and_add_up() {
        let seen = sample_edition(3, 30);
        let plan = make_up(&seen);
        let over = 400;
        let cuts = cuts(&seen, &plan, over);
        assert!(cuts.iter().map(|cut| cut.lines).sum::<u32>() >= over);
        let orders: Vec<u16> = cuts.iter().map(|cut| seen.items[cut.item].order).collect();
        assert!(orders.windows(2).all(|pair| pair[0] > pair[1]), "{orders:?}");
        let before_last: u32 = cuts[..cuts.len() - 1].iter().map(|cut| cut.lines).sum();
        assert!(before_last < over, "no more is named than is needed");
    }
}
