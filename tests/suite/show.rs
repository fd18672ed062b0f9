//! What came out, as text that is easy to read and to compare.

use std::fmt::Write;

use stonehand::build::Planned;
use stonehand::content::model::{Block, Inline, LinkTo, PictureRef, Pin, Pins, Story, block_runs};
use stonehand::diag::{Diagnostic, Severity, Sources};
use stonehand::grid::Grid;
use stonehand::lineup::Edition;
use stonehand::makeup::model::{Cells, GivenUp, Module};
use stonehand::review::{
    Cut, Finding, HeadFit, JumpReview, PageReview, Review, StoryReview, TextFit,
};
use stonehand::typeset::{Met, walk};
use typst_layout::PagedDocument;

/// Diagnostics, a line each, their hints below.
pub(crate) fn diagnostics(all: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in all {
        let Diagnostic { severity, code, span: _, letter: _, message, hints } = diagnostic;
        let severity = if *severity == Severity::Error { "error" } else { "warning" };
        let place = sources.place(diagnostic).map_or_else(String::new, |span| {
            let (line, column) = sources.line_column(span.file, span.start);
            let path = &sources.get(span.file).path;
            let path = path.strip_prefix("content/2026-11-24/").unwrap_or(path);
            format!(" {path}:{line}:{column}")
        });
        let _ = writeln!(out, "{severity} {code}{place} {message}");
        for hint in hints {
            let _ = writeln!(out, "  {hint}");
        }
    }
    out
}

/// A story as it was read, leaving out what is empty.
pub(crate) fn story(story: &Story) -> String {
    let mut out = format!("{}\n", story.key);
    let mut say = |name: &str, what: String| {
        if !what.is_empty() {
            let _ = writeln!(out, "  {name}: {what}");
        }
    };
    let text = |run: &Option<stonehand::content::model::Run>| {
        run.as_ref().map(|run| run.text.clone()).unwrap_or_default()
    };
    say("headline", line(&story.headline));
    say("short", text(&story.short_headline));
    say("web", text(&story.web_headline));
    say("kicker", text(&story.kicker));
    if let Some(deck) = &story.deck {
        say(if deck.written { "standfirst" } else { "summary" }, line(&deck.text));
    }
    let authors: Vec<&str> = story.authors.iter().map(|author| author.text.as_str()).collect();
    say("authors", authors.join("; "));
    say("dateline", text(&story.dateline));
    say("date", story.date.map(|date| date.to_string()).unwrap_or_default());
    say("section", story.section.clone().unwrap_or_default());
    say("tags", story.tags.join("; "));
    say("priority", story.priority.map(|priority| priority.to_string()).unwrap_or_default());
    say("pins", show_pins(&story.pins));
    say("lang", story.lang.clone().unwrap_or_default());
    say("canonical", story.canonical.clone().unwrap_or_default());
    story.pictures.iter().for_each(|picture| say("picture", show_picture(picture)));
    for quote in &story.quotes {
        say("quote", format!("{} ({})", line(&quote.text), text(&quote.by)));
    }
    if let Some(facts) = &story.facts {
        let items: Vec<String> = facts.items.iter().map(|item| line(item)).collect();
        say("facts", format!("{}: {}", text(&facts.title), items.join("; ")));
    }
    blocks(&story.body, 1, &mut out);
    for (number, note) in story.notes.iter().enumerate() {
        let _ = writeln!(out, "  note {}", number + 1);
        blocks(note, 2, &mut out);
    }
    for place in &story.optional {
        let mut words = vec![];
        for block in &story.body {
            block_runs(block, &mut |run| {
                if (place.start..place.end).contains(&run.span.start) {
                    words.push(run.text.clone());
                }
            });
        }
        let _ = writeln!(out, "  optional: {}", words.concat());
    }
    for correction in &story.corrections {
        let _ = writeln!(out, "  correction: {}", correction.text);
    }
    out
}

fn show_pins(pins: &Pins) -> String {
    let Pins { page, columns, jump, position, size, with, apart, brief, boxed, run_in } = pins;
    let company = |list: &[Pin<String>]| {
        list.iter().map(|pin| pin.value.clone()).collect::<Vec<_>>().join(" ")
    };
    let all = [
        page.map(|pin| format!("page {}", pin.value)),
        columns.map(|pin| format!("columns {}", pin.value)),
        jump.map(|pin| format!("jump {:?}", pin.value)),
        position.map(|pin| format!("{:?} {:?}", pin.value.edge, pin.value.flank)),
        size.map(|pin| format!("{:?}", pin.value)),
        Some(format!("with {}", company(with))).filter(|_| !with.is_empty()),
        Some(format!("apart {}", company(apart))).filter(|_| !apart.is_empty()),
        brief.map(|brief| format!("brief {brief}")),
        boxed.then(|| "box".to_string()),
        run_in.map(|run_in| format!("run in {run_in}")),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn show_picture(picture: &PictureRef) -> String {
    let PictureRef { path: _, src, alt, caption, credit, focus, whole, mug, pixels, told: _ } =
        picture;
    let mut out = format!("{} {}x{}", src.text, pixels[0], pixels[1]);
    if let Some(alt) = alt {
        let _ = write!(out, " alt “{alt}”");
    }
    if !caption.is_empty() {
        let _ = write!(out, " caption “{}”", line(caption));
    }
    if let Some(credit) = credit {
        let _ = write!(out, " credit “{}”", credit.text);
    }
    if let Some([x, y]) = focus {
        let _ = write!(out, " focus {x},{y}");
    }
    if *whole {
        out.push_str(" whole");
    }
    if *mug {
        out.push_str(" mug");
    }
    out
}

fn blocks(all: &[Block], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for block in all {
        let _ = match block {
            Block::Paragraph(text) => writeln!(out, "{indent}p {}", line(text)),
            Block::Subhead { level, text, .. } => writeln!(out, "{indent}h{level} {}", line(text)),
            Block::List { start, items } => {
                let from = start.map_or_else(String::new, |n| format!(" from {n}"));
                let _ = writeln!(out, "{indent}list{from}");
                for item in items {
                    let _ = writeln!(out, "{indent}  item");
                    blocks(item, depth + 2, out);
                }
                Ok(())
            }
            Block::Quote(inner) => {
                let _ = writeln!(out, "{indent}quote");
                blocks(inner, depth + 1, out);
                Ok(())
            }
            Block::Code(lines) => {
                lines.iter().try_for_each(|run| writeln!(out, "{indent}code {}", run.text))
            }
            Block::Table(table) => {
                let _ = writeln!(out, "{indent}table {:?}", table.align);
                for span in &table.spans {
                    let _ = writeln!(out, "{indent}  {span:?}");
                }
                table.rows.iter().try_for_each(|row| {
                    let cells: Vec<String> = row.iter().map(|cell| line(cell)).collect();
                    writeln!(out, "{indent}  {}", cells.join(" | "))
                })
            }
            Block::Rule => writeln!(out, "{indent}rule"),
            Block::Picture(number) => writeln!(out, "{indent}picture {number}"),
            Block::PullQuote(number) => writeln!(out, "{indent}pull-quote {number}"),
        };
    }
}

fn line(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        let _ = match inline {
            Inline::Text(run) => write!(out, "{}", run.text),
            Inline::Emph(inner) => write!(out, "_{}_", line(inner)),
            Inline::Strong(inner) => write!(out, "*{}*", line(inner)),
            Inline::Strike(inner) => write!(out, "~{}~", line(inner)),
            Inline::Super(inner) => write!(out, "^{}^", line(inner)),
            Inline::Sub(inner) => write!(out, ",{},", line(inner)),
            Inline::Code(run) => write!(out, "`{}`", run.text),
            Inline::Link { to: LinkTo::Web(url), text } => write!(out, "<{url} {}>", line(text)),
            Inline::Link { to: LinkTo::Heading(id), text } => write!(out, "<#{id} {}>", line(text)),
            Inline::Link { to: LinkTo::Story { key, heading }, text } => {
                let heading = heading.as_ref().map_or_else(String::new, |id| format!("#{id}"));
                write!(out, "<{key}{heading} {}>", line(text))
            }
            Inline::Link { to: LinkTo::Near(_), text } => write!(out, "{}", line(text)),
            Inline::Note(number) => write!(out, "[{number}]"),
            Inline::Break => write!(out, " / "),
        };
    }
    out
}

/// A plan: each page, its modules, and in them every part with its cells
/// (columns x rows at column, row).
pub(crate) fn plan(edition: &Edition, planned: &Planned, grid: &Grid) -> String {
    let name = |item: usize| edition.stories[item].key.trim_start_matches("content/2026-11-24/");
    let mut out = String::new();
    for page in &planned.plan.pages {
        let of = page.section.and_then(|section| edition.sections.get(usize::from(section)));
        let of = of.map_or_else(String::new, |section| format!(" {section}"));
        let head = if page.section_head { " with a head" } else { "" };
        let _ = writeln!(
            out,
            "page {}{of}{head}, rows {}..{}, cost {:.1}",
            page.number, page.top, page.foot, page.cost
        );
        for module in &page.modules {
            let part = if module.part > 0 { " goes on" } else { "" };
            let _ = writeln!(out, "  {}{part}, {}", name(module.item), cells(module.cells));
            parts(planned, module, &mut out);
            let composition = planned.composition(edition, grid);
            for (slot, legs) in composition.briefs_of(module) {
                let key = composition.key(slot).map_or("", String::as_str);
                let key = key.trim_start_matches("content/2026-11-24/");
                let legs = legs.iter().map(|leg| cells(leg.cells)).collect::<Vec<_>>().join(", ");
                let _ = writeln!(out, "    brief {key} {legs}");
            }
        }
        for ad in &page.ads {
            let src = &edition.paper.ads[ad.ad].picture.src.text;
            let _ = writeln!(out, "  ad {src}, {}", cells(ad.cells));
        }
    }
    for GivenUp { page, item, what, amount } in &planned.plan.given_up {
        let place = page.map_or_else(String::new, |page| format!(" on page {page}"));
        let of = item.map_or_else(String::new, |item| format!(" of {}", name(item)));
        let _ = writeln!(out, "given up: {what:?}{of}{place}, {amount:.1}");
    }
    out
}

fn parts(planned: &Planned, module: &Module, out: &mut String) {
    let galley = &planned.galleys[module.item];
    if module.boxed {
        out.push_str("    in a box\n");
    }
    let size =
        module.head_step.map_or(galley.jump_head.size(module), |step| galley.heads[step].size);
    let short = if module.short_head { "short " } else { "" };
    if module.head.rows > 0 {
        let _ = writeln!(out, "    {short}head {size} pt {}", cells(module.head));
    }
    if let Some(deck) = module.deck {
        let _ = writeln!(out, "    deck {}", cells(deck));
    }
    for picture in &module.pictures {
        let rows = picture.caption.rows;
        let _ = writeln!(
            out,
            "    picture {} {}, caption {rows}",
            picture.picture,
            cells(picture.cells)
        );
    }
    for quote in &module.quotes {
        let _ = writeln!(out, "    quote {} {}", quote.quote, cells(quote.cells));
    }
    for leg in &module.legs {
        let _ = writeln!(out, "    leg {} slices {}..{}", cells(leg.cells), leg.first, leg.end);
    }
    if let (Some(to), Some(line)) = (module.to, module.jump_line) {
        let _ = writeln!(out, "    to page {to} {}", cells(line));
    }
}

/// A review: each page's fill, each story's fit, then what is wrong and what to do.
pub(crate) fn review(review: &Review) -> String {
    let mut out = String::new();
    let short = |key: &str| key.trim_start_matches("content/2026-11-24/").to_string();
    for page in &review.pages {
        let PageReview { page, fill, white, art_share, .. } = page;
        let _ = writeln!(out, "page {page}: fill {fill}, {white} white, art {art_share}");
    }
    for StoryReview { story, head, text, .. } in &review.stories {
        let TextFit { lines, short: less, over, white, cut, optional } = text;
        let _ = write!(out, "{}: {lines} lines, {less} short, {over} over", short(story));
        let _ = write!(out, ", {white} white");
        if let Some(Cut { lines, from, leaves }) = cut {
            let _ = write!(out, "; cut {lines} from “{from}”, leaves {leaves}");
        }
        for one in optional {
            let _ = write!(out, "; optional {} from “{}”", one.lines, one.from);
        }
        let _ = writeln!(out);
        if let Some(head) = head {
            let HeadFit { size, wished, characters, room, fill, last_line, .. } = head;
            let _ = write!(out, "  head {size} of {wished} pt, {characters} of {room} characters");
            let _ = writeln!(out, ", fill {fill:.2}, last line {last_line:.2}");
        }
    }
    for JumpReview { story, from, to, lines_before, lines_after } in &review.jumps {
        let story = short(story);
        let _ = writeln!(out, "{story} jumps {from} to {to}: {lines_before} and {lines_after}");
    }
    for one in &review.findings {
        let Finding { level, kind, page, story, what, amount, unit, advice, .. } = one;
        let place = page.map_or_else(String::new, |page| format!(" page {page}"));
        let story = story.as_deref().map_or_else(String::new, |key| format!(" {}", short(key)));
        let _ = writeln!(out, "{level:?} {kind:?}{place}{story}: {what} ({amount} {unit:?})");
        let _ = writeln!(out, "  {advice}");
    }
    out
}

fn cells(cells: Cells) -> String {
    let Cells { column, row, columns, rows } = cells;
    format!("{columns}x{rows} at {column},{row}")
}

/// Every line of type and every picture of composed pages, in tenths of a point: its left edge,
/// its baseline (a picture's upper edge), its size, what it says.
pub(crate) fn geometry(document: &PagedDocument) -> String {
    let mut out = String::new();
    for (index, page) in document.pages().iter().enumerate() {
        let size = page.frame.size();
        let _ = writeln!(out, "page {} {:.1} x {:.1}", index + 1, size.x.to_pt(), size.y.to_pt());
        let mut last = None;
        walk(&page.frame, &mut |met| match met {
            Met::Ink(ink) => {
                // Pieces that follow each other on one baseline are one line.
                let (from, to) = (ink.x, ink.x + ink.width);
                let joins = last.is_some_and(|(x, y): (f64, f64)| {
                    (y - ink.y).abs() < 0.01 && from >= x - 1.0 && from < x + 6.0
                });
                let text = ink.text.replace('\u{ad}', "-");
                let _ = if joins {
                    write!(out, "{text}")
                } else {
                    write!(out, "\n  {:.1} {:.1} {:.1} {text}", ink.x, ink.y, ink.size)
                };
                last = Some((to, ink.y));
            }
            Met::Picture(at, size) => {
                last = None;
                let (x, y, w, h) = (at.x.to_pt(), at.y.to_pt(), size.x.to_pt(), size.y.to_pt());
                let _ = write!(out, "\n  {x:.1} {y:.1} picture {w:.1} x {h:.1}");
            }
            Met::Enter(..) => last = None,
        });
        out.push('\n');
    }
    let lines: Vec<&str> = out.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

/// What stands outside of its page.
pub(crate) fn outside(document: &PagedDocument) -> Vec<String> {
    let mut out = vec![];
    for (index, page) in document.pages().iter().enumerate() {
        let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
        let mut hold = |what: &str, x: f64, y: f64, w: f64, h: f64| {
            if x < 0.0 || y < 0.0 || x + w > width || y + h > height {
                out.push(format!("page {}: {what} at {x:.1}, {y:.1}", index + 1));
            }
        };
        walk(&page.frame, &mut |met| match met {
            Met::Ink(ink) => hold(&ink.text, ink.x, ink.y - ink.size, ink.width, ink.size),
            Met::Picture(at, size) => {
                hold("a picture", at.x.to_pt(), at.y.to_pt(), size.x.to_pt(), size.y.to_pt());
            }
            Met::Enter(..) => {}
        });
    }
    out
}
