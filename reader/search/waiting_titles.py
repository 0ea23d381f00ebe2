"""Search in the titles of articles whose texts are not indexed yet, and which the full-text index therefore lacks."""

import re
from functools import lru_cache

from reader.document.text_folding import fold
from reader.index.index import Index
from reader.index.tokens import pattern
from reader.search.query_compiler import key_span
from reader.search.query_tree import And, Dated, Field, Or, QueryNode, Words

_MOST = 20_000
"""Maximum number of titles, the newest ones, that are searched, which takes a fraction of a second."""


class WaitingTitles:
    """The titles of the articles of one index that wait for their texts to be indexed."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._folded: dict[int, tuple[str, str]] = {}

    def keys(self, node: QueryNode) -> list[int]:
        """The keys of the waiting articles whose titles match, newest first.

        Only words in the text or title, and dates, are compared; a query with any other condition has no such results.
        """
        if not _needs_title_only(node):
            return []
        rows = self._index.rows(
            "SELECT key, title FROM article WHERE length IS NULL AND hidden = 0 ORDER BY key DESC LIMIT ?", (_MOST,)
        )
        before, self._folded = self._folded, {}
        for key, title in rows:
            known = before.get(key)
            # Keep folded titles, because folding takes longer than reading and matching.
            self._folded[key] = known if known is not None and known[0] == title else (title, fold(title).text)
        return [key for key, (_title, folded) in self._folded.items() if _matches(node, key, folded)]


def _needs_title_only(node: QueryNode) -> bool:
    match node:
        case Words():
            return node.field in {None, Field.TITLE}
        case Dated():
            return True
        case And() | Or():
            return all(map(_needs_title_only, node.nodes))
    return False


def _matches(node: QueryNode, key: int, folded: str) -> bool:
    match node:
        case Words():
            wanted = _pattern(node)
            return wanted is not None and wanted.search(folded) is not None
        case Dated():
            first, end = key_span(node)
            return first <= key < end
        case And():
            return all(_matches(one, key, folded) for one in node.nodes)
        case Or():
            return any(_matches(one, key, folded) for one in node.nodes)
    return False


@lru_cache(64)
def _pattern(words: Words) -> re.Pattern[str] | None:
    """A pattern that matches what the full-text index would match; None for words of only symbols."""
    found = pattern(words.text, exact=words.exact, begun=words.begun)
    return re.compile(found) if found else None
