//! The whole program on folders of its own: what it makes, says and leaves alone.

#![allow(clippy::unwrap_used, reason = "what can't be unwrapped fails the test")]

#[path = "cli/ads.rs"]
mod ads;
#[path = "cli/bylines.rs"]
mod bylines;
#[path = "cli/editions.rs"]
mod editions;
#[path = "cli/furniture.rs"]
mod furniture;
#[path = "cli/hand.rs"]
mod hand;
#[path = "cli/leaks.rs"]
mod leaks;
#[path = "cli/links.rs"]
mod links;
#[path = "cli/listings.rs"]
mod listings;
#[path = "cli/markup.rs"]
mod markup;
#[path = "cli/matter.rs"]
mod matter;
#[path = "cli/pdf.rs"]
mod pdf;
#[path = "cli/pictures.rs"]
mod pictures;
#[path = "cli/readme.rs"]
mod readme;
#[path = "cli/serve.rs"]
mod serve;
#[path = "cli/shell.rs"]
mod shell;
#[path = "cli/sites.rs"]
mod sites;
#[path = "cli/standing.rs"]
mod standing;
#[path = "cli/tables.rs"]
mod tables;
#[path = "cli/web.rs"]
mod web;
#[path = "cli/words.rs"]
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::RgbImage;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a paper in it.
struct Paper {
    folder: TempDir,
}

/// What a run of the program came to.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

const GOOD: &str = "---\nheadline: The wall is raised\n---\nThe council voted for the wall.\n";
const BROKEN: &str = "---\nheadline: \"No end\n---\nText.\n";

impl Paper {
    /// A folder with a story that is as it should be, and others.
    fn with(files: &[(&str, &str)]) -> Self {
        let paper = Self { folder: tempfile::tempdir().unwrap() };
        paper.write("paper.yaml", "name: The Echo\n");
        paper.write("content/2026-11-24/good.md", GOOD);
        files.iter().for_each(|(path, text)| paper.write(path, text));
        paper
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs the program at a moment of the tests' own: what they say of dates to come holds whenever
    /// they are run.
    fn run(&self, args: &[&str]) -> Ran {
        self.run_in(".", args)
    }

    /// The same from a folder of the paper's.
    fn run_in(&self, folder: &str, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stonehand"));
        let mut args = args.to_vec();
        let of_paper = ["build", "check", "lock", "release", "hold", "kill", "swap"];
        let judges = args.first().is_some_and(|name| of_paper.contains(name));
        if judges && !args.contains(&"--now") {
            args.extend(["--now", "2027-01-01 12:00"]);
        }
        let output = command.args(args).current_dir(self.at(folder)).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    fn build(&self, args: &[&str]) -> Ran {
        self.run(&[&["build"], args].concat())
    }

    /// All files below a folder with their bytes.
    fn files(&self, below: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let walk = walkdir::WalkDir::new(self.at(below)).into_iter().filter_map(Result::ok);
        // What the program notes for itself is no part of an edition.
        walk.filter(|entry| entry.file_type().is_file() && entry.file_name() != ".stonehand.json")
            .map(|entry| {
                let path = entry.path().strip_prefix(self.at(below)).unwrap().to_path_buf();
                (path, fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    fn names(&self, below: &str) -> Vec<String> {
        let files = self.files(below);
        files.keys().map(|path| path.to_string_lossy().replace('\\', "/")).collect()
    }

    fn report(&self, edition: &str) -> Value {
        serde_json::from_slice(&fs::read(self.at(&format!("{edition}/report.json"))).unwrap())
            .unwrap()
    }

    fn text(&self, edition: &str) -> String {
        pdf::text(fs::read(self.at(&format!("{edition}/edition.pdf"))).unwrap())
    }
}

impl Ran {
    fn code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    fn says(self, what: &str) -> Self {
        assert!(
            self.err.contains(what) || self.out.contains(what),
            "{what}\n{}{}",
            self.out,
            self.err
        );
        self
    }
}

fn picture(width: u32, height: u32, name: &str) -> Vec<u8> {
    let mut out = std::io::Cursor::new(vec![]);
    let image =
        RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, (x ^ y) as u8]));
    image.write_to(&mut out, image::ImageFormat::from_path(name).unwrap()).unwrap();
    out.into_inner()
}

/// The demo paper in a folder of its own.
fn demo() -> Paper {
    let paper = Paper { folder: tempfile::tempdir().unwrap() };
    let demo = Path::new(env!("CARGO_MANIFEST_DIR"));
    paper.write("paper.yaml", fs::read(demo.join("paper.yaml")).unwrap());
    for entry in walkdir::WalkDir::new(demo.join("content")).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(demo).unwrap();
            paper.write(path.to_str().unwrap(), fs::read(entry.path()).unwrap());
        }
    }
    paper
}

const FILES: [&str; 4] = ["edition.pdf", "front.png", "plan.json", "report.json"];

#[test]
fn a_new_paper_builds_and_builds_again_to_the_same_bytes() {
    let paper = Paper { folder: tempfile::tempdir().unwrap() };
    paper.run(&["new", "daily", "--name", "The \"Daily\""]).code(0);
    paper.run(&["new", "daily"]).code(1).says("not empty");
    paper.build(&["--root", "daily", "--strict"]).code(0).says("1 page");
    let first = paper.files("daily/public");
    let edition = paper.names("daily/public").into_iter().find(|name| name.ends_with(FILES[0]));
    let edition = edition.unwrap().replace(FILES[0], "");
    for name in FILES.into_iter().chain(["index.html", "index.json"]) {
        assert!(first.contains_key(Path::new(&format!("{edition}{name}"))), "{name}");
    }
    assert!(first[Path::new(&format!("{edition}edition.pdf"))].starts_with(b"%PDF-"));
    assert!(first.contains_key(Path::new("index.html")));
    paper.build(&["--root", "daily"]).code(0);
    assert!(paper.files("daily/public") == first, "a second build made other bytes");
}

#[test]
fn every_word_of_the_demo_is_printed() {
    let paper = demo();
    let ran = paper.build(&["--json"]).code(0);
    let folder = lines(&ran.out).last().unwrap()["folder"].as_str().unwrap().to_string();
    let report = paper.report(&folder);
    let left_out: Vec<String> = report["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| format!("{}.md", left["story"].as_str().unwrap()))
        .collect();
    let printed = words::letters(&paper.text(&folder));
    let mut stories = 0;
    for (path, bytes) in paper.files("content") {
        let name = format!("content/{}", path.to_string_lossy());
        if !name.ends_with(".md") || name.ends_with("SOURCES.md") || left_out.contains(&name) {
            continue;
        }
        stories += 1;
        let mut passages = words::passages(&String::from_utf8(bytes).unwrap());
        // Where the report says so, the short headline stands for the other.
        let heads = report["short_heads"].as_array().unwrap();
        let key = name.trim_end_matches(".md");
        if let Some(short) = heads.iter().find(|head| head["story"] == key) {
            passages[0] = words::letters(short["headline"].as_str().unwrap());
        }
        for passage in passages {
            assert!(words::is_printed(&passage, &printed), "{name}: {passage}");
        }
    }
    assert!(stories >= 30, "{stories} stories");
    assert_eq!(report["stories"], stories);
    assert!(!printed.contains('\u{fffd}'));
}

#[test]
fn wrong_usage_is_2() {
    let paper = Paper::with(&[]);
    paper.run(&["--help"]).code(0);
    for args in [
        &["--nonsense"][..],
        &["--edition", "tomorrow"],
        &["--root", "nowhere"],
        &["--only", "gif"],
        &["--theme", "nosuch"],
        &["--format", "quarto"],
    ] {
        let ran = paper.build(args).code(2);
        assert!(!ran.err.is_empty());
    }
    paper.run(&[]).code(2);
    assert!(!paper.at("public").exists());
}

#[test]
fn an_error_leaves_the_old_edition_untouched() {
    let paper = Paper::with(&[]);
    paper.build(&[]).code(0);
    let before = paper.files("public");
    paper.write("content/2026-11-24/broken.md", BROKEN);
    paper.write("content/2026-11-24/worse.md", "---\nheadline: W\npriority: high\n---\nText.\n");
    paper
        .build(&[])
        .code(1)
        .says("content/2026-11-24/broken.md:2:11")
        .says("content/2026-11-24/worse.md:3:11")
        .says("nothing was made");
    assert!(paper.files("public") == before, "the old edition was touched");
}

#[test]
fn keep_going_leaves_broken_stories_out_and_names_them() {
    let paper = Paper::with(&[("content/2026-11-24/broken.md", BROKEN)]);
    paper.build(&["--keep-going"]).code(3).says("broken.md:2:11").says("left out (broken)");
    let report = paper.report("public/2026-11-24");
    assert_eq!(report["stories"], 1);
    assert_eq!(report["left_out"][0]["story"], "content/2026-11-24/broken");
    assert_eq!(report["left_out"][0]["reason"], "broken");
}

#[test]
fn a_letter_without_a_face_breaks_its_story_alone() {
    let paper = Paper::with(&[("content/2026-11-24/han.md", "# Han\n\nThe word 中文.\n")]);
    paper.build(&[]).code(0).says("U+4E2D");
    assert!(
        fs::read_to_string(paper.at("public/2026-11-24/han/index.html")).unwrap().contains("中文")
    );
    paper.write("content/2026-11-24/han.md", "# 中文\n\n那是一个关于港口的故事。\n");
    paper.build(&[]).code(1).says("the theme's typefaces lack");
    paper.build(&["--keep-going"]).code(3).says("left out (broken)");
    assert!(paper.text("public/2026-11-24").contains("The council"));
}

#[test]
fn the_words_of_a_paper_may_have_letters_that_no_face_has() {
    let paper = Paper::with(&[(
        "content/2026-11-24/quay.md",
        "---\nheadline: The quay opens\nsection: 港口\nauthors: [王小明]\n---\nIt opened on Tuesday.\n",
    )]);
    let settings = "name: 港口 Echo\nmotto: 每天\nplace: 北京\nimprint: {publisher: 出版社}\n";
    paper.write("paper.yaml", settings);
    let ran = paper.build(&[]).code(0).says("□ is printed instead in texts from paper.yaml");
    assert!(ran.err.contains("U+6E2F"));
    let printed = paper.text("public/2026-11-24");
    assert!(printed.contains("□□ Echo") && !printed.contains('港'), "{printed}");
    let front = fs::read_to_string(paper.at("public/2026-11-24/index.html")).unwrap();
    assert!(front.contains("港口 Echo") && front.contains("王小明"));
}

#[test]
fn a_story_of_more_than_eight_mebibytes_is_refused() {
    let text = "The tide came in and went out again. ".repeat(240_000);
    let paper = Paper::with(&[("content/2026-11-24/tide.md", text.as_str())]);
    paper.build(&[]).code(1).says("too-long").says("content/2026-11-24/tide.md:1:1");
    paper.build(&["--keep-going"]).code(3).says("left out (broken)");
}

#[test]
fn strict_makes_warnings_errors() {
    let paper = Paper::with(&[(
        "content/2026-11-24/odd.md",
        "---\nheadlin: Odd\ntitle: Odd\n---\nText.\n",
    )]);
    paper.build(&["--strict"]).code(1).says("headline");
    assert!(!paper.at("public").exists());
    paper.build(&[]).code(0).says("1 warning");
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn json_is_an_object_a_line() {
    let paper = Paper::with(&[(
        "content/2026-11-24/odd.md",
        "---\nheadlin: Odd\ntitle: Odd\n---\nText.\n",
    )]);
    let told = lines(&paper.build(&["--json"]).code(0).out);
    assert_eq!(told[0]["type"], "diagnostic");
    assert_eq!(told[0]["severity"], "warning");
    assert_eq!(told[0]["code"], "unknown-key");
    let place = &told[0]["place"];
    assert_eq!((&place["line"], &place["column"]), (&2.into(), &1.into()));
    let made = told.last().unwrap();
    assert_eq!((&made["type"], &made["stories"]), (&"made".into(), &2.into()));
    paper.write("content/2026-11-24/broken.md", BROKEN);
    let told = lines(&paper.build(&["--json"]).code(1).out);
    assert!(told.iter().any(|one| one["severity"] == "error"));
    assert!(told.iter().all(|one| one["type"] != "made"));
}

#[test]
fn only_what_was_asked_for_is_written() {
    let paper = Paper::with(&[]);
    paper.build(&["--only", "pdf", "--out", "a"]).code(0);
    assert_eq!(paper.names("a/2026-11-24"), ["edition.pdf"]);
    paper.build(&["--only", "plan,front", "--out", "b"]).code(0);
    assert_eq!(paper.names("b/2026-11-24"), FILES[1..]);
}

/// A paper of small pages, six of them, on each a story of its own.
fn six_pages() -> Paper {
    let format = "format: {base: a4, width: 150, height: 210, columns: 2, bleed: 5}\n";
    let paper = Paper::with(&[]);
    paper.write("paper.yaml", format!("name: The Echo\n{format}pages: 6\n"));
    for page in 1..=6 {
        let text = "The council voted for the wall, and the wall was raised. ".repeat(50);
        let head = format!("---\nheadline: Matter {page}\nprint: {{page: {page}}}\n---\n");
        paper.write(&format!("content/2026-11-24/s{page}.md"), format!("{head}{text}\n"));
    }
    fs::remove_file(paper.at("content/2026-11-24/good.md")).unwrap();
    paper
}

#[test]
fn pages_for_the_press_spreads_and_a_booklet_are_made_where_they_are_asked_for() {
    let paper = six_pages();
    let args = ["--only", "press,spreads,booklet"];
    paper.build(&args).code(0).says("the last 2 pages of the booklet are blank");
    let folder = "public/2026-11-24";
    assert_eq!(paper.names(folder), ["booklet.pdf", "press.pdf", "spreads.pdf"]);
    let bytes = |file: &str| fs::read(paper.at(&format!("{folder}/{file}.pdf"))).unwrap();
    let near = |one: [f64; 4], other: [f64; 4]| {
        assert!(one.iter().zip(other).all(|(a, b)| (a - b).abs() < 0.01), "{one:?} {other:?}");
    };
    let mm = 72.0 / 25.4;
    let [width, height] = [150.0 * mm, 210.0 * mm];
    // Marks begin a millimetre outside of the bleed of 5, are 5 long, and a millimetre is left.
    let (slug, bleed) = (12.0 * mm, 7.0 * mm);
    let boxes = pdf::boxes(bytes("press"));
    assert_eq!(boxes.len(), 6);
    for pdf::Boxes { media, bleed: bleed_box, trim } in boxes {
        near(media, [0.0, 0.0, width + 2.0 * slug, height + 2.0 * slug]);
        near(trim.unwrap(), [slug, slug, slug + width, slug + height]);
        let far = [width, height].map(|side| side + 2.0 * slug - bleed);
        near(bleed_box.unwrap(), [bleed, bleed, far[0], far[1]]);
    }
    for (file, sheets) in [("spreads", 4), ("booklet", 4)] {
        let boxes = pdf::boxes(bytes(file));
        assert_eq!(boxes.len(), sheets);
        for pdf::Boxes { media, bleed, trim } in boxes {
            near(media, [0.0, 0.0, 2.0 * width, height]);
            assert_eq!((bleed, trim), (None, None));
        }
    }
    let pages = pdf::pages(bytes("press"));
    for (page, text) in pages.iter().enumerate() {
        assert!(text.contains(&format!("Matter {}", page + 1)), "{text}");
    }
    let beside = |sides: &[usize]| sides.iter().map(|page| pages[page - 1].as_str()).collect();
    let sides = |all: &[&[usize]]| all.iter().map(|side| beside(side)).collect::<Vec<String>>();
    assert_eq!(pdf::pages(bytes("spreads")), sides(&[&[1], &[2, 3], &[4, 5], &[6]]));
    assert_eq!(pdf::pages(bytes("booklet")), sides(&[&[1], &[2], &[6, 3], &[4, 5]]));
    let first = paper.files("public");
    paper.build(&args).code(0);
    assert!(paper.files("public") == first, "a second build made other bytes");
    paper.build(&["--only", "booklet", "--strict"]).code(1);
}

#[test]
fn a_page_that_a_theme_leaves_no_room_on_is_an_error() {
    let paper = six_pages();
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/print/classic/theme.toml");
    let high = fs::read_to_string(theme).unwrap().replace("row = 10.5", "row = 21.0");
    paper.write("templates/print/classic/theme.toml", high);
    paper.build(&[]).code(1).says("has 24 rows, but the theme `classic` needs 38");
}

#[test]
fn the_format_of_the_arguments_goes_before_that_of_the_paper() {
    let paper = six_pages();
    let name = |out: &str| {
        let plan = fs::read(paper.at(&format!("{out}/2026-11-24/plan.json"))).unwrap();
        serde_json::from_slice::<Value>(&plan).unwrap()["grid"]["name"].clone()
    };
    paper.build(&["--only", "plan", "--out", "own"]).code(0);
    assert_eq!(name("own"), "custom");
    paper.build(&["--only", "plan", "--out", "named", "--format", "A3"]).code(0);
    assert_eq!(name("named"), "a3");
}

#[test]
fn editions_are_the_newest_one_or_all() {
    let paper = Paper::with(&[
        ("content/2026-11-23/a.md", "# Yesterday\n\nText.\n"),
        ("content/2026-11-22/a.md", "# The day before\n\nText.\n"),
    ]);
    paper.build(&["--only", "plan"]).code(0);
    assert_eq!(paper.names("public"), ["2026-11-24/plan.json", "2026-11-24/report.json"]);
    paper.build(&["--only", "plan", "--edition", "2026-11-22", "--out", "one"]).code(0);
    assert_eq!(paper.names("one").len(), 2);
    assert!(paper.at("one/2026-11-22").is_dir());
    paper.build(&["--only", "plan", "--edition", "all", "--out", "all"]).code(0);
    assert_eq!(paper.names("all").len(), 6);
    paper.build(&["--edition", "2020-01-01"]).code(1).says("2026-11-24");
}

#[test]
fn stories_without_any_date_become_an_edition_too() {
    let paper = Paper::with(&[("loose/a.md", GOOD)]);
    paper.build(&["--stories", "loose/*.md"]).code(0).says("undated");
    assert!(paper.text("public/undated").contains("The council voted for the wall."));
}

#[test]
fn a_hugo_folder_becomes_a_paper_and_a_pattern_may_lead_out_of_the_root() {
    let paper = Paper { folder: tempfile::tempdir().unwrap() };
    paper.write("site/config.toml", "title = 'x'\n");
    paper.write("site/content/_index.md", "+++\ntitle = 'All'\n+++\n");
    let post = "+++\ntitle = 'The wall'\ndate = 2026-11-20T08:00:00Z\n[cover]\nimage = '/img/a.jpg'\nalt = 'A wall'\n+++\nThe council voted.\n";
    paper.write("site/content/posts/wall.md", post);
    paper.write(
        "site/content/posts/2026-11-21-choir.md",
        "---\ntitle: The choir\n---\nTenors are wanted.\n",
    );
    paper.write("site/static/img/a.jpg", picture(1200, 800, "a.jpg"));
    let before = paper.files("site");
    let args = ["--root", "site", "--stories", "content/**/*.md", "--out", "../inside"];
    paper.build(&args).code(0);
    assert_eq!(paper.report("inside/2026-11-21")["stories"], 2);
    fs::create_dir(paper.at("other")).unwrap();
    let args = ["--root", "other", "--stories", "../site/content/**/*.md", "--out", "../outside"];
    paper.build(&args).code(0);
    let text = paper.text("outside/2026-11-21");
    assert!(text.contains("The council voted.") && text.contains("Tenors are wanted."));
    let mut after = paper.files("site");
    after.retain(|path, _| !path.starts_with(".stonehand"));
    assert!(after == before, "the other program's folder was written to");
}

#[test]
fn drafts_and_embargoed_stories_stay_out() {
    let paper = Paper::with(&[
        ("content/2026-11-24/draft.md", "---\nheadline: Secret\ndraft: true\n---\nHidden.\n"),
        (
            "content/2026-11-24/later.md",
            "---\nheadline: Sealed\nembargo: 2999-01-01\n---\nHidden.\n",
        ),
    ]);
    paper.build(&[]).code(0);
    let text = paper.text("public/2026-11-24");
    assert!(!text.contains("Secret") && !text.contains("Sealed") && !text.contains("Hidden"));
    let reasons: Vec<Value> = paper.report("public/2026-11-24")["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| left["reason"].clone())
        .collect();
    assert_eq!(reasons, ["draft", "embargo"]);
}

#[test]
fn a_broken_picture_is_an_error_and_its_story_can_go_without() {
    let story = "---\nheadline: With two pictures\nimages:\n  - {src: torn.jpg, alt: Torn, caption: The torn one}\n  - {src: good.jpg, alt: Good, caption: The good one}\n---\nThe text of it.\n";
    let paper = Paper::with(&[("content/2026-11-24/torn.md", story)]);
    let whole = picture(1200, 800, "torn.jpg");
    paper.write("content/2026-11-24/torn.jpg", &whole[..whole.len() / 2]);
    paper.write("content/2026-11-24/good.jpg", &whole);
    paper.build(&[]).code(1).says("torn.jpg");
    assert!(!paper.at("public").exists());
    paper.build(&["--keep-going"]).code(3).says("torn.jpg");
    let text = paper.text("public/2026-11-24");
    assert!(text.contains("With two pictures") && text.contains("The text of it."));
    assert!(text.contains("The good one") && !text.contains("The torn one"));
    let report = paper.report("public/2026-11-24");
    assert_eq!(report["pictures"], 1);
    assert_eq!(report["left_out"][0]["story"], "content/2026-11-24/torn");
}

#[test]
fn no_colour_in_a_pipe() {
    let paper = Paper::with(&[("content/2026-11-24/broken.md", BROKEN)]);
    let ran = paper.build(&[]).code(1);
    assert!(!ran.err.contains('\u{1b}') && !ran.out.contains('\u{1b}'));
}

#[test]
fn schemas_are_json() {
    let paper = Paper::with(&[]);
    for what in ["front-matter", "paper"] {
        let schema: Value =
            serde_json::from_str(&paper.run(&["schema", what]).code(0).out).unwrap();
        assert!(schema["$schema"].is_string() && schema["properties"].is_object());
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_read_outside_the_root() {
    let paper = Paper { folder: tempfile::tempdir().unwrap() };
    paper.write("outside/a.jpg", picture(900, 600, "a.jpg"));
    paper.write("outside/story.md", "# Outside\n\nThis must not be printed.\n");
    paper.write(
        "paper/content/2026-11-24/a.md",
        "---\nheadline: A\nimages: [../../../outside/a.jpg, link.jpg, folder/a.jpg]\n---\nText.\n",
    );
    let link =
        |from: &str, to: &str| std::os::unix::fs::symlink(paper.at(from), paper.at(to)).unwrap();
    link("outside/a.jpg", "paper/content/2026-11-24/link.jpg");
    link("outside", "paper/content/2026-11-24/folder");
    link("outside/story.md", "paper/content/2026-11-24/story.md");
    let ran = paper.build(&["--root", "paper"]).code(1);
    ran.says("`../../../outside/a.jpg` lies outside")
        .says("`link.jpg` lies outside")
        .says("`folder/a.jpg` lies outside");
    paper.write("paper/content/2026-11-24/a.md", "# A\n\nText.\n");
    paper.build(&["--root", "paper"]).code(0);
    assert_eq!(paper.report("paper/public/2026-11-24")["stories"], 1);
    assert!(!paper.text("paper/public/2026-11-24").contains("must not be printed"));
}

/// A story with a picture of which nothing is said.
const BARE: &str = "---\nheadline: The wall is raised\nimage: wall.jpg\n---\nThe council voted.\n";

#[test]
fn check_judges_an_edition_and_writes_none() {
    let paper = Paper::with(&[("content/2026-11-24/bare.md", BARE)]);
    paper.write("content/2026-11-24/wall.jpg", picture(1200, 800, "wall.jpg"));
    let ran = paper.run(&["check"]).code(0).says("The Echo, Tuesday, 24 November 2026");
    for told in ["Page  Sections", "Worst first", "rows of", "`wall.jpg` has no caption"] {
        assert!(ran.out.contains(told), "{told}\n{}", ran.out);
    }
    // What the review tells is not told a second time.
    assert!(!ran.err.contains("missing-alt"), "{}", ran.err);
    let ran = ran.says("`wall.jpg` has no alternative text").says("has not been published before");
    assert!(!ran.out.contains("Nearest clean cut") && !ran.out.contains('\u{1b}'));
    paper.run(&["check", "--all"]).code(0).says("Nearest clean cut");
    paper.run(&["check", "--strict"]).code(1);
    assert!(!paper.at("public").exists());
}

#[test]
fn check_answers_with_one_object_for_tools() {
    let paper = Paper::with(&[("content/2026-11-24/bare.md", BARE)]);
    paper.write("content/2026-11-24/wall.jpg", picture(1200, 800, "wall.jpg"));
    let first = paper.run(&["check", "--json"]).code(0).out;
    let told = lines(&first);
    let review = told.last().unwrap();
    assert_eq!((&review["type"], &review["version"]), (&"review".into(), &1.into()));
    assert_eq!(review["stories"].as_array().unwrap().len(), 2);
    assert_eq!(review["since_last"]["state"], "none");
    let kinds: Vec<&str> = review["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["kind"].as_str().unwrap())
        .collect();
    for kind in ["hole", "caption", "alt", "credit"] {
        assert!(kinds.contains(&kind), "{kind} is not in {kinds:?}");
    }
    let weights: Vec<f64> = review["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["level"] == "warning")
        .map(|finding| finding["weight"].as_f64().unwrap())
        .collect();
    assert!(weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
    assert_eq!(paper.run(&["check", "--json"]).code(0).out, first);
}

#[test]
fn check_compares_with_what_was_published() {
    let paper = Paper::with(&[("content/2026-11-24/a.md", "# Another story\n\nText of it.\n")]);
    paper.build(&["--out", "elsewhere"]).code(0);
    paper.run(&["check"]).code(0).says("has not been published before");
    let check = |args: &[&str]| paper.run(&[&["check", "--out", "elsewhere"], args].concat());
    check(&[]).code(0).says("All pages are as they were last published");
    paper.write("content/2026-11-24/new.md", "# The newest story\n\nMore text.\n");
    check(&[]).code(0).says("page 1: other stories: with new");
    check(&["--format", "a4"]).code(0).says("in another page format");
    paper.write("elsewhere/2026-11-24/plan.json", "{\"version\": 1");
    check(&[]).code(0).says("can't be read");
}

#[test]
fn check_draws_the_plan_of_each_page() {
    let odd = "---\nheadline: \"Bread & <wine>\"\nprint: {columns: 4}\n---\nText.\n";
    let paper = Paper::with(&[("content/2026-11-24/odd&.md", odd)]);
    paper.run(&["check", "--plan-svg", "drawn"]).code(0);
    assert_eq!(paper.names("drawn"), ["page-1.svg"]);
    let svg = fs::read_to_string(paper.at("drawn/page-1.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    for drawn in [
        "viewBox=\"0 0 793.7 1218.9\"",
        "<title>The Echo, Tuesday, 24 November 2026, page 1</title>",
        "Bread &amp; &lt;wine&gt;",
        "2026-11-24/odd&amp; ·",
        "url(#white)",
    ] {
        assert!(svg.contains(drawn), "{drawn}\n{svg}");
    }
    assert!(!svg.contains("& <wine>"));
}

#[test]
fn check_has_the_exit_codes_of_build() {
    let paper = Paper::with(&[("content/2026-11-24/broken.md", BROKEN)]);
    paper.run(&["check"]).code(1).says("broken.md:2:11").says("nothing was checked");
    paper.run(&["check", "--keep-going"]).code(3).says("left out (broken)");
    for args in [&["--format", "quarto"][..], &["--root", "nowhere"], &["--theme", "nosuch"]] {
        paper.run(&[&["check"], args].concat()).code(2);
    }
    paper.run(&["check", "--edition", "2020-01-01"]).code(1);
}
