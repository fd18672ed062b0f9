//! Tests of the dates of stories and of what keeps them from print.

use super::*;
use crate::content::story::matter;

/// The standing of a story on 24 November 2026 at noon in Lisbon, and the codes of its diagnostics.
fn judge(front: &str, path: &str, ground: Ground) -> (Standing, Vec<&'static str>) {
    let text = format!("---\n{front}\n---\nText.\n");
    let node = matter::peek(&text);
    let clock = Clock {
        now: "2026-11-24T12:00:00Z".parse().unwrap(),
        zone: TimeZone::get("Europe/Lisbon").unwrap(),
        asked: None,
    };
    let standing = Standing::judge(&Fields::quiet(node.as_ref()), path, ground, &clock);
    let codes = standing.faults.iter().map(|fault| fault.code.as_str()).collect();
    (standing, codes)
}

fn standing(front: &str) -> (Standing, Vec<&'static str>) {
    judge(front, "posts/a.md", Ground::default())
}

fn reason(front: &str) -> Option<Reason> {
    standing(front).0.hold.map(|hold| hold.reason)
}

#[test]
fn what_is_not_for_print_is_left_out() {
    use Reason::{Draft, Embargo, Expired, Future, Hidden};
    for (front, reason) in [
        ("draft: true", Draft),
        ("draft: Yes", Draft),
        ("publish: false", Draft),
        ("published: no", Draft),
        ("dg-publish: false", Draft),
        ("status: draft", Draft),
        ("status: '[[Draft]]'", Draft),
        ("status: ['[[states/Draft]]']", Draft),
        ("status: '#draft'", Draft),
        ("Status: Auto-Draft", Draft),
        ("status: pending", Draft),
        ("status: in review", Draft),
        ("private: true", Hidden),
        ("hidden: true", Hidden),
        ("unlisted: true", Hidden),
        ("headless: true", Hidden),
        ("eleventyExcludeFromCollections: true", Hidden),
        ("permalink: false", Hidden),
        ("password: ferry", Hidden),
        ("build: {render: never}", Hidden),
        ("_build: {list: false}", Hidden),
        ("status: trash", Hidden),
        ("status: private", Hidden),
        ("status: inherit", Hidden),
        ("visibility: members", Hidden),
        ("status: future", Future),
        ("status: scheduled", Future),
        ("date: 2099-01-01", Future),
        ("date: 2026-11-24 12:01", Future),
        ("date: 2026-11-25", Future),
        ("pubDate: Jul 08 2099", Future),
        ("published: 2099-01-01", Future),
        ("date: 2026-11-01\npublishDate: 2026-12-01", Future),
        ("embargo: 2026-11-24 12:01", Embargo),
        ("embargo: 2026-11-24T13:01:00+01:00", Embargo),
        ("embargo: 24 November 2026, 12:30 PM", Embargo),
        ("expiryDate: 2026-11-24", Expired),
        ("expires: 2026-11-24 11:59", Expired),
        ("unpublishDate: 2020-01-01", Expired),
        ("draft: true\nstatus: trash", Hidden),
    ] {
        assert_eq!(self::reason(front), Some(reason), "{front}");
        assert_eq!(standing(front).1, [""; 0], "{front}");
    }
    let hold = Some(Hold { reason: Draft, why: "it lies in `_drafts`".into() });
    let (standing, _) = judge("title: A", "_drafts/a.md", Ground { hold, until: None });
    assert_eq!(standing.hold.map(|hold| hold.reason), Some(Draft));
}

#[test]
fn what_other_programs_keep_back_is_left_out() {
    use Reason::{Draft, Embargo, Expired, Future, Hidden};
    for (fronts, reason) in [
        ("is_draft: true|isDraft: yes|wip: true|unpublished: true|on_hold: true|kill: true", Draft),
        ("isPublished: false|public: false|is_public: no|live: false|ready: false", Draft),
        (
            "post_status: draft|post-status: Draft|state: draft|stage: in review|workflow: todo",
            Draft,
        ),
        ("status: false|status: 0|status: [draft, urgent]|workflow: {state: draft}", Draft),
        (
            "status: Entwurf|status: brouillon|status: borrador|status: bozza|status: rascunho",
            Draft,
        ),
        ("status: concept|status: utkast|status: szkic|status: not ready|type: draft", Draft),
        (
            "is_hidden: true|_hidden: yes|members_only: true|premium: true|hide: true|print: no",
            Hidden,
        ),
        ("listed: false|routable: false|deleted: 2026-11-01|postStatus: unlisted", Hidden),
        ("post-status: private|visibility: tiers|access: private|audience: only_paid", Hidden),
        ("status: rejected|status: archived|status: Archiviert|status: privé", Hidden),
        ("embargo_until: 2026-11-25|embargoed_until: 2026-11-25|embargoDate: 2026-11-25", Embargo),
        ("embargoed: true|embargo: true|embargo: {until: 2026-11-25}|status: embargoed", Embargo),
        ("embargo: 2026-11-01\nembargo_lifts: 2026-11-25", Embargo),
        ("embargo: 1795600000|embargo: 1795600000000", Embargo),
        ("hold_until: 2026-11-25|not_before: 2026-11-25|scheduled: true", Future),
        ("publish_at: 2026-11-25|publish_on: 2026-11-25|scheduled_at: 2026-11-25", Future),
        (
            "scheduled: 2026-11-25|release_date: 2026-11-25|goLive: 2026-11-25|live: 2026-11-25",
            Future,
        ),
        ("created: 1795600000000", Future),
        ("expire_date: 2026-11-24|expires_on: 2026-11-24|unpublish_at: 2026-11-24", Expired),
        ("expires: 2027-01-01\nremove_on: 2026-11-24|valid_until: 2026-11-24 11:59", Expired),
    ] {
        for front in fronts.split('|') {
            assert_eq!(self::reason(front), Some(reason), "{front}");
            assert_eq!(standing(front).1, [""; 0], "{front}");
        }
    }
    let hold = judge("hold: 2026-11-25", "a.md", Ground::default()).0.hold;
    assert!(hold.is_some_and(|hold| hold.why.contains("its `hold` is 2026-11-25")));
}

#[test]
fn what_other_programs_publish_is_printed() {
    for fronts in [
        "is_draft: false|isPublished: true|wip: no|public: true|live: true|is_hidden: false",
        "post_status: publish|state: published|stage: done|status: true|status: veröffentlicht",
        "embargo: none|embargoed: false|embargo_until: 2026-11-24|hold_until: 2026-11-24 12:00",
        "embargo: 2026-11-01\nembargo_note: Ask the mill first",
        "publish_at: 2026-11-20|release_date: 2026-11-20|scheduled: false|hold: 2026-11-20",
        "expire_date: 2026-11-25|unpublish_at: never|expires: false",
        "access: everybody|access: by the stairs|audience: children|type: review|layout: private",
        "embargo: 0001-01-01T00:00:00Z|expiryDate: 0001-01-01T00:00:00Z",
        "date: 0001-01-01T00:00:00Z|publishDate: 0000-00-00 00:00:00",
        "print: true|hide: [navigation]|permalink: /a/|embargo: 1795000000",
    ] {
        for front in fronts.split('|') {
            assert_eq!(reason(front), None, "{front}");
            assert_eq!(standing(front).1, [""; 0], "{front}");
        }
    }
    // A value that may mean anything is reported.
    for front in ["state: Maine", "stage: main hall", "hold: the door", "release_date: in spring"] {
        assert_eq!((reason(front), standing(front).1), (None, vec!["unknown-status"]), "{front}");
    }
}

#[test]
fn what_another_program_works_out_is_no_date() {
    for date in [
        "Last Modified",
        "git Created",
        "git Last Modified",
        "Created",
        "today",
        "now",
        "last-modified",
        "\"`r Sys.Date()`\"",
        "\"{{ page.date }}\"",
        "'<% tp.date.now() %>'",
    ] {
        let front = format!("date: {date}");
        let (standing, codes) = judge(&front, "a.md", Ground::default());
        assert_eq!((standing.date, codes), (None, vec!["no-date"]), "{front}");
        // The next key gives the date then, or else the path.
        let front = format!("date: {date}\ncreated: 2026-03-02");
        let (standing, _) = judge(&front, "2026-03-01-a.md", Ground::default());
        assert_eq!(standing.date, Some(Date::constant(2026, 3, 2)), "{front}");
    }
    assert_eq!(standing("embargo: today").1, ["bad-date"]);
}

#[test]
fn what_is_for_print_is_printed() {
    for front in [
        "title: A",
        "draft: false",
        "draft:",
        "publish: true",
        "published: true",
        "status: published",
        "status: Publish",
        "visibility: public",
        "private: false",
        "hidden: no",
        "permalink: /a/",
        "build: {render: always, list: always}",
        "expires: never",
        "expiryDate: 2026-11-25",
        "embargo: 2026-11-24 12:00",
        "embargo: 2026-11-24 12:59 +0100",
        "date: 2026-11-24",
        "date: 2026-11-24 11:00 UTC",
        "published: '2008-03-08 2:45:52'",
    ] {
        assert_eq!(reason(front), None, "{front}");
        assert_eq!(standing(front).1, [""; 0], "{front}");
    }
}

#[test]
fn the_day_in_the_path_tells_which_number_is_the_month() {
    let at = |path: &str| {
        let (standing, codes) = judge("date: 04/10/2025", path, Ground::default());
        (standing.date.map(|date| date.to_string()), codes)
    };
    for (path, day) in [
        ("posts/2025-04-10-quay/index.md", "2025-04-10"),
        ("posts/2025-10-04-quay.md", "2025-10-04"),
        ("2025/10/04/quay.md", "2025-10-04"),
    ] {
        assert_eq!(at(path), (Some(day.to_owned()), vec![]), "{path}");
    }
    // If the day in the path is neither of the two, it decides nothing: a date that may hold a
    // story back is never guessed.
    for path in ["posts/2025-04-11-quay.md", "posts/quay.md"] {
        assert_eq!(at(path).1, ["ambiguous-date"], "{path}");
    }
    let held = judge("embargo: 04/10/2025", "posts/2025-04-10-a.md", Ground::default());
    assert_eq!(held.1, ["ambiguous-date"]);
}

#[test]
fn what_cannot_be_read_is_never_printed() {
    for (front, code) in [
        ("embargo: soon", "bad-date"),
        ("embargo_until: soon", "bad-date"),
        ("embargo: 2026-11-01\nembargo_time: 06:00", "bad-date"),
        ("hold_until: the vote", "bad-date"),
        ("expire_date: some day", "bad-date"),
        ("is_draft: perhaps", "bad-mark"),
        ("embargo: 2026-11-20 25:00", "bad-date"),
        ("embargo: 2026-11-20 10:00 XYZ", "bad-date"),
        ("embargo: 2026-02-30", "bad-date"),
        ("embargo: 12/05/2020", "ambiguous-date"),
        ("embargo: [a, b]", "bad-date"),
        ("date: 2026-11-01\npublishDate: soon", "bad-date"),
        ("expiryDate: some day", "bad-date"),
        ("published: perhaps", "bad-mark"),
        ("draft: perhaps", "bad-mark"),
        ("hidden: [a, b]", "bad-mark"),
        ("date: 2026-11-24 25:00", "bad-date"),
    ] {
        let (standing, codes) = standing(front);
        assert_eq!(codes, [code], "{front}");
        assert!(
            UNCLEAR.iter().any(|unclear| *unclear == code) && standing.hold.is_some(),
            "{front}"
        );
        assert!(standing.faults[0].is_error, "{front}");
    }
    // A date that can't be read is an error; it is not guessed.
    for (front, code) in [
        ("date: 12/05/2020", "ambiguous-date"),
        ("date: 2020-02-30", "impossible-date"),
        ("date: [2020-01-01, 2020-01-02]", "bad-date"),
        ("date: then", "bad-date"),
    ] {
        let (standing, codes) = standing(front);
        assert_eq!((codes, standing.date), (vec![code], None), "{front}");
        assert!(standing.faults[0].is_error, "{front}");
    }
    let (both, _) = standing("date: 12/05/2020");
    assert!(both.faults[0].message.contains("2020-05-12 or 2020-12-05"));
    // For a day in the past, the day counts without its time. An unknown word counts for nothing.
    assert_eq!(standing("date: 2020-01-01 25:00").1, ["odd-time"]);
    assert_eq!(standing("status: seedling").1, ["unknown-status"]);
    assert_eq!((reason("date: 2020-01-01 25:00"), reason("status: seedling")), (None, None));
}

#[test]
fn the_best_key_tells_the_date() {
    for (front, path, date) in [
        ("date: 2020-01-01\ncreated: 2019-01-01", "a.md", "2020-01-01"),
        ("created: 2019-01-01\ndate: 2020-01-01", "a.md", "2020-01-01"),
        ("created: 2019-01-01\npubDate: 2018-01-01", "a.md", "2018-01-01"),
        ("published: true\ncreated: 2019-01-01", "a.md", "2019-01-01"),
        ("published: 2008-03-08 2:45:52", "a.md", "2008-03-08"),
        ("publish: 2008-03-08", "2007-01-01-a.md", "2008-03-08"),
        ("date:\ncreated: 2019-01-01", "a.md", "2019-01-01"),
        ("title: A", "2020-11-4-week.md", "2020-11-04"),
        ("date:\n  created: 2026-03-02\n  updated: 2026-03-03", "a.md", "2026-03-02"),
        ("date: {updated: 2026-03-03, created: 2026-03-02 10:00}", "a.md", "2026-03-02"),
        ("created: 1772409600000\nupdated: 1772509600000", "a.md", "2026-03-02"),
        ("date: 1772409600", "a.md", "2026-03-02"),
        ("date: \"[[2026-03-02]]\"", "a.md", "2026-03-02"),
        ("date: [[daily/2026-03-02]]", "a.md", "2026-03-02"),
        ("date: '10:20 03/22/2026'", "a.md", "2026-03-22"),
        ("date: 0001-01-01T00:00:00Z\ncreated: 2019-01-01", "a.md", "2019-01-01"),
        ("date: 0001-01-01T00:00:00Z", "2019-01-01-a.md", "2019-01-01"),
        ("date: 2020-01-01\ndate: 2021-01-01", "a.md", "2021-01-01"),
    ] {
        let (standing, _) = judge(front, path, Ground::default());
        let found = standing.date.map(|date| date.to_string());
        assert_eq!(found.as_deref(), Some(date), "{front}");
    }
}

#[test]
fn who_asks_for_a_day_gets_it_before_it_comes() {
    let until = Some(Date::constant(2026, 11, 30));
    let hold = |front: &str| {
        let (standing, _) = judge(front, "a.md", Ground { until, hold: None });
        standing.hold.map(|hold| hold.reason)
    };
    assert_eq!(hold("date: 2026-11-30 18:00"), None);
    assert_eq!(hold("date: 2026-12-01"), Some(Reason::Future));
    // What the writer holds back is held back all the same.
    assert_eq!(hold("date: 2026-11-01\npublishDate: 2026-11-30"), Some(Reason::Future));
    assert_eq!(hold("embargo: 2026-11-30"), Some(Reason::Embargo));
}

#[test]
fn an_address_tells_the_day_that_nothing_else_tells() {
    for (front, path, day) in [
        ("path: 2026/10/24/weir", "posts/a.md", Some("2026-10-24")),
        ("permalink: /news/2026/10/24/weir/", "posts/a.md", Some("2026-10-24")),
        ("url: /2026-10-24-weir/", "posts/a.md", Some("2026-10-24")),
        ("path: 2026/10/24/weir\ndate: 2026-10-25", "posts/a.md", Some("2026-10-25")),
        ("path: 2026/10/24/weir", "posts/2026-10-26-a.md", Some("2026-10-26")),
        ("url: https://other.example/2026/10/24/weir", "posts/a.md", None),
        ("permalink: /weir/", "posts/a.md", None),
    ] {
        let date = judge(front, path, Ground::default()).0.date;
        assert_eq!(date.map(|date| date.to_string()).as_deref(), day, "{front} {path}");
    }
}
