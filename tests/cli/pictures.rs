//! Pictures as people have them: of any kind, under any name, in any folder.

use std::fs;

use super::{Paper, Ran, picture};

const STORY: &str = "content/2026-11-24/quay.md";

/// A paper with a story that names a picture.
fn naming(src: &str) -> Paper {
    let story = format!(
        "---\nheadline: The quay is dry\n---\nThe quay was dry for the first time.\n\n![A quay]({src} \"A quay at noon\")\n"
    );
    Paper::with(&[(STORY, &story)])
}

fn printed(paper: &Paper) -> Vec<String> {
    let report = paper.report("public/2026-11-24");
    let pictures = report["by_picture"].as_array().unwrap().iter();
    pictures.map(|one| one["src"].as_str().unwrap().to_owned()).collect()
}

fn left_out(paper: &Paper) -> Vec<String> {
    let report = paper.report("public/2026-11-24");
    let left = report["left_out"].as_array().unwrap().iter();
    left.map(|one| format!("{}: {}", one["story"], one["reason"]).replace('"', "")).collect()
}

#[test]
fn what_a_file_is_decides_and_not_its_name() {
    let (jpeg, png) = (picture(400, 300, "a.jpg"), picture(400, 300, "a.png"));
    for (name, bytes) in [("a.jpg", &png), ("a.png", &jpeg), ("a.heic", &jpeg), ("a.pdf", &png)] {
        let paper = naming(name);
        paper.write(&format!("content/2026-11-24/{name}"), bytes);
        paper.build(&["--only", "plan"]).code(0);
        assert_eq!(printed(&paper), [name]);
    }
    let of_another_kind: [(&str, &[u8]); 5] = [
        ("AVIF", b"\0\0\0\x14ftypavif\0\0\0\0mif1"),
        ("HEIC", b"\0\0\0\x14ftypheic\0\0\0\0mif1"),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("PDF", b"%PDF-1.7\n"),
        ("video", b"\0\0\0\x14ftypisom\0\0\0\0mp41"),
    ];
    for (what, bytes) in of_another_kind {
        for name in ["quay.jpg", "quay.avif", "quay"] {
            let paper = naming(name);
            paper.write(&format!("content/2026-11-24/{name}"), bytes);
            let ran = paper.build(&["--only", "pdf,plan"]).code(0);
            let ran = ran.says("warning[picture-format]").says(what).says("quay.md:6:");
            assert!(!ran.err.contains("error"), "{}", ran.err);
            assert!(paper.text("public/2026-11-24").contains("The quay was dry"));
        }
    }
}

#[test]
fn a_broken_picture_takes_no_story_with_it() {
    let (jpeg, png) = (picture(400, 300, "a.jpg"), picture(400, 300, "a.png"));
    let mut huge = png.clone();
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let broken: [(&str, &[u8]); 9] = [
        ("git lfs pull", b"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 9\n"),
        ("web page", b"<!DOCTYPE html>\n<title>Not found</title>"),
        ("empty", b""),
        ("a text", b"the picture is on Ann's telephone"),
        ("cut off", &png[..png.len() / 2]),
        ("cut off", &jpeg[..jpeg.len() / 2]),
        ("cut off", &jpeg[..30]),
        ("known format", &[7; 300]),
        ("can't be printed", &huge),
    ];
    for (what, bytes) in broken {
        let paper = naming("quay.jpg");
        paper.write("content/2026-11-24/quay.jpg", bytes);
        let ran = paper.build(&[]).code(1).says(what).says("error[picture-").says("quay.md:6:");
        assert!(ran.err.contains("`quay.jpg` can't be printed") && !paper.at("public").exists());
        let ran = paper.build(&["--keep-going"]).code(3).says(what).says("made without it");
        assert!(!ran.err.contains("error["), "{}", ran.err);
        assert_eq!(left_out(&paper), ["content/2026-11-24/quay: broken picture"]);
        let text = paper.text("public/2026-11-24");
        assert!(text.contains("The quay was dry") && !text.contains("A quay at noon"), "{text}");
        paper.run(&["check", "--keep-going"]).code(3).says(what);
    }
}

#[test]
fn the_pictures_that_are_left_keep_their_places_on_the_web() {
    let names = ["one.jpg", "two.jpg", "three.jpg"];
    let body: String =
        names.iter().map(|name| format!("Of {name}.\n\n![It]({name})\n\n")).collect();
    let paper = Paper::with(&[(STORY, &format!("# Three pictures\n\n{body}"))]);
    for (number, name) in (0..).zip(names) {
        let bytes = picture(400 + 10 * number, 300, name);
        // The middle one breaks off behind its header.
        let end = if number == 1 { bytes.len() / 2 } else { bytes.len() };
        paper.write(&format!("content/2026-11-24/{name}"), &bytes[..end]);
    }
    paper.build(&["--keep-going"]).code(3);
    let page = fs::read_to_string(paper.at("public/2026-11-24/quay/index.html")).unwrap();
    let wide: Vec<&str> = ["width=\"400\"", "width=\"410\"", "width=\"420\""]
        .into_iter()
        .filter(|width| page.contains(width))
        .collect();
    assert_eq!(wide, ["width=\"400\"", "width=\"420\""]);
    let at = |what: &str| page.find(what).unwrap();
    assert!(at("Of three.jpg") < at("width=\"420\""), "a picture stands behind its own text");
}

#[test]
fn pictures_are_found_however_they_are_written() {
    let bytes = picture(400, 300, "a.jpg");
    for (written, file, said) in [
        ("cafe%CC%81.jpg", "content/2026-11-24/caf\u{e9}.jpg", ""),
        ("a%+fb.jpg", "content/2026-11-24/a%+fb.jpg", ""),
        ("/img/quay.jpg?w=300", "static/img/quay.jpg", ""),
        ("https://echo.example.org/img/quay.jpg", "static/img/quay.jpg", ""),
        ("http://www.echo.example.org/wp-content/uploads/q.jpg", "wp-content/uploads/q.jpg", ""),
        ("quay.jpg", "content/2026-11-24/Images/quay.jpg", ""),
        ("Quay.JPG", "content/2026-11-24/quay.jpg", "write `quay.jpg`, as the file is named"),
        (
            "quay.jpg",
            "desk/drawer/quay.jpg",
            "`desk/drawer/quay.jpg`, the only file of this name, is used instead",
        ),
    ] {
        let paper = naming(written);
        paper.write("paper.yaml", "name: The Echo\nbase_url: https://echo.example.org\n");
        paper.write(file, &bytes);
        let ran = paper.build(&["--only", "plan"]).code(0).says(said);
        assert_eq!(printed(&paper).len(), 1, "{written}: {}", ran.err);
        assert_eq!(ran.err.contains("warning"), !said.is_empty(), "{written}: {}", ran.err);
    }
    for (written, file, said) in [
        (
            "https://other.example.org/img/quay.jpg",
            "static/img/quay.jpg",
            "never downloads pictures",
        ),
        ("quay.jpeg", "content/2026-11-24/quay.jpg", "did you mean `content/2026-11-24/quay.jpg`"),
        ("old/quay.jpg", "new/quay.jpg", "did you mean `new/quay.jpg`?"),
        ("data:image/png;base64,AAAA", "quay.jpg", "embedded-picture"),
    ] {
        let paper = naming(written);
        paper.write(file, &bytes);
        paper.build(&["--only", "plan"]).code(0).says(said);
        assert!(printed(&paper).is_empty());
    }
}

#[test]
fn an_edition_is_made_again_when_a_picture_comes_under_another_name() {
    let paper = naming("Quay.jpg");
    paper.build(&["--only", "plan"]).code(0).says("missing-picture");
    paper.write("content/2026-11-24/quay.jpg", picture(400, 300, "a.jpg"));
    paper.build(&["--only", "plan"]).code(0).says("write `quay.jpg`, as the file is named");
    paper.build(&["--only", "plan"]).code(0).says("unchanged: nothing");
}

/// A drawing of squares.
fn drawing(columns: u32, rows: u32) -> Vec<u8> {
    let image = image::RgbImage::from_fn(columns * 40, rows * 40, |x, y| {
        let line = x % 40 < 2 || y % 40 < 2 || (x / 40 * 7 + y / 40 * 5) % 6 == 0;
        image::Rgb([if line { 0 } else { 255 }; 3])
    });
    let mut out = std::io::Cursor::new(vec![]);
    image.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

/// A paper of some stories, the first with a picture.
fn paper_with(front: &str, bytes: &[u8]) -> Paper {
    let line = "The warden walked the wall from the mill to the weir and wrote down what he saw. ";
    let paper = Paper::with(&[]);
    for number in 1..8 {
        let more = if number == 1 { front } else { "" };
        let body = format!("{}\n\n", line.repeat(4)).repeat(3 + number);
        let story = format!(
            "---\nheadline: Story number {number} of the wall\npriority: {number}\n{more}---\n{body}"
        );
        paper.write(&format!("content/2026-11-24/s{number}.md"), story);
    }
    paper.write("content/2026-11-24/grid.png", bytes);
    paper
}

#[test]
fn what_is_drawn_is_never_cropped_unless_its_writer_says_so() {
    let kept = |front: &str, bytes: &[u8]| {
        let paper = paper_with(front, bytes);
        paper.build(&["--only", "plan"]).code(0);
        let report = paper.report("public/2026-11-24");
        report["by_picture"][0]["kept"].as_f64().unwrap()
    };
    let name = "images: [{src: grid.png, alt: Squares}]\n";
    let crop = "images: [{src: grid.png, alt: Squares, crop: true}]\n";
    for (columns, rows) in [(19, 19), (24, 15), (15, 21)] {
        assert_eq!(kept(name, &drawing(columns, rows)), 1.0, "{columns} by {rows}");
    }
    assert!(kept(crop, &drawing(19, 19)) < 1.0);
    assert!(kept(name, &picture(760, 760, "a.png")) < 1.0);
}

#[test]
fn a_picture_that_finds_no_room_is_told_with_its_place() {
    let line = "The quay was dry. ".repeat(6);
    let names: Vec<String> = (0..9).map(|number| format!("p{number}.jpg")).collect();
    let all: String =
        names.iter().map(|name| format!("![Seen]({name} \"A caption\")\n\n")).collect();
    let paper = Paper::with(&[(STORY, &format!("# Nine pictures\n\n{line}\n\n{all}"))]);
    for (number, name) in (0..).zip(&names) {
        let bytes = picture(900 + number, 600, "a.jpg");
        paper.write(&format!("content/2026-11-24/{name}"), bytes);
    }
    let ran = paper.build(&["--verbose"]).code(0);
    let printed = printed(&paper);
    assert!(printed.len() < names.len());
    for (number, name) in names.iter().enumerate().filter(|(_, name)| !printed.contains(name)) {
        let said = format!("the picture `{name}` found no room beside its story on page 1");
        assert!(ran.err.contains(&said), "{said}\n{}", ran.err);
        assert!(ran.err.contains(&format!("quay.md:{}:", 5 + 2 * number)), "{}", ran.err);
    }
    let left = paper.report("public/2026-11-24")["left_pictures"].as_array().unwrap().len();
    assert_eq!(left, names.len() - printed.len());
    let few = paper.build(&["--force"]).code(0).says("more of this kind");
    assert_eq!(few.err.matches("found no room").count(), 3);
    assert_eq!(few.err.matches("show all of them with --verbose").count(), 1);
    let json = paper.build(&["--force", "--json"]).code(0);
    assert_eq!(json.out.matches("found no room").count(), names.len() - printed.len());
    assert!(json.out.lines().last().unwrap().contains("\"type\":\"made\""));
}

#[test]
fn a_promo_whose_picture_is_broken_is_left_out_and_nothing_goes_round() {
    let bytes = picture(60, 900, "a.png");
    let paper = paper_with("", &bytes);
    let with = "---\nheadline: A tower\npriority: 7\nimages: [{src: tall.png, alt: A tower}]\n---\nIt is tall.\n";
    paper.write("content/2026-11-24/tower.md", with);
    paper.write("content/2026-11-24/tall.png", &bytes[..bytes.len() / 2]);
    let edition = "promos: [{story: tower, picture: true}]\npins: [{story: tower, page: 2}]\n";
    paper.write("content/2026-11-24/edition.yaml", edition);
    paper.build(&[]).code(1).says("`tall.png` can't be printed").says("edition.yaml:1:10");
    paper.build(&["--keep-going"]).code(3).says("edition.yaml:1:10");
    let promo = "promo of content/2026-11-24/tower: broken furniture".to_string();
    assert!(left_out(&paper).contains(&promo), "{:?}", left_out(&paper));
}

/// A paper of about two pages with ads.
fn with_ads(ads: &str) -> (Paper, Ran) {
    let paper = paper_with("", &picture(400, 300, "a.png"));
    paper.write("ads/bank.jpg", picture(1500, 400, "a.jpg"));
    paper.write("content/2026-11-24/edition.yaml", ads);
    let ran = paper.build(&["--only", "plan"]).code(0);
    (paper, ran)
}

/// The pages with the number of their stories and of their ads.
fn pages(paper: &Paper) -> Vec<(usize, usize)> {
    let plan = fs::read(paper.at("public/2026-11-24/plan.json")).unwrap();
    let plan: serde_json::Value = serde_json::from_slice(&plan).unwrap();
    let count = |page: &serde_json::Value, what: &str| page[what].as_array().map_or(0, Vec::len);
    let pages = plan["pages"].as_array().unwrap().iter();
    pages.map(|page| (count(page, "modules"), count(page, "ads"))).collect()
}

#[test]
fn an_ad_beyond_the_last_page_stands_on_the_last() {
    let (paper, _) = with_ads("front_stories: 3\n");
    let bare = pages(&paper).len();
    for (columns, page) in [(5, bare + 1), (5, bare + 7), (2, bare + 2), (5, 400)] {
        let ad = format!("{{src: /ads/bank.jpg, alt: Bank, columns: {columns}, page: {page}}}");
        let (paper, ran) = with_ads(&format!("ads: [{ad}]\n"));
        let pages = pages(&paper);
        assert!(pages.iter().all(|(stories, _)| *stories > 0), "{columns}, {page}: {pages:?}");
        assert_eq!(pages.iter().map(|(_, ads)| ads).sum::<usize>(), 1);
        ran.says("warning[ad-elsewhere]")
            .says(&format!("is booked for page {page}"))
            .says("edition.yaml:1:");
    }
    // One that has its page says nothing, nor does one that is booked for none.
    for page in ["", ", page: 1"] {
        let ad = format!("ads: [{{src: /ads/bank.jpg, alt: Bank, columns: 5{page}}}]\npages: 9\n");
        let (paper, ran) = with_ads(&ad);
        assert!(!ran.err.contains("ad-elsewhere"), "{}", ran.err);
        assert!(pages(&paper).iter().all(|(stories, _)| *stories > 0), "{:?}", pages(&paper));
    }
}

#[test]
fn a_short_story_alone_on_its_page_keeps_its_picture() {
    for (columns, rows) in [(640, 420), (420, 640), (1600, 900)] {
        for (format, words) in [("tabloid", 4), ("tabloid", 40), ("a4", 110), ("broadsheet", 200)] {
            let text = "The gate was shut and nobody knew. ".repeat(words / 7 + 1);
            let story = format!("---\nheadline: Shut\nimage: quay.jpg\nalt: A quay\n---\n{text}\n");
            let paper = Paper::with(&[(STORY, &story)]);
            let bytes = picture(columns, rows, "a.jpg");
            paper.write("content/2026-11-24/quay.jpg", bytes);
            paper.build(&["--only", "plan", "--format", format]).code(0);
            assert_eq!(printed(&paper), ["quay.jpg"], "{columns} by {rows}, {format}, {words}");
        }
    }
}
