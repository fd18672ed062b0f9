//! The present moment, which the caller passes in: the library reads no clock.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::Read;
use crate::content::dates;

/// The moment that counts as now. Embargoes, dates in the future and expiry dates are judged by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A moment with a time zone: the same everywhere.
    At(Timestamp),
    /// A time without a zone; the paper's time zone applies.
    Local(DateTime),
}

/// Reads a day such as `2026-11-24`.
///
/// # Errors
///
/// Says why the text is not a day.
pub fn day(text: &str) -> Result<Date, String> {
    match dates::read(text) {
        Read::When(when) if when.time.is_none() => Ok(when.day),
        Read::Either([one, other]) => Err(format!("it can mean {one} or {other}")),
        Read::Impossible => Err("the calendar has no such day".into()),
        _ => Err("write a date such as 2026-11-24, or latest, or all".into()),
    }
}

impl Moment {
    /// Reads a moment such as `2026-11-24 06:00` or `2026-11-24T06:00:00+01:00`.
    ///
    /// # Errors
    ///
    /// Says why the text is not a moment.
    pub fn read(text: &str) -> Result<Self, String> {
        match dates::read(text) {
            Read::When(when) => Ok(match &when.zone {
                Some(zone) => Self::At(when.moment(zone)),
                None => Self::Local(when.day.to_datetime(when.time.unwrap_or(Time::midnight()))),
            }),
            Read::Either([one, other]) => Err(format!("it can mean {one} or {other}")),
            Read::OddTime(_) => {
                Err("it has a time of day or a time zone that can't be read".into())
            }
            Read::Impossible => Err("the calendar has no such day".into()),
            Read::Unreadable => Err("write it as 2026-11-24 06:00".into()),
        }
    }

    /// The moment in the paper's time zone.
    pub(crate) fn in_zone(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::At(moment) => moment,
            Self::Local(local) => zone.to_timestamp(local).unwrap_or(Timestamp::MAX),
        }
    }
}
