//! Finds a second block of front matter, further down in a file.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::content::dates;
use crate::content::markdown::tags;
use crate::content::story::known;
use crate::content::story::standing::keys;
use crate::content::syntax::spelling;
use crate::content::syntax::tree::{Entry, Node, Value};
use crate::content::syntax::yaml;

/// A block of front matter between two rules in a body.
pub(super) struct Second {
    /// Its keys and values.
    pub(super) node: Node,
    /// Its bytes, including the fences.
    pub(super) whole: Range<usize>,
    /// Whether it is certainly front matter.
    pub(super) sure: bool,
}

/// Finds a second block in the body. A listing that shows front matter as an example does not
/// count.
pub(super) fn find(source: &str, body: usize) -> Option<Second> {
    let text = &source[body..];
    // Parsing takes time, and most texts have no such rule.
    let rules: Vec<usize> = text
        .match_indices("---")
        .map(|(at, _)| at)
        .filter(|at| *at == 0 || text[..*at].ends_with('\n'))
        .filter(|at| text[*at..].lines().next().is_some_and(|line| line.trim_end() == "---"))
        .filter(|at| titled(&text[*at..]) || is_headed(text, *at))
        .collect();
    if rules.is_empty() {
        return None;
    }
    let listings = [listings(text), tags::listings(text)].concat();
    let free = |at: &usize| listings.iter().all(|range| !range.contains(at));
    rules.into_iter().filter(free).find_map(|at| read(source, body, body + at))
}

/// The bytes of listings and of everything else that is not a plain paragraph or heading.
fn listings(text: &str) -> Vec<Range<usize>> {
    let mut depth = 0_usize;
    let mut found = vec![];
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if depth == 0 && !matches!(tag, Tag::Paragraph | Tag::Heading { .. }) {
                    found.push(range);
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// Whether the lines up to the next rule have the key of a title or a layout.
fn titled(text: &str) -> bool {
    let lines = text.lines().skip(1).take_while(|line| line.trim_end() != "---");
    let key = |line: &str| line.split_once(':').map(|(key, _)| spelling::normal(key));
    lines.filter_map(key).any(|key| key == "layout" || spelling::is_one(&key, known::HEADLINE))
}

/// Whether a single heading, and nothing else, stands above a byte offset.
fn is_headed(text: &str, at: usize) -> bool {
    let lines: Vec<&str> =
        text[..at].lines().map(str::trim).filter(|line| !line.is_empty()).take(3).collect();
    match lines[..] {
        [line] => line.strip_prefix('#').is_some_and(|rest| rest.starts_with(['#', ' '])),
        [_, line] => line.bytes().all(|byte| byte == b'='),
        _ => false,
    }
}

/// Whether keys are about how a text was made: its authors, date, topics and state of publication.
fn is_telling(entries: &[Entry]) -> bool {
    let one = |entry: &Entry| {
        let is = |names: &[&str]| spelling::is_one(&entry.key, names);
        let dated = matches!(&entry.node.value, Value::Scalar(text)
            if !matches!(dates::read(text), dates::Read::Unreadable));
        is(known::AUTHORS)
            || is(known::TAGS)
            || is(known::CATEGORIES)
            || is(keys::DATE) && dated
            || is(keys::STATES)
            || keys::is_mark(&entry.key)
            || keys::is_embargo(&entry.key)
    };
    entries.iter().any(one)
}

/// Reads the block between the rule at `start` and the next one. The body begins at `body`.
fn read(source: &str, body: usize, start: usize) -> Option<Second> {
    let from = start + source[start..].find('\n')? + 1;
    let mut at = from;
    let close = source[from..].split_inclusive('\n').find_map(|line| {
        let here = at;
        at += line.len();
        (line.trim_end() == "---").then_some(here)
    })?;
    let node = yaml::parse(&source[from..close], from).ok()?;
    let Value::Map(entries) = &node.value else { return None };
    let word = |entry: &&Entry| {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        !entry.key.is_empty() && entry.key.chars().all(plain)
    };
    let is_known = |entry: &&Entry| known::is_known(&spelling::normal(&entry.key));
    let known = entries.iter().filter(is_known).count();
    let is_titled = titled(&source[start..]) && known * 2 >= entries.len() && entries.len() > 1;
    // Right below the headline, it is front matter that leaves the headline out.
    let is_below = || {
        known == entries.len() && is_telling(entries) && is_headed(&source[body..], start - body)
    };
    if !entries.iter().all(|entry| word(&entry)) || !(is_titled || is_below()) {
        return None;
    }
    // Announcements of events also have lines such as `Title: …`, but their keys begin with
    // capitals.
    let sure = entries.iter().all(|entry| entry.key.starts_with(char::is_lowercase));
    Some(Second { node, whole: start..at, sure })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_nothing_else_is_sure() {
        let sure = |text: &str| find(text, 0).map(|second| second.sure);
        let block = "---\nlayout: post  \ntitle: A  \ntags: [a]\n---\n";
        assert_eq!(sure(&format!("One.\n\n{block}\nTwo.\n")), Some(true));
        assert_eq!(sure(&format!("{block}Two.\n")), Some(true));
        assert_eq!(sure(&format!("One.\n{block}\n")), Some(true));
        assert_eq!(sure(&format!("- One.\n\n{block}\n")), Some(true));
        for below in [
            "# The weir\n\n---\ndate: 2026-03-02\nauthor: Ann\n---\n\nText.\n",
            "The weir\n=====\n\n---\ndraft: true\n---\nText.\n",
            "\n# The weir\n---\nembargo: 2026-03-02 06:00\n---\nText.\n",
        ] {
            assert_eq!(sure(below), Some(true), "{below}");
        }
        assert_eq!(sure("One.\n\n---\nTitle: A\nDate: 2026-03-02\n---\n"), Some(false));
        for none in [
            format!("One.\n\n```yaml\n{block}```\n"),
            format!("One.\n\n~~~\n\n{block}\n~~~\n"),
            format!("<pre>\n{block}</pre>\n"),
            format!("One.\n\n[prism classes=\"yaml\"]\n{block}[/prism]\n"),
            format!("{{% highlight yaml %}}\n{block}{{% endhighlight %}}\n"),
            format!("{{{{< highlight yaml >}}}}\n\n{block}{{{{< /highlight >}}}}\n"),
            "One.\n\n---\nThe title: it is long\n---\n".into(),
            "One.\n\n---\ntitle: A\n---\n".into(),
            "One.\n\n---\n\nTwo.\n\n---\n".into(),
            "One.\n\n---\ndate: 2026-03-02\nplace: hall\n---\n".into(),
            "# The weir\n\n---\nplace: hall\n---\n".into(),
            "# The weir\n\n---\ndate: tomorrow\n---\n".into(),
            "# The weir\n\nText.\n\n---\ndate: 2026-03-02\nauthor: Ann\n---\n".into(),
        ] {
            assert_eq!(sure(&none), None, "{none}");
        }
    }
}
