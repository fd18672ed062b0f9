//! Listings that stand where text is expected: at the beginning of an item.

use super::Paper;

#[test]
fn a_listing_may_begin_an_item() {
    let fence = "```\ntide = 4\nreturn tide\n```";
    let inside = |first: &str| -> String {
        let rest = " ".repeat(first.chars().count());
        let lines = fence.lines().enumerate();
        lines.map(|(at, line)| format!("{}{line}\n", if at == 0 { first } else { &rest })).collect()
    };
    let bodies: [String; 8] = [
        inside("- "),
        inside("1. "),
        inside("- - "),
        format!("{}\n{}", inside("- "), inside("  ")),
        format!("{}\n  Words.\n\n- Words.\n", inside("- ")),
        "-     tide = 4\n".into(),
        // What stood before it is left out.
        "- <{{ tide.address }}>\n\n      tide = 4\n".into(),
        inside("- ").lines().map(|line| format!("> {line}\n")).collect(),
    ];
    for theme in ["bulletin", "classic", "modern"] {
        let stories = bodies.iter().enumerate().map(|(at, body)| {
            let words = "The weir holds the spring water back. ".repeat(12);
            let text = format!("---\nheadline: Story {at}\n---\n{words}\n\n{body}\n{words}\n");
            (format!("content/2026-11-24/{at}.md"), text)
        });
        let paper = Paper::with(&[]);
        stories.for_each(|(path, text)| paper.write(&path, text));
        paper.write("paper.yaml", format!("name: The Echo\ntheme: {theme}\n"));
        let ran = paper.build(&["--only", "pdf"]).code(0);
        assert!(!ran.err.contains("a fault of Stonehand"), "{theme}: {}", ran.err);
    }
}
