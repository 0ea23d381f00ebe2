"""Fault-tolerant parsing."""

from pathlib import Path

import pytest

from reader.archive.article import FileWarning
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.settings.options import SourceBreaks
from reader.workers import parsing
from reader.workers.parsing import parse_document


def test_body_on_which_the_parser_fails_is_shown_as_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_body: Body, *, headings: bool, breaks: SourceBreaks) -> Document:
        assert (headings, breaks) == (True, SourceBreaks.AUTO)
        raise RuntimeError("no\x1b\none")

    monkeypatch.setattr(parsing, "parse", failing)
    before = (FileWarning(Path("a.md"), "before"),)
    parsed = parse_document(Path("a.md"), Body("<p>一\x07</p>\n\n二", BodyFormat.HTML, "t"), before)
    assert [leaf.text.text for leaf in parsed.document.leaves] == ["<p>一</p>", "二"]
    assert parsed.warnings[:1] == before
    assert "RuntimeError: no one" in parsed.warnings[1].message
