//! Chooses the widths of a table's columns, and how many columns of a page its story needs for them.

use std::ops::Range;
use std::sync::LazyLock;

use typst::foundations::Content;
use typst::layout::{Abs, Fr, Sizing};
use typst::text::{FontInstance, FontVariant, FontVariations};

use super::breaks::{BREAK, CELL_LONG_WORD, TextPlace, printed, printed_code};
use super::fonts;
use crate::content::model::Table;
use crate::content::model::{Align, Block, Inline, Story, plain};
use crate::grid::Grid;

/// The size of type in tables of the built-in themes, in points.
const TYPE_SIZE_PT: f64 = 7.6;
/// The face of tables in the built-in themes.
const FACE: &str = "libre franklin";
/// The width of bold type as a multiple of regular type's.
const BOLD_FACTOR: f64 = 1.07;
/// A factor for themes that set tables a little wider than the built-in ones.
const THEME_ALLOWANCE: f64 = 1.01;
/// The width of a character that the face lacks, in ems.
const UNKNOWN_CHARACTER_EM: f64 = 0.62;
/// The width of a character of code, in ems. The built-in themes set code in a face of one width.
const CODE_CHARACTER_EM: f64 = 0.603;
/// The white at both sides of a cell together, in points, as themes set it.
const CELL_WHITE_PT: f64 = 4.8;
/// The further white between figures at the end of their column and the words beside them, in points.
const FIGURES_GAP_PT: f64 = 6.0;
/// If more than this share of the width is left over, all columns share it.
const SPARE_SHARED_FROM: f64 = 0.3;
/// Where space is short, a word of this many letters or more may be divided,
const DIVIDED_LEAST_LETTERS: usize = 6;
/// and takes this share of its width then.
const DIVIDED_WIDTH: f64 = 0.65;
/// A cell asks for no more width than this, in points, however long its text.
const CELL_MOST_PT: f64 = 230.0;
/// A table whose cells have no more lines than this is never too thin.
const CELL_LINES: f64 = 4.0;
/// A table is mostly white if its rows take this many times the lines of its text.
const THIN_FACTOR: f64 = 1.6;
/// The white at the end of a line, as a rule, in points.
const LINE_END_WHITE_PT: f64 = 8.0;
/// A table of this many columns or more is one to look things up in: each row should stand on one
/// line.
const RECORDS_LEAST_COLUMNS: usize = 3;
/// Such a table needs more width if its rows take more lines than this on average.
const RECORDS_MOST_LINES: f64 = 1.3;
/// A story with no more words than this beside its tables is a table with a few words, and its
/// measure may be wider than running text allows.
const FEW_WORDS: usize = 25;

static REGULAR: LazyLock<Option<FontInstance>> = LazyLock::new(|| {
    let index = fonts::book().select(FACE, FontVariant::default())?;
    let (variant, size) = (FontVariant::default(), Abs::pt(TYPE_SIZE_PT));
    Some(fonts::font(index)?.instantiate(variant, size, &FontVariations::default()))
});

/// The width of a text in points.
fn width_of(text: &str, bold: bool) -> f64 {
    let ems = |c: char| {
        let advance =
            |font: &FontInstance| Some(font.x_advance(font.ttf().glyph_index(c)?.0)?.get());
        if c == BREAK {
            0.0
        } else {
            REGULAR.as_ref().and_then(advance).unwrap_or(UNKNOWN_CHARACTER_EM)
        }
    };
    text.chars().map(ems).sum::<f64>()
        * TYPE_SIZE_PT
        * THEME_ALLOWANCE
        * if bold { BOLD_FACTOR } else { 1.0 }
}

/// The widths that a column needs, in points, from the least to the greatest.
#[derive(Clone, Copy)]
struct Need {
    /// For its widest piece, if longer words are divided.
    hard: f64,
    /// For its widest word.
    least: f64,
    /// For its widest cell below the head.
    body: f64,
    /// For its widest cell, up to what a cell asks for at most.
    all: f64,
    /// For its widest cell, however long.
    full: f64,
}

/// The needs of each column.
fn needs(table: &Table) -> Vec<Need> {
    let mut needs =
        vec![Need { hard: 4.0, least: 4.0, body: 4.0, all: 4.0, full: 4.0 }; table.width()];
    let each = |row: usize| table.cells(row).map(move |cell| (row < table.heads, cell));
    for (head, cell) in (0..table.rows.len()).flat_map(each) {
        let text = plain(cell.text);
        let least = pieces(&text).map(|piece| least_of(piece, head)).fold(0.0, f64::max);
        let hard = pieces(&text).map(|piece| hard_of(piece, head)).fold(0.0, f64::max);
        let (longest, more) = code_of(cell.text, head);
        let (least, hard) = (least.max(longest), hard.max(longest));
        let full = (width_of(&text, head) + more).max(least);
        let all = full.min(CELL_MOST_PT).max(least);
        // A cell over several columns needs a share of each.
        let share = cell.columns as f64;
        for need in &mut needs[cell.column..cell.column + cell.columns] {
            need.hard = need.hard.max(hard / share);
            need.least = need.least.max(least / share);
            need.all = need.all.max(all / share);
            need.full = need.full.max(full / share);
            need.body = need.body.max(if head { 0.0 } else { all / share });
        }
    }
    needs
}

/// The width of the widest piece of code in a cell, which is never divided as words are, and the
/// width that all code takes beyond that of the same characters in the table's face.
fn code_of(text: &[Inline], bold: bool) -> (f64, f64) {
    let mut found = (0.0f64, 0.0);
    for inline in text {
        let (longest, more) = match inline {
            Inline::Code(run) => {
                let width = |text: &str| {
                    text.chars().count() as f64 * CODE_CHARACTER_EM * TYPE_SIZE_PT * THEME_ALLOWANCE
                };
                let broken = printed_code(&run.text, TextPlace::Cell);
                let parts = broken.split(|c: char| c == BREAK || c.is_whitespace());
                let more = (width(&run.text) - width_of(&run.text, bold)).max(0.0);
                (parts.map(width).fold(0.0, f64::max), more)
            }
            other => code_of(other.inner().unwrap_or_default(), bold),
        };
        found = (found.0.max(longest), found.1 + more);
    }
    found
}

/// The pieces of a cell's text within which no line breaks.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let whole = Range { start: 0, end: text.len() };
    let glued = if is_figures(text) { std::iter::once(whole).collect() } else { glued(text) };
    let mut at = 0;
    let mut out = vec![];
    let rest = std::iter::once(text.len()..text.len());
    for Range { start, end } in glued.into_iter().chain(rest) {
        let between = text.get(at..start).unwrap_or_default();
        out.extend(between.split_whitespace());
        out.extend(text.get(start..end).filter(|piece| !piece.is_empty()));
        at = end;
    }
    out.into_iter()
}

/// The least width of a piece in points: long words can be divided.
fn least_of(piece: &str, bold: bool) -> f64 {
    let whole = width_of(piece, bold);
    let broken = printed(piece, TextPlace::Cell);
    let widest = broken.split(BREAK).map(|part| width_of(part, bold)).fold(0.0, f64::max);
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    let divided = letters > CELL_LONG_WORD && !broken.contains(BREAK);
    if divided { whole * CELL_LONG_WORD as f64 / piece.chars().count() as f64 } else { widest }
}

/// The least width of a piece in points if shorter words are divided too.
fn hard_of(piece: &str, bold: bool) -> f64 {
    let word = piece.trim_matches(|c: char| !c.is_alphabetic());
    let divided =
        word.chars().count() >= DIVIDED_LEAST_LETTERS && word.chars().all(char::is_alphabetic);
    least_of(piece, bold) * if divided { DIVIDED_WIDTH } else { 1.0 }
}

/// Whether a text is figures and signs alone, such as a score: it never breaks.
pub(super) fn is_figures(text: &str) -> bool {
    let figures = text.chars().any(|c| c.is_numeric());
    figures && text.chars().count() <= 24 && !text.chars().any(char::is_alphabetic)
}

/// The widths of a table's columns where all of it is `width` points wide.
///
/// If all cells fit on one line, every column gets what it needs, and the first one, which says what a
/// row is about, gets the rest. Otherwise each column gets the width of what can't be divided, and
/// the rest is shared in proportion to what the cells need beyond that, as browsers do (CSS 2.2,
/// 17.5.2.2). None if not even that fits, or if the table would be mostly white.
pub(super) fn columns(table: &Table, width: f64) -> Option<Columns> {
    let needs = needs(table);
    let spare = width - sum(&needs, |need| need.full);
    if spare >= 0.0 {
        let gaps = (0..needs.len()).filter(|column| is_gap(table, *column)).count();
        let gap = if gaps > 0 { FIGURES_GAP_PT.min(spare / gaps as f64) } else { 0.0 };
        let loose = spare > SPARE_SHARED_FROM * width;
        let share = |(at, need): (usize, &Need)| match at {
            _ if loose => Sizing::Fr(Fr::new(need.all + CELL_WHITE_PT + FIGURES_GAP_PT)),
            0 => Sizing::Fr(Fr::one()),
            _ => Sizing::Auto,
        };
        return Some(Columns { widths: needs.iter().enumerate().map(share).collect(), gap });
    }
    let shares = shares(&needs, width)?;
    if is_thin(table, &shares, width) {
        return None;
    }
    let fixed = |points: f64| Sizing::Rel(Abs::pt(points).into());
    let others = shares.iter().skip(1).map(|points| fixed(*points));
    // The first column takes what rounding leaves.
    let widths = std::iter::once(Sizing::Fr(Fr::one())).chain(others).collect();
    Some(Columns { widths, gap: 0.0 })
}

/// The columns of a table, for Typst.
pub(super) struct Columns {
    /// Their widths.
    pub(super) widths: Vec<Sizing>,
    /// The white after figures at the end of their column, in points.
    pub(super) gap: f64,
}

/// Whether a column is set flush right and words follow close to it.
pub(super) fn is_gap(table: &Table, column: usize) -> bool {
    let side = |column: usize| table.align.get(column);
    side(column) == Some(&Align::End) && side(column + 1).is_some_and(|side| *side != Align::End)
}

/// The width of all columns with the white of their cells, in points.
fn sum(needs: &[Need], of: impl Fn(&Need) -> f64) -> f64 {
    needs.iter().map(|need| of(need) + CELL_WHITE_PT).sum()
}

/// The width of each column in points where not all cells fit on one line; none if the columns don't
/// fit at all.
fn shares(needs: &[Need], width: f64) -> Option<Vec<f64>> {
    let whole = width - sum(needs, |need| need.least);
    let parts = width - sum(needs, |need| need.hard);
    if parts < 0.0 {
        return None;
    }
    // What each column has for certain, and what it needs beyond that. Heads are divided before the
    // rows below them.
    let span = |need: &Need| {
        if whole < 0.0 { (need.hard, need.body.max(need.hard)) } else { (need.least, need.all) }
    };
    let left = if whole < 0.0 { parts } else { whole };
    let more: f64 = needs.iter().map(|need| span(need).1 - span(need).0).sum();
    let share = |need: &Need| {
        let (has, wants) = span(need);
        has + CELL_WHITE_PT + left * (wants - has) / more.max(1.0)
    };
    Some(needs.iter().map(share).collect())
}

/// The lines that each row takes in columns of these widths in points.
fn lines(table: &Table, widths: &[f64]) -> Vec<f64> {
    let row = |row: usize| {
        table.cells(row).map(move |cell| {
            let room: f64 = widths[cell.column..cell.column + cell.columns].iter().sum();
            let text = width_of(&plain(cell.text), row < table.heads);
            if text + CELL_WHITE_PT <= room {
                1.0
            } else {
                (text / (room - CELL_WHITE_PT - LINE_END_WHITE_PT).max(1.0)).ceil()
            }
        })
    };
    (table.heads..table.rows.len()).map(|at| row(at).fold(1.0, f64::max)).collect()
}

/// Whether long texts in narrow columns would leave a table mostly white: its rows take far more
/// lines than their texts would on lines of full width.
fn is_thin(table: &Table, widths: &[f64], width: f64) -> bool {
    let beside = lines(table, widths);
    let high = beside.iter().copied().fold(0.0, f64::max);
    let stacked = |row: &Vec<Vec<Inline>>| {
        let all: f64 = row.iter().map(|cell| width_of(&plain(cell), false)).sum();
        (all / (width - LINE_END_WHITE_PT)).ceil().max(1.0)
    };
    let below: f64 = table.rows[table.heads..].iter().map(stacked).sum();
    high > CELL_LINES && beside.iter().sum::<f64>() > THIN_FACTOR * below
}

/// Whether a table is cramped at a width in points.
fn is_cramped(table: &Table, width: f64) -> bool {
    let needs = needs(table);
    if sum(&needs, |need| need.full) <= width {
        return false;
    }
    let Some(shares) = shares(&needs, width).filter(|shares| !is_thin(table, shares, width)) else {
        return true;
    };
    let lines = lines(table, &shares);
    let count = lines.len().max(1) as f64;
    table.width() >= RECORDS_LEAST_COLUMNS && lines.iter().sum::<f64>() / count > RECORDS_MOST_LINES
}

/// How many columns of the page each leg of a story must take so that its tables are not cramped.
/// None if one is enough, or if more would make lines too long to read.
pub(crate) fn columns_wanted(story: &Story, grid: &Grid) -> Option<u8> {
    let mut all = vec![];
    let mut words = 0;
    look(&story.body, &mut all, &mut words);
    let cramped = |columns: u8| all.iter().any(|table| is_cramped(table, grid.span(columns)));
    // In a box, legs have the measure of all others.
    if !cramped(1) || story.pins.boxed {
        return None;
    }
    let pinned = story.pins.columns.map_or(grid.columns, |pin| pin.value.min(grid.columns));
    let parts = |columns: &u8| story.pins.columns.is_none() || pinned.is_multiple_of(*columns);
    let reads = |columns: &u8| words <= FEW_WORDS || grid.is_readable_measure(*columns);
    let mut able = (2..=pinned).filter(parts).filter(reads);
    let last = able.clone().next_back();
    able.find(|columns| !cramped(*columns)).or(last)
}

/// Collects the tables of blocks, and counts the words beside them.
fn look<'a>(blocks: &'a [Block], tables: &mut Vec<&'a Table>, words: &mut usize) {
    for block in blocks {
        match block {
            Block::Table(table) => tables.push(table),
            Block::Paragraph(text) | Block::Subhead { text, .. } => {
                *words += plain(text).split_whitespace().count();
            }
            Block::List { items, .. } => items.iter().for_each(|item| look(item, tables, words)),
            Block::Quote(inner) => look(inner, tables, words),
            // A line of code counts as eight words of prose.
            Block::Code(lines) => *words += lines.len() * 8,
            Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
        }
    }
}

/// Signs behind a number that belong to it.
const UNITS: &str = " % ‰ ° °C °F € $ £ ¥ ₽ ₺ kr zł Kč Ft CHF EUR USD GBP km m cm mm kg g t l h min s pts pt ft in mi km/h ";
/// Signs before a number that belong to it.
const BEFORE: &str = " € $ £ ¥ ₽ CHF EUR USD GBP US$ + - − ± ~ < > ≤ ≥ ";
/// Signs between two numbers, such as those of a score.
const BETWEEN: &str = " – — - − : / × x ";

/// The parts of a text within which no line breaks: numbers with their units, scores, ranges.
pub(super) fn glued(text: &str) -> Vec<Range<usize>> {
    let words: Vec<(usize, &str)> = text
        .split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .filter(|(_, word)| !word.is_empty())
        .collect();
    let mut out: Vec<Range<usize>> = vec![];
    for (at, &(start, word)) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let joined = before.is_some_and(|&(from, before)| {
            let third = |step: isize| {
                let place = at.checked_add_signed(step)?;
                words.get(place).map(|(_, word)| *word)
            };
            from + before.len() + 1 == start && belongs(third(-2), before, word, third(1))
        });
        let end = start + word.len();
        match out.last_mut().filter(|last| joined && last.end + 1 == start) {
            Some(last) => last.end = end,
            None if joined => {
                let from = before.map_or(start, |(from, _)| *from);
                out.push(from..end);
            }
            None if is_joined(word) => out.push(start..end),
            None => {}
        }
    }
    out
}

/// Whether two adjacent words belong to one number. `first` and `then` are the words before and after
/// them.
fn belongs(first: Option<&str>, before: &str, word: &str, then: Option<&str>) -> bool {
    let among = |all: &str, word: &str| all.contains(&format!(" {word} "));
    let core = |word: &str| word.trim_matches(|c| ",;.()[]".contains(c)).to_owned();
    let ends = |word: &str| word.ends_with(is_figure);
    let begins = |word: &str| word.trim_start_matches(['+', '-', '−']).starts_with(is_figure);
    let thousand = {
        let lead = before.trim_start_matches(|c: char| !c.is_ascii_digit());
        let three = word.chars().take_while(char::is_ascii_digit).count() == 3;
        three && (1..=3).contains(&lead.len()) && lead.chars().all(|c| c.is_ascii_digit())
    };
    (ends(before) && among(UNITS, &core(word)))
        || (among(BEFORE, before) && begins(word))
        || (ends(before) && among(BETWEEN, word) && then.is_some_and(begins))
        || (among(BETWEEN, before) && first.is_some_and(ends) && begins(word))
        || thousand
}

/// Whether a word has a dash or a stroke between figures, where a line might break.
fn is_joined(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let dash = |c: char| "–—-‐‒−/".contains(c);
    letters.windows(3).any(|three| {
        is_figure(three[0]) && dash(three[1]) && (is_figure(three[2]) || three[2] == '−')
    })
}

fn is_figure(c: char) -> bool {
    c.is_numeric()
}

/// Content within which no line breaks.
pub(super) fn unbroken(content: Content) -> Content {
    use typst::foundations::NativeElement;
    typst::layout::BoxElem::new().with_body(Some(content)).pack()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::model::Run;
    use crate::diag::{FileNo, Span};

    #[test]
    fn numbers_and_scores_stay_whole() {
        for (text, parts) in [
            ("2–1", &["2–1"][..]),
            ("won 2 – 1 (aet)", &["2 – 1"]),
            ("4½–3½", &["4½–3½"]),
            ("up 12 % on 2 : 1", &["12 %", "2 : 1"]),
            ("from € 5 to 1 234,5 kg", &["€ 5", "1 234,5 kg"]),
            ("1 234 567 people", &["1 234 567"]),
            ("3-0, then 10:30", &["3-0,"]),
            ("1914–1918", &["1914–1918"]),
            ("Lyne – Prospect", &[]),
            ("Group B, 2nd round", &[]),
            ("3 boats of 400 tons", &[]),
        ] {
            let found: Vec<&str> = glued(text).into_iter().map(|part| &text[part]).collect();
            assert_eq!(found, parts, "{text}");
        }
        assert!(is_figures("4½ – 3½") && is_figures("€ 1,234.50") && !is_figures("5 km"));
    }

    fn table(rows: &[&[&str]]) -> Table {
        let cell = |text: &&str| {
            let span = Span { file: FileNo(0), start: 0, end: 1 };
            vec![Inline::Text(Run { text: (*text).into(), span })]
        };
        let rows: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let align = vec![Align::Start; rows[0].len()];
        Table { align, heads: 1, rows, spans: vec![] }
    }

    const RESULTS: [&[&str]; 3] = [
        &["Sport", "Match", "Score", "Round"],
        &["Football (w)", "Prospect – Norham", "3–1", "Final"],
        &["Handball", "Prospect – Oram", "28–28", "Cup, 2nd round"],
    ];

    #[test]
    fn columns_are_never_narrower_than_what_they_hold() {
        let results = table(&RESULTS);
        for width in [80.0, 110.0, 135.0, 170.0, 260.0, 400.0] {
            let Some(shares) = shares(&needs(&results), width) else { continue };
            for (need, share) in needs(&results).iter().zip(&shares) {
                assert!(need.hard + CELL_WHITE_PT <= share + 0.01, "{width}");
            }
        }
        assert!(columns(&results, 60.0).is_none());
        let long = "Measure the share of visiting boats whose crews take part in what the office \
                    offers them, and say so in the yearly report";
        let plan = table(&[&["Berths", "How"], &["Arrangements for visitors", long]]);
        let first = shares(&needs(&plan), 300.0).map_or(0.0, |shares| shares[0]);
        assert!(first > 50.0, "{first}");
        assert!(columns(&results, 400.0).is_some());
    }

    #[test]
    fn code_takes_the_width_of_its_own_face() {
        let words = table(&[&["Kind", "sluice"], &["Gate", "4"]]);
        let mut code = words.clone();
        let [Inline::Text(run)] = &words.rows[0][1][..] else { panic!() };
        code.rows[0][1] = vec![Inline::Strong(vec![Inline::Code(run.clone())])];
        let width = 6.0 * CODE_CHARACTER_EM * TYPE_SIZE_PT;
        assert!(needs(&words)[1].hard < width);
        assert!(needs(&code)[1].hard >= width && needs(&code)[1].full >= width);
    }

    #[test]
    fn records_want_the_width_that_keeps_them_on_a_line() {
        let results = table(&RESULTS);
        assert!(is_cramped(&results, 135.0) && !is_cramped(&results, 283.0));
        let pairs = table(&[
            &["Day", "Tide"],
            &["Monday", "High at half past six, and again at seven in the evening"],
        ]);
        assert!(!is_cramped(&pairs, 135.0));
    }
}
