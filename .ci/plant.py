#!/usr/bin/env python3
"""Plants faults, to show that the checks find them.

    plant.py alt EDITION.pdf OUT.pdf        takes the alternative text from one figure
    plant.py paragraph FOLDER               adds a paragraph to the first story below FOLDER
"""
import sys
from pathlib import Path

PARAGRAPH = "Zwölfhundert quixotic jackdaws vexed the ombudsman of Fjordwick by publishing a gazette."


def without_alt(source, target):
    """Saves a copy of a PDF whose first figure has no alternative text."""
    import pymupdf

    document = pymupdf.open(source)
    for xref in range(1, document.xref_length()):
        if document.xref_get_key(xref, "S") != ("name", "/Figure"):
            continue
        if document.xref_get_key(xref, "Alt")[0] != "null":
            document.xref_set_key(xref, "Alt", "null")
            document.save(target)
            return
    sys.exit("there is no figure with an alternative text")


def with_paragraph(folder):
    """Appends a paragraph that no page holds."""
    story = sorted(Path(folder).rglob("*.md"))[0]
    with story.open("a", encoding="utf-8") as file:
        file.write(f"\n\n{PARAGRAPH}\n")


if __name__ == "__main__":
    if sys.argv[1] == "alt":
        without_alt(sys.argv[2], sys.argv[3])
    else:
        with_paragraph(sys.argv[2])
