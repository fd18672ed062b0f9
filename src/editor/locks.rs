//! The plans of locked pages, in a file beside the stories: `plan.lock.json`.
//!
//! The file names stories by their keys, pictures and ads by their files, and sections by their titles,
//! so that it stays true when other stories come into the edition. Nothing in the file is trusted: a
//! page is only laid in if [`makeup::loose`] finds nothing wrong with it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::content::LockFile;
use crate::diag::{Code, Diagnostic, Span};
use crate::grid::Grid;
use crate::lineup::Edition;
use crate::makeup::model::{GivenUp, LockedPage, PagePlan, Plan, Sacrifice};
use crate::makeup::{self, Loose, Why};

/// The version of the file.
const VERSION: u64 = 1;

/// A locked page that can't stand.
#[derive(Debug, Clone)]
pub(crate) struct Slip {
    /// The page; none where it is all of them.
    pub(crate) page: Option<u16>,
    /// Why.
    pub(crate) diagnostic: Diagnostic,
}

/// The text of the file that locks some pages of a plan.
pub fn write(edition: &Edition, grid: &Grid, plan: &Plan, pages: &BTreeSet<u16>) -> String {
    let locked = plan.pages.iter().filter(|page| pages.contains(&page.number));
    let pages: Vec<Value> = locked.map(|page| page_value(edition, plan, page)).collect();
    text(&json!({ "version": VERSION, "grid": grid_value(grid), "pages": pages }))
}

/// The text of the file without some of its pages, none where no page is left; and those of `pages`
/// that are not in the file.
///
/// # Errors
/// What is wrong with the file.
pub fn release(file: &LockFile, pages: &[u16]) -> Result<(Option<String>, Vec<u16>), Diagnostic> {
    let mut value = parsed(file)?;
    let all = list(&value, "pages").to_vec();
    let number = |page: &Value| page["number"].as_u64();
    let known = |page: &&u16| all.iter().any(|one| number(one) == Some(u64::from(**page)));
    let missing = pages.iter().filter(|page| !known(page)).copied().collect();
    let goes = |page: &Value| pages.iter().any(|gone| number(page) == Some(u64::from(*gone)));
    let rest: Vec<Value> = all.iter().filter(|page| !goes(page)).cloned().collect();
    let left = (!rest.is_empty()).then(|| {
        value["pages"] = Value::Array(rest);
        text(&value)
    });
    Ok((left, missing))
}

/// The locked pages that can stand, and the others with the reasons. Pages in `released` are passed
/// over.
pub(crate) fn read(
    file: &LockFile,
    edition: &Edition,
    grid: &Grid,
    seen: &makeup::Edition,
    released: &BTreeSet<u16>,
) -> (Vec<LockedPage>, Vec<Slip>) {
    let whole = |diagnostic| (vec![], vec![Slip { page: None, diagnostic }]);
    let value = match parsed(file) {
        Ok(value) => value,
        Err(diagnostic) => return whole(diagnostic),
    };
    if value["grid"] != grid_value(grid) {
        let name = value["grid"]["format"].as_str().unwrap_or("another one");
        let what = format!("these pages were locked in the format `{name}`, not in this one");
        return whole(
            Diagnostic::error(Code::Lock, place(file, "\"grid\""), what)
                .hint("build in that format, or release the pages: `stonehand release …`"),
        );
    }
    let (mut pages, mut slips) = (vec![], vec![]);
    for page in list(&value, "pages") {
        let number = page["number"].as_u64().and_then(|n| u16::try_from(n).ok()).unwrap_or(0);
        if released.contains(&number) {
            continue;
        }
        match page_of(edition, page) {
            Ok(page) => pages.push(page),
            Err((what, name)) => {
                let name = name.map(|name| Value::String(name).to_string());
                let at = place(file, name.as_deref().unwrap_or("\"pages\""));
                let what = format!("page {number} is locked, but {what}");
                let diagnostic = Diagnostic::error(Code::Lock, at, what).hint(advice(number));
                slips.push(Slip { page: Some(number), diagnostic });
            }
        }
    }
    let seen = makeup::Edition { locked: pages, ..seen.clone() };
    let loose = makeup::loose(&seen);
    let mut pages = seen.locked;
    pages.retain(|locked| !loose.iter().any(|loose| loose.page == locked.page.number));
    slips.extend(loose.iter().map(|loose| slip(edition, file, loose)));
    (pages, slips)
}

/// Plans an edition again with the lock that was just made of its plan.
///
/// # Errors
/// Why the locked pages can't stand, which is rare.
pub fn try_out(
    file: &LockFile,
    edition: &Edition,
    grid: &Grid,
    seen: &makeup::Edition,
) -> Result<Plan, Vec<Diagnostic>> {
    let said = |slips: Vec<Slip>| slips.into_iter().map(|slip| slip.diagnostic).collect();
    let (locked, slips) = read(file, edition, grid, seen, &BTreeSet::new());
    if !slips.is_empty() {
        return Err(said(slips));
    }
    let seen = makeup::Edition { locked, ..seen.clone() };
    let plan = makeup::make_up(&seen);
    let broken = makeup::broken(&seen, &plan);
    if broken.is_empty() {
        return Ok(plan);
    }
    Err(said(broken.iter().map(|loose| slip(edition, file, loose)).collect()))
}

/// A locked page that can't stand, with the reason in words.
pub(crate) fn slip(edition: &Edition, file: &LockFile, loose: &Loose) -> Slip {
    let Loose { page, item, why } = loose;
    let story = item.map(|item| &edition.stories[item]);
    let its = match why {
        Why::Text(1) => "its text is a line longer than its place".to_string(),
        Why::Text(-1) => "its text is a line shorter than its place".to_string(),
        Why::Text(over) if *over > 0 => format!("its text is {over} lines longer than its place"),
        Why::Text(over) => format!("its text is {} lines shorter than its place", -over),
        Why::Lines => "its lines now break differently".into(),
        Why::Head => "its headline now takes a different number of rows".into(),
        Why::Deck => "its standfirst is new, is gone, or takes a different number of rows".into(),
        Why::Picture(number) => {
            format!("picture {} is gone, or has a different shape or caption", number + 1)
        }
        Why::Quote(number) => {
            format!("pull-quote {} is gone, or takes a different number of rows", number + 1)
        }
        Why::Ad => "an ad on it is gone, or has a different size".into(),
        Why::Rule(what) => what.clone(),
        Why::Number => "the edition no longer has this page, or has it in another place".into(),
    };
    let what = match story {
        Some(story) => {
            format!("page {page} is locked, but “{}” no longer fits there: {its}", story.key)
        }
        None => format!("page {page} is locked, but can't be kept: {its}"),
    };
    let at = story.map_or_else(
        || place(file, &format!("\"number\": {page},")),
        |story| Span { file: story.file, start: 0, end: 0 },
    );
    let hint = match why {
        Why::Text(over) if *over > 0 => format!("cut it by as many lines, or {}", lower(*page)),
        Why::Text(_) => format!("add as many lines, or {}", lower(*page)),
        _ => advice(*page),
    };
    Slip { page: Some(*page), diagnostic: Diagnostic::error(Code::Lock, at, what).hint(hint) }
}

/// Warnings about jumps on locked pages that name other pages than when the page was locked.
pub(crate) fn renamed(edition: &Edition, seen: &makeup::Edition, plan: &Plan) -> Vec<Diagnostic> {
    let mut out = vec![];
    for locked in &seen.locked {
        let number = locked.page.number;
        let Some(page) = plan.pages.iter().find(|page| page.number == number) else { continue };
        for (then, now) in locked.page.modules.iter().zip(&page.modules) {
            let story = &edition.stories[now.item];
            let at = Span { file: story.file, start: 0, end: 0 };
            for (then, now, line) in
                [(then.to, now.to, "continues on"), (then.from, now.from, "comes from")]
            {
                if let Some((then, now)) = then.zip(now).filter(|(then, now)| then != now) {
                    let what = format!(
                        "page {number} is locked, but “{}” now {line} page {now} instead of page {then}",
                        story.key
                    );
                    out.push(Diagnostic::warning(Code::LockJump, at, what).hint(format!(
                        "nothing else on the page has changed; to keep it so from now on, lock page {now} too"
                    )));
                }
            }
        }
    }
    out
}

fn advice(page: u16) -> String {
    format!("release it with `stonehand release {page}`, or restore what was on it")
}

fn lower(page: u16) -> String {
    format!("release the page with `stonehand release {page}`")
}

fn text(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The place of a text in the file; the beginning of the file where it isn't there.
fn place(file: &LockFile, text: &str) -> Span {
    let start = file.text.find(text).unwrap_or(0);
    let end = (start + text.len()).min(file.text.len());
    Span { file: file.file, start: start as u32, end: end as u32 }
}

/// The file as JSON, if it is of a version that is known.
fn parsed(file: &LockFile) -> Result<Value, Diagnostic> {
    let hint = "restore its last good version, or delete it: then the pages are made up again";
    let value: Value = serde_json::from_str(&file.text).map_err(|error| {
        let before = file.text.split_inclusive('\n').take(error.line().saturating_sub(1));
        let at = before.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let at = at.min(file.text.len()) as u32;
        let span = Span { file: file.file, start: at, end: at };
        Diagnostic::error(Code::Lock, span, format!("this is not valid JSON: {error}")).hint(hint)
    })?;
    if !value["pages"].is_array() || value["version"] != VERSION {
        let what = "this version of Stonehand can't read this file of locked pages";
        return Err(Diagnostic::error(Code::Lock, place(file, "\"version\""), what).hint(hint));
    }
    Ok(value)
}

/// The part of the grid that all places in a plan depend on, lengths in hundredths of a point.
fn grid_value(grid: &Grid) -> Value {
    let hundredths = |points: f64| (points * 100.0).round() as i64;
    json!({
        "format": grid.name, "columns": grid.columns, "rows": grid.rows,
        "column": hundredths(grid.column), "gutter": hundredths(grid.gutter),
        "row": hundredths(grid.row),
    })
}

/// A page as the file has it: names in the place of numbers.
fn page_value(edition: &Edition, plan: &Plan, page: &PagePlan) -> Value {
    let story = |item: usize| edition.stories[item].key.clone();
    let mut value = serde_json::to_value(page).unwrap_or_default();
    value["section"] = json!(page.section.map(|section| &edition.sections[usize::from(section)]));
    for (module, out) in page.modules.iter().zip(each(&mut value, "modules")) {
        rename(out, "item", "story", json!(story(module.item)));
        let own = &edition.stories[module.item].pictures;
        for (placed, out) in module.pictures.iter().zip(each(out, "pictures")) {
            out["src"] = json!(own[placed.picture].src.text);
        }
    }
    for (placed, out) in page.ads.iter().zip(each(&mut value, "ads")) {
        rename(out, "ad", "src", json!(edition.paper.ads[placed.ad].picture.src.text));
    }
    let own = plan.given_up.iter().filter(|given| {
        given.page == Some(page.number) && matches!(given.what, Sacrifice::White | Sacrifice::Leg)
    });
    let given_up = own.map(
        |given| json!({"what": given.what, "story": given.item.map(story), "amount": given.amount}),
    );
    value["given_up"] = given_up.collect();
    value
}

fn each<'a>(value: &'a mut Value, key: &str) -> impl Iterator<Item = &'a mut Value> {
    value.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
}

fn rename(value: &mut Value, from: &str, to: &str, now: Value) {
    if let Some(object) = value.as_object_mut() {
        object.remove(from);
        object.insert(to.into(), now);
    }
}

/// A page of the file, or what is wrong with it and the name that is at fault, if one is.
fn page_of(edition: &Edition, value: &Value) -> Result<LockedPage, (String, Option<String>)> {
    let mut value = value.clone();
    let broken = |what: String| (format!("its plan can't be read: {what}"), None);
    let item = |value: &Value| {
        let key = value["story"].as_str().ok_or_else(|| broken("a story has no key".into()))?;
        let found = edition.stories.iter().position(|story| story.key == key);
        found.ok_or_else(|| (format!("“{key}” is not in the edition"), Some(key.to_string())))
    };
    if let Some(title) = value["section"].as_str() {
        let found = edition.sections.iter().position(|section| section == title);
        let gone = || (format!("the section “{title}” is gone"), Some(title.into()));
        value["section"] = json!(found.ok_or_else(gone)?);
    }
    for module in each(&mut value, "modules") {
        let number = item(module)?;
        rename(module, "story", "item", json!(number));
        let own = &edition.stories[number].pictures;
        for placed in each(module, "pictures") {
            let src = placed["src"].as_str().unwrap_or_default().to_string();
            let found = own.iter().position(|picture| picture.src.text == src);
            let Some(found) = found else {
                let key = &edition.stories[number].key;
                return Err((format!("“{key}” no longer has the picture `{src}`"), Some(src)));
            };
            rename(placed, "src", "picture", json!(found));
        }
    }
    let mut taken = BTreeSet::new();
    for placed in each(&mut value, "ads") {
        let src = placed["src"].as_str().unwrap_or_default().to_string();
        let mut ads = edition.paper.ads.iter().enumerate();
        let found = ads.find(|(at, ad)| ad.picture.src.text == src && !taken.contains(at));
        let Some((found, _)) = found else {
            return Err((format!("the ad `{src}` is gone"), Some(src)));
        };
        taken.insert(found);
        rename(placed, "src", "ad", json!(found));
    }
    let page: PagePlan =
        serde_json::from_value(value.clone()).map_err(|error| broken(error.to_string()))?;
    let mut given_up = vec![];
    for given in list(&value, "given_up") {
        let item = if given["story"].is_null() { None } else { Some(item(given)?) };
        let what = serde_json::from_value(given["what"].clone());
        let what: Sacrifice = what.map_err(|error| broken(error.to_string()))?;
        if !matches!(what, Sacrifice::White | Sacrifice::Leg) {
            return Err(broken("a page gives up white and legs alone".into()));
        }
        let amount = given["amount"].as_f64().unwrap_or(0.0);
        given_up.push(GivenUp { page: Some(page.number), item, what, amount });
    }
    Ok(LockedPage { page, given_up })
}
