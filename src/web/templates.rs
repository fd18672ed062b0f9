//! The look of the web edition: templates, style sheets, scripts, faces and words. They are built into
//! the program; the paper's `templates/web/` overrides them file by file.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::assets::Assets;
use super::escape::{encode, escape};
use super::excerpt::opening;
use super::file::{Fault, File};
use super::site_words::{self, SiteWords};

/// A file of the paper's own `templates/web/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// Its path below `templates/web/`, with slashes.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

macro_rules! files {
    ($($path:literal)*) => {
        [$(($path, include_bytes!(concat!("../../templates/web/", $path)).as_slice())),*]
    };
}

/// The built-in files but for the faces, by their paths below `templates/web/`.
static FILES: &[(&str, &[u8])] = &files![
    "base.html" "macros.html" "article.html" "front.html" "section.html" "list.html" "archive.html"
    "search.html" "about.html" "redirect.html" "404.html" "rss.xml" "atom.xml" "sitemap.xml" "news-sitemap.xml"
    "assets/site.css" "assets/classic.css" "assets/modern.css" "assets/bulletin.css"
    "assets/reader.js" "assets/search.js"
    "words/en.toml" "words/de.toml" "words/fr.toml" "words/es.toml" "words/it.toml" "words/pt.toml"
    "words/nl.toml" "words/sv.toml" "words/da.toml"
];

macro_rules! faces {
    ($($name:literal)*) => {
        &[$((
            concat!("assets/", $name, ".woff2"),
            include_bytes!(concat!("../../fonts/web/", $name, ".woff2")).as_slice(),
        )),*]
    };
}

/// The built-in faces.
static FACES: &[(&str, &[u8])] = faces![
    "pt-serif-latin-400-normal" "pt-serif-latin-ext-400-normal"
    "pt-serif-latin-400-italic" "pt-serif-latin-ext-400-italic"
    "pt-serif-latin-700-normal" "pt-serif-latin-ext-700-normal"
    "playfair-display-latin-700-normal" "playfair-display-latin-ext-700-normal"
    "playfair-display-latin-600-italic" "playfair-display-latin-ext-600-italic"
    "libre-franklin-latin-400-normal" "libre-franklin-latin-ext-400-normal"
    "libre-franklin-latin-600-normal" "libre-franklin-latin-ext-600-normal"
    "encode-sans-condensed-latin-800-normal" "encode-sans-condensed-latin-ext-800-normal"
    "bitter-latin-700-normal" "bitter-latin-ext-700-normal"
];

/// The files that are built in.
pub(super) fn embedded() -> BTreeMap<&'static str, &'static [u8]> {
    FILES.iter().chain(FACES).copied().collect()
}

/// A look, ready to make pages with.
pub struct Look {
    templates: Environment<'static>,
    /// What pages load, by name.
    pub(super) assets: Assets,
    /// The words, by language.
    words: BTreeMap<String, SiteWords>,
    fingerprint: [u8; 32],
    watch: Option<Box<PageWatcher>>,
}

/// Is called with each template and what it is given.
type PageWatcher = dyn Fn(&str, &serde_json::Value) + Send + Sync;

impl Look {
    /// The look of a paper: the built-in files, those in `own` in the place of others with the same path.
    /// `theme` is the print theme, whose faces the web edition uses too; `properties` are custom
    /// properties for the style sheet.
    ///
    /// # Errors
    /// The faults in the paper's own files.
    pub fn new(
        own: &[OwnFile],
        theme: &str,
        properties: &[(String, String)],
    ) -> Result<Self, Vec<Fault>> {
        let mut files: BTreeMap<String, Vec<u8>> =
            embedded().into_iter().map(|(path, bytes)| (path.into(), bytes.to_vec())).collect();
        files.extend(own.iter().map(|file| (file.path.clone(), file.bytes.clone())));
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{theme} {properties:?}").as_bytes());
        for part in files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes]) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let fingerprint = *hasher.finalize().as_bytes();
        let mut faults = vec![];
        let mut templates = environment();
        let mut words = BTreeMap::new();
        let mut assets = BTreeMap::new();
        for (path, bytes) in files {
            if let Some(name) = path.strip_prefix("assets/") {
                assets.insert(name.to_owned(), bytes);
                continue;
            }
            let file = format!("templates/web/{path}");
            let Ok(text) = String::from_utf8(bytes) else {
                faults.push(Fault { file, line: None, message: "it is not UTF-8".into() });
                continue;
            };
            if let Some(lang) = path.strip_prefix("words/").and_then(|p| p.strip_suffix(".toml")) {
                // A paper that gives some words keeps the built-in others.
                let usual = FILES.iter().find(|(name, _)| *name == path);
                let usual = usual.map(|(_, bytes)| String::from_utf8_lossy(bytes));
                let usual = site_words::read(&file, usual.as_deref().unwrap_or_default());
                match (usual, site_words::read(&file, &text)) {
                    (Ok(mut all), Ok(own)) => {
                        all.extend(own);
                        words.insert(lang.to_owned(), all);
                    }
                    (_, Err(fault)) | (Err(fault), _) => faults.push(fault),
                }
            } else if let Err(error) = templates.add_template_owned(path, text) {
                faults.push(fault(&error));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let assets = Assets::new(assets, theme, properties);
        Ok(Self { templates, assets, words, fingerprint, watch: None })
    }

    /// The same, with `watch` called with each template and what it is given.
    #[must_use]
    pub fn watched(self, watch: impl Fn(&str, &serde_json::Value) + Send + Sync + 'static) -> Self {
        Self { watch: Some(Box::new(watch)), ..self }
    }

    /// A hash of everything that pages are made with.
    pub(crate) fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// The words of a language; those that it lacks are in English.
    pub(super) fn words(&self, lang: &str) -> SiteWords {
        let primary = lang.split(['-', '_']).next().unwrap_or(lang).to_lowercase();
        let mut all = self.words.get("en").cloned().unwrap_or_default();
        all.extend(self.words.get(&primary).cloned().unwrap_or_default());
        all.extend(self.words.get(lang).cloned().unwrap_or_default());
        all
    }

    /// Makes a page from a template.
    pub(super) fn page(&self, template: &str, data: &serde_json::Value) -> Result<Vec<u8>, Fault> {
        if let Some(watch) = &self.watch {
            watch(template, data);
        }
        let made = self.templates.get_template(template).and_then(|one| one.render(Serde(data)));
        made.map(String::into_bytes).map_err(|error| fault(&error))
    }

    /// The files that all pages share, below the site's root.
    pub(crate) fn asset_files(&self) -> Vec<File> {
        self.assets.files()
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let mut syntax = SyntaxConfig::builder();
    // Lines that hold tags alone leave no empty lines in the page. The usual markers are never refused.
    if let Ok(syntax) = syntax.trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("html" | "xml") => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    environment.set_formatter(format);
    environment.add_filter("fill", fill);
    environment.add_filter("encode", |text: &str| encode(text));
    environment.add_filter("opening", |text: &str| opening(text));
    environment
}

/// Text is escaped by the rules of the whole web edition.
fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let escapes = matches!(state.auto_escape(), AutoEscape::Html);
    match value.as_str().filter(|_| escapes && !value.is_safe()) {
        Some(text) => out.write_str(&escape(text)).map_err(Error::from),
        None => minijinja::escape_formatter(out, state, value),
    }
}

/// The filter `fill`, as in `{{ w.page | fill(page=4) }}`: a word with values in its places.
#[allow(clippy::needless_pass_by_value, reason = "filters take their arguments by value")]
fn fill(word: &str, values: Kwargs) -> Result<String, Error> {
    let names: Vec<String> = values.args().map(str::to_owned).collect();
    let mut out = word.to_owned();
    for name in &names {
        let value: Value = values.get(name)?;
        out = site_words::fill(&out, &[(name, &value.to_string())]);
    }
    values.assert_all_used()?;
    Ok(out)
}

fn fault(error: &Error) -> Fault {
    let file = error.name().map_or("templates/web".into(), |name| {
        let name = name.strip_prefix("templates/web/").unwrap_or(name);
        format!("templates/web/{name}")
    });
    let detail = error.detail().map_or_else(
        || error.kind().to_string(),
        |detail| {
            if error.kind() == ErrorKind::SyntaxError {
                detail.to_owned()
            } else {
                format!("{}: {detail}", error.kind())
            }
        },
    );
    Fault { file, line: error.line(), message: detail }
}
