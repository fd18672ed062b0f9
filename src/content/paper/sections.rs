//! Finds the section that a name means.

use super::{Paper, Section};
use crate::names::key;

/// The name of a section as `paper.yaml` spells it, if it lists the section.
pub(crate) fn listed(paper: &Paper, name: &str) -> Option<String> {
    let wanted = key(name);
    let of = |section: &&Section| key(&section.name) == wanted || key(&section.title) == wanted;
    paper.sections.iter().find(of).map(|section| section.name.clone())
}
