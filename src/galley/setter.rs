//! Sets one story part by part and measures what comes out.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use typst::syntax::Source as TypstSource;
use typst_layout::PagedDocument;

use super::cut::Body;
use super::head_lines::Judged;
use super::model::{Galley, JumpHead, SetText, Setting};
use super::parts::Parts;
use super::{cap, cut, head_lines};
use crate::content::model::{Inline, PictureRef, Plainness, Story};
use crate::grid::Grid;
use crate::makeup::model::{Deck, Head, HeadSetting, JumpSize, Quote};
use crate::picture::policy::{self, least_pixels_per_point};
use crate::typeset::{
    MemoryWorld, Trouble, columns_wanted, data_file, measured_parts, story_file, story_path,
};

/// Whether a headline consists of words alone, without code, notes, raised type or line breaks.
fn is_plain(headline: &[Inline]) -> bool {
    headline.iter().all(|inline| match inline {
        Inline::Text(_) => true,
        Inline::Emph(inner) | Inline::Strong(inner) => is_plain(inner),
        _ => false,
    })
}

/// The most columns that a picture may be printed over at a resolution in pixels an inch.
pub(crate) fn most_columns(picture: &PictureRef, grid: &Grid, resolution: u16) -> u8 {
    let width = f64::from(picture.pixels[0]);
    let fits = |columns: &u8| grid.span(*columns) * least_pixels_per_point(resolution) <= width;
    let most = policy::most_columns(grid.columns, picture.whole, picture.mug);
    (1..=most).rev().find(fits).unwrap_or(1)
}

/// On a page of fewer columns, no text is set at double measure.
const DOUBLE_LEAST_COLUMNS: u8 = 4;
/// A text of more rows in one column isn't set at double measure either: it would stand in long grey
/// legs. So many rows are some eighty at double measure, two legs of forty.
const DOUBLE_MOST_ROWS: u32 = 170;

/// One part of a story that is set to be measured: a job of the driver `measure.typ`.
#[derive(Clone, Copy)]
pub(super) enum Job {
    Head {
        step: usize,
        span: u8,
        short: bool,
    },
    /// A head at the measure that was found for it, to see whether its lines are those expected.
    Again {
        step: usize,
        span: u8,
        short: bool,
    },
    /// The head in the smallest size, however many lines that takes.
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

/// Sets and measures one story. `lead` is whether it leads the paper, `heavy` whether it may lead a
/// page.
///
/// Steps:
/// 1. If the story may begin with a drop cap, the opening is set beside it, to find where its lines
///    end.
/// 2. The body, all other parts and the heads over the whole page's width are set.
/// 3. The heads are set over fewer columns, where their words fit and their lines are few enough.
/// 4. Heads whose lines don't follow from their words alone are set at the measures found for them.
///    The smallest head is set wherever it has no setting yet.
/// 5. The opening and the body are set once more in wider legs: two columns wide if the story may
///    lead a page, or as wide as its tables need.
///
/// # Errors
/// What Typst reports.
pub(super) fn set_story(
    (story, slot): (&Story, usize),
    jump_head: &str,
    (lead, heavy): (bool, bool),
    setting: &Setting,
    driver: &TypstSource,
) -> Result<Galley, Vec<Trouble>> {
    let mut setter = StorySetter::new((story, slot), jump_head.to_owned(), lead, setting, driver);
    // The body tells the parts where there is one.
    setter.galley.parts = Parts::of_story(story, 0);
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
    let wide = grid.columns >= DOUBLE_LEAST_COLUMNS && grid.is_readable_measure(2);
    let rows: u32 =
        setter.galley.body.slices.slices.iter().map(|slice| u32::from(slice.rows)).sum();
    if let Some(measure) = columns_wanted(story, grid) {
        setter.galley.wants_width = true;
        setter.widen(lead, measure)?;
    } else if heavy && wide && !story.is_picture() && rows <= DOUBLE_MOST_ROWS {
        setter.widen(lead, 2)?;
    }
    Ok(setter.galley)
}

/// The width in points that every word of a part must fit into, since the part is never hyphenated;
/// none for parts that are, and for headlines, which take more columns if their words are too long.
fn narrowest(piece: Job, grid: &Grid) -> Option<f64> {
    match piece {
        Job::Rough { span } if span < grid.columns => None,
        Job::Rough { span } | Job::Deck { span } | Job::Caption { span, .. } => {
            Some(grid.span(span))
        }
        Job::Quote { .. } => Some(grid.span(1)),
        _ => None,
    }
}

/// A story while it is set.
pub(super) struct StorySetter<'a> {
    story: &'a Story,
    slot: usize,
    setting: &'a Setting<'a>,
    driver: &'a TypstSource,
    /// The columns that a leg of the body takes.
    measure: u8,
    /// What was measured so far.
    pub(super) galley: Galley,
    /// The heads that are to be set once more (step, span, short), and how they set over their whole
    /// span.
    unsure: BTreeMap<(usize, u8, bool), HeadSetting>,
}

impl<'a> StorySetter<'a> {
    pub(super) fn new(
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

    /// Sets the body once more, in legs of several columns.
    fn widen(&mut self, lead: bool, measure: u8) -> Result<(), Vec<Trouble>> {
        self.measure = measure;
        self.galley.wide_measure = measure;
        let own = self.galley.put(SetText::default());
        self.galley.parts = Parts::of_story(self.story, 0);
        if lead {
            self.drop_cap()?;
        }
        let document = self.set(&[Job::Body])?;
        self.read(&[Job::Body], &document)?;
        let wide = self.galley.put(own);
        self.galley.wide = Some(Box::new(wide));
        Ok(())
    }

    /// Finds where the lines beside the drop cap end, if the story may have one.
    fn drop_cap(&mut self) -> Result<(), Vec<Trouble>> {
        let Some(cap) = cap::begin(self.story).filter(|_| self.story.plainness < Plainness::NoCap)
        else {
            return Ok(());
        };
        self.galley.cap = Some(cap);
        let document = self.set(&[Job::Opening])?;
        let cap = self.galley.cap.take();
        self.galley.cap = cap.and_then(|cap| cap::end(self.story, &cap, &document));
        Ok(())
    }

    /// The parts that are set first.
    fn pieces(&self, lead: bool) -> Vec<Job> {
        let Self { story, setting: Setting { theme, grid, .. }, .. } = self;
        let spans = 1..=grid.columns;
        let mut out = if story.is_picture() { vec![] } else { vec![Job::Body] };
        let ladder = &theme.contract.ladder;
        // Only the front page's lead has the largest sizes.
        let most = if lead { grid.head_most_front(ladder) } else { grid.head_most_inside(ladder) };
        let printed = |size: &f32| *size <= most && !story.is_picture();
        let span = grid.columns;
        for (step, _) in ladder.iter().enumerate().filter(|(_, size)| printed(size)) {
            out.push(Job::Head { step, span, short: false });
            if story.short_headline.is_some() {
                out.push(Job::Head { step, span, short: true });
            }
        }
        if story.deck.is_some() {
            out.extend(spans.clone().map(|span| Job::Deck { span }));
        }
        for (picture, file) in story.pictures.iter().enumerate() {
            let most = most_columns(file, grid, self.setting.resolution);
            out.extend((1..=most).map(|span| Job::Caption { picture, span }));
        }
        out.extend((0..story.quotes.len()).map(|quote| Job::Quote { quote }));
        if !story.is_picture() {
            out.extend(spans.clone().map(|span| Job::JumpHead { step: 0, span }));
            for step in 1..self.galley.jump_head.sizes.len() {
                let fits = |span: &u8| self.galley.jump_head.has_room(step, grid.span(*span));
                out.extend(spans.clone().filter(fits).map(|span| Job::JumpHead { step, span }));
            }
        }
        out
    }

    /// The heads that are set last.
    fn unsettled(&self) -> Vec<Job> {
        let again = self.unsure.keys().map(|&(step, span, short)| Job::Again { step, span, short });
        let none = |span: &u8| {
            let first = self.galley.heads.first();
            first.is_some_and(|head| head.set[usize::from(*span) - 1].is_none())
        };
        let spans = (1..=self.setting.grid.columns).filter(none);
        let rough = spans.filter(|_| !self.story.is_picture()).map(|span| Job::Rough { span });
        again.chain(rough).collect()
    }

    /// Sets parts below each other on one page.
    pub(super) fn set(&self, pieces: &[Job]) -> Result<PagedDocument, Vec<Trouble>> {
        let Self { story, slot, setting, driver, galley, .. } = self;
        let Setting { theme, grid, paper, words, .. } = setting;
        let jobs: Vec<Value> = pieces.iter().map(|piece| self.job(*piece)).collect();
        let jobs = json!({
            "slot": slot, "paper": paper, "words": words, "jobs": jobs,
            "width": grid.span(grid.columns),
        });
        MemoryWorld::new(theme, driver)
            .with(&story_path(*slot), story_file(story, galley.cap.as_ref()))
            .with("jobs.json", data_file(jobs))
            .set()
    }

    /// A part as the driver `measure.typ` reads it.
    fn job(&self, piece: Job) -> Value {
        let Setting { theme, grid, .. } = self.setting;
        let wide = |span: u8| grid.span(span);
        match piece {
            Job::Head { step, span, short } => json!({
                "part": "head", "size": theme.contract.ladder[step], "width": wide(span),
                "measure": wide(span), "short": short,
            }),
            Job::Again { step, span, short } => {
                let Galley { measures, short_measures, .. } = &self.galley;
                let measures = if short { short_measures } else { measures };
                json!({
                    "part": "head", "size": theme.contract.ladder[step], "width": wide(span),
                    "measure": measures[step][usize::from(span) - 1], "short": short,
                })
            }
            Job::Rough { span } => json!({
                "part": "head", "size": theme.contract.ladder[0], "width": wide(span),
                "measure": wide(span), "short": false,
            }),
            Job::RailHead { step, span } => json!({
                "part": "rail-head", "size": theme.contract.ladder[step], "width": wide(span),
                "measure": wide(span),
            }),
            Job::Brief => json!({ "part": "brief", "width": wide(1) }),
            Job::Deck { span } => json!({ "part": "deck", "width": wide(span) }),
            Job::Caption { picture, span } => {
                json!({ "part": "caption", "index": picture, "width": wide(span) })
            }
            Job::Quote { quote } => json!({ "part": "quote", "index": quote, "width": wide(1) }),
            Job::JumpHead { step, span } => {
                let JumpHead { text, sizes } = &self.galley.jump_head;
                let size = sizes[step].size;
                json!({ "part": "jump-head", "text": text, "size": size, "width": wide(span) })
            }
            Job::Opening => json!({ "part": "opening", "width": wide(self.measure) }),
            Job::Body => json!({ "part": "body", "width": wide(self.measure) }),
        }
    }

    /// Measures the parts on a page that [`set`](Self::set) made. Gives the heads over fewer columns
    /// that are worth setting.
    pub(super) fn read(
        &mut self,
        pieces: &[Job],
        document: &PagedDocument,
    ) -> Result<Vec<Job>, Vec<Trouble>> {
        let Setting { theme, grid, .. } = self.setting;
        let page = document.pages().first();
        let set = page.map(|page| measured_parts(&page.frame)).unwrap_or_default();
        let mut more = vec![];
        let galley = &mut self.galley;
        let at = |span: u8| usize::from(span) - 1;
        for (piece, set) in pieces.iter().zip(&set) {
            let rows = grid.rows_for(set.height);
            if let Some(width) = narrowest(*piece, grid) {
                set.inks(|ink| galley.long_words.extend(ink.sticking_out(width)));
            }
            match *piece {
                Job::Head { step, span, short } => {
                    let size = theme.contract.ladder[step];
                    let plain = short || is_plain(&self.story.headline);
                    if let Some(judged) = head_lines::judge(set, rows, size, (grid, span), plain) {
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
                        head_lines::is_worth(set, (step, size), span, grid.columns, grid.span(span))
                    });
                    more.extend(narrower.map(|span| Job::Head { step, span, short }));
                }
                Job::Again { step, span, short } => {
                    let size = theme.contract.ladder[step];
                    let own = self.unsure.get(&(step, span, short)).copied();
                    let lines = head_lines::rough(set, rows, size).map(|set| (set.rows, set.lines));
                    let (setting, measure) = galley.head_mut(step, span, short);
                    if setting.map(|set| (set.rows, set.lines)) != lines {
                        (*setting, *measure) = (own, grid.span(span));
                    }
                }
                Job::Rough { span } => {
                    galley.rough[at(span)] = head_lines::rough(set, rows, theme.contract.ladder[0]);
                }
                Job::Deck { .. } => {
                    let droppable = self.story.deck.as_ref().is_some_and(|deck| !deck.written);
                    let deck = galley.deck.get_or_insert(Deck { rows: vec![], droppable });
                    deck.rows.push(rows);
                }
                Job::Caption { picture, .. } => galley.captions[picture].push(rows),
                Job::Quote { quote } => galley.quotes[quote].rows = rows,
                Job::JumpHead { step, span } => {
                    galley.jump_head.sizes[step].rows[at(span)] = rows;
                }
                Job::RailHead { step, span } => {
                    let size = theme.contract.ladder[step];
                    let plain = is_plain(&self.story.headline);
                    if let Some(judged) = head_lines::judge(set, rows, size, (grid, span), plain) {
                        let judged = judged.settled(grid.span(span));
                        galley.heads[step].set[at(span)] = Some(judged.setting);
                        galley.measures[step][at(span)] = judged.measure;
                    }
                }
                Job::Opening => {}
                Job::Brief => {
                    galley.parts = Parts::of_brief(self.story);
                    galley.body = cut::cut(set, &galley.parts, grid, 1)?;
                }
                Job::Body => {
                    let beside = galley.cap.as_ref().map_or(0, |cap| cap.lines.len() as u8);
                    galley.parts = Parts::of_story(self.story, beside);
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
