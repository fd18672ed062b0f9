//! The files of an edition: its front, its stories, `index.json` and `search.json`.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::article::{Neighbour, article};
use super::context::{Context, address_of};
use super::escape::clean;
use super::figures::{SHARE, ShareFile, StoryArt};
use super::file::{Fault, File};
use super::front_page::front;
use super::index::{ArtFile, Index, Section, Teaser, VERSION, folder_of};
use super::order::{PrintPlace, places};
use super::search_index::{Record, record};
use super::slugs::distinct;
use super::story_links::{alternates, elsewhere, slugs_of};
use super::teaser::teaser;
use super::templates::Look;
use crate::compose::Composition;
use crate::content::model::{Story, StoryId};
use crate::lineup::Edition;

/// The pictures of an edition.
#[derive(Debug, Clone, Default)]
pub(crate) struct EditionArt {
    /// Each picture of each story.
    pub(crate) all: Vec<StoryArt>,
    /// The pictures that pages elsewhere show of stories; none where the paper has no address.
    pub(crate) shares: Vec<ShareFile>,
}

impl EditionArt {
    /// The pictures of a story, by their numbers.
    fn of_story(&self, story: &str) -> BTreeMap<usize, &StoryArt> {
        let own = self.all.iter().filter(|art| art.story == story);
        own.map(|art| (art.picture, art)).collect()
    }
}

/// The files of an edition, below its folder, the front first. `pdf` is the name of the edition's PDF,
/// where one is made.
///
/// # Errors
/// A fault in a template.
pub(crate) fn edition(
    composition: &Composition,
    art: &EditionArt,
    look: &Look,
    pdf: Option<&str>,
) -> Result<Vec<File>, Fault> {
    let paper = &composition.edition.paper;
    let context = Context::new(paper, look);
    let stories: Vec<&Story> = composition.edition.slots_as_written().collect();
    let places = places(composition);
    let others = elsewhere(&context, &composition.edition.elsewhere);
    let index = index(composition, &context, &places, art, &others, pdf);
    let mut files = vec![("index.html".to_owned(), front(&context, &index, 1)?)];
    let pages: Result<Vec<File>, Fault> = places
        .par_iter()
        .enumerate()
        .map(|(at, place)| {
            let neighbour = Neighbour {
                before: at.checked_sub(1).and_then(|at| index.stories.get(at)),
                after: index.stories.get(at + 1),
            };
            let story = stories[place.slot];
            let pictures = art.of_story(&story.key);
            let page = article(&context, &index, at, story, &pictures, &neighbour, &others)?;
            Ok((format!("{}/index.html", index.stories[at].slug), page))
        })
        .collect();
    files.extend(pages?);
    let mut known = BTreeSet::new();
    for picture in &art.all {
        // Two stories may show the same picture.
        files.extend(picture.files.iter().filter(|(name, _)| known.insert(name.clone())).cloned());
    }
    for ShareFile { name, bytes, .. } in &art.shares {
        if known.insert(name.clone()) {
            files.push((name.clone(), bytes.clone()));
        }
    }
    let records: Vec<Record> = places
        .iter()
        .zip(&index.stories)
        .map(|(place, teaser)| record(&index, teaser, stories[place.slot]))
        .collect();
    files.push(("index.json".into(), index.to_bytes()));
    files.push(("search.json".into(), serde_json::to_vec(&records).unwrap_or_default()));
    Ok(files)
}

/// The edition's `index.json`.
fn index(
    composition: &Composition,
    context: &Context<'_>,
    places: &[PrintPlace],
    art: &EditionArt,
    others: &BTreeMap<StoryId, Teaser>,
    pdf: Option<&str>,
) -> Index {
    let edition = composition.edition;
    let stories: Vec<&Story> = edition.slots_as_written().collect();
    let folder = folder_of(edition.date);
    let placed: Vec<&Story> = places.iter().map(|place| stories[place.slot]).collect();
    let slugs = slugs_of(&placed);
    let url = |id: &StoryId| {
        if id.edition == edition.date {
            return slugs.get(&id.key).map(|slug| address_of(&[&folder, slug]));
        }
        others.get(id).map(|teaser| teaser.url.clone())
    };
    let sections = sections(edition, &placed);
    let teasers = places.iter().map(|place| {
        let story = stories[place.slot];
        let lead = art.all.iter().find(|one| one.story == story.key && one.picture == 0);
        let mut teaser = teaser(story, place, &folder, &slugs[&story.key], context);
        teaser.translations = alternates(story, &teaser, &context.paper.lang, url);
        teaser.art = lead.map(|one| one.art.clone());
        let key = edition.section_key(story);
        let section = sections.iter().find(|(known, _)| *known == key);
        teaser.section = section.map(|(_, section)| section.slug.clone());
        let share = art.shares.iter().find(|one| one.story == story.key);
        teaser.share = share.map(|one| ArtFile {
            path: format!("{folder}/{}", one.name),
            width: SHARE.0,
            height: SHARE.1,
        });
        teaser
    });
    let number = edition.edition_data()["number"].as_str().map(clean);
    Index {
        version: VERSION,
        folder: folder.clone(),
        date: edition.date.map(|date| date.to_string()),
        date_text: edition.date_text(),
        number,
        pages: composition.plan.pages.len(),
        pdf: pdf.map(|name| format!("{folder}/{name}")),
        stories: teasers.collect(),
        sections: sections.into_iter().map(|(_, section)| section).collect(),
        assets: context.look.assets.paths().into_values().map(str::to_owned).collect(),
    }
}

/// The sections that have stories, each with its key.
fn sections(edition: &Edition, stories: &[&Story]) -> Vec<(String, Section)> {
    let used: BTreeSet<String> = stories.iter().map(|story| edition.section_key(story)).collect();
    let all = edition.section_keys.iter().zip(&edition.sections);
    let all: Vec<_> = all.filter(|(key, _)| used.contains(*key)).collect();
    let names: Vec<(&str, Option<&str>)> =
        all.iter().map(|(key, _)| (key.as_str(), None)).collect();
    let slugs = distinct(&names, &[]);
    let one = |((key, title), slug): (&(&String, &String), String)| {
        ((*key).clone(), Section { name: clean(title), slug })
    };
    all.iter().zip(slugs).map(one).collect()
}
