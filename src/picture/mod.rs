//! Pictures: from whatever file an editor has to the pixels a page needs.
//!
//! [`probe`] reads a picture's header, [`crop_for`] chooses what of it is shown, and
//! [`prepare`] makes the bytes that go into a page: upright, cropped, at the wanted
//! resolution, in sRGB or grey, as a JPEG or a PNG. All three are pure and give the
//! same bytes for the same input; [`prepare_cached`] remembers what was made before.
//! [`is_graphic`] tells by a picture's pixels whether it may be cropped at all.

mod cache;
mod colour;
mod crop;
mod decode;
mod encode;
mod error;
mod foreign;
mod jpeg;
mod nature;
mod prepare;
mod probe;
mod resample;
mod screen;

#[cfg(test)]
mod tests;

pub use cache::{Cache, CacheKey, kept, prepare_cached, same_picture};
pub use crop::{Crop, crop_for};
pub use encode::coded;
pub use error::PictureError;
pub use foreign::is_pdf;
pub use nature::{is_graphic, is_graphic_cached};
pub use prepare::{Kind, OutputFormat, Prepared, Wanted, prepare};
pub use probe::{Format, Probe, probe, probe_file};
pub(crate) use resample::shrink;
pub use screen::{Coding, ScreenFile, ScreenWanted, Shape, screen, screen_cached, screen_key};
