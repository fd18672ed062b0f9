//! Reads the time of day and the time zone that follow a day. To know one more zone by its
//! abbreviation, add it to `ZONES`.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use super::cursor::Cursor;
use super::days::is_weekday;

/// Abbreviations of time zones, with their offsets from UTC in minutes. Abbreviations that several
/// zones share, such as IST, are left out.
const ZONES: &[(&str, i32)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("met", 60),
    ("mest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("sast", 120),
    ("wat", 60),
    ("cat", 120),
    ("eat", 180),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("brt", -180),
    ("art", -180),
    ("pkt", 300),
    ("npt", 345),
    ("ict", 420),
    ("wib", 420),
    ("hkt", 480),
    ("sgt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("acdt", 630),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
];

/// Words that may stand between a day and its time.
const BEFORE: [&str; 6] = ["t", "at", "um", "kl", "ore", "à"];
/// Words that may follow the time.
const BEHIND: [&str; 5] = ["uhr", "h", "hrs", "hours", "uur"];

/// The largest offset of any clock from UTC, in minutes.
const FARTHEST: i32 = 14 * 60;

/// Reads what follows a day: nothing, a time, a time zone, or both. Returns `None` for anything
/// else.
pub(super) fn read(rest: &str, day: Date) -> Option<(Option<Time>, Option<TimeZone>)> {
    let mut at = Cursor { rest };
    at.skip(" ,@_");
    for mark in ["- ", "– ", "| "] {
        at.rest = at.rest.strip_prefix(mark).unwrap_or(at.rest);
    }
    // Some writers put the day of the week after the date.
    for marked in [at.rest, at.rest.strip_prefix('(').unwrap_or_default()] {
        let mut ahead = Cursor { rest: marked };
        if ahead.word().is_some_and(is_weekday) {
            ahead.skip("). ,");
            at = ahead;
        }
    }
    at.over(&BEFORE);
    at.skip(" .");
    let timed = at.rest.starts_with(|c: char| c.is_ascii_digit());
    let time = if timed { Some(time(&mut at)?) } else { None };
    let local = day.to_datetime(time.unwrap_or(Time::midnight()));
    let mut zone: Option<TimeZone> = None;
    loop {
        at.skip(" ,");
        if matches!(at.rest, "" | ".") {
            return Some((time, zone));
        }
        // A zone's name in brackets after its offset is for people and may be in any language, so
        // it is not read.
        if zone.is_some() && at.rest.starts_with('(') {
            return at.rest.ends_with(')').then_some((time, zone));
        }
        let next = one_zone(&mut at)?;
        let offset =
            |zone: &TimeZone| zone.to_timestamp(local).map(|moment| zone.to_offset(moment)).ok();
        // Two zones with different offsets contradict each other: neither can be trusted.
        if zone.as_ref().is_some_and(|known| offset(known) != offset(&next)) {
            return None;
        }
        zone = zone.or(Some(next));
    }
}

/// Reads a time: `16:30`, `16:30:05.123`, `1630`, `10:00 PM`, `10 p.m.`, `16.30 Uhr`, `16h30`.
fn time(at: &mut Cursor<'_>) -> Option<Time> {
    let first = at.digits()?;
    let part = |text: &str| text.parse::<i8>().ok();
    let (mut hour, minute, mut second) = match first.len() {
        1 | 2 => (part(first)?, next_part(at, ":.hH")?, 0),
        4 => (part(&first[..2])?, part(&first[2..])?, 0),
        6 => (part(&first[..2])?, part(&first[2..4])?, part(&first[4..])?),
        _ => return None,
    };
    if first.len() != 6 {
        second = next_part(at, ":.")?;
    }
    if at.rest.starts_with(['.', ',']) && at.rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
        at.rest = &at.rest[1..];
        at.digits();
    }
    let mut ahead = *at;
    ahead.skip(" ");
    if let Some(evening) = half(&mut ahead) {
        *at = ahead;
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if evening { 12 } else { 0 };
    } else if ahead.over(&BEHIND) {
        *at = ahead;
    }
    // A leap second counts as the second before it.
    Time::new(hour, minute, if second == 60 { 59 } else { second }, 0).ok()
}

/// Reads two digits of minutes or seconds after one of `signs`. Returns 0 if there is no sign.
fn next_part(at: &mut Cursor<'_>, signs: &str) -> Option<i8> {
    let mut ahead = *at;
    let sign = ahead.rest.chars().next().filter(|c| signs.contains(*c));
    let Some(sign) = sign else { return Some(0) };
    ahead.rest = &ahead.rest[sign.len_utf8()..];
    match ahead.digits() {
        Some(digits) if digits.len() == 2 => {
            *at = ahead;
            digits.parse().ok()
        }
        // This is `16h`, or the full stop that ends a sentence.
        None if sign != ':' => Some(0),
        _ => None,
    }
}

/// Reads `am` or `pm`; returns true for `pm`.
fn half(at: &mut Cursor<'_>) -> Option<bool> {
    let mut ahead = *at;
    let letters: String = ahead.take(|c| c.is_alphabetic() || c == '.')?.to_lowercase();
    let evening = match letters.replace('.', "").as_str() {
        "am" => false,
        "pm" => true,
        _ => return None,
    };
    *at = ahead;
    Some(evening)
}

/// Reads a zone: `Z`, `+02:00`, `UTC+2`, `CET`, `Europe/Berlin`, `[Europe/Berlin]`.
fn one_zone(at: &mut Cursor<'_>) -> Option<TimeZone> {
    if at.rest.starts_with(['+', '-']) {
        return offset(at);
    }
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some((inner, rest)) = at.rest.strip_prefix(open).and_then(|r| r.split_once(close)) {
            at.rest = rest;
            let mut inner = Cursor { rest: inner.trim().trim_start_matches('!') };
            let zone = one_zone(&mut inner)?;
            return inner.rest.is_empty().then_some(zone);
        }
    }
    let mut ahead = *at;
    let name = ahead.take(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '-'))?;
    if name.contains('/') {
        *at = ahead;
        return TimeZone::get(name).ok();
    }
    let word = at.word()?.to_lowercase();
    let known = ZONES.iter().find(|(name, _)| *name == word);
    let minutes = known.map(|(_, minutes)| *minutes).or((word == "z").then_some(0))?;
    if matches!(word.as_str(), "utc" | "gmt" | "ut") && at.rest.starts_with(['+', '-']) {
        return offset(at);
    }
    fixed(minutes)
}

/// Reads an offset from UTC: `+02:00`, `+0200`, `+2`.
fn offset(at: &mut Cursor<'_>) -> Option<TimeZone> {
    let sign = if at.rest.starts_with('-') { -1 } else { 1 };
    at.rest = at.rest.get(1..)?;
    let digits = at.digits()?;
    let number = |text: &str| text.parse::<i32>().ok();
    let (hours, mut minutes) = match digits.len() {
        1 | 2 => (number(digits)?, 0),
        4 => (number(&digits[..2])?, number(&digits[2..])?),
        _ => return None,
    };
    if digits.len() <= 2
        && let Some(rest) = at.rest.strip_prefix(':')
    {
        at.rest = rest;
        minutes = number(at.digits().filter(|digits| digits.len() == 2)?)?;
    }
    let all = sign * (hours * 60 + minutes);
    (minutes < 60 && all.abs() <= FARTHEST).then(|| fixed(all))?
}

fn fixed(minutes: i32) -> Option<TimeZone> {
    Offset::from_seconds(minutes * 60).ok().map(TimeZone::fixed)
}
