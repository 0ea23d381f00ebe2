"""A call in a separate process: its result, its limits, and cancelling it."""

import pickle
import signal
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from hypothesis import given, settings

from reader.archive.article import Article
from reader.archive.scan import read_body, read_head
from reader.document.document import Document
from reader.errors import ArchiveError
from reader.workers import parsing, separate_process
from reader.workers.parsing import ParsedDocument, parse_document, read_stoppable
from reader.workers.pool import Failure
from reader.workers.separate_process import TooDeepError, run_apart
from reader.workers.stopped import Stopped
from tests.conftest import PROJECT
from tests.layout.strategies import documents
from tests.workers import jobs


@pytest.fixture(autouse=True)
def _found_by_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(PROJECT)


def test_parts_are_returned_in_order() -> None:
    assert run_apart(jobs.parts, ("灯塔", 3, None, ""), Event()) == ["灯塔", 3, None, ""]
    assert run_apart(jobs.parts, (), Event()) == []
    assert not active_children()


def test_call_that_hangs_between_two_parts_returns_none_of_them() -> None:
    assert run_apart(jobs.parts_then_hang, ("灯塔", 3), Event(), cpu_limit=1) is Failure.TIMED_OUT
    assert not active_children()


def test_endless_call_is_killed_when_stopped() -> None:
    stop = Event()
    with ThreadPoolExecutor() as threads:
        running = threads.submit(run_apart, jobs.hang, None, stop)
        while not active_children():
            assert not running.done()
        stop.set()
        assert isinstance(running.exception(), Stopped)
    assert not active_children()


def test_call_that_takes_too_much_cpu_time_ends_by_itself() -> None:
    assert run_apart(jobs.hang, None, Event(), cpu_limit=1) is Failure.TIMED_OUT
    assert not active_children()


def test_process_that_crashes_or_fails_has_crashed(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_apart(jobs.die, None, Event()) is Failure.CRASHED
    assert run_apart(jobs.fail, None, Event()) is Failure.CRASHED
    assert capfd.readouterr() == ("", "")


def test_result_too_deep_to_be_sent_is_reported() -> None:
    with pytest.raises(TooDeepError):
        run_apart(jobs.nested, 100_000, Event())


@settings(max_examples=50, deadline=None)
@given(documents())
def test_documents_are_sent_completely(document: Document) -> None:
    again = pickle.loads(separate_process._pickled(document))  # noqa: S301 - made here
    assert (again, again.leaves) == (document, document.leaves)


# Articles


def article(path: Path, text: str) -> Article:
    """The article in a file with this text."""
    path.write_text(text, encoding="utf-8")
    found = read_head(path, path.parent, "0" * 16)[0]
    assert isinstance(found, Article)
    return found


def parsed_here(one: Article) -> ParsedDocument:
    """The text of the article, parsed in this process."""
    return parse_document(one.path, *read_body(one))


def test_long_article_gives_the_same_document_as_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = article(tmp_path / "a.html", "<p>灯塔<b>照着</b>海。</p><ul><li>灯<li>塔</ul>" * 9_000)
    sent: list[int] = []
    run = separate_process.run_apart

    def counted(*given: Any) -> Any:
        found = run(*given)
        sent.append(len(found) if isinstance(found, list) else 0)
        return found

    monkeypatch.setattr(separate_process, "run_apart", counted)
    assert read_stoppable(one, Event()) == parsed_here(one)
    assert sent[0] > 3, "it came at once"


def test_short_articles_and_texts_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separate_process, "run_apart", lambda *_: pytest.fail("a process"))
    monkeypatch.setattr(parsing, "_LONG", 3_000)
    monkeypatch.setattr(parsing, "_LONG_TEXT", 40_000)
    for name, text in (("a.html", "<p>灯塔"), ("b.txt", "灯塔。\n" * 3_000)):
        one = article(tmp_path / name, text)
        assert read_stoppable(one, Event()) == parsed_here(one)


@pytest.mark.parametrize(("failure", "told"), [(Failure.TIMED_OUT, "30 s of processor"), (Failure.CRASHED, "crashed")])
def test_article_that_cannot_be_parsed_in_time_is_plain_text_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Failure, told: str
) -> None:
    monkeypatch.setattr(parsing, "_LONG", 3)
    monkeypatch.setattr(separate_process, "run_apart", lambda *_: failure)
    parsed = read_stoppable(article(tmp_path / "a.html", "<p>灯塔\n\n<p>海"), Event())
    assert [leaf.text.text for leaf in parsed.document.leaves] == ["<p>灯塔", "<p>海"]
    assert [told in str(warning) for warning in parsed.warnings] == [True]


def test_article_of_very_many_lines_is_plain_text_with_several_lines_per_paragraph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(separate_process, "run_apart", lambda *_: Failure.CRASHED)
    one = article(tmp_path / "a.html", "".join(f"<p>{number}\n\n" for number in range(60_001)))
    document = read_stoppable(one, Event()).document
    assert [line for leaf in document.leaves for line in leaf.text.text.split("\n")] == [
        f"<p>{number}" for number in range(60_001)
    ]
    assert len(document.leaves) < 1_000


def test_article_too_deep_to_be_sent_is_parsed_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(*_: object) -> None:
        raise TooDeepError

    monkeypatch.setattr(separate_process, "run_apart", too_deep)
    monkeypatch.setattr(parsing, "_LONG", 10_000)
    one = article(tmp_path / "a.html", "<p>灯塔</p>" * 5_000)
    assert read_stoppable(one, Event()) == parsed_here(one)


def test_unreadable_article_gives_the_reason(tmp_path: Path) -> None:
    one = article(tmp_path / "a.html", "<p>灯塔</p>" * 50_000)
    one.path.write_bytes(b"%PDF-" + b"x" * 500_000)
    with pytest.raises(ArchiveError, match="is not a text file"):
        read_stoppable(one, Event())
    one.path.unlink()
    with pytest.raises(ArchiveError, match="Cannot open"):
        read_stoppable(one, Event())


def test_process_of_an_abandoned_article_is_gone(tmp_path: Path) -> None:
    # Ten seconds of work that is cancelled.
    one = article(tmp_path / "a.html", "<ul><li>灯" * 400_000)
    stop = Event()
    with ThreadPoolExecutor() as threads:
        reading = threads.submit(read_stoppable, one, stop)
        while not (running := active_children()):
            assert not reading.done()
        stop.set()
        assert isinstance(reading.exception(), Stopped)
    assert not active_children()
    assert all(process.exitcode == -signal.SIGKILL for process in running)
