//! JSON Schemas of front matter, `paper.yaml` and `edition.yaml`, with which code editors complete
//! and check keys. A new key gets its schema here.

use serde_json::{Value, json};

use crate::grid::Sheet;

use super::paper::furniture::{DAYS_MOST, PROMOS_MOST};
use super::paper::numbering::WEEKDAYS;
use super::paper::page_format::{BLEED_MOST, COLUMNS_MOST, GUTTER, MARGIN_MOST, SIDE};
use super::paper::period::NAMES as EVERY;
use super::paper::web_look::{COLOURS, FACES};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a story's front matter.
pub fn front_matter() -> Value {
    let text = |about: &str| json!({"type": "string", "description": about});
    let texts = |about: &str| json!({"type": ["string", "array"], "items": {"type": "string"}, "description": about});
    let picture = json!({
        "type": "object",
        "required": ["src"],
        "properties": {
            "src": text("The picture's file, beside the story or below the paper's folder"),
            "alt": text("What it shows, for readers who can't see it"),
            "caption": text("The line under it (alias: cutline)"),
            "credit": text("Who made it (alias: photographer)"),
            "focus": {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}, "minItems": 2, "maxItems": 2,
                      "description": "The point that a crop keeps: fractions of the width and the height, from the left and the top"},
            "crop": {"type": "boolean", "description": "false: it is never cropped"},
            "kind": {"type": "string", "enum": ["photo", "graphic", "mug"], "description": "A graphic is never cropped; a mug is the portrait of a person"},
            "mug": {"type": "boolean", "description": "The portrait of a person: one column wide, some 16 rows high"}
        }
    });
    let mut properties = json!({
        "headline": text("The headline; else the first heading of the body (alias: title)"),
        "headlines": {"type": "object", "description": "Headlines for print, for the web and for jumps", "additionalProperties": false,
                      "properties": {"print": text("For print"), "web": text("For the web"), "short": text("For jumps, and for print where the print headline does not fit well")}},
        "kicker": text("The word or two above the headline"),
        "standfirst": text("The sentence or two below the headline (aliases: deck, dek, subhead, subtitle)"),
        "summary": text("Printed as a standfirst where there is room (aliases: description, excerpt, teaser)"),
        "authors": {"type": ["string", "array"], "items": {"type": ["string", "object"]}, "description": "Who wrote it (aliases: author, byline)"},
        "dateline": text("Where it was written from"),
        "date": text("The story's day, such as 2026-11-24. Default: the day in its path, else the edition's"),
        "updated": text("When it was last changed (alias: lastmod)"),
        "section": text("The section, as paper.yaml spells it"),
        "tags": texts("Tags (alias: topics)"),
        "priority": {"type": "integer", "minimum": 1, "maximum": 9, "description": "1 leads the paper, 9 fills gaps (alias: urgency)"},
        "print": {"type": "object", "description": "The editor's pins", "additionalProperties": false, "properties": pins()},
        "pull_quotes": {"type": "array", "description": "Sentences from the story, set large", "items": {"type": ["string", "object"],
                        "properties": {"text": text("What was said"), "by": text("Who said it")}}},
        "facts": {"type": ["array", "object"], "description": "A box of facts", "items": {"type": "string"},
                  "properties": {"title": text("Its heading"), "items": {"type": "array", "items": {"type": "string"}}}},
    });
    let more = json!({
        "images": {"description": "Its pictures, the most important first (aliases: image, cover, hero_image, featured_image)",
                   "oneOf": [{"type": "string"}, picture, {"type": "array", "items": {"oneOf": [{"type": "string"}, picture]}}]},
        "slug": text("The last part of its web address"),
        "aliases": {"type": ["string", "array"], "items": {"type": "string"}, "description": "Its older addresses on this site, which redirect to it (alias: redirect_from)"},
        "lang": text("Its language (BCP 47), where it differs from the paper's"),
        "translations": {"type": "object", "additionalProperties": {"type": "string"}, "description": "The same story in other languages: for each language, the name of a story or a full address"},
        "related": {"type": ["string", "array"], "items": {"type": "string"}, "description": "Stories that belong to it: slugs, files, ends of paths, or addresses in the paper"},
        "corrections": {"description": "Corrections, printed at the end", "type": ["string", "array"]},
        "embargo": text("The story is not printed before this moment"),
        "expirydate": text("The story is not printed from this moment on"),
        "status": text("draft, private and the like: the story is not printed"),
        "draft": {"type": "boolean", "description": "true: the story is not printed"},
        "published": {"type": ["boolean", "string"], "description": "false: the story is not printed; a date here is taken as the story's date"},
        "canonical": text("The web address that search engines should take for the story's own"),
    });
    if let (Value::Object(all), Value::Object(more)) = (&mut properties, more) {
        all.extend(more);
    }
    json!({
        "$schema": DIALECT,
        "title": "Front matter of a story",
        "type": "object",
        "properties": properties,
        "patternProperties": {"^x-": {"description": "For other programs; ignored here"}}
    })
}

/// The schema of `paper.yaml`.
pub fn paper() -> Value {
    let text = |about: &str| json!({"type": "string", "description": about});
    json!({
        "$schema": DIALECT,
        "title": "paper.yaml",
        "type": "object",
        "additionalProperties": false,
        "patternProperties": {"^x-": {"description": "For other programs; ignored here"}},
        "properties": {
            "name": text("The paper's name. Default: the folder's name"),
            "motto": text("Its motto"),
            "lang": {"type": "string", "default": "en", "description": "Its language (BCP 47)"},
            "time_zone": {"type": "string", "default": "UTC", "description": "Its time zone (IANA), such as Europe/Berlin"},
            "place": text("Where it is published"),
            "price": {"type": ["string", "number"], "description": "Its price, as printed"},
            "edition": {"type": "object", "description": "Which dates one edition covers", "additionalProperties": false, "properties": {
                "every": {"enum": EVERY.map(|(name, _)| name), "default": "day", "description": "A day, a week from Monday to Sunday, or a calendar month"}}},
            "numbering": {"type": ["object", "string", "integer"], "description": "The number of an edition", "additionalProperties": false, "properties": {
                "volume": {"type": ["string", "integer"], "description": "The volume"},
                "number": {"type": ["string", "integer"], "description": "The number; with `on`, the number on that day, from which the others are counted"},
                "on": {"type": "string", "format": "date", "description": "The day of this volume and number"},
                "days": {"type": ["array", "string"], "description": "The days of the week on which the paper comes out. Default: all", "items": {"enum": WEEKDAYS}},
                "restart": {"enum": ["year"], "description": "year: each year begins a new volume, with number 1"}}},
            "sections": {"type": "array", "description": "Sections in their order", "items": {"type": ["string", "object"],
                         "properties": {"name": text("As the stories name it"), "title": text("As the page prints it"),
                                        "briefs": {"type": "boolean", "default": false, "description": "Its stories are briefs, set together under its title"},
                                        "front": {"type": "boolean", "default": false, "description": "Its first page has a large section head, if it has a page of its own"}}}},
            "format": format(),
            "theme": {"type": "string", "default": "classic", "description": "The theme for print"},
            "base_url": {"type": "string", "format": "uri", "description": "The address of the web edition"},
            "web": web(),
            "imprint": {"type": "object", "description": "Who is responsible for the paper", "additionalProperties": false, "properties": {
                "publisher": text("Who publishes it"), "editor": text("Who edits it"), "printer": text("Who prints it"),
                "address": text("Its postal address"), "contact": text("How to reach it")}},
            "pages": {"type": ["integer", "string", "object"], "description": "How many pages: 8, or `exactly 8`", "properties": {
                "count": {"type": "integer", "minimum": 1}, "exactly": {"type": "integer", "minimum": 1}, "multiple": {"type": "integer", "minimum": 1, "default": 1}}},
            "resolution": {"type": "integer", "default": 200, "description": "Resolution of pictures, in pixels per inch"},
            "front_stories": {"type": "integer", "default": 5, "description": "The most stories on the front page"},
            "ads": ads("Advertisements for every edition"),
            "fillers": ads("The paper's own advertisements, printed where a page has room"),
            "ears": ears(),
            "rules": {}
        }
    })
}

/// The schema of `web` in `paper.yaml`: colours and faces of the web edition.
fn web() -> Value {
    let colour =
        json!({"type": "string", "pattern": "^(#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})|[a-zA-Z]+)$"});
    let colours = COLOURS.iter().map(|(name, light, dark)| {
        let hex = |[r, g, b]: [u8; 3]| format!("#{r:02x}{g:02x}{b:02x}");
        let about = format!("Default: {} in light, {} in dark", hex(*light), hex(*dark));
        let both = json!({"type": "object", "additionalProperties": false, "properties": {"light": colour, "dark": colour}});
        ((*name).to_owned(), json!({"description": about, "oneOf": [colour, both]}))
    });
    let faces = FACES.iter().map(|(name, known)| ((*name).to_owned(), json!({"enum": known})));
    json!({"type": "object", "description": "The look of the web edition", "additionalProperties": false, "properties": {
        "colours": {"type": "object", "description": "Its colours: one value, or `light` and `dark`", "additionalProperties": false, "properties": Value::Object(colours.collect())},
        "faces": {"type": "object", "description": "Its typefaces. Default: the theme's", "additionalProperties": false, "properties": Value::Object(faces.collect())}}})
}

/// The schema of `edition.yaml`.
pub fn edition() -> Value {
    let paper = paper();
    let same = |key: &str| paper["properties"][key].clone();
    json!({
        "$schema": DIALECT,
        "title": "edition.yaml",
        "type": "object",
        "additionalProperties": false,
        "patternProperties": {"^x-": {"description": "For other programs; ignored here"}},
        "properties": {
            "pages": same("pages"),
            "front_stories": same("front_stories"),
            "price": same("price"),
            "ads": ads("The edition's advertisements"),
            "fillers": ads("The paper's own advertisements, printed where a page has room"),
            "ears": same("ears"),
            "weather": weather(),
            "promos": promos(),
            "pins": {"type": "array", "description": "The editor's pins, which override those in the stories", "items": {
                "type": "object", "additionalProperties": false, "required": ["story"], "properties": edition_pins()}},
        }
    })
}

/// The schema of the pins that a story's front matter can have.
fn pins() -> Value {
    let stories = |about: &str| json!({"type": ["string", "array"], "items": {"type": "string"}, "description": about});
    json!({
        "page": {"type": "integer", "minimum": 1, "maximum": 400, "description": "The page it must begin on"},
        "columns": {"type": "integer", "minimum": 1, "maximum": 12, "description": "The columns it must span"},
        "jump": {"type": "string", "enum": ["auto", "never"], "description": "Whether it may be continued on another page"},
        "position": {"type": ["string", "array"], "description": "Where on its page it stands: top, foot, outer, inner, or one of each kind as in `top outer`",
                     "pattern": "^(top|foot|outer|inner)( (top|foot|outer|inner))?$", "items": {"enum": ["top", "foot", "outer", "inner"]}},
        "size": {"type": ["string", "integer"], "pattern": "^(large|small|[0-9]+ ?(pt)?)$", "minimum": 6, "maximum": 200,
                 "description": "large: at least a third of a page; small: at most an eighth; a number: the points of its headline"},
        "with": stories("Stories that begin on the same page, by slug or the end of their path"),
        "apart": stories("Stories that share no page with it"),
        "brief": {"type": "boolean", "description": "true: it stands with other briefs in a rail; false: it never does, even in a section of briefs"},
        "box": {"type": "boolean", "description": "It stands in a box"},
        "run_in": {"type": "boolean", "description": "Whether its subheads and lists run into the text instead of standing on lines of their own"},
    })
}

fn edition_pins() -> Value {
    let mut pins = pins();
    pins["story"] =
        json!({"type": "string", "description": "The story, by slug or the end of its path"});
    pins
}

fn ads(about: &str) -> Value {
    json!({"type": "array", "description": about, "items": {
    "type": "object", "additionalProperties": false, "required": ["src", "columns"], "properties": {
        "src": {"type": "string", "description": "Its file: PNG, JPEG, WebP or PDF"},
        "alt": {"type": "string", "description": "What it says, for readers who can't see it"},
        "columns": {"type": "integer", "minimum": 1, "maximum": 12, "description": "The columns it spans; one as wide as the page becomes a strip at its foot"},
        "height": {"type": ["number", "string"], "description": "Its height in millimetres. Default: it follows from the picture's shape"},
        "page": {"type": "integer", "minimum": 1, "description": "The page it is booked for"}
    }}})
}

fn ears() -> Value {
    let text = |about: &str| json!({"type": "string", "description": about});
    let ear = json!({"type": ["string", "object"], "additionalProperties": false, "properties": {
        "title": text("The line above the text"), "text": text("The text"),
        "src": text("A picture instead of the texts: PNG, JPEG or WebP"),
        "alt": text("What the picture shows, for readers who can't see it")}});
    json!({"type": "object", "description": "The boxes beside the nameplate", "additionalProperties": false,
           "properties": {"left": ear, "right": ear}})
}

fn weather() -> Value {
    let text = |about: &str| json!({"type": "string", "description": about});
    let degrees = |about: &str| json!({"type": ["number", "string"], "description": about});
    json!({"type": "object", "description": "The weather, at the foot of the front page", "additionalProperties": false, "properties": {
        "place": text("The place"), "summary": text("The weather in a few words"),
        "high": degrees("The highest temperature"), "low": degrees("The lowest temperature"),
        "days": {"type": "array", "maxItems": DAYS_MOST, "description": "The forecast, day by day", "items": {
            "type": "object", "additionalProperties": false, "required": ["day"], "properties": {
                "day": text("Its name, as printed"), "summary": text("The weather in a word or two"),
                "high": degrees("The highest temperature"), "low": degrees("The lowest temperature")}}}}})
}

fn promos() -> Value {
    json!({"type": "array", "maxItems": PROMOS_MOST, "description": "Pointers on the front page to stories inside", "items": {
        "type": ["string", "object"], "additionalProperties": false, "required": ["story"], "properties": {
            "story": {"type": "string", "description": "The story, by slug or the end of its path"},
            "text": {"type": "string", "description": "What the promo says. Default: the story's headline"},
            "picture": {"type": "boolean", "default": false, "description": "Whether the story's first picture stands beside it"}}}})
}

/// The schema of a page format: a name, or a group of what differs from a named format.
fn format() -> Value {
    let names: Vec<_> = Sheet::names().collect();
    let length = |least: f64, most: f64, about: &str| json!({"type": ["number", "string"], "minimum": least, "maximum": most, "description": about});
    let margin = |about: &str| length(0.0, MARGIN_MOST, about);
    json!({
        "description": "The page: a format's name, or a group with sizes in millimetres", "default": "tabloid",
        "oneOf": [{"type": "string", "enum": names}, {"type": "object", "additionalProperties": false, "properties": {
            "name": {"type": "string", "default": "custom", "description": "Its name"},
            "base": {"type": "string", "enum": names, "default": "tabloid", "description": "The format that supplies what is not given here"},
            "width": length(SIDE.0, SIDE.1, "Width of the trimmed sheet"),
            "height": length(SIDE.0, SIDE.1, "Height of the trimmed sheet"),
            "margins": {"description": "The margins, or one number for all", "oneOf": [margin("All margins"),
                {"type": "object", "additionalProperties": false, "properties": {
                    "top": margin("Above the first row"), "foot": margin("Below the last row"),
                    "inside": margin("At the spine"), "outside": margin("Away from the spine")}}]},
            "columns": {"type": "integer", "minimum": 1, "maximum": COLUMNS_MOST, "description": "Columns"},
            "gutter": length(GUTTER.0, GUTTER.1, "Width between two columns"),
            "bleed": length(0.0, BLEED_MOST, "How far printing may run beyond each edge, in press.pdf")
        }}]
    })
}
