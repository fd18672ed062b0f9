//! The paths that a picture's address may mean: with percent-encoding or without, from this
//! computer or another one.

use std::path::Path;

/// A path below the paper's folder that an address may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// The path, with `/` as separator and no slash at its start.
    pub(crate) path: String,
    /// Whether it counts from the site's root.
    pub(crate) rooted: bool,
    /// Whether it is a path on another computer's disk, or on this one outside of the paper's
    /// folder. Only the end of such a path can match a file here.
    pub(crate) foreign: bool,
}

impl Address {
    /// The paths to look for by name: this path without `./` and `../` at its start and, if it is
    /// foreign, each end of it.
    pub(crate) fn ends(&self) -> Vec<&str> {
        let mut path = self.path.as_str();
        while let Some(rest) = path.strip_prefix("../").or_else(|| path.strip_prefix("./")) {
            path = rest.trim_start_matches('/');
        }
        let parts = || path.split('/');
        if path.is_empty() || parts().any(|part| part.is_empty() || part == ".." || part == ".") {
            return vec![];
        }
        let mut all = vec![path];
        if self.foreign {
            all.extend(path.match_indices('/').map(|(at, _)| &path[at + 1..]));
        }
        all
    }
}

/// An address without the placeholder with which a generator names the root of its site or the
/// current file: `{static}/quay.jpg`, `@site/static/quay.jpg`, `__GHOST_URL__/quay.jpg`.
pub(crate) fn without_root(src: &str) -> Option<String> {
    const HERE: [&str; 11] = [
        "%7Battach%7D",
        "%7Bfilename%7D",
        "%7Bstatic%7D",
        "{attach}",
        "{filename}",
        "{image}",
        "{photo}",
        "{static}",
        "|attach|",
        "|filename|",
        "|static|",
    ];
    const ROOTS: [&str; 7] = ["$lib/", "@/", "@@/", "@site/", "__GHOST_URL__/", "~/", "~@/"];
    let named = HERE.iter().find_map(|name| src.strip_prefix(name));
    let named = named.filter(|rest| !rest.is_empty()).map(str::to_owned);
    named.or_else(|| {
        let rest = ROOTS.iter().find_map(|root| src.strip_prefix(root))?;
        Some(format!("/{rest}"))
    })
}

/// The paths that an address may mean, the literal one first.
pub(crate) fn readings(src: &str, root: &Path) -> Vec<Address> {
    let src = src.trim();
    let mut all = readings_of(src, root);
    all.extend(without_root(src).into_iter().flat_map(|bare| readings_of(&bare, root)));
    all
}

fn readings_of(src: &str, root: &Path) -> Vec<Address> {
    let lower = src.to_ascii_lowercase();
    let (text, of_disk) = match lower.strip_prefix("file:") {
        Some(rest) => {
            let rest = &src[src.len() - rest.len()..];
            let path = rest.strip_prefix("//").unwrap_or(rest);
            (path.strip_prefix("localhost").unwrap_or(path), true)
        }
        None => (src, false),
    };
    let mut texts: Vec<String> = vec![];
    let cut = text.split(['?', '#']).next().unwrap_or_default();
    for text in [text, cut] {
        let decoded = percent_decoded(text);
        let spaced = decoded.replace('+', " ");
        for text in [text, &decoded, &spaced] {
            for text in [text.to_owned(), text.replace('\\', "/")] {
                let text = text.trim().to_owned();
                if !texts.contains(&text) {
                    texts.push(text);
                }
            }
        }
    }
    texts.iter().filter_map(|text| address(text, of_disk, root)).collect()
}

fn address(text: &str, of_disk: bool, root: &Path) -> Option<Address> {
    let bare = text.trim_start_matches('/');
    let (drive, rest) = match bare.as_bytes() {
        [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic() => (true, &bare[3..]),
        _ => (false, bare),
    };
    if rest.is_empty() || rest.contains('\0') {
        return None;
    }
    let whole = Path::new(text);
    if (of_disk || text.starts_with('/'))
        && let Ok(inside) = whole.strip_prefix(root)
    {
        let path = inside.to_str()?.to_owned();
        return Some(Address { path, rooted: true, foreign: false });
    }
    let foreign = drive || of_disk && text.starts_with('/');
    Some(Address { path: rest.to_owned(), rooted: text.starts_with('/'), foreign })
}

/// A text with its percent-encoding decoded. A `%` without two hexadecimal digits after it stays.
pub(crate) fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text.trim()).decode_utf8_lossy().into_owned()
}

/// The paths from the site's root that an absolute web address may mean, if it leads into the
/// paper's own site, which has the address `base`. Empty if it leads elsewhere.
pub(crate) fn own_paths(src: &str, base: &str) -> Vec<String> {
    let parts = |url: &str| -> Option<(String, String)> {
        let (scheme, rest) = url.split_once("//")?;
        if !matches!(scheme.to_ascii_lowercase().as_str(), "" | "http:" | "https:") {
            return None;
        }
        let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = rest[..at].to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
        Some((host, rest[at..].to_owned()))
    };
    let (Some((host, path)), Some((own, below))) = (parts(src.trim()), parts(base.trim())) else {
        return vec![];
    };
    if host != own || host.is_empty() || !path.starts_with('/') {
        return vec![];
    }
    let below = below.trim_end_matches('/');
    let inner = path.strip_prefix(below).filter(|rest| !below.is_empty() && rest.starts_with('/'));
    inner.map(str::to_owned).into_iter().chain([path.clone()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_hexadecimal_digits_are_an_escape() {
        for (written, meant) in [
            ("a%20b.jpg", "a b.jpg"),
            ("100%", "100%"),
            ("a%+fb.png", "a%+fb.png"),
            ("a%-1b.png", "a%-1b.png"),
            ("%2", "%2"),
            ("% 2x", "% 2x"),
            ("%C3%A9t%c3%a9", "été"),
            ("50%25off", "50%off"),
            ("%e9.png", "\u{fffd}.png"),
        ] {
            assert_eq!(percent_decoded(written), meant, "{written}");
        }
    }

    #[test]
    fn the_own_site_is_known_by_its_host() {
        let base = "https://echo.example.org/paper";
        for (src, paths) in [
            ("https://echo.example.org/paper/img/q.jpg", vec!["/img/q.jpg", "/paper/img/q.jpg"]),
            ("http://www.Echo.example.org/img/q.jpg", vec!["/img/q.jpg"]),
            ("//echo.example.org/img/q.jpg?w=3", vec!["/img/q.jpg?w=3"]),
            ("https://echo.example.org/papers/q.jpg", vec!["/papers/q.jpg"]),
            ("https://echo.example.org.evil.example/q.jpg", vec![]),
            ("https://evil.example/echo.example.org/q.jpg", vec![]),
            ("ftp://echo.example.org/q.jpg", vec![]),
            ("https://echo.example.org", vec![]),
        ] {
            assert_eq!(own_paths(src, base), paths, "{src}");
        }
        assert!(own_paths("https:///q.jpg", "https://").is_empty());
    }
}
