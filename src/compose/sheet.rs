//! The plan in points, as the theme's driver `compose.typ` reads it.

use serde_json::{Value, json};

use super::composition::{Composition, in_brief, picture_box};
use super::prepared::{PreparedAd, PreparedFurniture, PreparedPicture};
use crate::content::model::plain;
use crate::grid::{Box, Grid};
use crate::lineup::Edition;
use crate::makeup::model::{Cells, Leg, Module, PagePlan, PlacedAd};
use crate::typeset::{Theme, prints};

/// The edition in points.
pub(super) fn sheet(
    composition: &Composition,
    theme: &Theme,
    pictures: &[PreparedPicture],
    ads: &[PreparedAd],
    furniture: &PreparedFurniture,
) -> Value {
    let Composition { edition, grid, plan, .. } = composition;
    let date = edition
        .date
        .map(|date| json!({ "year": date.year(), "month": date.month(), "day": date.day() }));
    let pages: Vec<Value> =
        plan.pages.iter().map(|page| page_sheet(composition, theme, page, pictures, ads)).collect();
    let author = edition.paper.imprint.publisher.clone();
    json!({
        "document-title": edition.title(),
        "author": author.unwrap_or_else(|| edition.paper.name.clone()),
        "date": date,
        "paper": edition.paper_data(),
        "edition": edition_data(edition),
        "words": edition.words(),
        "stories": edition.stories.len(),
        "slots": edition.slots().count(),
        "width": grid.width,
        "height": grid.height,
        "column": grid.column,
        "gutter": grid.gutter,
        "furniture": furniture.data,
        "pages": pages,
    })
}

/// The edition's data. If no face has the letters of the paper's language, the date is in English, as
/// the paper's fixed words are then.
fn edition_data(edition: &Edition) -> Value {
    let mut data = edition.edition_data();
    let is_set = data["date-text"].as_str().is_none_or(|text| text.chars().all(prints));
    if !is_set {
        data["date-text"] = edition.date_text_in("en").into();
    }
    data
}

fn page_sheet(
    composition: &Composition,
    theme: &Theme,
    page: &PagePlan,
    pictures: &[PreparedPicture],
    ads: &[PreparedAd],
) -> Value {
    let Composition { edition, grid, format, plan, .. } = composition;
    let front = page.number == 1;
    let last = plan.pages.last().is_some_and(|last| last.number == page.number);
    let band = |row, rows| grid.place(page.number, full(grid, row, rows));
    // The promos below the masthead have a band of their own.
    let top = if front { theme.contract.bands.front_top } else { format.inside_top };
    let title = title_of(edition, page);
    let before = plan.pages.iter().rev().find(|p| p.number < page.number && p.number > 1);
    // A page of ads alone belongs to no section.
    let mark = !title.is_empty() && before.is_none_or(|before| title_of(edition, before) != title);
    let section_front = page.section.is_some_and(|section| format.fronts.contains(&section));
    let head_rows = format.top_of_section(page.section).saturating_sub(format.inside_top);
    let section_head = page.section_head.then(|| band(format.inside_top, head_rows));
    // The weather stands at the end of the front page's foot.
    let beside = if front { composition.weather_columns(theme) } else { 0 };
    let columns = grid.columns.saturating_sub(beside);
    let index = if front { index(composition, columns) } else { vec![] };
    let imprint = if last { edition.imprint() } else { vec![] };
    let foot = |rows: u16| {
        let columns = if columns > 0 { columns } else { grid.columns };
        grid.place(page.number, Cells { columns, ..full(grid, grid.rows - rows, rows) })
    };
    let imprint_rows = if beside > 0 { format.front_foot } else { format.last_foot };
    let strip = front.then(|| format.front_top.saturating_sub(top)).filter(|rows| *rows > 0);
    let modules: Vec<Value> = page
        .modules
        .iter()
        .map(|module| module_sheet(composition, page, module, pictures))
        .collect();
    json!({
        "number": page.number,
        "even": page.number.is_multiple_of(2),
        "kind": if front { "front" } else { "inside" },
        "title": title,
        "band": band(0, top),
        "section-head": section_head,
        "section-front": section_front,
        "mark": mark,
        "mark-at": band(0, 1),
        "rules-above": rules_above(grid, page, strip.is_some()),
        "rules-beside": rules_beside(grid, page),
        "modules": modules,
        "ads": ads_sheet(composition, page, ads),
        "index": (!index.is_empty()).then(|| merge(foot(format.front_foot), json!({ "entries": index }))),
        "imprint": (!imprint.is_empty() && (!front || index.is_empty()))
            .then(|| merge(foot(imprint_rows), json!({ "lines": imprint }))),
    })
}

/// The page's ads in their places. Each keeps its shape; the driver centres it.
fn ads_sheet(composition: &Composition, page: &PagePlan, ads: &[PreparedAd]) -> Vec<Value> {
    let one = |placed: &PlacedAd| {
        let ready = ads.iter().find(|ad| ad.ad == placed.ad)?;
        let ad = &composition.edition.paper.ads[placed.ad];
        let at = composition.grid.place(page.number, placed.cells);
        let width = at.w.min(at.h * ready.ratio);
        let file = format!("/{}", ready.file);
        let image = json!({
            "file": file, "alt": ad.picture.alt, "filler": ad.filler,
            "image-w": width, "image-h": width / ready.ratio,
        });
        Some(merge(at, image))
    };
    page.ads.iter().filter_map(one).collect()
}

fn full(grid: &Grid, row: u16, rows: u16) -> Cells {
    Cells { column: 0, row, columns: grid.columns, rows }
}

/// What the folio calls the page: its section, or the sections it shares.
pub(super) fn title_of(edition: &Edition, page: &PagePlan) -> String {
    let title = |section: u16| edition.sections.get(usize::from(section)).cloned();
    if let Some(title) = page.section.and_then(title) {
        return title;
    }
    let mut sections: Vec<u16> =
        page.modules.iter().map(|module| edition.section_of[module.item]).collect();
    sections.sort_unstable();
    sections.dedup();
    let titles: Vec<String> = sections.into_iter().filter_map(title).take(3).collect();
    titles.join(" · ")
}

/// The rules in the gaps above modules. The first modules have one only below a strip of promos.
fn rules_above(grid: &Grid, page: &PagePlan, below_strip: bool) -> Vec<Box> {
    let boxed = boxes(page);
    let strip = below_strip.then(|| full(grid, page.top, 0));
    cells_of(page)
        // A box has its own lines.
        .filter(|cells| cells.row > page.top && !boxed.contains(cells))
        .chain(strip)
        .map(|cells| {
            let place = grid.place(page.number, cells);
            Box { y: place.y - 0.8 * grid.row, h: 0.0, ..place }
        })
        .collect()
}

/// The rectangles of stories and ads.
fn cells_of(page: &PagePlan) -> impl Iterator<Item = Cells> {
    page.modules.iter().map(|module| module.cells).chain(page.ads.iter().map(|ad| ad.cells))
}

/// The rectangles of boxed modules.
fn boxes(page: &PagePlan) -> Vec<Cells> {
    page.modules.iter().filter(|module| module.boxed).map(|module| module.cells).collect()
}

/// The rules in the gutters to the left of modules.
fn rules_beside(grid: &Grid, page: &PagePlan) -> Vec<Box> {
    let boxed = boxes(page);
    // Beside a box that is as high as the module, the box's own line is enough.
    let along = |cells: &Cells| {
        boxed.iter().any(|b| {
            b.column + b.columns == cells.column
                && b.row <= cells.row
                && b.row + b.rows >= cells.row + cells.rows
        })
    };
    cells_of(page)
        .filter(|cells| cells.column > 0 && !boxed.contains(cells) && !along(cells))
        .map(|cells| {
            let place = grid.place(page.number, cells);
            Box { x: place.x - grid.gutter / 2.0, w: 0.0, ..place }
        })
        .collect()
}

/// The front page's index: for each section the heaviest story that begins inside, then the next
/// heaviest ones, as many as there are columns.
fn index(composition: &Composition, columns: u8) -> Vec<Value> {
    let Composition { edition, plan, .. } = composition;
    let mut entries: Vec<(u16, Value)> = vec![];
    let mut seen: Vec<u16> = vec![];
    let inside: Vec<(&PagePlan, &Module)> = plan
        .pages
        .iter()
        .filter(|page| page.number > 1)
        .flat_map(|page| page.modules.iter().map(move |module| (page, module)))
        .filter(|(_, module)| module.part == 0 && is_headed(composition, module.item))
        .collect();
    let mut by_weight = inside.clone();
    by_weight.sort_by_key(|(_, module)| module.item);
    let mut rest = vec![];
    for (page, module) in by_weight {
        let section = edition.section_of[module.item];
        if seen.contains(&section) {
            rest.push((page, module));
        } else {
            seen.push(section);
            entries.push((page.number, index_entry(composition, page, module)));
        }
    }
    for (page, module) in rest {
        entries.push((page.number, index_entry(composition, page, module)));
    }
    entries.truncate(usize::from(columns));
    entries.sort_by_key(|(page, _)| *page);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// Whether an item is a story under a headline of its own, neither a rail nor a picture.
fn is_headed(composition: &Composition, item: usize) -> bool {
    !composition.edition.is_rail(item) && !composition.edition.stories[item].is_picture()
}

fn index_entry(composition: &Composition, page: &PagePlan, module: &Module) -> Value {
    let Composition { edition, grid, .. } = composition;
    let story = &edition.stories[module.item];
    let section = usize::from(edition.section_of[module.item]);
    // In a paper of one section, its name is left out.
    let title = edition.sections.get(section).filter(|_| edition.sections.len() > 1);
    json!({
        "title": title,
        "page": page.number,
        "line": plain(&story.headline),
        "target": target(grid, page.number, module.head),
    })
}

/// The place that a link leads to.
pub(super) fn target(grid: &Grid, page: u16, cells: Cells) -> Value {
    let place = grid.place(page, cells);
    json!({ "page": page, "x": place.x, "y": place.y })
}

pub(super) fn merge(place: Box, more: Value) -> Value {
    let mut out = json!(place);
    if let (Value::Object(out), Value::Object(more)) = (&mut out, more) {
        out.extend(more);
    }
    out
}

fn module_sheet(
    composition: &Composition,
    page: &PagePlan,
    module: &Module,
    pictures: &[PreparedPicture],
) -> Value {
    let Composition { edition, galleys, grid, .. } = composition;
    let galley = &galleys[module.item];
    let place = |cells| grid.place(page.number, cells);
    let size = module.head_step.and_then(|step| galley.heads.get(step)).map(|head| head.size);
    let span = usize::from(module.head.columns).saturating_sub(1);
    let short = module.short_head;
    let measures = if short { &galley.short_measures } else { &galley.measures };
    let measure = module.head_step.and_then(|step| measures.get(step)?.get(span));
    let head =
        merge(place(module.head), json!({ "size": size, "measure": measure, "short": short }));
    let slots = edition.slots_of(module.item);
    let briefs: Vec<Value> = slots
        .zip(&galley.briefs)
        .map(|(slot, brief)| {
            let legs = legs(composition, page, module, |leg| {
                in_brief(galley, brief, leg).map(|leg| leg.cells)
            });
            json!({ "slot": slot, "legs": legs })
        })
        .collect();
    let jump_from = module.from.map(|from| {
        let part = module.part - 1;
        json!({
            "text": galley.jump_head.text, "size": galley.jump_head.size(module), "page": from,
            "target": other_part(composition, module.item, part, |m| m.jump_line.unwrap_or(m.head)),
        })
    });
    let jump_to = module.to.zip(module.jump_line).map(|(to, line)| {
        let next = other_part(composition, module.item, module.part + 1, |m| m.head);
        merge(place(line), json!({ "page": to, "target": next }))
    });
    let story = &edition.stories[module.item];
    let shown: Vec<Value> = module
        .pictures
        .iter()
        .filter_map(|placed| {
            let prepared =
                pictures.iter().find(|p| p.item == module.item && p.picture == placed.picture)?;
            let at = picture_box(grid, page.number, placed.cells);
            let picture = &story.pictures[placed.picture];
            let alt = picture.alt.clone();
            // A picture that is shown whole keeps its own shape in its place.
            let ratio = f64::from(picture.pixels[0]) / f64::from(picture.pixels[1].max(1));
            let width = if picture.whole { at.w.min(at.h * ratio) } else { at.w };
            let height = if picture.whole { width / ratio } else { at.h };
            Some(merge(
                at,
                json!({
                    "whole": picture.whole, "image-w": width, "image-h": height,
                    "file": format!("/{}", prepared.file), "alt": alt, "index": placed.picture,
                    "caption": place(placed.caption),
                }),
            ))
        })
        .collect();
    let quotes: Vec<Value> = module
        .quotes
        .iter()
        .map(|quote| merge(place(quote.cells), json!({ "index": quote.quote })))
        .collect();
    json!({
        "slot": module.item,
        "head": head,
        "jump-from": jump_from,
        "jump-to": jump_to,
        "deck": module.deck.map(place),
        "legs": legs(composition, page, module, |leg| Some(leg.cells)),
        "measure": grid.span(module.measure),
        "briefs": briefs,
        "box": module.boxed.then(|| around(grid, place(module.cells))),
        "quotes": quotes,
        "pictures": shown,
    })
}

/// The box around a module: its lines stand in the middle of the gutters.
fn around(grid: &Grid, place: Box) -> Box {
    Box { x: place.x - grid.gutter / 2.0, w: place.w + grid.gutter, ..place }
}

/// All legs of a story, with those of this module switched on. `cells` gives the cells of each leg, or
/// none if the leg is to be left out.
fn legs(
    composition: &Composition,
    page: &PagePlan,
    module: &Module,
    cells: impl Fn(&Leg) -> Option<Cells>,
) -> Vec<Value> {
    let Composition { grid, plan, .. } = composition;
    let mut parts: Vec<(&PagePlan, &Module)> = plan
        .pages
        .iter()
        .flat_map(|page| page.modules.iter().map(move |module| (page, module)))
        .filter(|(_, other)| other.item == module.item)
        .collect();
    parts.sort_by_key(|(_, other)| other.part);
    let mut out = vec![];
    for (on_page, part) in parts {
        let on = on_page.number == page.number && part.part == module.part;
        for cells in part.legs.iter().filter_map(&cells) {
            out.push(merge(grid.place(on_page.number, cells), json!({ "on": on })));
        }
    }
    out
}

fn other_part(
    composition: &Composition,
    item: usize,
    part: u16,
    cells: impl Fn(&Module) -> Cells,
) -> Value {
    for page in &composition.plan.pages {
        if let Some(module) = page.modules.iter().find(|m| m.item == item && m.part == part) {
            return target(composition.grid, page.number, cells(module));
        }
    }
    Value::Null
}
