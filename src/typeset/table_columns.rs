//! How wide the columns of a table are, and how many columns of a page it wants for that.

use std::ops::Range;
use std::sync::LazyLock;

use typst::foundations::Content;
use typst::layout::{Abs, Fr, Sizing};
use typst::text::{FontInstance, FontVariant, FontVariations};

use super::breaks::{BREAK, CELL_LONG, TextPlace, printed, printed_code};
use super::fonts;
use crate::content::story::{Align, Block, Inline, Story, plain};
use crate::content::table::Table;
use crate::grid::Grid;

/// The size of type in tables of the built-in themes, in points.
const SIZE: f64 = 7.6;
/// The face of tables in the built-in themes.
const FACE: &str = "libre franklin";
/// What bold type takes beyond regular one.
const BOLD: f64 = 1.07;
/// What a theme may set wider than this.
const SPARE: f64 = 1.01;
/// The width of a sign that the face lacks, in ems.
const OTHER: f64 = 0.62;
/// The width of a sign of code, in ems: the built-in themes set it in a face of one width.
const CODE: f64 = 0.603;
/// The white at both sides of a cell, in points, as themes give it.
const WHITE: f64 = 4.8;
/// What figures at the end of their column want to the words beside them, beyond that.
const GAP: f64 = 6.0;
/// Columns share what white there is where it is more than this part of the width.
const LOOSE: f64 = 0.3;
/// A word of so many letters can be divided, and what is left of its width then.
const DIVIDED: (usize, f64) = (6, 0.65);
/// A cell that is wider than this, in points, wants no more room for it.
const CELL_MOST: f64 = 230.0;
/// A table none of whose cells is higher than this, in lines, is a good one.
const CELL_LINES: f64 = 4.0;
/// A table that takes this many times the lines of its text is mostly white.
const THIN: f64 = 1.6;
/// What the end of a line leaves white as a rule, in points.
const LINE_WHITE: f64 = 8.0;
/// A table of so many columns or more is one to look things up in: its rows belong on a line.
const RECORDS: usize = 3;
/// Such a table wants more room where its rows take more lines on the average.
const RECORD_LINES: f64 = 1.3;
/// A story with no more words beside its tables is a table with a few words.
const FEW_WORDS: usize = 25;
/// The widest measure for running text, in rows: a line of some eighty letters.
const WIDE_MOST: f64 = 29.0;

static REGULAR: LazyLock<Option<FontInstance>> = LazyLock::new(|| {
    let index = fonts::book().select(FACE, FontVariant::default())?;
    let (variant, size) = (FontVariant::default(), Abs::pt(SIZE));
    Some(fonts::font(index)?.instantiate(variant, size, &FontVariations::default()))
});

/// The width of a text in points.
fn width_of(text: &str, bold: bool) -> f64 {
    let ems = |c: char| {
        let advance =
            |font: &FontInstance| Some(font.x_advance(font.ttf().glyph_index(c)?.0)?.get());
        if c == BREAK { 0.0 } else { REGULAR.as_ref().and_then(advance).unwrap_or(OTHER) }
    };
    text.chars().map(ems).sum::<f64>() * SIZE * SPARE * if bold { BOLD } else { 1.0 }
}

/// What a column takes, in points.
#[derive(Clone, Copy)]
struct Need {
    /// The widest of what can't be divided.
    hard: f64,
    /// The widest word.
    least: f64,
    /// The widest cell below the head.
    body: f64,
    /// The widest cell, as far as it wants room for itself.
    all: f64,
    /// The widest cell, however long.
    full: f64,
}

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
        let all = full.min(CELL_MOST).max(least);
        // What takes several columns needs no more of any than its share.
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

/// The widest piece of the code in a cell, which is never divided as words are, and what all of it
/// takes beyond the same signs in the face of the table.
fn code_of(text: &[Inline], bold: bool) -> (f64, f64) {
    let mut found = (0.0f64, 0.0);
    for inline in text {
        let (longest, more) = match inline {
            Inline::Code(run) => {
                let width = |text: &str| text.chars().count() as f64 * CODE * SIZE * SPARE;
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

/// The pieces of a cell's text that stay on a line each.
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

/// What a piece takes at the least: long words can be divided.
fn least_of(piece: &str, bold: bool) -> f64 {
    let whole = width_of(piece, bold);
    let broken = printed(piece, TextPlace::Cell);
    let widest = broken.split(BREAK).map(|part| width_of(part, bold)).fold(0.0, f64::max);
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    let divided = letters > CELL_LONG && !broken.contains(BREAK);
    if divided { whole * CELL_LONG as f64 / piece.chars().count() as f64 } else { widest }
}

/// The same where even shorter words are divided.
fn hard_of(piece: &str, bold: bool) -> f64 {
    let (letters, part) = DIVIDED;
    let word = piece.trim_matches(|c: char| !c.is_alphabetic());
    let divided = word.chars().count() >= letters && word.chars().all(char::is_alphabetic);
    least_of(piece, bold) * if divided { part } else { 1.0 }
}

/// Whether a text is figures and signs alone, such as a score: it never breaks.
pub(super) fn is_figures(text: &str) -> bool {
    let figures = text.chars().any(|c| c.is_numeric());
    figures && text.chars().count() <= 24 && !text.chars().any(char::is_alphabetic)
}

/// The widths of a table's columns where all of it is `width` points wide.
///
/// Figures get what they need, and the first column, which says what a row is about, what they
/// leave. Where that is too much for a line, each column gets what can't be divided, and what is
/// left is shared out by what the cells want beyond that, as browsers do (CSS 2.2, 17.5.2.2). None
/// where not even that has room.
pub(super) fn columns(table: &Table, width: f64) -> Option<Columns> {
    let needs = needs(table);
    let spare = width - sum(&needs, |need| need.full);
    if spare >= 0.0 {
        let gaps = (0..needs.len()).filter(|column| is_gap(table, *column)).count();
        let gap = if gaps > 0 { GAP.min(spare / gaps as f64) } else { 0.0 };
        let loose = spare > LOOSE * width;
        let share = |(at, need): (usize, &Need)| match at {
            _ if loose => Sizing::Fr(Fr::new(need.all + WHITE + GAP)),
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
    // The first one takes what rounding leaves.
    let widths = std::iter::once(Sizing::Fr(Fr::one())).chain(others).collect();
    Some(Columns { widths, gap: 0.0 })
}

/// The columns of a table as they are set.
pub(super) struct Columns {
    /// Their widths.
    pub(super) widths: Vec<Sizing>,
    /// The white behind figures that stand at the end of their column, in points.
    pub(super) gap: f64,
}

/// Whether what stands at the end of a column has words close behind it.
pub(super) fn is_gap(table: &Table, column: usize) -> bool {
    let side = |column: usize| table.align.get(column);
    side(column) == Some(&Align::End) && side(column + 1).is_some_and(|side| *side != Align::End)
}

fn sum(needs: &[Need], of: impl Fn(&Need) -> f64) -> f64 {
    needs.iter().map(|need| of(need) + WHITE).sum()
}

fn shares(needs: &[Need], width: f64) -> Option<Vec<f64>> {
    let whole = width - sum(needs, |need| need.least);
    let parts = width - sum(needs, |need| need.hard);
    if parts < 0.0 {
        return None;
    }
    // From what each has to what it wants beyond that. Heads are divided before rows are.
    let span = |need: &Need| {
        if whole < 0.0 { (need.hard, need.body.max(need.hard)) } else { (need.least, need.all) }
    };
    let left = if whole < 0.0 { parts } else { whole };
    let more: f64 = needs.iter().map(|need| span(need).1 - span(need).0).sum();
    let share = |need: &Need| {
        let (has, wants) = span(need);
        has + WHITE + left * (wants - has) / more.max(1.0)
    };
    Some(needs.iter().map(share).collect())
}

/// The lines of each row where the columns are so wide.
fn lines(table: &Table, widths: &[f64]) -> Vec<f64> {
    let row = |row: usize| {
        table.cells(row).map(move |cell| {
            let room: f64 = widths[cell.column..cell.column + cell.columns].iter().sum();
            let text = width_of(&plain(cell.text), row < table.heads);
            if text + WHITE <= room {
                1.0
            } else {
                (text / (room - WHITE - LINE_WHITE).max(1.0)).ceil()
            }
        })
    };
    (table.heads..table.rows.len()).map(|at| row(at).fold(1.0, f64::max)).collect()
}

/// Whether cells of long text in thin columns would leave a table mostly white: its rows take far
/// more lines than what stands in them does on lines of full width.
fn is_thin(table: &Table, widths: &[f64], width: f64) -> bool {
    let beside = lines(table, widths);
    let high = beside.iter().copied().fold(0.0, f64::max);
    let stacked = |row: &Vec<Vec<Inline>>| {
        let all: f64 = row.iter().map(|cell| width_of(&plain(cell), false)).sum();
        (all / (width - LINE_WHITE)).ceil().max(1.0)
    };
    let below: f64 = table.rows[table.heads..].iter().map(stacked).sum();
    high > CELL_LINES && beside.iter().sum::<f64>() > THIN * below
}

/// Whether a table is cramped at a width.
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
    table.width() >= RECORDS && lines.iter().sum::<f64>() / count > RECORD_LINES
}

/// How many columns of the page each leg of a story takes so that its tables are not cramped; none
/// where one will do, or where more would make lines too long to read.
pub fn columns_wanted(story: &Story, grid: &Grid) -> Option<u8> {
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
    let reads = |columns: &u8| words <= FEW_WORDS || grid.span(*columns) <= WIDE_MOST * grid.row;
    let mut able = (2..=pinned).filter(parts).filter(reads);
    let last = able.clone().next_back();
    able.find(|columns| !cramped(*columns)).or(last)
}

fn look<'a>(blocks: &'a [Block], tables: &mut Vec<&'a Table>, words: &mut usize) {
    for block in blocks {
        match block {
            Block::Table(table) => tables.push(table),
            Block::Paragraph(text) | Block::Subhead { text, .. } => {
                *words += plain(text).split_whitespace().count();
            }
            Block::List { items, .. } => items.iter().for_each(|item| look(item, tables, words)),
            Block::Quote(inner) => look(inner, tables, words),
            // Code needs no more room than prose.
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

/// The parts of a text that never break: numbers with what belongs to them, scores, ranges.
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

/// Whether two words after each other belong to one number; `first` and `then` are beside them.
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

/// Whether a word has a dash between figures, where a line could end.
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

/// A piece of a line that never breaks.
pub(super) fn unbroken(content: Content) -> Content {
    use typst::foundations::NativeElement;
    typst::layout::BoxElem::new().with_body(Some(content)).pack()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::story::Run;
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
                assert!(need.hard + WHITE <= share + 0.01, "{width}");
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
        let width = 6.0 * CODE * SIZE;
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
