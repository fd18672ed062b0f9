//! The make-up of an edition with its locked pages.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use super::makeup_input::numbers;
use super::phase::Press;
use crate::diag::{Diagnostic, Severity};
use crate::editor::{locks, pin_outcomes};
use crate::export::{LeftOut, LeftOutReason};
use crate::galley::Galley;
use crate::lineup::Edition;
use crate::makeup;
use crate::makeup::model::Plan;

/// Makes the pages up; locked pages keep their plan. A locked page that can't stand stops the edition
/// or, with `keep_going`, is made anew.
pub(super) fn make_pages(
    edition: &Edition,
    galleys: &[Galley],
    diagnostics: &mut Vec<Diagnostic>,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<(makeup::Edition, Plan), Vec<Diagnostic>> {
    let mut seen = numbers(edition, galleys, press.theme, press.grid);
    let mut file = edition.lock.as_ref();
    let mut released = BTreeSet::new();
    loop {
        let read = file.map(|file| locks::read(file, edition, press.grid, &seen, &released));
        let (locked, mut slips) = read.unwrap_or_default();
        seen.locked = locked;
        let mut plan = None;
        if slips.is_empty() {
            let made = planned(&seen);
            if let Some(file) = file {
                let broken = makeup::broken(&seen, &made);
                slips.extend(broken.iter().map(|loose| locks::slip(edition, file, loose)));
            }
            plan = Some(made);
        }
        if let Some(plan) = plan.filter(|_| slips.is_empty()) {
            diagnostics.extend(locks::renamed(edition, &seen, &plan));
            diagnostics.extend(pin_outcomes::refused(edition, &seen, &plan));
            return Ok((seen, plan));
        }
        if !press.keep_going {
            diagnostics.extend(slips.into_iter().map(|slip| slip.diagnostic));
            return Err(diagnostics.clone());
        }
        let (had, before) = (file.is_some(), released.len());
        for slip in slips {
            // The edition is made without the lock.
            let mut said = slip.diagnostic;
            said.severity = Severity::Warning;
            let (pages, were) = match slip.page {
                Some(page) => (format!("page {page}"), "was"),
                None => ("all pages".into(), "were"),
            };
            said.hints.push(format!("this time {pages} {were} made up again"));
            if slip.page.is_none_or(|page| released.insert(page)) {
                left_out.push(LeftOut { story: pages, reason: LeftOutReason::BrokenLock });
            }
            file = file.filter(|_| slip.page.is_some());
            diagnostics.push(said);
        }
        // Each round releases a page or is the last.
        if file.is_some() == had && released.len() == before {
            return Err(diagnostics.clone());
        }
    }
}

/// The plan of an edition. It follows from the numbers alone, so that a process that has planned the
/// same numbers before takes that plan: the preview does so after most edits.
fn planned(seen: &makeup::Edition) -> Plan {
    let mut hasher = blake3::Hasher::new();
    match serde_json::to_writer(&mut hasher, seen) {
        Ok(()) => remembered(Hashed { identity: *hasher.finalize().as_bytes(), seen }),
        Err(_) => makeup::make_up(seen),
    }
}

/// An edition in numbers with a hash of all of it, by which plans are remembered.
struct Hashed<'a> {
    identity: [u8; 32],
    seen: &'a makeup::Edition,
}

impl Hash for Hashed<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Equal identities are equal editions.
        self.identity.hash(state);
    }
}

#[comemo::memoize]
fn remembered(seen: Hashed<'_>) -> Plan {
    makeup::make_up(seen.seen)
}
