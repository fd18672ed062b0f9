//! Finds what an address means: the file of a picture, the page of a story on its site.

pub(crate) mod files_by_name;
pub(crate) mod page_url;
pub(crate) mod picture_finder;
pub(crate) mod written_paths;
