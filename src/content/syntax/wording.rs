//! Helpers for words: printable text, names from handles, similar names, word counts.

use std::borrow::Cow;

use super::emoji;

/// A text without characters that print nothing, such as control characters, zero-width spaces and
/// byte order marks. Joiners stay, because Persian, Indic scripts and emoji need them.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let bad = |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    let other = |c: char| matches!(c, '\t' | '\n' | '\u{c}' | '\r' | '\u{2028}' | '\u{2029}');
    if !text.contains(|c| bad(c) || other(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !bad(*c)).map(|c| if other(c) { ' ' } else { c }).collect())
}

/// A line of code, without its line end and with four spaces for a tab.
pub(crate) fn code_line(line: &str) -> String {
    printable(&line.trim_end_matches(['\n', '\r']).replace('\t', "    ")).into_owned()
}

/// Replaces emoji names such as `:sunny:`, unless a letter or digit touches the colons.
pub(crate) fn with_emoji(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(':') {
        return text;
    }
    let mut out = String::new();
    let mut rest = &*text;
    let mut changed = false;
    while let Some(start) = rest.find(':') {
        let after = &rest[start + 1..];
        let name = after.find(':').map(|end| &after[..end]);
        let before = rest[..start].chars().next_back().or_else(|| out.chars().next_back());
        let name = name.filter(|name| {
            let behind = after[name.len() + 1..].chars().next();
            ![before, behind].iter().flatten().any(|c| c.is_alphanumeric())
        });
        match name.and_then(|name| emoji::named(name).map(|emoji| (name, emoji))) {
            Some((name, emoji)) => {
                out.push_str(&rest[..start]);
                out.push_str(emoji);
                rest = &after[name.len() + 1..];
                changed = true;
            }
            None => {
                out.push_str(&rest[..=start]);
                rest = after;
            }
        }
    }
    if !changed {
        return text;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A name for print: handles such as `amy-mok` or `kate` become names.
pub(crate) fn name_of(written: &str) -> String {
    let written = written.trim();
    let written = written
        .strip_prefix("By ")
        .or_else(|| written.strip_prefix("by "))
        .unwrap_or(written)
        .trim();
    let slug = !written.is_empty()
        && written
            .chars()
            .all(|c| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
        && written.chars().any(char::is_alphabetic);
    if slug { titled(written) } else { written.to_owned() }
}

/// Turns `amy-mok` into `Amy Mok`.
fn titled(slug: &str) -> String {
    slug.split(['-', '_'])
        .filter(|word| !word.is_empty())
        .map(capital)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A word with a capital first letter.
pub(crate) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The known name that is most similar to a word, if it is similar enough to be meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    // Comparing lengths is cheap and excludes most names.
    let near = |name: &&str| letters.abs_diff(name.chars().count()) <= 1 + name.len() / 4;
    known
        .into_iter()
        .filter(near)
        .map(|name| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= 1 + name.len().min(word.len()) / 4)
        .min()
        .map(|(_, name)| name)
}

/// Only the letters and digits of a text, in small letters. Two texts that say the same have the
/// same result.
pub(crate) fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The number of words in a text. In scripts without blanks, two characters count as a word.
pub(crate) fn count(text: &str) -> usize {
    let mut words = 0;
    let mut close = 0;
    for word in text.split_whitespace() {
        let unspaced = word.chars().filter(|c| matches!(*c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')).count();
        close += unspaced;
        if unspaced == 0 && word.chars().any(char::is_alphanumeric) {
            words += 1;
        }
    }
    words + close.div_ceil(2)
}

/// The length, in words, of the longest run of words that two texts share.
pub(crate) fn shared_run(text: &str, other: &str) -> usize {
    let words = |text: &str| {
        text.split_whitespace().map(squash).filter(|word| !word.is_empty()).collect::<Vec<_>>()
    };
    let (text, other) = (words(text), words(other));
    let mut longest = 0;
    let mut row = vec![0; other.len() + 1];
    for word in &text {
        for at in (0..other.len()).rev() {
            row[at + 1] = if other[at] == *word { row[at] + 1 } else { 0 };
            longest = longest.max(row[at + 1]);
        }
    }
    longest
}

/// A story's key: its path without its extension. The story of a bundle's `index.md` also goes by
/// its folder.
pub(crate) fn key_of(path: &str) -> String {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(name_of("amy-mok"), "Amy Mok");
        assert_eq!(name_of("kate"), "Kate");
        assert_eq!(name_of("By Ana de la Cruz"), "Ana de la Cruz");
        assert_eq!(name_of("openSUSE Team"), "openSUSE Team");
    }

    #[test]
    fn likeness() {
        assert_eq!(nearest("headine", ["headline", "deck"]), Some("headline"));
        assert_eq!(nearest("zzz", ["headline", "deck"]), None);
        assert_eq!(shared_run("a b c d", "x b c d y"), 3);
        for (text, shown) in [
            ("12:30 :sunny:", "12:30 ☀"),
            (":tada::tada:!", "🎉🎉!"),
            ("(:+1:)", "(👍)"),
            ("1:100:3 and a:x:b", "1:100:3 and a:x:b"),
            ("at 12:30: :no such:", "at 12:30: :no such:"),
        ] {
            assert_eq!(with_emoji(text.into()), shown);
        }
    }
}
