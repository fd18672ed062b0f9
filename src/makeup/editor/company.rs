//! Company: stories that the editor wants on the same page, or never on the same page.

use crate::makeup::model::Edition;

/// Which stories must share a page, and which must not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Company {
    /// The mates of each item: those with which it must share a page, directly or through another.
    pub(crate) mates: Vec<Vec<usize>>,
    /// The foes of each item: those with which it must not share a page.
    pub(crate) foes: Vec<Vec<usize>>,
    /// Whether there are any such wishes.
    pub(crate) any: bool,
    /// Whether stories may stand without their mates, because nothing else fits.
    pub(crate) alone: bool,
}

impl Company {
    /// The wishes about company of an edition's stories.
    pub(crate) fn new(ed: &Edition) -> Self {
        let n = ed.items.len();
        let (mut mates, mut foes) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        let mut group: Vec<usize> = (0..n).collect();
        let mut any = false;
        for (k, item) in ed.items.iter().enumerate() {
            for &other in item.hand.with.iter().filter(|other| **other < n) {
                let (a, b) = (group[k].min(group[other]), group[k].max(group[other]));
                group.iter_mut().filter(|g| **g == b).for_each(|g| *g = a);
                any = true;
            }
            for &other in item.hand.apart.iter().filter(|other| **other < n && **other != k) {
                foes[k].push(other);
                foes[other].push(k);
                any = true;
            }
        }
        for k in (0..n).filter(|_| any) {
            mates[k] = (0..n).filter(|other| *other != k && group[*other] == group[k]).collect();
        }
        Self { mates, foes, any, alone: false }
    }

    /// Lets stories stand without their mates. Returns whether that is a change.
    pub(crate) fn let_alone(&mut self) -> bool {
        let change = self.any && !self.alone;
        self.alone |= change;
        change
    }

    /// The page that an item is pinned to, itself or by one of its mates.
    pub(crate) fn page(&self, ed: &Edition, item: usize) -> Option<u16> {
        let mates = self.mates[item].iter().map(|mate| ed.items[*mate].page);
        ed.items[item].page.or_else(|| mates.flatten().next())
    }
}
