"""The compiled form of regular expressions, kept in a file between runs of the program.

Showing an article needs about ninety expressions. `re`, which is written in Python, spends a sixth of the command's
time on compiling them. Its last step makes a `re.Pattern` from the compiled code, and takes only 2 % of that time.
"""

import os
import re
import stat
import sys
from binascii import crc32
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from reader.regex import compiler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    _Key = tuple[str | bytes, int]
    _Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]

_LEAST_NEW = 8
"""The minimum number of new expressions for which the file is written: compiling fewer again is faster."""

_MOST = 4_000
"""The number of expressions above which the file is begun anew: older versions of the program may have left some."""

_LARGEST = 16_000_000
"""The size in bytes above which a file is not read but begun anew; `_MOST` expressions take a quarter of that."""

_OTHERS = 0o022
"""The write permissions of the group and of others."""

_ITSELF = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags that open a file without following a symbolic link, which may lead to one of the user's own files, and
without waiting for the other end of a named pipe."""


@contextmanager
def regexes_kept(folder: "Callable[[], str]") -> Iterator[None]:
    """Compile the expressions of `regex` with the help of a file in `folder`; on exit, add the new ones to it.

    `folder` is called when the first expression is needed.
    """
    before = compiler[0]
    cache = use_kept_regexes(folder)
    try:
        yield
    finally:
        compiler[0] = before
        if cache is not None:
            cache.save()


def use_kept_regexes(folder: "Callable[[], str]") -> "_RegexCache | None":
    """Compile expressions as in `regexes_kept`, but never write the file, for a process that may be killed."""
    if sys.implementation.name != "cpython":
        return None
    cache = _RegexCache(folder)
    compiler[0] = cache.compile
    return cache


class _RegexCache:
    """The compiled expressions of earlier runs, read on first use, and of this run.

    The file is written in place, so that a killed process leaves no temporary file. A file that is read while it is
    written fails its checksum, and the expressions are compiled again.
    """

    def __init__(self, folder: "Callable[[], str]") -> None:
        self._folder = folder
        self._codes: dict[_Key, _Code] | None = None
        self._new: dict[_Key, _Code] = {}

    def compile(self, pattern: "Any", flags: int) -> "re.Pattern[Any]":
        """Compile an expression as `re.compile` does.

        Raises:
            re.error: The expression is invalid.
        """
        try:
            return self._made((pattern, int(flags)))
        except (AttributeError, KeyError, OverflowError, RuntimeError, TypeError, ValueError):
            # Another version of Python may compile in another way, and reject these instructions.
            return re.compile(pattern, flags)

    def _made(self, key: "_Key") -> "re.Pattern[Any]":
        if self._codes is None:
            self._codes = self._read()
        code = self._codes.get(key) or self._new.get(key)
        if code is None:
            code = self._new[key] = _code(*key)
        found, instructions, *groups = code
        # `re` has imported this module, which the type stubs do not know.
        make = sys.modules["_sre"].compile
        made: re.Pattern[Any] = make(key[0], found, memoryview(instructions).cast("I").tolist(), *groups)
        return made

    def save(self) -> None:
        """Write the file if there are enough new expressions; a failure to write it is ignored."""
        if len(self._new) < _LEAST_NEW:
            return
        import marshal  # noqa: PLC0415 - as in `_read`
        from pathlib import Path  # noqa: PLC0415 - slow to import, and most runs have nothing new

        from reader.private_files import FILE, make_private_folder, make_way, narrow  # noqa: PLC0415

        known = self._codes or {}
        data = marshal.dumps({**(known if len(known) < _MOST else {}), **self._new})
        with suppress(OSError, ValueError):
            folder = self._folder()
            make_private_folder(Path(folder))
            make_way(Path(_file(folder)))
            narrow(Path(_file(folder)))
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _ITSELF
            with open(os.open(_file(folder), flags, FILE), "wb") as file:  # noqa: PTH123
                file.write(_header(data) + data)

    def _read(self) -> "dict[_Key, _Code]":
        """The expressions in the file; none if it is missing, invalid, a symbolic link, or writable by others."""
        import marshal  # noqa: PLC0415 - the quickest format to read; its files are not safe if others may write them

        with (
            suppress(EOFError, OSError, TypeError, ValueError),
            open(_file(self._folder()), "rb", opener=_open_itself) as file,
        ):
            if _is_trusted(os.fstat(file.fileno())):
                header, data = file.readline(), file.read()
                if header == _header(data):
                    found = marshal.loads(data)  # noqa: S302 - checked above
                    return found if isinstance(found, dict) else {}
        return {}


def _code(pattern: str | bytes, flags: int) -> "_Code":
    """Do all steps of `re._compiler.compile` except the last, and return the arguments of the last step."""
    from array import array  # noqa: PLC0415 - most runs have nothing new

    # `re` has imported both modules; the type stubs do not know them.
    parsed = vars(re)["_parser"].parse(pattern, flags)
    instructions = array("I", vars(re)["_compiler"]._code(parsed, flags)).tobytes()  # noqa: SLF001
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return flags | state.flags, instructions, state.groups - 1, state.groupdict, tuple(names)


def _open_itself(path: str, flags: int) -> int:
    return os.open(path, flags | _ITSELF)


def _is_trusted(about: os.stat_result) -> bool:
    """Whether a file is a regular file of a sensible size that only its owner, the user, can have written."""
    if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
        return False
    return not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & _OTHERS)


def _file(folder: str) -> str:
    # One file for each version of Python, because each has instructions of its own.
    return os.path.join(folder, f"regexes.{sys.implementation.cache_tag}")  # noqa: PTH118 - pathlib is slow to import


def _header(data: bytes) -> bytes:
    """The line before the data of a file: the interpreter that it is for, and its checksum."""
    return " ".join((*sys.version.split(), sys.byteorder, f"{crc32(data)}\n")).encode()
