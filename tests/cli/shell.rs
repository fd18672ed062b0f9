//! Completions and man pages: they know all that `--help` knows.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use super::{Paper, Ran};

/// A paper, since each run of the program has a folder of its own.
fn run(args: &[&str]) -> Ran {
    Paper::with(&[]).run(args)
}

/// The program's commands, as its help lists them.
fn commands() -> BTreeSet<String> {
    let help = run(&["--help"]).code(0).out;
    let (_, below) = help.split_once("Commands:\n").unwrap();
    let list = below.lines().take_while(|line| !line.is_empty());
    // A command stands further left than what is said of it.
    let heads = list.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    heads.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

/// The long options that a command's help lists.
fn options(help: &str) -> BTreeSet<String> {
    let (_, below) = help.split_once("Options:\n").unwrap();
    let heads = below.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let words = heads.flat_map(|line| line.split([' ', ',', '[', '=']));
    words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
}

/// The words of a man page as they are read.
fn plain(page: &str) -> String {
    page.replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
}

#[test]
fn completions_know_every_command_and_option() {
    let commands = commands();
    assert!(commands.contains("build") && commands.contains("completions"), "{commands:?}");
    let help = run(&["build", "--help"]).code(0).out;
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = run(&["completions", shell]).code(0).out;
        let words: BTreeSet<&str> =
            script.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        for command in &commands {
            assert!(words.contains(command.as_str()), "{shell}: no {command}");
        }
        for option in options(&help) {
            // Fish leaves out the dashes.
            let bare = option.trim_start_matches('-');
            assert!(words.contains(option.as_str()) || words.contains(bare), "{shell}: {option}");
        }
        assert!(!words.contains("no-such-option"));
    }
}

#[test]
fn bash_reads_its_completions_and_gives_the_commands() {
    if Command::new("bash").arg("--version").stdout(Stdio::null()).status().is_err() {
        return;
    }
    let paper = Paper::with(&[]);
    paper.write("complete", paper.run(&["completions", "bash"]).code(0).out);
    let complete = |words: &str, at: usize| {
        let script = format!(
            "source complete && COMP_WORDS=({words}) COMP_CWORD={at} && \
             _stonehand stonehand \"${{COMP_WORDS[{at}]}}\" \"${{COMP_WORDS[{at} - 1]}}\" && printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        let ran = bash.args(["-c", &script]).current_dir(paper.at(".")).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    };
    assert_eq!(complete("stonehand bui", 1).trim(), "build");
    assert_eq!(complete("stonehand build --keep", 2).trim(), "--keep-going");
    let outputs = complete("stonehand build --only \"\"", 3);
    assert!(outputs.contains("press") && outputs.contains("web"), "{outputs}");
}

#[test]
fn a_shell_that_nobody_has_is_refused() {
    let ran = run(&["completions", "abacus"]).code(2);
    assert!(ran.err.contains("zsh") && ran.err.contains("powershell"), "{}", ran.err);
}

#[test]
fn every_command_has_a_man_page_with_all_its_options() {
    let paper = Paper::with(&[]);
    paper.run(&["man", "share/man1"]).code(0);
    let pages = paper.files("share/man1");
    let names: BTreeSet<String> =
        pages.keys().map(|path| path.to_str().unwrap().to_owned()).collect();
    let mut wanted: BTreeSet<String> = commands()
        .iter()
        .filter(|name| *name != "help")
        .map(|name| format!("stonehand-{name}.1"))
        .collect();
    wanted.insert("stonehand.1".to_owned());
    assert_eq!(names, wanted);
    for (path, bytes) in &pages {
        let page = plain(std::str::from_utf8(bytes).unwrap());
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(page.contains(&format!(".TH {stem} 1")), "{stem} has no head");
        let Some(command) = stem.strip_prefix("stonehand-") else { continue };
        let help = paper.run(&[command, "--help"]).code(0).out;
        for option in options(&help) {
            assert!(page.contains(&option), "{stem} says nothing of {option}");
        }
    }
    // The pages are the same whenever they are written: packages are compared byte by byte.
    paper.run(&["man", "again"]).code(0);
    assert_eq!(paper.files("again"), pages);
}

#[test]
fn man_pages_that_cannot_be_written_are_told() {
    let paper = Paper::with(&[("share", "A file stands where the folder should.")]);
    let ran = paper.run(&["man", "share"]).code(1);
    assert!(ran.err.contains("share"), "{}", ran.err);
}
