//! The typesetter: Typst with elements of our own, the bundled faces, the theme, and files that exist
//! in memory alone; and the reading of the frames that Typst composes.

mod breaks;
mod clusters;
mod contract;
mod fonts;
mod ink;
mod letters;
mod load_theme;
mod own_elements;
mod run_in;
mod soften;
mod span;
mod story_content;
mod table_columns;
mod theme;
mod trouble;
mod virtual_files;
mod world;

pub(crate) use breaks::{BREAK, TextPlace, code_text, printed, printed_runs};
pub use contract::Contract;
pub use fonts::covers;
pub use ink::{Ink, InkSource, Met, walk};
pub(crate) use ink::{MeasuredPart, PlacedText, Word, measured_parts, placed_texts};
pub(crate) use letters::{
    capitals, check_letters, check_runs, check_words, data_file, has_ink, prints,
};
pub(crate) use load_theme::CARD;
pub use own_elements::PartElem;
pub use run_in::{Arranged, Density, arranged, density};
pub use soften::LongWord;
pub(crate) use soften::soften;
pub use span::source_of;
pub use story_content::{DropCap, story_file};
pub(crate) use table_columns::columns_wanted;
pub use theme::Theme;
pub use trouble::Trouble;
pub use virtual_files::story_path;
pub(crate) use virtual_files::{file_id, source};
pub use world::MemoryWorld;
