//! The messages for folders and editions with nothing to print: they say what is there instead, and
//! what to do with it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::Edition;
use super::listing::{ABOUT, ending_of, files_below, is_markdown};
use crate::content::dates;
use crate::content::model::left_out::{LeftOut, Reason};
use crate::content::story::standing::paths;
use crate::diag::{Code, Diagnostic};

/// Extensions of documents of other programs, which can be converted to Markdown.
const DOCUMENTS: [&str; 13] = [
    "docx", "doc", "odt", "rtf", "pages", "pdf", "epub", "html", "htm", "tex", "rst", "adoc", "org",
];
/// Extensions of texts that are probably Markdown.
const TEXTS: [&str; 8] = ["txt", "text", "mdx", "qmd", "rmd", "smd", "mdown", "mkd"];
/// Extensions of Markdown dialects. Such files are read if a pattern asks for them.
const DIALECTS: [&str; 6] = ["mdx", "qmd", "rmd", "smd", "mdown", "mkd"];

/// The most names in a message.
const NAMED: usize = 3;
/// The most files that are looked at for a message.
const LOOKED_AT: usize = 100_000;

/// Whether files with this extension are documents of another program.
pub(crate) fn is_document(ending: &str) -> bool {
    DOCUMENTS.contains(&ending)
}

/// Reports that there is no Markdown below `content`, and what there is instead.
pub(crate) fn nothing_below_content(root: &Path) -> Diagnostic {
    let said = Diagnostic::error(Code::NoStories, None, "there are no stories in `content`");
    let said = hint_at_documents(said, root, &root.join("content"));
    let markdown = hint_at_markdown(said, root);
    match markdown.hints.is_empty() {
        false => markdown,
        true => markdown
            .hint("put Markdown files into content/YYYY-MM-DD/, or name others with --stories"),
    }
}

/// Whether a file that is not read may be meant as a story.
pub(crate) fn is_written(ending: &str, shown: &str) -> bool {
    let written = ["docx", "doc", "odt", "rtf", "pages", "rst", "adoc", "org"];
    (written.contains(&ending) || DIALECTS.contains(&ending)) && !is_lock(shown)
}

/// Whether a file is the lock file that a word processor keeps while a document is open.
fn is_lock(shown: &str) -> bool {
    let name = shown.rsplit('/').next().unwrap_or_default();
    name.starts_with("~$") || name.starts_with(".~")
}

/// Reports that a pattern matches no story.
pub(crate) fn no_match(
    root: &Path,
    base: &Path,
    pattern: &str,
    is_match: &dyn Fn(&str) -> bool,
) -> Diagnostic {
    let is_plain = !pattern.contains(['*', '?', '[', '{']);
    let matched: Vec<String> = files_below(base, base)
        .take(LOOKED_AT)
        .map(|(_, shown)| shown)
        .filter(|shown| is_match(shown))
        .collect();
    if !matched.is_empty() {
        let what = format!("`{pattern}` matches no Markdown file, only {}", files(&matched));
        let said = Diagnostic::error(Code::NoStories, None, what);
        let documents = matched.iter().find(|name| is_document(&ending_of(Path::new(name))));
        return match documents {
            Some(name) => said.hint(turn_into_markdown(name)),
            None => said.hint(
                "such a pattern finds only files that end in .md or .markdown; to find others, write their ending, such as '*.mdx'",
            ),
        };
    }
    let what = match is_plain {
        true => format!("there is no file `{pattern}`"),
        false => format!("no Markdown file matches `{pattern}`"),
    };
    let said = Diagnostic::error(Code::NoStories, None, what).hint(format!(
        "patterns start in {}; put them between quotation marks so that the shell does not expand them",
        root.display()
    ));
    hint_at_markdown(said, root)
}

/// Reports a file that is not text, although the user named it.
pub(crate) fn not_text(path: &Path, shown: &str) -> Option<Diagnostic> {
    let ending = ending_of(path);
    let mut start = vec![];
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut start));
    let binary = read.is_ok() && start.contains(&0);
    if !(binary || is_document(&ending) && !matches!(ending.as_str(), "html" | "htm")) {
        return None;
    }
    let what = format!("`{shown}` is not Markdown");
    Some(Diagnostic::error(Code::NoStories, None, what).hint(turn_into_markdown(shown)))
}

/// Warns of folders and files whose names are dates that the calendar does not have. Their stories
/// count as undated.
pub(crate) fn no_days(paths: &[String]) -> Vec<Diagnostic> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for path in paths {
        let parts: Vec<&str> = path.split('/').collect();
        for at in 0..parts.len() {
            let folders = parts.get(at..(at + 3).min(parts.len() - 1)).unwrap_or_default();
            let (written, end) = match dates::no_day(parts[at]) {
                Some(day) => (day.to_owned(), at + 1),
                None if folders.len() == 3 => (folders.join("-"), at + 3),
                None => continue,
            };
            if dates::no_day(&written).is_some() {
                found.insert(parts[..end].join("/"), written);
            }
        }
    }
    let one = |(path, day): (String, String)| {
        let what = format!("`{path}` is named after a day that the calendar doesn't have: {day}");
        let hint = "rename it, or give its stories a `date`; until then they count as undated";
        Diagnostic::warning(Code::ImpossibleDate, None, what).hint(hint)
    };
    found.into_iter().map(one).collect()
}

/// Reports that none of these files is a story.
pub(crate) fn no_story_among(paths: &[String]) -> Diagnostic {
    let what = format!("there is no story among {}", files(paths));
    Diagnostic::error(Code::NoStories, None, what).hint(
        "files such as README.md and _index.md don't count as stories; to print one, name it without wildcards",
    )
}

/// Reports why nothing of an edition is printed. `now` is the moment by which its stories were
/// judged.
pub fn nothing_to_print(edition: &Edition, now: &str) -> Diagnostic {
    let left = &edition.left_out;
    let of = edition.date.map_or_else(String::new, |date| format!(" of {date}"));
    let what = match &left[..] {
        [] => format!("there are no stories to print in the edition{of}"),
        [one] if one.reason == Reason::Draft => {
            format!("the only story is a draft: `{}`, because {}", one.key, one.why)
        }
        [one] => format!("the only story is left out: `{}`, because {}", one.key, one.why),
        all => {
            let drafts = all.iter().all(|one| one.reason == Reason::Draft);
            let all_of = if drafts { "are drafts" } else { "are left out" };
            let mut what = format!("all {} stories of the edition{of} {all_of}: ", all.len());
            for (at, LeftOut { key, why, .. }) in all.iter().take(NAMED).enumerate() {
                let comma = if at == 0 { "" } else { "; " };
                let _ = write!(what, "{comma}`{key}`, because {why}");
            }
            if all.len() > NAMED {
                let _ = write!(what, "; and {} more", all.len() - NAMED);
            }
            what
        }
    };
    let has = |reasons: &[Reason]| left.iter().any(|one| reasons.contains(&one.reason));
    let mut said = Diagnostic::error(Code::NoStories, None, what);
    if has(&[Reason::Draft, Reason::Embargo, Reason::Future]) {
        said = said.hint("run `stonehand serve` to see unpublished stories");
    }
    if has(&[Reason::Embargo, Reason::Future, Reason::Expired]) {
        said = said.hint(format!(
            "the time is {now}, in the `time_zone` of paper.yaml; set another time with --now, or make the edition of a future day ahead of time by naming that day with --edition"
        ));
    }
    if has(&[Reason::Held]) {
        said = said.hint("run `stonehand hold --undo` to bring back held stories");
    }
    said
}

/// Adds hints that name documents of other programs and say how to convert them.
fn hint_at_documents(said: Diagnostic, root: &Path, folder: &Path) -> Diagnostic {
    let found = files_below(root, folder).take(LOOKED_AT).map(|(_, shown)| shown);
    let (documents, texts): (Vec<String>, Vec<String>) = found
        .filter(|shown| {
            let ending = ending_of(Path::new(shown));
            let known = is_document(&ending) || TEXTS.contains(&ending.as_str());
            known && !is_lock(shown)
        })
        .partition(|shown| is_document(&ending_of(Path::new(shown))));
    let mut said = said;
    if let Some(first) = documents.first() {
        let is = if documents.len() == 1 { "is" } else { "are" };
        said = said.hint(format!("{} {is} not Markdown", files(&documents)));
        said = said.hint(turn_into_markdown(first));
    }
    if let Some(first) = texts.first() {
        let stem = first.rsplit_once('.').map_or(first.as_str(), |(stem, _)| stem);
        said = said.hint(format!(
            "the names of stories end in .md or .markdown, unlike {}; rename it, for example to `{stem}.md`, or name it with --stories",
            files(&texts)
        ));
    }
    said
}

fn turn_into_markdown(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match ending_of(Path::new(name)).as_str() {
        "pdf" | "pages" | "doc" => {
            format!("export it as a .docx or copy its text, and save it as Markdown: `{stem}.md`")
        }
        ending if is_document(ending) => {
            format!(
                "convert it to Markdown, for example with Pandoc: pandoc -t markdown \"{name}\" -o \"{stem}.md\""
            )
        }
        _ => format!("save its text as Markdown: `{stem}.md`"),
    }
}

/// Adds hints that name the folders with Markdown and say how to select it.
fn hint_at_markdown(said: Diagnostic, root: &Path) -> Diagnostic {
    let mut said = said;
    let mut folders: Vec<((String, String), Vec<String>)> = markdown(root).into_iter().collect();
    folders.sort_by_key(|(folder, files)| (std::cmp::Reverse(files.len()), folder.clone()));
    for ((folder, dialect), files) in folders.iter().take(NAMED) {
        let count = files.len();
        let s = if count == 1 { "" } else { "s" };
        let (at, pattern) = pattern_of(files);
        let at = if at.is_empty() { folder } else { &at };
        let kind = if dialect.is_empty() { "Markdown" } else { &format!(".{dialect}") };
        said = said.hint(format!(
            "to print the {count} {kind} file{s} in {at}, add --stories '{pattern}'"
        ));
    }
    said
}

/// The Markdown files below a folder that may be stories, by the first part of their paths and by
/// the extension of their dialect.
fn markdown(root: &Path) -> BTreeMap<(String, String), Vec<String>> {
    let mut all: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let Ok(root) = root.canonicalize() else { return all };
    for (path, shown) in files_below(&root, &root).take(LOOKED_AT) {
        let name = shown.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let foreign = shown.split('/').any(paths::is_foreign);
        let about = stem == "_index" || ABOUT.contains(&stem.as_str());
        let ending = ending_of(&path);
        let dialect = match is_markdown(&ending) {
            true => String::new(),
            false if DIALECTS.contains(&ending.as_str()) => ending,
            false => continue,
        };
        if !foreign && !about {
            let first = shown.split_once('/').map_or("this folder", |(first, _)| first);
            all.entry((first.to_owned(), dialect)).or_default().push(shown.clone());
        }
    }
    all
}

/// The folder that all of these files share, and a pattern that matches the files.
fn pattern_of(files: &[String]) -> (String, String) {
    let folder = |path: &String| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut common = files.first().map(folder).unwrap_or_default();
    for path in files {
        let own = folder(path);
        while !(own == common || own.starts_with(&format!("{common}/")) || common.is_empty()) {
            common = common.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
        }
    }
    let flat = files.iter().all(|path| folder(path) == common);
    let endings: Vec<&str> =
        files.iter().filter_map(|path| path.rsplit_once('.')).map(|(_, ending)| ending).collect();
    let one = endings.first().filter(|first| endings.iter().all(|ending| ending == *first));
    let name = one.map_or_else(|| "*".to_owned(), |ending| format!("*.{ending}"));
    let before = if common.is_empty() { String::new() } else { format!("{}/", escaped(&common)) };
    let between = if flat { "" } else { "**/" };
    (common, format!("{before}{between}{name}"))
}

/// A path as a pattern that matches only this path.
pub(crate) fn escaped(path: &str) -> String {
    let one = |c: char| match c {
        '*' | '?' | '[' | ']' | '{' | '}' => format!("[{c}]"),
        c => c.to_string(),
    };
    path.chars().map(one).collect()
}

/// Some of the names, and how many more there are.
fn files(names: &[String]) -> String {
    let named: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(NAMED);
    match more {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_what_is_there() {
        let of = |files: &[&str]| {
            let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
            pattern_of(&files).1
        };
        assert_eq!(of(&["_posts/a.md"]), "_posts/*.md");
        assert_eq!(of(&["_posts/2025/a.md", "_posts/2026/b.md"]), "_posts/**/*.md");
        assert_eq!(of(&["src/content/blog/a.md", "src/content/news/b.md"]), "src/content/**/*.md");
        assert_eq!(of(&["src/blog/a.md", "src/blogs/b.md"]), "src/**/*.md");
        assert_eq!(of(&["a.markdown"]), "*.markdown");
        assert_eq!(of(&["issue [1] {b}/a.md"]), "issue [[]1[]] [{]b[}]/*.md");
        assert_eq!(of(&["posts/a.md", "posts/b.markdown"]), "posts/*");
        assert_eq!(of(&["posts/a.md", "posts/en/b.md"]), "posts/**/*.md");
    }

    #[test]
    fn days_that_are_none_are_told_once() {
        let paths = [
            "content/2026-02-30/a.md",
            "content/2026-02-30/b.md",
            "posts/2026-13-01-weir.md",
            "blog/2026/02/31/a.md",
            "content/2026-02-28/a.md",
            "2026/02/a.md",
            "1234-56-7890.md",
            "2026-02-30a.md",
        ]
        .map(str::to_owned);
        let said: Vec<String> = no_days(&paths).into_iter().map(|one| one.message).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        for (said, path) in
            said.iter().zip(["blog/2026/02/31", "content/2026-02-30", "posts/2026-13-01-weir.md"])
        {
            assert!(said.contains(&format!("`{path}`")), "{said}");
        }
    }

    #[test]
    fn documents_are_told_how_to_become_markdown() {
        assert!(
            turn_into_markdown("a b.docx")
                .contains("pandoc -t markdown \"a b.docx\" -o \"a b.md\"")
        );
        assert!(turn_into_markdown("a.pdf").contains("a.md"));
        assert!(is_document("odt") && !is_document("mdx"));
    }
}
