// Checks the search of a web edition in headless Chromium: node search.cjs URL SITE PHRASES
//
// SITE is the site's folder, and URL its address. Each line of the file PHRASES has an edition, a
// phrase and a story, with tabs between them. If SITE has the edition, the phrase is typed into the
// search page, and the story must be among the results; older months are loaded as a reader would
// load them. The exit code is 1 if a story is not found, or if the browser reports an error.
const fs = require("fs");
const home = process.env.TOOLS_HOME || process.env.HOME + "/.cache/paper-tools";
const { chromium } = require(home + "/npm/node_modules/playwright-core");
const [url, site, file] = process.argv.slice(2);
const phrases = fs.readFileSync(file, "utf8").trim().split("\n").map((line) => line.split("\t"))
  .filter(([edition]) => fs.existsSync(`${site}/${edition}/index.json`));

async function find(page, phrase, story) {
  await page.fill("#q-page", phrase);
  await page.press("#q-page", "Enter");
  for (let months = 0; ; months++) {
    await page.waitForFunction((text) => document.getElementById("status").textContent.includes(text), phrase);
    await page.waitForTimeout(300);
    while (await page.isVisible("#more")) {
      if (await page.$(`#results a[href$="/${story}/"]`)) break;
      await page.click("#more");
      await page.waitForTimeout(100);
    }
    const link = await page.$(`#results a[href$="/${story}/"]`);
    if (link) return { at: await link.evaluate((one) => [...one.closest("ol").children].indexOf(one.closest("li")) + 1), months };
    if (!(await page.isVisible("#older"))) return null;
    await page.evaluate(() => { document.getElementById("status").textContent = ""; });
    await page.click("#older");
  }
}

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  let failed = phrases.length === 0;
  for (const [edition, phrase, story] of phrases) {
    const page = await browser.newPage();
    const errors = [];
    page.on("console", (one) => one.type() === "error" && errors.push(one.text()));
    page.on("pageerror", (one) => errors.push(String(one)));
    await page.goto(`${url}/search/`, { waitUntil: "load" });
    const found = await find(page, phrase, story);
    const where = found ? `${found.at}. of what is found, ${found.months} times older months loaded` : "not found";
    console.log(`${found ? "ok  " : "FAIL"} “${phrase}” (${edition}, ${story}): ${where}`);
    errors.forEach((one) => console.log(`       ${one}`));
    failed ||= !found || errors.length > 0;
    await page.close();
  }
  console.log(`${phrases.length} phrases`);
  await browser.close();
  process.exit(failed ? 1 : 0);
})();
