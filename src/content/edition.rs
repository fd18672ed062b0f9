//! From a folder to the editions that were asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::diag::{Diagnostic, FileNo, Severity, Sources, Span};

use super::desk::{self, Call, Desk};
use super::files::{self, Candidate};
use super::front::{self, Hold, Setting};
use super::inputs::{self, Inputs, Sought};
use super::links::{Cards, Glance};
use super::paper::Paper;
use super::period::Every;
use super::pictures::Finder;
use super::pins::{self, StoryPins};
use super::scope::Scope;
use super::story::Pin;
use super::story::Story;
use super::tree::{Node, Value};
use super::{dates, furniture, known, matter, settings};

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
    /// The dates of those that were not wanted after all.
    pub passed_over: Vec<Option<Date>>,
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
    /// The number of files that are the paper's own; they come first.
    pub paper_files: u32,
    /// The numbers of its files.
    pub files: Range<u32>,
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

impl Edition {
    /// Whether a diagnostic is about this edition: one of its files, or the paper itself.
    pub fn is_about(&self, diagnostic: &Diagnostic) -> bool {
        let first = self.paper_files;
        diagnostic
            .span
            .is_some_and(|Span { file, .. }| file.0 < first || self.files.contains(&file.0))
    }
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
    open(request).read(|_| true)
}

/// The same with the stories that must not be out yet, for the eyes of the desk alone: drafts and
/// stories under embargo are in their editions, and [`Edition::unpublished`] names them.
pub fn read_unpublished(request: &Request) -> (Content, Sources, Vec<Diagnostic>) {
    open_held(request, Held::Included).read(|_| true)
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
    let mut reader = Reader { request, held, sources, diagnostics, roots, sought };
    let (paper, root, groups, cards) = reader.open();
    let sought = std::mem::take(&mut reader.sought);
    Opened { reader, root, paper, sought, groups, cards }
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

    /// Reads the editions that are wanted, by what they are made from.
    pub fn read(
        self,
        wanted: impl Fn(&Inputs) -> bool + Sync,
    ) -> (Content, Sources, Vec<Diagnostic>) {
        let Self { mut reader, root, paper, sought, groups, cards } = self;
        let wanted: Vec<bool> =
            groups.par_iter().map(|group| group.is_chosen && wanted(&group.inputs)).collect();
        let mut content = Content { paper, editions: vec![], passed_over: vec![] };
        let mut known = BTreeMap::new();
        let paper_files = reader.sources.len();
        for (group, wanted) in groups.iter().zip(wanted) {
            if !wanted {
                content.passed_over.extend(group.is_chosen.then_some(group.inputs.date));
                continue;
            }
            reader.sought.clone_from(&sought);
            let mut edition = reader.whole(&root, &content.paper, group);
            reader.diagnostics.extend(cards.settle(edition.date, &mut edition.stories));
            edition.paper_files = paper_files;
            for date in cards.editions_beside(edition.date) {
                let found = groups.iter().find(|group| group.inputs.date == date);
                let stories = |group: &Group| reader.beside(&root, &content.paper, group);
                edition.elsewhere.extend(found.map(|group| {
                    Arc::clone(known.entry(date).or_insert_with(|| Arc::new(stories(group))))
                }));
            }
            content.editions.push(edition);
        }
        (content, reader.sources, reader.diagnostics)
    }
}

/// The files of an edition.
struct Group {
    inputs: Inputs,
    files: Vec<Loaded>,
    /// Whether it was asked for.
    is_chosen: bool,
}

struct Reader {
    request: Request,
    held: Held,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    roots: Vec<PathBuf>,
    sought: BTreeSet<Sought>,
}

/// A file's text, or none where it can't be had.
struct Loaded {
    candidate: Candidate,
    /// The day that it belongs to.
    date: Option<Date>,
    /// What it says of other stories.
    glance: Glance,
    text: String,
    bad_bytes: Option<usize>,
}

impl Reader {
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
        let loaded: Vec<Result<Option<Loaded>, Diagnostic>> =
            candidates.into_par_iter().map(|candidate| load(candidate, named)).collect();
        let mut files = vec![];
        for one in loaded {
            match one {
                Ok(file) => files.extend(file),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        let mut groups = self.group(&root, paper.every, files);
        let mut cards = Cards::new(paper.base_url.as_deref(), &paper.lang);
        for Group { inputs, files, .. } in &groups {
            for Loaded { candidate, glance, .. } in files {
                cards.add(inputs.date, front::key_of(&candidate.path), glance);
            }
        }
        let texts = |group: &Group| {
            let beside = cards.editions_beside(group.inputs.date).into_iter();
            let beside = beside.flat_map(|date| groups.iter().find(|one| one.inputs.date == date));
            self.texts(&root, group, &beside.collect::<Vec<_>>())
        };
        let texts: Vec<[u8; 32]> = groups.iter().map(texts).collect();
        for (group, texts) in groups.iter_mut().zip(texts) {
            group.inputs.texts = texts;
        }
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
            for Loaded { candidate, text, bad_bytes, date: _, glance: _ } in files {
                let root = self.roots.iter().position(|known| *known == candidate.root);
                add(&format!("{root:?} {}", candidate.path), text.as_bytes());
                add("bad bytes", format!("{bad_bytes:?}").as_bytes());
            }
        }
        *hasher.finalize().as_bytes()
    }

    /// The stories of an edition that another one has links to; what is wrong with them is told
    /// when that is made.
    fn beside(&self, root: &Path, paper: &Paper, group: &Group) -> Elsewhere {
        let (request, roots) = (self.request.clone(), self.roots.clone());
        let (sources, diagnostics, sought) = (Sources::default(), vec![], BTreeSet::new());
        let held = Held::LeftOut;
        let mut aside = Self { request, held, sources, diagnostics, roots, sought };
        let Edition { date, stories, .. } = aside.whole(root, paper, group);
        Elsewhere { date, stories }
    }

    /// Reads an edition.
    fn whole(&mut self, root: &Path, paper: &Paper, group: &Group) -> Edition {
        let Group { inputs, files, is_chosen: _ } = group;
        let first = self.sources.len();
        let (paper, pins) = self.paper_of(root, paper, inputs.date);
        let mut edition = self.edition(root, &paper, inputs.clone(), files);
        let mut said = pins::settle(&mut edition, &pins, &self.sources);
        said.extend(furniture::settle(&mut edition));
        swap_pages(&mut edition);
        self.diagnostics.extend(said);
        edition.files = first..self.sources.len();
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

    /// The files of each edition, with its date: the first day that it gathers.
    fn group(&mut self, root: &Path, every: Every, loaded: Vec<Loaded>) -> Vec<Group> {
        let named = !self.request.stories.is_empty();
        let roots = self.roots.clone();
        let group = |date: Option<Date>, files: Vec<Loaded>, is_chosen: bool| {
            let inputs = Inputs { date, texts: [0; 32], roots: roots.clone() };
            Group { inputs, files, is_chosen }
        };
        if loaded.is_empty() {
            return vec![];
        }
        if named && every == Every::Day {
            let newest = loaded.iter().filter_map(|file| file.date).max();
            let date = match self.request.edition {
                EditionChoice::On(date) => Some(date),
                EditionChoice::Latest | EditionChoice::All => newest,
            };
            return vec![group(date, loaded, true)];
        }
        let mut groups: BTreeMap<Date, Vec<Loaded>> = BTreeMap::new();
        let mut undated = vec![];
        for file in loaded {
            match file.date {
                Some(date) => groups.entry(every.first_day(date)).or_default().push(file),
                None => undated.push(file),
            }
        }
        // A story without any date belongs to the newest edition.
        match groups.values_mut().next_back() {
            Some(newest) => {
                newest.append(&mut undated);
                newest.sort_by(|a, b| a.candidate.cmp(&b.candidate));
            }
            None => return vec![group(None, undated, true)],
        }
        let newest = groups.keys().next_back().copied();
        let chosen = |date: Date| match self.request.edition {
            EditionChoice::All => true,
            EditionChoice::Latest => Some(date) == newest,
            EditionChoice::On(day) => date == every.first_day(day),
        };
        let chosen: Vec<bool> = groups.keys().map(|date| chosen(*date)).collect();
        if let EditionChoice::On(day) = self.request.edition
            && !chosen.contains(&true)
        {
            self.no_edition(day, groups.keys().rev());
        }
        for ((date, files), _) in
            groups.iter().zip(&chosen).filter(|(_, chosen)| **chosen && !named)
        {
            self.misplaced(root, *date, files);
        }
        let all = groups.into_iter().zip(chosen);
        all.map(|((date, files), chosen)| group(Some(date), files, chosen)).collect()
    }

    fn no_edition<'d>(&mut self, day: Date, newest: impl Iterator<Item = &'d Date>) {
        let days: Vec<String> = newest.take(3).map(Date::to_string).collect();
        let what = format!("there are no stories for {day}");
        let hint = format!("the newest editions are {}", days.join(", "));
        self.diagnostics.push(Diagnostic::error("no-edition", None, what).hint(hint));
    }

    /// Warns of what lies in the folder of a day though the edition of a longer time looks for it
    /// in that of its first day.
    fn misplaced(&mut self, root: &Path, date: Date, files: &[Loaded]) {
        let days = files.iter().filter_map(|file| file.candidate.folder_date());
        let others: BTreeSet<Date> = days.filter(|day| *day != date).collect();
        for day in others {
            for name in ["edition.yaml", "edition.yml", desk::DESK, LOCK] {
                let path = format!("content/{day}/{name}");
                if root.join(&path).is_file() {
                    let what = format!("`{path}` is not read: that day has no edition of its own");
                    let hint = format!("move it to content/{date}, the first day of its edition");
                    let said = Diagnostic::warning("misplaced-settings", None, what).hint(hint);
                    self.diagnostics.push(said);
                }
            }
        }
    }

    fn edition(&mut self, root: &Path, paper: &Paper, inputs: Inputs, files: &[Loaded]) -> Edition {
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
            paper_files: 0,
            files: 0..0,
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

    fn story(&mut self, setting: &Setting<'_>, loaded: &Loaded, edition: &mut Edition) {
        let Loaded { candidate, text, bad_bytes, date: _, glance: _ } = loaded;
        let file = self.sources.add(candidate.path.clone(), text.clone());
        let dir = candidate
            .full
            .parent()
            .and_then(|dir| dir.canonicalize().ok())
            .unwrap_or_else(|| candidate.root.clone());
        let finder = Finder::new(candidate.root.clone(), dir);
        let mut scope = Scope::new(file, text, &finder);
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
        if let Some(at) = *bad_bytes {
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

/// A file's text and day; none where it is no story.
fn load(candidate: Candidate, named: bool) -> Result<Option<Loaded>, Diagnostic> {
    let bytes = std::fs::read(&candidate.full).map_err(|problem| {
        let what = format!("`{}` can't be read: {problem}", candidate.path);
        Diagnostic::error("unreadable", None, what).hint("look at the file's rights")
    })?;
    let (text, bad_bytes) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
        }
    };
    if !candidate.is_story(&text) {
        return Ok(None);
    }
    let front = matter::peek(&text);
    let folder = candidate.folder_date().filter(|_| !named);
    let date = folder.or_else(|| own_date(&candidate, front.as_ref()));
    let slug = written(front.as_ref(), &["slug"]);
    let glance = Glance::of(front.as_ref(), front::slug_of(&candidate.path, slug));
    Ok(Some(Loaded { candidate, date, glance, text, bad_bytes }))
}

/// The text of a key, the last one of these names.
fn written<'n>(front: Option<&'n Node>, names: &[&str]) -> Option<&'n str> {
    let Value::Map(entries) = &front?.value else { return None };
    let found =
        entries.iter().rev().find(|entry| names.contains(&known::normal(&entry.key).as_str()))?;
    match &found.node.value {
        Value::Scalar(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    }
}

/// The date that a file itself tells, before it is read in earnest.
fn own_date(candidate: &Candidate, front: Option<&Node>) -> Option<Date> {
    let day = written(front, known::DATE).and_then(|text| match dates::read(text) {
        dates::Read::Day(date) | dates::Read::OddTime(date) => Some(date),
        dates::Read::Impossible | dates::Read::Unreadable => None,
    });
    day.or_else(|| dates::of_path(&candidate.path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{fill_alts, priorities};

    fn paper(files: &[(&str, &str)]) -> std::io::Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
            std::fs::write(path, text)?;
        }
        Ok(folder)
    }

    fn request(folder: &tempfile::TempDir) -> Request {
        Request {
            root: folder.path().to_owned(),
            edition: EditionChoice::Latest,
            stories: vec![],
            now: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn editions_follow_their_folders() -> Result<(), Box<dyn std::error::Error>> {
        let folder = paper(&[
            ("paper.yaml", "name: P\nsections: [News, {name: sport, title: Sports}]\n"),
            ("content/2026-11-23/a.md", "# A\n\nx"),
            ("content/2026-11-24/sport/b.md", "---\ntitle: B\nimage: p.png\n---\nx"),
            ("content/2026-11-24/c.md", "---\ntitle: C\nsection: Newz\ndraft: true\n---\nx"),
            ("content/2026-11-24/d.md", "---\ntitle: \"D\n---\nx"),
            ("content/2026-11-24/e.md", "---\ntitle: E\n---\n"),
            ("content/2026-11-24/_index.md", "---\ntitle: I\n---\n"),
        ])?;
        image::RgbImage::new(300, 200)
            .save(folder.path().join("content/2026-11-24/sport/p.png"))?;
        let (mut content, _, diagnostics) = read(&request(&folder));
        let codes: Vec<&str> =
            diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
        assert_eq!(codes, ["bad-front-matter", "empty-story"]);
        let edition = &mut content.editions[0];
        assert_eq!(edition.stories.len(), 1);
        assert_eq!(edition.stories[0].section.as_deref(), Some("sport"));
        assert_eq!(edition.stories[0].pictures[0].pixels, [300, 200]);
        let reasons: Vec<Reason> = edition.left_out.iter().map(|left| left.reason).collect();
        assert_eq!(reasons, [Reason::Draft, Reason::Broken, Reason::Empty]);
        assert!(edition.unpublished.is_empty());
        let (shown, ..) = read_unpublished(&request(&folder));
        let of = |left: &LeftOut| (left.key.clone(), left.reason);
        let unpublished: Vec<_> = shown.editions[0].unpublished.iter().map(of).collect();
        assert_eq!(unpublished, [("content/2026-11-24/c".into(), Reason::Draft)]);
        assert_eq!(shown.editions[0].stories.len(), 2);
        assert_eq!(fill_alts(edition).len(), 1);
        assert_eq!(edition.stories[0].pictures[0].alt.as_deref(), Some("Picture with: B"));
        assert_eq!(priorities(edition, &content.paper)[0].priority, 1);
        let all = Request { edition: EditionChoice::All, ..request(&folder) };
        assert_eq!(read(&all).0.editions.len(), 2);
        Ok(())
    }

    #[test]
    fn an_edition_gathers_a_week_or_a_month() -> Result<(), Box<dyn std::error::Error>> {
        let folder = paper(&[
            ("paper.yaml", "edition: {every: month}\n"),
            ("content/2026-10-31/a.md", "# A\n\nx"),
            ("content/2026-11-02/b.md", "# B\n\nx"),
            ("content/2026-11-30/c.md", "# C\n\nx"),
            ("content/2026-11-30/edition.yaml", "pages: 2\n"),
            ("content/posts/d.md", "---\ntitle: D\ndate: 2026-11-17\n---\nx"),
            ("content/posts/e.md", "# E\n\nx"),
        ])?;
        let found = |edition, stories: &[&str]| {
            let stories = stories.iter().map(|p| (*p).to_owned()).collect();
            let (content, _, said) = read(&Request { edition, stories, ..request(&folder) });
            let of = |one: &Edition| {
                let keys = one.stories.iter().map(|story| story.key.rsplit('/').next());
                (one.date.unwrap_or_default().to_string(), keys.flatten().collect::<String>())
            };
            let editions: Vec<(String, String)> = content.editions.iter().map(of).collect();
            (editions, said.into_iter().map(|one| one.code).collect::<Vec<_>>())
        };
        let november = ("2026-11-01".to_owned(), "bcde".to_owned());
        let (latest, said) = found(EditionChoice::Latest, &[]);
        assert_eq!(
            (&latest[..], &said[..]),
            (&[november.clone()][..], &["misplaced-settings".into()][..])
        );
        let day = Date::constant(2026, 11, 17);
        assert_eq!(found(EditionChoice::On(day), &[]).0, [november]);
        let (all, _) = found(EditionChoice::All, &["content/**/*.md"]);
        let dates: Vec<_> = all.iter().map(|(date, keys)| (date.as_str(), keys.as_str())).collect();
        assert_eq!(dates, [("2026-10-01", "a"), ("2026-11-01", "bcde")]);
        std::fs::write(folder.path().join("paper.yaml"), "edition: {every: week}\n")?;
        let (all, said) = found(EditionChoice::All, &[]);
        let dates: Vec<_> = all.iter().map(|(date, keys)| (date.as_str(), keys.as_str())).collect();
        let weeks =
            [("2026-10-26", "a"), ("2026-11-02", "b"), ("2026-11-16", "d"), ("2026-11-30", "ce")];
        assert_eq!((&dates[..], said.is_empty()), (&weeks[..], true));
        let none = Date::constant(2026, 9, 1);
        assert_eq!(found(EditionChoice::On(none), &[]).1, ["no-edition"]);
        Ok(())
    }

    #[test]
    fn patterns_name_any_markdown() -> Result<(), Box<dyn std::error::Error>> {
        let folder = paper(&[
            ("posts/2020-01-02-a.md", "# A\n\nx"),
            ("posts/b.markdown", "# B\n\nx"),
            ("README.md", "# R"),
        ])?;
        let named = |patterns: &[&str]| Request {
            stories: patterns.iter().map(|p| (*p).to_owned()).collect(),
            ..request(&folder)
        };
        let (content, _, diagnostics) = read(&named(&["**/*"]));
        assert!(diagnostics.is_empty());
        assert_eq!(content.editions[0].stories.len(), 2);
        assert_eq!(content.editions[0].date, Some(Date::constant(2020, 1, 2)));
        let outside = format!("{}/posts/*.md", folder.path().display());
        assert_eq!(read(&named(&[&outside])).0.editions[0].stories.len(), 1);
        assert_eq!(read(&named(&["no/*.md"])).2[0].code, "no-stories");
        Ok(())
    }
}
