//! Sets quotation marks, apostrophes, primes, dashes and ellipses as the language of a story has
//! them. The marks of each language stand in `typography_marks.rs`.
//!
//! A whole line is looked at, through its markup, so that a mark has the same neighbours whether or
//! not one of them is in italics. Marks that the writer set typographically stay as they are.

use super::typography_marks::{Marks, escaped, leading_words};
use crate::content::model::{Block, Inline, Run, Story};

/// A placeholder for the mark with which `<q>` opens; replaced when the language is known.
pub(crate) const OPEN: char = '\u{fdd0}';
/// The same for the mark with which it closes. See [`OPEN`].
pub(crate) const CLOSE: char = '\u{fdd1}';

/// Sets the marks in everything that a story prints. `paper` is the paper's language.
pub(crate) fn set(story: &mut Story, paper: &str) {
    let setter = Setter::for_language(story.lang.as_deref().unwrap_or(paper));
    let Story { headline, short_headline, web_headline, kicker, deck, authors, .. } = story;
    setter.line(headline);
    let single = [short_headline, web_headline, kicker, &mut story.dateline];
    single.into_iter().flatten().for_each(|run| setter.run(run));
    deck.iter_mut().for_each(|deck| setter.line(&mut deck.text));
    authors.iter_mut().chain(&mut story.corrections).for_each(|run| setter.run(run));
    for picture in &mut story.pictures {
        setter.line(&mut picture.caption);
        picture.credit.iter_mut().for_each(|run| setter.run(run));
    }
    for quote in &mut story.quotes {
        setter.line(&mut quote.text);
        quote.by.iter_mut().for_each(|run| setter.run(run));
    }
    if let Some(facts) = &mut story.facts {
        facts.title.iter_mut().for_each(|run| setter.run(run));
        facts.items.iter_mut().for_each(|item| setter.line(item));
    }
    setter.blocks(&mut story.body);
    story.notes.iter_mut().for_each(|note| setter.blocks(note));
}

/// Sets the marks in a text that does not belong to a story.
pub(crate) fn set_text(text: &str, lang: &str) -> String {
    Setter::for_language(lang).text(text)
}

struct Setter {
    marks: Marks,
    /// Words that begin with an apostrophe.
    leading: &'static [&'static str],
}

/// A character of a line. Code and note references count as one sign each and stay unchanged.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Text(char),
    Code,
    Note,
    Break,
}

impl Setter {
    fn for_language(lang: &str) -> Self {
        Self { marks: Marks::for_language(lang), leading: leading_words(lang) }
    }

    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) | Block::Subhead { text, .. } => self.line(text),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                Block::Quote(inner) => self.blocks(inner),
                Block::Table(table) => {
                    table.rows.iter_mut().flatten().for_each(|cell| self.line(cell));
                }
                Block::Code(_) | Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
            }
        }
    }

    fn run(&self, run: &mut Run) {
        run.text = self.text(&run.text);
    }

    fn text(&self, text: &str) -> String {
        let signs: Vec<Sign> = text.chars().map(Sign::Text).collect();
        self.signs(&signs).concat()
    }

    fn line(&self, line: &mut [Inline]) {
        let mut signs = vec![];
        read(line, &mut signs);
        let mut set = self.signs(&signs).into_iter();
        write(line, &mut set);
    }

    /// The text that each sign of a line becomes.
    fn signs(&self, signs: &[Sign]) -> Vec<String> {
        Line::new(self, signs).set()
    }
}

fn read(line: &[Inline], signs: &mut Vec<Sign>) {
    for inline in line {
        match inline {
            Inline::Text(run) => signs.extend(run.text.chars().map(Sign::Text)),
            Inline::Code(_) => signs.push(Sign::Code),
            Inline::Note(_) => signs.push(Sign::Note),
            Inline::Break => signs.push(Sign::Break),
            other => read(other.inner().unwrap_or_default(), signs),
        }
    }
}

fn write(line: &mut [Inline], set: &mut impl Iterator<Item = String>) {
    for inline in line {
        match inline {
            Inline::Text(run) => {
                let length = run.text.chars().count();
                run.text = set.by_ref().take(length).collect();
            }
            Inline::Code(_) | Inline::Note(_) | Inline::Break => {
                set.next();
            }
            Inline::Emph(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Super(inner)
            | Inline::Sub(inner)
            | Inline::Link { text: inner, .. } => write(inner, set),
        }
    }
}

/// What a straight quotation mark may mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    /// The mark of feet and minutes; doubled, that of inches and seconds.
    Prime,
    Apostrophe,
}

/// A line whose marks are being set.
struct Line<'a> {
    setter: &'a Setter,
    signs: &'a [Sign],
    /// For each sign, whether it belongs to a web address.
    kept: Vec<bool>,
    out: Vec<String>,
    /// For each sign so far, what its straight mark means.
    roles: Vec<Option<Role>>,
    /// How many double and how many single quotations are open.
    open: [usize; 2],
}

impl<'a> Line<'a> {
    fn new(setter: &'a Setter, signs: &'a [Sign]) -> Self {
        let count = signs.len();
        Self {
            setter,
            signs,
            kept: addresses(signs),
            out: Vec::with_capacity(count),
            roles: vec![None; count],
            open: [0, 0],
        }
    }

    fn set(mut self) -> Vec<String> {
        let mut at = 0;
        while at < self.signs.len() {
            at += self.sign(at);
        }
        self.out
    }

    /// Sets the sign at an index. Returns how many signs that took.
    fn sign(&mut self, at: usize) -> usize {
        let Sign::Text(c) = self.signs[at] else {
            self.out.push(String::new());
            return 1;
        };
        if self.kept[at] {
            self.out.push(c.into());
            return 1;
        }
        match c {
            '"' => self.quote(at, 0),
            '\'' if self.is_inch(at) => {
                self.roles[at] = Some(Role::Prime);
                self.out.push("″".into());
                self.out.push(String::new());
                return 2;
            }
            '\'' => self.quote(at, 1),
            '-' => return self.dashes(at),
            '.' if (1..3).all(|more| self.text(at + more) == Some('.')) => {
                self.out.extend(["…".into(), String::new(), String::new()]);
                return 3;
            }
            '“' | '„' | '«' | '‘' | '‚' | '‹' if self.begins(at) => {
                self.open[usize::from("‘‚‹".contains(c))] += 1;
                self.out.push(c.into());
            }
            '”' | '“' | '»' | '‘' | '’' | '›' if !self.joins(at) => {
                let open = &mut self.open[usize::from("‘’›".contains(c))];
                *open = open.saturating_sub(1);
                self.out.push(c.into());
            }
            OPEN => self.push_quote(Role::Open, 0),
            CLOSE => self.push_quote(Role::Close, 0),
            ' ' if self.setter.marks.spaced && self.is_inside_mark(at) => {
                self.out.push(self.own_space(at));
            }
            c => self.out.push(escaped(c).unwrap_or(c).into()),
        }
        1
    }

    /// Turns a row of hyphens into dashes: two make an en dash, three an em dash.
    fn dashes(&mut self, at: usize) -> usize {
        let count = (at..).take_while(|&at| self.text(at) == Some('-') && !self.kept[at]).count();
        let (long, short) = match (count, count % 3) {
            (1, _) => {
                self.out.push("-".into());
                return 1;
            }
            (_, 0) => (count / 3, 0),
            (_, _) if count % 2 == 0 => (0, count / 2),
            (_, 2) => (count / 3, 1),
            (_, _) => (count / 3 - 1, 2),
        };
        self.out.push("—".repeat(long) + &"–".repeat(short));
        self.out.extend(std::iter::repeat_n(String::new(), count - 1));
        count
    }

    fn quote(&mut self, at: usize, kind: usize) {
        let role = if kind == 0 { self.double(at) } else { self.single(at) };
        self.roles[at] = Some(role);
        self.push_quote(role, kind);
    }

    fn push_quote(&mut self, role: Role, kind: usize) {
        let Marks { double, single, .. } = &self.setter.marks;
        let (open, close) = if kind == 0 { double } else { single };
        self.out.push(match role {
            Role::Open => {
                self.open[kind] += 1;
                (*open).into()
            }
            Role::Close => {
                self.open[kind] = self.open[kind].saturating_sub(1);
                (*close).into()
            }
            Role::Prime => if kind == 0 { "″" } else { "′" }.into(),
            Role::Apostrophe => "’".into(),
        });
    }

    fn double(&self, at: usize) -> Role {
        let open = self.open[0] > 0;
        if self.before(at).is_some_and(is_figure) {
            return if !open || self.is_prime(at, '"') { Role::Prime } else { Role::Close };
        }
        if self.begins(at) || (!open && self.stands_free(at, '"')) {
            return Role::Open;
        }
        let unspaced = self.before(at).is_some_and(|c| is_unspaced(c) || is_stop(c));
        let goes_on = self.after(at).is_some_and(char::is_alphanumeric);
        if !open && unspaced && goes_on { Role::Open } else { Role::Close }
    }

    fn single(&self, at: usize) -> Role {
        let (before, after) = (self.before(at), self.after(at));
        let open = self.open[1] > 0;
        let lettered = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if before.is_some_and(is_figure) {
            let figures = (at + 1..).take_while(|&at| self.text(at).is_some_and(is_figure)).count();
            return match figures {
                // An apostrophe between thousands, as the Swiss write it.
                3 => Role::Apostrophe,
                0 if lettered(after) => Role::Apostrophe,
                0 if open && !self.is_prime(at, '\'') => Role::Close,
                _ => Role::Prime,
            };
        }
        if lettered(before) && lettered(after) {
            return Role::Apostrophe;
        }
        if lettered(before) || !self.begins(at) {
            let owner = before.is_some_and(|c| "sxzß".contains(c))
                && after.is_some_and(char::is_whitespace)
                && self.text(at + 2).is_some_and(char::is_lowercase)
                && self.closes_later(at);
            return if open && !owner && !self.ends_short_word(at) {
                Role::Close
            } else {
                Role::Apostrophe
            };
        }
        let word = self.word_after(at);
        let short = self.setter.leading.contains(&word.as_str());
        let quoted = self.text(at + 1 + word.chars().count()) == Some('\'');
        let year =
            word.starts_with(is_figure) && word.chars().take_while(|c| is_figure(*c)).count() == 2;
        let and = quoted && word.eq_ignore_ascii_case("n");
        if and || ((short || year) && !quoted) || !self.closes_later(at) {
            Role::Apostrophe
        } else {
            Role::Open
        }
    }

    /// The character at an index, if the sign there is one.
    fn text(&self, at: usize) -> Option<char> {
        match self.signs.get(at) {
            Some(Sign::Text(c)) => Some(*c),
            _ => None,
        }
    }

    /// The character before an index as a reader sees it. Code counts as a letter, the start of a
    /// line as nothing.
    fn before(&self, at: usize) -> Option<char> {
        let mut seen = self.signs[..at].iter().rev().filter(|sign| **sign != Sign::Note);
        seen.next().and_then(shown)
    }

    fn after(&self, at: usize) -> Option<char> {
        let mut seen = self.signs[at + 1..].iter().filter(|sign| **sign != Sign::Note);
        seen.next().and_then(shown)
    }

    /// Whether a mark stands where an opening one does.
    fn begins(&self, at: usize) -> bool {
        let opens = match self.before(at) {
            None => true,
            Some('"' | '\'') => {
                // There is a mark right before this one: this one can open if that one opens or is
                // an apostrophe.
                matches!(self.roles[at - 1], Some(Role::Open | Role::Apostrophe))
            }
            Some('’') => true,
            Some(c) => c.is_whitespace() || "([{<-–—/=¿¡“‘„‚«‹".contains(c) || c == OPEN,
        };
        // Other marks may stand before the word: `"'Yes,' she said"`.
        let mut rest = self.signs[at + 1..].iter().filter(|sign| **sign != Sign::Note);
        let next = rest.find(|sign| !matches!(sign, Sign::Text('"' | '\'')));
        let then = rest.next().and_then(shown);
        let goes_on = next.and_then(shown).is_some_and(|c| {
            // A full stop may begin a word or an ellipsis.
            let point = c == '.' && then.is_some_and(|c| c == '.' || c.is_alphanumeric());
            let stops = is_stop(c) && c != '…' && !point;
            !c.is_whitespace() && !stops && !")]}”»›".contains(c)
        });
        opens && goes_on
    }

    /// Whether letters or digits stand on both sides.
    fn joins(&self, at: usize) -> bool {
        self.before(at).is_some_and(char::is_alphanumeric)
            && self.after(at).is_some_and(char::is_alphanumeric)
    }

    /// Whether a mark stands between two blanks and another such mark follows, as French is
    /// written.
    fn stands_free(&self, at: usize, mark: char) -> bool {
        self.before(at).is_none_or(char::is_whitespace)
            && self.after(at).is_some_and(char::is_whitespace)
            && (at + 1..self.signs.len()).any(|at| self.text(at) == Some(mark))
    }

    /// Whether a mark after a digit inside a quotation means inches or feet: the mark that closes
    /// the quotation follows later.
    fn is_prime(&self, at: usize, mark: char) -> bool {
        let is_mark =
            |at: &usize| self.text(*at) == Some(mark) && !(mark == '\'' && self.joins(*at));
        let later: Vec<usize> = (at + 1..self.signs.len()).filter(is_mark).collect();
        match later.iter().find(|&&at| !self.before(at).is_some_and(is_figure)) {
            Some(&at) => !self.begins(at),
            None => !later.is_empty(),
        }
    }

    /// Whether two single marks after a digit mean inches.
    fn is_inch(&self, at: usize) -> bool {
        self.text(at + 1) == Some('\'') && self.before(at).is_some_and(is_figure)
    }

    /// Whether a single mark follows that can close a quotation.
    fn closes_later(&self, at: usize) -> bool {
        (at + 2..self.signs.len()).any(|at| {
            self.text(at) == Some('\'')
                && !self.before(at).is_none_or(char::is_whitespace)
                && !self.after(at).is_some_and(char::is_alphanumeric)
                && !self.begins(at)
                && !self.ends_short_word(at)
        })
    }

    /// Whether a mark is the second one of ’n’.
    fn ends_short_word(&self, at: usize) -> bool {
        at >= 2
            && self.text(at - 1).is_some_and(|c| c.eq_ignore_ascii_case(&'n'))
            && matches!(self.text(at - 2), Some('\'' | '’'))
    }

    fn word_after(&self, at: usize) -> String {
        (at + 1..).map_while(|at| self.text(at)).take_while(|c| c.is_alphanumeric()).collect()
    }

    /// Whether a blank stands just inside a quotation mark that is set with a blank of its own.
    fn is_inside_mark(&self, at: usize) -> bool {
        let opened = at > 0 && (self.text(at - 1) == Some('«') || self.is_open_double(at - 1));
        let closes = match self.text(at + 1) {
            Some('»') => true,
            Some('"') => self.open[0] > 0 && !self.begins(at + 1),
            _ => false,
        };
        opened || closes
    }

    fn is_open_double(&self, at: usize) -> bool {
        self.text(at) == Some('"') && self.roles[at] == Some(Role::Open)
    }

    /// What becomes of a blank beside a mark: a narrow no-break space, or nothing beside a straight
    /// mark, which brings its own.
    fn own_space(&self, at: usize) -> String {
        let own = (at > 0 && self.is_open_double(at - 1)) || self.text(at + 1) == Some('"');
        if own { String::new() } else { '\u{202f}'.into() }
    }
}

fn shown(sign: &Sign) -> Option<char> {
    match sign {
        Sign::Text(c) => Some(*c),
        Sign::Code => Some('x'),
        Sign::Note | Sign::Break => None,
    }
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾' | '⅓' | '⅔' | '⅛' | '⅜' | '⅝' | '⅞')
}

fn is_stop(c: char) -> bool {
    ".,;:!?…".contains(c)
}

/// Whether a character belongs to a script without blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Which signs belong to a web address. They stay unchanged; marks around the address do not.
fn addresses(signs: &[Sign]) -> Vec<bool> {
    let mut kept = vec![false; signs.len()];
    let text = |at: usize| match signs.get(at) {
        Some(Sign::Text(c)) if !c.is_whitespace() => Some(*c),
        _ => None,
    };
    let is = |at: usize, wanted: &str| {
        wanted.chars().enumerate().all(|(more, c)| text(at + more) == Some(c))
    };
    let mut at = 0;
    while at < signs.len() {
        let before = at.checked_sub(1).and_then(text);
        let site = is(at, "www.") && !before.is_some_and(char::is_alphanumeric);
        if !site && !is(at, "://") {
            at += 1;
            continue;
        }
        let lettered = |at: &usize| text(*at).is_some_and(char::is_alphanumeric);
        let start = at - (0..at).rev().take_while(lettered).count();
        let mut end = (at..).take_while(|at| text(*at).is_some()).last().unwrap_or(at) + 1;
        while end > at && text(end - 1).is_some_and(|c| "\"'.,;:!?)]}".contains(c)) {
            end -= 1;
        }
        kept[start..end.max(start)].fill(true);
        at = end.max(at + 1);
    }
    kept
}

#[cfg(test)]
#[path = "typography_tests.rs"]
mod tests;
