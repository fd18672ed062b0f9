//! Decides the date of a story and whether it may be printed, from its front matter and its path.
//! It runs at the first look, to group stories into editions, and again when the story is read.

pub(crate) mod keys;
pub(crate) mod paths;

use crate::diag::Code;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::known;
use crate::content::dates;
use crate::content::dates::{Read, When};
use crate::content::model::left_out::Reason;
use crate::content::model::request::{EditionChoice, Request};
use crate::content::paper::Paper;
use crate::content::syntax::fields::Fields;
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};

/// What stories are judged by.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    /// The present moment.
    pub(crate) now: Timestamp,
    /// The paper's time zone.
    pub(crate) zone: TimeZone,
    /// The last day of the edition that was asked for by date. The stories of that edition may be
    /// printed before their day.
    pub(crate) asked: Option<Date>,
}

/// What a story's place in the folder says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ground {
    /// The last day of the edition in whose folder it lies. Its stories may be printed before their
    /// day, because a paper is made before its day.
    pub(crate) until: Option<Date>,
    /// Why it must not be printed, going by the names of its folders and its own.
    pub(crate) hold: Option<Hold>,
}

/// Why a story must not be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hold {
    /// The kind of reason.
    pub(crate) reason: Reason,
    /// The reason in words: half a sentence that begins with `it`.
    pub(crate) why: String,
}

/// The date of a story, and whether it may be printed.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// Its date: that of the front matter, or else that of the path.
    pub(crate) date: Option<Date>,
    /// Whether that date is in the future and the edition was not asked for.
    pub(crate) to_come: bool,
    /// Why it must not be printed, if there is a reason.
    pub(crate) hold: Option<Hold>,
    faults: Vec<Fault>,
}

/// A fault in a date or a mark, to be reported.
#[derive(Debug)]
struct Fault {
    is_error: bool,
    code: Code,
    range: Range<usize>,
    message: String,
    hint: String,
}

/// The codes of errors that make it unclear whether a story may be printed. They are reported even
/// if the story is not printed.
pub(crate) const UNCLEAR: [Code; 3] = [Code::BadDate, Code::AmbiguousDate, Code::BadMark];

/// The hint on how to write a moment.
const MOMENT: &str =
    "write it as 2026-11-24 06:00, or with a time zone as 2026-11-24T06:00:00+01:00";
/// The keys with which a group gives a moment, the best first.
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

/// The hint on how to write a day.
const DAY: &str = "write year, month and day, such as 2026-11-24";

impl Clock {
    /// The clock for a request to read a paper.
    pub(crate) fn for_request(request: &Request, paper: &Paper) -> Self {
        let zone = TimeZone::get(&paper.time_zone).unwrap_or(TimeZone::UTC);
        let asked = match request.edition {
            EditionChoice::On(day) => Some(paper.every.last_day(day)),
            EditionChoice::Latest | EditionChoice::All => None,
        };
        Self { now: request.now.in_zone(&zone), zone, asked }
    }

    /// The present moment in the form that messages use.
    pub(crate) fn told(&self) -> String {
        dates::told(self.now, &self.zone)
    }
}

impl Standing {
    /// Judges a story.
    pub(crate) fn judge(fields: &Fields<'_>, path: &str, ground: Ground, clock: &Clock) -> Self {
        let mut judge = Judge { fields, clock, to_come: false, holds: vec![], faults: vec![] };
        let date = judge.date(path, ground.until);
        judge.embargo();
        judge.later();
        judge.expiry();
        judge.marks();
        judge.states();
        judge.holds.extend(ground.hold);
        // A reason that also keeps a story from the preview outweighs one that does not.
        let hold = judge.holds.into_iter().min_by_key(|hold| match hold.reason {
            Reason::Hidden => 0,
            Reason::Expired => 1,
            Reason::Draft => 2,
            _ => 3,
        });
        Self { date, to_come: judge.to_come, hold, faults: judge.faults }
    }

    /// Reports the faults.
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

/// A value that is a single text; `None` for other lists and for groups.
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

    /// The story's date: that of the first key that has one, or else that of the path. A date in
    /// the future holds the story back, as do other keys for the moment of publication.
    fn date(&mut self, path: &str, until: Option<Date>) -> Option<Date> {
        let until = until.max(self.clock.asked);
        let of_path = dates::of_path(path);
        let mut found: Option<When> = None;
        let mut known = false;
        for name in keys::DATE {
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
        let told = || of_path.or_else(|| self.of_address()).map(When::day_alone);
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

    /// The day in the story's own address, such as `2026/11/24/the-wall`. An absolute address
    /// belongs to another site.
    fn of_address(&self) -> Option<Date> {
        let told = |key: &&str| {
            let address = text(self.fields.entry(&[key])?.1)?;
            dates::of_path(address).filter(|_| !address.contains("://"))
        };
        ["path", "permalink", "url", "slug"].iter().find_map(told)
    }

    /// A key and its date. Zero dates do not count. For a group, the date is that of the first key
    /// in `INNER` that it has.
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

    /// Whether the value of a key such as `published` is a date, and not yes or no.
    fn tells_date(&self, node: &Node) -> bool {
        text(node).is_some_and(|text| dates::read(text) != Read::Unreadable)
    }

    /// The day of a key. Reports what is wrong with it. If either number may be the month, the day
    /// in the path decides.
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
                // For a day in the past, the time does not matter.
                let over =
                    day.tomorrow().map(|next| When::day_alone(next).moment(&self.clock.zone));
                if over.is_ok_and(|over| over <= self.clock.now) {
                    let hint = "write the time as 16:30 or remove it; the day counts in any case";
                    self.warning(Code::OddTime, node, what, hint.into());
                } else {
                    self.error(Code::BadDate, node, what, MOMENT.into());
                    self.hold(Reason::Future, format!("its `{key}` can't be read"));
                }
                Some(When::day_alone(day))
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

    /// The moment of a key. One that can't be read is an error and holds the story back, so that a
    /// story under embargo is never printed by mistake.
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

pub(crate) mod restrictions;
pub(crate) mod status_words;
#[cfg(test)]
mod tests;
