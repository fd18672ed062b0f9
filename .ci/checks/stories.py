#!/usr/bin/env python3
"""Copies the stories of a folder that the program must print, for checkers that read Markdown.

    stories.py FROM TO

It does not ask the program which stories these are. It takes every .md file except SOURCES.md,
drafts, stories under embargo, and stories that have expired. It removes the mark `[!pull]` from the
copies, because that is not printed.
"""
import datetime
import re
import sys
from pathlib import Path


def is_printed(text):
    """Whether a story is for print, by its front matter alone."""
    found = re.match(r"\ufeff?---\s*\n(.*?)\n---\s*(\n|$)", text, re.S)
    front = found.group(1) if found else ""
    if re.search(r"^(draft:\s*true|status:\s*draft|published:\s*false)\s*$", front, re.M):
        return False
    expires = re.search(r"^expirydate:\s*[\"']?(\d{4}-\d{2}-\d{2})", front, re.M | re.I)
    if expires and datetime.date.fromisoformat(expires.group(1)) <= datetime.date.today():
        return False
    embargo = re.search(r"^embargo:\s*[\"']?(\d{4}-\d{2}-\d{2})", front, re.M)
    return not embargo or datetime.date.fromisoformat(embargo.group(1)) <= datetime.date.today()


def main():
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    copied = 0
    for path in sorted(source.rglob("*.md")):
        text = path.read_text("utf-8", "replace")
        if path.name == "SOURCES.md" or not is_printed(text):
            continue
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text.replace("[!pull]", ""), "utf-8")
        copied += 1
    print(f"{copied} stories")
    sys.exit(0 if copied else 1)


if __name__ == "__main__":
    main()
