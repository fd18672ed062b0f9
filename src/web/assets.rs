//! Assets: the style sheets, scripts and faces that pages load. Each has a hash of its bytes in its name,
//! so that browsers may keep it for ever, and pages of older editions keep loading what they were made
//! with.

use std::collections::BTreeMap;

use super::file::File;

/// The style sheet for themes that are not built in.
const PLAIN: &str = "classic";
/// The built-in themes: each has a style sheet with its faces.
const THEMES: &[&str] = &["classic", "modern", "bulletin"];

/// Files by name, each with its path.
#[derive(Debug)]
pub(super) struct Assets {
    files: BTreeMap<String, (String, Vec<u8>)>,
    /// The names of the faces to load first.
    preload: Vec<String>,
}

impl Assets {
    /// Gives every file its path. `site.css` becomes the faces of the theme, the rules, the paper's custom
    /// properties, and the faces of other themes that these name.
    pub(super) fn new(
        mut given: BTreeMap<String, Vec<u8>>,
        theme: &str,
        properties: &[(String, String)],
    ) -> Self {
        let theme = if THEMES.contains(&theme) { theme } else { PLAIN };
        let mut css = String::new();
        for part in [&*format!("{theme}.css"), "site.css"] {
            css.push_str(&String::from_utf8_lossy(given.get(part).map_or(&[], Vec::as_slice)));
        }
        let others = THEMES.iter().filter_map(|theme| given.remove(&format!("{theme}.css")));
        let others: Vec<Vec<u8>> = others.collect();
        if !properties.is_empty() {
            let all: Vec<String> =
                properties.iter().map(|(name, value)| format!("--{name}:{value}")).collect();
            let all = all.join(";");
            for rule in others.iter().flat_map(|css| faces_of(css, &all)) {
                if !css.contains(rule.trim()) {
                    css.push_str(&rule);
                }
            }
            css.push_str(&format!(":root{{{all}}}"));
        }
        given.remove("site.css");
        let (first, later) = by_view(&css);
        let mut files = BTreeMap::new();
        for (name, bytes) in given {
            // Faces that no rule uses are left out.
            if !name.ends_with(".woff2") || css.contains(&name) {
                files.insert(name.clone(), (hashed(&name, &bytes), bytes));
            }
        }
        let preload =
            first.faces.iter().filter(|name| files.contains_key(*name)).cloned().collect();
        for (name, css) in [("site.css", first.css), ("faces.css", later)] {
            let mut css = css;
            for (name, (path, _)) in &files {
                let file = path.strip_prefix("assets/").unwrap_or(path);
                css = css.replace(&format!("url({name})"), &format!("url({file})"));
            }
            let css = tight(&css).into_bytes();
            files.insert(name.into(), (hashed(name, &css), css));
        }
        Self { files, preload }
    }

    /// The paths of the faces to load first.
    pub(super) fn preload(&self) -> Vec<String> {
        let path = |name: &String| self.files.get(name).map(|(path, _)| path.clone());
        self.preload.iter().filter_map(path).collect()
    }

    /// The path of each file, by name.
    pub(super) fn paths(&self) -> BTreeMap<&str, &str> {
        self.files.iter().map(|(name, (path, _))| (name.as_str(), path.as_str())).collect()
    }

    /// The files with their paths, below the site's root.
    pub(super) fn files(&self) -> Vec<File> {
        self.files.values().cloned().collect()
    }
}

/// The `@font-face` rules of a theme's style sheet for the faces that a text names, a line each.
fn faces_of(css: &[u8], named: &str) -> Vec<String> {
    let css = String::from_utf8_lossy(css);
    let its = |line: &&str| {
        let family =
            line.strip_prefix("@font-face").and_then(|rest| rest.split("font-family:").nth(1));
        let family = family.and_then(|rest| rest.split(';').next());
        family.is_some_and(|name| named.contains(&format!("\"{}\"", name.trim().trim_matches('"'))))
    };
    css.lines().filter(its).map(|line| format!("{line}\n")).collect()
}

/// The part of a style sheet that the first view of a page needs.
struct First {
    css: String,
    /// The files of the headlines' face, without those for extended Latin letters.
    faces: Vec<String>,
}

/// Parts a style sheet in two: what the first view needs, with the faces of headlines and of plain text,
/// and all other faces. A page shows no text before the faces that it waits for are there.
fn by_view(css: &str) -> (First, String) {
    let last = |name: &str| {
        let at = css.rfind(&format!("--{name}:"))?;
        let value = css[at..].split_once(':')?.1.split([';', '}']).next()?;
        Some(value.split(',').next()?.trim().trim_matches('"').to_owned())
    };
    let (display, text) = (last("display"), last("text"));
    let weight = last("head-weight").unwrap_or_else(|| "700".into());
    let mut first = First { css: String::new(), faces: vec![] };
    let mut later = String::new();
    for line in css.lines() {
        let Some(rule) = line.strip_prefix("@font-face").filter(|rule| rule.contains("url("))
        else {
            first.css.push_str(line);
            first.css.push('\n');
            continue;
        };
        let of = |name: &str| {
            let value = rule.split(&format!("{name}:")).nth(1)?.split([';', '}']).next()?;
            Some(value.trim().trim_matches('"').to_owned())
        };
        let plain = of("font-style").is_none_or(|style| style == "normal");
        let is = |family: &Option<String>, weight: &str| {
            plain && of("font-family") == *family && of("font-weight").as_deref() == Some(weight)
        };
        let heads = is(&display, &weight);
        if !heads && !is(&text, "400") {
            later.push_str(line);
            later.push('\n');
            continue;
        }
        let file = rule.split("url(").nth(1).and_then(|rest| rest.split(')').next());
        first.faces.extend(file.filter(|file| heads && !file.contains("-ext-")).map(str::to_owned));
        first.css.push_str(line);
        first.css.push('\n');
    }
    (first, later)
}

/// `site.css` as `assets/site.0123456789.css`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let hash = &hash.as_str()[..10];
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    }
}

/// A style sheet without comments, indents and empty lines.
fn tight(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).fold(
        String::new(),
        |mut all, line| {
            all.push_str(line);
            if !line.ends_with(['{', '}', ';', ',']) {
                all.push('\n');
            }
            all
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_bytes_and_faces_are_found() {
        let given = |css: &str| {
            [
                ("site.css", css),
                ("classic.css", "@font-face{src:url(a.woff2)}\n"),
                ("a.woff2", "A"),
                ("b.woff2", "B"),
            ]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into()
        };
        let one = Assets::new(given("/* why */\na {\n  color: red;\n}\n"), "classic", &[]);
        let two =
            Assets::new(given("a { color: blue }"), "strange", &[("accent".into(), "#123".into())]);
        assert_ne!(one.paths()["site.css"], two.paths()["site.css"]);
        assert_eq!(one.paths()["a.woff2"], two.paths()["a.woff2"]);
        assert!(!one.paths().contains_key("b.woff2"));
        let css = |assets: &Assets| String::from_utf8(assets.files["site.css"].1.clone()).unwrap();
        let face = one.paths()["a.woff2"].replace("assets/", "");
        let later = String::from_utf8(one.files["faces.css"].1.clone()).unwrap();
        assert_eq!(css(&one), "a {color: red;}");
        assert_eq!(later, format!("@font-face{{src:url({face})}}"));
        assert!(css(&two).ends_with(":root{--accent:#123}"));
    }

    /// Pages may be written from right to left: rules must name sides by the direction of reading.
    #[test]
    fn no_rule_knows_left_from_right() {
        let css = include_str!("../../templates/web/assets/site.css");
        for (at, line) in css.lines().enumerate() {
            for side in ["left", "right"] {
                let names = [format!(" {side}:"), format!("-{side}:"), format!(": {side};")];
                let found = names.iter().find(|name| line.contains(name.as_str()));
                assert_eq!(found, None, "site.css, line {}", at + 1);
            }
            for name in ["margin: ", "padding: "] {
                for value in line.split(name).skip(1) {
                    let value = value.split([';', '}']).next().unwrap_or_default();
                    let parts: Vec<&str> = value.split(' ').collect();
                    assert!(parts.len() < 4 || parts[1] == parts[3], "site.css, line {}", at + 1);
                }
            }
        }
    }

    #[test]
    fn the_first_view_needs_two_faces() {
        let built_in = || {
            crate::web::templates::embedded().into_iter().filter_map(|(path, bytes)| {
                Some((path.strip_prefix("assets/")?.to_owned(), bytes.to_vec()))
            })
        };
        for (theme, head) in [
            ("classic", "playfair-display-latin-700"),
            ("modern", "encode-sans-condensed-latin-800"),
            ("bulletin", "bitter-latin-700"),
        ] {
            let assets = Assets::new(built_in().collect(), theme, &[]);
            let css = String::from_utf8(assets.files["site.css"].1.clone()).unwrap();
            let later = String::from_utf8(assets.files["faces.css"].1.clone()).unwrap();
            let latin = css.matches("url(").count() - css.matches("-ext-").count();
            assert_eq!(latin, 2, "{theme}: {css}");
            assert!(css.contains(head) && css.contains("pt-serif-latin-400-normal"));
            assert!(
                later.contains("pt-serif-latin-400-italic") && later.contains("libre-franklin")
            );
            assert_eq!(assets.preload().len(), 1);
            assert!(assets.preload()[0].contains(head));
        }
        let own = [
            ("display".into(), "\"Bitter\",Georgia,serif".into()),
            ("head-weight".into(), "700".into()),
        ];
        let assets = Assets::new(built_in().collect(), "classic", &own);
        assert!(assets.preload()[0].contains("bitter-latin-700"));
    }
}
