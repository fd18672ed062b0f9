//! Ears, weather and promos: what a theme has no place for, what does not fit, and where links lead.

use std::fs;

use super::{Paper, pdf};

const EARS: &str = "name: The Echo\nears: {left: Noon at the bar}\n";

/// A paper with a story on the front page and one inside.
fn with_furniture(paper_yaml: &str, edition_yaml: &str) -> Paper {
    let story = |headline: &str, pin: u16| {
        let body = "The council voted for the wall. ".repeat(250);
        format!("---\nheadline: {headline}\nprint: {{page: {pin}}}\n---\n{body}\n")
    };
    let paper = Paper::with(&[("paper.yaml", paper_yaml)]);
    paper.write("content/2026-11-24/edition.yaml", edition_yaml);
    paper.write("content/2026-11-24/good.md", story("The wall is raised", 1));
    paper.write("content/2026-11-24/more.md", story("The pier is closed", 2));
    paper
}

#[test]
fn what_a_theme_has_no_place_for_is_left_out_and_said() {
    let edition = "weather: {summary: Rain by noon}\npromos: [more]\n";
    let paper = with_furniture(&format!("{EARS}theme: bare\n"), edition);
    for (file, text) in [
        ("theme.toml", include_str!("../faults/smallest/theme.toml")),
        ("theme.typ", include_str!("../faults/smallest/theme.typ")),
    ] {
        paper.write(&format!("templates/print/bare/{file}"), text);
    }
    let said = paper.build(&["--only", "pdf"]).code(0);
    for what in ["no place for ears", "no place for promos", "no place for weather reports"] {
        assert!(said.err.contains(what), "{what}: {}", said.err);
    }
    let text = pdf::text(fs::read(paper.at("public/2026-11-24/edition.pdf")).unwrap());
    assert!(!text.contains("Noon at the bar") && !text.contains("Rain by noon"));
}

#[test]
fn a_theme_that_has_a_place_and_no_function_for_it_is_refused() {
    let paper = with_furniture(&format!("{EARS}theme: bare\n"), "");
    let numbers = include_str!("../faults/smallest/theme.toml");
    paper.write(
        "templates/print/bare/theme.toml",
        format!("{numbers}\n[ears]\nwidth = 0.2\nrows = 4\n"),
    );
    let functions = include_str!("../faults/smallest/theme.typ");
    paper.write("templates/print/bare/theme.typ", functions);
    paper.build(&[]).code(2).says("the theme lacks `ear`");
}

#[test]
fn furniture_is_printed_on_the_front_and_nowhere_else() {
    let edition = "weather: {summary: Rain by noon, high: 9}\n\
        promos: [{story: more, text: Boats turned away}]\n";
    let paper = with_furniture(EARS, edition);
    paper.build(&["--only", "pdf"]).code(0);
    let pages = pdf::pages(fs::read(paper.at("public/2026-11-24/edition.pdf")).unwrap());
    for text in ["Noon at the bar", "Rain by noon", "9°", "Boats turned away", "Page 2"] {
        assert!(pages[0].contains(text), "{text}: {}", pages[0]);
        assert!(pages[1..].iter().all(|page| !page.contains(text)), "{text}");
    }
}

#[test]
fn what_does_not_fit_stops_the_edition_or_is_left_out_of_it() {
    let long = "A long text. ".repeat(40);
    let paper = with_furniture(&format!("name: The Echo\nears: {{left: \"{long}\"}}\n"), "");
    paper.build(&[]).code(1).says("paper.yaml:2:").says("rows, but its place in the theme");
    paper.build(&["--keep-going"]).code(3).says("made without it");
    let report = fs::read_to_string(paper.at("public/2026-11-24/report.json")).unwrap();
    assert!(report.contains("left ear") && report.contains("broken furniture"), "{report}");
}
