//! Pictures: what stories say about them, which files they are, how large they are.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic, Severity};
use crate::picture::policy::{BODY_LEAST_WIDTH_PX, is_called_graphic};
use crate::picture::probe_file;

use super::address::own_paths;
use super::finder::{Found, Off};
use super::inlines::{LOST_PICTURE, visible};
use super::markdown;
use super::runs::Map;
use super::scope::Scope;
use super::story::{Inline, PictureRef, Run, plain};
use super::tag_args::{Arg, Parts};

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
        // What stands before the file tells how it is shown.
        let is_file = |arg: &&Arg| text_of(scope, map, &arg.value).contains(['.', '/']);
        let first = if placed.first().is_some_and(|arg| arg.quoted) {
            0
        } else {
            placed.iter().position(is_file).unwrap_or(0)
        };
        let Some(src) = src.or_else(|| placed.get(first).map(|arg| arg.value.clone())) else {
            let place = map.range(range.clone());
            scope
                .warning(
                    Code::MissingPicture,
                    place,
                    format!("the tag `{}` names no picture", parts.name),
                )
                .add_hint("give it the picture's address, such as src=\"photo.jpg\"");
            return None;
        };
        let rest =
            if named_src { &placed[..] } else { placed.get(first + 1..).unwrap_or_default() };
        let alt = parts
            .named(&["alt", "alttext", "alt_text", "alt-text"])
            .or_else(|| words_of(parts, rest, |arg| says(text_of(scope, map, &arg.value))));
        let caption = parts.named(&[
            "caption",
            "title",
            "text",
            "description",
            "desc",
            "figcaption",
            "legend",
            "cutline",
        ]);
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

    /// Takes a size off the end of what is seen on it: `The quay|300`, as notebooks have it.
    pub(crate) fn without_size(mut self) -> Self {
        let sized = self.alt.rsplit_once('|').filter(|(_, size)| {
            let size = size.trim();
            size.starts_with(|c: char| c.is_ascii_digit())
                && size.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | '%'))
        });
        if let Some((words, _)) = sized {
            self.alt = words.trim_end().to_owned();
        }
        self
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

    /// Says what is seen on a picture; what was said before, which is its caption then.
    pub(crate) fn set_alt(&mut self, number: usize, alt: &str) -> Option<String> {
        let picture = self.all.get_mut(number)?;
        picture.alt.replace(alt.to_owned()).filter(|before| before != alt)
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
        let PictureRef {
            path: _,
            src: _,
            alt,
            caption,
            credit,
            focus,
            whole,
            told,
            mug,
            pixels: _,
        } = picture;
        known.alt = known.alt.take().or(alt);
        if known.caption.is_empty() {
            known.caption = caption;
        }
        known.credit = known.credit.take().or(credit);
        known.focus = known.focus.or(focus);
        known.whole |= whole;
        known.told |= told;
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
        let path = self.picture_file(&src, &place, Severity::Warning)?;
        let pixels = self.pixels_of(&path, &src, &place, Severity::Warning)?;
        if !mention.front && pixels[0] < BODY_LEAST_WIDTH_PX {
            self.warning(
                Code::SmallPicture,
                place,
                format!(
                    "`{}` is only {} pixels wide and is left out as an icon",
                    short(&src),
                    pixels[0]
                ),
            )
            .add_hint(format!("pictures of a body need {BODY_LEAST_WIDTH_PX} pixels or more"));
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
        let named = || is_called_graphic(name) || is_called_graphic(&alt);
        let (told, whole) = (whole.is_some(), whole.unwrap_or_else(named));
        let file_name = alt.contains('.') && !alt.contains(' ') && alt.len() > 4;
        let alt = (!alt.is_empty() && !file_name).then_some(alt);
        let src = self.run(src, place);
        PictureRef { path, src, alt, caption, credit, focus, whole, told, mug, pixels }
    }

    /// Width and height as a picture is seen. One that can't be printed is told, and what named it
    /// goes on without it; one of a kind that isn't read, as badly as is said.
    pub(super) fn pixels_of(
        &mut self,
        path: &Path,
        src: &str,
        place: &Range<usize>,
        unread: Severity,
    ) -> Option<[u32; 2]> {
        let error = match probe_file(path) {
            Ok(head) => return Some([head.width, head.height]),
            Err(error) => error,
        };
        let one = error.diagnostic(&short(src), self.span(place.clone()));
        match one.severity.max(unread) {
            Severity::Warning => self.diagnostics.push(one),
            Severity::Error => self.lost.push(Diagnostic { severity: Severity::Error, ..one }),
        }
        None
    }

    /// The file that an address of a picture means. Where there is none that can be had, that is
    /// told: as an error or, where the picture may be left out, as a warning.
    pub(super) fn picture_file(
        &mut self,
        src: &str,
        place: &Range<usize>,
        missing: Severity,
    ) -> Option<PathBuf> {
        // Hugo's shortcodes know a picture by the name that front matter gives it.
        let called = self.called.get(&src.trim().to_lowercase()).cloned();
        let src = called.as_deref().unwrap_or(src);
        let lower = src.to_ascii_lowercase();
        let whole = lower.starts_with("//") || lower.contains("://");
        let found = if lower.starts_with("data:") || whole && !lower.starts_with("file:") {
            let base = self.base_url.clone().unwrap_or_default();
            let own = own_paths(src, &base);
            let found = own.iter().map(|path| self.finder.find(path));
            let found = found.reduce(|best, next| if best.is_file() { best } else { next });
            let Some(found) = found else {
                self.remote(src, place, missing);
                return None;
            };
            found
        } else {
            self.finder.find(src)
        };
        let shown = short(src);
        match found {
            Found::At(path) => Some(path),
            Found::Nearly(path, real, Off::Case) => {
                let name = real.rsplit('/').next().unwrap_or_default();
                let what = format!("there is no picture `{shown}`; `{real}` is taken for it");
                self.warning(Code::PictureName, place.clone(), what).add_hint(format!(
                    "did you mean `{name}`? On most computers capitals make another name"
                ));
                Some(path)
            }
            Found::Nearly(path, real, Off::Place) => {
                let what = format!(
                    "`{shown}` is in none of the folders where it is looked for; `{real}` is taken \
                     for it, the only file of this name"
                );
                self.warning(Code::PictureElsewhere, place.clone(), what).add_hint(
                    "name it by its path from the paper's folder, or move it beside the story",
                );
                Some(path)
            }
            Found::Outside => {
                let what = format!("`{shown}` lies outside of the paper's folder");
                let one = Diagnostic::error(Code::PictureOutside, self.span(place.clone()), what);
                self.lost.push(one.hint("copy the picture into the paper's folder; links that lead out of it are not followed"));
                None
            }
            Found::Nowhere(near) => {
                self.missing(&shown, place, missing, &near);
                None
            }
        }
    }

    /// Says that a picture is not in the paper's folder at all.
    fn remote(&mut self, src: &str, place: &Range<usize>, severity: Severity) {
        let what = if src.to_ascii_lowercase().starts_with("data:") {
            "this picture is written out in the text, which is not read".into()
        } else {
            format!("`{}` is not in the paper's folder; pictures are never fetched", short(src))
        };
        let one = Diagnostic::warning(Code::RemotePicture, self.span(place.clone()), what)
            .hint("save the picture beside the story and name that file");
        self.diagnostics.push(Diagnostic { severity, ..one });
    }

    fn missing(&mut self, src: &str, place: &Range<usize>, severity: Severity, near: &[String]) {
        let dir = &self.finder.dir;
        let looked = dir.strip_prefix(&self.finder.root.path).unwrap_or(dir).display().to_string();
        let looked =
            if looked.is_empty() { "the paper's folder".into() } else { format!("`{looked}`") };
        let hint = match near {
            [] => format!(
                "it was looked for in {looked} and the folders above it, in the usual folders for pictures there, and by its name"
            ),
            near => {
                let near: Vec<String> = near.iter().map(|path| format!("`{path}`")).collect();
                format!("did you mean {}?", near.join(" or "))
            }
        };
        let without = match severity {
            Severity::Warning => "; the story goes without it and its caption",
            Severity::Error => "",
        };
        let what = format!("there is no picture `{src}`{without}");
        let one =
            Diagnostic::warning(Code::MissingPicture, self.span(place.clone()), what).hint(hint);
        self.diagnostics.push(Diagnostic { severity, ..one });
    }
}

/// A part of a text as it is written in the file.
fn text_of<'s>(scope: &'s Scope<'_>, map: &Map, range: &Range<usize>) -> &'s str {
    scope.source.get(map.range(range.clone())).unwrap_or_default()
}

/// What a tag says behind its file without naming it: the first words between quotation marks, or
/// all that follow the size in `{% asset_img quay.jpg 300 The quay %}`.
fn words_of(parts: &Parts, rest: &[&Arg], says: impl Fn(&Arg) -> bool) -> Option<Range<usize>> {
    if let Some(quoted) = rest.iter().find(|arg| arg.quoted && says(arg)) {
        return Some(quoted.value.clone());
    }
    let first = rest.iter().position(|arg| !arg.quoted && says(arg))?;
    let bare = rest[first..].iter().all(|arg| !arg.quoted);
    let range = rest[first].value.start..rest.last()?.value.end;
    (bare && matches!(&*parts.name, "asset_img" | "img")).then_some(range)
}

/// Whether a text in a tag says something, and is no size and no rule for one.
fn says(text: &str) -> bool {
    let word = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters > 0 && !word.contains(|c: char| c.is_ascii_digit())
    };
    let rule = text.starts_with('(') && text.contains(':') || text.contains("vw");
    !rule && text.split_whitespace().any(word)
}

fn short(src: &str) -> String {
    let short: String = src.chars().take(80).collect();
    if short.len() < src.len() { format!("{short}…") } else { short }
}
