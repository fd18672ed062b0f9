//! Places to break in words that were found to be wider than their column.
//!
//! A headline, a quotation or a label is never hyphenated, and some languages have no patterns: so
//! a long word may stick out of the narrowest column it has to stand in. It is given places to
//! break: where its language hyphenates it, or anywhere where that is not known or not enough.

use crate::content::model::{Run, Story};

use super::breaks::BREAK;

/// The soft hyphen: it prints nothing but where a line ends at it.
const SOFT: char = '\u{ad}';
/// Shorter pieces of a word than this stay whole.
const PIECE: usize = 6;

/// A word that sticks out, in a run that begins and ends there in its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LongWord {
    /// The run's first byte.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// The word as it is printed.
    pub word: String,
}

/// Gives words of a story places to break. Returns whether any could be given.
pub fn soften(story: &mut Story, words: &[LongWord], lang: &str) -> bool {
    let lang = language(story.lang.as_deref().unwrap_or(lang));
    let mut changed = false;
    story.runs_mut(&mut |run| {
        let own = |long: &&LongWord| (long.start, long.end) == (run.span.start, run.span.end);
        let own: Vec<&str> = words.iter().filter(own).map(|long| long.word.as_str()).collect();
        if !own.is_empty() {
            changed |= soften_run(run, &own, lang);
        }
    });
    changed
}

/// The patterns of a language tag's language.
fn language(tag: &str) -> Option<hypher::Lang> {
    let code: [u8; 2] =
        tag.split(['-', '_']).next()?.to_ascii_lowercase().as_bytes().try_into().ok()?;
    hypher::Lang::from_iso(code)
}

fn soften_run(run: &mut Run, long: &[&str], lang: Option<hypher::Lang>) -> bool {
    let bare = |word: &str| word.chars().filter(|c| ![SOFT, BREAK].contains(c)).collect::<String>();
    let long: Vec<String> = long.iter().map(|word| bare(word)).collect();
    // A line holds a piece of the word where it broke inside of it before.
    let is_long = |word: &str| {
        let word = bare(word).to_lowercase();
        long.iter().any(|long| !long.is_empty() && word.contains(&long.to_lowercase()))
    };
    let mut out = String::with_capacity(run.text.len() + 8);
    for piece in run.text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if is_long(word) {
            out.push_str(&with_breaks(word, lang));
            out.push_str(&piece[word.len()..]);
        } else {
            out.push_str(piece);
        }
    }
    let changed = out != run.text;
    run.text = out;
    changed
}

/// A word with places to break: between its syllables, or, where it has such already or its
/// language knows none, after every few letters.
fn with_breaks(word: &str, lang: Option<hypher::Lang>) -> String {
    let softened = word.contains(SOFT);
    let soft = lang.filter(|_| !softened).map(|lang| by_syllable(word, lang));
    soft.filter(|soft| soft != word).unwrap_or_else(|| anywhere(word))
}

fn by_syllable(word: &str, lang: hypher::Lang) -> String {
    let mut out = String::with_capacity(word.len() + 8);
    let mut rest = word;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(letters);
        for (at, syllable) in hypher::hyphenate(part, lang).enumerate() {
            if at > 0 {
                out.push(SOFT);
            }
            out.push_str(syllable);
        }
        let sign = behind.chars().next();
        out.extend(sign);
        rest = &behind[sign.map_or(0, char::len_utf8)..];
    }
    out
}

fn anywhere(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 8);
    let mut since = 0;
    let ends: Vec<usize> =
        icu::segmenter::GraphemeClusterSegmenter::new().segment_str(word).collect();
    for bounds in ends.windows(2) {
        let letter = &word[bounds[0]..bounds[1]];
        if letter == "\u{ad}" || letter == "\u{200b}" {
            since = 0;
        } else if since == PIECE {
            out.push(BREAK);
            since = 0;
        }
        since += 1;
        out.push_str(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_breaks_where_its_language_hyphenates_it_and_then_anywhere() {
        let german = language("de-AT");
        let soft = with_breaks("„Hafenverwaltung“,", german);
        assert_eq!(soft.replace(SOFT, "|"), "„Ha|fen|ver|wal|tung“,");
        let anywhere = with_breaks(&soft, german);
        assert_eq!(anywhere.replace([SOFT, BREAK], ""), "„Hafenverwaltung“,");
        assert!(with_breaks("aaaaaaaaaaaaaaaaaaaa", None).contains(BREAK));
        assert_eq!(with_breaks("quay", german), "quay");
    }
}
