//! Turns names into parts of web addresses, and into keys by which two spellings count as one name.

use icu::normalizer::ComposingNormalizerBorrowed;

/// The longest slug in bytes. It leaves room for an ending within the limits of all file systems.
const LONGEST: usize = 120;

/// File names that Windows reserves for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// A name as a part of an address: small letters and digits of any script, and hyphens.
pub(crate) fn slug(name: &str) -> String {
    let name = ComposingNormalizerBorrowed::new_nfc().normalize(name);
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || is_mark(c) {
            out.push(c);
        } else if !matches!(c, '\'' | '’') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() > LONGEST {
            out.pop();
            break;
        }
    }
    let out = out.trim_end_matches('-');
    match out {
        "" => "x".into(),
        out if DEVICES.contains(&out) || is_port(out) => format!("{out}-"),
        out => out.to_owned(),
    }
}

/// Whether a character belongs to the letter before it, such as an accent or a vowel sign, or joins
/// letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}')
        || matches!(c, '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}')
        || matches!(c, '\u{e31}'..='\u{e4e}' | '\u{eb1}'..='\u{ecd}' | '\u{f18}'..='\u{fbc}')
        || matches!(c, '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}')
}

fn is_port(name: &str) -> bool {
    let number = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    number.is_some_and(|number| number.len() == 1 && number.chars().all(|c| c.is_ascii_digit()))
}

/// The key that all spellings of a name share: case, blanks, punctuation, and how accents are
/// stored make no difference. The key can be a part of an address.
pub(crate) fn key(name: &str) -> String {
    // Via capitals, because some letters have two small forms, such as the Greek sigma.
    let folded = name.to_uppercase().to_lowercase();
    match folded.contains(char::is_alphanumeric) {
        true => slug(&folded),
        false => name.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_files() {
        assert_eq!(slug("Long Bridge: what’s next?"), "long-bridge-whats-next");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("Größe"), "größe");
        assert_eq!(slug("Gro\u{308}ße"), "größe");
        assert_eq!(slug("हिन्दी"), "हिन्दी");
        assert_eq!(
            (slug(".."), slug("CON"), slug("com1")),
            ("x".into(), "con-".into(), "com1-".into())
        );
        assert!(slug(&"ß".repeat(999)).len() <= LONGEST);
    }

    #[test]
    fn spellings_of_a_name_have_one_key() {
        for same in [
            &["Économie", "économie", "ÉCONOMIE", "E\u{301}conomie", " Économie "][..],
            &["Straße", "STRASSE", "strasse"],
            &["Arts & Letters", "arts-letters", "Arts, Letters", "arts_letters"],
            &["ΚΌΣΜΟΣ", "κόσμος"],
            &["Вести", "ВЕСТИ"],
            &["ニュース"],
        ] {
            for name in same {
                assert_eq!(key(name), key(same[0]), "{name}");
            }
        }
        let all = ["Town", "Towns", "Eté", "Été", "Sport", "☂", "☀"].map(key);
        let known: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(known.len(), all.len());
    }
}
