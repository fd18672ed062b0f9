//! Front matter as other programs write it, from its bytes to the page.

use super::{Paper, picture};

/// A story's bytes, and the place of a key in it that nobody knows.
fn stories() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let yaml = "---\ntitle: The mill is sold\nmoodd: calm\n---\nNobody bought it.\n";
    let utf16 = |order: fn(u16) -> [u8; 2], text: &str| {
        text.encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    vec![
        ("mac", yaml.replace('\n', "\r").into_bytes(), ":3:1"),
        ("windows", yaml.replace('\n', "\r\n").into_bytes(), ":3:1"),
        ("marked", format!("\u{feff}{yaml}").into_bytes(), ":3:1"),
        ("wide", utf16(u16::to_le_bytes, &format!("\u{feff}{yaml}")), ":3:1"),
        ("swapped", utf16(u16::to_be_bytes, &format!("\u{feff}{yaml}")), ":3:1"),
        (
            "json",
            b"{\n  \"title\": \"The mill is sold\",\n  \"moodd\": 1\n}\nNobody bought it.\n"
                .to_vec(),
            ":3:3",
        ),
        ("late", format!("<!-- (c) the Echo -->\n{yaml}").into_bytes(), ":4:1"),
        (
            "lines",
            b"Title: The mill is sold\nDate: 2026-11-24\nmoodd: calm\n\nNobody bought it.\n"
                .to_vec(),
            ":3:1",
        ),
        (
            "nikola",
            b"<!--\n.. title: The mill is sold\n.. moodd: calm\n-->\n\nNobody bought it.\n"
                .to_vec(),
            ":3:4",
        ),
    ]
}

#[test]
fn files_of_many_programs_are_the_same_story() {
    for (name, bytes, place) in stories() {
        let paper = Paper::with(&[]);
        let path = format!("content/2026-11-24/{name}.md");
        paper.write(&path, bytes);
        let ran = paper.build(&["--only", "pdf,plan"]).code(0);
        ran.says("`moodd` is not known here").says(&format!("{path}{place}"));
        let text = paper.text("public/2026-11-24");
        assert!(text.contains("The mill is sold") && text.contains("Nobody bought it."), "{text}");
        assert!(
            !text.contains("moodd") && !text.contains("title") && !text.contains('�'),
            "{text}"
        );
    }
}

#[test]
fn what_is_wrong_is_told_in_the_words_of_its_syntax() {
    for (text, place, said, hint) in [
        ("+++\ntitle = “A”\n+++\nB.\n", ":2:9", "as TOML", "straight quotation marks"),
        ("+++\ntitle: A\n+++\nB.\n", ":2:8", "as TOML", "between two lines of `---`"),
        ("---\ntitle = \"A\"\n---\nB.\n", ":2:1", "but it is text", "between two lines of `+++`"),
        ("{\n  \"title\": \"A\",\n}\nB.\n", ":3:1", "as JSON", "comma after the last value"),
        ("---json\n{\n  'title': 'A'\n}\n---\nB.\n", ":3:3", "as JSON", "double quotation marks"),
        ("---js\n{}\n---\nB.\n", ":1:1", "`js`, which Stonehand doesn't read", "never runs code"),
        ("```yaml\n---\ntitle: A\n---\n```\nB.\n", ":1:1", "in a code block", "remove this line"),
    ] {
        let paper = Paper::with(&[("content/2026-11-24/a.md", text)]);
        let ran = paper.build(&[]).code(1).says(&format!("content/2026-11-24/a.md{place}"));
        ran.says(said).says(hint);
    }
}

#[test]
fn values_that_unfold_without_end_are_refused() {
    let long = "x".repeat(200_000);
    let bomb = format!("---\ntitle: &a {long}\nx-a: [{}]\n---\nText.\n", "*a,".repeat(20_000));
    let paper = Paper::with(&[("content/2026-11-24/bomb.md", &bomb)]);
    paper.build(&["--keep-going"]).code(3).says("holds too many values");
    assert!(paper.text("public/2026-11-24").contains("The wall is raised"));
}

#[test]
fn a_teaser_of_jekyll_is_a_picture() {
    let story = "---\ntitle: The mill is sold\nheader: {teaser: /mill.jpg, image_description: The mill}\n---\nNobody bought it.\n";
    let paper = Paper::with(&[("content/2026-11-24/mill.md", story)]);
    paper.write("assets/mill.jpg", picture(1200, 800, "mill.jpg"));
    paper.build(&["--strict"]).code(0);
    let page = std::fs::read_to_string(paper.at("public/2026-11-24/mill/index.html")).unwrap();
    assert!(page.contains("alt=\"The mill\""), "{page}");
}
