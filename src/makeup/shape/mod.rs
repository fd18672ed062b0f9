//! The shapes of one story: how its text, head and pictures can fill a rectangle, and what each shape
//! costs.

pub(super) mod art;
pub(super) mod crops;
pub(super) mod head_sizes;
pub(super) mod shapes;
pub(super) mod threading;
pub(super) mod wide;
pub(super) mod zone;
pub(super) mod zones;
