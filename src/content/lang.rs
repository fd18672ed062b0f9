//! The language of a paper and of its stories, as they are written.

use crate::diag::Code;
use std::ops::Range;

use super::fields::Text;
use super::scope::Scope;
use crate::language;
use crate::words::Words;

/// The keys of a story's language.
pub(super) const KEYS: &[&str] = &["lang", "language", "locale"];

/// The language that a text means: by its tag, or by its name.
pub(super) fn meant(text: &str) -> Option<String> {
    language::read(text).map_or_else(|near| near.map(str::to_owned), Some)
}

/// The language of a story; where there is no such one, that is said, and what is most like it
/// counts, else the paper's.
pub(super) fn of_story(scope: &mut Scope<'_>, text: &str, range: Range<usize>) -> Option<String> {
    match language::read(text) {
        Ok(tag) => Some(tag),
        Err(near) => {
            let what = format!("`{text}` is not a language tag");
            let said = scope.warning(Code::BadLanguage, range, what);
            match near {
                Some(near) => said.add_hint(format!("it is read as `{near}`; write that instead")),
                None => said.add_hint("write a tag such as `de` or `pt-BR`"),
            };
            near.map(str::to_owned)
        }
    }
}

/// The language that `paper.yaml` names; that there is no such one is an error.
pub(super) fn of_paper(scope: &mut Scope<'_>, text: Text<'_>) -> Option<String> {
    let range = text.node.range.clone();
    match language::read(text.text) {
        Ok(tag) => {
            if let Some((what, hint)) = without_words(&tag) {
                scope.warning(Code::NoWords, range, what).add_hint(hint);
            }
            Some(tag)
        }
        Err(near) => {
            let what = format!("`{}` is not a language tag", text.text);
            let said = scope.error(Code::BadLanguage, range, what);
            match near {
                Some(near) => said.add_hint(format!("did you mean `{near}`?")),
                None => said.add_hint("write a tag such as `de` or `pt-BR`"),
            };
            None
        }
    }
}

/// What is to be said of a language in which pages have no words of their own.
pub(super) fn without_words(tag: &str) -> Option<(String, String)> {
    if Words::known(tag).is_some() {
        return None;
    }
    let name = language::english(tag);
    let what = format!(
        "Stonehand's own words are not translated into {name}: pages say “Continued on page” and the like in English"
    );
    let hint = format!(
        "for the web edition, write them into templates/web/words/{}.toml",
        language::primary(tag)
    );
    Some((what, hint))
}
