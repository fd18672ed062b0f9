//! The web edition: what is on its pages, what can't be, and what a rebuild leaves alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use html5gum::{Token, Tokenizer};
use serde_json::Value;

use super::{Paper, demo, picture, words};

/// A page as a browser sees it: its text, and the elements with their attributes.
struct Page {
    text: String,
    tags: Vec<(String, BTreeMap<String, String>)>,
}

fn page(bytes: &[u8]) -> Page {
    let html = std::str::from_utf8(bytes).expect("pages are UTF-8");
    let mut page = Page { text: String::new(), tags: vec![] };
    // Scripts hold no text that is read.
    let mut inside_script = false;
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                inside_script = name == "script";
                let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
                let own = tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
                page.tags.push((name, own.collect()));
            }
            Token::EndTag(_) => inside_script = false,
            Token::String(text) if !inside_script => {
                page.text.push_str(&String::from_utf8_lossy(&text));
            }
            _ => {}
        }
    }
    page
}

fn pages(paper: &Paper) -> BTreeMap<String, Page> {
    let files = paper.files("public").into_iter();
    let name = |path: &Path| path.to_string_lossy().replace('\\', "/");
    files
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"))
        .map(|(path, bytes)| (name(&path), page(&bytes)))
        .collect()
}

fn index(paper: &Paper, edition: &str) -> Value {
    serde_json::from_slice(&fs::read(paper.at(&format!("public/{edition}/index.json"))).unwrap())
        .unwrap()
}

#[test]
fn every_word_of_the_demo_is_on_its_page_and_every_link_leads_somewhere() {
    let paper = demo();
    paper.build(&[]).code(0);
    let index = index(&paper, "2026-11-24");
    let stories = index["stories"].as_array().unwrap();
    let pages = pages(&paper);
    assert!(stories.len() >= 40, "{} stories", stories.len());
    for story in stories {
        let key = story["key"].as_str().unwrap();
        let source = fs::read_to_string(paper.at(&format!("{key}.md"))).unwrap();
        let shown =
            words::letters(&pages[&format!("{}index.html", story["url"].as_str().unwrap())].text);
        for passage in words::passages(&source) {
            assert!(shown.contains(&passage), "{key}: {passage}");
        }
        for line in source.lines().take_while(|line| !line.starts_with("pull_quotes")) {
            let line = line.trim_start();
            for key in ["standfirst: ", "kicker: ", "caption: ", "credit: "] {
                let value =
                    line.strip_prefix(key).map(|text| words::letters(text.trim_matches('"')));
                assert!(value.is_none_or(|value| shown.contains(&value)), "{key}: {line}");
            }
        }
    }
    // A lost paragraph would be found.
    assert!(!pages["index.html"].text.contains("sent me a picture of a cow"));
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(name, page)| {
            let ids = page.tags.iter().filter_map(|(_, own)| own.get("id").map(String::as_str));
            (name.as_str(), ids.collect())
        })
        .collect();
    let mut links = 0;
    for (name, page) in &pages {
        for (_, own) in &page.tags {
            let sets = own.get("srcset").into_iter().flat_map(|set| set.split(", "));
            let sets = sets.map(|one| one.split(' ').next().unwrap_or_default());
            let plain = ["href", "src", "action"].into_iter().filter_map(|key| own.get(key));
            for link in plain.map(String::as_str).chain(sets) {
                if !link.contains(':') {
                    resolves(&paper, name, link, &ids);
                    links += 1;
                }
            }
        }
    }
    assert!(links > 2000, "{links} links");
}

/// Holds where a link of a page leads to a file and, where it names one, to an element.
fn resolves(paper: &Paper, from: &str, link: &str, ids: &BTreeMap<&str, BTreeSet<&str>>) {
    let (path, mark) = link.split_once('#').map_or((link, None), |(path, mark)| (path, Some(mark)));
    // The page for what is not there stands at any address, so that its links begin at the root.
    let absolute = from == "404.html" && path.starts_with('/');
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if absolute {
        parts.clear();
    }
    for part in path.trim_start_matches('/').split('/') {
        match part {
            "." => {}
            ".." => assert!(parts.pop().is_some(), "{from}: {link} leads out of the site"),
            part => parts.push(part),
        }
    }
    let mut target = parts.join("/");
    if path.is_empty() {
        target = from.to_owned();
    } else if target.is_empty() || target.ends_with('/') {
        target.push_str("index.html");
    }
    assert!(paper.at(&format!("public/{target}")).is_file(), "{from}: {link} ({target})");
    if let Some(mark) = mark.filter(|_| target.ends_with(".html")) {
        assert!(ids[target.as_str()].contains(mark), "{from}: {link}");
    }
}

/// Everything that could become script, in every place where a writer writes.
const HOSTILE: &str = r#"---
headline: "<script>alert(1)</script> & <img src=x onerror=alert(2)>"
headlines: {web: "</title><script>alert(3)</script>"}
kicker: "<b onclick=alert(4)>K</b>"
standfirst: "[click](javascript:alert(5)) \"><script>alert(6)</script>"
authors: ["A\"><script>alert(7)</script>", "</script><svg onload=alert(8)>"]
section: "S\"><script>alert(9)</script>"
tags: ["t\"><img src=x onerror=alert(10)>", "../../../escape"]
slug: "../../../../evil"
canonical: "https://x.example/\"><script>alert(11)</script>"
corrections: ["<script>alert(12)</script>"]
dateline: "<i onmouseover=alert(13)>Here</i>"
updated: "2026-11-24\"><script>alert(14)</script>"
images:
  - {src: p.png, alt: "a\" onerror=\"alert(15)", caption: "<script>alert(16)</script>", credit: "\"><script>alert(17)</script>"}
facts: {title: "<script>alert(18)</script>", items: ["<iframe src=javascript:alert(19)>", "[x](data:text/html,<script>alert(20)</script>)"]}
pull_quotes: [{text: "<script>alert(21)</script>", by: "<script>alert(22)</script>"}]
---
<script>alert(30)</script> Text <img src="x" onerror="alert(31)"> and <a href="javascript:alert(32)" onclick="alert(33)">a link</a>.

[one](javascript:alert(34)) [two](JaVaScRiPt:alert(35)) [three](data:text/html;base64,PHNjcmlwdD4=) [four](https://ok.example/?q="><script>alert(36)</script>) <https://ok.example/'onclick=alert(37)'>

<iframe src="https://evil.example"></iframe><object data="x"></object><style>body{display:none}</style><form action="https://evil.example"><input></form>

`</code><script>alert(38)</script>` `{{ 7 * 7 }}` `{% include "base.html" %}`

```
</code></pre><script>alert(39)</script>
```

| <script>alert(40)</script> | b |
|---|---|
| <svg onload=alert(41)> | d[^1] |

[^1]: </ol><script>alert(42)</script>

<math><mtext></mtext><script>alert(43)</script></math> <svg><script>alert(44)</script></svg>
"#;

#[test]
fn nothing_that_a_writer_writes_becomes_script() {
    let paper = Paper::with(&[("content/2026-11-24/hostile.md", HOSTILE)]);
    paper.write("paper.yaml", "name: \"The <script>alert(50)</script> Echo\"\nmotto: \"\\\"><script>alert(51)</script>\"\nbase_url: https://echo.example.org/paper\n");
    paper.write("content/2026-11-24/p.png", picture(600, 400, "p.png"));
    paper.build(&[]).code(0);
    let pages = pages(&paper);
    assert!(pages.contains_key("2026-11-24/evil/index.html"), "{:?}", pages.keys());
    assert!(!paper.at("evil").exists() && !paper.at("public/evil").exists());
    for (name, page) in &pages {
        for (tag, own) in &page.tags {
            assert!(
                !matches!(tag.as_str(), "iframe" | "object" | "embed" | "style" | "base"),
                "{name}: {tag}"
            );
            assert!(
                own.keys().all(|key| !key.starts_with("on") && key != "style"),
                "{name}: {own:?}"
            );
            for key in ["href", "src", "action", "content", "data-copy"] {
                let value = own.get(key).map(|value| value.trim_start().to_lowercase());
                let harmless = |value: &String| {
                    !value.starts_with("javascript:") && !value.starts_with("data:")
                };
                assert!(value.as_ref().is_none_or(harmless), "{name}: {own:?}");
            }
            if tag == "script" {
                let ours = own.get("src").is_some_and(|src| src.contains("assets/"));
                let data = own.get("type").is_some_and(|kind| kind == "application/ld+json");
                assert!(ours || data, "{name}: {own:?}");
            }
        }
    }
    let story = &pages["2026-11-24/evil/index.html"];
    // Templates' own markup in a story is text, as is all that could not run.
    assert!(story.text.contains("{{ 7 * 7 }}") && story.text.contains("alert(38)"));
    assert!(story.tags.iter().any(|(tag, own)| tag == "a"
        && own.get("href").is_some_and(|url| url.starts_with("https://ok.example/"))));
    for name in ["feed.xml", "atom.xml", "sitemap.xml", "news-sitemap.xml"] {
        let bytes = fs::read(paper.at(&format!("public/{name}"))).unwrap();
        assert!(!page(&bytes).tags.iter().any(|(tag, _)| tag == "script"), "{name}");
    }
    // A planted fault: the check does see a script.
    assert!(page(b"<p>a<script>alert(1)</script>").tags.iter().any(|(tag, _)| tag == "script"));
}

#[test]
fn a_rebuild_touches_what_has_changed_and_removes_what_is_stale() {
    let story = |head: &str| {
        format!(
            "---\nheadline: {head}\nauthors: [Ann Fell]\nsection: Town\n---\nThe ferry is late.\n"
        )
    };
    let paper = Paper::with(&[
        ("paper.yaml", "name: The Echo\nbase_url: https://echo.example.org\n"),
        ("content/2026-11-24/ferry.md", &story("Ferry late")),
        ("content/2026-10-20/pier.md", &story("Pier shut")),
    ]);
    paper.build(&["--edition", "all"]).code(0).says("2 editions");
    let names = paper.names("public");
    for name in [
        "index.html",
        "2026-10-20/pier/index.html",
        "2026-11-24/ferry/index.html",
        "archive/index.html",
        "author/ann-fell/index.html",
        "section/town/index.html",
        "section/town/feed.xml",
        "search/new/pagefind.js",
        "search/2026-10/pagefind-entry.json",
        "404.html",
        "_headers",
        "robots.txt",
        "sitemap-2026.xml",
        "feed.json",
        "manifest.webmanifest",
    ] {
        assert!(names.contains(&name.to_owned()), "{name} is missing of {names:?}");
    }
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    let stamp = || {
        for name in paper.names("public") {
            let file = fs::File::options().write(true).open(paper.at(&format!("public/{name}")));
            file.unwrap().set_modified(old).unwrap();
        }
    };
    let touched = || {
        let all = paper.names("public").into_iter();
        let is_new = |name: &String| {
            let data = fs::metadata(paper.at(&format!("public/{name}"))).unwrap();
            data.modified().unwrap() != old
        };
        all.filter(is_new).collect::<Vec<_>>()
    };
    stamp();
    paper.build(&["--edition", "all"]).code(0);
    assert_eq!(touched(), Vec::<String>::new());
    fs::remove_file(paper.at("content/2026-11-24/ferry.md")).unwrap();
    paper.write("content/2026-11-24/boat.md", story("Boat early"));
    paper.build(&[]).code(0);
    assert!(
        !paper.at("public/2026-11-24/ferry").exists()
            && paper.at("public/2026-11-24/boat").exists()
    );
    let touched = touched();
    assert!(
        touched
            .iter()
            .all(|name| !name.starts_with("2026-10-20/") && !name.starts_with("search/2026-10/")),
        "{touched:?}"
    );
    assert!(touched.iter().any(|name| name == "feed.xml"));
    // An edition that is gone takes its month and nothing of others with it.
    fs::remove_dir_all(paper.at("public/2026-10-20")).unwrap();
    fs::write(paper.at("public/CNAME"), "echo.example.org").unwrap();
    paper.build(&[]).code(0).says("1 edition");
    assert!(!paper.at("public/search/2026-10").exists() && paper.at("public/CNAME").exists());
}

#[test]
fn templates_are_overridden_file_by_file_and_slips_are_named() {
    let paper = Paper::with(&[]);
    paper.write(
        "templates/web/about.html",
        "{% extends \"base.html\" %}{% block main %}<p>Ours, {{ paper.name }}</p>{% endblock %}",
    );
    paper.write("templates/web/words/en.toml", "archive = \"Past papers\"\n");
    paper.build(&["--only", "web"]).code(0);
    assert!(!paper.at("public/2026-11-24/edition.pdf").exists());
    let about = page(&fs::read(paper.at("public/about/index.html")).unwrap());
    assert!(about.text.contains("Ours, The Echo") && about.text.contains("Past papers"));
    let before = paper.files("public");
    paper.write("templates/web/about.html", "<p>\n{{ paper.nam }}");
    paper.build(&[]).code(1).says("templates/web/about.html, line 2");
    paper.write("templates/web/about.html", "\n{% blok %}");
    paper.build(&[]).code(1).says("templates/web/about.html, line 2");
    assert!(
        paper.files("public").keys().eq(before.keys())
            || paper.at("public/about/index.html").exists()
    );
}

#[test]
fn each_story_has_a_picture_for_other_pages() {
    let paper =
        Paper::with(&[("paper.yaml", "name: The Echo\nbase_url: https://echo.example.org\n")]);
    paper.write(
        "content/2026-11-24/pier.md",
        "---\nheadline: The pier\nimage: pier.png\n---\nText.\n",
    );
    paper.write("content/2026-11-24/pier.png", picture(900, 600, "pier.png"));
    paper.write(
        "content/2026-11-24/odd.md",
        "---\nheadline: \"#panic(1) $x$ \\\\ \\\" <b> \"\n---\nText.\n",
    );
    paper.build(&[]).code(0);
    let shown = |story: &str| {
        let html = fs::read(paper.at(&format!("public/2026-11-24/{story}/index.html"))).unwrap();
        let meta: BTreeMap<String, String> = page(&html)
            .tags
            .into_iter()
            .filter_map(|(_, own)| {
                let name = own.get("property").or(own.get("name"))?.clone();
                Some((name, own.get("content")?.clone()))
            })
            .collect();
        assert_eq!((&*meta["og:image:width"], &*meta["og:image:height"]), ("1200", "630"));
        assert_eq!(meta["twitter:card"], "summary_large_image");
        assert_eq!(meta["og:image"], meta["twitter:image"]);
        let path = meta["og:image"].strip_prefix("https://echo.example.org/").unwrap().to_owned();
        let image =
            image::load_from_memory(&fs::read(paper.at(&format!("public/{path}"))).unwrap());
        (meta["og:image:alt"].clone(), image.unwrap().to_rgb8(), path)
    };
    let (alt, plain, path) = shown("good");
    assert_eq!((alt.as_str(), plain.dimensions()), ("The Echo: The wall is raised", (1200, 630)));
    let (_, pictured, _) = shown("pier");
    // Where the one has the paper's colour alone, the other has many.
    let colours = |image: &image::RgbImage| {
        let part = (0..1200).step_by(7).map(|x| *image.get_pixel(x, 200));
        part.map(|pixel| pixel.0).collect::<BTreeSet<_>>().len()
    };
    assert!(
        colours(&plain) < 8 && colours(&pictured) > 40,
        "{} {}",
        colours(&plain),
        colours(&pictured)
    );
    // White type stands on it.
    assert!(plain.pixels().filter(|pixel| pixel.0.iter().all(|part| *part > 240)).count() > 5000);
    shown("odd");
    // A theme that has none of its own, and one whose own is wrong.
    let theme = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/smallest/theme.typ"),
    )
    .unwrap();
    let numbers = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/print/classic/theme.toml");
    let numbers = fs::read_to_string(numbers).unwrap();
    let numbers = numbers.split("[ears]").next().unwrap().to_owned();
    paper.write("templates/print/ours/theme.toml", numbers);
    paper.write("templates/print/ours/theme.typ", &theme);
    paper.build(&["--only", "web", "--theme", "ours"]).code(0);
    assert_ne!(shown("good").2, path);
    paper.write(
        "templates/print/ours/theme.typ",
        format!("{theme}\n#let share(s, paper, width, height) = panic(\"no\")\n"),
    );
    paper
        .build(&["--only", "web", "--theme", "ours"])
        .code(0)
        .says("can't make the pictures for shared links");
    // Without an address of its own, the paper has no use for them.
    paper.write("paper.yaml", "name: The Echo\n");
    paper.build(&[]).code(0);
    assert!(!paper.at("public/2026-11-24/share").exists());
}

#[test]
fn colours_and_faces_are_the_papers_own() {
    let paper = Paper::with(&[]);
    let with = |web: &str| paper.write("paper.yaml", format!("name: The Echo\nweb: {web}\n"));
    let css = || {
        let names = paper.names("public");
        let name = names.iter().find(|name| name.starts_with("assets/site.")).unwrap();
        fs::read_to_string(paper.at(&format!("public/{name}"))).unwrap()
    };
    with(
        "{colours: {accent: {light: \"#14532D\", dark: \"#8fa\"}, paper: white}, faces: {display: bitter}}",
    );
    let ran = paper.build(&["--only", "web"]).code(0);
    assert!(!ran.err.contains("warning"), "{}", ran.err);
    let own = css();
    for part in [
        "--accent:light-dark(#14532d,#88ffaa)",
        "--paper:light-dark(#ffffff,#151514)",
        "--display:\"Bitter\",Georgia,serif",
        "--head-weight:700",
    ] {
        assert!(own.contains(part), "{part}\n{own}");
    }
    let bitter = paper.names("public").into_iter().filter(|name| name.contains("bitter-latin-700"));
    assert_eq!(bitter.count(), 1);
    with("{colours: {muted: \"#bbb\"}}");
    let ran = paper
        .build(&["--only", "web"])
        .code(0)
        .says("`muted` on `paper` is hard to read in the light colours");
    ran.says("paper.yaml:2:16");
    // Nothing gets out of a colour into the style sheet.
    for bad in [
        "\"red;}body{display:none\"",
        "\"#12345\"",
        "\"url(x)\"",
        "\"rgb(1,2,3)\"",
        "\"#11223344\"",
        "transparent",
        "redd",
    ] {
        with(&format!("{{colours: {{accent: {bad}}}}}"));
        paper.build(&["--only", "web"]).code(1).says("is not a colour");
    }
    with("{colours: {acent: red}}");
    paper.build(&["--only", "web"]).code(0).says("did you mean `accent`?");
    with("{faces: {display: \"Bitter\\\"}body{\"}}");
    paper.build(&["--only", "web"]).code(1).says("is not a typeface for `display`");
    assert!(!css().contains("display:none}"));
}
