//! The words of a story, read from its file by a reader of Markdown that knows nothing of ours.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The headline and the leaf blocks of a story, letters and digits alone.
pub(crate) fn passages(source: &str) -> Vec<String> {
    let (front, body) = source
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .expect("the demo's stories have front matter");
    let headline = front.lines().find_map(|line| line.strip_prefix("headline:"));
    let mut out = vec![headline.expect("a headline").to_string()];
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut notes: BTreeMap<String, usize> = BTreeMap::new();
    let mut skip = 0;
    // A plan may leave a pull-quote out.
    let body = body.split("\n\n").filter(|block| !block.starts_with("> [!pull]"));
    let body = body.collect::<Vec<_>>().join("\n\n");
    for event in Parser::new_ext(&body, options) {
        match event {
            Event::Start(Tag::Image { .. }) => skip += 1,
            Event::End(TagEnd::Image) => skip -= 1,
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::TableCell
                | Tag::CodeBlock(_),
            ) => out.push(String::new()),
            Event::Text(text) | Event::Code(text) if skip == 0 => {
                out.last_mut().expect("text is in a block").push_str(&text);
            }
            Event::FootnoteReference(name) => {
                let next = notes.len() + 1;
                let number = *notes.entry(name.to_string()).or_insert(next);
                out.last_mut().expect("a mark is in a block").push_str(&number.to_string());
            }
            _ => {}
        }
    }
    out.into_iter().map(|text| letters(&text)).filter(|text| !text.is_empty()).collect()
}

/// Letters and digits alone, all small: what no line break and no curling of quotes changes.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a passage is printed: in one piece, or in two where it goes on on another page.
pub(crate) fn is_printed(passage: &str, printed: &str) -> bool {
    let whole = printed.contains(passage);
    let mut cuts = passage.char_indices().map(|(at, _)| passage.split_at(at));
    whole
        || cuts.any(|(before, after)| {
            after.len() > 20
                && before.len() > 20
                && printed.contains(before)
                && printed.contains(after)
        })
}
