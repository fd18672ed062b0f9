//! Reads one file into one story: splits it, reads the front matter key by key, reads the body, and
//! puts both together.

mod authors;
mod brief;
pub(crate) mod bylines;
mod extras;
mod images;
pub(crate) mod known;
pub(crate) mod matter;
pub(crate) mod other_addresses;
pub(crate) mod picture_keys;
pub(crate) mod standing;
pub(crate) mod tidy_body;
mod topics;

use crate::diag::Code;
use jiff::civil::Date;

use super::model::inlines::tidy;
use super::syntax::fields::{Fields, Text};
use bylines::Bylines;

use super::markdown;
use super::syntax::language_key;

use super::addresses::page_url::PageUrl;
use super::markdown::typography;
use super::model::visible;
use super::model::{Block, Deck, Inline, Plainness, Run, Story, plain};
use super::paper::Paper;
use super::syntax::runs::Map;
use super::syntax::scope::Scope;
use super::syntax::tree::{Node, Value};
use super::syntax::wording;
pub(crate) use extras::slug_of;
pub(crate) use other_addresses::RELATED;
use picture_keys::looks_like_picture;
use standing::{Clock, Ground, Hold, Standing};
use tidy_body::{clear, count_words, once_each, take_headline};

/// The longest summary that may serve as a standfirst, in words.
const LONGEST_SUMMARY: usize = 45;

/// A summary repeats the beginning of the story if the two share this many words in a row.
const SHARED_WORDS: usize = 8;

/// The result of reading a file.
pub(crate) struct FrontStory {
    /// The story.
    pub(crate) story: Story,
    /// Why the story must not be printed, if there is a reason.
    pub(crate) hold: Option<Hold>,
    /// Whether the story has nothing to print.
    pub(crate) empty: bool,
}

/// What all stories of an edition share.
pub(crate) struct Setting<'p> {
    /// The paper.
    pub(crate) paper: &'p Paper,
    /// The moment and the time zone by which stories are judged.
    pub(crate) clock: Clock,
    /// The edition's date.
    pub(crate) date: Option<Date>,
    /// The names of authors from author files.
    pub(crate) bylines: &'p Bylines,
}

impl StoryReader<'_, '_, '_> {
    /// Sets the addresses that the story's links are joined to.
    fn addresses(&mut self, canonical: Option<&str>, slug: &str) {
        let paper = self.setting.paper;
        let site = paper.site_url.as_deref();
        let own = paper.base_url.clone().or_else(|| canonical.and_then(origin));
        self.scope.base_url = own.or(site.map(str::to_owned));
        let of_path = |site| PageUrl::of_path(site, self.path, slug);
        let page = canonical.map(PageUrl::of_canonical);
        self.scope.page_url = page.or_else(|| site.and_then(of_path));
    }
}

/// Reads a file. `path` is its path relative to the root.
pub(crate) fn read(
    scope: &mut Scope<'_>,
    path: &str,
    setting: &Setting<'_>,
    ground: Ground,
) -> FrontStory {
    let parts = matter::split(scope);
    let empty = Node { value: Value::Map(vec![]), range: 0..0 };
    let node = parts.front.as_ref().unwrap_or(&empty);
    let fields = Fields::new(scope, node, known::is_known, &known::names().collect::<Vec<_>>());
    let mut reader = StoryReader { scope, fields: &fields, setting, path };
    let (canonical, slug) = (reader.canonical(), reader.slug());
    reader.addresses(canonical.as_deref(), &slug);
    let mut headline = reader.headline();
    let (short, web) = reader.other_headlines(&mut headline);
    let kicker = reader.run(known::KICKER);
    let written = reader.standfirst(&headline);
    let authors = reader.authors();
    let dateline = reader.run(&["dateline"]);
    let (date, hold) = reader.standing(ground);
    let updated = reader.run(known::UPDATED);
    let priority = reader.priority();
    let pins = reader.pins();
    let facts = reader.facts();
    let mut quotes = reader.quotes();
    let corrections = reader.corrections();
    let section = reader.section();
    let tags = reader.tags();
    let aliases = reader.aliases();
    let (related, translated) = (reader.related(), reader.translated());
    let lang = reader.lang();
    let said = reader.images();

    let body = parts.body.clone();
    matter::conflicts(reader.scope, &body);
    reader.scope.remember(node);
    let text = parts.text(reader.scope.source);
    let mut built = markdown::blocks(reader.scope, &text, &Map::Shift(body.start), quotes.len());
    reader.later_images(said);
    quotes.append(&mut built.quotes);
    clear(&mut built.blocks);
    reader.headline_of_body(&mut headline, &mut built.blocks, &parts);
    clear(&mut built.blocks);
    let mut deck = written.or_else(|| reader.summary(&headline, &built.blocks));
    once_each(&mut built.blocks);
    let readable = !parts.has_front || parts.front.is_some();
    let nothing = built.blocks.is_empty() && built.notes.is_empty() && readable;
    let empty = nothing && reader.fill(&mut built.blocks, &mut deck, body.start);
    let words = count_words(&built.blocks);
    let mut story = Story {
        key: wording::key_of(path),
        file: scope.file,
        headline,
        short_headline: short,
        web_headline: web,
        kicker,
        deck,
        authors,
        dateline,
        date,
        updated,
        section,
        tags,
        priority,
        pins,
        pictures: scope.pictures.take(),
        quotes,
        facts,
        body: built.blocks,
        optional: built.optional,
        notes: built.notes,
        slug,
        aliases,
        related,
        translated,
        translations: vec![],
        lang,
        canonical,
        corrections,
        words,
        plainness: Plainness::Full,
    };
    typography::set(&mut story, &setting.paper.lang);
    brief::settle(scope, node, &mut story, setting.paper);
    FrontStory { story, hold, empty }
}

/// The origin of an address: `https://a.org` of `https://a.org/b/c`.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    Some(format!("{scheme}://{}", rest.split('/').next()?))
}

struct StoryReader<'r, 'a, 'n> {
    scope: &'r mut Scope<'a>,
    fields: &'r Fields<'n>,
    setting: &'r Setting<'r>,
    path: &'r str,
}

impl<'n> StoryReader<'_, '_, 'n> {
    /// Takes the headline from the body if the front matter has none.
    fn headline_of_body(
        &mut self,
        headline: &mut Vec<Inline>,
        blocks: &mut Vec<Block>,
        parts: &matter::Parts,
    ) {
        let bare = blocks.iter().all(|block| matches!(block, Block::Picture(_)));
        let said = self.fields.get(known::STANDFIRST).or(self.fields.get(known::SUMMARY));
        // A picture that stands by itself needs no headline if it has a caption.
        if bare && said.is_none() && self.scope.pictures.is_told() {
            return;
        }
        // A story without anything to print is reported as empty; it needs no report of a missing
        // headline.
        let empty = blocks.is_empty() && said.is_none() && self.scope.pictures.is_empty();
        let start = parts.body.start;
        let parts = (!empty).then_some(parts);
        take_headline(self.scope, headline, blocks, self.path, start, parts);
    }

    fn inlines(&mut self, text: Text<'_>) -> Vec<Inline> {
        let map = text.map(self.scope.source);
        let mut line = markdown::inlines(self.scope, text.text, &map);
        tidy(&mut line);
        line
    }

    /// A text as a run without markup.
    fn plain_run(&mut self, text: Text<'_>) -> Option<Run> {
        let line = self.inlines(text);
        let shown = plain(&line);
        let map = text.map(self.scope.source);
        (!shown.trim().is_empty())
            .then(|| self.scope.run(shown.trim(), map.range(0..text.text.len())))
    }

    fn run(&mut self, names: &[&str]) -> Option<Run> {
        let text = self.fields.text(self.scope, names)?;
        self.plain_run(text)
    }

    /// The story's date, or else the edition's; and why the story must not be printed, if there is
    /// a reason.
    fn standing(&mut self, ground: Ground) -> (Option<Date>, Option<Hold>) {
        let mut standing = Standing::judge(self.fields, self.path, ground, &self.setting.clock);
        standing.say(self.scope);
        (standing.date.or(self.setting.date), standing.hold)
    }

    fn priority(&mut self) -> Option<u8> {
        let number = self.fields.number(self.scope, known::PRIORITY, 1, 9)?;
        u8::try_from(number).ok()
    }

    fn lang(&mut self) -> Option<String> {
        let text = self.fields.text(self.scope, language_key::KEYS)?;
        language_key::of_story(self.scope, text.text, text.node.range.clone())
    }

    fn headline(&mut self) -> Vec<Inline> {
        let Some(text) = self.fields.text(self.scope, known::HEADLINE) else { return vec![] };
        let line = self.inlines(text);
        if visible(&line) { line } else { vec![] }
    }

    fn other_headlines(&mut self, headline: &mut Vec<Inline>) -> (Option<Run>, Option<Run>) {
        let mut short = self.run(&["short_headline"]);
        let Some(node) = self.fields.get(&["headlines"]) else { return (short, None) };
        let names = ["print", "web", "short"];
        let inner = Fields::new(self.scope, node, |key| names.contains(&key), &names);
        if let Some(text) = inner.text(self.scope, &["print"]) {
            *headline = self.inlines(text);
        }
        if let Some(text) = inner.text(self.scope, &["short"]) {
            short = self.plain_run(text);
        }
        let web = inner.text(self.scope, &["web"]).and_then(|text| self.plain_run(text));
        (short, web)
    }

    fn standfirst(&mut self, headline: &[Inline]) -> Option<Deck> {
        let text = self.fields.text(self.scope, known::STANDFIRST)?;
        let line = self.inlines(text);
        let said = wording::squash(&plain(&line));
        (!said.is_empty() && said != wording::squash(&plain(headline)))
            .then_some(Deck { text: line, written: true })
    }

    /// A summary that serves as a standfirst: it must be short, end like a sentence, and not repeat
    /// the headline or the beginning.
    fn summary(&mut self, headline: &[Inline], body: &[Block]) -> Option<Deck> {
        let text = self.summary_text()?;
        let line = self.inlines(text);
        let shown = plain(&line);
        let said = wording::squash(&shown);
        let closed = shown
            .trim_end_matches(['”', '"', '’', '\'', '»', ')'])
            .ends_with(['.', '!', '?', '。', '！', '？', '।', '؟', '۔']);
        let whole = closed && !shown.ends_with("...") && wording::count(&shown) <= LONGEST_SUMMARY;
        let opening = body
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(text) => Some(plain(text)),
                _ => None,
            })
            .take(2)
            .collect::<Vec<_>>()
            .join(" ");
        let fresh = wording::shared_run(&shown, &opening) < SHARED_WORDS
            && (opening.is_empty() || !wording::squash(&opening).contains(&said));
        let fits = !said.is_empty() && said != wording::squash(&plain(headline)) && whole && fresh;
        fits.then_some(Deck { text: line, written: false })
    }

    /// The first summary that is not the name of a picture file, which some themes call a teaser.
    fn summary_text(&mut self) -> Option<Text<'n>> {
        let mut texts =
            known::SUMMARY.iter().filter_map(|name| self.fields.text(self.scope, &[name]));
        texts.find(|text| !looks_like_picture(text.text))
    }

    /// Fills an empty body with what the front matter says. Returns whether there is still nothing
    /// to print.
    fn fill(&mut self, body: &mut Vec<Block>, deck: &mut Option<Deck>, start: usize) -> bool {
        body.extend(self.instead_of_text(deck));
        if body.is_empty() && self.scope.pictures.is_one() {
            return false;
        }
        let empty = body.is_empty() && self.scope.pictures.is_empty();
        let then = match (empty, body.is_empty()) {
            (true, _) => "it is left out",
            (false, true) => "only its pictures are printed",
            (false, false) => "its summary is printed as its text",
        };
        let end = self.scope.source.len();
        self.scope
            .warning(
                Code::EmptyStory,
                start.min(end)..end,
                format!("this story has no text; {then}"),
            )
            .add_hint("write its text, or mark the story with `draft: true`");
        empty
    }

    /// The standfirst or summary of a story without a body, as its text.
    fn instead_of_text(&mut self, deck: &mut Option<Deck>) -> Option<Block> {
        if let Some(deck) = deck.take() {
            return Some(Block::Paragraph(deck.text));
        }
        let text = self.summary_text()?;
        let line = self.inlines(text);
        (!wording::squash(&plain(&line)).is_empty()).then_some(Block::Paragraph(line))
    }
}
