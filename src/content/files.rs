//! Which files are stories.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;
use walkdir::WalkDir;

use crate::diag::Diagnostic;

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
}

/// Names of files that tell about a folder and are no stories.
const ABOUT: [&str; 12] = [
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

    /// The date of the folder below `content` that it is in.
    pub(crate) fn folder_date(&self) -> Option<Date> {
        let mut parts = self.path.split('/');
        (parts.next() == Some("content"))
            .then(|| parts.next())?
            .filter(|part| part.len() == 10)?
            .parse()
            .ok()
    }
}

/// All Markdown files below `content`, by path.
pub(crate) fn of_content(root: &Path) -> Vec<Candidate> {
    let mut found = vec![];
    walk(root, &root.join("content"), |_| true, false, &mut found);
    found.sort();
    found
}

/// The files that patterns match, by path; a pattern that matches nothing is an error.
pub(crate) fn of_globs(
    root: &Path,
    globs: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Candidate> {
    let mut found = vec![];
    for pattern in globs {
        let before = found.len();
        match resolve(root, pattern) {
            Ok((base, matcher, named)) => {
                walk(&base, &base, |path| matcher.is_match(path), named, &mut found);
                if found.len() == before {
                    let code = "no-stories";
                    diagnostics.push(
                        Diagnostic::error(code, None, format!("no Markdown file matches `{pattern}`"))
                            .hint(format!("patterns count from {}; put them between quotation marks so that the shell leaves them alone", root.display())),
                    );
                }
            }
            Err(problem) => diagnostics.push(
                Diagnostic::error(
                    "bad-pattern",
                    None,
                    format!("`{pattern}` is no pattern: {problem}"),
                )
                .hint("write something like 'posts/**/*.md'"),
            ),
        }
    }
    found.sort();
    found.dedup_by(|a, b| a.full == b.full);
    found
}

/// Where a pattern counts from, what it matches there, and whether it names one file.
fn resolve(root: &Path, pattern: &str) -> Result<(PathBuf, GlobMatcher, bool), String> {
    let outside = Path::new(pattern).is_absolute()
        || Path::new(pattern).components().any(|part| part == Component::ParentDir);
    let special = |part: &str| part.contains(['*', '?', '[', '{']);
    let named = !special(pattern);
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
    let full = base.join(&inner);
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

fn walk(
    root: &Path,
    from: &Path,
    wanted: impl Fn(&str) -> bool,
    named: bool,
    found: &mut Vec<Candidate>,
) {
    let skipped = |name: &str| name.starts_with('.') && name.len() > 1 || SKIPPED.contains(&name);
    let walker = WalkDir::new(from).sort_by_file_name().into_iter().filter_entry(|entry| {
        entry.depth() == 0
            || !(entry.file_type().is_dir() && skipped(&entry.file_name().to_string_lossy()))
    });
    for entry in walker.flatten() {
        let path = entry.path();
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_ascii_lowercase())
            .unwrap_or_default();
        if !path.is_file() || !matches!(ending.as_str(), "md" | "markdown") {
            continue;
        }
        let Ok(relative) = path.strip_prefix(root) else { continue };
        let shown = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        // A link that leads out of the folder is not followed.
        let inside = path.canonicalize().is_ok_and(|real| real.starts_with(root));
        if inside && wanted(&shown) {
            found.push(Candidate {
                path: shown,
                root: root.to_owned(),
                full: path.to_owned(),
                named,
            });
        }
    }
}
