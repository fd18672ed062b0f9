//! The web edition: an edition's pages, and the site that joins all editions.
//!
//! Data in, files out; nothing here reads a disk. An edition's files ([`edition()`]) depend on that
//! edition, the paper and the look alone. What looks across editions ([`site()`]: home, sections,
//! archive, authors, topics, feeds, search) is made from each edition's small [`Index`], so that
//! editions are built apart, in any order, on any machine, and joined.
//!
//! Everything a writer wrote goes through `text.rs` or through the templates' own
//! escaping; no story holds markup, so that none can become script.

mod aliases;
mod archive;
mod article;
mod assets;
mod body;
mod context;
mod data;
mod edition;
mod feeds;
mod front;
mod index;
mod jsonld;
mod links;
mod looks;
mod notes;
mod order;
mod pictures;
mod search;
mod site;
mod slugs;
mod text;
mod words;

pub use aliases::Clash;
pub use data::template_schemas;
pub use edition::{EditionArt, edition, folder_of};
pub use index::{Alternate, Art, ArtFile, Index, Name, Section, Shown, Teaser};
pub use looks::{Look, OwnFile};
pub use pictures::{SHARE, ShareFile, StoryArt, art_of};
pub use search::{Bundle, Record, bundle, month_of};
pub use site::{Put, Site, site};

/// A file of the site: its path below the folder it goes to, and its bytes.
pub type File = (String, Vec<u8>);

/// What is wrong with a template: which file, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The template, as `templates/web/article.html`.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}
