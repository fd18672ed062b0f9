// The search page: results while typing, the newest twelve months first, older ones on demand.
const box = document.getElementById("searching");
const form = document.getElementById("search-form");
const input = form.querySelector("input");
const status = document.getElementById("status");
const list = document.getElementById("results");
const more = document.getElementById("more");
const older = document.getElementById("older");
const filters = document.getElementById("filters");
const root = new URL("../", location.href);
const bundles = box.dataset.bundles.split(" ").filter(Boolean);
const FIRST = 12;
const SHOWN = 10;
let engine;
let loaded = 0;
let run = 0;
let found = [];

async function start() {
  if (!engine) {
    engine = (async () => {
      const path = new URL("search/new/", root).pathname;
      const pagefind = await import(new URL("search/new/pagefind.js", root).href);
      const one = pagefind.createInstance({ basePath: path, baseUrl: root.pathname, excerptLength: 28 });
      await one.init();
      loaded = 1;
      return one;
    })();
    engine.catch(() => { engine = undefined; });
    engine.then(offer, () => {});
  }
  return engine;
}

async function merge(one, count) {
  const next = bundles.slice(loaded, loaded + count);
  loaded += next.length;
  await Promise.all(next.map((month) =>
    one.mergeIndex(new URL(`search/${month}/`, root).pathname, { baseUrl: root.pathname })));
  older.hidden = loaded >= bundles.length;
  if (next.length) await offer(one);
}

async function offer(one) {
  const all = await one.filters();
  for (const select of filters.querySelectorAll("select")) {
    const chosen = select.value || new URLSearchParams(location.search).get(select.name) || "";
    const names = Object.keys(all[select.name] || {}).sort((a, b) => a.localeCompare(b));
    if (select.name === "year") names.reverse();
    select.length = 1;
    for (const name of names) select.add(new Option(name, name, false, name === chosen));
    select.closest("label").hidden = names.length < 2;
  }
  filters.hidden = false;
}

function say(word, query, count) {
  status.textContent = word.replace("{query}", query).replace("{count}", count);
}

async function search() {
  const query = input.value.trim();
  const mine = ++run;
  const chosen = Object.fromEntries(
    [...filters.querySelectorAll("select")].filter((one) => one.value).map((one) => [one.name, one.value]));
  const address = new URLSearchParams({ ...(query && { q: query }), ...chosen });
  history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
  if (!query && !Object.keys(chosen).length) {
    list.replaceChildren();
    status.textContent = "";
    more.hidden = older.hidden = true;
    return;
  }
  try {
    const one = await start();
    if (loaded < Math.min(FIRST, bundles.length)) await merge(one, FIRST - loaded);
    const answer = await one.search(query || null, {
      filters: Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, [value]])),
      sort: query ? {} : { date: "desc" },
    });
    if (mine !== run) return;
    found = answer.results;
    list.replaceChildren();
    const { none, one: single, many } = box.dataset;
    say(found.length === 0 ? none : found.length === 1 ? single : many, query, found.length);
    older.hidden = loaded >= bundles.length;
    await show(mine);
  } catch (error) {
    console.error(error);
    if (mine === run) status.textContent = box.dataset.failed;
  }
}

async function show(mine) {
  const next = found.slice(list.childElementCount, list.childElementCount + SHOWN);
  const data = await Promise.all(next.map((result) => result.data()));
  if (mine !== run) return;
  for (const one of data) list.append(entry(one));
  more.hidden = list.childElementCount >= found.length;
}

function entry({ url, meta, excerpt }) {
  const item = document.createElement("li");
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const story = make("article", "teaser t-entry");
  const head = make("h2");
  const link = make("a", "", meta.title);
  link.href = url;
  head.append(link);
  const text = make("p", "summary");
  // The excerpt marks what was found; all else in it is text. It is cut out of the story.
  if (/^\p{Ll}/u.test(excerpt)) text.append("… ");
  excerpt.split(/<mark>(.*?)<\/mark>/s).forEach((part, at) => {
    text.append(at % 2 ? make("mark", "", plain(part)) : plain(part));
  });
  if (!/[.!?…”"]\s*(<\/mark>)?$/.test(excerpt)) text.append(" …");
  const when = make("p", "meta", [meta.section, meta.date].filter(Boolean).join(" · "));
  story.append(head, text, when);
  item.append(story);
  return item;
}

function plain(text) {
  const names = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => names[name]);
}

let waiting;
const later = () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
};
input.addEventListener("input", later);
input.addEventListener("focus", () => start().catch(() => {}), { once: true });
filters.addEventListener("change", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
more.addEventListener("click", async () => {
  const at = list.childElementCount;
  await show(run);
  list.children[at]?.querySelector("a")?.focus();
});
// As many months more as there are already: a reader is soon at the oldest.
older.addEventListener("click", async () => {
  await merge(await start(), Math.max(FIRST, loaded));
  await search();
});
const asked = new URLSearchParams(location.search);
input.value = asked.get("q") || "";
if (asked.size) search();
input.focus({ preventScroll: true });
