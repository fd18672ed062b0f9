//! The keys of front matter that say when and whether a story may be printed. Both the reader and
//! the check for unknown keys use these tables. Add a key here.

use crate::content::model::left_out::Reason;
use crate::content::syntax::spelling::{letters, same};

/// The date of a story.
pub(crate) const DATE: &[&str] = &[
    "date",
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
    "posted",
    "posted_at",
    "posted_on",
    "post_date",
    "created",
    "created_at",
    "created_on",
    "date_created",
];

/// Keys that hold a story back until a moment and say nothing about its date.
pub(crate) const LATER: &[&str] = &[
    "not_before",
    "hold_until",
    "held_until",
    "hold_for_release",
    "publish_after",
    "publish_from",
    "publish_up",
    "publish_time",
    "scheduled_at",
    "scheduled_for",
    "scheduled_on",
    "schedule_at",
    "schedule_date",
    "scheduled_date",
    "schedule",
    "release_date",
    "release_at",
    "release_on",
    "release_time",
    "released_at",
    "released_on",
    "go_live",
    "go_live_at",
    "go_live_date",
    "live_at",
    "live_on",
    "live_from",
    "visible_from",
    "available_from",
    "available_at",
    "available_on",
    "show_from",
    "show_after",
    "display_from",
    "online_from",
    "valid_from",
];
/// The keys among these that may have another meaning. A value that is not a moment is only a
/// warning.
pub(crate) const LOOSE: &[&str] = &[
    "schedule",
    "release_date",
    "release_at",
    "release_on",
    "release_time",
    "released_at",
    "released_on",
    "available_from",
    "available_at",
    "available_on",
    "valid_from",
];
/// The moment from which a story is not printed any more.
pub(crate) const EXPIRES: &[&str] = &[
    "expirydate",
    "expires",
    "expires_at",
    "expires_on",
    "expire",
    "expire_at",
    "expire_on",
    "expire_date",
    "expiry",
    "expiry_at",
    "expiration",
    "expiration_date",
    "unpublishdate",
    "unpublish_at",
    "unpublish_on",
    "unpublish_after",
    "unpublished_at",
    "unpublished_on",
    "publish_until",
    "published_until",
    "publish_down",
    "publish_end",
    "valid_until",
    "valid_to",
    "visible_until",
    "available_until",
    "show_until",
    "display_until",
    "live_until",
    "online_until",
    "offline_at",
    "offline_from",
    "remove_at",
    "remove_on",
    "remove_after",
    "removed_at",
    "removal_date",
    "delete_at",
    "delete_on",
    "delete_after",
    "deleted_at",
    "take_down",
    "take_down_at",
    "takedown_date",
];
/// Keys whose value is a word that may keep a story out.
pub(crate) const STATES: &[&str] = &[
    "status",
    "visibility",
    "post_status",
    "publish_status",
    "publishing_status",
    "publication_status",
    "workflow_status",
    "workflow_state",
    "editorial_status",
    "article_status",
    "story_status",
    "content_status",
    "review_status",
    "page_status",
    "entry_status",
    "state",
    "stage",
    "workflow",
];
/// Keys that other programs use for many things. A word that keeps a story out counts here too;
/// other words are ignored.
pub(crate) const STATES_TOO: &[&str] = &["access", "audience", "tier"];
/// Keys for the kind of a page. Only the word for a draft keeps a story out.
pub(crate) const KINDS: &[&str] = &["type", "layout"];

/// A mark: a key that says yes or no.
pub(crate) struct Mark {
    /// The names of the key. Each may have `is` before it.
    pub(crate) names: &'static [&'static str],
    /// The answer with which the story is printed.
    pub(crate) prints: bool,
    /// Why the story is not printed with the other answer.
    pub(crate) reason: Reason,
    /// Whether a value that is neither yes nor no keeps the story out. It does not for everyday
    /// words, which may have any meaning.
    pub(crate) is_strict: bool,
    /// Whether a moment as the value means that the story waits until then. Otherwise a moment
    /// means yes; for a key that prints the story, it means from then on.
    pub(crate) waits: bool,
}

/// The marks.
pub(crate) const MARKS: &[Mark] = &[
    Mark { names: &["draft"], prints: false, reason: Reason::Draft, is_strict: true, waits: false },
    Mark { names: SHOWN, prints: true, reason: Reason::Draft, is_strict: true, waits: false },
    Mark { names: AWAY, prints: false, reason: Reason::Hidden, is_strict: true, waits: false },
    Mark {
        names: &[
            "drafts",
            "wip",
            "work_in_progress",
            "in_progress",
            "unpublished",
            "unfinished",
            "incomplete",
            "skip",
            "ignore",
            "ignored",
            "exclude",
            "excluded",
            "no_print",
            "no_publish",
            "do_not_print",
            "do_not_publish",
            "not_for_print",
            "not_for_publication",
            "kill",
            "killed",
            "spike",
            "spiked",
            "rejected",
            "withdrawn",
        ],
        prints: false,
        reason: Reason::Draft,
        is_strict: false,
        waits: false,
    },
    Mark {
        names: &[
            "public",
            "live",
            "online",
            "ready",
            "enabled",
            "active",
            "approved",
            "publishable",
            "released",
            "finished",
            "complete",
            "completed",
        ],
        prints: true,
        reason: Reason::Draft,
        is_strict: false,
        waits: false,
    },
    Mark {
        names: &["listed", "routable", "discoverable"],
        prints: true,
        reason: Reason::Hidden,
        is_strict: false,
        waits: false,
    },
    Mark {
        names: &[
            "internal",
            "internal_only",
            "confidential",
            "secret",
            "protected",
            "members_only",
            "subscribers_only",
            "subscriber_only",
            "paid",
            "paid_only",
            "premium",
            "paywall",
            "paywalled",
            "trash",
            "trashed",
            "deleted",
            "removed",
        ],
        prints: false,
        reason: Reason::Hidden,
        is_strict: false,
        waits: false,
    },
    Mark {
        names: &["hold", "on_hold", "held", "pending"],
        prints: false,
        reason: Reason::Draft,
        is_strict: false,
        waits: true,
    },
    Mark {
        names: &["scheduled"],
        prints: false,
        reason: Reason::Future,
        is_strict: false,
        waits: true,
    },
];

/// Marks that print the story with yes, and hold it back with no.
pub(crate) const SHOWN: &[&str] = &["published", "publish", "dg_publish"];
/// Marks that leave the story out with yes.
pub(crate) const AWAY: &[&str] =
    &["private", "hidden", "unlisted", "headless", "eleventyexcludefromcollections"];
/// Other keys that may leave a story out.
pub(crate) const HOLDS: &[&str] = &["password", "build", "permalink"];

/// Whether a key begins with `embargo`.
pub(crate) fn is_embargo(key: &str) -> bool {
    letters(key).take("embargo".len()).eq("embargo".chars())
}

/// The names of all marks, without those that are also names of dates.
pub(crate) fn marks() -> impl Iterator<Item = &'static str> {
    names_of(|_| true)
}

/// The names of marks that may be suggested for a misspelt key. Everyday words are similar to too
/// many keys.
pub(crate) fn strict_marks() -> impl Iterator<Item = &'static str> {
    names_of(|mark| mark.is_strict)
}

fn names_of(is_wanted: impl Fn(&Mark) -> bool) -> impl Iterator<Item = &'static str> {
    let marks = MARKS.iter().filter(move |mark| is_wanted(mark));
    marks.flat_map(|mark| mark.names).copied().filter(|name| !DATE.contains(name))
}

/// Whether a key is a mark, with or without `is` before it.
pub(crate) fn is_mark(key: &str) -> bool {
    let key: String = letters(key).collect();
    let bare = key.strip_prefix("is").unwrap_or(&key);
    marks().chain(SHOWN.iter().copied()).any(|name| same(name, &key) || same(name, bare))
}
