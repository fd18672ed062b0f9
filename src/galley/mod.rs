//! Galleys: every part of every story set by the typesetter and measured in
//! rows, the bodies line by line with the places where they may be cut.

mod cap;
mod cut;
mod heads;
mod jump_head;
mod optional;
mod parts;
mod rail;
mod remember;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Value, json};
use typst::syntax::Source as TypstSource;
use typst_layout::PagedDocument;

pub use cut::{Body, Stretch};
use heads::Judged;
pub use optional::{Optional, optional};
pub use parts::{Kind, Part, Parts, Printed};
pub use rail::BriefGalley;
use remember::Job;

use crate::content::model::{Inline, PictureRef, Plainness, Story};
use crate::grid::Grid;
use crate::makeup::model::{Deck, Head, HeadSetting, JumpSize, Module, Quote};
use crate::typeset::{
    self, Desk, DropCap, LongWord, Theme, Trouble, columns_wanted, data_file, source, story_file,
    story_path,
};
use crate::words::Words;

/// What every story of an edition is set with.
pub struct Setting<'a> {
    /// The look.
    pub theme: &'a Theme,
    /// The page.
    pub grid: &'a Grid,
    /// The paper as the theme sees it.
    pub paper: Value,
    /// The fixed words in the paper's language.
    pub words: &'a Words,
    /// The wanted resolution of pictures, in pixels an inch.
    pub resolution: u16,
}

/// A story, set and measured.
#[derive(Debug, Clone)]
pub struct Galley {
    /// The heads it can have, smallest first.
    pub heads: Vec<Head>,
    /// The width that a head's lines are broken to, in points, by step and span.
    pub measures: Vec<Vec<f64>>,
    /// The same for the short headline.
    pub short_measures: Vec<Vec<f64>>,
    /// How the smallest head sets by span where it takes more lines than a head should.
    pub rough: Vec<Option<HeadSetting>>,
    /// Its deck.
    pub deck: Option<Deck>,
    /// Rows of each picture's caption by span, as far as the picture has pixels.
    pub captions: Vec<Vec<u16>>,
    /// Its pull-quotes.
    pub quotes: Vec<Quote>,
    /// What its remainder is headed with.
    pub jump_head: JumpHead,
    /// Its text in wider legs, for stories that may lead and those whose tables want the width.
    pub wide: Option<Box<SetText>>,
    /// The columns that each of those takes.
    pub wide_measure: u8,
    /// Whether its tables want the width.
    pub wants_width: bool,
    /// Its opening, where it begins with a drop cap.
    pub cap: Option<DropCap>,
    /// Its body, line by line.
    pub body: Body,
    /// Its runs.
    pub parts: Parts,
    /// Words that stick out of the narrowest place they have to stand in.
    pub long_words: Vec<LongWord>,
    /// Its briefs from top to bottom, if it is a rail: its body is theirs below each other.
    pub briefs: Vec<BriefGalley>,
}

/// A text at one measure.
#[derive(Debug, Clone, Default)]
pub struct SetText {
    /// Its opening, where it begins with a drop cap.
    pub cap: Option<DropCap>,
    /// It, line by line.
    pub body: Body,
    /// Its runs.
    pub parts: Parts,
}

impl Galley {
    /// Takes the text in wider legs for its own: the plan has it so.
    pub fn widen(&mut self) {
        if let Some(wide) = self.wide.take() {
            self.put(*wide);
        }
    }

    /// Takes another text for its own, and gives its own away.
    fn put(&mut self, text: SetText) -> SetText {
        let SetText { cap, body, parts } = text;
        SetText {
            cap: std::mem::replace(&mut self.cap, cap),
            body: std::mem::replace(&mut self.body, body),
            parts: std::mem::replace(&mut self.parts, parts),
        }
    }
}

impl Galley {
    /// How a head sets, and the width that its lines are broken to.
    fn head_mut(
        &mut self,
        step: usize,
        span: u8,
        short: bool,
    ) -> (&mut Option<HeadSetting>, &mut f64) {
        let at = usize::from(span) - 1;
        let head = &mut self.heads[step];
        if short {
            (&mut head.short[at], &mut self.short_measures[step][at])
        } else {
            (&mut head.set[at], &mut self.measures[step][at])
        }
    }
}

/// Whether a headline is words alone: no code, notes, raised type or line breaks of the writer's.
fn is_plain(headline: &[Inline]) -> bool {
    headline.iter().all(|inline| match inline {
        Inline::Text(_) => true,
        Inline::Emph(inner) | Inline::Strong(inner) => is_plain(inner),
        _ => false,
    })
}

/// The head of a remainder.
#[derive(Debug, Clone, PartialEq)]
pub struct JumpHead {
    /// A few words of the headline, such as no other remainder is headed with.
    pub text: String,
    /// Its usual size and rows, and the larger ones that it may have where it leads its page.
    pub sizes: Vec<JumpSize>,
}

/// The mean width of a letter of a jump head, in ems, at the most.
const JUMP_LETTER: f64 = 0.56;
/// What "From page 12" takes beside it, in points.
const JUMP_BESIDE: f64 = 80.0;

impl JumpHead {
    /// Its size in a module.
    pub fn size(&self, module: &Module) -> f32 {
        let step = usize::from(module.jump_step);
        self.sizes.get(step).or(self.sizes.first()).map_or(0.0, |one| one.size)
    }

    /// Whether it stands on one line of a width at one of the larger sizes.
    fn has_room(&self, step: usize, width: f64) -> bool {
        let letters = self.text.chars().count() as f64;
        letters * JUMP_LETTER * f64::from(self.sizes[step].size) + JUMP_BESIDE <= width
    }
}

/// Down to four fifths of the wanted resolution a picture is not enlarged enough to show.
pub(crate) fn least_pixels(resolution: u16) -> f64 {
    f64::from(resolution) / 1.25 / 72.0
}

/// The most columns that a picture may be printed over.
pub(crate) fn most_columns(picture: &PictureRef, grid: &Grid, resolution: u16) -> u8 {
    let width = f64::from(picture.pixels[0]);
    let fits = |columns: &u8| grid.span(*columns) * least_pixels(resolution) <= width;
    if picture.mug {
        return 1;
    }
    // A screenshot or a chart informs; it is not there to lead a page.
    let most = if picture.whole { (grid.columns * 2 / 5).max(1) } else { grid.columns };
    (1..=most).rev().find(fits).unwrap_or(1)
}

/// Sets and measures every story, each in a small compile of its own, so that
/// one story's trouble touches no other. `briefs` are those of each story, which is a rail if it
/// has any; `leads` tells which stories lead the paper, and `heavy` which may lead a page.
pub fn galleys(
    stories: &[Story],
    briefs: &[Vec<Story>],
    leads: impl Fn(usize) -> bool + Sync,
    heavy: impl Fn(usize) -> bool + Sync,
    setting: &Setting,
) -> Vec<Result<Galley, Vec<Trouble>>> {
    let driver = source("measure.typ", include_str!("../../templates/print/measure.typ"));
    let identity = remember::identity(setting, &driver);
    let jump_heads = jump_head::jump_heads(stories);
    stories
        .par_iter()
        .with_max_len(1)
        .enumerate()
        .map(|(slot, story)| {
            let own = briefs.get(slot).map_or(&[][..], Vec::as_slice);
            let before: usize = briefs.iter().take(slot).map(Vec::len).sum();
            let briefs = (own, stories.len() + before);
            let (rank, driver) = ((leads(slot), heavy(slot)), &driver);
            let jump_head = jump_heads[slot].as_str();
            remember::set(Job { story, slot, jump_head, briefs, rank, setting, driver }, &identity)
        })
        .collect()
}

/// A page of fewer columns has no text at double measure.
const WIDE_COLUMNS: u8 = 4;
/// The widest measure, in rows: a line of some eighty letters, the most that an eye finds back from.
const WIDE_MOST: f64 = 29.0;
/// A text of more rows at one column has none either: it would stand in long grey legs. At double
/// measure these are some eighty, two legs of forty.
const WIDE_ROWS: u32 = 170;

/// One piece that is set to be measured.
#[derive(Clone, Copy)]
enum Piece {
    Head {
        step: usize,
        span: u8,
        short: bool,
    },
    /// A head at the measure that was found for it, to see whether its lines are as thought.
    Again {
        step: usize,
        span: u8,
        short: bool,
    },
    /// A head in the smallest size, however many lines that takes.
    Rough {
        span: u8,
    },
    Deck {
        span: u8,
    },
    Caption {
        picture: usize,
        span: u8,
    },
    Quote {
        quote: usize,
    },
    JumpHead {
        step: usize,
        span: u8,
    },
    Opening,
    Body,
    RailHead {
        step: usize,
        span: u8,
    },
    Brief,
}

/// Sets and measures one story.
///
/// Steps: (1) where it may begin with a drop cap, the opening is set beside it, which tells where
/// its lines end; (2) the body, everything beside it, and the heads right across the page are set;
/// (3) the heads at narrower spans are set where their words fit and their lines are few enough;
/// (4) heads whose lines don't follow from their words alone are set at the measures found for them,
/// and the smallest head wherever it has no setting yet; (5) the opening and the body of a story
/// that may lead a page are set once more, two columns wide, and those of one whose tables want it,
/// as wide as these do.
fn galley(
    (story, slot): (&Story, usize),
    jump_head: &str,
    (lead, heavy): (bool, bool),
    setting: &Setting,
    driver: &TypstSource,
) -> Result<Galley, Vec<Trouble>> {
    let mut setter = Setter::new((story, slot), jump_head.to_owned(), lead, setting, driver);
    // The body tells the parts where there is one.
    setter.galley.parts = Parts::of(story, 0);
    if lead {
        setter.drop_cap()?;
    }
    let pieces = setter.pieces(lead);
    let document = setter.set(&pieces)?;
    let more = setter.read(&pieces, &document)?;
    let document = setter.set(&more)?;
    setter.read(&more, &document)?;
    let rest = setter.unsettled();
    let document = setter.set(&rest)?;
    setter.read(&rest, &document)?;
    let grid = setting.grid;
    let wide = grid.columns >= WIDE_COLUMNS && grid.span(2) <= WIDE_MOST * grid.row;
    let rows: u32 =
        setter.galley.body.slices.slices.iter().map(|slice| u32::from(slice.rows)).sum();
    if let Some(measure) = columns_wanted(story, grid) {
        setter.galley.wants_width = true;
        setter.widen(lead, measure)?;
    } else if heavy && wide && !story.is_picture() && rows <= WIDE_ROWS {
        setter.widen(lead, 2)?;
    }
    Ok(setter.galley)
}

/// How wide the place is that the words of a piece have to fit into: they are never hyphenated. A
/// headline whose words are too long for some columns stands over more of them.
fn narrowest(piece: Piece, grid: &Grid) -> Option<f64> {
    match piece {
        Piece::Rough { span } if span < grid.columns => None,
        Piece::Rough { span } | Piece::Deck { span } | Piece::Caption { span, .. } => {
            Some(grid.span(span))
        }
        Piece::Quote { .. } => Some(grid.span(1)),
        _ => None,
    }
}

/// A story in the setting.
struct Setter<'a> {
    story: &'a Story,
    slot: usize,
    setting: &'a Setting<'a>,
    driver: &'a TypstSource,
    /// The columns that the body is set to.
    measure: u8,
    /// What is measured so far.
    galley: Galley,
    /// The heads that are to be set once more, and as they set over their whole span.
    unsure: BTreeMap<(usize, u8, bool), HeadSetting>,
}

impl<'a> Setter<'a> {
    fn new(
        (story, slot): (&'a Story, usize),
        jump_head: String,
        lead: bool,
        setting: &'a Setting<'a>,
        driver: &'a TypstSource,
    ) -> Self {
        let Setting { theme, grid, .. } = setting;
        let ladder = &theme.contract.ladder;
        let spans = usize::from(grid.columns);
        let widths: Vec<f64> = (1..=grid.columns).map(|span| grid.span(span)).collect();
        let short = if story.short_headline.is_some() { vec![None; spans] } else { vec![] };
        let head = |&size: &f32| Head { size, set: vec![None; spans], short: short.clone() };
        let galley = Galley {
            heads: ladder.iter().map(head).collect(),
            measures: vec![widths.clone(); ladder.len()],
            short_measures: vec![widths; ladder.len()],
            rough: vec![None; spans],
            deck: None,
            captions: vec![vec![]; story.pictures.len()],
            quotes: vec![Quote { rows: 0 }; story.quotes.len()],
            jump_head: JumpHead {
                text: jump_head,
                sizes: std::iter::once(theme.contract.jump_sizes[usize::from(!lead)])
                    .chain(theme.contract.jump_leads.iter().copied())
                    .map(|size| JumpSize { size, rows: vec![0; spans] })
                    .collect(),
            },
            wide: None,
            wide_measure: 1,
            wants_width: false,
            cap: None,
            body: Body::default(),
            parts: Parts::default(),
            long_words: vec![],
            briefs: vec![],
        };
        Self { story, slot, setting, driver, measure: 1, galley, unsure: BTreeMap::new() }
    }

    /// Sets the text to legs of several columns.
    fn widen(&mut self, lead: bool, measure: u8) -> Result<(), Vec<Trouble>> {
        self.measure = measure;
        self.galley.wide_measure = measure;
        let own = self.galley.put(SetText::default());
        self.galley.parts = Parts::of(self.story, 0);
        if lead {
            self.drop_cap()?;
        }
        let document = self.set(&[Piece::Body])?;
        self.read(&[Piece::Body], &document)?;
        let wide = self.galley.put(own);
        self.galley.wide = Some(Box::new(wide));
        Ok(())
    }

    /// Finds where the lines beside a drop cap end.
    fn drop_cap(&mut self) -> Result<(), Vec<Trouble>> {
        let Some(cap) = cap::begin(self.story).filter(|_| self.story.plainness < Plainness::NoCap)
        else {
            return Ok(());
        };
        self.galley.cap = Some(cap);
        let document = self.set(&[Piece::Opening])?;
        let cap = self.galley.cap.take();
        self.galley.cap = cap.and_then(|cap| cap::end(self.story, &cap, &document));
        Ok(())
    }

    /// What is set first.
    fn pieces(&self, lead: bool) -> Vec<Piece> {
        let Self { story, setting: Setting { theme, grid, .. }, .. } = self;
        let spans = 1..=grid.columns;
        let mut out = if story.is_picture() { vec![] } else { vec![Piece::Body] };
        let ladder = &theme.contract.ladder;
        // The largest ones stand on the front page alone, and only its lead has them.
        let most = if lead { grid.head_most_front(ladder) } else { grid.head_most_inside(ladder) };
        let printed = |size: &f32| *size <= most && !story.is_picture();
        let span = grid.columns;
        for (step, _) in ladder.iter().enumerate().filter(|(_, size)| printed(size)) {
            out.push(Piece::Head { step, span, short: false });
            if story.short_headline.is_some() {
                out.push(Piece::Head { step, span, short: true });
            }
        }
        if story.deck.is_some() {
            out.extend(spans.clone().map(|span| Piece::Deck { span }));
        }
        for (picture, file) in story.pictures.iter().enumerate() {
            let most = most_columns(file, grid, self.setting.resolution);
            out.extend((1..=most).map(|span| Piece::Caption { picture, span }));
        }
        out.extend((0..story.quotes.len()).map(|quote| Piece::Quote { quote }));
        if !story.is_picture() {
            out.extend(spans.clone().map(|span| Piece::JumpHead { step: 0, span }));
            for step in 1..self.galley.jump_head.sizes.len() {
                let fits = |span: &u8| self.galley.jump_head.has_room(step, grid.span(*span));
                out.extend(spans.clone().filter(fits).map(|span| Piece::JumpHead { step, span }));
            }
        }
        out
    }

    /// The heads that are set last.
    fn unsettled(&self) -> Vec<Piece> {
        let again =
            self.unsure.keys().map(|&(step, span, short)| Piece::Again { step, span, short });
        let none = |span: &u8| {
            let first = self.galley.heads.first();
            first.is_some_and(|head| head.set[usize::from(*span) - 1].is_none())
        };
        let spans = (1..=self.setting.grid.columns).filter(none);
        let rough = spans.filter(|_| !self.story.is_picture()).map(|span| Piece::Rough { span });
        again.chain(rough).collect()
    }

    /// Sets pieces on one page, below each other.
    fn set(&self, pieces: &[Piece]) -> Result<PagedDocument, Vec<Trouble>> {
        let Self { story, slot, setting, driver, galley, .. } = self;
        let Setting { theme, grid, paper, words, .. } = setting;
        let jobs: Vec<Value> = pieces.iter().map(|piece| self.job(*piece)).collect();
        let jobs = json!({
            "slot": slot, "paper": paper, "words": words, "jobs": jobs,
            "width": grid.span(grid.columns),
        });
        Desk::new(theme, driver)
            .with(&story_path(*slot), story_file(story, galley.cap.as_ref()))
            .with("jobs.json", data_file(jobs))
            .set()
    }

    /// A piece as the driver of the measuring reads it.
    fn job(&self, piece: Piece) -> Value {
        let Setting { theme, grid, .. } = self.setting;
        let wide = |span: u8| grid.span(span);
        match piece {
            Piece::Head { step, span, short } => json!({
                "part": "head", "size": theme.contract.ladder[step], "width": wide(span),
                "measure": wide(span), "short": short,
            }),
            Piece::Again { step, span, short } => {
                let Galley { measures, short_measures, .. } = &self.galley;
                let measures = if short { short_measures } else { measures };
                json!({
                    "part": "head", "size": theme.contract.ladder[step], "width": wide(span),
                    "measure": measures[step][usize::from(span) - 1], "short": short,
                })
            }
            Piece::Rough { span } => json!({
                "part": "head", "size": theme.contract.ladder[0], "width": wide(span),
                "measure": wide(span), "short": false,
            }),
            Piece::RailHead { step, span } => json!({
                "part": "rail-head", "size": theme.contract.ladder[step], "width": wide(span),
                "measure": wide(span),
            }),
            Piece::Brief => json!({ "part": "brief", "width": wide(1) }),
            Piece::Deck { span } => json!({ "part": "deck", "width": wide(span) }),
            Piece::Caption { picture, span } => {
                json!({ "part": "caption", "index": picture, "width": wide(span) })
            }
            Piece::Quote { quote } => json!({ "part": "quote", "index": quote, "width": wide(1) }),
            Piece::JumpHead { step, span } => {
                let JumpHead { text, sizes } = &self.galley.jump_head;
                let size = sizes[step].size;
                json!({ "part": "jump-head", "text": text, "size": size, "width": wide(span) })
            }
            Piece::Opening => json!({ "part": "opening", "width": wide(self.measure) }),
            Piece::Body => json!({ "part": "body", "width": wide(self.measure) }),
        }
    }

    /// Reads the page of pieces back, part by part; returns the narrower heads worth setting.
    fn read(
        &mut self,
        pieces: &[Piece],
        document: &PagedDocument,
    ) -> Result<Vec<Piece>, Vec<Trouble>> {
        let Setting { theme, grid, .. } = self.setting;
        let page = document.pages().first();
        let set = page.map(|page| typeset::pieces(&page.frame)).unwrap_or_default();
        let mut more = vec![];
        let galley = &mut self.galley;
        let at = |span: u8| usize::from(span) - 1;
        for (piece, set) in pieces.iter().zip(&set) {
            let rows = grid.rows_for(set.height);
            if let Some(width) = narrowest(*piece, grid) {
                set.inks(|ink| galley.long_words.extend(ink.sticking_out(width)));
            }
            match *piece {
                Piece::Head { step, span, short } => {
                    let size = theme.contract.ladder[step];
                    let plain = short || is_plain(&self.story.headline);
                    if let Some(judged) = heads::judge(set, rows, size, (grid, span), plain) {
                        let (setting, measure) = galley.head_mut(step, span, short);
                        let plainer = self.story.plainness >= Plainness::PlainHead;
                        let bare = Judged { sure: false, ..judged }.settled(grid.span(span));
                        let judged = if plainer { bare } else { judged };
                        (*setting, *measure) = (Some(judged.setting), judged.measure);
                        if !judged.sure {
                            self.unsure.insert((step, span, short), judged.own);
                        }
                    }
                    let narrower = (1..span).filter(|_| span == grid.columns).filter(|&span| {
                        heads::is_worth(set, (step, size), span, grid.columns, grid.span(span))
                    });
                    more.extend(narrower.map(|span| Piece::Head { step, span, short }));
                }
                Piece::Again { step, span, short } => {
                    let size = theme.contract.ladder[step];
                    let own = self.unsure.get(&(step, span, short)).copied();
                    let lines = heads::rough(set, rows, size).map(|set| (set.rows, set.lines));
                    let (setting, measure) = galley.head_mut(step, span, short);
                    if setting.map(|set| (set.rows, set.lines)) != lines {
                        (*setting, *measure) = (own, grid.span(span));
                    }
                }
                Piece::Rough { span } => {
                    galley.rough[at(span)] = heads::rough(set, rows, theme.contract.ladder[0]);
                }
                Piece::Deck { .. } => {
                    let droppable = self.story.deck.as_ref().is_some_and(|deck| !deck.written);
                    let deck = galley.deck.get_or_insert(Deck { rows: vec![], droppable });
                    deck.rows.push(rows);
                }
                Piece::Caption { picture, .. } => galley.captions[picture].push(rows),
                Piece::Quote { quote } => galley.quotes[quote].rows = rows,
                Piece::JumpHead { step, span } => {
                    galley.jump_head.sizes[step].rows[at(span)] = rows;
                }
                Piece::RailHead { step, span } => {
                    let size = theme.contract.ladder[step];
                    let plain = is_plain(&self.story.headline);
                    if let Some(judged) = heads::judge(set, rows, size, (grid, span), plain) {
                        let judged = judged.settled(grid.span(span));
                        galley.heads[step].set[at(span)] = Some(judged.setting);
                        galley.measures[step][at(span)] = judged.measure;
                    }
                }
                Piece::Opening => {}
                Piece::Brief => {
                    galley.parts = Parts::of_brief(self.story);
                    galley.body = cut::cut(set, &galley.parts, grid, 1)?;
                }
                Piece::Body => {
                    let beside = galley.cap.as_ref().map_or(0, |cap| cap.lines.len() as u8);
                    galley.parts = Parts::of(self.story, beside);
                    galley.body = cut::cut(set, &galley.parts, grid, self.measure)?;
                    if self.story.plainness >= Plainness::AnyLine {
                        galley.body.end_anywhere();
                    }
                }
            }
        }
        Ok(more)
    }
}
