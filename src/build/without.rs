//! What an edition goes on without, where it is to be made all the same: stories, ads and pictures
//! that are broken.

use std::collections::BTreeSet;

use super::Press;
use crate::content::paper::Ad;
use crate::content::story::PictureRef;
use crate::diag::{Diagnostic, Severity, Span};
use crate::edition::Edition;
use crate::export::LeftOut;

/// Takes the stories with errors out of the edition, or stops.
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
            left_out.push(LeftOut { story: story.key.clone(), reason: "broken".into() });
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
            left_out.push(LeftOut { story, reason: "broken ad".into() });
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
            left_out.push(LeftOut { story: story.key.clone(), reason: "broken picture".into() });
        }
    }
}

/// What was lost is no error any more, since the edition goes on without it.
pub fn made_without(diagnostics: &mut [Diagnostic], lost: &[Span]) {
    let is_lost = |one: &&mut Diagnostic| {
        one.severity == Severity::Error && one.span.is_some_and(|span| lost.contains(&span))
    };
    for diagnostic in diagnostics.iter_mut().filter(is_lost) {
        diagnostic.severity = Severity::Warning;
        diagnostic.hints.push("the pages were made without it".into());
    }
}
