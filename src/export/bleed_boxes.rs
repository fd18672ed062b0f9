//! Adds a bleed box to each page of a PDF, since Typst writes none.

use std::ops::Range;

/// A PDF with a bleed box added to each page, `inside` points inside its media box. `pages` is the
/// number of pages, each of which has a trim box. None if the file isn't built as Typst builds PDFs:
/// with one cross-reference table and no object streams.
pub(super) fn with_bleed(pdf: &[u8], pages: usize, inside: f64) -> Option<Vec<u8>> {
    let table = XrefTable::read(pdf)?;
    let mut out = Vec::with_capacity(pdf.len() + 64 * table.places.len());
    // The place of each insertion in the old file, and by how many bytes the file has grown there.
    let mut grown: Vec<(usize, usize)> = vec![];
    let mut done = 0;
    let mut sorted = table.places.clone();
    sorted.sort_unstable();
    for place in sorted {
        let Some((at, media)) = page(&pdf[place..table.start]) else { continue };
        let [left, low, right, high] = media;
        let sides = [left + inside, low + inside, right - inside, high - inside].map(number);
        out.extend_from_slice(pdf.get(done..place + at)?);
        out.extend_from_slice(format!("/BleedBox[{}]", sides.join(" ")).as_bytes());
        done = place + at;
        grown.push((done, out.len() - done));
    }
    out.extend_from_slice(pdf.get(done..table.start)?);
    if grown.len() != pages {
        return None;
    }
    let moved = |place: usize| {
        let before = grown.partition_point(|(at, _)| *at <= place);
        place + before.checked_sub(1).map_or(0, |last| grown[last].1)
    };
    let mut entries = pdf.get(table.entries.clone())?.to_vec();
    for entry in entries.chunks_mut(ENTRY).filter(|entry| entry[17] == b'n') {
        let place = std::str::from_utf8(&entry[..10]).ok()?.parse().ok()?;
        entry[..10].copy_from_slice(format!("{:010}", moved(place)).as_bytes());
    }
    let start = out.len();
    out.extend_from_slice(&pdf[table.start..table.entries.start]);
    out.extend_from_slice(&entries);
    let trailer = std::str::from_utf8(&pdf[table.entries.end..]).ok()?;
    let (before, _) = trailer.rsplit_once("startxref")?;
    out.extend_from_slice(format!("{before}startxref\n{start}\n%%EOF").as_bytes());
    Some(out)
}

/// The length in bytes of an entry of the cross-reference table.
const ENTRY: usize = 20;

/// The cross-reference table, which has the places of all objects.
struct XrefTable {
    /// The byte at which it begins.
    start: usize,
    /// The bytes of its entries.
    entries: Range<usize>,
    /// The bytes at which the objects begin.
    places: Vec<usize>,
}

impl XrefTable {
    fn read(pdf: &[u8]) -> Option<Self> {
        let tail = &pdf[pdf.len().saturating_sub(64)..];
        let tail = std::str::from_utf8(tail.get(memchr::memmem::find(tail, b"startxref")?..)?);
        let start: usize = tail.ok()?.lines().nth(1)?.trim().parse().ok()?;
        let head = pdf.get(start..(start + 64).min(pdf.len()))?;
        let head = head.strip_prefix(b"xref\n")?;
        let line = std::str::from_utf8(&head[..memchr::memchr(b'\n', head)?]).ok()?;
        let count: usize = line.strip_prefix("0 ")?.trim_end().parse().ok()?;
        let first = start + b"xref\n".len() + line.len() + 1;
        let entries = first..first + count * ENTRY;
        let places = pdf.get(entries.clone())?.chunks(ENTRY).filter(|entry| entry[17] == b'n');
        let places = places
            .map(|entry| {
                let place = std::str::from_utf8(&entry[..10]).ok()?.parse().ok()?;
                (place < start).then_some(place)
            })
            .collect::<Option<_>>()?;
        Some(Self { start, entries, places })
    }
}

/// For an object that is a page: the byte at which its trim box stands, and its media box in points.
fn page(object: &[u8]) -> Option<(usize, [f64; 4])> {
    let body = memchr::memmem::find(object.get(..32.min(object.len()))?, b"obj\n")? + 4;
    object[body..].starts_with(b"<</Type/Page/").then_some(())?;
    let end = body + memchr::memmem::find(&object[body..], b"endobj")?;
    let object = &object[..end];
    let trim = memchr::memmem::find(object, b"/TrimBox[")?;
    let media = memchr::memmem::find(object, b"/MediaBox[")? + b"/MediaBox[".len();
    let media = &object[media..][..memchr::memchr(b']', &object[media..])?];
    let sides: Option<Vec<f64>> =
        std::str::from_utf8(media).ok()?.split_whitespace().map(|side| side.parse().ok()).collect();
    Some((trim, sides?.try_into().ok()?))
}

/// A number as PDF writes it: up to four decimals, without trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two objects, the second a page.
    fn small(page: &str) -> Vec<u8> {
        let mut pdf = b"%PDF-1.7\n".to_vec();
        let mut places = vec![];
        for object in ["<</Type/Pages/Count 1>>", page, "<</Type/Catalog>>"] {
            places.push(pdf.len());
            let text = format!("{} 0 obj\n{object}\nendobj\n", places.len());
            pdf.extend_from_slice(text.as_bytes());
        }
        let start = pdf.len();
        pdf.extend_from_slice(b"xref\n0 4\n0000000000 65535 f\r\n");
        for place in places {
            pdf.extend_from_slice(format!("{place:010} 00000 n\r\n").as_bytes());
        }
        let end = format!("trailer\n<</Size 4/Root 3 0 R>>\nstartxref\n{start}\n%%EOF");
        pdf.extend_from_slice(end.as_bytes());
        pdf
    }

    #[test]
    fn a_bleed_box_is_put_in_and_every_object_stands_where_the_table_says() {
        let page = "<</Type/Page/MediaBox[0 0 120.5 220]/TrimBox[20 20 100.5 200]>>";
        let pdf = with_bleed(&small(page), 1, 12.0).unwrap();
        let text = String::from_utf8(pdf.clone()).unwrap();
        assert!(text.contains("220]/BleedBox[12 12 108.5 208]/TrimBox["), "{text}");
        let table = XrefTable::read(&pdf).unwrap();
        for (index, place) in table.places.iter().enumerate() {
            assert!(text[*place..].starts_with(&format!("{} 0 obj", index + 1)), "{text}");
        }
    }

    #[test]
    fn a_file_that_is_built_otherwise_is_refused() {
        let pdf = small("<</Type/Page/MediaBox[0 0 10 20]>>");
        assert_eq!(with_bleed(&pdf, 1, 2.0), None);
        assert_eq!(with_bleed(&pdf, 0, 2.0), Some(pdf));
        assert_eq!(with_bleed(b"%PDF-1.7 and nothing", 1, 2.0), None);
        assert_eq!(with_bleed(b"", 1, 2.0), None);
    }
}
