"""Each author has a field in citations and books, where a line surely names several."""

import json
import re
from pathlib import Path

import pytest

from reader.document.document import Document
from reader.export.citation_exporters import BibtexExporter, CslExporter, RisExporter
from reader.export.epub_exporter import BookArticle, book
from reader.layout.head import Head
from tests.export.test_new_formats import article, checked_epub


@pytest.mark.parametrize(
    ("author", "single"),
    [
        ("李明; Anna Müller", ["李明", "Anna Müller"]),
        ("李明、王芳", ["李明", "王芳"]),
        ("村上春树，林少华", ["村上春树", "林少华"]),
        ("Bo Lee, Anna Müller and Mei Chen", ["Bo Lee", "Anna Müller", "Mei Chen"]),
        ("Bo Lee & Anna Müller", ["Bo Lee", "Anna Müller"]),
        ("Smith, John", ["Smith, John"]),
        ("Smith, John; Doe, Jane", ["Smith, John", "Doe, Jane"]),
        ("Smith, John and Doe, Jane", ["Smith, John", "Doe, Jane"]),
        ("Smith, John B. & Doe, Jane & Lee, Bo", ["Smith, John B.", "Doe, Jane", "Lee, Bo"]),
        ("Ministry, Rope and Sail", ["Ministry, Rope and Sail"]),
        ("Bo Lee, Staff Writer", ["Bo Lee, Staff Writer"]),
        ("Rope and Sail", ["Rope and Sail"]),
        ("Board of Lights and Harbour Works", ["Board of Lights and Harbour Works"]),
        ("Bo Lee and the Harbour Team", ["Bo Lee and the Harbour Team"]),
        ("海の新聞, Harbour News", ["海の新聞, Harbour News"]),
        ("", []),
    ],
)
def test_each_author_has_a_field_where_authors_are_surely_several(
    author: str, single: list[str], tmp_path: Path
) -> None:
    head, known = Head("Lights"), article(tmp_path, author=author)
    bibtex = b"".join(BibtexExporter(known).render(head, Document(()))).decode()
    written = re.search(r"author = \{(.*)\},", bibtex)
    assert ([] if written is None else written[1].split(" and ") if len(single) > 1 else [written[1]]) == [
        f"{{{one}}}" for one in single
    ]
    ris = b"".join(RisExporter(known).render(head, Document(()))).decode().splitlines()
    assert [line.removeprefix("AU  - ") for line in ris if line.startswith("AU")] == single
    (item,) = json.loads(b"".join(CslExporter(known).render(head, Document(()))))
    assert [one["literal"] for one in item.get("author", ())] == single
    package = checked_epub(book("T", [BookArticle(head, Document(()), known)]))["EPUB/package.opf"]
    assert [one.text for one in package.iter("{http://purl.org/dc/elements/1.1/}creator")] == single
