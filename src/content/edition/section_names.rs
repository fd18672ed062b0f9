//! Gives each section of an edition a single spelling.

use std::collections::BTreeMap;

use super::Edition;
use crate::names::key;
use crate::words::Words;

/// Gives each section a single spelling: that of `paper.yaml`, or else that of the first file.
/// Stories without a section go to the section "News", if there is one.
pub(crate) fn settle(edition: &mut Edition) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for section in &edition.paper.sections {
        known.entry(key(&section.name)).or_insert_with(|| section.name.clone());
        known.entry(key(&section.title)).or_insert_with(|| section.name.clone());
    }
    for story in &mut edition.stories {
        if let Some(name) = &mut story.section {
            *name = known.entry(key(name)).or_insert_with(|| name.clone()).clone();
        }
    }
    let news = known.get(&key(Words::for_language(&edition.paper.lang).news));
    for story in edition.stories.iter_mut().filter(|story| story.section.is_none()) {
        story.section = news.cloned();
    }
}
