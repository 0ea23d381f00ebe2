"""The process that tokenizes code: its answers, and what happens if a lexer never returns."""

from collections.abc import Callable, Iterator
from multiprocessing import active_children
from queue import SimpleQueue

import pytest

from reader.syntax.code_chunks import CodeChunk, chunk_of
from reader.syntax.token_roles import NO_TOKENS, TokenTable
from reader.workers.code_tokenizer import CodeTokenizer
from tests.conftest import PROJECT
from tests.workers import jobs

Answers = SimpleQueue[tuple[CodeChunk, TokenTable]]
LONG = 60
"""Seconds after which the test fails."""


@pytest.fixture
def answers() -> Answers:
    return SimpleQueue()


@pytest.fixture
def make(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., CodeTokenizer]]:
    monkeypatch.syspath_prepend(PROJECT)
    made: list[CodeTokenizer] = []

    def start(**options: object) -> CodeTokenizer:
        made.append(CodeTokenizer(lambda chunk, tokens: answers.put((chunk, tokens)), **options))  # type: ignore[arg-type]
        return made[-1]

    yield start
    for one in made:
        one.end()
    assert not active_children()


def test_code_is_tokenized_in_order(make: Callable[..., CodeTokenizer], answers: Answers) -> None:
    make().request([chunk_of("def light(): pass", "python", 0, leaf=leaf) for leaf in (3, 1)])
    found = [answers.get(timeout=LONG) for _ in range(2)]
    assert [chunk.leaf for chunk, _ in found] == [3, 1]
    assert all(next(iter(tokens.between(0, 17)))[:2] == (0, 3) for _, tokens in found)


@pytest.mark.parametrize("fault", ["hang", "crash"])
def test_code_that_stops_the_process_has_no_tokens(
    make: Callable[..., CodeTokenizer], answers: Answers, fault: str
) -> None:
    tokenizer = make(tokenize=jobs.tokenize_or_hang, cpu_limit=0.5)
    tokenizer.request([chunk_of(text, "x", 0) for text in (fault, "lamp")])
    assert answers.get(timeout=LONG)[1] == NO_TOKENS
    assert answers.get(timeout=LONG)[1].ends[0] == 4


def test_request_replaces_what_has_not_begun(make: Callable[..., CodeTokenizer], answers: Answers) -> None:
    tokenizer = make(tokenize=jobs.tokenize_or_hang, cpu_limit=0.5)
    tokenizer.request([chunk_of("hang", "x", 0), *(chunk_of("old", "x", 0) for _ in range(1000))])
    tokenizer.request([chunk_of("new", "x", 0)])
    found: list[str] = []
    while not found or found[-1] != "new":
        found.append(answers.get(timeout=LONG)[0].text)
    assert len(found) < 10


def test_it_ends_while_a_lexer_hangs(make: Callable[..., CodeTokenizer]) -> None:
    tokenizer = make(tokenize=jobs.tokenize_or_hang, cpu_limit=1000)
    tokenizer.request([chunk_of("hang", "x", 0)])
    while not active_children():
        pass
    tokenizer.end()
    assert not active_children()


def test_one_that_was_never_asked_has_no_process(make: Callable[..., CodeTokenizer]) -> None:
    make().end()
    assert not active_children()
