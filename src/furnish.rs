//! What of the front page's furniture is printed: what a theme has no place for is left out, and
//! so is what the plan leaves no sense in.

use crate::content::paper::Promo;
use crate::diag::{Code, Diagnostic, Span};
use crate::edition::Edition;
use crate::export::LeftOut;
use crate::grid::Grid;
use crate::makeup::model::Plan;
use crate::typeset::Theme;

/// The columns that a page must have to give some to the weather.
const WEATHER_LEAST: u8 = 2;

/// Takes out what the theme or the format has no place for.
pub fn unsupported(edition: &mut Edition, theme: &Theme, grid: &Grid) -> Vec<Diagnostic> {
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
pub fn on_front(edition: &mut Edition, plan: &Plan) -> Vec<Diagnostic> {
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

/// Takes out the boxes that can't be printed: what is lost of one is written in its lines.
pub fn drop_boxes(edition: &mut Edition, left_out: &mut Vec<LeftOut>, lost: &[Span]) {
    let paper = &mut edition.paper;
    let lost = |span: &Span| {
        let within =
            |one: &Span| one.file == span.file && span.start <= one.start && one.end <= span.end;
        lost.iter().any(within)
    };
    let mut told = |story: &str| {
        left_out.push(LeftOut { story: story.into(), reason: "broken furniture".into() });
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
