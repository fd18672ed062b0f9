//! The later outputs, which can wait until the pages are shown: the web edition, the PDF, and the index
//! of the search.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::build::{Press, web_edition};
use crate::diag::{Code, Diagnostic, has_errors};
use crate::export::pdf;
use crate::picture::Cache;
use crate::site::{search_fault, template_fault};
use crate::web::{self, File, Index, Record};

use super::answer::HashedBytes;
use super::catch::catch_panic;
use super::composed::{ComposedEdition, WANTED};
use super::notice::{Notice, Teller};
use super::preview_shelf::{Shelf, WebFiles};
use super::problems::problems;
use super::turn::Turn;

/// A step of the later outputs; it returns its diagnostics.
type Step = fn(&ComposedEdition, &Shelf, &Cache) -> Vec<Diagnostic>;

/// The steps in the order in which readers look for them. The index of the search takes longest.
const STEPS: [Step; 3] = [pages_of_web, whole_pdf, search];

/// Makes the later outputs of each edition, and drops those of an edition as soon as there is a newer
/// one. Never returns.
pub(super) fn later(turn: &Turn, shelf: &Shelf, cache: &Cache, tell: &Teller) {
    // With one thread of its own it takes none from pages that are made meanwhile.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok();
    loop {
        let set = turn.next();
        let mut said = vec![];
        for step in STEPS {
            if !turn.goes_on() {
                break;
            }
            let run = || step(&set, shelf, cache);
            let found = catch_panic(|| pool.as_ref().map_or_else(run, |pool| pool.install(run)));
            let found = found.unwrap_or_else(|stumbled| {
                give_up_web(&set, shelf);
                vec![stumbled]
            });
            let wrong = has_errors(&found);
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
                tell(Notice::Partly { diagnostics: &said, sources: &set.sources });
            }
        }
    }
}

/// The web edition and the site around it.
fn pages_of_web(set: &ComposedEdition, shelf: &Shelf, cache: &Cache) -> Vec<Diagnostic> {
    let Some(look) = set.look.as_deref() else {
        // Its faults were reported when it was read.
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
            // Until the new index of the search is made, the old one is better than none.
            let old = snapshot.web.iter().filter(|(name, _)| name.starts_with("search/"));
            let old: WebFiles = old.map(|(name, body)| (name.clone(), Arc::clone(body))).collect();
            let new =
                files.into_iter().map(|(name, bytes)| (name, Arc::new(HashedBytes::new(bytes))));
            snapshot.web = Arc::new(old.into_iter().chain(new).collect());
            snapshot.state.web_of = set.make;
            snapshot.state.addresses = addresses;
        }
        newest
    });
    said
}

/// Leaves the web edition as it was. It counts as that of this make, so that no request waits for a new
/// one.
fn give_up_web(set: &ComposedEdition, shelf: &Shelf) {
    shelf.change(|snapshot| {
        let newest = snapshot.state.pages_of == set.make;
        snapshot.state.web_of = if newest { set.make } else { snapshot.state.web_of };
        newest
    });
}

/// Puts a script into a page that loads the page again when it changes, and that flags a story which
/// must not be published yet.
fn make_live((name, bytes): &mut File, set: &ComposedEdition, index: &Index) {
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

/// The PDF.
fn whole_pdf(set: &ComposedEdition, shelf: &Shelf, _: &Cache) -> Vec<Diagnostic> {
    let day = set.edition.date.map_or_else(|| "undated".into(), |date| date.to_string());
    let ident = format!("{}/{day}/preview", set.edition.paper.name);
    let (made, said) = match pdf(&set.document, &ident, set.edition.date) {
        Ok(bytes) => {
            (Some((Arc::new(HashedBytes::new(bytes)), format!("{day}-preview.pdf"))), vec![])
        }
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
fn search(set: &ComposedEdition, shelf: &Shelf, _: &Cache) -> Vec<Diagnostic> {
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
            Ok(files) => made.extend(
                files.into_iter().map(|(name, bytes)| (name, Arc::new(HashedBytes::new(bytes)))),
            ),
            Err(error) => {
                return vec![search_fault(&error)];
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
        newest
    });
    vec![]
}
