"""Whoever keeps the indexes current for the screen: a process of its own, or a thread for indexes in memory."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Event as Flag
from threading import Lock, Thread
from typing import Protocol

from reader.language import _
from reader.library.events import Event, Order, read_event

Told = Callable[[Event], None]

_PATIENCE = 2.0
"""Seconds that the process has for ending by itself."""


class Keeper(Protocol):
    """Keeps indexes current until it is closed, and tells what happens, in a thread of its own."""

    def start(self, told: Told) -> None:
        """Begin."""

    def stop(self) -> None:
        """Leave off; what was done stays, and `go_on` goes on from there."""

    def go_on(self) -> None:
        """Go on."""

    def rebuild(self, number: int) -> None:
        """Make the index of an archive anew."""

    def close(self) -> None:
        """End it."""


class ProcessKeeper:
    """A process of its own, so that no key waits for it: `indexer.py`."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._process: subprocess.Popen[str] | None = None

    def launch(self) -> None:
        """Start the process before anyone listens: what it says waits."""
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                # Nothing is run from the folder that happens to be the current one.
                [sys.executable, "-P", "-m", "reader.library.indexer", self._order.written()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # What it has to say comes as events; a stray line would tear the screen.
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                # Keys of the terminal that mean the screen do not mean this process.
                start_new_session=True,
            )

    def start(self, told: Told) -> None:
        """Begin."""
        try:
            self.launch()
        except OSError as error:
            message = _("The archives cannot be read now ({reason})").format(reason=error)
            for one in self._order.kept:
                told(Event(one.number, error=(message, "")))
            return
        Thread(target=self._listen, args=(told,), daemon=True).start()

    def _listen(self, told: Told) -> None:
        process = self._process
        if process is None or process.stdout is None:
            return
        with process.stdout:
            for line in process.stdout:
                with suppress(ValueError, TypeError, KeyError):
                    told(read_event(line))
        if self._process is process:
            # Nobody closed it: it was killed, or died.
            error = (
                _("The process that reads the archives has died"),
                _("what it had read is there; start reader again"),
            )
            for one in self._order.kept:
                told(Event(one.number, error=error))

    def stop(self) -> None:
        """Leave off."""
        self._ask("stop")

    def go_on(self) -> None:
        """Go on."""
        self._ask("go on")

    def rebuild(self, number: int) -> None:
        """Make the index of an archive anew."""
        self._ask(f"rebuild {number}")

    def _ask(self, what: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError, ValueError):
                self._process.stdin.write(f"{what}\n")
                self._process.stdin.flush()

    def close(self) -> None:
        """End it: with its stdin, or by force, which harms no index."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class ThreadKeeper:
    """A thread, for indexes in memory, which no other process could read; files that change later are not seen."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._stopped = Flag()
        self._one_at_a_time = Lock()
        self._thread: Thread | None = None
        self._told: Told = lambda _event: None

    def start(self, told: Told) -> None:
        """Begin."""
        self._told = told
        self.go_on()

    def stop(self) -> None:
        """Leave off."""
        self._stopped.set()

    def go_on(self) -> None:
        """Go on."""
        self._stopped.set()
        stopped = self._stopped = Flag()
        self._thread = Thread(target=self._update, args=(stopped,), daemon=True)
        self._thread.start()

    def rebuild(self, number: int) -> None:
        """Nothing: what is in memory is not damaged by anything that reading it again would mend."""

    def _update(self, stopped: Flag) -> None:
        from reader.library.identities import identities  # noqa: PLC0415 - not for the first paint
        from reader.library.upkeep import Update, updated  # noqa: PLC0415

        store = self._order.store
        how = Update(
            (lambda: identities(store)) if store else Update().identities,
            show_copies=self._order.show_copies,
            told=self._told,
            stopped=stopped.is_set,
        )
        with self._one_at_a_time:
            for one in self._order.kept:
                if stopped.is_set():
                    return
                self._told(updated(one, how))

    def close(self) -> None:
        """End it."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE)
            self._thread = None
