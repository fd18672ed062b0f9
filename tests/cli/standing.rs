//! Which stories make which edition, when, and what is said about the others.

use std::fs;
use std::path::Path;

use super::Paper;

/// A folder with these files and nothing else.
fn folder(files: &[(&str, &str)]) -> Paper {
    let paper = Paper { folder: tempfile::tempdir().unwrap() };
    files.iter().for_each(|(path, text)| paper.write(path, text));
    paper
}

fn story(front: &str) -> String {
    format!("---\nheadline: The ferry\n{front}\n---\nThe ferry is late again today.\n")
}

const NOW: [&str; 2] = ["--now", "2026-11-24 12:00"];

/// Builds all Markdown of a folder on 24 November 2026.
fn all(paper: &Paper, more: &[&str]) -> super::Ran {
    paper.build(&[&["--stories", "**/*.md"], &NOW[..], more].concat())
}

fn exists(paper: &Paper, path: &str) -> bool {
    Path::new(&paper.at("public")).join(path).exists()
}

#[test]
fn a_post_of_another_year_dates_no_paper() {
    let paper = folder(&[
        ("a.md", &story("date: 2026-11-20")),
        ("b.md", &story("date: 2099-01-01")),
        ("c.md", &story("date: 2026-11-23\ndraft: true")),
        ("d.md", &story("date: 2026-11-21\nexpiryDate: 2026-11-22")),
        ("e.md", &story("embargo: 2026-11-24 13:00 CET")),
    ]);
    let ran = all(&paper, &[]).code(0).says("left out (future): b, because it is dated 2099-01-01");
    let ran = ran.says("left out (draft): c").says("left out (expired): d");
    ran.says("time of this build: 2026-11-24 12:00 UTC");
    assert!(exists(&paper, "2026-11-20/e/index.html") && !exists(&paper, "2026-11-20/b"));
    // One moment judges all of it, and another one otherwise.
    let ran = paper.build(&["--stories", "*.md", "--now", "2026-11-24T11:59:59Z"]).code(0);
    ran.says("left out (embargo): e, because its embargo ends 2026-11-24 12:00 UTC");
    let ran = paper.build(&["--stories", "*.md", "--now", "2026-11-21 12:00"]).code(0);
    assert!(!ran.out.contains("(expired)") && exists(&paper, "2026-11-21/d/index.html"));
    // Who asks for a day gets it before it comes.
    all(&paper, &["--edition", "1.1.2099"]).code(0);
    assert!(exists(&paper, "2099-01-01/b/index.html"));
    paper.build(&["--now", "12/05/2026"]).code(2).says("2026-05-12 or 2026-12-05");
}

#[test]
fn the_folder_of_a_day_is_made_before_it() {
    let paper = folder(&[
        ("content/2026-11-24/a.md", &story("")),
        ("content/2026-11-25/b.md", &story("date: 2026-11-25 06:00")),
    ]);
    paper.build(&NOW).code(0).says("not in this edition: 1 story of other days (2026-11-24)");
    assert!(exists(&paper, "2026-11-25/b/index.html"));
}

#[test]
fn stories_of_other_days_are_told() {
    let paper = folder(&[
        ("content/s1.md", &story("date: 2026-11-23")),
        ("content/s2.md", &story("date: 2026-11-24")),
        ("content/s3.md", &story("date: 2026-11-25")),
    ]);
    let ran = paper.build(&NOW).code(0);
    let ran =
        ran.says("1 story of other days (2026-11-23): content/s1.md; use --edition 2026-11-23");
    let ran = ran.says("dated in the future (2026-11-25): content/s3.md");
    ran.says("time of this build: 2026-11-24 12:00 UTC");
    paper.run(&[&["check"], &NOW[..]].concat()).code(0).says("content/s1.md");
    paper.build(&[&["--edition", "2026-11-25"], &NOW[..]].concat()).code(0);
    assert!(exists(&paper, "2026-11-25/s3/index.html"));
}

#[test]
fn an_edition_is_made_again_when_its_time_has_come() {
    let paper = folder(&[
        ("content/2026-11-24/a.md", &story("")),
        ("content/2026-11-24/b.md", &story("expires: 2026-11-24 18:00")),
    ]);
    let made = |now: &str| paper.build(&["--now", now]).code(0);
    assert!(!made("2026-11-24 12:00").out.contains("left out"));
    made("2026-11-24 13:00").says("unchanged: nothing");
    made("2026-11-24 18:00").says("left out (expired)");
}

#[test]
fn nothing_to_print_says_why() {
    let draft = folder(&[("a.md", &story("draft: true"))]);
    let ran = all(&draft, &[]).code(1).says("the only story is a draft: `a`");
    assert!(ran.says("run `stonehand serve`").err.contains("1 error"));
    let both = folder(&[("a.md", &story("draft: true")), ("b.md", &story("date: 2099-01-01"))]);
    let ran = all(&both, &[]).code(1).says("all 2 stories of the edition");
    ran.says("it is dated 2099-01-01").says("the time is 2026-11-24 12:00 UTC");
    let posts = folder(&[("_posts/2026-03-02-harbour.md", "# Harbour\n\nText.\n")]);
    posts.build(&[]).code(1).says("1 Markdown file in _posts, add --stories '_posts/*.md'");
    posts.build(&["--stories", "posts/*.md"]).code(1).says("--stories '_posts/*.md'");
    posts.build(&["--stories", "b.md"]).code(1).says("there is no file `b.md`");
    posts.build(&["--stories", "_posts/*.md"]).code(0);
    let word = folder(&[("content/2026-12-01/Interview.docx", "PK"), ("content/a.txt", "Text.")]);
    let ran = word.build(&[]).code(1).says("pandoc").says("Interview.docx").says("`content/a.md`");
    drop(ran);
    word.write("content/2026-12-01/a.md", story(""));
    word.build(&[])
        .code(0)
        .says("not read, because their names don't end in .md or .markdown: content/2026-12-01/Interview.docx");
    word.build(&["--stories", "content/**/*"])
        .code(0)
        .says("not read, because their names don't end in .md or .markdown: content/2026-12-01/Interview.docx");
    assert!(!word.build(&["--stories", "content/**/*.md"]).code(0).err.contains("not read"));
    word.build(&["--stories", "content/2026-12-01/Interview.docx"]).code(1).says("pandoc");
    let about = folder(&[("content/README.md", "About."), ("content/_index.md", "---\n---\n")]);
    about.build(&[]).code(1).says("there is no story among");
    let quarto = folder(&[("docs/a.qmd", "# A\n\nText.\n"), ("docs/b.md", "# B\n\nText.\n")]);
    let ran = quarto.build(&[]).code(1).says("1 .qmd file in docs, add --stories 'docs/*.qmd'");
    ran.says("1 Markdown file in docs, add --stories 'docs/*.md'");
    quarto.build(&["--stories", "docs/*.qmd"]).code(0);
    let mixed =
        folder(&[("content/a.rst", "A\n=\n\nText.\n"), ("content/b.qmd", "# B\n\nText.\n")]);
    mixed.write("content/c.md", story(""));
    mixed.build(&[]).code(0).says("content/a.rst, content/b.qmd");
    let empty = folder(&[("notes/x.png", "")]);
    empty.build(&[]).code(1).says("content/YYYY-MM-DD");
}

#[test]
fn a_file_that_is_named_is_a_story() {
    let paper = folder(&[
        ("a.qmd", "---\ntitle: Harbour opens\n---\nText.\n"),
        ("b.mdx", "# Bridge\n\nText.\n"),
        ("README.md", "# About\n\nText.\n"),
        ("_drafts/c.md", "# Draft\n\nNot for readers.\n"),
    ]);
    for (pattern, count) in
        [("a.qmd", 1), ("*.{mdx,qmd}", 2), ("README.md", 1), ("_drafts/*.md", 1)]
    {
        paper.build(&["--stories", pattern]).code(0);
        assert_eq!(paper.report("public/undated")["stories"], count, "{pattern}");
    }
    paper.build(&["--stories", "**/*.md", "--stories", "b.mdx"]).code(0).says("left out (draft)");
}

#[test]
fn languages_are_known_by_their_tags() {
    let text = story("");
    for (lang, word, tag) in [
        ("pt-BR", "Por Ann Mok", "pt-BR"),
        ("en_us", "Tuesday, November 24, 2026", "en-US"),
        ("DE", "Von Ann Mok", "de"),
        ("zh-Hans-CN", "Tuesday, 24 November 2026", "zh-Hans-CN"),
        ("hi", "By Ann Mok", "hi"),
        ("ar", "By Ann Mok", "ar"),
        ("tlh", "Tuesday, 24 November 2026", "tlh"),
    ] {
        let by = text.replace("headline", "author: Ann Mok\nheadline");
        let paper = folder(&[
            ("paper.yaml", &format!("name: The Echo\nlang: {lang}\n")),
            ("content/2026-11-24/a.md", &by),
            ("content/2026-11-24/b.md", &by.replace("headline", "lang: en_GB\nheadline")),
            ("content/2026-11-24/c.md", &by.replace("headline", "lang: he\nheadline")),
        ]);
        paper.build(&NOW).code(0);
        assert!(paper.text("public/2026-11-24").contains(word), "{lang}");
        let page = fs::read_to_string(paper.at("public/index.html")).unwrap();
        assert!(page.contains(&format!("<html lang=\"{tag}\"")), "{lang}");
    }
    for (lang, hint) in [("Portuguese", "did you mean `pt`?"), ("xx", "such as `de`")] {
        let settings = format!("name: The Echo\nlang: {lang}\n");
        let paper = folder(&[("paper.yaml", &settings), ("content/2026-11-24/a.md", &text)]);
        paper.build(&NOW).code(1).says("paper.yaml:2:7").says(hint);
    }
    let paper = folder(&[
        ("content/2026-11-24/a.md", &story("lang: Deutsch")),
        ("content/2026-11-24/b.md", &story("lang: xx")),
        ("_config.yml", "title: Das Echo\nlang: de_AT\n"),
    ]);
    let ran = paper.build(&NOW).code(0).says("Das Echo, Dienstag, 24. November 2026");
    ran.says("a.md:3:7").says("read as `de`").says("b.md:3:7");
    let ca = folder(&[("paper.yaml", "name: E\nlang: ca\n"), ("content/2026-11-24/a.md", &text)]);
    ca.build(&NOW).code(0).says("paper.yaml:2:7").says("not translated into Catalan");
}

#[test]
fn a_section_is_one_however_it_is_written() {
    let news = story("");
    let paper = folder(&[
        ("paper.yaml", "name: The Echo\nsections: [News, Life]\n"),
        ("content/2026-11-24/a.md", &news),
        ("content/2026-11-24/b.md", &story("section: NEWS")),
        ("content/2026-11-24/c.md", &story("section: Économie")),
        ("content/2026-11-24/d.md", &story("section: économie")),
        ("content/2026-11-24/e.md", &story("section: E\u{301}conomie")),
    ]);
    paper.build(&NOW).code(0);
    let index = fs::read(paper.at("public/2026-11-24/index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
    let sections = index["sections"].as_array().unwrap();
    let names: Vec<&str> = sections.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["News", "Économie"]);
    let page = fs::read_to_string(paper.at("public/index.html")).unwrap();
    let mut ids: Vec<&str> =
        page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");
}
