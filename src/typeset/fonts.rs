//! The bundled faces.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

macro_rules! faces {
    ($($path:literal),* $(,)?) => {
        &[$(include_bytes!(concat!("../../fonts/", $path))),*]
    };
}

/// The files of the faces: those for text first, then those for letters that they lack.
static FILES: &[&[u8]] = faces![
    "pt-serif/PTSerif_400Regular.ttf",
    "pt-serif/PTSerif_400Regular_Italic.ttf",
    "pt-serif/PTSerif_700Bold.ttf",
    "pt-serif/PTSerif_700Bold_Italic.ttf",
    "playfair-display/PlayfairDisplay_600SemiBold.ttf",
    "playfair-display/PlayfairDisplay_700Bold.ttf",
    "playfair-display/PlayfairDisplay_900Black.ttf",
    "playfair-display/PlayfairDisplay_500Medium_Italic.ttf",
    "playfair-display/PlayfairDisplay_600SemiBold_Italic.ttf",
    "libre-franklin/LibreFranklin_400Regular.ttf",
    "libre-franklin/LibreFranklin_400Regular_Italic.ttf",
    "libre-franklin/LibreFranklin_500Medium.ttf",
    "libre-franklin/LibreFranklin_600SemiBold.ttf",
    "libre-franklin/LibreFranklin_700Bold.ttf",
    "libre-franklin/LibreFranklin_700Bold_Italic.ttf",
    "libre-franklin/LibreFranklin_900Black.ttf",
    "encode-sans-condensed/EncodeSansCondensed_800ExtraBold.ttf",
    "bitter/Bitter_700Bold.ttf",
    "unifrakturcook/UnifrakturCook_700Bold.ttf",
    "libertinus-serif/LibertinusSerif-Regular.otf",
    "libertinus-serif/LibertinusSerif-Italic.otf",
    "libertinus-serif/LibertinusSerif-Bold.otf",
    "libertinus-serif/LibertinusSerif-BoldItalic.otf",
    "dejavu-sans-mono/DejaVuSansMono.ttf",
    "dejavu-sans-mono/DejaVuSansMono-Bold.ttf",
    "noto-emoji/NotoEmoji_400Regular.ttf",
];

static FACES: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

/// The book of all faces.
pub(crate) fn book() -> &'static LazyHash<FontBook> {
    &FACES.0
}

/// The face at an index of the book.
pub(super) fn font(index: usize) -> Option<Font> {
    FACES.1.get(index).cloned()
}

/// Whether any face has a glyph for a character.
pub fn covers(character: char) -> bool {
    static COVERED: LazyLock<Vec<u64>> = LazyLock::new(|| {
        let mut bits = vec![0; 0x11_0000 / 64];
        for index in 0..FACES.1.len() {
            if let Some(info) = FACES.0.info(index) {
                for code in info.coverage.iter() {
                    bits[code as usize / 64] |= 1 << (code % 64);
                }
            }
        }
        bits
    });
    let code = character as usize;
    COVERED[code / 64] & (1 << (code % 64)) != 0
}
