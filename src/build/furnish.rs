//! Which of the front page's furniture is printed. Left out is what the theme or the format has no
//! place for, what can't be printed, and a promo whose story stands on the front page itself.

use super::phase::Press;
use super::without::made_without;
use crate::content::paper::Promo;
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::export::{LeftOut, LeftOutReason};
use crate::grid::Grid;
use crate::lineup::Edition;
use crate::makeup::model::Plan;
use crate::typeset::{Theme, check_runs, check_words};

/// The fewest columns of a page that has the weather.
const WEATHER_LEAST: u8 = 2;
/// The rows that furniture must leave for stories: a head, some lines, and the white around them.
const STORY_ROWS: u16 = 20;

/// Leaves out the furniture that has no place, and what holds a letter that can't be printed.
pub(super) fn furnish(
    edition: &mut Edition,
    diagnostics: &mut Vec<Diagnostic>,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<(), Vec<Diagnostic>> {
    diagnostics.extend(unsupported(edition, press.theme, press.grid));
    diagnostics.extend(check_words(edition.own_words()));
    let letters = check_runs(edition.furniture_mut());
    let errors = letters.iter().filter(|one| one.severity == Severity::Error);
    let lost: Vec<Span> = errors.filter_map(|one| one.span).collect();
    diagnostics.extend(letters);
    if !lost.is_empty() && !press.keep_going {
        return Err(diagnostics.clone());
    }
    drop_boxes(edition, left_out, &lost);
    made_without(diagnostics, &lost);
    Ok(())
}

/// Takes out the furniture that the theme or the format has no place for.
fn unsupported(edition: &mut Edition, theme: &Theme, grid: &Grid) -> Vec<Diagnostic> {
    let contract = &theme.contract;
    let paper = &mut edition.paper;
    let mut said = vec![];
    let mut lacks = |what: &str, span: Span| {
        let what =
            format!("the theme `{}` has no place for {what}, which are left out", theme.name);
        let hint = "give it one (docs/themes.md says how), or remove these lines";
        said.push(Diagnostic::warning(Code::NoPlace, span, what).hint(hint));
    };
    if contract.ears.is_none() {
        let sides = [paper.ears.left.take(), paper.ears.right.take()];
        if let Some(ear) = sides.into_iter().flatten().next() {
            lacks("ears", ear.span);
        }
    }
    if contract.promos.is_none()
        && let Some(promo) = std::mem::take(&mut paper.promos).first()
    {
        lacks("promos", promo.span);
    }
    if contract.weather.is_none()
        && let Some(weather) = paper.weather.take()
    {
        lacks("weather reports", weather.span);
    }
    if contract.section_fronts.is_none() {
        paper.sections.iter_mut().for_each(|section| section.front = false);
    }
    if grid.columns < WEATHER_LEAST
        && let Some(weather) = paper.weather.take()
    {
        let what = "a page of one column has no place for the weather, which is left out";
        let one = Diagnostic::warning(Code::NoPlace, weather.span, what);
        said.push(one.hint("choose a format with more columns, or write the weather as a story"));
    }
    said
}

/// Takes out the promos of stories that stand on the front page themselves.
pub(super) fn on_front(edition: &mut Edition, plan: &Plan) -> Vec<Diagnostic> {
    let Some(front) = plan.pages.first() else { return vec![] };
    let here = |item: usize| front.modules.iter().any(|module| module.item == item);
    let stray: Vec<Promo> =
        edition.promos().filter(|(_, item)| here(*item)).map(|(promo, _)| promo.clone()).collect();
    edition.paper.promos.retain(|promo| !stray.contains(promo));
    let one = |promo: Promo| {
        let what = format!(
            "the story `{}` stands on the front page itself; its promo is left out",
            promo.story
        );
        Diagnostic::warning(Code::PromoOnFront, promo.span, what)
            .hint("point to another story, or pin this one to a page inside: `page: 3`")
    };
    stray.into_iter().map(one).collect()
}

/// Takes out the boxes that can't be printed: those within whose lines one of the spans in `lost`
/// lies.
pub(super) fn drop_boxes(edition: &mut Edition, left_out: &mut Vec<LeftOut>, lost: &[Span]) {
    let paper = &mut edition.paper;
    let lost = |span: &Span| {
        let within =
            |one: &Span| one.file == span.file && span.start <= one.start && one.end <= span.end;
        lost.iter().any(within)
    };
    let mut told = |story: &str| {
        left_out.push(LeftOut { story: story.into(), reason: LeftOutReason::BrokenFurniture });
    };
    for (name, ear) in [("left ear", &mut paper.ears.left), ("right ear", &mut paper.ears.right)] {
        if ear.as_ref().is_some_and(|ear| lost(&ear.span)) {
            *ear = None;
            told(name);
        }
    }
    if paper.weather.as_ref().is_some_and(|weather| lost(&weather.span)) {
        paper.weather = None;
        told("weather");
    }
    paper.promos.retain(|promo| {
        let broken = lost(&promo.span);
        if broken {
            told(&format!("promo of {}", promo.story));
        }
        !broken
    });
}

/// Says that the theme's furniture leaves too few rows of a page for stories.
pub(super) fn too_low(edition: &Edition, press: &Press) -> Option<Diagnostic> {
    let Press { theme, grid, .. } = press;
    let bands = theme.contract.bands;
    let promos = theme.contract.promos.filter(|_| !edition.paper.promos.is_empty());
    let weather = theme.contract.weather.filter(|_| edition.paper.weather.is_some());
    let fronts = theme.contract.section_fronts.filter(|_| edition.fronts().next().is_some());
    // A theme's numbers are bounded, so that no sum of some overflows.
    let front = bands.front_top
        + promos.map_or(0, |room| room.rows)
        + bands.front_foot.max(weather.map_or(0, |room| room.rows));
    let section = bands.section_top.max(fronts.map_or(0, |room| bands.inside_top + room.rows));
    let furniture = front.max(section + bands.last_foot);
    if grid.rows >= furniture + STORY_ROWS {
        return None;
    }
    let what = format!(
        "a page of the format `{}` has {} rows, but the theme `{}` needs {}",
        grid.name,
        grid.rows,
        theme.name,
        furniture + STORY_ROWS
    );
    let hint = "choose a taller format, or a theme with smaller rows or less furniture";
    Some(Diagnostic::error(Code::PageTooLow, None, what).hint(hint))
}
