//! The formats of picture files, and the two kinds of pictures.

use image::ImageFormat;
use serde::{Deserialize, Serialize};

/// A format of picture files that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FileFormat {
    /// JPEG, of any colour model.
    Jpeg,
    /// PNG.
    Png,
    /// WebP; the first picture of an animation.
    WebP,
    /// GIF; the first picture of an animation.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// TIFF; the first page.
    Tiff,
}

impl FileFormat {
    /// Its usual name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
        }
    }

    /// The same as `image` names it.
    pub(super) fn in_image(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::WebP => ImageFormat::WebP,
            Self::Gif => ImageFormat::Gif,
            Self::Bmp => ImageFormat::Bmp,
            Self::Tiff => ImageFormat::Tiff,
        }
    }
}

/// The format of a prepared picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OutputFormat {
    /// Baseline JPEG, grey or sRGB.
    Jpeg,
    /// PNG, grey or sRGB, without alpha.
    Png,
}

/// Whether a picture is a photograph or a graphic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PictureKind {
    /// A photograph: continuous tones.
    #[default]
    Photo,
    /// A graphic: lines, letters and flat areas, as in charts, screenshots and drawings.
    Graphic,
}
