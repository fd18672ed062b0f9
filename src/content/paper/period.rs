//! The period of an edition: which days it gathers.

use crate::diag::Code;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::words::{long_date, month_text, range_text};

use crate::content::syntax::fields;
use crate::content::syntax::fields::Fields;
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::wording::nearest;

/// How often a paper comes out, which is also the period whose stories an edition gathers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Every {
    /// The stories of one day.
    #[default]
    Day,
    /// The stories of a week, from Monday to Sunday.
    Week,
    /// The stories of a calendar month.
    Month,
}

/// The names of the periods in `paper.yaml`.
pub(crate) const NAMES: [(&str, Every); 3] =
    [("day", Every::Day), ("week", Every::Week), ("month", Every::Month)];

impl Every {
    /// The date of the edition that a day belongs to: the first day of the period.
    pub(crate) fn first_day(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let back = i64::from(day.weekday().since(Weekday::Monday));
                // The week of the calendar's first days may have no Monday.
                day.checked_sub(back.days()).unwrap_or(day)
            }
            Self::Month => day.first_of_month(),
        }
    }

    /// The last day of the period that a day belongs to.
    pub(crate) fn last_day(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            // The week of the calendar's last days may have no Sunday.
            Self::Week => self.first_day(day).checked_add(6.days()).unwrap_or(Date::MAX),
            Self::Month => day.last_of_month(),
        }
    }

    /// The date of an edition in words: a day, a range of days, or a month.
    pub fn text(self, date: Date, lang: &str) -> String {
        match self {
            Self::Day => long_date(date, lang),
            Self::Week => range_text(date, self.last_day(date), lang),
            Self::Month => month_text(date, lang),
        }
    }

    /// The number of editions after that of `from`, up to and including that of `to`.
    pub(crate) fn between(self, from: Date, to: Date) -> i64 {
        match self {
            Self::Day => from.until(to).map_or(0, |span| i64::from(span.get_days())),
            Self::Week => Self::Day.between(self.first_day(from), self.first_day(to)) / 7,
            Self::Month => {
                let months = |day: Date| 12 * i64::from(day.year()) + i64::from(day.month());
                months(to) - months(from)
            }
        }
    }
}

/// Reads `edition`: a group with the key `every`.
pub(crate) fn every(scope: &mut Scope<'_>, node: &Node) -> Every {
    if !matches!(node.value, Value::Map(_)) {
        let what = format!("`edition` must be a group of keys, but it is {}", node.kind());
        let error = scope.error(Code::WrongType, node.range.clone(), what);
        error.add_hint("write it as `edition: {every: month}`");
        return Every::default();
    }
    let names = ["every"];
    let inner = Fields::new(scope, node, |key| names.contains(&key), &names);
    let Some(node) = inner.get(&["every"]) else { return Every::default() };
    let Some(text) = fields::text(scope, node, "every") else { return Every::default() };
    let name = text.text.to_lowercase();
    if let Some((_, every)) = NAMES.iter().find(|(known, _)| *known == name) {
        return *every;
    }
    let hint = match nearest(&name, NAMES.iter().map(|(known, _)| *known)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `day`, `week` or `month`".into(),
    };
    let what = format!("`every` can't be `{}`", text.text);
    scope.error(Code::BadValue, text.node.range.clone(), what).add_hint(hint);
    Every::default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_belong_to_the_first_one() {
        let day = date(2026, 11, 17);
        assert_eq!(Every::Day.first_day(day), day);
        assert_eq!(Every::Week.first_day(day), date(2026, 11, 16));
        assert_eq!(Every::Week.first_day(date(2026, 11, 22)), date(2026, 11, 16));
        assert_eq!(Every::Week.first_day(date(2026, 11, 23)), date(2026, 11, 23));
        assert_eq!(Every::Week.first_day(date(2027, 1, 1)), date(2026, 12, 28));
        assert_eq!(Every::Month.first_day(day), date(2026, 11, 1));
        assert_eq!(Every::Week.first_day(Date::MIN), Date::MIN);
        assert_eq!(Every::Day.last_day(day), day);
        assert_eq!(Every::Week.last_day(day), date(2026, 11, 22));
        assert_eq!(Every::Month.last_day(day), date(2026, 11, 30));
        assert_eq!(Every::Week.last_day(Date::MAX), Date::MAX);
    }

    #[test]
    fn titles_name_the_period() {
        let first = date(2026, 11, 1);
        assert_eq!(Every::Month.text(first, "en"), "November 2026");
        assert_eq!(Every::Month.text(first, "de"), "November 2026");
        assert_eq!(Every::Week.text(date(2026, 11, 23), "en"), "23–29 November 2026");
        assert_eq!(Every::Week.text(Date::MAX, "en"), "31 December 9999");
    }

    #[test]
    fn editions_are_counted() {
        assert_eq!(Every::Month.between(date(2026, 11, 30), date(2027, 1, 1)), 2);
        assert_eq!(Every::Week.between(date(2026, 11, 24), date(2026, 12, 6)), 1);
        assert_eq!(Every::Week.between(date(2026, 12, 6), date(2026, 11, 24)), -1);
        assert_eq!(Every::Day.between(date(2026, 11, 24), date(2026, 12, 6)), 12);
    }
}
