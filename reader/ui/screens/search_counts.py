"""The counts of a search: of the articles found, and of those that cannot be found yet."""

from reader.keymap.keymap import Keymap
from reader.language import _
from reader.search.federated import Sort
from reader.ui.index_status import IndexStatus, waiting_note


class SearchCounts:
    """The counts of the latest search, for the line above its results.

    Attributes:
        known: The number of articles found, and of those not indexed yet; None until they are counted.
    """

    def __init__(self, keymap: Keymap, status: IndexStatus) -> None:
        """Describe counts that change while `status` does."""
        self._act = keymap.label("search.act")
        self._status = status
        self._seen = status.progress
        self.known: tuple[int, int] | None = None

    def may_differ(self) -> bool:
        """Whether indexing has gone on since the last call, so that known counts are no longer right."""
        before, self._seen = self._seen, self._status.progress
        return self.known is not None and self._seen is not before

    def have_grown(self, counts: tuple[int, int], listed: int) -> bool:
        """Store new counts; return whether they have grown since the search that found the `listed` articles."""
        before, self.known = self.known, counts
        if before is None:
            # If nothing is listed, wait for the next growth: searching at once might find nothing again.
            return 0 < listed < counts[0]
        return counts[0] > max(before[0], listed)

    def nothing(self, query: str) -> str:
        """The text in place of results; while texts are being indexed, they may still come."""
        if self._status.progress is not None or not self._status.finished:
            return _("No match for “{query}” yet: texts are still being indexed").format(query=query)
        return _("No article matches “{query}” · Ctrl+U clears the line").format(query=query)

    def text(self, sort: Sort, marked: int) -> str:
        """The number of results, their order, and the number of marked ones."""
        order = _("newest first") if sort is Sort.NEWEST else _("most relevant first")
        actions = _("{count:,} marked, {key} for actions").format(count=marked, key=self._act) if marked else ""
        if self.known is None:
            return " · ".join(filter(None, (order, actions)))
        count, unindexed = self.known
        # Files that were found, but not read, are in no index.
        unindexed += self._status.unlisted
        text = _("{count:,} found · {order}").format(count=count, order=order)
        return " · ".join(filter(None, (text, actions, waiting_note(unindexed) if unindexed else "")))
