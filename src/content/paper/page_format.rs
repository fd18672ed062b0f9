//! Reads `format` of `paper.yaml`: the name of a page format, or a group of what differs from a
//! named one. The limits of all sizes are here.

use crate::diag::Code;
use std::ops::Range;

use crate::grid::Sheet;

use crate::content::syntax::fields::{Fields, Text, text};
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::wording::nearest;

/// The keys of a format.
pub(crate) const KEYS: [&str; 8] =
    ["name", "base", "width", "height", "margins", "columns", "gutter", "bleed"];
/// The keys of `margins`.
pub(crate) const MARGINS: [&str; 4] = ["top", "foot", "inside", "outside"];

/// The most columns of a page.
pub(crate) const COLUMNS_MOST: u16 = 8;
/// The least and greatest width or height of a sheet, in millimetres.
pub(crate) const SIDE: (f64, f64) = (100.0, 1000.0);
/// The greatest margin, in millimetres.
pub(crate) const MARGIN_MOST: f64 = 200.0;
/// The least and greatest gutter, in millimetres.
pub(crate) const GUTTER: (f64, f64) = (2.0, 30.0);
/// The greatest bleed, in millimetres.
pub(crate) const BLEED_MOST: f64 = 20.0;
/// The least width of a column, in millimetres: justified text needs as much.
const COLUMN_LEAST: f64 = 30.0;
/// The least height of the live area, in millimetres: 43 rows of the theme `classic`, which is
/// enough for a nameplate and a story.
const LIVE_LEAST: f64 = 160.0;

/// Reads `format`. Returns `None` if it is missing or names no format.
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
    // An error in a single value is reported already; the whole may only be wrong because of it.
    if scope.diagnostics.len() == before {
        let place = |keys: &[&str]| inner.get(keys).unwrap_or(node).range.clone();
        check(scope, &sheet, &place);
    }
    Some(sheet)
}

/// The format of this name. An unknown name is an error.
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

/// Reads margins: a group of margins by name, or one number for all four.
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

/// Reads a length in millimetres, with or without `mm` after it.
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

/// The length that a tabloid has, as an example.
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

/// Reports a sheet that can't hold a page. `place` returns the place of the first of some keys that
/// is written.
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
