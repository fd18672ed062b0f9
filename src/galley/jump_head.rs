//! Chooses the words that remainders are headed with. No two remainders of an edition have the same.

use std::collections::{BTreeMap, BTreeSet};

use super::head_lines::{is_question_word, is_small_word};
use crate::content::model::{Block, Story, plain};

/// What stands before a headline's colon becomes the jump head if it has no more letters than this.
const BEFORE_COLON_MOST: usize = 24;

/// The words that the remainder of each story is headed with: a few words of its headline, by which
/// the reader finds the story again. If several stories would have the same, words in which their
/// headlines differ are taken.
pub(super) fn jump_heads(stories: &[Story]) -> Vec<String> {
    let mut heads: Vec<String> = stories.iter().map(own).collect();
    let mut taken = BTreeSet::new();
    // Heads that occur once are kept.
    for alike in groups(&heads) {
        if let [one] = alike[..] {
            taken.insert(key(&heads[one]));
        }
    }
    for alike in groups(&heads).into_iter().filter(|alike| alike.len() > 1) {
        for &at in &alike {
            let others: Vec<&Story> =
                alike.iter().filter(|&&other| other != at).map(|&other| &stories[other]).collect();
            let fresh = told_apart(&stories[at], &others, &heads[at])
                .into_iter()
                .find(|text| !text.is_empty() && !taken.contains(&key(text)));
            heads[at] = fresh.unwrap_or_else(|| numbered(&heads[at], &taken));
            taken.insert(key(&heads[at]));
        }
    }
    heads
}

/// The indexes of the stories that have the same head, in the order of the first one.
fn groups(heads: &[String]) -> Vec<Vec<usize>> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, head) in heads.iter().enumerate() {
        found.entry(key(head)).or_default().push(at);
    }
    let mut groups: Vec<_> = found.into_values().collect();
    groups.sort();
    groups
}

/// The key of a head: heads that look alike have the same.
fn key(head: &str) -> String {
    head.split_whitespace().map(bare).collect::<Vec<_>>().join(" ").to_lowercase()
}

fn own(story: &Story) -> String {
    match &story.short_headline {
        Some(short) => short.text.clone(),
        None => jump_words(&plain(&story.headline)),
    }
}

/// Heads that tell a story apart from others with the same head, the best first.
fn told_apart(story: &Story, others: &[&Story], head: &str) -> Vec<String> {
    let headline = plain(&story.headline);
    let mut all = vec![];
    if let Some((_, after)) = headline.split_once(':') {
        all.push(jump_words(after));
    }
    all.extend(differing(
        &headline,
        &others.iter().map(|one| plain(&one.headline)).collect::<Vec<_>>(),
    ));
    // If the headlines are the same, the kicker, the author or the first words may differ.
    let kicker = story.kicker.as_ref().map(|run| run.text.as_str());
    let author = story.authors.first().map(|run| run.text.as_str());
    for more in [kicker, author].into_iter().flatten() {
        all.push(format!("{head}: {}", more.trim()));
    }
    if story.short_headline.is_some() {
        all.push(jump_words(&headline));
    }
    let opening = story.body.iter().find_map(|block| match block {
        Block::Paragraph(text) | Block::Subhead { text, .. } => Some(plain(text)),
        _ => None,
    });
    all.extend(opening.map(|text| jump_words(&text)));
    all.push(headline.trim().to_owned());
    all
}

/// The words of a headline that the others lack, with the word that they belong to: `Letter #12`.
fn differing(headline: &str, others: &[String]) -> Option<String> {
    let words: Vec<&str> = headline.split_whitespace().collect();
    let known: BTreeSet<String> = others
        .iter()
        .flat_map(|other| other.split_whitespace())
        .map(|word| bare(word).to_lowercase())
        .collect();
    let differs = |word: &str| !known.contains(&bare(word).to_lowercase());
    let says = |word: &&str| differs(word) && word.contains(char::is_alphanumeric);
    let carries = |word: &str| !is_small_word(word) && !is_question_word(word);
    let at = words
        .iter()
        .position(|word| says(word) && carries(word))
        .or_else(|| words.iter().position(&says))?;
    let mut end = at + 1;
    // A number or a word alone says little, so a neighbour that differs too is taken with it.
    while end < words.len() && end < at + 2 && differs(words[end]) {
        end += 1;
    }
    let mut start = at;
    while start > 0 && end - start < 2 {
        start -= 1;
    }
    while start > 0 && start + 3 > end && !carries(words[start]) {
        start -= 1;
    }
    Some(tidied(&words[start..end].join(" ")))
}

/// The head with a number, for stories that no words tell apart.
fn numbered(head: &str, taken: &BTreeSet<String>) -> String {
    let text = |number: usize| format!("{head} {number}");
    let number = (2..).find(|number| !taken.contains(&key(&text(*number))));
    text(number.unwrap_or(2))
}

/// A word without the punctuation around it. `#` belongs to the word.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '#')
}

/// The words before a colon, or the first two words that carry meaning and those between them.
pub(super) fn jump_words(headline: &str) -> String {
    if let Some((before, _)) = headline.split_once(':')
        && before.chars().count() <= BEFORE_COLON_MOST
    {
        return before.trim().to_string();
    }
    let words: Vec<&str> = headline.split_whitespace().collect();
    // A head doesn't end in an ampersand or a dash.
    let small = |word: &str| is_small_word(word) || !word.contains(char::is_alphanumeric);
    let carries = |word: &&str| !small(word) && !is_question_word(word);
    let start = words.iter().position(carries).unwrap_or(0);
    let mut end = (start + 2).min(words.len());
    while end < words.len() && end < start + 5 && small(words[end - 1]) {
        end += 1;
    }
    tidied(&words[start..end].join(" "))
}

/// The text with a capital letter at its start and without punctuation at its end.
fn tidied(text: &str) -> String {
    let text = text.trim_end_matches([',', '.', ';', ':', '-', '–', '—', '?', '!']);
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::model::{Inline, Run};
    use crate::diag::{FileNo, Span};

    #[test]
    fn a_jump_head_begins_with_what_the_story_is_about() {
        for (headline, words) in [
            ("Cracked pier shuts Long Bridge to lorries", "Cracked pier"),
            ("How a two-day sprint moved an agency", "Two-day sprint"),
            ("Thinking about the future of the post office", "Thinking about the future"),
            ("A look at the harbour", "Look at the harbour"),
            ("In case you missed it: an evening at the quay", "In case you missed it"),
            ("Why?", "Why"),
            ("Challenges & prizes for the harbour", "Challenges & prizes"),
            ("– Two for one at the fair", "Two for one"),
        ] {
            assert_eq!(jump_words(headline), words);
        }
    }

    fn run(text: &str) -> Run {
        Run { text: text.into(), span: Span { file: FileNo(0), start: 0, end: 1 } }
    }

    /// A story of a headline, after `|` a short one, after `/` the first words.
    fn story(written: &str) -> Story {
        let (written, opening) = written.split_once('/').unwrap_or((written, ""));
        let (headline, short) = written.split_once('|').unwrap_or((written, ""));
        let line = |text: &str| vec![Inline::Text(run(text))];
        let mut story = Story::bare("a".into(), FileNo(0), line(headline));
        story.short_headline = (!short.is_empty()).then(|| run(short));
        if !opening.is_empty() {
            story.body = vec![Block::Paragraph(line(opening))];
        }
        story
    }

    fn heads(written: &[&str]) -> Vec<String> {
        jump_heads(&written.iter().map(|one| story(one)).collect::<Vec<_>>())
    }

    #[test]
    fn words_that_differ_tell_remainders_apart() {
        for (headlines, words) in [
            (
                &["Quay Weekly Newsletter #285", "Quay Weekly Newsletter #286", "Fog"][..],
                &["Newsletter #285", "Newsletter #286", "Fog"][..],
            ),
            (
                &["April update: new cranes", "April update: old boats"],
                &["New cranes", "Old boats"],
            ),
            (&["Town budget passes", "Town budget fails"], &["Budget passes", "Budget fails"]),
            (
                &["April 2026 in the port", "April 2026 in the town"],
                &["In the port", "In the town"],
            ),
            (&["Fog closes port|Fog", "Fog opens talks|Fog"], &["Closes port", "Opens talks"]),
            (&["Letters/A tide too far", "Letters/On the bridge"], &["Tide too", "Bridge"]),
            (&["Letters", "letters!", "Letters"], &["Letters", "Letters 2", "Letters 3"]),
        ] {
            let found = heads(headlines);
            let keys: BTreeSet<String> = found.iter().map(|head| key(head)).collect();
            assert_eq!(keys.len(), headlines.len(), "{found:?}");
            assert_eq!(found, words);
        }
    }
}
