//! The disk side of what is published: an edition's files and the record of what they were made from
//! (`publish`), pictures for screens and for pages elsewhere, and the site around the editions
//! (`join`).

mod join;
pub mod publish;
pub(crate) mod screens;
pub(crate) mod shares;

pub use join::{SiteMade, publish_site};
pub(crate) use join::{search_fault, template_fault};
