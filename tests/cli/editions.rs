//! Editions of weeks and months: what they gather, what they are called, where they go.

use std::fs;

use super::Paper;

fn story(head: &str, date: &str) -> String {
    format!("---\nheadline: {head}\ndate: {date}\n---\nThe ferry is late again today.\n")
}

#[test]
fn a_month_is_one_edition() {
    let paper = Paper::with(&[
        ("paper.yaml", "name: The Echo\nedition: {every: month}\n"),
        ("content/2026-10-20/pier.md", &story("Pier shut", "2026-10-20")),
        ("content/2026-11-02/ferry.md", &story("Ferry late", "2026-11-02")),
        ("content/2026-11-01/edition.yaml", "price: 1 €\n"),
    ]);
    paper.build(&["--edition", "2026-11-17"]).code(0).says("The Echo, November 2026");
    let report = paper.report("public/2026-11-01");
    assert_eq!((&report["date"], &report["stories"]), (&"2026-11-01".into(), &2.into()));
    let text = paper.text("public/2026-11-01");
    assert!(text.contains("November 2026") && text.contains("1 €"), "{text}");
    assert!(!paper.at("public/2026-10-01").exists());
    paper.build(&["--edition", "all"]).code(0).says("The Echo, October 2026").says("2 editions");
    let archive = fs::read_to_string(paper.at("public/archive/index.html")).unwrap();
    for link in ["../2026-11-01/\">November 2026<", "../2026-10-01/\">October 2026<"] {
        assert!(archive.contains(link), "{archive}");
    }
    assert!(!archive.contains("<table"));
    // A story keeps its own date.
    let ferry = fs::read_to_string(paper.at("public/2026-11-01/ferry/index.html")).unwrap();
    assert!(ferry.contains(">Monday, 2 November 2026<") && ferry.contains(">November 2026<"));
}

#[test]
fn a_week_gathers_what_a_pattern_matches() {
    let paper = Paper::with(&[
        ("paper.yaml", "name: Das Echo\nlang: de\nedition: {every: week}\n"),
        ("posts/a.md", &story("Erster Tag", "2026-11-23")),
        ("posts/b.md", &story("Letzter Tag", "2026-11-29")),
        ("posts/c.md", &story("Naechste Woche", "2026-11-30")),
    ]);
    let posts = ["--stories", "posts/*.md"];
    paper
        .build(&[&posts[..], &["--edition", "2026-11-26"]].concat())
        .code(0)
        .says("Das Echo, 23.–29. November 2026");
    assert_eq!(paper.report("public/2026-11-23")["stories"], 2);
    paper.build(&[&posts[..], &["--edition", "all"]].concat()).code(0).says("2 editions");
    let archive = fs::read_to_string(paper.at("public/archive/2026/index.html")).unwrap();
    assert!(archive.contains("../../2026-11-30/\">30. November – 6. Dezember 2026<"), "{archive}");
}

#[test]
fn what_it_gathers_must_be_known() {
    let paper = Paper::with(&[("paper.yaml", "name: The Echo\nedition: {every: monht}\n")]);
    let ran = paper.build(&[]).code(1).says("paper.yaml:2:18");
    ran.says("an edition can't gather every `monht`").says("did you mean `month`?");
    paper.write("paper.yaml", "name: The Echo\nedition: monthly\n");
    paper.build(&[]).code(1).says("write it as `edition: {every: month}`");
    paper.write("paper.yaml", "name: The Echo\nedition: {evry: month}\n");
    paper.build(&[]).code(0).says("did you mean `every`?");
    let schema: serde_json::Value =
        serde_json::from_str(&paper.run(&["schema", "paper"]).out).unwrap();
    let every = &schema["properties"]["edition"]["properties"]["every"]["enum"];
    assert_eq!(*every, serde_json::json!(["day", "week", "month"]));
}
