//! Briefs gathered into rails: a rail has one head, and each of its briefs is still a story of its own.

use crate::content::model::{Inline, Pins, Run, Story};
use crate::content::paper::Paper;
use crate::diag::Span;
use crate::words::Words;

/// The most briefs of a rail.
const MOST: usize = 9;
/// The most words of a rail: about a column of a tabloid from head to foot.
const MOST_WORDS: usize = 560;
/// A section with fewer briefs gives them to the shared rail.
const FEWEST: usize = 3;

/// A story, its briefs if it is a rail, and its priority.
pub(super) type Entry = (Story, Vec<Story>, u8);

/// The rail that a brief belongs in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Home {
    /// That of the page it is pinned to.
    Page(u16),
    /// That of its section.
    Section(Option<String>),
    /// The rail that small sections share.
    Shared,
}

/// Gathers the briefs among `ranked` stories, which come in the order of weight, into rails.
///
/// Steps: (1) each brief is put with those that are pinned to the same page, or else with those of its
/// section; (2) sections with fewer than three briefs share a rail; (3) where there are more briefs
/// than a rail holds, there are several rails of about the same length; (4) the rails come after all
/// stories: none is heavier than a story. A brief that would be alone in a rail stays a story.
pub(super) fn gather(paper: &Paper, ranked: Vec<(Story, u8)>) -> Vec<Entry> {
    let mut homes: Vec<(Home, Vec<usize>)> = vec![];
    for (at, (story, _)) in ranked.iter().enumerate() {
        if story.pins.brief == Some(true) {
            let home = story
                .pins
                .page
                .map_or_else(|| Home::Section(story.section.clone()), |pin| Home::Page(pin.value));
            add(&mut homes, home, at);
        }
    }
    share(paper, &mut homes);
    let mut rail_of: Vec<Option<usize>> = vec![None; ranked.len()];
    let mut heads = vec![];
    for (home, members) in &homes {
        for part in parts(members, |at| ranked[at].0.words) {
            part.iter().for_each(|at| rail_of[*at] = Some(heads.len()));
            heads.push(home);
        }
    }
    let mut rails: Vec<Vec<(Story, u8)>> = heads.iter().map(|_| vec![]).collect();
    let mut out = vec![];
    for ((story, priority), rail) in ranked.into_iter().zip(rail_of) {
        match rail {
            Some(rail) => rails[rail].push((story, priority)),
            None => out.push((story, vec![], priority)),
        }
    }
    for (number, (home, members)) in (1..).zip(heads.into_iter().zip(rails)) {
        out.extend(rail(paper, home, members, number));
    }
    out
}

/// Adds a brief to a home.
fn add(homes: &mut Vec<(Home, Vec<usize>)>, home: Home, at: usize) {
    match homes.iter_mut().find(|(known, _)| *known == home) {
        Some((_, members)) => members.push(at),
        None => homes.push((home, vec![at])),
    }
}

/// Puts the briefs of small sections together, and drops rails of a single brief.
fn share(paper: &Paper, homes: &mut Vec<(Home, Vec<usize>)>) {
    let few = |(home, members): &(Home, Vec<usize>)| match home {
        Home::Section(name) => {
            members.len() < if titled(paper, name).is_some() { 2 } else { FEWEST }
        }
        Home::Page(_) | Home::Shared => false,
    };
    let (small, rest) = std::mem::take(homes).into_iter().partition(few);
    *homes = rest;
    let mut shared: Vec<usize> = small.into_iter().flat_map(|(_, members)| members).collect();
    shared.sort_unstable();
    shared.into_iter().for_each(|at| add(homes, Home::Shared, at));
    // A single brief that is left over goes to the shortest rail of a section.
    if let Some(at) = homes.iter().position(|(home, all)| *home == Home::Shared && all.len() == 1) {
        let (_, alone) = homes.remove(at);
        let rails = homes.iter_mut().filter(|(home, _)| matches!(home, Home::Section(_)));
        if let Some((_, members)) = rails.min_by_key(|(_, members)| members.len()) {
            members.extend(alone);
            members.sort_unstable();
        }
    }
    homes.retain(|(_, members)| members.len() > 1);
}

/// The title of a section that `paper.yaml` marks as one of briefs; none for any other.
fn titled<'p>(paper: &'p Paper, name: &Option<String>) -> Option<&'p String> {
    let section = paper.sections.iter().find(|section| Some(&section.name) == name.as_ref())?;
    section.briefs.then_some(&section.title)
}

/// Parts briefs into as few rails as hold them.
fn parts(members: &[usize], words: impl Fn(usize) -> usize) -> Vec<&[usize]> {
    let all: usize = members.iter().map(|at| words(*at)).sum();
    let rails = members.len().div_ceil(MOST).max(all.div_ceil(MOST_WORDS)).max(1);
    // No rail may hold a single brief.
    let rails = rails.min((members.len() / 2).max(1));
    let cut = |rail: usize| members.len() * rail / rails;
    (0..rails).map(|rail| &members[cut(rail)..cut(rail + 1)]).collect()
}

/// A rail of some briefs as a story: it has a headline and nothing else that is printed.
fn rail(paper: &Paper, home: &Home, members: Vec<(Story, u8)>, number: usize) -> Option<Entry> {
    let (first, _) = members.first()?;
    // A shared rail belongs to the section that most of its briefs are from.
    let count = |name: &Option<String>| members.iter().filter(|(s, _)| s.section == *name).count();
    let (main, _) = members.iter().rev().max_by_key(|(story, _)| count(&story.section))?;
    let section = main.section.clone();
    let title = match home {
        Home::Section(name) => titled(paper, name).cloned(),
        Home::Page(_) | Home::Shared => None,
    };
    let title = title.unwrap_or_else(|| Words::for_language(&paper.lang).briefs.to_string());
    let span = Span { file: first.file, start: 0, end: 1 };
    let page = match home {
        Home::Page(_) => first.pins.page,
        Home::Section(_) | Home::Shared => None,
    };
    // No story has such a key: theirs are paths that begin without a slash.
    let key = format!("/briefs/{number}");
    let headline = vec![Inline::Text(Run { text: title, span })];
    let story = Story {
        date: first.date,
        section,
        pins: Pins { page, ..Pins::default() },
        words: members.iter().map(|(story, _)| story.words).sum(),
        ..Story::bare(key, first.file, headline)
    };
    let priority = members.iter().map(|(_, priority)| *priority).max()?;
    Some((story, members.into_iter().map(|(story, _)| story).collect(), priority))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::model::Block;
    use crate::diag::FileNo;
    use crate::lineup::Edition;
    use jiff::civil::Date;

    fn paper() -> Paper {
        let section = |name: &str, briefs| crate::content::paper::Section {
            name: name.into(),
            title: format!("The {name}"),
            briefs,
            front: false,
        };
        let mut paper = crate::content::defaults("The Echo");
        paper.sections = vec![section("town", false), section("board", true)];
        paper
    }

    /// A story in a file of its own; a brief where `brief` is true.
    fn story(number: usize, section: &str, words: usize, brief: bool) -> Story {
        let file = FileNo(number as u32);
        let span = Span { file, start: 0, end: 1 };
        let run = Run { text: format!("Story {number}"), span };
        let key = format!("content/{section}/{number}");
        Story {
            date: Some(Date::constant(2026, 11, 24)),
            section: Some(section.into()),
            pins: Pins { brief: brief.then_some(true), ..Pins::default() },
            body: vec![Block::Paragraph(vec![Inline::Text(run.clone())])],
            words,
            ..Story::bare(key, file, vec![Inline::Text(run)])
        }
    }

    /// The rails of briefs in these sections: title, section and how many each.
    fn rails(briefs: &[(&str, usize)]) -> Vec<(String, String, usize)> {
        let briefs = briefs.iter().enumerate();
        let ranked = briefs.map(|(at, (name, words))| (story(at, name, *words, true), 7));
        let entries = gather(&paper(), ranked.collect());
        let rails = entries.into_iter().filter(|(_, briefs, _)| !briefs.is_empty());
        rails
            .map(|(story, briefs, _)| {
                let title = crate::content::model::plain(&story.headline);
                (title, story.section.unwrap_or_default(), briefs.len())
            })
            .collect()
    }

    fn is(rails: &[(String, String, usize)], expected: &[(&str, &str, usize)]) {
        let rails: Vec<_> = rails.iter().map(|(t, s, n)| (t.as_str(), s.as_str(), *n)).collect();
        assert_eq!(rails, expected);
    }

    #[test]
    fn a_section_has_a_rail_and_small_ones_share_one() {
        let many: Vec<_> = [("town", 4), ("sport", 2), ("farm", 1), ("board", 2)]
            .iter()
            .flat_map(|(name, count)| vec![(*name, 50); *count])
            .collect();
        let expected =
            [("In brief", "town", 4), ("The board", "board", 2), ("In brief", "sport", 3)];
        is(&rails(&many), &expected);
        // One that is left over joins another rail; one alone is a story.
        is(
            &rails(&[("town", 50), ("town", 50), ("town", 50), ("farm", 50)]),
            &[("In brief", "town", 4)],
        );
        is(&rails(&[("town", 50)]), &[]);
    }

    #[test]
    fn a_rail_holds_so_many_briefs_and_words() {
        is(&rails(&[("town", 40); 11]), &[("In brief", "town", 5), ("In brief", "town", 6)]);
        is(&rails(&[("town", 110); 7]), &[("In brief", "town", 3), ("In brief", "town", 4)]);
        is(&rails(&[("town", 60); 9]), &[("In brief", "town", 9)]);
    }

    #[test]
    fn an_edition_counts_briefs_and_not_rails() {
        let ranks: Vec<_> =
            (0..5).map(|order| crate::content::Rank { priority: 5, order }).collect();
        let stories = (0..5).map(|at| story(at, "town", 50, at > 1)).collect();
        let mut edition = Edition::new(paper(), None, stories, &ranks);
        assert_eq!((edition.stories.len(), edition.written().count()), (3, 5));
        assert!(edition.is_rail(2));
        assert_eq!(edition.slots_of(2), 3..6);
        let keys = |edition: &Edition| -> Vec<String> {
            edition.slots().map(|story| story.key.clone()).collect()
        };
        assert_eq!(keys(&edition)[2..4], ["/briefs/1", "content/town/2"]);
        // Without one of its briefs the rail goes on, without any it goes.
        edition.retain(|story| story.key != "content/town/3");
        assert_eq!(edition.briefs[2].len(), 2);
        edition.retain(|story| story.pins.brief.is_none());
        assert_eq!(keys(&edition), ["content/town/0", "content/town/1"]);
        assert_eq!((edition.priorities.len(), edition.section_of.len()), (2, 2));
    }
}
