//! A composed page as a picture that stays sharp at any size.

use typst_layout::Page;
use typst_svg::SvgOptions;

/// A page as SVG, its letters as outlines and its pictures within.
pub fn page_svg(page: &Page) -> String {
    typst_svg::svg(page, &SvgOptions { render_bleed: false, pretty: false })
}
