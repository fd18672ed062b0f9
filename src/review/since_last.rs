//! What has changed since the edition was last published, page by page.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::makeup::model::PagePlan;

/// The differences from the plan that was last published.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SinceLast {
    /// Whether there is such a plan, and whether it can be compared.
    pub state: Comparison,
    /// Pages of the last plan.
    pub pages_before: usize,
    /// Page by page, those that are gone included.
    pub pages: Vec<PageChange>,
    /// Stories that were not in the last plan.
    pub came: Vec<String>,
    /// Stories that are not in the new one.
    pub went: Vec<String>,
}

/// Whether the plan can be compared with the last one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// There is no last plan.
    #[default]
    None,
    /// The last plan can't be read, or is of another version.
    Unreadable,
    /// Its pages are of another format, or have rows of another height.
    OtherGrid,
    /// The two were compared.
    Compared,
}

/// How a page has changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageChange {
    /// Its number.
    pub page: u16,
    /// What kind of change it is.
    pub change: Change,
    /// Stories that have come to it, or parts of them.
    pub came: Vec<String>,
    /// Stories that have left it.
    pub went: Vec<String>,
    /// Stories on it whose text has another number of lines, and how many lines more; fewer are below
    /// 0.
    pub longer: Vec<(String, i64)>,
}

/// The kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Everything stands where it stood.
    Same,
    /// It has the same stories, otherwise placed, or other ads.
    Moved,
    /// It has other stories.
    Changed,
    /// It is new.
    New,
    /// It is gone.
    Gone,
}

/// What of a page is compared.
#[derive(Debug, Default, PartialEq)]
struct ComparedPage {
    /// Its modules, by story and part, with all of their places.
    modules: BTreeMap<(String, u64), Value>,
    /// The first row and the row after the last.
    band: (Value, Value),
    /// Its advertisements and fillers, with their places.
    ads: Value,
}

impl ComparedPage {
    fn keys(&self) -> BTreeSet<&String> {
        self.modules.keys().map(|(key, _)| key).collect()
    }
}

/// Compares pages with the `plan.json` that was last published. `keys` are the keys of the stories that
/// `pages` name by number, `grid` is the grid as `plan.json` has it.
pub(super) fn since_last(
    pages: &[PagePlan],
    keys: &[String],
    grid: &Value,
    last: Option<&Value>,
) -> SinceLast {
    let Some(last) = last else { return SinceLast::default() };
    let Some(before) = read(last) else {
        return SinceLast { state: Comparison::Unreadable, ..SinceLast::default() };
    };
    let pages_before = before.len();
    if !last.get("grid").is_some_and(|before| same_grid(before, grid)) {
        return SinceLast { state: Comparison::OtherGrid, pages_before, ..SinceLast::default() };
    }
    let value = serde_json::to_value(pages).unwrap_or_default();
    let now = pages_of(&value, keys).unwrap_or_default();
    let (lines_before, lines_now) = (lengths(&before), lengths(&now));
    let numbers: BTreeSet<u16> = before.keys().chain(now.keys()).copied().collect();
    let pages = numbers
        .into_iter()
        .map(|number| page_change(number, before.get(&number), now.get(&number)))
        .map(|mut page| {
            let on_it = now.get(&page.page).map(ComparedPage::keys).unwrap_or_default();
            page.longer = on_it
                .into_iter()
                .filter_map(|key| Some((key, lines_now.get(key)? - lines_before.get(key)?)))
                .filter(|(_, more)| *more != 0)
                .map(|(key, more)| (key.clone(), more))
                .collect();
            page
        })
        .collect();
    let only = |a: &BTreeMap<String, i64>, b: &BTreeMap<String, i64>| {
        a.keys().filter(|key| !b.contains_key(*key)).cloned().collect()
    };
    SinceLast {
        state: Comparison::Compared,
        pages_before,
        pages,
        came: only(&lines_now, &lines_before),
        went: only(&lines_before, &lines_now),
    }
}

/// Whether two grids are the same. Lengths may differ in their last digit, since one of them was read
/// from a file.
fn same_grid(before: &Value, now: &Value) -> bool {
    let (Some(before), Some(now)) = (before.as_object(), now.as_object()) else { return false };
    before.len() == now.len()
        && before.iter().all(|(key, a)| match (a.as_f64(), now.get(key).and_then(Value::as_f64)) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-6,
            _ => now.get(key) == Some(a),
        })
}

fn page_change(page: u16, before: Option<&ComparedPage>, now: Option<&ComparedPage>) -> PageChange {
    let nothing = ComparedPage::default();
    let (old, new) = (before.unwrap_or(&nothing), now.unwrap_or(&nothing));
    let (had, has) = (old.keys(), new.keys());
    let change = match (before, now) {
        (None, _) => Change::New,
        (_, None) => Change::Gone,
        _ if old == new => Change::Same,
        _ if had == has => Change::Moved,
        _ => Change::Changed,
    };
    PageChange {
        page,
        change,
        came: has.difference(&had).map(|key| (*key).clone()).collect(),
        went: had.difference(&has).map(|key| (*key).clone()).collect(),
        longer: vec![],
    }
}

/// The version of `plan.json` that is known here.
const KNOWN_VERSION: u64 = 1;

/// The pages of a `plan.json`; none where it can't be read or is of another version.
fn read(plan: &Value) -> Option<BTreeMap<u16, ComparedPage>> {
    if plan.get("version")?.as_u64()? != KNOWN_VERSION {
        return None;
    }
    let text = |key: &Value| key.as_str().map(String::from);
    let keys: Option<Vec<String>> = plan.get("stories")?.as_array()?.iter().map(text).collect();
    pages_of(plan.get("pages")?, &keys?)
}

fn pages_of(pages: &Value, keys: &[String]) -> Option<BTreeMap<u16, ComparedPage>> {
    let mut all = BTreeMap::new();
    for page in pages.as_array()? {
        let number = u16::try_from(page.get("number")?.as_u64()?).ok()?;
        let mut read = ComparedPage {
            modules: BTreeMap::new(),
            band: (page.get("top")?.clone(), page.get("foot")?.clone()),
            // Where the plan of a page has no ads, neither has the page.
            ads: page.get("ads").cloned().unwrap_or_else(|| Value::Array(vec![])),
        };
        for module in page.get("modules")?.as_array()? {
            let item = usize::try_from(module.get("item")?.as_u64()?).ok()?;
            let mut place = module.clone();
            // A story's number changes with the stories before it, its place does not.
            place.as_object_mut()?.remove("item");
            // Where a rail's briefs stand follows from its legs.
            place.as_object_mut()?.remove("briefs");
            let part = module.get("part")?.as_u64()?;
            read.modules.insert((keys.get(item)?.clone(), part), place);
        }
        all.insert(number, read);
    }
    Some(all)
}

/// The number of slices of each story's text.
fn lengths(pages: &BTreeMap<u16, ComparedPage>) -> BTreeMap<String, i64> {
    let mut all: BTreeMap<String, i64> = BTreeMap::new();
    for ((key, _), module) in pages.values().flat_map(|page| &page.modules) {
        let legs = module.get("legs").and_then(Value::as_array);
        let ends = legs.into_iter().flatten().filter_map(|leg| leg.get("end")?.as_i64());
        let end = ends.max().unwrap_or(0);
        let known = all.entry(key.clone()).or_default();
        *known = end.max(*known);
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::makeup::model::{Cells, PlacedAd};
    use crate::review::sample;

    fn plan_of(pages: &[PagePlan], keys: &[&str]) -> Value {
        json!({ "version": 1, "grid": { "rows": 40 }, "stories": keys, "pages": pages })
    }

    fn against(last: &Value, pages: &[PagePlan], keys: &[&str]) -> SinceLast {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_string()).collect();
        since_last(pages, &keys, &json!({ "rows": 40 }), Some(last))
    }

    #[test]
    fn a_page_is_the_same_though_its_stories_have_other_numbers() {
        let last = plan_of(&[sample::page()], &["a", "b"]);
        let mut page = sample::page();
        page.cost = 9.0;
        page.modules.iter_mut().for_each(|module| module.item = 1 - module.item);
        let since = against(&last, &[page], &["b", "a"]);
        assert_eq!((since.state, since.pages[0].change), (Comparison::Compared, Change::Same));
    }

    #[test]
    fn what_came_went_and_grew_is_named() {
        let last = plan_of(&[sample::page()], &["a", "b"]);
        let mut page = sample::page();
        page.modules[0].legs[1].end += 2;
        let other = PagePlan { number: 2, modules: vec![page.modules.remove(1)], ..page.clone() };
        let since = against(&last, &[page.clone(), other.clone()], &["a", "c"]);
        assert_eq!((since.came, since.went), (vec!["c".to_string()], vec!["b".to_string()]));
        let [first, second] = &since.pages[..] else { panic!("{:?}", since.pages) };
        assert_eq!((first.change, &first.went), (Change::Changed, &vec!["b".to_string()]));
        assert_eq!(first.longer, [("a".to_string(), 2)]);
        assert_eq!((second.change, &second.came), (Change::New, &vec!["c".to_string()]));
        let since = against(&plan_of(&[page.clone(), other], &["a", "b"]), &[page], &["a", "b"]);
        assert_eq!(since.pages[1].change, Change::Gone);
    }

    #[test]
    fn a_page_with_another_ad_is_not_the_same() {
        let last = plan_of(&[sample::page()], &["a", "b"]);
        let cells = Cells { column: 0, row: 30, columns: 2, rows: 10 };
        let page = PagePlan { ads: vec![PlacedAd { ad: 0, cells }], ..sample::page() };
        let since = against(&last, std::slice::from_ref(&page), &["a", "b"]);
        assert_eq!(since.pages[0].change, Change::Moved);
        let since =
            against(&plan_of(std::slice::from_ref(&page), &["a", "b"]), &[page], &["a", "b"]);
        assert_eq!(since.pages[0].change, Change::Same);
    }

    #[test]
    fn what_is_no_plan_is_said_to_be_none() {
        let pages = [sample::page()];
        let state = |last: &Value| against(last, &pages, &["a", "b"]).state;
        assert_eq!(state(&json!({})), Comparison::Unreadable);
        assert_eq!(
            state(&json!({ "version": 1, "stories": [], "pages": [3] })),
            Comparison::Unreadable
        );
        let mut other = plan_of(&pages, &["a", "b"]);
        other["grid"]["rows"] = json!(50);
        assert_eq!(state(&other), Comparison::OtherGrid);
        other["version"] = json!(2);
        assert_eq!(state(&other), Comparison::Unreadable);
        assert_eq!(since_last(&pages, &[], &Value::Null, None).state, Comparison::None);
    }
}
