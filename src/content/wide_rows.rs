//! Rows of a Markdown table that have more cells than its head. The parser leaves such cells out; so
//! the head gets empty cells before it sees the table.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::runs::Map;

/// A text in which no row has more cells than its head.
pub(crate) struct Widened {
    /// The text.
    pub(crate) text: String,
    /// From its bytes to those of the file.
    pub(crate) map: Map,
    /// The first row of each table that has more cells, in bytes of the text as it was.
    pub(crate) rows: Vec<Range<usize>>,
}

/// The same text with wider heads, if any table wants one. `masked` is the text as it is parsed,
/// byte for byte as long.
pub(crate) fn widen(text: &str, masked: &str, options: Options, map: &Map) -> Option<Widened> {
    if !masked.lines().any(is_delimiter) {
        return None;
    }
    let mut rows = vec![];
    // What is put in where, in order.
    let mut more: Vec<(usize, String)> = vec![];
    for (event, range) in Parser::new_ext(masked, options).into_offset_iter() {
        let Event::Start(Tag::Table(align)) = event else { continue };
        let mut lines = lines(masked, range);
        let (Some(head), Some(delimiter)) = (lines.next(), lines.next()) else { continue };
        let most = |found: (usize, Option<Range<usize>>), line: Range<usize>| {
            let cells = cells(&masked[line.clone()]);
            let first = found.1.or_else(|| (cells > align.len()).then_some(line));
            (found.0.max(cells), first)
        };
        if let (cells, Some(row)) = lines.fold((0, None), most) {
            let missing = cells - align.len();
            more.push((head.end, closed(&masked[head]) + &" |".repeat(missing)));
            more.push((delimiter.end, closed(&masked[delimiter]) + &" --- |".repeat(missing)));
            rows.push(row);
        }
    }
    if more.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut table = Vec::with_capacity(text.len() + 64);
    let mut from = 0;
    for (at, put) in more {
        out.push_str(&text[from..at]);
        out.push_str(&put);
        table.extend((from..at).map(|byte| map.at(byte)));
        table.extend(put.bytes().map(|_| map.at(at)));
        from = at;
    }
    out.push_str(&text[from..]);
    table.extend((from..=text.len()).map(|byte| map.at(byte)));
    Some(Widened { text: out, map: Map::Table(table), rows })
}

/// Whether a line may part a head from the rows below it.
fn is_delimiter(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| "|:->\t ".contains(c))
}

/// The lines of a part of the text, without what ends them.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end().len()
    })
}

/// What is wanted behind a line so that its last cell is closed.
fn closed(line: &str) -> String {
    if ends_in_stroke(line) { String::new() } else { " |".into() }
}

fn ends_in_stroke(line: &str) -> bool {
    line.ends_with('|') && !line.ends_with("\\|")
}

/// How many cells a row has.
fn cells(line: &str) -> usize {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = if ends_in_stroke(inner) { &inner[..inner.len() - 1] } else { inner };
    let escaped = inner.matches("\\|").count();
    inner.matches('|').count() - escaped + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widened(text: &str) -> Option<String> {
        widen(text, text, Options::ENABLE_TABLES, &Map::Shift(0)).map(|wide| wide.text)
    }

    #[test]
    fn heads_get_the_cells_that_rows_have() {
        for (written, read) in [
            ("a | b\n--|--\n1 | 2 | 3", "a | b | |\n--|-- | --- |\n1 | 2 | 3"),
            ("| a |\n|---|\n| 1 | 2 | 3 |", "| a | | |\n|---| --- | --- |\n| 1 | 2 | 3 |"),
            ("> | a |\n> |---|\r\n> | 1 | 2 |\n", "> | a | |\n> |---| --- |\r\n> | 1 | 2 |\n"),
            ("- | a |\n  |---|\n  | 1 | 2 |\n", "- | a | |\n  |---| --- |\n  | 1 | 2 |\n"),
        ] {
            assert_eq!(widened(written).as_deref(), Some(read));
        }
    }

    #[test]
    fn what_is_no_table_or_wide_enough_stays() {
        for text in [
            "| a | b |\n|---|---|\n| 1 |",
            "| a | b |\n|---|---|\n| 1 \\| 2 | 3 |",
            "```\n| a |\n|---|\n| 1 | 2 |\n```",
            "a | b\n\n1 | 2 | 3",
        ] {
            assert_eq!(widened(text), None);
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = "a|b\n-|-\n1|2|3\n\nEnd";
        let wide = widen(text, text, Options::ENABLE_TABLES, &Map::Shift(100)).unwrap();
        let end = wide.text.find("End").unwrap();
        assert_eq!(wide.map.range(end..end + 3), 115..118);
        assert_eq!(wide.rows, [8..13]);
    }
}
