//! Which day a story is of, and whether it may be printed: what its front matter and its path say,
//! judged by one moment. It is read at the first glance, to sort stories into editions, and again in
//! earnest: both times here.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::dates::{self, Read, When};
use super::edition::{EditionChoice, Reason, Request};
use super::fields::{Fields, truth_of};
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
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ground {
    /// The last day of the edition in whose folder it lies: who makes a paper makes it before its
    /// day.
    pub(crate) until: Option<Date>,
    /// Whether it lies in a folder of drafts.
    pub(crate) drafted: bool,
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
    code: &'static str,
    range: Range<usize>,
    message: String,
    hint: String,
}

/// Codes of errors about dates and marks: they are told of stories that are not printed too, since
/// it is by these that nobody knows whether they should be.
pub(crate) const UNCLEAR: [&str; 3] = ["bad-date", "ambiguous-date", "bad-mark"];

/// How a moment is to be written.
const MOMENT: &str =
    "write it as 2026-11-24 06:00, or with its time zone as 2026-11-24T06:00:00+01:00";
/// How a day is to be written.
const DAY: &str = "write year, month and day, such as 2026-11-24";

/// Words of `status` and `visibility`, and what they say.
const PRINTED: [&str; 18] = [
    "publish",
    "published",
    "public",
    "live",
    "final",
    "done",
    "ready",
    "approved",
    "complete",
    "completed",
    "featured",
    "sent",
    "active",
    "released",
    "posted",
    "visible",
    "everyone",
    "ok",
];
const UNFINISHED: [&str; 21] = [
    "draft",
    "drafts",
    "pending",
    "auto-draft",
    "hold",
    "held",
    "on-hold",
    "wip",
    "work-in-progress",
    "in-progress",
    "todo",
    "to-do",
    "idea",
    "unfinished",
    "incomplete",
    "review",
    "in-review",
    "needs-review",
    "editing",
    "unpublished",
    "not-published",
];
const HIDDEN: [&str; 15] = [
    "private",
    "hidden",
    "trash",
    "trashed",
    "deleted",
    "inherit",
    "skip",
    "unlisted",
    "internal",
    "password",
    "protected",
    "members",
    "paid",
    "secret",
    "removed",
];
const LATER: [&str; 3] = ["future", "scheduled", "embargoed"];

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
        let date = judge.date(path, ground);
        judge.embargo();
        judge.expiry();
        judge.marks();
        judge.words();
        if ground.drafted {
            judge.hold(Reason::Draft, "it lies in `_drafts`".into());
        }
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

/// The word of a link as notes have it: `Draft` of `[[Draft]]`, `[[states/Draft]]` and
/// `[[x|Draft]]`, and of `#draft`.
fn linked(text: &str) -> &str {
    let inside = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    let Some(inside) = inside else { return text.trim_start_matches('#') };
    inside.rsplit(['|', '/']).next().unwrap_or(inside).trim()
}

impl Judge<'_, '_> {
    fn hold(&mut self, reason: Reason, why: String) {
        self.holds.push(Hold { reason, why });
    }

    fn error(&mut self, code: &'static str, node: &Node, message: String, hint: String) {
        let range = node.range.clone();
        self.faults.push(Fault { is_error: true, code, range, message, hint });
    }

    fn warning(&mut self, code: &'static str, node: &Node, message: String, hint: String) {
        let range = node.range.clone();
        self.faults.push(Fault { is_error: false, code, range, message, hint });
    }

    /// The story's date: that of the first key that has one, else its path's. A date to come holds
    /// the story back, as do the other keys that tell when it is to be published.
    fn date(&mut self, path: &str, ground: Ground) -> Option<Date> {
        let until = ground.until.max(self.clock.asked);
        let of_path = dates::of_path(path);
        let mut found: Option<When> = None;
        let mut known = false;
        for name in known::DATE {
            let Some((key, node)) = self.fields.entry(&[name]) else { continue };
            if known::SHOWN.contains(name) && !self.tells_date(node) {
                continue;
            }
            if !known {
                known = true;
                found = self.day(key, node, of_path);
            } else if known::NOT_BEFORE.contains(name)
                && let Some(moment) = self.moment(key, node, Reason::Future)
                && moment > self.clock.now
            {
                let told = dates::told(moment, &self.clock.zone);
                self.hold(Reason::Future, format!("its `{key}` is {told}"));
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

    /// Whether a key such as `published` has a date, and not yes or no.
    fn tells_date(&self, node: &Node) -> bool {
        text(node).is_some_and(|text| dates::read(text) != Read::Unreadable)
    }

    /// The day of a key; what is wrong with it is said. Where nothing but the day in the path tells
    /// which number is the month, that day counts.
    fn day(&mut self, key: &str, node: &Node, of_path: Option<Date>) -> Option<When> {
        let Some(text) = text(node) else {
            let what = format!("`{key}` must be a date, but it is {}", node.kind());
            self.error("bad-date", node, what, DAY.into());
            return None;
        };
        match dates::read_beside(text, of_path) {
            Read::When(when) => Some(when),
            Read::OddTime(day) => {
                let what = format!("`{text}` has a time of day or a time zone that there is not");
                // Of a day that is over, nobody needs to know the time.
                let over = day.tomorrow().map(|next| When::of(next).moment(&self.clock.zone));
                if over.is_ok_and(|over| over <= self.clock.now) {
                    let hint =
                        "the day counts all the same; write the time as 16:30 or leave it away";
                    self.warning("odd-time", node, what, hint.into());
                } else {
                    self.error("bad-date", node, what, MOMENT.into());
                    self.hold(Reason::Future, format!("nobody can tell when its `{key}` is"));
                }
                Some(When::of(day))
            }
            Read::Either(days) => {
                self.either(text, node, days);
                None
            }
            Read::Impossible => {
                let what = format!("the calendar has no such day as `{text}`");
                self.error("impossible-date", node, what, DAY.into());
                None
            }
            Read::Unreadable => {
                self.error("bad-date", node, format!("`{text}` is no date"), DAY.into());
                None
            }
        }
    }

    fn either(&mut self, text: &str, node: &Node, [one, other]: [Date; 2]) {
        let what =
            format!("`{text}` may be {one} or {other}: nothing tells which number is the month");
        self.error("ambiguous-date", node, what, format!("write {one} or {other}"));
    }

    /// The moment of a key. One that can't be read is an error, and holds the story back: what may
    /// be under embargo is never printed by mistake.
    fn moment(&mut self, key: &str, node: &Node, reason: Reason) -> Option<Timestamp> {
        let written = text(node).unwrap_or_default();
        let what = match dates::read(written) {
            Read::When(when) => return Some(when.moment(&self.clock.zone)),
            Read::Either(days) => {
                self.either(written, node, days);
                self.hold(reason, format!("its `{key}` may be two days"));
                return None;
            }
            Read::OddTime(_) => {
                format!("`{key}` has a time of day or a time zone that can't be read: `{written}`")
            }
            Read::Impossible => format!("the calendar has no such day as `{written}`"),
            Read::Unreadable => match written {
                "" => format!("`{key}` must be a moment, but it is {}", node.kind()),
                _ => format!("`{key}` must be a moment, and `{written}` is none"),
            },
        };
        self.error("bad-date", node, what, MOMENT.into());
        self.hold(reason, format!("its `{key}` can't be read"));
        None
    }

    fn embargo(&mut self) {
        let Some((key, node)) = self.fields.entry(&["embargo"]) else { return };
        if let Some(moment) = self.moment(key, node, Reason::Embargo)
            && moment > self.clock.now
        {
            let told = dates::told(moment, &self.clock.zone);
            self.hold(Reason::Embargo, format!("its embargo ends {told}"));
        }
    }

    fn expiry(&mut self) {
        let Some((key, node)) = self.fields.entry(known::EXPIRES) else { return };
        let never = ["never", "none", "no", "false"];
        if text(node).is_some_and(|text| never.contains(&text.to_lowercase().as_str())) {
            return;
        }
        if let Some(moment) = self.moment(key, node, Reason::Expired)
            && moment <= self.clock.now
        {
            let told = dates::told(moment, &self.clock.zone);
            self.hold(Reason::Expired, format!("it expired {told}"));
        }
    }

    /// Keys that say yes or no.
    fn marks(&mut self) {
        for (names, shown, reason) in [
            (&["draft"][..], false, Reason::Draft),
            (known::SHOWN, true, Reason::Draft),
            (known::AWAY, false, Reason::Hidden),
        ] {
            for name in names {
                let Some((key, node)) = self.fields.entry(&[name]) else { continue };
                if known::SHOWN.contains(name) && self.tells_date(node) {
                    continue;
                }
                let written = text(node).unwrap_or_default();
                match truth_of(written) {
                    Some(value) if value == shown => {}
                    Some(_) => self.hold(reason, format!("it says `{key}: {written}`")),
                    None => {
                        let dated = if shown { ", or a date" } else { "" };
                        let what = format!("`{key}` must be true or false{dated}");
                        self.error("bad-mark", node, what, "write `true` or `false`".into());
                        self.hold(reason, format!("its `{key}` can't be read"));
                    }
                }
            }
        }
        // An address that is none, and a page that is not made, are Eleventy's and Hugo's ways.
        if let Some((key, node)) = self.fields.entry(&["permalink"])
            && text(node).is_some_and(|text| text.eq_ignore_ascii_case("false"))
        {
            self.hold(Reason::Hidden, format!("it says `{key}: false`"));
        }
        if let Some((key, _)) = self.fields.entry(&["password"]) {
            self.hold(Reason::Hidden, format!("it has a `{key}`"));
        }
        if let Some((key, node)) = self.fields.entry(&["build", "_build"]) {
            let inner = Fields::quiet(Some(node));
            for (name, nothing) in [("render", "link"), ("list", "local")] {
                let Some(text) = inner.get(&[name]).and_then(text) else { continue };
                if ["never", "false", nothing].contains(&text) {
                    self.hold(Reason::Hidden, format!("its `{key}` says `{name}: {text}`"));
                }
            }
        }
    }

    /// `status` and `visibility`.
    fn words(&mut self) {
        for name in ["status", "visibility"] {
            let Some((key, node)) = self.fields.entry(&[name]) else { continue };
            let written = text(node).unwrap_or_default();
            let word = linked(written).to_lowercase().replace(['_', ' '], "-");
            let word = word.as_str();
            let says = format!("it says `{key}: {written}`");
            if UNFINISHED.contains(&word) {
                self.hold(Reason::Draft, says);
            } else if HIDDEN.contains(&word) {
                self.hold(Reason::Hidden, says);
            } else if LATER.contains(&word) {
                self.hold(Reason::Future, says);
            } else if !PRINTED.contains(&word) {
                let what =
                    format!("`{written}` is no `{key}` that is known here: the story is printed");
                let hint = "write `draft` or `private` to keep it out, `published` to print it";
                self.warning("unknown-status", node, what, hint.into());
            }
        }
    }
}

#[cfg(test)]
mod tests;
