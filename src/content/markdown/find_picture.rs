//! Turns a mention of a picture into a picture of the story: finds its file, reads its size in
//! pixels, and reports what can't be found or read.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic, Severity};
use crate::picture::policy::{BODY_LEAST_WIDTH_PX, is_called_graphic};
use crate::picture::probe_file;

use super::tag_args::{Arg, Parts};
use crate::content::addresses::picture_finder::{FoundPicture, Off};
use crate::content::addresses::written_paths::own_paths;
use crate::content::markdown;
use crate::content::model::mention::Mention;
use crate::content::model::visible;
use crate::content::model::{PictureRef, plain};
use crate::content::syntax::runs::Map;
use crate::content::syntax::scope::Scope;

impl Mention {
    /// A mention in a Liquid tag or a shortcode.
    pub(crate) fn of_tag(
        parts: &Parts,
        range: &Range<usize>,
        scope: &mut Scope<'_>,
        map: &Map,
    ) -> Option<Self> {
        // The bytes of the tag are masked, so its arguments are read from the file itself.
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
        // Arguments before the file say how it is shown.
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
                .add_hint("name the picture's file in it, such as src=\"photo.jpg\"");
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
}

impl Scope<'_> {
    /// Whether there is a file for a picture's address.
    pub(crate) fn has_picture(&self, src: &str) -> bool {
        matches!(self.finder.find(src), FoundPicture::At(_))
    }

    /// Whether the file of an address is one of the story's pictures.
    pub(crate) fn knows_picture(&self, src: &str) -> bool {
        matches!(self.finder.find(src), FoundPicture::At(path) if self.pictures.holds(&path))
    }

    /// Adds a picture to the story and returns its index. Returns `None` if the picture can't be
    /// had; the story goes on without it.
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
                    "`{}` is only {} pixels wide; it is taken for an icon and left out",
                    short(&src),
                    pixels[0]
                ),
            )
            .add_hint(format!(
                "a picture in the text must be at least {BODY_LEAST_WIDTH_PX} pixels wide"
            ));
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

    /// Width and height of a picture in pixels, after its EXIF rotation. A file that can't be read
    /// is reported with the severity `unread` at least.
    pub(crate) fn pixels_of(
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

    /// The file that a picture's address means. If there is no such file, this is reported with the
    /// severity `missing`.
    pub(crate) fn picture_file(
        &mut self,
        src: &str,
        place: &Range<usize>,
        missing: Severity,
    ) -> Option<PathBuf> {
        // A shortcode of Hugo may use the name that the front matter gives a picture.
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
            FoundPicture::At(path) => Some(path),
            FoundPicture::Nearly(path, real, Off::Case) => {
                let name = real.rsplit('/').next().unwrap_or_default();
                let what = format!("there is no picture `{shown}`; `{real}` is used instead");
                self.warning(Code::PictureName, place.clone(), what).add_hint(format!(
                    "write `{name}`, as the file is named: on most computers capitals make a difference"
                ));
                Some(path)
            }
            FoundPicture::Nearly(path, real, Off::Place) => {
                let what = format!(
                    "there is no picture `{shown}` here; `{real}`, the only file of this name, is \
                     used instead"
                );
                self.warning(Code::PictureElsewhere, place.clone(), what).add_hint(
                    "write its path from the paper's folder, or move the picture beside the story",
                );
                Some(path)
            }
            FoundPicture::Outside => {
                let what = format!("`{shown}` lies outside the paper's folder");
                let one = Diagnostic::error(Code::PictureOutside, self.span(place.clone()), what);
                self.lost.push(one.hint("copy the picture into the paper's folder; links that lead out of it are not followed"));
                None
            }
            FoundPicture::Nowhere(near) => {
                self.missing(&shown, place, missing, &near);
                None
            }
        }
    }

    /// Reports a picture that is not a file in the paper's folder.
    fn remote(&mut self, src: &str, place: &Range<usize>, severity: Severity) {
        let what = if src.to_ascii_lowercase().starts_with("data:") {
            "this picture is embedded as data, which Stonehand doesn't read".into()
        } else {
            format!(
                "`{}` is not in the paper's folder, and Stonehand never downloads pictures",
                short(src)
            )
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
                "check its name and folder: Stonehand looked in {looked}, in the folders above it, in the usual picture folders inside those, and elsewhere for any file of this name"
            ),
            near => {
                let near: Vec<String> = near.iter().map(|path| format!("`{path}`")).collect();
                format!("did you mean {}?", near.join(" or "))
            }
        };
        let without = match severity {
            Severity::Warning => "; the story is printed without it and its caption",
            Severity::Error => "",
        };
        let what = format!("there is no picture `{src}`{without}");
        let one =
            Diagnostic::warning(Code::MissingPicture, self.span(place.clone()), what).hint(hint);
        self.diagnostics.push(Diagnostic { severity, ..one });
    }
}

/// A part of the text, as the file has it.
fn text_of<'s>(scope: &'s Scope<'_>, map: &Map, range: &Range<usize>) -> &'s str {
    scope.source.get(map.range(range.clone())).unwrap_or_default()
}

/// The alternative text among a tag's unnamed arguments after the file: the first quoted words, or
/// all words after the size in `{% asset_img quay.jpg 300 The quay %}`.
fn words_of(parts: &Parts, rest: &[&Arg], says: impl Fn(&Arg) -> bool) -> Option<Range<usize>> {
    if let Some(quoted) = rest.iter().find(|arg| arg.quoted && says(arg)) {
        return Some(quoted.value.clone());
    }
    let first = rest.iter().position(|arg| !arg.quoted && says(arg))?;
    let bare = rest[first..].iter().all(|arg| !arg.quoted);
    let range = rest[first].value.start..rest.last()?.value.end;
    (bare && matches!(&*parts.name, "asset_img" | "img")).then_some(range)
}

/// Whether an argument of a tag is words, and not a size or a rule for sizes.
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
