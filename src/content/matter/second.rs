//! Front matter that stands further down in a file.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::super::known;
use super::super::tags;
use super::super::tree::{Entry, Node, Value};
use super::super::yaml;

/// Front matter between two rules of a body.
pub(super) struct Second {
    /// Its keys and values.
    pub(super) node: Node,
    /// All of it, with its fences.
    pub(super) whole: Range<usize>,
    /// Whether it can be nothing else.
    pub(super) sure: bool,
}

/// Finds it below a place. A listing that shows front matter is none.
pub(super) fn find(source: &str, body: usize) -> Option<Second> {
    let text = &source[body..];
    // Most texts have no such rule, and need not be read twice.
    let rules: Vec<usize> = text
        .match_indices("---")
        .map(|(at, _)| at)
        .filter(|at| *at == 0 || text[..*at].ends_with('\n'))
        .filter(|at| text[*at..].lines().next().is_some_and(|line| line.trim_end() == "---"))
        .filter(|at| titled(&text[*at..]))
        .collect();
    if rules.is_empty() {
        return None;
    }
    let listings = [listings(text), tags::listings(text)].concat();
    let free = |at: &usize| listings.iter().all(|range| !range.contains(at));
    rules.into_iter().filter(free).find_map(|at| read(source, body + at))
}

/// Where a text has listings and whatever else is no plain paragraph.
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

/// Whether lines up to the next rule hold a title or a layout.
fn titled(text: &str) -> bool {
    let lines = text.lines().skip(1).take_while(|line| line.trim_end() != "---");
    let key = |line: &str| line.split_once(':').map(|(key, _)| known::normal(key));
    lines.filter_map(key).any(|key| key == "layout" || known::is_one(&key, known::HEADLINE))
}

/// Reads the lines between the rule at a place and the next one.
fn read(source: &str, start: usize) -> Option<Second> {
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
    let is_known = |entry: &&Entry| known::is_known(&known::normal(&entry.key));
    let many = entries.iter().filter(is_known).count() * 2 >= entries.len() && entries.len() > 1;
    if !many || !entries.iter().all(|entry| word(&entry)) || !titled(&source[start..]) {
        return None;
    }
    // Notices of events have lines such as `Title: …` too, but these begin with capitals.
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
        ] {
            assert_eq!(sure(&none), None, "{none}");
        }
    }
}
