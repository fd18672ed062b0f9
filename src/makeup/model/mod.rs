//! What the make-up sees and what it answers: sizes in rows and columns, and
//! nothing of type, files or words.
//!
//! Rows are body lines; columns count from the reading edge.

mod input;
mod plan;

pub use input::{
    Ad, Deck, Edge, Edition, Flank, Format, Galley, Hand, Head, HeadSetting, Item, ItemKind,
    JumpSize, LockedPage, PageCount, Picture, Position, Quote, Size, Slice, Wide,
};
pub use plan::{
    Cells, GivenUp, Leg, Module, PagePlan, PlacedAd, PlacedPicture, PlacedQuote, Plan, Rows,
    Sacrifice, Search,
};
