//! A review as lines for a person.

use std::collections::BTreeMap;
use std::fmt::Write;

use stonehand::editor::pin_outcomes::Price;
use stonehand::makeup::model::Search;
use stonehand::review::{
    Change, Comparison, Finding, FindingKind, HeadFit, JumpReview, Level, PageChange, PageReview,
    Review, StoryReview, Unit,
};

use super::counts::{count, thousands};
use super::page_cells::{given_up, heads, sacrifice_name, turns};
use super::sketches;
use super::text_table::{shorten, table, wrap};

/// The findings that are printed without `--all`: as many as a screen has room for.
pub(super) const FEW: usize = 10;
/// From this many findings of a kind on, one line tells of all of them.
const ALIKE: usize = 3;
/// The most characters of a story's name.
const NAME: usize = 44;
/// The most characters of a list of names.
const WIDTH: usize = 82;

/// The lines of a review with its worst `many` findings.
pub(super) fn lines(review: &Review, many: usize) -> Vec<String> {
    let text = Lines { review, common: common_folder(review), all: many == usize::MAX };
    let mut out = vec![review.title.clone(), text.summary()];
    out.extend(text.left_out());
    out.push(String::new());
    out.extend(text.pages());
    out.push(text.search());
    out.push(String::new());
    for page in &review.alternatives {
        out.extend(sketches::lines(page));
        out.push(String::new());
    }
    out.extend(text.findings(many));
    if !review.pins.is_empty() {
        out.push(String::new());
        out.extend(text.pins());
    }
    if !review.jumps.is_empty() {
        out.push(String::new());
        out.extend(text.jumps(many));
    }
    if text.all {
        out.push(String::new());
        out.extend(text.stories());
    }
    out.push(String::new());
    out.extend(text.since_last());
    out
}

/// A review on its way to lines.
struct Lines<'a> {
    review: &'a Review,
    /// The length in bytes of the folder that all stories lie in.
    common: usize,
    /// Whether everything is printed.
    all: bool,
}

impl<'a> Lines<'a> {
    /// How far the search got.
    fn search(&self) -> String {
        let Search { solved, cost, bound } = self.review.search;
        let solved = thousands(solved as usize);
        format!(
            "  Cost of all pages: {cost:.0} (lower is better; no plan can cost less than {bound:.0}). Pages tried: {solved}."
        )
    }

    /// A story's key without the folder that all share; of a long one, the end.
    fn name(&self, key: &str) -> String {
        let name = key.get(self.common..).unwrap_or(key);
        let count = name.chars().count();
        if self.all || count <= NAME {
            return name.into();
        }
        ['…'].into_iter().chain(name.chars().skip(count - NAME + 1)).collect()
    }

    fn summary(&self) -> String {
        let Review { pages, stories, words, pictures, jumps, .. } = self.review;
        format!(
            "  {}, {}, {}, {}, {}",
            count(pages.len(), "page", "pages"),
            count(stories.len(), "story", "stories"),
            count(*words, "word", "words"),
            count(pictures.len(), "picture", "pictures"),
            count(jumps.len(), "jump", "jumps"),
        )
    }

    fn left_out(&self) -> Vec<String> {
        let left = self.review.left_out.iter();
        left.map(|left| format!("  left out ({}): {}", left.reason, left.story)).collect()
    }

    fn pages(&self) -> Vec<String> {
        let heading = [
            "Page",
            "Sections",
            "Stories",
            "Fill",
            "Art",
            "Cost",
            "Headlines",
            "Jumps",
            "Given up",
        ];
        let mut rows = vec![heading.map(String::from).to_vec()];
        for page in &self.review.pages {
            let PageReview { page: number, modules, fill, art_share, cost, .. } = page;
            rows.push(vec![
                number.to_string(),
                shorten(&page.sections.join(", "), 24),
                modules.len().to_string(),
                // Rounded down: only a full page shows 100 %.
                format!("{:.0} %", (100.0 * fill).floor()),
                format!("{:.0} %", 100.0 * art_share),
                format!("{cost:.1}"),
                heads(page),
                turns(page),
                given_up(page),
            ]);
        }
        table(&rows, &[0, 2, 3, 4, 5])
    }

    fn findings(&self, many: usize) -> Vec<String> {
        let groups = self.groups();
        if groups.is_empty() {
            return vec!["No problems were found.".into()];
        }
        let of = |level| {
            let count = self.review.findings.iter().filter(|one| one.level == level).count();
            let name = match level {
                Level::Error => ("error", "errors"),
                Level::Warning => ("warning", "warnings"),
                Level::Advice => ("suggestion", "suggestions"),
            };
            (count > 0).then(|| self::count(count, name.0, name.1))
        };
        let counts: Vec<String> =
            [Level::Error, Level::Warning, Level::Advice].into_iter().filter_map(of).collect();
        let mut out = vec![format!("Worst first ({})", counts.join(", "))];
        for (number, group) in (1..).zip(groups.iter().take(many)) {
            out.extend(self.group(number, group));
        }
        let more: usize = groups.iter().skip(many).map(Vec::len).sum();
        if more > 0 {
            out.push(format!("    and {more} more: --all shows them"));
        }
        out
    }

    /// The findings in groups of the same level and kind, the worst group first. Below [`ALIKE`] of a
    /// kind, each finding is a group of its own.
    fn groups(&self) -> Vec<Vec<&'a Finding>> {
        let mut counts: BTreeMap<(Level, FindingKind), usize> = BTreeMap::new();
        for one in &self.review.findings {
            *counts.entry((one.level, one.kind)).or_default() += 1;
        }
        let mut groups: Vec<Vec<&Finding>> = vec![];
        for one in &self.review.findings {
            let alike = |other: &&mut Vec<&Finding>| {
                other.iter().any(|other| (other.level, other.kind) == (one.level, one.kind))
            };
            let many = !self.all && counts[&(one.level, one.kind)] >= ALIKE;
            match groups.iter_mut().find(alike).filter(|_| many) {
                Some(group) => group.push(one),
                None => groups.push(vec![one]),
            }
        }
        // A group weighs more the more findings it has.
        let weight = |group: &[&Finding]| {
            group.first().map_or(0.0, |worst| worst.weight + 0.5 * (group.len() - 1) as f64)
        };
        groups.sort_by(|a, b| {
            let level = |group: &[&Finding]| group.first().map(|worst| worst.level);
            level(b).cmp(&level(a)).then(weight(b).total_cmp(&weight(a)))
        });
        groups
    }

    fn group(&self, number: usize, group: &[&'a Finding]) -> Vec<String> {
        let Some(first) = group.first() else { return vec![] };
        let place = |one: &Finding| one.page.map(|page| format!("page {page}"));
        let error = if first.level == Level::Error { "error: " } else { "" };
        if group.len() == 1 {
            let story = first.story.as_deref().map(|key| self.name(key));
            let place: Vec<String> = [place(first), story].into_iter().flatten().collect();
            let place = if place.is_empty() { String::new() } else { place.join(", ") + ": " };
            let mut out = wrap(&format!("{number:>2}. {error}{place}{}", first.what));
            out.extend(wrap(&format!("    {}", first.advice)));
            return out;
        }
        let mut names = String::new();
        for (at, one) in group.iter().enumerate() {
            let page = one.page.map(|page| format!(" (page {page})")).unwrap_or_default();
            let what = match (&one.picture, &one.story) {
                (Some(src), _) => src.rsplit('/').next().unwrap_or(src).to_string() + &page,
                (_, Some(key)) => self.name(key) + &page,
                _ => place(one).unwrap_or_default() + &share(one),
            };
            let rest = group.len() - at;
            if names.chars().count() + what.chars().count() > WIDTH && at > 0 {
                let _ = write!(names, " and {rest} more");
                break;
            }
            let comma = if at == 0 { "" } else { ", " };
            names += comma;
            names += &what;
        }
        let (what, advice) = alike(first.kind);
        vec![
            format!("{number:>2}. {error}{} {what}. {advice}", group.len()),
            format!("    {names}"),
        ]
    }

    fn pins(&self) -> Vec<String> {
        let mut rows =
            vec![["Pins", "", "Page", "Cost", "What it makes worse"].map(String::from).to_vec()];
        for Price { story, pin, page, cost, worse } in &self.review.pins {
            let worse = worse.iter().map(|worse| match &worse.story {
                Some(other) if other != story => {
                    format!("{} ({})", sacrifice_name(worse.what), self.name(other))
                }
                _ => sacrifice_name(worse.what).to_string(),
            });
            rows.push(vec![
                self.name(story),
                pin.clone(),
                page.map(|page| page.to_string()).unwrap_or_default(),
                format!("{cost:.1}"),
                worse.collect::<Vec<_>>().join(", "),
            ]);
        }
        let more = self.review.pins_not_priced;
        let more = (more > 0)
            .then(|| format!("and {} whose cost was not measured", count(more, "pin", "pins")));
        table(&rows, &[2, 3]).into_iter().chain(more).collect()
    }

    fn jumps(&self, many: usize) -> Vec<String> {
        let mut rows = vec![
            ["Jumps", "From", "To", "Lines before", "after", "To avoid it"]
                .map(String::from)
                .to_vec(),
        ];
        for JumpReview { story, from, to, lines_before, lines_after } in
            self.review.jumps.iter().take(many)
        {
            let fit = self.review.stories.iter().find(|one| one.story == *story);
            // A cut of more than two fifths of a story is no advice.
            let most = fit.map_or(0, |one| one.text.lines * 2 / 5);
            let cut = fit.and_then(|one| one.text.cut.as_ref()).filter(|cut| cut.lines <= most);
            let cut = cut.map_or_else(String::new, |cut| {
                format!("cut {} from “{} …”", count(cut.lines as usize, "line", "lines"), cut.from)
            });
            rows.push(vec![
                self.name(story),
                from.to_string(),
                to.to_string(),
                lines_before.to_string(),
                lines_after.to_string(),
                cut,
            ]);
        }
        if rows.iter().skip(1).all(|row| row[5].is_empty()) {
            rows[0][5].clear();
        }
        let more = self.review.jumps.len().saturating_sub(many);
        let more = (more > 0).then(|| format!("and {more} more: --all shows them"));
        table(&rows, &[1, 2, 3, 4]).into_iter().chain(more).collect()
    }

    fn stories(&self) -> Vec<String> {
        let heading = [
            "Story",
            "Pages",
            "Priority",
            "Headline",
            "Characters",
            "Room for",
            "Lines",
            "Fits",
            "Nearest clean cut",
        ];
        let mut rows = vec![heading.map(String::from).to_vec()];
        for StoryReview { story, priority, pages, head, text, .. } in &self.review.stories {
            let pages: Vec<String> = pages.iter().map(u16::to_string).collect();
            let head_of =
                |of: &dyn Fn(&HeadFit) -> String| head.as_ref().map(of).unwrap_or_default();
            let fits = match (text.short, text.over) {
                (0, 0) => "yes".into(),
                (short, 0) => format!("{short} short"),
                (0, over) => format!("{over} over"),
                (short, over) => format!("{over} over, {short} short"),
            };
            let cut = text.cut.as_ref().map(|cut| {
                let rest = if cut.leaves > 0 {
                    format!(", {} left empty", cut.leaves)
                } else {
                    String::new()
                };
                format!("{}{rest}", cut.lines)
            });
            rows.push(vec![
                self.name(story),
                pages.join(", "),
                priority.to_string(),
                head_of(&|head| format!("{} pt", head.size)),
                head_of(&|head| head.characters.to_string()),
                head_of(&|head| head.room.to_string()),
                text.lines.to_string(),
                fits,
                cut.unwrap_or_default(),
            ]);
        }
        table(&rows, &[2, 3, 4, 5, 6])
    }

    fn since_last(&self) -> Vec<String> {
        let since = &self.review.since_last;
        match since.state {
            Comparison::None => vec!["This edition has not been published before.".into()],
            Comparison::Unreadable => {
                vec!["The plan.json of the published edition can't be read.".into()]
            }
            Comparison::OtherGrid => {
                vec![
                    "It was last published in another page format, so all of it counts as new."
                        .into(),
                ]
            }
            Comparison::Compared => {
                let same: Vec<String> = since
                    .pages
                    .iter()
                    .filter(|page| page.change == Change::Same)
                    .map(|page| page.page.to_string())
                    .collect();
                if same.len() == since.pages.len() {
                    return vec!["All pages are as they were last published.".into()];
                }
                let mut out = vec!["Changes since it was last published:".to_string()];
                let changed = since.pages.iter().filter(|page| page.change != Change::Same);
                out.extend(changed.map(|page| self.change(page)));
                if !same.is_empty() {
                    out.push(format!("  unchanged: page {}", same.join(", ")));
                }
                out
            }
        }
    }

    fn change(&self, page: &PageChange) -> String {
        let PageChange { page: number, change, came, went, longer } = page;
        let names = |keys: &[String]| {
            let names: Vec<String> = keys.iter().map(|key| self.name(key)).collect();
            let more = names.len().saturating_sub(4);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            names[..names.len().min(4)].join(", ") + &more
        };
        let mut why = vec![];
        // Where a page is new or gone, all of its stories came or went.
        if matches!(change, Change::Changed | Change::New) && !came.is_empty() {
            why.push(format!("with {}", names(&came[..])));
        }
        if *change == Change::Changed && !went.is_empty() {
            why.push(format!("without {}", names(&went[..])));
        }
        for (key, more) in longer.iter().take(3) {
            let than = if *more > 0 { "longer" } else { "shorter" };
            let by = count(more.unsigned_abs() as usize, "line", "lines");
            why.push(format!("{} {by} {than}", self.name(key)));
        }
        let what = match change {
            Change::Same => "unchanged",
            Change::Moved => "the same stories in other places",
            Change::Changed => "other stories",
            Change::New => "new",
            Change::Gone => "gone",
        };
        let why = if why.is_empty() { String::new() } else { format!(": {}", why.join("; ")) };
        format!("  page {number}: {what}{why}")
    }
}

/// A finding's amount in brackets, where it is a share.
fn share(one: &Finding) -> String {
    match one.unit {
        Unit::Share => format!(" ({:.0} %)", 100.0 * one.amount),
        _ => String::new(),
    }
}

/// What several findings of one kind are called, and what to do about them.
fn alike(kind: FindingKind) -> (&'static str, &'static str) {
    match kind {
        FindingKind::Rule => {
            ("rules are broken by the plan", "This is a fault of Stonehand: please report it.")
        }
        FindingKind::Pin => ("pins could not be kept", "Remove some."),
        FindingKind::Leg => {
            ("stories did not fit their columns well", "Cut them, or give them more columns.")
        }
        FindingKind::Hierarchy => {
            ("headlines are smaller than that of a less important story", "Shorten them.")
        }
        FindingKind::Ad => {
            ("ads are not on the pages they were booked for", "Book them for other pages.")
        }
        FindingKind::PageCount => {
            ("page counts differ from the one that `pages` asks for", "Change `pages`.")
        }
        FindingKind::Hole => ("pages have a hole", "Write more, or add a story."),
        FindingKind::Short => {
            ("stories are too short for their places", "Write more, or see with --all what to cut.")
        }
        FindingKind::White => ("stories leave rows of their space empty", "Write more, or cut."),
        FindingKind::SecondJump => ("stories continue on more than one other page", "Cut them."),
        FindingKind::ShortJump => {
            ("stories continue on another page for only a few lines", "Cut them.")
        }
        FindingKind::Resolution => ("pictures have too few pixels", "Use larger files."),
        FindingKind::Focus => (
            "pictures are cropped close to their focus",
            "Set `focus` farther from the picture’s edge.",
        ),
        FindingKind::Picture => {
            ("pictures found no room", "Remove them, or raise their stories’ priority.")
        }
        FindingKind::Caption => ("pictures have no caption", "Write `caption`."),
        FindingKind::Alt => {
            ("pictures have no alternative text", "Describe in `alt` what they show.")
        }
        FindingKind::Credit => ("pictures have no credit", "Name who made them in `credit`."),
        FindingKind::Grey => {
            ("pages are grey", "A picture helps most with the most important story that has none.")
        }
        FindingKind::Crowded => ("pages hold almost nothing but pictures", "Leave some out."),
        FindingKind::LongHead => ("headlines have more than four lines", "Shorten them."),
        FindingKind::LowHead => {
            ("headlines stand low on their pages", "Hold a story, or make it longer.")
        }
        FindingKind::Tombstone => {
            ("headlines stand beside one of similar size", "Change priorities or widths.")
        }
        FindingKind::HeadLine => {
            ("headlines end in a short line or a single word", "Cut or add a word.")
        }
        FindingKind::HeadSize => {
            ("headlines are too long for the size they should have", "Shorten them.")
        }
        FindingKind::HeadWidth => {
            ("headlines leave much of their width empty", "Add a word or two.")
        }
        FindingKind::Crop => ("pictures are cropped heavily", "Check them, and set `focus`."),
        FindingKind::Deck => {
            ("summaries are not printed", "If they must be printed, write them as `standfirst`.")
        }
        FindingKind::Quote => {
            ("stories have pull-quotes that found no room", "Shorten or remove these.")
        }
        FindingKind::Optional => ("stories have optional paragraphs", "See them with --all."),
    }
}

/// The length in bytes of the folder that all stories have in common.
fn common_folder(review: &Review) -> usize {
    let mut keys = review.stories.iter().map(|story| story.story.as_str());
    let Some(first) = keys.next() else { return 0 };
    let same = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let shared = keys.map(|key| same(first, key)).min().unwrap_or(first.len());
    first.as_bytes()[..shared].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1)
}
