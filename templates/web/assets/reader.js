// What a reader has chosen: colours and the size of the text. It runs before the page is drawn.
(() => {
  const root = document.documentElement;
  const store = {
    get: (key) => { try { return localStorage.getItem(key) || ""; } catch { return ""; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* kept for this page */ } },
  };
  const show = (key, value) => {
    if (value) root.dataset[key] = value;
    else delete root.dataset[key];
  };
  root.classList.add("js");
  // Faces that the first view can do without come when everything else is there; on the pages after
  // that they lie ready, and are taken at once.
  const { faces } = document.currentScript?.dataset ?? {};
  const take = () => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = faces;
    document.head.append(link);
  };
  const known = (() => { try { return sessionStorage.getItem("faces") === faces; } catch { return false; } })();
  if (faces && known) take();
  else if (faces) addEventListener("load", () => {
    take();
    try { sessionStorage.setItem("faces", faces); } catch { /* they come late again */ }
  }, { once: true });
  show("theme", store.get("theme"));
  show("size", store.get("size"));
  document.addEventListener("DOMContentLoaded", () => {
    const themes = document.querySelectorAll("button[data-theme]");
    const mark = () => themes.forEach((one) =>
      one.setAttribute("aria-pressed", String(one.dataset.theme === (root.dataset.theme || ""))));
    mark();
    // On a phone the sections go on beyond the edge: that of this page is brought into view.
    const nav = document.querySelector("header.site nav");
    const here = nav?.querySelector("[aria-current]")?.getBoundingClientRect();
    if (here) {
      const all = nav.getBoundingClientRect();
      nav.scrollLeft += here.left + here.width / 2 - all.left - all.width / 2;
    }
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      const panel = document.querySelector(".comfort[open]");
      if (panel && !panel.contains(event.target)) panel.open = false;
      if (!button) return;
      const { theme, size, copy, done } = button.dataset;
      if (theme !== undefined) {
        show("theme", theme);
        store.set("theme", theme);
        mark();
      } else if (size) {
        const next = Math.max(-1, Math.min(3, Number(root.dataset.size || 0) + Number(size)));
        show("size", next ? String(next) : "");
        store.set("size", next ? String(next) : "");
      } else if (copy && navigator.clipboard) {
        navigator.clipboard.writeText(copy).then(() => { button.textContent = done; });
      }
    });
    document.addEventListener("keydown", (event) => {
      const panel = document.querySelector(".comfort[open]");
      if (event.key === "Escape" && panel) {
        panel.open = false;
        panel.querySelector("summary").focus();
      }
    });
  });
})();
