//! Gives places to break to words that proved wider than their column.
//!
//! A headline, a quotation or a label is never hyphenated, and some languages have no patterns of
//! hyphenation, so a long word may be wider than the narrowest column in which it stands. It gets
//! places to break where its language hyphenates it; if that is unknown or not enough, after every few
//! letters.

use crate::content::model::{Run, Story};

use super::breaks::BREAK;

/// The soft hyphen, which prints only where a line ends at it.
const SOFT_HYPHEN: char = '\u{ad}';
/// A word without syllables may break after every piece of this many letters.
const PIECE_LETTERS: usize = 6;

/// A word that is wider than its place, and the run that it is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LongWord {
    /// The run's first byte.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// The word as it is printed.
    pub word: String,
}

/// Gives words of a story places to break. Returns whether the story changed. `lang` is the paper's
/// language, for stories that name none.
pub(crate) fn soften(story: &mut Story, words: &[LongWord], lang: &str) -> bool {
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

/// The patterns of hyphenation for a language's tag.
fn language(tag: &str) -> Option<hypher::Lang> {
    let code: [u8; 2] =
        tag.split(['-', '_']).next()?.to_ascii_lowercase().as_bytes().try_into().ok()?;
    hypher::Lang::from_iso(code)
}

fn soften_run(run: &mut Run, long: &[&str], lang: Option<hypher::Lang>) -> bool {
    let bare =
        |word: &str| word.chars().filter(|c| ![SOFT_HYPHEN, BREAK].contains(c)).collect::<String>();
    let long: Vec<String> = long.iter().map(|word| bare(word)).collect();
    // If the word broke before, `long` has only the piece of it on one line.
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

/// A word with places to break: between its syllables, or after every few letters if it has those
/// already or its language has no patterns.
fn with_breaks(word: &str, lang: Option<hypher::Lang>) -> String {
    let softened = word.contains(SOFT_HYPHEN);
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
                out.push(SOFT_HYPHEN);
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
        } else if since == PIECE_LETTERS {
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
        assert_eq!(soft.replace(SOFT_HYPHEN, "|"), "„Ha|fen|ver|wal|tung“,");
        let anywhere = with_breaks(&soft, german);
        assert_eq!(anywhere.replace([SOFT_HYPHEN, BREAK], ""), "„Hafenverwaltung“,");
        assert!(with_breaks("aaaaaaaaaaaaaaaaaaaa", None).contains(BREAK));
        assert_eq!(with_breaks("quay", german), "quay");
    }
}
