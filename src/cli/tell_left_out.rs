//! What is told of stories that an edition leaves out.

use serde_json::{Value, json};
use stonehand::content::{self, Reason};
use stonehand::export::{LeftOut, LeftOutReason};

/// A story that is left out, and why.
pub(super) struct Omission {
    /// The story and the reason.
    pub(super) left: LeftOut,
    /// The reason in words: half a sentence that begins with `it`.
    why: Option<String>,
}

impl Omission {
    /// All that an edition leaves out; `known` is what was left out when it was read.
    pub(super) fn all(left_out: Vec<LeftOut>, known: &[content::LeftOut]) -> Vec<Self> {
        let why = |left: &LeftOut| {
            let found = known.iter().find(|known| known.key == left.story)?;
            Some(found.why.clone())
        };
        left_out.into_iter().map(|left| Self { why: why(&left), left }).collect()
    }

    /// The line about it for people.
    pub(super) fn line(&self) -> String {
        let LeftOut { story, reason } = &self.left;
        let since = self.why.as_ref().map(|why| format!(", because {why}"));
        format!("left out ({reason}): {story}{}", since.unwrap_or_default())
    }

    /// The same for tools.
    pub(super) fn as_json(&self) -> Value {
        let LeftOut { story, reason } = &self.left;
        json!({ "story": story, "reason": reason, "why": self.why })
    }

    /// Whether the present moment decided it.
    pub(super) fn by_moment(&self) -> bool {
        let by = |reason| matches!(reason, Reason::Embargo | Reason::Future | Reason::Expired);
        matches!(self.left.reason, LeftOutReason::Read(reason) if by(reason))
    }
}
