//! The words that the web edition's own pages print, in the paper's language.

use std::collections::BTreeMap;

use super::file::Fault;

/// Words by their names, which are written with underscores.
pub(super) type SiteWords = BTreeMap<String, String>;

/// Reads a TOML file of words.
pub(super) fn read(file: &str, text: &str) -> Result<SiteWords, Fault> {
    let read: Result<SiteWords, _> = toml::from_str(text);
    let words = read.map_err(|error| Fault {
        file: file.into(),
        line: error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1),
        message: error.message().to_owned(),
    })?;
    Ok(words.into_iter().map(|(name, word)| (name.replace('-', "_"), word)).collect())
}

/// Puts values into the places of a word: `{name}`.
pub(super) fn fill(word: &str, values: &[(&str, &str)]) -> String {
    let mut out = word.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

/// The direction in which a language is written: `ltr` or `rtl`.
pub(super) fn direction(lang: &str) -> &'static str {
    let mut parts = lang.split(['-', '_']);
    let primary = parts.next().unwrap_or_default().to_lowercase();
    let script = parts.find(|part| part.len() == 4).map(str::to_lowercase);
    let by_script =
        script.map(|s| matches!(s.as_str(), "arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "aran"));
    let rtl = by_script.unwrap_or(matches!(
        primary.as_str(),
        "ar" | "arc"
            | "ckb"
            | "dv"
            | "fa"
            | "he"
            | "ku"
            | "nqo"
            | "ps"
            | "sd"
            | "syr"
            | "ug"
            | "ur"
            | "yi"
    ));
    if rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::templates::embedded;

    #[test]
    fn every_language_has_every_word() {
        let files = embedded();
        let words = |lang: &str| {
            let name = format!("words/{lang}.toml");
            read(&name, std::str::from_utf8(files[name.as_str()]).unwrap()).unwrap()
        };
        let names: Vec<String> = words("en").into_keys().collect();
        for lang in ["de", "fr", "es", "it", "pt", "nl", "sv", "da"] {
            let other = words(lang);
            assert_eq!(other.keys().cloned().collect::<Vec<_>>(), names, "{lang}");
            for (name, english) in words("en") {
                let places = |text: &str| text.matches('{').count();
                assert_eq!(places(&other[&name]), places(&english), "{lang}: {name}");
            }
        }
    }

    #[test]
    fn scripts_have_their_direction() {
        let all = ["en", "ar-EG", "ku-Latn", "az-Arab", "ur"].map(direction);
        assert_eq!(all, ["ltr", "rtl", "ltr", "rtl", "rtl"]);
    }
}
