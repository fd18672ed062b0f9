//! Decides when two spellings of a key are the same key.

/// A key for lookup: in small letters, with underscores for hyphens.
pub(crate) fn normal(key: &str) -> String {
    key.trim().to_lowercase().replace('-', "_")
}

/// Whether two keys are the same, without regard to case, hyphens, underscores and blanks.
pub(crate) fn same(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

/// A key's letters for comparison: `hero_image` and `heroImage` have the same ones.
pub(crate) fn letters(key: &str) -> impl Iterator<Item = char> + '_ {
    key.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '\t')).flat_map(char::to_lowercase)
}

/// Whether a key is one of these names.
pub(crate) fn is_one(key: &str, names: &[&str]) -> bool {
    names.iter().any(|name| same(name, key))
}

/// Whether a key is reserved for the user's own programs: `x-…`.
pub(crate) fn is_own(key: &str) -> bool {
    normal(key).starts_with("x_")
}
