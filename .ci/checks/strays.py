#!/usr/bin/env python3
"""Tells true widows and orphans from lines that only look like them.

    strays.py PAGECHECK.py EDITION.pdf STORIES OUT.json

pagecheck sees nothing but the PDF. It counts a short line at the top of a leg as a widow, and an
indented line at its foot as an orphan. This script looks each of these lines up in the stories. A
widow is the last line of a paragraph of several lines; an orphan is the first line of one. A line
from the middle of its paragraph (lists have such lines, indented), a paragraph of one line, and an
ornament without a letter are neither. Each case is printed. OUT.json gets the numbers of true
widows and orphans, and the lines that are neither.
"""
import html
import importlib.util
import json
import re
import statistics
import sys
from pathlib import Path


def load(path):
    spec = importlib.util.spec_from_file_location("pagecheck", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(pagecheck, lines):
    """What pagecheck counts: ("widow" or "orphan", the line)."""
    size = pagecheck.body_size(lines)
    for leg in pagecheck.legs_of(lines, size):
        if len(leg) < 3:
            continue
        width = statistics.median(line.x1 - line.x0 for line in leg)
        left = min(line.x0 for line in leg)
        first, last = leg[0], leg[-1]
        if first.x1 - left < 0.6 * width and abs(first.x0 - left) < 0.3 * size:
            yield "widow", first
        if last.x0 - left > 0.5 * size and last.x1 - left > 0.9 * width:
            yield "orphan", last


def html_paragraphs(path):
    """The paragraphs that a story has as HTML, which pagecheck passes over."""
    for inside in re.findall(r"<p[\s>].*?</p>", path.read_text("utf-8", errors="replace"), re.S):
        yield html.unescape(re.sub(r"<[^>]*>", " ", inside))


def verdict(kind, text, paragraphs, stories):
    """Whether the line is what it looks like, and why."""
    if not text:
        return False, "an ornament without a letter"
    places = [(para, para.find(text)) for para in paragraphs if text in para]
    if not places:
        # What is run in stands on one line; the paragraph that it makes is held by the program's own rules.
        if any(text in whole for whole in stories):
            return False, "several pieces that are run in"
        return True, "its paragraph was not found"
    if kind == "orphan":
        begins = [para for para, at in places if at == 0 and len(para) > len(text)]
        return bool(begins), "a paragraph begins with it" if begins else "it goes on in its paragraph"
    if any(para == text for para, _ in places):
        return False, "a paragraph of one line"
    ends = any(para.endswith(text) for para, _ in places)
    return ends, "a paragraph ends with it" if ends else "it goes on in its paragraph"


def main():
    pagecheck = load(sys.argv[1])
    import pymupdf

    lines = pagecheck.read_lines(pymupdf.open(sys.argv[2]))
    stories = sorted(Path(sys.argv[3]).rglob("*.md"))
    wholes = [[pagecheck.squash(p) for p in pagecheck.story_paragraphs(path)] for path in stories]
    paragraphs = [p for whole in wholes for p in whole]
    paragraphs += [pagecheck.squash(p) for path in stories for p in html_paragraphs(path)]
    joined = ["".join(whole) for whole in wholes]
    found = {"widows": 0, "orphans": 0, "others": []}
    for kind, line in cases(pagecheck, lines):
        true, why = verdict(kind, pagecheck.squash(line.text), paragraphs, joined)
        found[kind + "s"] += true
        if not true:
            found["others"].append([kind, line.text.strip()])
        print(f"  {'TRUE' if true else 'no'}  {kind} on page {line.page + 1}: “{line.text.strip()[:40]}”: {why}")
    Path(sys.argv[4]).write_text(json.dumps(found), "utf-8")
    print(f"  {found['widows']} widows, {found['orphans']} orphans")


if __name__ == "__main__":
    main()
