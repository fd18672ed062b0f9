#!/usr/bin/env python3
"""Checks that stories that jump are whole and in order in a PDF's structure tree.

    threads.py STRUCTURE.txt REPORT.json ROOT

STRUCTURE.txt is the output of `pdfinfo -enc UTF-8 -struct-text` for the PDF. REPORT.json names the
stories that jump; their files are ROOT/<story>.md. The structure tree must have the paragraphs of
each of them in their order, with little between one and the next. The exit code is 1 if a paragraph
is missing, out of order, or too far from the one before it.
"""
import itertools
import json
import re
import sys
import unicodedata
from pathlib import Path

# What may stand between two paragraphs in the tree, in letters: a picture's caption, a quote.
BETWEEN = 600
# What pdfinfo may leave out after a hyphen, in letters: at most the rest of a line.
LINE = 60


def squash(text):
    """Letters and digits alone, so that hyphens and spacing do not count."""
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text.casefold() if unicodedata.category(c)[0] in "LN")


def structure(path):
    """All text in the order of the structure tree."""
    text = Path(path).read_text("utf-8", "replace")
    lines = (re.fullmatch(r'\s*"(.*)"', line) for line in text.splitlines())
    return squash("".join(line.group(1) for line in lines if line))


def paragraphs(path):
    """The paragraphs of a story's body: (text for people, letters, where hyphens stand in them)."""
    text = path.read_text("utf-8").replace("\r\n", "\n")
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    noted = 0
    for block in re.split(r"\n\s*\n", body):
        block = block.strip()
        # Quotes are lifted out, pictures are no words, tables have cells of their own.
        if not block or block.startswith((">", "![", "|", "[^", "---", "{")):
            continue
        notes = itertools.count(noted + 1)
        block, found = re.subn(r"\[\^[^\]]*\]", lambda _: str(next(notes)), block)
        noted += found
        block = re.sub(r"!\[.*?\]\(.*?\)", "", block)
        block = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", block)
        hyphens = {len(squash(block[:at])) for at, c in enumerate(block) if c == "-"}
        yield block, squash(block), hyphens


def find(stream, start, want, hyphens):
    """Where `want` begins and ends in `stream` from `start` on; none if it is not there.

    pdfinfo leaves out what follows a written hyphen on the same line ("16-seat"), where the
    PDF had to say which hyphen it is; so a gap is allowed there and nowhere else.
    """
    head = want[:24] if not any(at < 24 for at in hyphens) else want[: max(6, min(hyphens))]
    at = begin = stream.find(head, start)
    if at < 0:
        return None
    done = 0
    while done < len(want):
        if at < len(stream) and stream[at] == want[done]:
            at, done = at + 1, done + 1
            continue
        # The gap began at the last hyphen: go back to it and look for what follows the line.
        gap = max((h for h in hyphens if h <= done), default=None)
        if gap is None or done - gap > LINE:
            return None
        back = at - (done - gap)
        for skip in range(1, LINE):
            rest = want[gap + skip : gap + skip + 10]
            if len(rest) < 6:
                return begin, back
            if stream.startswith(rest, back):
                at, done = back, gap + skip
                break
        else:
            return None
        hyphens = hyphens - {gap}
    return begin, at


def main():
    tree, report, root = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    with open(report, encoding="utf-8") as file:
        jumps = json.load(file)["jumps"]
    if not jumps:
        sys.exit("no story jumps: nothing to look at")
    stream = structure(tree)
    failed = 0
    for jump in jumps:
        here, count, faults = 0, 0, []
        for text, letters, hyphens in paragraphs(root / f"{jump['story']}.md"):
            place = find(stream, here, letters, hyphens)
            if place is None:
                faults.append(f"missing or out of order: {text[:60]}…")
                continue
            if count and place[0] - here > BETWEEN:
                faults.append(f"{place[0] - here} letters stand before: {text[:60]}…")
            count, here = count + 1, place[1]
        failed += bool(faults)
        verdict = "FAIL" if faults else "PASS"
        print(f"  {verdict}  {jump['story']}, pages {jump['from']} and {jump['to']}: {count} paragraphs in order")
        for fault in faults:
            print(f"        {fault}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
