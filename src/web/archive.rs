//! The archive, a page for each year: editions on a calendar or, where they gather weeks or months, in
//! lists.

use std::collections::BTreeMap;

use super::context::Context;
use super::data::{ArchivePage, Cell, EditionLink, EditionList, Month, WeekdayName};
use super::file::{Fault, File};
use super::index::{Index, Section};
use crate::content::paper::period::Every;
use crate::words::{month_text, weekday_text};
use jiff::civil::{Date, Weekday};

/// Regions where a week begins on a Sunday (CLDR, weekData).
const SUNDAY: &[&str] = &[
    "AU", "BR", "CA", "CN", "CO", "DO", "GT", "HK", "HN", "ID", "IL", "IN", "JP", "KE", "KH", "KR",
    "MX", "NI", "NP", "PA", "PE", "PH", "PK", "PR", "PT", "PY", "SA", "SG", "SV", "TH", "TW", "US",
    "VE", "ZA", "ZW",
];

/// The archive's pages: the newest year at `archive/`, every year at `archive/<year>/`.
pub(super) fn archive(
    context: &Context<'_>,
    indexes: &[Index],
    nav: &[Section],
) -> Result<Vec<File>, Fault> {
    let mut years: BTreeMap<i16, Vec<(Date, &Index)>> = BTreeMap::new();
    for index in indexes {
        if let Some(day) = index.date.as_ref().and_then(|date| date.parse::<Date>().ok()) {
            years.entry(day.year()).or_default().push((day, index));
        }
    }
    let first = years.values().flatten().map(|(day, _)| *day).min();
    let names: Vec<i16> = years.keys().rev().copied().collect();
    let mut files = vec![];
    for (at, year) in names.iter().enumerate() {
        let daily = context.paper.every == Every::Day;
        let (months, lists) = if daily {
            (months(context, *year, &years[year]), vec![])
        } else {
            (vec![], lists(context, &years[year]))
        };
        let mut page = |depth: usize, folder: String| {
            let title = context.word("archive").to_owned();
            let own = ArchivePage {
                title: if depth == 1 { title } else { format!("{title} {year}") },
                year: Some(*year),
                years: &names,
                months: &months,
                lists: &lists,
                first: first.map(|day| context.paper.every.text(day, &context.paper.lang)),
                weekdays: weekdays(context),
                current: "archive",
            };
            let data = context.page(depth, &folder, nav, &own);
            files.push((format!("{folder}index.html"), context.look.page("archive.html", &data)?));
            Ok(())
        };
        if at == 0 {
            page(1, "archive/".into())?;
        }
        page(2, format!("archive/{year}/"))?;
    }
    if names.is_empty() {
        let own = ArchivePage {
            title: context.word("archive").to_owned(),
            year: None,
            years: &[],
            months: &[],
            lists: &[],
            first: None,
            weekdays: vec![],
            current: "archive",
        };
        let data = context.page(1, "archive/", nav, &own);
        files.push(("archive/index.html".into(), context.look.page("archive.html", &data)?));
    }
    Ok(files)
}

/// The months of a year that have editions, newest first, each as weeks of days.
fn months(context: &Context<'_>, year: i16, editions: &[(Date, &Index)]) -> Vec<Month> {
    let mut months: BTreeMap<i8, BTreeMap<i8, &Index>> = BTreeMap::new();
    for (day, index) in editions {
        months.entry(day.month()).or_default().insert(day.day(), index);
    }
    let one = |(month, days): (i8, BTreeMap<i8, &Index>)| {
        let start = Date::new(year, month, 1).unwrap_or(Date::constant(1, 1, 1));
        let before = i64::from(start.weekday().since(first_day(context)));
        let cells = (0..before).map(|_| None);
        let cells = cells.chain((1..=start.days_in_month()).map(|day| {
            let index = days.get(&day);
            let text = index.map(|index| index.date_text.clone());
            let url = index.map(|index| format!("{}/", index.folder));
            Some(Cell { day, url, text })
        }));
        let mut cells: Vec<Option<Cell>> = cells.collect();
        cells.resize(cells.len().next_multiple_of(7), None);
        let weeks = cells.chunks(7).map(<[_]>::to_vec).collect();
        Month { name: month_text(start, &context.paper.lang), weeks }
    };
    months.into_iter().rev().map(one).collect()
}

/// The weekly or monthly editions of a year, newest first. Weeks stand below the month in which they
/// begin; months stand in one list without a name.
fn lists(context: &Context<'_>, editions: &[(Date, &Index)]) -> Vec<EditionList> {
    let mut lists: Vec<(Option<Date>, Vec<EditionLink>)> = vec![];
    for (day, index) in editions.iter().rev() {
        let month = (context.paper.every == Every::Week).then(|| day.first_of_month());
        if lists.last().is_none_or(|(known, _)| *known != month) {
            lists.push((month, vec![]));
        }
        if let Some((_, list)) = lists.last_mut() {
            list.push(EditionLink {
                url: format!("{}/", index.folder),
                text: index.date_text.clone(),
            });
        }
    }
    let one = |(month, editions): (Option<Date>, Vec<EditionLink>)| {
        let name = month.map(|day| month_text(day, &context.paper.lang));
        EditionList { name, editions }
    };
    lists.into_iter().map(one).collect()
}

/// The first day of the week in the paper's region.
fn first_day(context: &Context<'_>) -> Weekday {
    let region = context.paper.lang.split(['-', '_']).skip(1).find(|part| part.len() == 2);
    let sunday = region.is_some_and(|region| SUNDAY.contains(&region.to_uppercase().as_str()));
    if sunday { Weekday::Sunday } else { Weekday::Monday }
}

/// The names of the days of the week, short and long, the first day first.
fn weekdays(context: &Context<'_>) -> Vec<WeekdayName> {
    // A Monday.
    let monday = Date::constant(2024, 1, 1);
    let start = if first_day(context) == Weekday::Sunday { -1 } else { 0 };
    (start..start + 7)
        .filter_map(|more| monday.checked_add(jiff::Span::new().days(more)).ok())
        .map(|day| {
            let (short, long) = weekday_text(day, &context.paper.lang);
            WeekdayName { short, long }
        })
        .collect()
}
