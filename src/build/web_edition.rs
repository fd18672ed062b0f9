//! The web edition of one edition, with its pictures.

use super::phase::{OutputFiles, Phase, Press};
use crate::compose::Composition;
use crate::diag::Diagnostic;
use crate::export::Output;
use crate::site::screens::screens;
use crate::site::shares::shares;
use crate::site::template_fault;
use crate::web::{self, Index};

/// The files of the web edition and the diagnostics of its pictures; nothing where it is not wanted.
///
/// # Errors
/// What is wrong with a template.
pub(crate) fn web_edition(
    composition: &Composition,
    press: &Press,
) -> Result<(OutputFiles, Vec<Diagnostic>), Vec<Diagnostic>> {
    let Some(look) = press.look.filter(|_| press.wanted.contains(&Output::Web)) else {
        return Ok((vec![], vec![]));
    };
    (press.watch)(Phase::Web);
    let edition = composition.edition;
    let (mut art, mut said) = screens(edition, &web::folder_of(edition.date), press.cache);
    // Pages elsewhere can show a picture of a story only where the paper has an address.
    if edition.paper.base_url.is_some() {
        let (shares, of_theme) = shares(edition, press.theme, press.cache);
        art.shares = shares;
        said.extend(of_theme);
    }
    let pdf = press.wanted.contains(&Output::Pdf).then_some("edition.pdf");
    let made =
        web::edition(composition, &art, look, pdf).map_err(|fault| vec![template_fault(&fault)])?;
    // The site around the editions is made once for trial, so that a fault in one of its templates is
    // found before anything is published.
    let index = made.iter().find(|(name, _)| name == "index.json");
    if let Some(index) = index.and_then(|(_, bytes)| Index::read(bytes)) {
        web::site(&edition.paper, look, &[index], &drop)
            .map_err(|fault| vec![template_fault(&fault)])?;
    }
    let files = made.into_iter().map(|(name, bytes)| (Output::Web.name(), name, bytes)).collect();
    Ok((files, said))
}
