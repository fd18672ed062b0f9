//! The last parts of addresses: safe as file names, each once.

use std::collections::BTreeSet;

/// The longest one, in bytes: with what is put behind it, it is a file name everywhere.
const LONGEST: usize = 120;

/// The files and folders of an edition that are no stories.
const TAKEN: &[&str] = &["pictures", "share"];

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// A name as a part of an address: small letters, digits and hyphens, of any script.
pub(super) fn slug(name: &str) -> String {
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

/// Vowel signs and the like, which belong to the letter before them, and joiners.
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

/// The slugs of an edition's stories, given as slug and section in the order of their keys. Of
/// several that would be the same, the first keeps it and the others have their section, then a
/// number behind it.
pub(super) fn unique(stories: &[(&str, Option<&str>)]) -> Vec<String> {
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
    let mut out = vec![];
    for (name, section) in stories {
        let plain = slug(name);
        let sectioned = section.map(|section| format!("{plain}-{}", slug(section)));
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let mut names = std::iter::once(plain.clone()).chain(sectioned).chain(numbered);
        // There are more numbers than stories.
        let free = names.find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(free.clone());
        out.push(free);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_files() {
        assert_eq!(slug("Long Bridge: what’s next?"), "long-bridge-whats-next");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("Größe"), "größe");
        assert_eq!(slug("हिन्दी"), "हिन्दी");
        assert_eq!(
            (slug(".."), slug("CON"), slug("com1")),
            ("x".into(), "con-".into(), "com1-".into())
        );
        assert!(slug(&"ß".repeat(999)).len() <= LONGEST);
    }

    #[test]
    fn no_two_stories_share_one() {
        let stories =
            [("a", Some("Town")), ("A", Some("Sport")), ("a", Some("Sport")), ("pictures", None)];
        assert_eq!(unique(&stories), ["a", "a-sport", "a-2", "pictures-2"]);
    }
}
