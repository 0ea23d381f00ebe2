"""Suggestions that continue a query, shown behind the cursor of the search input."""

import asyncio

from textual.suggester import Suggester

from reader.finding.completion_values import Completions
from reader.library.library import Library
from reader.search.completion import completed


class QuerySuggester(Suggester):
    """Completes keys, states, kinds of content, titles and hosts; the index is read in a thread."""

    def __init__(self, library: Library) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._completions = Completions(library.indexes.connect(), library.indexes.rebuild)

    def close(self) -> None:
        """Close the indexes."""
        self._completions.close()

    async def get_suggestion(self, value: str) -> str | None:
        """The query with its last word completed, or None."""
        return await asyncio.to_thread(completed, value, self._completions.values) or None
