"""Drafts of every kind of blog and export are articles with the tag “draft”; what was published has no such tag."""

import json
from pathlib import Path

import pytest

from tests.archive.bundles.making import found

WXR = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Harbour</title>'
    "<item><title>one</title><content:encoded>One lamp.</content:encoded><wp:status>draft</wp:status></item>"
    "<item><title>two</title><content:encoded>Two lamps.</content:encoded><wp:status>publish</wp:status></item>"
    "</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app"><title>Harbour</title><id>x</id>'
    "<entry><id>1</id><title>one</title><app:control><app:draft>yes</app:draft></app:control>"
    '<content type="text">One lamp.</content></entry>'
    '<entry><id>2</id><title>two</title><content type="text">Two lamps.</content></entry></feed>'
)
TAKEOUT = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">'
    "<title>Harbour</title><id>x</id><entry><id>1</id><title>one</title><blogger:status>DRAFT</blogger:status>"
    '<content type="text">One lamp.</content></entry><entry><id>2</id><title>two</title>'
    '<blogger:status>LIVE</blogger:status><content type="text">Two lamps.</content></entry></feed>'
)
MOVABLE_TYPE = "".join(
    f"AUTHOR: me\nTITLE: {title}\nSTATUS: {status}\nDATE: 01/0{day}/2020\n-----\nBODY:\nLamp.\n-----\n--------\n"
    for day, title, status in ((1, "one", "Draft"), (2, "two", "Publish"))
)
_POSTS = [
    {
        "id": name,
        "slug": name,
        "title": name,
        "html": f"<p>{name}</p>",
        "lexical": None,
        "published_at": None,
        "status": status,
    }
    for name, status in (("one", "draft"), ("two", "published"))
]
GHOST = json.dumps({"db": [{"meta": {"version": "5.0"}, "data": {"posts": _POSTS}}]})


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("---\ndraft: true\ntags: [sea]\n---\n", ("sea", "draft")),
        ("---\ndraft: yes\n---\n", ("draft",)),
        ("---\ndraft: false\npublished: 2021-01-02\nstatus: done\n---\n", ()),
        ("---\npublished: false\n---\n", ("draft",)),
        ("---\npublished: 0\n---\n", ("draft",)),
        ("---\nstatus: Draft\ntags: [Draft]\n---\n", ("Draft",)),
        ("---\nstatus: publish\n---\n", ()),
        ("+++\ndraft = true\n+++\n", ("draft",)),
        ('{"draft": true, "title": "x"}\n', ("draft",)),
        ('{"published": false, "title": "x"}\n', ("draft",)),
    ],
)
def test_a_header_declares_a_draft(tmp_path: Path, header: str, tags: tuple[str, ...]) -> None:
    path = tmp_path / "post.md"
    path.write_text(f"{header}\nA lamp at the harbour.\n", "utf-8")
    (article,) = found(path)
    assert tuple(article.tags) == tags


@pytest.mark.parametrize(
    ("place", "tags"),
    [
        ("_drafts/post.md", ("draft",)),
        ("source/_drafts/post.md", ("draft",)),
        ("_posts/2021-01-02-post.md", ()),
        ("posts/draft_A-lamp-1a2b3c4d5e6f.html", ("draft",)),
        ("posts/draft_horses.html", ()),
        ("posts/draft_of-a-lamp.html", ()),
        ("posts/draft_.md", ()),
    ],
)
def test_a_place_declares_a_draft(tmp_path: Path, place: str, tags: tuple[str, ...]) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text("<p>A lamp at the harbour.</p>\n", "utf-8")
    (article,) = found(tmp_path)
    assert tuple(article.tags) == tags


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.xml", WXR), ("a.xml", ATOM), ("a.atom", TAKEOUT), ("blog.export.txt", MOVABLE_TYPE), ("a.json", GHOST)],
    ids=["WordPress", "Atom", "Blogger", "Movable Type", "Ghost"],
)
def test_an_export_declares_drafts(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert {article.title: tuple(article.tags) for article in found(path)} == {"one": ("draft",), "two": ()}
