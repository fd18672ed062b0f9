//! Tables: wide ones, long ones, and what stands in their cells.

use std::fs;

use serde_json::Value;

use super::{Paper, pdf};

/// A story with a table of so many rows, as wide as a page.
fn results(rows: usize) -> String {
    let mut text = "---\nheadline: What the clubs did\n---\n\
                    | Sport | Match | Score | Round |\n|---|---|--:|---|\n"
        .to_owned();
    for row in 0..rows {
        let (a, b) = (row % 7, row % 5);
        text.push_str(&format!(
            "| Water polo {row} | Quayside – Lower Mill | {a}–{b} | Cup, second leg |\n"
        ));
    }
    text
}

fn made(paper: &Paper) -> (String, Value) {
    let ran = paper.build(&[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let folder = paper.at("public/2026-11-24");
    let text = pdf::text(fs::read(folder.join("edition.pdf")).unwrap());
    let plan = serde_json::from_slice(&fs::read(folder.join("plan.json")).unwrap()).unwrap();
    (text, plan)
}

/// The modules of a story.
fn modules<'p>(plan: &'p Value, story: &str) -> Vec<&'p Value> {
    let at = plan["stories"]
        .as_array()
        .unwrap()
        .iter()
        .position(|key| key.as_str().is_some_and(|key| key.ends_with(story)));
    let pages = plan["pages"].as_array().unwrap().iter();
    let all = pages.flat_map(|page| page["modules"].as_array().unwrap());
    all.filter(|module| module["item"].as_u64() == at.map(|at| at as u64)).collect()
}

#[test]
fn a_table_that_is_too_wide_for_a_column_has_several() {
    let paper = Paper::with(&[("content/2026-11-24/results.md", &results(9))]);
    let (text, plan) = made(&paper);
    let module = modules(&plan, "results")[0];
    assert!(module["measure"].as_u64().is_some_and(|measure| measure > 1), "{module}");
    assert_eq!(module["legs"].as_array().map(Vec::len), Some(1));
    for row in 0..9 {
        let score = format!("{}–{}", row % 7, row % 5);
        assert!(text.contains(&score), "{score}");
    }
}

#[test]
fn a_table_that_is_cut_has_its_head_again() {
    let paper = Paper::with(&[("content/2026-11-24/results.md", &results(150))]);
    let (text, plan) = made(&paper);
    let legs: usize = modules(&plan, "results")
        .iter()
        .map(|module| module["legs"].as_array().map_or(0, Vec::len))
        .sum();
    assert!(legs > 1, "{plan}");
    assert_eq!(text.matches("Round").count(), legs);
    assert_eq!(text.matches("Cup, second leg").count(), 150);
}
