"use strict";
// The preview: shows what the server says is shown, and keeps the reader's place. Every message is
// the whole state; what is the same as before is not touched.

const $ = (id) => document.getElementById(id);
const table = $("pages");
const frame = document.querySelector("iframe");
const LAYERS = ["grid", "modules", "lines"];
const VIEWS = ["pages", "both", "web"];
/** Pixels of the screen in a point at 100 %. */
const POINT = 96 / 72;
const wide = matchMedia("(min-width: 60.01rem)");

let state = null;
let desk = load();

// ---- what the reader has chosen, kept for this tab

function load() {
  const usual = { view: "pages", zoom: "width", list: wide.matches, keys: true, grid: false, modules: false, lines: false, page: 1, x: 0, y: 0 };
  try {
    return { ...usual, ...JSON.parse(sessionStorage.getItem("desk") ?? "{}") };
  } catch {
    return usual;
  }
}

function keep() {
  try {
    sessionStorage.setItem("desk", JSON.stringify(desk));
  } catch {
    // A browser that keeps nothing forgets it with the tab.
  }
}

// ---- small helpers

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

// ---- pages

function pageWidth(page) {
  const room = { width: table.clientWidth - pad(), height: table.clientHeight - pad() - 28 };
  if (desk.zoom === "width") return Math.max(200, room.width);
  if (desk.zoom === "page") return Math.max(150, Math.min(room.width, (room.height * page.width) / page.height));
  return page.width * POINT * Number(desk.zoom);
}

function pad() {
  const style = getComputedStyle(table);
  return parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
}

/** The page in the middle of what is seen, and how far into it: a place that outlives its size. */
function place() {
  const middle = table.getBoundingClientRect();
  const x = middle.left + middle.width / 2;
  const y = middle.top + middle.height / 2;
  let best = null;
  for (const figure of table.querySelectorAll("figure")) {
    const box = figure.getBoundingClientRect();
    const away = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    if (best === null || away < best.away) {
      best = { away, page: Number(figure.dataset.page), x: (x - box.left) / box.width, y: (y - box.top) / box.height };
    }
  }
  return best;
}

function goTo({ page, x, y }) {
  const figure = table.querySelector(`[data-page="${Number(page)}"]`);
  if (!figure) return;
  const box = figure.getBoundingClientRect();
  const middle = table.getBoundingClientRect();
  table.scrollLeft += box.left + x * box.width - (middle.left + middle.width / 2);
  table.scrollTop += box.top + y * box.height - (middle.top + middle.height / 2);
}

function resize() {
  const page = state?.pages[0];
  if (!page || table.clientWidth === 0) return;
  table.style.setProperty("--page-width", `${pageWidth(page)}px`);
}

/** Does something that changes the size of the pages, and keeps the place. */
function still(change) {
  const at = place();
  change();
  resize();
  if (at) goTo(at);
}

function figureOf(page) {
  const id = `page-${page.number}`;
  let figure = $(id);
  if (!figure) {
    figure = make("figure", { id }, make("div", { className: "sheet", role: "img" }), make("figcaption", { textContent: `Page ${page.number}` }));
    figure.dataset.page = page.number;
    const after = [...table.querySelectorAll("figure")].find((other) => Number(other.dataset.page) > page.number);
    table.insertBefore(figure, after ?? null);
    watcher.observe(figure);
  }
  figure.firstChild.style.aspectRatio = `${page.width} / ${page.height}`;
  figure.firstChild.ariaLabel = `Page ${page.number}: ${page.stories.join("; ")}`;
  return figure;
}

/** The layers of a page's picture, the lowest first: those that are shown already, and new ones. */
function picture(page, sheet) {
  const known = new Map([...sheet.querySelectorAll("img")].map((image) => [image.dataset.layer, image]));
  return Promise.all(
    page.layers.map(async (layer) => {
      if (known.has(layer)) return known.get(layer);
      const image = make("img", { src: `/drawn/${layer}.svg`, alt: "" });
      image.dataset.layer = layer;
      await image.decode();
      return image;
    }),
  );
}

/** Puts layers into a sheet, and takes out those that are none of them. */
function lay(sheet, images) {
  for (const old of sheet.querySelectorAll("img")) if (!images.includes(old)) old.remove();
  images.forEach((image, at) => {
    if (sheet.children[at] !== image) sheet.insertBefore(image, sheet.children[at] ?? null);
  });
}

async function overlay(page) {
  const answer = await fetch(`/drawn/${page.overlay}.svg`);
  if (!answer.ok) throw new Error("this page is gone");
  const drawing = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  drawing.setAttribute("aria-hidden", "true");
  return document.importNode(drawing, true);
}

/** The numbers of the pages that are seen, or nearly. */
const near = new Set();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const number = Number(target.dataset.page);
      if (!isIntersecting) near.delete(number);
      else {
        near.add(number);
        const page = state.pages.find((one) => one.number === number);
        if (page) showPage(page);
      }
    }
  },
  { root: table, rootMargin: "75% 75%" },
);

/** Shows a page as it is now; the old picture stays until the new one can be seen. Pictures of pages
 * far away wait until these come near; their words can be searched all the same. */
async function showPage(page) {
  const figure = figureOf(page);
  const { dataset } = figure;
  const layers = page.layers.join(" ");
  const old = dataset.picture !== layers && near.has(page.number);
  const over = dataset.overlay !== page.overlay;
  if (!old && !over) return;
  if (old) dataset.picture = layers;
  dataset.overlay = page.overlay;
  try {
    const sheet = figure.firstChild;
    const [images, drawing] = await Promise.all([old ? picture(page, sheet) : null, over ? overlay(page) : null]);
    // What was asked for since then is on its way too, and goes before this.
    if (images && dataset.picture === layers) {
      const first = !sheet.querySelector("img");
      lay(sheet, images);
      dataset.shown = layers;
      figure.classList.remove("fresh");
      if (!first) {
        // Read once, so that the mark of a new picture begins anew.
        void figure.offsetWidth;
        figure.classList.add("fresh");
      }
    }
    if (drawing && dataset.overlay === page.overlay) {
      sheet.querySelector("svg")?.remove();
      sheet.append(drawing);
    }
  } catch {
    // A newer page has come meanwhile, and is on its way here.
    if (old && dataset.picture === layers) dataset.picture = dataset.shown ?? "";
    if (over && dataset.overlay === page.overlay) dataset.overlay = "";
  }
}

function showPages(pages) {
  const empty = table.querySelector(":scope > p");
  if (pages.length === 0) {
    if (!empty) table.append(make("p", { textContent: "There are no pages yet." }));
    return;
  }
  empty?.remove();
  const first = !table.querySelector("figure");
  for (const figure of table.querySelectorAll("figure")) {
    if (pages.some((page) => page.number === Number(figure.dataset.page))) continue;
    near.delete(Number(figure.dataset.page));
    watcher.unobserve(figure);
    figure.remove();
  }
  pages.forEach(figureOf);
  resize();
  if (first) goTo(desk);
  // What is seen comes first.
  const here = place()?.page ?? 1;
  [...pages].sort((a, b) => Math.abs(a.number - here) - Math.abs(b.number - here)).forEach(showPage);
}

// ---- stories, errors, warnings

function storyLine(story) {
  const go = make(
    "button",
    { type: "button" },
    make("span", { className: "page", textContent: story.pages.join(", ") || "–" }),
    make("span", { textContent: story.headline }),
    story.mark ? make("span", { className: "mark", textContent: story.mark }) : null,
  );
  go.title = story.key;
  go.addEventListener("click", () => toStory(story));
  const web = story.web ? make("a", { href: `/web/${story.web}`, textContent: "web", ariaLabel: `On the web: ${story.headline}` }) : null;
  web?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openWeb(web.getAttribute("href"));
  });
  return make("li", {}, go, web);
}

function toStory(story) {
  if (desk.view === "web") setView("pages");
  if (!wide.matches) setList(false);
  const figure = story.at && $(`page-${story.pages[0]}`);
  if (!figure) return;
  const sheet = figure.firstChild.getBoundingClientRect();
  const seen = table.getBoundingClientRect();
  table.scrollLeft += sheet.left + story.at[0] * sheet.width - seen.left - 24;
  table.scrollTop += sheet.top + story.at[1] * sheet.height - seen.top - 56;
  table.focus({ preventScroll: true });
}

function problemLine(problem) {
  const { place: at, message, hints, code } = problem;
  const parts = [make("p", { className: "what", textContent: `${message[0].toUpperCase()}${message.slice(1)}` })];
  if (at) {
    parts.push(make("p", { className: "where", textContent: `${at.file}:${at.line}:${at.column}  ${code}` }));
    const [before, meant, after] = at.text;
    const margin = `${at.line} │ `;
    const caret = " ".repeat([...before].length) + "^".repeat(Math.max(1, [...meant].length));
    parts.push(
      make(
        "pre",
        { tabIndex: 0, ariaLabel: "The line" },
        make("span", { className: "number", textContent: margin }),
        before,
        make("mark", { textContent: meant }),
        after,
        "\n",
        make("span", { className: "number", textContent: margin.replace(/[0-9]/g, " ") }),
        make("mark", { textContent: caret }),
      ),
    );
  } else {
    parts.push(make("p", { className: "where", textContent: code }));
  }
  parts.push(...hints.map((hint) => make("p", { className: "hint", textContent: hint })));
  return make("li", { className: "problem" }, ...parts);
}

/** Replaces the children of a list where their data are other than before. */
function list(element, data, line) {
  const now = JSON.stringify(data);
  if (element.data === now) return;
  element.data = now;
  element.replaceChildren(...data.map(line));
}

function showDesk() {
  const { stories, left_out: out, problems } = state;
  list($("stories"), stories, storyLine);
  $("left-out").hidden = out.length === 0;
  list($("left-out").querySelector("ul"), out, (left) => make("li", {}, `${left.story} `, make("em", { textContent: left.reason })));
  const errors = problems.filter((problem) => problem.severity === "error");
  const warnings = problems.filter((problem) => problem.severity !== "error");
  $("warnings").hidden = warnings.length === 0;
  $("warnings").querySelector("summary").textContent = count(warnings.length, "warning");
  list($("warnings").querySelector("ul"), warnings, problemLine);
  // It takes room from the pages: these are held where they are at their upper edge.
  $("errors").hidden = errors.length === 0;
  $("errors").querySelector("h2").textContent = count(errors.length, "error");
  list($("errors").querySelector("ul"), errors, problemLine);
}

function showStatus() {
  const { making, failed, pages, stories, problems, pages_of: of } = state;
  const has = of > 0;
  const mood = making ? "making" : failed ? "failed" : "ready";
  const marked = stories.filter((story) => story.mark).length;
  const unpublished = marked ? `, ${marked} unpublished` : "";
  const warnings = problems.filter((problem) => problem.severity === "warning").length;
  const warned = warnings ? `, ${count(warnings, "warning")}` : "";
  document.body.dataset.mood = mood;
  $("status").textContent = {
    making: "Making the pages …",
    failed: has ? "Not made because of an error: these are the last good pages" : "Not made yet because of an error",
    ready: `${count(pages.length, "page")}, ${count(stories.length, "story", "stories")}${unpublished}${warned}`,
  }[mood];
}

function show(next) {
  state = next;
  const title = state.title || "Preview";
  $("title").textContent = title;
  document.title = `${title} – preview`;
  showStatus();
  showPages(state.pages);
  showDesk();
  tellWeb();
}

// ---- the web edition

function tellWeb() {
  if (state && frame.src) frame.contentWindow?.postMessage({ webOf: state.web_of }, location.origin);
}

function openWeb(address) {
  frame.src = address;
  if (desk.view === "pages") setView(wide.matches ? "both" : "web");
}

frame.addEventListener("load", () => {
  try {
    $("alone").href = frame.contentWindow.location.pathname;
  } catch {
    // A link has led out of the edition.
    $("alone").href = "/web/";
  }
  tellWeb();
});

// ---- what the reader does

function setView(view) {
  const narrow = view === "both" && !wide.matches;
  still(() => {
    desk.view = narrow ? "pages" : view;
    document.body.dataset.view = desk.view;
    $("web").hidden = desk.view === "pages";
    document.querySelector(`[name="view"][value="${desk.view}"]`).checked = true;
    if (desk.view !== "pages" && !frame.getAttribute("src")) frame.src = "/web/";
  });
  keep();
}

function setZoom(zoom) {
  still(() => {
    desk.zoom = zoom;
    $("zoom").value = zoom;
  });
  keep();
}

function step(by) {
  const sizes = [...$("zoom").options].map((option) => option.value).filter(Number);
  const page = state?.pages[0];
  if (!page) return;
  const now = pageWidth(page) / page.width / POINT;
  const larger = sizes.find((size) => Number(size) > now * 1.01);
  const smaller = sizes.findLast((size) => Number(size) < now * 0.99);
  const next = by > 0 ? larger : smaller;
  if (next) setZoom(next);
}

function setList(open) {
  still(() => {
    desk.list = open;
    $("desk").hidden = !open;
    document.body.classList.toggle("bare", !open);
    $("list").setAttribute("aria-expanded", String(open));
  });
  keep();
}

function setLayer(name, on) {
  desk[name] = on;
  table.classList.toggle(name, on);
  document.querySelector(`[name="${name}"]`).checked = on;
  keep();
}

function turn(by) {
  const figures = [...table.querySelectorAll("figure")];
  const top = table.getBoundingClientRect().top;
  const at = figures.findLastIndex((figure) => figure.getBoundingClientRect().top - top < 60);
  const next = figures[Math.min(Math.max(at + by, 0), figures.length - 1)];
  next?.scrollIntoView({ block: "start", inline: "nearest" });
}

const KEYS = {
  g: () => setLayer("grid", !desk.grid),
  m: () => setLayer("modules", !desk.modules),
  l: () => setLayer("lines", !desk.lines),
  "+": () => step(1),
  "=": () => step(1),
  "-": () => step(-1),
  0: () => setZoom("width"),
  9: () => setZoom("page"),
  n: () => turn(1),
  p: () => turn(-1),
  v: () => {
    const views = VIEWS.filter((view) => view !== "both" || wide.matches);
    setView(views[(views.indexOf(desk.view) + 1) % views.length]);
  },
  s: () => setList(!desk.list),
  "?": () => $("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  const own = event.target.closest?.("select, textarea, dialog, input:not([type=checkbox], [type=radio])");
  if (own || event.ctrlKey || event.metaKey || event.altKey || !desk.keys) return;
  const act = KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

for (const name of LAYERS) document.querySelector(`[name="${name}"]`).addEventListener("change", (event) => setLayer(name, event.target.checked));
for (const radio of document.querySelectorAll('[name="view"]')) radio.addEventListener("change", () => setView(radio.value));
$("zoom").addEventListener("change", (event) => setZoom(event.target.value));
$("larger").addEventListener("click", () => step(1));
$("smaller").addEventListener("click", () => step(-1));
$("list").addEventListener("click", () => setList(!desk.list));
$("help").addEventListener("click", () => $("keys").showModal());
$("keys-on").checked = desk.keys;
$("keys-on").addEventListener("change", (event) => {
  desk.keys = event.target.checked;
  keep();
});
let noted = 0;
table.addEventListener("scroll", () => {
  clearTimeout(noted);
  noted = setTimeout(() => {
    const at = place();
    if (!at) return;
    Object.assign(desk, { page: at.page, x: at.x, y: at.y });
    keep();
  }, 150);
});
new ResizeObserver(() => {
  const fitted = !Number(desk.zoom);
  if (fitted && state) resize();
}).observe(table);
wide.addEventListener("change", () => setView(desk.view));

LAYERS.forEach((name) => setLayer(name, desk[name]));
setZoom(desk.zoom);
setList(wide.matches ? desk.list : false);
setView(desk.view);

// ---- the stream of states; a tab that nobody sees lets go of it

let stream = null;
function listen() {
  if (document.hidden) {
    stream?.close();
    stream = null;
    return;
  }
  if (stream) return;
  stream = new EventSource("/events");
  stream.onmessage = (event) => show(JSON.parse(event.data));
  stream.onerror = () => {
    document.body.dataset.mood = "lost";
    $("status").textContent = "Not connected: the preview may have ended";
  };
}
document.addEventListener("visibilitychange", listen);
listen();
