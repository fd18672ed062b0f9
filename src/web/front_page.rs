//! A front: stories stand in the order of the weight that they have in print.

use super::context::Context;
use super::data::{EditionData, FrontPage, Tiers};
use super::escape::json_for_script;
use super::file::Fault;
use super::index::{Index, Section, Teaser};
use super::jsonld::organisation;

/// The stories beside the lead.
const SECONDS: usize = 2;
/// The stories of a section, below its lead, that are shown with more than their headline.
const SHOWN: usize = 3;

/// The front of an edition, `depth` folders below the site's root: 1 in the edition's folder, 0 as the
/// home of the paper.
pub(super) fn front(context: &Context<'_>, index: &Index, depth: usize) -> Result<Vec<u8>, Fault> {
    let on_front: Vec<&Teaser> =
        index.stories.iter().filter(|story| story.page == 1 && !story.brief).collect();
    let (lead, others) = match on_front.split_first() {
        Some((lead, others)) => (Some(*lead), others),
        None => (None, [].as_slice()),
    };
    let (seconds, thirds) = others.split_at(others.len().min(SECONDS));
    let sections = index
        .sections
        .iter()
        .map(|section| tiers(index, section, |story| story.page != 1 || story.brief))
        .filter(|tiers| tiers.lead.is_some() || !tiers.briefs.is_empty());
    let url = if depth == 0 { String::new() } else { format!("{}/", index.folder) };
    let data = FrontPage {
        edition: EditionData::of(index),
        latest: depth == 0,
        lead,
        seconds,
        thirds,
        sections: sections.collect(),
        title: "",
        description: context.paper.motto.as_deref(),
        jsonld: json_for_script(&organisation(context)),
    };
    let page = context.page(depth, &url, &index.sections, &data);
    context.look.page("front.html", &page)
}

/// The stories of a section that `wanted` accepts, in tiers: a lead (of the three heaviest, the first
/// with a picture), some with their standfirsts, the headlines of the others, the briefs.
pub(super) fn tiers<'a>(
    index: &'a Index,
    section: &'a Section,
    wanted: impl Fn(&Teaser) -> bool,
) -> Tiers<'a> {
    let mut stories: Vec<&Teaser> = index
        .stories
        .iter()
        .filter(|story| story.section.as_ref() == Some(&section.slug) && wanted(story))
        .collect();
    let briefs: Vec<&Teaser> = stories.iter().copied().filter(|story| story.brief).collect();
    stories.retain(|story| !story.brief);
    // By the size of the printed head, then in the order of print.
    stories.sort_by(|a, b| {
        let size = |story: &Teaser| story.head.unwrap_or(0.0);
        size(b).total_cmp(&size(a))
    });
    let lead = stories.iter().take(3).position(|story| story.art.is_some()).unwrap_or(0);
    let lead = if stories.is_empty() { None } else { Some(stories.remove(lead)) };
    let heads = stories.split_off(stories.len().min(SHOWN));
    Tiers { section, lead, more: stories, heads, briefs }
}
