//! Files onto the disk: an edition as a whole or not at all, and the files of the site around the
//! editions one by one.

mod beside;
mod disk;
mod file_set;
mod manifest;
mod stage;
#[cfg(test)]
mod tests;

pub(crate) use beside::{Beside, Keep};
pub use disk::{Failure, replace};
pub use file_set::Files;
pub use manifest::{Again, Origin};
pub(crate) use manifest::{PROGRAM, origin_of, origin_of_site};
pub use stage::{Staged, stage};
