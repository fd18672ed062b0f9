//! Finds the day in a written date, a file name or a path. The names of months and weekdays are
//! here; add those of another language to `MONTHS` and `WEEKDAYS`.

use jiff::civil::Date;

use super::cursor::Cursor;

/// Year, month and day as written; the calendar may have no such day.
type Ymd = (i16, i8, i8);

/// Characters that may separate the parts of a date.
const GAPS: &str = " ,.-/";

/// The names of the months and their abbreviations, in the languages that pages are printed in.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "januari", "jänner", "janvier", "janv", "enero", "ene",
        "gennaio", "gen", "janeiro",
    ],
    &[
        "february",
        "feb",
        "februar",
        "februari",
        "février",
        "fevrier",
        "févr",
        "febrero",
        "febbraio",
        "fevereiro",
        "fev",
    ],
    &["march", "mar", "märz", "mrz", "mars", "marzo", "março", "marco", "maart", "mrt", "marts"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho"],
    &["august", "aug", "août", "aout", "agosto", "ago", "augustus", "augusti"],
    &["september", "sep", "sept", "septembre", "septiembre", "settembre", "set", "setembro"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dec",
        "dezember",
        "dez",
        "décembre",
        "decembre",
        "déc",
        "diciembre",
        "dicembre",
        "dic",
        "dezembro",
    ],
];

/// The first three letters of the days of the week, in those languages.
const WEEKDAYS: &str = "mon tue wed thu fri sat sun die mit don fre sam son lun mar mer jeu ven dim \
    mié mie jue vie sáb sab dom gio seg ter qua qui sex maa din woe vri zat zon mån tis ons tor lör \
    sön man tir lør søn";

/// What may follow the number of a day: `2nd`, `1er`, `2º`.
const ORDINALS: [&str; 8] = ["st", "nd", "rd", "th", "er", "e", "º", "ª"];
/// Small words that may stand between day, month and year.
const SMALL: [&str; 7] = ["of", "de", "del", "di", "the", "den", "do"];

/// Reads the date at the start of a text. Returns its possible readings and the rest of the text.
/// There are two readings if either number may be the month.
pub(super) fn find(text: &str) -> Option<(Vec<Ymd>, &str)> {
    numeric(text).or_else(|| in_words(text))
}

/// Reads dates of numbers: `2020-07-10`, `2020/7/10`, `20200710`, `10.7.2020`, `10/7/2020`.
fn numeric(text: &str) -> Option<(Vec<Ymd>, &str)> {
    let mut at = Cursor { rest: text };
    let first = at.digits()?;
    if matches!(first.len(), 8 | 12 | 14) {
        let day = ymd(&first[..4], &first[4..6], &first[6..8])?;
        return Some((vec![day], &text[8..]));
    }
    let separator = at.rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    at.rest = at.rest.strip_prefix(separator)?.trim_start();
    let month = at.digits()?;
    at.rest = at.rest.strip_prefix(separator)?.trim_start();
    let last = at.digits()?;
    if first.len() == 4 {
        // Some languages write a full stop after each of the three numbers.
        let rest = at.rest.strip_prefix('.').unwrap_or(at.rest);
        return Some((vec![ymd(first, month, last)?], rest));
    }
    if last.len() != 4 {
        return None;
    }
    let day_first = ymd(last, month, first)?;
    // Only with full stops is it certain that the day comes first.
    let readings = match separator {
        '.' => vec![day_first],
        _ => vec![day_first, ymd(last, first, month)?],
    };
    Some((readings, at.rest))
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Ymd> {
    // A month or day that is not a number becomes 0, which the calendar does not have either.
    let small = |text: &str| text.parse::<i8>().unwrap_or(0);
    Some((year.parse().ok()?, small(month), small(day)))
}

/// Reads dates with the month's name: `June 2, 2014`, `2nd of June 2014`, `Mon, 02 Jun 2014`,
/// `Mon Jun 2 10:00:00 2014`.
fn in_words(text: &str) -> Option<(Vec<Ymd>, &str)> {
    let begun = Cursor { rest: text };
    let mut at = begun;
    let weekday = at.word().is_some_and(is_weekday);
    at.skip(GAPS);
    // Some abbreviations are those of both a weekday and a month, such as `mar`. Try the weekday
    // first: the rest of the text shows whether it was one.
    let named =
        weekday.then(|| numeric(at.rest).or_else(|| Some(single(day_or_month(at)?)))).flatten();
    named.or_else(|| Some(single(day_or_month(begun).or_else(|| year_first(begun))?)))
}

fn single((day, rest): (Ymd, &str)) -> (Vec<Ymd>, &str) {
    (vec![day], rest)
}

/// Whether the first three letters of a word are those of a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    let short: String = word.to_lowercase().chars().take(3).collect();
    WEEKDAYS.split(' ').any(|known| known == short)
}

fn month(at: &mut Cursor<'_>) -> Option<i8> {
    let word = at.word()?.to_lowercase();
    let found = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    i8::try_from(found + 1).ok()
}

/// Reads the number of a day, with or without an ordinal ending.
fn number_of_day(at: &mut Cursor<'_>) -> Option<i8> {
    let number = at.digits().filter(|digits| digits.len() <= 2)?;
    at.over(&ORDINALS);
    number.parse().ok()
}

fn year(at: &mut Cursor<'_>) -> Option<i16> {
    let number = at.digits().filter(|digits| digits.len() == 4)?;
    (!at.rest.starts_with(':')).then(|| number.parse().ok())?
}

fn day_or_month(at: Cursor<'_>) -> Option<(Ymd, &str)> {
    day_first(at).or_else(|| month_first(at))
}

fn day_first(mut at: Cursor<'_>) -> Option<(Ymd, &str)> {
    let day = number_of_day(&mut at)?;
    at.skip(GAPS);
    at.over(&SMALL);
    at.skip(GAPS);
    let month = month(&mut at)?;
    at.skip(GAPS);
    at.over(&SMALL);
    at.skip(GAPS);
    Some(((year(&mut at)?, month, day), at.rest))
}

fn month_first(mut at: Cursor<'_>) -> Option<(Ymd, &str)> {
    let month = month(&mut at)?;
    at.skip(GAPS);
    let day = number_of_day(&mut at)?;
    at.skip(GAPS);
    let mut ahead = at;
    if let Some(year) = year(&mut ahead) {
        return Some(((year, month, day), ahead.rest));
    }
    // Some programs write the time before the year.
    let (time, last) = at.rest.rsplit_once(' ')?;
    Some(((year(&mut Cursor { rest: last })?, month, day), time))
}

fn year_first(mut at: Cursor<'_>) -> Option<(Ymd, &str)> {
    let year = year(&mut at)?;
    at.skip(GAPS);
    let month = month(&mut at)?;
    at.skip(GAPS);
    Some(((year, month, number_of_day(&mut at)?), at.rest))
}

/// The day at the start of a file or folder name, and how many bytes it takes: `2020-07-10-week`,
/// `2020-7-1`, `2020_07_10`, `20200710`.
pub(crate) fn of_name(name: &str) -> Option<(Date, usize)> {
    let mut at = Cursor { rest: name };
    let first = at.digits()?;
    let (day, rest) = match first.len() {
        8 => (ymd(&first[..4], &first[4..6], &first[6..])?, at.rest),
        4 => {
            let separator = at.rest.chars().next().filter(|c| matches!(c, '-' | '_' | '.'))?;
            at.rest = at.rest.strip_prefix(separator)?;
            let month = at.digits().filter(|digits| digits.len() <= 2)?;
            at.rest = at.rest.strip_prefix(separator)?;
            let day = at.digits().filter(|digits| digits.len() <= 2)?;
            (ymd(first, month, day)?, at.rest)
        }
        _ => return None,
    };
    // A number outside of these years, such as that of an order, is not a date.
    let fits = (1600..=2200).contains(&day.0) && !rest.starts_with(char::is_alphabetic);
    let date = Date::new(day.0, day.1, day.2).ok().filter(|_| fits)?;
    Some((date, name.len() - rest.len()))
}

/// The day in a path: at the start of a folder or file name, else from folders for year, month and
/// day. Folders for year and month alone mean the first day of the month.
pub(crate) fn of_path(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split('/').collect();
    let named = parts.iter().rev().find_map(|part| of_name(part));
    named.map(|(date, _)| date).or_else(|| {
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
