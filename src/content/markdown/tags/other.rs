//! Reads inline markup of other programs: roles, keys, template code, cross-references, formulas,
//! properties.

use crate::diag::Code;
use std::ops::Range;

use super::ground::Ground;
use super::masked::TagKind;
use super::stretch::{LONGEST_LIST, LONGEST_TAG, ahead, shorten};
use super::tag_finder::TagFinder;

/// Roles whose text is a link to something else in the writer's project.
const REFERENCES: [&str; 8] = ["ref", "doc", "numref", "eq", "download", "any", "term", "cite"];

impl TagFinder<'_> {
    /// Reads a role, which says what the code after it is: `` {ref}`weir` ``, `` {sub}`2` ``.
    pub(super) fn role(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let close = line.find('}')?;
        let name = &line[1..close];
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'));
        let open = at + close + 1;
        if !is_name || !self.text[open..].starts_with('`') {
            return None;
        }
        let code = Ground::within(&self.ground.code, open).filter(|code| code.start == open)?;
        let (from, to) = inside_ticks(self.text, code);
        let whole = at..code.end;
        let inside = &self.text[from..to];
        let words = inside.find('<').filter(|cut| inside.ends_with('>') && *cut > 0);
        let shown = inside[..words.unwrap_or(inside.len())].trim_end().to_owned();
        let last = name.rsplit(':').next().unwrap_or(name);
        Some(match last {
            "sub" | "subscript" => self.show(whole, TagKind::Shifted { text: from..to, up: false }),
            "sup" | "superscript" => {
                self.show(whole, TagKind::Shifted { text: from..to, up: true })
            }
            "math" => {
                let formula = inside.to_owned();
                self.show(whole, TagKind::Math(formula))
            }
            "code" | "kbd" | "file" | "samp" | "command" | "program" | "option"
            | "menuselection" | "guilabel" => self.show(at..open, TagKind::Quiet),
            name if REFERENCES.contains(&name) && words.is_some() => {
                self.show(whole, TagKind::Written(shown))
            }
            name if REFERENCES.contains(&name) => {
                self.reference_fault(at..code.end);
                self.show(whole, TagKind::Written(shown))
            }
            "abbr" => {
                let text = inside.to_owned();
                self.show(whole, TagKind::Written(text))
            }
            _ => self.show(at..open, TagKind::Unknown { name: format!("{{{name}}}") }),
        })
    }

    fn reference_fault(&mut self, range: Range<usize>) {
        self.fault(
            Code::UndefinedReference,
            range,
            "only the program that this was written for can look up this reference; its name is printed",
            "write out what it should say, or use a link",
        );
    }

    /// Reads a cross-reference in Quarto: `@fig-quay`.
    pub(super) fn cross_reference(&mut self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix('@')?;
        let kinds = ["fig-", "tbl-", "sec-", "eq-", "lst-", "thm-"];
        let named = |kind: &&&str| rest[kind.len()..].starts_with(char::is_alphanumeric);
        kinds.iter().filter(|kind| rest.starts_with(**kind)).find(named)?;
        if self.text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.')) {
            return None;
        }
        let length = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
        let end = at + 1 + length.unwrap_or(rest.len());
        self.reference_fault(at..end);
        Some(end)
    }

    /// Reads template code: `<%= value %>`, `<% program %>`.
    pub(super) fn program(&mut self, at: usize) -> Option<usize> {
        let end = self.find(at + 2, "%>")? + 2;
        if end - at > LONGEST_TAG || self.text[at..end].contains("\n\n") {
            return None;
        }
        let name = shorten(&self.text[at..end]);
        Some(self.hide(at..end, TagKind::Unknown { name }))
    }

    /// Reads the blocks of Svelte: `{#if open}…{:else}…{/if}`, `{@html body}`.
    pub(super) fn block_of_svelte(&mut self, at: usize) -> Option<usize> {
        const BLOCKS: [&str; 5] = ["if", "each", "await", "key", "snippet"];
        let line = self.line(at);
        let end = at + line.find('}')? + 1;
        let inside = &line[1..end - at - 1];
        let mark = inside.chars().next()?;
        let word = inside[1..].split_whitespace().next().unwrap_or_default();
        let name = shorten(&self.text[at..end]);
        let known = match mark {
            '#' => BLOCKS.contains(&word) && inside.len() > word.len() + 1,
            '@' => matches!(word, "html" | "render" | "const" | "debug" | "attach"),
            '/' if BLOCKS.contains(&word) => return Some(self.hide(at..end, TagKind::Quiet)),
            ':' => matches!(word, "else" | "then" | "catch") && self.text.contains("{/"),
            _ => false,
        };
        known.then(|| self.hide(at..end, TagKind::Unknown { name }))
    }

    /// Reads keys to press: `++ctrl+c++`.
    pub(super) fn keys(&mut self, at: usize) -> Option<usize> {
        let rest = ahead(self.text, at + 2, LONGEST_LIST / 8);
        let inside = &rest[..rest.find("++")?];
        let is_key = |key: &str| {
            !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let end = at + 2 + inside.len() + 2;
        let in_word = self.text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '+')
            || self.text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '+');
        if in_word || !inside.split('+').all(is_key) {
            return None;
        }
        self.show(at..at + 2, TagKind::Quiet);
        Some(self.show(end - 2..end, TagKind::Quiet))
    }

    /// Reads a formula. Text that holds a tag or code is not a formula.
    pub(super) fn formula(&mut self, at: usize) -> Option<usize> {
        let in_html = Ground::within(&self.ground.html, at).is_some();
        let listed = |all: &[Range<usize>]| all.iter().any(|range| range.contains(&at));
        if in_html || listed(&self.out.listings) {
            return None;
        }
        // The form on GitHub: `` $`a^2`$ ``.
        if self.text[at..].starts_with("$`")
            && let Some(code) = Ground::within(&self.ground.code, at + 1)
            && code.start == at + 1
            && self.text[code.end..].starts_with('$')
        {
            let (from, to) = inside_ticks(self.text, code);
            let formula = self.text[from..to].to_owned();
            let end = code.end + 1;
            return Some(self.show(at..end, TagKind::Math(formula)));
        }
        let found = crate::content::markdown::math::at(self.text, at)?;
        let inside = &self.text[found.inside.clone()];
        let tagged =
            ["{%", "{{<", "{{%", "{{ ", "<!--", "`"].iter().any(|mark| inside.contains(mark));
        let code = &self.ground.code;
        let next = code.partition_point(|code| code.end <= found.range.start);
        let meets_code = code.get(next).is_some_and(|code| code.start < found.range.end);
        if tagged || meets_code {
            return None;
        }
        let formula = inside.to_owned();
        Some(self.show(found.range, TagKind::Math(formula)))
    }

    /// Reads a property of a note in a notebook, on a line of its own: `id:: 64f`, `due:: 2026`.
    pub(super) fn property(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        let (key, value) = line.split_once("::")?;
        let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let in_html = Ground::within(&self.ground.html, at).is_some();
        if !is_key || !value.starts_with(' ') || value.trim().is_empty() || in_html {
            return None;
        }
        let name = format!("{key}::");
        let whole = self.text[at..].lines().next().unwrap_or_default().trim_end().len();
        Some(self.hide(at..at + whole, TagKind::Unknown { name }))
    }

    /// Reads a property within a line: `[due:: 2026]`, `(due:: 2026)`.
    pub(super) fn inline_property(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let close = if line.starts_with('(') { ')' } else { ']' };
        let inside = &line[1..line.find(close)?];
        let (key, value) = inside.split_once("::")?;
        let is_key = key.starts_with(char::is_alphabetic)
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        let end = at + inside.len() + 2;
        let linked = self.text[end..].starts_with(['(', '[']) || self.text[..at].ends_with(']');
        if !is_key || !(value.is_empty() || value.starts_with(' ')) || linked {
            return None;
        }
        let name = format!("[{key}::]");
        Some(self.hide(at..end, TagKind::Unknown { name }))
    }
}

/// Where the code between the backticks begins and ends.
fn inside_ticks(text: &str, code: &Range<usize>) -> (usize, usize) {
    let written = &text[code.clone()];
    let count = written.chars().take_while(|c| *c == '`').count();
    (code.start + count, code.end.saturating_sub(count).max(code.start + count))
}
