//! The typesetter: Typst with our elements, our faces and a desk of files that
//! exist in memory alone.

mod breaks;
mod clusters;
mod content;
mod contract;
mod elements;
mod fonts;
mod ink;
mod letters;
mod run_in;
mod soften;
mod span;
mod table;
mod theme;
mod world;

pub(crate) use breaks::{BREAK, Place, code_text, printed, printed_runs};
pub use content::{DropCap, story_file};
pub use contract::Contract;
pub use elements::{PartElem, ThreadElem};
pub use fonts::{book, covers};
pub use ink::{Ink, Met, Piece, Placed, Source, Word, pieces, placed, walk};
pub(crate) use letters::{capitals, data_file, has_ink};
pub use letters::{check_letters, check_runs, check_words, prints};
pub use run_in::{Arranged, Density, arranged, density};
pub use soften::{LongWord, soften};
pub use span::{run_span, source_of};
pub use table::columns_wanted;
pub(crate) use theme::CARD;
pub use theme::Theme;
pub use world::{Desk, Trouble, story_path};
pub(crate) use world::{file_id, source};
