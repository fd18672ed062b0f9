//! The keys with which front matter names and describes pictures. Add the name of a picture to
//! `ROOTS`, and a key within its group to the list of what it says.

use std::sync::LazyLock;

use crate::content::syntax::spelling::{is_one, letters};

/// What the name of a key says about the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// A picture of the story.
    Always,
    /// A picture if the value is a file name: themes use the key for other things too.
    Maybe,
    /// A portrait.
    Mug,
    /// A smaller version for lists; it counts only if there is no other picture.
    Instead,
    /// A picture for previews on other sites. It counts only if there is no other picture, and may
    /// be missing.
    Share,
}

use Use::{Always, Instead, Maybe, Mug, Share};

/// The names of keys, the most important picture first.
const ROOTS: &[(&str, Use)] = &[
    ("images", Always),
    ("image", Always),
    ("featured_image", Always),
    ("primary_image", Always),
    ("feature_image", Always),
    ("cover", Always),
    ("cover_image", Always),
    ("lead_image", Always),
    ("hero_image", Always),
    ("photo", Always),
    ("picture", Always),
    ("img", Always),
    ("main_image", Always),
    ("title_image", Always),
    ("header_image", Always),
    ("banner_image", Always),
    ("top_image", Always),
    ("post_image", Always),
    ("article_image", Always),
    ("story_image", Always),
    ("background_image", Always),
    ("cover_img", Always),
    ("cover_photo", Always),
    ("featured_img", Always),
    ("featured_photo", Always),
    ("header_img", Always),
    ("hero_img", Always),
    ("lead_photo", Always),
    ("main_img", Always),
    ("post_img", Always),
    ("big_img", Always),
    ("banner_img", Always),
    ("bg_image", Always),
    ("bg_img", Always),
    ("background_img", Always),
    ("main_photo", Always),
    ("main_picture", Always),
    ("hero_photo", Always),
    ("header_photo", Always),
    ("banner_photo", Always),
    ("title_img", Always),
    ("title_photo", Always),
    ("intro_image", Always),
    ("intro_img", Always),
    ("masthead_image", Always),
    ("head_image", Always),
    ("cover_picture", Always),
    ("featured_picture", Always),
    ("lead_picture", Always),
    ("lead_img", Always),
    ("story_photo", Always),
    ("article_photo", Always),
    ("photos", Always),
    ("pictures", Always),
    ("gallery", Always),
    ("featured_media", Maybe),
    ("banner", Maybe),
    ("hero", Maybe),
    ("header", Maybe),
    ("top_img", Maybe),
    ("featured", Maybe),
    ("feature", Maybe),
    ("background", Maybe),
    ("splash", Maybe),
    ("title_block_banner", Maybe),
    ("headshot", Mug),
    ("mug", Mug),
    ("mug_shot", Mug),
    ("portrait", Mug),
    ("teaser_image", Instead),
    ("thumbnail", Instead),
    ("thumbnail_image", Instead),
    ("thumbnail_img", Instead),
    ("thumb", Instead),
    ("preview_image", Instead),
    ("image_preview", Instead),
    ("featured_image_preview", Instead),
    ("preview", Instead),
    ("card_image", Instead),
    ("list_image", Instead),
    ("list_img", Instead),
    ("index_img", Instead),
    ("index_image", Instead),
    ("card_img", Instead),
    ("preview_img", Instead),
    ("teaser_img", Instead),
    ("thumb_img", Instead),
    ("thumb_image", Instead),
    ("poster", Instead),
    ("og_image", Share),
    ("og_img", Share),
    ("opengraph_image", Share),
    ("meta_image", Share),
    ("meta_img", Share),
    ("seo_image", Share),
    ("facebook_image", Share),
    ("fb_image", Share),
    ("share_image", Share),
    ("share_img", Share),
    ("social_image", Share),
    ("social_img", Share),
    ("twitter_image", Share),
    ("twitter_img", Share),
];

/// Groups in which front matter keeps data for previews on other sites, including a picture.
pub(crate) const SHARING: &[&str] = &[
    "seo",
    "meta",
    "metadata",
    "og",
    "open_graph",
    "opengraph",
    "social",
    "sharing",
    "share",
    "twitter",
    "twitter_card",
    "facebook",
    "card",
];

/// The keys of a picture in these groups, besides those that name pictures anywhere.
pub(crate) const SHARED_SRC: &[&str] = &["og:image", "twitter:image", "image:src"];

/// The letters of the names in `ROOTS`, for comparison.
static LETTERS: LazyLock<Vec<String>> =
    LazyLock::new(|| ROOTS.iter().map(|(root, _)| letters(root).collect()).collect());

/// What a key says about a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PicturePart {
    /// Its address.
    Address,
    /// Its alternative text.
    Alt,
    /// Its caption.
    Caption,
    /// Its credit.
    Credit,
    /// Something that matters only on a screen.
    Quiet,
}

/// A key that says something about a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PictureKey {
    /// What it says.
    pub(crate) part: PicturePart,
    /// The rank of the name that it begins with; 0 is the most important. `None` for a key without
    /// such a name, as `caption` alone.
    pub(crate) rank: Option<usize>,
    /// What that name says.
    pub(crate) of: Use,
}

/// The keys of an address in the group of a picture.
pub(crate) const SRC: &[&str] = &[
    "src",
    "url",
    "path",
    "file",
    "image",
    "image_path",
    "image_url",
    "imgname",
    "uid",
    "relative_src",
    "feature",
    "filename",
    "img",
    "photo",
    "picture",
    "overlay_image",
    "image_fullwidth",
    "background",
    "background_image",
    "asset",
    "public_url",
    "cover",
    "hero",
    "main",
    "original",
    "full",
    "large",
    "medium",
];
/// The keys of an alternative text.
pub(crate) const ALT: &[&str] =
    &["alt", "alt_text", "image_alt", "image_description", "description", "image_alt_text"];
/// The keys of a caption.
pub(crate) const CAPTION: &[&str] =
    &["caption", "cutline", "figcaption", "image_caption", "legend", "title"];
/// The keys of a credit.
pub(crate) const CREDIT: &[&str] = &[
    "credit",
    "attribution",
    "photographer",
    "source",
    "photo_credit",
    "image_credit",
    "credits",
    "credit_text",
    "byline",
    "author",
    "copyright",
];
/// The keys that only Stonehand knows.
pub(crate) const OWN: &[&str] = &["focus", "crop", "kind", "mug"];
/// The keys of smaller versions of a picture.
pub(crate) const SMALLER: &[&str] =
    &["teaser", "thumbnail", "thumb", "preview", "homepage", "small", "mobile"];
/// The keys of a version for previews on other sites.
pub(crate) const SHARED: &[&str] = &["og_image", "og", "twitter", "share", "social"];
/// The keys of what matters only on a screen.
const QUIET: &[&str] = &[
    "actions",
    "align",
    "alignment",
    "anchor",
    "animation",
    "attribution_link",
    "attribution_url",
    "author_link",
    "author_url",
    "base64",
    "blur",
    "blurhash",
    "bleed",
    "border",
    "button",
    "buttons",
    "caption_link",
    "caption_url",
    "class",
    "classes",
    "color",
    "colour",
    "content",
    "creditlink",
    "credit_link",
    "credit_url",
    "cta_label",
    "cta_url",
    "dark",
    "date",
    "fit",
    "focal_point",
    "hash",
    "height",
    "hidden",
    "hidden_in_list",
    "hidden_in_single",
    "href",
    "html",
    "icon",
    "id",
    "inline",
    "layout",
    "lazy",
    "licence",
    "license",
    "light",
    "link",
    "link_full_images",
    "linktext",
    "loading",
    "lqip",
    "mime",
    "mime_type",
    "name",
    "no_download",
    "nozoom",
    "opacity",
    "orientation",
    "overlay",
    "overlay_color",
    "overlay_filter",
    "padding",
    "pattern",
    "placement",
    "placeholder",
    "position",
    "preview_only",
    "priority",
    "quality",
    "ratio",
    "relative",
    "responsive_images",
    "shape",
    "show",
    "show_caption",
    "show_overlay_excerpt",
    "size",
    "sizes",
    "slug",
    "source_link",
    "source_url",
    "srcset",
    "style",
    "tagline",
    "tags",
    "target",
    "text",
    "text_color",
    "theme",
    "type",
    "video",
    "visible",
    "weight",
    "width",
    "x",
    "y",
    "zoom",
];

/// Whether a key is known in the group of a picture.
pub(crate) fn is_inner(key: &str) -> bool {
    [SRC, ALT, CAPTION, CREDIT, OWN, SMALLER, SHARED, QUIET].iter().any(|names| is_one(key, names))
}

/// The names that may be suggested for an unknown key in the group of a picture.
pub(crate) fn inner_names() -> Vec<&'static str> {
    [&["src"][..], ALT, CAPTION, CREDIT, OWN].concat()
}

/// The names that may be suggested for an unknown key of front matter.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let alone = ["image_alt", "image_caption", "image_credit", "caption", "credit", "photographer"];
    ROOTS.iter().filter(|(_, of)| *of != Share).map(|(name, _)| *name).chain(alone)
}

/// The name with this rank.
pub(crate) fn name(rank: usize) -> &'static str {
    ROOTS.get(rank).map_or("image", |(name, _)| name)
}

/// Whether a key of front matter says something about a picture.
pub(crate) fn is_known(key: &str) -> bool {
    read(key).is_some()
}

/// Parses a key of front matter: one of the names, alone or followed by what it says about the
/// picture, as in `cover_image_alt`.
pub(crate) fn read(key: &str) -> Option<PictureKey> {
    let key: String = letters(key).collect();
    let alone = match key.as_str() {
        "alt" | "alttext" => Some(PicturePart::Alt),
        "caption" | "cutline" | "figcaption" => Some(PicturePart::Caption),
        "credit" | "photographer" | "photographers" => Some(PicturePart::Credit),
        _ => None,
    };
    if let Some(part) = alone {
        return Some(PictureKey { part, rank: None, of: Always });
    }
    let named = |(rank, (root, (_, of))): (usize, (&String, &(&str, Use)))| {
        let part = key.strip_prefix(root.as_str()).and_then(|rest| part_of(rest, *of));
        // `cover_alt` belongs to `cover_image`.
        let short = || {
            let base = ["image", "img", "photo"].iter().find_map(|word| root.strip_suffix(word))?;
            let rest = key.strip_prefix(base).filter(|_| !base.is_empty())?;
            match rest {
                "alt" | "alttext" => Some(PicturePart::Alt),
                "caption" | "figcaption" | "cutline" => Some(PicturePart::Caption),
                // Other words, as in `primary_author`, describe the story.
                "credit" | "credits" | "credittext" => Some(PicturePart::Credit),
                _ => None,
            }
        };
        Some(PictureKey { part: part.or_else(short)?, rank: Some(rank), of: *of })
    };
    // If several names fit the beginning of a key, the one that is the whole key counts.
    let all = || LETTERS.iter().zip(ROOTS).enumerate().filter_map(named);
    all().find(|key| key.part == PicturePart::Address).or_else(|| all().next())
}

/// What the rest of a key says, after the name of a picture.
fn part_of(rest: &str, of: Use) -> Option<PicturePart> {
    Some(match rest {
        "" | "url" | "src" | "path" | "file" => PicturePart::Address,
        "alt" | "alttext" | "alttitle" => PicturePart::Alt,
        "caption" | "captiontext" | "cutline" | "figcaption" | "legend" => PicturePart::Caption,
        "credit" | "credits" | "credittext" | "attribution" | "photographer" | "by" | "byline"
        | "source" | "author" | "copyright" => PicturePart::Credit,
        "width" | "height" | "class" | "style" | "size" | "id" | "link" | "href" | "position"
        | "creditlink" | "crediturl" | "sourceurl" | "authorurl" | "captionurl" | "fit"
        | "license" | "licence" | "shadow" | "align" | "type" => PicturePart::Quiet,
        // For other names, themes use these keys for texts of their own.
        "description" | "text" if of == Always => PicturePart::Alt,
        "title" if of == Always => PicturePart::Caption,
        _ => return None,
    })
}

/// Whether a text is the name of a picture file.
pub(crate) fn looks_like_picture(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default().trim();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let endings =
        ["jpg", "jpeg", "png", "webp", "gif", "tif", "tiff", "bmp", "svg", "avif", "heic", "jxl"];
    !path.contains('\n') && ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_many_generators_tell_of_pictures() {
        for (keys, part, of) in [
            (
                "image images heroImage coverImage featuredImage featured-image coverimage feature_image cover-img header-img img image_url photos",
                PicturePart::Address,
                Always,
            ),
            (
                "coverImageAlt feature_image_alt featuredImageAlt image-alt hero_image_alt alt imageAltText image_description coverAlt featuredAlt",
                PicturePart::Alt,
                Always,
            ),
            (
                "imageCaption feature_image_caption cutline caption cover_caption image_title",
                PicturePart::Caption,
                Always,
            ),
            (
                "photographer photo_credit hero_image_credit_text photoBy credit imageCredit",
                PicturePart::Credit,
                Always,
            ),
            ("image_height hero_image_credit_link cover_width", PicturePart::Quiet, Always),
            ("header hero banner title-block-banner featured top_img", PicturePart::Address, Maybe),
            ("bigimg banner_img bg_image mainPhoto", PicturePart::Address, Always),
            ("index_img", PicturePart::Address, Instead),
            ("metaImage seo-image", PicturePart::Address, Share),
            ("headshot mugShot portrait", PicturePart::Address, Mug),
            (
                "thumbnail thumb teaserImage image_preview thumbnail-img",
                PicturePart::Address,
                Instead,
            ),
            ("ogImage og_image socialImg twitter_image", PicturePart::Address, Share),
            ("socialAlt twitterAlt", PicturePart::Alt, Share),
        ] {
            for key in keys.split(' ') {
                let found = read(key).map(|found| (found.part, found.of));
                assert_eq!(found, Some((part, of)), "{key}");
            }
        }
        for key in [
            "headline",
            "imagine",
            "hero_title",
            "header_description",
            "covers",
            "teaser",
            "primary_author",
            "story_by",
            "post_source",
        ] {
            assert_eq!(read(key), None, "{key}");
        }
    }

    #[test]
    fn files_of_pictures_are_known_by_their_names() {
        for name in ["a.jpg", "/img/A b.JPEG", "https://a.org/b.png?w=3", "b.webp#x"] {
            assert!(looks_like_picture(name), "{name}");
        }
        for name in ["", "true", "The harbour.", "a.html", "jpg", "A line\nb.jpg.md"] {
            assert!(!looks_like_picture(name), "{name}");
        }
    }
}
