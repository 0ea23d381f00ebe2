"""Which tests run which lines, and in what order to run them so that a mutant is noticed soon."""

import json
import signal
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import coverage
import pytest

_SLOWEST = 2
"""CPU seconds after which a test is stopped and not used: it would be run again for each mutant."""


@dataclass(frozen=True, slots=True)
class CoveringTest:
    """A test: its CPU seconds, and the lines that it runs, by file."""

    name: str
    seconds: float
    lines: Mapping[str, frozenset[int]]

    @property
    def file(self) -> str:
        """The file of the test."""
        return self.name.partition("::")[0]


class Recorder:
    """A plugin of pytest that records the lines and the CPU time of each test that passes."""

    def __init__(self, folder: Path, room: str) -> None:
        source = folder / room if (folder / room).is_dir() else (folder / room).parent
        self._folder = folder
        self._coverage = coverage.Coverage(data_file=None, config_file=False, source=[str(source)])
        self._seconds: dict[str, float] = {}
        self._failed: set[str] = set()

    def start(self) -> None:
        """Start recording."""
        signal.signal(signal.SIGVTALRM, self._stop)
        self._coverage.start()

    @staticmethod
    def _stop(_number: int, _frame: FrameType | None) -> None:
        pytest.fail("too slow to be run for each mutant")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        """Record the lines of a test, with its fixtures, under its name."""
        self._coverage.switch_context(item.nodeid)
        begun = time.process_time()
        result = yield
        self._seconds[item.nodeid] = time.process_time() - begun
        self._coverage.switch_context("")
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[Any]:
        """Stop a test that takes too long."""
        signal.setitimer(signal.ITIMER_VIRTUAL, _SLOWEST)
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Leave out a test that does not pass: it cannot tell a mutant from the original."""
        if not report.passed:
            self._failed.add(report.nodeid)

    def write(self, records: Mapping[str, Path]) -> None:
        """Stop recording and write the records of these test files."""
        self._coverage.stop()
        data = self._coverage.get_data()
        lines: dict[str, dict[str, list[int]]] = {one: {} for one in self._seconds if one not in self._failed}
        for file in data.measured_files():
            for line, names in data.contexts_by_lineno(file).items():
                for name in names:
                    if name in lines:
                        lines[name].setdefault(str(Path(file).relative_to(self._folder)), []).append(line)
        for test_file, record in records.items():
            rows = [
                {"name": one, "seconds": self._seconds[one], "lines": found}
                for one, found in lines.items()
                if one.partition("::")[0] == test_file
            ]
            record.write_text(json.dumps(rows), encoding="utf-8")


def recorded(records: Iterable[Path]) -> list[CoveringTest]:
    """Read the records of test files."""
    return [
        CoveringTest(one["name"], one["seconds"], {file: frozenset(lines) for file, lines in one["lines"].items()})
        for record in records
        for one in json.loads(record.read_text(encoding="utf-8"))
    ]


def chosen_tests(tests: Sequence[CoveringTest], file: str, line: int, seconds: float) -> list[CoveringTest]:
    """The tests for a mutant of a line, of at most so many CPU seconds, the likeliest to notice it first.

    These are the tests that run the line, and those of the file named after the module: a line that only the import
    runs, or only the first call of a cached function, belongs to no other test. If there are none, all tests are
    candidates. Files stay together, because their fixtures are shared.
    """
    mirror = f"test_{Path(file).stem}.py"
    running = [one for one in tests if line in one.lines.get(file, ())]
    mirrored = [one for one in tests if Path(one.file).name == mirror and one not in running]
    of_module = [one for one in tests if file in one.lines]
    total: dict[str, float] = {}
    candidates = [*running, *mirrored] if running else (mirrored + of_module or list(tests))
    for one in candidates:
        total[one.file] = total.get(one.file, 0) + one.seconds
    candidates.sort(key=lambda one: (Path(one.file).name != mirror, total[one.file], one.file, one.seconds))
    chosen: dict[str, CoveringTest] = {}
    spent = 0.0
    for one in candidates:
        if one.name not in chosen and (spent + one.seconds <= seconds or not chosen):
            chosen[one.name] = one
            spent += one.seconds
    return list(chosen.values())
