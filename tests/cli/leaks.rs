//! What other programs and people keep back is printed nowhere, and is told.

use super::Paper;

const NOW: [&str; 2] = ["--now", "2026-11-24 12:00"];

/// Builds all Markdown of a folder on 24 November 2026.
fn all(paper: &Paper) -> super::Ran {
    paper.build(&[&["--stories", "**/*.md"], &NOW[..]].concat())
}

fn paper(files: &[(&str, &str)]) -> Paper {
    let paper = Paper { folder: tempfile::tempdir().unwrap() };
    paper
        .write("fine.md", "---\ntitle: Fine day\ndate: 2026-11-23\n---\nA fine day at the weir.\n");
    files.iter().for_each(|(path, text)| paper.write(path, text));
    paper
}

/// Whether nothing that was made holds the word that only stories that are kept back have.
fn is_kept(paper: &Paper) -> bool {
    let leaks = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("otter");
    let made = paper.files("public");
    assert!(made.len() > 3, "{:?}", paper.names("public"));
    !made.values().any(|bytes| leaks(bytes)) && !paper.text("public/2026-11-23").contains("otter")
}

#[test]
fn what_lies_apart_is_printed_nowhere() {
    let text = "---\ntitle: Weir closed\n---\nAn otter was seen.\n";
    let paths = [
        "drafts/a.md",
        "Drafts/b.md",
        "_draft/c.md",
        "_unpublished/d.md",
        "_private/e.md",
        "posts/f.draft.md",
        "_layouts/g.md",
        "_includes/h.md",
        "_templates/i.md",
        "archetypes/j.md",
        "Templates/k.md",
        "content/2026-11-24/drafts/l.md",
        "posts/_m.md",
    ];
    let paper = paper(&paths.map(|path| (path, text)));
    let ran = all(&paper).code(0);
    assert!(is_kept(&paper));
    for path in paths {
        let key = path.strip_suffix(".md").unwrap();
        assert!(ran.out.contains(key) || ran.err.contains(key), "{path}: {}{}", ran.out, ran.err);
    }
    // What is named is meant.
    paper.build(&[&["--stories", "drafts/*.md"], &NOW[..]].concat()).code(0);
    assert!(!is_kept(&paper));
    paper.build(&[&["--stories", "_layouts/g.md"], &NOW[..]].concat()).code(0);
    assert!(!is_kept(&paper));
}

#[test]
fn what_says_so_is_printed_nowhere() {
    let fronts = [
        "isDraft: true",
        "post_status: draft",
        "isPublished: false",
        "embargo_until: 2026-11-25",
        "publish_at: 2026-11-25",
        "unpublish_at: 2026-11-23",
        "visibility: tiers",
        "access: private",
        "status: Entwurf",
        "status: archived",
    ];
    let names: Vec<String> = (0..fronts.len()).map(|at| format!("s{at}.md")).collect();
    let texts: Vec<String> = fronts
        .iter()
        .map(|front| format!("---\ntitle: Weir closed\n{front}\n---\nAn otter was seen.\n"))
        .collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let paper = paper(&files);
    all(&paper).code(0).says("because it says `status: Entwurf`");
    assert!(is_kept(&paper));
}

#[test]
fn marks_are_read_wherever_front_matter_stands() {
    let paper = paper(&[
        ("a.md", "# Weir closed\n\n---\ndraft: true\n---\n\nAn otter was seen.\n"),
        ("b.md", "<!--\ntitle: Weir closed\ndraft: true\ndate: 2026-11-01\n-->\n\nAn otter.\n"),
        ("c.md", "\u{200b}---\ntitle: Weir closed\ndraft: true\n---\nAn otter was seen.\n"),
        ("d.md", "--\ntitle: Weir closed\ndraft: true\n--\nAn otter was seen.\n"),
    ]);
    all(&paper).code(0);
    assert!(is_kept(&paper));
}

#[test]
fn a_day_that_is_none_is_told() {
    let paper = paper(&[("content/2026-02-30/a.md", "---\ntitle: Weir\n---\nIt is open.\n")]);
    all(&paper).code(0).says(
        "`content/2026-02-30` is named after a day that the calendar doesn't have: 2026-02-30",
    );
}

#[test]
fn settings_have_the_hints_that_stories_have() {
    for (settings, hint) in [
        ("name = \"The Echo\"\n", "name: The Daily Echo"),
        ("name = \"The Echo\"\nlang: en\n", "this file is YAML"),
        ("imprint:\n\tpublisher: Ann\n", "spaces instead of tabs"),
        ("<<<<<<< HEAD\nname: One\n=======\nname: Two\n>>>>>>> b\n", "keep one of the versions"),
        ("name: “The: Echo”\n", "straight quotation marks"),
        ("name：The Echo\n", "an ordinary colon"),
        ("name:\u{a0}The Echo\n", "ordinary spaces"),
        ("name:The Echo\n", "a space after the colon"),
    ] {
        let paper = paper(&[("paper.yaml", settings)]);
        all(&paper).code(1).says(hint);
    }
    let story = |front: &str| format!("---\n{front}\n---\nText.\n");
    for (front, hint) in
        [("title：Harbour", "an ordinary colon"), ("title:\u{a0}Harbour", "ordinary spaces")]
    {
        let paper = paper(&[("a.md", &story(front))]);
        assert!(all(&paper).says(hint).err.contains("bad-front-matter"));
    }
}
