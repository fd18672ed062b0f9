//! A hash of everything that an edition is made from. If it is the same as last time, the edition is
//! not made again.
//!
//! The hash only spares work: no file is made from what an earlier build wrote. If the record is wrong,
//! an edition is made once more, or an old one stays until it is made with
//! [`Again::Anew`](crate::site::publish::Again).

use std::collections::BTreeSet;
use std::path::Path;

use super::phase::Press;
use crate::content::{self, Inputs, Reason, Sought};
use crate::site::publish::{Origin, PROGRAM, origin_of};

/// The record of the edition in `folder`, if it would come out now as it lies there.
pub fn unchanged(folder: &Path, inputs: &Inputs, press: &Press) -> Option<Origin> {
    let outputs: Vec<&str> = press.wanted.iter().map(|output| output.name()).collect();
    let origin = origin_of(folder, &outputs)?;
    (key(inputs, &origin.sought, press) == origin.key).then_some(origin)
}

/// The record of what an edition is made from. An edition with a story that waits for a moment has
/// none, so that every build makes it and tells what waits.
pub fn origin(edition: &content::Edition, press: &Press) -> Option<Origin> {
    let waits = |reason| matches!(reason, Reason::Embargo | Reason::Future);
    if edition.left_out.iter().any(|left| waits(left.reason)) {
        return None;
    }
    let key = key(&edition.inputs, &edition.sought, press);
    Some(Origin { sought: edition.sought.clone(), ..Origin::of(key) })
}

fn key(inputs: &Inputs, sought: &BTreeSet<Sought>, press: &Press) -> String {
    let Press { theme, grid, cache: _, keep_going: _, wanted, look, watch: _ } = press;
    let mut hasher = blake3::Hasher::new();
    let look = look.map(|look| *look.fingerprint());
    let names: Vec<&str> = wanted.iter().map(|output| output.name()).collect();
    hasher.update(format!("{PROGRAM} {names:?} {grid:?} {look:?}").as_bytes());
    hasher.update(theme.fingerprint());
    hasher.update(&inputs.texts);
    hasher.update(&inputs.pictures(sought));
    hasher.finalize().to_hex().to_string()
}
