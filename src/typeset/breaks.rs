//! Gives places to break to words that no column could hold: addresses, names in code, long strings.
//!
//! A place to break is a space of no width. It prints nothing, takes no hyphen, and the readers of
//! composed text ignore it.

use std::borrow::Cow;

use typst::foundations::Content;
use typst::text::TextElem;

use crate::content::model::{Inline, Run};

/// The space of no width, which marks a place to break.
pub(crate) const BREAK: char = '\u{200b}';

/// A word of more characters needs places to break, since a column might not hold it.
const LONG_WORD: usize = 20;
/// The same in a cell of a table, whose column may be this narrow.
pub(super) const CELL_LONG_WORD: usize = 12;
/// An address may break anywhere after this many characters without another place to break.
const LONG_STRETCH: usize = 16;
/// The same in a cell of a table.
const CELL_LONG_STRETCH: usize = 10;

/// The signs after which a long word may break.
const SIGNS: &str = "/._=&?@,:;)]}#+~|-–—";

/// Where a text stands, which decides how long its words may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextPlace {
    /// On lines as wide as a column.
    Line,
    /// In a cell of a table.
    Cell,
}

impl TextPlace {
    fn long(self) -> usize {
        match self {
            Self::Line => LONG_WORD,
            Self::Cell => CELL_LONG_WORD,
        }
    }

    fn reach(self) -> usize {
        match self {
            Self::Line => LONG_STRETCH,
            Self::Cell => CELL_LONG_STRETCH,
        }
    }
}

/// The text that a run prints: with places to break in words that might be too long for their place.
/// These are after the signs of an address, before the inner capitals of names, and in long strings
/// of letters and digits.
pub(crate) fn printed(text: &str, place: TextPlace) -> Cow<'_, str> {
    broken(text, place, false)
}

/// The text that a run of code prints. Every word of code is treated as an address: it is never
/// hyphenated.
pub(crate) fn printed_code(text: &str, place: TextPlace) -> Cow<'_, str> {
    broken(text, place, true)
}

/// Calls back for every run in order, with the text that it prints.
pub(crate) fn printed_runs<'a>(
    inlines: &'a [Inline],
    place: TextPlace,
    each: &mut impl FnMut(&'a Run, Cow<'a, str>),
) {
    for inline in inlines {
        match inline {
            Inline::Text(run) => each(run, printed(&run.text, place)),
            Inline::Code(run) => each(run, printed_code(&run.text, place)),
            other => printed_runs(other.inner().unwrap_or_default(), place, each),
        }
    }
}

fn broken(text: &str, place: TextPlace, code: bool) -> Cow<'_, str> {
    if !text.split_whitespace().any(|word| is_long(word, place)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !is_long(word, place) {
            out.push_str(piece);
            continue;
        }
        // A number stays whole.
        let number = place == TextPlace::Cell && !code && is_number(word);
        if number {
            out.push_str(piece);
            continue;
        }
        let address = code || is_address(word);
        let mut since = 0;
        let mut letters = piece.chars().peekable();
        while let Some(c) = letters.next() {
            out.push(c);
            since += 1;
            let Some(&next) = letters.peek().filter(|next| !next.is_whitespace()) else { continue };
            // Escapes such as `%20` stay whole, and so does `://`.
            let sign = (SIGNS.contains(c) && next != '/') || (address && next == '%' && since > 2);
            let hump = address && c.is_lowercase() && next.is_uppercase();
            // A combining mark belongs to the letter before it.
            let mark = unicode_mark(next);
            let far = address && since >= place.reach() && !mark;
            let wordlike = !address && c == '-';
            if (sign && !wordlike) || hump || far {
                out.push(BREAK);
                since = 0;
            }
        }
    }
    Cow::Owned(out)
}

/// Whether a word may be too long for its place. In a row of dashes, each is as wide as two letters.
fn is_long(word: &str, place: TextPlace) -> bool {
    let dashes = word.matches('—').count();
    word.chars().count() + if dashes > 2 { dashes } else { 0 } > place.long()
}

/// Whether a character is drawn on the one before it.
fn unicode_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{200c}'..='\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Whether a long word is an address and no word of a language: it has signs or figures inside, or
/// more than one inner capital.
fn is_address(word: &str) -> bool {
    let inside = word.trim_matches(|c: char| !c.is_alphanumeric());
    let sign = |c: char| !c.is_alphabetic() && !"-–—/'’…()[]".contains(c) && !unicode_mark(c);
    let letters: Vec<char> = inside.chars().collect();
    let humps =
        letters.windows(2).filter(|two| two[0].is_lowercase() && two[1].is_uppercase()).count();
    inside.is_empty() || humps > 1 || inside.chars().any(|c| sign(c) && c != BREAK)
}

/// Whether a word is a number, not too long for a cell.
fn is_number(word: &str) -> bool {
    word.chars().count() <= LONG_WORD
        && word.chars().any(char::is_numeric)
        && !word.chars().any(char::is_alphabetic)
}

/// A printed text in stretches, each with whether it is an address.
pub(super) fn stretches(text: &str) -> Vec<(&str, bool)> {
    if !text.contains(BREAK) {
        return vec![(text, false)];
    }
    let mut out: Vec<(&str, bool)> = vec![];
    let (mut from, mut at) = (0, 0);
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if word.contains(BREAK) && is_address(word) {
            if from < at {
                out.push((&text[from..at], false));
            }
            out.push((&text[at..at + word.len()], true));
            from = at + word.len();
        }
        at += piece.len();
    }
    if from < text.len() {
        out.push((&text[from..], false));
    }
    out
}

/// Whether a word that goes on from one run to the next, as at an escaped `_`, may break between the
/// two: if it is too long for its place and no two letters meet there. `since` is the number of its
/// letters in the first run since the last place to break.
pub(super) fn breaks_between(
    (before, since): (&Run, usize),
    after: &Run,
    place: TextPlace,
) -> bool {
    let end = before.text.chars().next_back().filter(|c| !c.is_whitespace());
    let start = after.text.split(char::is_whitespace).next().unwrap_or_default();
    let lettered = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let inside = lettered(end) && lettered(start.chars().next());
    let long = since + letters(start) > place.long();
    end.is_some() && !start.is_empty() && long && !inside
}

/// The number of letters at the end of a text since the last place to break. `before` is the number
/// of those before the text.
pub(super) fn since_break(text: &str, before: usize) -> usize {
    match text.rsplit_once(char::is_whitespace) {
        Some((_, end)) => letters(end),
        None => before + letters(text),
    }
}

/// The width of a word in letters: a long dash is as wide as two.
fn letters(word: &str) -> usize {
    word.chars().count() + word.matches('—').count()
}

/// A place to break between two runs. It has a style of its own, since Typst would otherwise shape
/// and count it as one with the next letter.
pub(super) fn lone_break() -> Content {
    TextElem::packed(BREAK.to_string()).set(TextElem::span_offset, usize::from(u16::MAX))
}

/// Up to this many blanks before a line of code are printed. Of more, a quarter is printed, so that
/// deeper lines still look deeper, up to [`INDENT_MOST`].
const INDENT_WHOLE: usize = 24;
/// The most blanks before a line of code.
const INDENT_MOST: usize = 34;
/// The letters of a listing that the narrowest column holds.
const LISTING_LETTERS: usize = 38;

/// The text that a line of code prints: its spaces are kept, and there are places to break after signs
/// and in strings of letters and digits that no column could hold. Where a line is indented far,
/// strings break sooner: a row of blanks alone would have no height.
pub(crate) fn code_text(line: &str) -> String {
    let line = line.trim_end();
    let code = line.trim_start_matches([' ', '\t']);
    let blanks = line[..line.len() - code.len()].chars().map(|c| if c == '\t' { 2 } else { 1 });
    let blanks: usize = blanks.sum();
    let indent =
        if blanks <= INDENT_WHOLE { blanks } else { INDENT_WHOLE + (blanks - INDENT_WHOLE) / 4 };
    let indent = indent.min(INDENT_MOST);
    let long = LONG_WORD.min(LISTING_LETTERS - indent);
    let mut out = "\u{a0}".repeat(indent);
    let mut since = 0;
    for c in code.chars() {
        if since == long && c.is_alphanumeric() {
            out.push(BREAK);
            since = 0;
        }
        match c {
            '\t' => out.push_str("\u{a0}\u{a0}"),
            c => out.push(c),
        }
        let blank = c == ' ' || c == '\t';
        since = if c.is_alphanumeric() { since + 1 } else { 0 };
        if !blank && !c.is_alphanumeric() {
            out.push(BREAK);
        }
    }
    if out.is_empty() { "\u{a0}".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, place: TextPlace) -> String {
        printed(text, place).replace(BREAK, "|")
    }

    #[test]
    fn words_that_a_place_holds_are_left_alone() {
        for text in ["a short line", "package_structure", "Unabhängigkeitserklärungen"] {
            assert_eq!(shown(text, TextPlace::Line), text);
        }
        // Words of a language are hyphenated instead.
        assert_eq!(shown("internationalization", TextPlace::Cell), "internationalization");
        let quoted = "“telecommunications-infrastructure”";
        assert_eq!(shown(quoted, TextPlace::Line), quoted);
    }

    #[test]
    fn addresses_break_after_signs_and_before_what_stands_for_one() {
        assert_eq!(shown("package_structure", TextPlace::Cell), "package_|structure");
        assert_eq!(
            shown("https://a.example/of-the/town", TextPlace::Line),
            "https://|a.|example/|of-|the/|town"
        );
        assert_eq!(
            shown("e.example?subject=The%20Harbour%20and%20the%20Town", TextPlace::Line),
            "e.|example?|subject=|The|%20Harbour|%20and|%20the|%20Town"
        );
    }

    #[test]
    fn names_break_at_their_humps_and_strings_anywhere() {
        let code = |text, place| printed_code(text, place).replace(BREAK, "|");
        assert_eq!(code("readHarbourRegister", TextPlace::Cell), "read|Harbour|Register");
        assert_eq!(code("harbourregisterofships", TextPlace::Line), "harbourregistero|fships");
        assert_eq!(
            shown("openHarbourRegisterOfShips", TextPlace::Line),
            "open|Harbour|Register|Of|Ships"
        );
        assert_eq!(
            shown("%%%%%%%%%%%%%%%%%%%%%%%", TextPlace::Line),
            "%%%|%%%|%%%|%%%|%%%|%%%|%%%|%%"
        );
    }

    #[test]
    fn a_deep_indent_leaves_room_for_the_code() {
        let shown = |text: &str| code_text(text).replace('\u{a0}', "~").replace(BREAK, "|");
        assert_eq!(shown("        tide(4)"), "~~~~~~~~tide(|4)|");
        assert_eq!(shown("a  b\tc"), "a  b~~c");
        assert_eq!(shown("      "), "~");
        for (blanks, printed) in [(24, 24), (28, 25), (44, 29), (64, 34), (4000, 34)] {
            let line = shown(&format!("{}harbourregister", " ".repeat(blanks)));
            let indent = line.chars().take_while(|c| *c == '~').count();
            assert_eq!(indent, printed, "{blanks}");
            let first = line.split('|').next().unwrap_or_default();
            assert!(first.chars().count() <= LISTING_LETTERS, "{line}");
        }
        assert_eq!(shown(&"\t".repeat(12)), "~");
    }

    #[test]
    fn only_addresses_are_never_hyphenated() {
        let text = printed(
            "see https://harbour.example/a now, slowly/carefully/steadily",
            TextPlace::Line,
        );
        let all = stretches(&text);
        assert_eq!(all.iter().map(|(piece, _)| *piece).collect::<String>(), text);
        let addresses: Vec<&str> = all.iter().filter(|(_, a)| *a).map(|(p, _)| *p).collect();
        assert_eq!(addresses.len(), 1);
        assert!(addresses[0].starts_with("https"));
    }
}
