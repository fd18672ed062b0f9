//! The files of stories after a first look: the day that each belongs to, and the names that it
//! mentions. The full reading follows only for the editions that are wanted.

use jiff::civil::Date;

use super::candidates::Candidate;
use super::editions::Other;
use super::inputs::Inputs;
use super::related::Glance;
use crate::content::model::left_out::Reason;
use crate::content::paper::period::Every;
use crate::content::story;
use crate::content::story::bylines;
use crate::content::story::matter;
use crate::content::story::standing::{Clock, Ground, Standing};
use crate::content::syntax::encoding;
use crate::content::syntax::encoding::Decoded;
use crate::content::syntax::fields::Fields;
use crate::content::syntax::tree::Value;
use crate::diag::{Code, Diagnostic};

/// The files of an edition.
pub(super) struct Group {
    pub(super) inputs: Inputs,
    pub(super) files: Vec<Filed>,
    /// Whether this edition was asked for.
    pub(super) is_chosen: bool,
}

/// A story's file after a first look. Its text is not kept, because the texts of an archive may not
/// fit into memory.
pub(super) struct Filed {
    pub(super) candidate: Candidate,
    /// The day that it belongs to.
    pub(super) date: Option<Date>,
    /// Whether that day is in the future.
    pub(super) to_come: bool,
    /// Why it must not be printed, if there is a reason.
    pub(super) hold: Option<Reason>,
    /// What it says about other stories.
    pub(super) glance: Glance,
    /// The keys by which it names its authors.
    pub(super) authors: Vec<String>,
    /// The hash of its bytes.
    pub(super) hash: [u8; 32],
}

/// A file's text.
pub(super) struct Text {
    pub(super) text: String,
    /// The offset of the first byte that can't be decoded.
    pub(super) bad_bytes: Option<usize>,
    /// The hash of the file's bytes.
    pub(super) hash: [u8; 32],
}

impl Text {
    pub(super) fn read(candidate: &Candidate) -> Result<Self, Diagnostic> {
        let bytes = std::fs::read(&candidate.full).map_err(|problem| {
            let what = format!("`{}` can't be read: {problem}", candidate.path);
            Diagnostic::error(Code::Unreadable, None, what).hint("check the file's permissions")
        })?;
        let hash = *blake3::hash(&bytes).as_bytes();
        let Decoded { text, bad_bytes } = encoding::decode(bytes);
        Ok(Self { text, bad_bytes, hash })
    }
}

impl Group {
    /// The edition as one that was not asked for, if it would print anything.
    pub(super) fn as_other(&self) -> Option<Other> {
        let waits = |file: &&Filed| matches!(file.hold, None | Some(Reason::Future));
        let stories = || self.files.iter().filter(waits);
        let files: Vec<String> = stories().map(|file| file.candidate.path.clone()).collect();
        let to_come = stories().all(|file| file.to_come);
        (!files.is_empty()).then_some(Other { date: self.inputs.date, files, to_come })
    }
}

/// What a file's place tells about whether it may be printed.
pub(super) fn ground(candidate: &Candidate, every: Every) -> Ground {
    let until = candidate.folder_date().map(|day| every.last_day(day));
    Ground { until, hold: candidate.hold() }
}

/// Takes a first look at a file. Returns `None` if it is not a story.
pub(super) fn glance_at(
    candidate: Candidate,
    named: bool,
    every: Every,
    clock: &Clock,
) -> Result<Option<Filed>, Diagnostic> {
    let Text { text, hash, .. } = Text::read(&candidate)?;
    if !candidate.is_story(&text) {
        return Ok(None);
    }
    let front = matter::peek(&text);
    let fields = Fields::quiet(front.as_ref());
    let Standing { date, to_come, hold, .. } =
        Standing::judge(&fields, &candidate.path, ground(&candidate, every), clock);
    let folder = candidate.folder_date().filter(|_| !named);
    let slug = fields.get(&["slug"]).and_then(|node| match &node.value {
        Value::Scalar(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    });
    let glance = Glance::of_front_matter(front.as_ref(), story::slug_of(&candidate.path, slug));
    let (date, hold) = (folder.or(date), hold.map(|hold| hold.reason));
    let authors = bylines::wanted(front.as_ref());
    Ok(Some(Filed { candidate, date, to_come, hold, glance, authors, hash }))
}
