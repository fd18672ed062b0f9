//! Elements that Typst lacks: a part with a name, a story threaded through legs, short items of a
//! list beside each other, run-in text, and three kinds of text that themes style.

#![allow(missing_docs, reason = "the macro that defines an element drops its fields' docs")]

use typst::diag::{SourceResult, bail};
use typst::engine::Engine;
use typst::foundations::{
    Array, Content, Dict, NativeElement, NativeRuleMap, Packed, Resolve, ShowFn, Str, StyleChain,
    Target, Value,
};
use typst::introspection::{Location, Locator, Tag, TagFlags};
use typst::layout::{
    Abs, Axes, BlockElem, Dir, Frame, FrameItem, FrameParent, Inherit, Length, PlaceElem, Point,
    Region, Regions, Size,
};
use typst::pdf::PdfMarkerTag;
use typst::text::TextElem;
use typst_macros::elem;

/// A part of a story, or of the page's furniture, at its place.
///
/// It draws nothing. It marks the composed frames, so that their readers (the check, the measuring)
/// know what stands where.
#[elem]
pub struct PartElem {
    /// The story's key; for furniture `front`, `last` or `ad`.
    #[required]
    pub key: Str,
    /// The name of the part: `head`, `deck`, `caption`, …
    #[required]
    pub role: Str,
    /// The content of the part.
    #[required]
    pub body: Content,
}

/// One story's body, threaded through legs on one or more pages.
///
/// Each page that shows some of the legs holds this element with the list of all legs, its own ones
/// switched on. Typst breaks the body into the heights of the legs; the frames of those that are on
/// are placed.
///
/// The body inherits no style; it brings its own along. So its paragraphs are the same wherever it
/// stands, and Typst, which remembers what it has set, sets them for the galley and not again for
/// the pages.
#[elem]
pub(crate) struct ThreadElem {
    /// The story's key; no two threads of a document may share one.
    #[required]
    pub key: Str,
    /// The body.
    #[required]
    pub body: Content,
    /// The measure of every leg.
    #[required]
    pub width: Length,
    /// The legs: dictionaries of `x`, `y`, `height` (lengths; with `auto`, a leg is as high as its
    /// text) and `on`.
    #[required]
    pub legs: Array,
}

/// A bulleted list whose items are so short that two of them fit on a line.
#[elem]
pub(crate) struct ShortsElem {
    /// The list.
    #[required]
    pub body: Content,
}

/// Items of a bulleted list beside each other on one line: below each other, short items would leave
/// most of a column white.
#[elem]
pub(crate) struct AbreastElem {
    /// The mark before each.
    #[required]
    pub marker: Content,
    /// The items.
    #[required]
    pub items: Array,
    /// The width of each item with its mark and the white behind that.
    #[required]
    pub width: Length,
    /// The white behind a mark.
    #[required]
    pub indent: Length,
}

/// A subhead and the text below it, or a list, set in one paragraph.
#[elem]
pub(crate) struct RunInElem {
    /// The subhead, if there is one.
    #[required]
    pub head: Option<Content>,
    /// The whole text.
    #[required]
    pub text: Content,
    /// The items of a list.
    #[required]
    pub items: Array,
}

/// Code in a line of text. A theme gives it a face with a show rule.
#[elem]
pub(crate) struct MonoElem {
    /// The code.
    #[required]
    pub body: Content,
}

/// Code in lines of its own. A theme gives it a face and a measure with a show rule.
#[elem]
pub(crate) struct ListingElem {
    /// The lines, with line breaks between them.
    #[required]
    pub body: Content,
}

/// The break between two parts of a story. A theme draws it with a show rule.
#[elem]
pub(crate) struct AsterismElem {}

const PART_RULE: ShowFn<PartElem> = |elem, _, _| {
    Ok(BlockElem::single_layouter(elem.clone(), layout_part).pack().spanned(elem.span()))
};

const THREAD_RULE: ShowFn<ThreadElem> = |elem, _, _| {
    Ok(BlockElem::single_layouter(elem.clone(), layout_thread).pack().spanned(elem.span()))
};

const ABREAST_RULE: ShowFn<AbreastElem> = |elem, _, _| {
    Ok(BlockElem::single_layouter(elem.clone(), layout_abreast).pack().spanned(elem.span()))
};

/// Registers the elements with Typst.
pub(super) fn register(rules: &mut NativeRuleMap) {
    rules.register::<PartElem>(Target::Paged, PART_RULE);
    rules.register::<ThreadElem>(Target::Paged, THREAD_RULE);
    rules.register::<AbreastElem>(Target::Paged, ABREAST_RULE);
    rules.register::<ShortsElem>(Target::Paged, |elem, _, _| Ok(elem.body.clone()));
    rules.register::<RunInElem>(Target::Paged, |elem, _, _| Ok(elem.text.clone()));
    rules.register::<MonoElem>(Target::Paged, |elem, _, _| Ok(elem.body.clone()));
    rules.register::<ListingElem>(Target::Paged, |elem, _, _| Ok(elem.body.clone()));
    rules.register::<AsterismElem>(Target::Paged, |_, _, _| Ok(Content::empty()));
}

/// Lays the part out between two tags that name it.
fn layout_part(
    elem: &Packed<PartElem>,
    engine: &mut Engine,
    locator: Locator,
    styles: StyleChain,
    region: Region,
) -> SourceResult<Frame> {
    let mut locator = locator.split();
    let key = typst::utils::hash128(&(&elem.key, &elem.role));
    let location = locator.next_location(engine, key, elem.span());
    let inner = locator.next(&elem.span());
    let mut frame = typst_layout::layout_frame(engine, &elem.body, inner, styles, region)?;
    // The structure tree of the PDF doesn't need these tags: the content has its own.
    let flags = TagFlags { introspectable: true, tagged: false };
    let named = elem.clone().pack().located(location);
    frame.prepend(Point::zero(), FrameItem::Tag(Tag::Start(named, flags)));
    frame.push(Point::zero(), FrameItem::Tag(Tag::End(location, key, flags)));
    Ok(frame)
}

/// Lays items of a list out beside each other. In the structure tree they are like the items of
/// Typst's own lists: each has a label and a body.
fn layout_abreast(
    elem: &Packed<AbreastElem>,
    engine: &mut Engine,
    locator: Locator,
    styles: StyleChain,
    region: Region,
) -> SourceResult<Frame> {
    let mut locator = locator.split();
    let (width, indent) = (elem.width.abs, elem.indent.resolve(styles));
    let backwards = styles.resolve(TextElem::dir) == Dir::RTL;
    let mut out = Frame::soft(Size::new(region.size.x, Abs::zero()));
    let free = Region::new(Size::splat(Abs::inf()), Axes::splat(false));
    let mut left = Abs::zero();
    for (at, item) in elem.items.iter().enumerate() {
        let Value::Content(item) = item else { bail!(elem.span(), "an item is content") };
        let label = PdfMarkerTag::ListItemLabel(elem.marker.clone());
        let body = PdfMarkerTag::ListItemBody(item.clone());
        let mut set = |content: &Content, part: u8| {
            typst_layout::layout_frame(engine, content, locator.next(&(at, part)), styles, free)
        };
        let (label, body) = (set(&label, 0)?, set(&body, 1)?);
        let begin = left + label.width() + indent;
        out.size_mut().y = out.height().max(label.height()).max(body.height());
        for (x, frame) in [(left, label), (begin, body)] {
            let x = if backwards { region.size.x - x - frame.width() } else { x };
            out.push_frame(Point::with_x(x), frame);
        }
        left += width;
    }
    Ok(out)
}

/// A leg, read from what the theme's driver gives.
struct ThreadLeg {
    position: Point,
    /// None if the leg is as high as its text.
    height: Option<Abs>,
    on: bool,
}

impl ThreadLeg {
    fn read(value: &Value) -> Option<Self> {
        let Value::Dict(dict) = value else { return None };
        Some(Self {
            position: Point::new(length(dict, "x")?, length(dict, "y")?),
            height: match dict.get("height") {
                Ok(Value::Auto) => None,
                _ => Some(length(dict, "height")?),
            },
            on: matches!(dict.get("on"), Ok(Value::Bool(true))),
        })
    }
}

fn length(dict: &Dict, key: &str) -> Option<Abs> {
    match dict.get(key) {
        Ok(Value::Length(length)) => Some(length.abs),
        _ => None,
    }
}

/// Lays the body out over all legs and keeps the frames that this page shows.
///
/// In the structure tree, all legs have one parent at the location of the first leg, so that a
/// reader's software meets the story whole and in order.
fn layout_thread(
    elem: &Packed<ThreadElem>,
    engine: &mut Engine,
    _: Locator,
    _: StyleChain,
    region: Region,
) -> SourceResult<Frame> {
    let Some(legs) = elem.legs.iter().map(ThreadLeg::read).collect::<Option<Vec<_>>>() else {
        bail!(elem.span(), "a leg needs x, y, height and on");
    };
    let heights: Vec<Abs> = legs.iter().map(|leg| leg.height.unwrap_or(Abs::inf())).collect();
    let Some((&first, rest)) = heights.split_first() else {
        return Ok(Frame::soft(Size::zero()));
    };
    let location = Location::new(typst::utils::hash128(&elem.key));
    let regions = Regions {
        size: Size::new(elem.width.abs, first),
        expand: Axes::new(true, legs[0].height.is_some()),
        // Nothing in a body is measured by its page.
        full: Abs::inf(),
        backlog: rest,
        last: None,
    };
    let locator = Locator::synthesize(location);
    let styles = StyleChain::new(&engine.library.styles);
    let fragment = typst_layout::layout_fragment(engine, &elem.body, locator, styles, regions)?;
    let mut out = Frame::soft(Size::new(region.size.x, Abs::zero()));
    for (index, mut frame) in fragment.into_iter().enumerate() {
        // Text past the last leg has no place. The check of the composed frames reports it.
        let Some(leg) = legs.get(index).filter(|leg| leg.on) else { continue };
        if index == 0 {
            let parent = PlaceElem::new(Content::empty()).with_float(true).pack().located(location);
            let flags = TagFlags { introspectable: true, tagged: true };
            out.push(Point::zero(), FrameItem::Tag(Tag::Start(parent, flags)));
            out.push(Point::zero(), FrameItem::Tag(Tag::End(location, 0, flags)));
        }
        frame.set_parent(FrameParent::new(location, Inherit::No));
        if leg.height.is_none() {
            out.size_mut().y = frame.height();
        }
        out.push_frame(leg.position, frame);
    }
    Ok(out)
}
