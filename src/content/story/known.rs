//! The keys that front matter can have. A new key gets its names here, and its reader in the file
//! that reads it.

use super::picture_keys;
use super::standing::keys;
use super::standing::keys::{DATE, EXPIRES, HOLDS, KINDS, LATER, STATES, STATES_TOO};
use crate::content::syntax::spelling::{is_one, is_own};

/// The headline. In this list as in those below, the best name comes first.
pub(crate) const HEADLINE: &[&str] = &["headline", "title"];
/// The standfirst.
pub(crate) const STANDFIRST: &[&str] = &[
    "standfirst",
    "deck",
    "dek",
    "subhead",
    "subtitle",
    "subheadline",
    "subheading",
    "strapline",
    "subline",
];
/// The kicker: the word or two above the headline.
pub(crate) const KICKER: &[&str] = &["kicker", "eyebrow", "overline"];
/// A summary, which may serve as a standfirst.
pub(crate) const SUMMARY: &[&str] =
    &["summary", "description", "excerpt", "teaser", "custom_excerpt", "abstract"];
/// The authors.
pub(crate) const AUTHORS: &[&str] =
    &["authors", "author", "byline", "writers", "writer", "author_name"];
/// The tags.
pub(crate) const TAGS: &[&str] = &["tags", "topics", "tag", "topic"];
/// The moment of publication. The story is not printed before it.
pub(crate) const NOT_BEFORE: &[&str] = &[
    "publishdate",
    "pubdate",
    "publication_date",
    "published_at",
    "published_on",
    "date_published",
    "publish_at",
    "publish_on",
    "published",
    "publish",
];
/// The time of the last change.
pub(crate) const UPDATED: &[&str] = &["updated", "lastmod", "last_modified_at", "modified"];
/// The categories, which may name a section.
pub(crate) const CATEGORIES: &[&str] = &["categories", "category"];
/// The priority.
pub(crate) const PRIORITY: &[&str] = &["priority", "urgency"];
/// The old addresses of the story.
pub(crate) const ALIASES: &[&str] = &["aliases", "redirect_from"];
/// Keys that other programs write and that change nothing here.
const QUIET: &[&str] = &[
    "accent_color",
    "actions",
    "affiliations",
    "align",
    "anchor",
    "archive",
    "archived",
    "article_header",
    "asset_path",
    "attendees",
    "audio",
    "author_bio",
    "author_id",
    "author_link",
    "author_profile",
    "author_url",
    "avatar",
    "badge",
    "banner_icon",
    "banner_x",
    "banner_y",
    "bibliography",
    "bio",
    "body_class",
    "body_classes",
    "breadcrumb",
    "breadcrumbs",
    "breaks",
    "cache_enable",
    "callout",
    "caption_url",
    "captions",
    "cascade",
    "case_study",
    "citation",
    "citation_key",
    "citation_location",
    "cite",
    "class",
    "classes",
    "code_annotations",
    "code_copy",
    "code_fold",
    "code_tools",
    "codeinjection_foot",
    "codeinjection_head",
    "color",
    "comment",
    "comment_id",
    "comment_status",
    "comments",
    "comments_locked",
    "communities",
    "contents",
    "context",
    "copyright",
    "country",
    "crosspost",
    "crossposts",
    "csl",
    "css",
    "cssclass",
    "cssclasses",
    "cta",
    "custom_css",
    "custom_edit_url",
    "custom_js",
    "custom_template",
    "date_format",
    "dateend",
    "datestart",
    "description_html",
    "disable_comments",
    "disableshare",
    "disqus",
    "doi",
    "duration",
    "edit_post",
    "edit_url",
    "editor",
    "editors",
    "eleventy_computed",
    "eleventy_navigation",
    "email",
    "email_only",
    "email_recipient_filter",
    "email_subject",
    "embeds",
    "enable_comments",
    "engine",
    "entries_layout",
    "event",
    "event_organizer",
    "events",
    "excerpt_separator",
    "execute",
    "export_on_save",
    "external",
    "favicon",
    "feature_row",
    "feed",
    "fig_cap_location",
    "filters",
    "focal_point",
    "following",
    "font",
    "footer",
    "format",
    "freeze",
    "front_matter",
    "full_width",
    "gallery_layout",
    "generator",
    "github",
    "gravatar",
    "guid",
    "has_children",
    "has_toc",
    "head",
    "header_includes",
    "hide_authorbox",
    "hide_comments",
    "hide_date",
    "hide_description",
    "hide_edit_post",
    "hide_meta",
    "hide_table_of_contents",
    "hide_title",
    "highlight",
    "highlighter",
    "highlightjs",
    "homepage",
    "host",
    "html",
    "hugo",
    "icon",
    "id",
    "identifier",
    "in_search_index",
    "include_after_body",
    "include_before_body",
    "include_in_header",
    "interviewee",
    "intro_class",
    "is_cjk_language",
    "is_template",
    "isbn",
    "items",
    "js",
    "jupyter",
    "kanban_plugin",
    "katex",
    "keywords",
    "kind",
    "knit",
    "language_tabs",
    "last_update",
    "lastedit",
    "lastupdated",
    "latex",
    "layout_class",
    "lexical",
    "licence",
    "license",
    "lightbox",
    "lightgallery",
    "link",
    "link_citations",
    "link_external_icon",
    "link_external_newwindow",
    "link_title",
    "links",
    "listing",
    "location",
    "location_url",
    "mainfont",
    "markdown",
    "markup",
    "mastodon",
    "math",
    "mathjax",
    "mdx",
    "medium_id",
    "medium_url",
    "menu",
    "menu_order",
    "menus",
    "mermaid",
    "meta",
    "meta_description",
    "meta_title",
    "metadata",
    "mobiledoc",
    "modified_by",
    "monetization",
    "name",
    "native_lang",
    "nav",
    "nav_order",
    "navigation",
    "never_cache_twig",
    "next",
    "no_comments",
    "noindex",
    "notion_id",
    "number_sections",
    "obsidian",
    "og_description",
    "og_title",
    "og_type",
    "og_url",
    "order",
    "original_source",
    "original_url",
    "output",
    "outputformat",
    "outputs",
    "package_version",
    "page_class",
    "page_css",
    "page_id",
    "page_layout",
    "page_toc",
    "pagefind",
    "paginate",
    "pagination",
    "pagination_label",
    "pagination_next",
    "pagination_prev",
    "parent",
    "path",
    "period",
    "permalinks",
    "photogallery",
    "pid",
    "pin",
    "ping_status",
    "pinned",
    "plaintext",
    "podcast",
    "post_format",
    "post_id",
    "post_type",
    "preface",
    "prev",
    "previous",
    "primary_author",
    "primary_color",
    "primary_tag",
    "print_date",
    "prism",
    "process",
    "processor",
    "project",
    "projects",
    "publisher",
    "pygments_lang",
    "rating",
    "rating_count",
    "read_more",
    "read_time",
    "reading_minutes",
    "reading_time",
    "redirect",
    "redirect_to",
    "reference_location",
    "references",
    "registration_url",
    "render",
    "render_with_liquid",
    "revealjs",
    "reviewers",
    "rmd_hash",
    "robots",
    "root_class",
    "ropensci",
    "rss",
    "schema",
    "script",
    "scripts",
    "search",
    "search_hidden",
    "seo",
    "series",
    "share",
    "share_buttons",
    "short",
    "show_author",
    "show_bread_crumbs",
    "show_comments",
    "show_date",
    "show_meta",
    "show_read_time",
    "show_reading_time",
    "show_sidebar",
    "show_tags",
    "show_toc",
    "showcodecopybuttons",
    "showpostnavlinks",
    "showrssbuttoninsectiontermlist",
    "showwordcount",
    "sidebar",
    "sidebar_class",
    "sidebar_custom_props",
    "sidebar_label",
    "sidebar_link",
    "sidebar_position",
    "sidenav",
    "sitemap",
    "slides",
    "slug_id",
    "social",
    "sort",
    "sort_by",
    "sort_order",
    "source",
    "source_url",
    "speaker",
    "speakers",
    "sticky",
    "style",
    "styles",
    "stylesheet",
    "substack_id",
    "substack_url",
    "subtitle_html",
    "table_of_contents",
    "tagline",
    "template",
    "theme",
    "tiers",
    "time",
    "timezone",
    "title_block_banner_color",
    "title_block_style",
    "title_html",
    "title_slug",
    "toc",
    "toc_depth",
    "toc_float",
    "toc_hide",
    "toc_icon",
    "toc_label",
    "toc_max_heading_level",
    "toc_min_heading_level",
    "toc_sticky",
    "toc_title",
    "tocopen",
    "topicid",
    "translation_key",
    "translator",
    "tumblr_url",
    "tweet",
    "twig_first",
    "twitter",
    "twitter_card",
    "twitter_creator",
    "twitter_description",
    "twitter_handle",
    "twitter_site",
    "twitter_title",
    "uid",
    "up",
    "uri",
    "url",
    "usepagebundles",
    "uuid",
    "version",
    "video",
    "videos",
    "views",
    "visible",
    "weight",
    "word_count",
    "wordpress_id",
    "wp_id",
    "wp_post_type",
    "year",
    "youtube",
    "youtube_id",
    "zone",
];

/// Keys whose value may be a group with known keys in it, or that are read in another place.
const READ_ELSEWHERE: &[&str] =
    &["custom", "data", "extra", "hide", "params", "taxonomies", "taxonomy", "resources"];

/// Other known keys.
const OTHERS: &[&str] = &[
    "headlines",
    "short_headline",
    "dateline",
    "section",
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

/// The lists of known keys.
const GROUPS: [&[&str]; 18] = [
    HEADLINE, STANDFIRST, KICKER, SUMMARY, AUTHORS, DATE, LATER, EXPIRES, STATES, STATES_TOO,
    KINDS, HOLDS, UPDATED, CATEGORIES, TAGS, PRIORITY, ALIASES, OTHERS,
];

/// The names that may be suggested for an unknown key.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    // Short everyday words are similar to too many keys.
    let is_meant = |name: &&str| !STATES_TOO.contains(name) && !KINDS.contains(name);
    let groups = GROUPS.into_iter().flatten().copied().filter(is_meant);
    groups.chain(["embargo"]).chain(keys::strict_marks()).chain(picture_keys::names())
}

/// Whether a key changes nothing here, because other programs write it or it is the user's own.
pub(crate) fn is_quiet(key: &str) -> bool {
    is_own(key) || is_one(key, QUIET)
}

/// Whether a key is known.
pub(crate) fn is_known(key: &str) -> bool {
    GROUPS.iter().any(|names| is_one(key, names))
        || picture_keys::is_known(key)
        || keys::is_mark(key)
        || keys::is_embargo(key)
        || is_one(key, READ_ELSEWHERE)
        || is_quiet(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::syntax::spelling::same;

    #[test]
    fn capitals_and_joints_do_not_count() {
        for key in [
            "pull_quotes",
            "pullQuotes",
            "Pull-Quotes",
            "PUBDATE",
            "pubDate",
            "lastMod",
            "Sub Title",
        ] {
            assert!(is_known(key), "{key}");
        }
        for key in
            ["isDraft", "is_published", "wip", "embargoedUntil", "Embargo_Note", "post-status"]
        {
            assert!(is_known(key), "{key}");
        }
        for key in ["x-mood", "X_mood", "permalinks", "cssClasses", "sidebar_position"] {
            assert!(is_quiet(key), "{key}");
        }
        for key in ["headine", "xray", "pull", "moods"] {
            assert!(!is_known(key), "{key}");
        }
    }

    #[test]
    fn no_key_has_two_meanings() {
        let mut all: Vec<&str> = GROUPS.into_iter().flatten().copied().collect();
        all.extend(QUIET.iter().chain(READ_ELSEWHERE));
        all.extend(keys::marks());
        for (at, key) in all.iter().enumerate() {
            assert!(!all[..at].iter().any(|other| same(other, key)), "{key}");
            assert!(!picture_keys::is_known(key), "{key}");
        }
    }
}
