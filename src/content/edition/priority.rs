//! Ranks the stories of an edition by weight, before the make-up. The rule is at `priorities`.

use super::Edition;
use super::decisions::Call;
use crate::content::model::Story;
use crate::content::paper::Paper;

/// The number of words that a story needs to lead a page.
const LEAD_WORDS: usize = 300;

/// The weight of a story in its edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// The priority from 1 (leads) to 9.
    pub priority: u8,
    /// The place in the edition, from 0. No two stories share a place.
    pub order: u16,
}

/// Ranks the stories of an edition. The result is in the order of the edition's stories.
///
/// 1. A story's own `priority` counts before everything else.
/// 2. A story without one gets marks: 3 for a picture; up to 4 for its length (1 each for 150, 300,
///    500 and 800 words); 2 for the first section of `paper.yaml`, 1 for the second. Among the
///    stories without a priority, the eighth with the most marks gets priority 2, the next fifth 3,
///    the next quarter 4, then 5, and the last fifth 6. A story under 120 words gets 7.
/// 3. If no story has priority 1, one story without a priority of its own is raised to it: the one
///    with the most marks that has a picture and at least 300 words, or else the one with the most
///    marks. If all stories have a priority of their own, the highest of them is raised in the same
///    way.
/// 4. Stories of equal priority are ordered by their marks, then by the order of the files.
/// 5. Stories that the desk swapped exchange their ranks.
pub fn priorities(edition: &Edition, paper: &Paper) -> Vec<Rank> {
    let stories = &edition.stories;
    let marks: Vec<u32> = stories.iter().map(|story| marks_of(story, paper)).collect();
    let mut order: Vec<usize> = (0..stories.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(marks[*at]), *at));
    let mut priorities: Vec<u8> =
        stories.iter().map(|story| story.priority.unwrap_or(5).clamp(1, 9)).collect();
    let open: Vec<usize> =
        order.iter().copied().filter(|at| stories[*at].priority.is_none()).collect();
    for (place, at) in open.iter().enumerate() {
        let share = place * 40 / open.len().max(1);
        priorities[*at] = match share {
            _ if stories[*at].words < 120 => 7,
            0..5 => 2,
            5..13 => 3,
            13..23 => 4,
            23..32 => 5,
            _ => 6,
        };
    }
    if !priorities.contains(&1) {
        let pool: &[usize] = if open.is_empty() { &order } else { &open };
        let fit =
            |at: &&usize| stories[**at].words >= LEAD_WORDS && !stories[**at].pictures.is_empty();
        // If all stories have a priority, the highest one is raised, so that the editor's order is
        // kept.
        let best = |pool: Vec<&usize>| {
            pool.into_iter()
                .min_by_key(|at| if open.is_empty() { priorities[**at] } else { 0 })
                .copied()
        };
        let lead = best(pool.iter().filter(fit).collect()).or_else(|| best(pool.iter().collect()));
        if let Some(lead) = lead {
            priorities[lead] = 1;
        }
    }
    order.sort_by_key(|at| (priorities[*at], std::cmp::Reverse(marks[*at]), *at));
    let mut ranks = vec![Rank { priority: 9, order: 0 }; stories.len()];
    for (place, at) in order.into_iter().enumerate() {
        ranks[at] =
            Rank { priority: priorities[at], order: u16::try_from(place).unwrap_or(u16::MAX) };
    }
    let of = |call: &Call| stories.iter().position(|story| story.key == call.key);
    for swap in &edition.decisions.swapped {
        if let [Some(a), Some(b)] = swap.stories.each_ref().map(of) {
            ranks.swap(a, b);
        }
    }
    ranks
}

fn marks_of(story: &Story, paper: &Paper) -> u32 {
    let picture = if story.pictures.is_empty() { 0 } else { 3 };
    let length =
        [150, 300, 500, 800].iter().map(|words| u32::from(story.words >= *words)).sum::<u32>();
    let place = story
        .section
        .as_ref()
        .and_then(|name| paper.sections.iter().position(|section| section.name == *name));
    let section = match place {
        Some(0) => 2,
        Some(1) => 1,
        _ => 0,
    };
    picture + length + section
}
