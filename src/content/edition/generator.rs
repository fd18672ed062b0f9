//! Reads the settings of a site generator, if the paper lies in the folder of its site: language,
//! title, time zone, address and authors. `paper.yaml` takes precedence.

use jiff::tz::TimeZone;

use crate::content::story::bylines::{Known, known_in};
use crate::content::syntax::fields::Fields;
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::{toml_tree, yaml};
use crate::language::{named, primary, read as read_tag};

/// The settings files of Hugo, Zola, Jekyll and Hexo. The first one that says anything about the
/// paper counts.
pub(crate) const FILES: [&str; 17] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/config.toml",
    "config/_default/config.yaml",
    "zola.toml",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "_config.json",
];

/// The largest settings file that is read, in bytes.
pub(crate) const MOST_BYTES: u64 = 1 << 20;

/// What the settings say about the paper.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Site {
    /// The site's language.
    pub(crate) lang: Option<String>,
    /// Its title.
    pub(crate) title: Option<String>,
    /// Its time zone.
    pub(crate) time_zone: Option<String>,
    /// The authors, by their keys.
    pub(crate) authors: Known,
    /// The site's web address.
    pub(crate) address: Option<String>,
}

/// Reads a settings file. Its name tells the syntax. Returns `None` if it says nothing about the
/// paper.
pub(crate) fn read(name: &str, text: &str) -> Option<Site> {
    let text = text.trim_start_matches('\u{feff}');
    let toml = name.ends_with(".toml");
    let node = if toml { toml_tree::parse(text, 0) } else { yaml::parse(text, 0) };
    let node = node.ok()?;
    let fields = Fields::quiet(Some(&node));
    let usual = scalar(&fields, &["defaultcontentlanguage", "default_language"]);
    // Hugo keeps settings that depend on the language in a group of their own.
    let all = fields.get(&["languages"]).map(|node| Fields::quiet(Some(node)));
    let own = all.zip(usual).and_then(|(all, usual)| all.get(&[&usual.to_lowercase()]));
    let own = Fields::quiet(own);
    let tag = scalar(&own, &["languagecode", "locale"])
        .or_else(|| scalar(&fields, &["languagecode", "lang", "locale", "language"]));
    let (usual, tag) = (usual.and_then(language), tag.and_then(language));
    let lang = match (usual, tag) {
        // A new Hugo site has `languageCode: en-us`, which many users never change. So that key
        // counts only if it fits the default language.
        (Some(usual), Some(tag)) if same_language(&usual, &tag) => Some(tag),
        (usual, tag) => usual.or(tag),
    };
    let title = scalar(&own, &["title"]).or_else(|| scalar(&fields, &["title"]));
    let zone = scalar(&fields, &["timezone", "time_zone"]);
    let zone = zone.filter(|zone| TimeZone::get(zone).is_ok());
    let (title, time_zone) = (title.map(str::to_owned), zone.map(str::to_owned));
    let params = Fields::quiet(fields.get(&["params", "extra"]));
    let authors = [&fields, &params].into_iter().filter_map(|group| group.get(&["authors"]));
    let authors = authors.flat_map(known_in).collect();
    let site = Site { lang, title, time_zone, authors, address: address(&fields) };
    (site != Site::default()).then_some(site)
}

/// The site's address, unless it is a placeholder or an address of the local computer.
fn address(fields: &Fields<'_>) -> Option<String> {
    let url = scalar(fields, &["baseurl"]).filter(|url| is_whole(url));
    let url = url.or_else(|| scalar(fields, &["url", "site_url"]).filter(|url| is_whole(url)))?;
    // Jekyll and Hexo have the site's folder in a key of its own.
    let folder = scalar(fields, &["baseurl", "root"]).filter(|folder| !is_whole(folder));
    let folder = folder.unwrap_or_default().trim_matches('/');
    let url = url.trim_end_matches('/');
    let whole = match folder.is_empty() || url.ends_with(&format!("/{folder}")) {
        true => url.to_owned(),
        false => format!("{url}/{folder}"),
    };
    Some(whole)
}

/// Whether an address leads to a site on the web.
fn is_whole(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = host.and_then(|rest| rest.split(['/', ':', '?', '#']).next()).unwrap_or_default();
    let unset = ["localhost", "yoursite.com", "yourdomain.com"];
    let is_number = host.chars().all(|c| c.is_ascii_digit() || c == '.');
    host.contains('.') && !is_number && !unset.contains(&host) && !url.contains(char::is_whitespace)
}

/// A language by its tag or its name. A similar name is not enough, because it may be a word for
/// something else.
fn language(text: &str) -> Option<String> {
    read_tag(text).ok().or_else(|| named(text).map(str::to_owned))
}

fn same_language(one: &str, other: &str) -> bool {
    primary(one) == primary(other)
}

/// The text of the first of these keys that has one, or the first text of its list.
fn scalar<'n>(fields: &Fields<'n>, names: &[&str]) -> Option<&'n str> {
    fn text(node: &Node) -> Option<&str> {
        match &node.value {
            Value::Scalar(text) if !text.trim().is_empty() => Some(text.trim()),
            Value::List(items) => items.first().and_then(text),
            _ => None,
        }
    }
    names.iter().find_map(|name| text(fields.get(&[name])?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_sites_tell_language_and_title() {
        for (name, text, lang, title) in [
            ("config.toml", "languageCode = 'de-de'\ntitle = 'Blatt'", "de-DE", "Blatt"),
            ("hugo.toml", "defaultContentLanguage = 'fr'\nlanguageCode = 'en-us'", "fr", ""),
            ("hugo.yaml", "defaultContentLanguage: pt\nlanguageCode: pt-br\n", "pt-BR", ""),
            (
                "hugo.toml",
                "defaultContentLanguage = 'nl'\n[languages.nl]\ntitle = 'De Klok'\nlocale = 'nl-be'",
                "nl-BE",
                "De Klok",
            ),
            ("config.toml", "default_language = 'sv'", "sv", ""),
            ("_config.yml", "lang: en_GB\ntitle: The Bell", "en-GB", "The Bell"),
            ("_config.yml", "locale: es-ES", "es-ES", ""),
            ("_config.yml", "language: [it, en]", "it", ""),
            ("hugo.json", "{\"languageCode\": \"da\"}", "da", ""),
            ("_config.yml", "lang: nonsense of all kinds", "", ""),
            ("_config.yml", "language: Deutsch", "de", ""),
            ("config.json", "{\"language\": \"latex\"}", "", ""),
            ("config.toml", "not toml at all", "", ""),
        ] {
            let Site { lang: found, title: called, .. } = read(name, text).unwrap_or_default();
            let found = (found.unwrap_or_default(), called.unwrap_or_default());
            assert_eq!((found.0.as_str(), found.1.as_str()), (lang, title), "{text}");
        }
        let zone = |text| read("_config.yml", text).and_then(|site| site.time_zone);
        assert_eq!(zone("timezone: Europe/Lisbon").as_deref(), Some("Europe/Lisbon"));
        assert_eq!(zone("timezone: Nowhere"), None);
    }

    #[test]
    fn settings_of_sites_tell_address_and_authors() {
        for (name, text, address) in [
            ("hugo.toml", "baseURL = 'https://echo.example/paper/'", "https://echo.example/paper"),
            ("config.toml", "base_url = 'https://echo.example'", "https://echo.example"),
            (
                "_config.yml",
                "url: https://echo.example\nbaseurl: /paper",
                "https://echo.example/paper",
            ),
            (
                "_config.yml",
                "url: https://echo.example/paper\nroot: /paper/",
                "https://echo.example/paper",
            ),
            ("_config.yml", "url: https://echo.example\nroot: /", "https://echo.example"),
            ("_config.yml", "url: \"\"\nbaseurl: /paper", ""),
            ("_config.yml", "url: http://localhost:4000", ""),
            ("_config.yml", "url: http://127.0.0.1", ""),
            ("hugo.toml", "baseURL = '/'", ""),
        ] {
            let found = read(name, text).and_then(|site| site.address).unwrap_or_default();
            assert_eq!(found, address, "{text}");
        }
        let authors = |name, text| read(name, text).map(|site| site.authors).unwrap_or_default();
        let one = authors("_config.yml", "authors:\n  amok: {name: Amy Mok}\n");
        assert_eq!(one.get("amok").map(String::as_str), Some("Amy Mok"));
        let one = authors("hugo.toml", "[params.authors]\namok = 'Amy Mok'\n");
        assert_eq!(one.get("amok").map(String::as_str), Some("Amy Mok"));
    }
}
