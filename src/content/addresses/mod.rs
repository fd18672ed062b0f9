//! Where addresses lead: files of pictures, pages of the site.

pub(crate) mod finder;
pub(crate) mod page_url;
pub(crate) mod shelf;
pub(crate) mod written;
