//! The pictures of an edition for screens: read, cropped, scaled and encoded.

use rayon::prelude::*;

use crate::content::model::{PictureRef, Story};
use crate::diag::{Code, Diagnostic};
use crate::lineup::Edition;
use crate::picture::{Cache, ScreenWanted, screen_cached, screen_key};
use crate::web::{EditionArt, StoryArt, art_of};

/// Makes the pictures of all stories ready for the web edition. A picture that can't be read is left
/// out with a warning. `folder` is the edition's folder below the site's root.
pub(crate) fn screens(
    edition: &Edition,
    folder: &str,
    cache: &Cache,
) -> (EditionArt, Vec<Diagnostic>) {
    let all: Vec<(&Story, usize, &PictureRef)> = edition
        .written()
        .flat_map(|story| {
            story.pictures.iter().enumerate().map(move |(number, picture)| (story, number, picture))
        })
        .collect();
    let made: Vec<Result<StoryArt, Diagnostic>> = all
        .par_iter()
        .with_max_len(1)
        .map(|&(story, number, picture)| {
            let made = screen_files(picture, number == 0, folder, cache)?;
            let (art, files) = made;
            Ok(StoryArt { story: story.key.clone(), picture: number, art, files })
        })
        .collect();
    let mut art = EditionArt::default();
    let mut said = vec![];
    for one in made {
        match one {
            Ok(one) => art.all.push(one),
            Err(diagnostic) => said.push(diagnostic),
        }
    }
    (art, said)
}

/// Makes one picture ready. `leads` is whether it is the story's first, which has teasers too.
fn screen_files(
    picture: &PictureRef,
    leads: bool,
    folder: &str,
    cache: &Cache,
) -> Result<(crate::web::Art, Vec<crate::web::File>), Diagnostic> {
    let warn = |what: String| {
        Diagnostic::warning(Code::WebPicture, picture.src.span, what)
            .hint("use another file; the web edition was made without this picture")
    };
    let name = &picture.src.text;
    let bytes = std::fs::read(&picture.path)
        .map_err(|error| warn(format!("the picture “{name}” can't be read: {error}")))?;
    let wanted = ScreenWanted { focus: picture.focus, whole: picture.whole, leads };
    let made = screen_cached(cache, &bytes, &wanted)
        .map_err(|error| warn(error.diagnostic(name, picture.src.span).message))?;
    Ok(art_of(picture, folder, &screen_key(&bytes, &wanted), made))
}
