"""Archives, themes and files of marks with control sequences in every place that can contain text."""

import base64
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.stream import SIGN

EVIL = (
    f"\x1b]52;c;RVZJTA==\x07\x1b[{SIGN}m\x1b[{SIGN};{SIGN}H\x9b{SIGN}m\x1b]0;{SIGN}\x07"
    f"\x1b]8;;http://{SIGN}\x1b\\\x1bP{SIGN}\x1b\\"
    "\x07\x08\x0e\x7f\x85\u202e\u2066\u200f\u061c\u2028\u2029\ufeff\ufff9\U000e0001\U000e0041\ud800\udc9b"
)
"""A control sequence of each kind, and each character that reverses, hides or breaks a line."""


@dataclass(frozen=True, slots=True)
class Item:
    """The texts from which one article and one mark are made."""

    name: str
    title: str
    folder: str
    note: str


def file_name(text: str, ending: str) -> bytes:
    """A file name with as much of a text as the system allows, in any bytes."""
    return text.encode("utf-8", "surrogatepass").replace(b"/", b"").replace(b"\0", b"")[:180] + ending.encode()


def _yaml(text: str) -> str:
    """A double-quoted YAML string, which can contain anything escaped."""
    return "".join(one if one.isalnum() and one.isascii() else f"\\U{ord(one):08x}" for one in text)


def write_archive(root: Path, items: Sequence[Item]) -> None:
    """Write an article in a folder for each item.

    Every third has no front matter, so that its file name is its title.
    """
    for number, item in enumerate(items):
        folder = os.path.join(os.fsencode(root), b"f" + file_name(item.folder, ""))  # noqa: PTH118 - bytes
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        path = os.path.join(folder, f"{number}".encode() + file_name(item.name, ".md"))  # noqa: PTH118
        written = (
            f'\n---\ntitle: "t{_yaml(item.title)}"\nauthor: "a{_yaml(item.name)}"\n'
            f'categories:\n - "c{_yaml(item.folder)}"\n'
            f'tags:\n - "{_yaml(item.note)}"\nlink: "https://example.org/{_yaml(item.name)}"\ndate: 2021-01-01\n---\n'
        )
        body = f"<h2>{item.title}</h2><p>{item.note} {item.name} <a href='https://e.org/{item.note}'>l</a></p>"
        with open(path, "wb") as file:  # noqa: PTH123 - the name is bytes
            file.write(((written if number % 3 else "") + body).encode("utf-8", "surrogatepass"))


def write_marks(path: Path, items: Sequence[Item]) -> None:
    """Write a file of marks of nonexistent articles: for each item a highlight, bookmark, tag, search and section."""
    articles = [_article_record(number, item) for number, item in enumerate(items)]
    searches = [{"name": _sound(f"s{item.title}")[:60], "query": "a", "created": _MOMENT} for item in items[:40]]
    file = {
        "format": "archive-reader marks",
        "version": 1,
        "articles": articles,
        "searches": searches,
        "days": [],
        "state": {},
    }
    path.write_text(json.dumps(file), encoding="utf-8")


_MOMENT = "2024-01-01T00:00:00+00:00"


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _article_record(number: int, item: Item) -> dict[str, object]:
    return {
        "id": f"gone{number}",
        "path": "",
        "path_bytes": base64.b64encode(b"/gone/" + file_name(item.name, ".md")).decode(),
        "title": _sound(f"m{item.title}"),
        "starred": _MOMENT,
        "opened": _MOMENT,
        "tags": [{"name": _sound(f"t{item.note}")[:40], "added": _MOMENT}],
        "sections": [{"title": _sound(item.title), "number": 0, "progress": 0.5}],
        "bookmarks": [
            {
                "uid": f"b{number}",
                "place": [0, 0],
                "name": _sound(f"b{item.name}"),
                "letter": "",
                "section": _sound(item.title),
                "quotation": _sound(f"q{item.note}"),
                "created": _MOMENT,
                "changed": _MOMENT,
            }
        ],
        "highlights": [
            {
                "uid": f"h{number}",
                "start": [0, 0],
                "end": [0, 1],
                "quotation": _sound(f"q{item.name}"),
                "before": _sound(item.note),
                "after": _sound(item.title),
                "colour": 1,
                "note": _sound(f"n{item.note}"),
                "section": _sound(item.folder),
                "created": _MOMENT,
                "changed": _MOMENT,
            }
        ],
    }


def write_themes(folder: Path, items: Sequence[Item], pattern: Path) -> None:
    """Write themes like a valid one with any title, and invalid ones with any name."""
    folder.mkdir(parents=True, exist_ok=True)
    sound = [line for line in pattern.read_text("utf-8").splitlines() if not line.startswith(("title", " "))]
    for number, item in enumerate(items):
        title = f'title: "T{_yaml(item.title)}"'
        (folder / f"own-{number}.yaml").write_text("\n".join([title, *sound]) + "\n", "utf-8")
        with open(os.path.join(os.fsencode(folder), b"z" + file_name(item.name, ".yaml")), "wb") as file:  # noqa: PTH118, PTH123
            file.write(b"paper: " + file_name(item.note, "") + b"\n")
