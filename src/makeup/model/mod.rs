//! The make-up's input and output: sizes in rows and columns, and nothing of type, files or words.
//!
//! A row is a line of body text. Columns count from the reading edge.

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
