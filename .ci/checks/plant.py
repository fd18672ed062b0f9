#!/usr/bin/env python3
"""Plants faults, to show that the checks find them.

    plant.py alt EDITION.pdf OUT.pdf      removes the alternative text of one figure
    plant.py paragraph FOLDER             adds a paragraph to the first story below FOLDER
    plant.py orphan FOLDER STRAYS.json    begins a paragraph at a line that strays.py let pass
    plant.py order ROOT REPORT.json       swaps two paragraphs of the first story that jumps
    plant.py packages FOLDER OUT          removes the program from a copy of each package
"""
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
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


def with_orphan(folder, strays):
    """Cuts a paragraph of a story in two before a line that stands at a leg's foot."""
    others = json.loads(Path(strays).read_text("utf-8"))["others"]
    for kind, line in others:
        words = re.split(r"\W+", line.rstrip("\u00ad-"))
        # The last word may go on in the next line, and markup may stand between any two.
        form = r"\W+".join(map(re.escape, words[: len(words) - 1]))
        for story in sorted(Path(folder).rglob("*.md")):
            text = story.read_text("utf-8")
            found = re.search(form, text) if kind == "orphan" and len(words) > 3 else None
            # A paragraph of more than that line.
            if found and len(text[found.end() :].partition("\n\n")[0]) > 150:
                at = found.start()
                story.write_text(f"{text[:at].rstrip()}\n\n{text[at:]}", "utf-8")
                return
    sys.exit("there is no line to begin a paragraph with")


def out_of_order(root, report):
    """Swaps two paragraphs in the file of a story that jumps. The report names it, from ROOT on."""
    jump = json.loads(Path(report).read_text("utf-8"))["jumps"][0]
    path = Path(root) / f"{jump['story']}.md"
    blocks = path.read_text("utf-8").split("\n\n")
    blocks[3], blocks[4] = blocks[4], blocks[3]
    path.write_text("\n\n".join(blocks), "utf-8")


def without_program(folder, out):
    """Copies packages without what they are for."""
    folder, out = Path(folder), Path(out)
    out.mkdir(parents=True)
    (wheel,), (tarball,), (deb,) = (list(folder.glob(f"stonehand{end}")) for end in ("-*.whl", "-*.tar.gz", "_*.deb"))
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(out / wheel.name, "w") as new:
        for info in old.infolist():
            if not info.filename.endswith("/scripts/stonehand"):
                new.writestr(info, old.read(info))
    with tarfile.open(tarball) as old, tarfile.open(out / tarball.name, "w:gz") as new:
        # Its folder stays, so that all else can be installed.
        for member in old:
            if member.name.endswith("/bin/stonehand"):
                member.name += ".sig"
                member.size = 0
            new.addfile(member, old.extractfile(member))
    # Of npm's two, the one that is named stays.
    (main,) = folder.glob("stonehand-[0-9]*.tgz")
    (out / main.name).write_bytes(main.read_bytes())
    with tempfile.TemporaryDirectory() as root:
        subprocess.run(["dpkg-deb", "-R", deb, root], check=True)
        (Path(root) / "usr/bin/stonehand").unlink()
        command = ["dpkg-deb", "--build", "--root-owner-group", root, out / deb.name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


FAULTS = {
    "alt": without_alt,
    "paragraph": with_paragraph,
    "orphan": with_orphan,
    "order": out_of_order,
    "packages": without_program,
}

if __name__ == "__main__":
    FAULTS[sys.argv[1]](*sys.argv[2:])
