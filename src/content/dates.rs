//! Dates and moments as people and programs write them. Everything in the paper that is a date is
//! read here.

mod clock;
mod days;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

pub(crate) use days::{of_name, of_path};

/// What came of reading a date.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Read {
    /// A day, or a moment of it.
    When(When),
    /// A day; what is written behind it is no time of day, or in no time zone.
    OddTime(Date),
    /// Two days: nothing tells which number is the month. The first one has the day first.
    Either([Date; 2]),
    /// It looks like a date, but the calendar has no such day.
    Impossible,
    /// Not a date.
    Unreadable,
}

/// A day as it is written, whatever the time zone: it is the day that the writer meant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct When {
    /// The day.
    pub(crate) day: Date,
    /// The time of day, where one is written.
    pub(crate) time: Option<Time>,
    /// The time zone, where one is written.
    pub(crate) zone: Option<TimeZone>,
}

impl When {
    /// A day without a time.
    pub(crate) fn of(day: Date) -> Self {
        Self { day, time: None, zone: None }
    }

    /// The moment; that of a day alone is its first one. `zone` counts where none is written.
    pub(crate) fn moment(&self, zone: &TimeZone) -> Timestamp {
        let zone = self.zone.as_ref().unwrap_or(zone);
        let local = self.day.to_datetime(self.time.unwrap_or(Time::midnight()));
        let bound = if self.day.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
        zone.to_timestamp(local).unwrap_or(bound)
    }
}

/// A moment as messages name it.
pub(crate) fn told(moment: Timestamp, zone: &TimeZone) -> String {
    moment.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// Reads a date.
pub(crate) fn read(text: &str) -> Read {
    read_beside(text, None)
}

/// Reads a date; of two readings the one counts that is the day `beside`, which is written elsewhere.
pub(crate) fn read_beside(text: &str, beside: Option<Date>) -> Read {
    let text = plain(text);
    let Some((readings, rest)) = days::find(&text) else { return Read::Unreadable };
    let mut days: Vec<Date> = readings
        .into_iter()
        .filter_map(|(year, month, day)| Date::new(year, month, day).ok())
        .collect();
    days.dedup();
    if let Some(day) = beside.filter(|day| days.contains(day)) {
        days = vec![day];
    }
    match days[..] {
        [] => Read::Impossible,
        [day] => match clock::read(rest, day) {
            Some((time, zone)) => Read::When(When { day, time, zone }),
            None => Read::OddTime(day),
        },
        [one, other, ..] => Read::Either([one, other]),
    }
}

/// With plain blanks, signs and separators.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '年' | '月' => '-',
        '日' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '−' | '‐' | '‑' => '-',
        c => c,
    };
    let text: String = text.trim().chars().map(one).collect();
    text.trim().to_owned()
}

/// A place in a text that is being read.
#[derive(Debug, Clone, Copy)]
struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// Takes what `wanted` takes, as far as that goes; nothing is no text.
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<&'a str> {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!taken.is_empty()).then_some(taken)
    }

    fn digits(&mut self) -> Option<&'a str> {
        self.take(|c| c.is_ascii_digit())
    }

    fn word(&mut self) -> Option<&'a str> {
        self.take(char::is_alphabetic)
    }

    /// Goes over signs.
    fn skip(&mut self, signs: &str) {
        self.rest = self.rest.trim_start_matches(|c| signs.contains(c));
    }

    /// Goes over one of these words, capital letters or not, where it stands alone.
    fn over(&mut self, words: &[&str]) -> bool {
        let mut ahead = *self;
        let found = ahead.word().is_some_and(|word| words.contains(&word.to_lowercase().as_str()));
        if found {
            *self = ahead;
        }
        found
    }
}

#[cfg(test)]
mod tests;
