#!/usr/bin/env python3
"""Writes the figures of a release into docs/install.md.

    figures.py RELEASE DEV PACKAGES INSTALLS

RELEASE and DEV are the programs of the two profiles, PACKAGES the folder that .ci/package made of
RELEASE, and INSTALLS the table that .ci/installs wrote. Both programs make the demo, in turn, five
times each, after a first time that fills the cache of pictures. The ratio is taken pair by pair,
because a busy machine slows both programs.
"""
import gzip
import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import marked

ROOT = Path(__file__).resolve().parent.parent.parent
PAIRS = 5
sys.path.insert(0, str(ROOT / "packaging"))

import binary  # noqa: E402


def build(program, root, work):
    """Makes the demo: (seconds by the wall's clock, seconds of the processors), and the PDF."""
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(work / "cache")}
    start, before = time.monotonic(), os.times()
    command = [program, "build", "--root", root, "--out", out]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.monotonic() - start, os.times()
    (pdf,) = out.glob("*/edition.pdf")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return (wall, cpu), pdf.read_bytes()


def pairs(release, dev):
    """The times of both programs, pair by pair."""
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        root = work / "demo"
        root.mkdir()
        shutil.copytree(ROOT / "content", root / "content")
        shutil.copy(ROOT / "paper.yaml", root)
        one, other = build(release, root, work)[1], build(dev, root, work)[1]
        if one != other:
            sys.exit("the two programs make different papers")
        return [(build(release, root, work)[0], build(dev, root, work)[0]) for _ in range(PAIRS)]


def median(values, form):
    values = sorted(values)
    return f"{statistics.median(values):{form}} ({values[0]:{form}} to {values[-1]:{form}})"


def main():
    release, dev, packages, installs = map(Path, sys.argv[1:])
    platform = binary.read(release)
    bytes_ = release.read_bytes()
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    timed = pairs(release, dev)
    lines = [
        f"| The release program, `{platform.name}` | |",
        "|---|---|",
        f"| Size | {len(bytes_) / 1e6:.1f} MB |",
        f"| Compressed, by gzip | {len(gzip.compress(bytes_, 9)) / 1e6:.1f} MB |",
        f"| Oldest glibc | {'.'.join(map(str, platform.oldest))} |",
        f"| SHA-256, the same from two builds in different folders (rustc {rustc}) | `{hashlib.sha256(bytes_).hexdigest()}` |",
        f"| The demo, wall clock | {median([a[0] for a, _ in timed], '.2f')} s |",
        f"| … by the program of the dev profile | {median([b[0] for _, b in timed], '.2f')} s |",
        f"| … release to dev, pair by pair | {median([a[0] / b[0] for a, b in timed], '.2f')} |",
        f"| … the same in processor time | {median([a[1] / b[1] for a, b in timed], '.2f')} |",
        "",
        "| Package | To fetch, MB | Installed, MB | From the install command to `edition.pdf` of `stonehand new`, s |",
        "|---|---|---|---|",
        *installs.read_text("utf-8").splitlines(),
    ]
    marked.put(ROOT / "docs/install.md", "figures", lines)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
