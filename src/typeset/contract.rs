//! Reads `theme.toml`, the numbers that the program must know of a theme, and checks them.

use serde::Deserialize;

/// What the program must know of a theme before it sets anything: the contents of `theme.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contract {
    /// The version of the contract between program and theme.
    pub version: u32,
    /// The ladder of headline sizes in points, smallest first.
    pub ladder: Vec<f32>,
    /// The sizes of a jump head in points: for the paper's lead, then for all other stories.
    pub jump_sizes: [f32; 2],
    /// Further sizes in points, smallest first, for a jump head that leads its page.
    #[serde(default)]
    pub jump_leads: Vec<f32>,
    /// The height of a row in points: the leading of running text.
    pub row: f64,
    /// The gap between two modules, in rows.
    pub gap: u16,
    /// The rows that furniture takes and no story may use.
    pub bands: Bands,
    /// The places beside the nameplate, if the theme has them.
    pub ears: Option<EarRoom>,
    /// The place of the weather, if the theme has one.
    pub weather: Option<WeatherRoom>,
    /// The place of promos, if the theme has one.
    pub promos: Option<PromoRoom>,
    /// The head of a section's front, if the theme has one.
    pub section_fronts: Option<FrontRoom>,
}

/// The head of a section's front.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontRoom {
    /// Its height in rows, below the folio.
    pub rows: u16,
}

/// The place of an ear in the masthead.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarRoom {
    /// Its width, as a share of the page's columns together.
    pub width: f64,
    /// Its height in rows.
    pub rows: f64,
}

/// The place of the weather, at the end of the front page's foot.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeatherRoom {
    /// The columns that it takes. The index has the others.
    pub columns: u8,
    /// The least height of the front page's foot with the weather in it, in rows.
    pub rows: u16,
}

/// The place of promos, below the masthead.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PromoRoom {
    /// The rows between the masthead and the first story, with the white below the promos.
    pub rows: u16,
    /// The rows of that white, in which a rule stands.
    pub white: u16,
    /// The side of a promo's square picture, in rows.
    pub picture: f64,
}

/// The rows that furniture takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Bands {
    /// At the head of the front page: skyline, nameplate and date line.
    pub front_top: u16,
    /// At the foot of the front page: the index.
    pub front_foot: u16,
    /// At the head of a page inside: the folio.
    pub inside_top: u16,
    /// At the head of a page on which a section begins: folio and section head.
    pub section_top: u16,
    /// At the foot of the last page: the imprint.
    pub last_foot: u16,
}

/// The least and the greatest size of type, in points.
const TYPE_SIZES_PT: (f64, f64) = (4.0, 400.0);
/// The most rows that anything of a page may have: more than any page has.
const ROWS_MOST: u16 = 400;

/// Reads `theme.toml`.
///
/// # Errors
/// What is wrong, and in which line.
pub(super) fn read(text: &str) -> Result<Contract, (usize, String)> {
    let contract: Contract = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start.min(text.len()));
        (
            text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1,
            error.message().into(),
        )
    })?;
    match wrong(&contract) {
        Some((table, key, what)) => Err((line_of(text, table, key), format!("`{key}` {what}"))),
        None => Ok(contract),
    }
}

/// The line of a key, in a table or before all tables.
fn line_of(text: &str, table: &str, key: &str) -> usize {
    let mut inside = "";
    let mut found = None;
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if let Some(name) = line.strip_prefix('[') {
            inside = name.split(']').next().unwrap_or_default().trim();
            if inside == table {
                found = found.or(Some(number));
            }
        } else if inside == table
            && line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
        {
            return number;
        }
    }
    found.unwrap_or(1)
}

/// The first invalid number: its table, its key, and what it must be.
fn wrong(contract: &Contract) -> Option<(&'static str, &'static str, String)> {
    let Contract { version, ladder, jump_sizes, jump_leads, row, gap, bands, .. } = contract;
    if *version != 1 {
        return Some(("", "version", "must be 1".into()));
    }
    if ladder.is_empty() || !ladder.is_sorted_by(|a, b| a < b) {
        return Some(("", "ladder", "must be sizes in points, smallest first".into()));
    }
    if !jump_leads.is_sorted_by(|a, b| a < b) {
        return Some(("", "jump-leads", "must be sizes in points, smallest first".into()));
    }
    let sizes = [("ladder", &ladder[..]), ("jump-sizes", jump_sizes), ("jump-leads", jump_leads)];
    for (key, sizes) in sizes {
        if !sizes.iter().all(|size| (TYPE_SIZES_PT.0..=TYPE_SIZES_PT.1).contains(&f64::from(*size)))
        {
            let what =
                format!("must be sizes from {} to {} points", TYPE_SIZES_PT.0, TYPE_SIZES_PT.1);
            return Some(("", key, what));
        }
    }
    let Bands { front_top, front_foot, inside_top, section_top, last_foot } = *bands;
    let rows = f64::from;
    let mut numbers = vec![
        ("", "row", *row, (6.0, 72.0)),
        ("", "gap", rows(*gap), (0.0, 20.0)),
        ("bands", "front-top", rows(front_top), (0.0, rows(ROWS_MOST))),
        ("bands", "front-foot", rows(front_foot), (0.0, rows(ROWS_MOST))),
        ("bands", "inside-top", rows(inside_top), (0.0, rows(ROWS_MOST))),
        ("bands", "section-top", rows(section_top), (0.0, rows(ROWS_MOST))),
        ("bands", "last-foot", rows(last_foot), (0.0, rows(ROWS_MOST))),
    ];
    if let Some(EarRoom { width, rows: high }) = contract.ears {
        numbers.push(("ears", "width", width, (0.01, 0.45)));
        numbers.push(("ears", "rows", high, (0.5, rows(ROWS_MOST))));
    }
    if let Some(WeatherRoom { columns, rows: high }) = contract.weather {
        numbers.push(("weather", "columns", f64::from(columns), (1.0, 12.0)));
        numbers.push(("weather", "rows", rows(high), (1.0, rows(ROWS_MOST))));
    }
    if let Some(PromoRoom { rows: high, white, picture }) = contract.promos {
        numbers.push(("promos", "rows", rows(high), (1.0, rows(ROWS_MOST))));
        numbers.push(("promos", "white", rows(white), (0.0, rows(high.saturating_sub(1)))));
        numbers.push(("promos", "picture", picture, (0.1, rows(high))));
    }
    if let Some(FrontRoom { rows: high }) = contract.section_fronts {
        numbers.push(("section-fronts", "rows", rows(high), (1.0, rows(ROWS_MOST))));
    }
    let out = |(_, _, number, (least, most)): &&(_, _, f64, (f64, f64))| {
        !(*least..=*most).contains(number)
    };
    let (table, key, number, (least, most)) = numbers.iter().find(out)?;
    Some((table, key, format!("must be a number from {least} to {most}, and is {number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSIC: &str = include_str!("../../templates/print/classic/theme.toml");

    #[test]
    fn a_number_that_makes_no_sense_is_named_with_its_line() {
        assert!(read(CLASSIC).is_ok());
        for (old, new, said) in [
            ("version = 1", "version = 2", "`version` must be 1"),
            ("ladder = [14,", "ladder = [140,", "`ladder` must be sizes in points, smallest first"),
            ("80, 95]", "80, 4000]", "`ladder` must be sizes from 4 to 400 points"),
            ("jump-sizes = [24", "jump-sizes = [nan", "`jump-sizes` must be sizes from 4 to 400"),
            ("jump-leads = [29", "jump-leads = [59", "`jump-leads` must be sizes in points"),
            ("row = 10.5", "row = inf", "`row` must be a number from 6 to 72, and is inf"),
            ("row = 10.5", "row = 0", "`row` must be a number from 6 to 72, and is 0"),
            ("gap = 2", "gap = 65535", "`gap` must be a number from 0 to 20, and is 65535"),
            ("front-foot = 5", "front-foot = 65535", "`front-foot` must be a number from 0 to 400"),
            ("front-top = 13", "front-top = 401", "`front-top` must be"),
            ("last-foot = 3", "last-foot = -1", "integer"),
            ("inside-top = 2", "inside-top = \"two\"", "string"),
            ("width = 0.16", "width = nan", "`width` must be"),
            ("columns = 2", "columns = 0", "`columns` must be a number from 1 to 12"),
            ("white = 2", "white = 6", "`white` must be a number from 0 to 5"),
            ("picture = 3.75", "picture = -1.0", "`picture` must be a number"),
            ("rows = 8\n", "rows = 0\n", "`rows` must be a number from 1 to 400"),
            ("rows = 8.4", "rows = 8.4\nrules = 3", "unknown field"),
        ] {
            assert_eq!(CLASSIC.matches(old).count(), 1, "{old}");
            let line = CLASSIC.split(old).next().unwrap().matches('\n').count() + 1;
            let line = line + new.matches('\n').count().min(usize::from(new.contains("rules")));
            let (at, what) = read(&CLASSIC.replace(old, new)).unwrap_err();
            assert!(at == line && what.contains(said), "{new}: line {at}, {what}");
        }
        // What is missing is told at the head of the file, or of its table.
        let without = CLASSIC.replace("section-top = 5\n", "");
        assert!(read(&without).unwrap_err().1.contains("section-top"));
    }
}
