//! Tables and lines for a terminal.

/// The most characters of a line that [`wrap`] makes.
const LINE: usize = 100;

/// The lines of a table whose columns are as wide as their widest cells. The columns numbered in
/// `right` are set flush right.
pub(super) fn table(rows: &[Vec<String>], right: &[usize]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(wide).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if right.contains(&column) {
                format!("{cell:>width$}")
            } else {
                format!("{cell:<width$}")
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    rows.iter().map(line).collect()
}

/// Breaks a line between words into lines of at most [`LINE`] characters. All but the first are
/// indented by four spaces.
pub(super) fn wrap(line: &str) -> Vec<String> {
    let indent = line.len() - line.trim_start().len();
    let mut out = vec![line[..indent].to_string()];
    for word in line[indent..].split(' ') {
        let last = out.last_mut().filter(|last| {
            last.trim().is_empty() || last.chars().count() + 1 + word.chars().count() <= LINE
        });
        match last {
            Some(last) if last.trim().is_empty() => last.push_str(word),
            Some(last) => {
                last.push(' ');
                last.push_str(word);
            }
            None => out.push(format!("    {word}")),
        }
    }
    out
}

/// A text of at most `most` characters; a longer one ends with `…`.
pub(super) fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.into();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_between_words() {
        let line = format!("  1 {} end", ["word"; 21].join(" "));
        let [first, second] = &wrap(&line)[..] else { panic!("{:?}", wrap(&line)) };
        assert!(first.starts_with("  1 word") && first.chars().count() <= LINE);
        assert!(second.starts_with("    word") && second.ends_with(" end"));
        assert_eq!(wrap("    short"), ["    short"]);
    }

    #[test]
    fn tables_are_as_wide_as_they_need() {
        let rows = [["a", "bb"], ["ccc", "d"]].map(|row| row.map(String::from).to_vec());
        assert_eq!(table(&rows, &[0]), ["  a  bb", "ccc  d"]);
    }
}
