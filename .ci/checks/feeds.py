#!/usr/bin/env python3
"""Checks the files of a site that machines read: feeds.py SITE

These are RSS 2.0, Atom (RFC 4287), JSON Feed 1.1, sitemaps 0.9 with Google's extension for news,
and the stories' JSON-LD. Each must have the fields that its readers need, and every page and
picture of the site that is named must exist. It prints what is wrong; the exit code is 1 if
anything is.
"""
import email.utils
import json
import pathlib
import re
import sys
import urllib.parse
import xml.etree.ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
DAY = re.compile(r"\d{4}-\d\d-\d\d$")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")


class Site:
    def __init__(self, root):
        self.root = root
        self.wrong = []
        self.base = json.loads((root / "feed.json").read_text("utf-8"))["home_page_url"]

    def say(self, where, what):
        self.wrong.append(f"{where}: {what}")

    def text(self, where, element, name, form=None):
        """The text of a child that has to be there, once."""
        found = element.findall(name)
        value = (found[0].text or "").strip() if len(found) == 1 else ""
        if not value or (form and not form(value)):
            self.say(where, f"{name} is {[one.text for one in found]}")
        return value

    def address(self, where, url):
        """A whole address; one of the site leads to a file."""
        if not isinstance(url, str) or not re.match(r"https?://\S+$", url):
            self.say(where, f"{url!r} is no whole address")
        elif url.startswith(self.base):
            path = self.root / urllib.parse.unquote(url[len(self.base):].split("#")[0])
            if not (path / "index.html" if path.is_dir() else path).is_file():
                self.say(where, f"{url} leads nowhere")


def is_mail_date(value):
    try:
        return email.utils.parsedate_to_datetime(value).tzinfo is not None
    except ValueError:
        return False


def is_time(value):
    return bool(TIME.match(value))


def unique(site, where, ids):
    if len(set(ids)) < len(ids):
        site.say(where, "two entries have the same id")


def rss(site, path, where):
    root = ET.parse(path).getroot()
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return site.say(where, "is no RSS 2.0")
    for name in ("title", "description"):
        site.text(where, channel, name)
    site.address(where, site.text(where, channel, "link"))
    ids = []
    for item in channel.findall("item"):
        site.text(where, item, "title")
        site.address(where, site.text(where, item, "link"))
        ids.append(site.text(where, item, "guid"))
        site.text(where, item, "pubDate", is_mail_date)
    unique(site, where, ids)
    return len(ids)


def atom(site, path, where):
    root = ET.parse(path).getroot()
    if root.tag != ATOM + "feed":
        return site.say(where, "is no Atom")
    own = [link.get("href") for link in root.findall(ATOM + "link") if link.get("rel") == "self"]
    if len(own) != 1:
        site.say(where, f"has {len(own)} links to itself")
    ids = []
    named = root.find(ATOM + "author") is not None
    for entry in [root, *root.findall(ATOM + "entry")]:
        site.text(where, entry, ATOM + "title")
        ids.append(site.text(where, entry, ATOM + "id"))
        site.text(where, entry, ATOM + "updated", is_time)
        for author in entry.findall(ATOM + "author"):
            site.text(where, author, ATOM + "name")
        if not named and entry.find(ATOM + "author") is None:
            site.say(where, "an entry has no author")
        for link in entry.findall(ATOM + "link"):
            site.address(where, link.get("href"))
    unique(site, where, ids[1:])
    return len(ids) - 1


def json_feed(site, path, where):
    feed = json.loads(path.read_text("utf-8"))
    if feed.get("version") not in ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"):
        return site.say(where, "is no JSON Feed")
    if not feed.get("title"):
        site.say(where, "has no title")
    site.address(where, feed["feed_url"])
    for item in feed["items"]:
        if not isinstance(item.get("id"), str) or not (item.get("content_text") or item.get("content_html")):
            site.say(where, f"{item.get('id')}: an item needs an id and content")
        if not is_time(item.get("date_published", "")):
            site.say(where, f"{item['id']}: published {item.get('date_published')}")
        for name in ("url", "image"):
            if name in item:
                site.address(where, item[name])
    unique(site, where, [item["id"] for item in feed["items"]])
    return len(feed["items"])


def sitemap(site, path, where):
    root = ET.parse(path).getroot()
    if root.tag == MAP + "sitemapindex":
        entries = root.findall(MAP + "sitemap")
    elif root.tag == MAP + "urlset":
        entries = root.findall(MAP + "url")
    else:
        return site.say(where, "is no sitemap")
    for entry in entries:
        site.address(where, site.text(where, entry, MAP + "loc"))
        day = entry.find(MAP + "lastmod")
        if day is not None and not (DAY.match(day.text) or is_time(day.text)):
            site.say(where, f"lastmod {day.text}")
        for news in entry.findall(NEWS + "news"):
            site.text(where, news, NEWS + "title")
            site.text(where, news, NEWS + "publication_date", lambda v: DAY.match(v) or is_time(v))
            publication = news.find(NEWS + "publication")
            site.text(where, publication, NEWS + "name")
            site.text(where, publication, NEWS + "language")
    return len(entries)


def linked_data(site, path, where):
    found = 0
    html = path.read_text("utf-8")
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
        data = json.loads(block)
        if data["@context"] != "https://schema.org":
            site.say(where, f"@context {data['@context']}")
        if data["@type"] != "NewsArticle":
            continue
        found += 1
        for name in ("headline", "datePublished", "dateModified", "publisher", "url", "mainEntityOfPage", "inLanguage"):
            if not data.get(name):
                site.say(where, f"JSON-LD has no {name}")
        for name in ("datePublished", "dateModified"):
            if not (DAY.match(data[name]) or is_time(data[name])):
                site.say(where, f"JSON-LD {name} {data[name]}")
        images = data.get("image", [])
        # A graphic is never cropped: one picture, where a photograph has three.
        if len(images) not in (0, 1, 3):
            site.say(where, f"JSON-LD has {len(images)} pictures, not those in 1:1, 4:3 and 16:9")
        for address in [data["url"], *images]:
            site.address(where, address)
        for author in data.get("author", []):
            if author.get("@type") not in ("Person", "Organization") or not author.get("name"):
                site.say(where, f"JSON-LD author {author}")
    return found


def main():
    site = Site(pathlib.Path(sys.argv[1]))
    counts = {}
    kinds = [("RSS", "feed.xml", rss), ("Atom", "atom.xml", atom), ("JSON Feed", "feed.json", json_feed),
             ("sitemap", "*sitemap*.xml", sitemap), ("JSON-LD", "*.html", linked_data)]
    for name, pattern, check in kinds:
        for path in sorted(site.root.rglob(pattern)):
            files, entries = counts.get(name, (0, 0))
            counts[name] = (files + 1, entries + (check(site, path, path.relative_to(site.root)) or 0))
    for name, _, _ in kinds:
        if counts.get(name, (0, 0))[1] == 0:
            site.say("site", f"there is no {name}")
    for path in site.root.rglob("*.svg"):
        ET.parse(path)
    for name, (files, entries) in counts.items():
        print(f"{name}: {entries} entries in {files} files")
    for one in site.wrong:
        print("FAIL", one)
    return 1 if site.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
