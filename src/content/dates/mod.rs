//! Reads dates and moments in all the forms that people and programs write. Every date in a paper
//! is read here, so a new form is added here.

mod clock;
mod cursor;
mod days;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use cursor::Cursor;
pub(crate) use days::{of_name, of_path};

/// The result of reading a date.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Read {
    /// A day, with or without a time.
    When(When),
    /// A day followed by something that is neither a time nor a time zone that can be read.
    OddTime(Date),
    /// Two possible days, because either number may be the month. In the first one, the day comes
    /// before the month.
    Either([Date; 2]),
    /// Written like a date, but the calendar has no such day.
    Impossible,
    /// Not a date.
    Unreadable,
}

/// A day as written. No time zone changes it: it is the day that the writer meant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct When {
    /// The day.
    pub(crate) day: Date,
    /// The time of day, where one is written.
    pub(crate) time: Option<Time>,
    /// The time zone, where one is written.
    pub(crate) zone: Option<TimeZone>,
    /// Whether the date is written as a number of seconds or milliseconds since 1970.
    is_count: bool,
}

impl When {
    /// A day without a time.
    pub(crate) fn day_alone(day: Date) -> Self {
        Self { day, time: None, zone: None, is_count: false }
    }

    /// A moment written as a count since 1970, in UTC.
    fn of_count(moment: Timestamp) -> Self {
        let utc = moment.to_zoned_datetime(TimeZone::UTC);
        let (day, time, zone) = (utc.date(), Some(utc.time()), Some(TimeZone::UTC));
        Self { day, time, zone, is_count: true }
    }

    /// Moves a date that is written as a count to the day and time that it is in `zone`. Other
    /// dates stay as they are.
    pub(crate) fn seen_in(self, zone: &TimeZone) -> Self {
        if !self.is_count {
            return self;
        }
        let local = self.moment(zone).to_zoned_datetime(zone.clone());
        let (day, time, zone) = (local.date(), Some(local.time()), Some(zone.clone()));
        Self { day, time, zone, ..self }
    }

    /// The moment in time; a day without a time means its first moment. `zone` applies if no zone
    /// is written.
    pub(crate) fn moment(&self, zone: &TimeZone) -> Timestamp {
        let zone = self.zone.as_ref().unwrap_or(zone);
        let local = self.day.to_datetime(self.time.unwrap_or(Time::midnight()));
        let bound = if self.day.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
        zone.to_timestamp(local).unwrap_or(bound)
    }
}

/// A moment in the form that messages use.
pub(crate) fn told(moment: Timestamp, zone: &TimeZone) -> String {
    moment.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// Reads a date.
pub(crate) fn read(text: &str) -> Read {
    read_beside(text, None)
}

/// Reads a date. If it has two readings and one of them is `beside`, a day written elsewhere, that
/// one counts.
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

/// Whether a text is not a date, but tells another program to compute one: from the time the file
/// was changed, the time the page is made, or code.
pub(crate) fn is_worked_out(text: &str) -> bool {
    let word = text.trim().to_lowercase().replace(['-', '_'], " ");
    let code = ["{{", "{%", "<%", "`r ", "`=", "${", "sys.date", "sys.time", "date("];
    WORKED_OUT.contains(&word.trim_start_matches(':'))
        || code.iter().any(|sign| word.contains(sign))
}

/// Whether a text is one of the zero dates that programs write when they have no date.
pub(crate) fn is_zero(text: &str) -> bool {
    let text = text.trim();
    let zeros = ["0001-01-01", "0000-00-00", "0000-01-01", "0/0/0000", "00/00/0000"];
    zeros.iter().any(|zero| text.starts_with(zero)) || text.chars().all(|c| c == '0')
}

/// The date at the start of a file or folder name, if the calendar has no such day.
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

/// Words with which other programs stand for a date that they compute.
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

/// A moment written as a number of seconds (10 digits) or milliseconds (13 digits) since 1970. A
/// number that may be year, month, day and hour in a row does not count.
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

/// Moves a time of day at the start of a text behind the day.
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

/// Replaces unusual blanks, hyphens and the separators of Japanese and Chinese dates by plain ones.
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

/// The day in a link to a daily note, such as `[[2026-11-24]]` or `[[daily/2026-11-24|Tuesday]]`.
/// YAML reads the brackets as lists.
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
