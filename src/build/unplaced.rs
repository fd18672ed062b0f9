//! Pictures that found no room, and ads that stand on other pages than booked.

use crate::compose::unplaced;
use crate::diag::{Code, Diagnostic};
use crate::lineup::Edition;
use crate::makeup::model::{PagePlan, Plan};

/// A warning for each picture of a printed story that found no room, at the place where the story names
/// it.
pub(super) fn pictures(edition: &Edition, plan: &Plan) -> Vec<Diagnostic> {
    let one = |(item, number, page): (usize, usize, u16)| {
        let picture = &edition.stories[item].pictures[number];
        let kind = if picture.whole { ", which must not be cropped," } else { "" };
        let what = format!(
            "the picture `{}`{kind} found no room beside its story on page {page} and is not \
             printed",
            picture.src.text
        );
        Diagnostic::warning(Code::PictureLeftOut, picture.src.span, what)
            .hint("raise the story's priority, write more text around the picture, or remove it")
    };
    unplaced(edition, plan).into_iter().map(one).collect()
}

/// A warning for each ad that stands on another page than the one it is booked for.
pub(super) fn ads(edition: &Edition, plan: &Plan) -> Vec<Diagnostic> {
    let mut said = vec![];
    for (number, ad) in edition.paper.ads.iter().enumerate() {
        let Some(booked) = ad.page else { continue };
        let on = |page: &&PagePlan| page.ads.iter().any(|one| one.ad == number);
        let Some(page) = plan.pages.iter().find(on).map(|page| page.number) else { continue };
        if page == booked || ad.filler {
            continue;
        }
        let many = plan.pages.len();
        let why = if usize::from(booked) > many {
            let s = if many == 1 { "" } else { "s" };
            format!("but the edition has {many} page{s}")
        } else {
            "where it found no room".into()
        };
        let what = format!(
            "the ad `{}` is booked for page {booked}, {why}; it stands on page {page}",
            ad.picture.src.text
        );
        let hint =
            "book it for another page, or remove `page`: then it is printed wherever there is room";
        said.push(Diagnostic::warning(Code::AdElsewhere, ad.picture.src.span, what).hint(hint));
    }
    said
}
