"""One call in a process of its own: its result, its limits, and how it is stopped."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings

from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.workers import apart, parsing
from reader.workers.apart import TooDeepError, run_apart
from reader.workers.parsing import parse_document, parse_stoppable
from reader.workers.pool import Failure
from reader.workers.stopped import Stopped
from tests.conftest import PROJECT
from tests.layout.strategies import documents
from tests.workers import jobs

PATH = Path("港口.html")


@pytest.fixture(autouse=True)
def _found_by_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(PROJECT)


def test_the_result_comes_back() -> None:
    assert run_apart(jobs.same, ("灯塔", 3), Event()) == ("灯塔", 3)
    assert not active_children()


def test_a_call_that_never_ends_is_killed_when_it_is_stopped() -> None:
    stop = Event()
    with ThreadPoolExecutor() as threads:
        running = threads.submit(run_apart, jobs.hang, None, stop)
        while not active_children():
            assert not running.done()
        stop.set()
        assert isinstance(running.exception(), Stopped)
    assert not active_children()


def test_a_call_that_takes_too_much_processor_time_ends_by_itself() -> None:
    assert run_apart(jobs.hang, None, Event(), cpu_limit=1) is Failure.TIMED_OUT
    assert not active_children()


def test_a_process_that_dies_and_one_that_fails_have_crashed(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_apart(jobs.die, None, Event()) is Failure.CRASHED
    assert run_apart(jobs.fail, None, Event()) is Failure.CRASHED
    assert capfd.readouterr() == ("", "")


def test_a_result_too_deep_to_be_sent_is_told() -> None:
    with pytest.raises(TooDeepError):
        run_apart(jobs.nested, 100_000, Event())


@settings(max_examples=50, deadline=None)
@given(documents())
def test_documents_are_sent_whole(document: Document) -> None:
    again = pickle.loads(apart._pickled(document))  # noqa: S301 - made here
    assert (again, again.leaves) == (document, document.leaves)


# Bodies


def test_a_long_body_gives_the_document_that_a_short_way_gives() -> None:
    body = Body("<p>灯塔<b>照着</b>海。</p>" * 20_000, BodyFormat.HTML, "港口")
    assert parse_stoppable(PATH, body, (), Event()) == parse_document(PATH, body)


def test_short_bodies_and_texts_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "run_apart", lambda *_: pytest.fail("a process"))
    for body in (Body("<p>灯塔", BodyFormat.HTML), Body("灯塔。\n" * 200_000, BodyFormat.TEXT)):
        assert parse_stoppable(PATH, body, (), Event()) == parse_document(PATH, body)


@pytest.mark.parametrize(("failure", "told"), [(Failure.TIMED_OUT, "30 s of processor"), (Failure.CRASHED, "crashed")])
def test_a_body_that_cannot_be_parsed_in_time_is_plain_text_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, failure: Failure, told: str
) -> None:
    monkeypatch.setattr(parsing, "_LONG", 3)
    monkeypatch.setattr(apart, "run_apart", lambda *_: failure)
    parsed = parse_stoppable(PATH, Body("<p>灯塔\n\n<p>海", BodyFormat.HTML), (), Event())
    assert [leaf.text.text for leaf in parsed.document.leaves] == ["<p>灯塔", "<p>海"]
    assert [told in str(fault) for fault in parsed.faults] == [True]


def test_a_body_too_deep_to_be_sent_is_parsed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(*_: object) -> None:
        raise TooDeepError

    monkeypatch.setattr(apart, "run_apart", too_deep)
    body = Body("<p>灯塔</p>" * 50_000, BodyFormat.HTML)
    assert parse_stoppable(PATH, body, (), Event()) == parse_document(PATH, body)
