//! Text as HTML, XML and addresses take it.

use icu::segmenter::SentenceSegmenter;
use icu::segmenter::options::SentenceBreakInvariantOptions;

/// Escapes text for HTML and XML, in elements and in quoted attributes. Characters that neither
/// may hold are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    escape_into(text, &mut out);
    out
}

/// The same, at the end of `out`.
pub(super) fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
    }
}

/// Text without the characters that XML and HTML forbid.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|c| !is_forbidden(*c)).collect()
}

/// Controls and non-characters (XML 1.0, section 2.2; HTML, section 13.2.2).
fn is_forbidden(c: char) -> bool {
    let low = matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}');
    low || matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// JSON for a `script` element: nothing in it can end the element.
pub(super) fn json_for_script(value: &serde_json::Value) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// A part of a path as an address has it: letters beyond ASCII are percent-encoded (RFC 3986).
pub(super) fn encode(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The first `most` characters or fewer, whole words, with a sign that there is more.
pub(super) fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(char::is_whitespace).filter(|&end| end > most / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches(|c: char| c.is_whitespace() || c == ','))
}

/// Characters of an opening, and of the least of it that may end with a sentence.
const OPENING: usize = 160;
const OPENING_LEAST: usize = 50;
/// A word of so many letters or fewer before a full stop is an abbreviation rather.
const ABBREVIATION: usize = 3;

/// The opening of a text, for a teaser of three lines or four: all of a short one, else as far as a
/// sentence ends, else whole words.
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
    fn nothing_ends_what_it_stands_in() {
        assert_eq!(escape("<a href='x'>\u{1}&\"\u{ffff}"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
        let json = serde_json::json!({ "a": "</script><!--\u{2028}" });
        assert_eq!(json_for_script(&json), r#"{"a":"\u003c/script\u003e\u003c!--\u2028"}"#);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json_for_script(&json)).unwrap(),
            json
        );
    }

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(encode("2026-11-24/größe/"), "2026-11-24/gr%C3%B6%C3%9Fe/");
    }

    #[test]
    fn a_summary_ends_with_a_word() {
        assert_eq!(shorten("one two, three", 9), "one two…");
        assert_eq!(shorten("short", 9), "short");
    }
}
