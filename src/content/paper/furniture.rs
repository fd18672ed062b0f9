//! Reads the furniture of the front page: `ears`, `weather` and `promos`.

use crate::diag::{Code, Severity};

use super::ads;
use super::{Ear, Ears, Forecast, Promo, Weather};
use crate::content::model::{PictureRef, Run};
use crate::content::syntax::fields;
use crate::content::syntax::fields::{Fields, Text};
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};

/// The keys of an ear.
const EAR: [&str; 4] = ["title", "text", "src", "alt"];
/// The keys of the weather.
const WEATHER: [&str; 5] = ["place", "summary", "high", "low", "days"];
/// The keys of a day in the forecast.
const DAY: [&str; 4] = ["day", "summary", "high", "low"];
/// The keys of a promo.
const PROMO: [&str; 3] = ["story", "text", "picture"];

/// The most days in the forecast.
pub(crate) const DAYS_MOST: usize = 5;
/// The most promos on a front page.
pub(crate) const PROMOS_MOST: usize = 4;

fn run(scope: &mut Scope<'_>, text: Text<'_>) -> Run {
    scope.run(text.text, text.node.range.clone())
}

/// Reads a group of keys. For any other type, reports an error with an example of how to write it.
fn group<'n>(
    scope: &mut Scope<'_>,
    node: &'n Node,
    key: &str,
    names: &[&str],
    example: &str,
) -> Option<Fields<'n>> {
    if !matches!(node.value, Value::Map(_)) {
        let what = format!("`{key}` must be a group of keys, but it is {}", node.kind());
        scope
            .error(Code::WrongType, node.range.clone(), what)
            .add_hint(format!("write `{example}`"));
        return None;
    }
    Some(Fields::new(scope, node, |key| names.contains(&key), names))
}

/// Reads `ears`. A side that is missing here stays as it was.
pub(crate) fn ears(scope: &mut Scope<'_>, fields: &Fields<'_>, own: &mut Ears) {
    let Some(node) = fields.get(&["ears"]) else { return };
    let example = "ears: {left: {title: …, text: …}, right: …}";
    let Some(sides) = group(scope, node, "ears", &["left", "right"], example) else { return };
    for (side, ear) in [("left", &mut own.left), ("right", &mut own.right)] {
        let read = sides.get(&[side]).and_then(|node| self::ear(scope, node, side));
        *ear = read.or(ear.take());
    }
}

/// Reads an ear: a text, or a group of keys.
fn ear(scope: &mut Scope<'_>, node: &Node, side: &str) -> Option<Ear> {
    let span = scope.span(node.range.clone());
    if !matches!(node.value, Value::Map(_)) {
        let text = fields::text(scope, node, side)?;
        return Some(Ear { title: None, text: Some(run(scope, text)), picture: None, span });
    }
    let fields = Fields::new(scope, node, |key| EAR.contains(&key), &EAR);
    let [title, text] = ["title", "text"].map(|key| {
        let text = fields.text(scope, &[key])?;
        Some(run(scope, text))
    });
    let alt = fields.text(scope, &["alt"]).map(|text| text.text.to_owned());
    let Some(src) = fields.text(scope, &["src"]) else {
        if title.is_none() && text.is_none() {
            scope
                .error(
                    Code::MissingKey,
                    node.range.clone(),
                    "this ear has neither `text` nor `src`",
                )
                .add_hint("write `text: …`, or name a picture: `{src: ears/tide.png, alt: …}`");
            return None;
        }
        return Some(Ear { title, text, picture: None, span });
    };
    if title.is_some() || text.is_some() {
        scope
            .error(
                Code::BadValue,
                node.range.clone(),
                "this ear has both text and a picture, and only one of them fits",
            )
            .add_hint("remove either `src` or the texts");
        return None;
    }
    Some(Ear { title, text, picture: Some(picture(scope, src, alt)?), span })
}

fn picture(scope: &mut Scope<'_>, src: Text<'_>, alt: Option<String>) -> Option<PictureRef> {
    let range = src.node.range.clone();
    let path = scope.picture_file(src.text, &range, Severity::Error)?;
    let pixels = scope.pixels_of(&path, src.text, &range, Severity::Error)?;
    if alt.is_none() {
        scope
            .warning(Code::MissingAlt, range, "this picture has no alternative text")
            .add_hint("write what the picture shows as `alt: …`, for readers who can't see it");
    }
    let alt = alt.unwrap_or_else(|| "Picture beside the paper's name".to_owned());
    Some(ads::whole(scope, src, path, alt, pixels))
}

/// Reads `weather`.
pub(crate) fn weather(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Option<Weather> {
    let node = fields.get(&["weather"])?;
    let example = "weather: {place: …, summary: …, high: 9, low: 4}";
    let inner = group(scope, node, "weather", &WEATHER, example)?;
    let days = inner.get(&["days"]).map(|node| days(scope, node)).unwrap_or_default();
    let [place, summary] = ["place", "summary"].map(|key| {
        let text = inner.text(scope, &[key])?;
        Some(run(scope, text))
    });
    let [high, low] = ["high", "low"].map(|key| degrees(scope, &inner, key));
    if summary.is_none() && high.is_none() && low.is_none() && days.is_empty() {
        scope.error(Code::MissingKey, node.range.clone(), "this weather is empty").add_hint(
            "write a `summary`, the temperatures `high` and `low`, or a forecast as `days`",
        );
        return None;
    }
    Some(Weather { place, summary, high, low, days, span: scope.span(node.range.clone()) })
}

/// Reads a temperature. A number gets a degree sign; any other text is printed as it is written.
fn degrees(scope: &mut Scope<'_>, fields: &Fields<'_>, key: &str) -> Option<Run> {
    let text = fields.text(scope, &[key])?;
    let mut run = run(scope, text);
    if text.text.replace(',', ".").parse::<f64>().is_ok_and(f64::is_finite) {
        run.text = format!("{}°", text.text.replace('-', "−").trim_start_matches('+'));
    }
    Some(run)
}

fn days(scope: &mut Scope<'_>, node: &Node) -> Vec<Forecast> {
    let items = list(node);
    if items.len() > DAYS_MOST {
        let what =
            format!("the forecast has {} days, but there is room for {DAYS_MOST}", items.len());
        scope.error(Code::BadValue, node.range.clone(), what).add_hint("remove the last ones");
        return vec![];
    }
    let mut days = vec![];
    for item in items {
        let example = "days: [{day: Wed, summary: Showers, high: 8, low: 3}]";
        let Some(inner) = group(scope, item, "days", &DAY, example) else { continue };
        let Some(day) = inner.text(scope, &["day"]) else {
            scope
                .error(Code::MissingKey, item.range.clone(), "this day of the forecast has no name")
                .add_hint("write `day: Wed`");
            continue;
        };
        let day = run(scope, day);
        let summary = inner.text(scope, &["summary"]).map(|text| run(scope, text));
        let [high, low] = ["high", "low"].map(|key| degrees(scope, &inner, key));
        days.push(Forecast { day, summary, high, low });
    }
    days
}

fn list(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// Reads `promos`: each is the name of a story, or a group of keys.
pub(crate) fn promos(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Vec<Promo> {
    let Some(node) = fields.get(&["promos"]) else { return vec![] };
    let items = list(node);
    if items.len() > PROMOS_MOST {
        let what = format!("there are {} promos, but there is room for {PROMOS_MOST}", items.len());
        scope.error(Code::BadValue, node.range.clone(), what).add_hint("remove the last ones");
        return vec![];
    }
    let mut promos = vec![];
    for item in items {
        let (mut text, mut pictured) = (None, false);
        let story = if matches!(item.value, Value::Map(_)) {
            let inner = Fields::new(scope, item, |key| PROMO.contains(&key), &PROMO);
            text = inner.text(scope, &["text"]).map(|text| run(scope, text));
            pictured = inner.truth(scope, &["picture"]) == Some(true);
            inner.text(scope, &["story"])
        } else {
            fields::text(scope, item, "promos")
        };
        let Some(story) = story else {
            scope
                .error(Code::MissingKey, item.range.clone(), "this promo doesn't name a story")
                .add_hint("write `- {story: its-slug, text: …}`");
            continue;
        };
        let span = scope.span(item.range.clone());
        promos.push(Promo { story: story.text.to_owned(), text, pictured, span });
    }
    promos
}
