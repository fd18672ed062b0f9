// Runs the steps of action.yml as a runner of GitHub would:
//
//     node action.mjs MODULES REPOSITORY TEMP NAME=VALUE…
//
// MODULES is the folder `node_modules` with the package `yaml`, REPOSITORY the clone that the steps
// run in, and TEMP a folder for the runner's own files. Each NAME is an input of the action. Steps
// that use other actions are named and not run. It prints the outputs. The exit code is that of the
// first step that fails.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [modules, repository, temp, ...given] = process.argv.slice(2);
const { parse } = createRequire(resolve(modules, "x.js"))("yaml");
const path = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const action = parse(readFileSync(`${path}/action.yml`, "utf8"));

const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default]));
for (const pair of given) {
  const [name, value] = pair.split(/=(.*)/s);
  if (!(name in inputs)) throw new Error(`the action has no input ${name}`);
  inputs[name] = value;
}
const known = {
  inputs,
  github: { action_path: path, server_url: "https://example.org", action_repository: "", action_ref: "" },
  runner: { temp, os: "Linux" },
  steps: {},
};

// What stands between `${{` and `}}`: a name with dots, as action.yml has them.
const filled = (text) =>
  String(text).replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name) => {
    const value = name.split(".").reduce((of, part) => of?.[part], known);
    if (value === undefined) throw new Error(`${whole} is nothing that is known here`);
    return value;
  });

mkdirSync(temp, { recursive: true });
const told = { GITHUB_PATH: `${temp}/path`, GITHUB_OUTPUT: `${temp}/output`, GITHUB_STEP_SUMMARY: `${temp}/summary` };
for (const file of Object.values(told)) writeFileSync(file, "");
const machine = process.arch === "arm64" ? "ARM64" : "X64";
const environment = { ...process.env, ...told, RUNNER_OS: "Linux", RUNNER_ARCH: machine, RUNNER_TEMP: temp };

for (const step of action.runs.steps) {
  console.log(`== ${step.name}`);
  if (step.uses) {
    console.log(`-- left to the runner: ${step.uses}`);
    continue;
  }
  const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]));
  const found = readFileSync(told.GITHUB_PATH, "utf8").split("\n").filter(Boolean).reverse();
  const PATH = [...found, process.env.PATH].join(delimiter);
  writeFileSync(told.GITHUB_OUTPUT, "");
  const ran = spawnSync("bash", ["-eo", "pipefail", "-c", filled(step.run)], {
    cwd: repository,
    env: { ...environment, ...own, PATH },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (ran.status !== 0) process.exit(ran.status ?? 1);
  const lines = readFileSync(told.GITHUB_OUTPUT, "utf8").split("\n").filter(Boolean);
  if (step.id) known.steps[step.id] = { outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s))) };
}
for (const [name, output] of Object.entries(action.outputs)) console.log(`${name}=${filled(output.value)}`);
