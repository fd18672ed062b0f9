//! The keys by which front matter names pictures, and what it says of them.

use std::sync::LazyLock;

use crate::content::syntax::spelling::{is_one, letters};

/// What a name tells of the value it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// A picture.
    Always,
    /// A picture, where the value is the name of one: themes write other things there too.
    Maybe,
    /// The portrait of a person.
    Mug,
    /// A smaller version of a picture, for lists: it counts where there is no other.
    Instead,
    /// One made to be shown on other people's pages: it counts where there is no other, and that
    /// it is not to be had is no loss.
    Share,
}

use Use::{Always, Instead, Maybe, Mug, Share};

/// The names, in the order of the pictures' importance.
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

/// Groups in which front matter keeps what is for other people's pages, a picture among it.
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

/// The keys that name it there, beside those that name pictures anywhere.
pub(crate) const SHARED_SRC: &[&str] = &["og:image", "twitter:image", "image:src"];

/// The letters of the names.
static LETTERS: LazyLock<Vec<String>> =
    LazyLock::new(|| ROOTS.iter().map(|(root, _)| letters(root).collect()).collect());

/// What a key says of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PicturePart {
    /// Where it is.
    Address,
    /// What is seen on it.
    Alt,
    /// The line under it.
    Caption,
    /// Who made it.
    Credit,
    /// What matters to a page on a screen alone.
    Quiet,
}

/// A key that tells of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PictureKey {
    /// What it says.
    pub(crate) part: PicturePart,
    /// The rank of the name that it begins with: less is more important. None where it has none,
    /// as `caption` alone.
    pub(crate) rank: Option<usize>,
    /// What that name tells.
    pub(crate) of: Use,
}

/// Where a picture is, as a group of keys says it.
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
/// What is seen on it.
pub(crate) const ALT: &[&str] =
    &["alt", "alt_text", "image_alt", "image_description", "description", "image_alt_text"];
/// The line under it.
pub(crate) const CAPTION: &[&str] =
    &["caption", "cutline", "figcaption", "image_caption", "legend", "title"];
/// Who made it.
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
/// What we say of a picture beyond that.
pub(crate) const OWN: &[&str] = &["focus", "crop", "kind", "mug"];
/// Smaller versions of a picture within its group.
pub(crate) const SMALLER: &[&str] =
    &["teaser", "thumbnail", "thumb", "preview", "homepage", "small", "mobile"];
/// One for other people's pages.
pub(crate) const SHARED: &[&str] = &["og_image", "og", "twitter", "share", "social"];
/// What matters to a page on a screen alone.
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

/// The names that may have been meant in the group of a picture.
pub(crate) fn inner_names() -> Vec<&'static str> {
    [&["src"][..], ALT, CAPTION, CREDIT, OWN].concat()
}

/// The names that may have been meant by one that is not known.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let alone = ["image_alt", "image_caption", "image_credit", "caption", "credit", "photographer"];
    ROOTS.iter().filter(|(_, of)| *of != Share).map(|(name, _)| *name).chain(alone)
}

/// The name of a rank.
pub(crate) fn name(rank: usize) -> &'static str {
    ROOTS.get(rank).map_or("image", |(name, _)| name)
}

/// Whether a key of front matter tells of a picture.
pub(crate) fn is_known(key: &str) -> bool {
    read(key).is_some()
}

/// Reads a key of front matter: one of the names, alone or with what it says of the picture, as in
/// `cover_image_alt`.
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
                // Others, such as `primary_author`, are said of the story.
                "credit" | "credits" | "credittext" => Some(PicturePart::Credit),
                _ => None,
            }
        };
        Some(PictureKey { part: part.or_else(short)?, rank: Some(rank), of: *of })
    };
    // Of names that begin alike, the one that says the whole key counts.
    let all = || LETTERS.iter().zip(ROOTS).enumerate().filter_map(named);
    all().find(|key| key.part == PicturePart::Address).or_else(|| all().next())
}

/// What the rest of a key says, behind a picture's name.
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
        // Themes write words of their own there for other names.
        "description" | "text" if of == Always => PicturePart::Alt,
        "title" if of == Always => PicturePart::Caption,
        _ => return None,
    })
}

/// Whether a text is the name of a picture's file.
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
