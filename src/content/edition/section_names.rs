//! The sections of an edition's stories, each spelled in one way.

use std::collections::BTreeMap;

use super::Edition;
use crate::names::key;
use crate::words::Words;

/// Spells each section of an edition in one way: as `paper.yaml` does, else as the first file does.
/// Stories without one stand under "News"; where there is a section of that name, it is theirs.
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
