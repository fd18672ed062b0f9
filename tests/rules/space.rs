//! Where things stand: no part of a story goes round another, nothing stands over anything else or
//! off the live area.

use crate::frames::{Page, Rect};
use crate::hold::{HAIR, Hold, Stand, clip, fault};
use crate::rule::{Fault, Rule};

/// How far punctuation may hang over the end of a line, in points.
const HANGS: f64 = 5.0;

impl<'a> Hold<'a> {
    /// Where one part of a story goes round another, their rectangles meet.
    pub(crate) fn rectangles(&self, stands: &[Stand], faults: &mut Vec<Fault>) {
        for (index, stand) in stands.iter().enumerate() {
            let Some(rect) = stand.rect() else { continue };
            for other in &stands[index + 1..] {
                if other.rect().is_some_and(|other| rect.meets(&other, 1.0)) {
                    let what = format!("its rectangle meets that of story {}", other.story);
                    faults.push(fault(Rule::Rectangle, stand, what));
                }
            }
        }
    }

    pub(crate) fn overlaps(&self, page: &Page, faults: &mut Vec<Fault>) {
        let mut things: Vec<(Rect, String, Option<usize>, Option<usize>)> = vec![];
        let name = |part: Option<usize>| {
            part.map_or("the folio", |part| &page.parts[part].role).to_string()
        };
        for mark in page.marks.iter().filter(|mark| mark.is_seen()) {
            let what = format!("“{}” ({})", clip(&mark.text), name(mark.part));
            things.push((mark.rect(), what, mark.part, mark.leg));
        }
        for image in &page.images {
            things.push((
                image.rect,
                format!("a picture ({})", name(image.part)),
                image.part,
                None,
            ));
        }
        for (index, leg) in page.legs.iter().enumerate() {
            things.push((
                leg.rect,
                format!("leg {} of the page", index + 1),
                Some(leg.part),
                Some(index),
            ));
        }
        things.sort_by(|a, b| a.0.top.total_cmp(&b.0.top));
        for (index, (rect, what, part, leg)) in things.iter().enumerate() {
            for (other, its, part_of, leg_of) in &things[index + 1..] {
                if other.top > rect.foot {
                    break;
                }
                // A leg holds its own lines.
                let holds = leg.is_some() && leg == leg_of && part == part_of;
                let leg_itself = |what: &str| what.starts_with("leg ");
                if holds && (leg_itself(what) || leg_itself(its)) {
                    continue;
                }
                if rect.meets(other, HAIR) {
                    let what = format!("{what} and {its} stand over each other");
                    let rule = Rule::Overlap;
                    faults.push(Fault { rule, page: Some(page.number), story: None, what });
                }
            }
        }
    }

    pub(crate) fn live(&self, page: &Page, faults: &mut Vec<Fault>) {
        let grid = self.grid;
        let left = self.left(page.number);
        let (right, foot) =
            (left + grid.span(grid.columns), grid.top + f64::from(grid.rows) * grid.row);
        let mut hold = |rect: Rect, hair: f64, what: &str| {
            let off = (left - rect.left).max(rect.right - right).max(rect.foot - foot);
            let off = off.max(grid.top - rect.top);
            if off > hair {
                let what = format!("{what} stands {off:.1} pt off the live area");
                let rule = Rule::OffPage;
                faults.push(Fault { rule, page: Some(page.number), story: None, what });
            }
        };
        for mark in page.marks.iter().filter(|mark| mark.is_seen()) {
            let hair = if mark.letters.is_some() { HAIR } else { HANGS };
            hold(mark.rect(), hair, &format!("“{}”", clip(&mark.text)));
        }
        page.images.iter().for_each(|image| hold(image.rect, HAIR, "a picture"));
        page.legs.iter().for_each(|leg| hold(leg.rect, HAIR, "a leg"));
    }
}
