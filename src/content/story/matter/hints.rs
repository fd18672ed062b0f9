//! The messages and hints for front matter that can't be found or read.

use super::found::{Fences, Style, Syntax, Trouble};
use crate::content::syntax::scope::Scope;
use crate::content::syntax::slips::{json, lines_at, say_unmerged, toml, yaml};
use crate::content::syntax::tree::SyntaxError;
use crate::diag::Code;

/// Reports what is wrong with the fences of front matter.
pub(super) fn say_trouble(scope: &mut Scope<'_>, trouble: Trouble) {
    let (code, place, what, hint) = match trouble {
        Trouble::NotAlone(place) => (
            Code::BadFrontMatter,
            place,
            "the line that opens the front matter must be `---` and nothing else".to_owned(),
            "put what follows the dashes on the next line, or remove it",
        ),
        Trouble::Unclosed(place) => (
            Code::UnclosedFrontMatter,
            place,
            "the front matter that opens here is never closed".to_owned(),
            "put a line with the same three characters after its last key",
        ),
        Trouble::Language(place, name) => (
            Code::BadFrontMatter,
            place,
            format!("this front matter is written in `{name}`, which Stonehand doesn't read"),
            "write it as YAML between two lines of `---`; Stonehand never runs code in a story",
        ),
        Trouble::InCode(place) => (
            Code::BadFrontMatter,
            place,
            "the front matter stands in a code block".to_owned(),
            "remove this line, and the line of the same marks that closes the block",
        ),
        Trouble::Json(inside, error) => {
            say(scope, Syntax::Json, &inside, error);
            return;
        }
        Trouble::Doubtful(place, style) => {
            let (what, hint) = doubt(style);
            scope.warning(Code::NoFences, place, what).add_hint(hint);
            return;
        }
    };
    scope.error(code, place, what).add_hint(hint);
}

fn doubt(style: Style) -> (&'static str, &'static str) {
    match style {
        Style::Org => (
            "these lines look like the head of an Org file; they are printed as text",
            "write them as YAML between two lines of `---`, and the text in Markdown",
        ),
        Style::Colons => (
            "these lines look like the head of a reStructuredText or AsciiDoc file; they are printed as text",
            "write them as YAML between two lines of `---`, and the text in Markdown",
        ),
        Style::Plain | Style::Dotted | Style::Percent => (
            "these lines look like front matter without its lines of `---`; they are printed as text",
            "if they are keys, put a line of `---` above and below them; if they are text, begin with another line",
        ),
    }
}

/// Reports a syntax error inside front matter.
pub(super) fn say_syntax(scope: &mut Scope<'_>, fences: &Fences, error: SyntaxError) {
    say(scope, fences.syntax, &fences.inside, error);
}

fn say(scope: &mut Scope<'_>, syntax: Syntax, inside: &std::ops::Range<usize>, error: SyntaxError) {
    let source = scope.source;
    if say_unmerged(scope, inside) {
        return;
    }
    let (line, previous) = lines_at(source, inside.start, error.range.start);
    let endless = ["too many values", "too deeply", "recurs"];
    let endless = endless.iter().any(|words| error.message.contains(words));
    let (name, hint) = match syntax {
        Syntax::Yaml | Syntax::Lines(_) => ("", yaml(line, previous)),
        Syntax::Toml => ("as TOML ", toml(line, &error.message)),
        Syntax::Json | Syntax::JsonInside => {
            let before = source[inside.start..error.range.start.max(inside.start)].trim_end();
            ("as JSON ", json(line, before, &error.message))
        }
    };
    let hint = if endless {
        "simplify it: front matter should be a few lines, without deep groups and long chains of aliases"
    } else {
        hint
    };
    let what = format!("the front matter can't be read {name}: {}", error.message);
    scope.error(Code::BadFrontMatter, error.range, what.replace(" :", ":")).add_hint(hint);
}

/// Whether front matter is written in Ziggy, the language of Zine. Its keys begin with a full stop.
pub(super) fn is_ziggy(text: &str) -> bool {
    let first =
        text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("//"));
    first.and_then(|line| line.strip_prefix('.')?.split_once('=')).is_some_and(|(key, _)| {
        !key.trim().is_empty() && key.trim().chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// Reports front matter that is written in Ziggy.
pub(super) fn say_ziggy(scope: &mut Scope<'_>, inside: std::ops::Range<usize>) {
    let what =
        "this front matter is written in Ziggy, the format of Zine, which Stonehand doesn't read";
    scope.error(Code::BadFrontMatter, inside, what).add_hint(
        "write it as YAML: `title: …` for `.title = \"…\",`, and the same for its other keys",
    );
}
