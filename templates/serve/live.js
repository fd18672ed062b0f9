"use strict";
// A page of the web edition in the preview: it is loaded again when its bytes have changed, and the
// browser keeps its place. In a frame the preview's own page tells it, since browsers allow only a
// few streams to one server.
const mark = document.currentScript.dataset.mark;
let known = null;
let shown = 0;

async function tag() {
  try {
    const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
    return answer.ok ? answer.headers.get("ETag") : null;
  } catch {
    return null;
  }
}

async function told(of) {
  if (of === shown) return;
  shown = of;
  const now = await tag();
  if (known === null) known = now;
  else if (now !== null && now !== known) location.reload();
}

if (mark) {
  const line = document.createElement("p");
  line.className = "stonehand-mark";
  const name = { draft: "Draft", embargo: "Under embargo", future: "Dated in the future" }[mark] ?? mark;
  line.textContent = `${name}: this story is not published yet`;
  document.body.prepend(line);
}
if (window.parent !== window) {
  addEventListener("message", (event) => {
    if (event.origin === location.origin && event.source === window.parent) told(event.data.webOf);
  });
} else {
  let stream = null;
  const listen = () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource("/events");
      stream.onmessage = (event) => told(JSON.parse(event.data).web_of);
    }
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}
