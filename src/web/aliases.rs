//! Older addresses of stories: pages that lead on, and `_redirects` for hosts that can do it sooner.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::data::RedirectPage;
use super::index::{Index, Teaser};
use super::text::encode;
use super::{Fault, File};

/// An alias that leads nowhere, since something else is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The story that has it, by its key.
    pub story: String,
    /// The alias, below the site's root.
    pub alias: String,
    /// What is there.
    pub with: String,
}

/// The pages of all aliases and `_redirects`, and the aliases that can't be; `taken` are the names of
/// the site's own files.
pub(super) fn redirects(
    context: &Context<'_>,
    indexes: &[Index],
    taken: &[String],
) -> Result<(Vec<File>, Vec<Clash>), Fault> {
    // Some disks take capital letters for small ones.
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for name in taken {
        known.insert(name.to_lowercase(), format!("the site's own {name}"));
    }
    for index in indexes {
        for name in ["index.html", "index.json", "search.json", "edition.pdf"] {
            known.insert(
                format!("{}/{name}", index.folder),
                format!("the edition of {}", index.date_text),
            );
        }
        for story in &index.stories {
            let file = format!("{}/{}/index.html", index.folder, story.slug).to_lowercase();
            known.insert(file, format!("the story “{}”", story.key));
        }
    }
    // Nothing can be both a page and a folder.
    let folders: BTreeSet<String> = known.keys().flat_map(|file| above(file)).collect();
    let mut files = vec![];
    let mut lines = String::new();
    let mut clashes = vec![];
    for story in indexes.iter().flat_map(|index| &index.stories) {
        for alias in &story.aliases {
            let is_page = [".html", ".htm"].iter().any(|end| alias.to_lowercase().ends_with(end));
            let file = if is_page { alias.clone() } else { format!("{alias}/index.html") };
            let name = file.to_lowercase();
            let under = above(&name).into_iter().find_map(|folder| known.get(&folder).cloned());
            let over = folders.contains(&name).then(|| "a folder of that name".to_owned());
            let reserved = reserved(&name).then(|| "files of the site itself".to_owned());
            if let Some(with) = known.get(&name).cloned().or(under).or(over).or(reserved) {
                clashes.push(Clash { story: story.key.clone(), alias: alias.clone(), with });
                continue;
            }
            known.insert(name, format!("an alias of “{}”", story.key));
            let depth = file.matches('/').count();
            files.push((file, page(context, story, depth)?));
            let slash = if is_page { "" } else { "/" };
            let root = context.root_path();
            lines.push_str(&format!("{root}{}{slash} {root}{} 301\n", encode(alias), story.url));
        }
    }
    if !lines.is_empty() {
        files.push(("_redirects".into(), lines.into_bytes()));
    }
    Ok((files, clashes))
}

/// Whether a place is kept for files that come and go: those of the search, those that pages load,
/// and an edition's pictures.
fn reserved(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    matches!(parts[0], "assets" | "search")
        || matches!(parts[..], [folder, "pictures" | "share", ..] if folder.parse::<jiff::civil::Date>().is_ok())
}

/// The folders that a file lies in, as names.
fn above(file: &str) -> Vec<String> {
    file.match_indices('/').map(|(at, _)| file[..at].to_owned()).collect()
}

fn page(context: &Context<'_>, story: &Teaser, depth: usize) -> Result<Vec<u8>, Fault> {
    let root = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
    let target = format!("{root}{}", story.url);
    let own = RedirectPage { title: &story.headline, target };
    let data = context.page_at(&root, &story.url, &[], &own);
    context.look.page("redirect.html", &data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::defaults;
    use crate::web::Look;

    #[test]
    fn what_is_there_stays_and_the_first_of_two_counts() {
        let (paper, look) = (defaults("P"), Look::new(&[], "classic", &[]).unwrap());
        let story = |slug: &str, aliases: &[&str]| Teaser {
            key: slug.into(),
            slug: slug.into(),
            url: format!("2026-11-24/{slug}/"),
            aliases: aliases.iter().map(|one| (*one).to_owned()).collect(),
            ..Teaser::default()
        };
        let index = Index {
            folder: "2026-11-24".into(),
            stories: vec![
                story(
                    "a",
                    &["2026-11-24/b", "2026-11-24/old", "blog/x", "about", "about/index.html/y"],
                ),
                story(
                    "b",
                    &[
                        "Blog/X",
                        "2026-11-24/B",
                        "old.html",
                        "search/new",
                        "2026-11-24/pictures/p",
                        "2026-11-24",
                    ],
                ),
            ],
            ..Index::default()
        };
        let taken = ["about/index.html".to_owned()];
        let (files, clashes) = redirects(&Context::new(&paper, &look), &[index], &taken).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["2026-11-24/old/index.html", "blog/x/index.html", "old.html", "_redirects"]
        );
        let clashed: Vec<&str> = clashes.iter().map(|one| one.alias.as_str()).collect();
        assert_eq!(
            clashed,
            [
                "2026-11-24/b",
                "about",
                "about/index.html/y",
                "Blog/X",
                "2026-11-24/B",
                "search/new",
                "2026-11-24/pictures/p",
                "2026-11-24"
            ]
        );
        let page = String::from_utf8(files[1].1.clone()).unwrap();
        assert!(page.contains("content=\"0; url=../../2026-11-24/a/\""), "{page}");
        let lines = String::from_utf8(files[3].1.clone()).unwrap();
        assert_eq!(lines.lines().nth(1), Some("/blog/x/ /2026-11-24/a/ 301"));
    }
}
