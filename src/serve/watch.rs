//! Watches the paper's folder for changes.

use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

/// Folders that are not watched: they hold what programs made or need.
const SKIPPED: [&str; 3] = ["node_modules", "target", "public"];
/// Programs save a file in several steps. When no event has come for this long, the file is saved.
const QUIET: Duration = Duration::from_millis(8);
/// After so many events the edition is made, even if more keep coming.
const MOST_STEPS: usize = 200;

/// An event that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// A file has changed.
    Change,
    /// A folder is new right below the root, and must be watched too.
    Folder,
}

/// A watch on a paper's folder.
pub(super) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    heard: Receiver<Heard>,
}

impl Watch {
    /// Watches a folder, and the folders outside it whose files `patterns` name.
    ///
    /// # Errors
    /// What the system says against it.
    pub(super) fn begin(root: &Path, patterns: &[String]) -> Result<Self, String> {
        let root = root.canonicalize().map_err(|error| format!("{}: {error}", root.display()))?;
        let (sender, heard) = channel();
        let at = root.clone();
        let hear = move |event: notify::Result<Event>| {
            // After an error events may be missing: anything may have changed.
            let event = event.unwrap_or_else(|_| Event::new(EventKind::Any));
            if matters(&event, &at) {
                let folder = event.paths.iter().any(|path| is_new_folder(path, event.kind, &at));
                // This fails when the program is ending.
                let _ = sender.send(if folder { Heard::Folder } else { Heard::Change });
            }
        };
        // The reading of stories follows no links either.
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(hear, config).map_err(|error| error.to_string())?;
        let mut watch = Self { root: root.clone(), watcher, heard };
        watch.add(&root, RecursiveMode::NonRecursive)?;
        watch.add_folders()?;
        for base in patterns.iter().filter_map(|pattern| outside(&root, pattern)) {
            watch.add(&base, RecursiveMode::Recursive)?;
        }
        Ok(watch)
    }

    /// Waits for a change, and then until no more events come. Returns false if none will ever come.
    pub(super) fn changed(&mut self) -> bool {
        let Ok(mut heard) = self.heard.recv() else { return false };
        for _ in 0..MOST_STEPS {
            if heard == Heard::Folder {
                // This fails where the folder is gone already, which needs no watch.
                let _ = self.add_folders();
            }
            match self.heard.recv_timeout(QUIET) {
                Ok(next) => heard = next,
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }

    /// Watches every folder right below the root with all that it holds, but for those that are skipped.
    /// Folders that are watched already stay watched.
    fn add_folders(&mut self) -> Result<(), String> {
        let entries = std::fs::read_dir(&self.root);
        let entries = entries.map_err(|error| format!("{}: {error}", self.root.display()))?;
        for entry in entries.flatten() {
            let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if folder && !is_skipped(&entry.file_name().to_string_lossy()) {
                self.add(&entry.path(), RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: &Path, mode: RecursiveMode) -> Result<(), String> {
        self.watcher.watch(path, mode).map_err(|error| format!("{}: {error}", path.display()))
    }
}

/// Whether an event can change the edition. Reading a file can't, nor can files that text editors keep
/// for themselves.
fn matters(event: &Event, root: &Path) -> bool {
    let kind = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(_)) => false,
        _ => true,
    };
    kind && (event.paths.is_empty() || event.paths.iter().any(|path| is_content(path, root)))
}

/// Whether a path may be a story, a picture or a file of settings.
fn is_content(path: &Path, root: &Path) -> bool {
    let below = path.strip_prefix(root).unwrap_or(path);
    let mut parts = below.components().map(|part| part.as_os_str().to_string_lossy());
    let skipped = parts.clone().next().is_some_and(|first| is_skipped(&first));
    let own = path.file_name().is_some_and(|name| is_of_an_editor(&name.to_string_lossy()));
    // MkDocs keeps the names of authors in a hidden file.
    let hidden = |part: &str| part.starts_with('.') && !part.starts_with(".authors.");
    !skipped && !own && !parts.any(|part| hidden(&part))
}

/// Whether an event may have brought a new folder right below the root.
fn is_new_folder(path: &Path, kind: EventKind, root: &Path) -> bool {
    let came = matches!(
        kind,
        EventKind::Any
            | EventKind::Create(CreateKind::Folder | CreateKind::Any)
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Any))
    );
    came && path.parent() == Some(root) && path.is_dir()
}

fn is_skipped(name: &str) -> bool {
    name.starts_with('.') || SKIPPED.contains(&name)
}

/// Whether a name is that of a copy or a test file that text editors put beside a file.
fn is_of_an_editor(name: &str) -> bool {
    name.ends_with('~') || name.starts_with('#') || name == "4913"
}

/// The folder that a pattern counts from, if it lies outside the root.
fn outside(root: &Path, pattern: &str) -> Option<PathBuf> {
    let path = Path::new(pattern);
    let up = path.components().any(|part| part == Component::ParentDir);
    if !path.is_absolute() && !up {
        return None;
    }
    let special =
        |part: &Component| part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    let fixed: PathBuf = path.components().take_while(|part| !special(part)).collect();
    let full = root.join(fixed);
    // For a file that is named itself, its folder is watched: a program may save it by replacing it.
    let folder = if full.is_dir() { full } else { full.parent()?.to_path_buf() };
    let folder = folder.canonicalize().ok()?;
    (!folder.starts_with(root)).then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_keep_for_themselves_is_no_change() {
        let root = Path::new("/paper");
        let event = |kind, path: &str| Event::new(kind).add_path(root.join(path));
        let written = EventKind::Modify(ModifyKind::Any);
        for path in ["paper.yaml", "content/a.md", "content/public/a.md", "blog/.authors.yml"] {
            assert!(matters(&event(written, path), root), "{path}");
        }
        for path in ["public/a/index.html", ".git/index", "content/.a.md.swp", "content/a.md~"] {
            assert!(!matters(&event(written, path), root), "{path}");
        }
        let read = EventKind::Access(AccessKind::Open(AccessMode::Any));
        assert!(!matters(&event(read, "content/a.md"), root));
        assert!(matters(&Event::new(EventKind::Any), root));
    }

    #[test]
    fn patterns_that_lead_out_name_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let root = base.join("paper");
        std::fs::create_dir_all(&root).unwrap();
        std::fs::create_dir_all(base.join("posts")).unwrap();
        assert_eq!(outside(&root, "posts/*.md"), None);
        assert_eq!(outside(&root, "../posts/**/*.md"), Some(base.join("posts")));
        let absolute = format!("{}/posts/a.md", base.display());
        assert_eq!(outside(&root, &absolute), Some(base.join("posts")));
    }
}
