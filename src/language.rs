//! Language tags (BCP 47): reads them, brings them into their canonical form, and names the
//! languages. Add a language's names to `LANGUAGES`.

use icu::locale::{LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleExpander};

/// Language codes, each with its name in English and in the language itself (from CLDR).
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("af", "Afrikaans", "Afrikaans"),
    ("ar", "Arabic", "العربية"),
    ("az", "Azerbaijani", "Azərbaycan"),
    ("be", "Belarusian", "Беларуская"),
    ("bg", "Bulgarian", "Български"),
    ("bn", "Bengali", "বাংলা"),
    ("br", "Breton", "Brezhoneg"),
    ("bs", "Bosnian", "Bosanski"),
    ("ca", "Catalan", "Català"),
    ("cs", "Czech", "Čeština"),
    ("cy", "Welsh", "Cymraeg"),
    ("da", "Danish", "Dansk"),
    ("de", "German", "Deutsch"),
    ("el", "Greek", "Ελληνικά"),
    ("en", "English", "English"),
    ("eo", "Esperanto", "Esperanto"),
    ("es", "Spanish", "Español"),
    ("et", "Estonian", "Eesti"),
    ("eu", "Basque", "Euskara"),
    ("fa", "Persian", "فارسی"),
    ("fi", "Finnish", "Suomi"),
    ("fil", "Filipino", "Filipino"),
    ("fo", "Faroese", "Føroyskt"),
    ("fr", "French", "Français"),
    ("fy", "Frisian", "Frysk"),
    ("ga", "Irish", "Gaeilge"),
    ("gd", "Gaelic", "Gàidhlig"),
    ("gl", "Galician", "Galego"),
    ("gu", "Gujarati", "ગુજરાતી"),
    ("he", "Hebrew", "עברית"),
    ("hi", "Hindi", "हिन्दी"),
    ("hr", "Croatian", "Hrvatski"),
    ("hu", "Hungarian", "Magyar"),
    ("hy", "Armenian", "Հայերեն"),
    ("id", "Indonesian", "Indonesia"),
    ("is", "Icelandic", "Íslenska"),
    ("it", "Italian", "Italiano"),
    ("ja", "Japanese", "日本語"),
    ("ka", "Georgian", "ქართული"),
    ("kk", "Kazakh", "Қазақ тілі"),
    ("ko", "Korean", "한국어"),
    ("la", "Latin", "Latina"),
    ("lb", "Luxembourgish", "Lëtzebuergesch"),
    ("lt", "Lithuanian", "Lietuvių"),
    ("lv", "Latvian", "Latviešu"),
    ("mk", "Macedonian", "Македонски"),
    ("mr", "Marathi", "मराठी"),
    ("ms", "Malay", "Melayu"),
    ("mt", "Maltese", "Malti"),
    ("nb", "Norwegian Bokmål", "Norsk bokmål"),
    ("nl", "Dutch", "Nederlands"),
    ("nn", "Norwegian Nynorsk", "Norsk nynorsk"),
    ("no", "Norwegian", "Norsk"),
    ("oc", "Occitan", "Occitan"),
    ("pl", "Polish", "Polski"),
    ("pt", "Portuguese", "Português"),
    ("ro", "Romanian", "Română"),
    ("ru", "Russian", "Русский"),
    ("sk", "Slovak", "Slovenčina"),
    ("sl", "Slovenian", "Slovenščina"),
    ("sq", "Albanian", "Shqip"),
    ("sr", "Serbian", "Српски"),
    ("sv", "Swedish", "Svenska"),
    ("sw", "Swahili", "Kiswahili"),
    ("ta", "Tamil", "தமிழ்"),
    ("th", "Thai", "ไทย"),
    ("tr", "Turkish", "Türkçe"),
    ("uk", "Ukrainian", "Українська"),
    ("ur", "Urdu", "اردو"),
    ("vi", "Vietnamese", "Tiếng Việt"),
    ("yi", "Yiddish", "ייִדיש"),
    ("zh", "Chinese", "中文"),
];

/// Constructed and extinct languages. CLDR has no usual script for them, by which `exists` knows
/// the others.
const OTHERS: [&str; 16] = [
    "ang", "enm", "fro", "frm", "gmh", "goh", "ia", "ie", "io", "jbo", "lfn", "non", "qya", "sjn",
    "tlh", "vo",
];

/// Reads a language tag in any case, with its parts joined by `-` or `_`, and returns it in its
/// canonical form.
///
/// # Errors
///
/// Returns the code of the most similar language, if there is one, for a tag of no known language.
pub(crate) fn read(text: &str) -> Result<String, Option<&'static str>> {
    // The locale of a system, such as `de_DE.UTF-8`, has an encoding after it.
    let tag = text.trim().split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    if let Ok(mut locale) = tag.parse::<Locale>() {
        LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
        if exists(&locale) {
            return Ok(locale.to_string());
        }
    }
    Err(nearest(text))
}

/// Whether there is a language of this code. A language that CLDR knows has a usual script.
fn exists(locale: &Locale) -> bool {
    let language = locale.id.language;
    let code = language.as_str();
    let named = LANGUAGES.iter().any(|(known, ..)| *known == code) || OTHERS.contains(&code);
    let mut id = LanguageIdentifier { language, ..LanguageIdentifier::UNKNOWN };
    let expander = LocaleExpander::new_extended();
    named
        || !language.is_unknown()
            && expander.maximize(&mut id) == icu::locale::TransformResult::Modified
}

/// The code of the language of this name, in English or in the language itself.
pub(crate) fn named(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    let is = |(_, english, own): &&(&str, &str, &str)| {
        [english, own].iter().any(|name| name.to_lowercase() == text)
    };
    LANGUAGES.iter().find(is).map(|(code, ..)| *code)
}

/// The code of the language that a text names, or whose name is most like it.
fn nearest(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    let letters = text.chars().count();
    let names = || {
        let both =
            |(code, english, own): &'static (&str, &str, &str)| [(*code, *english), (*code, *own)];
        LANGUAGES.iter().flat_map(both).map(|(code, name)| (code, name.to_lowercase()))
    };
    let first =
        |is: &dyn Fn(&str) -> bool| names().find(|(_, name)| is(name)).map(|(code, _)| code);
    let word = |name: &str| text.split([' ', '(', ',', '-']).any(|part| part == name);
    let like = |name: &str| letters > 4 && strsim::damerau_levenshtein(&text, name) <= 2;
    named(&text)
        .or_else(|| first(&word))
        .or_else(|| first(&|name| letters > 2 && name.starts_with(&text)))
        .or_else(|| first(&like))
}

/// The language code of a tag, without script and region.
pub(crate) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The region of a tag as two letters, which is the form that Typst takes. A Chinese tag without a
/// region gets the usual one of its script.
pub(crate) fn region(tag: &str) -> Option<&str> {
    let two = |part: &&str| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic());
    let parts = || tag.split('-').skip(1).take_while(|part| part.len() > 1);
    parts().find(two).or_else(|| match (primary(tag), parts().next()) {
        ("zh", Some("Hant")) => Some("TW"),
        ("zh", Some("Hans")) => Some("CN"),
        _ => None,
    })
}

/// The English name of a tag's language, or the tag if the name is not known.
pub(crate) fn english(tag: &str) -> &str {
    let known = LANGUAGES.iter().find(|(code, ..)| *code == primary(tag));
    known.map_or(tag, |(_, english, _)| english)
}

/// The name of a language in the language itself, followed by the rest of the tag in brackets. The
/// tag alone if the name is not known.
pub(crate) fn own(tag: &str) -> String {
    let known = LANGUAGES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(primary(tag)));
    match (known, tag.split_once('-')) {
        (Some((_, _, name)), None) => (*name).to_owned(),
        (Some((_, _, name)), Some((_, rest))) => format!("{name} ({rest})"),
        (None, _) => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_one_form() {
        for (text, tag) in [
            ("en", "en"),
            ("EN", "en"),
            ("en-us", "en-US"),
            ("en_US", "en-US"),
            ("en_US.UTF-8", "en-US"),
            ("de_DE@euro", "de-DE"),
            ("PT-br", "pt-BR"),
            ("zh-hans-cn", "zh-Hans-CN"),
            ("zh_Hant", "zh-Hant"),
            ("sr-latn", "sr-Latn"),
            ("es-419", "es-419"),
            ("en-UK", "en-GB"),
            ("por", "pt"),
            ("iw", "he"),
            ("gsw", "gsw"),
            ("tlh", "tlh"),
            ("ca-valencia", "ca-valencia"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(tag), "{text}");
        }
    }

    #[test]
    fn what_is_no_tag_tells_the_nearest() {
        for (text, near) in [
            ("Portuguese", Some("pt")),
            ("portugese", Some("pt")),
            ("Catalan", Some("ca")),
            ("Deutsch", Some("de")),
            ("français", Some("fr")),
            ("English (US)", Some("en")),
            ("engl", Some("en")),
            ("Brazilian Portuguese", Some("pt")),
            ("xx", None),
            ("qqq", None),
            ("und", None),
            ("", None),
            ("-", None),
            ("the language of the town", None),
        ] {
            assert_eq!(read(text), Err(near), "{text}");
        }
    }

    #[test]
    fn the_typesetter_is_given_language_and_region_apart() {
        let of = |tag| (primary(tag), region(tag));
        assert_eq!(of("en"), ("en", None));
        assert_eq!(of("en-US"), ("en", Some("US")));
        assert_eq!(of("zh-Hans-CN"), ("zh", Some("CN")));
        assert_eq!(of("zh-Hant"), ("zh", Some("TW")));
        assert_eq!(of("es-419"), ("es", None));
        assert_eq!(of("en-x-gb"), ("en", None));
    }

    #[test]
    fn languages_are_called_as_they_call_themselves() {
        assert_eq!(own("de"), "Deutsch");
        assert_eq!(own("pt-BR"), "Português (BR)");
        assert_eq!(own("tlh"), "tlh");
        assert_eq!(english("ca"), "Catalan");
        assert!(LANGUAGES.is_sorted());
    }
}
