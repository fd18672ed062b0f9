//! Parses fences of colons and pairs those that open with those that close.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Ground;

/// The pairs of fences of colons.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// For the byte offset of each opening fence, where its closing fence begins and ends.
    pub(super) closes: BTreeMap<usize, (usize, usize)>,
    /// The byte offsets of the closing fences.
    pub(super) ends: BTreeSet<usize>,
}

/// A parsed fence.
pub(super) struct Fence<'t> {
    pub(super) marks: usize,
    /// The text after the colons.
    pub(super) label: &'t str,
    /// The byte offset of the label.
    pub(super) from: usize,
    /// The byte offset of the line's end.
    pub(super) end: usize,
    /// Whether the line holds the whole directive: `:::image …:::`.
    pub(super) whole: bool,
}

pub(super) fn fence_of(line: &str, at: usize) -> Option<Fence<'_>> {
    let line = line.trim_end();
    let inside = line.trim_start_matches(':');
    let marks = line.len() - inside.len();
    if marks < 2 {
        return None;
    }
    let from = at + line.len() - inside.trim_start().len();
    let whole = marks == 3
        && inside.starts_with(|c: char| c.is_ascii_lowercase())
        && inside.ends_with(":::");
    let label = inside.trim().trim_end_matches(':').trim_end();
    Some(Fence { marks, label, from, end: at + line.len(), whole })
}

pub(super) fn pairs_of(text: &str, ground: &Ground) -> Pairs {
    let mut all = Pairs::default();
    let mut open: Vec<(usize, usize)> = vec![];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '\t', '>']);
        let start = at + line.len() - body.len();
        at += line.len();
        if !body.starts_with("::") || Ground::within(&ground.code, start).is_some() {
            continue;
        }
        let Some(fence) = fence_of(body, start) else { continue };
        let two = fence.marks == 2;
        let word = fence.label.split([' ', '{', '[']).next().unwrap_or_default();
        if fence.label.is_empty() {
            if let Some(found) = open.iter().rposition(|(_, marks)| (*marks == 2) == two) {
                let (from, _) = open[found];
                open.truncate(found);
                all.closes.insert(from, (start, fence.end));
                all.ends.insert(start);
            }
        } else if !(fence.whole
            || two && !is_label(fence.label)
            || matches!(word, "moniker" | "zone" | "moniker-end" | "zone-end"))
        {
            open.push((start, fence.marks));
        }
    }
    all
}

/// Whether a label is that of a directive of two colons: a name, then words in brackets or
/// attributes.
pub(super) fn is_label(label: &str) -> bool {
    let length = label.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let rest = &label[length.unwrap_or(label.len())..];
    label.starts_with(|c: char| c.is_ascii_alphabetic())
        && (rest.is_empty()
            || rest.starts_with('{') && rest.ends_with('}')
            || rest.starts_with('[') && rest.ends_with([']', '}']))
}
