//! Reads what takes a whole line: fences, imports, references used as comments, placeholders for a
//! table of contents, commands of other typesetters.

use std::ops::Range;

use super::ground::Ground;
use super::masked::TagKind;
use super::stretch::{LONGEST_TAG, ahead, shorten};
use super::tag_finder::TagFinder;

/// Lines that a site replaces by a table of contents.
const CONTENTS: [&str; 8] =
    ["[toc]", "[[toc]]", "[[_toc_]]", "${toc}", "{toc}", "@[toc]", "[tableofcontents]", "{{toc}}"];

/// LaTeX commands that stand alone and print nothing.
const COMMANDS: [&str; 10] = [
    "\\bigskip",
    "\\clearpage",
    "\\medskip",
    "\\newpage",
    "\\noindent",
    "\\pagebreak",
    "\\smallskip",
    "\\tableofcontents",
    "\\vfill",
    "\\vspace",
];

/// The beginnings of declarations that a program may export.
const DECLARES: [&str; 9] = [
    "const ",
    "let ",
    "var ",
    "function ",
    "async function ",
    "class ",
    "default function",
    "default class ",
    "default async ",
];

impl<'a> TagFinder<'a> {
    /// Reads what takes the line that begins at `start`. Returns where it ends.
    pub(super) fn line_at(&mut self, start: usize) -> Option<usize> {
        let line = self.line(start);
        let body = line.trim_start_matches([' ', '\t', '>']);
        let at = start + line.len() - body.len();
        if Ground::within(&self.ground.code, at).is_some() {
            return None;
        }
        let whole = body.trim().to_ascii_lowercase();
        if CONTENTS.contains(&whole.as_str()) {
            return Some(self.hide(at..at + body.trim_end().len(), TagKind::Quiet));
        }
        match body.chars().next()? {
            ':' => {
                let known = self.directive(at).or_else(|| self.fence(at));
                let known = known.or_else(|| self.table_caption(start, at));
                known.or_else(|| self.text_directive(at)).or_else(|| self.colon(at))
            }
            '%' => self.remark(start, at),
            '#' => self.slot(at),
            '/' => self.slashes(at),
            '-' => self.snippet(at),
            '(' => self.target(at),
            '!' => self.admonition(start, at).or_else(|| self.notice(start, at)),
            '?' | '=' => self.admonition(start, at),
            'i' if start == at => self.import(at).or_else(|| self.property(at)),
            'e' if start == at => self.export(at).or_else(|| self.property(at)),
            '[' => self.hidden_reference(at).or_else(|| self.reference(at)),
            '*' => self.abbreviation(at),
            '\\' => self.command(at),
            c if c.is_ascii_lowercase() => self.property(at),
            _ => None,
        }
    }

    /// Reads a colon without a blank after it, which Markdown would take for a definition: it is
    /// text, such as an emoji between colons.
    fn colon(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let rest = &line[1..];
        let is_rule = line.chars().all(|c| matches!(c, ':' | '-' | '|' | ' ' | '\t'));
        let in_html = Ground::within(&self.ground.html, at).is_some();
        if rest.starts_with(char::is_whitespace) || rest.is_empty() || is_rule || in_html {
            return None;
        }
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | ':');
        let length = 1 + rest.find(|c| !word(c)).unwrap_or(rest.len());
        let written = line[..length].to_owned();
        Some(self.show(at..at + length, TagKind::Written(written)))
    }

    /// Reads `: At noon` below a table, which is its caption in Pandoc.
    fn table_caption(&mut self, start: usize, at: usize) -> Option<usize> {
        let rest = self.line(at).strip_prefix(": ")?;
        let above = self.text[..start].trim_end();
        let above = above.rsplit('\n').next().unwrap_or_default().trim();
        let is_table = above.starts_with(['|', '+']) && above.ends_with(['|', '+']);
        let is_rule = rest.chars().all(|c| matches!(c, ':' | '-' | '|' | ' '));
        (is_table && above.len() > 1 && !is_rule).then(|| self.show(at..at + 2, TagKind::Quiet))
    }

    /// Reads `(weir)=`, a target for references.
    fn target(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        let name = line.strip_prefix('(')?.strip_suffix(")=")?;
        let is_name = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '(');
        is_name.then(|| self.hide(at..at + line.len(), TagKind::Quiet))
    }

    /// Reads `[//]: # (…)` and the like: a link reference that leads nowhere, used as a comment.
    fn hidden_reference(&mut self, at: usize) -> Option<usize> {
        let rest = ahead(self.text, at, LONGEST_TAG);
        let label =
            rest.find("]:").filter(|label| *label < 60 && !rest[..*label].contains('\n'))?;
        let said = rest[label + 2..].trim_start_matches([' ', '\t']);
        let is_comment =
            rest[1..label].starts_with("//") || rest[1..label].eq_ignore_ascii_case("comment");
        let target = ["<#>", "<>", "#", "//", "/"].iter().find(|target| {
            said.strip_prefix(**target).is_some_and(|more| {
                let more = more.trim_start_matches([' ', '\t']);
                more.starts_with(['(', '"', '\'']) || (is_comment && said.starts_with(['#', '<']))
            })
        });
        if !is_comment && target.is_none() {
            return None;
        }
        let from = rest.len() - said.len() + target.map_or(0, |target| target.len());
        let text = rest[from..].trim_start_matches([' ', '\t']);
        let from = rest.len() - text.len();
        let line_end = from + text.find('\n').unwrap_or(text.len());
        let close = text.chars().next().map(|c| if c == '(' { ')' } else { c });
        // The closing mark may stand some lines below.
        let mut end = line_end;
        if let Some(close) = close.filter(|c| matches!(c, ')' | '"' | '\'')) {
            let paragraph = self.paragraph_end(at) - at;
            let mut to = from;
            for line in rest[from..paragraph.min(rest.len())].split_inclusive('\n') {
                to += line.len();
                let done = line.trim_end();
                if done.ends_with(close) && (to - line.len() > from || done.len() > 1) {
                    end = to - (line.len() - done.len());
                    break;
                }
            }
        }
        Some(self.hide(at..at + end.max(1), TagKind::Quiet))
    }

    /// Reads an abbreviation: `*[HTML]: what it stands for`.
    fn abbreviation(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        let label = line.strip_prefix("*[")?;
        let label = &label[..label.find("]:")?];
        let name = format!("*[{}]:", shorten(label));
        let whole = at..at + self.text[at..].lines().next().map_or(0, |line| line.trim_end().len());
        (!label.contains(['[', ']'])).then(|| self.hide(whole, TagKind::Unknown { name }))
    }

    /// Reads a LaTeX command alone on its line: `\newpage`.
    fn command(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        let length = line.find('{').unwrap_or(line.len());
        let alone = length == line.len() || line.ends_with('}');
        if !alone || !COMMANDS.contains(&&line[..length]) {
            return None;
        }
        let name = line.to_owned();
        let end = at + line.len();
        Some(self.hide(at..end, TagKind::Unknown { name }))
    }

    /// Reads an import in MDX: `import Name from '…'`.
    fn import(&mut self, at: usize) -> Option<usize> {
        let text = self.statement(at, "import ")?;
        let rest = &text["import ".len()..];
        let (names, file) = match rest.trim_start().starts_with(['"', '\'']) {
            true => ("", rest.trim_start()),
            false => rest.split_once("from ").or_else(|| rest.split_once("from\n"))?,
        };
        let is_name = |c: char| {
            c.is_alphanumeric()
                || c.is_whitespace()
                || matches!(c, '_' | '$' | '*' | '{' | '}' | ',')
        };
        let file = file.trim_start();
        let mark = file.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let length = file[1..].find(mark)?;
        let after = file[length + 2..].lines().next().unwrap_or_default();
        if !names.chars().all(is_name) || !after.trim_matches([';', ' ', '\t', '\r']).is_empty() {
            return None;
        }
        let from = at + text.len() - file.len() + 1;
        let end = from + length + 1 + after.trim_end().len();
        let name = names.split([',', '{']).next().unwrap_or_default().trim().to_owned();
        self.mdx.get_or_insert_default().push((name, from..from + length));
        Some(self.declared(at..end))
    }

    /// Reads an export in MDX: `export const …`.
    fn export(&mut self, at: usize) -> Option<usize> {
        let text = self.statement(at, "export ")?;
        let rest = text["export ".len()..].trim_start();
        let declares = DECLARES.iter().any(|word| rest.starts_with(word))
            && rest.contains(['=', '(', '{'])
            || rest.starts_with('{')
            || rest.starts_with("* from")
            || rest
                .strip_prefix("default ")
                .is_some_and(|value| value.starts_with(['{', '(', '[']));
        if !declares {
            return None;
        }
        let mut depth = 0usize;
        let mut end = text.len();
        for (found, c) in text.char_indices() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                '\n' if depth == 0 => {
                    end = found;
                    break;
                }
                _ => {}
            }
        }
        let end = at + text[..end].trim_end().len();
        self.mdx.get_or_insert_default();
        Some(self.declared(at..end))
    }

    /// The text from a keyword to the end of its paragraph. Blank lines within braces belong to an
    /// export.
    fn statement(&mut self, at: usize, word: &str) -> Option<&'a str> {
        let text = self.text[at..].starts_with(word).then(|| ahead(self.text, at, LONGEST_TAG))?;
        let end = self.paragraph_end(at) - at;
        let paragraph = &text[..end.min(text.len())];
        let open = |text: &str| text.matches('{').count() > text.matches('}').count();
        if word == "export " && open(paragraph) {
            let mut from = paragraph.len();
            while let Some(found) = text[from..].find("\n\n") {
                from += found + 2;
                if !open(&text[..from]) {
                    return Some(&text[..from]);
                }
            }
            return Some(text).filter(|text| !open(text)).or(Some(paragraph));
        }
        Some(paragraph)
    }

    fn declared(&mut self, range: Range<usize>) -> usize {
        let name = shorten(&self.text[range.clone()]);
        self.hide(range, TagKind::Unknown { name })
    }
}
