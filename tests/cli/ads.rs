//! Ads that are PDFs: vectors where the output can hold them, pictures where it can't.

use std::fs;

use super::{Paper, pdf};

const BAKER: &[u8] = include_bytes!("../../content/ads/baker.pdf");
const ADS: &str =
    "ads: [{src: /ads/baker.pdf, alt: Bread you can hear, columns: 2, height: 90, page: 1}]\n";

/// A paper with an ad on its front page.
fn with_ad(bytes: &[u8]) -> Paper {
    let body = "The council voted for the wall. ".repeat(120);
    let story = format!("---\nheadline: The wall is raised\n---\n{body}\n");
    let paper = Paper::with(&[("content/2026-11-24/edition.yaml", ADS)]);
    paper.write("content/2026-11-24/good.md", story);
    paper.write("ads/baker.pdf", bytes);
    paper
}

#[test]
fn a_pdf_ad_is_a_pdf_for_the_press_and_a_picture_in_the_edition() {
    let paper = with_ad(BAKER);
    paper.build(&["--only", "pdf,press,spreads,booklet"]).code(0);
    let bytes = |file: &str| fs::read(paper.at(&format!("public/2026-11-24/{file}.pdf"))).unwrap();
    for file in ["press", "spreads", "booklet"] {
        let text = pdf::text(bytes(file));
        assert!(text.contains("Market-day loaf") && text.contains("01632 960 117"), "{file}");
    }
    assert!(!pdf::text(bytes("edition")).contains("Market-day loaf"));
    assert!(pdf::alts(bytes("edition")).contains(&"Bread you can hear".to_string()));
}

#[test]
fn a_pdf_that_is_too_new_for_the_press_stays_a_picture_and_is_named() {
    let mut newer = BAKER.to_vec();
    assert!(newer.starts_with(b"%PDF-1."));
    newer[5..8].copy_from_slice(b"2.0");
    let paper = with_ad(&newer);
    let said = paper.build(&["--only", "press"]);
    said.code(0).says("can't be embedded as a PDF").says("edition.yaml:1:13");
    let press = fs::read(paper.at("public/2026-11-24/press.pdf")).unwrap();
    assert!(!pdf::text(press).contains("Market-day loaf"));
}

#[test]
fn a_page_of_an_ad_alone_belongs_to_no_section_and_is_not_grey() {
    let paper = with_ad(BAKER);
    let whole =
        "pages: 2\nads: [{src: /ads/baker.pdf, alt: Bread, columns: 5, height: 380, page: 2}]\n";
    paper.write("content/2026-11-24/edition.yaml", whole);
    paper.build(&["--only", "pdf,plan"]).code(0);
    let plan = fs::read_to_string(paper.at("public/2026-11-24/plan.json")).unwrap();
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let modules: Vec<usize> = plan["pages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["modules"].as_array().unwrap().len())
        .collect();
    assert_eq!(modules, [1, 0]);
    let said = paper.run(&["check", "--all"]);
    assert!(!said.out.contains("page 2: the page is grey"), "{}", said.out);
}
