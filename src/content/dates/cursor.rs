//! A cursor with which the date readers take a text apart from its start.

/// The rest of a text, which the methods shorten as they read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// Takes characters as long as `wanted` accepts them. Returns `None` if it accepts none.
    pub(super) fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<&'a str> {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!taken.is_empty()).then_some(taken)
    }

    pub(super) fn digits(&mut self) -> Option<&'a str> {
        self.take(|c| c.is_ascii_digit())
    }

    pub(super) fn word(&mut self) -> Option<&'a str> {
        self.take(char::is_alphabetic)
    }

    /// Skips any of the characters in `signs`.
    pub(super) fn skip(&mut self, signs: &str) {
        self.rest = self.rest.trim_start_matches(|c| signs.contains(c));
    }

    /// Skips one of these words, in any case, if the next word is one of them. Returns whether it
    /// was.
    pub(super) fn over(&mut self, words: &[&str]) -> bool {
        let mut ahead = *self;
        let found = ahead.word().is_some_and(|word| words.contains(&word.to_lowercase().as_str()));
        if found {
            *self = ahead;
        }
        found
    }
}
