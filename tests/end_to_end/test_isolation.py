"""Isolation from the current folder and from the network, checked by traces of system calls.

The current folder may be a downloaded archive with files of any name. None of them may be imported, executed or read as
configuration.
"""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.articles import write_article
from tests.end_to_end.terminal import READER, Terminal

pytestmark = pytest.mark.end_to_end

_CALLS = "execve,socket,connect,bind,listen,open,openat"
_PROGRAMS = ("tmux", "xclip", "wl-copy", "xdg-open", "nano", "vi", "sh", "python", "python3", "ip", "ifconfig", "uname")
_ARTICLES = 320
"""A number of articles for which indexing starts worker processes."""

COMMANDS = (
    ("index", "-a", "{archive}"),
    ("search", "-a", "{archive}", "渡船 AND is:starred OR 江"),
    ("show", "{archive}/a1.md"),
    ("outline", "{archive}/a1.md"),
    ("list", "-a", "{archive}"),
    ("check", "-a", "{archive}"),
    ("stats",),
    ("export", "{archive}/a1.md", "-o", "{out}"),
    ("marks", "export", "-o", "{out}/marks.json"),
    ("marks", "import", "{out}/marks.json"),
    ("marks", "check"),
    ("marks", "clear-history"),
    ("--version",),
)


def names() -> set[str]:
    """Return the names of all modules that the program or Python itself may import."""
    installed = {name for name in importlib.metadata.packages_distributions() if name.isidentifier()}
    return {*sys.stdlib_module_names, *installed, "sitecustomize", "usercustomize", "reader"} - {"__main__", "this"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of modules and programs that leave a trace when they are run."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in names():
        (folder / f"{name}.py").write_text(f"import posix\nposix.mkdir({str(folder / 'ran-')!r} + {name!r})\n")
    for name in ("reader", "textual", "apsw", "multiprocessing"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(f"import posix\nposix.mkdir({str(folder / 'ran-')!r} + {name!r})\n")
    for name in _PROGRAMS:
        (folder / name).write_text(f"#!/bin/sh\nmkdir {folder / 'ran-'}{name}\n")
        (folder / name).chmod(0o755)
    (folder / "settings.yaml").write_text("theme: [broken\n")
    (folder / "pyvenv.cfg").write_text("home = .\n")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    for number in range(_ARTICLES):
        write_article(folder / f"a{number}.md", f"渡口 {number}", f"<p>第{number}班渡船离岸，江上起雾。</p>")
    return folder


@pytest.fixture
def environ(tmp_path: Path, hostile: Path) -> Iterator[dict[str, str]]:
    # Shells set PWD; a program that is missing from PATH must not be looked up in that folder.
    yield {
        "LC_ALL": "C.UTF-8",
        "PWD": str(hostile),
        "EDITOR": "nano",
        **{f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CACHE", "CONFIG", "STATE")},
    }
    assert not list(hostile.glob("ran-*"))


def tracer(log: Path) -> list[str]:
    """Return the command that logs the system calls of a program and its children to `log`."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    command = [strace, "-f", "-qq", "-s", "4096", "-e", f"trace={_CALLS}", "-o", str(log)]
    if subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip("processes may not be traced here")
    return command


def assert_closed_off(log: Path, hostile: Path, *, at_least: int) -> None:
    """Check that no socket and no file in the folder was opened, and only programs outside the folder were run."""
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert len(calls) > at_least
    assert not [call for call in calls if re.search(r"\b(socket|connect|bind|listen)\(", call)]
    # Relative paths lead into the folder; those of Python itself are absolute.
    opened = [call for call in calls if re.search(r'\bopen(at)?\((AT_FDCWD, )?"', call)]
    of_folder = re.compile(rf'\((?:AT_FDCWD, )?"(?:(?!/)[^"]*|{re.escape(str(hostile))}/[^"]*)"')
    assert not [call for call in opened if of_folder.search(call)]
    run = [match[1] for call in calls if (match := re.search(r'\bexecve\("([^"]*)"', call))]
    assert run
    assert all(Path(program).is_absolute() and not program.startswith(str(hostile)) for program in run)


def test_modules_and_programs_run_in_the_folder_leave_a_trace(hostile: Path) -> None:
    for command in ([sys.executable, "-c", "import textual"], ["./tmux"]):
        subprocess.run(command, cwd=hostile, check=True, capture_output=True)
        (trace,) = hostile.glob("ran-*")
        trace.rmdir()
    subprocess.run([sys.executable, "-P", "-c", "import textual"], cwd=hostile, check=True)
    assert not list(hostile.glob("ran-*"))


@pytest.mark.parametrize("how", ["alone", "traced"])
def test_no_command_runs_anything_in_the_current_folder_or_opens_a_socket(
    how: str, archive: Path, hostile: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    before = tracer(log) if how == "traced" else []
    places = {"archive": str(archive), "out": str(tmp_path / "out")}
    for command in COMMANDS:
        arguments = [part.format(**places) for part in command]
        process = subprocess.run(
            [*before, READER, *arguments],
            cwd=hostile,
            env={**os.environ, **environ},
            check=False,
            capture_output=True,
            text=True,
        )
        assert process.returncode == 0, (arguments, process.stderr)
        if how == "traced":
            assert_closed_off(log, hostile, at_least=50)


@pytest.mark.parametrize("how", ["alone", "traced"])
def test_the_screen_runs_nothing_in_the_current_folder_and_opens_no_socket(
    how: str, archive: Path, hostile: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    command = [*(tracer(log) if how == "traced" else []), READER, str(archive)]
    # A long article is parsed in a separate process.
    write_article(archive / "long.md", "长江", "".join(f"<p>第{n}段，江上起雾。</p>" for n in range(20_000)))
    with Terminal(command, columns=100, rows=30, environ=environ, folder=hostile) as terminal:
        terminal.wait_for("江上起雾", 90).settle()
        terminal.press("F").settle().press("长江").settle().press("escape").settle()
        terminal.press("*").wait_for("Starred", 60).press("m", "m").wait_for("Added a bookmark", 60)
        terminal.press("q")
        assert terminal.wait_for_exit(60) == 0
    if how == "traced":
        assert_closed_off(log, hostile, at_least=500)
