//! Stretches of a text that are looked at, so that long lines don't take long.

/// No tag is longer, in bytes.
pub(super) const LONGEST_TAG: usize = 8_000;

/// No attribute list, no label of a box and no wikilink is longer, in bytes.
pub(super) const LONGEST_LIST: usize = 500;

/// The text from a byte on, but not much of it, so that long lines don't take long.
pub(super) fn ahead(text: &str, from: usize, length: usize) -> &str {
    let mut end = (from + length).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[from..end]
}

/// The text before a byte, but not much of it.
pub(super) fn behind(text: &str, to: usize, length: usize) -> &str {
    let mut from = to.saturating_sub(length);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..to]
}

pub(super) fn shorten(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let short = short.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > 40 { format!("{short}…") } else { short }
}
