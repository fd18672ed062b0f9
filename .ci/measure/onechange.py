#!/usr/bin/env python3
"""Measures how much of an edition's plan stays the same when one word of one story changes.

    onechange.py PROGRAM OUT [--only N,…] [--stories K]

PROGRAM is the program, OUT the folder that draw.py made. Each edition is built; then it is built
again for each of K of its stories (3), with one word in the middle of that story replaced. For each
change the script prints how many of the other pages have exactly the same entry in plan.json as
before. A page is another page if no part of the story is on it, before or after. If the story keeps
its number of lines, nothing should change. The exit code is 1 if an edition can't be built.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

DATE = "2026-11-24"
# What the word is replaced by; where it stands already, the other.
WORDS = ("nevertheless", "altogether")


def plan(program, folder, out):
    """The plan of an edition; none where it is not made."""
    command = [program, "build", "--root", folder, "--out", out, "--only", "plan", "--keep-going", "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode not in (0, 3):
        print(done.stdout.decode("utf-8", "replace")[-2000:], file=sys.stderr)
        return None
    return json.loads((out / DATE / "plan.json").read_text("utf-8"))


def changed(text):
    """The story with one word of its body replaced: of the words of five letters or more in plain
    paragraphs, the one in the middle. None where it has no such word."""
    _, front, body = text.split("---\n", 2)
    # In links, in tags and in code a word may be more than a word.
    plain = re.sub(r"```.*?```|`[^`]*`|\{\{.*?\}\}|<[^>]*>|\]\([^)]*\)|\[[^\]]*\]|https?:\S+",
                   lambda found: "\0" * len(found[0]), body, flags=re.S)
    words = list(re.finditer(r"(?<=[a-z,] )[a-z]{5,}(?= [a-z])", plain))
    if not words:
        return None
    word = words[len(words) // 2]
    new = WORDS[word[0] == WORDS[0]]
    return "---\n" + front + "---\n" + body[:word.start()] + new + body[word.end():]


def pages_of(plan, story):
    """The numbers of the pages that hold a story."""
    item = plan["stories"].index(story) if story in plan["stories"] else None
    return {page["number"] for page in plan["pages"] if any(m["item"] == item for m in page["modules"])}


def lines_of(plan, story):
    """How many lines, or pieces that are never cut, a story has."""
    item = plan["stories"].index(story)
    modules = (m for page in plan["pages"] for m in page["modules"] if m["item"] == item)
    return max((leg["end"] for m in modules for leg in m["legs"]), default=0)


def compare(before, after, story):
    """By how many lines the story has grown, how many other pages there are, how many are the same."""
    grown = lines_of(after, story) - lines_of(before, story)
    own = pages_of(before, story) | pages_of(after, story)
    one, two = ({page["number"]: page for page in plan["pages"]} for plan in (before, after))
    others = [number for number in sorted(one.keys() | two.keys()) if number not in own]
    return grown, len(others), sum(one.get(number) == two.get(number) for number in others)


def edition(program, folder, stories, work):
    """For each changed story: its name, the lines it has grown by, the other pages, the same ones.
    None where a build fails."""
    before = plan(program, folder, work / "before")
    if before is None:
        return None
    rows = []
    names = [name for name in before["stories"] if name.startswith("content/")]
    # The lead, the last, and what lies between them at like distances.
    count = min(stories, len(names))
    places = [round(k * (len(names) - 1) / max(1, count - 1)) for k in range(count)]
    for name in [names[place] for place in places]:
        copy = work / "copy"
        shutil.copytree(folder, copy, copy_function=os.link, ignore=shutil.ignore_patterns("public"))
        path = copy / f"{name}.md"
        text = changed(path.read_text("utf-8"))
        if text is not None:
            # The original hangs on the same file.
            path.unlink()
            path.write_text(text, "utf-8")
            after = plan(program, copy, work / "after")
            if after is None:
                return None
            rows.append((name, *compare(before, after, name)))
        shutil.rmtree(copy)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--stories", type=int, default=3)
    args = parser.parse_args()
    only = {int(number) for number in args.only.split(",") if number}
    shares, failed = [], 0
    print("| edition | stories | format | story changed | lines more | other pages | of them the same | share |")
    print("|---|---|---|---|---|---|---|---|")
    for line in (args.out / "editions.tsv").read_text("utf-8").splitlines()[1:]:
        number, size, form = line.split("\t")[:3]
        if only and int(number) not in only:
            continue
        with tempfile.TemporaryDirectory(dir=args.out) as work:
            rows = edition(args.program, args.out / f"{int(number):02}", args.stories, Path(work))
        if rows is None:
            failed += 1
            print(f"{number}: not built")
            continue
        for name, grown, others, same in rows:
            share = same / others if others else None
            if share is not None:
                shares.append((share, grown))
            shown = "–" if share is None else f"{share:.2f}"
            print(f"| {number} | {size} | {form} | {Path(name).name} | {grown} | {others} | {same} | {shown} |", flush=True)
    for what, some in [("all changes", [share for share, _ in shares]),
                       ("those that changed the number of lines", [share for share, grown in shares if grown])]:
        if some:
            whole = sum(share == 1 for share in some)
            print(f"{what} {len(some)}: share of the other pages that stayed, mean {statistics.mean(some):.3f}, "
                  f"median {statistics.median(some):.3f}, least {min(some):.2f}; all of them after {whole}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
