//! A story's pictures: their files, and their HTML.

use super::body_html;
use super::escape::{clean, escape};
use super::file::File;
use super::index::{Art, ArtFile, Shown};
use crate::content::model::PictureRef;
use crate::picture::{Coding, ScreenFile, ScreenShape};

/// A picture of a story with its files.
#[derive(Debug, Clone)]
pub(crate) struct StoryArt {
    /// The story, by its key.
    pub(crate) story: String,
    /// The picture's place among the story's.
    pub(crate) picture: usize,
    /// Its files' names and sizes.
    pub(crate) art: Art,
    /// The files, below the edition's folder.
    pub(crate) files: Vec<File>,
}

/// The size of the picture that pages elsewhere show of a story, in pixels: what most of them ask for.
pub(crate) const SHARE: (u32, u32) = (1200, 630);

/// The picture that pages elsewhere show of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShareFile {
    /// The story, by its key.
    pub(crate) story: String,
    /// Its file, below the edition's folder.
    pub(crate) name: String,
    /// A JPEG of the size [`SHARE`].
    pub(crate) bytes: Vec<u8>,
}

/// The files of a picture, and what pages must know of them. `folder` is the edition's folder below the
/// site's root; `key` is different for every picture.
pub(crate) fn art_of(
    picture: &PictureRef,
    folder: &str,
    key: &[u8; 32],
    made: Vec<ScreenFile>,
) -> (Art, Vec<File>) {
    let stem = blake3::Hash::from_bytes(*key).to_hex();
    let stem = &stem.as_str()[..16];
    let mut art = Art { alt: clean(picture.alt.as_deref().unwrap_or_default()), ..Art::default() };
    let mut files = vec![];
    for ScreenFile { shape, coding, width, height, bytes } in made {
        let ending = match coding {
            Coding::Webp => "webp",
            Coding::Jpeg => "jpg",
        };
        let name = format!("pictures/{stem}-{}-{width}.{ending}", shape.name());
        let file = ArtFile { path: format!("{folder}/{name}"), width, height };
        let shown = match shape {
            ScreenShape::Whole => Some(&mut art.whole),
            ScreenShape::Teaser => Some(art.teaser.get_or_insert_default()),
            ScreenShape::Square | ScreenShape::Classic | ScreenShape::Wide => None,
        };
        match (shown, coding) {
            (Some(shown), Coding::Webp) => shown.webp.push(file),
            (Some(shown), Coding::Jpeg) => shown.jpeg = file,
            (None, _) => art.shares.push(file),
        }
        files.push((name, bytes));
    }
    for shown in std::iter::once(&mut art.whole).chain(&mut art.teaser) {
        let largest = shown.webp.last().unwrap_or(&shown.jpeg);
        (shown.width, shown.height) = (largest.width, largest.height);
    }
    (art, files)
}

/// When a browser fetches a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Load {
    /// At once, before other things.
    First,
    /// When it comes near the view.
    Lazy,
}

/// A `picture` element. `sizes` is its attribute of that name, `root` leads to the site's root.
pub(super) fn picture(shown: &Shown, alt: &str, sizes: &str, load: Load, root: &str) -> String {
    let sources: Vec<String> =
        shown.webp.iter().map(|file| format!("{root}{} {}w", file.path, file.width)).collect();
    let source = if sources.is_empty() {
        String::new()
    } else {
        let set = sources.join(", ");
        format!("<source type=\"image/webp\" srcset=\"{set}\" sizes=\"{sizes}\">")
    };
    let load = match load {
        Load::First => " fetchpriority=\"high\"",
        Load::Lazy => " loading=\"lazy\" decoding=\"async\"",
    };
    let Shown { jpeg, width, height, .. } = shown;
    let (alt, src) = (escape(alt), &jpeg.path);
    format!(
        "<picture>{source}<img src=\"{root}{src}\" alt=\"{alt}\" width=\"{width}\" height=\"{height}\"{load}></picture>"
    )
}

/// A picture with its caption and credit, as HTML. `class` says how it stands on the page.
pub(super) fn figure(
    reference: &PictureRef,
    art: &Art,
    class: &str,
    load: Load,
    root: &str,
) -> String {
    // On a phone a picture of four fifths of the width looks the same and loads faster.
    let sizes = match class {
        "lead" => "(min-width: 76rem) 73rem, 80vw",
        "mug" => "9rem",
        _ => "(min-width: 46rem) 39rem, 80vw",
    };
    let image = picture(&art.whole, &art.alt, sizes, load, root);
    let caption = body_html::line(&reference.caption, true);
    let credit = reference.credit.as_ref().map_or_else(String::new, |credit| {
        let class = if caption.is_empty() { "credit alone" } else { "credit" };
        format!(" <span class=\"{class}\">{}</span>", escape(&credit.text))
    });
    let under = format!("{caption}{credit}");
    let under =
        if under.is_empty() { String::new() } else { format!("<figcaption>{under}</figcaption>") };
    format!("<figure class=\"{class}\">{image}{under}</figure>")
}
