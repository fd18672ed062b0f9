//! The editor's hand: pages locked, stories held, killed, swapped and pinned.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::Paper;

/// A story of so many paragraphs that takes some room.
fn story(name: &str, front: &str, paragraphs: usize) -> String {
    let line = "The warden walked the wall from the mill to the weir and wrote down what he saw \
                there, stone by stone, as the council had asked him to do before the frost. ";
    let mut out = format!("---\nheadline: {name} along the wall of the town\n{front}---\n");
    for paragraph in 0..paragraphs {
        out += &format!("{name} has part {paragraph} of it. {line}{line}\n\n");
    }
    out
}

/// A paper of three pages or so.
fn paper() -> Paper {
    let paper = Paper::with(&[]);
    fs::remove_file(paper.at("content/2026-11-24/good.md")).unwrap();
    for (k, name) in NAMES.iter().enumerate() {
        let text = story(name, &format!("priority: {}\n", 1 + k / 2), 7 + 5 * (k % 3));
        paper.write(&path(name), text);
    }
    paper
}

const NAMES: [&str; 12] = [
    "Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper",
    "Larch", "Maple",
];

fn path(name: &str) -> String {
    format!("content/2026-11-24/{}.md", name.to_lowercase())
}

const EDITION: &str = "public/2026-11-24";

/// What stands on each page: the keys with their places, and nothing that follows other pages.
fn pages(paper: &Paper) -> BTreeMap<u64, Vec<(String, Value)>> {
    let bytes = fs::read(paper.at(&format!("{EDITION}/plan.json"))).unwrap();
    let plan: Value = serde_json::from_slice(&bytes).unwrap();
    let module = |module: &Value| {
        let key = &plan["stories"][module["item"].as_u64().unwrap() as usize];
        let places = ["cells", "head", "deck", "legs", "pictures", "jump_line", "head_step"];
        let places: Value = places.iter().map(|place| module[place].clone()).collect();
        (key.as_str().unwrap().to_string(), places)
    };
    let pages = plan["pages"].as_array().unwrap().iter();
    pages
        .map(|page| {
            let modules = page["modules"].as_array().unwrap().iter().map(module).collect();
            (page["number"].as_u64().unwrap(), modules)
        })
        .collect()
}

/// The page that a story begins on.
fn page_of(paper: &Paper, name: &str) -> u64 {
    let key = format!("content/2026-11-24/{}", name.to_lowercase());
    let pages = pages(paper);
    *pages.iter().find(|(_, all)| all.iter().any(|(one, _)| *one == key)).unwrap().0
}

fn reasons(paper: &Paper) -> Vec<(String, String)> {
    let report = paper.report(EDITION);
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let left = report["left_out"].as_array().unwrap().iter();
    left.map(|one| (text(&one["story"]), text(&one["reason"]))).collect()
}

/// The stories of a page whose first part stands there alone: whole ones.
fn whole(paper: &Paper, page: u64) -> String {
    let pages = pages(paper);
    let modules = &pages[&page];
    let one = modules.iter().find(|(_, places)| places[6].is_u64() && places[5].is_null());
    one.unwrap().0.clone()
}

#[test]
fn a_locked_page_stays_while_the_others_change() {
    let paper = paper();
    paper.build(&[]).code(0);
    let before = pages(&paper);
    assert!(before.len() > 2, "{} pages", before.len());
    paper.run(&["lock", "9"]).code(2).says("there is no page 9");
    paper.run(&["lock", "2"]).code(0).says("locked page 2");
    paper.build(&[]).code(0);
    assert_eq!(pages(&paper)[&2], before[&2]);
    // A story of another page gets longer, and a new one comes in.
    let mut free = NAMES.iter().filter(|name| {
        let key = format!("content/2026-11-24/{}", name.to_lowercase());
        !before[&2].iter().any(|(one, _)| *one == key)
    });
    let other = free.next_back().unwrap();
    paper.write(&path(other), story(other, "priority: 6\n", 25));
    paper.write("content/2026-11-24/new.md", story("Newcomer", "priority: 6\n", 6));
    paper.build(&[]).code(0);
    let after = pages(&paper);
    assert_eq!(after[&2], before[&2]);
    assert_ne!(after, before);
    // The same input gives the same bytes, lock and all.
    let first = paper.files("public");
    paper.build(&[]).code(0);
    assert_eq!(paper.files("public"), first);
    paper.run(&["release", "3"]).code(2).says("not locked: 3");
    paper.run(&["release", "2"]).code(0).says("released page 2");
    assert!(!paper.at("content/2026-11-24/plan.lock.json").exists());
    paper.run(&["release", "2"]).code(2).says("no page of this edition is locked");
}

#[test]
fn an_alternative_of_a_page_is_shown_drawn_and_locked() {
    let paper = paper();
    paper.build(&[]).code(0);
    let before = pages(&paper);
    let ran = paper.run(&["check", "--alternatives", "2,77", "--plan-svg", "plan"]);
    ran.code(0)
        .says("Page 2 and its alternatives")
        .says("lock 2 --alternative a")
        .says("page 77 has no alternatives");
    assert!(paper.at("plan/page-2-a.svg").exists());
    let ran = paper.run(&["check", "--json", "--alternatives", "2"]);
    let review: Value = serde_json::from_str(ran.out.lines().last().unwrap()).unwrap();
    let found = &review["alternatives"][0];
    assert_eq!(found["page"], 2);
    let way = &found["others"][0];
    assert_eq!(way["name"], "a");
    let stories = |page: &Value| -> Vec<String> {
        let modules = page["modules"].as_array().unwrap().iter();
        let mut all: Vec<_> = modules.map(|one| one["story"].to_string()).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(stories(way), stories(&found["now"]));
    assert_ne!(way["modules"], found["now"]["modules"]);
    paper.run(&["lock", "2", "3", "--alternative", "a"]).code(2).says("one page at a time");
    paper.run(&["lock", "2", "--alternative", "z"]).code(2).says("page 2 has no alternative z");
    assert!(!paper.at("content/2026-11-24/plan.lock.json").exists());
    paper.run(&["lock", "2", "--alternative", "a"]).code(0).says("locked page 2");
    paper.build(&[]).code(0);
    let after = pages(&paper);
    assert_ne!(after[&2], before[&2]);
    // It stands as it was shown.
    let cells = |all: &[Value]| -> Vec<Value> { all.iter().map(|m| m["cells"].clone()).collect() };
    let shown = cells(way["modules"].as_array().unwrap());
    let stands: Vec<Value> = after[&2].iter().map(|(_, places)| places[0].clone()).collect();
    assert_eq!(stands, shown);
    paper.run(&["check", "--alternatives", "2"]).code(0).says("Page 2 is locked");
}

#[test]
fn a_lock_that_cannot_hold_names_the_story_and_what_to_do() {
    let paper = paper();
    paper.build(&[]).code(0);
    let key = whole(&paper, 2);
    paper.run(&["lock", "2"]).code(0);
    let file = format!("{key}.md");
    let text = fs::read_to_string(paper.at(&file)).unwrap();
    // A word for another one of its length changes nothing.
    paper.write(&file, text.replace("frost", "sleet"));
    paper.build(&[]).code(0);
    assert!(paper.text(EDITION).contains("sleet"));
    let made = paper.files("public");
    paper.write(&file, format!("{text}One more paragraph that nobody has reckoned with.\n"));
    let ran = paper.build(&[]).code(1);
    let ran = ran.says("page 2 is locked").says(&key).says("longer than its place");
    ran.says("stonehand release 2").says("nothing was made");
    assert_eq!(paper.files("public"), made);
    let ran = paper.build(&["--keep-going"]).code(3);
    ran.says("page 2 was made up again");
    assert!(reasons(&paper).contains(&("page 2".into(), "broken lock".into())));
    paper.run(&["hold", &key]).code(0);
    paper.build(&[]).code(1).says("page 2 is locked").says("not in the edition");
    paper.run(&["release", "2"]).code(0);
    paper.build(&[]).code(0);
}

#[test]
fn a_lock_from_anywhere_is_checked() {
    let paper = paper();
    let lock = "content/2026-11-24/plan.lock.json";
    paper.run(&["lock", "1", "2"]).code(0);
    let good = fs::read_to_string(paper.at(lock)).unwrap();
    let spoilt = [
        (good[..good.len() / 2].to_string(), "not valid JSON"),
        ("[1, 2]".into(), "can't read this file of locked pages"),
        (good.replace("\"version\": 1", "\"version\": 2"), "can't read this file of locked pages"),
        (good.replace("\"format\": \"tabloid\"", "\"format\": \"a4\""), "in the format `a4`"),
        (good.replace("\"columns\": 2", "\"columns\": 200"), "is locked, but"),
        (good.replace("\"row\": 13,", "\"row\": -13,"), "can't be read"),
        (good.replacen("\"number\": 2", "\"number\": 1", 1), "locked twice"),
    ];
    for (text, what) in spoilt {
        assert_ne!(text, good, "{what}");
        paper.write(lock, text);
        let ran = paper.build(&[]).code(1).says(what);
        ran.says("plan.lock.json:");
    }
    paper.write(lock, good);
    paper.build(&[]).code(0);
}

#[test]
fn what_is_held_is_told_and_comes_back() {
    let paper = paper();
    let remarks = "# The printer waits for eight pages.\nfront_stories: 4\n";
    paper.write("content/2026-11-24/edition.yaml", remarks);
    paper.write("content/2026-11-24/broken.md", super::BROKEN);
    let stories = paper.files("content");
    paper.build(&[]).code(1);
    paper.run(&["hold", "broken", "elder"]).code(0).says("held: content/2026-11-24/elder");
    paper.run(&["kill", "firr.md"]).code(2).says("did you mean");
    paper.run(&["kill", "content/2026-11-24/fir.md"]).code(0).says("killed");
    paper.build(&[]).code(0).says("left out (held)");
    let out = |name: &str, why: &str| (format!("content/2026-11-24/{name}"), why.to_string());
    let wanted = [out("broken", "held"), out("elder", "held"), out("fir", "killed")];
    assert_eq!(reasons(&paper), wanted);
    assert!(!paper.text(EDITION).contains("Elder has part"));
    paper.run(&["hold", "--undo", "fir"]).code(2).says("is killed");
    paper.run(&["hold", "elder"]).code(2).says("held already");
    paper.run(&["hold", "--undo", "elder", "broken"]).code(0).says("back in the edition");
    let mut after = paper.files("content");
    let desk = after.remove(std::path::Path::new("2026-11-24/desk.yaml")).unwrap();
    assert_eq!(after, stories, "nothing but desk.yaml is written");
    assert!(String::from_utf8(desk).unwrap().contains("killed:\n  - \"content/2026-11-24/fir\""));
    // A list that can't be read is not written over.
    paper.write("content/2026-11-24/desk.yaml", "held: [a\n");
    paper.run(&["hold", "elder"]).code(1).says("desk.yaml");
    assert_eq!(fs::read(paper.at("content/2026-11-24/desk.yaml")).unwrap(), b"held: [a\n");
}

#[test]
fn two_stories_change_places_and_change_back() {
    let paper = paper();
    paper.build(&[]).code(0);
    let before = pages(&paper);
    let last = before.len() as u64;
    let far = NAMES.iter().find(|name| page_of(&paper, name) == last).unwrap();
    assert_eq!(page_of(&paper, "Alder"), 1);
    paper.run(&["swap", "alder", &far.to_lowercase()]).code(0);
    paper.build(&[]).code(0);
    assert_eq!((page_of(&paper, far), page_of(&paper, "Alder")), (1, last));
    paper.run(&["swap", &far.to_lowercase(), "alder"]).code(0);
    assert!(!paper.at("content/2026-11-24/desk.yaml").exists());
    paper.build(&[]).code(0);
    assert_eq!(pages(&paper), before);
    paper.run(&["swap", "alder", "alder"]).code(2).says("with itself");
    paper.run(&["lock", "1"]).code(0);
    paper.run(&["swap", "alder", &far.to_lowercase()]).code(2).says("page 1, which is locked");
}

#[test]
fn pins_are_kept_or_refused_with_the_reason() {
    let paper = paper();
    let pin = |name: &str, pins: &str| {
        let front = format!("priority: 5\nprint: {{{pins}}}\n");
        paper.write(&path(name), story(name, &front, 8));
    };
    pin("Gorse", "with: hazle, page: 40");
    pin("Hazel", "apart: maple, position: top outer");
    let ran = paper.build(&[]).code(0).says("did you mean `hazel`?");
    let ran = ran.says("gorse.md:4:").says("is pinned to page 40 but stands on page");
    ran.says("pages");
    let given = paper.report(EDITION)["given_up"].clone();
    let pinned = |one: &&Value| one["what"] == "pin-page";
    let told = given.as_array().unwrap().iter().filter(pinned).count();
    assert_eq!(told, 1, "{given:#}");
    // The edition's own pins outweigh those of the stories.
    paper.write(
        "content/2026-11-24/edition.yaml",
        "pins:\n  - {story: gorse, page: 2, with: hazel}\n  - {story: alder, size: large}\n",
    );
    paper.build(&[]).code(0);
    assert_eq!((page_of(&paper, "Gorse"), page_of(&paper, "Hazel")), (2, 2));
    assert_ne!(page_of(&paper, "Hazel"), page_of(&paper, "Maple"));
    let ran = paper.run(&["check"]).code(0);
    let ran = ran.says("Pins").says("What it makes worse");
    ran.says("size: large");
    let ran = paper.run(&["check", "--json"]).code(0);
    let review: Value = serde_json::from_str(ran.out.lines().last().unwrap()).unwrap();
    assert_eq!(review["pins"].as_array().unwrap().len(), 5, "{}", review["pins"]);
    assert!(review["pins"].as_array().unwrap().iter().all(|pin| pin["cost"].is_f64()));
}

#[test]
fn pins_that_contradict_each_other_name_both_places() {
    let paper = paper();
    let pin = |name: &str, pins: &str| {
        paper.write(&path(name), story(name, &format!("print: {{{pins}}}\n"), 8));
    };
    pin("Gorse", "with: hazel, apart: hazel");
    let ran = paper.build(&[]).code(1).says("gorse.md:3:29");
    ran.says("the two must stand together (content/2026-11-24/gorse.md:3:");
    pin("Gorse", "with: hazel, page: 2");
    pin("Hazel", "page: 3");
    let ran = paper.build(&[]).code(1).says("hazel.md:3:");
    ran.says(
        "pinned to page 3 and “content/2026-11-24/gorse” to page 2 (content/2026-11-24/gorse.md:3:",
    );
    pin("Gorse", "apart: hazel, page: 3");
    paper
        .build(&[])
        .code(1)
        .says("both are pinned to the same page (content/2026-11-24/hazel.md:3:");
    pin("Gorse", "position: top foot");
    pin("Hazel", "size: huge");
    paper.build(&[]).code(1).says("`position` must be").says("`size` must be");
}
