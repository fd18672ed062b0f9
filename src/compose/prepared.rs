//! Pictures, ads and furniture that are ready for their places on the pages.

use serde_json::{Value, json};
use typst::foundations::Bytes;
use typst::visualize::Image;

/// A picture ready for its place.
#[derive(Debug, Clone)]
pub struct PreparedPicture {
    /// The story's place in the edition.
    pub item: usize,
    /// The picture's place in the story.
    pub picture: usize,
    /// Its virtual file.
    pub file: String,
    /// The file's bytes.
    pub bytes: Bytes,
    /// The share of its area that the crop keeps, 0 to 1.
    pub kept: f64,
    /// The factor by which it lacks pixels for the wanted resolution; 1 if it has enough.
    pub enlarged: f64,
}

/// An ad ready for its place.
#[derive(Debug, Clone)]
pub struct PreparedAd {
    /// Its place in the paper's list.
    pub ad: usize,
    /// Its virtual file.
    pub file: String,
    /// The file's bytes.
    pub bytes: Bytes,
    /// Width over height.
    pub ratio: f64,
    /// Where the ad is a PDF: its page, for outputs that can hold a PDF. `bytes` are a picture of
    /// it.
    pub pdf: Option<Image>,
}

/// The furniture of an edition, ready for its places.
#[derive(Debug, Clone)]
pub struct PreparedFurniture {
    /// The data for the theme's driver: `ears`, `weather` and `promos`, their places in points.
    pub(super) data: Value,
    /// The virtual files of its pictures, and their bytes.
    pub(super) files: Vec<(String, Bytes)>,
}

impl Default for PreparedFurniture {
    fn default() -> Self {
        Self { data: json!({ "ears": null, "weather": null, "promos": [] }), files: vec![] }
    }
}
