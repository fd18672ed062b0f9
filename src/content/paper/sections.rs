//! Which section of the paper a name means.

use super::{Paper, Section};
use crate::names::key;

/// The section of `paper.yaml` that a name means, as it is spelled there.
pub(crate) fn listed(paper: &Paper, name: &str) -> Option<String> {
    let wanted = key(name);
    let of = |section: &&Section| key(&section.name) == wanted || key(&section.title) == wanted;
    paper.sections.iter().find(of).map(|section| section.name.clone())
}
