//! Tests that read whole stories, from bytes to the tree of blocks.

mod dialect_pictures;
mod dialects;
mod html;
mod limits;
mod markup;

use std::path::PathBuf;

use crate::diag::{Diagnostic, Sources};

use super::addresses::picture_finder::Finder;
use super::model::left_out::Reason;
use super::model::{Block, Inline, LinkTo, Story, plain};
use super::paper::settings;
use super::story::standing::{Clock, Ground};
use super::story::{FrontStory, Setting, read};
use super::syntax::scope::Scope;

fn clock() -> Clock {
    Clock {
        zone: jiff::tz::TimeZone::UTC,
        now: "2026-11-25T12:00:00Z".parse().unwrap(),
        asked: None,
    }
}

/// Reads a story's file. `finder` looks for its pictures.
fn read_from(path: &str, text: &str, finder: &Finder) -> (FrontStory, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add(path, text);
    let mut scope = Scope::new(file, text, finder);
    let paper = settings::defaults("x");
    let bylines = super::story::bylines::Bylines::default();
    let setting = Setting { paper: &paper, clock: clock(), date: None, bylines: &bylines };
    let read = read(&mut scope, path, &setting, Ground::default());
    (read, scope.diagnostics)
}

/// Reads a story that has no pictures.
fn plain_story(text: &str) -> (FrontStory, Vec<Diagnostic>) {
    let nowhere = Finder::new(PathBuf::from("/nowhere"), PathBuf::from("/nowhere"));
    read_from("content/2026-11-24/a.md", text, &nowhere)
}

/// Reads a story; returns it and the codes of its diagnostics.
fn story(text: &str) -> (FrontStory, Vec<String>) {
    let (read, said) = plain_story(text);
    (read, said.iter().map(|one| one.code.to_string()).collect())
}

/// The messages of a story's diagnostics.
fn said_of(text: &str) -> Vec<String> {
    plain_story(text).1.into_iter().map(|one| one.message).collect()
}

fn body(text: &str) -> (Story, Vec<String>) {
    let (read, codes) = story(&format!("---\nheadline: H\n---\n{text}"));
    (read.story, codes)
}

/// Checks a table of texts, their expected trees and the expected codes of their diagnostics.
fn hold(table: &[(&str, &str, &[&str])]) {
    let mut wrong = String::new();
    for (text, tree, codes) in table {
        let (story, said) = body(text);
        let read = shape(&story.body);
        if read != *tree || said != *codes {
            wrong.push_str(&format!(
                "\n{text:?}\n  gives {read}\n     of {tree}\n  says  {said:?}\n     of {codes:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A tree as one line of text, for comparison.
fn shape(blocks: &[Block]) -> String {
    let line = |text: &[Inline]| text.iter().map(inline).collect::<String>();
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => format!("p({})", line(text)),
            Block::Subhead { level, text, .. } => format!("h{level}({})", line(text)),
            Block::List { start, items } => {
                let items =
                    items.iter().map(|item| format!("[{}]", shape(item))).collect::<String>();
                format!("{}{items}", start.map_or("ul".to_owned(), |n| format!("ol{n}")))
            }
            Block::Quote(inner) => format!("q({})", shape(inner)),
            Block::Code(lines) => format!(
                "code({})",
                lines.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join("|")
            ),
            Block::Table(table) => {
                let row = |cells: &Vec<Vec<Inline>>| {
                    cells.iter().map(|cell| line(cell)).collect::<Vec<_>>().join("|")
                };
                let rows =
                    |rows: &[Vec<Vec<Inline>>]| rows.iter().map(row).collect::<Vec<_>>().join(";");
                let (heads, body) = table.rows.split_at(table.heads);
                format!("table({};{})", rows(heads), rows(body))
            }
            Block::Rule => "---".into(),
            Block::Picture(number) => format!("picture{number}"),
            Block::PullQuote(number) => format!("pull{number}"),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn inline(inline: &Inline) -> String {
    let line = |text: &[Inline]| text.iter().map(self::inline).collect::<String>();
    match inline {
        Inline::Text(run) => run.text.clone(),
        Inline::Emph(inner) => format!("_{}_", line(inner)),
        Inline::Strong(inner) => format!("*{}*", line(inner)),
        Inline::Strike(inner) => format!("~{}~", line(inner)),
        Inline::Super(inner) => format!("^{}^", line(inner)),
        Inline::Sub(inner) => format!("v{}v", line(inner)),
        Inline::Code(run) => format!("`{}`", run.text),
        Inline::Link { to: LinkTo::Web(url), text } => format!("<{url} {}>", line(text)),
        Inline::Link { to: LinkTo::Heading(id), text } => format!("<#{id} {}>", line(text)),
        Inline::Link { text, .. } => line(text),
        Inline::Note(number) => format!("[{number}]"),
        Inline::Break => "/".into(),
    }
}

fn shaped(text: &str) -> String {
    shape(&body(text).0.body)
}

#[test]
fn markdown_becomes_blocks() {
    assert_eq!(shaped("A *b*\nc **d** `e`  \nf"), "p(A _b_ c *d* `e`/f)");
    assert_eq!(shaped("## S\n\n1. a\n2. b\n   - c\n"), "h2(S) ol1[p(a)][p(b) ul[p(c)]]");
    assert_eq!(
        shaped("\"Q\" -- it's &amp; [l](http://a.b) [r](/x)"),
        "p(“Q” – it’s & <http://a.b l> r)"
    );
    assert_eq!(shaped("|a|b|\n|-|-|\n|1|*2*|\n"), "table(a|b;1|_2_)");
    assert_eq!(shaped("```\na\n\n  b\n```\n"), "code(a||  b)");
    assert_eq!(shaped("Term\n: What it is\n"), "p(*Term*) p(What it is)");
}

#[test]
fn html_keeps_text_and_structure() {
    assert_eq!(
        shaped("<p>A <em>b</em><br>c</p><ul><li>d<li><p>e</p></ul>"),
        "p(A _b_/c) ul[p(d)][p(e)]"
    );
    assert_eq!(
        shaped("<table><tr><th>a</th></tr><tr><td><p>1</p><p>2</p></td></tr></table>"),
        "table(a;1/2)"
    );
    assert_eq!(shaped("<div>\n\nA **b**\n\n</div>\n</p></li> tail"), "p(A *b*) p(tail)");
    assert_eq!(shaped("x <script>var a = 1;</script> y"), "p(x y)");
    assert_eq!(shaped("a <b>b\n\nc"), "p(a *b*) p(c)");
    assert_eq!(shaped("<blockquote>a</blockquote><pre>b\n c</pre>"), "q(p(a)) code(b| c)");
    assert_eq!(body("a <chr> b").1, ["unknown-element"]);
    assert_eq!(shaped("a <chr> b"), "p(a <chr> b)");
    assert_eq!(body("<iframe src=x></iframe>a").1, ["left-out-element"]);
}

#[test]
fn tags_are_left_out_and_named() {
    let (story, codes) =
        body("a {% foo %} b {{ site.x }}\n\n{{< note >}}\nkept\n{{< /note >}}\n\nx\n{: .y}\n");
    assert_eq!(shape(&story.body), "p(a b) p(kept) p(x)");
    assert_eq!(codes, ["left-out-tag", "left-out-tag", "left-out-tag"]);
    let (story, codes) = body("x {.small #top k=v}\n\n{.5} and {# kept} and {.a b}");
    assert_eq!(shape(&story.body), "p(x) p({.5} and {# kept} and {.a b})");
    assert_eq!(codes, ["left-out-attributes"], "of `k=v` nobody knows what it shows");
    assert_eq!(shaped("{% raw %}{{ a }}{% endraw %}"), "p({{ a }})");
    assert_eq!(shaped("{% highlight r %}\na {{ b }}\n{% endhighlight %}"), "code(a {{ b }})");
    assert_eq!(shaped("x {{ page.headline }}"), "p(x H)");
    let (read, _) = self::story("---\nheadline: a {{ page.headline }}\n---\nx {{ page.headline }}");
    assert_eq!(shape(&read.story.body), "p(x a)");
}

#[test]
fn missing_pictures_take_their_captions() {
    let (story, codes) =
        body("a\n\n![b](c.jpg)\n*d*\n\n![b](c.jpg)\n\n*a note*\n\ne {% image \"f.jpg\" \"g\" %} h");
    assert_eq!(shape(&story.body), "p(a) p(_a note_) p(e h)");
    assert_eq!(codes, ["missing-picture", "missing-picture", "missing-picture"]);
}

#[test]
fn notes_are_numbered_by_their_first_mention() {
    let (story, codes) = body("a[^b] c[^a]\n\n[^a]: A\n[^b]: B\n[^c]: C\n");
    assert_eq!(shape(&story.body), "p(a[1] c[2])");
    assert_eq!(
        story.notes.iter().map(|note| shape(note)).collect::<Vec<_>>(),
        ["p(B)", "p(A)", "p(C)"]
    );
    assert_eq!(codes, ["unused-note"]);
}

#[test]
fn pull_quotes_are_lifted_out() {
    let (story, _) = body("> [!pull]\n> “We stay.”\n> -- Ann\n\nText\n\n> [!NOTE]\n> Plain\n");
    assert_eq!(shape(&story.body), "pull0 p(Text) q(p(Plain))");
    assert_eq!(plain(&story.quotes[0].text), "We stay.");
    assert_eq!(story.quotes[0].by.as_ref().map(|run| run.text.as_str()), Some("Ann"));
}

#[test]
fn front_matter_is_read() {
    let (read, codes) = story(
        "---\ntitle: 'A &mdash; *b*'\ndeck: .\nsummary: One whole sentence.\nauthor: [amy-mok, kate]\npriority: 2\nheadlin: x\ntitle: C & D\n---\nText.\n",
    );
    let story = read.story;
    assert_eq!(plain(&story.headline), "C & D");
    assert_eq!(
        story.deck.map(|deck| (plain(&deck.text), deck.written)),
        Some(("One whole sentence.".into(), false))
    );
    assert_eq!(
        story.authors.iter().map(|run| run.text.as_str()).collect::<Vec<_>>(),
        ["Amy Mok", "Kate"]
    );
    assert_eq!(story.priority, Some(2));
    assert_eq!(codes, ["unknown-key", "duplicate-key"]);
    assert_eq!(story.date.map(|date| date.to_string()).as_deref(), Some("2026-11-24"));
}

/// What must not depend on the syntax: headline, authors, topics, body, and the codes of the
/// diagnostics.
fn told(text: &str) -> (String, String, String, String, String) {
    let (read, codes) = story(text);
    let Story { headline, authors, tags, body, .. } = read.story;
    let names: Vec<&str> = authors.iter().map(|run| run.text.as_str()).collect();
    (plain(&headline), names.join("/"), tags.join("/"), shape(&body), codes.join(" "))
}

#[test]
fn every_syntax_is_read() {
    let yaml = "title: A &amp; B\nauthor: Ann Bell\ntags: [sea, \"R&amp;D\"]\n";
    let toml = "title = \"A &amp; B\"\nauthor = \"Ann Bell\"\ntags = [\"sea\", \"R&amp;D\"]\n";
    let json =
        "\"title\": \"A &amp; B\",\n\"author\": \"Ann Bell\",\n\"tags\": [\"sea\", \"R&amp;D\"]\n";
    let lines = "Title: A &amp; B\nAuthor: Ann Bell\nTags: sea, R&amp;D\n";
    for (text, said) in [
        (format!("---\n{yaml}---\nText.\n"), ""),
        (format!("--- yaml\n{yaml}---\nText.\n"), ""),
        (format!("+++\n{toml}+++\nText.\n"), ""),
        (format!("---toml\n{toml}---\nText.\n"), ""),
        (format!("{{\n{json}}}\n\nText.\n"), ""),
        (format!("---json\n{{{json}}}\n---\nText.\n"), ""),
        (format!("---\n{{{json}}}\n---\nText.\n"), ""),
        (format!(";;;\n{json};;;\nText.\n"), ""),
        (format!(";;;\n{{{json}}}\n;;;\nText.\n"), ""),
        (format!("{lines}\nText.\n"), ""),
        (format!("\u{feff}{lines}\nText.\n"), ""),
        (format!("{yaml}\nText.\n"), ""),
        (format!("\n---\n{yaml}---\nText.\n"), "late-front-matter"),
        (format!("<!-- (c) the Echo -->\n---\n{yaml}---\nText.\n"), "late-front-matter"),
        (format!("<!-- a -->\n{{\n{json}}}\nText.\n"), "late-front-matter"),
        (format!("-----\n{yaml}-----\nText.\n"), "late-front-matter"),
        (format!("———\n{yaml}———\nText.\n"), "late-front-matter"),
        (format!(" ---\n{yaml} ---\nText.\n"), "late-front-matter"),
        (format!("{lines}---\n\nText.\n"), "late-front-matter"),
        (format!("Text.\n\n---\n{yaml}---\n"), "late-front-matter"),
    ] {
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let (title, names, tags, body, codes) = told(&text);
            assert_eq!(title, "A & B", "{text}");
            assert_eq!((&*names, &*tags, &*body), ("Ann Bell", "sea/R&D", "p(Text.)"), "{text}");
            assert_eq!(codes, said, "{text}");
        }
    }
}

#[test]
fn authors_are_read_however_they_are_written() {
    for (written, wanted) in [
        ("Ann Bell", "Ann Bell"),
        ("Ann Bell <ann@echo.example>", "Ann Bell"),
        ("{name: Ann Bell, url: /ann}", "Ann Bell"),
        ("{name: {given: Ann, family: Bell}}", "Ann Bell"),
        ("{first_name: Ann, last_name: Bell}", "Ann Bell"),
        ("[{key: ann-bell}, {displayName: Jo Carr}]", "Ann Bell/Jo Carr"),
        ("[ann-bell, {name: Jo &amp; Co}]", "Ann Bell/Jo & Co"),
    ] {
        let (_, names, _, _, codes) =
            told(&format!("---\ntitle: A\nauthor: {written}\n---\nText."));
        assert_eq!((&*names, &*codes), (wanted, ""), "{written}");
    }
    assert_eq!(told("---\ntitle: A\nauthor: {url: /ann}\n---\nText.").4, "no-name");
}

#[test]
fn the_first_heading_is_the_headline() {
    let (read, codes) = story("# Head\n\nText\n\n## Sub\n");
    assert_eq!(plain(&read.story.headline), "Head");
    assert_eq!(shape(&read.story.body), "p(Text) h2(Sub)");
    assert!(codes.is_empty());
    for (text, headline, body) in [
        ("## Head\n\nText\n", "Head", "p(Text)"),
        ("By Ann\n\n# Head\n\nText\n", "Head", "p(By Ann) p(Text)"),
    ] {
        let (read, codes) = story(text);
        assert_eq!((plain(&read.story.headline).as_str(), codes.len()), (headline, 0), "{text}");
        assert_eq!(shape(&read.story.body), body, "{text}");
    }
    // A subhead after text is not a headline: it stays where it is, and the file's name becomes the
    // headline.
    let (read, codes) = story("Text\n\n## Sub\n\nMore\n");
    assert_ne!(plain(&read.story.headline), "Sub");
    assert_eq!(shape(&read.story.body), "p(Text) h2(Sub) p(More)");
    assert_eq!(codes, ["no-headline"]);
}

#[test]
fn drafts_and_embargoes_are_held() {
    let hold = |text: &str| story(text).0.hold.map(|hold| hold.reason);
    assert_eq!(hold("---\ntitle: A\ndraft: true\n---\nx"), Some(Reason::Draft));
    assert_eq!(hold("+++\ntitle = \"A\"\nembargo = 2030-01-01\n+++\nx"), Some(Reason::Embargo));
    assert_eq!(hold("---\ntitle: A\nembargo: 1969-01-01\n---\nx"), None);
}

#[test]
fn nothing_nests_too_deeply() {
    for text in [
        "> ".repeat(5000) + "a",
        "- ".repeat(5000) + "a",
        "*".repeat(9000) + "a",
        "<div><blockquote>".repeat(5000) + "a",
        "[".repeat(5000) + "a",
        "<b>".repeat(5000) + "a",
        "{{".repeat(5000),
        "<table><tr><td>".repeat(2000) + "a",
    ] {
        let (story, _) = body(&text);
        assert!(shape(&story.body).contains('a') || text.starts_with("{{"));
    }
}
