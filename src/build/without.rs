//! Broken stories, ads and pictures are taken out of an edition that is made without them
//! (`--keep-going`).

use std::collections::BTreeSet;

use super::phase::Press;
use crate::content::Reason;
use crate::content::model::PictureRef;
use crate::content::paper::Ad;
use crate::diag::{Diagnostic, Severity, Span};
use crate::export::{LeftOut, LeftOutReason};
use crate::lineup::Edition;

/// Takes the stories with errors out of the edition. Returns all diagnostics if that is not wanted, or
/// if no story would be left.
pub(super) fn leave_out(
    edition: &mut Edition,
    diagnostics: &mut [Diagnostic],
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<(), Vec<Diagnostic>> {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let broken: BTreeSet<_> = errors.filter_map(|d| Some(d.span?.file)).collect();
    if broken.is_empty() {
        return Ok(());
    }
    if !press.keep_going || edition.written().all(|story| broken.contains(&story.file)) {
        return Err(diagnostics.to_vec());
    }
    edition.retain(|story| {
        let keep = !broken.contains(&story.file);
        if !keep {
            left_out.push(LeftOut {
                story: story.key.clone(),
                reason: LeftOutReason::Read(Reason::Broken),
            });
        }
        keep
    });
    Ok(())
}

/// Takes ads that can't be printed out of the edition.
pub(super) fn drop_ads(edition: &mut Edition, left_out: &mut Vec<LeftOut>, lost: &[Span]) {
    for span in lost {
        let is_lost = |ad: &Ad| ad.picture.src.span == *span;
        for ad in edition.paper.ads.iter().filter(|ad| is_lost(ad)) {
            let story = ad.picture.src.text.clone();
            left_out.push(LeftOut { story, reason: LeftOutReason::BrokenAd });
        }
        edition.paper.ads.retain(|ad| !is_lost(ad));
    }
}

/// Takes pictures that can't be printed out of their stories.
pub(super) fn drop_pictures(
    edition: &mut Edition,
    left_out: &mut Vec<LeftOut>,
    broken: &[(usize, Span)],
) {
    for (item, span) in broken {
        let story = &mut edition.stories[*item];
        let is_it = |picture: &PictureRef| picture.src.span == *span;
        while let Some(number) = story.pictures.iter().position(is_it) {
            story.drop_picture(number);
            left_out
                .push(LeftOut { story: story.key.clone(), reason: LeftOutReason::BrokenPicture });
        }
    }
}

/// Turns errors at places in `lost` into warnings, since the edition is made without what is there.
pub fn made_without(diagnostics: &mut [Diagnostic], lost: &[Span]) {
    let is_lost = |one: &&mut Diagnostic| {
        one.severity == Severity::Error && one.span.is_some_and(|span| lost.contains(&span))
    };
    for diagnostic in diagnostics.iter_mut().filter(is_lost) {
        diagnostic.severity = Severity::Warning;
        diagnostic.hints.push("the pages were made without it".into());
    }
}
