//! Slugs: the last parts of addresses, safe as names of files, no two of them the same.

use std::collections::BTreeSet;

use crate::names::slug;

/// The folders of an edition that are no stories.
const TAKEN: &[&str] = &["pictures", "share"];

/// The slugs of an edition's stories, which come as slug and section in the order of their keys. Of
/// several with the same slug, the first keeps it; the others get their section added or, if that is
/// taken too, a number.
pub(super) fn unique(stories: &[(&str, Option<&str>)]) -> Vec<String> {
    distinct(stories, TAKEN)
}

/// The same, with names that are taken already.
pub(super) fn distinct(names: &[(&str, Option<&str>)], taken: &[&str]) -> Vec<String> {
    let mut taken: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    let mut out = vec![];
    for (name, section) in names {
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
    fn no_two_stories_share_one() {
        let stories =
            [("a", Some("Town")), ("A", Some("Sport")), ("a", Some("Sport")), ("pictures", None)];
        assert_eq!(unique(&stories), ["a", "a-sport", "a-2", "pictures-2"]);
    }
}
