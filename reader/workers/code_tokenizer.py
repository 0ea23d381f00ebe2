"""Tokenizing code in a process of its own: a lexer that hangs is killed, and never delays a key."""

from collections.abc import Callable, Sequence

from reader.syntax.code_chunks import CodeChunk
from reader.syntax.token_roles import NO_TOKENS, TokenTable
from reader.workers.awaited_process import AwaitedProcess

_CPU_LIMIT = 2.0
"""Seconds of CPU time for a chunk, including the import of its lexer, which takes 0.1 s."""

Tokenize = Callable[[list[CodeChunk]], list[TokenTable]]
"""Returns the tokens of each chunk."""


class CodeTokenizer:
    """Tokenizes chunks of code, one after the other. Its process starts with the first request."""

    def __init__(
        self,
        receive: Callable[[CodeChunk, TokenTable], object],
        *,
        tokenize: Tokenize | None = None,
        cpu_limit: float = _CPU_LIMIT,
    ) -> None:
        """Prepare to tokenize; the process does not start yet.

        Args:
            receive: Called in another thread with each chunk and its tokens; no tokens if the lexer takes too long, or
                crashes.
            tokenize: A module-level function that tokenizes; Pygments by default.
            cpu_limit: Seconds of CPU time for a chunk.
        """
        self._process = AwaitedProcess(receive, tokenize or _tokenize, failed=NO_TOKENS, cpu_limit=cpu_limit)

    def request(self, chunks: Sequence[CodeChunk]) -> None:
        """Tokenize chunks in this order; they replace earlier requests that have not begun."""
        self._process.request(chunks)

    def end(self) -> None:
        """Kill the process, and wait for the thread."""
        self._process.end()


def _tokenize(chunks: list[CodeChunk]) -> list[TokenTable]:
    """Run in the worker process; only that process imports the lexers."""
    from reader.syntax.tokenizing import tokenize  # noqa: PLC0415

    return tokenize(chunks)
