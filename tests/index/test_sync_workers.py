"""A sync whose files are read by worker processes."""

import pytest

from reader.archive.walk import FoundFile
from reader.index import sync as syncing
from reader.index.heads import Refused
from reader.index.texts import Wanted
from reader.workers.pool import Failure
from tests.conftest import PROJECT
from tests.index.syncing import PNG, Archived, a_few, at_once


@pytest.fixture(autouse=True)
def _importable_by_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(PROJECT)


def test_many_files_are_read_by_workers_to_the_same_end(archived: Archived, monkeypatch: pytest.MonkeyPatch) -> None:
    a_few(archived)
    archived.write_bytes("b.md", PNG)
    with monkeypatch.context() as patch:
        patch.setattr(syncing, "_FEW", 4)
        assert archived.sync().new == 7
    assert (archived.derived(), archived.ids(), archived.shown()) == at_once(archived)


def test_a_file_that_was_too_much_is_refused_or_has_its_title_alone() -> None:
    refused = syncing._refused_head(FoundFile("a.md", 1, 2, 3), Failure.TIMED_OUT)
    assert refused == Refused(FoundFile("a.md", 1, 2, 3), "Skipped: reading it took too long")
    text = syncing._unread_text(Wanted(7, "a.md", "a.md", "港口", "", "", "", ""), Failure.CRASHED)
    assert (text.key, text.length, text.gist) == (7, 0, 0)
    assert "crashed the worker process" in (text.warnings or "")
