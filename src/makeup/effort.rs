//! How far the search goes: what it tries, what it estimates, and when a page is good enough.
//!
//! No plan pays for any of this: the prices of plans are in `cost.rs`. More effort finds better pages
//! and takes longer.

/// Cells of a tabloid page, five columns of 109 rows: work is counted in pages of this size.
pub(crate) const TABLOID_CELLS: f32 = 545.0;
/// Costs that differ by less come from sums in another order.
pub(crate) const HAIR: f32 = 0.01;
/// The same where a layout is traced back from what its parts cost.
pub(crate) const TRACE_HAIR: f32 = 1e-3;

/// Costs are told to so many parts of a point.
pub(crate) const HUNDREDTHS: f32 = 100.0;

/// Zones: what is tried for one story.
pub(super) mod zone {
    /// The heights of the first picture that are tried: of a whole story, and of a part or by
    /// force.
    pub(crate) const FIRST_HEIGHTS: usize = 16;
    pub(crate) const FIRST_HEIGHTS_CUT: usize = 6;
    /// Those of the second one, of a mug shot inside a leg, and of any further one.
    pub(crate) const SECOND_HEIGHTS: usize = 3;
    pub(crate) const MUG_HEIGHTS: usize = 3;
    pub(crate) const FURTHER_HEIGHTS: usize = 2;
    /// The places that are tried of the second picture.
    pub(crate) const SECOND_PLACES: usize = 3;
    /// From so many columns on a module may have a second picture of two columns, and a quote in
    /// its first column.
    pub(crate) const WIDE: u8 = 3;
    /// With so many pictures, white below them is not tried.
    pub(crate) const MANY_PICTURES: u8 = 3;
    /// Where in a column a quote or a mug shot is tried, in parts of the room it has.
    pub(crate) const INSET_PLACES: [u16; 5] = [9, 7, 11, 8, 10];
    pub(crate) const INSET_PARTS: u16 = 18;
    /// Rows of white that each leg of a forced text may have on the average.
    pub(crate) const FORCED_WHITE: u32 = 12;
}

/// Pages: what is tried for given stories.
pub(super) mod page {
    /// Skeletons of a height that are dressed, and by how much one may cost more than the best.
    pub(crate) const SKELETONS: (usize, f32) = (16, 5.0);
    /// The same of a page that is polished, and of its alternatives.
    pub(crate) const SKELETONS_POLISHED: (usize, f32) = (60, 40.0);
    /// Of so many skeletons, one is the best of a height.
    pub(crate) const HEIGHT_SHARE: usize = 5;
    /// The schemes of head sizes in which a page is looked for that is to be full, and one that may
    /// end early.
    pub(crate) const FULL_SCHEMES: [u8; 3] = [0, 1, 2];
    pub(crate) const FREE_SCHEMES: [u8; 3] = [0, 2, 3];
    /// Those of a last page, each with whether its texts may end with much white.
    pub(crate) const LAST_SCHEMES: [(u8, bool); 5] =
        [(0, false), (1, false), (0, true), (2, true), (3, true)];
    /// The work of solving a page: some for any, and more with each module, in parts of what a
    /// page of a tabloid's cells takes.
    pub(crate) const WORK: f32 = 0.1;
    pub(crate) const WORK_BASE: f32 = 3.0;
    pub(crate) const WORK_PART: f32 = 2000.0;
    /// The rows that a unit takes beside its text, where no shape of it is known.
    pub(crate) const UNKNOWN_ROWS: f32 = 20.0;
    /// The cells of a unit that is not estimated.
    pub(crate) const UNKNOWN_CELLS: f32 = 60.0;
    /// The rank that the area of a unit is estimated at, where it does not lead.
    pub(crate) const USUAL_RANK: u8 = 2;
}

/// Choosing pages: subsets of what is left to place.
pub(super) mod choice {
    /// Cells of a queue's head that a page chooses from.
    pub(crate) const WINDOW: usize = 10;
    /// The work that is spent at one level before the next; half of it at levels that cut.
    pub(crate) const EFFORT: f32 = 12.0;
    /// Subsets that are tried at a level.
    pub(crate) const SUBSETS: usize = 200;
    /// A found page is good enough where the next subset's rank is no better than it by so much.
    pub(crate) const LEAD: f32 = 2.0;
    /// Stories of a subset that are cut, each for itself.
    pub(crate) const CUT_EACH: usize = 2;
    /// Stories that are forced onto a page together.
    pub(crate) const FORCED_TOGETHER: usize = 3;
    /// Pages that cost more are looked for only where there is no other: of whole stories alone,
    /// and of cut ones.
    pub(crate) const DEAR_WHOLE: f32 = 24.0;
    pub(crate) const DEAR: f32 = 40.0;
    /// A page that ranks below this is good; each story on it makes it so much harder to please.
    pub(crate) const GOOD: f32 = 7.0;
    /// A last page that costs less is good.
    pub(crate) const GOOD_LAST: f32 = 25.0;
    /// A page that costs more is tried with a filler too.
    pub(crate) const DULL: f32 = 24.0;
    /// A page that ranks above this is looked for in a wider window: so many of its own cells, and
    /// so many others.
    pub(crate) const POOR: f32 = 12.0;
    pub(crate) const WIDER_OWN: usize = 5;
    pub(crate) const WIDER_OTHERS: usize = 5;
    pub(crate) const WIDER_SKIPPED: usize = 2;
    /// Sizes of fillers that are tried on a page.
    pub(crate) const FILLERS: usize = 3;

    /// Estimates of the same cells that are no further apart are the same.
    pub(crate) const SAME_CELLS: f32 = 1.0;

    // The rank of a subset.

    /// What is off in the estimates is learned from the pages made, within these bounds; at first
    /// as if so many pages had come out as estimated.
    pub(crate) const LEARNED: (f32, f32) = (0.75, 1.35);
    pub(crate) const LEARNED_PAGES: f32 = 4.0;
    /// How far a page's fill may lie from that of all pages.
    pub(crate) const TARGET: (f32, f32) = (0.85, 1.15);
    /// The part of a page that is left for stories at the least, ads or no.
    pub(crate) const FREE_LEAST: f32 = 0.3;
    /// A subset of less than this share of a page can't fill it.
    pub(crate) const FILL_LEAST: f32 = 0.6;
    /// A story that has waited in the pool.
    pub(crate) const WAITED: f32 = 1.2;
    /// The first picture is the lead's, the second story's, the third one's, a lighter one's or
    /// none.
    pub(crate) const FIRST_PICTURE: [f32; 4] = [0.0, 0.7, 1.8, 3.0];
    /// A picture more or less than the page's share of all.
    pub(crate) const PICTURES_UNEVEN: f32 = 0.4;
    /// Fewer stories than these, and each one more than these.
    pub(crate) const FEW: usize = 3;
    pub(crate) const FEW_STORIES: f32 = 1.0;
    pub(crate) const MANY: usize = 5;
    pub(crate) const MANY_STORIES: f32 = 0.3;
    /// A last page that can't be made of what is left.
    pub(crate) const NO_LAST: f32 = 30.0;
    /// What each story on a last page is worth.
    pub(crate) const LAST_STORY: f32 = 2.0;
    /// What is left fits one page, or may, where it takes no more pages than these.
    pub(crate) const ONE_PAGE: f32 = 1.4;

    // The front page.

    /// From so many columns on, a front page has so many stories at least.
    pub(crate) const FRONT_COLUMNS: u8 = 5;
    pub(crate) const FRONT_STORIES: usize = 3;
    /// Choices of the last story, and schemes of head sizes, that are tried.
    pub(crate) const FRONT_VARIANTS: usize = 3;
    pub(crate) const FRONT_SCHEMES: u8 = 2;
    /// A front page of one story, and what each story on it is worth.
    pub(crate) const FRONT_ALONE: f32 = 12.0;
    pub(crate) const FRONT_STORY: f32 = 4.0;
}

/// Sections: which stories a page may choose from, in parts of a page.
pub(super) mod section {
    /// What a section needs to fill a page of its own.
    pub(crate) const OWN: f32 = 0.85;
    /// With less than this left, a section gives way to the next one.
    pub(crate) const REST: f32 = 0.4;
    /// With more than this in the pool, and no other section, the pool is printed.
    pub(crate) const POOL: f32 = 0.9;
    /// A section with more than this keeps its heaviest stories for its own page.
    pub(crate) const LARGE: f32 = 1.5;
    pub(crate) const KEPT: usize = 2;
    /// Cells of the pool that join a section's page, and one that sections share.
    pub(crate) const FROM_POOL: usize = 2;
    pub(crate) const FROM_POOL_SHARED: usize = 4;
}

/// Bundles of small stories, which the solver takes as one part.
pub(super) mod bundle {
    /// Parts that a page is to have, bundles among them.
    pub(crate) const PARTS: f32 = 5.0;
    /// The part of a page that a story of a bundle is smaller than, and a bundle.
    pub(crate) const STORY_PART: f32 = 9.0;
    pub(crate) const PART: f32 = 3.0;
    /// The most stories of a bundle.
    pub(crate) const STORIES: usize = 6;
    /// The first cells of a queue, which are never bundled.
    pub(crate) const LEADS: usize = 2;
    /// A text that takes more than this share of a page may be cut a second time.
    pub(crate) const HUGE: f32 = 0.9;
}

/// An attempt at an edition.
pub(super) mod attempt {
    /// What an attempt prefers: the better of a few is taken.
    #[derive(Clone, Copy)]
    pub(crate) struct Style {
        /// What each story more on a page is worth.
        pub(crate) crowd: f32,
        /// What it costs that a page is as much again fuller or emptier than is likely.
        pub(crate) strict: f32,
        /// What skipping a heavier story costs.
        pub(crate) skip: f32,
    }

    /// The styles that are tried: two that come out unlike each other. More of them make pages
    /// that are hardly better once the best have been repaired.
    pub(crate) const STYLES: [Style; 2] = [
        Style { crowd: 1.0, strict: 16.0, skip: 0.8 },
        Style { crowd: 2.0, strict: 5.0, skip: 0.5 },
    ];
    /// The largest edition that is made in several styles, in stories on a tabloid's pages.
    pub(crate) const LOAD_MOST: usize = 270;
    /// Rows of text that are as much work as a story.
    pub(crate) const LOAD_ROWS: usize = 100;
    /// The most pages: so many, so many for each story, so many times the likely number.
    pub(crate) const PAGES: usize = 20;
    pub(crate) const PAGES_STORY: usize = 4;
    pub(crate) const PAGES_TIMES: usize = 3;
}

/// Repair: pages made anew, a few at a time.
pub(super) mod repair {
    /// The work that is spent.
    pub(crate) const EFFORT: f32 = 200.0;
    /// Places to cut a story in that are tried.
    pub(crate) const CUTS: usize = 6;
    /// Deals that are solved for some pages.
    pub(crate) const DEALS: usize = 16;
    /// Pages further apart than this keep what they have.
    pub(crate) const REACH: usize = 4;
    /// The least that a new deal has to gain.
    pub(crate) const GAIN: f32 = 0.5;
    /// The most stories of two pages that are dealt out anew, and of three.
    pub(crate) const CELLS: [usize; 2] = [12, 8];
    /// The most pages that are made anew together.
    pub(crate) const PAGES: usize = 3;
    /// A page that costs less is not worth the work of three.
    pub(crate) const FINE: f32 = 14.0;
    /// What all three pages cost counts so much beside what the worst one does.
    pub(crate) const OTHERS: f32 = 0.2;

    // The rank of a deal.

    /// How far a page is from full.
    pub(crate) const OFF: f32 = 10.0;
    /// A last page may be empty down to this share, and what it lacks then counts so much.
    pub(crate) const LAST_FILL: f32 = 0.6;
    pub(crate) const LAST_OFF: f32 = 0.3;
    /// A page without a picture.
    pub(crate) const DARK: f32 = 3.0;
    /// A deal of whole stories that ranks above this is not tried.
    pub(crate) const OFF_MOST: f32 = 8.0;
    /// A deal that cuts a story.
    pub(crate) const CUT: f32 = 5.0;
    /// A page is cut that is fuller than this, by less than so much of the story that sticks out.
    pub(crate) const OVERFULL: f32 = 1.03;
    pub(crate) const CUT_SHARE: f32 = 0.75;
}

/// Polish: pages made once more from what stands on them.
pub(super) mod polish {
    /// A page inside that costs less is good as it is.
    pub(crate) const FINE: f32 = 24.0;
    /// The least that another skeleton has to gain.
    pub(crate) const GAIN: f32 = 0.5;
}

/// Alternatives that an editor is offered for a page.
pub(super) mod alternative {
    /// A page that makes the edition cost more than this more is one that nobody would print.
    pub(crate) const MORE: f32 = 60.0;
    /// The most that are held against the rules.
    pub(crate) const HELD: usize = 60;
    /// Pages on which more than this share of text, heads and art stands in the same place are
    /// the same.
    pub(crate) const SAME: f32 = 0.8;
}
