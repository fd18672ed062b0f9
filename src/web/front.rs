//! A front: what the make-up gave weight stands above what it gave less.

use super::Fault;
use super::article::edition_data;
use super::context::Context;
use super::data::{FrontPage, Tiers};
use super::index::{Index, Section, Teaser};
use super::jsonld::organisation;
use super::text::json_for_script;

/// Stories beside the lead.
const SECONDS: usize = 2;
/// Stories of a section that have more than their headline.
const SHOWN: usize = 3;

/// The front of an edition, `depth` folders below the root: 1 in its own folder, 0 as the home of
/// the paper.
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
        edition: edition_data(index),
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

/// A section's stories that `wanted` takes, in their tiers: the heaviest one with a picture, some
/// with their standfirst, the others' headlines, the briefs.
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
