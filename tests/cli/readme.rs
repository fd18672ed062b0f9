//! The commands that README and `--help` show are true of the demo: each runs on a copy of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::demo;

const README: &str = include_str!("../../README.md");

/// A post of a site that another generator makes.
const POST: &str = "---\nlayout: post\ntitle: The weir is mended\n---\nThe weir was mended.\n";

/// The blocks of commands in a text.
fn blocks(text: &str) -> Vec<Vec<&str>> {
    let blocks = text.split("```sh\n").skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap().lines().collect()).collect()
}

/// The words of a command as a shell would part them, without its remark.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (vec![], String::new(), false);
    for letter in line.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            _ => word.push(letter),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    let end = words.iter().position(|word| word.starts_with('#')).unwrap_or(words.len());
    words.truncate(end);
    words
}

/// The examples at the end of a command's help.
fn examples(help: &str) -> Vec<&str> {
    let (_, below) = help.split_once("Examples:\n").unwrap_or_default();
    below.lines().map(str::trim).filter(|line| line.starts_with("stonehand ")).collect()
}

/// Holds what the README shows of a check against what is said: each line but those that stand
/// for others.
fn shown(said: &str) {
    let (_, block) = README.split_once("```text\n").unwrap();
    let block = block.split("```").next().unwrap();
    for line in block.lines().filter(|line| line.trim() != "…") {
        assert!(said.lines().any(|one| one == line), "the check doesn't say: {line}\n{said}");
    }
}

#[test]
fn the_commands_of_the_readme_run_on_the_demo() {
    let paper = demo();
    paper.write("my-site/_posts/2026/2026-11-20-weir.md", POST);
    let mut done = BTreeSet::new();
    for block in blocks(README) {
        let mut folder = String::from(".");
        for line in block {
            let words = words(line);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            match words.as_slice() {
                // Compiling takes too long here, and packages are installed by `.ci/installs`.
                ["cargo", ..] | ["pip", "install", ..] => {}
                ["cd", into] => folder = (*into).to_owned(),
                // A server that is asked for its help has understood its arguments.
                ["stonehand", "serve", rest @ ..] => {
                    paper.run(&[&["serve"], rest, &["--help"]].concat()).code(0);
                }
                ["stonehand", args @ ..] => {
                    let ran = paper.run_in(&folder, args).code(0);
                    if done.insert(args[0].to_owned()) && args == ["check"] {
                        shown(&ran.out);
                    }
                }
                other => panic!("{other:?} is no command that the README should show"),
            }
        }
    }
    for command in ["new", "build", "check", "hold", "kill", "swap", "lock"] {
        assert!(done.contains(command), "the README shows no `stonehand {command}`");
    }
    assert!(
        paper.at("paper/2026-11-20/edition.pdf").exists() || {
            paper.at("my-site/paper/2026-11-20/edition.pdf").exists()
        }
    );
    assert!(paper.at("our-paper/public/index.html").exists());
    // What is said beside the commands.
    let letter = "`lock 3 --alternative b`";
    assert!(README.contains(letter), "the README doesn't say how an alternative is taken");
    paper.run(&["release", "3"]).code(0);
    paper.run(&["lock", "3", "--alternative", "b"]).code(0);
}

#[test]
fn the_examples_of_the_editors_commands_run_on_the_demo() {
    let paper = demo();
    for command in ["hold", "kill"] {
        let help = paper.run(&[command, "--help"]).code(0).out;
        let examples = examples(&help);
        assert!(!examples.is_empty(), "{command} shows no example");
        for line in examples {
            let words = words(line);
            let args: Vec<&str> = words[1..].iter().map(String::as_str).collect();
            paper.run(&args).code(0);
        }
    }
    // These take a make-up each, and are run with the README.
    for command in ["swap", "lock"] {
        let help = paper.run(&[command, "--help"]).code(0).out;
        for line in examples(&help) {
            let told = line.trim_start_matches("stonehand ");
            assert!(README.contains(told), "{line}");
        }
    }
    // A command that is shown has arguments that there are.
    for command in ["build", "check", "serve", "release", "new", "schema", "man"] {
        let help = paper.run(&[command, "--help"]).code(0).out;
        for line in examples(&help) {
            let words = words(line.split('|').next().unwrap());
            let args: Vec<&str> = words[1..].iter().map(String::as_str).chain(["--help"]).collect();
            paper.run(&args).code(0);
        }
    }
}

#[test]
fn a_story_that_the_docs_name_in_a_command_is_one_of_the_demo() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stories: BTreeSet<String> = walkdir::WalkDir::new(root.join("content"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    for file in fs::read_dir(root.join("docs")).unwrap().flatten() {
        let Ok(text) = fs::read_to_string(file.path()) else { continue };
        for command in ["hold", "kill", "swap"] {
            for (at, shown) in text.match_indices(&format!("stonehand {command} ")) {
                let rest = &text[at + shown.len()..];
                let end = rest.find(['`', '\n', '#']).unwrap_or(rest.len());
                let named = rest[..end].split_whitespace().filter(|word| !word.starts_with("--"));
                for name in named.filter(|name| name.chars().all(|c| !c.is_uppercase())) {
                    assert!(stories.contains(name), "{:?}: {name}", file.path());
                }
            }
        }
    }
}

#[test]
fn the_docs_have_a_row_for_each_dependency() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    let mut wanted: Vec<String> = ["dependencies", "dev-dependencies"]
        .iter()
        .flat_map(|kind| manifest[*kind].as_table().unwrap().keys().cloned())
        .collect();
    wanted.sort();
    let page = fs::read_to_string(root.join("docs/dependencies.md")).unwrap();
    let (crates, _) = page.split_once("\n## What pulls in much\n").unwrap();
    // A family shares a row: every name in its first cell counts.
    let mut named: Vec<String> = vec![];
    for row in crates.lines().filter_map(|line| line.strip_prefix("| `")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert_eq!(cells.len(), 5, "{row}");
        named.extend(cells[0].trim_end_matches('`').split("`, `").map(str::to_owned));
    }
    named.sort();
    assert_eq!(named, wanted);
}
