//! No weight of the make-up stands bare: each has its name and its reason in `cost.rs`, `effort.rs`
//! or `limits.rs`.
//!
//! Counted are numbers of the code outside these: of floats all but 0, a half (`/ 2.0`) and 1 where
//! it is the whole of something (`.max(1.0)`, `1.0 - share`); of whole numbers all above 2 that
//! stand in no `const`. Where a `const` is a float, it is a weight that is in the wrong file.

use std::fs;
use std::path::Path;

/// The files that are made of numbers, and those of tests.
const FREE: [&str; 5] = ["cost.rs", "effort.rs", "limits.rs", "seeded.rs", "tests.rs"];

/// What else may stand, with its reason.
const ALLOWED: [(&str, &str, &str); 7] = [
    ("edition/sacrifices.rs", "say(Sacrifice::Picture, 1.0)", "a count"),
    ("edition/sacrifices.rs", "say(Sacrifice::Deck, 1.0)", "a count"),
    ("editor/wishes.rs", "say(Sacrifice::PinJump, 1.0)", "a count"),
    ("editor/wishes.rs", "say(Sacrifice::PinPosition, 1.0)", "a count"),
    ("shape/crops.rs", "(1.0 + keep) / 2.0", "the mean of the whole and a part"),
    ("shape/crops.rs", "r += 1.0;", "the next row"),
    ("edition/repair.rs", "if ends { 1.0 }", "a factor that changes nothing"),
];

/// What may stand behind a number for its type.
const SUFFIXES: [&str; 9] = ["usize", "u8", "u16", "u32", "u64", "i32", "i64", "f32", "f64"];

/// A number of some code: how it is written, and what stands before and behind it.
struct Number<'a> {
    text: &'a str,
    before: &'a str,
    behind: &'a str,
}

/// The numbers of a line without strings and comments. Those that are part of a name, of a range
/// or of a tuple's field are none.
fn numbers(line: &str) -> Vec<Number<'_>> {
    let bytes = line.as_bytes();
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut found = vec![];
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            // A name is passed over with the digits in it, and so is a field of a tuple.
            let dots = |at: usize| bytes.get(at) == Some(&b'.');
            let field = dots(at) && !dots(at + 1) && !(at > 0 && dots(at - 1));
            let name = part(bytes[at]) || field;
            at += 1;
            while name && at < bytes.len() && part(bytes[at]) {
                at += 1;
            }
            continue;
        }
        let start = at;
        let float = |at: usize| {
            bytes[at] == b'.' && bytes.get(at + 1).is_some_and(|next| next.is_ascii_digit())
        };
        while at < bytes.len() && (part(bytes[at]) || float(at)) {
            at += 1;
        }
        let (before, behind) = (line[..start].trim_end(), line[at..].trim_start());
        found.push(Number { text: &line[start..at], before, behind });
    }
    found
}

/// Whether a number needs a name.
fn is_bare(number: &Number, in_const: bool) -> bool {
    let Number { text, before, behind } = number;
    let plain = text.replace('_', "");
    let kind = SUFFIXES.iter().find(|kind| plain.ends_with(**kind)).copied().unwrap_or_default();
    let digits = &plain[..plain.len() - kind.len()];
    let float = digits.contains('.') || kind.starts_with('f');
    // What is no plain number is in another base.
    let Ok(value) = digits.parse::<f64>() else { return !in_const };
    if !float {
        return value > 2.0 && !in_const;
    }
    let whole = [".max(", ".min(", ",", "-", "<=", ">=", "<", ">", "else {"];
    let is_whole = !before.ends_with("=>") && whole.iter().any(|sign| before.ends_with(sign))
        || ["-", "/"].iter().any(|sign| behind.starts_with(sign));
    !(value == 0.0 || (value == 1.0 && is_whole) || (value == 2.0 && before.ends_with('/')))
}

/// The code of a line: no comment, and nothing between quotation marks.
fn code(line: &str) -> String {
    let line = line.split("//").next().unwrap_or_default();
    line.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

/// The bare numbers of a file, each with its line.
fn bare(name: &str, text: &str) -> Vec<String> {
    let mut found = vec![];
    let mut in_const = false;
    let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    for (at, line) in (1..).zip(lines) {
        let code = code(line);
        in_const |= code.trim_start().trim_start_matches("pub(crate) ").starts_with("const ");
        let allowed = ALLOWED.iter().any(|(file, part, _)| *file == name && line.contains(part));
        if !allowed && numbers(&code).iter().any(|number| is_bare(number, in_const)) {
            found.push(format!("{name}:{at}: {}", line.trim()));
        }
        in_const &= !code.trim_end().ends_with(';');
    }
    found
}

#[test]
fn no_weight_of_the_make_up_stands_bare() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/makeup");
    let mut found = vec![];
    let mut read = 0;
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap)
    {
        let path = entry.path();
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
        if name.ends_with(".rs") && !FREE.contains(&name.as_str()) {
            found.extend(bare(&name, &fs::read_to_string(path).unwrap()));
            read += 1;
        }
    }
    assert!(read > 30, "{read} files were read");
    assert_eq!(found, Vec::<String>::new(), "numbers without a name");
}

#[test]
fn a_bare_weight_is_found() {
    for line in [
        "    cost += 0.7;",
        "    cost += 1.0;",
        "    Some(d) => 1.0,",
        "    let cost = 3f32 * rows;",
        "    if rows > 40 {",
        "    for k in 0..40 {",
        "    [0, 2, 3].map(|scheme| ask(scheme))",
        "const TIMID: f32 = 2.0;",
        "    return 2.0;",
    ] {
        assert_eq!(bare("page/judge.rs", line).len(), 1, "{line}");
    }
    for line in [
        "    cost += art::UNALIGNED;",
        "    let share = 1.0 - part / whole.max(1.0);",
        "    let centre = r.3 / 2.0;",
        "    let u8 = seen[0].rect.3 + x1;",
        "    for k in 0..2 {",
        "const RANKS: u8 = 6;",
        "    // A head of 24 points costs 0.5.",
        "    say(\"rows 7 to 70\");",
    ] {
        assert_eq!(bare("page/judge.rs", line), Vec::<String>::new(), "{line}");
    }
}
