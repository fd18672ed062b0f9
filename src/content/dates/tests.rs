//! Tests of every form in which dates are written.

use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// The moment of a text, in UTC. The paper's zone is Tokyo, far from UTC, so that a mistake shows.
fn moment(text: &str) -> Option<String> {
    match read(text) {
        Read::When(when) => Some(when.moment(&zone("Asia/Tokyo")).to_string()),
        _ => None,
    }
}

#[test]
fn one_day_in_many_forms() {
    let day = Date::constant(2026, 3, 2);
    for text in [
        "2026-03-02",
        "2026-3-2",
        "2026/3/2",
        "2026.03.02",
        "2026. 3. 2.",
        "20260302",
        "20260302T1000",
        "[[2026-03-02]]",
        "[[daily/2026-03-02|that Monday]]",
        "10:20 2026-03-02",
        "10:20:30 2 March 2026",
        "10:20 pm, 2.3.2026",
        "1772409600",
        "1772409600.25",
        "1772409600000",
        "20260302100000",
        "2.3.2026",
        "2. 3. 2026",
        "02.03.2026 10:00",
        "2026年3月2日",
        "2026-03-02 16:00:00 -0500",
        "2026-03-02T00:30:00+07:00",
        "2026-03-02T00:30:00.123456789Z",
        "2026-03-02 8:32:24 -0400",
        "2026-03-02 23:06:17+00:00",
        "2026-03-02 10:00 PM",
        "2026-03-02 10 p.m.",
        "2026-03-02, 16.30 Uhr",
        "2026-03-02 16h30",
        "2026-03-02T23:59:60Z",
        "March 2, 2026",
        "March 2nd, 2026",
        "Mar. 2, 2026 at 10:00 am",
        "2 March 2026",
        "2nd March 2026",
        "2nd of March, 2026",
        "2 Mar 2026",
        "02-Mar-2026",
        "02/Mar/2026 10:00:00",
        "2026-Mar-02",
        "2026 March 2",
        "Mon, 02 Mar 2026 10:00:00 GMT",
        "Monday, 2 March 2026",
        "Mon 2026-03-02",
        "2026-03-02 Mon",
        "2026-03-02 (Monday) 10:00",
        "2026-03-02T10:00:00.000+01:00",
        "2026-03-02 10:00:00.0",
        "2026-03-02 23:00:00 UTC-03:00",
        "March 2, 2026 10am",
        "Mon Mar  2 10:00:00 2026",
        "Mon Mar  2 10:00:00 CET 2026",
        "Mon Mar 02 2026 10:00:00 GMT+0100 (Central European Standard Time)",
        "2. März 2026",
        "Montag, 2. März 2026, 10 Uhr",
        "lundi 2 mars 2026",
        "2 de marzo de 2026",
        "2 de março de 2026",
        "2 marzo 2026",
        "2 maart 2026",
        "2 mars 2026",
        "2. marts 2026",
    ] {
        match read(text) {
            Read::When(when) => assert_eq!(when.day, day, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    let first = Date::constant(2026, 3, 1);
    assert!(matches!(read("1er mars 2026"), Read::When(when) if when.day == first));
    // In some languages, the names of Tuesday and March begin alike.
    let tuesday = Date::constant(2026, 3, 3);
    for text in ["mar. 3 mars 2026", "mar 3, 2026", "martes 3 de marzo de 2026"] {
        assert!(matches!(read(text), Read::When(when) if when.day == tuesday), "{text}");
    }
}

#[test]
fn a_moment_keeps_its_time_and_zone() {
    for (text, instant) in [
        ("2026-03-02", "2026-03-01T15:00:00Z"),
        ("2026-03-02 10:00", "2026-03-02T01:00:00Z"),
        ("2026-03-02 10:00 PM", "2026-03-02T13:00:00Z"),
        ("2026-03-02 12:30 am", "2026-03-01T15:30:00Z"),
        ("20260302T1000", "2026-03-02T01:00:00Z"),
        ("20260302T100005Z", "2026-03-02T10:00:05Z"),
        ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
        ("2026-03-02 10:00:00 UTC", "2026-03-02T10:00:00Z"),
        ("2026-03-02 10:00:00 GMT", "2026-03-02T10:00:00Z"),
        ("2026-03-02 10:00:00 +0200", "2026-03-02T08:00:00Z"),
        ("2026-03-02 10:00:00+02:00", "2026-03-02T08:00:00Z"),
        ("2026-03-02 10:00 -5", "2026-03-02T15:00:00Z"),
        ("2026-03-02 10:00 UTC+2", "2026-03-02T08:00:00Z"),
        ("2026-03-02 10:00:00 CET", "2026-03-02T09:00:00Z"),
        ("2026-07-02 10:00 CEST", "2026-07-02T08:00:00Z"),
        ("2026-03-02 10:00 PST", "2026-03-02T18:00:00Z"),
        ("2026-03-02 10:00 Europe/Berlin", "2026-03-02T09:00:00Z"),
        ("2026-03-02T10:00[Europe/Berlin]", "2026-03-02T09:00:00Z"),
        ("2026-03-02T10:00+01:00[Europe/Berlin]", "2026-03-02T09:00:00Z"),
        ("2026-03-02T10:00 (Europe/Berlin)", "2026-03-02T09:00:00Z"),
        ("2026-07-02T10:00[Europe/Berlin]", "2026-07-02T08:00:00Z"),
        ("Mon, 02 Mar 2026 10:00:00 -0500", "2026-03-02T15:00:00Z"),
        ("2nd March 2026, 6 am GMT", "2026-03-02T06:00:00Z"),
        ("Mon Mar  2 10:00:00 EST 2026", "2026-03-02T15:00:00Z"),
        ("2026-03-02Z", "2026-03-02T00:00:00Z"),
    ] {
        assert_eq!(moment(text).as_deref(), Some(instant), "{text}");
    }
}

#[test]
fn no_time_is_guessed() {
    for text in [
        "2026-03-02T24:00:00",
        "2026-03-02 25:00",
        "2026-03-02 10:60",
        "2026-03-02 10:5",
        "2026-03-02 13:00 PM",
        "2026-03-02 0 am",
        "2026-03-02 noon",
        "2026-03-02 10:00 IST",
        "2026-03-02 10:00 XYZ",
        "2026-03-02 10:00 +16:30",
        "2026-03-02 10:00 +0260",
        "2026-03-02 10:00 Europe/Tarrowmouth",
        "2026-03-02T10:00[Nowhere]",
        "2026-03-02T10:00+05:00[Europe/Berlin]",
        "2026-03-02 10:00 tomorrow",
        "2026-03-02 16:30-:00+16:30",
        "2 March 2026 in the evening",
    ] {
        assert_eq!(read(text), Read::OddTime(Date::constant(2026, 3, 2)), "{text}");
    }
}

#[test]
fn a_day_that_may_be_two_is_neither() {
    let (may, december) = (Date::constant(2026, 5, 12), Date::constant(2026, 12, 5));
    for text in ["12/05/2026", "12-5-2026", "12/05/2026 10:00"] {
        assert_eq!(read(text), Read::Either([may, december]), "{text}");
    }
    for (text, day) in [
        ("13/05/2026", Date::constant(2026, 5, 13)),
        ("05/13/2026", Date::constant(2026, 5, 13)),
        ("5/5/2026", Date::constant(2026, 5, 5)),
        ("12.05.2026", may),
    ] {
        assert_eq!(read(text), Read::When(When::day_alone(day)), "{text}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for text in ["2022-18-10T16:00:00", "2023-02-30", "31 April 2026", "30/02/2026", "2026-0-1"] {
        assert_eq!(read(text), Read::Impossible, "{text}");
    }
    for text in ["soon", "", "2026", "2026-03", "March 2026", "1.2", "02/03/26", "Mon", "in May"] {
        assert_eq!(read(text), Read::Unreadable, "{text}");
    }
}

#[test]
fn paths() {
    let day = |year, month, day| Some(Date::constant(year, month, day));
    for (path, date) in [
        ("content/2026-11-24/sport/a.md", day(2026, 11, 24)),
        ("_posts/2020/2020-08-03-leap.md", day(2020, 8, 3)),
        ("2020-11-4-week.md", day(2020, 11, 4)),
        ("2020-1-4.md", day(2020, 1, 4)),
        ("2020_11_04 week.md", day(2020, 11, 4)),
        ("20201104-week.md", day(2020, 11, 4)),
        ("posts/2014/06/a.md", day(2014, 6, 1)),
        ("posts/2014/06/09/a.md", day(2014, 6, 9)),
        ("posts/a.md", None),
        ("2020-13-40-week.md", None),
        ("2020-11-041.md", None),
        ("20209999.md", None),
        ("12345678-order.md", None),
        ("2020-11.md", None),
    ] {
        assert_eq!(of_path(path), date, "{path}");
    }
}

#[test]
fn a_count_of_seconds_is_a_moment() {
    assert_eq!(moment("1772409600").as_deref(), Some("2026-03-02T00:00:00Z"));
    assert_eq!(moment("1772409600500").as_deref(), Some("2026-03-02T00:00:00.5Z"));
    // Its day is the day at that moment in the paper's time zone.
    let Read::When(when) = read("1772400000") else { panic!("no moment") };
    assert_eq!(when.day, Date::constant(2026, 3, 1));
    assert_eq!(when.seen_in(&zone("Asia/Tokyo")).day, Date::constant(2026, 3, 2));
    // A year, month, day and hour in a row are not a count, and neither are numbers of other
    // lengths.
    for text in ["2026030210", "177240960", "17724096000", "1772409600x"] {
        assert_eq!(moment(text), None, "{text}");
    }
}

#[test]
fn the_time_may_come_first() {
    assert_eq!(moment("10:20 22.3.2026").as_deref(), Some("2026-03-22T01:20:00Z"));
    assert_eq!(moment("10:20 PM 2026-03-02").as_deref(), Some("2026-03-02T13:20:00Z"));
    assert!(matches!(read("10:20 02-03-2026"), Read::Either(_)));
}
