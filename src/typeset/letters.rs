//! Letters that no face has: found before anything is set, since a page with a
//! letter missing is worse than none.

use super::fonts::covers;
use crate::content::story::{Block, Inline, Run, Story};
use crate::diag::{Diagnostic, Span};

/// Looks every character of a story up. A letter or digit that no face has is an
/// error; a sign that none has is left out, with a warning.
pub fn check_letters(story: &mut Story) -> Vec<Diagnostic> {
    let mut letters = Letters::default();
    letters.story(story);
    letters.found
}

/// The same for texts that are no story's.
pub fn check_runs<'a>(runs: impl Iterator<Item = &'a mut Run>) -> Vec<Diagnostic> {
    let mut letters = Letters::default();
    runs.for_each(|run| letters.run(run));
    letters.found
}

#[derive(Default)]
struct Letters {
    found: Vec<Diagnostic>,
}

impl Letters {
    fn story(&mut self, story: &mut Story) {
        self.inlines(&mut story.headline);
        let single = [&mut story.short_headline, &mut story.kicker, &mut story.dateline];
        single.into_iter().flatten().for_each(|run| self.run(run));
        if let Some(deck) = &mut story.deck {
            self.inlines(&mut deck.text);
        }
        story.authors.iter_mut().chain(&mut story.corrections).for_each(|run| self.run(run));
        for picture in &mut story.pictures {
            self.inlines(&mut picture.caption);
            picture.credit.iter_mut().for_each(|run| self.run(run));
        }
        for quote in &mut story.quotes {
            self.inlines(&mut quote.text);
            quote.by.iter_mut().for_each(|run| self.run(run));
        }
        if let Some(facts) = &mut story.facts {
            facts.title.iter_mut().for_each(|run| self.run(run));
            facts.items.iter_mut().for_each(|item| self.inlines(item));
        }
        self.blocks(&mut story.body);
        story.notes.iter_mut().for_each(|note| self.blocks(note));
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) | Block::Subhead { text, .. } => self.inlines(text),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                Block::Quote(inner) => self.blocks(inner),
                Block::Code(lines) => lines.iter_mut().for_each(|run| self.run(run)),
                Block::Table(table) => {
                    table.rows.iter_mut().flatten().for_each(|cell| self.inlines(cell));
                }
                Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(run) | Inline::Code(run) => self.run(run),
                Inline::Emph(inner)
                | Inline::Strong(inner)
                | Inline::Strike(inner)
                | Inline::Super(inner)
                | Inline::Sub(inner)
                | Inline::Link { text: inner, .. } => self.inlines(inner),
                Inline::Note(_) | Inline::Break => {}
            }
        }
    }

    fn run(&mut self, run: &mut Run) {
        if run.text.chars().all(|c| printable(c) && !is_selector(c)) {
            return;
        }
        let mut missing_signs = String::new();
        let mut missing_letters = String::new();
        run.text = run
            .text
            .chars()
            .filter(|&c| {
                if printable(c) {
                    return !is_selector(c);
                }
                let list =
                    if c.is_alphanumeric() { &mut missing_letters } else { &mut missing_signs };
                if !list.contains(c) && !c.is_control() {
                    list.push(c);
                }
                c.is_alphanumeric()
            })
            .collect();
        self.report(&missing_letters, &missing_signs, run.span);
    }

    fn report(&mut self, letters: &str, signs: &str, span: Span) {
        if !letters.is_empty() {
            let what = format!("no face of the theme has the letter{}", list(letters));
            self.found.push(
                Diagnostic::error("missing-letter", span, what)
                    .letter(letters.chars().next())
                    .hint("Write it in the paper's script, or use a theme whose faces have it."),
            );
        }
        if !signs.is_empty() {
            let what =
                format!("no face of the theme has the sign{}, which is left out", list(signs));
            let warning = Diagnostic::warning("missing-sign", span, what);
            self.found.push(warning.letter(signs.chars().next()));
        }
    }
}

fn list(characters: &str) -> String {
    let plural = if characters.chars().count() > 1 { "s" } else { "" };
    let named: Vec<String> =
        characters.chars().map(|c| format!("“{c}” (U+{:04X})", u32::from(c))).collect();
    format!("{plural} {}", named.join(", "))
}

/// Whether a character prints, or is white space or a joiner that needs no glyph.
fn printable(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}')
        || covers(c)
}

/// Variation selectors choose between shapes of a sign; we have one of each.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
}
