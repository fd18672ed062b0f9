//! Which day a story is of, and whether it may be printed: what its front matter and its path say,
//! judged by one moment. It is read at the first glance, to sort stories into editions, and again in
//! earnest: both times here.

pub(crate) mod keys;
mod marks;
pub(crate) mod paths;
mod words;

use crate::diag::Code;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::dates::{self, Read, When};
use super::edition::{EditionChoice, Reason, Request};
use super::fields::Fields;
use super::known;
use super::paper::Paper;
use super::scope::Scope;
use super::tree::{Node, Value};

/// What stories are judged by.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    /// The present moment.
    pub(crate) now: Timestamp,
    /// The paper's time zone.
    pub(crate) zone: TimeZone,
    /// The last day of the edition that was asked for by its day: its stories are wanted before
    /// that day has come.
    pub(crate) asked: Option<Date>,
}

/// What a story's place in the folder tells.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ground {
    /// The last day of the edition in whose folder it lies: who makes a paper makes it before its
    /// day.
    pub(crate) until: Option<Date>,
    /// Why it must not be printed, by the names of its folders and its own.
    pub(crate) hold: Option<Hold>,
}

/// Why a story must not be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hold {
    /// Why, for tools.
    pub(crate) reason: Reason,
    /// Why, for people: half a sentence that begins with `it`.
    pub(crate) why: String,
}

/// What a story's front matter and path come to.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// Its date: its own, else its path's.
    pub(crate) date: Option<Date>,
    /// Whether that day is yet to come, and nobody asked for it.
    pub(crate) to_come: bool,
    /// Why it must not be printed, if so.
    pub(crate) hold: Option<Hold>,
    faults: Vec<Fault>,
}

/// What is wrong with it.
#[derive(Debug)]
struct Fault {
    is_error: bool,
    code: Code,
    range: Range<usize>,
    message: String,
    hint: String,
}

/// Codes of errors about dates and marks: they are told of stories that are not printed too, since
/// it is by these that nobody knows whether they should be.
pub(crate) const UNCLEAR: [Code; 3] = [Code::BadDate, Code::AmbiguousDate, Code::BadMark];

/// How a moment is to be written.
const MOMENT: &str =
    "write it as 2026-11-24 06:00, or with a time zone as 2026-11-24T06:00:00+01:00";
/// The keys by which a group tells a moment, the best first.
const INNER: &[&str] = &[
    "created",
    "published",
    "date",
    "until",
    "end",
    "ends",
    "lifts",
    "at",
    "from",
    "start",
    "value",
];

/// How a day is to be written.
const DAY: &str = "write year, month and day, such as 2026-11-24";

impl Clock {
    /// The one of a request to a paper.
    pub(crate) fn of(request: &Request, paper: &Paper) -> Self {
        let zone = TimeZone::get(&paper.time_zone).unwrap_or(TimeZone::UTC);
        let asked = match request.edition {
            EditionChoice::On(day) => Some(paper.every.last_day(day)),
            EditionChoice::Latest | EditionChoice::All => None,
        };
        Self { now: request.now.in_zone(&zone), zone, asked }
    }

    /// The present moment as messages name it.
    pub(crate) fn told(&self) -> String {
        dates::told(self.now, &self.zone)
    }
}

impl Standing {
    /// Reads it.
    pub(crate) fn of(fields: &Fields<'_>, path: &str, ground: Ground, clock: &Clock) -> Self {
        let mut judge = Judge { fields, clock, to_come: false, holds: vec![], faults: vec![] };
        let date = judge.date(path, ground.until);
        judge.embargo();
        judge.later();
        judge.expiry();
        judge.marks();
        judge.states();
        judge.holds.extend(ground.hold);
        // What is never to be seen outweighs what may be shown to the desk.
        let hold = judge.holds.into_iter().min_by_key(|hold| match hold.reason {
            Reason::Hidden => 0,
            Reason::Expired => 1,
            Reason::Draft => 2,
            _ => 3,
        });
        Self { date, to_come: judge.to_come, hold, faults: judge.faults }
    }

    /// Says what is wrong with it.
    pub(crate) fn say(&mut self, scope: &mut Scope<'_>) {
        for Fault { is_error, code, range, message, hint } in self.faults.drain(..) {
            let said = match is_error {
                true => scope.error(code, range, message),
                false => scope.warning(code, range, message),
            };
            said.add_hint(hint);
        }
    }
}

struct Judge<'f, 'n> {
    fields: &'f Fields<'n>,
    clock: &'f Clock,
    to_come: bool,
    holds: Vec<Hold>,
    faults: Vec<Fault>,
}

/// A value that is one text; none where it is a list or a group.
fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(text) => Some(text.trim()),
        Value::List(items) if items.len() == 1 => text(&items[0]),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

impl<'n> Judge<'_, 'n> {
    fn hold(&mut self, reason: Reason, why: String) {
        self.holds.push(Hold { reason, why });
    }

    fn error(&mut self, code: Code, node: &Node, message: String, hint: String) {
        let range = node.range.clone();
        self.faults.push(Fault { is_error: true, code, range, message, hint });
    }

    fn warning(&mut self, code: Code, node: &Node, message: String, hint: String) {
        let range = node.range.clone();
        self.faults.push(Fault { is_error: false, code, range, message, hint });
    }

    /// The story's date: that of the first key that has one, else its path's. A date to come holds
    /// the story back, as do the other keys that tell when it is to be published.
    fn date(&mut self, path: &str, until: Option<Date>) -> Option<Date> {
        let until = until.max(self.clock.asked);
        let of_path = dates::of_path(path);
        let mut found: Option<When> = None;
        let mut known = false;
        for name in known::DATE {
            let Some((key, node)) = self.moment_of(name) else { continue };
            if keys::SHOWN.contains(name) && !self.tells_date(node) {
                continue;
            }
            if text(node).is_some_and(dates::is_worked_out) {
                self.say_worked_out(key, node);
            } else if !known {
                known = true;
                found = self.day(key, node, of_path);
            } else if known::NOT_BEFORE.contains(name) {
                self.not_before(key, node);
            }
        }
        let told = || of_path.or_else(|| self.of_address()).map(When::of);
        let when = found.or_else(told)?;
        let moment = when.moment(&self.clock.zone);
        if moment > self.clock.now && until.is_none_or(|until| when.day > until) {
            let told = match when.time {
                Some(_) => dates::told(moment, &self.clock.zone),
                None => when.day.to_string(),
            };
            self.to_come = true;
            self.hold(Reason::Future, format!("it is dated {told}"));
        }
        Some(when.day)
    }

    /// The day that the story's own address tells, such as `2026/11/24/the-wall`. A whole address
    /// is another site's.
    fn of_address(&self) -> Option<Date> {
        let told = |key: &&str| {
            let address = text(self.fields.entry(&[key])?.1)?;
            dates::of_path(address).filter(|_| !address.contains("://"))
        };
        ["path", "permalink", "url", "slug"].iter().find_map(told)
    }

    /// A key with a date, as far as it has one: the zeros that some programs write are none. That of
    /// a group is the one that it begins with.
    fn moment_of(&self, name: &str) -> Option<(&'n str, &'n Node)> {
        let (key, node) = self.fields.entry(&[name])?;
        let node = match &node.value {
            Value::Map(_) => Fields::quiet(Some(node)).get(INNER).unwrap_or(node),
            _ => node,
        };
        let is_zero = text(node).is_some_and(dates::is_zero);
        (!is_zero).then_some((key, node))
    }

    fn say_worked_out(&mut self, key: &str, node: &Node) {
        let written = text(node).unwrap_or_default();
        let what = format!(
            "`{key}: {written}` is filled in by another program; here it gives the story no date"
        );
        self.warning(Code::NoDate, node, what, DAY.into());
    }

    /// Whether a key such as `published` has a date, and not yes or no.
    fn tells_date(&self, node: &Node) -> bool {
        text(node).is_some_and(|text| dates::read(text) != Read::Unreadable)
    }

    /// The day of a key; what is wrong with it is said. Where nothing but the day in the path tells
    /// which number is the month, that day counts.
    fn day(&mut self, key: &str, node: &Node, of_path: Option<Date>) -> Option<When> {
        let Some(text) = text(node) else {
            let what = format!("`{key}` must be a date, but it is {}", node.kind());
            self.error(Code::BadDate, node, what, DAY.into());
            return None;
        };
        match dates::read_beside(text, of_path) {
            Read::When(when) => Some(when.seen_in(&self.clock.zone)),
            Read::OddTime(day) => {
                let what = format!("`{text}` has a time of day or a time zone that can't be read");
                // Of a day that is over, nobody needs to know the time.
                let over = day.tomorrow().map(|next| When::of(next).moment(&self.clock.zone));
                if over.is_ok_and(|over| over <= self.clock.now) {
                    let hint = "write the time as 16:30 or remove it; the day counts in any case";
                    self.warning(Code::OddTime, node, what, hint.into());
                } else {
                    self.error(Code::BadDate, node, what, MOMENT.into());
                    self.hold(Reason::Future, format!("its `{key}` can't be read"));
                }
                Some(When::of(day))
            }
            Read::Either(days) => {
                self.either(text, node, days);
                None
            }
            Read::Impossible => {
                let what = format!("the calendar has no day `{text}`");
                self.error(Code::ImpossibleDate, node, what, DAY.into());
                None
            }
            Read::Unreadable => {
                self.error(Code::BadDate, node, format!("`{text}` is not a date"), DAY.into());
                None
            }
        }
    }

    fn either(&mut self, text: &str, node: &Node, [one, other]: [Date; 2]) {
        let what =
            format!("`{text}` can mean {one} or {other}: it is unclear which number is the month");
        self.error(Code::AmbiguousDate, node, what, format!("write {one} or {other}"));
    }

    /// The moment of a key. One that can't be read is an error, and holds the story back: what may
    /// be under embargo is never printed by mistake.
    fn moment(&mut self, key: &str, node: &Node, reason: Reason) -> Option<Timestamp> {
        let written = text(node).unwrap_or_default();
        let what = match dates::read(written) {
            Read::When(when) => return Some(when.moment(&self.clock.zone)),
            Read::Either(days) => {
                self.either(written, node, days);
                self.hold(reason, format!("its `{key}` can mean two days"));
                return None;
            }
            Read::OddTime(_) => {
                format!("`{key}` has a time of day or a time zone that can't be read: `{written}`")
            }
            Read::Impossible => format!("the calendar has no day `{written}`"),
            Read::Unreadable => match written {
                "" => {
                    format!("`{key}` must be a date or a date and time, but it is {}", node.kind())
                }
                _ => {
                    format!("`{key}` must be a date or a date and time, but `{written}` is neither")
                }
            },
        };
        self.error(Code::BadDate, node, what, MOMENT.into());
        self.hold(reason, format!("its `{key}` can't be read"));
        None
    }
}

#[cfg(test)]
mod tests;
