//! One edition from its stories to its files.
//!
//! The phases in their order, each in a file of its own:
//!
//! 1. `setup` reads theme, grid and look, and puts the stories in order;
//! 2. `furnish` leaves out the furniture that has no place;
//! 3. `graphics` finds pictures that must not be cropped;
//! 4. `set_galleys` sets and measures the stories;
//! 5. `make_pages` plans the pages, from the numbers of `makeup_input`;
//! 6. `prepare_art` prepares pictures, ads and furniture for their places;
//! 7. `copyfit` and `unplaced` tell what does not fit;
//! 8. `compose_pages` composes the pages and holds them against the plan;
//! 9. `outputs` makes the files, those of the web edition with `web_edition`.
//!
//! Where something fails, `without` takes out what is broken, and `mend` has a story set plainer.
//! `origin` tells whether an edition need be made at all.

mod compose_pages;
mod copyfit;
mod furnish;
mod graphics;
mod make_pages;
mod makeup_input;
mod mend;
pub mod origin;
mod outputs;
mod phase;
mod planned;
mod prepare_art;
mod set_galleys;
pub mod setup;
mod typst_trouble;
mod unplaced;
mod web_edition;
mod without;

use typst_layout::PagedDocument;

pub use phase::{Phase, Press};
pub use planned::Planned;
pub(crate) use web_edition::web_edition;
pub use without::made_without;

use crate::diag::{Code, Diagnostic, Severity, Span, has_errors};
use crate::export::{LeftOut, Report, report};
use crate::lineup::Edition;
use crate::site::publish::Files;
use crate::typeset::check_letters;
use compose_pages::{checked, composed};
use copyfit::copyfit;
use furnish::{drop_boxes, furnish, on_front, too_low};
use graphics::mark_graphics;
use make_pages::make_pages;
use mend::{Mending, Stop};
use outputs::{blank_pages, output_files};
use prepare_art::{Art, prepare_art};
use set_galleys::set_galleys;
use without::{drop_ads, drop_pictures, leave_out};

/// An edition, made.
pub struct Made {
    /// Its files.
    pub files: Files,
    /// Its report.
    pub report: Report,
    /// Its title.
    pub title: String,
    /// Its diagnostics, but for those of its reading.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes an edition. `read` are the diagnostics of its reading: the report counts them too.
///
/// # Errors
/// All diagnostics, if an error stops the edition.
pub fn build(
    mut edition: Edition,
    mut left_out: Vec<LeftOut>,
    read: &[Diagnostic],
    press: &Press,
) -> Result<Made, Vec<Diagnostic>> {
    let (planned, mut made) = with_mending(&mut edition, &mut left_out, press, |set| {
        let mut said = set.planned.diagnostics.clone();
        said.extend(blank_pages(set.planned.plan.pages.len(), press.wanted));
        let composition = set.planned.composition(set.edition, press.grid);
        let mut report = report(&composition, &set.planned.pictures);
        report.left_out = set.left_out.to_vec();
        report.set_again = set.mending.set_again();
        let all = || read.iter().chain(&said);
        report.warnings = all().filter(|one| one.severity == Severity::Warning).count();
        report.alts_filled = all().filter(|one| one.code == Code::MissingAlt).count();
        let (files, diagnostics) = output_files(&composition, set.planned, press, &report)?;
        Ok(Made { files, report, title: set.edition.title(), diagnostics })
    })?;
    let mut said = planned.diagnostics;
    said.extend(blank_pages(planned.plan.pages.len(), press.wanted));
    said.append(&mut made.diagnostics);
    Ok(Made { diagnostics: said, ..made })
}

/// The first half of [`build`]: galleys, plan and pictures.
///
/// # Errors
/// All diagnostics, if an error stops the edition.
pub fn plan(
    edition: &mut Edition,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<Planned, Vec<Diagnostic>> {
    with_mending(edition, left_out, press, |_| Ok(())).map(|(planned, ())| planned)
}

/// An edition's plan and its composed pages, which were held against the plan. The diagnostics of the
/// pages are among those of the plan.
///
/// # Errors
/// All diagnostics, if an error stops the edition.
pub fn document(
    edition: &mut Edition,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<(Planned, PagedDocument), Vec<Diagnostic>> {
    let (mut planned, (document, said)) = with_mending(edition, left_out, press, |set| {
        let composition = set.planned.composition(set.edition, press.grid);
        let document = composed(&composition, set.planned, press)?;
        let said = checked(&composition, &document)?;
        Ok((document, said))
    })?;
    planned.diagnostics.extend(said);
    Ok((planned, document))
}

/// A planned edition, for the phases after the plan.
struct PlannedEdition<'a> {
    edition: &'a Edition,
    planned: &'a Planned,
    left_out: &'a [LeftOut],
    mending: &'a Mending,
}

/// Plans an edition and makes something of the plan. Where a story comes out otherwise than planned,
/// both are done once more with that story set plainer or, in the end, without it.
fn with_mending<T>(
    edition: &mut Edition,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
    make: impl Fn(PlannedEdition<'_>) -> Result<T, Stop>,
) -> Result<(Planned, T), Vec<Diagnostic>> {
    let (whole, left_before) = (edition.clone(), left_out.clone());
    let mut mending = Mending::default();
    loop {
        mending.apply(edition, left_out);
        let tried = try_plan(edition, left_out, press).and_then(|mut planned| {
            planned.diagnostics.extend(mending.said());
            let set = PlannedEdition { edition, planned: &planned, left_out, mending: &mending };
            make(set).map(|made| (planned, made))
        });
        match tried {
            Ok(made) => return Ok(made),
            Err(stop) => mending.take(stop, edition)?,
        }
        edition.clone_from(&whole);
        left_out.clone_from(&left_before);
    }
}

/// Plans an edition once. With `keep_going`, broken parts are taken out and the plan is made again
/// without them.
fn try_plan(
    edition: &mut Edition,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<Planned, Stop> {
    let mut diagnostics = vec![];
    diagnostics.extend(too_low(edition, press));
    if !diagnostics.is_empty() {
        return Err(diagnostics.into());
    }
    edition.change(&mut |story| diagnostics.extend(check_letters(story)));
    leave_out(edition, &mut diagnostics, left_out, press)?;
    furnish(edition, &mut diagnostics, left_out, press)?;
    mark_graphics(edition, press.cache);
    loop {
        (press.watch)(Phase::Galleys);
        let mut galleys = set_galleys(edition, &mut diagnostics, left_out, press)?;
        (press.watch)(Phase::MakeUp);
        let before = diagnostics.clone();
        let (seen, plan) = make_pages(edition, &galleys, &mut diagnostics, left_out, press)?;
        let wide = plan.pages.iter().flat_map(|page| &page.modules).filter(|m| m.measure > 1);
        wide.for_each(|module| galleys[module.item].widen());
        let stray = on_front(edition, &plan);
        if !stray.is_empty() {
            // Without a promo the front page has other rows: the plan and what was said of it are void.
            diagnostics = before.into_iter().chain(stray).collect();
            continue;
        }
        let fit = copyfit(edition, &galleys, &seen, &plan);
        (press.watch)(Phase::Pictures);
        let planned = Planned::bare(galleys, seen, plan);
        let art = prepare_art(&planned.composition(edition, press.grid), press);
        let Art { pictures, ads, furniture, said, broken, lost } = art;
        diagnostics.extend(said);
        if broken.is_empty() && lost.is_empty() {
            let misfit = has_errors(&fit);
            diagnostics.extend(unplaced::pictures(edition, &planned.plan));
            diagnostics.extend(unplaced::ads(edition, &planned.plan));
            diagnostics.extend(fit);
            if misfit {
                return Err(diagnostics.into());
            }
            return Ok(Planned { pictures, ads, furniture, diagnostics, ..planned });
        }
        if !press.keep_going {
            return Err(diagnostics.into());
        }
        // Each round takes something out or is the last.
        let before = left_out.len();
        drop_boxes(edition, left_out, &lost);
        drop_ads(edition, left_out, &lost);
        drop_pictures(edition, left_out, &broken);
        if left_out.len() == before {
            return Err(diagnostics.into());
        }
        let broken: Vec<Span> = broken.into_iter().map(|(_, span)| span).collect();
        made_without(&mut diagnostics, &[lost, broken].concat());
    }
}
