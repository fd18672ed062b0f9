//! What can wait until the pages are shown: the web edition and the PDF.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::build::{Press, web_edition};
use crate::diag::{Code, Diagnostic};
use crate::export::pdf;
use crate::picture::Cache;
use crate::site::template_fault;
use crate::web::{self, File, Index, Record};

use super::answer::Body;
use super::maker::{Set, WANTED};
use super::problems::problems;
use super::shelf::{Shelf, WebFiles};
use super::{Teller, Told, steady};

/// Whose turn it is: what can wait rests while pages are made, and begins again with those.
#[derive(Default)]
pub(super) struct Turn {
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Default)]
struct Now {
    /// Whether pages are being made.
    making: bool,
    /// What was made last, until it is taken.
    made: Option<Set>,
}

impl Turn {
    /// Pages are being made.
    pub(super) fn begin(&self) {
        self.lock().making = true;
    }

    /// They are made, or could not be.
    pub(super) fn end(&self, made: Option<Set>) {
        let mut now = self.lock();
        now.making = false;
        if made.is_some() {
            now.made = made;
        }
        self.changed.notify_all();
    }

    /// Waits for an edition to be made.
    fn next(&self) -> Set {
        let mut now = self.lock();
        loop {
            if let Some(set) = now.made.take() {
                return set;
            }
            now = self.changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until no pages are being made. Whether the last edition is still the newest.
    fn goes_on(&self) -> bool {
        let mut now = self.lock();
        while now.making {
            now = self.changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
        now.made.is_none()
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A step of what can wait; each gives what is wrong.
type Step = fn(&Set, &Shelf, &Cache) -> Vec<Diagnostic>;

/// What is looked at first comes first. The index of the search takes longest.
const STEPS: [Step; 3] = [pages_of_web, whole_pdf, search];

/// Makes the web edition and the PDF of each edition, and drops one for the next.
pub(super) fn later(turn: &Turn, shelf: &Shelf, cache: &Cache, tell: &Teller) {
    // One thread of its own leaves the others to pages that are made meanwhile.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok();
    loop {
        let set = turn.next();
        let mut said = vec![];
        for step in STEPS {
            if !turn.goes_on() {
                break;
            }
            let run = || step(&set, shelf, cache);
            let found = steady(|| pool.as_ref().map_or_else(run, |pool| pool.install(run)));
            let found = found.unwrap_or_else(|stumbled| {
                give_up_web(&set, shelf);
                vec![stumbled]
            });
            let wrong = found.iter().any(|one| one.severity == crate::diag::Severity::Error);
            said.extend(found);
            let problems = problems(&said, &set.sources);
            shelf.change(|snapshot| {
                let newest = snapshot.state.pages_of == set.make;
                let other = snapshot.state.later_problems != problems;
                if newest {
                    snapshot.state.later_problems = problems;
                }
                newest && other
            });
            if wrong {
                tell(Told::Partly { diagnostics: &said, sources: &set.sources });
            }
        }
    }
}

fn pages_of_web(set: &Set, shelf: &Shelf, cache: &Cache) -> Vec<Diagnostic> {
    let Some(look) = set.look.as_deref() else {
        // What is wrong with it was said when it was read.
        give_up_web(set, shelf);
        return vec![];
    };
    let press = Press {
        theme: &set.theme,
        grid: &set.grid,
        cache,
        keep_going: false,
        wanted: WANTED,
        look: Some(look),
        watch: &|_| {},
    };
    let (made, said) = match web_edition(&set.composition(), &press) {
        Ok(made) => made,
        Err(faults) => {
            give_up_web(set, shelf);
            return faults;
        }
    };
    let made: Vec<File> = made.into_iter().map(|(_, name, bytes)| (name, bytes)).collect();
    let index = made.iter().find(|(name, _)| name == "index.json");
    let index = index.and_then(|(_, bytes)| Index::read(bytes)).unwrap_or_default();
    let around = Mutex::new(look.asset_files());
    let put = |file| around.lock().unwrap_or_else(PoisonError::into_inner).push(file);
    if let Err(fault) = web::site(&set.edition.paper, look, std::slice::from_ref(&index), &put) {
        give_up_web(set, shelf);
        return vec![template_fault(&fault)];
    }
    let around = around.into_inner().unwrap_or_else(PoisonError::into_inner);
    let urls = index.stories.iter().map(|story| (story.key.clone(), story.url.clone()));
    let addresses: BTreeMap<String, String> = urls.collect();
    let own = made.into_iter().map(|(name, bytes)| (format!("{}/{name}", index.folder), bytes));
    let mut files: Vec<File> = own.chain(around).collect();
    files.iter_mut().for_each(|file| make_live(file, set, &index));
    shelf.change(|snapshot| {
        let newest = snapshot.state.pages_of == set.make;
        if newest {
            // The search of the edition before it is better than none until its own is made.
            let old = snapshot.web.iter().filter(|(name, _)| name.starts_with("search/"));
            let old: WebFiles = old.map(|(name, body)| (name.clone(), Arc::clone(body))).collect();
            let new = files.into_iter().map(|(name, bytes)| (name, Arc::new(Body::new(bytes))));
            snapshot.web = Arc::new(old.into_iter().chain(new).collect());
            snapshot.state.web_of = set.make;
            snapshot.state.addresses = addresses;
        }
        newest
    });
    said
}

/// The web edition stays as it was: nobody need wait for another.
fn give_up_web(set: &Set, shelf: &Shelf) {
    shelf.change(|snapshot| {
        let newest = snapshot.state.pages_of == set.make;
        snapshot.state.web_of = if newest { set.make } else { snapshot.state.web_of };
        newest
    });
}

/// Gives a page the script that loads it again when it changes and marks a story that must not be
/// out yet.
fn make_live((name, bytes): &mut File, set: &Set, index: &Index) {
    if !name.ends_with(".html") {
        return;
    }
    let path = name.trim_end_matches("index.html");
    let own = |url: &str| percent_encoding::percent_decode_str(url).decode_utf8_lossy() == path;
    let story = index.stories.iter().find(|story| own(&story.url));
    let mark = story.and_then(|story| set.marks.iter().find(|mark| mark.story == story.key));
    let word = mark.map_or(String::new(), |mark| format!(" data-mark=\"{}\"", mark.word));
    let live = format!(
        "<link rel=\"stylesheet\" href=\"/live.css\"><script src=\"/live.js\" defer{word}></script>\n"
    );
    let text = String::from_utf8_lossy(bytes);
    if let Some(at) = text.find("</head>") {
        *bytes = [&text[..at], &live, &text[at..]].concat().into_bytes();
    }
}

fn whole_pdf(set: &Set, shelf: &Shelf, _: &Cache) -> Vec<Diagnostic> {
    let day = set.edition.date.map_or_else(|| "undated".into(), |date| date.to_string());
    let ident = format!("{}/{day}/preview", set.edition.paper.name);
    let (made, said) = match pdf(&set.document, &ident, set.edition.date) {
        Ok(bytes) => (Some((Arc::new(Body::new(bytes)), format!("{day}-preview.pdf"))), vec![]),
        Err(errors) => {
            let errors = errors.into_iter().map(|error| Diagnostic::error(Code::Pdf, None, error));
            (None, errors.collect())
        }
    };
    shelf.change(|snapshot| {
        let newest = snapshot.state.pages_of == set.make;
        if newest {
            snapshot.state.pdf_of = set.make;
            snapshot.pdf = made.or_else(|| snapshot.pdf.take());
        }
        newest
    });
    said
}

/// The index of the search, from the web edition that is shown.
fn search(set: &Set, shelf: &Shelf, _: &Cache) -> Vec<Diagnostic> {
    let Some(look) = set.look.as_deref() else { return vec![] };
    let web = Arc::clone(&shelf.now().web);
    let folder = web::folder_of(set.edition.date);
    let read = |name: &str| web.get(&format!("{folder}/{name}"));
    let index = read("index.json").and_then(|body| Index::read(&body.bytes));
    let records: Option<Vec<Record>> =
        read("search.json").and_then(|body| serde_json::from_slice(&body.bytes).ok());
    let (Some(index), Some(records)) = (index, records) else { return vec![] };
    let Ok(site) = web::site(&set.edition.paper, look, &[index], &drop) else { return vec![] };
    let mut made = WebFiles::new();
    for bundle in &site.bundles {
        match web::bundle(bundle, &records, &set.edition.paper.lang) {
            Ok(files) => made
                .extend(files.into_iter().map(|(name, bytes)| (name, Arc::new(Body::new(bytes))))),
            Err(error) => {
                let what = format!("the search index can't be made: {error}");
                let hint = "this is a fault of Stonehand, not of the stories: please report it";
                return vec![Diagnostic::error(Code::WebSearch, None, what).hint(hint)];
            }
        }
    }
    shelf.change(|snapshot| {
        let newest = snapshot.state.web_of == set.make;
        if newest {
            let mut files = WebFiles::clone(&snapshot.web);
            files.retain(|name, _| !name.starts_with("search/") || name == "search/index.html");
            files.append(&mut made);
            snapshot.web = Arc::new(files);
        }
        // No page shows it before it is asked for.
        newest
    });
    vec![]
}
