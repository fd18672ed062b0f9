//! What the web edition looks like: the paper's own templates.

use std::path::Path;

use stonehand::content::paper::Paper;
use stonehand::diag::Diagnostic;
use stonehand::site::template_fault;
use stonehand::web::{Look, OwnFile};
use walkdir::WalkDir;

/// Larger than any template, style sheet or face.
const MOST_BYTES: u64 = 16 << 20;

/// The look of a paper's web edition, with its own files from `templates/web/`.
pub(super) fn look(root: &Path, paper: &Paper) -> Result<Look, Vec<Diagnostic>> {
    let own = own_files(&root.join("templates/web"));
    Look::new(&own, &paper.theme, &paper.web.properties())
        .map_err(|faults| faults.iter().map(template_fault).collect())
}

/// The files below a folder. Links are not followed: nothing outside the paper is published.
fn own_files(folder: &Path) -> Vec<OwnFile> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    entries
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| entry.metadata().is_ok_and(|data| data.len() <= MOST_BYTES))
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
            let hidden = path.split('/').any(|part| part.starts_with('.'));
            Some(OwnFile { bytes: std::fs::read(entry.path()).ok()?, path }).filter(|_| !hidden)
        })
        .collect()
}
