//! Finds the files that may be stories: below `content`, or by patterns.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;

use super::listing::{ABOUT, ending_of, files_below, is_markdown};
use super::nothing_to_print;
use crate::content::dates::of_name;
use crate::content::story::standing::{Hold, paths};
use crate::diag::{Code, Diagnostic};

/// A file that may be a story.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate {
    /// Its path relative to its root, with `/`.
    pub(crate) path: String,
    /// The canonical folder that its path counts from.
    pub(crate) root: PathBuf,
    /// Its full path.
    pub(crate) full: PathBuf,
    /// Whether the user named the file itself, without wildcards.
    pub(crate) named: bool,
    /// The names in the pattern that found it. What a pattern names is meant, even if the name
    /// would otherwise keep a story from print.
    pub(crate) outright: Vec<String>,
}

impl Candidate {
    /// Whether it is a story, going by its name: not the page of a Hugo section and not, without
    /// front matter, a file such as a readme.
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

    /// Why it must not be printed, going by the names of its folders and its own.
    pub(crate) fn hold(&self) -> Option<Hold> {
        let (reason, why) = paths::of_path(&self.path, &self.outright).filter(|_| !self.named)?;
        Some(Hold { reason, why })
    }

    /// The folder directly below `content` that it lies in, if that folder's name is a date.
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

/// The result of searching folders.
#[derive(Default)]
pub(crate) struct FoundFiles {
    /// The files that may be stories, sorted by path.
    pub(crate) candidates: Vec<Candidate>,
    /// Documents of other programs that lie among them; they are not read.
    pub(crate) unread: Vec<String>,
}

/// Finds all Markdown files below `content`.
pub(crate) fn of_content(root: &Path) -> FoundFiles {
    let mut found = FoundFiles::default();
    let wanted = Wanted { is_match: |_: &str| true, named: false, endings: &[], outright: vec![] };
    walk(root, &root.join("content"), &wanted, &mut found);
    found.candidates.sort();
    found
}

/// Finds the files that match any of the patterns. A pattern without a match is an error.
pub(crate) fn of_globs(
    root: &Path,
    globs: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> FoundFiles {
    let mut found = FoundFiles::default();
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
                    diagnostics
                        .extend(nothing_to_print::not_text(&candidate.full, &candidate.path));
                }
                if own.is_empty() {
                    diagnostics.push(nothing_to_print::no_match(
                        root,
                        &base,
                        pattern,
                        &wanted.is_match,
                    ));
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

/// The file extensions at the end of a pattern, such as `mdx` in `*.mdx` and `*.{md,mdx}`. Files
/// with these extensions are stories too.
fn endings(pattern: &str) -> Vec<String> {
    let Some((_, last)) = pattern.rsplit_once('.') else { return vec![] };
    let names = last.split([',', '{', '}']).map(str::to_lowercase);
    let plain = |name: &String| !name.is_empty() && name.chars().all(char::is_alphanumeric);
    names.filter(|name| plain(name) && !nothing_to_print::is_document(name)).collect()
}

/// The folder that a pattern counts from, a matcher for the paths in it, and whether the pattern
/// names a single file.
fn resolve(root: &Path, pattern: &str) -> Result<(PathBuf, GlobMatcher, bool), String> {
    let outside = Path::new(pattern).is_absolute()
        || Path::new(pattern).components().any(|part| part == Component::ParentDir);
    let special = |part: &str| part.contains(['*', '?', '[', '{']);
    let pattern = &literal(root, pattern);
    let named = plain(pattern).is_some();
    let (base, inner) = if outside {
        // The part before the first wildcard is a root of its own, below which pictures are found.
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

/// Escapes the wildcards in names of files and folders that exist exactly as the pattern writes
/// them.
fn literal(root: &Path, pattern: &str) -> String {
    let mut at = if pattern.starts_with('/') { PathBuf::from("/") } else { root.to_owned() };
    let mut parts: Vec<String> = vec![];
    for part in pattern.split('/') {
        let is_odd = part.contains(['[', '{', '?', '*']);
        at.push(part);
        parts.push(if is_odd && at.exists() {
            nothing_to_print::escaped(part)
        } else {
            part.to_owned()
        });
    }
    parts.join("/")
}

/// The path that a pattern without wildcards names.
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

/// What to look for in a folder.
struct Wanted<'p, F> {
    /// Whether a path is wanted.
    is_match: F,
    /// Whether the pattern names a single file without wildcards.
    named: bool,
    /// The extensions that are wanted besides those of Markdown.
    endings: &'p [String],
    /// The names in the pattern.
    outright: Vec<String>,
}

fn walk<F: Fn(&str) -> bool>(
    root: &Path,
    from: &Path,
    wanted: &Wanted<'_, F>,
    found: &mut FoundFiles,
) {
    for (path, shown) in files_below(root, from) {
        let ending = ending_of(&path);
        let is_text = is_markdown(&ending) || wanted.endings.contains(&ending);
        if (is_text || wanted.named) && (wanted.is_match)(&shown) {
            let (root, named, outright) = (root.to_owned(), wanted.named, wanted.outright.clone());
            found.candidates.push(Candidate { path: shown, root, full: path, named, outright });
        } else if nothing_to_print::is_written(&ending, &shown) && (wanted.is_match)(&shown) {
            found.unread.push(shown);
        }
    }
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
            // `{b,c}` is not the name of a folder, but `{b}` is.
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
