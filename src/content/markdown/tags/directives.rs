//! Reads directives between colons: those of `MyST` with their options, those of Nuxt and remark,
//! and the extensions of Microsoft Learn.

use std::ops::Range;

use super::boxes::is_box;
use super::colons::{Fence, Pairs, fence_of, is_label, pairs_of};
use super::fences::is_option;
use super::masked::{Tag, TagKind};
use super::pairs::is_picture;
use super::private::is_private;
use super::stretch::{LONGEST_LIST, LONGEST_TAG, ahead};
use super::tag_finder::TagFinder;
use crate::content::markdown::tag_args;
use crate::content::markdown::tag_args::{Arg, Parts};

/// Directives whose content is not text of the story.
const NO_TEXT: [&str; 12] = [
    "bibliography",
    "button-ref",
    "carousel",
    "contents",
    "embed",
    "iframe",
    "include",
    "index",
    "raw",
    "toctree",
    "video",
    "youtube",
];

impl TagFinder<'_> {
    /// Reads the line of a directive. A plain box is left to `fence`.
    pub(super) fn directive(&mut self, at: usize) -> Option<usize> {
        if self.text[at..].starts_with(":::image ") {
            return self.learn_picture(at);
        }
        let fence = fence_of(self.line(at), at)?;
        let range = at..fence.end;
        let word = fence.label.split([' ', '{', '[']).next().unwrap_or_default().to_owned();
        if fence.whole {
            let shows = fence.label.contains("source=");
            let name = format!(":::{word}:::");
            let kind = if shows { TagKind::Unknown { name } } else { TagKind::Quiet };
            return Some(self.hide(range, kind));
        }
        if fence.marks == 3 && matches!(&*word, "moniker" | "zone" | "moniker-end" | "zone-end") {
            return Some(self.hide(range, TagKind::Quiet));
        }
        if fence.label.is_empty() {
            let ours = self.pairs().ends.contains(&at);
            if self.frames.remove(&at) {
                return Some(self.show(range, TagKind::FigureEnd));
            }
            return (fence.marks == 2 && ours).then(|| self.hide(range, TagKind::Quiet));
        }
        let close = self.pairs().closes.get(&at).copied();
        if let Some((_, end)) = close.filter(|_| hides(fence.label)) {
            return Some(self.private(range, at..end));
        }
        if fence.marks == 2 {
            return self.two_colons(at, &fence, &word, close.is_some());
        }
        let Some((name, arg)) = braced_name(fence.label) else {
            return self.attributed_picture(range, &fence, &word);
        };
        let start = fence.from + fence.label.len() - arg.len();
        let arg = start..start + arg.len();
        self.myst(range, (&name.to_ascii_lowercase(), arg), close)
    }

    /// Reads a `MyST` directive, with the options below it: `:::{figure} quay.jpg`,
    /// `:::{tip} Mind the step`.
    fn myst(
        &mut self,
        line: Range<usize>,
        (name, arg): (&str, Range<usize>),
        close: Option<(usize, usize)>,
    ) -> Option<usize> {
        let (options, end) = self.options(line.end);
        if NO_TEXT.contains(&name)
            && let Some((_, end)) = close
        {
            let contents = matches!(name, "toctree" | "contents" | "index");
            let name = format!("{{{name}}}");
            let kind = if contents { TagKind::Quiet } else { TagKind::Unknown { name } };
            return Some(self.hide(line.start..end, kind));
        }
        self.blank(line.end..end);
        if matches!(name, "figure" | "image" | "figure-md") && !arg.is_empty() {
            let mut args = vec![Arg { name: Some("src".into()), value: arg, quoted: true }];
            args.extend(options.into_iter().filter(|arg| {
                arg.name.as_deref().is_some_and(|name| matches!(name, "alt" | "caption"))
            }));
            let parts = Parts { name: name.into(), args };
            let kind = match close {
                Some((close, _)) => {
                    self.frames.insert(close);
                    TagKind::Framed(parts)
                }
                None => TagKind::Picture(parts),
            };
            self.show(line, kind);
            return Some(end);
        }
        // In `{grid} 2`, the argument is a number of columns.
        let titled = self.text[arg.clone()].contains(char::is_alphabetic);
        let kind = if titled { TagKind::Title(arg) } else { TagKind::Quiet };
        match kind {
            TagKind::Quiet => self.hide(line, kind),
            kind => self.show(line, kind),
        };
        Some(end)
    }

    /// The options in the lines below a directive, and where they end: `:alt: words`, or YAML
    /// between two lines of `---`.
    fn options(&self, line_end: usize) -> (Vec<Arg>, usize) {
        let rest = ahead(self.text, line_end, LONGEST_TAG);
        let mut at = line_end + rest.find('\n').map_or(rest.len(), |n| n + 1);
        let mut all = vec![];
        let mut end = line_end;
        let mut yaml = None;
        for line in ahead(self.text, at, LONGEST_TAG).split_inclusive('\n') {
            let body = line.trim_start_matches([' ', '\t', '>']).trim_end();
            let from = at + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            at += line.len();
            let is_rule = body == "---";
            match yaml {
                None if all.is_empty() && is_rule => {
                    yaml = Some(all.len());
                    continue;
                }
                Some(_) if is_rule => return (all, from + body.len()),
                None if !is_option(body) => break,
                _ => {}
            }
            let bare = body.strip_prefix(':').filter(|_| yaml.is_none()).unwrap_or(body);
            let Some((key, value)) = bare.split_once(':') else {
                if yaml.is_some() {
                    continue;
                }
                break;
            };
            let value = value.trim();
            let value_end = from + body.len();
            let mut value = value_end - value.len()..value_end;
            if value.len() > 1 && self.text[value.clone()].starts_with(['"', '\'']) {
                value = value.start + 1..value.end - 1;
            }
            let name = Some(key.trim().to_ascii_lowercase());
            all.push(Arg { name, value, quoted: true });
            if yaml.is_none() {
                end = value_end;
            }
        }
        // YAML that is never closed does not count as options.
        if yaml.is_some() { (vec![], line_end) } else { (all, end) }
    }

    /// Reads a component whose text stays: `::alert`, `::card{title="X"}`, `::hero` with YAML
    /// below.
    fn two_colons(
        &mut self,
        at: usize,
        fence: &Fence<'_>,
        word: &str,
        closed: bool,
    ) -> Option<usize> {
        if !is_label(fence.label) {
            return None;
        }
        let range = at..fence.end;
        let name = format!("::{word}");
        let rest = fence.from + word.len()..fence.from + fence.label.len();
        let args = self.attributes_in(rest.clone());
        let parts = Parts { name: word.to_ascii_lowercase(), args };
        if is_picture(&parts.name, &parts, self.text) && parts.named(&["src"]).is_some() {
            return Some(self.show(range, TagKind::Picture(parts)));
        }
        if !closed {
            return Some(self.hide(range, TagKind::Unknown { name }));
        }
        let (options, end) = self.options(fence.end);
        let (options, end) = if self.text[fence.end..end].contains("---") {
            (options, end)
        } else {
            (vec![], fence.end)
        };
        self.blank(fence.end..end);
        let mut args = parts.args;
        args.extend(options);
        let titled = ["title", "label", "name", "heading"];
        let words = |arg: &&Arg| {
            let text = &self.text[arg.value.clone()];
            text.contains(' ') && !titled.contains(&arg.name.as_deref().unwrap_or_default())
        };
        if args.iter().any(|arg| words(&arg)) {
            self.out.tags.push(Tag { range: range.clone(), kind: TagKind::Unknown { name } });
        }
        let title = titled
            .iter()
            .find_map(|key| args.iter().find(|arg| arg.name.as_deref() == Some(*key)))
            .map(|arg| arg.value.clone())
            .or_else(|| {
                let label = &self.text[rest.clone()];
                let close = label.strip_prefix('[')?.find(']')?;
                Some(rest.start + 1..rest.start + 1 + close)
            });
        match title.filter(|title| !title.is_empty()) {
            Some(title) => self.show(range, TagKind::Title(title)),
            None => self.hide(range, TagKind::Quiet),
        };
        Some(end)
    }

    /// The attributes in braces after a name.
    fn attributes_in(&self, range: Range<usize>) -> Vec<Arg> {
        let text = &self.text[range.clone()];
        let Some((open, close)) = text.find('{').zip(text.rfind('}')) else { return vec![] };
        if close <= open {
            return vec![];
        }
        tag_args::arguments(self.text, range.start + open + 1..range.start + close)
    }

    /// Reads `#footer`, the name of a slot of the open component.
    pub(super) fn slot(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        let name = line.strip_prefix('#')?;
        let bare = name.split('{').next().unwrap_or_default();
        let is_name = bare.starts_with(|c: char| c.is_ascii_lowercase())
            && bare.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            && (bare.len() == name.len() || name.ends_with('}'));
        if !is_name || !self.text.contains("::") {
            return None;
        }
        let held = self.pairs().closes.range(..at).any(|(_, close)| at < close.0);
        held.then(|| self.hide(at..at + line.len(), TagKind::Quiet))
    }

    /// Reads `:::image type="content" source="quay.jpg" alt-text="The quay":::`.
    pub(super) fn learn_picture(&mut self, at: usize) -> Option<usize> {
        let from = at + ":::image".len();
        let paragraph = self.paragraph_end(at);
        let rest = ahead(self.text, from, LONGEST_TAG);
        let rest = &rest[..rest.len().min(paragraph.saturating_sub(from))];
        let close = from + rest.find(":::")?;
        let mut args = tag_args::arguments(self.text, from..close);
        for arg in &mut args {
            arg.name = match arg.name.as_deref() {
                Some("source") => Some("src".into()),
                Some("alt-text") => Some("alt".into()),
                _ => continue,
            };
        }
        let end = close + 3;
        let parts = Parts { name: "image".into(), args };
        let complex = parts.named(&["type"]).is_some_and(|kind| &self.text[kind] == "complex");
        self.show(at..end, TagKind::Picture(parts));
        if complex && let Some(last) = self.find(end, ":::image-end:::") {
            let name = ":::image-end:::".to_owned();
            return Some(self.hide(end..last + name.len(), TagKind::Unknown { name }));
        }
        Some(end)
    }

    /// Reads `:::image{src="quay.jpg" alt="The quay"}`.
    fn attributed_picture(
        &mut self,
        range: Range<usize>,
        fence: &Fence<'_>,
        word: &str,
    ) -> Option<usize> {
        let rest = fence.from + word.len()..fence.from + fence.label.len();
        let parts = Parts { name: word.to_ascii_lowercase(), args: self.attributes_in(rest) };
        let shows = is_picture(&parts.name, &parts, self.text) && parts.named(&["src"]).is_some();
        if !shows {
            return None;
        }
        match self.pairs().closes.get(&range.start).map(|close| close.0) {
            Some(close) => {
                self.frames.insert(close);
                Some(self.show(range, TagKind::Framed(parts)))
            }
            None => Some(self.show(range, TagKind::Picture(parts))),
        }
    }

    /// Reads `:badge[new]{.x}` and `:icon{name="sun"}`.
    pub(super) fn text_directive(&mut self, at: usize) -> Option<usize> {
        let line = ahead(self.text, at, LONGEST_LIST).lines().next()?;
        let rest = line.strip_prefix(':')?;
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
        let begins = rest.starts_with(|c: char| c.is_ascii_alphabetic());
        let in_word = self.text[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':');
        if !begins || in_word {
            return None;
        }
        let name = format!(":{}", &rest[..length]);
        let open = at + 1 + length;
        let braces = |from: usize| -> usize {
            let rest = &line[from - at..];
            match rest.find('}') {
                Some(end) if rest.starts_with('{') => from + end + 1,
                _ => from,
            }
        };
        if rest[length..].starts_with('[') {
            let close = open + rest[length..].find(']')?;
            let after = self.text[close + 1..].chars().next();
            if close == open + 1 || matches!(after, Some('(' | '[' | ':')) {
                return None;
            }
            self.show(at..open + 1, TagKind::Quiet);
            // An attribute list after it is read later, in its own place.
            self.show(close..close + 1, TagKind::Quiet);
            return Some(open + 1);
        }
        let end = braces(open);
        (end > open + 1).then(|| self.hide(at..end, TagKind::Unknown { name }))
    }

    /// The pairs of fences of colons, made when they are first needed.
    fn pairs(&mut self) -> &Pairs {
        let (text, ground) = (self.text, self.ground);
        self.pairs.get_or_insert_with(|| pairs_of(text, ground))
    }
}

/// Whether the label of a fence says that its content is hidden in every format.
fn hides(label: &str) -> bool {
    if let Some(inside) = label.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let mut words = inside.split_whitespace();
        let conditional = inside.contains("when-") || inside.contains("unless-");
        return !conditional
            && words.any(|word| word.strip_prefix('.').is_some_and(is_private) && word != ".todo");
    }
    is_private(label) && label != "todo" && label != "draft"
}

/// The name and the argument of `{name} argument`.
fn braced_name(label: &str) -> Option<(&str, &str)> {
    let (name, rest) = label.strip_prefix('{')?.split_once('}')?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c));
    (is_name && !name.is_empty() && (is_box(name) || !name.contains(':')))
        .then(|| (name, rest.trim()))
}
