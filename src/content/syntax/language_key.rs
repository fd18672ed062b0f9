//! Reads the language of a paper and of a story, and reports languages that don't exist.

use crate::diag::Code;
use std::ops::Range;

use super::fields::Text;
use super::scope::Scope;
use crate::language;
use crate::words::Words;

/// The keys under which a story gives its language.
pub(crate) const KEYS: &[&str] = &["lang", "language", "locale"];

/// The language that a text means, by its tag or its name.
pub(crate) fn meant(text: &str) -> Option<String> {
    language::read(text).map_or_else(|near| near.map(str::to_owned), Some)
}

/// The language of a story. An unknown tag is a warning: the most similar language counts, or else
/// the paper's.
pub(crate) fn of_story(scope: &mut Scope<'_>, text: &str, range: Range<usize>) -> Option<String> {
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

/// The language of `paper.yaml`. An unknown tag is an error.
pub(crate) fn of_paper(scope: &mut Scope<'_>, text: Text<'_>) -> Option<String> {
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

/// A message and a hint for a language that Stonehand has no words in; `None` if it has some.
pub(crate) fn without_words(tag: &str) -> Option<(String, String)> {
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
