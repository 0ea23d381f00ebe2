"""Searches in other threads, and the messages with their results."""

from collections.abc import Callable

from textual.message import Message

from reader.errors import IndexingError, ReaderError
from reader.finding.finder import ResultPage, SearchRequest
from reader.library.library import Library
from reader.search.query_parser import QueryError


class SearchReceived(Message):
    """A page of results, or their counts; with neither, it ends the results of search `number`."""

    def __init__(self, number: int, page: ResultPage | None = None, counts: tuple[int, int] | None = None) -> None:
        super().__init__()
        self.number = number
        self.page = page
        self.counts = counts


class SearchFailed(Message):
    """The search failed."""

    def __init__(self, number: int, error: ReaderError) -> None:
        super().__init__()
        self.number = number
        self.error = error


class BackgroundSearch:
    """Searches a library, one query at a time, and posts the results as messages.

    Attributes:
        number: The number of the latest search; messages with another number are obsolete.
    """

    def __init__(
        self, library: Library, start: Callable[[Callable[[], None]], object], post: Callable[[Message], None]
    ) -> None:
        """Search `library`; `start` calls a function in a thread, and `post` receives the messages there."""
        self._library = library
        self._start = start
        self._post = post
        self.number = 0

    def cancel(self) -> None:
        """Cancel a running search; its messages are obsolete."""
        self.number += 1
        self._library.finder.interrupt()

    def ask(self, question: SearchRequest, *, is_counted: bool) -> None:
        """Search; post pages of results, then their end, and then their counts unless these are known."""
        self.number += 1
        number, finder = self.number, self._library.finder

        def ask() -> None:
            asked = finder.ask(question, lambda page: self._post(SearchReceived(number, page)))
            if not asked:
                return
            # Post this before counting, which takes longer.
            self._post(SearchReceived(number))
            if not is_counted and (counts := finder.count(question.text, asked)) is not None:
                self._post(SearchReceived(number, counts=counts))

        self._run(ask, number)

    def recount(self, text: str) -> None:
        """Count the results of the latest search again, whose query is `text`, and post the counts."""
        number, finder = self.number, self._library.finder

        def count() -> None:
            if (counts := finder.recount(text)) is not None:
                self._post(SearchReceived(number, counts=counts))

        self._run(count, number)

    def _run(self, call: Callable[[], None], number: int) -> None:
        """Make a call in a thread, and post an error of search `number`."""

        def run() -> None:
            try:
                call()
            except (QueryError, IndexingError) as error:
                self._post(SearchFailed(number, error))

        self._start(run)
