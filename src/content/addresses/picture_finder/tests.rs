use super::*;

fn folder(files: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    for file in files {
        let path = base.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "").unwrap();
    }
    (folder, base)
}

/// The result for a folder of stories: the path from the root; `~`, the difference and the path for
/// an inexact match; `outside`; or `?` and the suggestions.
fn said(base: &Path, src: &str) -> String {
    let root = base.join("root");
    let finder = Finder::new(root.clone(), root.join("content/2026-11-24"));
    let short = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    match finder.find(src) {
        FoundPicture::At(path) => short(&path),
        FoundPicture::Nearly(path, shown, off) => {
            assert_eq!(short(&path), shown);
            format!("~{off:?} {shown}")
        }
        FoundPicture::Outside => "outside".into(),
        FoundPicture::Nowhere(near) => format!("? {}", near.join(" ")).trim_end().into(),
    }
}

const FILES: [&str; 24] = [
    "root/content/2026-11-24/beside.jpg",
    "root/content/2026-11-24/images/below.jpg",
    "root/content/2026-11-24/shed/tools/spade.jpg",
    "root/content/2026-11-23/shed/tools/spade.jpg",
    "root/content/2026-11-23/pier.jpg",
    "root/content/shared.png",
    "root/static/img/quay.jpg",
    "root/static/uploads/mill & weir.jpg",
    "root/static/img/a b.png",
    "root/static/img/caf\u{e9}.jpg",
    "root/Attachments/gull.jpg",
    "root/img/u\u{308}ber.png",
    "root/img/a%+fb.png",
    "root/img/50%25.png",
    "root/img/shot#2.png",
    "root/img/two.jpg",
    "root/img/TWO.jpg",
    "root/img/plus one.jpg",
    "root/img/screen 1.00\u{202f}PM.png",
    "root/src/assets/tide.png",
    "root/themes/a/static/t.png",
    "root/desk/drawer/ferry.webp",
    "root/public/2026-11-23/front.png",
    "other/o.png",
];

#[test]
fn pictures_are_found_however_they_are_written() {
    let (_folder, base) = folder(&FILES);
    std::fs::write(base.join("root/public/2026-11-23/.stonehand.json"), "").unwrap();
    let inside = format!("file://{}/root/static/img/a%20b.png", base.display());
    for (src, found) in [
        ("beside.jpg", "content/2026-11-24/beside.jpg"),
        ("./beside.jpg", "content/2026-11-24/beside.jpg"),
        ("below.jpg", "content/2026-11-24/images/below.jpg"),
        (r"images\below.jpg", "content/2026-11-24/images/below.jpg"),
        ("shared.png", "content/shared.png"),
        ("../shared.png", "content/shared.png"),
        ("/img/quay.jpg", "static/img/quay.jpg"),
        ("quay.jpg", "static/img/quay.jpg"),
        ("img/quay.jpg?w=300&h=2", "static/img/quay.jpg"),
        ("/img/quay.jpg#center", "static/img/quay.jpg"),
        ("/img/a%20b.png?x=1", "static/img/a b.png"),
        ("img/a b.png", "static/img/a b.png"),
        ("img/a+b.png", "static/img/a b.png"),
        ("/uploads/mill%20%26%20weir.jpg", "static/uploads/mill & weir.jpg"),
        ("cafe\u{301}.jpg", "static/img/caf\u{e9}.jpg"),
        ("/img/caf%C3%A9.jpg", "static/img/caf\u{e9}.jpg"),
        ("\u{fc}ber.png", "img/u\u{308}ber.png"),
        ("a%+fb.png", "img/a%+fb.png"),
        ("50%25.png", "img/50%25.png"),
        ("shot#2.png", "img/shot#2.png"),
        ("plus+one.jpg", "img/plus one.jpg"),
        ("screen 1.00 PM.png", "img/screen 1.00\u{202f}PM.png"),
        ("gull.jpg", "Attachments/gull.jpg"),
        ("tide.png", "src/assets/tide.png"),
        ("/t.png", "themes/a/static/t.png"),
        (&inside, "static/img/a b.png"),
    ] {
        assert_eq!(said(&base, src), found, "{src}");
    }
}

#[test]
fn what_is_not_quite_there_is_told_and_never_guessed() {
    let (_folder, base) = folder(&FILES);
    std::fs::write(base.join("root/public/2026-11-23/.stonehand.json"), "").unwrap();
    for (src, found) in [
        // In another case.
        ("Beside.JPG", "~Case content/2026-11-24/beside.jpg"),
        ("/Img/Quay.jpg", "~Case static/img/quay.jpg"),
        ("CAFE\u{301}.jpg", "~Case static/img/caf\u{e9}.jpg"),
        ("two.jpg", "img/two.jpg"),
        ("Two.jpg", "? img/TWO.jpg img/two.jpg"),
        // In another folder.
        ("ferry.webp", "~Place desk/drawer/ferry.webp"),
        ("drawer/ferry.webp", "~Place desk/drawer/ferry.webp"),
        ("../../../drawer/Ferry.webp", "~Place desk/drawer/ferry.webp"),
        ("pier.jpg", "~Place content/2026-11-23/pier.jpg"),
        // The story's own folder comes before those of others.
        ("spade.jpg", "~Place content/2026-11-24/shed/tools/spade.jpg"),
        // A path that does not exist is no evidence of which file is meant.
        ("closet/ferry.webp", "? desk/drawer/ferry.webp"),
        ("ferry.jpg", "? desk/drawer/ferry.webp"),
        ("fery.webp", "? desk/drawer/ferry.webp"),
        ("nothing.jpg", "?"),
        // A path on another computer's disk.
        (r"C:\Users\Ann\paper\drawer\ferry.webp", "~Place desk/drawer/ferry.webp"),
        ("file:///Users/ann/Pictures/ferry.webp", "~Place desk/drawer/ferry.webp"),
        ("file:///C:/Users/ann/gull.jpg", "Attachments/gull.jpg"),
        // A file in an output folder is not an original.
        ("front.png", "?"),
        // Nothing outside of the root is looked at.
        ("../../../other/o.png", "outside"),
        ("/etc/hostname", "?"),
        ("file:///etc/hostname", "?"),
        ("/", "?"),
        ("", "?"),
        ("a\0b", "?"),
    ] {
        assert_eq!(said(&base, src), found, "{src}");
    }
}

#[test]
fn what_lies_beside_is_found_by_its_address_on_the_site() {
    let (_folder, base) = folder(&["posts/2026-03-02-old-mill/wheel.jpg", "posts/quay/wheel.jpg"]);
    let found = |dir: &str, src: &str| Finder::new(base.clone(), base.join(dir)).find(src);
    let beside = |dir: &str| FoundPicture::At(base.join(dir).join("wheel.jpg"));
    let mill = "posts/2026-03-02-old-mill";
    for src in [
        "/blog/2026/03/02/old-mill/wheel.jpg",
        "blog/old-mill/wheel.jpg",
        "/2026-03-02-old-mill/wheel.jpg",
    ] {
        assert_eq!(found(mill, src), beside(mill), "{src}");
    }
    assert_eq!(found("posts/quay", "/news/quay/wheel.jpg"), beside("posts/quay"));
    for src in ["/blog/mill/wheel.jpg", "/old-mill/shed/wheel.jpg", "/old-mill/gate.jpg"] {
        assert!(!found(mill, src).is_file(), "{src}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_not_followed() {
    let (_folder, base) = folder(&["root/content/2026-11-24/a.md", "other/o.png"]);
    std::os::unix::fs::symlink(base.join("other/o.png"), base.join("root/o.png")).unwrap();
    std::os::unix::fs::symlink(base.join("other"), base.join("root/images")).unwrap();
    assert_eq!(said(&base, "o.png"), "outside");
    assert_eq!(said(&base, "images/o.png"), "outside");
    assert_eq!(said(&base, "O.PNG"), "outside");
}
