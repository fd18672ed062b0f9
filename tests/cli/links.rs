//! Older addresses of stories, and what they say of each other.

use std::fs;

use super::Paper;

fn read(paper: &Paper, path: &str) -> String {
    fs::read_to_string(paper.at(&format!("public/{path}"))).unwrap_or_default()
}

#[test]
fn an_older_address_leads_on() {
    let story = |slug: &str, more: &str| {
        format!("---\nheadline: The wall\nslug: {slug}\n{more}\n---\nThe council voted.\n")
    };
    let paper = Paper::with(&[("content/2026-11-24/wall.md", &story("wall", ""))]);
    paper.write("paper.yaml", "name: The Echo\nbase_url: https://echo.example.org/paper\n");
    paper.build(&[]).code(0);
    assert!(!paper.at("public/_redirects").exists());
    // The slug changes, and the older address leads to the new one.
    let aliases = "aliases:\n  - /2026-11-24/wall/\n  - https://echo.example.org/paper/blog/wall.html\n  - ../../etc/passwd\n  - https://evil.example/x\n  - /about/";
    paper.write("content/2026-11-24/wall.md", story("the-wall", aliases));
    let ran = paper.build(&[]).code(0);
    let ran = ran.says("content/2026-11-24/wall.md:7:5").says("leads out of the site");
    let ran = ran.says("leads to another site").says("content/2026-11-24/wall.md:9:");
    ran.says("is taken by the site's own about/index.html");
    assert!(!paper.at("etc").exists() && !read(&paper, "about/index.html").contains("refresh"));
    let page = read(&paper, "2026-11-24/wall/index.html");
    for part in [
        "<meta http-equiv=\"refresh\" content=\"0; url=../../2026-11-24/the-wall/\">",
        "<link rel=\"canonical\" href=\"https://echo.example.org/paper/2026-11-24/the-wall/\">",
        "<a href=\"../../2026-11-24/the-wall/\">The wall</a>",
    ] {
        assert!(page.contains(part), "{page}");
    }
    assert!(read(&paper, "blog/wall.html").contains("url=../2026-11-24/the-wall/"));
    let lines = "/paper/2026-11-24/wall/ /paper/2026-11-24/the-wall/ 301\n/paper/blog/wall.html /paper/2026-11-24/the-wall/ 301\n";
    assert_eq!(read(&paper, "_redirects"), lines);
    assert!(!read(&paper, "sitemap-pages.xml").contains("blog"));
    // Another story takes the address: the alias gives way to it, and then goes.
    paper.write("content/2026-11-24/next.md", story("wall", ""));
    paper.build(&[]).code(0).says("is taken by the story “content/2026-11-24/next”");
    assert!(read(&paper, "2026-11-24/wall/index.html").contains("The council voted"));
    paper.write("content/2026-11-24/wall.md", story("the-wall", ""));
    paper.build(&[]).code(0);
    assert!(read(&paper, "2026-11-24/wall/index.html").contains("The council voted"));
    assert!(!paper.at("public/blog").exists() && !paper.at("public/_redirects").exists());
    // Redirects of one's own stay.
    paper.write("public/_redirects", "/a /b\n");
    paper.write("content/2026-11-24/wall.md", story("the-wall", "redirect_from: /old/"));
    paper.build(&[]).code(0);
    assert_eq!(read(&paper, "_redirects"), "/a /b\n");
    assert!(read(&paper, "old/index.html").contains("refresh"));
}

#[test]
fn related_stories_are_found_in_any_edition() {
    let paper = Paper::with(&[
        (
            "content/2026-11-24/wall.md",
            "---\nheadline: The wall\nrelated:\n  - pier\n  - /2026-11-23/the-fair/\n  - the-flod\n  - wall\n---\nText.\n",
        ),
        (
            "content/2026-11-24/flood.md",
            "---\nheadline: The flood\nslug: the-flood\nrelated: 2026-11-23/pier.md\n---\nText.\n",
        ),
        ("content/2026-11-23/pier.md", "---\nheadline: The *pier*\n---\nText.\n"),
        ("content/2026-11-23/fair.md", "---\nheadline: The fair\nslug: the-fair\n---\nText.\n"),
    ]);
    let ran = paper.build(&["--edition", "all"]).code(0);
    let ran = ran.says("content/2026-11-24/wall.md:6:5").says("the paper has no story `the-flod`");
    ran.says("did you mean `the-flood`?").says("this story is listed as related to itself");
    let wall = read(&paper, "2026-11-24/wall/index.html");
    let related = wall.split("related-head").last().unwrap();
    let pier = related.find("href=\"../../2026-11-23/pier/\">The <em>pier</em>").unwrap();
    assert!(pier < related.find("href=\"../../2026-11-23/the-fair/\">The fair").unwrap());
    assert!(!related.contains("The flood"), "{related}");
    // What an edition shows of another one follows it; the rest of it does not.
    paper.write(
        "content/2026-11-23/fair.md",
        "---\nheadline: The great fair\nslug: fair\n---\nText.\n",
    );
    let ran = paper.build(&["--edition", "all"]).code(0);
    assert!(!ran.out.contains("unchanged: nothing"), "{}", ran.out);
    ran.says("the paper has no story `/2026-11-23/the-fair/`").says("name a story by its slug");
}

#[test]
fn translations_lead_to_each_other() {
    let story = |lang: &str, more: &str| {
        format!("---\nheadline: Head {lang}\nlang: {lang}\n{more}\n---\nText.\n")
    };
    let paper = Paper::with(&[
        (
            "content/2026-11-24/wall.md",
            &story(
                "en",
                "translations:\n  de: mauer\n  fr: https://fr.example/mur\n  es: muro\n  'x\"y': mauer",
            ),
        ),
        ("content/2026-11-23/mauer.md", &story("de", "")),
        ("content/2026-11-23/zid.md", &story("hr", "translations: {de: mauer.md}")),
    ]);
    paper.write("paper.yaml", "name: The Echo\nbase_url: https://echo.example.org\n");
    let ran = paper.build(&["--edition", "all"]).code(0);
    let ran = ran.says("the paper has no story `muro`").says("`x\"y` is not a language tag");
    ran.says("es: https://");
    let all = [
        ("de", "https://echo.example.org/2026-11-23/mauer/"),
        ("en", "https://echo.example.org/2026-11-24/wall/"),
        ("fr", "https://fr.example/mur"),
        ("hr", "https://echo.example.org/2026-11-23/zid/"),
        ("x-default", "https://echo.example.org/2026-11-24/wall/"),
    ];
    let sitemap = read(&paper, "sitemap-2026.xml");
    for page in ["2026-11-24/wall", "2026-11-23/mauer", "2026-11-23/zid"] {
        let html = read(&paper, &format!("{page}/index.html"));
        for (lang, href) in all {
            let link = format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"{href}\">");
            assert!(html.contains(&link), "{page}: {link}");
        }
        assert_eq!(html.matches("hreflang=").count(), all.len() + 3, "{page}");
        let url = sitemap.split(&format!("<loc>https://echo.example.org/{page}/</loc>")).nth(1);
        let url = url.unwrap().split("</url>").next().unwrap();
        assert_eq!(url.matches("<xhtml:link").count(), all.len(), "{url}");
    }
    let german = read(&paper, "2026-11-23/mauer/index.html");
    assert!(
        german.contains(
            "href=\"../../2026-11-24/wall/\" hreflang=\"en\" lang=\"en\" dir=\"ltr\">English<"
        ),
        "{german}"
    );
    assert!(german.contains("workTranslation"));
    // A story without others says nothing of languages.
    paper.build(&["--edition", "all"]).code(0).says("2 editions are unchanged");
    assert!(!read(&paper, "2026-11-24/good/index.html").contains("hreflang"));
}
