//! The words with which people and programs say whether a text may be printed. Add a word of
//! another language or program to its list.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use icu::normalizer::DecomposingNormalizerBorrowed;

use crate::content::model::left_out::Reason;

/// Words for a draft, in singular and plural, in the languages that pages are printed in and in
/// others that many people write.
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

/// Other words for a text that is not ready.
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

/// Words for a text that is not public, or not any more.
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

/// Words for a text whose time has not come.
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

/// Words for a text under embargo.
const EMBARGOED: &[&str] = &["embargo", "embargoed", "gesperrt", "sperrfrist"];

/// Words for a text that may be printed.
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

/// The first words of phrases that say that something is still to be done or that the text must
/// wait.
const NOT_YET: &[&str] = &[
    "not", "no", "non", "nicht", "niet", "nao", "ej", "inte", "ikke", "needs", "need", "needing",
    "awaiting", "waiting", "pending", "under", "in", "to", "for", "ready", "wartet", "em", "en",
];

/// What a word says about a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// It may be printed.
    Printed,
    /// It must not be printed, for this reason.
    Not(Reason),
}

/// The words of all lists, folded.
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

/// The words for a draft, folded.
static DRAFT_WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| DRAFTS.iter().map(|word| folded(word)).collect());

/// A word folded for comparison: in small letters, without accents, with hyphens between its parts
/// and no punctuation.
pub(super) fn folded(word: &str) -> String {
    let bare = DecomposingNormalizerBorrowed::new_nfd().normalize(word.trim());
    let bare = bare.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
    let joined: String = bare
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    let parts: Vec<&str> = joined.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// What a word or phrase of a status says; `None` if it is not known.
pub(crate) fn of_status(text: &str) -> Option<Says> {
    let whole = folded(text);
    if let Some(says) = WORDS.get(&whole) {
        return Some(*says);
    }
    let parts: Vec<&str> = whole.split('-').collect();
    let (first, rest) = parts.split_first()?;
    // `final-draft` and `draft-2` are still drafts.
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

/// Whether this is a word for a draft.
pub(crate) fn is_draft(word: &str) -> bool {
    let word = folded(word);
    DRAFT_WORDS.contains(&word)
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
}
