//! Limits on how far readers look ahead and back, so that long lines don't take long.

/// The longest tag in bytes.
pub(super) const LONGEST_TAG: usize = 8_000;

/// The longest attribute list, box label or wiki link in bytes.
pub(super) const LONGEST_LIST: usize = 500;

/// The text from a byte offset on, at most `length` bytes of it.
pub(super) fn ahead(text: &str, from: usize, length: usize) -> &str {
    let mut end = (from + length).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[from..end]
}

/// The text before a byte offset, at most `length` bytes of it.
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
