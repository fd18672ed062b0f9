//! Draws a composed page as SVG.

use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::Page;
use typst_svg::SvgOptions;

/// A layer that has this many letters or more is full.
const LAYER_LETTERS: usize = 400;

/// A page as SVG. Its letters are outlines, and its pictures are within the file.
pub(crate) fn page_svg(page: &Page) -> String {
    typst_svg::svg(page, &SvgOptions { render_bleed: false, pretty: false })
}

/// A page in layers. Each is as large as the page, and laid over each other they are the page.
///
/// A browser takes long to read a drawing of thousands of letters, and an edit changes one story. So a
/// layer holds about a story or a few small parts, and ends where a part of the page ends.
pub(crate) fn layers(page: &Page) -> Vec<Page> {
    let size = page.frame.size();
    let mut layers: Vec<(Frame, usize)> = vec![];
    for (at, item) in parts(&page.frame, Point::zero()) {
        let letters = letters(&item);
        match layers.last_mut() {
            Some((frame, count)) if *count < LAYER_LETTERS => {
                frame.push(at, item);
                *count += letters;
            }
            _ => {
                let mut frame = Frame::hard(size);
                frame.push(at, item);
                layers.push((frame, letters));
            }
        }
    }
    if layers.is_empty() {
        layers.push((Frame::hard(size), 0));
    }
    let layer = |(number, (frame, _)): (usize, (Frame, usize))| {
        // The lowest layer has the colour of the paper.
        let fill = if number == 0 { page.fill.clone() } else { Smart::Custom(None) };
        Page { frame, fill, ..page.clone() }
    };
    layers.into_iter().enumerate().map(layer).collect()
}

/// The items of a frame. If a frame holds nothing but one group that changes nothing, those of the
/// group.
fn parts(frame: &Frame, offset: Point) -> Vec<(Point, FrameItem)> {
    let drawn = |(_, item): &&(Point, FrameItem)| !matches!(item, FrameItem::Tag(_));
    let all: Vec<&(Point, FrameItem)> = frame.items().filter(drawn).collect();
    match all[..] {
        [(at, FrameItem::Group(group))]
            if group.transform.is_identity() && group.clip.is_none() =>
        {
            parts(&group.frame, offset + *at)
        }
        _ => all.into_iter().map(|(at, item)| (offset + *at, item.clone())).collect(),
    }
}

/// The number of letters in an item.
fn letters(item: &FrameItem) -> usize {
    match item {
        FrameItem::Group(group) => group.frame.items().map(|(_, item)| letters(item)).sum(),
        FrameItem::Text(text) => text.glyphs.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use typst::layout::GroupItem;

    use super::*;
    use crate::typeset::{MemoryWorld, Theme, source};

    #[test]
    fn layers_have_all_of_a_page_in_its_order() {
        let theme = Theme::load("classic", &[]).unwrap();
        let text = "#set page(width: 400pt, height: 900pt, margin: 0pt)\n\
            #let at(y, body) = place(top, dy: y, block(width: 400pt, body))\n\
            #at(0pt, lorem(100)) #at(300pt, lorem(5)) #at(400pt, lorem(5)) #at(500pt, lorem(100))";
        let document = MemoryWorld::new(&theme, &source("layers.typ", text)).set().unwrap();
        let page = &document.pages()[0];
        let layers = layers(page);
        let letters = |page: &Page| letters(&FrameItem::Group(GroupItem::new(page.frame.clone())));
        assert_eq!(layers.len(), 2);
        assert_eq!(layers.iter().map(letters).sum::<usize>(), letters(page));
        let glyphs = |page: &Page| page_svg(page).matches("<use").count();
        assert_eq!(layers.iter().map(glyphs).sum::<usize>(), glyphs(page));
        let white = |page: &Page| page_svg(page).contains("#ffffff");
        assert!(white(&layers[0]) && !white(&layers[1]));
    }
}
