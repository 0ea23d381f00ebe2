"""A copy of the project, in which mutants are tested in child processes of limited CPU time."""

import hashlib
import importlib
import json
import os
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import entry_points
from pathlib import Path
from typing import IO

import pytest

from tests.mutants.covering import CoveringTest, Recorder, chosen_tests, recorded
from tests.mutants.sampling import Mutant
from tests.mutants.swapping import swapped

PROJECT = Path(__file__).resolve().parents[2]
_COPIED = ("reader", "tests", "themes", "seeds", "pyproject.toml", "README.md", "CHANGELOG.md", "docs")
_PYTEST = (
    *("-q", "-x", "-s", "--tb=no", "--no-header", "-m", "not slow and not end_to_end"),
    *("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", "--basetemp=temporary"),
    # The plugins are imported once, by this process, and not again by each child.
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
_OLD = 1_000_000_000
"""The modification time of every unmutated file. Each mutant has one of its own, so that no bytecode is mistaken."""

_PASSED, _FAILED, _COLD = 0, 1, 77
"""Exit codes of a child: `_COLD` if the mutant needs a process that has not imported the package."""

_RECORDING = 1200
"""Seconds of CPU time for running all tests of a room once, under coverage."""

_WALL = 20
"""The limit of elapsed time, in multiples of the limit of CPU time: the machine may be busy, a test may wait."""

_SPARE = 10
"""Seconds of CPU time beyond three times what the tests take without a mutant."""


class Trial:
    """A copy of the project for mutating and testing. `seconds` limits the CPU time of the tests of one mutant."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self.seconds = seconds
        self._running = folder / "running-test.txt"
        self._output = folder / "output.txt"
        self._tried = 0
        for entry in entry_points(group="pytest11"):
            importlib.import_module(entry.module)
        for name in _COPIED:
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy(source, folder / name)
        for path in folder.rglob("*.py"):
            os.utime(path, (_OLD, _OLD))

    def killers(self, room: str, tests: Sequence[str], mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, str]]:
        """Each mutant with the test that fails, or takes too long; empty if it survives.

        A process that has imported the room and its tests is forked for each mutant. Those that survive there are tried
        once more, in a process that imports the mutant: a table may be made, or a result kept, at the import.
        """
        records = self._records(room, tests)
        receiving, sending = os.pipe()

        def serve() -> int:
            os.close(receiving)
            with os.fdopen(sending, "w", encoding="utf-8") as results:
                return int(pytest.main([*_PYTEST, *tests], [_Room(self, room, records, mutants, results)]))

        with self._child(serve) as child:
            os.close(sending)
            again: list[Mutant] = []
            with os.fdopen(receiving, encoding="utf-8") as results:
                for line in results:
                    number, killer = json.loads(line)
                    if killer:
                        yield mutants[number], killer
                    else:
                        again.append(mutants[number])
            os.waitpid(child, 0)
        if not all(record.exists() for record in records.values()):
            message = f"the tests of {room} were not recorded:\n{self._output.read_text(encoding='utf-8')[-2000:]}"
            raise RuntimeError(message)
        covering = recorded(records.values())
        for mutant in again:
            yield mutant, self._tried_cold(mutant, covering)

    def _records(self, room: str, tests: Sequence[str]) -> dict[str, Path]:
        """The file with the record of each test file, named after the state of the room, the file and its helpers."""
        files = [one for name in tests for one in _python_files(self.folder / name)]
        chosen = [one for one in files if one.name.startswith("test_")]
        digest = hashlib.sha256()
        for path in sorted({*files, *_python_files(self.folder / room)}.difference(chosen)):
            digest.update(str(path.relative_to(self.folder)).encode() + b"\0" + path.read_bytes())
        found = {}
        for path in chosen:
            name = path.relative_to(self.folder).as_posix()
            state = hashlib.sha256(digest.digest() + name.encode() + b"\0" + path.read_bytes()).hexdigest()[:20]
            found[name] = Path(self.folder.parent.parent, f"reader-covering-{state}.json")
        return found

    def _tried_cold(self, mutant: Mutant, tests: Sequence[CoveringTest]) -> str:
        chosen = chosen_tests(tests, mutant.file, mutant.line, self.seconds)
        files = dict.fromkeys(one.file for one in chosen)
        return (
            self.tried(mutant, chosen, lambda _s, _m: int(pytest.main([*_PYTEST, *files], [_Cold(self, chosen)]))) or ""
        )

    def tried(self, mutant: Mutant, chosen: Sequence[CoveringTest], run: Callable[[str, str], int]) -> str | None:
        """The test that notices a mutant, empty if none does, None if `run` returns `_COLD`.

        `run` receives the source and the mutated source, which is in the copy of the file meanwhile.
        """
        path = self.folder / mutant.file
        source = path.read_text(encoding="utf-8")
        mutated = mutant.put(source)
        path.write_text(mutated, encoding="utf-8")
        self._tried += 1
        os.utime(path, (_OLD + self._tried, _OLD + self._tried))
        self.begins("the import")
        limit = _SPARE + 3 * sum(one.seconds for one in chosen)
        try:
            code = self.forked(lambda: run(source, mutated), limit)
        finally:
            path.write_text(source, encoding="utf-8")
            os.utime(path, (_OLD, _OLD))
        if code == _COLD:
            return None
        return "" if code == _PASSED else self._running.read_text(encoding="utf-8")

    def begins(self, test: str) -> None:
        """Note the test that runs: if the process ends, it is the one that has noticed the mutant."""
        self._running.write_text(test, encoding="utf-8")

    def forked(self, run: Callable[[], int], limit: float) -> int:
        """Run a function in a child process and return its exit code; after `limit` seconds of CPU time, kill it."""

        def limited() -> int:
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 5))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            return run()

        end = time.monotonic() + limit * _WALL
        with self._child(limited) as child:
            while time.monotonic() < end:
                done, status = os.waitpid(child, os.WNOHANG)
                if done:
                    return os.waitstatus_to_exitcode(status)
                time.sleep(0.05)
        return _FAILED

    @contextmanager
    def _child(self, run: Callable[[], int]) -> Iterator[int]:
        """A child process, which leaves no process behind."""
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            code = _FAILED
            try:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                os.setpgid(0, 0)
                self._move_in()
                code = run()
            except BaseException:  # noqa: BLE001 - whatever it is, this process ends here
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        try:
            yield child
        finally:
            for kill in (os.killpg, os.kill):
                with suppress(ProcessLookupError, PermissionError):
                    kill(child, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(child, 0)

    def _move_in(self) -> None:
        """Make this process import from the copy, and print into a file."""
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        output = os.open(self._output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        if Path.cwd() == self.folder:
            return
        os.chdir(self.folder)
        os.environ.update(PYTHONPATH=str(self.folder), READER_HYPOTHESIS="mutants")
        for name in [one for one in sys.modules if one.partition(".")[0] in {"tests", "reader"}]:
            del sys.modules[name]
        sys.path[:] = [str(self.folder), *(one for one in sys.path if one and Path(one).resolve() != PROJECT)]


class _Room:
    """A plugin of pytest that records the tests of a room and then tries mutants, instead of running the tests."""

    def __init__(
        self, trial: Trial, room: str, records: Mapping[str, Path], mutants: Sequence[Mutant], results: IO[str]
    ) -> None:
        self._trial = trial
        self._room = room
        self._records = records
        self._mutants = mutants
        self._results = results

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each mutant, in a fork of this process."""
        if not all(record.exists() for record in self._records.values()):
            self._trial.forked(lambda: self._recorded(session), _RECORDING)
        tests = recorded(self._records.values())
        items = {one.nodeid: one for one in session.items}
        for number, mutant in enumerate(self._mutants):
            chosen = chosen_tests(tests, mutant.file, mutant.line, self._trial.seconds)
            path = str(self._trial.folder / mutant.file)

            def run(source: str, mutated: str, path: str = path, chosen: Sequence[CoveringTest] = chosen) -> int:
                if not swapped(path, source, mutated):
                    return _COLD
                return self._run(session, [items[one.name] for one in chosen])

            killer = self._trial.tried(mutant, chosen, run)
            print(json.dumps([number, killer]), file=self._results, flush=True)
        return True

    def _recorded(self, session: pytest.Session) -> int:
        recorder = Recorder(self._trial.folder, self._room)
        session.config.pluginmanager.register(recorder)
        recorder.start()
        session.config.option.maxfail = 0
        missing = {name: record for name, record in self._records.items() if not record.exists()}
        self._run(session, [one for one in session.items if one.nodeid.partition("::")[0] in missing])
        recorder.write(missing)
        return _PASSED

    def _run(self, session: pytest.Session, items: Sequence[pytest.Item]) -> int:
        """Run tests until one fails, or all of them if there is no `-x`."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            self._trial.begins(item.nodeid)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed and session.config.option.maxfail:
                return _FAILED
        return _PASSED


class _Cold:
    """A plugin of pytest that runs these tests only, in this order."""

    def __init__(self, trial: Trial, tests: Sequence[CoveringTest]) -> None:
        self._order = {one.name: place for place, one in enumerate(tests)}
        self._trial = trial

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Choose and sort the tests."""
        items[:] = sorted((one for one in items if one.nodeid in self._order), key=lambda one: self._order[one.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note the test that runs."""
        self._trial.begins(nodeid)


def _python_files(path: Path) -> Iterator[Path]:
    yield from path.rglob("*.py") if path.is_dir() else [path]
