//! The page in numbers: sheet, margins, columns and rows.

use serde::Serialize;

use crate::makeup::model::Cells;

/// Points in a millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// A sheet and its margins, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sheet {
    name: &'static str,
    width: f64,
    height: f64,
    top: f64,
    foot: f64,
    inside: f64,
    outside: f64,
    columns: u8,
    gutter: f64,
}

const SHEETS: &[Sheet] = &[
    sheet("broadsheet", [375.0, 560.0], [12.0, 13.0, 15.0, 13.0], 6, 5.0),
    sheet("berliner", [315.0, 470.0], [12.0, 14.0, 14.0, 12.0], 5, 4.5),
    sheet("tabloid", [280.0, 430.0], [11.0, 13.0, 13.0, 11.0], 5, 4.5),
    sheet("a3", [297.0, 420.0], [12.0, 13.0, 13.0, 12.0], 5, 4.5),
    sheet("a4", [210.0, 297.0], [12.0, 13.0, 14.0, 12.0], 3, 5.0),
    sheet("letter", [215.9, 279.4], [12.0, 13.0, 14.0, 12.0], 3, 5.0),
];

const fn sheet(
    name: &'static str,
    [width, height]: [f64; 2],
    [top, foot, inside, outside]: [f64; 4],
    columns: u8,
    gutter: f64,
) -> Sheet {
    Sheet { name, width, height, top, foot, inside, outside, columns, gutter }
}

/// The grid of a page. All lengths are points.
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
    /// Columns.
    pub columns: u8,
    /// Width of a column.
    pub column: f64,
    /// Width between two columns.
    pub gutter: f64,
    /// Height of a row.
    pub row: f64,
    /// Rows from top to foot.
    pub rows: u16,
}

impl Grid {
    /// The names of the formats there are.
    pub fn names() -> Vec<&'static str> {
        SHEETS.iter().map(|sheet| sheet.name).collect()
    }

    /// The grid of a format, with rows of a height in points.
    pub fn of(name: &str, row: f64) -> Option<Self> {
        let sheet = SHEETS.iter().find(|sheet| sheet.name.eq_ignore_ascii_case(name))?;
        let gutter = sheet.gutter * MM;
        let live = (sheet.width - sheet.inside - sheet.outside) * MM;
        let gutters = f64::from(sheet.columns - 1) * gutter;
        let rows = ((sheet.height - sheet.top - sheet.foot) * MM / row).floor();
        Some(Self {
            name: sheet.name.into(),
            width: sheet.width * MM,
            height: sheet.height * MM,
            top: sheet.top * MM,
            inside: sheet.inside * MM,
            outside: sheet.outside * MM,
            columns: sheet.columns,
            column: (live - gutters) / f64::from(sheet.columns),
            gutter,
            row,
            rows: rows as u16,
        })
    }

    /// The width of so many columns with the gutters between them.
    pub fn span(&self, columns: u8) -> f64 {
        let columns = f64::from(columns);
        columns * self.column + (columns - 1.0).max(0.0) * self.gutter
    }

    /// The left edge of the live area of a page: odd pages have the spine at their left.
    pub fn left(&self, page: u16) -> f64 {
        if page % 2 == 1 { self.inside } else { self.outside }
    }

    /// Where cells of a page stand on the sheet.
    pub fn place(&self, page: u16, cells: Cells) -> Box {
        Box {
            x: self.left(page) + f64::from(cells.column) * (self.column + self.gutter),
            y: self.top + f64::from(cells.row) * self.row,
            w: self.span(cells.columns),
            h: f64::from(cells.rows) * self.row,
        }
    }

    /// The number of rows that a height takes.
    pub fn rows_for(&self, height: f64) -> u16 {
        // A thousandth of a row is what adding lengths may cost.
        (height / self.row - 1e-3).ceil().clamp(0.0, f64::from(u16::MAX)) as u16
    }
}

/// A rectangle on the sheet, in points from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Box {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
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
        let grid = Grid::of("tabloid", 10.5).unwrap();
        assert_eq!((grid.columns, grid.rows), (5, 109));
        assert!((grid.column / MM - 47.6).abs() < 0.1);
        let whole = Cells { column: 0, row: 0, columns: 5, rows: 109 };
        let place = grid.place(1, whole);
        assert!((place.x + place.w + grid.outside - grid.width).abs() < 1e-6);
    }

    #[test]
    fn rows_for_forgives_rounding_and_no_more() {
        let grid = Grid::of("tabloid", 10.5).unwrap();
        assert_eq!(grid.rows_for(21.000_001), 2);
        assert_eq!(grid.rows_for(21.1), 3);
    }
}
