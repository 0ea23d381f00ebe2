"""The language that a file declares, by which its words are hyphenated."""

from pathlib import Path

import pytest

from reader.archive.scan import body_at
from reader.parse import parse
from tests.archive.epub_files import write_book


def declared(path: Path) -> str:
    return parse(body_at(path, "")[0]).language


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "---\ntitle: A\nlang: de\n---\n\ntext\n", "de"),
        ("a.md", "---\ntitle: A\nlanguage: pt_BR\n---\n\ntext\n", "pt-BR"),
        ("a.md", '+++\ntitle = "A"\nlanguage = "en-GB"\n+++\n\ntext\n', "en-GB"),
        ("a.md", "---\ntitle: A\nlang: [de, fr]\n---\n\ntext\n", ""),
        ("a.md", "---\ntitle: A\nlanguage: Java Script\n---\n\ntext\n", ""),
        ("a.md", "---\ntitle: A\nlang:\n---\n\ntext\n", ""),
        ("a.md", "# A\n\nlang: de\n", ""),
        ("a.html", '<!DOCTYPE html>\n<html class="x" lang="fr-CA"><body><p>texte</p></body></html>', "fr-CA"),
        ("a.html", "<html xml:lang='hu' xmlns='http://www.w3.org/1999/xhtml'><body><p>x</p></body></html>", "hu"),
        ("a.html", "<html lang=de><body><p>x</p></body></html>", "de"),
        ("a.html", '<html data-lang="de"><body><p lang="fr">x</p></body></html>', ""),
        ("a.html", '---\ntitle: A\nlang: sv\n---\n<html lang="en"><body><p>x</p></body></html>', "sv"),
    ],
)
def test_the_language_of_a_file(tmp_path: Path, name: str, text: str, expected: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert declared(tmp_path / name) == expected


def test_the_language_of_a_book(tmp_path: Path) -> None:
    metadata = "<dc:title>Die Post</dc:title><dc:language>de-AT</dc:language>"
    book = write_book(tmp_path / "book.epub", {"a.xhtml": "<p>Der Text.</p>"}, metadata=metadata)
    assert declared(book) == "de-AT"
