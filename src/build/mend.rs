//! What is done about faults of the program. A story that comes out otherwise than planned is set
//! again, a step plainer each time, and in the end left out: it never costs the edition.

use std::collections::BTreeMap;

use crate::compose::Fault;
use crate::content::model::{Inline, Plainness, Run, Story};
use crate::diag::{Code, Diagnostic, Span};
use crate::export::{LeftOut, LeftOutReason, SetAgain};
use crate::lineup::Edition;
use crate::typeset::{LongWord, has_ink, soften};

/// Why an edition could not be made as it is.
pub(super) enum Stop {
    /// Errors in the stories or the paper.
    Errors(Vec<Diagnostic>),
    /// Stories that came out otherwise than planned.
    Faults(Vec<Fault>),
    /// Typst refuses the pages and names no story.
    Refused(Vec<Diagnostic>),
}

impl From<Vec<Diagnostic>> for Stop {
    fn from(errors: Vec<Diagnostic>) -> Self {
        Self::Errors(errors)
    }
}

/// What earlier tries have shown: the stories that are set plainer or left out, by their keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Mending {
    stories: BTreeMap<String, MendedStory>,
    /// How plainly all others are set.
    others: Plainness,
}

#[derive(Debug, Clone)]
struct MendedStory {
    /// How plainly it is set; none where it is left out.
    plainness: Option<Plainness>,
    /// What was wrong at first.
    fault: String,
    /// Where.
    span: Span,
}

impl Mending {
    /// Takes in why a try failed, so that the next one differs.
    ///
    /// # Errors
    /// The diagnostics, where no other try is left.
    pub(super) fn take(&mut self, stop: Stop, edition: &Edition) -> Result<(), Vec<Diagnostic>> {
        let (faults, said) = match stop {
            Stop::Errors(errors) => return Err(errors),
            Stop::Refused(said) if self.others >= Plainness::PlainHead => return Err(said),
            Stop::Refused(_) => {
                self.others = Plainness::PlainHead;
                return Ok(());
            }
            Stop::Faults(faults) => {
                let said = faults.iter().map(|fault| fault.diagnostic()).collect();
                (faults, said)
            }
        };
        for Fault { story, span, message } in faults {
            let others = self.others;
            let mended = self.stories.entry(story).or_insert_with(|| MendedStory {
                plainness: Some(others),
                fault: message,
                span,
            });
            mended.plainness = mended.plainness.and_then(Plainness::plainer);
        }
        let any = edition.written().any(|story| !self.leaves_out(&story.key));
        if any { Ok(()) } else { Err(said) }
    }

    fn leaves_out(&self, key: &str) -> bool {
        self.stories.get(key).is_some_and(|mended| mended.plainness.is_none())
    }

    /// Applies it to an edition before the next try.
    pub(super) fn apply(&self, edition: &mut Edition, left_out: &mut Vec<LeftOut>) {
        let rails: Vec<String> = (edition.stories.iter().enumerate())
            .filter(|(at, story)| edition.is_rail(*at) && self.leaves_out(&story.key))
            .flat_map(|(at, _)| edition.briefs[at].iter().map(|brief| brief.key.clone()))
            .collect();
        edition.retain(|story| {
            let lost = self.leaves_out(&story.key) || rails.contains(&story.key);
            if lost {
                let reason = LeftOutReason::ProgramFault;
                left_out.push(LeftOut { story: story.key.clone(), reason });
            }
            !lost
        });
        if self.stories.is_empty() && self.others == Plainness::Full {
            return;
        }
        let lang = edition.paper.lang.clone();
        edition.change(&mut |story| {
            let own = self.stories.get(&story.key).and_then(|mended| mended.plainness);
            story.plainness = own.unwrap_or(self.others).max(story.plainness);
            if story.plainness >= Plainness::PlainHead {
                plain_head(story, &lang);
            }
        });
    }

    /// What was done, for the report.
    pub(super) fn set_again(&self) -> Vec<SetAgain> {
        let one = |(story, mended): (&String, &MendedStory)| {
            let set = mended.plainness?.told().to_string();
            Some(SetAgain { story: story.clone(), fault: mended.fault.clone(), set })
        };
        self.stories.iter().filter_map(one).collect()
    }

    /// What was done, as diagnostics.
    pub(super) fn said(&self) -> Vec<Diagnostic> {
        let one = |(story, mended): (&String, &MendedStory)| {
            let MendedStory { plainness, fault, span } = mended;
            let (code, done) = match plainness {
                Some(plainness) => {
                    (Code::SetAgain, format!("it was set again {}", plainness.told()))
                }
                None => (Code::PageDiffersFromPlan, "it was left out".into()),
            };
            Diagnostic::warning(code, *span, format!("this text of “{story}” {fault}; {done}"))
                .hint("this is a fault of Stonehand or of the theme, not of the story: please report it")
        };
        let mut said: Vec<Diagnostic> = self.stories.iter().map(one).collect();
        if self.others > Plainness::Full {
            let what = format!(
                "Typst could not set the pages; all stories were set again {}",
                self.others.told()
            );
            said.push(Diagnostic::warning(Code::SetAgain, None, what).hint(
                "this is a fault of Stonehand or of the theme, not of the stories: please report it",
            ));
        }
        said
    }
}

/// Reduces a headline to its words, and gives the long ones places to break.
fn plain_head(story: &mut Story, lang: &str) {
    let mut words = vec![];
    flatten(&story.headline, &mut words);
    if words.iter().any(|run| run.text.contains(has_ink)) {
        story.headline = words.into_iter().map(Inline::Text).collect();
    }
    let mut long = vec![];
    let heads = story.headline.iter().filter_map(|inline| match inline {
        Inline::Text(run) => Some(run),
        _ => None,
    });
    for run in heads.chain(&story.short_headline) {
        let words = run.text.split_whitespace();
        long.extend(words.filter(|word| word.chars().count() >= LONG).map(|word| LongWord {
            start: run.span.start,
            end: run.span.end,
            word: word.into(),
        }));
    }
    soften(story, &long, lang);
}

/// A word of a plain headline with so many letters or more is given places to break.
const LONG: usize = 16;

/// Collects the runs of a line without their markup; a break becomes a space.
fn flatten(inlines: &[Inline], out: &mut Vec<Run>) {
    for inline in inlines {
        match inline {
            Inline::Text(run) | Inline::Code(run) => out.push(run.clone()),
            Inline::Break => {
                if let Some(run) = out.last_mut() {
                    run.text.push(' ');
                }
            }
            Inline::Note(_) => {}
            other => flatten(other.inner().unwrap_or_default(), out),
        }
    }
}
