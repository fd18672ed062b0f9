//! Where addresses lead: files of pictures, pages of the site.

pub(crate) mod files_by_name;
pub(crate) mod page_url;
pub(crate) mod picture_finder;
pub(crate) mod written_paths;
