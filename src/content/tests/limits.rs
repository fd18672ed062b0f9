//! Tests of texts that are nested deeper, or are longer, than a person would write them.

use super::{body, shape, shaped};

#[test]
#[allow(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn long_rows_of_marks_take_no_time() {
    for mark in [
        "> ",
        "- ",
        "*",
        "[",
        "![",
        "[[",
        "![[",
        "{{",
        "{%",
        "{{<",
        "{#",
        "{/*",
        "%%",
        "<!--",
        "<!-- -->",
        "{",
        "==",
        "^[",
        "[^",
        "](",
        "![a](",
        ":::\n",
        ":::note[",
        "<A ",
        "<A>",
        "<a ",
        "<div>",
        "<b>",
        "<div markdown>",
        "[x y=\"z\"]",
        "[//]: # (\n",
        "!!! a\n    ",
        "`",
        "<pre>",
        "|",
        "\\",
        "{% raw %}",
        "{{< comment >}}",
        "[a][b]",
        "import a from 'b'\n",
        "{.a}",
        "[a]{.b}",
        "[caption x=\"y\"]",
        "> [!note] ",
        "```\n",
        "1. ",
        "<ul><li>",
        "export {\n",
    ] {
        let took = [8_000, 32_000].map(|length| {
            let text = mark.repeat(length / mark.len()) + "a";
            let start = std::time::Instant::now();
            let (story, _) = body(&text);
            drop(shape(&story.body));
            start.elapsed()
        });
        // If the time grew with the square of the length, four times the text would take 16 times
        // as long.
        let [short, long] = took.map(|took| took.as_secs_f64());
        assert!(long < 3.0 + 12.0 * short, "{mark:?} takes {took:?}");
    }
}

#[test]
fn nesting_has_one_limit_for_all() {
    fn depth(blocks: &[super::Block]) -> usize {
        let of = |block: &super::Block| match block {
            super::Block::Quote(inner) => 1 + depth(inner),
            super::Block::List { items, .. } => {
                1 + items.iter().map(|item| depth(item)).max().unwrap_or(0)
            }
            _ => 0,
        };
        blocks.iter().map(of).max().unwrap_or(0)
    }
    let nested = |indent: &str, mark: &str| {
        (0..40).map(|n| format!("{}{mark} x{n}\n", indent.repeat(n))).collect::<String>()
    };
    for text in [
        "> ".repeat(40) + "deep",
        "> - ".repeat(40) + "deep",
        "- ".repeat(100_000) + "deep",
        "> ".repeat(100_000) + "deep",
        "1. > - ".repeat(30) + "**deep *deep***",
        "<blockquote><ul><li>".repeat(30) + "deep",
        "<blockquote><ul><li>".repeat(30) + "deep" + &"</li></ul></blockquote>".repeat(30),
        "<ul><li>x".repeat(40) + &"</ul>".repeat(40) + "deep",
        "> ".repeat(20) + "- <b><i>".repeat(20).as_str() + "deep",
        nested("  ", "-") + "\ndeep",
        nested("   ", "1.") + "\ndeep",
        "- ".repeat(30) + "|a|\n" + &" ".repeat(60) + "|-|\n" + &" ".repeat(60) + "|deep|",
    ] {
        let (story, mut said) = body(&text);
        said.retain(|code| code != "unclosed-element");
        let read = shape(&story.body);
        assert!(read.contains("deep"), "{read}");
        assert_eq!((depth(&story.body), said), (12, vec!["too-deep".to_owned()]), "{read}");
        for n in 0..40 {
            let word = format!("x{n}\n");
            assert!(!text.contains(&word) || read.contains(&format!("x{n})")), "{read}");
        }
    }
    assert_eq!(shaped("> - > 1. a\n\nb"), "q(ul[q(ol1[p(a)])]) p(b)");
    let (story, _) = body(&format!("{}a\n\nb", "> ".repeat(40)));
    assert_eq!(shape(&story.body[1..]), "p(b)");
}
