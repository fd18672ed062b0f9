//! A text that is read word by word.

/// A place in a text that is being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// Takes what `wanted` takes, as far as that goes; nothing is no text.
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

    /// Goes over signs.
    pub(super) fn skip(&mut self, signs: &str) {
        self.rest = self.rest.trim_start_matches(|c| signs.contains(c));
    }

    /// Goes over one of these words, capital letters or not, where it stands alone.
    pub(super) fn over(&mut self, words: &[&str]) -> bool {
        let mut ahead = *self;
        let found = ahead.word().is_some_and(|word| words.contains(&word.to_lowercase().as_str()));
        if found {
            *self = ahead;
        }
        found
    }
}
