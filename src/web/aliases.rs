//! Aliases: older addresses of stories. Each has a page that leads on to the story; `_redirects` does the
//! same on hosts that read it.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::data::RedirectPage;
use super::escape::encode;
use super::file::{Fault, File};
use super::index::{Index, Teaser};

/// An alias that is left out, since something else is at its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The key of its story.
    pub story: String,
    /// The alias: a path below the site's root.
    pub alias: String,
    /// What is there, in words.
    pub with: String,
}

/// The pages of all aliases with `_redirects`, and the aliases that are left out. `taken` are the names
/// of the site's own files.
pub(super) fn redirects(
    context: &Context<'_>,
    indexes: &[Index],
    taken: &[String],
) -> Result<(Vec<File>, Vec<Clash>), Fault> {
    // Some file systems don't tell capital letters from small ones.
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
    // A path can't be both a file and a folder.
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

/// Whether a path is reserved for files whose names change: those of the search, those that pages load,
/// and the pictures of editions.
fn reserved(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    matches!(parts[0], "assets" | "search")
        || matches!(parts[..], [folder, "pictures" | "share", ..] if folder.parse::<jiff::civil::Date>().is_ok())
}

/// The folders that a file lies in.
fn above(file: &str) -> Vec<String> {
    file.match_indices('/').map(|(at, _)| file[..at].to_owned()).collect()
}

/// The page of an alias, `depth` folders below the site's root.
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
