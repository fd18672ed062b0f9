//! Reads from the names of folders and files that a text is a draft, is not public, or is part of a
//! site's templates. Add such names to the lists here.

use super::status_words::{folded, is_draft};
use crate::content::model::left_out::Reason;

/// Folders whose files must not be printed. Underscores before the name make no difference.
const FOLDERS: &[(&str, Reason)] = &[
    ("unpublished", Reason::Draft),
    ("not-published", Reason::Draft),
    ("unfinished", Reason::Draft),
    ("wip", Reason::Draft),
    ("work-in-progress", Reason::Draft),
    ("in-progress", Reason::Draft),
    ("on-hold", Reason::Draft),
    ("rejected", Reason::Hidden),
    ("spiked", Reason::Hidden),
    ("killed", Reason::Hidden),
    ("trash", Reason::Hidden),
    ("embargo", Reason::Embargo),
    ("embargoed", Reason::Embargo),
    ("scheduled", Reason::Future),
];

/// Folders that count only with an underscore before the name: `private` may be a section.
const UNDERSCORED: &[(&str, Reason)] = &[
    ("private", Reason::Hidden),
    ("hidden", Reason::Hidden),
    ("internal", Reason::Hidden),
    ("secret", Reason::Hidden),
    ("deleted", Reason::Hidden),
    ("idea", Reason::Draft),
    ("ideas", Reason::Draft),
    ("todo", Reason::Draft),
    ("pending", Reason::Draft),
    ("hold", Reason::Draft),
    ("future", Reason::Future),
];

/// Folders of generators for templates and data, with an underscore before the name.
const MAKING: &[&str] = &[
    "archetypes",
    "book",
    "build",
    "components",
    "data",
    "includes",
    "include",
    "layouts",
    "layout",
    "partials",
    "partial",
    "plugins",
    "sass",
    "shortcodes",
    "site",
    "snippets",
    "template",
    "templates",
    "theme",
    "themes",
];

/// The names of such folders without an underscore. Among stories, they may be sections.
const MAKING_BARE: &[&str] = &[
    "archetypes",
    "layouts",
    "partials",
    "plugins",
    "shortcodes",
    "templates",
    "themes",
    "vendor",
];

/// Parts of a file name that mark a backup copy.
const COPIES: &[&str] = &["bak", "backup", "old", "orig", "tmp", "temp", "save"];

/// Why the file at a path must not be printed, going by the names of its folders and its own: the
/// reason, and half a sentence that begins with `it`. Names in `outright`, which a pattern gives,
/// don't keep it out.
pub(crate) fn of_path(path: &str, outright: &[String]) -> Option<(Reason, String)> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut among_stories = false;
    for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
        if !outright.contains(&folded(folder))
            && let Some((reason, what)) = of_folder(folder, among_stories)
        {
            return Some((reason, format!("it lies in `{folder}`{what}")));
        }
        among_stories |= folder == "content" || folder.trim_start_matches('_') == "posts";
    }
    of_name(name, outright)
}

fn of_folder(folder: &str, among_stories: bool) -> Option<(Reason, &'static str)> {
    let is_underscored = folder.starts_with('_');
    let name = folded(folder);
    let reason_in = |names: &[(&str, Reason)]| {
        names.iter().find(|(known, _)| *known == name).map(|(_, reason)| (*reason, ""))
    };
    if is_draft(&name) {
        return Some((Reason::Draft, ""));
    }
    let making = if is_underscored { MAKING } else { MAKING_BARE };
    if making.contains(&name.as_str()) && (is_underscored || !among_stories) {
        return Some((Reason::Hidden, ", a folder for templates and the like"));
    }
    reason_in(FOLDERS).or_else(|| reason_in(UNDERSCORED).filter(|_| is_underscored))
}

/// Whether a folder belongs to a generator and holds no stories.
pub(crate) fn is_foreign(folder: &str) -> bool {
    of_folder(folder, false).is_some_and(|(_, what)| !what.is_empty())
}

fn of_name(name: &str, outright: &[String]) -> Option<(Reason, String)> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.starts_with('_') && !outright.iter().any(|part| part == "_") {
        let why = "its name begins with `_`, like those of drafts and parts of pages";
        return Some((Reason::Hidden, why.into()));
    }
    let is_meant = |word: &str| outright.contains(&folded(word));
    let said = |word: &str, reason: Reason| Some((reason, format!("its name says `{word}`")));
    let inner = stem.split('.').skip(1);
    for part in inner.filter(|part| !is_meant(part)) {
        let word = folded(part);
        if is_draft(part) || word == "wip" {
            return said(part, Reason::Draft);
        }
        if COPIES.contains(&word.as_str()) || word.starts_with("sync-conflict") {
            return said(part, Reason::Hidden);
        }
    }
    if folded(stem).contains("conflicted-copy") {
        return said("conflicted copy", Reason::Hidden);
    }
    // `draft` may be a word of the title, so it counts only in brackets, in capitals or as the
    // whole name.
    let mut bracketed = stem.split(['(', '[', '{']).skip(1);
    let inside = bracketed.find_map(|rest| {
        let (inside, _) = rest.split_once([')', ']', '}'])?;
        inside.split(' ').find(|word| is_draft(word) || word.eq_ignore_ascii_case("wip"))
    });
    let has_small = stem.chars().any(char::is_lowercase);
    let shouted = stem.split(|c: char| !c.is_alphanumeric()).find(|word| {
        let loud =
            has_small && word.chars().any(char::is_uppercase) && *word == word.to_uppercase();
        (loud || *word == stem) && (is_draft(word) || *word == "WIP")
    });
    let word = inside.or(shouted).filter(|word| !is_meant(word))?;
    said(word, Reason::Draft)
}

/// The names in a pattern, in the form in which [`of_path`] compares them.
pub(crate) fn outright(pattern: &str) -> Vec<String> {
    let parts = pattern.split(['/', '\\', ',', '{', '}', '.', '*', '?', '[', ']', '(', ')']);
    let mut names: Vec<String> = parts.map(folded).filter(|name| !name.is_empty()).collect();
    // The pattern asks for names that begin with an underscore.
    if pattern.rsplit('/').next().is_some_and(|last| last.starts_with('_')) {
        names.push("_".into());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_and_files_tell_too() {
        use Reason::{Draft, Embargo, Future, Hidden};
        for (path, reason) in [
            ("_drafts/a.md", Draft),
            ("Drafts/a.md", Draft),
            ("content/2026-11-24/drafts/a.md", Draft),
            ("_draft/a.md", Draft),
            ("Entwürfe/a.md", Draft),
            ("posts/_unpublished/a.md", Draft),
            ("WIP/a.md", Draft),
            ("_private/a.md", Hidden),
            ("Trash/a.md", Hidden),
            ("embargoed/a.md", Embargo),
            ("_scheduled/a.md", Future),
            ("_layouts/post.md", Hidden),
            ("src/_includes/a.md", Hidden),
            ("_templates/a.md", Hidden),
            ("Templates/daily.md", Hidden),
            ("archetypes/default.md", Hidden),
            ("themes/plain/content/a.md", Hidden),
            ("posts/weir.draft.md", Draft),
            ("posts/weir.DRAFT.en.md", Draft),
            ("posts/DRAFT-weir.md", Draft),
            ("posts/The weir (draft).md", Draft),
            ("posts/[WIP] The weir.md", Draft),
            ("posts/_weir.md", Hidden),
            ("posts/weir.bak.md", Hidden),
            ("posts/weir (Ann's conflicted copy 2026-11-24).md", Hidden),
        ] {
            assert_eq!(of_path(path, &[]).map(|(reason, _)| reason), Some(reason), "{path}");
        }
        for path in [
            "posts/weir.md",
            "posts/2026-11-24-the-draft-budget.md",
            "posts/draft-horses.md",
            "sport/THE-NHL-DRAFT.md",
            "draft-horses/a.md",
            "private/a.md",
            "archive/a.md",
            "content/2026-11-24/themes/a.md",
            "_posts/a.md",
            "_news/a.md",
            "posts/v1.2.md",
            "posts/The weir (review, in pictures).md",
        ] {
            assert_eq!(of_path(path, &[]), None, "{path}");
        }
    }

    #[test]
    fn what_a_pattern_names_is_meant() {
        for (pattern, path, is_meant) in [
            ("drafts/*.md", "drafts/a.md", true),
            ("Drafts/**/*.md", "Drafts/x/a.md", true),
            ("{drafts,posts}/*.md", "drafts/a.md", true),
            ("posts/*.draft.md", "posts/a.draft.md", true),
            ("posts/_*.md", "posts/_a.md", true),
            ("drafts/**/*.md", "drafts/_private/a.md", false),
            ("**/*.md", "drafts/a.md", false),
        ] {
            assert_eq!(of_path(path, &outright(pattern)).is_none(), is_meant, "{pattern} {path}");
        }
    }
}
