"""Which article a web address opens if several declare it."""

from pathlib import Path

import pytest

from tests.linking.archives import linked

LINKS = "从这里看[一](https://example.org/harbour)与[二](https://www.example.org/)。"


def page(canonical: str, title: str, comment: str = "") -> str:
    head = f'<meta charset="utf-8"><title>{title}</title><link rel="canonical" href="{canonical}">'
    return f"<!DOCTYPE html><html><head>{comment}{head}</head><body><p>{title} 的正文在这里。</p></body></html>"


def saved_from(address: str) -> str:
    return f"<!--\n Page saved with SingleFile\n url: {address}\n saved date: Mon Jan 01 2024 10:00:00 GMT+0000\n-->"


HARBOUR = "https://example.org/harbour"
HOME = "https://example.org/"
SAVED = page(HOME, "首页", saved_from(HOME))
ERRORS = {f"m/example.org/images/{name}.png.html": page(HOME, "Not found") for name in "abcde"}


@pytest.mark.parametrize(
    ("files", "address", "expected"),
    [
        # A list of addresses declares none of them, and a source that names the page does.
        ({"list.txt": f"{HARBOUR}\nhttps://example.org/ferry\n"}, HARBOUR, ""),
        ({"list.txt": f"Source: {HARBOUR}\n\n港口的正文，很长的一段。\n"}, HARBOUR, "list.txt"),
        # A crawler writes the source of a page beside the page.
        ({"a/page.html": page(HARBOUR, "港"), "sources/z.txt": page(HARBOUR, "港口")}, HARBOUR, "a/page.html"),
        ({"sources/z.txt": page(HARBOUR, "港口")}, HARBOUR, "sources/z.txt"),
        # The folder in which more formats of the page are saved.
        (
            {
                "1/one.html": page(HARBOUR, "港"),
                "1/two.html": page(HARBOUR, "港口"),
                "2/redirected.html": page(HARBOUR, "搜索"),
            },
            HARBOUR,
            "1/",
        ),
        # A page that was saved from another address, which led to this one.
        (
            {"a.html": page(HARBOUR, "港"), "b.html": page(HARBOUR, "搜索", saved_from(f"{HARBOUR}/x"))},
            HARBOUR,
            "a.html",
        ),
        (
            {
                "1/one.html": page(HARBOUR, "港"),
                "2/one.html": page(HARBOUR, "搜索", saved_from(f"{HARBOUR}/x")),
                "2/two.html": page(HARBOUR, "搜索 2"),
            },
            HARBOUR,
            "1/one.html",
        ),
        # Error pages declare the home page of their site.
        (ERRORS, HOME, ""),
        ({**ERRORS, "home.html": SAVED}, HOME, ""),
        ({**ERRORS, "m/example.org/index.html": page(HOME, "首页")}, HOME, "m/example.org/index.html"),
        ({"home.html": SAVED}, HOME, "home.html"),
        ({"ferry.html": page(HOME, "渡", saved_from("https://example.org/ferry"))}, HOME, ""),
        (
            {"ferry.html": page(HOME, "渡", saved_from("https://example.org/ferry"))},
            "https://example.org/ferry",
            "ferry",
        ),
        # The address of a feed as the source of its entries.
        ({f"{n}.md": f"---\ntitle: 第 {n} 篇\nurl: {HARBOUR}\n---\n\n正文" for n in range(5)}, HARBOUR, ""),
        ({f"{n}.md": f"---\ntitle: 港\nurl: {HARBOUR}\n---\n\n第 {n} 日" for n in range(5)}, HARBOUR, ".md"),
    ],
)
def test_the_copy_that_an_address_opens(tmp_path: Path, files: dict[str, str], address: str, expected: str) -> None:
    with linked(tmp_path, {"from.md": LINKS, **files}) as archive:
        found = archive.follow("from.md", address)
        assert found.startswith("article ") and expected in found if expected else found == f"web {address}"
