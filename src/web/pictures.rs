//! A story's pictures on its page and in teasers.

use super::index::{Art, ArtFile, Shown};
use super::text::{clean, escape};
use super::{File, body};
use crate::content::story::PictureRef;
use crate::picture::{Coding, ScreenFile, ScreenShape};

/// A picture of a story with its files.
#[derive(Debug, Clone)]
pub struct StoryArt {
    /// The story, by its key.
    pub story: String,
    /// The picture's place among the story's.
    pub picture: usize,
    /// Its files' names and sizes.
    pub art: Art,
    /// The files, below the edition's folder.
    pub files: Vec<File>,
}

/// The size of a picture that other people's pages show, in pixels: what they ask for.
pub const SHARE: (u32, u32) = (1200, 630);

/// The picture that other people's pages show of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareFile {
    /// The story, by its key.
    pub story: String,
    /// Its file, below the edition's folder.
    pub name: String,
    /// A JPEG of the size [`SHARE`].
    pub bytes: Vec<u8>,
}

/// A picture's files by name, in `folder` of the site. `key` tells pictures apart.
pub fn art_of(
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

/// How a picture is fetched: what stands in view at once is not waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Load {
    /// At once, before other things.
    First,
    /// When it comes near.
    Lazy,
}

/// A picture element. `sizes` says how wide it is shown; `root` leads to the site's root.
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

/// A picture with its caption and credit.
pub(super) fn figure(
    reference: &PictureRef,
    art: &Art,
    class: &str,
    load: Load,
    root: &str,
) -> String {
    // On a phone a picture of four fifths of its pixels looks the same and is there sooner.
    let sizes = match class {
        "lead" => "(min-width: 76rem) 73rem, 80vw",
        "mug" => "9rem",
        _ => "(min-width: 46rem) 39rem, 80vw",
    };
    let image = picture(&art.whole, &art.alt, sizes, load, root);
    let caption = body::line(&reference.caption, true);
    let credit = reference.credit.as_ref().map_or_else(String::new, |credit| {
        let class = if caption.is_empty() { "credit alone" } else { "credit" };
        format!(" <span class=\"{class}\">{}</span>", escape(&credit.text))
    });
    let under = format!("{caption}{credit}");
    let under =
        if under.is_empty() { String::new() } else { format!("<figcaption>{under}</figcaption>") };
    format!("<figure class=\"{class}\">{image}{under}</figure>")
}
