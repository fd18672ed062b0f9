// Checks the live preview in headless Chromium.
//
//   node preview.cjs PROGRAM PAPER EDITS [EDITED]
//
// It starts PROGRAM on the folder PAPER and edits a story EDITS times. Each time the new word must
// appear on the printed page that the browser shows; the median and the 95th percentile of the time
// that this takes are printed. Then it checks that the browser keeps its place on the pages, that
// errors are shown, the web edition, the keys, accessibility by axe, and that the server refuses
// requests that it must not answer. The story in PAPER is changed.
//
// EDITED is another copy of the paper, which is edited in place of PAPER: then the preview must not
// change, and the checks must fail. TOOLS_HOME is the folder with the browser's driver. The exit
// code is 1 if a check fails.
"use strict";
const { spawn } = require("child_process");
const fs = require("fs");
const net = require("net");
const path = require("path");

const home = process.env.TOOLS_HOME || `${process.env.HOME}/.cache/paper-tools`;
const { chromium } = require(`${home}/npm/node_modules/playwright-core`);
const axe = fs.readFileSync(`${home}/npm/node_modules/axe-core/axe.min.js`, "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const [program, paper, edits, edited = paper] = process.argv.slice(2);
const DAY = "2026-11-24";
const PATIENCE = edited === paper ? 60000 : 8000;

let failed = 0;
function hold(what, good, more = "") {
  if (!good) failed += 1;
  console.log(`${good ? "ok  " : "FAIL"} ${what}${more && `: ${more}`}`);
}

function start() {
  const child = spawn(program, ["serve", "--root", paper, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = [];
  return new Promise((resolve, reject) => {
    let rest = "";
    child.stdout.on("data", (data) => {
      rest += data;
      const all = rest.split("\n");
      rest = all.pop();
      lines.push(...all);
      const url = /http:\/\/localhost:\d+\//.exec(lines[0] ?? "");
      if (url) resolve({ child, url: url[0], lines });
    });
    child.on("exit", (code) => reject(new Error(`it ended with ${code}`)));
  });
}

/** A story of the front page, which is changed in its first paragraph. */
function story() {
  const file = path.join(edited, "content", DAY, "town", "long-bridge.md");
  const text = fs.readFileSync(file, "utf8");
  const [, front, body] = /^(---\n[\s\S]*?\n---\n)([\s\S]*)$/.exec(text);
  return {
    // Behind the first word, whose first letter is a drop cap; too short to be broken.
    write: (word) => fs.writeFileSync(file, `${front}\n${body.trimStart().replace(" ", ` ${word} `)}`),
    breakIt: () => fs.writeFileSync(file, text.replace("---\n", "---\ndate: 2026-02-30\n")),
    mend: () => fs.writeFileSync(file, text),
  };
}

/** Writes a word and waits until it stands on a printed page, with a new picture of the front page
 * that can be seen. How long that took, in milliseconds. */
async function edit(page, change, word) {
  const before = await page.evaluate(() => document.getElementById("page-1").dataset.shown);
  const begun = performance.now();
  change.write(word);
  await page.waitForFunction(
    ([word, before]) => {
      const { shown, picture } = document.getElementById("page-1").dataset;
      const seen = [...document.querySelectorAll("#page-1 img")].every((image) => image.complete && image.naturalWidth > 0);
      const there = [...document.querySelectorAll("figure svg .words")].some((words) => words.textContent.includes(word));
      return there && shown !== before && shown === picture && seen;
    },
    [word, before],
    { polling: "raf", timeout: PATIENCE },
  );
  return performance.now() - begun;
}

function all(page) {
  return page.waitForFunction(() => {
    const figures = [...document.querySelectorAll("figure")];
    const there = (figure) => figure.querySelector("svg") && figure.dataset.shown === figure.dataset.picture;
    return figures.length > 0 && figures[0].dataset.shown && figures.every(there);
  }, null, { timeout: 120000 });
}

async function speed(page, change) {
  const times = [];
  for (let number = 1; number <= edits; number += 1) times.push(await edit(page, change, `E${number}x`));
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)];
  console.log(`${edits} edits, from the write to the new page in the browser: median ${at(0.5).toFixed(0)} ms, 95th percentile ${at(0.95).toFixed(0)} ms, longest ${at(1).toFixed(0)} ms`);
}

/** The place on the pages stays, and what did not change is the same picture. */
async function keepsPlace(page, change) {
  await page.selectOption("#zoom", "1.5");
  await page.evaluate(() => {
    const table = document.getElementById("pages");
    table.scrollTop = document.getElementById("page-1").offsetTop + 900;
    table.scrollLeft = 40;
    for (const image of document.querySelectorAll("figure img")) image.kept = true;
  });
  const place = () => page.evaluate(() => {
    const table = document.getElementById("pages");
    return [table.scrollTop, table.scrollLeft, document.getElementById("zoom").value, document.getElementById("page-1").offsetWidth].join(" ");
  });
  const before = await place();
  await edit(page, change, "Zq7z");
  const after = await place();
  hold("scroll and zoom stay", before === after, `${before} → ${after}`);
  const [same, fresh] = await page.evaluate(() => {
    const images = [...document.querySelectorAll("figure img")];
    return [images.filter((image) => image.kept).length, images.filter((image) => !image.kept).length];
  });
  hold("only what changed has new pictures", fresh > 0 && same > 0, `${fresh} new, ${same} as before`);
  await page.reload();
  await all(page);
  await page.waitForTimeout(300);
  const again = await place();
  const near = (a, b) => a.split(" ").every((part, at) => Math.abs(part - b.split(" ")[at]) < 3);
  hold("they stay when the page is loaded again", near(again, after), `${after} → ${again}`);
  await page.selectOption("#zoom", "width");
}

async function showsError(page, change) {
  change.breakIt();
  await page.waitForSelector("#errors:not([hidden])", { timeout: PATIENCE });
  const text = await page.textContent("#errors");
  hold("an error is shown with its place, its line and what to do", /long-bridge\.md:2:7/.test(text) && /date: 2026-02-30/.test(text) && /\^{10}/.test(text) && /year, month and day/.test(text));
  hold("the last good pages stay", (await page.locator("figure img").count()) > 1);
  change.mend();
  await page.waitForSelector("#errors", { state: "hidden", timeout: PATIENCE });
  hold("it goes when the story is mended", true);
}

async function showsWeb(page, change) {
  await page.keyboard.press("v");
  const frame = page.frameLocator("iframe");
  await frame.locator("h1").first().waitFor({ timeout: PATIENCE });
  await page.evaluate((address) => { document.querySelector("iframe").src = address; }, `/web/${DAY}/long-bridge/`);
  await frame.locator("article h1").first().waitFor({ timeout: PATIENCE });
  change.write("Webx");
  await frame.getByText("Webx").first().waitFor({ timeout: PATIENCE });
  hold("the web edition in the frame is made again", true);
  await page.evaluate((address) => { document.querySelector("iframe").src = address; }, `/web/${DAY}/draft-pool-boiler/`);
  await frame.locator(".stonehand-mark").waitFor({ timeout: PATIENCE });
  hold("a draft is marked on its page of the web edition", true);
  change.mend();
  await page.keyboard.press("v");
  await page.keyboard.press("v");
}

async function keyboard(page) {
  const shown = (layer) => page.evaluate((layer) => getComputedStyle(document.querySelector(`figure svg .${layer}`)).display !== "none", layer);
  for (const [key, layer] of [["g", "grid"], ["m", "modules"], ["l", "lines"]]) {
    const before = await shown(layer);
    await page.keyboard.press(key);
    hold(`“${key}” lays ${layer} over the pages`, !before && (await shown(layer)));
    await page.keyboard.press(key);
  }
  const marks = await page.evaluate(() => [...document.querySelectorAll("figure svg .marks text")].map((text) => text.textContent).sort().join(" "));
  hold("stories that must not be out yet are marked", marks === "DRAFT EMBARGO", marks);
  const listed = await page.evaluate(() => document.querySelectorAll("#stories .mark").length);
  hold("they are marked in the list too", listed === 2);
}

/** Asks without a browser, which would clean the path up. */
function ask(port, head) {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(`${head}\r\nConnection: close\r\n\r\n`));
    socket.on("data", (data) => { text += data; });
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
}

async function refuses(url) {
  const port = new URL(url).port;
  const own = `Host: localhost:${port}`;
  const cases = [
    [`GET / HTTP/1.1\r\nHost: rebound.example:${port}`, 421],
    [`GET /state.json HTTP/1.1\r\nHost: rebound.example`, 421],
    [`GET /web/../paper.yaml HTTP/1.1\r\n${own}`, 400],
    [`GET /web/%2e%2e/paper.yaml HTTP/1.1\r\n${own}`, 400],
    [`GET /web/..%2fpaper.yaml HTTP/1.1\r\n${own}`, 400],
    [`GET /paper.yaml HTTP/1.1\r\n${own}`, 404],
    [`POST / HTTP/1.1\r\n${own}\r\nContent-Length: 0`, 405],
  ];
  for (const [head, status] of cases) {
    const answer = await ask(port, head);
    hold(`refused with ${status}: ${head.split("\r\n").slice(0, 2).join(", ")}`, answer.startsWith(`HTTP/1.1 ${status} `), answer.split("\r\n")[0]);
  }
}

async function accessible(browser, url) {
  for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [390, "light"]]) {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    await page.goto(url);
    await all(page);
    if (width < 400) await page.click("#list");
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    const told = violations.map((one) => `${one.id} ${one.nodes[0].html.slice(0, 100)}`).join("; ");
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    hold(`axe at ${width} px, ${colorScheme}`, violations.length === 0 && sideways <= 0, told || `${sideways} px sideways`);
    await page.close();
  }
}

/** Megabytes that the program holds; none where the system does not tell. */
function memory(child) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024;
  } catch {
    return 0;
  }
}

async function main() {
  const { child, url, lines } = await start();
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const said = [];
  page.on("console", (message) => message.type() === "error" && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  const change = story();
  let ended = new Promise((resolve) => child.removeAllListeners("exit").on("exit", resolve));
  try {
    await page.goto(url);
    await all(page);
    await edit(page, change, "Wx");
    const before = memory(child);
    await speed(page, change);
    const after = memory(child);
    console.log(`memory after the first edit ${before.toFixed(0)} MB, after all of them ${after.toFixed(0)} MB`);
    await keepsPlace(page, change);
    await showsError(page, change);
    await keyboard(page);
    await showsWeb(page, change);
    await refuses(url);
    await accessible(browser, url);
    // A picture that a newer one has overtaken is asked for in vain.
    const faults = said.filter((text) => !/404/.test(text));
    hold("the console has nothing to say", faults.length === 0, faults.join("; "));
  } catch (error) {
    hold("it goes on to the end", false, error.message.split("\n")[0]);
  }
  await browser.close();
  child.kill("SIGINT");
  hold("it ends in order", (await ended) === 0, lines.at(-1));
  console.log(lines.filter((line) => line.startsWith("made")).slice(-3).join("\n"));
  process.exit(failed ? 1 : 0);
}

main();
