#!/usr/bin/env python3
"""Writes the licences of everything that is built into the program.

    notice.py OUT

First the faces, then every crate that the program is linked with: its name, version and licence,
and the texts that lie in its sources. A text that several share stands once. `cargo metadata` says
which crates these are. Exits 1 where a crate has no licence, or where a crate without a text has a
licence whose text stands nowhere else.
"""
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXTS = re.compile(r"(licen[cs]e|copying|copyright|notice|unlicense)([-_. ].*)?", re.I)
# What lies in these is no part of the program.
ASIDE = {"tests", "test", "examples", "benches", "target", "docs", "doc", "fuzz", "node_modules"}
CODE = {".rs", ".c", ".h", ".py", ".js", ".cc", ".cpp", ".toml", ".json", ".m4", ".cmake"}
# Words by which a licence's text is known. A crate that brings no text along offers one of these.
KNOWN = {
    "MIT": "Permission is hereby granted, free of charge",
    "Apache-2.0": "Version 2.0, January 2004",
    "BSD-3-Clause": "Redistribution and use in source and binary forms",
    "MPL-2.0": "Mozilla Public License Version 2.0",
    "Zlib": "This software is provided 'as-is'",
    "ISC": "Permission to use, copy, modify, and",
    "Unlicense": "This is free and unencumbered software",
    "BlueOak-1.0.0": "Blue Oak Model License",
    "CC0-1.0": "CC0 1.0 Universal",
}
RULE = "=" * 78


def linked():
    """The crates that the program is linked with, and those whose macros wrote parts of it."""
    host = re.search(r"host: (\S+)", run("rustc", "-vV")).group(1)
    # `cargo tree` alone leaves out what only tests ask for; `cargo metadata` alone knows folders.
    tree = run("cargo", "tree", "--locked", "-e", "normal", "--target", host, "--prefix", "none", "--format", "{p}")
    named = {tuple(line.split()[:2]) for line in tree.splitlines() if line}
    told = json.loads(run("cargo", "metadata", "--locked", "--format-version", "1"))
    packages = [one for one in told["packages"] if (one["name"], f"v{one['version']}") in named and one["source"]]
    if len(packages) != len(named) - 1:
        sys.exit(f"cargo tree names {len(named) - 1} crates, cargo metadata {len(packages)} of them")
    return sorted(packages, key=lambda one: (one["name"], one["version"]))


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def texts(folder):
    """The licence files below a folder."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if ASIDE.intersection(parts[:-1]) or path.suffix in CODE or not path.is_file():
            continue
        # A file in a folder `LICENSES` is a text, whatever it is called.
        if TEXTS.fullmatch(path.name) or (len(parts) > 1 and TEXTS.fullmatch(parts[-2])):
            yield path.read_text("utf-8", "replace").replace("\r\n", "\n").strip("\n")


def main():
    faults = []
    holders = defaultdict(list)
    lines = [
        "What is built into Stonehand, and its licences",
        "",
        "Stonehand itself is under MIT or Apache-2.0, as you prefer: see LICENSE-MIT and LICENSE-APACHE.",
        "So is the standard library of Rust, which is built in. This software is based in part on the",
        "work of the Independent JPEG Group. The sources of all crates are at https://crates.io/crates/NAME.",
        "",
        "Faces:",
        "",
    ]
    for folder in sorted(path.parent for path in (ROOT / "fonts").glob("*/*.txt")):
        lines.append(f"  {folder.name}")
        for path in sorted(folder.glob("*.txt")):
            holders[path.read_text("utf-8", "replace").strip("\n")].append(f"the face {folder.name}")
    lines += ["", "Crates:", ""]
    bare = []
    for crate in linked():
        licence = crate["license"]
        name = f"{crate['name']} {crate['version']}"
        found = list(dict.fromkeys(texts(Path(crate["manifest_path"]).parent)))
        if not licence and not found:
            faults.append(f"{name} has no licence")
        lines.append(f"  {name}: {licence or 'see its text below'}")
        if not found:
            bare.append((name, licence or "", crate["authors"]))
        for text in found:
            holders[text].append(name)
    everything = "\n".join(holders)
    squashed = re.sub(r"\s+", " ", everything)
    if bare:
        lines += ["", "These crates bring no text along; their licences' words stand below with others:", ""]
        for name, licence, authors in bare:
            lines.append(f"  {name}: {licence}" + (f", by {', '.join(authors)}" if authors else ""))
            offered = re.split(r"\s*(?:OR|AND|/|\(|\))\s*", licence)
            if not any(KNOWN.get(one, "\0") in squashed for one in offered):
                faults.append(f"{name} brings no text along, and that of {licence} stands nowhere else")
    for text, names in holders.items():
        lines += ["", RULE, *wrapped(names), RULE, "", text]
    if faults:
        sys.exit("\n".join(faults))
    Path(sys.argv[1]).write_text("\n".join(lines) + "\n", "utf-8")


def wrapped(names):
    """Names with commas between them, in lines of a readable length."""
    line = ""
    for name in names:
        if line and len(line) + len(name) > 76:
            yield line + ","
            line = name
        else:
            line = f"{line}, {name}" if line else name
    yield line


if __name__ == "__main__":
    main()
