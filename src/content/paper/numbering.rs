//! The numbers of editions: fixed, or counted by the calendar from the edition of a known day.

use crate::diag::Code;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::period::Every;
use crate::content::dates::{Read, When, read};
use crate::content::syntax::fields;
use crate::content::syntax::fields::Fields;
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::wording::nearest;

/// The names of the days of the week, Monday first.
pub(crate) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const KEYS: [&str; 5] = ["volume", "number", "on", "days", "restart"];

/// The numbering of editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbering {
    /// The volume, as printed.
    pub volume: Option<String>,
    /// The number, as printed.
    pub number: Option<String>,
    /// How editions are counted, if they are.
    pub count: Option<Count>,
}

/// The rule by which editions are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The day whose volume and number are known.
    pub on: Date,
    /// Whether the paper comes out on each day of the week, Monday first.
    pub days: [bool; 7],
    /// Whether each year starts with number 1 and the next volume.
    pub yearly: bool,
}

impl Numbering {
    /// Volume and number of the edition of a date, as printed. If editions gather weeks or months,
    /// these are counted, whatever days of the week the paper names.
    pub fn number_on(&self, date: Option<Date>, every: Every) -> (Option<String>, Option<String>) {
        let fixed = (self.volume.clone(), self.number.clone());
        let (Some(count), Some(date)) = (&self.count, date) else { return fixed };
        let years =
            if count.yearly { i64::from(date.year()) - i64::from(count.on.year()) } else { 0 };
        let counted = |text: &String, by: i64| match text.parse::<i64>() {
            Ok(known) => (known + by).to_string(),
            Err(_) => text.clone(),
        };
        let number = self.number.as_ref().map(|known| {
            if years == 0 {
                return counted(known, count.editions(count.on, date, every));
            }
            // Counting starts on the last day of the year before, so that the year's first edition
            // has number 1.
            let eve = date.first_of_year().yesterday().unwrap_or(date);
            count.editions(eve, date, every).to_string()
        });
        (self.volume.as_ref().map(|known| counted(known, years)), number)
    }
}

impl Count {
    /// The number of editions after `from` up to and including `to`. It is negative if `to` is
    /// earlier.
    fn editions(&self, from: Date, to: Date, every: Every) -> i64 {
        if every != Every::Day {
            return every.between(from, to);
        }
        if to < from {
            return -self.editions(to, from, every);
        }
        let days = from.until(to).map_or(0, |span| i64::from(span.get_days()));
        let whole = days / 7 * self.days.iter().filter(|day| **day).count() as i64;
        let first = from.weekday().to_monday_zero_offset() as usize;
        let rest = (1..=(days % 7) as usize).filter(|k| self.days[(first + k) % 7]).count();
        whole + rest as i64
    }
}

/// Reads `numbering`: a number, or a group of keys.
pub(crate) fn numbering(scope: &mut Scope<'_>, node: &Node) -> Numbering {
    if !matches!(node.value, Value::Map(_)) {
        let number = fields::text(scope, node, "numbering").map(|text| text.text.to_owned());
        return Numbering { volume: None, number, count: None };
    }
    let inner = Fields::new(scope, node, |key| KEYS.contains(&key), &KEYS);
    let volume = inner.text(scope, &["volume"]).map(|text| text.text.to_owned());
    let number = inner.text(scope, &["number"]).map(|text| text.text.to_owned());
    let days = inner.get(&["days"]).map_or([true; 7], |node| weekdays(scope, node));
    let yearly = inner.text(scope, &["restart"]).is_some_and(|text| {
        let year = text.text.eq_ignore_ascii_case("year");
        if !year {
            bad(scope, text.node, "`restart` can only be `year`", "write `restart: year`");
        }
        year
    });
    let on = inner.text(scope, &["on"]).and_then(|text| match read(text.text) {
        Read::When(When { day, .. }) | Read::OddTime(day) => Some(day),
        Read::Either([one, other]) => {
            let what = format!("`{}` can mean {one} or {other}", text.text);
            bad(scope, text.node, &what, &format!("write {one} or {other}"));
            None
        }
        Read::Impossible | Read::Unreadable => {
            let what = format!("`{}` is not a date", text.text);
            bad(scope, text.node, &what, "write a date such as 2026-11-24");
            None
        }
    });
    if on.is_some()
        && let Some(text) = inner.text(scope, &["number"])
        && text.text.parse::<i64>().is_err()
    {
        let what = "`number` must be a whole number, because later editions are counted from it";
        bad(
            scope,
            text.node,
            what,
            "write the number that the edition has on the day that `on` names",
        );
    }
    Numbering { volume, number, count: on.map(|on| Count { on, days, yearly }) }
}

fn weekdays(scope: &mut Scope<'_>, node: &Node) -> [bool; 7] {
    let mut days = [false; 7];
    for text in fields::texts(scope, node, "days") {
        let name = text.text.to_lowercase();
        let day = WEEKDAYS.iter().position(|day| name.len() >= 3 && day.starts_with(&name));
        if let Some(day) = day {
            days[day] = true;
            continue;
        }
        let hint = match nearest(&name, WEEKDAYS.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write English names, such as `[tuesday, friday]`".into(),
        };
        bad(scope, text.node, &format!("`{}` is not a day of the week", text.text), &hint);
    }
    if days == [false; 7] { [true; 7] } else { days }
}

fn bad(scope: &mut Scope<'_>, node: &Node, what: &str, hint: &str) {
    scope.error(Code::BadValue, node.range.clone(), what).add_hint(hint);
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    fn counted(yearly: bool, on: Date, days: &[Weekday]) -> Numbering {
        let mut out = [false; 7];
        for day in days {
            out[day.to_monday_zero_offset() as usize] = true;
        }
        let count = Some(Count { on, days: out, yearly });
        Numbering { volume: Some("159".into()), number: Some("94".into()), count }
    }

    fn on(numbering: &Numbering, day: Date) -> (String, String) {
        let (volume, number) = numbering.number_on(Some(day), Every::Day);
        (volume.unwrap_or_default(), number.unwrap_or_default())
    }

    #[test]
    fn editions_are_counted_on_and_back() {
        let twice = counted(false, date(2026, 11, 24), &[Weekday::Tuesday, Weekday::Friday]);
        for (day, number) in [
            (date(2026, 11, 24), "94"),
            (date(2026, 11, 27), "95"),
            (date(2026, 11, 30), "95"),
            (date(2026, 12, 1), "96"),
            (date(2026, 11, 20), "93"),
            (date(2027, 11, 23), "198"),
        ] {
            assert_eq!(on(&twice, day), ("159".into(), number.into()), "{day}");
        }
    }

    #[test]
    fn a_year_begins_with_number_one() {
        let twice = counted(true, date(2026, 11, 24), &[Weekday::Tuesday, Weekday::Friday]);
        for (day, volume, number) in [
            (date(2026, 1, 2), "159", "1"),
            (date(2026, 12, 29), "159", "104"),
            (date(2027, 1, 1), "160", "1"),
            (date(2027, 1, 5), "160", "2"),
            (date(2025, 1, 3), "158", "1"),
        ] {
            assert_eq!(on(&twice, day), (volume.into(), number.into()), "{day}");
        }
    }

    #[test]
    fn weeks_and_months_are_counted_as_such() {
        let days = [Weekday::Tuesday];
        let of = |yearly, every, day| {
            counted(yearly, date(2026, 11, 24), &days).number_on(Some(day), every)
        };
        assert_eq!(of(false, Every::Month, date(2027, 1, 1)).1.as_deref(), Some("96"));
        assert_eq!(of(false, Every::Month, date(2026, 10, 1)).1.as_deref(), Some("93"));
        assert_eq!(of(false, Every::Week, date(2026, 12, 7)).1.as_deref(), Some("96"));
        assert_eq!(
            of(true, Every::Month, date(2027, 1, 1)),
            (Some("160".into()), Some("1".into()))
        );
        assert_eq!(of(true, Every::Week, date(2027, 1, 4)).1.as_deref(), Some("1"));
        assert_eq!(of(true, Every::Week, date(2027, 1, 11)).1.as_deref(), Some("2"));
    }

    #[test]
    fn without_a_day_numbers_stay() {
        let fixed = Numbering { volume: None, number: Some("Special".into()), count: None };
        assert_eq!(
            fixed.number_on(Some(date(2026, 1, 1)), Every::Day),
            (None, Some("Special".into()))
        );
    }
}
