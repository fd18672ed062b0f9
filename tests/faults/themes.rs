//! The contract between program and theme: what keeps it makes papers, what breaks it is named.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use stonehand::build::plan;
use stonehand::compose::{check, compose};
use stonehand::export::pdf;
use stonehand::grid::{Grid, Sheet};
use stonehand::makeup;
use stonehand::typeset::Theme;

use crate::common::Job;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A theme as short as the contract allows, which shares nothing with the built-in ones.
const SMALLEST: &str = include_str!("smallest/theme.typ");

/// The files of that theme, with a piece of it replaced.
fn smallest(old: &str, new: &str) -> [(String, String); 2] {
    assert_eq!(SMALLEST.matches(old).count(), 1, "the theme has no single “{old}” any more");
    let numbers = include_str!("smallest/theme.toml");
    [("theme.toml".into(), numbers.into()), ("theme.typ".into(), SMALLEST.replace(old, new))]
}

/// Makes the demo paper with a theme, from its stories to its PDF.
fn demo_with(theme: &Theme, format: &str) -> Result<Vec<u8>, String> {
    let (job, _, _) = Job::read(Path::new(ROOT), &[], &[]);
    let mut job = job.unwrap();
    job.theme = theme.clone();
    job.grid = Grid::of(&Sheet::named(format).unwrap(), theme.contract.row);
    let mut edition = job.edition.clone();
    let planned = plan(&mut edition, &mut vec![], &job.press());
    let planned = planned.map_err(|found| format!("not planned: {found:#?}"))?;
    let wrong = makeup::check(&planned.seen, &planned.plan);
    assert_eq!(wrong, Vec::<String>::new(), "the plan breaks its rules");
    let composition = planned.composition(&edition, &job.grid);
    let document =
        compose(&composition, theme, &planned.pictures, &planned.ads, &planned.furniture)
            .map_err(|troubles| format!("not composed: {troubles:#?}"))?;
    if let Some(fault) = check(&composition, &document).first() {
        let story = &fault.story;
        return Err(format!("{story}: {}", fault.message));
    }
    pdf(&document, "test", edition.date).map_err(|all| all.join("\n"))
}

#[test]
fn every_built_in_theme_makes_the_demo() {
    for name in Theme::names() {
        let theme = Theme::load(name, &[]).unwrap();
        for format in ["tabloid", "a4"] {
            let made = demo_with(&theme, format);
            let bytes = made.unwrap_or_else(|fault| panic!("{name}, {format}: {fault}"));
            assert!(bytes.len() > 100_000, "{name}, {format}");
        }
    }
}

#[test]
fn a_theme_as_short_as_the_contract_allows_makes_the_demo() {
    let theme = Theme::load("smallest", &smallest("#let row", "#let row")).unwrap();
    for format in ["tabloid", "letter"] {
        assert_eq!(demo_with(&theme, format).map(|bytes| bytes.len() > 100_000), Ok(true));
    }
}

#[test]
fn a_theme_that_lacks_a_function_is_refused() {
    let without = smallest("#let deck(", "#let standfirst(");
    let said = Theme::load("smallest", &without).unwrap_err();
    assert_eq!(said, "the theme lacks `deck`");
    // Of a built-in theme nothing stands in for a file that is there and broken.
    let own =
        [("theme.typ".to_string(), "#import \"/theme/parts.typ\"\n#let row = 1pt +\n".into())];
    let said = Theme::load("modern", &own).unwrap_err();
    assert!(said.starts_with("templates/print/modern/theme.typ:2: "), "{said}");
    let [numbers, _] = without;
    let said = Theme::load("smallest", &[numbers]).unwrap_err();
    assert!(said.contains("“smallest” has no theme.typ"), "{said}");
}

#[test]
fn a_theme_that_prints_a_headline_twice_or_never_is_named() {
    let twice = smallest(
        "text(size: size * 1pt, s.headline)",
        "text(size: size * 1pt, s.headline) + s.headline",
    );
    let theme = Theme::load("smallest", &twice).unwrap();
    let said = demo_with(&theme, "tabloid").unwrap_err();
    assert!(said.contains("is printed twice"), "{said}");
    let never = smallest("block(small(s.kicker))", "block(small[Story])");
    let theme = Theme::load("smallest", &never).unwrap();
    let said = demo_with(&theme, "tabloid").unwrap_err();
    assert!(said.ends_with("is not on any page"), "{said}");
}

/// The names in code at the beginning of a table's rows below a heading.
fn documented(text: &str, heading: &str) -> BTreeSet<String> {
    let below = text.split_once(heading).unwrap().1;
    let rows = below.lines().skip_while(|line| !line.starts_with("| `"));
    let name = |line: &str| Some(line.strip_prefix("| `")?.split(['`', '(']).next()?.to_string());
    rows.map_while(name).collect()
}

#[test]
fn the_contract_is_documented_function_by_function() {
    let text = fs::read_to_string(Path::new(ROOT).join("docs/themes.md")).unwrap();
    let driver = include_str!("../../templates/print/check.typ");
    let exports = driver.split_once("exports = (").unwrap().1.split_once("\n)").unwrap().0;
    let checked: BTreeSet<String> =
        exports.split('"').skip(1).step_by(2).map(str::to_string).collect();
    assert_eq!(documented(&text, "\n## theme.typ\n"), checked);
    for name in Theme::names() {
        assert!(text.contains(&format!("| `{name}` |")), "{name} is not in docs/themes.md");
    }
}
