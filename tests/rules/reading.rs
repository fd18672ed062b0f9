//! What is read: where a text breaks, where it goes on, and every word of it once.

use std::collections::{BTreeMap, BTreeSet};

use crate::copy::{Place, Unit};
use crate::frames::Mark;
use crate::hold::{Hold, Lines, Stand, clip, fault};
use crate::rule::{Fault, Rule};

impl<'a> Hold<'a> {
    /// What stands on both sides of each end of a leg.
    pub(crate) fn breaks(&self, stands: &[&Stand<'a>], faults: &mut Vec<Fault>) {
        let legs: Vec<(&Stand, Lines)> = stands
            .iter()
            .flat_map(|stand| {
                stand.legs.iter().map(move |(leg, _)| (*stand, self.lines(stand, *leg)))
            })
            .filter(|(_, lines)| !lines.is_empty())
            .collect();
        for pair in legs.windows(2) {
            let ((stand, before), (next, after)) = (&pair[0], &pair[1]);
            let units = &self.copies[stand.story].units;
            let of = |line: &Vec<&Mark>| -> BTreeSet<usize> {
                line.iter().filter_map(|mark| self.unit(stand.story, mark)).collect()
            };
            let (Some(foot), Some(top)) = (before.values().next_back(), after.values().next())
            else {
                continue;
            };
            let is_subhead = |unit: &usize| units[*unit] == Unit::Subhead;
            if of(foot).iter().any(is_subhead) {
                let what = format!("“{}” at a leg's foot", clip(&foot[0].text));
                faults.push(fault(Rule::Subhead, stand, what));
            }
            let Some(&cut) = of(foot).intersection(&of(top)).next() else { continue };
            let has = |line: &&Vec<&Mark>| of(line).contains(&cut);
            let left = before.values().rev().take_while(has).count();
            let right = after.values().take_while(has).count();
            if units[cut] == Unit::Code {
                continue;
            }
            // A head that ends one leg and begins the next would be parted from its rows.
            if matches!(units[cut], Unit::Row | Unit::Head) {
                faults.push(fault(Rule::Break, stand, "a table's row is cut".into()));
            } else if left < 2 {
                let what =
                    format!("one line of a paragraph at a leg's foot: “{}”", clip(&foot[0].text));
                faults.push(fault(Rule::Break, stand, what));
            } else if right < 2 {
                let what =
                    format!("one line of a paragraph at a leg's top: “{}”", clip(&top[0].text));
                // The leg that ends badly is at fault, but for one that has no room for two lines.
                let its = if after.len() < 2 { next } else { stand };
                faults.push(fault(Rule::Break, its, what));
            }
        }
    }

    fn unit(&self, story: usize, mark: &Mark) -> Option<usize> {
        let source = mark.source.filter(|source| source.story == story)?;
        match self.copies[story].find(source.span)?.1.place {
            Place::Text(unit) => Some(unit),
            _ => None,
        }
    }

    pub(crate) fn jumps(&self, stands: &[&Stand], faults: &mut Vec<Fault>) {
        for (index, stand) in stands.iter().enumerate() {
            let mut names = |role: &str, wanted: Option<u16>| {
                let text: String = stand.of(role).map(|mark| mark.text.as_str()).collect();
                let named = last_number(&text);
                if text.is_empty() != wanted.is_none() || named != wanted {
                    let real = wanted.map_or("none".into(), |page| page.to_string());
                    let what = format!("its {role} says “{}”, but the page is {real}", clip(&text));
                    faults.push(fault(Rule::PageName, stand, what));
                }
            };
            names("jump-line", stands.get(index + 1).map(|next| next.page.number));
            names("jump-head", index.checked_sub(1).map(|before| stands[before].page.number));
        }
        if stands.len() > 2 {
            let what = format!("it is jumped {} times", stands.len() - 1);
            faults.push(Fault { page: None, ..fault(Rule::SecondJump, stands[0], what) });
        }
    }

    /// Every run printed once; returns the number of its words.
    pub(crate) fn words(&self, story: usize, stands: &[&Stand], faults: &mut Vec<Fault>) -> usize {
        let copy = &self.copies[story];
        let mut printed: BTreeMap<(u32, u32), Vec<(u32, &str)>> = BTreeMap::new();
        let mut at = (0, 0);
        // The drawing of a text is its order, but that of letters which run from the right.
        for page in self.pages {
            for mark in &page.marks {
                let Some(source) = mark.source.filter(|source| source.story == story) else {
                    continue;
                };
                printed.entry(source.span).or_default().push((source.from, &mark.text));
                let Some((number, run)) = copy.find(source.span) else { continue };
                if let (Place::Text(unit), Some(_)) = (run.place, mark.leg) {
                    if copy.units[unit] == Unit::Head {
                        continue;
                    }
                    let now = (unit, number);
                    if now < at {
                        let what = format!("“{}” stands after what follows it", clip(&mark.text));
                        let page = Some(page.number);
                        faults.push(Fault { rule: Rule::Words, page, story: Some(story), what });
                    }
                    at = now;
                }
            }
        }
        let mut words = 0;
        let mut left_out = BTreeSet::new();
        for run in &copy.runs {
            let mut pieces = printed.remove(&run.span).unwrap_or_default();
            pieces.sort_by_key(|(from, _)| *from);
            if matches!(run.place, Place::Text(unit) if copy.units[unit] == Unit::Head) {
                once(&mut pieces);
            }
            let came: String = pieces.iter().map(|(_, text)| letters(text)).collect();
            let wanted = letters(&run.text);
            let whole = match run.place {
                Place::Deck => Some(Rule::Deck),
                Place::Quote(_) => Some(Rule::Quote),
                Place::Caption(_) => Some(Rule::Picture),
                _ => None,
            };
            let mut say = |rule, what| {
                let page = None;
                faults.push(Fault { rule, page, story: Some(story), what });
            };
            match whole.filter(|_| came.is_empty() && !wanted.is_empty()) {
                Some(rule) if left_out.insert(run.place) => {
                    say(rule, format!("“{}” is left out", clip(&run.text)));
                }
                Some(_) => {}
                None if came == wanted => words += run.text.split_whitespace().count(),
                None => say(Rule::Words, difference(&came, &wanted)),
            }
            // A part is left out whole or not at all.
            if left_out.contains(&run.place) && !came.is_empty() {
                say(Rule::Words, format!("“{}” is printed without the rest", clip(&run.text)));
            }
        }
        for pieces in printed.values() {
            let what = format!("“{}” is no text of the story", clip(pieces[0].1));
            faults.push(Fault { rule: Rule::Words, page: None, story: Some(story), what });
        }
        if stands.is_empty() {
            let what = "the story is on no page".into();
            faults.push(Fault { rule: Rule::Words, page: None, story: Some(story), what });
        }
        words
    }
}

/// Takes away what stands again of a table's head: all of it, as often, or nothing.
fn once(pieces: &mut Vec<(u32, &str)>) {
    // A hyphen at a line's end stands where the next line begins.
    pieces.retain(|(_, text)| !letters(text).is_empty());
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    pieces.iter().for_each(|(from, _)| *counts.entry(*from).or_default() += 1);
    let times: BTreeSet<usize> = counts.into_values().collect();
    if times.len() == 1 {
        pieces.dedup_by_key(|(from, _)| *from);
    }
}

/// What is printed of a text, whatever its case: white space, and places to break, may be missing.
fn letters(text: &str) -> String {
    let silent = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{ad}');
    text.chars().filter(|c| !silent(*c)).flat_map(char::to_uppercase).collect()
}

/// Where two texts part.
fn difference(came: &str, wanted: &str) -> String {
    let same = came.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
    let rest = |text: &str| clip(&text.chars().skip(same).collect::<String>());
    let verb = if came.chars().count() < wanted.chars().count() { "lost" } else { "doubled" };
    format!("something is {verb}: “{}” for “{}”", rest(came), rest(wanted))
}

fn last_number(text: &str) -> Option<u16> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let digits = text[..end].chars().rev().take_while(char::is_ascii_digit).count();
    text[end - digits..end].parse().ok()
}

#[test]
fn the_head_of_a_table_may_stand_again_whole() {
    let again = |mut pieces: Vec<(u32, &'static str)>| {
        once(&mut pieces);
        pieces.iter().map(|(_, text)| letters(text)).collect::<String>()
    };
    let broken = vec![(0, "De"), (0, "De"), (2, "\u{ad}"), (2, "scription"), (2, "scription")];
    assert_eq!(again(broken), "DESCRIPTION");
    assert_eq!(again(vec![(0, "Land"), (0, "Land"), (4, "ing")]), "LANDLANDING");
}
