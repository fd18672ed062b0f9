//! Reads the files of a paper and of its editions: finds files, reads settings and stories, and
//! decides which stories an edition leaves out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::super::paper::Paper;
use super::candidates;
use super::candidates::FoundFiles;
use super::decisions;
use super::decisions::Call;
use super::editions::{Edition, Elsewhere, LOCK, LockFile, OF_EDITION};
use super::filed::{Filed, Group, Text, glance_at, ground};
use super::generator;
use super::generator::Site;
use super::inputs::{Inputs, Sought};
use super::related::Cards;
use super::{apply_pins, called, nothing_to_print, promos, section_names};
use crate::content::addresses::picture_finder::{Finder, Root, slashed};
use crate::content::model::Pin;
use crate::content::model::left_out::{LeftOut, Reason};
use crate::content::model::request::Request;
use crate::content::paper::pins::StoryPins;
use crate::content::paper::settings;
use crate::content::story;
use crate::content::story::Setting;
use crate::content::story::bylines;
use crate::content::story::bylines::{Bylines, Known};
use crate::content::story::matter::THEME_KEYS;
use crate::content::story::standing::{Clock, UNCLEAR};
use crate::content::syntax::scope::Scope;
use crate::content::syntax::{language_key, wording};
use crate::diag::{Code, Diagnostic, FileNo, Severity, Sources, Span};

/// What to do with stories that may not be published yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    LeftOut,
    Included,
}

/// Reports a story that is too long.
fn refuse_too_long(scope: &mut Scope<'_>) {
    let (length, most) = (scope.source.len() >> 20, LONGEST_FILE >> 20);
    if scope.source.len() > LONGEST_FILE {
        let what = format!("this story is {length} MiB long; the limit is {most} MiB");
        scope.error(Code::TooLong, 0..1, what).add_hint("split it into several stories");
    }
}

/// The largest file of a story, in bytes. Typst can't number places in a larger one.
const LONGEST_FILE: usize = 8 << 20;

/// Reads files, and collects sources and diagnostics.
pub(super) struct PaperReader {
    pub(super) request: Request,
    held: Held,
    /// The moment and the time zone by which stories are judged.
    pub(super) clock: Clock,
    /// Documents of other programs that lie among the stories; they are not read.
    pub(super) unread: Vec<String>,
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) roots: Vec<Root>,
    /// The names of authors, from author files, for the keys that stories use.
    bylines: Arc<Bylines>,
    /// Whether this edition already has a report that keys of a theme are not read.
    theme_keys_told: bool,
    /// The authors in the settings of a site generator.
    site_authors: Known,
    pub(super) sought: BTreeSet<Sought>,
    /// Whether a story's file has changed since the first look.
    pub(super) has_changed: bool,
}

impl PaperReader {
    /// A reader that has read nothing yet.
    pub(super) fn new(request: Request, held: Held, roots: Vec<Root>) -> Self {
        let (sources, diagnostics, sought) = (Sources::default(), vec![], BTreeSet::new());
        let clock = Clock::for_request(&request, &settings::defaults(""));
        let unread = vec![];
        Self {
            request,
            held,
            clock,
            unread,
            sources,
            diagnostics,
            roots,
            bylines: Arc::default(),
            theme_keys_told: false,
            site_authors: Known::new(),
            sought,
            has_changed: false,
        }
    }

    /// A new reader for the same request, which shares the clock and the authors.
    pub(super) fn aside(&self) -> Self {
        let new = Self::new(self.request.clone(), self.held, self.roots.clone());
        Self { clock: self.clock.clone(), bylines: Arc::clone(&self.bylines), ..new }
    }

    /// Whether stories that are held back for this reason are part of their edition. In the
    /// preview, those are that may still be published.
    pub(super) fn shows(&self, reason: Reason) -> bool {
        let may_come = matches!(reason, Reason::Draft | Reason::Embargo | Reason::Future);
        may_come && self.held == Held::Included
    }

    /// Reads the paper. Returns its settings, its folder, the files of its editions, and what the
    /// first look found out about all stories.
    pub(super) fn open(&mut self) -> (Paper, PathBuf, Vec<Group>, Cards) {
        let root = match self.request.root.canonicalize() {
            Ok(root) if root.is_dir() => root,
            _ => {
                let shown = self.request.root.display();
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::NoFolder,
                        None,
                        format!("there is no folder `{shown}`"),
                    )
                    .hint("name the paper's folder with --root"),
                );
                return (
                    settings::defaults(""),
                    self.request.root.clone(),
                    vec![],
                    Cards::default(),
                );
            }
        };
        self.roots.push(root.clone().into());
        let paper = self.paper(&root);
        self.clock = Clock::for_request(&self.request, &paper);
        let named = !self.request.stories.is_empty();
        let found = if named {
            candidates::of_globs(&root, &self.request.stories, &mut self.diagnostics)
        } else {
            candidates::of_content(&root)
        };
        let FoundFiles { candidates, unread } = found;
        self.unread = unread;
        if candidates.is_empty() && !named {
            self.diagnostics.push(nothing_to_print::nothing_below_content(&root));
        }
        for candidate in &candidates {
            if !self.roots.iter().any(|known| known.path == candidate.root) {
                self.roots.push(candidate.root.clone().into());
            }
        }
        let (clock, every) = (&self.clock, paper.every);
        let paths: Vec<String> = candidates.iter().map(|one| one.path.clone()).collect();
        self.diagnostics.extend(nothing_to_print::no_days(&paths));
        let glanced: Vec<Result<Option<Filed>, Diagnostic>> = candidates
            .into_par_iter()
            .map(|candidate| glance_at(candidate, named, every, clock))
            .collect();
        let mut files = vec![];
        for one in glanced {
            match one {
                Ok(file) => files.extend(file),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        let errors = |one: &Diagnostic| one.severity == Severity::Error;
        if files.is_empty() && !self.diagnostics.iter().any(errors) {
            self.diagnostics.push(nothing_to_print::no_story_among(&paths));
        }
        self.bylines = Arc::new(self.bylines_of(&files));
        let groups = self.group(&root, paper.every, files);
        let all = groups.iter().flat_map(|group| {
            let one = |file: &Filed| {
                (group.inputs.date, wording::key_of(&file.candidate.path), file.glance.clone())
            };
            group.files.iter().map(one)
        });
        let cards = Cards::new(paper.base_url.as_deref(), &paper.lang, all);
        (paper, root, groups, cards)
    }

    /// Reads the author files beside these stories and in the folders above. They become part of
    /// the paper's own sources, so every edition depends on them.
    fn bylines_of(&mut self, files: &[Filed]) -> Bylines {
        let mut folders: BTreeSet<(usize, String)> = BTreeSet::new();
        for Filed { candidate, .. } in files {
            let root = self.roots.iter().position(|known| known.path == candidate.root);
            let folder = candidate.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.extend(root.map(|root| (root, folder.to_owned())));
        }
        let wanted = files.iter().flat_map(|file| &file.authors).cloned().collect();
        let (sources, said) = (&mut self.sources, &mut self.diagnostics);
        let mut found = bylines::search(&self.roots, &folders, &wanted, sources, said);
        if let Some(root) = self.roots.first() {
            found.add(&root.path, "", std::mem::take(&mut self.site_authors));
        }
        found
    }

    /// The hash of all texts of an edition and of the editions that it links to.
    pub(super) fn texts(&self, root: &Path, group: &Group, beside: &[&Group]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let mut add = |name: &str, text: &[u8]| {
            for part in [name.as_bytes(), text] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        };
        // The sources so far are those of the paper itself.
        for number in 0..self.sources.len() {
            let file = self.sources.get(FileNo(number));
            add(&file.path, file.text.as_bytes());
        }
        for Group { inputs, files, is_chosen: _ } in std::iter::once(&group).chain(beside) {
            let date = inputs.date;
            add("date", format!("{date:?}").as_bytes());
            let folder = date.map(|date| root.join("content").join(date.to_string()));
            for name in OF_EDITION {
                let bytes = folder.as_ref().map(|dir| std::fs::read(dir.join(name)));
                if let Some(Ok(bytes)) = bytes {
                    add(name, &bytes);
                }
            }
            for Filed { candidate, hash, hold, .. } in files {
                let root = self.roots.iter().position(|known| known.path == candidate.root);
                // A story that is held back today may be printed tomorrow, and the other way round.
                add(&format!("{root:?} {} {hold:?}", candidate.path), hash);
            }
        }
        *hasher.finalize().as_bytes()
    }

    /// The stories of an edition that another one links to. Their faults are reported when that
    /// edition itself is made.
    pub(super) fn beside(&mut self, root: &Path, paper: &Paper, group: &Group) -> Elsewhere {
        let mut aside = self.aside();
        aside.held = Held::LeftOut;
        let Edition { date, stories, .. } = aside.whole(root, paper, group);
        self.has_changed |= aside.has_changed;
        Elsewhere { date, stories }
    }

    /// Reads an edition.
    pub(super) fn whole(&mut self, root: &Path, paper: &Paper, group: &Group) -> Edition {
        let Group { inputs, files, is_chosen: _ } = group;
        let (paper, pins) = self.paper_of(root, paper, inputs.date);
        let mut edition = self.edition(root, &paper, inputs.clone(), files);
        let mut said = apply_pins::settle(&mut edition, &pins, &self.sources);
        said.extend(promos::settle(&mut edition));
        swap_pages(&mut edition);
        self.diagnostics.extend(said);
        edition.sought = std::mem::take(&mut self.sought);
        edition
    }

    /// The root at this path, with the cache that all its finders share.
    fn root(&self, path: &Path) -> Root {
        let known = self.roots.iter().find(|known| known.path == path).cloned();
        known.unwrap_or_else(|| path.to_owned().into())
    }

    /// Records the pictures that a finder looked for.
    fn note(&mut self, finder: &Finder) {
        let root = self.roots.iter().position(|root| *root == finder.root).unwrap_or(0);
        let folder = slashed(&finder.root.path, &finder.dir);
        let of = |src: &String| Sought { root, folder: folder.clone(), src: src.clone() };
        self.sought.extend(finder.sought.borrow().iter().map(of));
    }

    fn paper(&mut self, root: &Path) -> Paper {
        let folder =
            root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let site = site_of(root);
        let mut usual = settings::defaults(&folder);
        if let Some((_, _, Site { title, time_zone, address, .. })) = &site {
            usual.site_url.clone_from(address);
            usual.name = title.clone().unwrap_or(usual.name);
            usual.time_zone = time_zone.clone().unwrap_or(usual.time_zone);
        }
        let mut is_told = false;
        let own = usual.clone();
        let paper = self
            .settings(root, root, "paper", |scope| settings::read(scope, own, &mut is_told))
            .unwrap_or(usual);
        let Some((name, text, site)) = site else { return paper };
        self.site_authors = site.authors;
        self.sources.add(name, text);
        let lang = site.lang.filter(|_| !is_told).unwrap_or_else(|| paper.lang.clone());
        if let Some((what, hint)) = language_key::without_words(&lang).filter(|_| !is_told) {
            let what = format!("`{name}` says `{lang}`, and {what}");
            self.diagnostics.push(Diagnostic::warning(Code::NoWords, None, what).hint(hint));
        }
        Paper { lang, ..paper }
    }

    /// The paper's settings for a day, and the pins in the `edition.yaml` of that day.
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

    /// Reads a settings file with `read`, if the file exists.
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
                    Diagnostic::error(Code::Unreadable, None, what)
                        .hint("check the file's permissions"),
                );
                return None;
            }
        };
        let file = self.sources.add(shown, text.clone());
        let dir = folder.canonicalize().unwrap_or_else(|_| root.to_owned());
        let finder = Finder::new(self.root(root), dir);
        let mut scope = Scope::new(file, &text, &finder);
        let read = read(&mut scope);
        self.diagnostics.append(&mut scope.diagnostics);
        self.diagnostics.append(&mut scope.lost);
        self.note(&finder);
        Some(read)
    }

    fn edition(&mut self, root: &Path, paper: &Paper, inputs: Inputs, files: &[Filed]) -> Edition {
        let date = inputs.date;
        let folder = date.map(|date| root.join("content").join(date.to_string()));
        let desk =
            folder.as_ref().and_then(|folder| self.settings(root, folder, "desk", decisions::read));
        let lock = folder.and_then(|folder| self.lock(root, &folder));
        let desk = desk.unwrap_or_default();
        let mut edition = Edition {
            date,
            paper: paper.clone(),
            stories: vec![],
            left_out: vec![],
            unpublished: vec![],
            decisions: desk,
            lock,
            inputs,
            sought: BTreeSet::new(),
            elsewhere: vec![],
            lost: vec![],
        };
        let bylines = Arc::clone(&self.bylines);
        let setting = Setting { paper, clock: self.clock.clone(), date, bylines: &bylines };
        self.theme_keys_told = false;
        for file in files {
            self.story(&setting, file, &mut edition);
        }
        section_names::settle(&mut edition);
        for (span, key, near) in called::strangers(&edition) {
            let what = format!("desk.yaml names the story `{key}`, which is not in this edition");
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "if the story has been renamed, run `stonehand hold`, `kill` or `swap` with its new name"
                        .into()
                }
            };
            self.diagnostics.push(Diagnostic::warning(Code::UnknownStory, span, what).hint(hint));
        }
        edition
    }

    /// Reads the file with the plans of locked pages, if it exists.
    fn lock(&mut self, root: &Path, folder: &Path) -> Option<LockFile> {
        let path = folder.join(LOCK);
        let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        // A link that leads out of the paper's folder is not followed.
        let inside = path.canonicalize().ok()?.starts_with(root);
        match std::fs::read(&path) {
            Ok(bytes) if inside => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                Some(LockFile { file: self.sources.add(shown, text.clone()), text })
            }
            other => {
                let what = match other {
                    Err(problem) => format!("`{shown}` can't be read: {problem}"),
                    Ok(_) => format!("`{shown}` is a link that leads out of the paper's folder"),
                };
                let hint = "replace it with a readable file in this folder, or delete it";
                self.diagnostics.push(Diagnostic::error(Code::Unreadable, None, what).hint(hint));
                None
            }
        }
    }

    fn story(&mut self, setting: &Setting<'_>, filed: &Filed, edition: &mut Edition) {
        let Filed { candidate, hash, .. } = filed;
        let Text { text, bad_bytes, hash: now } = match Text::read(candidate) {
            Ok(text) => text,
            Err(diagnostic) => {
                // The first look could still read it.
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
        let finder = Finder::new(self.root(&candidate.root), dir);
        let mut scope = Scope::new(file, &text, &finder);
        scope.mdx = candidate.path.ends_with(".mdx");
        let ground = ground(candidate, setting.paper.every);
        let read = story::read(&mut scope, &candidate.path, setting, ground);
        self.note(&finder);
        let key = read.story.key.clone();
        let left = |reason: Reason, why: &str| LeftOut {
            key: key.clone(),
            file,
            reason,
            why: why.to_owned(),
        };
        if let Some(reason) = edition.decisions.keeps_out(&key) {
            // Errors in a story that the desk keeps out don't matter either.
            edition.left_out.push(left(reason, "desk.yaml keeps it out"));
            return;
        }
        let hold = read.hold.map(|hold| left(hold.reason, &hold.why));
        if let Some(left) = hold.as_ref().filter(|left| !self.shows(left.reason)) {
            // A story that is not printed may have errors, except those that make it unclear
            // whether it may be printed.
            edition.left_out.push(left.clone());
            let is_unclear = |diagnostic: &Diagnostic| {
                let code = UNCLEAR.contains(&diagnostic.code);
                code && diagnostic.severity == Severity::Error
            };
            self.diagnostics.extend(scope.diagnostics.into_iter().filter(is_unclear));
            return;
        }
        if let Some(at) = bad_bytes {
            scope
                .error(
                    Code::NotUtf8,
                    at..at + 3,
                    "this byte is not UTF-8: the file was saved in another encoding",
                )
                .add_hint(
                    "save it again as UTF-8; most editors offer this as “Save with encoding”",
                );
        }
        refuse_too_long(&mut scope);
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        let broken = scope.diagnostics.iter().any(is_error);
        // A missing picture does not keep the story from being printed.
        let lost = scope.lost.iter().filter_map(|one| Some((key.clone(), one.span?)));
        edition.lost.extend(lost.filter(|_| hold.is_none()));
        scope.diagnostics.append(&mut scope.lost);
        scope.diagnostics.sort_by_key(|diagnostic| diagnostic.span.map_or(0, |span| span.start));
        if hold.is_some() {
            // Errors in a story that may not be published yet must not stop the edition, so they
            // become warnings.
            for diagnostic in scope.diagnostics.iter_mut().filter(|one| is_error(one)) {
                diagnostic.severity = Severity::Warning;
                diagnostic
                    .hints
                    .push("until then the preview shows the pages without this story".into());
            }
        }
        // One warning about the keys of another program's theme is enough for an edition.
        let told = &mut self.theme_keys_told;
        scope.diagnostics.retain(|one| one.code != THEME_KEYS || !std::mem::replace(told, true));
        self.diagnostics.append(&mut scope.diagnostics);
        if broken {
            edition.left_out.push(left(Reason::Broken, "it has errors"));
        } else if read.empty {
            edition.left_out.push(left(Reason::Empty, "it has nothing to print"));
        } else {
            edition.unpublished.extend(hold);
            edition.stories.push(read.story);
        }
    }
}

/// The settings of a site generator: the file's name, its text, and what it says about the paper. A
/// link that leads out of the folder is not followed.
fn site_of(root: &Path) -> Option<(&'static str, String, Site)> {
    generator::FILES.iter().find_map(|name| {
        let path = root.join(name).canonicalize().ok().filter(|path| path.starts_with(root))?;
        let data = std::fs::metadata(&path).ok()?;
        if !data.is_file() || data.len() > generator::MOST_BYTES {
            return None;
        }
        let text = std::fs::read_to_string(&path).ok()?;
        let site = generator::read(name, &text)?;
        Some((*name, text, site))
    })
}

/// Pins swapped stories to the pages on which they must begin.
fn swap_pages(edition: &mut Edition) {
    for swap in &edition.decisions.swapped {
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
