"""Child processes that the reader starts for the user: with the terminal to themselves, or without a terminal."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

from reader.workers.external_program import feed

_CONSOLE_BROWSERS = frozenset(
    {"browsh", "carbonyl", "cha", "edbrowse", "elinks", "links", "links2", "lynx", "retawq", "w3m", "www-browser"}
)
"""Browsers that run in the terminal; all other openers run without one."""

_SETTLED = 4.0
"""Seconds after which a running program counts as started: an opener exits at once, a browser keeps running."""

_HARMLESS = frozenset(
    f".{suffix}"
    for suffix in (
        *("apng", "avif", "bmp", "djvu", "gif", "heic", "ico", "jpeg", "jpg", "jxl", "pdf", "png", "svg", "tif"),
        *("tiff", "webp", "aac", "flac", "m4a", "mid", "mka", "mp3", "oga", "ogg", "opus", "wav", "wma"),
        *("avi", "flv", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm", "wmv"),
        *("csv", "doc", "docx", "epub", "json", "log", "mobi", "odp", "ods", "odt", "ppt", "pptx", "rtf", "tsv"),
        *("txt", "xls", "xlsx", "xml", "yaml", "yml", "7z", "bz2", "gz", "rar", "tar", "xz", "zip"),
    )
)
"""Suffixes of the files that may be opened: pictures, sounds, films, documents. Other files may be programs."""

_FOREGROUND: list["subprocess.Popen[bytes]"] = []
"""The child processes that own the terminal at the moment."""


def pass_on(number: int) -> None:
    """Forward a signal to the child process that owns the terminal and that this program waits for."""
    for child in _FOREGROUND:
        with suppress(OSError):
            child.send_signal(number)


def run_in_foreground(
    command: Sequence[str], data: bytes | None = None, environment: Mapping[str, str] | None = None
) -> int:
    """Run a program in the terminal until it ends; return its exit code, negative for a signal.

    If `data` is given, it is the standard input of the program, which then reads keys from `/dev/tty`.

    Raises:
        OSError: It cannot be started.
        ValueError: An argument contains NUL.
    """
    source = None if data is None else subprocess.PIPE
    with subprocess.Popen(command, stdin=source, env=environment) as child:  # noqa: S603 - the user's own program, no shell
        _FOREGROUND.append(child)
        if data is not None:
            Thread(target=feed, args=(child, data), daemon=True).start()
        try:
            return child.wait()
        finally:
            _FOREGROUND.remove(child)


@contextmanager
def keyboard_signals_ignored() -> Iterator[None]:
    """Ignore the signals of keys such as Ctrl+C, which reach a child but also this program, and would end it."""
    before = {
        one: signal.signal(one, lambda *_: None)
        for one in (signal.SIGINT, getattr(signal, "SIGQUIT", None))
        if one is not None
    }
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def run_detached(command: Sequence[str]) -> int | None:
    """Start a program without a terminal in a new session; return its exit code, or None if it keeps running.

    Raises:
        OSError: It cannot be started.
    """
    child = subprocess.Popen(  # noqa: S603 - the user's own program, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return child.wait(_SETTLED)
    except subprocess.TimeoutExpired:
        # Nothing waits for it any more, so suppress Python's ResourceWarning.
        child.returncode = 0
        return None


def openers(environment: Mapping[str, str]) -> list[list[str]]:
    """The commands that open a URL, which replaces `%s` or is appended; only those of $BROWSER if it is set."""
    wanted = [part for part in environment.get("BROWSER", "").split(os.pathsep) if part.strip()]
    if wanted:
        candidates = [_words(part) for part in wanted]
    elif sys.platform == "darwin":
        candidates = [["open"]]
    else:
        has_desktop = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
        desktop = [["xdg-open"], ["gio", "open"], ["x-www-browser"]] if has_desktop else []
        candidates = [["wslview"], *desktop, *([name] for name in ("www-browser", "w3m", "lynx", "elinks", "links"))]
    return [one for one in candidates if one and shutil.which(one[0])]


def is_harmless(path: Path) -> bool:
    """Whether a file is of a kind that is only shown, and not run as a program, when the system opens it."""
    return path.is_absolute() and path.suffix.lower() in _HARMLESS


def file_openers(environment: Mapping[str, str]) -> list[list[str]]:
    """The commands that open a file in the program that the system has for it; none without a desktop."""
    if sys.platform == "darwin":
        return [["open"]]
    has_desktop = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    candidates = [["xdg-open"], ["gio", "open"]] if has_desktop else []
    return [one for one in (*candidates, ["wslview"]) if shutil.which(one[0])]


def _words(command: str) -> list[str]:
    try:
        # A trailing & asks a shell to run the program in the background, which is done anyway.
        return shlex.split(command.rstrip().removesuffix("&"))
    except ValueError:
        return []


def needs_terminal(program: str) -> bool:
    """Whether a program is a browser that runs in the terminal, under its own or another name."""
    found = shutil.which(program) or program
    return not _CONSOLE_BROWSERS.isdisjoint({Path(found).name, Path(os.path.realpath(found)).name})


def with_address(command: Sequence[str], address: str) -> list[str]:
    """The command with a URL, in the place of `%s` or at the end."""
    if any("%s" in word for word in command):
        return [word.replace("%s", address) for word in command]
    return [*command, address]


def start_file(address: str) -> None:
    """Let Windows open a URL or a file.

    Raises:
        OSError: It cannot be opened.
    """
    opened: Any = vars(os)["startfile"]
    opened(address)
