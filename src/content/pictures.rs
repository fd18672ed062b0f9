//! Pictures: what stories say about them, where their files are, how large they are.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader};

use super::inlines::{LOST_PICTURE, visible};
use super::markdown;
use super::runs::Map;
use super::scope::Scope;
use super::story::{Inline, PictureRef, Run, plain};
use super::tag_args::Parts;

/// A picture of a body that is narrower is a badge or an icon.
const LEAST_WIDTH: u32 = 200;

/// More pixels than any camera makes.
const MOST_PIXELS: u64 = 500_000_000;

/// Folders that generators serve files from.
const SERVED: [&str; 5] = ["static", "assets", "public", "content", "source"];

/// Words in a name or a description that tell of a graphic, which must not be cropped.
const GRAPHIC: [&str; 20] = [
    "screenshot",
    "screen shot",
    "screen-shot",
    "screen_shot",
    "screengrab",
    "logo",
    "chart",
    "graph",
    "map",
    "diagram",
    "infographic",
    "poster",
    "slide",
    "homepage",
    "home page",
    "note",
    "wireframe",
    "tweet",
    "flyer",
    "banner",
];

/// Where a story's pictures are looked for.
#[derive(Debug, Clone)]
pub(crate) struct Finder {
    /// The folder of the paper, canonical; nothing outside is read.
    pub(crate) root: PathBuf,
    /// The folder of the story, canonical.
    pub(crate) dir: PathBuf,
    /// The addresses that were looked for.
    pub(crate) sought: RefCell<BTreeSet<String>>,
    /// The folders that there are to look in.
    bases: OnceCell<Vec<PathBuf>>,
}

/// What came of looking.
#[derive(Debug)]
pub(crate) enum Found {
    /// The canonical path.
    At(PathBuf),
    /// It is, but outside of the paper's folder.
    Outside,
    /// It is nowhere.
    Nowhere,
}

impl Finder {
    /// Looks from a folder below a root; both are canonical.
    pub(crate) fn new(root: PathBuf, dir: PathBuf) -> Self {
        Self { root, dir, sought: RefCell::default(), bases: OnceCell::new() }
    }

    /// Looks beside the story, then in each folder above it, up to the root.
    pub(crate) fn find(&self, src: &str) -> Found {
        self.sought.borrow_mut().insert(src.to_owned());
        let clean = percent_decoded(src.split(['?', '#']).next().unwrap_or_default());
        let relative = clean.trim_start_matches('/');
        if relative.is_empty() || relative.contains('\0') {
            return Found::Nowhere;
        }
        let mut outside = false;
        if !clean.starts_with('/')
            && let Some(found) = self.check(&self.dir.join(relative), &mut outside)
        {
            return Found::At(found);
        }
        for base in self.bases.get_or_init(|| bases(&self.root, &self.dir)) {
            if let Some(found) = self.check(&base.join(relative), &mut outside) {
                return Found::At(found);
            }
        }
        if outside { Found::Outside } else { Found::Nowhere }
    }

    fn check(&self, path: &Path, outside: &mut bool) -> Option<PathBuf> {
        // What is not there, as most of what is looked for, costs one look.
        let real = path.is_file().then(|| path.canonicalize().ok())??;
        if real.starts_with(&self.root) {
            return Some(real);
        }
        *outside = true;
        None
    }
}

/// The folders that a picture may be in: each one from the story's up to the root, and what is
/// served from there.
fn bases(root: &Path, dir: &Path) -> Vec<PathBuf> {
    let mut all = vec![];
    for folder in dir.ancestors().take_while(|folder| folder.starts_with(root)) {
        all.push(folder.to_owned());
        let served = SERVED.iter().map(|name| folder.join(name)).chain(themes(folder));
        all.extend(served.filter(|base| base.is_dir()));
    }
    all
}

/// The `static` folders of a folder's themes, by name.
fn themes(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = folder.join("themes").read_dir() else { return vec![] };
    let mut found: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path().join("static")).collect();
    found.sort();
    found
}

/// A text with its percent-encoded bytes as they are.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = vec![];
    let mut rest = text.trim().as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A picture as one place of a story mentions it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mention {
    /// Its address.
    pub(crate) src: String,
    /// Where that stands in the file.
    pub(crate) place: Range<usize>,
    /// What is seen on it.
    pub(crate) alt: String,
    /// The line under it.
    pub(crate) caption: Vec<Inline>,
    /// The line under it, where it is still to be read: its text and where it stands.
    pub(crate) title: Option<String>,
    /// Who made it.
    pub(crate) credit: Option<Run>,
    /// The point a crop keeps.
    pub(crate) focus: Option<[f64; 2]>,
    /// Whether it may be cropped, where the writer says so.
    pub(crate) whole: Option<bool>,
    /// Whether it is the portrait of a person.
    pub(crate) mug: bool,
    /// Whether front matter names it.
    pub(crate) front: bool,
}

impl Mention {
    /// As Markdown or HTML writes it.
    pub(crate) fn of_markdown(src: &str, title: &str, place: Range<usize>) -> Self {
        let title = (!title.trim().is_empty()).then(|| title.to_owned());
        Self { src: src.trim().to_owned(), place, title, ..Self::default() }
    }

    /// As a Liquid tag or a shortcode writes it.
    pub(crate) fn of_tag(
        parts: &Parts,
        range: &Range<usize>,
        scope: &mut Scope<'_>,
        map: &Map,
    ) -> Option<Self> {
        // The tag's own bytes were masked: what it says stands in the file alone.
        let text_at = |range: &Range<usize>| (range.clone(), map.range(range.clone()));
        let included = parts.name.starts_with("include") || parts.name == "render";
        let placed: Vec<_> = parts.placed().into_iter().skip(usize::from(included)).collect();
        let src = parts.named(&[
            "src",
            "url",
            "file",
            "path",
            "image",
            "image_path",
            "image_url",
            "filename",
            "name",
            "img",
            "uid",
        ]);
        let named_src = src.is_some();
        let Some(src) = src.or_else(|| placed.first().map(|arg| arg.value.clone())) else {
            let place = map.range(range.clone());
            scope
                .warning(
                    "missing-picture",
                    place,
                    format!("the tag `{}` names no picture", parts.name),
                )
                .add_hint("give it the picture's address, such as src=\"photo.jpg\"");
            return None;
        };
        let alt = parts.named(&["alt", "alttext", "alt_text"]).or_else(|| {
            let rest = if named_src { &placed[..] } else { placed.get(1..).unwrap_or_default() };
            rest.iter().rfind(|arg| arg.quoted).map(|arg| arg.value.clone())
        });
        let caption = parts.named(&["caption", "title", "text"]);
        let credit = parts.named(&["credit", "attribution", "attr", "photographer", "source"]);
        let read = |range: Range<usize>, scope: &mut Scope<'_>| {
            let (range, place) = text_at(&range);
            let text = scope.source.get(place).unwrap_or_default().to_owned();
            markdown::inlines(scope, &text, &map.from(range.start))
        };
        let place = map.range(src.clone());
        let mut mention = Self {
            src: scope.source.get(place.clone()).unwrap_or_default().trim().to_owned(),
            place,
            ..Self::default()
        };
        if let Some(alt) = alt {
            mention.alt = plain(&read(alt, scope));
        }
        if let Some(caption) = caption {
            mention.caption = read(caption, scope);
        }
        if let Some(credit) = credit {
            let text = plain(&read(credit.clone(), scope));
            mention.credit = Some(scope.run(text, map.range(credit)));
        }
        Some(mention)
    }

    /// Adds to what is seen on it.
    pub(crate) fn add_alt(&mut self, text: &str) {
        self.alt.push_str(text);
    }
}

/// A story's pictures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pictures {
    all: Vec<PictureRef>,
}

impl Pictures {
    /// Whether a picture has no caption yet. One that could not be had takes its caption with it.
    pub(crate) fn wants_caption(&self, number: usize) -> bool {
        number == LOST_PICTURE
            || self.all.get(number).is_some_and(|picture| picture.caption.is_empty())
    }

    /// Gives a picture its caption.
    pub(crate) fn set_caption(&mut self, number: usize, caption: Vec<Inline>) {
        if let Some(picture) = self.all.get_mut(number) {
            picture.caption = caption;
        }
    }

    /// Says what is seen on a picture, where nothing says that yet.
    pub(crate) fn set_alt(&mut self, number: usize, alt: &str) {
        if let Some(picture) = self.all.get_mut(number) {
            picture.alt.get_or_insert_with(|| alt.to_owned());
        }
    }

    /// Whether there is one.
    pub(crate) fn is_one(&self) -> bool {
        self.all.len() == 1
    }

    /// Whether there is one with a line under it, so that it can stand without a headline.
    pub(crate) fn is_told(&self) -> bool {
        self.is_one() && self.all.iter().all(|picture| !picture.caption.is_empty())
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Hands them over.
    pub(crate) fn take(&mut self) -> Vec<PictureRef> {
        std::mem::take(&mut self.all)
    }

    /// Whether a file is one of them.
    fn holds(&self, path: &Path) -> bool {
        self.all.iter().any(|picture| picture.path == path)
    }

    /// Takes a picture in; the same file is one picture, and what either mention says of it counts.
    fn merge(&mut self, picture: PictureRef) -> usize {
        let known = self.all.iter_mut().enumerate().find(|(_, known)| known.path == picture.path);
        let Some((number, known)) = known else {
            self.all.push(picture);
            return self.all.len() - 1;
        };
        let PictureRef { path: _, src: _, alt, caption, credit, focus, whole, mug, pixels: _ } =
            picture;
        known.alt = known.alt.take().or(alt);
        if known.caption.is_empty() {
            known.caption = caption;
        }
        known.credit = known.credit.take().or(credit);
        known.focus = known.focus.or(focus);
        known.whole |= whole;
        known.mug |= mug;
        number
    }
}

impl Scope<'_> {
    /// Whether there is a file for a picture's address.
    pub(crate) fn has_picture(&self, src: &str) -> bool {
        matches!(self.finder.find(src), Found::At(_))
    }

    /// Whether the story has the picture of an address.
    pub(crate) fn knows_picture(&self, src: &str) -> bool {
        matches!(self.finder.find(src), Found::At(path) if self.pictures.holds(&path))
    }

    /// Finds a picture; its number, or none where the story goes without it.
    pub(crate) fn add_picture(&mut self, mention: Mention) -> Option<usize> {
        let src = mention.src.trim().to_owned();
        let place = mention.place.clone();
        if src.is_empty() {
            return None;
        }
        let lower = src.to_ascii_lowercase();
        if lower.starts_with("//") || lower.contains("://") || lower.starts_with("data:") {
            self.warning(
                "remote-picture",
                place,
                format!(
                    "`{}` is not in the paper's folder; pictures are never fetched",
                    short(&src)
                ),
            )
            .add_hint("save the picture beside the story and name that file");
            return None;
        }
        let finder = self.finder;
        let path = match finder.find(&src) {
            Found::At(path) => path,
            Found::Outside => {
                self.error("picture-outside", place, format!("`{}` lies outside of the paper's folder", short(&src)))
                    .add_hint("copy the picture into the paper's folder; links that lead out of it are not followed");
                return None;
            }
            Found::Nowhere => {
                let looked = finder
                    .dir
                    .strip_prefix(&finder.root)
                    .unwrap_or(&finder.dir)
                    .display()
                    .to_string();
                let looked = if looked.is_empty() {
                    "the paper's folder".into()
                } else {
                    format!("`{looked}`")
                };
                self.warning("missing-picture", place, format!("there is no picture `{}`; the story goes without it and its caption", short(&src)))
                    .add_hint(format!("it was looked for in {looked} and the folders above it, in their static, assets, public and content folders too"));
                return None;
            }
        };
        let pixels = self.pixels_of(&path, &src, &place)?;
        if !mention.front && pixels[0] < LEAST_WIDTH {
            self.warning(
                "small-picture",
                place,
                format!(
                    "`{}` is only {} pixels wide and is left out as an icon",
                    short(&src),
                    pixels[0]
                ),
            )
            .add_hint(format!("pictures of a body need {LEAST_WIDTH} pixels or more"));
            return None;
        }
        let picture = self.picture_ref(mention, path, &src, pixels);
        Some(self.pictures.merge(picture))
    }

    fn picture_ref(
        &mut self,
        mention: Mention,
        path: PathBuf,
        src: &str,
        pixels: [u32; 2],
    ) -> PictureRef {
        let Mention { src: _, place, alt, caption, title, credit, focus, whole, mug, front: _ } =
            mention;
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        let caption = match title {
            Some(title) if caption.is_empty() => {
                let map = Map::align(&title, self.source, place.clone());
                markdown::inlines(self, &title, &map)
            }
            _ => caption,
        };
        let caption = if visible(&caption) { caption } else { vec![] };
        let name = src.rsplit('/').next().unwrap_or_default();
        let whole = whole.unwrap_or_else(|| is_graphic(name) || is_graphic(&alt));
        let file_name = alt.contains('.') && !alt.contains(' ') && alt.len() > 4;
        let alt = (!alt.is_empty() && !file_name).then_some(alt);
        let src = self.run(src, place);
        PictureRef { path, src, alt, caption, credit, focus, whole, mug, pixels }
    }

    /// Width and height as the picture is seen.
    fn pixels_of(&mut self, path: &Path, src: &str, place: &Range<usize>) -> Option<[u32; 2]> {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_ascii_lowercase())
            .unwrap_or_default();
        if matches!(
            ending.as_str(),
            "svg" | "svgz" | "avif" | "heic" | "heif" | "jxl" | "pdf" | "eps" | "mp4" | "webm"
        ) {
            self.warning(
                "picture-format",
                place.clone(),
                format!(
                    "`{}` is a {} file, which can't be printed; it is left out",
                    short(src),
                    ending.to_uppercase()
                ),
            )
            .add_hint("save it as PNG, JPEG or WebP");
            return None;
        }
        match dimensions(path) {
            Ok([width, height])
                if width > 0
                    && height > 0
                    && u64::from(width) * u64::from(height) <= MOST_PIXELS =>
            {
                Some([width, height])
            }
            Ok([width, height]) => {
                self.error(
                    "bad-picture",
                    place.clone(),
                    format!("`{}` claims {width} × {height} pixels", short(src)),
                )
                .add_hint("save it again at a size that can be printed");
                None
            }
            Err(problem) => {
                self.error(
                    "bad-picture",
                    place.clone(),
                    format!("`{}` can't be read as a picture: {problem}", short(src)),
                )
                .add_hint("open it in a picture editor and save it again as PNG or JPEG");
                None
            }
        }
    }
}

pub(crate) fn dimensions(path: &Path) -> Result<[u32; 2], image::ImageError> {
    let mut decoder = ImageReader::open(path)?.with_guessed_format()?.into_decoder()?;
    let (width, height) = decoder.dimensions();
    let turned = matches!(
        decoder.orientation().unwrap_or(Orientation::NoTransforms),
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Ok(if turned { [height, width] } else { [width, height] })
}

/// Whether a name or a description tells of a graphic.
fn is_graphic(text: &str) -> bool {
    let text = text.to_lowercase();
    GRAPHIC.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            // “A note” is a picture of paper; people who take notes are not.
            let plural = after == Some('s') && *word != "note";
            let ends = after.is_none_or(|c| !c.is_alphabetic()) || plural;
            before.is_none_or(|c| !c.is_alphabetic()) && ends
        })
    })
}

fn short(src: &str) -> String {
    let short: String = src.chars().take(80).collect();
    if short.len() < src.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphics_are_told_by_their_words() {
        assert!(is_graphic("Screenshots of the prototype"));
        assert!(is_graphic("A map of the town"));
        assert!(!is_graphic("A photograph of a mapmaker"));
        assert!(!is_graphic("notebook"));
        assert!(!is_graphic("The team writes notes"));
    }

    #[test]
    fn pictures_are_found_but_never_outside() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let base = folder.path().canonicalize()?;
        for path in ["root/site/posts", "root/site/static/img", "root/themes/a/static", "other"] {
            std::fs::create_dir_all(base.join(path))?;
        }
        for path in ["root/site/static/img/a b.png", "root/themes/a/static/t.png", "other/o.png"] {
            std::fs::write(base.join(path), "")?;
        }
        let finder = Finder::new(base.join("root"), base.join("root/site/posts"));
        assert!(matches!(finder.find("/img/a%20b.png?x=1"), Found::At(_)));
        assert!(matches!(finder.find("img/a b.png"), Found::At(_)));
        assert!(matches!(finder.find("/t.png"), Found::At(_)));
        assert!(matches!(finder.find("../../../other/o.png"), Found::Outside));
        assert!(matches!(finder.find("/etc/hostname"), Found::Nowhere));
        Ok(())
    }

    #[test]
    fn addresses_are_decoded() {
        assert_eq!(percent_decoded("a%20b.jpg"), "a b.jpg");
        assert_eq!(percent_decoded("100%"), "100%");
    }
}
