//! From one file to one story.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::dates;
use super::fields::{self, Fields, Text};
use super::inlines::{tidy, visible};
use super::known;
use super::markdown;
use super::matter;
use super::paper::Paper;
use super::pictures::Mention;
use super::pull;
use super::runs::Map;
use super::scope::Scope;
use super::story::{Block, Deck, Facts, Inline, JumpPin, Pins, PullQuote, Run, Story, plain};
use super::tree::{Node, Value};
use super::words;

/// The longest summary that may stand in for a standfirst, in words.
const LONGEST_SUMMARY: usize = 45;

/// A summary that shares so many words in a row with the story's beginning repeats it.
const SHARED_WORDS: usize = 8;

/// Why a story is not for print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hold {
    /// It is not finished.
    Draft,
    /// It must not be out yet.
    Embargo,
}

/// What a file gave.
pub(crate) struct FrontStory {
    /// The story.
    pub(crate) story: Story,
    /// Why it must not be printed, if so.
    pub(crate) hold: Option<Hold>,
    /// Whether there is nothing to print.
    pub(crate) empty: bool,
}

/// What is the same for all stories of an edition.
pub(crate) struct Setting<'p> {
    /// The paper.
    pub(crate) paper: &'p Paper,
    /// Its time zone.
    pub(crate) zone: TimeZone,
    /// When this is read; embargoes end by it.
    pub(crate) now: Timestamp,
    /// The edition's date.
    pub(crate) date: Option<Date>,
}

/// Reads a file; `path` is its path from the root.
pub(crate) fn read(scope: &mut Scope<'_>, path: &str, setting: &Setting<'_>) -> FrontStory {
    let parts = matter::split(scope);
    let empty = Node { value: Value::Map(vec![]), range: 0..0 };
    let node = parts.front.as_ref().unwrap_or(&empty);
    let fields = Fields::new(scope, node, known::is_known, known::DOCUMENTED);
    let mut reader = Reader { scope, fields: &fields, setting, path };
    let canonical = reader.canonical();
    reader.scope.base_url = setting.paper.base_url.clone().or_else(|| canonical.as_deref().and_then(origin));
    let mut headline = reader.headline();
    let (short, web) = reader.other_headlines(&mut headline);
    let kicker = reader.run(&["kicker"]);
    let written = reader.standfirst(&headline);
    let authors = reader.authors();
    let dateline = reader.run(&["dateline"]);
    let date = reader.date();
    let updated = reader.run(known::UPDATED);
    let hold = reader.hold();
    let priority = reader.fields.number(reader.scope, known::PRIORITY, 1, 9).and_then(|n| u8::try_from(n).ok());
    let pins = reader.pins();
    let facts = reader.facts();
    let mut quotes = reader.quotes();
    let corrections = reader.corrections();
    let section = reader.section();
    let tags = reader.tags();
    let slug = reader.slug();
    let lang = reader.fields.text(reader.scope, &["lang", "language", "locale"]).map(|text| text.text.replace('_', "-"));
    reader.images();

    let body = parts.body.clone();
    matter::conflicts(reader.scope, &body);
    reader.scope.remember(node);
    let text = &reader.scope.source[body.clone()];
    let mut built = markdown::blocks(reader.scope, text, &Map::Shift(body.start), quotes.len());
    quotes.append(&mut built.quotes);
    take_headline(reader.scope, &mut headline, &mut built.blocks, path, &parts);
    let mut deck = written.or_else(|| reader.summary(&headline, &built.blocks));
    once_each(&mut built.blocks);
    let broken = parts.has_front && parts.front.is_none();
    let mut empty = false;
    if built.blocks.is_empty() && built.notes.is_empty() && !broken {
        built.blocks.extend(reader.instead_of_text(&mut deck));
        empty = built.blocks.is_empty() && scope.pictures.is_empty();
        let end = scope.source.len();
        let then = if empty { "it is left out" } else if built.blocks.is_empty() { "its picture stands alone" } else { "its summary is printed as its text" };
        scope
            .warning("empty-story", body.start.min(end)..end, format!("this story has no text; {then}"))
            .add_hint("write it, or mark it with `draft: true`");
    }
    let words = count_words(&built.blocks);
    let story = Story {
        key: key_of(path),
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
        notes: built.notes,
        slug,
        lang,
        canonical,
        corrections,
        words,
    };
    FrontStory { story, hold, empty }
}

/// A story's key: its path without its ending. A bundle's `index.md` is known by its folder as well.
pub(crate) fn key_of(path: &str) -> String {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned()
}

/// `https://a.org` of `https://a.org/b/c`.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    Some(format!("{scheme}://{}", rest.split('/').next()?))
}

struct Reader<'r, 'a, 'n> {
    scope: &'r mut Scope<'a>,
    fields: &'r Fields<'n>,
    setting: &'r Setting<'r>,
    path: &'r str,
}

impl Reader<'_, '_, '_> {
    fn inlines(&mut self, text: Text<'_>) -> Vec<Inline> {
        let map = text.map(self.scope.source);
        let mut line = markdown::inlines(self.scope, text.text, &map);
        tidy(&mut line);
        line
    }

    /// A text without any markup.
    fn plain_run(&mut self, text: Text<'_>) -> Option<Run> {
        let line = self.inlines(text);
        let shown = plain(&line);
        let map = text.map(self.scope.source);
        (!shown.trim().is_empty()).then(|| self.scope.run(shown.trim(), map.range(0..text.text.len())))
    }

    fn run(&mut self, names: &[&str]) -> Option<Run> {
        let text = self.fields.text(self.scope, names)?;
        self.plain_run(text)
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
        let said = words::squash(&plain(&line));
        (!said.is_empty() && said != words::squash(&plain(headline))).then_some(Deck { text: line, written: true })
    }

    /// A summary stands in for a standfirst only where it reads like one.
    fn summary(&mut self, headline: &[Inline], body: &[Block]) -> Option<Deck> {
        let text = self.fields.text(self.scope, known::SUMMARY)?;
        let line = self.inlines(text);
        let shown = plain(&line);
        let said = words::squash(&shown);
        let closed = shown.trim_end_matches(['”', '"', '’', '»', ')']).ends_with(['.', '!', '?', '。', '！', '？', '।', '؟', '۔']);
        let whole = closed && !shown.ends_with("...") && words::count(&shown) <= LONGEST_SUMMARY;
        let opening = body
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(text) => Some(plain(text)),
                _ => None,
            })
            .take(2)
            .collect::<Vec<_>>()
            .join(" ");
        let fresh = words::shared_run(&shown, &opening) < SHARED_WORDS && (opening.is_empty() || !words::squash(&opening).contains(&said));
        let fits = !said.is_empty() && said != words::squash(&plain(headline)) && whole && fresh;
        fits.then_some(Deck { text: line, written: false })
    }

    /// What a story without a body says in its front matter.
    fn instead_of_text(&mut self, deck: &mut Option<Deck>) -> Option<Block> {
        if let Some(deck) = deck.take() {
            return Some(Block::Paragraph(deck.text));
        }
        let text = self.fields.text(self.scope, known::SUMMARY)?;
        let line = self.inlines(text);
        (!words::squash(&plain(&line)).is_empty()).then_some(Block::Paragraph(line))
    }

    fn authors(&mut self) -> Vec<Run> {
        let Some(node) = self.fields.get(known::AUTHORS) else { return vec![] };
        let mut names: Vec<Run> = vec![];
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        for item in items {
            let inner;
            let text = if matches!(item.value, Value::Map(_)) {
                inner = Fields::new(self.scope, item, |_| true, &[]);
                inner.text(self.scope, &["name", "display_name", "author", "title"])
            } else {
                fields::text(self.scope, item, "authors")
            };
            let Some(run) = text.and_then(|text| self.plain_run(text)) else { continue };
            let name = words::name_of(&run.text);
            if !name.is_empty() && names.iter().all(|known| known.text != name) {
                names.push(Run { text: name, span: run.span });
            }
        }
        names
    }

    /// The story's own date, else its path's, else the edition's.
    fn date(&mut self) -> Option<Date> {
        let fallback = dates::of_path(self.path).or(self.setting.date);
        let Some(text) = self.fields.text(self.scope, known::DATE) else { return fallback };
        let place = text.node.range.clone();
        match dates::read(text.text) {
            dates::Read::Day(date) => Some(date),
            dates::Read::OddTime(date) => {
                self.scope
                    .warning("odd-time", place, format!("there is no such time of day as in `{}`", text.text))
                    .add_hint("the day counts all the same; write the time as 16:30 or leave it away");
                Some(date)
            }
            dates::Read::Impossible => {
                self.scope
                    .error("impossible-date", place, format!("the calendar has no such day as `{}`", text.text))
                    .add_hint("write year, month and day, such as 2026-11-24");
                fallback
            }
            dates::Read::Unreadable => {
                self.scope
                    .error("bad-date", place, format!("`{}` is no date", text.text))
                    .add_hint("write year, month and day, such as 2026-11-24");
                fallback
            }
        }
    }

    fn hold(&mut self) -> Option<Hold> {
        let draft = self.fields.truth(self.scope, &["draft"]) == Some(true);
        let published = self.fields.text(self.scope, &["published"]).map(|text| text.text.to_ascii_lowercase());
        let hidden = matches!(published.as_deref(), Some("false" | "no" | "off"));
        let status = self.fields.text(self.scope, &["status"]).map(|text| text.text.to_ascii_lowercase());
        let unfinished = matches!(status.as_deref(), Some("draft" | "private" | "pending" | "hidden" | "hold" | "held"));
        if draft || hidden || unfinished {
            return Some(Hold::Draft);
        }
        let text = self.fields.text(self.scope, &["embargo"])?;
        match dates::moment(text.text, &self.setting.zone) {
            Some(moment) => (moment > self.setting.now).then_some(Hold::Embargo),
            None => {
                self.scope
                    .error("bad-date", text.node.range.clone(), format!("the embargo `{}` is no moment", text.text))
                    .add_hint("write it as 2026-11-24 06:00, or with its time zone as 2026-11-24T06:00:00+01:00");
                // What may be under embargo is never printed by mistake.
                Some(Hold::Embargo)
            }
        }
    }

    fn pins(&mut self) -> Pins {
        let mut pins = Pins::default();
        let Some(node) = self.fields.get(&["print"]) else { return pins };
        if !matches!(node.value, Value::Map(_)) {
            self.scope.error("wrong-type", node.range.clone(), format!("`print` must be a group of keys, but it is {}", node.kind())).add_hint("write it as `print: {page: 1}`");
            return pins;
        }
        let names = ["page", "columns", "jump", "headline"];
        let inner = Fields::new(self.scope, node, |key| names.contains(&key), &names);
        pins.page = inner.number(self.scope, &["page"], 1, 400);
        pins.columns = inner.number(self.scope, &["columns"], 1, 12).and_then(|n| u8::try_from(n).ok());
        if let Some(text) = inner.text(self.scope, &["jump"]) {
            match text.text.to_ascii_lowercase().as_str() {
                "never" | "false" | "no" => pins.jump = JumpPin::Never,
                "auto" | "true" | "yes" => {}
                _ => {
                    self.scope.error("bad-value", text.node.range.clone(), "`jump` must be `auto` or `never`").add_hint("write `jump: never` to keep the story on one page");
                }
            }
        }
        pins
    }

    fn facts(&mut self) -> Option<Facts> {
        let node = self.fields.get(&["facts"])?;
        let (title, items) = match &node.value {
            Value::Map(_) => {
                let names = ["title", "items"];
                let inner = Fields::new(self.scope, node, |key| names.contains(&key), &names);
                let title = inner.text(self.scope, &["title"]).and_then(|text| self.plain_run(text));
                (title, inner.get(&["items"]).map(|node| fields::texts(self.scope, node, "facts")).unwrap_or_default())
            }
            _ => (None, fields::texts(self.scope, node, "facts")),
        };
        let items: Vec<_> = items.into_iter().map(|text| self.inlines(text)).filter(|line| visible(line)).collect();
        (!items.is_empty()).then_some(Facts { title, items })
    }

    fn quotes(&mut self) -> Vec<PullQuote> {
        let Some(node) = self.fields.get(&["pull_quotes", "pull_quote"]) else { return vec![] };
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut quotes = vec![];
        for item in items {
            let (text, by) = if matches!(item.value, Value::Map(_)) {
                let names = ["text", "quote", "by", "name", "attribution"];
                let inner = Fields::new(self.scope, item, |key| names.contains(&key), &["text", "by"]);
                let by = inner.text(self.scope, &["by", "name", "attribution"]).and_then(|text| self.plain_run(text));
                (inner.text(self.scope, &["text", "quote"]), by)
            } else {
                (fields::text(self.scope, item, "pull_quotes"), None)
            };
            if let Some(text) = text {
                let mut text = self.inlines(text);
                pull::unquote(&mut text);
                if visible(&text) {
                    quotes.push(PullQuote { text, by });
                }
            }
        }
        quotes
    }

    fn corrections(&mut self) -> Vec<Run> {
        let Some(node) = self.fields.get(&["corrections", "correction"]) else { return vec![] };
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut corrections = vec![];
        for item in items {
            let text = if matches!(item.value, Value::Map(_)) {
                let names = ["text", "date"];
                Fields::new(self.scope, item, |key| names.contains(&key), &names).text(self.scope, &["text"])
            } else {
                fields::text(self.scope, item, "corrections")
            };
            corrections.extend(text.and_then(|text| self.plain_run(text)));
        }
        corrections
    }

    /// The section: as front matter has it; else the folder between the date's folder and the
    /// file; else a category or another folder, where `paper.yaml` lists a section of that name.
    fn section(&mut self) -> Option<String> {
        let listed = |name: &str| {
            let name = words::squash(name);
            let found = self.setting.paper.sections.iter().find(|section| words::squash(&section.name) == name || words::squash(&section.title) == name);
            found.map(|section| section.name.clone())
        };
        let folders: Vec<&str> = self.path.split('/').collect();
        let folders = folders.get(..folders.len().saturating_sub(1)).unwrap_or_default();
        if let Some(text) = self.fields.text(self.scope, &["section"]) {
            if let Some(name) = listed(text.text) {
                return Some(name);
            }
            if !self.setting.paper.sections.is_empty() {
                let names = self.setting.paper.sections.iter().map(|section| section.name.as_str());
                let near = words::nearest(text.text, names.clone()).map(str::to_owned);
                let all = names.collect::<Vec<_>>().join(", ");
                let diagnostic = self.scope.warning("unknown-section", text.node.range.clone(), format!("paper.yaml lists no section `{}`", text.text));
                match near {
                    Some(near) => diagnostic.add_hint(format!("did you mean `{near}`?")),
                    None => diagnostic.add_hint(format!("its sections are {all}")),
                };
            }
            return Some(text.text.to_owned());
        }
        let dated = folders.iter().position(|folder| folder.len() == 10 && folder.parse::<Date>().is_ok());
        if let Some(folder) = dated.and_then(|at| folders.get(at + 1)) {
            let bundle = *folder == folders.last().copied().unwrap_or_default() && self.path.ends_with("/index.md");
            if !bundle {
                return Some(listed(folder).unwrap_or_else(|| (*folder).to_owned()));
            }
        }
        let categories = self.fields.get(known::CATEGORIES).map(|node| fields::texts(self.scope, node, "categories")).unwrap_or_default();
        categories.iter().find_map(|text| listed(text.text)).or_else(|| folders.iter().rev().find_map(|folder| listed(folder)))
    }

    fn tags(&mut self) -> Vec<String> {
        let Some(node) = self.fields.get(&["tags"]) else { return vec![] };
        fields::texts(self.scope, node, "tags").into_iter().map(|text| text.text.to_owned()).collect()
    }

    fn slug(&mut self) -> String {
        if let Some(text) = self.fields.text(self.scope, &["slug"]) {
            return text.text.trim_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        }
        let key = key_of(self.path);
        let mut parts = key.rsplit('/');
        let last = parts.next().unwrap_or_default();
        let last = if last == "index" || last.starts_with("index.") { parts.next().unwrap_or(last) } else { last };
        let undated = last.split_at_checked(11).filter(|(start, _)| start.ends_with('-') && dates::of_path(start).is_some());
        undated.map_or(last, |(_, rest)| rest).to_owned()
    }

    fn canonical(&mut self) -> Option<String> {
        let text = self.fields.text(self.scope, &["canonical", "canonical_url"])?;
        let url = text.text;
        if url.starts_with("https://") || url.starts_with("http://") {
            return Some(url.to_owned());
        }
        self.scope.warning("bad-value", text.node.range.clone(), "`canonical` must be a whole web address").add_hint("begin it with https://");
        None
    }

    fn images(&mut self) {
        for node in self.fields.all(known::IMAGES) {
            match &node.value {
                Value::List(items) => items.iter().for_each(|item| self.image(item)),
                _ => self.image(node),
            }
        }
    }

    fn image(&mut self, node: &Node) {
        let mut mention = Mention { front: true, ..Mention::default() };
        let inner;
        let (fields, src, alt, caption, credit) = if matches!(node.value, Value::Map(_)) {
            inner = Fields::new(self.scope, node, |_| true, &[]);
            let src = inner.text(self.scope, &["src", "url", "path", "file", "image", "imgname", "uid", "relative_src", "feature"]);
            (&inner, src, &["alt", "alt_text", "image_alt"][..], &["caption", "title", "figcaption"][..], &["credit", "attribution", "photographer", "source"][..])
        } else {
            (self.fields, fields::text(self.scope, node, "image"), known::IMAGE_ALT, known::IMAGE_CAPTION, known::IMAGE_CREDIT)
        };
        let Some(src) = src else { return };
        mention.src = src.text.to_owned();
        let map = src.map(self.scope.source);
        mention.place = map.range(0..src.text.len());
        if let Some(text) = fields.text(self.scope, alt) {
            mention.alt = plain(&self.inlines(text));
        }
        if let Some(text) = fields.text(self.scope, caption) {
            mention.caption = self.inlines(text);
        }
        mention.credit = fields.text(self.scope, credit).and_then(|text| self.plain_run(text));
        if matches!(node.value, Value::Map(_)) {
            mention.focus = fields.get(&["focus"]).and_then(|node| self.focus(node));
            let graphic = fields.text(self.scope, &["kind"]).is_some_and(|text| matches!(text.text, "graphic" | "screenshot" | "chart"));
            let crop = if fields.get(&["crop"]).is_some() { fields.truth(self.scope, &["crop"]) } else { None };
            mention.whole = if graphic { Some(true) } else { crop.map(|crop| !crop) };
        }
        let _ = self.scope.add_picture(mention);
    }

    fn focus(&mut self, node: &Node) -> Option<[f64; 2]> {
        let written = match &node.value {
            Value::List(items) => items.iter().filter_map(|item| fields::text(self.scope, item, "focus").map(|text| text.text)).collect(),
            Value::Scalar(text) => text.split([',', ' ']).filter(|part| !part.is_empty()).collect(),
            _ => vec![],
        };
        let parts: Vec<f64> = written.iter().filter_map(|part| match part.strip_suffix('%') {
            Some(percent) => percent.parse::<f64>().ok().map(|n| n / 100.0),
            None => part.parse().ok(),
        }).collect();
        if let [x, y] = parts[..]
            && (0.0..=1.0).contains(&x)
            && (0.0..=1.0).contains(&y)
        {
            return Some([x, y]);
        }
        self.scope.error("bad-value", node.range.clone(), "`focus` must be two numbers from 0 to 1").add_hint("write it as [0.5, 0.3]: half-way across, a third of the way down");
        None
    }
}

/// Where front matter has no headline, the first heading is it; else the file's name has to do.
fn take_headline(scope: &mut Scope<'_>, headline: &mut Vec<Inline>, body: &mut Vec<Block>, path: &str, parts: &matter::Parts) {
    let start = parts.body.start;
    if visible(headline) {
        let repeated = matches!(body.first(), Some(Block::Subhead { text, .. }) if words::squash(&plain(text)) == words::squash(&plain(headline)));
        if repeated {
            body.remove(0);
        }
        return;
    }
    let first = body.iter().position(|block| matches!(block, Block::Subhead { .. }));
    if let Some(first) = first
        && let Block::Subhead { text, .. } = body.remove(first)
    {
        *headline = text;
        return;
    }
    let stem = key_of(path);
    let mut names = stem.rsplit('/');
    let last = names.next().unwrap_or_default();
    let name = if last.starts_with("index") { names.next().unwrap_or(last) } else { last };
    let spoken = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').replace(['-', '_'], " ");
    let spoken = if spoken.trim().is_empty() { name.to_owned() } else { spoken };
    // Where front matter can't be read, the headline may well stand in it.
    if !parts.has_front || parts.front.is_some() {
        scope
            .warning("no-headline", start.min(scope.source.len())..(start + 1).min(scope.source.len()), "this story has no headline; its file name stands in")
            .add_hint("write `headline: …` in its front matter");
    }
    let run = scope.run(words::capital(spoken.trim()), start..start + 1);
    *headline = vec![Inline::Text(run)];
}

/// A picture that the body shows twice is printed once.
fn once_each(blocks: &mut Vec<Block>) {
    fn walk(blocks: &mut Vec<Block>, seen: &mut Vec<usize>) {
        blocks.retain_mut(|block| match block {
            Block::Picture(number) => {
                let first = !seen.contains(number);
                seen.push(*number);
                first
            }
            Block::Quote(inner) => {
                walk(inner, seen);
                true
            }
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| walk(item, seen));
                true
            }
            _ => true,
        });
    }
    walk(blocks, &mut vec![]);
}

/// The words of blocks.
fn count_words(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) | Block::Subhead { text, .. } => words::count(&plain(text)),
            Block::List { items, .. } => items.iter().map(|item| count_words(item)).sum(),
            Block::Quote(inner) => count_words(inner),
            Block::Code(lines) => lines.iter().map(|run| words::count(&run.text)).sum(),
            Block::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).map(|cell| words::count(&plain(cell))).sum()
            }
            Block::Rule | Block::Picture(_) | Block::PullQuote(_) => 0,
        })
        .sum()
}
