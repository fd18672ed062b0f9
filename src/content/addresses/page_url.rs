//! The address of a story's page on the site that it was written for. It makes the relative links
//! of the story absolute.

/// Folders in which generators keep pages and that are not part of the pages' addresses, the longer
/// ones first.
const ROOTS: [&str; 8] = [
    "src/content",
    "src/pages",
    "user/pages",
    "site/content",
    "content",
    "source",
    "pages",
    "docs/docs",
];

/// Folders of posts whose addresses depend on a site's settings, so a path does not give them.
const MADE_UP: [&str; 2] = ["_posts", "_drafts"];

/// The address of a story's page, and the address of the folder of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageUrl {
    /// The page; with a slash at its end if the page is a folder.
    page: String,
    /// The folder of its file, with a slash at its end; `None` if it is not known.
    folder: Option<String>,
    /// Whether the site orders its pages by numbers in the names of their folders.
    numbered: bool,
}

impl PageUrl {
    /// The page of a story whose front matter has a canonical address.
    pub(crate) fn of_canonical(url: &str) -> Self {
        Self {
            page: url.split(['?', '#']).next().unwrap_or(url).to_owned(),
            folder: None,
            numbered: false,
        }
    }

    /// The page of a story, from the site's address and the story's path below the site's root.
    /// Returns `None` if the path does not give the address.
    pub(crate) fn of_path(site: &str, path: &str, slug: &str) -> Option<Self> {
        let below = |root: &&&str| path.strip_prefix(**root)?.strip_prefix('/');
        let inner = ROOTS.iter().find_map(|root| below(&root)).unwrap_or(path);
        let mut parts: Vec<String> = inner.split('/').map(|part| numberless(part).into()).collect();
        let file = parts.pop()?;
        if parts.iter().any(|part| MADE_UP.contains(&part.as_str())) {
            return None;
        }
        let stem = file.split('.').next().unwrap_or_default();
        let is_folder = matches!(stem, "index" | "_index") || is_numbered(inner);
        let folder: String = parts.iter().map(|part| format!("{part}/")).collect();
        let folder = format!("{}/{folder}", site.trim_end_matches('/'));
        let page = if is_folder { folder.clone() } else { format!("{folder}{slug}/") };
        Some(Self { page, folder: Some(folder), numbered: is_numbered(inner) })
    }

    /// The absolute address of a relative link on this page. A link to a source file is relative to
    /// the story's file, any other link to the page's address.
    pub(crate) fn join(&self, link: &str) -> Option<String> {
        let end = link.find(['?', '#']).unwrap_or(link.len());
        let (path, rest) = link.split_at(end);
        if path.is_empty() {
            return None;
        }
        let file =
            [".md", ".markdown", ".mdx", ".qmd"].iter().find_map(|end| path.strip_suffix(end));
        let (base, path) = match file {
            Some(file) => (self.folder.as_deref()?, file),
            None => (self.page.as_str(), path),
        };
        let (scheme, address) = base.split_once("://")?;
        let mut parts: Vec<&str> = address.split('/').collect();
        // What follows the last slash is the page itself.
        parts.pop();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.len() > 1 => drop(parts.pop()),
                ".." => return None,
                part => parts.push(if self.numbered { numberless(part) } else { part }),
            }
        }
        if file.is_some() && matches!(parts.last(), Some(&("index" | "_index"))) {
            parts.pop();
        }
        let closed = file.is_some() || path.ends_with('/') || path.ends_with("..");
        let slash = if closed { "/" } else { "" };
        Some(format!("{scheme}://{}{slash}{rest}", parts.join("/")))
    }
}

/// The absolute address of a link that begins with `/`. If the site is in a folder, the link may
/// include that folder or not.
pub(crate) fn rooted(base: &str, link: &str) -> String {
    let base = base.trim_end_matches('/');
    let folder = base.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    let named = folder.and_then(|(_, folder)| link.strip_prefix('/')?.strip_prefix(folder));
    match named.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(rest) => format!("{base}{rest}"),
        None => format!("{base}{link}"),
    }
}

/// A folder's name without the number by which Grav orders pages: `02.news`.
pub(crate) fn numberless(part: &str) -> &str {
    match part.split_once('.') {
        Some((number, rest))
            if !rest.is_empty() && number.len() <= 3 && number.parse::<u16>().is_ok() =>
        {
            rest
        }
        _ => part,
    }
}

/// Whether a file lies in folders that Grav numbers. Such a folder is a page, whatever its file's
/// name.
pub(crate) fn is_numbered(path: &str) -> bool {
    let (folders, _) = path.rsplit_once('/').unwrap_or_default();
    path.starts_with("user/pages/") || folders.split('/').any(|part| numberless(part) != part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_told_from_the_page_or_from_its_file() {
        let site = "https://echo.example";
        for (path, slug, link, whole) in [
            ("content/blog/mill.md", "mill", "../weir/", "/blog/weir/"),
            ("content/blog/mill.md", "mill", "./weir.md", "/blog/weir/"),
            ("content/blog/mill.md", "mill", "weir.md#gate", "/blog/weir/#gate"),
            ("content/blog/mill/index.md", "mill", "../weir/index.md", "/blog/weir/"),
            ("content/blog/mill/index.md", "mill", "map.pdf", "/blog/mill/map.pdf"),
            ("content/blog/mill.md", "mill", "photos/2.jpg", "/blog/mill/photos/2.jpg"),
            ("user/pages/01.blog/02.mill/item.md", "mill", "../weir", "/blog/weir"),
            ("user/pages/01.blog/02.mill/item.md", "mill", "../03.weir", "/blog/weir"),
            ("blog/mill.md", "mill", "../../about?x=1", "/about?x=1"),
            ("content/mill.md", "mill", "../../../about", ""),
            ("_posts/2026-01-02-mill.md", "mill", "../weir", ""),
        ] {
            let page = PageUrl::of_path(site, path, slug);
            let found = page.and_then(|page| page.join(link)).unwrap_or_default();
            let whole = if whole.is_empty() { String::new() } else { format!("{site}{whole}") };
            assert_eq!(found, whole, "{link} in {path}");
        }
        let own = PageUrl::of_canonical("https://echo.example/2026/mill.html?a");
        assert_eq!(own.join("weir.html").as_deref(), Some("https://echo.example/2026/weir.html"));
        assert_eq!(own.join("weir.md"), None);
    }

    #[test]
    fn a_site_in_a_folder_is_named_once() {
        let base = "https://a.example/echo/";
        assert_eq!(rooted(base, "/mill/"), "https://a.example/echo/mill/");
        assert_eq!(rooted(base, "/echo/mill/"), "https://a.example/echo/mill/");
        assert_eq!(rooted(base, "/echoes/"), "https://a.example/echo/echoes/");
    }
}
