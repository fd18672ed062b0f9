#!/usr/bin/env python3
"""Builds drawn editions and measures their pages from the PDF.

    sixty.py PROGRAM TOOLS OUT [--only N,…] [--page docs/sixty.md]

PROGRAM is the program, TOOLS the folder of pagecheck.py, OUT the folder that draw.py made. It needs
the Python packages that pagecheck.py needs. It prints a line for each edition and a summary, with
what is aimed at in parentheses. With --page, the summary and the table replace those in that page.
The exit code is 1 if an edition was not built, or if its text is off the grid, overprinted or
outside the page.
"""
import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import marked

DATE = "2026-11-24"


def load(tools):
    spec = importlib.util.spec_from_file_location("pagecheck", Path(tools) / "pagecheck.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def build(program, folder):
    """Seconds, exit code and peak memory in MB."""
    start = time.time()
    command = [program, "build", "--root", folder, "--out", folder / "public", "--only", "pdf,plan", "--keep-going",
               "--json"]
    with open(folder / "build.log", "w", encoding="utf-8") as log:
        child = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
    return time.time() - start, os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024


def tau(pairs):
    """Kendall's tau-b of priorities against sizes: 1 where a heavier story never has a smaller head."""
    up = down = tied_a = tied_b = 0
    for k, (a, x) in enumerate(pairs):
        for b, y in pairs[k + 1:]:
            if a == b or x == y:
                tied_a += a == b
                tied_b += x == y
            elif (a < b) == (x > y):
                up += 1
            else:
                down += 1
    total = len(pairs) * (len(pairs) - 1) / 2
    base = ((total - tied_a) * (total - tied_b)) ** 0.5
    return (up - down) / base if base else None


def measure(pagecheck, folder):
    public = folder / "public" / DATE
    doc = pagecheck.pymupdf.open(public / "edition.pdf")
    plan = json.loads((public / "plan.json").read_text("utf-8"))
    grid, pages = plan["grid"], plan["pages"]
    shares, _ = pagecheck.white(doc)
    # White inside of a picture is no hole in the page.
    for page in doc:
        for image in page.get_image_info():
            page.draw_rect(image["bbox"], color=(0, 0, 0), fill=(0, 0, 0))
    _, holes = pagecheck.white(doc)
    # A head needs the white in its own rows.
    for page, planned in zip(doc, pages):
        left = grid["inside" if planned["number"] % 2 else "outside"]
        for head in (module["head"] for module in planned["modules"] if module["head"]["rows"]):
            step = grid["column"] + grid["gutter"]
            x, y = left + head["column"] * step, grid["top"] + head["row"] * grid["row"]
            w, h = head["columns"] * step - grid["gutter"], head["rows"] * grid["row"]
            page.draw_rect(pagecheck.pymupdf.Rect(x, y, x + w, y + h), color=None, fill=(0, 0, 0))
    aside, _ = pagecheck.white(doc)
    column_mm, row_mm = grid["column"] / 72 * 25.4, grid["row"] / 72 * 25.4
    worst = {}
    for area, page, w, h, _, top in holes:
        if page == 1:
            masthead = (grid["top"] + pages[0]["top"] * grid["row"]) / 72 * 25.4
            h = min(h, max(0, top + h - masthead))
        if w >= 0.9 * column_mm and h >= 6 * row_mm:
            worst[page] = max(worst.get(page, 0), w * h / 100)
    inner = list(range(1, len(doc))) if len(doc) > 1 else []
    priorities = {}
    for path in sorted((folder / "content" / DATE).glob("*.md")):
        text = path.read_text("utf-8")
        priorities[f"content/{DATE}/{path.stem}"] = int(text.split("\npriority: ")[1].split("\n")[0])
    report = json.loads((public / "report.json").read_text("utf-8"))
    taus = []
    for page, told in zip(pages, report["by_page"]):
        heads = [(priorities[plan["stories"][m["item"]]], head[1])
                 for m, head in zip(page["modules"], told["heads"]) if m["head_step"] is not None]
        value = tau(heads) if len(heads) > 1 else None
        if value is not None:
            taus.append(value)
    front = pages[0]["modules"]
    # A story that would not stand on the whole front page has to go on elsewhere.
    front_area = grid["columns"] * (pages[0]["foot"] - pages[0]["top"])
    areas = {}
    for module in (m for page in pages for m in page["modules"]):
        areas[module["item"]] = areas.get(module["item"], 0) + module["cells"]["columns"] * module["cells"]["rows"]
    too_long = sum(m["to"] is not None and areas[m["item"]] > front_area for m in front)
    filled = sum(ad["cells"]["columns"] * ad["cells"]["rows"] for page in pages for ad in page.get("ads", []))
    filled /= grid["columns"] * grid["rows"] * len(pages)
    given = {}
    for one in report["given_up"]:
        given[one["what"]] = given.get(one["what"], 0) + 1
    figures = subprocess.run(
        [sys.executable, pagecheck.__file__, public / "edition.pdf", "--content", folder / "content", "--json",
         folder / "figures.json"], capture_output=True, text=True, check=False)
    if figures.returncode not in (0, 1):
        print(figures.stderr[-500:], file=sys.stderr)
    found = json.loads((folder / "figures.json").read_text("utf-8"))["figures"]
    return {
        "pages": len(doc), "white": [shares[p - 1] for p in inner], "aside": [aside[p - 1] for p in inner],
        "holes": {p: worst[p] for p in inner if p in worst},
        "taus": taus, "front": len(front), "front_jumps": sum(m["to"] is not None for m in front),
        "too_long": too_long,
        "tombstones": found["tombstones"], "given": given,
        "grid": found["grid_share"], "overlaps": found["overlaps"], "outside": found["outside"],
        "missing": found["missing_chars"] / max(1, found["story_chars"]),
        "filled": filled,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("tools")
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--page", type=Path)
    args = parser.parse_args()
    pagecheck = load(args.tools)
    only = {int(n) for n in args.only.split(",") if n}
    rows, everything = [], []
    table = ["| edition | stories | format | pages | white, median | worst | pages with a hole | tombstones | τ | front jumps | fillers | s |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for line in (args.out / "editions.tsv").read_text("utf-8").splitlines()[1:]:
        number, stories, form, _, _ = line.split("\t")
        if only and int(number) not in only:
            continue
        folder = args.out / f"{int(number):02}"
        seconds, code, peak = build(args.program, folder)
        if code not in (0, 3):
            print(f"{number}: exit {code}")
            rows.append(None)
            continue
        m = measure(pagecheck, folder)
        rows.append(m)
        everything.append((number, stories, form, m))
        white = m["white"]
        shown = [number, stories, form, m["pages"], f"{statistics.median(white):.3f}" if white else "–",
                 f"{max(white):.3f}" if white else "–", len(m["holes"]), m["tombstones"],
                 f"{statistics.mean(m['taus']):.2f}" if m["taus"] else "–", f"{m['front_jumps']}/{m['front']}", f"{m['filled']:.3f}",
                 f"{seconds:.1f}"]
        table.append("| " + " | ".join(map(str, shown)) + " |")
        print(table[-1], f"{peak:.0f} MB", m["given"], f"missing {m['missing']:.4f}", flush=True)
    good = [m for m in rows if m]
    white = [w for m in good for w in m["white"]]
    aside = [w for m in good for w in m["aside"]]
    pages = sum(len(m["white"]) for m in good)
    holed = sum(len(m["holes"]) for m in good)
    taus = [t for m in good for t in m["taus"]]
    hard = [not m or m["grid"] < 0.995 or m["overlaps"] or m["outside"] for m in rows]
    for number, _, _, m in everything:
        if m["grid"] < 0.995 or m["overlaps"] or m["outside"]:
            print(f"{number}: grid {m['grid']}, {m['overlaps']} lines overprinted, {m['outside']} outside")
    summary = [
        f"editions {len(rows)}, broken {sum(map(bool, hard))} (0)",
        f"pages without a hole over 1 column by 6 rows: {1 - holed / max(1, pages):.3f} (0.97)",
        f"white, as a share of a page: median {statistics.median(white or [0]):.3f} (0.16), worst {max(white or [0]):.3f} (0.20)",
        f"tombstones per page: {sum(m['tombstones'] for m in good) / max(1, sum(m['pages'] for m in good)):.3f} (0.1)",
        f"τ of priority and head size: mean {statistics.mean(taus or [1]):.3f} (0.8), least {min(taus or [1]):.2f}",
        f"stories that jump from the front page: {sum(m['front_jumps'] for m in good)} of {sum(m['front'] for m in good)};"
        f" {sum(m['too_long'] for m in good)} of them are longer than the whole front page, and the others are"
        f" {sum(m['front_jumps'] - m['too_long'] for m in good) / max(1, sum(m['front'] for m in good)):.3f} (0.3) of all",
        f"pages with more white than 0.20: {sum(w > 0.2 for w in white)} of {len(white)}; if the rows of heads and the"
        f" pictures count as full, {sum(w > 0.2 for w in aside)}, and the worst page has {max(aside or [0]):.3f}",
        f"fillers: {sum(m['filled'] * m['pages'] for m in good) / max(1, sum(m['pages'] for m in good)):.3f}"
        " of the area of all pages (0.03)",
        "letters of the stories missing from the PDF's text, as a share, worst edition:"
        f" {max((m['missing'] for m in good), default=0):.4f}",
    ]
    print("\n".join(summary))
    worst = sorted(((w, n, p + 1) for n, _, _, m in everything for p, w in enumerate(m["white"])), reverse=True)
    print("whitest:", ", ".join(f"{n} p{p} {w:.3f}" for w, n, p in worst[:10]))
    holes = sorted(((a, n, p) for n, _, _, m in everything for p, a in m["holes"].items()), reverse=True)
    print("largest holes:", ", ".join(f"{n} p{p} {a:.0f} cm²" for a, n, p in holes[:40]))
    if args.page:
        marked.put(args.page, "summary", ["- " + line for line in summary])
        marked.put(args.page, "table", table)
    sys.exit(1 if any(hard) else 0)


if __name__ == "__main__":
    main()
