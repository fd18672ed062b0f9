//! Sweeps: whole kinds of input, in every theme and format. None may come out otherwise than
//! planned; a story that had to be set again counts as a fault, and so do texts that touch.
//!
//! Without more said, each sweep takes a sample. `STONEHAND_SWEEP=N` throws N random small editions,
//! and as many letters as there are; with `STONEHAND_CORPUS=FOLDER`, N / 5 editions are drawn from
//! the real stories in it, and every language of its folder `world` is set.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use stonehand::build::document;
use stonehand::content::Reason;
use stonehand::diag::Severity;
use stonehand::export::LeftOutReason;
use stonehand::grid::{Grid, Sheet};
use stonehand::typeset::{Theme, covers};

use crate::common::Job;

const FORMATS: &[&str] = &["broadsheet", "berliner", "tabloid", "a3", "a4", "letter"];
const DAY: &str = "content/2026-11-24";

/// Numbers that look random and are the same at every run (Lehmer's generator, 48271 mod 2^31 - 1).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0 * 48271 % 2_147_483_647;
        (self.0 % end as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

fn asked() -> Option<usize> {
    std::env::var("STONEHAND_SWEEP").ok()?.parse().ok()
}

/// A paper's folder with these stories.
fn paper(settings: &str, stories: &[String]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join(DAY)).unwrap();
    fs::write(folder.path().join("paper.yaml"), settings).unwrap();
    for (number, story) in stories.iter().enumerate() {
        fs::write(folder.path().join(DAY).join(format!("s{number:02}.md")), story).unwrap();
    }
    folder
}

/// What comes out otherwise than planned in some looks: a line a fault.
fn faults(folder: &Path, name: &str, looks: &[(&str, &str)]) -> Vec<String> {
    let mut found = vec![];
    for (format, theme) in looks {
        let (job, _, said) = Job::read(folder, &[], &[]);
        let Some(mut job) = job else {
            found.push(format!("{name}: no edition: {said:?}"));
            continue;
        };
        job.theme = Theme::load(theme, &[]).unwrap();
        job.grid = Grid::of(&Sheet::named(format).unwrap(), job.theme.contract.row);
        let mut edition = job.edition.clone();
        let press = stonehand::build::Press { keep_going: true, ..job.press() };
        let errors = said.iter().filter(|one| one.severity == Severity::Error);
        found.extend(errors.map(|one| format!("{name}: is not read: {}", one.message)));
        let mut left_out = vec![];
        let diagnostics = match document(&mut edition, &mut left_out, &press) {
            Ok((planned, _)) => planned.diagnostics,
            Err(errors) => errors,
        };
        let lost =
            left_out.iter().filter(|left| left.reason != LeftOutReason::Read(Reason::Broken));
        found.extend(lost.map(|left| {
            let text = fs::read_to_string(folder.join(format!("{}.md", left.story)));
            let head = text.unwrap_or_default().lines().nth(1).unwrap_or_default().to_string();
            format!("{name}: without {} ({head}): {}", left.story, left.reason)
        }));
        let ours = ["set-again", "page-differs-from-plan", "overprint", "typeset", "pdf"];
        for one in diagnostics.iter().filter(|one| ours.contains(&one.code.as_str())) {
            found.push(format!("{name}, {format}, {theme}: {}: {}", one.code, one.message));
        }
    }
    comemo::evict(1);
    found
}

fn all_looks() -> Vec<(&'static str, &'static str)> {
    FORMATS.iter().flat_map(|format| Theme::names().into_iter().map(|t| (*format, t))).collect()
}

fn hold(found: &[String]) {
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// Letters and their capitals, and letters with marks of their own, by script.
fn letters() -> Vec<String> {
    let ranges = [
        0x41..0x250u32, // Latin
        0x250..0x2b0,   // phonetic
        0x1e00..0x1f00, // with marks
        0x2c60..0x2c80,
        0xa722..0xa800,
        0xab30..0xab66,
        0x370..0x400, // Greek
        0x1f00..0x2000,
        0x400..0x530, // Cyrillic
        0x1c80..0x1c89,
        0xa640..0xa69e,
    ];
    let single = ranges.into_iter().flatten().filter_map(char::from_u32);
    let mut all: Vec<String> =
        single.filter(|c| c.is_alphabetic() && covers(*c)).map(String::from).collect();
    let marks = [
        '\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{304}', '\u{306}', '\u{308}', '\u{30a}',
        '\u{30c}', '\u{31b}', '\u{323}', '\u{327}', '\u{328}',
    ];
    for base in "AEIOUYaeiouydgkLlnRrSsTtzΑαЕеИи".chars() {
        all.extend(marks.iter().map(|mark| format!("{base}{mark}")));
    }
    for base in ['u', 'U', 'a', 'O', 'e'] {
        for (low, high) in [
            ('\u{308}', '\u{301}'),
            ('\u{302}', '\u{301}'),
            ('\u{302}', '\u{309}'),
            ('\u{323}', '\u{302}'),
        ] {
            all.push(format!("{base}{low}{high}"));
        }
    }
    all
}

/// A story that has some letters in every role.
fn with_letters(letters: &[String], priority: usize) -> String {
    let words: Vec<String> = letters.chunks(6).map(<[String]>::concat).collect();
    let (line, glued) = (words.join(" "), letters[..letters.len().min(7)].concat());
    format!(
        "---\nheadline: The {line} bridge\nheadlines: {{short: \"{glued} bridge\"}}\n\
         kicker: {glued} news\nstandfirst: Of {line} it is said.\nauthors: [Ann {glued}]\n\
         dateline: {glued}mouth\npriority: {priority}\npull_quotes:\n  - {{text: \"We said {line}\", by: {glued}}}\n\
         facts:\n  title: {glued} in figures\n  items: [\"{line}\", \"{glued}\"]\n\
         corrections: [\"It was {glued}.\"]\n---\n\
         {line} was said, and **{line}** and *{line}* and ***{line}*** and `{line}` too.[^1] {}\n\n\
         ## {line}\n\n- {line}\n- {glued}\n\n> {line}\n\n```\n{line}\n```\n\n\
         | {glued} | {glued} |\n|---|---|\n| {glued} | *{line}* |\n\n{line} ends it.\n\n[^1]: {line}\n",
        "The council met and nobody knew why it had. ".repeat(6),
    )
}

#[test]
fn every_letter_in_every_role() {
    let all = letters();
    let every = if asked().is_some() { 1 } else { 9 };
    let papers: Vec<_> = all.chunks(24 * 8).enumerate().step_by(every).collect();
    let found: Vec<String> = papers
        .par_iter()
        .flat_map(|(number, letters)| {
            let stories: Vec<String> = letters
                .chunks(24)
                .enumerate()
                .map(|(at, some)| with_letters(some, 1 + (at + number) % 9))
                .collect();
            let folder = paper("name: The Echo\n", &stories);
            faults(folder.path(), &format!("letters {}", letters.concat()), &all_looks())
        })
        .collect();
    println!("{} letters in {} papers, {} looks each", all.len(), papers.len(), all_looks().len());
    hold(&found);
}

/// Words of a language that nobody speaks, and what stands between words.
fn notice(draw: &mut Draw, words: usize) -> String {
    const SYLLABLES: &[&str] = &[
        "ka", "ri", "to", "men", "quay", "ster", "ing", "bridge", "ol", "é", "ün", "tion", "w",
        "st", "harbour", "a", "in", "the", "Mac", "sch", "ô", "ly",
    ];
    const BETWEEN: &[&str] = &[
        " ", " ", " ", " ", " ", " ", ", ", ". ", "-", " – ", "; ", " (", ") ", "/", "’s ", "\n",
        "… ",
    ];
    let mut out = String::new();
    for at in 0..words {
        let mut word: String = (0..1 + draw.below(4)).map(|_| *draw.of(SYLLABLES)).collect();
        if at == 0 || draw.below(9) == 0 {
            let first: String = word.chars().take(1).flat_map(char::to_uppercase).collect();
            word = first + &word.chars().skip(1).collect::<String>();
        }
        match draw.below(40) {
            0 => word = format!("**{word}**"),
            1 => word = format!("*{word}*"),
            2 => word = format!("`{word}`"),
            3 => word = format!("“{word}”"),
            4 => word = format!("{}", draw.below(30_000)),
            5 => word = format!("https://{word}.example/{word}"),
            _ => {}
        }
        out.push_str(&word);
        let between: &str = if at + 1 == words { "." } else { draw.of::<&str>(BETWEEN) };
        out.push_str(between);
    }
    out
}

fn small(seed: usize) -> Vec<String> {
    let mut draw = Draw(seed as u64 + 1);
    draw.below(9);
    let count = 1 + draw.below(6);
    let story = |_| {
        let long = [1, 5, 15, 40, 70, 100, 150];
        let most = *draw.of(&long);
        let (head, text) = (1 + draw.below(9), 1 + draw.below(most));
        let mut front =
            format!("headline: \"{}\"\n", notice(&mut draw, head).replace(['\n', '"'], " "));
        if draw.below(3) == 0 {
            front += &format!("kicker: \"{}\"\n", notice(&mut draw, 2).replace(['\n', '"'], " "));
        }
        if draw.below(4) == 0 {
            front +=
                &format!("standfirst: \"{}\"\n", notice(&mut draw, 14).replace(['\n', '"'], " "));
        }
        if draw.below(4) == 0 {
            front += "authors: [Ann Bell]\n";
        }
        if draw.below(5) == 0 {
            front += "dateline: Tarrowmouth\n";
        }
        if draw.below(8) == 0 {
            front += "print: {brief: true}\n";
        }
        let mut body = notice(&mut draw, text);
        match draw.below(12) {
            0 => body += "\n\n- one\n- two and more of it\n",
            1 => body = format!("## {}\n\n{body}", notice(&mut draw, 3).replace('\n', " ")),
            2 => body += "\n\n| a | b |\n|---|---|\n| 1 | 2–1 |\n",
            3 => body += "[^1]\n\n[^1]: A note.\n",
            4 => body = format!("> {}\n\n{body}", notice(&mut draw, 9).replace('\n', " ")),
            _ => {}
        }
        format!("---\n{front}---\n{body}\n")
    };
    (0..count).map(story).collect()
}

#[test]
fn small_editions() {
    let count = asked().unwrap_or(36);
    let done = AtomicUsize::new(0);
    let looks = all_looks();
    let found: Vec<String> = (0..count)
        .into_par_iter()
        .flat_map(|seed| {
            let folder = paper("name: The Echo\n", &small(seed));
            done.fetch_add(1, Ordering::Relaxed);
            faults(folder.path(), &format!("small {seed}"), &[looks[seed % looks.len()]])
        })
        .collect();
    println!("{} small editions", done.into_inner());
    hold(&found);
}

fn corpus() -> Option<PathBuf> {
    std::env::var_os("STONEHAND_CORPUS").map(PathBuf::from)
}

/// The text of a file without its front matter.
fn body(path: &Path) -> String {
    let text = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap();
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let inner = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    inner.map_or(text.clone(), |(_, body)| body.to_string())
}

fn markdown_below(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = vec![];
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let text = path.extension().is_some_and(|kind| kind == "md" || kind == "txt");
            if path.is_dir() {
                open.push(path);
            } else if text && !path.ends_with("SOURCES.md") {
                all.push(path);
            }
        }
    }
    all.sort();
    all
}

fn title(path: &Path) -> String {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').replace(['-', '_', '"'], " ")
}

#[test]
fn editions_of_real_stories() {
    let Some(corpus) = corpus() else { return };
    let mut all = markdown_below(&corpus.join("archive-en"));
    all.extend(markdown_below(&corpus.join("daily-en")));
    let looks = all_looks();
    let count = asked().unwrap_or(100) / 5;
    let found: Vec<String> = (0..count)
        .into_par_iter()
        .flat_map(|seed| {
            let mut draw = Draw(seed as u64 + 77);
            draw.below(9);
            let stories = 5 + draw.below(36);
            let story = |_| {
                let path = draw.of(&all).clone();
                let priority = 1 + draw.below(9);
                format!(
                    "---\nheadline: \"{}\"\npriority: {priority}\n---\n{}",
                    title(&path),
                    body(&path)
                )
            };
            let stories: Vec<String> = (0..stories).map(story).collect();
            let folder = paper("name: The Echo\n", &stories);
            faults(folder.path(), &format!("drawn {seed}"), &[looks[seed % looks.len()]])
        })
        .collect();
    println!("{count} editions of real stories");
    hold(&found);
}

#[test]
fn every_language_of_the_faces() {
    let Some(corpus) = corpus() else { return };
    let mut langs: Vec<PathBuf> =
        fs::read_dir(corpus.join("world")).unwrap().map(|entry| entry.unwrap().path()).collect();
    langs.retain(|path| path.is_dir());
    langs.sort();
    let set: Vec<(String, Vec<String>)> = langs
        .par_iter()
        .filter_map(|folder| {
            let lang = folder.file_name().unwrap().to_string_lossy().into_owned();
            let texts = markdown_below(folder);
            let letters: String = texts.iter().map(|path| body(path)).collect();
            let known = letters.chars().filter(|c| c.is_alphabetic()).all(|c| {
                let script = u32::from(c);
                script < 0x530 || (0x1c80..0x2000).contains(&script) || !covers(c)
            });
            let covered = letters.chars().filter(|c| c.is_alphabetic() && covers(*c)).count();
            if !known || covered * 10 < letters.chars().filter(|c| c.is_alphabetic()).count() * 9 {
                return None;
            }
            let stories: Vec<String> = texts
                .iter()
                .map(|path| {
                    let text = body(path);
                    let head: String =
                        text.split_whitespace().take(9).collect::<Vec<_>>().join(" ");
                    format!("---\nheadline: \"{}\"\n---\n{text}", head.replace(['"', '\\'], " "))
                })
                .collect();
            let folder = paper(&format!("name: The Echo\nlang: {lang}\n"), &stories);
            Some((lang.clone(), faults(folder.path(), &lang, &all_looks())))
        })
        .collect();
    let names: Vec<&str> = set.iter().map(|(lang, _)| lang.as_str()).collect();
    println!("{} languages: {}", names.len(), names.join(" "));
    hold(&set.into_iter().flat_map(|(_, found)| found).collect::<Vec<_>>());
}
