//! What is published, what stays, what goes.

use std::fs;
use std::path::Path;

use super::disk::files_below;
use super::manifest::MADE;
use super::*;

/// Stages an edition and publishes it.
fn publish(folder: &Path, files: &Files) -> Result<(), Failure> {
    stage(folder, files, None)?.publish()
}

#[test]
fn a_file_is_replaced_whole() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("content/2026-11-24/desk.yaml");
    replace(&path, "one").unwrap();
    replace(&path, "two").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "two");
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    // Where it can't be, what is there stays.
    assert!(replace(&path.join("under-a-file"), "three").is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "two");
}

#[test]
fn an_edition_replaces_the_old_one_whole() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("public/2026-11-24");
    let mut first = Files::default();
    first.add("pdf", "edition.pdf", b"one".to_vec());
    publish(&folder, &first).unwrap();
    fs::write(folder.join("mine.txt"), "kept").unwrap();
    let mut second = Files::default();
    second.add("pdf", "edition.pdf", b"two".to_vec());
    publish(&folder, &second).unwrap();
    assert_eq!(fs::read(folder.join("edition.pdf")).unwrap(), b"two");
    assert_eq!(fs::read(folder.join("mine.txt")).unwrap(), b"kept");
    let left: Vec<_> = fs::read_dir(root.path().join("public")).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside the edition");
}

/// Puts files into a folder that holds other things too.
fn publish_beside(folder: &Path, files: &[(String, Vec<u8>)], keep: &Keep) -> (usize, usize) {
    let beside = Beside::of(folder).unwrap();
    files.iter().cloned().for_each(|file| beside.put(file));
    beside.publish(keep, None).unwrap()
}

/// The files below a folder, with their bytes and their inodes' times.
fn state(folder: &Path) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
    let all = files_below(folder).into_iter();
    all.map(|(name, path)| {
        (name, fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap())
    })
    .collect()
}

#[test]
fn what_is_unchanged_is_untouched_and_what_is_stale_is_gone() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("2026-11-24");
    let edition = |stories: &[(&str, &str)]| {
        let mut files = Files::default();
        files.add("pdf", "edition.pdf", b"%PDF".to_vec());
        for (name, text) in stories {
            files.add("web", &format!("{name}/index.html"), text.as_bytes().to_vec());
        }
        files
    };
    publish(&folder, &edition(&[("a", "A"), ("b", "B")])).unwrap();
    fs::write(folder.join("b/mine.txt"), "kept").unwrap();
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    for (_, path) in files_below(&folder) {
        fs::File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
    }
    publish(&folder, &edition(&[("a", "A"), ("b", "B")])).unwrap();
    assert!(state(&folder).iter().all(|(_, _, time)| *time == old), "nothing was touched");
    publish(&folder, &edition(&[("a", "A"), ("c", "C")])).unwrap();
    let state = state(&folder);
    let names: Vec<_> = state.iter().map(|(name, _, time)| (name.as_str(), *time == old)).collect();
    let expected = [
        (".stonehand.json", false),
        ("a/index.html", true),
        ("b/mine.txt", true),
        ("c/index.html", false),
        ("edition.pdf", true),
    ];
    assert_eq!(names, expected);
    // An output that is not asked for stays as it is.
    let mut only = Files::default();
    only.add("pdf", "edition.pdf", b"%PDF-2".to_vec());
    publish(&folder, &only).unwrap();
    assert!(folder.join("a/index.html").is_file() && folder.join("c/index.html").is_file());
    publish(&folder, &edition(&[("a", "A")])).unwrap();
    assert!(!folder.join("c").exists(), "and is known later");
}

#[test]
fn a_record_that_leads_out_of_its_folder_removes_nothing() {
    let root = tempfile::tempdir().unwrap();
    let (site, other) = (root.path().join("site"), root.path().join("other.txt"));
    fs::create_dir(&site).unwrap();
    fs::write(&other, "mine").unwrap();
    let absolute = other.to_str().unwrap();
    let names = ["../other.txt", absolute, "old.html"];
    fs::write(site.join("old.html"), "old").unwrap();
    let record = serde_json::json!({ "version": 1, "made": { "site": names } });
    fs::write(site.join(MADE), record.to_string()).unwrap();
    let files = [("index.html".to_owned(), b"1".to_vec())];
    assert_eq!(publish_beside(&site, &files, &Keep::default()), (1, 1));
    assert!(other.is_file() && !site.join("old.html").exists());
}

#[test]
fn a_site_leaves_what_is_not_its_own() {
    let root = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    fs::write(root.path().join("CNAME"), "example.org").unwrap();
    let first =
        [file("index.html", "1"), file("tag/a/index.html", "a"), file("assets/x.1.css", "x")];
    assert_eq!(publish_beside(root.path(), &first, &Keep::default()), (3, 0));
    assert_eq!(publish_beside(root.path(), &first, &Keep::default()), (0, 0));
    let second = [file("index.html", "2")];
    let keep = Keep(vec!["assets/x.1.css".into(), "CNAME".into()]);
    assert_eq!(publish_beside(root.path(), &second, &keep), (1, 1));
    assert!(root.path().join("CNAME").is_file() && !root.path().join("tag").exists());
    assert!(root.path().join("assets/x.1.css").is_file());
    assert_eq!(publish_beside(root.path(), &second, &Keep::default()), (0, 1));
    assert!(root.path().join("CNAME").is_file());
}

#[test]
fn what_was_made_tells_what_from_as_long_as_it_is_whole() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("2026-11-24");
    let files = |kinds: &[&'static str]| {
        let mut files = Files::default();
        kinds.iter().for_each(|kind| files.add(kind, &format!("{kind}.txt"), b"text".to_vec()));
        files
    };
    let key = |outputs: &[&str]| origin_of(&folder, outputs).map(|origin| origin.key);
    let make = |kinds: &[&'static str], key: &str| {
        let origin = Origin::of(key.into());
        stage(&folder, &files(kinds), Some(origin)).unwrap().publish().unwrap();
    };
    assert_eq!(key(&["pdf", "web"]), None);
    make(&["web", "pdf"], "one");
    assert_eq!(key(&["pdf", "web"]).as_deref(), Some("one"));
    assert_eq!(key(&["pdf"]), None, "alone it may come out otherwise");
    // What is made beside it changes nothing; what overwrites a part of it does.
    make(&["press"], "two");
    assert_eq!(key(&["pdf", "web"]).as_deref(), Some("one"));
    make(&["web"], "three");
    assert_eq!((key(&["pdf", "web"]), key(&["web"]).as_deref()), (None, Some("three")));
    // What was made without a word of its origin may be anything.
    publish(&folder, &files(&["web"])).unwrap();
    assert_eq!(key(&["web"]), None);
    make(&["web"], "three");
    fs::write(folder.join("web.txt"), "tex").unwrap();
    assert_eq!(key(&["web"]), None, "a file is no more what it was");
    make(&["web"], "three");
    fs::write(folder.join(MADE), "{\"version\":1,\"made\":3}").unwrap();
    assert_eq!(key(&["web"]), None);
}

#[test]
fn what_is_staged_and_dropped_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("2026-11-24");
    let mut files = Files::default();
    files.add("pdf", "edition.pdf", b"one".to_vec());
    publish(&folder, &files).unwrap();
    let before = state(root.path());
    files.add("web", "index.html", b"two".to_vec());
    drop(stage(&folder, &files, None).unwrap());
    assert_eq!(state(root.path()), before);
}

#[test]
fn a_site_that_is_not_published_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("index.html"), "old").unwrap();
    let beside = Beside::of(root.path()).unwrap();
    beside.put(("index.html".into(), b"new".to_vec()));
    beside.put_first(("assets/x.css".into(), b"x".to_vec()));
    assert_eq!(fs::read(root.path().join("index.html")).unwrap(), b"old");
    drop(beside);
    let left: Vec<_> = fs::read_dir(root.path()).unwrap().flatten().collect();
    assert_eq!(left.len(), 1);
    // What has its bytes already is not touched, and the last file of a name counts.
    let beside = Beside::of(root.path()).unwrap();
    beside.put(("index.html".into(), b"old".to_vec()));
    beside.put(("a.html".into(), b"1".to_vec()));
    beside.put(("a.html".into(), b"2".to_vec()));
    beside.put(("b.html".into(), b"3".to_vec()));
    beside.forget("b.html");
    assert_eq!(beside.publish(&Keep::default(), None).unwrap(), (1, 0));
    assert_eq!(fs::read(root.path().join("a.html")).unwrap(), b"2");
    assert!(!root.path().join("b.html").exists());
}
