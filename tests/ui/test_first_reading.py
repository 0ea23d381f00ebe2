"""The article that is read before the screen opens."""

import re
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from reader.archive.scan import scan
from reader.keymap import Keymap
from reader.library.library import Library
from reader.settings.options import Settings
from reader.ui import first_frame
from reader.ui.first_frame import read_first
from reader.ui.session import Session
from reader.workers.limits import COUNTS_CPU, LIMIT_SIGNAL
from tests.articles import write_article


def test_article_that_has_grown_since_indexing_does_not_delay_the_start(
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


@pytest.mark.skipif(not COUNTS_CPU, reason="this system cannot limit processor time")
def test_an_article_that_takes_too_long_is_left_to_a_process_that_can_be_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_article(tmp_path / "archive" / "a.md", "灯塔", "<p>灯</p>")
    library = Library([path], tmp_path / "marks.db")

    def endless(*_arguments: object, **_options: object) -> None:
        while True:
            # A parser survives exceptions too.
            with suppress(Exception):
                re.match("(a*)*b", "a" * 40)

    monkeypatch.setattr(first_frame, "_CPU_LIMIT", 0.2)
    monkeypatch.setattr(first_frame, "open_article", endless)
    before = signal.getsignal(LIMIT_SIGNAL)
    assert read_first(Session(library, Settings(), Keymap()), sample=False) is None
    assert signal.getsignal(LIMIT_SIGNAL) == before
    library.close()
