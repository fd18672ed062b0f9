//! The keys that front matter may have.

/// Names of one thing, the best first.
pub(crate) const HEADLINE: &[&str] = &["headline", "title"];
/// A standfirst the writer gave.
pub(crate) const STANDFIRST: &[&str] =
    &["standfirst", "deck", "dek", "subhead", "subtitle", "subheadline", "subheading"];
/// What stands in for a standfirst.
pub(crate) const SUMMARY: &[&str] = &["summary", "description", "excerpt", "teaser"];
/// Who wrote it.
pub(crate) const AUTHORS: &[&str] = &["authors", "author", "byline"];
/// When.
pub(crate) const DATE: &[&str] = &[
    "date",
    "publishdate",
    "publish_date",
    "pubdate",
    "pub_date",
    "published_at",
    "published_on",
    "date_published",
    "published",
    "publish",
    "posted",
    "post_date",
    "created",
    "created_at",
    "date_created",
];
/// Those that tell when it is to be published: before that, it is not.
pub(crate) const NOT_BEFORE: &[&str] = &[
    "publishdate",
    "publish_date",
    "pubdate",
    "pub_date",
    "published_at",
    "published_on",
    "date_published",
    "published",
    "publish",
];
/// Until when it is to be seen.
pub(crate) const EXPIRES: &[&str] = &[
    "expirydate",
    "expiry_date",
    "expires",
    "expires_at",
    "expiry",
    "expiration_date",
    "unpublishdate",
    "unpublish_date",
    "unpublish_on",
];
/// Keys that print it if they say yes, and hold it back if they say no.
pub(crate) const SHOWN: &[&str] = &["published", "publish", "dg_publish"];
/// Keys that leave it out if they say yes.
pub(crate) const AWAY: &[&str] = &[
    "private",
    "hidden",
    "unlisted",
    "headless",
    "eleventyexcludefromcollections",
    "eleventy_exclude_from_collections",
];
/// Other keys that may leave it out.
const HOLDS: &[&str] =
    &["embargo", "status", "draft", "visibility", "password", "build", "_build", "permalink"];
/// When it was changed.
pub(crate) const UPDATED: &[&str] = &["updated", "lastmod", "last_modified_at", "modified"];
/// Where it belongs.
pub(crate) const CATEGORIES: &[&str] = &["categories", "category"];
/// How much it weighs.
pub(crate) const PRIORITY: &[&str] = &["priority", "urgency"];
/// Pictures, in the order of their importance.
pub(crate) const IMAGES: &[&str] = &[
    "images",
    "image",
    "featured_image",
    "primary_image",
    "feature_image",
    "cover",
    "cover_image",
    "lead_image",
    "hero_image",
    "photo",
    "picture",
];
/// Where it was before.
pub(crate) const ALIASES: &[&str] = &["aliases", "redirect_from"];
/// Keys that say more about the one picture that `image` names.
pub(crate) const IMAGE_ALT: &[&str] =
    &["image_alt", "alt", "featured_image_alt", "primary_image_alt", "image_alttext"];
/// Its caption.
pub(crate) const IMAGE_CAPTION: &[&str] =
    &["image_caption", "image_figcaption", "featured_image_caption", "caption", "figcaption"];
/// Its maker.
pub(crate) const IMAGE_CREDIT: &[&str] =
    &["image_credit", "featured_image_credit", "photo_credit", "credit"];

/// The names that the documentation gives, for hints and schemas.
pub(crate) const DOCUMENTED: &[&str] = &[
    "headline",
    "headlines",
    "kicker",
    "standfirst",
    "summary",
    "authors",
    "dateline",
    "date",
    "updated",
    "section",
    "tags",
    "priority",
    "print",
    "images",
    "pull_quotes",
    "facts",
    "slug",
    "aliases",
    "lang",
    "translations",
    "related",
    "corrections",
    "embargo",
    "status",
    "draft",
    "canonical",
    "title",
    "deck",
    "author",
    "image",
    "description",
    "excerpt",
];

/// Keys that other programs write and that change nothing here.
const QUIET: &[&str] = &[
    "anchor",
    "archive",
    "archived",
    "attendees",
    "badge",
    "breadcrumb",
    "breadcrumbs",
    "class",
    "comments",
    "communities",
    "contents",
    "context",
    "copyright",
    "country",
    "crossposts",
    "css",
    "dateend",
    "datestart",
    "doi",
    "duration",
    "editor",
    "editors",
    "event",
    "event_organizer",
    "events",
    "extra",
    "external",
    "feature",
    "featured",
    "following",
    "font",
    "footer",
    "github",
    "guid",
    "header",
    "hero",
    "hide",
    "host",
    "hugo",
    "icon",
    "id",
    "identifier",
    "in_search_index",
    "interviewee",
    "isbn",
    "items",
    "js",
    "jupyter",
    "kind",
    "keywords",
    "lastedit",
    "layout",
    "license",
    "licence",
    "link",
    "links",
    "location",
    "math",
    "menu",
    "meta",
    "meta_description",
    "meta_title",
    "metadata",
    "mermaid",
    "modified_by",
    "name",
    "nav",
    "nav_order",
    "navigation",
    "noindex",
    "og_description",
    "og_image",
    "og_title",
    "order",
    "outputs",
    "output",
    "outputformat",
    "package_version",
    "pagination",
    "paginate",
    "params",
    "parent",
    "path",
    "period",
    "photogallery",
    "pin",
    "pinned",
    "podcast",
    "preface",
    "project",
    "projects",
    "publisher",
    "rating",
    "reading_time",
    "readtime",
    "redirect",
    "redirect_to",
    "redirectto",
    "registration_url",
    "resources",
    "reviewers",
    "rmd_hash",
    "ropensci",
    "rss",
    "schema",
    "search",
    "series",
    "share",
    "short",
    "show_meta",
    "seo",
    "sidebar",
    "sidenav",
    "sitemap",
    "social",
    "socialalt",
    "socialimg",
    "sort",
    "source",
    "source_url",
    "speaker",
    "speakers",
    "sticky",
    "style",
    "styles",
    "tag",
    "tagline",
    "taxonomies",
    "template",
    "theme",
    "thumbnail",
    "time",
    "toc",
    "topic",
    "topicid",
    "topics",
    "translator",
    "tumblr_url",
    "tweet",
    "twitter_handle",
    "twitteralt",
    "twitterimg",
    "type",
    "uid",
    "url",
    "uuid",
    "video",
    "videos",
    "version",
    "views",
    "visible",
    "weight",
    "wordpress_id",
    "wp_id",
    "year",
    "youtube_id",
    "zone",
    "captions",
];

/// Keys of ours that are none of the groups above.
const OTHERS: &[&str] = &[
    "headlines",
    "short_headline",
    "kicker",
    "dateline",
    "section",
    "tags",
    "print",
    "pull_quotes",
    "pull_quote",
    "facts",
    "slug",
    "lang",
    "language",
    "locale",
    "translations",
    "related",
    "corrections",
    "correction",
    "canonical",
    "canonical_url",
];

/// A key as it is looked up: small letters, underscores for dashes.
pub(crate) fn normal(key: &str) -> String {
    key.trim().to_lowercase().replace('-', "_")
}

/// Whether a key is known, in its normal form. `x_…` is free.
pub(crate) fn is_known(key: &str) -> bool {
    let groups = [
        HEADLINE,
        STANDFIRST,
        SUMMARY,
        AUTHORS,
        DATE,
        EXPIRES,
        SHOWN,
        AWAY,
        HOLDS,
        UPDATED,
        CATEGORIES,
        PRIORITY,
        IMAGES,
        IMAGE_ALT,
        IMAGE_CAPTION,
        IMAGE_CREDIT,
        ALIASES,
    ];
    key.starts_with("x_")
        || OTHERS.contains(&key)
        || QUIET.contains(&key)
        || groups.iter().any(|names| names.contains(&key))
}
