//! Folders of other generators as they lie: their links, the keys of their themes, the names of
//! their pictures, their listings.

use super::{Paper, picture};

const BODY: &str = "The council voted for the wall, and the work begins in spring.\n";

#[test]
fn links_within_a_site_lead_to_stories_or_to_the_site() {
    // The settings, the story's file, its link, and what the page of the web edition then has.
    for (settings, file, link, has) in [
        (
            "hugo.toml|baseURL = 'https://echo.example/'",
            "content/blog/a.md",
            "../mill/",
            "https://echo.example/blog/mill/",
        ),
        (
            "hugo.toml|baseURL = 'https://echo.example/'",
            "content/blog/a.md",
            "./mill.md",
            "https://echo.example/blog/mill/",
        ),
        ("hugo.toml|baseURL = 'https://echo.example/'", "content/blog/a.md", "./b.md", "/b/"),
        ("hugo.toml|baseURL = 'https://echo.example/'", "content/blog/a/index.md", "../b/", "/b/"),
        (
            "_config.yml|url: https://echo.example\nbaseurl: /p",
            "posts/a.md",
            "/blog/2026/01/mill/",
            "https://echo.example/p/blog/2026/01/mill/",
        ),
        (
            "_config.yml|url: https://echo.example\nbaseurl: /p",
            "posts/a.md",
            "/p/mill/",
            "\"https://echo.example/p/mill/",
        ),
        ("_config.yml|title: The Echo", "posts/a.md", "/blog/2026/01/b/", "/b/"),
        ("_config.yml|title: The Echo", "user/pages/01.blog/02.a/item.md", "../03.b", "/b/"),
    ] {
        let front = |title: &str| format!("---\ntitle: {title}\ndate: 2026-11-24\n---\n{BODY}");
        let paper = Paper::with(&[]);
        let (name, text) = settings.split_once('|').unwrap();
        paper.write(name, text);
        paper.write(file, format!("{}\n[Read on]({link}).\n", front("The wall")));
        let beside = match file.rsplit_once('/').unwrap() {
            (_, "item.md") => "user/pages/01.blog/03.b/item.md".to_owned(),
            (folder, "index.md") => format!("{}/b/index.md", folder.trim_end_matches("/a")),
            (folder, _) => format!("{folder}/b.md"),
        };
        paper.write(&beside, front("The mill"));
        let ran =
            paper.build(&["--stories", file, "--stories", &beside, "--only", "pdf,web"]).code(0);
        assert!(!ran.err.contains("dead-link"), "{link}: {}", ran.err);
        let pages = paper.files("public/2026-11-24");
        let found = pages.iter().any(|(path, bytes)| {
            let page = String::from_utf8_lossy(bytes);
            let is_it = page.lines().any(|line| line.contains("Read on</a>") && line.contains(has));
            path.ends_with("a/index.html") && is_it
        });
        assert!(found, "{link} in {file}: {:?}", pages.keys());
    }
}

#[test]
fn a_link_is_dead_where_no_address_is_known() {
    for link in ["../mill/", "/blog/2026/01/mill/", "./mill.md"] {
        let text =
            format!("---\ntitle: The wall\ndate: 2026-11-24\n---\n{BODY}\n[Read on]({link}).\n");
        let paper = Paper::with(&[("posts/a.md", &text)]);
        paper.build(&["--stories", "posts/*.md", "--only", "pdf"]).code(0).says("dead-link");
    }
}

#[test]
fn keys_of_a_theme_are_told_once_an_edition() {
    let front =
        |group: &str, keys: &str| format!("---\ntitle: The wall\n{group}: {{{keys}}}\n---\n{BODY}");
    let paper = Paper::with(&[
        ("content/2026-11-24/a.md", &front("params", "zqx_mode: 1, zqy_mode: 2, standfrist: x")),
        ("content/2026-11-24/b.md", &front("extra", "zqz_mode: 1")),
        ("content/2026-11-24/c.md", &front("custom", "zqw_mode: 1, author: Amy Mok")),
    ]);
    let ran = paper.build(&["--only", "pdf"]).code(0);
    assert_eq!(ran.err.matches("theme-keys").count(), 1, "{}", ran.err);
    assert_eq!(ran.err.matches("unknown-key").count(), 1, "{}", ran.err);
    ran.says("did you mean `standfirst`?");
    assert!(paper.text("public/2026-11-24").contains("By Amy Mok"));
}

#[test]
fn a_picture_is_known_by_the_name_that_front_matter_gives_it() {
    for shown in ["{{< figure src=\"harbour\" >}}", "{{< img name=\"Harbour\" >}}", "![](harbour)"]
    {
        let text = format!(
            "---\ntitle: The wall\nresources:\n  - src: img/one.png\n    name: harbour\n    \
             title: The harbour at noon\n    params: {{credit: Jo Carr}}\n---\n{BODY}\n{shown}\n\n{BODY}"
        );
        let paper = Paper::with(&[("content/2026-11-24/a/index.md", &text)]);
        paper.write("content/2026-11-24/a/img/one.png", picture(900, 600, "one.png"));
        let ran = paper.build(&["--only", "pdf"]).code(0);
        assert!(!ran.err.contains("missing-picture"), "{shown}: {}", ran.err);
        let printed = paper.text("public/2026-11-24");
        assert!(
            printed.contains("The harbour at noon") && printed.contains("Jo Carr"),
            "{printed}"
        );
    }
}

#[test]
fn listings_that_begin_far_to_the_right_stand_in_their_column() {
    let lines: Vec<String> =
        (0..14).map(|n| format!("{}line_of_listing_{n}(a, b)", " ".repeat(8 * n))).collect();
    let words = "The weir holds the spring water back. ".repeat(30);
    let text = format!(
        "---\ntitle: The weir\n---\n{words}\n\n```\n{}\n```\n\n{words}\n",
        lines.join("\n")
    );
    for theme in ["bulletin", "classic", "modern"] {
        let paper = Paper::with(&[("content/2026-11-24/a.md", &text)]);
        paper.write("paper.yaml", format!("name: The Echo\ntheme: {theme}\n"));
        let ran = paper.build(&["--only", "pdf"]).code(0);
        assert!(!ran.err.contains("a fault of Stonehand"), "{theme}: {}", ran.err);
        let printed: String = paper.text("public/2026-11-24").split_whitespace().collect();
        for n in 0..14 {
            assert!(printed.contains(&format!("line_of_listing_{n}(a,b)")), "{theme}: {n}");
        }
    }
}

#[test]
fn a_name_with_high_accents_stands_between_its_rules() {
    for theme in ["bulletin", "classic", "modern"] {
        for name in ["BÁO ẤP BẮC – Ế Ồ Ặ", "ẤỀ", "ÅŰĞ Çgj", "Yg"] {
            let paper = Paper::with(&[]);
            paper.write(
                "paper.yaml",
                format!("name: {name}\nmotto: For the town\ntheme: {theme}\n"),
            );
            let ran = paper.build(&["--only", "pdf"]).code(0);
            assert!(!ran.err.contains("overprint"), "{theme} {name}: {}", ran.err);
        }
    }
}
