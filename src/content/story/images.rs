//! Reads the pictures that front matter names, in the forms that generators write. The names of the
//! keys are in `picture_keys.rs`.

use crate::diag::Code;
use std::ops::Range;

use super::StoryReader;
use super::picture_keys as keys;
use super::picture_keys::{PictureKey, PicturePart, Use, looks_like_picture};
use crate::content::model::mention::Mention;
use crate::content::model::plain;
use crate::content::syntax::fields;
use crate::content::syntax::fields::{Fields, Text};
use crate::content::syntax::spelling::is_one;
use crate::content::syntax::tree::{Entry, Node, Value};

/// Words in the name of a Hugo resource that mean the picture at the head of the story.
const LEADING: [&str; 7] = ["feature", "cover", "hero", "header", "lead", "banner", "main"];

/// The deepest nesting of groups in which a picture's address is looked for.
const MOST_DEPTH: usize = 3;

/// What front matter says about pictures.
#[derive(Default)]
pub(super) struct Said<'n> {
    /// The keys with addresses, the most important first.
    addresses: Vec<(PictureKey, &'n Entry)>,
    /// The keys that say something else about a picture.
    words: Vec<(PictureKey, &'n Entry)>,
    /// For each of `words`, whether it was used for a picture.
    used: Vec<bool>,
    /// Pictures that count only if there is no other, and descriptions of pictures that the body
    /// may show.
    later: Vec<Later<'n>>,
}

/// A picture that is looked at after the body.
struct Later<'n> {
    /// Its address.
    node: &'n Node,
    /// The groups of keys that it stands in, the innermost last.
    groups: Vec<&'n Node>,
    /// The use of its name.
    of: Use,
    /// The rank of its name.
    rank: Option<usize>,
}

/// An address in a text, and the alternative text that the text gives.
struct Address {
    src: Range<usize>,
    alt: Option<Range<usize>>,
}

impl<'n> StoryReader<'_, '_, 'n> {
    /// Adds the pictures of the front matter. Those that must wait for the body are returned for
    /// [`Self::later_images`].
    pub(super) fn images(&mut self) -> Said<'n> {
        let mut said = Said::default();
        for entry in self.fields.entries() {
            let Some(key) = keys::read(&entry.key) else { continue };
            match key.part {
                PicturePart::Address => said.addresses.push((key, entry)),
                PicturePart::Quiet => {}
                _ => said.words.push((key, entry)),
            }
        }
        said.used = vec![false; said.words.len()];
        said.addresses.sort_by_key(|(key, _)| key.rank);
        for (key, entry) in said.addresses.clone() {
            let mut first = true;
            for node in flat(&entry.node) {
                if matches!(key.of, Use::Instead | Use::Share) {
                    said.later.push(Later { node, groups: vec![], of: key.of, rank: key.rank });
                } else {
                    self.image(node, key, first, &mut said);
                }
                first = false;
            }
        }
        self.resources(&mut said);
        self.shared(&mut said);
        said
    }

    /// Collects the pictures for previews on other sites from the groups that hold them.
    fn shared(&mut self, said: &mut Said<'n>) {
        for group in self.fields.all(keys::SHARING) {
            // A list of the meta tags of a page's head counts as such a group.
            for item in flat(group) {
                let all = Fields::unsaid(&[item]);
                for entry in all.entries() {
                    let is_address = keys::read(&entry.key)
                        .is_some_and(|key| key.part == PicturePart::Address && key.of != Use::Mug);
                    if !is_address && !is_one(&entry.key, keys::SHARED_SRC) {
                        continue;
                    }
                    let rank = None;
                    for node in flat(&entry.node).into_iter().take(1) {
                        said.later.push(Later { node, groups: vec![], of: Use::Share, rank });
                    }
                }
            }
        }
    }

    /// Adds the pictures that could be judged only after the body was read.
    pub(super) fn later_images(&mut self, mut said: Said<'n>) {
        if let Some(text) = self.teaser_picture() {
            said.later.push(Later {
                node: text.node,
                groups: vec![],
                of: Use::Instead,
                rank: None,
            });
        }
        for Later { node, groups, of, rank } in std::mem::take(&mut said.later) {
            let Value::Scalar(text) = &node.value else {
                if self.scope.pictures.is_empty() && matches!(node.value, Value::Map(_)) {
                    let key = PictureKey { part: PicturePart::Address, rank, of };
                    self.image(node, key, true, &mut said);
                }
                continue;
            };
            let known = self.scope.knows_picture(text.trim());
            let wanted = match of {
                Use::Share => self.scope.pictures.is_empty() && self.scope.has_picture(text.trim()),
                _ => known || self.scope.pictures.is_empty(),
            };
            if !wanted || groups.is_empty() && known {
                continue;
            }
            let key = PictureKey { part: PicturePart::Address, rank, of };
            let inner = Fields::unsaid(&groups);
            self.mention(node, key, Some(&inner), true, &mut said);
        }
        let Said { words, used, .. } = said;
        for ((key, entry), _) in words.iter().zip(used).filter(|(_, used)| !used) {
            // A group of many alternative texts is for pictures of the body, which have their own.
            let group = key.part == PicturePart::Alt && matches!(entry.node.value, Value::Map(_));
            // A missing picture for previews is no loss, so it is not reported.
            if group
                || key.of == Use::Share
                || fields::text(self.scope, &entry.node, &entry.key).is_none()
            {
                continue;
            }
            let what =
                format!("`{}` describes a picture, but the front matter names none", entry.key);
            self.scope.warning(Code::NoPicture, entry.key_range.clone(), what).add_hint(
                "name the picture's file in `image`, or move this key into the picture's group",
            );
        }
    }

    /// A teaser that is the name of a picture file.
    fn teaser_picture(&self) -> Option<Text<'n>> {
        let node = self.fields.get(&["teaser"])?;
        match &node.value {
            Value::Scalar(text) if looks_like_picture(text) => {
                Some(Text { text: text.trim(), node })
            }
            _ => None,
        }
    }

    /// Adds a picture that is given as an address or as a group of keys.
    fn image(&mut self, node: &'n Node, key: PictureKey, first: bool, said: &mut Said<'n>) {
        match &node.value {
            Value::Map(entries) => self.group(node, entries, key, first, said, 0),
            _ => self.mention(node, key, None, first, said),
        }
    }

    fn group(
        &mut self,
        node: &'n Node,
        entries: &'n [Entry],
        key: PictureKey,
        first: bool,
        said: &mut Said<'n>,
        depth: usize,
    ) {
        // Some themes write the address as the key and the caption as its value.
        if let [Entry { key: src, key_range, node: caption }] = entries
            && looks_like_picture(src)
        {
            self.keyed(src, key_range.clone(), caption);
            return;
        }
        let inner = Fields::new(self.scope, node, keys::is_inner, &keys::inner_names());
        let is_address = |name: &&&str| match inner.get(&[name]).map(|node| &node.value) {
            Some(Value::Scalar(text)) => {
                key.of != Use::Maybe || looks_like_picture(text) || is_one(name, &["image", "src"])
            }
            Some(_) => true,
            None => false,
        };
        let src = keys::SRC.iter().find(is_address).and_then(|name| inner.get(&[name]));
        match src {
            Some(within @ Node { value: Value::Map(entries), .. }) if depth < MOST_DEPTH => {
                self.group(within, entries, key, first, said, depth + 1);
            }
            Some(src) => {
                for node in flat(src).into_iter().take(1) {
                    self.mention(node, key, Some(&inner), first, said);
                }
            }
            None => self.without_address(node, &inner, key, said),
        }
    }

    /// Handles a group that names no picture, or only a smaller version of one.
    fn without_address(
        &mut self,
        node: &'n Node,
        inner: &Fields<'n>,
        key: PictureKey,
        said: &mut Said<'n>,
    ) {
        let smaller = inner.all(keys::SMALLER).into_iter().map(|node| (node, Use::Instead));
        let shared = inner.all(keys::SHARED).into_iter().map(|node| (node, Use::Share));
        let later: Vec<_> = smaller.chain(shared).collect();
        let none = later.is_empty();
        for (address, of) in later {
            said.later.push(Later { node: address, groups: vec![node], of, rank: key.rank });
        }
        let words = [keys::ALT, &keys::CAPTION[..4], keys::CREDIT].concat();
        if none && key.of != Use::Maybe && inner.get(&words).is_some() {
            let what = "this describes a picture, but names no file";
            self.scope
                .warning(Code::MissingPicture, node.range.clone(), what)
                .add_hint("name the picture's file as `src`");
        }
    }

    /// Adds a picture whose address is a key and whose caption is the value.
    fn keyed(&mut self, src: &str, place: Range<usize>, caption: &'n Node) {
        let mut mention = Mention { front: true, src: src.trim().into(), ..Mention::default() };
        if let Some(text) = fields::text(self.scope, caption, "caption") {
            mention.caption = self.inlines(text);
        }
        mention.place = place;
        let _ = self.scope.add_picture(mention);
    }

    /// Adds a picture with what its own group and the keys beside it say.
    fn mention(
        &mut self,
        node: &'n Node,
        key: PictureKey,
        inner: Option<&Fields<'n>>,
        first: bool,
        said: &mut Said<'n>,
    ) {
        let Some(text) = fields::text(self.scope, node, "image") else { return };
        let Some(Address { src, alt }) = self.address(text, key) else { return };
        let map = text.map(self.scope.source);
        let mut mention = Mention { front: true, mug: key.of == Use::Mug, ..Mention::default() };
        mention.src = text.text[src.clone()].to_owned();
        mention.place = map.range(src);
        if let Some(inner) = inner {
            self.own_words(&mut mention, inner, key.of);
        }
        if mention.alt.is_empty()
            && let Some(alt) = alt
        {
            mention.alt = text.text[alt].to_owned();
        }
        let beside = |part: PicturePart, said: &mut Said<'n>| said.beside(part, key.rank, first);
        if mention.alt.is_empty()
            && let Some(text) = beside(PicturePart::Alt, said).and_then(|node| self.text_of(node))
        {
            mention.alt = plain(&self.inlines(text));
        }
        if mention.caption.is_empty()
            && let Some(text) =
                beside(PicturePart::Caption, said).and_then(|node| self.text_of(node))
        {
            mention.caption = self.inlines(text);
        }
        if mention.credit.is_none()
            && let Some(text) =
                beside(PicturePart::Credit, said).and_then(|node| self.text_of(node))
        {
            mention.credit = self.plain_run(text);
        }
        let _ = self.scope.add_picture(mention);
    }

    fn text_of(&mut self, node: &'n Node) -> Option<Text<'n>> {
        fields::text(self.scope, node, "image")
    }

    /// Takes what the picture's own group says.
    fn own_words(&mut self, mention: &mut Mention, inner: &Fields<'n>, of: Use) {
        if let Some(text) = inner.text(self.scope, keys::ALT) {
            mention.alt = plain(&self.inlines(text));
        }
        // In a group for the page's head, `title` is the title of the page.
        let names = if of == Use::Maybe { &keys::CAPTION[..5] } else { keys::CAPTION };
        if let Some(text) = inner.text(self.scope, names).filter(|t| !t.text.contains(":counter")) {
            mention.caption = self.inlines(text);
        }
        mention.credit = inner.text(self.scope, keys::CREDIT).and_then(|text| self.plain_run(text));
        mention.focus = inner.get(&["focus"]).and_then(|node| self.focus(node));
        let crop = inner.get(&["crop"]).and_then(|_| inner.truth(self.scope, &["crop"]));
        let kind = inner.text(self.scope, &["kind"]);
        let graphic =
            kind.is_some_and(|kind| matches!(kind.text, "graphic" | "screenshot" | "chart"));
        mention.whole = if graphic { Some(true) } else { crop.map(|crop| !crop) };
        let portrait = kind
            .is_some_and(|kind| matches!(kind.text, "mug" | "mugshot" | "portrait" | "headshot"));
        if let Some(kind) = kind.filter(|kind| !graphic && !portrait && kind.text != "photo") {
            let what = format!("`{}` is not a kind of picture", kind.text);
            self.scope
                .warning(Code::BadValue, kind.node.range.clone(), what)
                .add_hint("write `photo`, `graphic` or `mug`");
        }
        let mug = inner.get(&["mug"]).and_then(|_| inner.truth(self.scope, &["mug"]));
        mention.mug |= portrait || mug == Some(true);
    }

    /// The address in a text, which may be a link in the form of Obsidian or Markdown.
    fn address(&mut self, text: Text<'_>, key: PictureKey) -> Option<Address> {
        let (written, of) = (text.text, key.of);
        let truth = ["true", "false", "yes", "no", "on", "off", "none"];
        if truth.contains(&written.to_ascii_lowercase().as_str())
            || of == Use::Maybe && fields::truth_of(written).is_some()
        {
            return None;
        }
        if written.chars().all(|c| c.is_ascii_digit()) {
            if of != Use::Share {
                let what = format!(
                    "`{written}` is the number of a picture, which only its own site can look up"
                );
                self.scope
                    .warning(Code::MissingPicture, text.node.range.clone(), what)
                    .add_hint("save the picture beside the story and name that file");
            }
            return None;
        }
        let found = linked(written);
        let plain = || Address { src: 0..written.len(), alt: None };
        if of == Use::Maybe && found.is_none() && !looks_like_picture(written) {
            let name = key.rank.map_or("image", keys::name);
            let what = format!("`{name}` must name a picture's file; this value is left out");
            self.scope
                .warning(Code::NoPicture, text.node.range.clone(), what)
                .add_hint("name a picture's file, or remove the key");
            return None;
        }
        Some(found.unwrap_or_else(plain))
    }

    /// Reads what Hugo's resources say about pictures.
    fn resources(&mut self, said: &mut Said<'n>) {
        let Some(node) = self.fields.get(&["resources"]) else { return };
        for item in flat(node) {
            let all = Fields::unsaid(&[item]);
            let Some(src) = all.get(&["src"]) else { continue };
            let Value::Scalar(text) = &src.value else { continue };
            if !looks_like_picture(text) {
                continue;
            }
            let names = ["src", "name", "title", "params"];
            let outer = Fields::new(self.scope, item, |key| names.contains(&key), &names);
            let params = outer.get(&["params"]).filter(|node| matches!(node.value, Value::Map(_)));
            if let Some(params) = params {
                let _ = Fields::new(self.scope, params, keys::is_inner, &keys::inner_names());
            }
            if text.contains(['*', '?', '[']) {
                let what = format!("`{}` stands for several pictures and is not read", text.trim());
                self.scope
                    .warning(Code::MissingPicture, src.range.clone(), what)
                    .add_hint("list each picture in `images`, with its caption and credit");
                continue;
            }
            let groups: Vec<&Node> = [Some(item), params].into_iter().flatten().collect();
            let name =
                outer.text(self.scope, &["name"]).map_or("", |text| text.text).to_lowercase();
            if !name.is_empty() {
                let address = text.trim().to_owned();
                self.scope.called.entry(name.clone()).or_insert(address);
            }
            let small = ["preview", "thumb"].iter().any(|word| name.contains(word));
            let leads = LEADING.iter().any(|word| name.contains(word)) && !small;
            if leads {
                let key = PictureKey { part: PicturePart::Address, rank: Some(0), of: Use::Always };
                let inner = Fields::unsaid(&groups);
                self.mention(src, key, Some(&inner), true, said);
            } else {
                let of = Use::Instead;
                said.later.push(Later { node: src, groups, of, rank: Some(0) });
            }
        }
    }
}

impl<'n> Said<'n> {
    /// What the keys beside a picture's address say about it. A key that names no picture describes
    /// the first one; a credit applies to all.
    fn beside(&mut self, part: PicturePart, rank: Option<usize>, first: bool) -> Option<&'n Node> {
        let any = |key: &PictureKey| key.rank.is_none_or(|rank| rank <= 1);
        let own = |key: &PictureKey| key.rank == rank && (first || part == PicturePart::Credit);
        let fresh = |at: &usize| part == PicturePart::Credit || !self.used[*at];
        // A group of many alternative texts is for pictures of the body.
        let group = |at: usize| matches!(self.words[at].1.node.value, Value::Map(_));
        let ours = |at: &usize| {
            self.words[*at].0.part == part && !(part == PicturePart::Alt && group(*at))
        };
        let all = || (0..self.words.len()).filter(ours);
        let at = all()
            .find(|at| own(&self.words[*at].0))
            .or_else(|| all().filter(fresh).find(|at| any(&self.words[*at].0)))?;
        self.used[at] = true;
        Some(&self.words[at].1.node)
    }
}

/// A value as a list, with nested lists flattened: YAML reads a link of Obsidian, `[[a.jpg]]`, as
/// nested lists.
fn flat(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::List(items) => items.iter().flat_map(flat).collect(),
        Value::Null => vec![],
        _ => vec![node],
    }
}

/// Reads `![[a.jpg|What is seen]]`, `[[a.jpg]]` and `![What is seen](a.jpg)`.
fn linked(text: &str) -> Option<Address> {
    let within = |part: &str| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        start..start + part.len()
    };
    let inner = text.strip_prefix('!').unwrap_or(text);
    if let Some(inside) = inner.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        let (src, alt) = inside.split_once('|').map_or((inside, ""), |(src, alt)| (src, alt));
        // A number there is a width.
        let words = alt.chars().any(char::is_alphabetic);
        return Some(Address { src: within(src.trim()), alt: words.then(|| within(alt.trim())) });
    }
    let (alt, rest) = inner.strip_prefix('[')?.split_once("](")?;
    let src = rest.strip_suffix(')')?;
    let src = src.split_once(" \"").map_or(src, |(src, _)| src);
    Some(Address { src: within(src.trim()), alt: (!alt.is_empty()).then(|| within(alt)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_hold_addresses() {
        for (text, src, alt) in [
            ("![[img/a b.jpg]]", "img/a b.jpg", ""),
            ("[[a.jpg|300]]", "a.jpg", ""),
            ("[[a.jpg|The quay]]", "a.jpg", "The quay"),
            ("![The quay](a.jpg \"At noon\")", "a.jpg", "The quay"),
            ("[](a.jpg)", "a.jpg", ""),
        ] {
            let found = linked(text).map(|Address { src, alt }| {
                (&text[src], alt.map(|r| &text[r]).unwrap_or_default())
            });
            assert_eq!(found, Some((src, alt)), "{text}");
        }
        assert!(linked("a.jpg").is_none() && linked("[a] (b)").is_none());
    }
}
