//! The heights that a picture may have, and what its crops cost.

use crate::makeup::cost::art;
use crate::makeup::limits::{
    ASPECT_LEAST, CROP_LEAST, MUG_ROWS, PICTURE_HEIGHT, PICTURE_ROWS, PICTURE_SHAPES,
    UNKNOWN_ASPECT, UNKNOWN_KEEP,
};
use crate::makeup::model::{Format, Picture, Rows};

/// The heights in rows that a picture may have at a span, each with the cost of its crop.
pub(crate) fn picture_rows(format: &Format, pic: &Picture, p: u8, out: &mut Vec<(Rows, f32)>) {
    out.clear();
    let width = f64::from(p) * format.column_in_rows + (f64::from(p) - 1.0) * format.gutter_in_rows;
    let sensible = pic.aspect.is_finite() && pic.aspect > ASPECT_LEAST;
    let exact = width / if sensible { pic.aspect } else { UNKNOWN_ASPECT };
    let limit = f64::from(format.rows) * PICTURE_HEIGHT;
    if pic.whole {
        let rows = exact.ceil().max(1.0);
        if rows <= limit {
            out.push((rows as Rows, art::UNREADABLE * f32::from(pic.readable.saturating_sub(p))));
        }
        return;
    }
    let keep = if pic.keep.is_finite() { pic.keep.clamp(CROP_LEAST, 1.0) } else { UNKNOWN_KEEP };
    let (widest, narrowest) = PICTURE_SHAPES;
    let (mut lo, mut hi) =
        ((exact * keep).max(width / widest), (exact / keep).min(width / narrowest));
    if lo > hi {
        // The picture's own shape is beyond the bounds: it is kept, or brought nearer to them by a crop.
        if exact < width / widest {
            (lo, hi) = (exact, exact / keep);
        } else {
            (lo, hi) = (exact * keep, exact * (1.0 + keep) / 2.0);
        }
    }
    // A crop at the sides takes pixels, and the file may have none to spare. A picture that is too small
    // even for its lowest shape is enlarged as little as possible.
    hi = hi.min(f64::from(pic.most_rows)).max(lo.ceil());
    if pic.mug {
        // As near to the usual size of mug shots as its shape allows.
        (lo, hi) = (lo.max(f64::from(MUG_ROWS.0)).min(hi), hi.min(f64::from(MUG_ROWS.1)).max(lo));
    }
    let (lo, hi) = (lo.ceil().max(PICTURE_ROWS), hi.floor().min(limit));
    let mut r = lo.min(hi.max(lo));
    while r <= hi.max(lo) && r <= limit {
        let lost = 1.0 - if r < exact { r / exact } else { exact / r };
        out.push((r as Rows, crop_cost(lost) as f32));
        r += 1.0;
    }
}

/// The cost of a crop that loses this share of a picture.
fn crop_cost(lost: f64) -> f64 {
    let [.., (most, _)] = art::CROPS;
    let known = art::CROPS.iter().find(|(share, _)| lost <= *share);
    known.map_or_else(|| art::CROP_DEEP + art::CROP_DEEPER * (lost - most), |(_, cost)| *cost)
}

/// Rows of a caption at a span.
pub(crate) fn caption(pic: &Picture, p: u8) -> Rows {
    let k = (p as usize).saturating_sub(1);
    pic.caption.get(k).or(pic.caption.last()).copied().unwrap_or(0)
}

/// Thins choices out to at most `most`. The cheapest is always kept.
pub(crate) fn thin(all: &[(Rows, f32)], most: usize, out: &mut Vec<(Rows, f32)>) {
    out.clear();
    if all.len() <= most {
        out.extend_from_slice(all);
        return;
    }
    for k in 0..most {
        out.push(all[k * (all.len() - 1) / (most - 1)]);
    }
    let best = all.iter().fold(all[0], |b, x| if x.1 < b.1 { *x } else { b });
    if !out.contains(&best) {
        out.push(best);
    }
}
