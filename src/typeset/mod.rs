//! The typesetter: Typst with our elements, our faces and a desk of files that
//! exist in memory alone.

mod breaks;
mod content;
mod elements;
mod fonts;
mod ink;
mod letters;
mod run_in;
mod span;
mod table;
mod theme;
mod world;

pub(crate) use breaks::{BREAK, Place, code_text, printed, printed_runs};
pub use content::{DropCap, story_file};
pub use elements::{PartElem, ThreadElem};
pub use fonts::{book, covers};
pub use ink::{Ink, Met, Piece, Source, Word, pieces, walk};
pub use letters::{check_letters, check_runs};
pub use run_in::{Arranged, Density, arranged, density};
pub use span::{run_span, source_of};
pub use table::columns_wanted;
pub(crate) use theme::CARD;
pub use theme::{Contract, Theme};
pub use world::{Desk, Trouble, story_path};
pub(crate) use world::{file_id, source};
