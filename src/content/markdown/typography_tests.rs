use super::*;
use crate::diag::{FileNo, Span};

fn set(text: &str, lang: &str) -> String {
    set_text(text, lang)
}

#[test]
fn each_language_has_its_marks() {
    let written = r#"Ana: "We say 'harbour' here," she wrote."#;
    for (lang, quoted) in [
        ("en", "“We say ‘harbour’ here,”"),
        ("en-US", "“We say ‘harbour’ here,”"),
        ("de", "„We say ‚harbour‘ here,“"),
        ("de-AT", "„We say ‚harbour‘ here,“"),
        ("de-CH", "«We say ‹harbour› here,»"),
        ("cs", "„We say ‚harbour‘ here,“"),
        ("pl", "„We say «harbour» here,”"),
        ("fr", "«\u{202f}We say “harbour” here,\u{202f}»"),
        ("es", "«We say “harbour” here,»"),
        ("it", "«We say “harbour” here,»"),
        ("pt", "«We say “harbour” here,»"),
        ("pt-BR", "“We say ‘harbour’ here,”"),
        ("ru", "«We say „harbour“ here,»"),
        ("uk", "«We say „harbour“ here,»"),
        ("el", "«We say “harbour” here,»"),
        ("da", "»We say ›harbour‹ here,«"),
        ("sv", "”We say ’harbour’ here,”"),
        ("fi", "”We say ’harbour’ here,”"),
        ("nb", "«We say ‘harbour’ here,»"),
        ("nl", "“We say ‘harbour’ here,”"),
        ("xx", "“We say ‘harbour’ here,”"),
    ] {
        assert_eq!(set(written, lang), format!("Ana: {quoted} she wrote."), "{lang}");
    }
}

#[test]
fn marks_behind_figures_are_feet_and_inches() {
    for (written, printed) in [
        ("6\" wide and 5'10\" long. A 24\" screen.", "6″ wide and 5′10″ long. A 24″ screen."),
        ("a 2'' pipe, 3½\" thick", "a 2″ pipe, 3½″ thick"),
        ("6\"x4\" or 6\" by 4\"", "6″x4″ or 6″ by 4″"),
        ("the 6' plank", "the 6′ plank"),
        ("\"The plank is 6\" wide,\" he said.", "“The plank is 6″ wide,” he said."),
        ("\"6\" by 4\" planks,\" he said", "“6″ by 4″ planks,” he said"),
        ("\"It is 1984\" is a title", "“It is 1984” is a title"),
        ("\"I was 6\" and \"you 7\"", "“I was 6” and “you 7”"),
        ("rooms \"10\", \"11\" and \"12\"", "rooms “10”, “11” and “12”"),
        ("'It's 6' wide, isn't it?' he said", "‘It’s 6′ wide, isn’t it?’ he said"),
        ("'Catch 22' isn't 'Dune 2'", "‘Catch 22’ isn’t ‘Dune 2’"),
        ("1'000 francs in the 1990's", "1’000 francs in the 1990’s"),
    ] {
        assert_eq!(set(written, "en"), printed);
    }
}

#[test]
fn apostrophes_may_begin_words() {
    for (lang, written, printed) in [
        (
            "en",
            "rock 'n' roll, rock 'n roll, rock'n'roll",
            "rock ’n’ roll, rock ’n roll, rock’n’roll",
        ),
        ("en", "'Tis the '90s, 'cause I say so", "’Tis the ’90s, ’cause I say so"),
        ("en", "\"'Twas the dogs' bowl,\" she said", "“’Twas the dogs’ bowl,” she said"),
        ("en", "'the dogs' bowl,' she said", "‘the dogs’ bowl,’ she said"),
        ("en", "'Rock 'n' roll,' he said", "‘Rock ’n’ roll,’ he said"),
        ("en", "the class of '68", "the class of ’68"),
        ("en", "'Cause' and 'effect'", "‘Cause’ and ‘effect’"),
        ("en", "James' hat and O'Neill's", "James’ hat and O’Neill’s"),
        (
            "nl",
            "'s Avonds in 't Hof, in 's-Hertogenbosch",
            "’s Avonds in ’t Hof, in ’s-Hertogenbosch",
        ),
        ("de", "Wie geht's? 's geht. 'Ja', sagt er.", "Wie geht’s? ’s geht. ‚Ja‘, sagt er."),
        ("fr", "L'eau d'\"Aurore\"", "L’eau d’«\u{202f}Aurore\u{202f}»"),
        ("sv", "Lars' båt", "Lars’ båt"),
    ] {
        assert_eq!(set(written, lang), printed);
    }
}

#[test]
fn marks_open_and_close_by_what_is_beside_them() {
    for (written, printed) in [
        ("\"'Yes,' she said,\" he said", "“‘Yes,’ she said,” he said"),
        ("(\"a\") [\"b\"] \"c\"; \"d\"!", "(“a”) [“b”] “c”; “d”!"),
        ("He said---\"No!\"---and left", "He said—“No!”—and left"),
        ("\"Wait--\" he said", "“Wait–” he said"),
        ("\"Wait—\".", "“Wait—”."),
        ("\"...and so\" it ended...", "“…and so” it ended…"),
        ("the \"big\"/\"small\" ones, pre-\"war\"", "the “big”/“small” ones, pre-“war”"),
        ("“curled” and \"straight\"", "“curled” and “straight”"),
        ("他说\"好\"。", "他说“好”。"),
        ("see https://a.example/it's--\"x\" now", "see https://a.example/it's--\"x” now"),
    ] {
        assert_eq!(set(written, "en"), printed);
    }
    assert_eq!(
        set("Il dit \" oui \" et « non ».", "fr"),
        "Il dit «\u{202f}oui\u{202f}» et «\u{202f}non\u{202f}»."
    );
    assert_eq!(set("„Ja“, sagt er, \"nein\"", "de"), "„Ja“, sagt er, „nein“");
}

#[test]
fn dashes_and_points() {
    for (written, printed) in [
        ("1--2", "1–2"),
        ("a---b", "a—b"),
        ("well-known", "well-known"),
        ("----", "––"),
        ("-----", "—–"),
        ("------", "——"),
        ("-------", "—––"),
        ("so.... on", "so…. on"),
        ("e.g. a..b", "e.g. a..b"),
    ] {
        assert_eq!(set(written, "en"), printed);
    }
}

#[test]
fn markup_is_looked_through() {
    let run =
        |text: &str| Run { text: text.into(), span: Span { file: FileNo(0), start: 0, end: 1 } };
    let text = |t: &str| Inline::Text(run(t));
    let mut line = vec![
        text("He said "),
        Inline::Emph(vec![text("\"word\"")]),
        text(" and \""),
        Inline::Code(run("\"x\"")),
        text("\", not '"),
        Inline::Strong(vec![text("that")]),
        text("'"),
        Inline::Note(1),
        text(" \""),
        Inline::Break,
        text("\"a\""),
    ];
    Setter::for_language("en").line(&mut line);
    let mut out = String::new();
    fn show(line: &[Inline], out: &mut String) {
        for inline in line {
            match inline {
                Inline::Text(run) => out.push_str(&run.text),
                Inline::Code(run) => out.push_str(&format!("`{}`", run.text)),
                Inline::Break => out.push('|'),
                other => show(other.inner().unwrap_or_default(), out),
            }
        }
    }
    show(&line, &mut out);
    assert_eq!(out, "He said “word” and “`\"x\"`”, not ‘that’ ”|“a”");
}
