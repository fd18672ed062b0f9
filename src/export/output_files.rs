//! Makes the files of each kind of output.

use typst_layout::PagedDocument;

use super::booklet::booklet;
use super::output::Output;
use super::pdf::pdf;
use super::pdf_ads::with_pdfs;
use super::png::front_png;
use super::press::press;
use super::report::{Report, VERSION};
use super::spreads::spreads;
use crate::compose::{Composition, PreparedAd};
use crate::grid::MM;
use crate::lineup::Edition;

/// The width of the picture of the front page, in pixels.
const FRONT_WIDTH_PX: u32 = 1200;

/// The files of one kind of output, with their names.
///
/// # Errors
/// What the exporter can't write as PDF.
pub(crate) fn files(
    output: Output,
    document: &PagedDocument,
    ads: &[PreparedAd],
    composition: &Composition,
    report: &Report,
) -> Result<Vec<(&'static str, Vec<u8>)>, Vec<String>> {
    let Edition { paper, date, .. } = composition.edition;
    let day = date.map_or_else(|| "undated".into(), |date| date.to_string());
    let ident = format!("{}/{day}", paper.name);
    let whole = || with_pdfs(document, ads);
    let files = match output {
        Output::Pdf => vec![("edition.pdf", pdf(document, &ident, *date)?)],
        Output::Press => {
            let bleed = paper.format.bleed * MM;
            vec![("press.pdf", press(&whole(), &ident, *date, bleed)?)]
        }
        Output::Spreads => vec![("spreads.pdf", spreads(&whole(), &ident, *date)?)],
        Output::Booklet => vec![("booklet.pdf", booklet(&whole(), &ident, *date)?)],
        Output::Front => {
            let front = front_png(document, FRONT_WIDTH_PX);
            front.map(|front| ("front.png", front)).into_iter().collect()
        }
        Output::Plan => {
            vec![("plan.json", plan_json(composition)), ("report.json", json_bytes(report))]
        }
        // The room `web` makes it of the stories and the plan.
        Output::Web => vec![],
    };
    Ok(files)
}

fn json_bytes(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The plan with what its readers need: the grid and the stories' keys.
fn plan_json(composition: &Composition) -> Vec<u8> {
    let Composition { edition, grid, plan, .. } = composition;
    let stories: Vec<&str> = edition.slots().map(|story| story.key.as_str()).collect();
    let ads: Vec<&str> = edition.paper.ads.iter().map(|ad| ad.picture.src.text.as_str()).collect();
    json_bytes(&serde_json::json!({
        "version": VERSION, "grid": grid, "stories": stories, "sections": edition.sections,
        "ads": ads, "pages": pages_json(composition), "given-up": plan.given_up,
    }))
}

/// The pages of the plan, with the briefs of each rail.
fn pages_json(composition: &Composition) -> serde_json::Value {
    let mut pages = serde_json::to_value(&composition.plan.pages).unwrap_or_default();
    for (number, page) in composition.plan.pages.iter().enumerate() {
        for (place, module) in page.modules.iter().enumerate() {
            let briefs = composition.briefs_of(module);
            let json =
                |(slot, legs): &(usize, Vec<_>)| serde_json::json!({ "story": slot, "legs": legs });
            if !briefs.is_empty() {
                pages[number]["modules"][place]["briefs"] = briefs.iter().map(json).collect();
            }
        }
    }
    pages
}
