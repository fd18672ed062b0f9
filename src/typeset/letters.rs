//! Finds letters that no face has, before anything is set. A few of them are replaced by a sign, with
//! a warning; a story that is written in them is an error.

use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::is_default_ignorable;

use super::fonts::covers;
use crate::content::model::{Block, Inline, Run, Story, plain};
use crate::diag::{Code, Diagnostic, Span};

/// The sign that is printed for a letter that no face has.
const STAND_IN: char = '□';

/// Checks every character of a story. A letter or digit that no face has is replaced by □, and a sign
/// that no face has is left out, each with a warning. If a third of the letters or more are missing,
/// that is an error.
pub(crate) fn check_letters(story: &mut Story) -> Vec<Diagnostic> {
    let mut letters = Letters::default();
    story.runs_mut(&mut |run| letters.run(run));
    let Letters { mut found, lost, seen, first } = letters;
    if lost > 0 && lost >= seen.div_ceil(3) {
        found.retain(|one| one.code != MISSING_LETTER);
        let what = format!("the theme's typefaces lack {lost} of the {seen} letters of this story");
        found.push(
            Diagnostic::error(MISSING_LETTER, first, what)
                .hint("write it in a script that the typefaces have: Latin, Greek or Cyrillic"),
        );
    }
    found.extend(without_ink(story));
    found
}

/// The code of diagnostics about missing letters.
const MISSING_LETTER: Code = Code::MissingLetter;

/// Whether a character is drawn: it is neither white space nor a mark that only controls how others
/// are set.
pub(crate) fn has_ink(c: char) -> bool {
    !c.is_whitespace() && !is_default_ignorable(c)
}

/// A text in capitals. Letters whose capitals no face has stay small.
pub(crate) fn capitals(text: &str) -> String {
    let pieces = by_capital(text).into_iter();
    pieces.map(|(piece, has)| if has { piece.to_uppercase() } else { piece.into() }).collect()
}

/// A text in pieces, each with whether the faces have its capitals. Where a theme prints capitals, a
/// piece without them stays small.
pub(super) fn by_capital(text: &str) -> Vec<(&str, bool)> {
    if text.chars().all(has_capital) {
        return vec![(text, true)];
    }
    // A letter whose capital has another number of bytes stays small too, so that a piece begins at
    // the same byte in capitals.
    let has = |c: char| {
        has_capital(c) && c.to_uppercase().map(char::len_utf8).sum::<usize>() == c.len_utf8()
    };
    let mut out: Vec<(&str, bool)> = vec![];
    let mut from = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let end = at + c.len_utf8();
        if letters.peek().is_none_or(|(_, next)| has(*next) != has(c)) {
            out.push((&text[from..end], has(c)));
            from = end;
        }
    }
    out
}

/// Whether the faces have the capital of a letter.
fn has_capital(c: char) -> bool {
    c.is_ascii() || c.to_uppercase().all(covers) || !covers(c)
}

/// Removes subheads of which nothing can be printed, and replaces such a headline by the file's name.
fn without_ink(story: &mut Story) -> Vec<Diagnostic> {
    let mut said = vec![];
    empty_subheads(&mut story.body, &mut said);
    story.notes.iter_mut().for_each(|note| empty_subheads(note, &mut said));
    // A picture that stands by itself needs no headline.
    if !story.headline.is_empty() && !plain(&story.headline).contains(has_ink) {
        let name = story.key.rsplit('/').next().unwrap_or_default();
        let text: String = name.chars().filter(|c| covers(*c)).collect();
        let text = if text.contains(has_ink) { text } else { "—".into() };
        let span = first_run(&story.headline)
            .map_or(Span { file: story.file, start: 0, end: 0 }, |run| run.span);
        story.headline = vec![Inline::Text(Run { text, span })];
        said.push(
            Diagnostic::warning(
                Code::NoHeadline,
                span,
                "no character of this headline can be printed; the file name is printed instead",
            )
            .hint("write a headline in letters"),
        );
    }
    said
}

fn first_run(inlines: &[Inline]) -> Option<&Run> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Text(run) | Inline::Code(run) => Some(run),
        other => first_run(other.inner().unwrap_or_default()),
    })
}

fn empty_subheads(blocks: &mut Vec<Block>, said: &mut Vec<Diagnostic>) {
    blocks.retain_mut(|block| match block {
        Block::Subhead { text, .. } if !plain(text).contains(has_ink) => {
            if let Some(run) = first_run(text) {
                let what = "no character of this subhead can be printed; it is left out";
                said.push(Diagnostic::warning(Code::EmptySubhead, run.span, what));
            }
            false
        }
        Block::List { items, .. } => {
            items.iter_mut().for_each(|item| empty_subheads(item, said));
            true
        }
        Block::Quote(inner) => {
            empty_subheads(inner, said);
            true
        }
        _ => true,
    });
}

/// The same as [`check_letters`] for texts outside of stories.
pub(crate) fn check_runs<'a>(runs: impl Iterator<Item = &'a mut Run>) -> Vec<Diagnostic> {
    let mut letters = Letters::default();
    runs.for_each(|run| letters.run(run));
    letters.found
}

#[derive(Default)]
struct Letters {
    found: Vec<Diagnostic>,
    /// The number of letters that no face has.
    lost: usize,
    /// The number of all letters.
    seen: usize,
    /// The place of the first letter that no face has.
    first: Option<Span>,
}

impl Letters {
    fn run(&mut self, run: &mut Run) {
        self.seen += run.text.chars().filter(|c| c.is_alphanumeric()).count();
        if run.text.chars().all(|c| prints(c) && !is_selector(c)) {
            return;
        }
        let mut missing_signs = String::new();
        let mut missing_letters = String::new();
        let mut text = String::with_capacity(run.text.len());
        for c in run.text.chars() {
            if prints(c) {
                text.extend(Some(c).filter(|c| !is_selector(*c)));
                continue;
            }
            let letter = c.is_alphanumeric();
            let list = if letter { &mut missing_letters } else { &mut missing_signs };
            if !list.contains(c) && !c.is_control() {
                list.push(c);
            }
            if letter {
                self.lost += 1;
                self.first.get_or_insert(run.span);
                text.push(STAND_IN);
            }
        }
        run.text = text;
        self.report(&missing_letters, &missing_signs, run.span);
    }

    fn report(&mut self, letters: &str, signs: &str, span: Span) {
        if !letters.is_empty() {
            let what = format!(
                "no typeface of the theme has the letter{}; {STAND_IN} is printed instead",
                list(letters)
            );
            self.found.push(
                Diagnostic::warning(MISSING_LETTER, span, what)
                    .letter(letters.chars().next())
                    .hint("write it in a script that the typefaces have: Latin, Greek or Cyrillic"),
            );
        }
        if !signs.is_empty() {
            let verb = if signs.chars().nth(1).is_some() { "are" } else { "is" };
            let what = format!(
                "no typeface of the theme has the symbol{}, which {verb} left out",
                list(signs)
            );
            let warning = Diagnostic::warning(Code::MissingSign, span, what);
            self.found.push(warning.letter(signs.chars().next()));
        }
    }
}

/// The most letters that a message names: the first ones show what script it is.
const NAMED: usize = 12;

fn list(characters: &str) -> String {
    let count = characters.chars().count();
    let plural = if count > 1 { "s" } else { "" };
    let mut named: Vec<String> =
        characters.chars().take(NAMED).map(|c| format!("“{c}” (U+{:04X})", u32::from(c))).collect();
    if count > NAMED {
        named.push(format!("{} more", count - NAMED));
    }
    format!("{plural} {}", named.join(", "))
}

/// Data for a theme, as a virtual file. Letters that no face has are replaced as in stories, except in
/// what isn't set: file names, alternative texts, the document's title and author.
pub(crate) fn data_file(mut data: Value) -> Bytes {
    replace(&mut data);
    Bytes::from_string(data.to_string())
}

fn replace(data: &mut Value) {
    match data {
        Value::String(text) if !text.chars().all(prints) => *text = with_stand_ins(text),
        Value::Array(items) => items.iter_mut().for_each(replace),
        Value::Object(keys) => {
            let unset = ["alt", "file", "author", "document-title"];
            let set = keys.iter_mut().filter(|(key, _)| !unset.contains(&key.as_str()));
            set.for_each(|(_, value)| replace(value));
        }
        _ => {}
    }
}

/// A text with □ for each letter that no face has, and without signs that no face has.
fn with_stand_ins(text: &str) -> String {
    let one = |c: char| match (prints(c), c.is_alphanumeric()) {
        (true, _) => Some(c),
        (false, true) => Some(STAND_IN),
        (false, false) => None,
    };
    text.chars().filter_map(one).collect()
}

/// A warning that names the letters of `paper.yaml`'s own words which no face has.
pub(crate) fn check_words<'a>(words: impl Iterator<Item = &'a str>) -> Option<Diagnostic> {
    let mut letters = String::new();
    for c in words.flat_map(str::chars).filter(|c| c.is_alphanumeric() && !prints(*c)) {
        if !letters.contains(c) {
            letters.push(c);
        }
    }
    let what = format!(
        "no typeface of the theme has the letter{}; {STAND_IN} is printed instead in texts from paper.yaml",
        list(&letters)
    );
    let hint = "write the name, place, sections and imprint in paper.yaml in a script that the typefaces have: Latin, Greek or Cyrillic";
    (!letters.is_empty()).then(|| Diagnostic::warning(MISSING_LETTER, None, what).hint(hint))
}

/// Whether a character can be set: a face has it, or it needs no glyph, as white space, a joiner or a
/// mark of direction.
pub(crate) fn prints(c: char) -> bool {
    !has_ink(c) || covers(c)
}

/// Whether a character is a variation selector, which chooses between shapes of a sign. The faces have
/// one shape of each.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
}
