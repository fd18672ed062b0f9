//! Reads `web` of `paper.yaml`: the colours and faces of the web edition.

use crate::diag::Code;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use svgtypes::Color;

use crate::content::syntax::fields;
use crate::content::syntax::fields::Fields;
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};
use crate::content::syntax::wording::nearest;

/// The colours of the web edition, with their defaults by day and by night. A test compares these
/// with the style sheet.
pub(crate) const COLOURS: [(&str, [u8; 3], [u8; 3]); 7] = [
    ("paper", [0xff, 0xfd, 0xf9], [0x15, 0x15, 0x14]),
    ("raised", [0xf6, 0xf2, 0xea], [0x20, 0x1f, 0x1d]),
    ("ink", [0x1c, 0x1b, 0x19], [0xeb, 0xe7, 0xdf]),
    ("muted", [0x5d, 0x59, 0x52], [0xaa, 0xa4, 0x9a]),
    ("accent", [0x8c, 0x1d, 0x18], [0xff, 0x9e, 0x8a]),
    ("rule", [0xd8, 0xd2, 0xc6], [0x3b, 0x38, 0x33]),
    ("strong", [0x1c, 0x1b, 0x19], [0x8a, 0x85, 0x7b]),
];

/// The uses of faces, and the faces to choose from for each.
pub(crate) const FACES: [(&str, &[&str]); 3] = [
    (
        "display",
        &["Playfair Display", "Encode Sans Condensed", "Bitter", "PT Serif", "Libre Franklin"],
    ),
    ("text", &["PT Serif", "Libre Franklin"]),
    ("labels", &["Libre Franklin", "PT Serif"]),
];

/// The pairs of colours in which text is set: the text, and its ground.
const TEXTS: [(&str, &str); 5] = [
    ("ink", "paper"),
    ("ink", "raised"),
    ("muted", "paper"),
    ("accent", "paper"),
    // In the archive, days with an edition are set in reverse.
    ("paper", "ink"),
];

/// The least contrast between text and its ground (WCAG 2.2, 1.4.3).
const CONTRAST: f64 = 4.5;

/// The colours and faces that the paper sets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebLook {
    /// The colours by name, each by day and by night.
    pub colours: Vec<(String, [u8; 3], [u8; 3])>,
    /// The faces by use.
    pub faces: Vec<(String, String)>,
}

impl WebLook {
    /// The custom properties of the style sheet that it sets, with their values.
    pub fn properties(&self) -> Vec<(String, String)> {
        let hex = |[r, g, b]: [u8; 3]| format!("#{r:02x}{g:02x}{b:02x}");
        let colours = self.colours.iter().map(|(name, light, dark)| {
            (name.clone(), format!("light-dark({},{})", hex(*light), hex(*dark)))
        });
        let faces = self.faces.iter().flat_map(|(used, face)| {
            let sans = matches!(face.as_str(), "Libre Franklin" | "Encode Sans Condensed");
            let (standing_in, last) =
                if sans { ("Arial", "sans-serif") } else { ("Georgia", "serif") };
            let more = if sans { "\"Sans fallback\"," } else { "\"Text fallback\"," };
            let more = if used == "display" { "" } else { more };
            let list = format!("\"{face}\",{standing_in},{more}{last}");
            match used.as_str() {
                "display" => {
                    let weight = match face.as_str() {
                        "Encode Sans Condensed" => "800",
                        "Libre Franklin" => "600",
                        _ => "700",
                    };
                    let style = if face == "Playfair Display" { "italic" } else { "normal" };
                    vec![
                        ("display", list.clone()),
                        ("quote", list),
                        ("head-weight", weight.into()),
                        ("quote-style", style.into()),
                    ]
                }
                "text" => vec![("text", list)],
                _ => vec![("sans", list)],
            }
        });
        let faces = faces.map(|(name, value)| (name.to_owned(), value));
        colours.chain(faces).collect()
    }
}

/// Reads `web`.
pub(crate) fn web(scope: &mut Scope<'_>, node: &Node) -> WebLook {
    let names = ["colours", "colors", "faces"];
    let inner = Fields::new(scope, node, |key| names.contains(&key), &["colours", "faces"]);
    let colours = inner.get(&["colours", "colors"]).map(|node| colours(scope, node));
    let faces = inner.get(&["faces"]).map(|node| faces(scope, node));
    WebLook { colours: colours.unwrap_or_default(), faces: faces.unwrap_or_default() }
}

fn colours(scope: &mut Scope<'_>, node: &Node) -> Vec<(String, [u8; 3], [u8; 3])> {
    let Value::Map(entries) = &node.value else {
        wrong(
            scope,
            node,
            "`colours` must be a group of colours",
            "write `colours: {accent: \"#14532d\"}`",
        );
        return vec![];
    };
    let names: Vec<&str> = COLOURS.iter().map(|(name, ..)| *name).collect();
    let mut found: Vec<(String, [u8; 3], [u8; 3])> = vec![];
    for entry in entries {
        let Some((name, light, dark)) = COLOURS.iter().find(|(name, ..)| *name == entry.key.trim())
        else {
            let hint = match nearest(&entry.key, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the colours are {}", names.join(", ")),
            };
            let what = format!("the web edition has no colour `{}`", entry.key);
            scope.warning(Code::UnknownKey, entry.key_range.clone(), what).add_hint(hint);
            continue;
        };
        let (mut light, mut dark) = (*light, *dark);
        if matches!(entry.node.value, Value::Map(_)) {
            let sides = ["light", "dark"];
            let inner = Fields::new(scope, &entry.node, |key| sides.contains(&key), &sides);
            for (side, colour) in [("light", &mut light), ("dark", &mut dark)] {
                let read = inner.get(&[side]).and_then(|node| colour_of(scope, node));
                *colour = read.unwrap_or(*colour);
            }
        } else {
            light = colour_of(scope, &entry.node).unwrap_or(light);
        }
        found.retain(|(known, ..)| known != name);
        found.push(((*name).to_owned(), light, dark));
    }
    faint(scope, node, &found);
    found
}

/// Reads a colour: a CSS name, or three or six hexadecimal digits. Nothing else may get into a
/// style sheet.
fn colour_of(scope: &mut Scope<'_>, node: &Node) -> Option<[u8; 3]> {
    let text = fields::text(scope, node, "colour")?;
    let hex = text.text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|one| one.is_ascii_hexdigit())
    });
    let named = text.text.bytes().all(|one| one.is_ascii_alphabetic());
    let colour = Color::from_str(text.text).ok().filter(|one| (hex || named) && one.alpha == 255);
    let Some(colour) = colour else {
        let what = format!("`{}` is not a colour", text.text);
        wrong(
            scope,
            node,
            &what,
            "write it as \"#14532d\", between quotation marks, or as a CSS colour name such as `darkgreen`",
        );
        return None;
    };
    Some([colour.red, colour.green, colour.blue])
}

/// Warns of text that is hard to read on its ground.
fn faint(scope: &mut Scope<'_>, node: &Node, own: &[(String, [u8; 3], [u8; 3])]) {
    let of = |name: &str| {
        let own = own.iter().find(|(known, ..)| known == name).map(|(_, l, d)| (*l, *d));
        let usual = COLOURS.iter().find(|(known, ..)| *known == name).map(|(_, l, d)| (*l, *d));
        own.or(usual).unwrap_or_default()
    };
    let given = |name: &str| own.iter().any(|(known, ..)| known == name);
    for (text, ground) in TEXTS {
        if !(given(text) || given(ground)) {
            continue;
        }
        let (text_of, ground_of) = (of(text), of(ground));
        let sides = [("light", text_of.0, ground_of.0), ("dark", text_of.1, ground_of.1)];
        for (when, one, other) in sides {
            let contrast = contrast(one, other);
            if contrast < CONTRAST {
                let what = format!(
                    "`{text}` on `{ground}` is hard to read in the {when} colours: the contrast is {contrast:.1}, but text needs {CONTRAST}"
                );
                scope
                    .warning(Code::FaintColour, node.range.clone(), what)
                    .add_hint("make one of them darker, or the other lighter");
            }
        }
    }
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let light = |[r, g, b]: [u8; 3]| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn faces(scope: &mut Scope<'_>, node: &Node) -> Vec<(String, String)> {
    let names = FACES.map(|(name, _)| name);
    let inner = Fields::new(scope, node, |key| names.contains(&key), &names);
    let mut found = vec![];
    for (used, known) in FACES {
        let Some(text) = inner.text(scope, &[used]) else { continue };
        match known.iter().find(|face| face.eq_ignore_ascii_case(text.text)) {
            Some(face) => found.push((used.to_owned(), (*face).to_owned())),
            None => {
                let what = format!("`{}` is not a typeface for `{used}`", text.text);
                let hint = match nearest(text.text, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "choose one of {}; docs/web.md says how to add your own",
                        known.join(", ")
                    ),
                };
                wrong(scope, text.node, &what, &hint);
            }
        }
    }
    found
}

fn wrong(scope: &mut Scope<'_>, node: &Node, what: &str, hint: &str) {
    scope.error(Code::BadValue, node.range.clone(), what).add_hint(hint);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_has_these_colours() {
        let css = include_str!("../../../templates/web/assets/site.css");
        let hex = |[r, g, b]: [u8; 3]| format!("#{r:02x}{g:02x}{b:02x}");
        for (name, light, dark) in COLOURS {
            let (light, dark) = (hex(light), hex(dark));
            let plain = format!("--{name}: light-dark({light}, {dark});");
            let own = format!(
                "--{name}: light-dark(var(--accent-light, {light}), var(--accent-dark, {dark}));"
            );
            assert!(css.contains(&plain) || css.contains(&own), "{name}");
        }
        for (text, ground) in TEXTS {
            let of = |name: &str| COLOURS.iter().find(|(known, ..)| *known == name).unwrap();
            let (text, ground) = (of(text), of(ground));
            assert!(
                contrast(text.1, ground.1) >= CONTRAST && contrast(text.2, ground.2) >= CONTRAST
            );
        }
        assert!((contrast([255; 3], [0; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([0x77; 3], [255; 3]) - 4.48).abs() < 0.01);
    }
}
