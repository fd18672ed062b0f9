//! Tags of all kinds, masked.

use super::*;
