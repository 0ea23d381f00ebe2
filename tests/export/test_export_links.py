"""The links of exported articles: to the files of the same folder, and with one search of each linked document."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.archive.article import Article
from reader.document.document import Document
from reader.export import link_places
from reader.export.export_links import ExportLinks
from reader.export.link_places import ExportedFile, LinkForm
from reader.linking.fragments import Fragments
from reader.parse.markdown import parse_markdown
from tests.marks.making import article

HOME, THERE, ELSEWHERE = Path("/a/home.md"), Path("/a/there.md"), Path("/a/elsewhere.md")


def document(text: str) -> Document:
    return Document(tuple(parse_markdown(text)))


def destinations(_article: Article, targets: Sequence[str]) -> list[tuple[Path | None, str]]:
    split = [target.partition("#") for target in targets]
    return [(Path("/a", place) if place else None, fragment) for place, _sign, fragment in split]


def test_a_linked_document_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[Document] = []
    monkeypatch.setattr(link_places, "Fragments", lambda one: (searched.append(one), Fragments(one))[1])
    there = document("".join(f"## Part {number}\n\ntext\n\n" for number in range(30)))
    opened: list[Path] = []

    def open_document(path: Path) -> Document:
        opened.append(path)
        return there

    files = {HOME: ExportedFile("Home.md"), THERE: ExportedFile("There.md")}
    links = ExportLinks(files, LinkForm.PATH, destinations, open_document)
    text = " ".join(f"[{number}](there.md#part-{number})" for number in range(30))
    for _time in range(2):
        found = links.targets(article("home", HOME), document(text))
        assert found == {f"there.md#part-{number}": f"There.md#part-{number}" for number in range(30)}
    assert (opened, searched) == ([THERE], [there])


def test_files_of_different_folders_do_not_link_to_each_other() -> None:
    files = {
        HOME: ExportedFile("Home.md", folder=Path("/one")),
        THERE: ExportedFile("There.md", folder=Path("/one")),
        ELSEWHERE: ExportedFile("Elsewhere.md", folder=Path("/two")),
    }
    links = ExportLinks(files, LinkForm.PATH, destinations, lambda _path: Document(()))
    found = links.targets(article("home", HOME), document("[a](there.md) [b](elsewhere.md) [c](home.md)"))
    assert found == {"there.md": "There.md"}
