//! Which files are stories.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;
use walkdir::WalkDir;

use super::dates::of_name;
use super::nearby;
use super::standing::{Hold, paths};
use crate::diag::{Code, Diagnostic};

/// A file that may be a story.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate {
    /// Its path from its root, with `/`.
    pub(crate) path: String,
    /// The root it is below, canonical.
    pub(crate) root: PathBuf,
    /// Where it is.
    pub(crate) full: PathBuf,
    /// Whether it was named itself and not found by a pattern.
    pub(crate) named: bool,
    /// The names that the pattern has that found it: what they name is meant.
    pub(crate) outright: Vec<String>,
}

/// Names of files that tell about a folder and are no stories.
pub(super) const ABOUT: [&str; 12] = [
    "readme",
    "sources",
    "license",
    "licence",
    "changelog",
    "contributing",
    "code_of_conduct",
    "authors",
    "notice",
    "security",
    "copying",
    "manifest",
];

/// Folders that hold what programs made or need.
const SKIPPED: [&str; 3] = ["node_modules", "target", "public"];

impl Candidate {
    /// Whether its name tells that it is no story: the page of a Hugo section, or, without front
    /// matter, a file about the folder.
    pub(crate) fn is_story(&self, text: &str) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
        if self.named {
            return true;
        }
        let front = text.trim_start_matches('\u{feff}').trim_start();
        let bare = !(front.starts_with("---") || front.starts_with("+++"));
        stem != "_index" && !(bare && ABOUT.contains(&stem.as_str()))
    }

    /// Why it must not be printed, by the names of its folders and its own.
    pub(crate) fn hold(&self) -> Option<Hold> {
        let (reason, why) = paths::of_path(&self.path, &self.outright).filter(|_| !self.named)?;
        Some(Hold { reason, why })
    }

    /// The folder of a day below `content` that it is in.
    pub(crate) fn day_folder(&self) -> Option<&str> {
        let mut parts = self.path.split('/');
        let folder = (parts.next() == Some("content")).then(|| parts.next())??;
        parts.next()?;
        of_name(folder).filter(|(_, end)| *end == folder.len()).map(|_| folder)
    }

    /// The date of that folder.
    pub(crate) fn folder_date(&self) -> Option<Date> {
        self.day_folder().and_then(of_name).map(|(date, _)| date)
    }
}

/// What was found in folders.
#[derive(Default)]
pub(crate) struct Found {
    /// The files that may be stories, by path.
    pub(crate) candidates: Vec<Candidate>,
    /// Documents of other programs that lie among them and are not read.
    pub(crate) unread: Vec<String>,
}

/// All Markdown files below `content`.
pub(crate) fn of_content(root: &Path) -> Found {
    let mut found = Found::default();
    let wanted = Wanted { is_match: |_: &str| true, named: false, endings: &[], outright: vec![] };
    walk(root, &root.join("content"), &wanted, &mut found);
    found.candidates.sort();
    found
}

/// The files that patterns match; a pattern that matches nothing is an error.
pub(crate) fn of_globs(root: &Path, globs: &[String], diagnostics: &mut Vec<Diagnostic>) -> Found {
    let mut found = Found::default();
    for pattern in globs {
        let before = found.candidates.len();
        match resolve(root, pattern) {
            Ok((base, matcher, named)) => {
                let wanted = Wanted {
                    is_match: |path: &str| matcher.is_match(path),
                    named,
                    endings: &endings(pattern),
                    outright: paths::outright(pattern),
                };
                walk(&base, &base, &wanted, &mut found);
                let own = found.candidates.get(before..).unwrap_or_default();
                if named && let Some(candidate) = own.first() {
                    diagnostics.extend(nearby::not_text(&candidate.full, &candidate.path));
                }
                if own.is_empty() {
                    diagnostics.push(nearby::no_match(root, &base, pattern, &wanted.is_match));
                }
            }
            Err(problem) => diagnostics.push(
                Diagnostic::error(
                    Code::BadPattern,
                    None,
                    format!("`{pattern}` is not a valid pattern: {problem}"),
                )
                .hint("write a pattern such as 'posts/**/*.md'"),
            ),
        }
    }
    found.candidates.sort();
    found.candidates.dedup_by(|a, b| a.full == b.full);
    found.unread.sort();
    found.unread.dedup();
    found
}

/// The endings that a pattern has at its own end, as `mdx` in `*.mdx` and in `*.{md,mdx}`: such
/// files are meant, whatever they are called.
fn endings(pattern: &str) -> Vec<String> {
    let Some((_, last)) = pattern.rsplit_once('.') else { return vec![] };
    let names = last.split([',', '{', '}']).map(str::to_lowercase);
    let plain = |name: &String| !name.is_empty() && name.chars().all(char::is_alphanumeric);
    names.filter(|name| plain(name) && !nearby::is_document(name)).collect()
}

/// Where a pattern counts from, what it matches there, and whether it names one file.
fn resolve(root: &Path, pattern: &str) -> Result<(PathBuf, GlobMatcher, bool), String> {
    let outside = Path::new(pattern).is_absolute()
        || Path::new(pattern).components().any(|part| part == Component::ParentDir);
    let special = |part: &str| part.contains(['*', '?', '[', '{']);
    let pattern = &literal(root, pattern);
    let named = plain(pattern).is_some();
    let (base, inner) = if outside {
        // The part before the first wildcard is a root of its own; pictures are found below it.
        let parts: Vec<&str> = pattern.split('/').collect();
        let fixed = parts.iter().position(|part| special(part)).unwrap_or(parts.len() - 1);
        let prefix = parts[..fixed].join("/");
        let prefix = if prefix.is_empty() { "/".into() } else { prefix };
        (root.join(prefix), parts[fixed..].join("/"))
    } else {
        (root.to_owned(), pattern.trim_start_matches("./").to_owned())
    };
    let base = base.canonicalize().map_err(|problem| format!("{}: {problem}", base.display()))?;
    let full = base.join(plain(&inner).as_deref().unwrap_or(&inner));
    let inner = if named && full.is_dir() {
        format!("{}/**/*", inner.trim_end_matches('/'))
    } else {
        inner
    };
    let inner = inner.trim_start_matches('/').to_owned();
    let glob = GlobBuilder::new(&inner)
        .literal_separator(true)
        .build()
        .map_err(|problem| problem.to_string())?;
    Ok((base, glob.compile_matcher(), named && !full.is_dir()))
}

/// A pattern in which the names of folders and files that are there as they are written stand for
/// themselves, whatever brackets they have.
fn literal(root: &Path, pattern: &str) -> String {
    let mut at = if pattern.starts_with('/') { PathBuf::from("/") } else { root.to_owned() };
    let mut parts: Vec<String> = vec![];
    for part in pattern.split('/') {
        let is_odd = part.contains(['[', '{', '?', '*']);
        at.push(part);
        parts.push(if is_odd && at.exists() { nearby::escaped(part) } else { part.to_owned() });
    }
    parts.join("/")
}

/// The path that a pattern names, where it has no wildcards.
fn plain(pattern: &str) -> Option<String> {
    let mut rest = pattern;
    let mut path = String::new();
    while let Some(at) = rest.find(['*', '?', '[', '{']) {
        let inside = rest[at..].strip_prefix('[')?;
        let sign = inside.chars().next()?;
        path.push_str(&rest[..at]);
        path.push(sign);
        rest = inside[sign.len_utf8()..].strip_prefix(']')?;
    }
    Some(path + rest)
}

/// What is looked for in a folder.
struct Wanted<'p, F> {
    /// Whether a path is one that is wanted.
    is_match: F,
    /// Whether it is one file, named without wildcards.
    named: bool,
    /// The endings that are wanted beside those of Markdown.
    endings: &'p [String],
    /// The names that the pattern has.
    outright: Vec<String>,
}

fn walk<F: Fn(&str) -> bool>(root: &Path, from: &Path, wanted: &Wanted<'_, F>, found: &mut Found) {
    for (path, shown) in files_below(root, from) {
        let ending = ending_of(&path);
        let is_text = is_markdown(&ending) || wanted.endings.contains(&ending);
        if (is_text || wanted.named) && (wanted.is_match)(&shown) {
            let (root, named, outright) = (root.to_owned(), wanted.named, wanted.outright.clone());
            found.candidates.push(Candidate { path: shown, root, full: path, named, outright });
        } else if nearby::is_written(&ending, &shown) && (wanted.is_match)(&shown) {
            found.unread.push(shown);
        }
    }
}

/// Whether an ending is one of Markdown.
pub(super) fn is_markdown(ending: &str) -> bool {
    matches!(ending, "md" | "markdown")
}

/// The ending of a path in small letters.
pub(super) fn ending_of(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// All files below a folder but those of hidden folders and of such that programs made, each with
/// its path from `root`, with slashes. A link that leads out of `root` is not followed.
pub(super) fn files_below(root: &Path, from: &Path) -> impl Iterator<Item = (PathBuf, String)> {
    let skipped = |name: &str| name.starts_with('.') && name.len() > 1 || SKIPPED.contains(&name);
    let inside = move |path: &Path| path.canonicalize().is_ok_and(|real| real.starts_with(root));
    let walker = WalkDir::new(from).sort_by_file_name().into_iter().filter_entry(move |entry| {
        entry.depth() == 0
            || !(entry.file_type().is_dir() && skipped(&entry.file_name().to_string_lossy()))
    });
    let all = inside(from).then_some(walker).into_iter().flatten().flatten();
    all.filter_map(move |entry| {
        let path = entry.path();
        let kind = entry.file_type();
        let is_file = kind.is_file() || kind.is_symlink() && path.is_file() && inside(path);
        let shown = path.strip_prefix(root).ok()?.components();
        let shown: Vec<_> = shown.map(|part| part.as_os_str().to_string_lossy()).collect();
        is_file.then(|| (path.to_owned(), shown.join("/")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_brackets_stand_for_themselves() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir_all(folder.path().join("week [1]/{b}"))?;
        std::fs::write(folder.path().join("week [1]/{b}/a [x].md"), "A")?;
        let root = folder.path().canonicalize()?;
        let whole = root.join("week [1]/*/*.md");
        for (pattern, is_named) in [
            ("week [1]/{b}/*.md", false),
            ("week [1]/**/*.md", false),
            ("week [[]1[]]/*/*.md", false),
            ("week [[]1[]]", false),
            ("week [1]", false),
            ("week [1]/{b}/a [x].md", true),
            ("week ?1?/{b,c}/*.md", false),
            (&*whole.to_string_lossy(), false),
        ] {
            // `{b,c}` is no name of a folder, and `{b}` is.
            let mut said = vec![];
            let found = of_globs(&root, &[pattern.to_owned()], &mut said).candidates;
            let wanted = usize::from(!pattern.contains("{b,c}"));
            assert_eq!((found.len(), said.is_empty()), (wanted, wanted == 1), "{pattern}");
            assert!(found.iter().all(|one| one.named == is_named), "{pattern}");
        }
        Ok(())
    }

    #[test]
    fn a_pattern_names_endings() {
        for (pattern, expected) in [
            ("posts/*.md", &["md"][..]),
            ("posts/*.mdx", &["mdx"]),
            ("**/*.{md,mdx}", &["md", "mdx"]),
            ("**/*{.md,.qmd}", &["qmd"]),
            ("**/*", &[]),
            ("**/*.*", &[]),
            ("*.docx", &[]),
            ("a.b/c", &[]),
        ] {
            assert_eq!(endings(pattern), expected, "{pattern}");
        }
    }
}
