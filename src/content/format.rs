//! The `format` of `paper.yaml`: a name, or a group of what differs from a named one.

use crate::diag::Code;
use std::ops::Range;

use crate::grid::Sheet;

use super::fields::{Fields, Text, text};
use super::scope::Scope;
use super::tree::{Node, Value};
use super::words::nearest;

/// The keys of a format.
pub(crate) const KEYS: [&str; 8] =
    ["name", "base", "width", "height", "margins", "columns", "gutter", "bleed"];
/// The keys of its margins.
pub(crate) const MARGINS: [&str; 4] = ["top", "foot", "inside", "outside"];

/// The most columns a page may have.
pub(crate) const COLUMNS_MOST: u16 = 8;
/// The least and the greatest width or height of a sheet, in millimetres.
pub(crate) const SIDE: (f64, f64) = (100.0, 1000.0);
/// The greatest margin, in millimetres.
pub(crate) const MARGIN_MOST: f64 = 200.0;
/// The least and the greatest gutter, in millimetres.
pub(crate) const GUTTER: (f64, f64) = (2.0, 30.0);
/// The greatest bleed, in millimetres.
pub(crate) const BLEED_MOST: f64 = 20.0;
/// A column is at least so wide, in millimetres: justified text needs the room.
const COLUMN_LEAST: f64 = 30.0;
/// What the margins leave is at least so high, in millimetres: 43 rows of `classic`, for a
/// masthead and a story.
const LIVE_LEAST: f64 = 160.0;

/// The sheet that `format` describes; none where it can't be told.
pub(crate) fn format(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Option<Sheet> {
    let node = fields.get(&["format"])?;
    if !matches!(node.value, Value::Map(_)) {
        return text(scope, node, "format").and_then(|name| named(scope, name));
    }
    let inner = Fields::new(scope, node, |key| KEYS.contains(&key), &KEYS);
    let mut sheet = match inner.text(scope, &["base"]) {
        Some(base) => named(scope, base)?,
        None => Sheet::default(),
    };
    let name = inner.text(scope, &["name"]).map_or("custom", |name| name.text);
    sheet.name = name.to_owned().into();
    let before = scope.diagnostics.len();
    let mut length = |key: &str, (least, most): (f64, f64), value: &mut f64| {
        if let Some(node) = inner.get(&[key]) {
            *value = millimetres(scope, node, key, (least, most)).unwrap_or(*value);
        }
    };
    length("width", SIDE, &mut sheet.width);
    length("height", SIDE, &mut sheet.height);
    length("gutter", GUTTER, &mut sheet.gutter);
    length("bleed", (0.0, BLEED_MOST), &mut sheet.bleed);
    if let Some(node) = inner.get(&["margins"]) {
        margins(scope, node, &mut sheet);
    }
    let columns = inner.number(scope, &["columns"], 1, COLUMNS_MOST);
    sheet.columns = columns.and_then(|n| u8::try_from(n).ok()).unwrap_or(sheet.columns);
    // What is wrong by itself need not be told again of the whole.
    if scope.diagnostics.len() == before {
        let place = |keys: &[&str]| inner.get(keys).unwrap_or(node).range.clone();
        check(scope, &sheet, &place);
    }
    Some(sheet)
}

/// The sheet of a name; an error where there is none.
fn named(scope: &mut Scope<'_>, name: Text<'_>) -> Option<Sheet> {
    let sheet = Sheet::named(name.text);
    if sheet.is_none() {
        let near = nearest(&name.text.to_ascii_lowercase(), Sheet::names());
        let all = || format!("the formats are {}", Sheet::names().collect::<Vec<_>>().join(", "));
        let hint = near.map_or_else(all, |near| format!("did you mean `{near}`?"));
        let what = format!("there is no format `{}`", name.text);
        scope.error(Code::BadValue, name.node.range.clone(), what).add_hint(hint);
    }
    sheet
}

/// Reads margins: each by its name, or one number for all.
fn margins(scope: &mut Scope<'_>, node: &Node, sheet: &mut Sheet) {
    let Sheet { top, foot, inside, outside, .. } = sheet;
    let all = MARGINS.into_iter().zip([top, foot, inside, outside]);
    if matches!(node.value, Value::Map(_)) {
        let inner = Fields::new(scope, node, |key| MARGINS.contains(&key), &MARGINS);
        for (key, margin) in all {
            if let Some(node) = inner.get(&[key]) {
                *margin = millimetres(scope, node, key, (0.0, MARGIN_MOST)).unwrap_or(*margin);
            }
        }
    } else if let Some(one) = millimetres(scope, node, "margins", (0.0, MARGIN_MOST)) {
        all.for_each(|(_, margin)| *margin = one);
    }
}

/// A length in millimetres, with `mm` behind it or without.
fn millimetres(
    scope: &mut Scope<'_>,
    node: &Node,
    key: &str,
    (least, most): (f64, f64),
) -> Option<f64> {
    let written = text(scope, node, key)?;
    let number = written.text.trim_end_matches("mm").trim_end().parse::<f64>();
    match number {
        Ok(number) if (least..=most).contains(&number) => Some(number),
        _ => {
            let what = format!("`{key}` must be a number of millimetres from {least} to {most}");
            let hint = format!("write just the number, such as `{key}: {}`", example(key));
            scope.error(Code::BadValue, node.range.clone(), what).add_hint(hint);
            None
        }
    }
}

/// A length as a tabloid has it.
fn example(key: &str) -> f64 {
    let sheet = Sheet::default();
    match key {
        "width" => sheet.width,
        "height" => sheet.height,
        "gutter" => sheet.gutter,
        "bleed" => sheet.bleed,
        _ => sheet.top,
    }
}

/// Says where a sheet as a whole can't be made up. `place` finds the value of the first of
/// some keys that is written.
fn check(scope: &mut Scope<'_>, sheet: &Sheet, place: &dyn Fn(&[&str]) -> Range<usize>) {
    let Sheet { width, height, columns, gutter, .. } = sheet;
    let [live_width, live_height] = sheet.live();
    if live_height < LIVE_LEAST {
        let what = format!(
            "the margins leave {} mm of the sheet's height of {height} mm, but a page needs {LIVE_LEAST} mm",
            tenths(live_height)
        );
        scope
            .error(Code::BadValue, place(&["height", "margins"]), what)
            .add_hint("make the sheet taller or its margins smaller");
    }
    if live_width < COLUMN_LEAST {
        let what = format!(
            "the margins leave {} mm of the sheet's width of {width} mm, but a column needs {COLUMN_LEAST} mm",
            tenths(live_width)
        );
        scope
            .error(Code::BadValue, place(&["width", "margins"]), what)
            .add_hint("make the sheet wider or its margins smaller");
    } else if sheet.column() < COLUMN_LEAST {
        let fit = ((live_width + gutter) / (COLUMN_LEAST + gutter)).floor();
        let what = format!(
            "each of the {columns} columns would be {} mm wide, but a column needs {COLUMN_LEAST} mm",
            tenths(sheet.column())
        );
        scope
            .error(Code::BadValue, place(&["columns", "gutter", "width", "margins"]), what)
            .add_hint(format!("write `columns: {fit}` or fewer, or make the sheet wider"));
    }
}

fn tenths(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}
