//! Bylines that are keys of a file of authors.

use super::Paper;

/// A story's file, its byline, the file of authors and its text; all tell the same name.
const FOLDERS: [(&str, &str, &str, &str); 19] = [
    (
        "blog/2026-11-24-a.md",
        "authors: [amok]",
        "blog/authors.yml",
        "amok:\n  name: Amy Mok-Bell\n  title: Editor\n",
    ),
    (
        "docs/blog/posts/a.md",
        "authors:\n  - amok",
        "docs/blog/.authors.yml",
        "authors:\n  amok:\n    name: Amy Mok-Bell\n    avatar: a.png\n",
    ),
    (
        "_posts/2026-11-24-a.md",
        "author: amok",
        "_data/authors.yml",
        "amok:\n  name: Amy Mok-Bell\n  bio: \"Writes.\"\n",
    ),
    (
        "_posts/2026-11-24-a.md",
        "author: amok",
        "_config.yml",
        "title: The Echo\nauthors:\n  amok:\n    display_name: Amy Mok-Bell\n",
    ),
    (
        "_posts/2026-11-24-a.md",
        "author: amok",
        "_authors/amy.md",
        "---\nshort_name: amok\nname: Amy Mok-Bell\n---\nShe writes.\n",
    ),
    (
        "content/posts/a.md",
        "authors: [amok]",
        "data/authors.toml",
        "[amok]\nname = \"Amy Mok-Bell\"\n",
    ),
    (
        "content/posts/a.md",
        "authors: [amok]",
        "data/authors.json",
        "{\n\t\"amok\": {\"name\": \"Amy Mok-Bell\"}\n}\n",
    ),
    ("content/posts/a.md", "author: amok", "data/authors/amok.yaml", "name: Amy Mok-Bell\n"),
    (
        "content/posts/a.md",
        "author: amok",
        "hugo.toml",
        "title = 'The Echo'\n[params.authors.amok]\nname = 'Amy Mok-Bell'\n",
    ),
    (
        "content/en/posts/a.md",
        "authors: [a-mok]",
        "content/en/authors/a-mok/_index.md",
        "---\ntitle: Amy Mok-Bell\n---\n",
    ),
    ("source/_posts/a.md", "author: amok", "source/_data/authors.yml", "amok: Amy Mok-Bell\n"),
    (
        "src/posts/a.md",
        "author: amok",
        "src/_data/authors.json",
        "[{\"key\": \"amok\", \"name\": \"Amy Mok-Bell\"}]",
    ),
    (
        "src/content/blog/a.mdx",
        "author: amok",
        "src/content/authors/amok.json",
        "{\"name\": \"Amy Mok-Bell\"}",
    ),
    (
        "src/content/blog/a.md",
        "authors: [amok]",
        "src/content/authors/amok.md",
        "---\nname: Amy Mok-Bell\n---\nShe writes.\n",
    ),
    (
        "posts/a.md",
        "author: amok",
        "src/data/authors.yaml",
        "- id: amok\n  first_name: Amy\n  last_name: Mok-Bell\n",
    ),
    (
        "posts/a.md",
        "author:\n  key: amok\n  url: /amok",
        "authors.yml",
        "amok: {name: {first: Amy, last: Mok-Bell}}\n",
    ),
    (
        "posts/a.md",
        "author: amok",
        "_data/people.yml",
        "people:\n  - {slug: amok, name: Amy Mok-Bell}\n",
    ),
    (
        "data/blog/a.mdx",
        "authors: ['amok']",
        "data/authors/amok.mdx",
        "---\nname: Amy Mok-Bell\noccupation: Editor\n---\n",
    ),
    (
        "blog/a.md",
        "author: amok, Amok",
        "blog/authors.yml",
        "amok: {name: Amy Mok-Bell}\nAmok: {name: Amy Mok-Bell}\n",
    ),
];

const BODY: &str = "The council voted for the wall, and the work begins in spring.\n";

fn byline(paper: &Paper) -> String {
    paper.text("public/2026-11-24")
}

#[test]
fn a_byline_is_the_name_that_a_file_gives_for_it() {
    for (story, said, file, text) in FOLDERS {
        let paper = Paper::with(&[]);
        let front = format!("---\ntitle: The wall\ndate: 2026-11-24\n{said}\n---\n{BODY}");
        paper.write(story, front);
        paper.write(file, text);
        paper.build(&["--stories", story, "--only", "pdf"]).code(0);
        let printed = byline(&paper);
        assert!(printed.contains("Amy Mok-Bell"), "{file}: {printed}");
        assert!(!printed.to_lowercase().contains("amok"), "{file}: {printed}");
    }
}

#[test]
fn what_is_no_key_stays_as_it_is() {
    let authors = "amok: {name: Amy Mok-Bell}\nbio: {title: Editor}\nno: [1]\nsite: https://a.b\n";
    for (said, printed) in [
        ("author: Amy Mok", "Amy Mok"),
        ("author: AMOK", "AMOK"),
        ("author: kate", "Kate"),
        ("author: amok, Kate", "amok, Kate"),
        ("author: bio", "Bio"),
        ("author: site", "Site"),
        ("author: {name: amok}", "Amok"),
        ("author: ../amok", "../amok"),
    ] {
        let front = format!("---\ntitle: The wall\ndate: 2026-11-24\n{said}\n---\n{BODY}");
        let paper = Paper::with(&[("posts/a.md", &front), ("_data/authors.yml", authors)]);
        paper.build(&["--stories", "posts/*.md", "--only", "pdf"]).code(0);
        let text = byline(&paper);
        assert!(text.contains(&format!("By {printed}")), "{said}: {text}");
    }
}

#[test]
fn the_nearest_file_knows_best() {
    let of = |name: &str| format!("amok: {{name: {name}}}\n");
    let front = format!("---\ntitle: The wall\ndate: 2026-11-24\nauthor: amok\n---\n{BODY}");
    let paper = Paper::with(&[("town/blog/a.md", &front)]);
    paper.write("_data/authors.yml", of("Ada Far"));
    paper.write("town/authors.yml", of("Amy Near"));
    paper.write("village/authors.yml", of("Ann Aside"));
    paper.build(&["--stories", "**/blog/*.md", "--only", "pdf"]).code(0);
    assert!(byline(&paper).contains("Amy Near"));
}

#[test]
fn a_file_of_authors_that_cannot_be_read_is_told_once() {
    for (file, text, place, syntax) in [
        ("_data/authors.yml", "amok:\n  name: \"Amy\nkate:\n", "_data/authors.yml:", "YAML"),
        ("data/authors.toml", "[amok]\nname = Amy\n", "data/authors.toml:2:", "TOML"),
        (
            "_data/authors.json",
            "{\n\"amok\": {\"name\": \"Amy\",}\n}",
            "_data/authors.json:2:",
            "JSON",
        ),
    ] {
        let front = format!("---\ntitle: The wall\ndate: 2026-11-24\nauthor: amok\n---\n{BODY}");
        let paper = Paper::with(&[("posts/a.md", &front), (file, text)]);
        paper.write("posts/b.md", front.replace("The wall", "The weir"));
        let ran = paper.build(&["--stories", "posts/*.md", "--only", "pdf"]).code(0);
        assert_eq!(ran.err.matches("bad-authors").count(), 1, "{}", ran.err);
        ran.says(place).says(syntax);
        assert!(byline(&paper).contains("By Amok"));
    }
}

#[test]
fn a_changed_file_of_authors_makes_the_edition_again() {
    let front = format!("---\ntitle: The wall\ndate: 2026-11-24\nauthor: amok\n---\n{BODY}");
    let paper = Paper::with(&[("content/2026-11-24/a.md", &front)]);
    for name in ["Amy One", "Amy Two"] {
        paper.write("_data/authors.yml", format!("amok: {{name: {name}}}\n"));
        paper.build(&["--only", "pdf"]).code(0);
        assert!(byline(&paper).contains(name), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_folder_is_read() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("authors.yml"), "amok: {name: Amy Outside}\n").unwrap();
    let front = format!("---\ntitle: The wall\ndate: 2026-11-24\nauthor: amok\n---\n{BODY}");
    let paper = Paper::with(&[("posts/a.md", &front), ("_data/x.txt", "")]);
    let to = paper.at("_data/authors.yml");
    std::os::unix::fs::symlink(outside.path().join("authors.yml"), to).unwrap();
    paper.build(&["--stories", "posts/*.md", "--only", "pdf"]).code(0);
    assert!(byline(&paper).contains("By Amok"));
}
