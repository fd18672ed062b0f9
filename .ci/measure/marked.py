"""Writes figures into a page of the documentation, between two comments that mark their place."""


def put(page, name, lines):
    """Replaces what stands between `<!-- NAME -->` and `<!-- end of NAME -->`."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, rest = page.read_text("utf-8").split(begin)
    _, after = rest.split(end)
    page.write_text("\n".join([before + begin, *lines, "", end + after]), "utf-8")
