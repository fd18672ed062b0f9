//! Reads pins: `print` in the front matter, and `pins` in `edition.yaml`, which take precedence.

use crate::diag::{Code, Span};

use crate::content::model::{EdgePin, FlankPin, JumpPin, Pin, Pins, PositionPin, SizePin};
use crate::content::syntax::fields;
use crate::content::syntax::fields::Fields;
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};

/// The keys of pins.
pub(crate) const KEYS: [&str; 10] =
    ["page", "columns", "jump", "position", "size", "with", "apart", "brief", "box", "run_in"];

/// The sizes of headlines that a pin may ask for, in points.
const POINTS: std::ops::RangeInclusive<u16> = 6..=200;

/// The pins in `edition.yaml` for one story.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoryPins {
    /// The story's name, as written.
    pub(crate) story: String,
    /// The place of the name.
    pub(crate) span: Span,
    /// The pins.
    pub(crate) pins: Pins,
}

/// Reads the pins in a group of keys.
pub(crate) fn read(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Pins {
    let span = |scope: &Scope<'_>, key: &str| {
        scope.span(fields.get(&[key]).map_or(0..0, |node| node.range.clone()))
    };
    let page = fields.number(scope, &["page"], 1, 400);
    let columns = fields.number(scope, &["columns"], 1, 12).and_then(|n| u8::try_from(n).ok());
    Pins {
        page: page.map(|value| Pin { value, span: span(scope, "page") }),
        columns: columns.map(|value| Pin { value, span: span(scope, "columns") }),
        jump: jump(scope, fields),
        position: fields.get(&["position"]).and_then(|node| position(scope, node)),
        size: size(scope, fields),
        with: company(scope, fields, "with"),
        apart: company(scope, fields, "apart"),
        brief: fields.truth(scope, &["brief"]),
        boxed: fields.truth(scope, &["box"]) == Some(true),
        run_in: fields.truth(scope, &["run_in"]),
    }
}

fn jump(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Option<Pin<JumpPin>> {
    let text = fields.text(scope, &["jump"])?;
    let span = scope.span(text.node.range.clone());
    let value = match text.text.to_ascii_lowercase().as_str() {
        "never" | "false" | "no" => JumpPin::Never,
        "auto" | "true" | "yes" => JumpPin::Auto,
        _ => {
            scope
                .error(Code::BadValue, text.node.range.clone(), "`jump` must be `auto` or `never`")
                .add_hint("write `jump: never` to keep the story on one page");
            return None;
        }
    };
    Some(Pin { value, span })
}

/// Reads a position: an edge, a side, or both.
fn position(scope: &mut Scope<'_>, node: &Node) -> Option<Pin<PositionPin>> {
    let texts = fields::texts(scope, node, "position");
    let words = texts.iter().flat_map(|text| text.text.split([' ', ',', '-']));
    let mut value = PositionPin::default();
    let mut wrong = texts.is_empty();
    for word in words.filter(|word| !word.is_empty()) {
        let edge = match word {
            "top" => Some(EdgePin::Top),
            "foot" | "bottom" => Some(EdgePin::Foot),
            _ => None,
        };
        let flank = match word {
            "outer" | "outside" => Some(FlankPin::Outer),
            "inner" | "inside" => Some(FlankPin::Inner),
            _ => None,
        };
        wrong |= match (edge, flank) {
            (Some(_), _) => value.edge.replace(edge.unwrap_or(EdgePin::Top)).is_some(),
            (_, Some(side)) => value.flank.replace(side).is_some(),
            (None, None) => true,
        };
    }
    if wrong {
        scope
            .error(
                Code::BadValue,
                node.range.clone(),
                "`position` must be `top`, `foot`, `outer` or `inner`",
            )
            .add_hint("to combine two, write one of each kind: `position: top outer`");
        return None;
    }
    Some(Pin { value, span: scope.span(node.range.clone()) })
}

fn size(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Option<Pin<SizePin>> {
    let text = fields.text(scope, &["size"])?;
    let span = scope.span(text.node.range.clone());
    let points = text.text.strip_suffix("pt").unwrap_or(text.text).trim().parse::<u16>();
    let value = match (text.text, points) {
        ("large", _) => SizePin::Large,
        ("small", _) => SizePin::Small,
        (_, Ok(points)) if POINTS.contains(&points) => SizePin::Head(points),
        _ => {
            let what = "`size` must be `large`, `small` or the headline's size in points";
            scope
                .error(Code::BadValue, text.node.range.clone(), what)
                .add_hint("write `size: large` for at least a third of a page, `size: 39` for a headline of 39 points");
            return None;
        }
    };
    Some(Pin { value, span })
}

fn company(scope: &mut Scope<'_>, fields: &Fields<'_>, key: &str) -> Vec<Pin<String>> {
    let Some(node) = fields.get(&[key]) else { return vec![] };
    let texts = fields::texts(scope, node, key);
    let one = |text: fields::Text<'_>| Pin {
        value: text.text.to_owned(),
        span: scope.span(text.node.range.clone()),
    };
    texts.into_iter().map(one).collect()
}

/// Reads `pins` of `edition.yaml`.
pub(crate) fn of_edition(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Vec<StoryPins> {
    let Some(node) = fields.get(&["pins"]) else { return vec![] };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let names: Vec<&str> = ["story"].into_iter().chain(KEYS).collect();
    let mut out = vec![];
    for item in items {
        let inner = Fields::new(scope, item, |key| names.contains(&key), &names);
        match inner.text(scope, &["story"]) {
            Some(text) => out.push(StoryPins {
                story: text.text.to_owned(),
                span: scope.span(text.node.range.clone()),
                pins: read(scope, &inner),
            }),
            None => {
                scope
                    .error(Code::MissingKey, item.range.clone(), "this pin doesn't name a story")
                    .add_hint("write `- {story: its-slug, page: 1}`");
            }
        }
    }
    out
}
