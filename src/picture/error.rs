//! Why a picture can't be used, in words for an editor.

use std::fmt;

use image::ImageError;

use super::format::FileFormat;
use crate::diag::{Code, Diagnostic, Span};

/// Why a picture can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PictureError {
    /// Its code, such as `picture-truncated`.
    pub code: Code,
    /// What is wrong, without a full stop.
    pub what: String,
    /// What to do about it.
    pub hint: String,
    /// Whether the file is sound and merely of a format that isn't read. The picture is then left
    /// out with a warning; otherwise the error stops the edition.
    pub unread: bool,
}

impl PictureError {
    /// The error as a diagnostic; `span` is where the story names the picture, `src` the name.
    pub(crate) fn diagnostic(&self, src: &str, span: impl Into<Option<Span>>) -> Diagnostic {
        let Self { code, what, hint, unread } = self;
        let one = if *unread {
            Diagnostic::warning(*code, span, format!("`{src}` is left out: {what}"))
        } else {
            Diagnostic::error(*code, span, format!("`{src}` can't be printed: {what}"))
        };
        one.hint(hint.clone())
    }

    pub(super) fn new(code: Code, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, what: what.into(), hint: hint.into(), unread: false }
    }

    /// The file is sound, but of a format that isn't read.
    pub(super) fn unread(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { unread: true, ..Self::new(Code::PictureFormat, what, hint) }
    }

    /// The file exists and can't be opened.
    pub(crate) fn unreadable(error: &std::io::Error) -> Self {
        Self::new(
            Code::PictureUnreadable,
            format!("the file can't be opened ({error})"),
            "check its permissions, or copy it again",
        )
    }

    /// The file ends before the picture does.
    pub(super) fn truncated(format: FileFormat) -> Self {
        Self::new(
            Code::PictureTruncated,
            format!("this {} file is cut off: its end is missing", format.name()),
            "copy or download the file again, or export it again",
        )
    }

    /// The file is of a known format, and its data are invalid.
    pub(super) fn broken(format: FileFormat, detail: impl fmt::Display) -> Self {
        Self::new(
            Code::PictureBroken,
            format!("this {} file is damaged", format.name()),
            format!(
                "use the original file, or open it in a picture editor and export it again (details: {detail})"
            ),
        )
    }

    /// The picture has more pixels than are read.
    pub(super) fn too_large(width: u32, height: u32) -> Self {
        Self::new(
            Code::PictureTooLarge,
            format!("this picture is too large: {width} by {height} pixels"),
            "scale it down: 6,000 pixels a side are enough for a whole broadsheet page",
        )
    }

    /// What a decoder of `image` reported.
    pub(super) fn from_image(format: FileFormat, error: &ImageError) -> Self {
        match error {
            ImageError::IoError(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => {
                Self::truncated(format)
            }
            ImageError::Limits(_) => Self::new(
                Code::PictureTooLarge,
                format!("this {} file needs too much memory", format.name()),
                "scale it down, or save it as a plain JPEG",
            ),
            ImageError::Unsupported(_) => Self::new(
                Code::PictureUnsupported,
                format!("this kind of {} file can't be read ({error})", format.name()),
                "save it as a plain JPEG or PNG",
            ),
            _ if says_end_of_file(error) => Self::truncated(format),
            _ => Self::broken(format, error),
        }
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)
    }
}

impl std::error::Error for PictureError {}

/// Whether an error means that the file ended too soon. Some decoders wrap that in an error of their
/// own, so the whole chain of causes is searched.
fn says_end_of_file(error: &ImageError) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(io) = current.downcast_ref::<std::io::Error>()
            && io.kind() == std::io::ErrorKind::UnexpectedEof
        {
            return true;
        }
        let words = current.to_string().to_ascii_lowercase();
        if words.contains("unexpected end") || words.contains("unexpected eof") {
            return true;
        }
        cause = current.source();
    }
    false
}
