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
    ran.says("`every` can't be `monht`").says("did you mean `month`?");
    paper.write("paper.yaml", "name: The Echo\nedition: monthly\n");
    paper.build(&[]).code(1).says("write it as `edition: {every: month}`");
    paper.write("paper.yaml", "name: The Echo\nedition: {evry: month}\n");
    paper.build(&[]).code(0).says("did you mean `every`?");
    let schema: serde_json::Value =
        serde_json::from_str(&paper.run(&["schema", "paper"]).out).unwrap();
    let every = &schema["properties"]["edition"]["properties"]["every"]["enum"];
    assert_eq!(*every, serde_json::json!(["day", "week", "month"]));
}

/// Each file below `public` with the time of its last change.
fn times(paper: &Paper) -> Vec<(String, std::time::SystemTime)> {
    let time = |name: &String| fs::metadata(paper.at(&format!("public/{name}"))).unwrap();
    let names = paper.names("public").into_iter();
    names.map(|name| (name.clone(), time(&name).modified().unwrap())).collect()
}

#[test]
fn what_has_not_changed_is_not_made_again() {
    let paper = Paper::with(&[
        ("paper.yaml", "name: The Echo\n"),
        ("content/2026-11-23/pier.md", &story("Pier shut", "2026-11-23")),
        ("content/2026-11-24/wall.md", "---\nheadline: Wall\nimage: wall.png\n---\nIt stands.\n"),
    ]);
    let all = ["--edition", "all"];
    let with = |more: &[&str]| paper.build(&[&all[..], more].concat());
    with(&[]).code(0).says("there is no picture `wall.png`");
    let before = times(&paper);
    let again =
        with(&[]).code(0).says("2 editions are unchanged").says("1 warning from the last build");
    assert!(!again.err.contains("wall.png") && !again.out.contains("1 page"), "{}", again.out);
    assert_eq!(times(&paper), before);
    // Where a warning is an error, it is told again and nothing is made.
    with(&["--strict"]).code(1).says("there is no picture `wall.png`");
    // A picture that comes to be there, and one that becomes another.
    paper.write("content/2026-11-24/wall.png", super::picture(900, 600, "wall.png"));
    with(&[])
        .code(0)
        .says("The Echo, Monday, 23 November 2026\n  unchanged: nothing")
        .says("1 picture");
    with(&[]).code(0).says("2 editions are unchanged");
    paper.write("content/2026-11-24/wall.png", super::picture(900, 500, "wall.png"));
    with(&[]).code(0).says("1 picture");
    // One word, the desk, the paper itself, the look, other outputs.
    paper.write("content/2026-11-23/pier.md", story("Pier open", "2026-11-23"));
    with(&[]).code(0).says("Tuesday, 24 November 2026\n  unchanged: nothing");
    assert!(paper.text("public/2026-11-23").contains("Pier open"));
    paper.write("content/2026-11-23/edition.yaml", "price: 1 €\n");
    with(&[]).code(0).says("Tuesday, 24 November 2026\n  unchanged: nothing");
    paper.write("paper.yaml", "name: The New Echo\n");
    let ran = with(&[]).code(0);
    assert!(!ran.out.contains("unchanged: nothing"), "{}", ran.out);
    paper.write("templates/web/words/en.toml", "archive = \"Past papers\"\n");
    assert!(!with(&[]).code(0).out.contains("unchanged: nothing"));
    paper.write("templates/print/classic/parts.typ", "// ours\n");
    let _ = with(&[]);
    fs::remove_file(paper.at("templates/print/classic/parts.typ")).unwrap();
    assert!(!with(&["--format", "berliner"]).code(0).out.contains("unchanged: nothing"));
    assert!(!with(&[]).code(0).out.contains("unchanged: nothing"));
    with(&[]).code(0).says("2 editions are unchanged");
    assert!(!with(&["--force"]).code(0).out.contains("unchanged: nothing"));
}

#[test]
fn a_record_that_is_wrong_breaks_nothing() {
    let paper = Paper::with(&[]);
    paper.build(&[]).code(0);
    let good = paper.files("public");
    let record = paper.at("public/2026-11-24/.stonehand.json");
    let was = fs::read_to_string(&record).unwrap();
    for wrong in
        ["", "{}", "[1]", &was.replace("\"key\":\"", "\"key\":\"0"), &was.replace("2026", "..")]
    {
        fs::write(&record, wrong).unwrap();
        paper.build(&[]).code(0);
        assert!(paper.files("public") == good, "{wrong}");
    }
    // Files that are missing or cut off are made again.
    fs::remove_file(paper.at("public/2026-11-24/edition.pdf")).unwrap();
    fs::write(paper.at("public/2026-11-24/index.html"), "<p>").unwrap();
    fs::write(paper.at("public/about/index.html"), "<p>").unwrap();
    paper.build(&[]).code(0);
    assert!(paper.files("public") == good);
}

#[test]
fn what_an_embargo_holds_comes_out_by_itself() {
    let held = format!(
        "{}\n",
        story("Later", "2026-11-24").replace("date:", "embargo: 2999-01-01\ndate:")
    );
    let paper = Paper::with(&[("content/2026-11-24/later.md", &held)]);
    paper.build(&[]).code(0).says("left out (embargo)");
    paper.build(&[]).code(0).says("left out (embargo)");
}

#[test]
fn a_broken_edition_stops_the_others_and_is_told_again_where_it_is_made_without() {
    let paper = Paper::with(&[("content/2026-11-23/pier.md", &story("Pier shut", "2026-11-23"))]);
    paper.write("content/2026-11-23/broken.md", super::BROKEN);
    paper.build(&["--edition", "all"]).code(1).says("nothing was made");
    assert!(!paper.at("public/2026-11-24").exists());
    let going = ["--edition", "all", "--keep-going"];
    paper.build(&going).code(3).says("left out (broken)");
    paper.build(&going).code(3).says("2 editions are unchanged");
    paper.build(&["--edition", "all"]).code(1).says("broken.md");
    let left: Vec<_> = fs::read_dir(paper.at("public")).unwrap().flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().starts_with(".new-")));
}

#[test]
fn no_edition_is_made_in_vain_for_what_is_wrong_with_another() {
    let paper = Paper::with(&[]);
    paper.write("content/2026-11-22/a.md", "---\ntitle: \"A\n---\nText.\n");
    paper.write("content/2026-11-23/b.md", "---\ntitle: B\ndate: 2026-19-45\n---\nText.\n");
    let ran = paper.build(&["--edition", "all"]).code(1);
    for wrong in ["content/2026-11-22/a.md:2", "content/2026-11-23/b.md:3", "nothing was made"] {
        assert!(ran.err.contains(wrong), "{wrong}: {}", ran.err);
    }
    assert!(!paper.at("public").exists());
    let ran = paper.build(&["--edition", "all", "--keep-going"]).code(3);
    assert!(ran.err.contains("content/2026-11-22/a.md:2"), "{}", ran.err);
    assert!(paper.at("public/2026-11-24").is_dir() && !paper.at("public/2026-11-22").exists());
}
