//! Page formats and the grid of a page: sheet, margins, columns and rows. Add a page format to
//! `SHEETS`.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::makeup::model::Cells;

/// Points per millimetre.
pub const MM: f64 = 72.0 / 25.4;
/// The widest measure of running text, in rows: a line of some eighty letters. From the end of a
/// longer line, the eye doesn't find back to the next one.
const READABLE_MEASURE_ROWS: f64 = 29.0;

/// The mean width of a letter in a headline, in ems.
const LETTER: f64 = 0.457;
/// How many letters fit on a line of the largest front-page headline.
const LETTERS_FRONT: f64 = 22.0;
/// How many letters fit on a line of the largest headline of an inside page.
const LETTERS_INSIDE: f64 = 27.0;

/// A page format: a sheet, its margins and its columns. All lengths are in millimetres.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The format's name.
    pub name: Cow<'static, str>,
    /// Width of the trimmed sheet.
    pub width: f64,
    /// Height of the trimmed sheet.
    pub height: f64,
    /// The margin above the first row.
    pub top: f64,
    /// The least margin below the last row.
    pub foot: f64,
    /// The margin at the spine.
    pub inside: f64,
    /// The margin away from the spine.
    pub outside: f64,
    /// The number of columns.
    pub columns: u8,
    /// Width between two columns.
    pub gutter: f64,
    /// How far the print may reach beyond each edge of the trimmed sheet.
    pub bleed: f64,
}

const SHEETS: &[Sheet] = &[
    sheet("broadsheet", [375.0, 560.0], [12.0, 13.0, 15.0, 13.0], 6, 5.0),
    sheet("berliner", [315.0, 470.0], [12.0, 14.0, 14.0, 12.0], 5, 4.5),
    TABLOID,
    sheet("a3", [297.0, 420.0], [12.0, 13.0, 13.0, 12.0], 5, 4.5),
    sheet("a4", [210.0, 297.0], [12.0, 13.0, 14.0, 12.0], 3, 5.0),
    sheet("letter", [215.9, 279.4], [12.0, 13.0, 14.0, 12.0], 3, 5.0),
];

const TABLOID: Sheet = sheet("tabloid", [280.0, 430.0], [11.0, 13.0, 13.0, 11.0], 5, 4.5);

const fn sheet(
    name: &'static str,
    [width, height]: [f64; 2],
    [top, foot, inside, outside]: [f64; 4],
    columns: u8,
    gutter: f64,
) -> Sheet {
    let name = Cow::Borrowed(name);
    Sheet { name, width, height, top, foot, inside, outside, columns, gutter, bleed: 3.0 }
}

impl Default for Sheet {
    fn default() -> Self {
        TABLOID
    }
}

impl Sheet {
    /// The names of the built-in formats.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        SHEETS.iter().map(|sheet| match sheet.name {
            Cow::Borrowed(name) => name,
            Cow::Owned(_) => "",
        })
    }

    /// The built-in format of this name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        SHEETS.iter().find(|sheet| sheet.name.eq_ignore_ascii_case(name)).cloned()
    }

    /// Width and height of the live area, inside the margins.
    pub(crate) fn live(&self) -> [f64; 2] {
        let Self { width, height, top, foot, inside, outside, .. } = self;
        [width - inside - outside, height - top - foot]
    }

    /// Width of a column.
    pub(crate) fn column(&self) -> f64 {
        let columns = f64::from(self.columns);
        (self.live()[0] - (columns - 1.0) * self.gutter) / columns
    }
}

/// The grid of a page. All lengths are in points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Grid {
    /// The format's name.
    pub name: String,
    /// Width of the sheet.
    pub width: f64,
    /// Height of the sheet.
    pub height: f64,
    /// From the sheet's upper edge to the first row.
    pub top: f64,
    /// The margin at the spine.
    pub inside: f64,
    /// The margin away from the spine.
    pub outside: f64,
    /// The number of columns.
    pub columns: u8,
    /// Width of a column.
    pub column: f64,
    /// Width between two columns.
    pub gutter: f64,
    /// Height of a row.
    pub row: f64,
    /// The number of rows between the margins at head and foot.
    pub rows: u16,
}

impl Grid {
    /// The grid of a format. `row` is the height of a row in points.
    pub fn of(sheet: &Sheet, row: f64) -> Self {
        Self {
            name: sheet.name.to_string(),
            width: sheet.width * MM,
            height: sheet.height * MM,
            top: sheet.top * MM,
            inside: sheet.inside * MM,
            outside: sheet.outside * MM,
            columns: sheet.columns,
            column: sheet.column() * MM,
            gutter: sheet.gutter * MM,
            row,
            rows: (sheet.live()[1] * MM / row).floor() as u16,
        }
    }

    /// The width of `columns` columns and the gutters between them.
    pub fn span(&self, columns: u8) -> f64 {
        let columns = f64::from(columns);
        columns * self.column + (columns - 1.0).max(0.0) * self.gutter
    }

    /// Whether running text over so many columns is easy to read.
    pub fn is_readable_measure(&self, columns: u8) -> bool {
        self.span(columns) <= READABLE_MEASURE_ROWS * self.row
    }

    /// The size in points of the largest headline on the front page: a step of the theme's `ladder`
    /// of sizes, which begins with the smallest. The wider the page, the larger the headline.
    pub fn head_most_front(&self, ladder: &[f32]) -> f32 {
        self.head_most(ladder, LETTERS_FRONT)
    }

    /// The size in points of the largest headline on an inside page: a step of `ladder`, always
    /// smaller than the front page's unless the ladder has no smaller one.
    pub fn head_most_inside(&self, ladder: &[f32]) -> f32 {
        let front = self.head_most_front(ladder);
        let below = ladder.iter().position(|size| *size >= front).unwrap_or_default().max(1);
        self.head_most(&ladder[..below.min(ladder.len())], LETTERS_INSIDE)
    }

    /// The largest step at which `letters` letters fit on a line as wide as the page.
    fn head_most(&self, ladder: &[f32], letters: f64) -> f32 {
        let most = self.span(self.columns) / (letters * LETTER);
        let smallest = ladder.first().copied().unwrap_or(0.0);
        ladder.iter().copied().filter(|size| f64::from(*size) <= most).fold(smallest, f32::max)
    }

    /// The left edge of a page's live area. Odd pages have the spine at their left.
    pub fn left(&self, page: u16) -> f64 {
        if page % 2 == 1 { self.inside } else { self.outside }
    }

    /// Where a rectangle of cells of a page stands on the sheet.
    pub(crate) fn place(&self, page: u16, cells: Cells) -> Box {
        Box {
            x: self.left(page) + f64::from(cells.column) * (self.column + self.gutter),
            y: self.top + f64::from(cells.row) * self.row,
            w: self.span(cells.columns),
            h: f64::from(cells.rows) * self.row,
        }
    }

    /// The number of rows that a height in points takes.
    pub fn rows_for(&self, height: f64) -> u16 {
        // Sums of lengths carry rounding errors: up to a thousandth of a row is ignored.
        (height / self.row - 1e-3).ceil().clamp(0.0, f64::from(u16::MAX)) as u16
    }
}

/// A rectangle on the sheet. `x` and `y` are its upper left corner. All lengths are in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Box {
    /// Distance from the sheet's left edge.
    pub x: f64,
    /// Distance from the sheet's upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tabloid_has_five_columns_of_109_rows() {
        let grid = Grid::of(&Sheet::default(), 10.5);
        assert_eq!((grid.columns, grid.rows), (5, 109));
        assert!((grid.column / MM - 47.6).abs() < 0.1);
        let whole = Cells { column: 0, row: 0, columns: 5, rows: 109 };
        let place = grid.place(1, whole);
        assert!((place.x + place.w + grid.outside - grid.width).abs() < 1e-6);
    }

    #[test]
    fn every_named_format_is_found_by_its_name_and_has_wide_columns() {
        for name in Sheet::names() {
            let sheet = Sheet::named(&name.to_uppercase()).unwrap();
            assert_eq!(sheet.name, name);
            assert!(sheet.column() > 45.0 && sheet.live()[1] > 250.0, "{name}");
        }
        assert_eq!(Sheet::named("quarto"), None);
    }

    #[test]
    fn heads_grow_with_the_page() {
        let ladder = [14.0, 19.0, 24.0, 29.0, 34.0, 39.0, 44.0, 49.0, 58.0, 70.0, 80.0, 95.0];
        let most = |name: &str, ladder: &[f32]| {
            let grid = Grid::of(&Sheet::named(name).unwrap(), 10.5);
            [grid.head_most_front(ladder), grid.head_most_inside(ladder)]
        };
        assert_eq!(most("broadsheet", &ladder), [95.0, 70.0]);
        assert_eq!(most("broadsheet", &ladder[..10]), [70.0, 58.0]);
        assert_eq!(most("berliner", &ladder), [80.0, 58.0]);
        assert_eq!(most("tabloid", &ladder), [70.0, 58.0]);
        assert_eq!(most("a4", &ladder), [49.0, 39.0]);
        assert_eq!(most("a4", &[60.0, 70.0]), [60.0, 60.0]);
        assert_eq!(most("a4", &[]), [0.0, 0.0]);
    }

    #[test]
    fn rows_for_forgives_rounding_and_no_more() {
        let grid = Grid::of(&Sheet::default(), 10.5);
        assert_eq!(grid.rows_for(21.000_001), 2);
        assert_eq!(grid.rows_for(21.1), 3);
    }
}
