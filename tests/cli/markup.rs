//! Links within a story and an edition on the web, and nesting that no page can show.

use std::fs;

use super::Paper;

#[test]
fn links_lead_to_headings_and_to_other_stories() {
    let wall = "---\nheadline: The wall\n---\nSee [below](#the-second-part), [the weir](weir.md), [its gate](weir.md#the-gate), [[Weir|that one]], [nothing](gone.md), [no part](#third) and [a page](/about/).\n\n## The second part\n\nText.\n\n## Text\n\nText.\n";
    let weir = "---\nheadline: The weir\n---\nText[^1].\n\n## The gate {#gate}\n\nText.\n\n[^1]: See [the wall](wall.md#text).\n";
    let paper =
        Paper::with(&[("content/2026-11-24/wall.md", wall), ("content/2026-11-24/weir.md", weir)]);
    let ran = paper.build(&[]).code(0);
    let ran =
        ran.says("the link `gone.md` leads to nothing").says("the story has no heading `#third`");
    ran.says("the link `/about/` leads to no story of this edition");
    let read = |slug: &str| {
        fs::read_to_string(paper.at(&format!("public/2026-11-24/{slug}/index.html"))).unwrap()
    };
    let page = read("wall");
    for part in [
        "<a href=\"#the-second-part\">below</a>",
        "<a href=\"../weir/\">the weir</a>",
        "<a href=\"../weir/#gate\">its gate</a>",
        "<a href=\"../weir/\">that one</a>",
        ", nothing, no part and a page.",
        "<h2 id=\"the-second-part\">",
        // The page itself has a part of that name.
        "<h2 id=\"section-text\">",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(read("weir").contains("<a href=\"../wall/#section-text\">the wall</a>"));
    assert!(read("weir").contains("<h2 id=\"gate\">"));
}

#[test]
fn no_nesting_stops_an_edition() {
    let nested = [
        "> ".repeat(40) + "deep",
        "> - ".repeat(30) + "**deep *deep***",
        "- ".repeat(30) + "<b><i>".repeat(30).as_str() + "deep",
        "> ".repeat(12) + "- <b><i>".repeat(12).as_str() + "## deep",
        "<blockquote><ol><li>".repeat(30) + "<table><tr><td><ul><li><b>deep",
        "> ".repeat(20) + "|a|\n" + &"> ".repeat(20) + "|-|\n" + &"> ".repeat(20) + "|**deep**|",
    ];
    for theme in ["bulletin", "classic", "modern"] {
        let stories: Vec<(String, String)> = nested
            .iter()
            .enumerate()
            .map(|(at, text)| {
                let text = format!("---\nheadline: Story {at}\n---\nFirst.\n\n{text}\n");
                (format!("content/2026-11-24/{at}.md"), text)
            })
            .collect();
        let files: Vec<(&str, &str)> =
            stories.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let paper = Paper::with(&files);
        paper.write("paper.yaml", format!("name: The Echo\ntheme: {theme}\n"));
        paper.build(&[]).code(0).says("nested more than 12 levels deep");
        for at in 0..nested.len() {
            let page = format!("public/2026-11-24/{at}/index.html");
            let page = fs::read_to_string(paper.at(&page)).unwrap_or_default();
            assert!(page.contains("deep"), "{theme} {at}");
        }
    }
}
