"""Tokenizing code in a process of its own: a lexer that hangs is killed, and never delays a key."""

from collections.abc import Callable, Sequence
from multiprocessing import get_context
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any

from reader.syntax.code_chunks import CodeChunk
from reader.syntax.token_roles import NO_TOKENS, TokenTable
from reader.workers.process import isolated_start, serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_CPU_LIMIT = 2.0
"""Seconds of CPU time for a chunk, including the import of its lexer, which takes 0.1 s."""

_WAIT_LIMIT = 20.0
"""Seconds of wall-clock time for a chunk, for systems that cannot limit CPU time."""


Tokenize = Callable[[list[CodeChunk]], list[TokenTable]]
"""Returns the tokens of each chunk."""


class CodeTokenizer:
    """Tokenizes chunks of code, one after the other. Its process starts with the first request.

    A request replaces the chunks of earlier ones that have not been begun, because they are no longer in sight.
    """

    def __init__(
        self,
        receive: Callable[[CodeChunk, TokenTable], object],
        *,
        tokenize: Tokenize | None = None,
        cpu_limit: float = _CPU_LIMIT,
    ) -> None:
        """Create one that has no process yet.

        Args:
            receive: Called in another thread with each chunk and its tokens.
            tokenize: A module-level function that tokenizes; Pygments by default.
            cpu_limit: Seconds of CPU time for a chunk.
        """
        self._receive = receive
        self._run = tokenize or _tokenize
        self._cpu_limit = cpu_limit
        self._wanted: list[CodeChunk] = []
        self._changed = Condition()
        self._has_ended = False
        self._thread: Thread | None = None
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None

    def request(self, chunks: Sequence[CodeChunk]) -> None:
        """Tokenize chunks, the first one first."""
        with self._changed:
            self._wanted = list(chunks)
            if self._thread is None:
                self._thread = Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify()

    def end(self) -> None:
        """Kill the process, and wait for the thread."""
        with self._changed:
            self._has_ended = True
            self._changed.notify()
            if self._process is not None:
                self._process.kill()
        if self._thread is not None:
            self._thread.join()

    # In the thread

    def _work(self) -> None:
        while (chunk := self._next()) is not None:
            tokens = self._tokens(chunk)
            if not self._has_ended:
                self._receive(chunk, tokens)
        self._close()

    def _next(self) -> CodeChunk | None:
        with self._changed:
            while not self._wanted and not self._has_ended:
                self._changed.wait()
            return None if self._has_ended else self._wanted.pop(0)

    def _tokens(self, chunk: CodeChunk) -> TokenTable:
        """Return the tokens of a chunk; none if the lexer takes too long, or crashes."""
        try:
            pipe = self._pipe or self._start()
            pipe.send([chunk])
            if pipe.poll(_WAIT_LIMIT):
                found: list[TokenTable] = pipe.recv()
                return found[0]
        except (EOFError, OSError):
            pass
        self._close()
        return NO_TOKENS

    def _start(self) -> "Connection[Any, Any]":
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._run, self._cpu_limit, True), daemon=True)
        with isolated_start():
            process.start()
        theirs.close()
        with self._changed:
            self._process, self._pipe = process, ours
            if self._has_ended:
                process.kill()
        return ours

    def _close(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is not None and pipe is not None:
            process.kill()
            process.join()
            pipe.close()


def _tokenize(chunks: list[CodeChunk]) -> list[TokenTable]:
    """Run in the worker process; only that process imports the lexers."""
    from reader.syntax.tokenizing import tokenize  # noqa: PLC0415

    return tokenize(chunks)
