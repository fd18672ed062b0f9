//! Removes from pages what only a screen needs.

use typst::layout::{Frame, FrameItem};

/// A frame without links and without tags, from which bookmarks are made.
pub(super) fn on_paper(frame: &Frame) -> Frame {
    let mut frame = frame.clone();
    strip(&mut frame);
    frame
}

fn strip(frame: &mut Frame) {
    frame.retain(|item| match item {
        FrameItem::Group(group) => {
            group.parent = None;
            strip(&mut group.frame);
            true
        }
        FrameItem::Link(..) | FrameItem::Tag(_) => false,
        FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => true,
    });
}
