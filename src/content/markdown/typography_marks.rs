//! What each language sets quotations with, and what of a text was escaped.

/// The quotation marks of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    /// What `"` becomes.
    pub(crate) double: (&'static str, &'static str),
    /// What `'` around words becomes.
    pub(crate) single: (&'static str, &'static str),
    /// Whether blanks that don't break stand inside of guillemets.
    pub(crate) spaced: bool,
}

impl Marks {
    /// The marks of a language (BCP 47); those of English where none are known.
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
            // America writes Spanish with the marks of English.
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

/// Words of a language that begin with an apostrophe, without it: those that are hardly ever the
/// first one of a quotation.
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

/// Signs that the writer escaped, and what stands for them until a line's marks are set.
const ESCAPED: [(char, char); 4] =
    [('"', '\u{fdd2}'), ('\'', '\u{fdd3}'), ('-', '\u{fdd4}'), ('.', '\u{fdd5}')];

/// What stands for a sign that the writer escaped.
pub(crate) fn escape(c: char) -> Option<char> {
    ESCAPED.iter().find(|(sign, _)| *sign == c).map(|(_, mark)| *mark)
}

/// The sign that a mark stands for.
pub(crate) fn escaped(c: char) -> Option<char> {
    ESCAPED.iter().find(|(_, mark)| *mark == c).map(|(sign, _)| *sign)
}
