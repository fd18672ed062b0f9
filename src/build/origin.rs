//! What an edition is made from, as one hash: where it is the same as last time, the edition need
//! not be made again.
//!
//! It only spares work. The plan, the pages and every file are a function of the paper's folder, and
//! nothing of them is ever read back; a record that is wrong costs a build, or keeps an edition that
//! was made before until it is made with [`Again::Anew`](crate::site::publish::Again).

use std::collections::BTreeSet;
use std::path::Path;

use crate::build::Press;
use crate::content::{self, Inputs, Reason, Sought};
use crate::site::publish::{Origin, PROGRAM, origin_of};

/// Whether an edition lies in `folder` as it would come out now, and what is known of it.
pub fn unchanged(folder: &Path, inputs: &Inputs, press: &Press) -> Option<Origin> {
    let outputs: Vec<&str> = press.wanted.iter().map(|output| output.name()).collect();
    let origin = origin_of(folder, &outputs)?;
    (key(inputs, &origin.sought, press) == origin.key).then_some(origin)
}

/// What an edition was made from; none where it comes out otherwise by itself, as soon as an embargo
/// ends or a day comes: until then, every build tells what waits.
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
