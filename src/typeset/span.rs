//! Spans of text in a story's file, packed as Typst packs a range of bytes of a file that isn't Typst
//! source.

use std::num::NonZeroU64;
use std::ops::Range;

use typst::syntax::{FileId, Span, SpanKind};

/// How `typst-syntax` packs a range: the file in the upper 16 bits, then a base, then start and end
/// with 23 bits each. The constructor there is private and the raw number public; a test checks that
/// the two agree.
const RANGE_BASE: u64 = (1 << 47) + (1 << 46);
const RANGE_BITS: u32 = 23;
const RANGE_MAX: u64 = (1 << RANGE_BITS) - 1;

/// The span of a range of bytes in a file. Bytes past 8 MiB count as 8 MiB.
pub(crate) fn run_span(file: FileId, range: Range<u32>) -> Span {
    let start = u64::from(range.start).min(RANGE_MAX);
    let end = u64::from(range.end).min(RANGE_MAX);
    let low = RANGE_BASE + ((start << RANGE_BITS) | end);
    let high = u64::from(file.into_raw().get()) << 48;
    NonZeroU64::new(high | low).map_or_else(Span::detached, Span::from_raw)
}

/// The file and the range of bytes of a span; none if it is no such span.
pub fn source_of(span: Span) -> Option<(FileId, Range<u32>)> {
    match span.get() {
        SpanKind::Range { id, range } => {
            Some((id, u32::try_from(range.start).ok()?..u32::try_from(range.end).ok()?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use typst::syntax::{RootedPath, VirtualPath, VirtualRoot};

    use super::*;

    #[test]
    fn a_range_survives_the_packing() {
        let path = VirtualPath::new("story/7.json").unwrap();
        let file = RootedPath::new(VirtualRoot::Project, path).intern();
        for range in [0..1, 17..4000, 8_000_000..8_000_003] {
            assert_eq!(source_of(run_span(file, range.clone())), Some((file, range)));
        }
    }
}
