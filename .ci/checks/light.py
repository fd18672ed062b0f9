#!/usr/bin/env python3
"""Checks a page's Lighthouse scores and its weight: light.py REPORT.json SITE PAGE

REPORT.json is Lighthouse's report, SITE the folder that was served, and PAGE the page's file below
it. The exit code is 1 if a score is too low or the page is too heavy.
"""
import gzip
import json
import pathlib
import re
import sys

LEAST = {"performance": 0.99, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
SHIFT = 0.02
PAGE_BYTES = 30 * 1024
SCRIPT_BYTES = 6 * 1024


def main():
    report = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
    site = pathlib.Path(sys.argv[2])
    page = site / sys.argv[3]
    failed = False

    def hold(name, value, good):
        nonlocal failed
        failed |= not good
        print(f"{'ok  ' if good else 'FAIL'} {name}: {value}")

    for name, least in LEAST.items():
        score = report["categories"][name]["score"]
        hold(name, score, score is not None and score >= least)
        for ref in report["categories"][name]["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"       {audit['id']}: {audit['title']} {audit.get('displayValue', '')}")
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    hold("cumulative layout shift", round(shift, 4), shift <= SHIFT)
    html = page.read_bytes()
    size = lambda data: len(gzip.compress(data, 9))
    loaded = {".css": 0, ".js": 0}
    for link in re.findall(rb'(?:href|src)="([^"]+\.(?:css|js))"', html):
        path = (page.parent / link.decode()).resolve()
        loaded[path.suffix] += size(path.read_bytes())
    total = size(html) + loaded[".css"]
    hold("HTML and CSS, bytes compressed", total, total <= PAGE_BYTES)
    hold("script, bytes compressed", loaded[".js"], loaded[".js"] <= SCRIPT_BYTES)
    sys.exit(failed)


if __name__ == "__main__":
    main()
