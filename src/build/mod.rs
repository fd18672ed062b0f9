//! One edition from its stories to its files: the phases in their order.

pub mod copyfit;
pub mod furnish;
mod galleys;
pub mod makeup_input;
mod mend;
pub mod origin;
mod pictures;
mod remember;
pub mod setup;
mod told;
mod without;

use std::collections::BTreeSet;

use rayon::prelude::*;
use typst_layout::PagedDocument;

use crate::compose::{
    Composition, Fault, PreparedAd, PreparedFurniture, PreparedPicture, check, compose,
    prepare_ads, prepare_furniture, prepare_pictures, touching_furniture,
};
use crate::content::story::Story;
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::export::{LeftOut, Output, Report, booklet_blanks, files, report};
use crate::lineup::Edition;
use copyfit::copyfit;

use crate::editor::locks;
use crate::editor::pins;
use crate::galley::Galley;
use crate::grid::Grid;
use crate::makeup;
use crate::makeup::model::Plan;
use crate::picture::Cache;
use crate::site::publish::Files;
use crate::site::screens::screens;
use crate::site::shares::shares;
use crate::site::template_fault;
use crate::typeset::{Theme, Trouble, check_letters, check_runs, check_words, story_path};
use crate::web::{self, Index, Look};
use galleys::set_galleys;
use makeup_input::numbers;
use mend::{Mend, Stop};
use remember::planned;
pub use without::made_without;
use without::{drop_ads, drop_pictures, leave_out};

/// The rows that the furniture must leave of a page: a head, some lines and what is around them.
const STORY_ROWS: u16 = 20;

/// The phases of a build, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Stories are set and measured.
    Galleys,
    /// The pages are planned.
    MakeUp,
    /// Pictures are cropped and scaled.
    Pictures,
    /// The pages are set.
    Compose,
    /// The files are written.
    Export,
    /// The web edition is made.
    Web,
}

/// What an edition is made with.
pub struct Press<'a> {
    /// The look.
    pub theme: &'a Theme,
    /// The page.
    pub grid: &'a Grid,
    /// Prepared pictures of earlier builds.
    pub cache: &'a Cache,
    /// Whether broken stories and pictures are left out rather than stopping the edition.
    pub keep_going: bool,
    /// What is made of it.
    pub wanted: &'a [Output],
    /// The look of the web edition, where that is made.
    pub look: Option<&'a Look>,
    /// Called as each phase begins.
    pub watch: &'a (dyn Fn(Phase) + Sync),
}

/// An edition, made.
pub struct Made {
    /// Its files.
    pub files: Files,
    /// Its report.
    pub report: Report,
    /// Its title.
    pub title: String,
    /// What there is to say about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// An edition set in galleys and planned, its pictures ready.
pub struct Planned {
    /// The galleys of its stories.
    pub galleys: Vec<Galley>,
    /// What the make-up saw of it.
    pub seen: makeup::Edition,
    /// The plan.
    pub plan: Plan,
    /// The pictures at their places.
    pub pictures: Vec<PreparedPicture>,
    /// The ads at theirs.
    pub ads: Vec<PreparedAd>,
    /// The boxes of the front page's furniture.
    pub furniture: PreparedFurniture,
    /// What there is to say so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Planned {
    /// A plan whose pictures are not ready yet.
    fn bare(galleys: Vec<Galley>, seen: makeup::Edition, plan: Plan) -> Self {
        let (pictures, ads, diagnostics) = (vec![], vec![], vec![]);
        let furniture = PreparedFurniture::default();
        Self { galleys, seen, plan, pictures, ads, furniture, diagnostics }
    }

    /// Everything that the pages are composed from.
    pub fn composition<'a>(&'a self, edition: &'a Edition, grid: &'a Grid) -> Composition<'a> {
        let Self { galleys, seen, plan, .. } = self;
        Composition { edition, galleys, grid, format: &seen.format, plan }
    }
}

/// Makes an edition. `read` is what was said of its stories as they were read: the
/// report counts it too.
///
/// # Errors
/// All that is wrong, if anything is an error that could not be left out.
pub fn build(
    mut edition: Edition,
    mut left_out: Vec<LeftOut>,
    read: &[Diagnostic],
    press: &Press,
) -> Result<Made, Vec<Diagnostic>> {
    let (planned, mut made) = mended(&mut edition, &mut left_out, press, |set| {
        let mut said = set.planned.diagnostics.clone();
        said.extend(blank_pages(set.planned.plan.pages.len(), press.wanted));
        let composition = set.planned.composition(set.edition, press.grid);
        let mut report = report(&composition, &set.planned.pictures);
        report.left_out = set.left_out.to_vec();
        report.set_again = set.mend.set_again();
        let all = || read.iter().chain(&said);
        report.warnings = all().filter(|one| one.severity == Severity::Warning).count();
        report.alts_filled = all().filter(|one| one.code == Code::MissingAlt).count();
        finish(&composition, set.planned, press, report)
    })?;
    let mut said = planned.diagnostics;
    said.extend(blank_pages(planned.plan.pages.len(), press.wanted));
    said.append(&mut made.diagnostics);
    Ok(Made { diagnostics: said, ..made })
}

/// An edition that was planned, for what comes next.
struct Set<'a> {
    edition: &'a Edition,
    planned: &'a Planned,
    left_out: &'a [LeftOut],
    mend: &'a Mend,
}

/// Plans an edition and makes something of the plan; where a story comes out otherwise than
/// planned, once more with that story set plainer or, in the end, without it.
fn mended<T>(
    edition: &mut Edition,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
    make: impl Fn(Set<'_>) -> Result<T, Stop>,
) -> Result<(Planned, T), Vec<Diagnostic>> {
    let (whole, left_before) = (edition.clone(), left_out.clone());
    let mut mend = Mend::default();
    loop {
        mend.apply(edition, left_out);
        let tried = try_plan(edition, left_out, press).and_then(|mut planned| {
            planned.diagnostics.extend(mend.said());
            let set = Set { edition, planned: &planned, left_out, mend: &mend };
            make(set).map(|made| (planned, made))
        });
        match tried {
            Ok(made) => return Ok(made),
            Err(stop) => mend.take(stop, edition)?,
        }
        edition.clone_from(&whole);
        left_out.clone_from(&left_before);
    }
}

/// The first half of [`build`]: galleys, plan and pictures.
///
/// # Errors
/// All that is wrong, if anything is an error that could not be left out.
pub fn plan(
    edition: &mut Edition,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<Planned, Vec<Diagnostic>> {
    mended(edition, left_out, press, |_| Ok(())).map(|(planned, ())| planned)
}

/// An edition's composed pages, which are as planned. What there is to say of the pages comes with
/// the plan.
///
/// # Errors
/// All that is wrong, if anything is an error that could not be left out.
pub fn document(
    edition: &mut Edition,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<(Planned, PagedDocument), Vec<Diagnostic>> {
    let (mut planned, (document, said)) = mended(edition, left_out, press, |set| {
        let composition = set.planned.composition(set.edition, press.grid);
        let document = composed(&composition, set.planned, press)?;
        let said = sound(&composition, &document)?;
        Ok((document, said))
    })?;
    planned.diagnostics.extend(said);
    Ok((planned, document))
}

/// Plans an edition as it is.
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
    pictures::judge(edition, press.cache);
    loop {
        (press.watch)(Phase::Galleys);
        let mut galleys = set_galleys(edition, &mut diagnostics, left_out, press)?;
        (press.watch)(Phase::MakeUp);
        let before = diagnostics.clone();
        let (seen, plan) = make_up(edition, &galleys, &mut diagnostics, left_out, press)?;
        let wide = plan.pages.iter().flat_map(|page| &page.modules).filter(|m| m.measure > 1);
        wide.for_each(|module| galleys[module.item].widen());
        let stray = furnish::on_front(edition, &plan);
        if !stray.is_empty() {
            // The strip of promos changes the front page: what was said of this one is void.
            diagnostics = before.into_iter().chain(stray).collect();
            continue;
        }
        let fit = copyfit(edition, &galleys, &seen, &plan);
        (press.watch)(Phase::Pictures);
        let planned = Planned::bare(galleys, seen, plan);
        let composition = planned.composition(edition, press.grid);
        let (pictures, troubles) =
            prepare_pictures(&composition, edition.paper.resolution, press.cache);
        let broken: Vec<(usize, Span)> = troubles
            .iter()
            .filter(|trouble| trouble.diagnostic.severity == Severity::Error)
            .filter_map(|trouble| Some((trouble.item, trouble.diagnostic.span?)))
            .collect();
        diagnostics.extend(troubles.into_iter().map(|trouble| trouble.diagnostic));
        let (ads, said) =
            prepare_ads(&composition, press.theme, edition.paper.resolution, press.cache);
        let (furniture, of_furniture) =
            prepare_furniture(&composition, press.theme, edition.paper.resolution, press.cache);
        let lost: Vec<Span> = said
            .iter()
            .chain(&of_furniture)
            .filter(|one| one.severity == Severity::Error)
            .filter_map(|one| one.span)
            .collect();
        diagnostics.extend(said);
        diagnostics.extend(of_furniture);
        if broken.is_empty() && lost.is_empty() {
            let misfit = fit.iter().any(|one| one.severity == Severity::Error);
            diagnostics.extend(told::pictures(edition, &planned.plan));
            diagnostics.extend(told::ads(edition, &planned.plan));
            diagnostics.extend(fit);
            if misfit {
                return Err(diagnostics.into());
            }
            return Ok(Planned { pictures, ads, furniture, diagnostics, ..planned });
        }
        if !press.keep_going {
            return Err(diagnostics.into());
        }
        // Every round goes on without something more, or is the last.
        let before = left_out.len();
        furnish::drop_boxes(edition, left_out, &lost);
        drop_ads(edition, left_out, &lost);
        drop_pictures(edition, left_out, &broken);
        if left_out.len() == before {
            return Err(diagnostics.into());
        }
        let broken: Vec<Span> = broken.into_iter().map(|(_, span)| span).collect();
        made_without(&mut diagnostics, &[lost, broken].concat());
    }
}

/// Takes out the furniture that has no place, and looks its letters up.
fn furnish(
    edition: &mut Edition,
    diagnostics: &mut Vec<Diagnostic>,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<(), Vec<Diagnostic>> {
    diagnostics.extend(furnish::unsupported(edition, press.theme, press.grid));
    diagnostics.extend(check_words(edition.own_words()));
    let letters = check_runs(edition.furniture_mut());
    let errors = letters.iter().filter(|one| one.severity == Severity::Error);
    let lost: Vec<Span> = errors.filter_map(|one| one.span).collect();
    diagnostics.extend(letters);
    if !lost.is_empty() && !press.keep_going {
        return Err(diagnostics.clone());
    }
    furnish::drop_boxes(edition, left_out, &lost);
    made_without(diagnostics, &lost);
    Ok(())
}

/// Makes the pages up, those that are locked as they were. A locked page that can't stand stops
/// the edition or, where that is wanted, is made anew.
fn make_up(
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
            diagnostics.extend(pins::refused(edition, &seen, &plan));
            return Ok((seen, plan));
        }
        if !press.keep_going {
            diagnostics.extend(slips.into_iter().map(|slip| slip.diagnostic));
            return Err(diagnostics.clone());
        }
        let (had, before) = (file.is_some(), released.len());
        for slip in slips {
            // The edition goes on without the lock, so it is an error no more.
            let mut said = slip.diagnostic;
            said.severity = Severity::Warning;
            let pages = match slip.page {
                Some(page) => format!("page {page}"),
                None => "all pages".into(),
            };
            said.hints.push(format!("This time {pages} was made anew."));
            if slip.page.is_none_or(|page| released.insert(page)) {
                left_out.push(LeftOut { story: pages, reason: "broken lock".into() });
            }
            file = file.filter(|_| slip.page.is_some());
            diagnostics.push(said);
        }
        // Every round is made with fewer locked pages, or is the last.
        if file.is_some() == had && released.len() == before {
            return Err(diagnostics.clone());
        }
    }
}

/// Composes, checks and exports what has been planned.
fn finish(
    composition: &Composition,
    planned: &Planned,
    press: &Press,
    report: Report,
) -> Result<Made, Stop> {
    let mut diagnostics = vec![];
    let paged: Vec<Output> =
        press.wanted.iter().copied().filter(|output| *output != Output::Web).collect();
    let (paged, web) = rayon::join(
        || {
            if paged.is_empty() {
                Ok((vec![], vec![]))
            } else {
                pages(composition, planned, press, &report, &paged)
            }
        },
        || web_edition(composition, press).map_err(Stop::Errors),
    );
    let mut files = Files::default();
    for made in [paged, web] {
        match made {
            Ok((made, said)) => {
                diagnostics.extend(said);
                made.into_iter().for_each(|(kind, name, bytes)| files.add(kind, &name, bytes));
            }
            Err(Stop::Errors(errors)) => {
                diagnostics.extend(planned.diagnostics.iter().cloned());
                diagnostics.extend(errors);
                return Err(Stop::Errors(diagnostics));
            }
            Err(stop) => return Err(stop),
        }
    }
    Ok(Made { files, report, title: composition.edition.title(), diagnostics })
}

/// Files with the name of their output.
pub type Outputs = Vec<(&'static str, String, Vec<u8>)>;

/// What is made of composed pages.
fn pages(
    composition: &Composition,
    planned: &Planned,
    press: &Press,
    report: &Report,
    wanted: &[Output],
) -> Result<(Outputs, Vec<Diagnostic>), Stop> {
    let document = composed(composition, planned, press)?;
    let ads = &planned.ads;
    (press.watch)(Phase::Export);
    let export = || -> Result<Vec<Outputs>, Vec<String>> {
        let one = |output: &Output| {
            let made = files(*output, &document, ads, composition, report)?.into_iter();
            Ok(made.map(|(name, bytes)| (output.name(), name.to_owned(), bytes)).collect())
        };
        wanted.par_iter().map(one).collect()
    };
    // What is exported is thrown away if the check finds a fault: so neither waits for the other.
    let (made, sound) = rayon::join(export, || sound(composition, &document));
    let said = sound?;
    let made = made.map_err(|errors| {
        Stop::Refused(
            errors.into_iter().map(|error| Diagnostic::error(Code::Pdf, None, error)).collect(),
        )
    })?;
    Ok((made.into_iter().flatten().collect(), said))
}

fn composed(
    composition: &Composition,
    planned: &Planned,
    press: &Press,
) -> Result<PagedDocument, Stop> {
    (press.watch)(Phase::Compose);
    let Planned { pictures, ads, furniture, .. } = planned;
    let stories: Vec<(usize, &Story)> = composition.edition.slots().enumerate().collect();
    compose(composition, press.theme, pictures, ads, furniture).map_err(|troubles| {
        let faults: Vec<Fault> =
            troubles.iter().filter_map(|one| fault_of(one, &stories)).collect();
        if faults.is_empty() {
            Stop::Refused(troubles.iter().map(|one| from_typst(one, press.theme, &[])).collect())
        } else {
            Stop::Faults(faults)
        }
    })
}

/// Holds composed pages against the plan; returns what there is to say of them.
fn sound(composition: &Composition, document: &PagedDocument) -> Result<Vec<Diagnostic>, Stop> {
    let faults = check(composition, document);
    if faults.is_empty() {
        Ok(touching_furniture(composition, document))
    } else {
        Err(Stop::Faults(faults))
    }
}

/// What Typst says of a story's text: no story can be at fault for it.
fn fault_of(trouble: &Trouble, stories: &[(usize, &Story)]) -> Option<Fault> {
    let (path, range) = trouble.place.as_ref()?;
    let (_, story) = stories.iter().find(|(slot, _)| story_path(*slot) == *path)?;
    let span = Span { file: story.file, start: range.start as u32, end: range.end as u32 };
    let message = format!("can't be set: {}", trouble.message);
    Some(Fault { story: story.key.clone(), span, message })
}

/// The web edition, where it is wanted, and what there is to say about its pictures.
///
/// # Errors
/// What is wrong with a template.
pub fn web_edition(
    composition: &Composition,
    press: &Press,
) -> Result<(Outputs, Vec<Diagnostic>), Vec<Diagnostic>> {
    let Some(look) = press.look.filter(|_| press.wanted.contains(&Output::Web)) else {
        return Ok((vec![], vec![]));
    };
    (press.watch)(Phase::Web);
    let edition = composition.edition;
    let (mut art, mut said) = screens(edition, &web::folder_of(edition.date), press.cache);
    // Other people's pages find nothing without a whole address.
    if edition.paper.base_url.is_some() {
        let (shares, of_theme) = shares(edition, press.theme, press.cache);
        art.shares = shares;
        said.extend(of_theme);
    }
    let pdf = press.wanted.contains(&Output::Pdf).then_some("edition.pdf");
    let made =
        web::edition(composition, &art, look, pdf).map_err(|fault| vec![template_fault(&fault)])?;
    // A template that only the site around the editions uses is tried before anything is published.
    let index = made.iter().find(|(name, _)| name == "index.json");
    if let Some(index) = index.and_then(|(_, bytes)| Index::read(bytes)) {
        web::site(&edition.paper, look, &[index], &drop)
            .map_err(|fault| vec![template_fault(&fault)])?;
    }
    let files = made.into_iter().map(|(name, bytes)| (Output::Web.name(), name, bytes)).collect();
    Ok((files, said))
}

/// Says that a booklet ends with blank pages.
fn blank_pages(pages: usize, wanted: &[Output]) -> Option<Diagnostic> {
    let blanks = booklet_blanks(pages);
    if blanks == 0 || !wanted.contains(&Output::Booklet) {
        return None;
    }
    let what = match blanks {
        1 => "the last page of the booklet is blank".to_string(),
        _ => format!("the last {blanks} pages of the booklet are blank"),
    };
    let hint = "A folded sheet has four pages; `pages: {multiple: 4}` in paper.yaml asks for them.";
    Some(Diagnostic::warning(Code::BlankPages, None, what).hint(hint))
}

/// What Typst says as a diagnostic of ours: at the text of the story whose slot it points at, else
/// naming the theme's file and line. The last of the stories stands for all of them.
fn from_typst(trouble: &Trouble, theme: &Theme, stories: &[(usize, &Story)]) -> Diagnostic {
    let span = trouble.place.as_ref().and_then(|(path, range)| {
        let (_, story) = stories.iter().find(|(slot, _)| story_path(*slot) == *path)?;
        Some(Span { file: story.file, start: range.start as u32, end: range.end as u32 })
    });
    let whole = stories.last().map(|(_, story)| Span { file: story.file, start: 0, end: 0 });
    let mut diagnostic = Diagnostic::error(Code::Typeset, span.or(whole), theme.said(trouble));
    diagnostic.hints.clone_from(&trouble.hints);
    diagnostic
}

/// Says that the theme's furniture leaves too few rows of a page.
fn too_low(edition: &Edition, press: &Press) -> Option<Diagnostic> {
    let Press { theme, grid, .. } = press;
    let bands = theme.contract.bands;
    let promos = theme.contract.promos.filter(|_| !edition.paper.promos.is_empty());
    let weather = theme.contract.weather.filter(|_| edition.paper.weather.is_some());
    let fronts = theme.contract.section_fronts.filter(|_| edition.fronts().next().is_some());
    // A theme's numbers are bounded, so that no sum of some overflows.
    let front = bands.front_top
        + promos.map_or(0, |room| room.rows)
        + bands.front_foot.max(weather.map_or(0, |room| room.rows));
    let section = bands.section_top.max(fronts.map_or(0, |room| bands.inside_top + room.rows));
    let furniture = front.max(section + bands.last_foot);
    if grid.rows >= furniture + STORY_ROWS {
        return None;
    }
    let what = format!(
        "a page of the format `{}` has {} rows, and the theme `{}` needs {}",
        grid.name,
        grid.rows,
        theme.name,
        furniture + STORY_ROWS
    );
    let hint = "Take a higher format, or a theme with lower rows or less furniture.";
    Some(Diagnostic::error(Code::PageTooLow, None, what).hint(hint))
}
