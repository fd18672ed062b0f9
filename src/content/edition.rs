//! From a folder to the editions that were asked for.

mod group;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::diag::{Diagnostic, FileNo, Severity, Sources, Span};

use super::desk::{self, Call, Desk};
use super::files;
use super::front::{self, Hold, Setting};
use super::inputs::{self, Inputs, Sought};
use super::links::Cards;
use super::paper::Paper;
use super::pictures::Finder;
use super::pins::{self, StoryPins};
use super::scope::Scope;
use super::story::Pin;
use super::story::Story;
use super::{furniture, settings};
use group::{Filed, Group, Text, glance_at};

/// What to read.
#[derive(Debug, Clone)]
pub struct Request {
    /// The paper's folder.
    pub root: PathBuf,
    /// Which editions.
    pub edition: EditionChoice,
    /// Patterns of Markdown files; where there are any, all the files they match are one edition,
    /// unless the paper's editions gather weeks or months.
    pub stories: Vec<String>,
    /// The present moment: stories under an embargo that ends later are held back.
    pub now: Timestamp,
}

/// Which editions are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EditionChoice {
    /// The newest.
    #[default]
    Latest,
    /// The one that a day belongs to.
    On(Date),
    /// Every one.
    All,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The paper.
    pub paper: Paper,
    /// The editions, oldest first.
    pub editions: Vec<Edition>,
}

/// One edition as it was read.
pub struct Reading {
    /// The edition.
    pub edition: Edition,
    /// The files of the paper itself, and then its own.
    pub sources: Sources,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// The paper of one day, week or month.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// The day, the first one that it gathers; none where no story has one.
    pub date: Option<Date>,
    /// The paper as it is on this day: what its `edition.yaml` says goes before `paper.yaml`.
    pub paper: Paper,
    /// Its stories by path.
    pub stories: Vec<Story>,
    /// The stories that are not in it.
    pub left_out: Vec<LeftOut>,
    /// Drafts and stories under embargo that are in it all the same: [`read_unpublished`] alone
    /// puts them there.
    pub unpublished: Vec<LeftOut>,
    /// What the desk decided about its stories.
    pub desk: Desk,
    /// The plans of its pages that are locked.
    pub lock: Option<LockFile>,
    /// What it was made from.
    pub inputs: Inputs,
    /// The pictures that were looked for.
    pub sought: BTreeSet<Sought>,
    /// The other editions that its stories have links to.
    pub elsewhere: Vec<Arc<Elsewhere>>,
}

/// Another edition, as links to its stories need it.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// Its date.
    pub date: Option<Date>,
    /// Its stories.
    pub stories: Vec<Story>,
}

/// The name of the file that holds the plans of locked pages, in the edition's folder.
pub const LOCK: &str = "plan.lock.json";

/// `plan.lock.json` as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFile {
    /// The file.
    pub file: FileNo,
    /// Its text.
    pub text: String,
}

/// A story that is not printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its key.
    pub key: String,
    /// Its file.
    pub file: FileNo,
    /// Why.
    pub reason: Reason,
}

/// Why a story is not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Its writer marked it as a draft.
    Draft,
    /// It must not be out yet.
    Embargo,
    /// It has errors.
    Broken,
    /// There is nothing in it to print.
    Empty,
    /// The desk holds it.
    Held,
    /// The desk killed it.
    Killed,
}

/// Reads a paper and the editions that were asked for. What is wrong comes as diagnostics; a story
/// with errors is left out of its edition and named there, and it is for the caller to decide
/// whether an edition without it is wanted.
pub fn read(request: &Request) -> (Content, Sources, Vec<Diagnostic>) {
    open(request).read()
}

/// The same with the stories that must not be out yet, for the eyes of the desk alone: drafts and
/// stories under embargo are in their editions, and [`Edition::unpublished`] names them.
pub fn read_unpublished(request: &Request) -> (Content, Sources, Vec<Diagnostic>) {
    open_held(request, Held::Included).read()
}

/// What becomes of stories that must not be out yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    LeftOut,
    Included,
}

/// Reads the paper itself and finds the files of the editions that were asked for, without reading
/// these yet.
pub fn open(request: &Request) -> Opened {
    open_held(request, Held::LeftOut)
}

fn open_held(request: &Request, held: Held) -> Opened {
    let (sources, diagnostics) = (Sources::default(), vec![]);
    let (roots, sought) = (vec![], BTreeSet::new());
    let request = request.clone();
    let has_changed = false;
    let mut reader = Reader { request, held, sources, diagnostics, roots, sought, has_changed };
    let (paper, root, groups, cards) = reader.open();
    let sought = std::mem::take(&mut reader.sought);
    let mut opened = Opened { reader, root, paper, sought, groups, cards };
    let texts: Vec<[u8; 32]> = opened.groups.par_iter().map(|group| opened.texts(group)).collect();
    for (group, texts) in opened.groups.iter_mut().zip(texts) {
        group.inputs.texts = texts;
    }
    opened
}

/// A paper whose editions are found and not read yet.
pub struct Opened {
    reader: Reader,
    root: PathBuf,
    paper: Paper,
    /// The pictures that the paper itself looks for.
    sought: BTreeSet<Sought>,
    /// All editions of the paper.
    groups: Vec<Group>,
    cards: Cards,
}

impl Opened {
    /// The paper.
    pub fn paper(&self) -> &Paper {
        &self.paper
    }

    /// The paper's own files, and what there was to say before any edition was read.
    pub fn said(&self) -> (&Sources, &[Diagnostic]) {
        (&self.reader.sources, &self.reader.diagnostics)
    }

    /// The editions that were asked for, oldest first, by what they are made from.
    pub fn chosen(&self) -> Vec<&Inputs> {
        self.groups.iter().filter(|group| group.is_chosen).map(|group| &group.inputs).collect()
    }

    /// Reads one edition; none where there is none of this date.
    pub fn edition(&self, date: Option<Date>) -> Option<Reading> {
        let group = self.group(date)?;
        let mut reader = self.reader.aside();
        reader.sources = self.reader.sources.clone();
        let edition = self.one(&mut reader, group);
        Some(Reading { edition, sources: reader.sources, diagnostics: reader.diagnostics })
    }

    /// The path and the text of a story's file.
    pub fn story(&self, key: &str) -> Option<(String, String)> {
        let files = self.groups.iter().flat_map(|group| &group.files);
        let mut candidates = files.map(|file| &file.candidate);
        let candidate = candidates.find(|one| front::key_of(&one.path) == key)?;
        Some((candidate.path.clone(), Text::of(candidate).ok()?.text))
    }

    /// Reads all editions that were asked for.
    pub fn read(self) -> (Content, Sources, Vec<Diagnostic>) {
        let mut reader = self.reader.aside();
        reader.sources.clone_from(&self.reader.sources);
        reader.diagnostics.clone_from(&self.reader.diagnostics);
        let chosen = self.groups.iter().filter(|group| group.is_chosen);
        let editions = chosen.map(|group| self.one(&mut reader, group)).collect();
        (Content { paper: self.paper, editions }, reader.sources, reader.diagnostics)
    }

    fn group(&self, date: Option<Date>) -> Option<&Group> {
        self.groups.iter().find(|group| group.inputs.date == date)
    }

    /// Reads an edition, and of others what it has links to.
    fn one(&self, reader: &mut Reader, group: &Group) -> Edition {
        reader.sought.clone_from(&self.sought);
        let mut edition = reader.whole(&self.root, &self.paper, group);
        reader.diagnostics.extend(self.cards.settle(edition.date, &mut edition.stories));
        for date in self.cards.editions_beside(edition.date) {
            let found = self.group(date);
            let beside = found.map(|group| reader.beside(&self.root, &self.paper, group));
            edition.elsewhere.extend(beside.map(Arc::new));
        }
        // Files that changed since the first glance are not what the hash is of; the record of this
        // edition then fits nothing, so that it is made again next time.
        if std::mem::take(&mut reader.has_changed) || self.texts(group) != group.inputs.texts {
            edition.inputs.texts = [0; 32];
        }
        edition
    }

    fn texts(&self, group: &Group) -> [u8; 32] {
        let beside = self.cards.editions_beside(group.inputs.date).into_iter();
        let beside: Vec<&Group> = beside.filter_map(|date| self.group(date)).collect();
        self.reader.texts(&self.root, group, &beside)
    }
}

struct Reader {
    request: Request,
    held: Held,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    roots: Vec<PathBuf>,
    sought: BTreeSet<Sought>,
    /// Whether a story's file is not as it was at the first glance.
    has_changed: bool,
}

impl Reader {
    /// One that has read and said nothing yet.
    fn aside(&self) -> Self {
        let (request, roots) = (self.request.clone(), self.roots.clone());
        let (sources, diagnostics, sought) = (Sources::default(), vec![], BTreeSet::new());
        let (held, has_changed) = (self.held, false);
        Self { request, held, sources, diagnostics, roots, sought, has_changed }
    }

    /// The paper, its folder, the files of its editions, and what is known of all stories.
    fn open(&mut self) -> (Paper, PathBuf, Vec<Group>, Cards) {
        let root = match self.request.root.canonicalize() {
            Ok(root) if root.is_dir() => root,
            _ => {
                let shown = self.request.root.display();
                self.diagnostics.push(
                    Diagnostic::error("no-folder", None, format!("there is no folder `{shown}`"))
                        .hint("name the folder that holds the stories with --root"),
                );
                return (
                    settings::defaults(""),
                    self.request.root.clone(),
                    vec![],
                    Cards::default(),
                );
            }
        };
        self.roots.push(root.clone());
        let paper = self.paper(&root);
        let named = !self.request.stories.is_empty();
        let candidates = if named {
            files::of_globs(&root, &self.request.stories, &mut self.diagnostics)
        } else {
            files::of_content(&root)
        };
        if candidates.is_empty() && !named {
            self.diagnostics.push(
                Diagnostic::error("no-stories", None, "there are no stories below `content`").hint(
                    "put Markdown files into content/YYYY-MM-DD/, or name others with --stories",
                ),
            );
        }
        for candidate in &candidates {
            if !self.roots.contains(&candidate.root) {
                self.roots.push(candidate.root.clone());
            }
        }
        let glanced: Vec<Result<Option<Filed>, Diagnostic>> =
            candidates.into_par_iter().map(|candidate| glance_at(candidate, named)).collect();
        let mut files = vec![];
        for one in glanced {
            match one {
                Ok(file) => files.extend(file),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        let groups = self.group(&root, paper.every, files);
        let all = groups.iter().flat_map(|group| {
            let one = |file: &Filed| {
                (group.inputs.date, front::key_of(&file.candidate.path), file.glance.clone())
            };
            group.files.iter().map(one)
        });
        let cards = Cards::new(paper.base_url.as_deref(), &paper.lang, all);
        (paper, root, groups, cards)
    }

    /// A hash of everything that is written for an edition, and in those that it has links to.
    fn texts(&self, root: &Path, group: &Group, beside: &[&Group]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let mut add = |name: &str, text: &[u8]| {
            for part in [name.as_bytes(), text] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        };
        // What was read so far is the paper's own.
        for number in 0..self.sources.len() {
            let file = self.sources.get(FileNo(number));
            add(&file.path, file.text.as_bytes());
        }
        for Group { inputs, files, is_chosen: _ } in std::iter::once(&group).chain(beside) {
            let date = inputs.date;
            add("date", format!("{date:?}").as_bytes());
            let folder = date.map(|date| root.join("content").join(date.to_string()));
            for name in ["edition.yaml", "edition.yml", "desk.yaml", "desk.yml", LOCK] {
                let bytes = folder.as_ref().map(|dir| std::fs::read(dir.join(name)));
                if let Some(Ok(bytes)) = bytes {
                    add(name, &bytes);
                }
            }
            for Filed { candidate, hash, date: _, glance: _ } in files {
                let root = self.roots.iter().position(|known| *known == candidate.root);
                add(&format!("{root:?} {}", candidate.path), hash);
            }
        }
        *hasher.finalize().as_bytes()
    }

    /// The stories of an edition that another one has links to; what is wrong with them is told
    /// when that is made.
    fn beside(&mut self, root: &Path, paper: &Paper, group: &Group) -> Elsewhere {
        let mut aside = self.aside();
        aside.held = Held::LeftOut;
        let Edition { date, stories, .. } = aside.whole(root, paper, group);
        self.has_changed |= aside.has_changed;
        Elsewhere { date, stories }
    }

    /// Reads an edition.
    fn whole(&mut self, root: &Path, paper: &Paper, group: &Group) -> Edition {
        let Group { inputs, files, is_chosen: _ } = group;
        let (paper, pins) = self.paper_of(root, paper, inputs.date);
        let mut edition = self.edition(root, &paper, inputs.clone(), files);
        let mut said = pins::settle(&mut edition, &pins, &self.sources);
        said.extend(furniture::settle(&mut edition));
        swap_pages(&mut edition);
        self.diagnostics.extend(said);
        edition.sought = std::mem::take(&mut self.sought);
        edition
    }

    /// Notes what was looked for.
    fn note(&mut self, finder: &Finder) {
        let root = self.roots.iter().position(|root| *root == finder.root).unwrap_or(0);
        let folder = inputs::slashed(&finder.root, &finder.dir);
        let of = |src: &String| Sought { root, folder: folder.clone(), src: src.clone() };
        self.sought.extend(finder.sought.borrow().iter().map(of));
    }

    fn paper(&mut self, root: &Path) -> Paper {
        let folder =
            root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let paper = self.settings(root, root, "paper", |scope| settings::read(scope, &folder));
        paper.unwrap_or_else(|| settings::defaults(&folder))
    }

    /// The paper as it is on a day, and the pins of that day's `edition.yaml`.
    fn paper_of(
        &mut self,
        root: &Path,
        paper: &Paper,
        date: Option<Date>,
    ) -> (Paper, Vec<StoryPins>) {
        let own = date.and_then(|date| {
            let folder = root.join("content").join(date.to_string());
            self.settings(root, &folder, "edition", |scope| settings::read_edition(scope, paper))
        });
        own.unwrap_or_else(|| (paper.clone(), vec![]))
    }

    /// What a file of settings says, if there is one.
    fn settings<T>(
        &mut self,
        root: &Path,
        folder: &Path,
        name: &str,
        read: impl FnOnce(&mut Scope<'_>) -> T,
    ) -> Option<T> {
        let path = ["yaml", "yml"]
            .iter()
            .map(|ending| folder.join(format!("{name}.{ending}")))
            .find(|path| path.is_file())?;
        let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let text = match std::fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(problem) => {
                let what = format!("`{shown}` can't be read: {problem}");
                self.diagnostics.push(
                    Diagnostic::error("unreadable", None, what).hint("look at the file's rights"),
                );
                return None;
            }
        };
        let file = self.sources.add(shown, text.clone());
        let dir = folder.canonicalize().unwrap_or_else(|_| root.to_owned());
        let finder = Finder::new(root.to_owned(), dir);
        let mut scope = Scope::new(file, &text, &finder);
        let read = read(&mut scope);
        self.diagnostics.append(&mut scope.diagnostics);
        self.note(&finder);
        Some(read)
    }

    fn edition(&mut self, root: &Path, paper: &Paper, inputs: Inputs, files: &[Filed]) -> Edition {
        let date = inputs.date;
        let zone = TimeZone::get(&paper.time_zone).unwrap_or(TimeZone::UTC);
        let folder = date.map(|date| root.join("content").join(date.to_string()));
        let desk =
            folder.as_ref().and_then(|folder| self.settings(root, folder, "desk", desk::read));
        let lock = folder.and_then(|folder| self.lock(root, &folder));
        let desk = desk.unwrap_or_default();
        let mut edition = Edition {
            date,
            paper: paper.clone(),
            stories: vec![],
            left_out: vec![],
            unpublished: vec![],
            desk,
            lock,
            inputs,
            sought: BTreeSet::new(),
            elsewhere: vec![],
        };
        let setting = Setting { paper, zone, now: self.request.now, date };
        for file in files {
            self.story(&setting, file, &mut edition);
        }
        for (span, key, near) in desk::strangers(&edition) {
            let what = format!("the desk names `{key}`, and the edition has no such story");
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "run `stonehand hold`, `kill` or `swap` with its new name".into(),
            };
            self.diagnostics.push(Diagnostic::warning("unknown-story", span, what).hint(hint));
        }
        edition
    }

    /// The plans of locked pages, if there are any.
    fn lock(&mut self, root: &Path, folder: &Path) -> Option<LockFile> {
        let path = folder.join(LOCK);
        let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        // A link that leads out of the folder is not followed.
        let inside = path.canonicalize().ok()?.starts_with(root);
        match std::fs::read(&path) {
            Ok(bytes) if inside => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                Some(LockFile { file: self.sources.add(shown, text.clone()), text })
            }
            other => {
                let what = match other {
                    Err(problem) => format!("`{shown}` can't be read: {problem}"),
                    Ok(_) => format!("`{shown}` is a link out of the paper's folder"),
                };
                let hint = "make it a file of this folder that can be read, or delete it";
                self.diagnostics.push(Diagnostic::error("unreadable", None, what).hint(hint));
                None
            }
        }
    }

    fn story(&mut self, setting: &Setting<'_>, filed: &Filed, edition: &mut Edition) {
        let Filed { candidate, hash, date: _, glance: _ } = filed;
        let Text { text, bad_bytes, hash: now } = match Text::of(candidate) {
            Ok(text) => text,
            Err(diagnostic) => {
                // It could be read a moment ago.
                self.has_changed = true;
                self.diagnostics.push(diagnostic);
                return;
            }
        };
        self.has_changed |= now != *hash;
        let file = self.sources.add(candidate.path.clone(), text.as_str());
        let dir = candidate
            .full
            .parent()
            .and_then(|dir| dir.canonicalize().ok())
            .unwrap_or_else(|| candidate.root.clone());
        let finder = Finder::new(candidate.root.clone(), dir);
        let mut scope = Scope::new(file, &text, &finder);
        let read = front::read(&mut scope, &candidate.path, setting);
        self.note(&finder);
        let key = read.story.key.clone();
        if let Some(reason) = edition.desk.keeps_out(&key) {
            // Nor does it matter what is wrong with these.
            edition.left_out.push(LeftOut { key, file, reason });
            return;
        }
        let hold = read.hold.map(|hold| match hold {
            Hold::Draft => Reason::Draft,
            Hold::Embargo => Reason::Embargo,
        });
        if let Some(reason) = hold.filter(|_| self.held == Held::LeftOut) {
            // What is not for print may have faults.
            edition.left_out.push(LeftOut { key, file, reason });
            let about_embargo = |diagnostic: &Diagnostic| {
                diagnostic.code == "bad-date" && diagnostic.severity == Severity::Error
            };
            self.diagnostics.extend(scope.diagnostics.into_iter().filter(about_embargo));
            return;
        }
        if let Some(at) = bad_bytes {
            scope
                .error(
                    "not-utf-8",
                    at..at + 3,
                    "this byte is not UTF-8: the file was saved in another encoding",
                )
                .add_hint(
                    "save it again as UTF-8; most editors name that under “Save with encoding”",
                );
        }
        scope.diagnostics.sort_by_key(|diagnostic| diagnostic.span.map_or(0, |span| span.start));
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        let broken = scope.diagnostics.iter().any(is_error);
        if hold.is_some() {
            // No edition waits for what is not for print.
            for diagnostic in scope.diagnostics.iter_mut().filter(|one| is_error(one)) {
                diagnostic.severity = Severity::Warning;
                diagnostic.hints.push("the pages are shown without this story until then".into());
            }
        }
        self.diagnostics.append(&mut scope.diagnostics);
        if broken {
            edition.left_out.push(LeftOut { key, file, reason: Reason::Broken });
        } else if read.empty {
            edition.left_out.push(LeftOut { key, file, reason: Reason::Empty });
        } else {
            edition.unpublished.extend(hold.map(|reason| LeftOut { key, file, reason }));
            edition.stories.push(read.story);
        }
    }
}

/// Pins stories that the desk swapped to the pages that they are to begin on.
fn swap_pages(edition: &mut Edition) {
    for swap in &edition.desk.swapped {
        let of = |call: &Call| edition.stories.iter().position(|story| story.key == call.key);
        if let [Some(a), Some(b)] = swap.stories.each_ref().map(of) {
            for (story, page) in [a, b].into_iter().zip(swap.pages) {
                let span =
                    swap.stories[0].span.unwrap_or(Span { file: FileNo(0), start: 0, end: 0 });
                edition.stories[story].pins.page = Some(Pin { value: page, span });
            }
        }
    }
}

#[cfg(test)]
mod tests;
