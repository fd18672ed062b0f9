#!/usr/bin/env python3
"""Draws sixty editions from real stories and photographs. Every run draws the same ones.

    draw.py CORPUS OUT [NUMBER]…

CORPUS has the folders archive-en, daily-en and photos, each with its MANIFEST.tsv. There are ten
editions each of 1, 5, 15, 40, 80 and 150 stories, on broadsheet, tabloid and A4 pages in turn. A
story has up to two pictures and a priority from 1 to 9; its body is as it was written. Each paper
has fillers of several sizes, which are plain grey boxes. If numbers are given, only those editions
are made.
"""
import csv
import json
import random
import re
import struct
import sys
import zlib
from pathlib import Path

SIZES = [1, 5, 15, 40, 80, 150]
FORMATS = ["broadsheet", "tabloid", "a4"]
COLUMNS = {"broadsheet": 6, "tabloid": 5, "a4": 3}
WIDTHS = {"broadsheet": 54, "tabloid": 48, "a4": 58}
SECTIONS = ["News", "Town and Country", "Business", "Sport", "Culture"]
DATE = "2026-11-24"


def manifest(folder):
    with open(folder / "MANIFEST.tsv", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def stories(corpus):
    """The stories of both sets that are neither scraps nor books: path, title, words."""
    out = []
    for name in ("archive-en", "daily-en"):
        for row in manifest(corpus / name):
            path = corpus / name / row["path"]
            if path.suffix == ".md" and row.get("title") and 40 <= int(row["words"] or 0) <= 6000:
                out.append((path, row["title"], int(row["words"])))
    return out


def pictures(corpus):
    """Photographs that decode, of a size that a page can use. Pictures of screens are white inside."""
    out = []
    for row in manifest(corpus / "photos"):
        if row["pillow"] == "decodes" and row["format"] == "JPEG" and int(row["width"]) >= 700:
            out.append(corpus / "photos" / row["file"])
    daily = corpus / "daily-en"
    with open(daily / "IMAGE-REFS.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            path = daily / row["file in this set"]
            if row["status"] == "ok" and path not in out and path.suffix.lower() in (".jpg", ".jpeg"):
                if not re.search("screen|tweet|map|chart|poster|homepage|note|page|hackathon", path.name):
                    out.append(path)
    return out


def body(path):
    text = path.read_text("utf-8", "replace").lstrip("\ufeff").replace("\r\n", "\n")
    found = re.match(r"---\s*\n.*?\n(---|\.\.\.)\s*(\n|$)", text, re.S)
    return text[found.end():] if found else text


def grey_box(width, height):
    """A PNG of a grey box in a darker frame."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    edge, inner = bytes([0] + [120] * width), bytes([0] + [120] * 3 + [200] * (width - 6) + [120] * 3)
    rows = edge * 3 + inner * (height - 6) + edge * 3
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def fillers(form, folder, words):
    """Lines of paper.yaml: strips and boxes, more of them the longer the paper."""
    columns, width = COLUMNS[form], WIDTHS[form]
    (folder / "fillers").mkdir(exist_ok=True)
    lines = ["fillers:"]
    copies = 1 + words // 12000
    for span, height in [(columns, 90), (columns, 60), (columns, 40), (columns, 25), (columns, 16), (columns, 10),
                         (2, 90), (2, 60), (1, 60), (1, 40)]:
        name = f"{span}x{height}.png"
        size = span * width + (span - 1) * 5
        (folder / "fillers" / name).write_bytes(grey_box(size * 8, height * 8))
        one = f"  - {{src: fillers/{name}, alt: One of the paper's own, columns: {span}, height: {height}}}"
        lines += [one] * (copies * (2 if span == columns else 1))
    return lines


def make(number, all_stories, all_pictures, out):
    dice = random.Random(f"edition {number}")
    size, form = SIZES[(number - 1) // 10], FORMATS[(number - 1) % 3]
    folder = out / f"{number:02}"
    content = folder / "content" / DATE
    content.mkdir(parents=True, exist_ok=True)
    sections = SECTIONS[: max(1, min(5, size // 8))]
    paper = ["name: The Sixty", f"format: {form}", "place: Anywhere", "sections:"]
    paper += [f"  - {section}" for section in sections]
    words = shown = 0
    for place, (path, title, count) in enumerate(dice.sample(all_stories, size)):
        front = {
            "headline": title,
            "section": dice.choice(sections),
            "priority": min(9, max(1, round(dice.gauss(5.5, 1.8)))),
            "date": DATE,
        }
        chosen = dice.sample(all_pictures, dice.choice([0, 0, 1, 1, 1, 2]))
        if chosen:
            front["images"] = []
        for picture in chosen:
            copy = folder / "pictures" / f"{picture.parent.name}-{picture.name}"
            copy.parent.mkdir(exist_ok=True)
            if not copy.exists():
                copy.write_bytes(picture.read_bytes())
            caption = f"A photograph that goes with the story, number {place + 1}."
            about = {"src": f"/pictures/{copy.name}", "alt": "A photograph", "caption": caption}
            front["images"].append(about)
        # JSON is YAML, and needs no rules for quoting.
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
        text = "---\n" + "\n".join(lines) + "\n---\n" + body(path)
        (content / f"{place + 1:03}.md").write_text(text, "utf-8")
        words += count
        shown += len(chosen)
    paper += fillers(form, folder, words)
    (folder / "paper.yaml").write_text("\n".join(paper) + "\n", "utf-8")
    return f"{number}\t{size}\t{form}\t{shown}\t{words}"


def main():
    corpus, out = Path(sys.argv[1]), Path(sys.argv[2])
    wanted = [int(number) for number in sys.argv[3:]] or range(1, 61)
    all_stories, all_pictures = stories(corpus), pictures(corpus)
    out.mkdir(parents=True, exist_ok=True)
    lines = [make(number, all_stories, all_pictures, out) for number in wanted]
    head = "number\tstories\tformat\tpictures\twords"
    (out / "editions.tsv").write_text("\n".join([head, *lines]) + "\n", "utf-8")
    print(f"{len(lines)} editions from {len(all_stories)} stories and {len(all_pictures)} pictures")


if __name__ == "__main__":
    main()
