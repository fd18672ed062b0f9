//! The ids of a story's headings on its web page, to which links can lead.

use std::collections::BTreeSet;

use crate::content::model::{Block, plain};
use crate::content::syntax::wording::squash;

/// Prefixes of ids that the pages of the web edition use themselves.
const TAKEN: [&str; 4] = ["note-", "mark-", "s-", "q-"];

/// Whole ids that these pages use.
const TAKEN_WHOLE: [&str; 10] = [
    "colours",
    "earlier",
    "filters",
    "main",
    "more",
    "older",
    "results",
    "search-form",
    "size",
    "text",
];

/// A heading that links can lead to.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    /// Its id on the web page.
    pub(crate) id: String,
    /// The letters and digits of its text, in small letters.
    said: String,
}

/// The subheads of a body in their order, including those in lists and quotes.
pub(crate) fn anchors(blocks: &[Block]) -> Vec<Anchor> {
    let (mut found, mut taken) = (vec![], BTreeSet::new());
    collect(blocks, &mut found, &mut taken);
    found
}

fn collect(blocks: &[Block], found: &mut Vec<Anchor>, taken: &mut BTreeSet<String>) {
    for block in blocks {
        match block {
            Block::Subhead { text, id, .. } => {
                let text = plain(text);
                let wanted = slug(id.as_deref().unwrap_or(&text));
                let mut id = wanted.clone();
                let mut number = 0;
                while !taken.insert(id.clone()) {
                    number += 1;
                    id = format!("{wanted}-{number}");
                }
                found.push(Anchor { id, said: squash(&text) });
            }
            Block::Quote(inner) => collect(inner, found, taken),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, found, taken)),
            _ => {}
        }
    }
}

/// The heading that a link means: by its id, or by its text.
pub(crate) fn find<'a>(anchors: &'a [Anchor], written: &str) -> Option<&'a Anchor> {
    let said = squash(written);
    let by_id = anchors.iter().find(|anchor| anchor.id == written);
    by_id
        .or_else(|| anchors.iter().find(|anchor| !said.is_empty() && anchor.said == said))
        .or_else(|| anchors.iter().find(|anchor| !said.is_empty() && squash(&anchor.id) == said))
}

/// The id of a heading, made from its text as many sites do: small letters, with hyphens for
/// blanks. An id that the page itself uses gets `section-` before it.
fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars().take(80) {
        match c {
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => out.extend(c.to_lowercase()),
            c if c.is_whitespace() => out.push('-'),
            _ => {}
        }
    }
    let own = TAKEN.iter().any(|start| out.starts_with(start))
        || TAKEN_WHOLE.contains(&out.as_str())
        || out.ends_with("-head")
        || out.is_empty();
    if own { format!("section-{out}").trim_end_matches('-').to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::model::{Inline, Run};
    use crate::diag::{FileNo, Span};

    fn head(text: &str, id: Option<&str>) -> Block {
        let span = Span { file: FileNo(0), start: 0, end: 1 };
        let text = vec![Inline::Text(Run { text: text.into(), span })];
        Block::Subhead { level: 2, id: id.map(str::to_owned), text }
    }

    #[test]
    fn each_heading_has_a_name_of_its_own() {
        let body = [
            head("The second part", None),
            Block::Quote(vec![head("The second part!", None)]),
            head("Note 1", None),
            head("Über uns", Some("about")),
            head("…", None),
        ];
        let all = anchors(&body);
        let ids: Vec<&str> = all.iter().map(|anchor| anchor.id.as_str()).collect();
        assert_eq!(
            ids,
            ["the-second-part", "the-second-part-1", "section-note-1", "about", "section"]
        );
        for (written, id) in [
            ("the-second-part", Some("the-second-part")),
            ("The Second Part", Some("the-second-part")),
            ("the_second_part-1", Some("the-second-part-1")),
            ("über-uns", Some("about")),
            ("the-third-part", None),
            ("", None),
        ] {
            assert_eq!(find(&all, written).map(|anchor| anchor.id.as_str()), id, "{written}");
        }
    }
}
