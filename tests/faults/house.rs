//! The code keeps to the order of the tables in docs/architecture.md: what stands in a row uses only
//! what stands above it. Read from the `use`s and the paths of the code itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The most files that may use each other in a circle, within `content` and `makeup`.
const CIRCLE: usize = 3;

/// The sources by their modules: `content::syntax::scope`. The library's own root is the empty name.
type Sources = BTreeMap<String, String>;

/// The entries of a table, in its order, as modules.
type Rows = Vec<String>;

/// The code of a file without comments, texts and tests, as long as the file.
fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let blank = |part: &str| -> String {
        part.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
    };
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let raw = rest.trim_start_matches('b').strip_prefix('r').filter(|rest| {
            rest.trim_start_matches('#').starts_with('"') && !out.ends_with(char::is_alphanumeric)
        });
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = raw {
            let hashes = raw.len() - raw.trim_start_matches('#').len();
            let before = rest.len() - raw.len() + hashes + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            before + rest[before..].find(&close).unwrap_or(0) + close.len()
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if c == '\'' {
            // A letter between marks; a lifetime has no second one.
            let mut letters = rest[1..].char_indices();
            let first = letters.next().map(|(_, c)| c);
            let close = rest[1..].char_indices().skip(1).find(|(_, c)| *c == '\'');
            match (first, close) {
                (Some('\\'), Some((end, _))) if end < 12 => end + 2,
                (Some(letter), Some((end, _))) if end == letter.len_utf8() => end + 2,
                _ => 0,
            }
        } else {
            0
        };
        if length > 0 {
            out.push_str(&blank(&rest[..length]));
            at += length;
        } else {
            out.push(c);
            at += c.len_utf8();
        }
    }
    // Tests at the foot of a file may use what they like.
    let end = out.find("#[cfg(test)]\nmod tests {").unwrap_or(out.len());
    out.truncate(end);
    out
}

/// The paths of a tree of `use`, and the name that each is known by.
fn expand(tree: &str, before: &[String], out: &mut Vec<(Vec<String>, String)>) {
    let tree = tree.trim();
    if tree.is_empty() {
        return;
    }
    if let Some((path, group)) = tree.split_once('{') {
        let mut before = before.to_vec();
        before
            .extend(path.split("::").map(|part| part.trim().to_owned()).filter(|p| !p.is_empty()));
        let group = &group[..group.rfind('}').unwrap()];
        let (mut depth, mut from) = (0, 0);
        for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    expand(&group[from..at], &before, out);
                    from = (at + 1).min(group.len());
                }
                _ => {}
            }
        }
        return;
    }
    let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
    let mut whole = before.to_vec();
    whole.extend(path.split("::").map(|part| part.trim().to_owned()).filter(|part| part != "self"));
    let name = whole.last().cloned().unwrap_or_default();
    out.push((whole, if alias.is_empty() { name } else { alias.trim().to_owned() }));
}

/// A path from the library's root; none where it is another crate's.
fn absolute(module: &str, path: &[String], all: &Sources) -> Option<Vec<String>> {
    let own: Vec<String> = module.split("::").filter(|p| !p.is_empty()).map(Into::into).collect();
    match path.first()?.as_str() {
        "crate" | "stonehand" => Some(path[1..].to_vec()),
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let above = own.len().checked_sub(ups)?;
            Some([&own[..above], &path[ups..]].concat())
        }
        child => {
            let whole = [own.as_slice(), &[child.to_owned()]].concat().join("::");
            all.contains_key(&whole).then(|| [own.as_slice(), path].concat())
        }
    }
}

/// The files that each file uses.
fn uses(sources: &Sources) -> BTreeMap<String, BTreeSet<String>> {
    let codes: Sources = sources.iter().map(|(name, text)| (name.clone(), code(text))).collect();
    let mut named: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut paths: Vec<(String, Vec<String>)> = vec![];
    for (module, code) in &codes {
        let mut rest = code.clone();
        let mut from = 0;
        while let Some(found) = rest[from..].find("use ") {
            let at = from + found;
            from = at + 4;
            let before = rest[..at].lines().next_back().unwrap_or_default().trim().to_owned();
            if rest[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                || !(before.is_empty() || before.starts_with("pub"))
            {
                continue;
            }
            let Some(end) = rest[at..].find(';').map(|end| at + end) else { break };
            let mut all = vec![];
            expand(&rest[at + 4..end].replace('\n', " "), &[], &mut all);
            for (path, name) in all {
                let Some(path) = absolute(module, &path, &codes) else { continue };
                if before.starts_with("pub") {
                    named.insert((module.clone(), name), path);
                } else {
                    paths.push((module.clone(), path));
                }
            }
            rest.replace_range(at..end, &" ".repeat(end - at));
        }
        // Paths in the code itself.
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        for word in rest.split(|c| !is_path(c)).filter(|word| word.contains("::")) {
            let path: Vec<String> =
                word.split("::").filter(|part| !part.is_empty()).map(Into::into).collect();
            if let Some(path) = absolute(module, &path, &codes) {
                paths.push((module.clone(), path));
            }
        }
    }
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, path) in paths {
        let target = file_of(&path, &codes, &named, 0);
        if target != module {
            all.entry(module).or_default().insert(target);
        }
    }
    all
}

/// The file that a path leads into, through what files name again.
fn file_of(
    path: &[String],
    all: &Sources,
    named: &BTreeMap<(String, String), Vec<String>>,
    depth: usize,
) -> String {
    let lengths = (0..=path.len()).rev();
    let module = lengths.map(|n| path[..n].join("::")).find(|name| all.contains_key(name));
    let module = module.unwrap_or_default();
    let own = module.split("::").filter(|part| !part.is_empty()).count();
    let again = path.get(own).and_then(|next| named.get(&(module.clone(), next.clone())));
    match again {
        Some(real) if depth < 8 => {
            let real = [real.as_slice(), &path[own + 1..]].concat();
            file_of(&real, all, named, depth + 1)
        }
        _ => module,
    }
}

/// Whether a module is an entry of a table, or in one.
fn is_in(module: &str, entry: &str) -> bool {
    module == entry || module.strip_prefix(entry).is_some_and(|rest| rest.starts_with("::"))
}

/// The row of a module: the entry that says most about it.
fn row_of(module: &str, rows: &Rows) -> Option<usize> {
    let fits = |at: &usize| is_in(module, &rows[*at]);
    (0..rows.len()).filter(fits).max_by_key(|at| rows[*at].len())
}

/// The circles of files: each uses all others of its own, by whatever way.
fn circles(uses: &BTreeMap<String, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let reached = |from: &String| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(next) = open.pop() {
            let new = uses.get(&next).into_iter().flatten();
            open.extend(new.filter(|new| seen.insert((*new).clone())).cloned());
        }
        seen
    };
    let reach: BTreeMap<&String, BTreeSet<String>> =
        uses.keys().map(|file| (file, reached(file))).collect();
    let mut all: Vec<BTreeSet<String>> = vec![];
    for (file, seen) in &reach {
        let back = |other: &&String| reach.get(other).is_some_and(|seen| seen.contains(*file));
        let circle: BTreeSet<String> = seen.iter().filter(back).cloned().collect();
        if circle.len() > 1 && !all.contains(&circle) {
            all.push(circle);
        }
    }
    all
}

/// What breaks the order: of the whole by `rows`, within a folder by its own table.
fn broken(sources: &Sources, rows: &Rows, rooms: &[(&str, Rows)]) -> Vec<String> {
    let uses = uses(sources);
    let mut said = vec![];
    for name in sources.keys().filter(|name| !name.is_empty()) {
        if row_of(name, rows).is_none() {
            said.push(format!("no row for {name}"));
        }
        for (folder, own) in rooms {
            if is_in(name, folder) && name != folder && row_of(name, own).is_none() {
                said.push(format!("no row of {folder} for {name}"));
            }
        }
    }
    for (file, targets) in &uses {
        for target in targets {
            let mut tables = rooms.iter().filter(|(folder, _)| {
                file != folder && is_in(file, folder) && is_in(target, folder)
            });
            let table = tables.next().map_or(rows, |(_, own)| own);
            match (row_of(file, table), row_of(target, table)) {
                (Some(from), Some(to)) if to > from => {
                    said.push(format!("{file} uses {target}, which stands below it"));
                }
                // A folder's root names what is in its rooms.
                (Some(_), None) => said.push(format!("{file} uses {target} and names no room")),
                _ => {}
            }
        }
    }
    let inside = |file: &String| rooms.iter().any(|(folder, _)| is_in(file, folder));
    for circle in circles(&uses).into_iter().filter(|all| all.len() > CIRCLE) {
        if circle.iter().all(inside) {
            said.push(format!("a circle of {}: {circle:?}", circle.len()));
        }
    }
    said
}

/// The sources of the library and the program, without tests.
fn sources() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Sources::new();
    for entry in walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap) {
        let path = entry.path();
        let shown = path.strip_prefix(&root).unwrap().with_extension("");
        let mut parts: Vec<String> =
            shown.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        let is_test = parts.iter().any(|part| part == "tests" || part.ends_with("_tests"));
        if is_test || path.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
            parts.pop();
        }
        all.insert(parts.join("::"), fs::read_to_string(path).unwrap());
    }
    let of_tests: Vec<String> = all
        .iter()
        .flat_map(|(name, text)| {
            let declared = text.split("#[cfg(test)]\n").skip(1);
            let declared = declared.filter_map(|rest| rest.split_once("mod ")?.1.split_once(';'));
            declared.map(move |(child, _)| format!("{name}::{child}"))
        })
        .collect();
    all.retain(|name, _| !of_tests.iter().any(|test| is_in(name, test)));
    all
}

/// The entries of the table below a heading, within a folder.
fn table(text: &str, heading: &str, folder: &str) -> Rows {
    let (_, below) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let lines = below.lines().skip_while(|line| !line.starts_with("| Entry"));
    let lines = lines.take_while(|line| line.starts_with('|'));
    let entries = lines.filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0));
    let module = |entry: &str| entry.trim_end_matches(".rs").replace('/', "::");
    let within = |entry: &str| match folder {
        "" => module(entry),
        _ => format!("{folder}::{}", module(entry)),
    };
    entries.map(within).collect()
}

#[test]
fn nothing_uses_what_stands_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    let rows = table(&text, "The modules", "");
    let rooms = [
        ("content", table(&text, "Content", "content")),
        ("makeup", table(&text, "Make-up", "makeup")),
    ];
    let sources = sources();
    assert!(sources.len() > 200 && rows.len() > 15, "{} files, {rows:?}", sources.len());
    assert_eq!(broken(&sources, &rows, &rooms), Vec::<String>::new());
    // Each way to break the order is found.
    let planted = |file: &str, line: &str, said: &str| {
        let mut sources = sources.clone();
        sources.entry(file.to_owned()).or_default().insert_str(0, line);
        let found = broken(&sources, &rows, &rooms);
        assert!(found.iter().any(|one| one.contains(said)), "{line} in {file}: {found:?}");
    };
    let back = |file: &str, line: &str, target: &str| {
        planted(file, line, &format!("{file} uses {target}, which stands below it"));
    };
    back("grid", "use crate::web::jsonld;\n", "web::jsonld");
    back("makeup::limits", "use super::edition::price;\n", "makeup::edition::price");
    back("content::syntax::scope", "use crate::content::story::known;\n", "content::story::known");
    // Through a name that a folder gives it again, and by a path alone.
    back("content::dates", "use crate::content::{open};\n", "content::edition");
    back("typeset", "fn a() { crate::build::furnish::b() }\n", "build::furnish");
    planted("printer::ink", "", "no row for printer::ink");
    planted("content::ink::a", "", "no row of content for content::ink::a");
    let mut circle = sources.clone();
    for (file, next) in [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")] {
        let name = format!("makeup::page::{file}");
        circle.insert(name, format!("use super::{next};\n"));
    }
    let found = broken(&circle, &rows, &rooms);
    assert!(found.iter().any(|one| one.starts_with("a circle of 4")), "{found:?}");
}
