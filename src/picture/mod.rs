//! Pictures: from an editor's file to the pixels that a page needs.
//!
//! `probe` reads a picture's header. `crop_for` chooses the part that is shown. `prepare` makes the
//! bytes that go into a page: upright, cropped, at the wanted resolution, in sRGB or grey, as a JPEG or
//! a PNG. `screen` makes the files of the web edition. `is_graphic` judges by the pixels whether a
//! picture is a graphic, which is never cropped. All of them give the same output for the same input;
//! the functions whose names end in `_cached` keep what they made.
//!
//! The rules and numbers that decide about pictures are in `policy.rs`. Only `probe.rs` reads headers.

mod cache;
mod colour;
mod crop;
mod decode;
mod encode;
mod error;
mod foreign;
mod format;
mod jpeg;
mod nature;
pub(crate) mod policy;
mod prepare;
mod probe;
mod raster;
mod resample;
mod screen;

#[cfg(test)]
mod tests;

pub use cache::Cache;
pub(crate) use cache::{kept, prepare_cached, same_picture};
pub(crate) use crop::{Crop, crop_for};
pub(crate) use encode::coded;
pub(crate) use error::PictureError;
pub(crate) use foreign::is_pdf;
pub(crate) use format::{OutputFormat, PictureKind};
pub(crate) use nature::is_graphic_cached;
pub(crate) use prepare::Wanted;
pub(crate) use probe::probe_file;
pub(crate) use resample::shrink;
pub use screen::{Coding, ScreenFile, ScreenShape};
pub(crate) use screen::{ScreenWanted, screen_cached, screen_key};
