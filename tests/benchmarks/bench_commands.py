"""CPU of commands, as whole processes: `python -m tests.benchmarks.bench_commands`.

Prints the median CPU time (user and system) of each command and its ratio to `python -c pass`. The commands run in
turn, so that a slow moment of the machine affects all of them equally; then everything is repeated beside four busy
loops."""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from reader import resources
from tests.articles import write_article
from tests.benchmarks.bench_start import busy, report
from tests.benchmarks.home import home
from tests.end_to_end.terminal import READER

GOALS = {"--version": 2.5, "--help": 2.5, "--help, Chinese": 2.5, "--help, Japanese": 2.5, "show": 8.0, "search": 8.0}
"""The highest ratio wanted, by the beginning of a case's name."""


def cpu(arguments: list[str], environ: dict[str, str]) -> float:
    """The CPU seconds of a process and of the children that it waited for; its output is discarded."""
    drop = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    process = os.posix_spawn(arguments[0], arguments, {**os.environ, **environ}, file_actions=drop)
    _process, _status, used = os.wait4(process, 0)
    return used.ru_utime + used.ru_stime


def measure(cases: dict[str, tuple[list[str], dict[str, str]]], runs: int) -> None:
    """Run all cases in turn, and print their medians and ratios."""
    seconds: dict[str, list[float]] = {case: [] for case in cases}
    for run in range(runs + 1):
        for case, (arguments, environ) in cases.items():
            used = cpu(arguments, environ)
            if run:  # the first run writes Python's bytecode and the index
                seconds[case].append(used)
    middle = {case: statistics.median(found) for case, found in seconds.items()}
    for case, used in middle.items():
        goal = next((goal for name, goal in GOALS.items() if case.startswith(name)), None)
        wanted = f"   (at most {goal})" if goal else ""
        print(f"{case:28}{used * 1000:9.1f} ms{used / middle['python -c pass']:8.2f}{wanted}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=9, help="measured runs of each case (9)")
    runs = parser.parse_args().runs
    seeds = resources.seeds()
    essay = seeds / "English" / "Essays" / "The Keeping of Lights.md"
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        for number in range(30):
            body = report(3_000, "ready-to-read")
            write_article(base / "thirty" / f"{number}.md", f"第{number}篇", body, month=number % 12 + 1)
        around = home(base, "data", "cache")
        cases = {
            "python -c pass": ([sys.executable, "-c", "pass"], around),
            "--version": ([READER, "--version"], around),
            "--help": ([READER, "--help"], around),
            "--help, Chinese": ([READER, "--help"], around | {"LC_ALL": "zh_CN.UTF-8"}),
            "--help, Japanese": ([READER, "--help"], around | {"LC_ALL": "ja_JP.UTF-8"}),
            "show, an essay": ([READER, "show", str(essay)], around),
            "show, the Chinese welcome": ([READER, "show", str(seeds / "使用手册" / "欢迎.md")], around),
            "search, warm index": ([READER, "search", "-a", str(base / "thirty"), "进博会"], around),
        }
        print(f"CPU, median of {runs} runs in turn\n")
        measure(cases, runs)
        print("\nwith four busy loops\n")
        with busy(4):
            measure(cases, runs)


if __name__ == "__main__":
    main()
