"""The tokens of the code on the page: requested for the rows in sight after they are painted without colours.

The tokens of the code around these rows are requested next. Tokens change neither the text nor the layout, so that code
in sight gets its colours without moving.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.document.blocks import CodeBlock
from reader.document.document import Document
from reader.syntax.code_chunks import CodeChunk, chunk_number, chunk_of
from reader.syntax.token_roles import TokenRole, TokenTable
from reader.ui import late

if TYPE_CHECKING:
    from textual.widget import Widget

_AHEAD = 6
"""The number of code blocks before and after those in sight whose tokens are requested as well."""

_LEAVES_AHEAD = 60
"""The number of leaves in which such blocks are looked for."""

_KEPT = 400
"""The maximum number of chunks whose tokens are kept: some 5 MB of code."""

_Key = tuple[int, int]
"""The numbers of a leaf and of a chunk in it."""


class PageCode:
    """The tokens of a page's code."""

    def __init__(self, page: "Widget") -> None:
        """Start without a document; `page` is refreshed when tokens arrive."""
        self._page = page
        self._document = Document(())
        self._serial = 0
        self._known: dict[_Key, TokenTable] = {}
        self._earlier: dict[CodeChunk, TokenTable] = {}
        """Tokens of the previous document: the same article cut short, or before its file changed."""
        self._unknown: set[_Key] = set()
        """Chunks in sight that are to be requested."""
        self._in_sight: set[_Key] = set()
        """Chunks whose tokens are painted as soon as they are known; the tokens of other chunks are only kept."""
        self._awaited: set[_Key] = set()
        """The chunks of the last request for chunks in sight whose tokens are not known yet."""
        self._ahead: tuple[_Key, _Key] | None = None
        """The first and the last chunk in `_awaited`'s request; the chunks around them are requested next."""
        self._tokenizer: late.CodeTokenizer | None = None

    def show(self, document: Document) -> None:
        """Show another document."""
        self._earlier = {self._chunk(*key, is_shared=True): tokens for key, tokens in self._known.items()}
        self._document = document
        self._serial += 1
        for kept in (self._known, self._unknown, self._in_sight, self._awaited):
            kept.clear()
        self._ahead = None

    def end(self) -> None:
        """End the process that tokenizes."""
        if self._tokenizer is not None:
            self._tokenizer.end()
            self._tokenizer = None

    def between(self, leaf: int, start: int, end: int) -> Iterator[tuple[int, int, TokenRole]]:
        """Yield the known tokens of a leaf between two offsets, and request the unknown ones."""
        for number in range(chunk_number(start), chunk_number(max(end - 1, start)) + 1):
            tokens = self._known.get((leaf, number))
            if tokens is None and self._earlier:
                tokens = self._recalled((leaf, number))
            if tokens is None:
                self._want((leaf, number))
            else:
                yield from tokens.between(start, end)

    def _recalled(self, key: _Key) -> TokenTable | None:
        """Return the tokens of a chunk that was also in the previous document."""
        tokens = self._earlier.get(self._chunk(*key, is_shared=True))
        if tokens is not None:
            self._keep(key, tokens)
        return tokens

    def _keep(self, key: _Key, tokens: TokenTable) -> None:
        self._known[key] = tokens
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]

    def _want(self, key: _Key) -> None:
        if not self._unknown:
            # Wait for the other rows of the same frame.
            self._page.call_later(self._request)
        self._unknown.add(key)

    def _request(self) -> None:
        """Request the chunks that a frame lacked."""
        in_sight = sorted(self._unknown)
        self._unknown.clear()
        if not in_sight:
            return
        self._in_sight.update(in_sight)
        self._awaited, self._ahead = set(in_sight), (in_sight[0], in_sight[-1])
        if self._tokenizer is None:
            self._tokenizer = late.CodeTokenizer(self._receive)
        self._tokenizer.request([self._chunk(*key) for key in in_sight])

    def _request_around(self) -> None:
        """Request the chunks around those in sight, which are all known."""
        around = [key for key in self._around(*self._ahead) if key not in self._known] if self._ahead else []
        self._ahead = None
        if around and self._tokenizer is not None:
            self._tokenizer.request([self._chunk(*key) for key in around])

    def _around(self, first: _Key, last: _Key) -> Iterable[_Key]:
        """Yield the neighbours of the chunks from `first` to `last`: the following ones, then the preceding ones."""
        leaf, number = last
        if self._has(leaf, number + 1):
            yield leaf, number + 1
        leaves = self._document.leaves
        after = range(leaf + 1, min(leaf + _LEAVES_AHEAD, len(leaves)))
        yield from ((one, 0) for one in [one for one in after if isinstance(leaves[one], CodeBlock)][:_AHEAD])
        leaf, number = first
        if number:
            yield leaf, number - 1
        before = range(leaf - 1, max(leaf - _LEAVES_AHEAD, -1), -1)
        for one in [one for one in before if isinstance(leaves[one], CodeBlock)][:_AHEAD]:
            yield one, chunk_number(max(len(self._document.text(one)) - 1, 0))

    def _has(self, leaf: int, number: int) -> bool:
        return number <= chunk_number(max(len(self._document.text(leaf)) - 1, 0))

    def _chunk(self, leaf: int, number: int, *, is_shared: bool = False) -> CodeChunk:
        """Return a chunk to be requested; with `is_shared`, without its place, to find it in another document."""
        block = self._document.leaves[leaf]
        text, language = block.text.text, block.language if isinstance(block, CodeBlock) else ""
        if is_shared:
            return chunk_of(text, language, number)
        return chunk_of(text, language, number, document=self._serial, leaf=leaf)

    def _receive(self, chunk: CodeChunk, tokens: TokenTable) -> None:
        """Pass tokens on to the screen's thread; called in another thread."""
        self._page.call_later(self._show, chunk, tokens)

    def _show(self, chunk: CodeChunk, tokens: TokenTable) -> None:
        if chunk.document != self._serial:
            return
        key = chunk.leaf, chunk.number
        self._keep(key, tokens)
        self._awaited.discard(key)
        if not self._awaited:
            self._request_around()
        was_in_sight = key in self._in_sight
        self._in_sight.discard(key)
        if tokens.roles and was_in_sight:
            self._page.refresh()
