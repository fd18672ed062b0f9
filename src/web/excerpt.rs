//! The first words of texts.

use icu::segmenter::SentenceSegmenter;
use icu::segmenter::options::SentenceBreakInvariantOptions;

/// A text of at most `most` characters; a longer one ends with a whole word and `…`.
pub(super) fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(char::is_whitespace).filter(|&end| end > most / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches(|c: char| c.is_whitespace() || c == ','))
}

/// The most characters of an opening.
const OPENING: usize = 160;

/// The fewest characters of an opening that ends with a sentence.
const OPENING_LEAST: usize = 50;

/// A word of so many letters or fewer with a full stop is taken for an abbreviation.
const ABBREVIATION: usize = 3;

/// The opening of a text, for a teaser of three or four lines: a short text as it is; of a longer one as
/// many whole sentences as fit or, where none ends in time, whole words.
pub(super) fn opening(text: &str) -> String {
    if text.chars().count() <= OPENING {
        return text.to_owned();
    }
    let whole = |end: &usize| {
        let text = text[..*end].trim_end();
        let word = text.split_whitespace().next_back().unwrap_or_default();
        let short = word.ends_with('.') && word.chars().count() <= ABBREVIATION + 1;
        (OPENING_LEAST..=OPENING).contains(&text.chars().count()) && !short
    };
    let ends = SentenceSegmenter::new(SentenceBreakInvariantOptions::default()).segment_str(text);
    match ends.filter(whole).last() {
        Some(end) => text[..end].trim_end().to_owned(),
        None => shorten(text, OPENING - 20),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_ends_with_a_sentence_or_a_word() {
        let first = "The council voted for the wall after three winters of high water.";
        let rest = "Mr. Carr of the harbour office said that it would keep the boats safe, and that nobody had asked him.";
        assert_eq!(opening(first), first);
        assert_eq!(opening(&format!("{first} {rest}")), first);
        let long = "word ".repeat(60);
        assert!(opening(&long).ends_with("word…") && opening(&long).chars().count() < OPENING);
        // Not after “Mr.”, and not inside of what has no spaces.
        let titled = format!("{} and so said old Mr. {}", "word".repeat(20), rest.repeat(2));
        assert!(!opening(&titled).ends_with("Mr."));
        assert!(opening(&"水".repeat(400)).chars().count() < OPENING);
        assert_eq!(opening(&"水が来た。".repeat(60)).chars().last(), Some('。'));
    }

    #[test]
    fn a_summary_ends_with_a_word() {
        assert_eq!(shorten("one two, three", 9), "one two…");
        assert_eq!(shorten("short", 9), "short");
    }
}
