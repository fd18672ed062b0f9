//! The numbers of a review.

/// A number rounded to thousandths: nobody reads more of a share.
pub(super) fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
