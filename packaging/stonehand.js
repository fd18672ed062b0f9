#!/usr/bin/env node
// Runs the program, which lies in the package of this platform.
"use strict";
const { spawn } = require("node:child_process");

const name = `stonehand-${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "stonehand.exe" : "stonehand";

let program;
try {
  program = require.resolve(`${name}/bin/${file}`);
} catch {
  console.error(
    `error: the package ${name}, which holds the program for this machine, is not installed.\n` +
      "Install it together with the package stonehand, and don't leave out optional dependencies.",
  );
  process.exit(1);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// A preview that is stopped here stops there too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`error: ${program} can't be run: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
