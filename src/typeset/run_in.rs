//! Decides what is run in. In a text of nothing but short pieces, subheads are run into the paragraph
//! or the list below them, and lists into one paragraph. In any other text, only long rolls of names
//! are.
//!
//! On lines of their own, such pieces leave most of a column white; newspapers run in calendars,
//! minutes and rolls of names for that reason. In the web edition they stay subheads and lists.

use crate::content::model::{Block, Inline, Story, plain};

/// The letters on a line of a column.
const LINE_LETTERS: usize = 38;
/// A text of fewer lines is never dense.
const DENSE_LEAST_LINES: usize = 16;
/// A text is dense if no more than this share of its lines is filled. The empty lines above subheads
/// count as lines.
const DENSE_MOST_FILLED: f64 = 0.78;
/// In a dense text a list is run in if no item has more letters than this.
const ITEM_LETTERS: usize = 100;
/// In any other text, a list is run in if it is a roll of this many items or more,
const ROLL_ITEMS: usize = 16;
/// none of which has more letters than this.
const ROLL_LETTERS: usize = 32;

/// A piece of a text in the form in which print sets it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arranged<'a> {
    /// A block by itself.
    Block(&'a Block),
    /// Several blocks as one paragraph.
    RunIn {
        /// The subhead that it begins with.
        head: Option<&'a [Inline]>,
        /// The paragraph that follows it.
        text: Option<&'a [Inline]>,
        /// The items of the list that ends it, each of one paragraph.
        items: &'a [Vec<Block>],
    },
}

/// How much of a text is run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Density {
    /// Nothing, because its editor says so.
    Loose,
    /// Only long rolls of names.
    #[default]
    Common,
    /// All that can be.
    Dense,
}

/// How much of a story is run in: what its editor says, else what its text suggests.
pub fn density(story: &Story) -> Density {
    match story.pins.run_in {
        Some(true) => Density::Dense,
        Some(false) => Density::Loose,
        None => density_of(&story.body),
    }
}

/// The density of a text. It is dense if it consists of short pieces: subheads, items, paragraphs of a
/// line and a half.
fn density_of(body: &[Block]) -> Density {
    let (mut letters, mut lines) = (0, 0);
    count(body, &mut letters, &mut lines);
    let thin = letters as f64 <= DENSE_MOST_FILLED * (lines * LINE_LETTERS) as f64;
    if lines >= DENSE_LEAST_LINES && thin { Density::Dense } else { Density::Common }
}

/// Counts the letters of blocks and the lines that they take.
fn count(blocks: &[Block], letters: &mut usize, lines: &mut usize) {
    for block in blocks {
        let text = match block {
            Block::Paragraph(text) => text,
            Block::Subhead { text, .. } => {
                *lines += 1;
                text
            }
            Block::List { items, .. } => {
                items.iter().for_each(|item| count(item, letters, lines));
                continue;
            }
            Block::Quote(inner) => {
                count(inner, letters, lines);
                continue;
            }
            // Code and tables can't be run in.
            Block::Code(_) | Block::Table(_) => continue,
            Block::Rule | Block::Picture(_) | Block::PullQuote(_) => continue,
        };
        let own = plain(text).chars().count();
        *letters += own;
        *lines += own.div_ceil(LINE_LETTERS);
    }
}

/// The pieces in which print sets a text.
pub fn arranged(blocks: &[Block], density: Density) -> Vec<Arranged<'_>> {
    let dense = density == Density::Dense;
    // Pictures and pull-quotes have places of their own.
    let shown = |block: &&Block| !matches!(block, Block::Picture(_) | Block::PullQuote(_));
    let mut left = blocks.iter().filter(shown).peekable();
    let mut all = vec![];
    while let Some(block) = left.next() {
        let (mut head, mut text, mut items) = (None, None, run_in(block, density));
        let below = left.peek().copied().filter(|_| dense);
        match (block, below) {
            (Block::Subhead { text: own, .. }, Some(Block::Paragraph(below))) => {
                left.next();
                (head, text) = (Some(own.as_slice()), Some(below.as_slice()));
            }
            (Block::Subhead { text: own, .. }, Some(below)) => {
                items = run_in(below, density);
                head = items.map(|_| own.as_slice());
                left.next_if(|_| items.is_some());
            }
            (Block::Paragraph(own), Some(_)) => text = Some(own.as_slice()),
            _ => {}
        }
        // A paragraph that ends in a colon is joined to the list below it.
        if let Some(own) = text
            && plain(own).trim_end().ends_with(':')
            && let Some(list) = left.peek().and_then(|block| run_in(block, density))
        {
            left.next();
            items = Some(list);
        }
        let joined = head.is_some() || items.is_some();
        all.push(match joined {
            true => Arranged::RunIn { head, text, items: items.unwrap_or_default() },
            false => Arranged::Block(block),
        });
    }
    all
}

/// The items of a list, if it is run in.
fn run_in(block: &Block, density: Density) -> Option<&[Vec<Block>]> {
    let Block::List { start: None, items } = block else { return None };
    let (least, most) = match density {
        Density::Loose => return None,
        Density::Common => (ROLL_ITEMS, ROLL_LETTERS),
        Density::Dense => (2, ITEM_LETTERS),
    };
    let fits = |item: &Vec<Block>| match item.as_slice() {
        [Block::Paragraph(text)] => {
            !text.contains(&Inline::Break) && plain(text).chars().count() <= most
        }
        _ => false,
    };
    (items.len() >= least && items.iter().all(fits)).then_some(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::model::Run;
    use crate::diag::{FileNo, Span};

    fn text(text: &str) -> Vec<Inline> {
        let span = Span { file: FileNo(0), start: 0, end: text.len() as u32 };
        vec![Inline::Text(Run { text: text.into(), span })]
    }

    fn list(items: &[&str]) -> Block {
        let items = items.iter().map(|item| vec![Block::Paragraph(text(item))]).collect();
        Block::List { start: None, items }
    }

    fn head(words: &str) -> Block {
        Block::Subhead { level: 2, id: None, text: text(words) }
    }

    #[test]
    fn a_dense_text_runs_its_subheads_and_lists_in() {
        let short = Block::Paragraph(text("Harbour Hall, seven o’clock."));
        let leads = Block::Paragraph(text("Those who sing:"));
        let mut body = vec![
            head("Monday"),
            Block::Picture(0),
            short.clone(),
            short.clone(),
            head("Tuesday"),
            list(&["Choir", "Chess"]),
            leads.clone(),
            list(&["Ada", "Bo"]),
            head("Wednesday"),
            head("Closed"),
            Block::Rule,
            head("Friday"),
        ];
        assert_eq!(density_of(&body), Density::Dense);
        let all = arranged(&body, Density::Dense);
        assert!(matches!(all[0], Arranged::RunIn { head: Some(_), text: Some(_), items: [] }));
        assert_eq!(all[1], Arranged::Block(&short));
        assert!(matches!(all[2], Arranged::RunIn { head: Some(_), text: None, items: [_, _] }));
        assert!(matches!(all[3], Arranged::RunIn { head: None, text: Some(_), items: [_, _] }));
        // What has nothing of this kind below it stays as it is, and nothing is lost.
        let kept: Vec<&Block> = all[4..].iter().filter_map(block).collect();
        assert_eq!(kept, [&body[8], &body[9], &body[10], &body[11]]);
        assert_eq!(
            arranged(&body, Density::Loose).iter().filter_map(block).count(),
            body.len() - 1
        );
        // An item of a list leads up to the one in it.
        let within = [leads, list(&["Ada", "Bo"])];
        assert!(matches!(
            arranged(&within, Density::Dense)[..],
            [Arranged::RunIn { text: Some(_), .. }]
        ));
        // A text of some length below each subhead is not dense.
        let long = Block::Paragraph(text(&"The ferry was late. ".repeat(20)));
        body = (0..6).flat_map(|_| [head("A day"), long.clone()]).collect();
        assert_eq!(density_of(&body), Density::Common);
    }

    fn block<'a>(one: &Arranged<'a>) -> Option<&'a Block> {
        match one {
            Arranged::Block(block) => Some(block),
            Arranged::RunIn { .. } => None,
        }
    }

    #[test]
    fn a_roll_of_names_is_run_in_and_ingredients_are_not() {
        let names: Vec<&str> = vec!["Ada Quill"; ROLL_ITEMS];
        let roll = list(&names);
        let is_run_in = |block: &Block| {
            let all = arranged(std::slice::from_ref(block), Density::Common);
            matches!(all[0], Arranged::RunIn { .. })
        };
        assert!(is_run_in(&roll));
        assert!(!is_run_in(&list(&names[1..])));
        let mut longer = names.clone();
        longer[3] = "Ada Quill, who has kept the light since 1989";
        assert!(!is_run_in(&list(&longer)));
        let Block::List { items, .. } = roll else { unreachable!() };
        assert!(!is_run_in(&Block::List { start: Some(1), items }));
    }
}
