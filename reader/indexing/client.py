"""Index clients: they run the indexer in a process or thread and pass its events to a listener."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Event as Flag
from threading import Lock, Thread
from typing import Protocol

from reader.indexing.protocol import Coverage, IndexerSetup, IndexEvent, read_event
from reader.language import _

Listener = Callable[[IndexEvent], None]

_EXIT_SECONDS = 2.0
"""Seconds to wait for the process or thread to end by itself."""

_SETTLED = 0.1
"""Seconds between a change and the update."""


class IndexClient(Protocol):
    """Keeps indexes current until it is closed; events are passed to the listener in another thread."""

    def start(self, listener: Listener) -> None:
        """Start indexing."""

    def pause(self) -> None:
        """Pause indexing; what is indexed stays available."""

    def resume(self) -> None:
        """Resume indexing."""

    def rebuild(self, number: int) -> None:
        """Rebuild the index of an archive."""

    def close(self) -> None:
        """Stop indexing permanently."""


class ProcessClient:
    """Runs `indexer.py` in a process, so that indexing never delays a key press."""

    def __init__(self, setup: IndexerSetup) -> None:
        self._setup = setup
        self._process: subprocess.Popen[str] | None = None

    def launch(self) -> None:
        """Start the process before a listener exists; the pipe buffers its events."""
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                # -P: import nothing from the current folder.
                [sys.executable, "-P", "-m", "reader.indexing.indexer", self._setup.written()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Errors come as events; a stray line would damage the screen.
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                # Ctrl+C and Ctrl+Z are for the screen, not for this process.
                start_new_session=True,
            )

    def start(self, listener: Listener) -> None:
        """Start indexing."""
        try:
            self.launch()
        except OSError as error:
            message = _("Cannot read the archives now ({reason})").format(reason=error)
            for one in self._setup.archives:
                listener(IndexEvent(one.number, error=(message, "")))
            return
        Thread(target=self._listen, args=(listener,), daemon=True).start()

    def _listen(self, listener: Listener) -> None:
        process = self._process
        if process is None or process.stdout is None:
            return
        with process.stdout:
            for line in process.stdout:
                with suppress(ValueError):
                    listener(read_event(line))
        if self._process is process:
            # `close` was not called, so the process was killed or has crashed.
            error = (
                _("The indexing process has ended unexpectedly"),
                _("what was indexed is kept; restart reader to continue"),
            )
            for one in self._setup.archives:
                listener(IndexEvent(one.number, error=error))

    def pause(self) -> None:
        """Pause indexing."""
        self._send("pause")

    def resume(self) -> None:
        """Resume indexing."""
        self._send("resume")

    def rebuild(self, number: int) -> None:
        """Rebuild the index of an archive."""
        self._send(f"rebuild {number}")

    def _send(self, command: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError, ValueError):
                self._process.stdin.write(f"{command}\n")
                self._process.stdin.flush()

    def close(self) -> None:
        """End the process by closing its stdin, or else by killing it; neither corrupts an index."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        try:
            process.wait(_EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class ThreadClient:
    """Indexes in a thread, for in-memory indexes, which no other process can write."""

    def __init__(self, setup: IndexerSetup) -> None:
        self._setup = setup
        self._stopped = Flag()
        self._updating = Lock()
        self._waiting = Flag()
        self._closed = Flag()
        self._thread: Thread | None = None
        self._listener: Listener = lambda _event: None

    def start(self, listener: Listener) -> None:
        """Start indexing, and watching for changes."""
        self._listener = listener
        self.resume()
        Thread(target=self._watch, daemon=True).start()

    def pause(self) -> None:
        """Pause indexing."""
        self._stopped.set()

    def resume(self) -> None:
        """Resume indexing."""
        self._stopped.set()
        self._stopped = Flag()
        self._start_update()

    def _start_update(self) -> None:
        self._waiting.set()
        thread = Thread(target=self._update, args=(self._stopped,), daemon=True)
        thread.start()
        # Another thread may be closing, and cannot join a thread that has not started.
        self._thread = thread

    def _watch(self) -> None:
        """Update the indexes whenever a file has changed, or periodically if the system cannot watch all folders."""
        from reader.indexing.watching import POLL_SECONDS, Watcher  # noqa: PLC0415 - not for the first paint

        coverage = Coverage(0, 0)

        def report(now: Coverage) -> None:
            nonlocal coverage
            coverage = now
            self._listener(IndexEvent(self._setup.archives[0].number, coverage=now))

        watcher = Watcher([one.archive for one in self._setup.archives])
        polling = Thread(target=lambda: self._poll(lambda: coverage.unwatched > 0, POLL_SECONDS), daemon=True)
        polling.start()
        watcher.run(self._changed, report, self._closed)

    def _poll(self, needed: Callable[[], bool], seconds: float) -> None:
        while not self._closed.wait(seconds):
            if needed():
                self._changed()

    def _changed(self) -> None:
        # Give the program that writes a file time to finish.
        if not self._closed.wait(_SETTLED) and not self._stopped.is_set() and not self._waiting.is_set():
            self._start_update()

    def rebuild(self, number: int) -> None:
        """Do nothing: an in-memory index cannot be corrupted on disk."""

    def _update(self, stopped: Flag) -> None:
        from reader.indexing.known_ids import identities  # noqa: PLC0415 - not for the first paint
        from reader.indexing.update import UpdateOptions, run_update  # noqa: PLC0415

        store = self._setup.store
        options = UpdateOptions(
            (lambda: identities(store)) if store else UpdateOptions().identities,
            texts=self._setup.texts,
            show_copies=self._setup.show_copies,
            report=self._listener,
            stopped=stopped.is_set,
        )
        with self._updating:
            self._waiting.clear()
            for one in self._setup.archives:
                if stopped.is_set():
                    return
                self._listener(run_update(one, options))

    def close(self) -> None:
        """Stop the threads."""
        self._closed.set()
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(_EXIT_SECONDS)
            self._thread = None
