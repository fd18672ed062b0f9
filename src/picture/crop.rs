//! Which part of a picture is shown.

use serde::{Deserialize, Serialize};

use super::policy::{FOCUS_MARGIN, USUAL_FOCUS};

/// A part of a picture, in pixels of the upright picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Crop {
    /// The pixels to the left of it.
    pub left: u32,
    /// The pixels above it.
    pub top: u32,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

impl Crop {
    /// The whole of a picture of that width and height.
    pub(crate) fn whole(pixels: [u32; 2]) -> Self {
        Self { left: 0, top: 0, width: pixels[0], height: pixels[1] }
    }

    /// The share of a picture's area that it shows, 0 to 1.
    pub(crate) fn share(&self, pixels: [u32; 2]) -> f64 {
        let kept = f64::from(self.width) * f64::from(self.height);
        kept / (f64::from(pixels[0]) * f64::from(pixels[1])).max(1.0)
    }
}

/// The largest crop of a ratio (width over height) that shows the focus at a good place.
///
/// `pixels` are the width and height of the upright picture. `focus` is a point in fractions from
/// the left and the top; without one, `USUAL_FOCUS` is taken. The focus stands half as far from
/// the crop's centre as from the picture's, and at least `FOCUS_MARGIN` of the crop's side away
/// from its edge, where the picture allows that.
///
/// The crop keeps at least `keep` (0 to 1) of the picture's area, to the pixel. Where the ratio
/// would leave less, the crop comes as near to the ratio as `keep` allows: all of one axis and
/// `keep` of the other. If the ratio is no positive number, the crop is the whole picture.
pub(crate) fn crop_for(pixels: [u32; 2], ratio: f64, focus: Option<[f64; 2]>, keep: f64) -> Crop {
    let whole = Crop::whole(pixels);
    if !(ratio.is_finite() && ratio > 0.0) || pixels[0] == 0 || pixels[1] == 0 {
        return whole;
    }
    let focus = focus.unwrap_or(USUAL_FOCUS);
    let keep = if keep.is_nan() { 0.0 } else { keep.clamp(0.0, 1.0) };
    let [width, height] = pixels.map(f64::from);
    // Only one axis is ever cut, so the share of the area is the share of that axis.
    if width > height * ratio {
        let (left, width) = cut(pixels[0], height * ratio, focus[0], keep);
        Crop { left, width, ..whole }
    } else {
        let (top, height) = cut(pixels[1], width / ratio, focus[1], keep);
        Crop { top, height, ..whole }
    }
}

/// The start and the length of the part of one axis that is kept, in pixels.
fn cut(side: u32, wanted: f64, focus: f64, keep: f64) -> (u32, u32) {
    let whole = f64::from(side);
    let least = (whole * keep).ceil();
    let length = wanted.round().max(least).clamp(1.0, whole);
    let focus = if focus.is_nan() { 0.5 } else { focus.clamp(0.0, 1.0) };
    let place = (0.5 + (focus - 0.5) / 2.0).clamp(FOCUS_MARGIN, 1.0 - FOCUS_MARGIN);
    let start = (focus * whole - place * length).round().clamp(0.0, whole - length);
    (start as u32, length as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crop_is_as_large_as_the_ratio_allows() {
        assert_eq!(crop_for([300, 200], 1.5, None, 0.0), Crop::whole([300, 200]));
        let square = crop_for([300, 200], 1.0, None, 0.0);
        assert_eq!(square, Crop { left: 50, top: 0, width: 200, height: 200 });
        let wide = crop_for([200, 300], 2.0, None, 0.0);
        assert_eq!((wide.left, wide.width, wide.height), (0, 200, 100));
        // Heads are up: more is cut off below than above.
        assert!(wide.top < 300 - 100 - wide.top);
    }

    #[test]
    fn the_focus_stays_away_from_the_edge_where_it_can() {
        for step in 0..=20 {
            let focus = f64::from(step) / 20.0;
            let crop = crop_for([1000, 400], 1.0, Some([focus, 0.5]), 0.0);
            assert_eq!((crop.width, crop.height), (400, 400));
            let place = (focus * 1000.0 - f64::from(crop.left)) / 400.0;
            let at_edge = crop.left == 0 || crop.left == 600;
            assert!((0.15..=0.85).contains(&place) || at_edge, "{focus}: {place}");
            assert!((0.0..=1.0).contains(&place));
        }
    }

    #[test]
    fn enough_is_kept_even_against_the_ratio() {
        let crop = crop_for([1000, 400], 0.5, None, 0.7);
        assert_eq!((crop.width, crop.height), (700, 400));
        assert!(crop.share([1000, 400]) >= 0.7);
        assert_eq!(crop_for([1000, 400], 0.5, None, 1.0), Crop::whole([1000, 400]));
    }

    #[test]
    fn nonsense_gives_a_crop_inside_the_picture() {
        for ratio in [f64::NAN, f64::INFINITY, 0.0, -1.0, 1e-12, 1e12] {
            for focus in [[f64::NAN, 2.0], [-3.0, 0.5], [1.0, 1.0]] {
                for pixels in [[1, 1], [3, 1000], [30_000, 2]] {
                    let crop = crop_for(pixels, ratio, Some(focus), f64::NAN);
                    assert!(crop.width > 0 && crop.left + crop.width <= pixels[0]);
                    assert!(crop.height > 0 && crop.top + crop.height <= pixels[1]);
                }
            }
        }
    }
}
