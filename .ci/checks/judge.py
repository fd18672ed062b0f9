#!/usr/bin/env python3
"""Compares the measures of an edition's pages with their bounds.

    judge.py FIGURES.json PLAN.json STRAYS.json [--missing SHARE] [--hole CM2]

FIGURES.json is what `pagecheck.py --json` wrote. PLAN.json is the edition's plan.json, which says
where the masthead ends. STRAYS.json is what strays.py wrote: which of the widows and orphans that
pagecheck counts are true. Each figure is printed with its bound. The exit code is 1 if one is out
of its bound.
"""
import argparse
import json
import re
import sys

MM = 72 / 25.4


def largest_hole(figures, notes, plan):
    """The largest hole in cm² that is neither on the last page nor in the masthead.

    Of a hole on the front page only the part below the masthead counts. The holes that
    pagecheck names are the five largest, one a page at most, so two exempt ones leave three.
    """
    grid, front = plan["grid"], plan["pages"][0]
    masthead = (grid["top"] + front["top"] * grid["row"]) / MM
    form = r"hole on page (\d+): (\d+) x (\d+) mm at \((\d+), (\d+)\) mm"
    largest = 0.0
    for note in notes:
        found = re.match(form, note)
        if not found:
            continue
        page, width, height, _, top = map(int, found.groups())
        if page == figures["pages"] and page > 1:
            continue
        if page == 1:
            height = min(height, max(0, top + height - masthead))
        largest = max(largest, width * height / 100)
    return round(largest, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures")
    parser.add_argument("plan")
    parser.add_argument("strays")
    parser.add_argument("--missing", type=float, default=0.0, help="share of the letters, 0 to 1")
    parser.add_argument("--hole", type=float, default=40, help="in square centimetres")
    args = parser.parse_args()
    with open(args.figures, encoding="utf-8") as file:
        measured = json.load(file)
    with open(args.plan, encoding="utf-8") as file:
        plan = json.load(file)
    with open(args.strays, encoding="utf-8") as file:
        strays = json.load(file)
    f, notes = measured["figures"], measured["notes"]
    letters = f["story_chars"]

    def at_most(most):
        return f"at most {most}", lambda value: value is not None and value <= most

    def at_least(least):
        return f"at least {least}", lambda value: value is not None and value >= least

    def set_():
        return "set", bool

    bounds = [
        ("stories", f["stories"], at_least(1)),
        ("missing_chars", f["missing_chars"], at_most(int(letters * args.missing))),
        ("overlaps", f["overlaps"], at_most(0)),
        ("outside", f["outside"], at_most(0)),
        ("grid_share", f["grid_share"], at_least(0.995)),
        ("short_legs", f["short_legs"], at_most(0)),
        ("widows (true)", strays["widows"], at_most(0)),
        ("orphans (true)", strays["orphans"], at_most(0)),
        ("min_type_pt", f["min_type_pt"], at_least(7.5)),
        ("tagged", f["tagged"], set_()),
        ("lang", f["lang"], set_()),
        ("title", f["title"], set_()),
        ("figures_without_alt", f["figures_without_alt"], at_most(0)),
        ("fonts_not_embedded", f["fonts_not_embedded"], at_most(0)),
        ("white_share (median)", f["white_share"], at_most(0.19)),
        ("white_share_worst_page", f["white_share_worst_page"], at_most(0.23)),
        ("largest_hole_cm2", largest_hole(f, notes, plan), at_most(args.hole)),
    ]
    failed = 0
    for name, value, (bound, holds) in bounds:
        verdict = "PASS" if holds(value) else "FAIL"
        failed += verdict == "FAIL"
        print(f"  {verdict}  {name:<24} {str(value):<44} {bound}")
    print("  without a bound:")
    for name in ("pages", "white_share_pages", "legs", "ladders", "wordspace_p95", "loose_lines",
                 "tombstones", "image_dpi_min", "image_dpi_max", "bookmarks"):
        print(f"        {name:<24} {f.get(name)}")
    for note in notes:
        print(f"        {note}")
    print(f"  {len(bounds) - failed} within their bounds, {failed} not")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
