#!/usr/bin/env python3
"""Measures how the time of the make-up grows with the number of stories.

    growth.py OUT [--each N] [--figures FILE]

It writes docs/growth.md and docs/growth.svg. OUT is the folder that draw.py made. Of each size the
first N editions (3, one of each format) are measured with `cargo bench --profile dev -- --make-up`,
which prints the median of nine runs. The machine should do nothing else meanwhile. With --figures,
the page is made from a file that an earlier run wrote (OUT/growth.tsv), and nothing is measured.
"""
import argparse
import math
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# A curve with an exponent up to this is called near-linear.
NEAR = 1.15
WIDTH, HEIGHT, LEFT, FOOT, TOP, RIGHT = 640, 400, 70, 340, 30, 610


def measured(out, each):
    """Edition, format, stories, pages, milliseconds: a row an edition."""
    of, seen = {}, {}
    for line in (out / "editions.tsv").read_text("utf-8").splitlines()[1:]:
        number, size, form = line.split("\t")[:3]
        seen[size] = seen.get(size, 0) + 1
        if seen[size] <= each:
            of[str(out / f"{int(number):02}")] = (number, form)
    command = ["cargo", "bench", "--profile", "dev", "--bench", "press", "--", "--make-up", *of]
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = []
    for line in said.splitlines():
        folder, *figures = line.split("\t")
        if folder in of:
            stories, pages, time = figures
            rows.append((*of[folder], int(stories), int(pages), float(time)))
    return rows


def fit(rows):
    """The exponent and the factor of time = factor × stories ^ exponent: least squares of logarithms.
    An edition of one story is nothing but what every edition costs, and is left out."""
    points = [(math.log(stories), math.log(time)) for _, _, stories, _, time in rows if stories > 1]
    x, y = (statistics.mean(axis) for axis in zip(*points))
    exponent = sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
    return exponent, math.exp(y - exponent * x)


def svg(rows, exponent, factor):
    """The points, the fitted curve and a straight one through its middle, both axes logarithmic."""
    most = 10 ** math.ceil(math.log10(max(row[4] for row in rows)))
    least = 10 ** math.floor(math.log10(min(row[4] for row in rows)))
    wide = math.log(200)

    def x(stories):
        return LEFT + (RIGHT - LEFT) * math.log(stories) / wide

    def y(time):
        return FOOT - (FOOT - TOP) * math.log(time / least) / math.log(most / least)

    def line(a, b, style):
        return f'<line x1="{x(a[0]):.1f}" y1="{y(a[1]):.1f}" x2="{x(b[0]):.1f}" y2="{y(b[1]):.1f}" {style}/>'

    def text(at, words, anchor="middle"):
        return f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{anchor}">{words}</text>'

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
           "<title>Time of the make-up by the number of stories</title>",
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    time = least
    while time <= most:
        out.append(line((1, time), (200, time), 'stroke="#ddd"'))
        out.append(text((LEFT - 8, y(time) + 4), f"{time:g} ms", "end"))
        time *= 10
    labelled = 0
    for size in sorted({row[2] for row in rows}):
        # Where a story was left out of an edition, two sizes stand as good as in one place.
        if size > 1.05 * labelled:
            out.append(text((x(size), FOOT + 18), size))
            labelled = size
    first, last = min(row[2] for row in rows if row[2] > 1), max(row[2] for row in rows)
    middle = math.sqrt(first * last)
    straight = factor * middle ** exponent / middle
    out.append(line((first, max(least, straight * first)), (last, min(most, straight * last)),
                    'stroke="#999" stroke-dasharray="4 4"'))
    out.append(line((first, factor * first ** exponent), (last, factor * last ** exponent), 'stroke="#a3161d" stroke-width="2"'))
    colours = {"broadsheet": "#1b4f72", "tabloid": "#a3161d", "a4": "#1e8449"}
    for _, form, stories, _, time in rows:
        out.append(f'<circle cx="{x(stories):.1f}" cy="{y(time):.1f}" r="4" fill="{colours[form]}" fill-opacity="0.8"/>')
    for k, (form, colour) in enumerate(colours.items()):
        out.append(f'<circle cx="{LEFT + 20}" cy="{TOP + 10 + 18 * k}" r="4" fill="{colour}"/>')
        out.append(text((LEFT + 30, TOP + 14 + 18 * k), form, "start"))
    out.append(text(((LEFT + RIGHT) / 2, HEIGHT - 12), "stories"))
    return "\n".join(out + ["</svg>", ""])


def page(rows, exponent, factor):
    near = exponent <= NEAR
    verdict = "near-linear: twice the stories take" if near else "not linear: twice the stories take"
    sizes = sorted({row[2] for row in rows})
    table = ["| stories | pages | make-up, median | per story |", "|---|---|---|---|"]
    # A broken story may be left out, so that sizes of one draw differ by one or two.
    groups, medians = [], []
    for size in sizes:
        if groups and size - groups[-1][-1] <= 0.05 * size:
            groups[-1].append(size)
        else:
            groups.append([size])
    for group in groups:
        of = [row for row in rows if row[2] in group]
        time = statistics.median(row[4] for row in of)
        stories = statistics.median(row[2] for row in of)
        few, many = min(row[3] for row in of), max(row[3] for row in of)
        pages = f"{few}–{many}" if few < many else few
        table.append(f"| {round(stories)} | {pages} | {time:.1f} ms | {time / stories:.2f} ms |")
        medians.append((stories, time))
    (few, short), (many, long) = medians[len(medians) // 2], medians[-1]
    upper = (f"From {round(few)} to {round(many)} stories, the stories are {many / few:.1f} times as many and the make-up takes"
             f" {long / short:.1f} times as long. Smaller editions give the make-up less to choose from.")
    return f"""# How the make-up grows

This page shows how the time of the make-up grows with the number of stories. It uses the drawn editions of [sixty.md](sixty.md), for each number of stories one each of broadsheet, tabloid and A4 pages. The times are medians of nine runs of `cargo bench --profile dev -- --make-up` on two cores.

![Time by stories, both axes logarithmic](growth.svg)

The curve that fits the editions of more than one story is {factor:.2f} ms × stories ^ {exponent:.2f}, so the make-up is {verdict} {2 ** exponent:.2f} times as long. The dashed line shows exact proportion. {upper}

{chr(10).join(table)}

`python3 .ci/measure/growth.py OUT` measures the times again and writes this page. OUT is the folder that `.ci/measure/draw.py` made.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--figures", type=Path)
    args = parser.parse_args()
    if args.figures:
        lines = args.figures.read_text("utf-8").splitlines()
        rows = [(n, form, int(s), int(p), float(t)) for n, form, s, p, t in (line.split("\t") for line in lines)]
    else:
        rows = measured(args.out, args.each)
        (args.out / "growth.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), "utf-8")
    if len({row[2] for row in rows} - {1}) < 2:
        sys.exit("a curve needs editions of two sizes at least")
    exponent, factor = fit(rows)
    (ROOT / "docs/growth.svg").write_text(svg(rows, exponent, factor), "utf-8")
    (ROOT / "docs/growth.md").write_text(page(rows, exponent, factor), "utf-8")
    print(f"{factor:.2f} ms × stories ^ {exponent:.2f}")


if __name__ == "__main__":
    main()
