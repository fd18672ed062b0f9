//! The text and the pages of a PDF, read back by an independent reader (hayro).

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Object, Rect as PdfRect, String as PdfString};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Rect};

/// What all pages print, in the order of drawing.
pub(crate) fn text(bytes: Vec<u8>) -> String {
    pages(bytes).concat()
}

/// What each page prints, in the order of drawing.
pub(crate) fn pages(bytes: Vec<u8>) -> Vec<String> {
    let pdf = Pdf::new(bytes).unwrap();
    let cache = InterpreterCache::new();
    let read = pdf.pages().iter().map(|page| {
        let mut reader = Reader::default();
        let sheet = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, sheet, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut reader);
        reader.text
    });
    read.collect()
}

/// The boxes of a page, in points from its lower left corner.
#[derive(Debug, PartialEq)]
pub(crate) struct Boxes {
    pub(crate) media: [f64; 4],
    pub(crate) bleed: Option<[f64; 4]>,
    pub(crate) trim: Option<[f64; 4]>,
}

/// The boxes of all pages.
pub(crate) fn boxes(bytes: Vec<u8>) -> Vec<Boxes> {
    let pdf = Pdf::new(bytes).unwrap();
    let sides = |rect: PdfRect| [rect.x0, rect.y0, rect.x1, rect.y1];
    let pages = pdf.pages().iter().map(|page| {
        let of = |name: &[u8]| page.raw().get::<PdfRect>(name).map(sides);
        Boxes { media: sides(page.media_box()), bleed: of(b"BleedBox"), trim: of(b"TrimBox") }
    });
    pages.collect()
}

/// The alternative texts of its structure tree.
pub(crate) fn alts(bytes: Vec<u8>) -> Vec<String> {
    let pdf = Pdf::new(bytes).unwrap();
    let alt = |object: Object<'_>| {
        let Object::Dict(dict) = object else { return None };
        let text = dict.get::<PdfString<'_>>(b"Alt")?;
        let bytes = text.as_bytes();
        let Some(wide) = bytes.strip_prefix(&[0xfe, 0xff]) else {
            return Some(String::from_utf8_lossy(bytes).into_owned());
        };
        let (units, _) = wide.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
        Some(String::from_utf16_lossy(&units))
    };
    pdf.objects().into_iter().filter_map(alt).collect()
}

/// Takes glyphs and nothing else.
#[derive(Default)]
struct Reader {
    text: String,
}

impl Device<'_> for Reader {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'_>,
        _: Affine,
        _: Affine,
        _: &Paint<'_>,
        _: &GlyphDrawMode,
    ) {
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => self.text.push(letter),
            Some(BfString::String(letters)) => self.text.push_str(&letters),
            None => self.text.push('\u{fffd}'),
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
