"""Search for the screen: the results of Search in pages, and cancelling of earlier requests."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import apsw
import pytest

from reader.archive.archive import open_archives
from reader.finding.finder import Finder, ResultPage, SearchRequest
from reader.index.corruption import CorruptIndexError
from reader.index.index import Index
from reader.index.index_file import open_to_write
from reader.index.references import ref_of
from reader.indexing.update import UpdateOptions, update
from reader.search.federated import Search, Sort
from reader.search.query_compiler import MarkQuery
from reader.search.query_parser import parse
from reader.search.query_tree import Is, QueryError, State
from tests.articles import write_article
from tests.indexing.event_recorder import PATIENCE

WORDS = ("灯塔", "港口", "航线", "lighthouse", "海")
QUERIES = (*WORDS, "灯塔 OR 港口", "海 -灯塔", 'title:灯塔 "照海"', "is:starred", "gibberish", "date:2021-11", "")


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> list[Index]:
    """Two archives with their index files, and connections that the tests copy."""
    made = []
    for name, many in (("a", 40), ("b", 25)):
        root = tmp_path_factory.mktemp(name)
        for number in range(many):
            words = "，".join(word for place, word in enumerate(WORDS) if number % (place + 2) == 0)
            body = f"<p>{words * (number % 4 + 1)}照海。</p><p>第{number}篇{name}</p>"
            title = f"{name}{number} {words[:2]}"
            write_article(root / f"{number}.md", title, body, month=10 + number % 2, day=number % 28 + 1)
        (archive,) = open_archives([root])
        path = root.with_suffix(".db")
        update(0, archive, str(path), UpdateOptions(show_copies=True))
        made.append(Index(archive, str(path)))
    return made


@pytest.fixture
def starred() -> set[str]:
    return set()


@pytest.fixture
def search(indexes: list[Index], starred: set[str]) -> Iterator[Search]:
    search = Search([Index(one.archive, one.path) for one in indexes], marked(starred))
    yield search
    search.close()


@pytest.fixture
def finder(indexes: list[Index], starred: set[str]) -> Iterator[Finder]:
    finder = Finder([Index(one.archive, one.path) for one in indexes], marked(starred))
    yield finder
    finder.close()


def marked(starred: set[str]) -> Callable[[MarkQuery], set[str]]:
    return lambda asked: starred if asked == Is(State.STARRED) else set()


def asked(finder: Finder, question: SearchRequest) -> list[ResultPage]:
    pages: list[ResultPage] = []
    assert finder.ask(question, pages.append)
    return pages


def unasked(page: ResultPage) -> None:
    pytest.fail(f"was found: {page}")


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("query", QUERIES)
def test_results_are_those_of_search_with_their_articles(
    finder: Finder, search: Search, starred: set[str], query: str, sort: Sort
) -> None:
    starred.update(article.id for _hit, article in search.articles(search.find(parse("港口"), most=5)))
    pages = asked(finder, SearchRequest(query, sort, most=1_000))
    found = [one for page in pages for one in page.found]
    assert [(one.hit, one.article) for one in found] == search.articles(search.find(parse(query), sort, most=1_000))
    assert all(0 < len(page.found) <= 8 for page in pages)
    assert finder.count(query) == (len(found), 0)
    assert found or query in {"gibberish", ""}


def test_excerpt_shows_the_match_and_a_page_has_the_pattern(finder: Finder) -> None:
    (page, *_) = asked(finder, SearchRequest("灯塔", most=3))
    assert page.pattern is not None
    assert page.pattern.search("看灯塔")
    for one in page.found:
        assert [one.excerpt.text[start:end] for start, end in one.excerpt.hits][:1] == ["灯塔"]


def test_words_for_titles_are_not_highlighted_in_texts(finder: Finder) -> None:
    (page, *_) = asked(finder, SearchRequest("title:灯塔", most=3))
    assert page.pattern is None
    (page, *_) = asked(finder, SearchRequest("title:灯塔 港口", most=3))
    assert page.pattern is not None
    assert not page.pattern.search("灯塔")


def test_request_continues_after_known_results(finder: Finder, search: Search) -> None:
    whole = search.find(parse("海"), most=1_000)
    known = tuple(whole[:7])
    pages = asked(finder, SearchRequest("海", Sort.NEWEST, most=5, after=known))
    assert [one.hit for page in pages for one in page.found] == whole[7:12]


def test_jump_finds_only_titles(finder: Finder, search: Search) -> None:
    expected = {ref_of(hit.archive, hit.key) for hit in search.all(parse("title:灯塔"))}
    assert finder.titled("灯塔") == expected
    assert len({ref & 0xFF for ref in expected}) == 2
    assert finder.titled("照海") == set()
    assert finder.titled("！") == set()


def test_invalid_query_is_an_error_and_cancels_nothing(finder: Finder) -> None:
    for ask in (lambda: finder.ask(SearchRequest("len:no"), unasked), lambda: finder.count("len:no")):
        with pytest.raises(QueryError):
            ask()
    assert asked(finder, SearchRequest("海"))


def test_corrupt_index_is_an_error(tmp_path: Path) -> None:
    connection, _ = open_to_write(str(tmp_path / "a.db"))
    connection.execute("DROP TABLE words")
    connection.close()
    (archive,) = open_archives([tmp_path])
    finder = Finder([Index(archive, str(tmp_path / "a.db"))], lambda _state: ())
    with pytest.raises(CorruptIndexError):
        finder.ask(SearchRequest("海"), unasked)
    with pytest.raises(CorruptIndexError):
        finder.count("海")
    # Jumping while typing finds nothing, instead of showing an error.
    assert finder.titled("海") == set()
    finder.close()


def test_missing_index_has_no_results(tmp_path: Path) -> None:
    (archive,) = open_archives([tmp_path])
    finder = Finder([Index(archive, str(tmp_path / "a.db"))], lambda _state: ())
    assert finder.ask(SearchRequest("海"), unasked)
    assert (finder.count("海"), finder.titled("海")) == ((0, 0), set())
    finder.close()


# A request cancels the previous one


@contextmanager
def running_request(
    finder: Finder, request: SearchRequest
) -> Iterator[tuple[Callable[[], None], list[bool], list[ResultPage]]]:
    """A request in another thread that waits after its first page until it is released."""
    first, go = Event(), Event()
    answers: list[bool] = []
    pages: list[ResultPage] = []

    def found(page: ResultPage) -> None:
        pages.append(page)
        first.set()
        assert go.wait(PATIENCE)

    def ask() -> None:
        answers.append(bool(finder.ask(request, found)))

    def let_go() -> None:
        go.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()

    thread = Thread(target=ask)
    thread.start()
    try:
        assert first.wait(PATIENCE)
        yield let_go, answers, pages
    finally:
        let_go()


def test_cancelled_request_ends_between_two_pages(finder: Finder) -> None:
    with running_request(finder, SearchRequest("海 OR 灯塔")) as (let_go, answers, pages):
        finder.interrupt()
        let_go()
        assert (answers, len(pages)) == ([False], 1)
    assert asked(finder, SearchRequest("海"))


def test_completed_request_reports_whether_another_was_made(finder: Finder) -> None:
    with running_request(finder, SearchRequest("海", most=3)) as (let_go, answers, _pages):
        finder.interrupt()
        let_go()
        assert answers == [False]
    with running_request(finder, SearchRequest("海", most=3)) as (let_go, answers, _pages):
        let_go()
        assert answers == [True]


def test_new_request_cancels_the_previous_one_and_is_complete(finder: Finder, search: Search) -> None:
    with (
        running_request(finder, SearchRequest("海 OR 灯塔")) as (let_go, answers, _pages),
        ThreadPoolExecutor(1) as threads,
    ):
        interrupted = Event()
        finder._search.interrupt = interrupted.set  # type: ignore[method-assign]
        count = threads.submit(finder.count, "港口")
        assert interrupted.wait(PATIENCE)
        let_go()
        assert answers == [False]
        assert count.result(PATIENCE) == (search.count(parse("港口")), 0)


class SlowStatement:
    """Makes the next statement of an index run until it is interrupted."""

    def __init__(self, finder: Finder, number: int = 0) -> None:
        self.begun = Event()
        self._index = finder._search._searches[number].index
        connection = self._index.connection
        assert connection is not None
        connection.set_progress_handler(self._progress, 1)

    def _progress(self) -> bool:
        connection = self._index.connection
        assert connection is not None
        connection.set_progress_handler(None)
        self.begun.set()
        # The interrupt is for this connection, so that the statement ends as soon as this function returns.
        deadline = Event()
        while not connection.is_interrupted:
            assert not deadline.wait(0.001)
        return False


@pytest.mark.parametrize("number", [0, 1])
def test_slow_statement_is_interrupted_and_the_next_is_correct(finder: Finder, search: Search, number: int) -> None:
    asks: list[tuple[Callable[[], object], object]] = [
        (lambda: finder.ask(SearchRequest("海"), lambda _page: None), False),
        (lambda: finder.count("海"), None),
        (lambda: finder.titled("灯塔"), set()),
    ]
    for ask, ended in asks:
        slow = SlowStatement(finder, number)
        with ThreadPoolExecutor(1) as threads:
            answer = threads.submit(ask)
            assert slow.begun.wait(PATIENCE)
            finder.interrupt()
            assert answer.result(PATIENCE) == ended
        assert finder.count("海") == (search.count(parse("海")), 0)


def test_closing_cancels_the_request(finder: Finder) -> None:
    slow = SlowStatement(finder)
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(finder.ask, SearchRequest("海"), lambda _page: None)
        assert slow.begun.wait(PATIENCE)
        finder.close()
        assert not answer.result(PATIENCE)


def test_count_overtaken_before_its_start_reports_that(finder: Finder) -> None:
    with (
        running_request(finder, SearchRequest("海 OR 灯塔")) as (let_go, _answers, _pages),
        ThreadPoolExecutor(2) as threads,
    ):
        interrupted = Event()
        finder._search.interrupt = interrupted.set  # type: ignore[method-assign]
        count, titles = threads.submit(finder.count, "港口"), None
        assert interrupted.wait(PATIENCE)
        interrupted.clear()
        titles = threads.submit(finder.titled, "灯塔")
        assert interrupted.wait(PATIENCE)
        finder.interrupt()
        let_go()
        assert (count.result(PATIENCE), titles.result(PATIENCE)) == (None, set())


def test_last_request_is_not_cancelled_by_an_earlier_one(finder: Finder) -> None:
    late, go = Event(), Event()
    interrupt = finder._search.interrupt

    def held() -> None:
        finder._search.interrupt = interrupt  # type: ignore[method-assign]
        late.set()
        assert go.wait(PATIENCE)
        interrupt()

    finder._search.interrupt = held  # type: ignore[method-assign]
    with ThreadPoolExecutor(2) as threads:
        before = threads.submit(finder.count, "港口")
        assert late.wait(PATIENCE)
        # If the lock is held while interrupting, a later request has to wait, and this test shows nothing more.
        locked = finder._counting.locked()
        slow = None if locked else SlowStatement(finder)
        last = threads.submit(finder.ask, SearchRequest("海"), lambda _page: None)
        assert slow is None or slow.begun.wait(PATIENCE)
        go.set()
        assert last.result(PATIENCE)
        before.result(PATIENCE)


def test_parallel_requests_never_mix(finder: Finder, search: Search) -> None:
    expected = {query: search.articles(search.find(parse(query), Sort.BEST)) for query in QUERIES[:9]}
    titled = finder.titled("灯塔")

    def ask(number: int) -> None:
        query = [*expected][number % len(expected)]
        pages: list[ResultPage] = []
        if finder.ask(SearchRequest(query, most=100), pages.append):
            assert [(one.hit, one.article) for page in pages for one in page.found] == expected[query]
        assert finder.count(query) in {None, (len(expected[query]), 0)}
        assert finder.titled("灯塔") in ({*()}, titled)
        if number % 5 == 0:
            finder.interrupt()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(ask, range(60)))
    assert [one.hit for page in asked(finder, SearchRequest("海", most=100)) for one in page.found] == [
        hit for hit, _article in expected["海"]
    ]


def test_interrupt_without_a_request_does_nothing(finder: Finder) -> None:
    finder.interrupt()
    assert asked(finder, SearchRequest("海"))
    finder.close()
    finder.interrupt()
    assert finder.count("灯塔") is not None


def test_exception_of_the_callback_leaves_the_finder_usable(finder: Finder) -> None:
    def broken(_page: ResultPage) -> None:
        raise apsw.Error

    with pytest.raises(apsw.Error):
        finder.ask(SearchRequest("海"), broken)
    assert asked(finder, SearchRequest("海"))
