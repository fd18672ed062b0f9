//! Galleys: every part of every story set by the typesetter and measured in
//! rows, the bodies line by line with the places where they may be cut.

mod cut;
mod heads;
mod parts;

use rayon::prelude::*;
use serde_json::json;
use typst::foundations::Bytes;
use typst::syntax::Source as TypstSource;
use typst_layout::PagedDocument;

pub use cut::{Body, Stretch};
pub use parts::{Kind, Part, Parts, Printed};

use crate::content::story::{Story, plain};
use crate::grid::Grid;
use crate::makeup::model::{Deck, Head, Quote};
use crate::typeset::{Desk, Theme, Trouble, source, story_path};
use crate::words::Words;

/// What every story of an edition is set with.
pub struct Setting<'a> {
    /// The look.
    pub theme: &'a Theme,
    /// The page.
    pub grid: &'a Grid,
    /// The paper as the theme sees it.
    pub paper: serde_json::Value,
    /// The fixed words in the paper's language.
    pub words: &'a Words,
}

/// A story, set and measured.
#[derive(Debug, Clone)]
pub struct Galley {
    /// The heads it can have, smallest first.
    pub heads: Vec<Head>,
    /// The width that a head's lines are broken to, in points, by step and span.
    pub measures: Vec<Vec<f64>>,
    /// Its deck.
    pub deck: Option<Deck>,
    /// Rows of each picture's caption by span.
    pub captions: Vec<Vec<u16>>,
    /// Its pull-quotes.
    pub quotes: Vec<Quote>,
    /// What its remainder is headed with.
    pub jump_head: JumpHead,
    /// Its body, line by line.
    pub body: Body,
    /// Its runs.
    pub parts: Parts,
}

/// The head of a remainder.
#[derive(Debug, Clone, PartialEq)]
pub struct JumpHead {
    /// One or two words of the headline.
    pub text: String,
    /// Its size in points.
    pub size: f32,
    /// Rows by span.
    pub rows: Vec<u16>,
}

/// Sets and measures every story, each in a small compile of its own, so that
/// one story's trouble touches no other. `leads` tells which stories lead.
pub fn galleys(
    stories: &[Story],
    leads: impl Fn(usize) -> bool + Sync,
    setting: &Setting,
) -> Vec<Result<Galley, Vec<Trouble>>> {
    let driver = source("measure.typ", include_str!("../../templates/print/measure.typ"));
    stories
        .par_iter()
        .enumerate()
        .map(|(index, story)| galley(story, leads(index), setting, &driver))
        .collect()
}

/// One piece that is set to be measured.
enum Piece {
    Head { step: usize, span: u8 },
    Deck { span: u8 },
    Caption { picture: usize, span: u8 },
    Quote { quote: usize },
    JumpHead { span: u8 },
    Body,
}

fn pieces(story: &Story, setting: &Setting) -> Vec<Piece> {
    let spans = 1..=setting.grid.columns;
    let mut out = vec![Piece::Body];
    for step in 0..setting.theme.contract.ladder.len() {
        out.extend(spans.clone().map(|span| Piece::Head { step, span }));
    }
    if story.deck.is_some() {
        out.extend(spans.clone().map(|span| Piece::Deck { span }));
    }
    for picture in 0..story.pictures.len() {
        out.extend(spans.clone().map(|span| Piece::Caption { picture, span }));
    }
    out.extend((0..story.quotes.len()).map(|quote| Piece::Quote { quote }));
    out.extend(spans.map(|span| Piece::JumpHead { span }));
    out
}

fn galley(
    story: &Story,
    lead: bool,
    setting: &Setting,
    driver: &TypstSource,
) -> Result<Galley, Vec<Trouble>> {
    let Setting { theme, grid, paper, words } = setting;
    let pieces = pieces(story, setting);
    let jump_text = jump_text(story);
    let jump_size = theme.contract.jump_sizes[usize::from(!lead)];
    let jobs: Vec<_> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Head { step, span } => {
                let size = theme.contract.ladder[*step];
                let width = grid.span(*span);
                json!({ "part": "head", "size": size, "width": width, "measure": width })
            }
            Piece::Deck { span } => json!({ "part": "deck", "width": grid.span(*span) }),
            Piece::Caption { picture, span } => {
                json!({ "part": "caption", "index": picture, "width": grid.span(*span) })
            }
            Piece::Quote { quote } => {
                json!({ "part": "quote", "index": quote, "width": grid.span(1) })
            }
            Piece::JumpHead { span } => json!({
                "part": "jump-head", "text": jump_text, "size": jump_size,
                "width": grid.span(*span),
            }),
            Piece::Body => json!({ "part": "body", "width": grid.span(1) }),
        })
        .collect();
    let jobs = json!({ "paper": paper, "words": words, "jobs": jobs }).to_string();
    let data = serde_json::to_vec(story).unwrap_or_default();
    let document = Desk::new(theme, driver)
        .with(&story_path(0), Bytes::new(data))
        .with("jobs.json", Bytes::from_string(jobs))
        .set()?;
    let jump = JumpHead { text: jump_text, size: jump_size, rows: vec![] };
    read(story, setting, &pieces, &document, jump)
}

/// Reads the pages of the compile back, one for each piece.
fn read(
    story: &Story,
    setting: &Setting,
    pieces: &[Piece],
    document: &PagedDocument,
    mut jump_head: JumpHead,
) -> Result<Galley, Vec<Trouble>> {
    let Setting { theme, grid, .. } = setting;
    let ladder = &theme.contract.ladder;
    let parts = Parts::of(story);
    let mut heads: Vec<Head> = ladder.iter().map(|&size| Head { size, set: vec![] }).collect();
    let mut measures = vec![vec![]; ladder.len()];
    let mut deck = vec![];
    let mut captions = vec![vec![]; story.pictures.len()];
    let mut quotes = vec![];
    let mut body = Body::default();
    for (piece, page) in pieces.iter().zip(document.pages()) {
        let rows = grid.rows_for(page.frame.height().to_pt());
        match piece {
            Piece::Head { step, span } => {
                let width = grid.span(*span);
                let judged = heads::judge(&page.frame, rows, ladder[*step], width);
                heads[*step].set.push(judged.map(|judged| judged.setting));
                measures[*step].push(judged.map_or(width, |judged| judged.measure));
            }
            Piece::Deck { .. } => deck.push(rows),
            Piece::Caption { picture, .. } => captions[*picture].push(rows),
            Piece::Quote { .. } => quotes.push(Quote { rows }),
            Piece::JumpHead { .. } => jump_head.rows.push(rows),
            Piece::Body => body = cut::cut(&page.frame, &parts, grid)?,
        }
    }
    let deck = story.deck.as_ref().map(|written| Deck { rows: deck, droppable: !written.written });
    Ok(Galley { heads, measures, deck, captions, quotes, jump_head, body, parts })
}

/// One or two words of the headline, which the reader finds again on the page
/// the story goes on: what stands before a colon, or the first words that carry
/// meaning.
fn jump_text(story: &Story) -> String {
    if let Some(short) = &story.short_headline {
        return short.text.clone();
    }
    let headline = plain(&story.headline);
    if let Some((before, _)) = headline.split_once(':')
        && before.split_whitespace().count() <= 3
    {
        return before.trim().to_string();
    }
    let words: Vec<&str> = headline.split_whitespace().collect();
    let start = words.iter().position(|word| !heads::is_small_word(word)).unwrap_or(0);
    let mut end = (start + 2).min(words.len());
    while end < words.len() && end < start + 4 && heads::is_small_word(words[end - 1]) {
        end += 1;
    }
    words[start..end].join(" ").trim_end_matches([',', '.', ';', '-', '–', '—', '?', '!']).into()
}
