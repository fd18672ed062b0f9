//! The words by which people and programs say that a text is for print, or that it is not: those of
//! `status` and its like, and those that folders and files are called by.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use icu::normalizer::DecomposingNormalizerBorrowed;

use super::super::edition::Reason;

/// What a draft is called, singular and plural, in the languages that pages are printed in and in
/// others that much is written in.
const DRAFTS: &[&str] = &[
    "draft",
    "drafts",
    "entwurf",
    "entwürfe",
    "entwuerfe",
    "brouillon",
    "brouillons",
    "borrador",
    "borradores",
    "bozza",
    "bozze",
    "rascunho",
    "rascunhos",
    "utkast",
    "udkast",
    "kladde",
    "kladder",
    "kladd",
    "klad",
    "luonnos",
    "drög",
    "szkic",
    "szkice",
    "koncept",
    "koncepty",
    "náčrt",
    "vázlat",
    "piszkozat",
    "ciornă",
    "ciorne",
    "черновик",
    "черновики",
    "чернетка",
    "чернова",
    "нацрт",
    "nacrt",
    "osnutek",
    "πρόχειρο",
    "taslak",
    "esborrany",
    "zirriborro",
    "mustand",
    "melnraksts",
    "juodraštis",
    "drafft",
    "dréacht",
    "draf",
    "下書き",
    "草稿",
    "초안",
    "مسودة",
    "טיוטה",
];

/// What else says of a status that the text is not ready.
const UNFINISHED: &[&str] = &[
    "concept",
    "concepten",
    "pending",
    "auto-draft",
    "hold",
    "held",
    "wip",
    "work-in-progress",
    "todo",
    "to-do",
    "idea",
    "ideas",
    "planned",
    "outline",
    "unfinished",
    "incomplete",
    "review",
    "editing",
    "edit",
    "writing",
    "unpublished",
    "unapproved",
    "submitted",
    "queued",
    "queue",
    "backlog",
    "blocked",
    "offline",
    "unveröffentlicht",
    "unfertig",
    "ausstehend",
    "zurückgestellt",
    "en-cours",
    "en-attente",
    "à-relire",
    "inédit",
    "pendiente",
    "en-revisión",
    "sin-publicar",
    "pendente",
    "em-revisão",
    "ongepubliceerd",
    "opublicerad",
    "pågående",
    "upubliceret",
    "upublisert",
];

/// What says that it is not for everybody, or no longer.
const HIDDEN: &[&str] = &[
    "private",
    "hidden",
    "trash",
    "trashed",
    "deleted",
    "inherit",
    "skip",
    "unlisted",
    "internal",
    "password",
    "protected",
    "restricted",
    "members",
    "member",
    "members-only",
    "paid",
    "paid-only",
    "only-paid",
    "only-free",
    "paying",
    "premium",
    "founding",
    "tiers",
    "specific-tiers",
    "subscriber",
    "subscribers",
    "subscribers-only",
    "secret",
    "confidential",
    "removed",
    "rejected",
    "refused",
    "declined",
    "archived",
    "archive",
    "spiked",
    "spike",
    "killed",
    "kill",
    "withdrawn",
    "retracted",
    "obsolete",
    "deprecated",
    "superseded",
    "expired",
    "inactive",
    "disabled",
    "spam",
    "privat",
    "versteckt",
    "verborgen",
    "intern",
    "geheim",
    "gelöscht",
    "archiviert",
    "abgelehnt",
    "privé",
    "privée",
    "caché",
    "interne",
    "supprimé",
    "archivé",
    "refusé",
    "rejeté",
    "corbeille",
    "privado",
    "oculto",
    "interno",
    "eliminado",
    "archivado",
    "rechazado",
    "papelera",
    "privato",
    "nascosto",
    "eliminato",
    "archiviato",
    "rifiutato",
    "excluído",
    "arquivado",
    "rejeitado",
    "verwijderd",
    "gearchiveerd",
    "afgewezen",
    "dold",
    "borttagen",
    "arkiverad",
    "avvisad",
    "skjult",
    "slettet",
    "arkiveret",
    "arkivert",
    "afvist",
    "avvist",
];

/// What says that its time has not come.
const LATER: &[&str] = &[
    "future",
    "scheduled",
    "geplant",
    "terminiert",
    "planifié",
    "programmé",
    "programado",
    "planificado",
    "programmato",
    "pianificato",
    "agendado",
    "gepland",
    "ingepland",
    "schemalagd",
    "planerad",
    "planlagt",
];

/// What says that it must not be out yet.
const EMBARGOED: &[&str] = &["embargo", "embargoed", "gesperrt", "sperrfrist"];

/// What says that it is for print.
const PRINTED: &[&str] = &[
    "publish",
    "published",
    "public",
    "live",
    "online",
    "final",
    "finished",
    "done",
    "ready",
    "approved",
    "complete",
    "completed",
    "featured",
    "sent",
    "active",
    "enabled",
    "released",
    "posted",
    "visible",
    "listed",
    "everyone",
    "everybody",
    "anyone",
    "all",
    "open",
    "free",
    "ok",
    "print",
    "printed",
    "in-print",
    "for-print",
    "reviewed",
    "edited",
    "ready-for-print",
    "ready-to-print",
    "ready-to-publish",
    "ready-for-publication",
    "veröffentlicht",
    "öffentlich",
    "fertig",
    "freigegeben",
    "publié",
    "publique",
    "en-ligne",
    "prêt",
    "terminé",
    "publicado",
    "público",
    "listo",
    "pubblicato",
    "pubblico",
    "pronto",
    "gepubliceerd",
    "openbaar",
    "klaar",
    "gereed",
    "publicerad",
    "offentlig",
    "klar",
    "udgivet",
    "offentliggjort",
    "færdig",
    "publisert",
    "ferdig",
];

/// How phrases begin that say that something is still to be done, or that it must not be out.
const NOT_YET: &[&str] = &[
    "not", "no", "non", "nicht", "niet", "nao", "ej", "inte", "ikke", "needs", "need", "needing",
    "awaiting", "waiting", "pending", "under", "in", "to", "for", "ready", "wartet", "em", "en",
];

/// Folders whose files are not for print, whatever else they hold. Underscores before the name
/// don't count.
const FOLDERS: &[(&str, Reason)] = &[
    ("unpublished", Reason::Draft),
    ("not-published", Reason::Draft),
    ("unfinished", Reason::Draft),
    ("wip", Reason::Draft),
    ("work-in-progress", Reason::Draft),
    ("in-progress", Reason::Draft),
    ("on-hold", Reason::Draft),
    ("rejected", Reason::Hidden),
    ("spiked", Reason::Hidden),
    ("killed", Reason::Hidden),
    ("trash", Reason::Hidden),
    ("embargo", Reason::Embargo),
    ("embargoed", Reason::Embargo),
    ("scheduled", Reason::Future),
];

/// Folders that are such with an underscore before their names alone: `private` may be a section.
const UNDERSCORED: &[(&str, Reason)] = &[
    ("private", Reason::Hidden),
    ("hidden", Reason::Hidden),
    ("internal", Reason::Hidden),
    ("secret", Reason::Hidden),
    ("deleted", Reason::Hidden),
    ("idea", Reason::Draft),
    ("ideas", Reason::Draft),
    ("todo", Reason::Draft),
    ("pending", Reason::Draft),
    ("hold", Reason::Draft),
    ("future", Reason::Future),
];

/// Folders of generators that hold what pages are made with, with an underscore before their names.
const MAKING: &[&str] = &[
    "archetypes",
    "book",
    "build",
    "components",
    "data",
    "includes",
    "include",
    "layouts",
    "layout",
    "partials",
    "partial",
    "plugins",
    "sass",
    "shortcodes",
    "site",
    "snippets",
    "template",
    "templates",
    "theme",
    "themes",
];

/// Those of them that have none: in a folder of stories, they may be sections.
const MAKING_BARE: &[&str] = &[
    "archetypes",
    "layouts",
    "partials",
    "plugins",
    "shortcodes",
    "templates",
    "themes",
    "vendor",
];

/// Parts of a file's name that tell of a copy that a program kept.
const COPIES: &[&str] = &["bak", "backup", "old", "orig", "tmp", "temp", "save"];

/// What a word says of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// That it is for print.
    Printed,
    /// That it is not, and why.
    Not(Reason),
}

/// All words of a status.
static WORDS: LazyLock<BTreeMap<String, Says>> = LazyLock::new(|| {
    let groups = [
        (DRAFTS, Says::Not(Reason::Draft)),
        (UNFINISHED, Says::Not(Reason::Draft)),
        (HIDDEN, Says::Not(Reason::Hidden)),
        (LATER, Says::Not(Reason::Future)),
        (EMBARGOED, Says::Not(Reason::Embargo)),
        (PRINTED, Says::Printed),
    ];
    let one = |(words, says): (&[&str], Says)| -> Vec<(String, Says)> {
        words.iter().map(|word| (folded(word), says)).collect()
    };
    groups.into_iter().flat_map(one).collect()
});

/// The words for drafts.
static DRAFT_WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| DRAFTS.iter().map(|word| folded(word)).collect());

/// A word in small letters without accents, with hyphens between its parts and no signs around it.
fn folded(word: &str) -> String {
    let bare = DecomposingNormalizerBorrowed::new_nfd().normalize(word.trim());
    let bare = bare.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
    let joined: String = bare
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    let parts: Vec<&str> = joined.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// What a word or a phrase of a status says; none where nobody knows.
pub(crate) fn of_status(text: &str) -> Option<Says> {
    let whole = folded(text);
    if let Some(says) = WORDS.get(&whole) {
        return Some(*says);
    }
    let parts: Vec<&str> = whole.split('-').collect();
    let (first, rest) = parts.split_first()?;
    // `final-draft` and `draft-2` are drafts still.
    if parts.iter().any(|part| is_draft(part)) {
        return Some(Says::Not(Reason::Draft));
    }
    if parts.iter().any(|part| EMBARGOED.contains(part)) {
        return Some(Says::Not(Reason::Embargo));
    }
    if !rest.is_empty() && NOT_YET.contains(first) {
        return Some(Says::Not(Reason::Draft));
    }
    let holds = |part: &&str| match WORDS.get(*part) {
        Some(Says::Not(reason)) => Some(Says::Not(*reason)),
        _ => None,
    };
    parts.iter().find_map(holds)
}

/// Whether a word is one for drafts.
pub(crate) fn is_draft(word: &str) -> bool {
    let word = folded(word);
    DRAFT_WORDS.contains(&word)
}

/// Why what lies at a path is not for print, by the names of its folders and its own: the reason,
/// and half a sentence that begins with `it`. What a pattern names is meant.
pub(crate) fn of_path(path: &str, outright: &[String]) -> Option<(Reason, String)> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut among_stories = false;
    for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
        if !outright.contains(&folded(folder))
            && let Some((reason, what)) = of_folder(folder, among_stories)
        {
            return Some((reason, format!("it lies in `{folder}`{what}")));
        }
        among_stories |= folder == "content" || folder.trim_start_matches('_') == "posts";
    }
    of_name(name, outright)
}

fn of_folder(folder: &str, among_stories: bool) -> Option<(Reason, &'static str)> {
    let is_underscored = folder.starts_with('_');
    let name = folded(folder);
    let reason_in = |names: &[(&str, Reason)]| {
        names.iter().find(|(known, _)| *known == name).map(|(_, reason)| (*reason, ""))
    };
    if is_draft(&name) {
        return Some((Reason::Draft, ""));
    }
    let making = if is_underscored { MAKING } else { MAKING_BARE };
    if making.contains(&name.as_str()) && (is_underscored || !among_stories) {
        return Some((Reason::Hidden, ", a folder of what pages are made with"));
    }
    reason_in(FOLDERS).or_else(|| reason_in(UNDERSCORED).filter(|_| is_underscored))
}

/// Whether a folder holds no stories: those of generators.
pub(crate) fn is_foreign(folder: &str) -> bool {
    of_folder(folder, false).is_some_and(|(_, what)| !what.is_empty())
}

fn of_name(name: &str, outright: &[String]) -> Option<(Reason, String)> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.starts_with('_') && !outright.iter().any(|part| part == "_") {
        let why = "its name begins with `_`, as those of parts and drafts do";
        return Some((Reason::Hidden, why.into()));
    }
    let is_meant = |word: &str| outright.contains(&folded(word));
    let said = |word: &str, reason: Reason| Some((reason, format!("its name says `{word}`")));
    let inner = stem.split('.').skip(1);
    for part in inner.filter(|part| !is_meant(part)) {
        let word = folded(part);
        if is_draft(part) || word == "wip" {
            return said(part, Reason::Draft);
        }
        if COPIES.contains(&word.as_str()) || word.starts_with("sync-conflict") {
            return said(part, Reason::Hidden);
        }
    }
    if folded(stem).contains("conflicted-copy") {
        return said("conflicted copy", Reason::Hidden);
    }
    // A word of a title may be a draft too: only what stands out is a mark.
    let mut bracketed = stem.split(['(', '[', '{']).skip(1);
    let inside = bracketed.find_map(|rest| {
        let (inside, _) = rest.split_once([')', ']', '}'])?;
        inside.split(' ').find(|word| is_draft(word) || word.eq_ignore_ascii_case("wip"))
    });
    let has_small = stem.chars().any(char::is_lowercase);
    let shouted = stem.split(|c: char| !c.is_alphanumeric()).find(|word| {
        let loud =
            has_small && word.chars().any(char::is_uppercase) && *word == word.to_uppercase();
        (loud || *word == stem) && (is_draft(word) || *word == "WIP")
    });
    let word = inside.or(shouted).filter(|word| !is_meant(word))?;
    said(word, Reason::Draft)
}

/// The names that a pattern has, as [`of_path`] looks for them.
pub(crate) fn outright(pattern: &str) -> Vec<String> {
    let parts = pattern.split(['/', '\\', ',', '{', '}', '.', '*', '?', '[', ']', '(', ')']);
    let mut names: Vec<String> = parts.map(folded).filter(|name| !name.is_empty()).collect();
    // A pattern for names that begin with an underscore.
    if pattern.rsplit('/').next().is_some_and(|last| last.starts_with('_')) {
        names.push("_".into());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_whether_a_text_is_for_print() {
        use Reason::{Draft, Embargo, Future, Hidden};
        for (words, says) in [
            (
                "draft|Entwurf|brouillon|Borrador|bozza|rascunho|utkast|kladde|concept|szkic|ЧЕРНОВИК",
                Says::Not(Draft),
            ),
            (
                "in review|in_progress|needs edit|not ready|awaiting approval|To do|ready for review",
                Says::Not(Draft),
            ),
            (
                "Draft 2|final draft|📝 Draft|unveröffentlicht|niet gepubliceerd|non publié",
                Says::Not(Draft),
            ),
            (
                "private|trash|tiers|members only|rejected|Archived|abgelehnt|PRIVÉ|archivado",
                Says::Not(Hidden),
            ),
            ("scheduled|future|geplant|programmé", Says::Not(Future)),
            ("embargoed|under-embargo|Sperrfrist", Says::Not(Embargo)),
            (
                "published|Public|live|veröffentlicht|publié|ready for print|✅ done|final",
                Says::Printed,
            ),
        ] {
            for word in words.split('|') {
                assert_eq!(of_status(word), Some(says), "{word}");
            }
        }
        for word in ["seedling", "", "Maine", "🌱", "number nine"] {
            assert_eq!(of_status(word), None, "{word}");
        }
    }

    #[test]
    fn names_of_folders_and_files_tell_too() {
        use Reason::{Draft, Embargo, Future, Hidden};
        for (path, reason) in [
            ("_drafts/a.md", Draft),
            ("Drafts/a.md", Draft),
            ("content/2026-11-24/drafts/a.md", Draft),
            ("_draft/a.md", Draft),
            ("Entwürfe/a.md", Draft),
            ("posts/_unpublished/a.md", Draft),
            ("WIP/a.md", Draft),
            ("_private/a.md", Hidden),
            ("Trash/a.md", Hidden),
            ("embargoed/a.md", Embargo),
            ("_scheduled/a.md", Future),
            ("_layouts/post.md", Hidden),
            ("src/_includes/a.md", Hidden),
            ("_templates/a.md", Hidden),
            ("Templates/daily.md", Hidden),
            ("archetypes/default.md", Hidden),
            ("themes/plain/content/a.md", Hidden),
            ("posts/weir.draft.md", Draft),
            ("posts/weir.DRAFT.en.md", Draft),
            ("posts/DRAFT-weir.md", Draft),
            ("posts/The weir (draft).md", Draft),
            ("posts/[WIP] The weir.md", Draft),
            ("posts/_weir.md", Hidden),
            ("posts/weir.bak.md", Hidden),
            ("posts/weir (Ann's conflicted copy 2026-11-24).md", Hidden),
        ] {
            assert_eq!(of_path(path, &[]).map(|(reason, _)| reason), Some(reason), "{path}");
        }
        for path in [
            "posts/weir.md",
            "posts/2026-11-24-the-draft-budget.md",
            "posts/draft-horses.md",
            "sport/THE-NHL-DRAFT.md",
            "draft-horses/a.md",
            "private/a.md",
            "archive/a.md",
            "content/2026-11-24/themes/a.md",
            "_posts/a.md",
            "_news/a.md",
            "posts/v1.2.md",
            "posts/The weir (review, in pictures).md",
        ] {
            assert_eq!(of_path(path, &[]), None, "{path}");
        }
    }

    #[test]
    fn what_a_pattern_names_is_meant() {
        for (pattern, path, is_meant) in [
            ("drafts/*.md", "drafts/a.md", true),
            ("Drafts/**/*.md", "Drafts/x/a.md", true),
            ("{drafts,posts}/*.md", "drafts/a.md", true),
            ("posts/*.draft.md", "posts/a.draft.md", true),
            ("posts/_*.md", "posts/_a.md", true),
            ("drafts/**/*.md", "drafts/_private/a.md", false),
            ("**/*.md", "drafts/a.md", false),
        ] {
            assert_eq!(of_path(path, &outright(pattern)).is_none(), is_meant, "{pattern} {path}");
        }
    }
}
