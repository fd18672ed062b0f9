//! Reads advertisements: `ads` and `fillers` of `paper.yaml` and `edition.yaml`.

use std::path::PathBuf;

use crate::diag::{Code, Severity};
use crate::picture::is_pdf;

use super::Ad;
use crate::content::model::PictureRef;
use crate::content::syntax::fields::{Fields, Text};
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};

/// The keys of an ad.
pub(crate) const KEYS: &[&str] = &["src", "alt", "columns", "height", "page"];

/// The greatest height of an ad, in millimetres.
const HIGHEST: f64 = 1000.0;

/// Which list is read: booked advertisements, or the paper's own fillers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AdList {
    Ads,
    Fillers,
}

impl AdList {
    fn key(self) -> &'static str {
        match self {
            Self::Ads => "ads",
            Self::Fillers => "fillers",
        }
    }
}

/// Reads a list of ads, or a single one.
pub(crate) fn read(scope: &mut Scope<'_>, fields: &Fields<'_>, kind: AdList) -> Vec<Ad> {
    let Some(node) = fields.get(&[kind.key()]) else { return vec![] };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(|item| ad(scope, item, kind)).collect()
}

fn ad(scope: &mut Scope<'_>, node: &Node, kind: AdList) -> Option<Ad> {
    let key = kind.key();
    if !matches!(node.value, Value::Map(_)) {
        scope
            .error(
                Code::WrongType,
                node.range.clone(),
                format!("each of `{key}` must be a group of keys, but this one is {}", node.kind()),
            )
            .add_hint("write `- {src: ads/baker.png, alt: …, columns: 2, height: 80}`");
        return None;
    }
    let fields = Fields::new(scope, node, |key| KEYS.contains(&key), KEYS);
    let columns = fields.number(scope, &["columns"], 1, 12);
    let page = fields.number(scope, &["page"], 1, 400);
    let height = height(scope, &fields);
    let alt = fields.text(scope, &["alt"]).map(|text| text.text.to_owned());
    let Some(src) = fields.text(scope, &["src"]) else {
        scope
            .error(Code::MissingKey, node.range.clone(), "this ad has no `src`")
            .add_hint("write `src: ads/baker.png`: a PNG, JPEG, WebP or PDF in the paper's folder");
        return None;
    };
    let place = src.node.range.clone();
    let path = scope.picture_file(src.text, &place, Severity::Error)?;
    // A value that is not a valid number is reported already.
    if fields.get(&["columns"]).is_none() {
        scope
            .error(Code::MissingKey, node.range.clone(), "this ad has no width")
            .add_hint("write how many columns it takes: `columns: 2`");
    }
    if alt.is_none() {
        scope
            .warning(Code::MissingAlt, src.node.range.clone(), "this ad has no alternative text")
            .add_hint("write what the ad says as `alt: …`, for readers who can't see it");
    }
    let pixels = if !is_pdf(&path) {
        scope.pixels_of(&path, src.text, &place, Severity::Error)?
    } else if height.is_some() {
        [0, 0]
    } else if fields.get(&["height"]).is_some() {
        return None;
    } else {
        scope
            .error(Code::MissingKey, node.range.clone(), "this ad has no height")
            .add_hint("write its height in millimetres: `height: 80`");
        return None;
    };
    let alt = alt.unwrap_or_else(|| "Advertisement".to_owned());
    let picture = whole(scope, src, path, alt, pixels);
    let columns = u8::try_from(columns?).ok()?;
    Some(Ad { picture, columns, height, page, filler: kind == AdList::Fillers })
}

/// A picture that is shown uncropped, with nothing below it.
pub(crate) fn whole(
    scope: &mut Scope<'_>,
    src: Text<'_>,
    path: PathBuf,
    alt: String,
    pixels: [u32; 2],
) -> PictureRef {
    PictureRef {
        path,
        src: scope.run(src.text, src.node.range.clone()),
        alt: Some(alt),
        caption: vec![],
        credit: None,
        focus: None,
        whole: true,
        told: true,
        mug: false,
        pixels,
    }
}

/// Reads the height in millimetres.
fn height(scope: &mut Scope<'_>, fields: &Fields<'_>) -> Option<f64> {
    let text = fields.text(scope, &["height"])?;
    let number = text.text.trim_end_matches("mm").trim_end();
    match number.parse::<f64>() {
        Ok(height) if (5.0..=HIGHEST).contains(&height) => Some(height),
        _ => {
            scope
                .error(
                    Code::BadValue,
                    text.node.range.clone(),
                    format!("`height` must be a number of millimetres from 5 to {HIGHEST}"),
                )
                .add_hint("write a number such as `height: 80`");
            None
        }
    }
}
