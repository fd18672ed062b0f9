//! What the server sends: bytes, their media types, and the content security policies that go with
//! them.

/// Bytes and their hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HashedBytes {
    /// The bytes.
    pub(super) bytes: Vec<u8>,
    /// The first half of their BLAKE3 hash, in hexadecimal digits.
    pub(super) hash: String,
}

impl HashedBytes {
    /// Hashes some bytes.
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        let hash = blake3::hash(&bytes).to_hex()[..32].to_string();
        Self { bytes, hash }
    }
}

/// The policy of the preview's own page: it loads its own files and shows the web edition in a frame.
pub(super) const OWN_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The policy of a drawn page: it loads nothing; pictures in it are embedded.
pub(super) const PICTURE_POLICY: &str =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox";

/// The policy of the web edition, as static hosts send it.
pub(super) const WEB_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// The media type of a file, by the ending of its name.
pub(super) fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "jpg" => "image/jpeg",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
