//! Hints for syntax errors in YAML, TOML and JSON: recognises the usual mistakes by the line and
//! the parser's message.

use std::ops::Range;

use super::scope::Scope;
use super::tree::SyntaxError;
use crate::diag::Code;

/// Typographic quotation marks, which none of the syntaxes accepts.
const CURLY: [char; 7] = ['“', '”', '„', '‘', '’', '«', '»'];

/// Reports a syntax error in a file of settings, which is YAML.
pub(crate) fn say_settings(scope: &mut Scope<'_>, name: &str, error: SyntaxError) {
    let inside = 0..scope.source.len();
    if say_unmerged(scope, &inside) {
        return;
    }
    let (line, previous) = lines_at(scope.source, 0, error.range.start);
    let hint = match yaml(line, previous) {
        FENCED => "write `key: value`: `=` is TOML, and this file is YAML",
        hint => hint,
    };
    let what = format!("{name} can't be read: {}", error.message);
    scope.error(Code::BadSettings, error.range, what).add_hint(hint);
}

/// A hint for lines that have no keys and values; `None` if no known mistake explains it.
pub(crate) fn of_no_keys(text: &str) -> Option<&'static str> {
    let hint = text
        .lines()
        .map(|line| yaml(line, ""))
        .find(|hint| [BLANKS, COLON, BLANK, FENCED, TABS].contains(hint))?;
    Some(hint)
}

/// Reports the conflict markers of an unfinished merge. Returns whether there were any.
pub(crate) fn say_unmerged(scope: &mut Scope<'_>, inside: &Range<usize>) -> bool {
    let text = &scope.source[inside.clone()];
    let Some(marker) = text.lines().find(|line| line.starts_with("<<<<<<<")) else { return false };
    let at = inside.start + text.find(marker).unwrap_or(0);
    say_conflict(scope, at..at + marker.len(), "file");
    true
}

/// The line at a byte offset, and the last line above it that is not blank. `from` is where the
/// text begins.
pub(crate) fn lines_at(source: &str, from: usize, at: usize) -> (&str, &str) {
    let start = source[..at].rfind('\n').map_or(0, |n| n + 1);
    let line = source[start..].lines().next().unwrap_or_default();
    let before = source[from.min(start)..start].trim_end();
    (line, before.lines().next_back().unwrap_or_default())
}

const BLANKS: &str =
    "use ordinary spaces: there is a no-break or wide one here, which YAML takes for a letter";

const COLON: &str = "write an ordinary colon and a space after it";

const TABS: &str = "indent with spaces instead of tabs";

const BLANK: &str = "write a space after the colon";

const FENCED: &str = "keys with `=` are TOML and go between two lines of `+++`";

pub(crate) fn yaml(line: &str, previous: &str) -> &'static str {
    let after = line.split_once(':').map(|(_, value)| value).unwrap_or_default();
    let value = after.trim();
    let odd = |line: &str| line.contains(['\u{a0}', '\u{3000}', '\u{200b}', '\u{202f}']);
    // A fullwidth colon within a value is not a mistake.
    let wide = |line: &str| {
        let key = line.split('：').next().filter(|key| key.len() < line.len());
        key.is_some_and(|key| !key.contains(':') && !key.trim().contains(' '))
    };
    if odd(line) || odd(previous) {
        BLANKS
    } else if wide(line) || wide(previous) {
        COLON
    } else if line.contains('\t') || previous.starts_with('\t') {
        TABS
    } else if value.starts_with(CURLY) {
        "use straight quotation marks: \" or '"
    } else if value.starts_with(['*', '&', '@', '`', '%', '!']) {
        "put the value between quotation marks: its first character has a special meaning in YAML"
    } else if value.starts_with("- ") {
        "begin the list on the line below the key"
    } else if value.contains(": ") {
        "put the value between quotation marks: it contains a colon"
    } else if value.contains(" #") {
        "put the value between quotation marks: it contains ` #`, which begins a comment"
    } else if !after.is_empty() && !after.starts_with([' ', '/']) && !line.contains(": ") {
        BLANK
    } else if line.contains(" = ")
        || previous.contains(" = ") && !previous.contains(':')
        || line.trim_start().starts_with('[') && !line.contains(':')
    {
        FENCED
    } else if !line.trim_start().starts_with(['-', '#']) && !line.contains(':') {
        "each line needs a key and a colon; a text of several lines goes between quotation marks or after `>`"
    } else if value.starts_with(['"', '\'']) || previous.matches('"').count() % 2 == 1 {
        "look for a quotation mark that is missing, doubled or inside the text (where it must be written as \\\")"
    } else {
        "check this line and the one above it for a missing quotation mark or colon, and for spaces before a key"
    }
}

pub(crate) fn toml(line: &str, message: &str) -> &'static str {
    let (key, value) = line.split_once('=').map_or((line, ""), |(key, value)| (key, value.trim()));
    let unquoted = |value: &str| value.starts_with(|c: char| c.is_alphabetic());
    if value.starts_with(CURLY) || value.starts_with('[') && value.contains(CURLY) {
        "use straight quotation marks: \" or '"
    } else if message.contains("duplicate") {
        "remove one of the two: the key is written twice"
    } else if value.is_empty() && key.contains(':') {
        "write `=` between the key and its value; keys with colons are YAML and go between two lines of `---`"
    } else if matches!(value, "True" | "False" | "yes" | "no" | "on" | "off" | "Yes" | "No") {
        "write `true` or `false`"
    } else if unquoted(value) {
        "put the text between straight quotation marks"
    } else if value.is_empty() && !key.trim_start().starts_with('[') {
        "each line needs a key, `=` and a value; a text of several lines goes between \"\"\" and \"\"\""
    } else if value.matches('"').count() % 2 == 1 || value.starts_with('\'') {
        "look for a quotation mark that is missing, doubled or inside the text (where it must be written as \\\")"
    } else if value.starts_with(|c: char| c.is_ascii_digit()) {
        "write a date as 2026-11-24 and a number without spaces; put anything else between quotation marks"
    } else {
        "check this line and the one above it for a missing quotation mark, bracket or `=`"
    }
}

pub(crate) fn json(line: &str, before: &str, message: &str) -> &'static str {
    let inner = line.trim_start();
    if inner.starts_with(CURLY)
        || line.split_once(':').is_some_and(|(_, v)| v.trim_start().starts_with(CURLY))
    {
        "use straight quotation marks: \""
    } else if inner.contains('\'') && !inner.contains('"') {
        "use double quotation marks: \""
    } else if message.contains("trailing comma")
        || before.ends_with(',') && inner.starts_with([']', '}'])
        || before.ends_with(',') && message.contains("expected value")
    {
        "remove the comma after the last value"
    } else if inner.starts_with("//") || inner.starts_with("/*") || inner.starts_with('#') {
        "remove the comment: JSON allows none"
    } else if message.contains("key must be a string") {
        "put the key between quotation marks"
    } else if message.contains("EOF") {
        "look for a quotation mark or a bracket that is never closed"
    } else if message.contains("control character") {
        "end the text on the line where it begins; write a line break in it as \\n"
    } else if message.contains("expected `,`") || before.ends_with(['"', ']', '}']) {
        "look for a comma that is missing at the end of the line above, or a quotation mark inside a text (where it must be written as \\\")"
    } else {
        "check this line and the one above it for a missing comma, quotation mark or bracket"
    }
}

/// Reports two versions of a file or text that were never merged.
pub(crate) fn say_conflict(scope: &mut Scope<'_>, place: Range<usize>, of: &str) {
    let what = format!("Git could not merge two versions of this {of}, and both are still in it");
    scope.error(Code::ConflictMarkers, place, what).add_hint(
        "keep one of the versions between <<<<<<< and >>>>>>>, and delete the marker lines",
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_have_hints_of_their_own_syntax() {
        for (line, hint) in [
            ("title: “A: b”", "straight quotation marks"),
            ("title: *A*", "first character"),
            ("title: A: b", "contains a colon"),
            ("authors: - Ann", "the line below"),
            ("\ttitle: A", "spaces instead of tabs"),
            ("title:A", "space after the colon"),
            ("title = \"A\"", "are TOML"),
            ("title:\u{a0}A", "ordinary spaces"),
            ("title：A", "ordinary colon"),
            ("and on it goes", "needs a key and a colon"),
            ("title: \"A", "quotation mark that is missing"),
        ] {
            assert!(yaml(line, "").contains(hint), "{line}: {}", yaml(line, ""));
        }
        for (line, hint) in [
            ("title = “A”", "straight quotation marks"),
            ("tags = [“a”]", "straight quotation marks"),
            ("title = ‘A’", "straight quotation marks"),
            ("title: A", "write `=`"),
            ("draft = True", "`true` or `false`"),
            ("title = A", "between straight quotation marks"),
            ("title = \"A", "missing, doubled"),
            ("date = 24.11.2026", "write a date as"),
            ("and on it goes", "needs a key, `=`"),
        ] {
            let said = toml(line, "");
            assert!(
                said.contains(hint) && !said.contains("needs a key and a colon"),
                "{line}: {said}"
            );
        }
        for (line, before, message, hint) in [
            ("“title”: 1", "{", "key must be a string", "straight quotation marks"),
            ("'title': 'A'", "{", "key must be a string", "double quotation marks"),
            ("}", "\"a\": 1,", "trailing comma", "comma after the last"),
            ("\"a\": [1,],", "\"a\": [1,", "expected value", "comma after the last"),
            ("// a remark", "{", "key must be a string", "JSON allows none"),
            ("title: 1", "{", "key must be a string", "key between quotation marks"),
            ("\"b\": 1", "\"a\": 1", "expected `,` or `}`", "comma that is missing"),
            ("", "", "EOF while parsing an object", "never closed"),
        ] {
            let said = json(line, before, message);
            assert!(said.contains(hint), "{line}: {said}");
        }
    }
}
