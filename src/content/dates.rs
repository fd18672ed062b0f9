//! Dates as people and programs write them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What came of reading a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// A day. The day as written counts, whatever the time zone: it is the day the writer meant.
    Day(Date),
    /// A day, with a time of day that does not exist.
    OddTime(Date),
    /// It looks like a date, but the calendar has no such day.
    Impossible,
    /// Not a date.
    Unreadable,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date.
pub(crate) fn read(text: &str) -> Read {
    let text = text.trim();
    numeric(text).or_else(|| in_words(text)).unwrap_or(Read::Unreadable)
}

/// `2020-07-10`, `2020/7/10`, `20200710`, each with or without a time.
fn numeric(text: &str) -> Option<Read> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    if digits == 8 && (rest.is_empty() || rest.starts_with(['T', ' '])) {
        return Some(day(text.get(..4)?, text.get(4..6)?, text.get(6..8)?, rest));
    }
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.splitn(3, separator);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let end = last.bytes().take_while(u8::is_ascii_digit).count();
    let (last, time) = last.split_at(end);
    if first.len() == 4 {
        return Some(day(first, month, last, time));
    }
    // Day first is unmistakable with full stops alone.
    (separator == '.' && last.len() == 4).then(|| day(last, month, first, time))
}

fn day(year: &str, month: &str, day: &str, time: &str) -> Read {
    let (Ok(year), Ok(month), Ok(day)) =
        (year.parse::<i16>(), month.parse::<i8>(), day.parse::<i8>())
    else {
        return Read::Unreadable;
    };
    match Date::new(year, month, day) {
        Ok(date) if time_is_odd(time) => Read::OddTime(date),
        Ok(date) => Read::Day(date),
        Err(_) => Read::Impossible,
    }
}

/// Whether what follows a day is no time of day.
fn time_is_odd(text: &str) -> bool {
    let text = text.trim_start_matches(['T', 't', ' ']);
    if text.is_empty() {
        return false;
    }
    let mut parts = text.splitn(3, ':');
    let number = |part: Option<&str>| {
        let part = part?;
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        part[..digits].parse::<u8>().ok().map(|n| (n, part[digits..].to_owned()))
    };
    let Some((hour, after_hour)) = number(parts.next()) else {
        return !text.starts_with(['Z', '+', '-']);
    };
    let Some((minute, after_minute)) = number(parts.next()) else {
        return !after_hour.is_empty() || hour > 23;
    };
    let second = parts.next();
    let odd_rest = second.is_some()
        && !after_minute.is_empty()
        && !after_minute.starts_with(['+', '-', 'Z', ' '])
        || after_minute.starts_with('-') && second.is_some_and(|s| s.contains(':'));
    hour > 23 || minute > 59 || !after_hour.is_empty() || odd_rest
}

/// `June 2, 2014`, `2 June 2014`, `Mon, 02 Jun 2014 10:00:00 GMT`.
fn in_words(text: &str) -> Option<Read> {
    let words: Vec<&str> = text.split([' ', ',', '.']).filter(|word| !word.is_empty()).collect();
    let (at, month) = words.iter().enumerate().find_map(|(at, word)| {
        let short: String = word.chars().take(3).collect::<String>().to_lowercase();
        let month = MONTHS.iter().position(|name| *name == short)?;
        word.chars().all(char::is_alphabetic).then_some((at, month + 1))
    })?;
    let number = |word: Option<&&str>| {
        let word = word?.trim_end_matches(|c: char| c.is_alphabetic());
        word.parse::<i16>().ok()
    };
    let before = at.checked_sub(1).and_then(|at| number(words.get(at)));
    let after = number(words.get(at + 1));
    let later = number(words.get(at + 2));
    let (day, year) = match (before, after, later) {
        (Some(day), Some(year), _) if year > 31 => (day, year),
        (_, Some(day), Some(year)) => (day, year),
        _ => return None,
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some(date.map_or(Read::Impossible, Read::Day))
}

/// The day that a path tells: a folder or file name that begins with it, or folders for year,
/// month and day. Folders for year and month alone tell the first of the month.
pub(crate) fn of_path(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split('/').collect();
    let named = parts.iter().rev().find_map(|part| {
        let written = part.get(..10)?;
        let end = part[10..].chars().next();
        let shaped = written.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }
        });
        (shaped && end.is_none_or(|c| !c.is_ascii_digit()))
            .then(|| written.parse::<Date>().ok())
            .flatten()
    });
    named.or_else(|| {
        parts.windows(2).enumerate().find_map(|(at, pair)| {
            let number = |part: &str, length: usize| {
                (part.len() == length).then(|| part.parse::<i16>().ok()).flatten()
            };
            let year = number(pair[0], 4).filter(|year| (1600..=2200).contains(year))?;
            let month = i8::try_from(number(pair[1], 2)?).ok()?;
            let day = parts
                .get(at + 2)
                .and_then(|part| number(part, 2))
                .and_then(|day| i8::try_from(day).ok());
            Date::new(year, month, day.unwrap_or(1)).ok()
        })
    })
}

/// The moment that a text tells: a day alone is its first moment in the paper's time zone.
pub(crate) fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    for format in
        ["%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S%:z", "%Y-%m-%d %H:%M %z", "%Y-%m-%dT%H:%M%:z"]
    {
        if let Ok(moment) = Timestamp::strptime(format, text) {
            return Some(moment);
        }
    }
    for format in ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"] {
        if let Ok(local) = jiff::civil::DateTime::strptime(format, text) {
            return zone.to_timestamp(local).ok();
        }
    }
    match read(text) {
        Read::Day(day) => zone.to_timestamp(day.at(0, 0, 0, 0)).ok(),
        Read::OddTime(_) | Read::Impossible | Read::Unreadable => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_forms() {
        let day = |y, m, d| Read::Day(Date::constant(y, m, d));
        for text in [
            "2020-07-10",
            "2020-07-10 16:00:00 -0500",
            "2020-07-10T00:30:00+07:00",
            "2020/7/10",
            "July 10, 2020",
            "10 July 2020",
            "Fri, 10 Jul 2020 10:00:00 GMT",
            "20200710",
            "10.7.2020",
            "2020-07-10 8:32:24 -0400",
            "2020-07-10 23:06:17+00:00",
        ] {
            assert_eq!(read(text), day(2020, 7, 10), "{text}");
        }
        assert_eq!(read("2022-18-10T16:00:00"), Read::Impossible);
        assert_eq!(read("2023-02-30"), Read::Impossible);
        assert_eq!(read("2023-07-24T24:00:00"), Read::OddTime(Date::constant(2023, 7, 24)));
        assert_eq!(read("2021-02-08 16:30-:00+16:30"), Read::OddTime(Date::constant(2021, 2, 8)));
        assert_eq!(read("soon"), Read::Unreadable);
    }

    #[test]
    fn paths() {
        assert_eq!(of_path("content/2026-11-24/sport/a.md"), Some(Date::constant(2026, 11, 24)));
        assert_eq!(of_path("_posts/2020/2020-08-03-leap.md"), Some(Date::constant(2020, 8, 3)));
        assert_eq!(of_path("posts/2014/06/a.md"), Some(Date::constant(2014, 6, 1)));
        assert_eq!(of_path("posts/a.md"), None);
    }
}
