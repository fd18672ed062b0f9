//! What pages load: style sheets, scripts, faces. Each has a hash of its bytes in its name, so that
//! it may be kept for ever, and pages of older editions go on with what they were made with.

use std::collections::BTreeMap;

use super::File;

/// The look of a theme that is not one of ours.
const PLAIN: &str = "classic";
/// The themes that bring their faces along.
const THEMES: &[&str] = &["classic", "modern", "bulletin"];

/// Files by name, with the paths that they go to.
#[derive(Debug)]
pub(super) struct Assets {
    files: BTreeMap<String, (String, Vec<u8>)>,
}

impl Assets {
    /// Gives every file its path. The style sheet is the theme's faces, the rules, and the paper's
    /// own custom properties with the faces of other themes that they name.
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
        let mut files = BTreeMap::new();
        for (name, bytes) in given {
            // A face that this theme doesn't use is not carried along.
            if !name.ends_with(".woff2") || css.contains(&name) {
                files.insert(name.clone(), (hashed(&name, &bytes), bytes));
            }
        }
        for (name, (path, _)) in &files {
            let file = path.strip_prefix("assets/").unwrap_or(path);
            css = css.replace(&format!("url({name})"), &format!("url({file})"));
        }
        let css = tight(&css).into_bytes();
        files.insert("site.css".into(), (hashed("site.css", &css), css));
        Self { files }
    }

    /// The paths by name.
    pub(super) fn paths(&self) -> BTreeMap<&str, &str> {
        self.files.iter().map(|(name, (path, _))| (name.as_str(), path.as_str())).collect()
    }

    /// The files with their paths, below the site's root.
    pub(super) fn files(&self) -> Vec<File> {
        self.files.values().cloned().collect()
    }
}

/// The rules of a theme's style sheet, a line each, for the faces that a text names.
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

/// `site.css` as `assets/site.0123456789.css`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let hash = &hash.as_str()[..10];
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    }
}

/// A style sheet without its comments and the white that only people need.
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
                ("classic.css", "@font-face{src:url(a.woff2)}"),
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
        assert_eq!(css(&one), format!("@font-face{{src:url({face})}}a {{color: red;}}"));
        assert!(css(&two).ends_with(":root{--accent:#123}"));
    }
}
