//! The policy on pictures: which files are taken, which pictures are graphics, how much of a
//! picture a crop must keep, and how many pixels print needs.
//!
//! Three things decide whether a picture is a graphic, in this order: what the story says (`kind`,
//! `crop`); words of the file's name or of the alternative text ([`is_called_graphic`]); the pixels
//! ([`is_graphic`](super::nature::is_graphic), whose thresholds are in `nature.rs`). A graphic is never
//! cropped.
//!
//! The shapes and heights that pictures may have on a page are in `makeup/limits.rs`, since the
//! make-up uses no other module. The qualities of coded files stand with their encoders
//! (`encode.rs`, `screen.rs`), since a change there needs a new version of the cache.

// Files that are taken.

/// The longest side that a picture may have, in pixels.
pub(super) const MOST_SIDE_PX: u32 = 30_000;
/// The most pixels that a picture may have.
pub(super) const MOST_PIXELS: u64 = 200_000_000;
/// The most memory that decoding one picture may take, in bytes: enough for the largest picture in
/// colour and not much more.
pub(super) const MOST_DECODED_BYTES: u64 = 640 << 20;
/// The largest picture file that is read, in bytes.
pub(super) const MOST_FILE_BYTES: u64 = 1 << 30;
/// Pictures of more pixels than this are decoded one at a time: threads that decoded several at
/// once would need too much memory.
pub(super) const LARGE_PIXELS: u64 = 40_000_000;
/// The least width of a picture that a story's body names, in pixels. A narrower one is a badge or
/// an icon and is left out. Front matter may name smaller ones.
pub(crate) const BODY_LEAST_WIDTH_PX: u32 = 200;

// Photograph or graphic.

/// Words in a file's name or an alternative text that mark a picture as a graphic.
const GRAPHIC_WORDS: [&str; 20] = [
    "screenshot",
    "screen shot",
    "screen-shot",
    "screen_shot",
    "screengrab",
    "logo",
    "chart",
    "graph",
    "map",
    "diagram",
    "infographic",
    "poster",
    "slide",
    "homepage",
    "home page",
    "note",
    "wireframe",
    "tweet",
    "flyer",
    "banner",
];

/// Whether a file's name or an alternative text says that its picture is a graphic.
pub(crate) fn is_called_graphic(text: &str) -> bool {
    let text = text.to_lowercase();
    GRAPHIC_WORDS.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            // “A note” is a picture of paper; “people who take notes” are people.
            let plural = after == Some('s') && *word != "note";
            let ends = after.is_none_or(|c| !c.is_alphabetic()) || plural;
            before.is_none_or(|c| !c.is_alphabetic()) && ends
        })
    })
}

// Crops.

/// The point that a crop keeps where the story names none, in fractions from the left and the top:
/// the middle, and above it, since heads are up.
pub(super) const USUAL_FOCUS: [f64; 2] = [0.5, 0.38];
/// How near the focus may come to a crop's edge, as a share of the crop's side, where the picture
/// allows more.
pub(super) const FOCUS_MARGIN: f64 = 0.15;
/// The least share of its area that a crop keeps of a photograph whose focus is known.
const KEPT_WITH_FOCUS: f64 = 0.55;
/// The same where no focus is known: more is kept, since nobody said what may go.
const KEPT_WITHOUT_FOCUS: f64 = 0.7;

/// The least share of its area that a crop keeps of a picture, 0 to 1. `whole` is whether the
/// picture must not be cropped.
pub(crate) fn least_kept(whole: bool, focus: Option<[f64; 2]>) -> f64 {
    match (whole, focus) {
        (true, _) => 1.0,
        (false, Some(_)) => KEPT_WITH_FOCUS,
        (false, None) => KEPT_WITHOUT_FOCUS,
    }
}

// Print.

/// Points in an inch.
const POINTS_PER_INCH: f64 = 72.0;
/// The most that a picture may be enlarged beyond the wanted resolution before it looks soft in
/// print.
pub(crate) const MOST_ENLARGED: f64 = 1.25;
/// The resolution at which a PDF ad is drawn for the tagged edition, which can't hold a PDF, in
/// pixels an inch: fine enough for small letters.
pub(crate) const PDF_AD_RESOLUTION: f64 = 300.0;

/// The pixels of a point at a resolution in pixels an inch.
pub(crate) fn pixels_per_point(resolution: f64) -> f64 {
    resolution / POINTS_PER_INCH
}

/// The least pixels a point that a picture must have where it is printed: the wanted resolution, in
/// pixels an inch, less what [`MOST_ENLARGED`] allows.
pub(crate) fn least_pixels_per_point(resolution: u16) -> f64 {
    f64::from(resolution) / MOST_ENLARGED / POINTS_PER_INCH
}

/// The least size of a graphic's pixel in points at which its letters can be read. Letters of a
/// screen are some 15 pixels high: at this size they are as small as the notes of a caption.
pub(crate) const GRAPHIC_LEAST_PIXEL_PT: f64 = 0.25;

/// The most columns of a page that a picture may be printed over, whatever its pixels. A graphic
/// informs and is not there to lead a page: it has two fifths of the columns. A mug shot has one.
pub(crate) fn most_columns(page_columns: u8, whole: bool, mug: bool) -> u8 {
    match (mug, whole) {
        (true, _) => 1,
        (false, true) => (page_columns * 2 / 5).max(1),
        (false, false) => page_columns,
    }
}

// Pictures that other people's pages show.

/// The least width of a picture that a headline may stand on, in pixels.
const BACKGROUND_LEAST_WIDTH_PX: u32 = 600;

/// Whether a picture may be the background of a headline: it is wide enough, may be cropped, and is
/// no portrait, whose face the letters would cover.
pub(crate) fn may_be_background(width_px: u32, whole: bool, mug: bool) -> bool {
    !whole && !mug && width_px >= BACKGROUND_LEAST_WIDTH_PX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphics_are_told_by_their_words() {
        assert!(is_called_graphic("Screenshots of the prototype"));
        assert!(is_called_graphic("A map of the town"));
        assert!(!is_called_graphic("A photograph of a mapmaker"));
        assert!(!is_called_graphic("notebook"));
        assert!(!is_called_graphic("The team writes notes"));
    }
}
