//! The quotation marks of each language, words that begin with an apostrophe, and placeholders for
//! escaped characters. Add a language's marks in `Marks::for_language`.

/// The quotation marks of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    /// What `"` around words becomes.
    pub(crate) double: (&'static str, &'static str),
    /// What `'` around words becomes.
    pub(crate) single: (&'static str, &'static str),
    /// Whether narrow no-break spaces stand inside the guillemets.
    pub(crate) spaced: bool,
}

impl Marks {
    /// The marks of a language (BCP 47), or the English ones for a language that is not listed.
    pub(crate) fn for_language(lang: &str) -> Self {
        let mut parts = lang.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts.next_back().unwrap_or_default().to_ascii_uppercase();
        let (double, single) = match (language.as_str(), region.as_str()) {
            ("de", "CH" | "LI") | ("it", "CH") => (("«", "»"), ("‹", "›")),
            ("de" | "lb" | "cs" | "sk" | "sl" | "bg" | "mk" | "is" | "lt" | "et" | "ka", _) => {
                (("„", "“"), ("‚", "‘"))
            }
            ("pl" | "ro", _) => (("„", "”"), ("«", "»")),
            ("hu", _) => (("„", "”"), ("»", "«")),
            ("hr" | "sr" | "bs", _) => (("„", "”"), ("‘", "’")),
            ("fr" | "br" | "oc", _) => (("«\u{202f}", "\u{202f}»"), ("“", "”")),
            ("pt", "BR") => (("“", "”"), ("‘", "’")),
            // In America, Spanish is set with English marks.
            ("es", region) if !matches!(region, "" | "ES") => (("“", "”"), ("‘", "’")),
            ("es" | "it" | "pt" | "ca" | "gl" | "eu" | "ast" | "el", _) => (("«", "»"), ("“", "”")),
            ("no" | "nb" | "nn" | "fo", _) => (("«", "»"), ("‘", "’")),
            ("ru" | "uk" | "be" | "hy", _) => (("«", "»"), ("„", "“")),
            ("fa" | "ar", _) => (("«", "»"), ("‹", "›")),
            ("da", _) => (("»", "«"), ("›", "‹")),
            ("sv" | "fi", _) => (("”", "”"), ("’", "’")),
            _ => (("“", "”"), ("‘", "’")),
        };
        Self { double, single, spaced: double.0.contains('\u{202f}') }
    }
}

/// Words of a language that begin with an apostrophe, without the apostrophe. Only words that
/// rarely begin a quotation are listed.
pub(crate) fn leading_words(lang: &str) -> &'static [&'static str] {
    match lang.split(['-', '_']).next().unwrap_or_default() {
        "en" => &[
            "tis", "twas", "twere", "twill", "twould", "tisn", "twasn", "Tis", "Twas", "Twere",
            "Twill", "Twould", "cause", "cos", "cuz", "em", "til", "n", "round", "bout",
        ],
        "nl" | "af" => &["s", "t", "n", "k", "m", "r", "ns"],
        "de" => &["s", "n", "ne", "nen", "nem", "ner"],
        "it" => &["sto", "sta", "ndrangheta", "na"],
        _ => &[],
    }
}

/// Characters that the writer may escape, and their placeholders until the marks of the line are
/// set.
const ESCAPED: [(char, char); 4] =
    [('"', '\u{fdd2}'), ('\'', '\u{fdd3}'), ('-', '\u{fdd4}'), ('.', '\u{fdd5}')];

/// The placeholder of an escaped character.
pub(crate) fn escape(c: char) -> Option<char> {
    ESCAPED.iter().find(|(sign, _)| *sign == c).map(|(_, mark)| *mark)
}

/// The character of a placeholder.
pub(crate) fn escaped(c: char) -> Option<char> {
    ESCAPED.iter().find(|(_, mark)| *mark == c).map(|(sign, _)| *sign)
}
