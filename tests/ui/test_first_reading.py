"""The article that is read before the screen opens."""

from pathlib import Path

import pytest

from reader.archive.scan import scan
from reader.keymap import Keymap
from reader.library.library import Library
from reader.settings.options import Settings
from reader.ui import first_frame
from reader.ui.first_frame import read_first
from reader.ui.session import Session
from tests.articles import write_article


def test_an_article_that_has_grown_since_it_was_indexed_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_article(tmp_path / "archive" / "a.md", "灯塔", "<p>灯</p>")
    library = Library([path.parent], tmp_path / "marks.db")
    session = Session(library, Settings(), Keymap())
    (indexed,) = scan(library.archives)
    monkeypatch.setattr(first_frame, "first_article", lambda *_arguments, **_options: indexed)
    first = read_first(session, sample=False)
    assert first is not None
    assert first.reading.article.title == "灯塔"
    monkeypatch.setattr(first_frame, "_MAX_BYTES", path.stat().st_size)
    assert read_first(session, sample=False) is not None
    path.write_text(path.read_text(encoding="utf-8") + "塔", encoding="utf-8")
    assert read_first(session, sample=False) is None
    path.unlink()
    assert read_first(session, sample=False) is None
    library.close()
