//! What is wrong with an edition, worst first, each with what to do about it.

mod fit_findings;
mod gather;
mod picture_findings;
mod plan_findings;

use super::finding::Finding;
use super::form::{Material, Review};
use gather::Findings;

/// Everything that is wrong, worst first.
pub(super) fn findings(material: &Material, review: &Review) -> Vec<Finding> {
    let mut findings = Findings { material, review, found: vec![] };
    findings.rules();
    findings.given_up();
    findings.pages();
    for (item, story) in review.stories.iter().enumerate() {
        findings.text(item, story);
        findings.optional(story);
        findings.head(story);
        findings.left_pictures(item, story);
    }
    findings.pictures();
    let mut found = findings.found;
    found.sort_by(|a, b| {
        let place = |one: &Finding| (one.page, one.kind, one.story.clone(), one.picture.clone());
        b.level
            .cmp(&a.level)
            .then(b.weight.total_cmp(&a.weight))
            .then_with(|| place(a).cmp(&place(b)))
    });
    found
}
