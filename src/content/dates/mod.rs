//! Dates and moments as people and programs write them. Everything in the paper that is a date is
//! read here.

mod clock;
mod cursor;
mod days;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use cursor::Cursor;
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
    /// Whether it is written as a number of seconds.
    is_count: bool,
}

impl When {
    /// A day without a time.
    pub(crate) fn day_alone(day: Date) -> Self {
        Self { day, time: None, zone: None, is_count: false }
    }

    /// A moment that is counted since 1970.
    fn of_count(moment: Timestamp) -> Self {
        let utc = moment.to_zoned_datetime(TimeZone::UTC);
        let (day, time, zone) = (utc.date(), Some(utc.time()), Some(TimeZone::UTC));
        Self { day, time, zone, is_count: true }
    }

    /// The same with the day that it is in a time zone, where it is a count and names no day.
    pub(crate) fn seen_in(self, zone: &TimeZone) -> Self {
        if !self.is_count {
            return self;
        }
        let local = self.moment(zone).to_zoned_datetime(zone.clone());
        let (day, time, zone) = (local.date(), Some(local.time()), Some(zone.clone()));
        Self { day, time, zone, ..self }
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
    if let Some(moment) = count(&text) {
        return Read::When(When::of_count(moment));
    }
    let text = time_last(&text);
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
            Some((time, zone)) => Read::When(When { day, time, zone, is_count: false }),
            None => Read::OddTime(day),
        },
        [one, other, ..] => Read::Either([one, other]),
    }
}

/// Whether a text is no date but the words by which another program works one out: when the file
/// was changed, when the page is made, or a piece of its code.
pub(crate) fn is_worked_out(text: &str) -> bool {
    let word = text.trim().to_lowercase().replace(['-', '_'], " ");
    let code = ["{{", "{%", "<%", "`r ", "`=", "${", "sys.date", "sys.time", "date("];
    WORKED_OUT.contains(&word.trim_start_matches(':'))
        || code.iter().any(|sign| word.contains(sign))
}

/// Whether a text is the date that programs write where they have none.
pub(crate) fn is_zero(text: &str) -> bool {
    let text = text.trim();
    let zeros = ["0001-01-01", "0000-00-00", "0000-01-01", "0/0/0000", "00/00/0000"];
    zeros.iter().any(|zero| text.starts_with(zero)) || text.chars().all(|c| c == '0')
}

/// The name of a folder or a file that is written like a day, though the calendar has none such.
pub(crate) fn no_day(name: &str) -> Option<&str> {
    let mut at = Cursor { rest: name };
    let lengths = [4, 2, 2].map(|length| {
        let digits = at.digits().filter(|digits| digits.len() == length)?;
        let number = digits.parse::<i16>().ok();
        at.rest = at.rest.strip_prefix('-').unwrap_or(at.rest);
        number
    });
    let [Some(year), Some(month), Some(day)] = lengths else { return None };
    let written = name.get(..10)?;
    let is_dashed = written.bytes().filter(|byte| *byte == b'-').count() == 2;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let fits = (1600..=2200).contains(&year) && is_dashed;
    let ends = !name[10..].starts_with(char::is_alphanumeric);
    (fits && ends && Date::new(year, month, day).is_err()).then_some(written)
}

/// Words for a day that other programs work out.
const WORKED_OUT: [&str; 14] = [
    "last modified",
    "git last modified",
    "git created",
    "created",
    "modified",
    "today",
    "now",
    "auto",
    "filename",
    "git",
    "git author date",
    "filemodtime",
    "file modtime",
    "build date",
];

/// A moment that is written as a number of seconds or milliseconds since 1970. What may be a year,
/// a month, a day and an hour without anything between them is none.
fn count(text: &str) -> Option<Timestamp> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(&text[whole.len()..].replacen('.', "", 1)) {
        return None;
    }
    match (whole.len(), &text[..whole.len().min(2)]) {
        (10, start) if start < "19" => Timestamp::from_second(whole.parse().ok()?).ok(),
        (13, _) => Timestamp::from_millisecond(whole.parse().ok()?).ok(),
        _ => None,
    }
}

/// A text that begins with the time of day, with that behind the day.
fn time_last(text: &str) -> String {
    let mut at = Cursor { rest: text };
    let is_time = at.digits().is_some_and(|hour| hour.len() <= 2) && at.rest.starts_with(':');
    if !is_time {
        return text.to_owned();
    }
    let Some((time, mut day)) = text.split_once(' ') else { return text.to_owned() };
    let mut time = time.to_owned();
    for half in ["am", "pm"] {
        let (first, rest) = day.split_once(' ').unwrap_or((day, ""));
        if first.replace(['.', ','], "").eq_ignore_ascii_case(half) {
            time.push_str(half);
            day = rest;
        }
    }
    format!("{} {}", day.trim_start_matches([',', ' ']), time.trim_end_matches(','))
}

/// With plain blanks, signs and separators.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '年' | '月' => '-',
        '日' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '−' | '‐' | '‑' => '-',
        c => c,
    };
    let text: String = noted(text.trim()).chars().map(one).collect();
    text.trim().to_owned()
}

/// The day of a link to a daily note, as `[[2026-11-24]]` or `[[daily/2026-11-24|Tuesday]]`; YAML
/// takes the brackets for lists.
fn noted(text: &str) -> &str {
    let inside = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    let target = inside.map_or(text, |inside| inside.split(['|', '#']).next().unwrap_or(inside));
    let last = target.rsplit('/').next().unwrap_or(target);
    let is_in_folder = target.starts_with(char::is_alphabetic) && of_name(last).is_some();
    if is_in_folder { last } else { target }
}

pub(crate) mod moment;
#[cfg(test)]
mod tests;
