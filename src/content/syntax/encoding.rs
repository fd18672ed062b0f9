//! Decodes a file's bytes to text.

/// The result of decoding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text. A `\r` without a `\n` after it has become `\n`.
    pub(crate) text: String,
    /// The byte offset in the text of the first sequence that could not be decoded.
    pub(crate) bad_bytes: Option<usize>,
}

/// Decodes UTF-8, and UTF-16 with a byte order mark or with a zero byte in each of the first four
/// characters.
pub(crate) fn decode(bytes: Vec<u8>) -> Decoded {
    let (mut text, bad_bytes) = match utf16_order(&bytes) {
        Some(read) => utf16(&bytes, read),
        None => match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
            }
        },
    };
    // A `\r` alone ends a line on old Macs. A `\n` takes as many bytes, so all places stay the
    // same.
    if lone_return(&text) {
        let mut chars = text.chars().peekable();
        let mut ends = String::with_capacity(text.len());
        while let Some(c) = chars.next() {
            let alone = c == '\r' && chars.peek() != Some(&'\n');
            ends.push(if alone { '\n' } else { c });
        }
        text = ends;
    }
    Decoded { text, bad_bytes }
}

/// Whether a `\r` stands without a `\n` after it.
fn lone_return(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

type Order = fn([u8; 2]) -> u16;

fn utf16_order(bytes: &[u8]) -> Option<Order> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return Some(u16::from_be_bytes),
        _ => {}
    }
    // Without a byte order mark: UTF-16 if each of the first four characters is ASCII beside a zero
    // byte.
    let start = bytes.get(..8)?;
    let plain = |byte: u8| (0x09..0x7f).contains(&byte);
    let pairs = || start.as_chunks::<2>().0.iter();
    if pairs().all(|[first, second]| plain(*first) && *second == 0) {
        Some(u16::from_le_bytes)
    } else if pairs().all(|[first, second]| *first == 0 && plain(*second)) {
        Some(u16::from_be_bytes)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], read: Order) -> (String, Option<usize>) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut bad = None;
    for unit in char::decode_utf16(pairs.iter().map(|pair| read(*pair))) {
        if unit.is_err() {
            bad = bad.or(Some(text.len()));
        }
        text.push(unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if !rest.is_empty() {
        bad = bad.or(Some(text.len()));
        text.push(char::REPLACEMENT_CHARACTER);
    }
    (text, bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_many_programs_are_text() {
        let text = "---\ntitle: Über den Wall\n---\n🚀";
        let units: Vec<u16> = text.encode_utf16().collect();
        let le: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let be: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let good = |text: &str| Decoded { text: text.into(), bad_bytes: None };
        assert_eq!(decode(text.into()), good(text));
        assert_eq!(decode(le.clone()), good(text));
        assert_eq!(decode(be.clone()), good(text));
        assert_eq!(decode([&[0xff, 0xfe], &le[..]].concat()), good(&format!("\u{feff}{text}")));
        assert_eq!(decode([&[0xfe, 0xff], &be[..]].concat()), good(&format!("\u{feff}{text}")));
        assert_eq!(decode([&le[..], &[0x41]].concat()).bad_bytes, Some(text.len()));
        assert_eq!(decode(b"Caf\xe9".to_vec()).bad_bytes, Some(3));
        assert_eq!(decode(vec![]), good(""));
    }

    #[test]
    fn every_line_has_an_end() {
        let ends = |text: &str| decode(text.into()).text;
        assert_eq!(ends("a\rb\r\rc"), "a\nb\n\nc");
        assert_eq!(ends("a\r\nb\r\n"), "a\r\nb\r\n");
        assert_eq!(ends("a\rb\r\nc\nd"), "a\nb\r\nc\nd");
    }
}
