//! The web edition: an edition's pages, and the site around all editions.
//!
//! Data in, files out: nothing here reads or writes a disk. The files of an edition (`edition()`)
//! depend on that edition, the paper and the look alone. The site around the editions (`site()`: home,
//! sections, archive, authors, topics, feeds, search) is made from each edition's small `Index`, so
//! that editions can be built apart, in any order, on any machine, and joined.
//!
//! Everything that a writer wrote is escaped, by `escape` or by the templates. No story holds markup, so
//! that nothing in one can become a script.

mod aliases;
mod archive;
mod article;
mod assets;
mod body_html;
mod context;
mod data;
mod edition_files;
mod escape;
mod excerpt;
mod feeds;
mod figures;
mod file;
mod front_page;
mod index;
mod jsonld;
mod mentions;
mod order;
mod search_index;
mod site_files;
mod site_words;
mod slugs;
mod story_links;
mod teaser;
mod templates;

pub use aliases::Clash;
pub use data::template_schemas;
pub(crate) use edition_files::{EditionArt, edition};
pub(crate) use figures::{SHARE, ShareFile, StoryArt, art_of};
pub use file::Fault;
pub(crate) use file::File;
pub use index::folder_of;
pub(crate) use index::{Art, Index};
pub(crate) use search_index::{Bundle, Record, bundle};
pub(crate) use site_files::site;
pub use templates::{Look, OwnFile};
