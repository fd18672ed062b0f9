//! The files of the suite: read, laid out as folders, written back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::{Fresh, copy};

/// One file of cases.
pub(crate) struct Suite {
    /// Its name without its ending.
    pub(crate) area: String,
    pub(crate) cases: Vec<Case>,
    /// What is to be expected, where the file is written anew.
    pub(crate) fresh: Fresh,
    path: PathBuf,
    preamble: String,
}

/// One case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// Headings and texts of its files.
    files: Vec<(String, String)>,
    /// Headings and texts of what is expected.
    pub(crate) expected: Vec<(String, String)>,
}

impl Suite {
    /// All files of cases in a folder.
    pub(crate) fn all(folder: &Path) -> Vec<Self> {
        let entries = fs::read_dir(folder).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
        paths.sort();
        paths.into_iter().map(Self::read).collect()
    }

    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let mut preamble = String::new();
        let mut cases: Vec<Case> = vec![];
        // Where the text of the last heading goes; before any, it is the preamble.
        let mut expecting = false;
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("--- ") {
                cases.push(Case { name: name.into(), ..Case::default() });
                continue;
            }
            let Some(case) = cases.last_mut() else {
                preamble.extend([line, "\n"]);
                continue;
            };
            if let Some(heading) = line.strip_prefix("=== ") {
                case.files.push((heading.into(), String::new()));
                expecting = false;
            } else if let Some(heading) = line.strip_prefix(">>> ") {
                case.expected.push((heading.into(), String::new()));
                expecting = true;
            } else {
                let list = if expecting { &mut case.expected } else { &mut case.files };
                list.last_mut().unwrap().1.extend([line, "\n"]);
            }
        }
        for (_, text) in
            cases.iter_mut().flat_map(|case| case.files.iter_mut().chain(&mut case.expected))
        {
            text.truncate(text.trim_end().len());
            if !text.is_empty() {
                text.push('\n');
            }
        }
        let area = path.file_stem().unwrap().to_string_lossy().into_owned();
        let fresh = Arc::new(Mutex::new(vec![None; cases.len()]));
        Self { area, cases, fresh, path, preamble }
    }

    /// Writes the file with what its cases came to; a case that was not run stays as it was.
    pub(crate) fn write(&self) {
        let fresh = self.fresh.lock().unwrap();
        let mut out = self.preamble.trim_end().to_string();
        for (case, fresh) in self.cases.iter().zip(fresh.iter()) {
            out.push_str(&format!("\n\n--- {}\n", case.name));
            for (heading, text) in &case.files {
                out.push_str(&format!("=== {heading}\n{text}"));
            }
            for (index, (heading, old)) in case.expected.iter().enumerate() {
                let text = fresh.as_ref().map_or(old, |texts| &texts[index]);
                out.push_str(&format!(">>> {heading}\n{text}"));
            }
            out.truncate(out.trim_end().len());
        }
        fs::write(&self.path, out.trim_start().to_string() + "\n").unwrap();
    }
}

impl Case {
    /// Writes the case's files below a folder.
    pub(crate) fn lay_out(&self, root: &Path) -> io::Result<()> {
        fs::create_dir_all(root)?;
        for (heading, text) in &self.files {
            let (name, more) = heading.split_once(' ').unwrap_or((heading, ""));
            for (name, number) in numbered(name) {
                let bytes = copy::bytes(&name, more, &text.replace("{n}", &number.to_string()));
                let name = if name.contains('/') || name.ends_with(".yaml") {
                    name
                } else {
                    format!("content/2026-11-24/{name}")
                };
                let path = root.join(name);
                fs::create_dir_all(path.parent().unwrap_or(root))?;
                fs::write(path, bytes)?;
            }
        }
        Ok(())
    }
}

/// The names that `s{1..3}.md` stands for.
fn numbered(name: &str) -> Vec<(String, usize)> {
    let range = name.split_once('{').and_then(|(before, rest)| {
        let (range, after) = rest.split_once('}')?;
        let (from, to) = range.split_once("..")?;
        Some((before, from.parse().ok()?..=to.parse::<usize>().ok()?, after))
    });
    match range {
        // Two digits, so that the order of names is the order of numbers.
        Some((before, range, after)) => {
            range.map(|n| (format!("{before}{n:02}{after}"), n)).collect()
        }
        None => vec![(name.into(), 1)],
    }
}
