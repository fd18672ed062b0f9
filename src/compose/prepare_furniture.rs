//! Prepares the boxes of the front page's furniture: ears, weather and promos. Each is set once by
//! itself to see whether it fits its place.

use serde_json::{Value, json};
use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem};

use super::composition::Composition;
use super::prepare_pictures::{Fitted, fit};
use super::prepared::PreparedFurniture;
use super::sheet::{merge, target};
use crate::content::model::{PictureRef, Run, plain};
use crate::content::paper::{Ear, Forecast, Promo, Weather};
use crate::diag::{Code, Diagnostic, Span};
use crate::grid::Box;
use crate::makeup::model::{Cells, Module, PagePlan};
use crate::picture::Cache;
use crate::typeset::{MemoryWorld, Theme, data_file, source};

/// How much a box may exceed its place, in points: what rounding may add up to.
const SLACK: f64 = 0.1;

/// A box that is set by itself to be measured.
struct FurnitureBox {
    kind: &'static str,
    data: Value,
    /// The height of its place, in points.
    most: f64,
    span: Span,
}

/// Prepares the furniture of an edition: crops its pictures, and checks whether its texts fit their
/// places. The span of an error is that of the box that can't be printed.
pub(crate) fn prepare_furniture(
    composition: &Composition,
    theme: &Theme,
    resolution: u16,
    cache: &Cache,
) -> (PreparedFurniture, Vec<Diagnostic>) {
    let mut maker = FurnitureMaker {
        composition,
        theme,
        resolution,
        cache,
        files: vec![],
        boxes: vec![],
        said: vec![],
    };
    let ears = maker.ears();
    let weather = maker.weather();
    let promos = maker.promos();
    maker.measure();
    let data = json!({ "ears": ears, "weather": weather, "promos": promos });
    (PreparedFurniture { data, files: maker.files }, maker.said)
}

struct FurnitureMaker<'a> {
    composition: &'a Composition<'a>,
    theme: &'a Theme,
    resolution: u16,
    cache: &'a Cache,
    files: Vec<(String, Bytes)>,
    boxes: Vec<FurnitureBox>,
    said: Vec<Diagnostic>,
}

fn text(run: Option<&Run>) -> Option<&str> {
    run.map(|run| run.text.as_str())
}

impl FurnitureMaker<'_> {
    fn ears(&mut self) -> Value {
        let Composition { edition, grid, .. } = self.composition;
        let ears = &edition.paper.ears;
        let Some(room) = self.theme.contract.ears else { return Value::Null };
        if ears.left.is_none() && ears.right.is_none() {
            return Value::Null;
        }
        let place = Box {
            x: 0.0,
            y: 0.0,
            w: room.width * grid.span(grid.columns),
            h: room.rows * grid.row,
        };
        let sides = [("left", &ears.left), ("right", &ears.right)];
        let [left, right] = sides
            .map(|(side, ear)| ear.as_ref().map_or(Value::Null, |ear| self.ear(side, ear, &place)));
        json!({ "left": left, "right": right, "w": place.w })
    }

    fn ear(&mut self, side: &str, ear: &Ear, place: &Box) -> Value {
        let Ear { title, text: words, picture, span } = ear;
        let picture = picture.as_ref().map_or(Value::Null, |picture| {
            self.picture(picture, &format!("furniture/ear-{side}"), place, *span)
        });
        let data = json!({
            "title": text(title.as_ref()), "text": text(words.as_ref()),
            "picture": picture, "w": place.w, "h": place.h,
        });
        self.boxes.push(FurnitureBox {
            kind: "ear",
            data: data.clone(),
            most: place.h,
            span: *span,
        });
        data
    }

    fn weather(&mut self) -> Value {
        let Composition { edition, grid, format, .. } = self.composition;
        let columns = self.composition.weather_columns(self.theme);
        let Some(weather) = edition.paper.weather.as_ref().filter(|_| columns > 0) else {
            return Value::Null;
        };
        let Weather { place, summary, high, low, days, span } = weather;
        let cells = Cells {
            column: grid.columns.saturating_sub(columns),
            row: grid.rows - format.front_foot,
            columns,
            rows: format.front_foot,
        };
        let at = grid.place(1, cells);
        let day = |forecast: &Forecast| {
            let Forecast { day, summary, high, low } = forecast;
            json!({
                "day": day.text, "summary": text(summary.as_ref()),
                "high": text(high.as_ref()), "low": text(low.as_ref()),
            })
        };
        let days: Vec<Value> = days.iter().map(day).collect();
        let [place, summary, high, low] = [place, summary, high, low].map(|run| text(run.as_ref()));
        let data = merge(
            at,
            json!({ "place": place, "summary": summary, "high": high, "low": low, "days": days }),
        );
        self.boxes.push(FurnitureBox {
            kind: "weather",
            data: data.clone(),
            most: at.h,
            span: *span,
        });
        data
    }

    /// The promos side by side, each as wide as whole columns.
    fn promos(&mut self) -> Vec<Value> {
        let Composition { edition, grid, .. } = self.composition;
        let Some(room) = self.theme.contract.promos else { return vec![] };
        let promos: Vec<(&Promo, &PagePlan, &Module)> = edition
            .promos()
            .filter_map(|(promo, item)| {
                let (page, module) = beginning(self.composition, item)?;
                Some((promo, page, module))
            })
            .collect();
        let count = promos.len() as u8;
        let mut column = 0;
        let mut out = vec![];
        for (place, (promo, page, module)) in promos.into_iter().enumerate() {
            if column >= grid.columns {
                let what = format!("a page of {} columns has no room for this promo", grid.columns);
                let one = Diagnostic::error(Code::NoRoom, promo.span, what);
                self.said.push(one.hint("remove it"));
                continue;
            }
            let more = grid.columns % count > place as u8;
            let columns = (grid.columns / count + u8::from(more)).max(1);
            let rows = room.rows.saturating_sub(room.white);
            let row = self.theme.contract.bands.front_top;
            let at = grid.place(1, Cells { column, row, columns, rows });
            column += columns;
            let data = self.promo(promo, (page, module), &at, room.picture * grid.row);
            self.boxes.push(FurnitureBox {
                kind: "promo",
                data: data.clone(),
                most: at.h,
                span: promo.span,
            });
            out.push(data);
        }
        out
    }

    fn promo(&mut self, promo: &Promo, at: (&PagePlan, &Module), place: &Box, side: f64) -> Value {
        let Composition { edition, grid, .. } = self.composition;
        let (page, module) = at;
        let story = edition.written().find(|story| story.key == promo.story);
        let picture = story.and_then(|story| story.pictures.first()).filter(|_| promo.pictured);
        let square = Box { w: side, h: side, ..*place };
        let picture = picture.map_or(Value::Null, |picture| {
            self.picture(picture, &format!("furniture/{}", module.item), &square, promo.span)
        });
        let headline = || {
            let short = story.and_then(|story| story.short_headline.as_ref());
            let whole = || story.map(|story| plain(&story.headline)).unwrap_or_default();
            short.map_or_else(whole, |run| run.text.clone())
        };
        let section = edition.sections.get(usize::from(edition.section_of[module.item]));
        merge(
            *place,
            json!({
                "text": text(promo.text.as_ref()).map_or_else(headline, str::to_owned),
                "title": section.filter(|_| edition.sections.len() > 1),
                "page": page.number,
                "target": target(grid, page.number, module.head),
                "picture": picture,
            }),
        )
    }

    /// Prepares a picture for its place in the box at `span`. An error is reported at that span, so
    /// that the box can be left out.
    fn picture(&mut self, picture: &PictureRef, name: &str, place: &Box, span: Span) -> Value {
        let Fitted { bytes, ending, trouble, .. } =
            match fit(picture, place, 1, self.resolution, self.cache) {
                Ok(fitted) => fitted,
                Err(diagnostic) => {
                    self.said.push(Diagnostic { span: Some(span), ..diagnostic });
                    return Value::Null;
                }
            };
        self.said.extend(trouble);
        let ratio = f64::from(picture.pixels[0]) / f64::from(picture.pixels[1].max(1));
        let ratio = if picture.whole { ratio } else { place.w / place.h };
        let width = place.w.min(place.h * ratio);
        let file = format!("{name}.{ending}");
        self.files.push((file.clone(), bytes));
        json!({ "file": format!("/{file}"), "alt": picture.alt, "w": width, "h": width / ratio })
    }

    /// Sets every box by itself and reports those that are larger than their places.
    fn measure(&mut self) {
        if self.boxes.is_empty() {
            return;
        }
        let Composition { edition, grid, .. } = self.composition;
        let boxes: Vec<Value> =
            self.boxes.iter().map(|job| json!({ "kind": job.kind, "box": job.data })).collect();
        let input =
            json!({ "paper": edition.paper_data(), "words": edition.words(), "jobs": boxes });
        let driver = source("furniture.typ", include_str!("../../templates/print/furniture.typ"));
        let mut world = MemoryWorld::new(self.theme, &driver).with("jobs.json", data_file(input));
        for (file, bytes) in &self.files {
            world = world.with(file, bytes.clone());
        }
        let document = match world.set() {
            Ok(document) => document,
            Err(all) => {
                let one = |trouble: crate::typeset::Trouble| {
                    Diagnostic::error(Code::Typeset, self.boxes[0].span, self.theme.said(&trouble))
                };
                return self.said.extend(all.into_iter().map(one));
            }
        };
        for (job, page) in self.boxes.iter().zip(document.pages()) {
            let name = if job.kind == "weather" { "the weather" } else { job.kind };
            let high = page.frame.height().to_pt();
            let wide = reach(&page.frame);
            if high > job.most + SLACK {
                let rows = |points: f64| format!("{:.1}", points / grid.row);
                let what = format!(
                    "the text of {} takes {} rows, but its place in the theme `{}` has {}",
                    article(name),
                    rows(high),
                    self.theme.name,
                    rows(job.most)
                );
                self.said.push(Diagnostic::error(Code::TooLong, job.span, what).hint("shorten it"));
            } else if wide > page.frame.width().to_pt() + SLACK {
                let what = format!("a word of {} is wider than its place", article(name));
                let one = Diagnostic::error(Code::TooWide, job.span, what);
                self.said.push(
                    one.hint(
                        "use a shorter word, or mark with soft hyphens where it may be broken",
                    ),
                );
            }
        }
    }
}

/// A box's name as messages have it.
fn article(name: &str) -> String {
    if name.starts_with("the ") { name.into() } else { format!("this {name}") }
}

/// The page on which a story begins, and its module there.
fn beginning<'a>(composition: &Composition<'a>, item: usize) -> Option<(&'a PagePlan, &'a Module)> {
    composition.plan.pages.iter().find_map(|page| {
        let module = page.modules.iter().find(|one| one.item == item && one.part == 0)?;
        Some((page, module))
    })
}

/// The right end of a frame's text, in points from the frame's left edge.
fn reach(frame: &Frame) -> f64 {
    let ends = frame.items().map(|(at, item)| match item {
        FrameItem::Group(group) => at.x.to_pt() + reach(&group.frame),
        FrameItem::Text(text) => at.x.to_pt() + text.width().to_pt(),
        _ => 0.0,
    });
    ends.fold(0.0, f64::max)
}
