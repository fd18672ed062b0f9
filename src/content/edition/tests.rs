//! Tests that read whole papers from temporary folders.

use jiff::civil::Date;

use super::*;
use crate::content::LeftOut;
use crate::content::dates::moment::Moment;
use crate::content::model::left_out::Reason;
use crate::content::model::request::EditionChoice;
use crate::content::{fill_alts, priorities};
use crate::diag::FileNo;

fn paper(files: &[(&str, &str)]) -> std::io::Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        std::fs::write(path, text)?;
    }
    Ok(folder)
}

fn request(folder: &tempfile::TempDir) -> Request {
    Request {
        root: folder.path().to_owned(),
        edition: EditionChoice::Latest,
        stories: vec![],
        now: Moment::read("2027-01-01").unwrap_or(Moment::At(jiff::Timestamp::MAX)),
    }
}

#[test]
fn editions_follow_their_folders() -> Result<(), Box<dyn std::error::Error>> {
    let folder = paper(&[
        ("paper.yaml", "name: P\nsections: [News, {name: sport, title: Sports}]\n"),
        ("content/2026-11-23/a.md", "# A\n\nx"),
        ("content/2026-11-24/sport/b.md", "---\ntitle: B\nimage: p.png\n---\nx"),
        ("content/2026-11-24/c.md", "---\ntitle: C\nsection: Newz\ndraft: true\n---\nx"),
        ("content/2026-11-24/d.md", "---\ntitle: \"D\n---\nx"),
        ("content/2026-11-24/e.md", "---\ntitle: E\n---\n"),
        ("content/2026-11-24/_index.md", "---\ntitle: I\n---\n"),
    ])?;
    image::RgbImage::new(300, 200).save(folder.path().join("content/2026-11-24/sport/p.png"))?;
    let (mut content, _, diagnostics) = read(&request(&folder));
    let codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["bad-front-matter", "empty-story"]);
    let edition = &mut content.editions[0];
    assert_eq!(edition.stories.len(), 1);
    assert_eq!(edition.stories[0].section.as_deref(), Some("sport"));
    assert_eq!(edition.stories[0].pictures[0].pixels, [300, 200]);
    let reasons: Vec<Reason> = edition.left_out.iter().map(|left| left.reason).collect();
    assert_eq!(reasons, [Reason::Draft, Reason::Broken, Reason::Empty]);
    assert!(edition.unpublished.is_empty());
    let (shown, ..) = read_unpublished(&request(&folder));
    let of = |left: &LeftOut| (left.key.clone(), left.reason);
    let unpublished: Vec<_> = shown.editions[0].unpublished.iter().map(of).collect();
    assert_eq!(unpublished, [("content/2026-11-24/c".into(), Reason::Draft)]);
    assert_eq!(shown.editions[0].stories.len(), 2);
    assert_eq!(fill_alts(edition).len(), 1);
    assert_eq!(edition.stories[0].pictures[0].alt.as_deref(), Some("Picture with: B"));
    assert_eq!(priorities(edition, &content.paper)[0].priority, 1);
    let all = Request { edition: EditionChoice::All, ..request(&folder) };
    assert_eq!(read(&all).0.editions.len(), 2);
    Ok(())
}

#[test]
fn an_edition_gathers_a_week_or_a_month() -> Result<(), Box<dyn std::error::Error>> {
    let folder = paper(&[
        ("paper.yaml", "edition: {every: month}\n"),
        ("content/2026-10-31/a.md", "# A\n\nx"),
        ("content/2026-11-02/b.md", "# B\n\nx"),
        ("content/2026-11-30/c.md", "# C\n\nx"),
        ("content/2026-11-30/edition.yaml", "pages: 2\n"),
        ("content/posts/d.md", "---\ntitle: D\ndate: 2026-11-17\n---\nx"),
        ("content/posts/e.md", "# E\n\nx"),
    ])?;
    let found = |edition, stories: &[&str]| {
        let stories = stories.iter().map(|p| (*p).to_owned()).collect();
        let (content, _, said) = read(&Request { edition, stories, ..request(&folder) });
        let of = |one: &Edition| {
            let keys = one.stories.iter().map(|story| story.key.rsplit('/').next());
            (one.date.unwrap_or_default().to_string(), keys.flatten().collect::<String>())
        };
        let editions: Vec<(String, String)> = content.editions.iter().map(of).collect();
        (editions, said.into_iter().map(|one| one.code.to_string()).collect::<Vec<_>>())
    };
    let november = ("2026-11-01".to_owned(), "bcde".to_owned());
    let (latest, said) = found(EditionChoice::Latest, &[]);
    assert_eq!(
        (&latest[..], &said[..]),
        (&[november.clone()][..], &["misplaced-settings".to_owned()][..])
    );
    let day = Date::constant(2026, 11, 17);
    assert_eq!(found(EditionChoice::On(day), &[]).0, [november]);
    let (all, _) = found(EditionChoice::All, &["content/**/*.md"]);
    let dates: Vec<_> = all.iter().map(|(date, keys)| (date.as_str(), keys.as_str())).collect();
    assert_eq!(dates, [("2026-10-01", "a"), ("2026-11-01", "bcde")]);
    std::fs::write(folder.path().join("paper.yaml"), "edition: {every: week}\n")?;
    let (all, said) = found(EditionChoice::All, &[]);
    let dates: Vec<_> = all.iter().map(|(date, keys)| (date.as_str(), keys.as_str())).collect();
    let weeks =
        [("2026-10-26", "a"), ("2026-11-02", "b"), ("2026-11-16", "d"), ("2026-11-30", "ce")];
    assert_eq!((&dates[..], said.is_empty()), (&weeks[..], true));
    let none = Date::constant(2026, 9, 1);
    assert_eq!(found(EditionChoice::On(none), &[]).1, ["no-edition"]);
    Ok(())
}

#[test]
fn patterns_name_any_markdown() -> Result<(), Box<dyn std::error::Error>> {
    let folder = paper(&[
        ("posts/2020-01-02-a.md", "# A\n\nx"),
        ("posts/b.markdown", "# B\n\nx"),
        ("README.md", "# R"),
    ])?;
    let named = |patterns: &[&str]| Request {
        stories: patterns.iter().map(|p| (*p).to_owned()).collect(),
        ..request(&folder)
    };
    let (content, _, diagnostics) = read(&named(&["**/*"]));
    assert!(diagnostics.is_empty());
    assert_eq!(content.editions[0].stories.len(), 2);
    assert_eq!(content.editions[0].date, Some(Date::constant(2020, 1, 2)));
    let outside = format!("{}/posts/*.md", folder.path().display());
    assert_eq!(read(&named(&[&outside])).0.editions[0].stories.len(), 1);
    assert_eq!(read(&named(&["no/*.md"])).2[0].code, "no-stories");
    Ok(())
}

#[test]
fn editions_are_read_one_at_a_time() -> Result<(), Box<dyn std::error::Error>> {
    let folder = paper(&[
        ("paper.yaml", "name: P\nformt: a4\n"),
        ("content/2026-11-23/a.md", "---\ntitle: A\nrelated: b\n---\nx"),
        ("content/2026-11-24/b.md", "# B\n\nx"),
        ("content/2026-11-24/c.md", "---\ntitle: \"C\n---\nx"),
    ])?;
    let all = Request { edition: EditionChoice::All, ..request(&folder) };
    let opened = open(&all);
    let (files, said) = opened.said();
    assert_eq!((files.len(), said.len()), (1, 1));
    let dates: Vec<Option<Date>> = opened.chosen().iter().map(|inputs| inputs.date).collect();
    let found = |at: usize| opened.edition(dates[at]).ok_or("there is no such edition");
    let first = found(0)?;
    assert_eq!((first.edition.stories.len(), first.edition.elsewhere.len()), (1, 1));
    assert_eq!(first.edition.inputs, *opened.chosen()[0]);
    // Diagnostics of an edition refer to its own files, and only these are kept.
    let Reading { sources, mut diagnostics, .. } = found(1)?;
    assert_eq!(sources.len(), 3);
    let mut kept = files.clone();
    kept.take_in(sources, kept.len(), &mut diagnostics);
    let span = diagnostics[0].span.ok_or("it has a place")?;
    assert_eq!((kept.len(), span.file, diagnostics.len()), (2, FileNo(1), 1));
    assert_eq!(kept.get(span.file).path, "content/2026-11-24/c.md");
    // Reading all editions at once gives the same results.
    let (content, _, together) = read(&all);
    assert_eq!(content.editions[0], first.edition);
    assert_eq!(together.len(), 2);
    // A file that changes after the first look is read as it is now, and the edition is made again
    // next time.
    std::fs::write(folder.path().join("content/2026-11-24/b.md"), "# Bee\n\nx")?;
    for at in [0, 1] {
        let edition = found(at)?.edition;
        assert_eq!(edition.inputs.texts, [0; 32]);
        assert_eq!(edition.stories.len(), 1);
    }
    std::fs::remove_file(folder.path().join("content/2026-11-24/b.md"))?;
    let gone = found(1)?;
    assert_eq!(gone.diagnostics.iter().filter(|one| one.code == "unreadable").count(), 1);
    assert!(opened.edition(Some(Date::constant(2020, 1, 1))).is_none());
    Ok(())
}
