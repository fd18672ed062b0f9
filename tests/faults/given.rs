//! What templates are given is what `stonehand schema web` says, on the demo and on odd papers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use stonehand::build::{Press, build};
use stonehand::export::Output;
use stonehand::web::{Look, template_schemas};

use super::common::Job;

type Given = Arc<Mutex<Vec<(String, Value)>>>;

/// Every template of a paper with what it is given.
fn given(root: &Path) -> Vec<(String, Value)> {
    let (job, _, _) = Job::read(root, &[], &[]);
    let job = job.expect("an edition");
    let mut edition = job.edition.clone();
    edition.paper.base_url = Some("https://bell.example.org".into());
    let all = Given::default();
    let kept = Arc::clone(&all);
    let look = Look::new(&[], "classic", &[]).expect("the built-in look");
    let look = look.watched(move |template, data| {
        kept.lock().unwrap().push((template.to_owned(), data.clone()));
    });
    let press = Press { wanted: &[Output::Web], look: Some(&look), ..job.press() };
    build(edition, vec![], &[], &press).map_err(|said| format!("{said:?}")).expect("an edition");
    std::mem::take(&mut *all.lock().unwrap())
}

/// What of a value is not as a schema says: the keywords that are used, and no others.
fn faults(value: &Value, schema: &Value, all: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return faults(value, &all["$defs"][name], all, at, out);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = |choice: &Value| {
            let mut found = vec![];
            faults(value, choice, all, at, &mut found);
            found.is_empty()
        };
        if !choices.iter().any(fits) {
            out.push(format!("{at} is none of {}", schema["anyOf"]));
        }
        return;
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is = |name: &Value| name == kind || (name == "number" && kind == "integer");
    let typed = match &schema["type"] {
        Value::Array(names) => names.iter().any(is),
        name => is(name),
    };
    if !typed {
        out.push(format!("{at} is {kind} and not {}", schema["type"]));
    }
    match value {
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                faults(item, &schema["items"], all, &format!("{at}[{number}]"), out);
            }
        }
        Value::Object(entries) => {
            for (name, entry) in entries {
                let own = &schema["properties"][name];
                let other = &schema["additionalProperties"];
                match (own.is_null(), other.is_object()) {
                    (false, _) => faults(entry, own, all, &format!("{at}.{name}"), out),
                    (true, true) => faults(entry, other, all, &format!("{at}.{name}"), out),
                    (true, false) => out.push(format!("{at}.{name} is not in the schema")),
                }
            }
            for name in schema["required"].as_array().into_iter().flatten() {
                if !entries.contains_key(name.as_str().unwrap()) {
                    out.push(format!("{at} lacks {name}"));
                }
            }
        }
        _ => {}
    }
}

#[test]
fn templates_are_given_what_their_schema_says() {
    let schema = template_schemas();
    let demo = given(Path::new(env!("CARGO_MANIFEST_DIR")));
    let templates: BTreeSet<&str> = demo.iter().map(|(name, _)| name.as_str()).collect();
    let known: BTreeSet<&str> =
        schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    // The demo has no older addresses.
    let expected: BTreeSet<&str> =
        known.iter().copied().filter(|name| *name != "redirect.html").collect();
    assert_eq!(templates, expected);
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("paper.yaml", "edition: {every: week}\n");
    write(
        "content/2026-11-24/a.md",
        "---\ntitle: A\naliases: /old/\nlang: de\nupdated: soon\ntranslations: {en: b}\n---\nText.\n",
    );
    write("content/2026-11-24/b.md", "---\ntitle: B\nrelated: a\ntags: [x]\n---\nText.\n");
    let odd = given(folder.path());
    assert!(odd.iter().any(|(name, _)| name == "redirect.html"));
    let mut out = vec![];
    for (template, data) in demo.iter().chain(&odd) {
        faults(data, &schema["properties"][template], &schema, template, &mut out);
    }
    assert!(out.is_empty(), "{out:#?}");
    // A planted fault: a key that is not there, one that is not said, one of another type.
    let (template, mut data) =
        demo.iter().find(|(name, _)| name == "article.html").unwrap().clone();
    data["more"] = json!(1);
    data["body"] = json!(2);
    data.as_object_mut().unwrap().remove("notes");
    faults(&data, &schema["properties"][&template], &schema, "page", &mut out);
    assert_eq!(out.len(), 3, "{out:#?}");
}

/// What templates use is what they are given.
#[test]
fn every_key_is_described_once_in_the_documentation() {
    let schema = template_schemas();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/web.md")).unwrap();
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let (names, row) = line[1..].split_once('|').unwrap();
        for name in names.split(',') {
            rows.insert(name.trim().trim_matches('`').to_owned(), row.to_owned());
        }
    }
    let common = text.lines().find(|line| line.starts_with("Every template has `root`")).unwrap();
    for (template, one) in schema["properties"].as_object().unwrap() {
        for key in one["properties"].as_object().unwrap().keys() {
            let told = |text: &str| text.contains(&format!("`{key}`"));
            assert!(
                told(&rows[template]) || told(common),
                "{template}: `{key}` is not in docs/web.md"
            );
        }
    }
}
