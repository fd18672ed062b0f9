//! Links on the pages: they were lost once, and nobody saw it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use stonehand::build::plan;
use stonehand::compose::compose;
use typst::layout::{Frame, FrameItem};
use typst::model::Destination;
use typst_layout::PagedDocument;

use crate::common::Job;

/// Where links lead: the page they stand on, and the page or the address they lead to.
#[derive(Default)]
struct Links {
    pages: BTreeSet<(usize, usize)>,
    addresses: BTreeSet<(usize, String)>,
}

fn links(job: &Job) -> Links {
    let mut edition = job.edition.clone();
    let planned = plan(&mut edition, &mut vec![], &job.press()).unwrap();
    let composition = planned.composition(&edition, &job.grid);
    let document: PagedDocument =
        compose(&composition, &job.theme, &planned.pictures, &planned.ads, &planned.furniture)
            .unwrap();
    let mut links = Links::default();
    for (number, page) in (1..).zip(document.pages()) {
        each(&page.frame, &mut |destination| match destination {
            Destination::Position(position) => {
                links.pages.insert((number, position.page.get()));
            }
            Destination::Url(url) => {
                links.addresses.insert((number, url.as_str().to_owned()));
            }
            Destination::Location(_) => {}
        });
    }
    links
}

fn each(frame: &Frame, found: &mut impl FnMut(&Destination)) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => each(&group.frame, found),
            FrameItem::Link(destination, _) => found(destination),
            _ => {}
        }
    }
}

#[test]
fn jump_lines_lead_there_and_back() {
    let (job, _, _) = Job::read(Path::new(env!("CARGO_MANIFEST_DIR")), &[], &[]);
    let job = job.unwrap();
    let mut edition = job.edition.clone();
    let planned = plan(&mut edition, &mut vec![], &job.press()).unwrap();
    let modules =
        planned.plan.pages.iter().flat_map(|page| {
            page.modules.iter().filter_map(|module| Some((page.number, module.to?)))
        });
    let jumps: Vec<(usize, usize)> =
        modules.map(|(from, to)| (usize::from(from), usize::from(to))).collect();
    assert!(jumps.len() > 1, "the demo has jumps");
    let Links { pages, .. } = links(&job);
    for (from, to) in jumps {
        assert!(pages.contains(&(from, to)) && pages.contains(&(to, from)), "{from} and {to}");
    }
}

#[test]
fn a_headline_leads_to_its_story_and_words_of_a_text_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let stories = folder.path().join("content/2026-11-24");
    fs::create_dir_all(&stories).unwrap();
    let story = "---\nheadline: The wall\ncanonical: https://example.org/wall\n---\n\
        The [council](https://example.org/council) voted for it.\n";
    fs::write(stories.join("wall.md"), story).unwrap();
    let (job, _, _) = Job::read(folder.path(), &[], &[]);
    let Links { addresses, .. } = links(&job.unwrap());
    assert_eq!(addresses, BTreeSet::from([(1, "https://example.org/wall".to_string())]));
}
