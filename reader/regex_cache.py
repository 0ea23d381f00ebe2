"""The compiled form of regular expressions, kept in a file between runs of the program.

Showing an article needs about ninety expressions. `re` compiles them in Python, in a sixth of the time of the whole
command; its last step alone, which makes a `re.Pattern` of the compiled code, takes a fiftieth of that.
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

_FEW = 8
"""New expressions that are not worth a file: compiling them again takes less time than writing it."""

_MOST = 4_000
"""Expressions after which the file is begun anew; older versions of the program may have left some."""

_LARGEST = 16_000_000
"""Bytes after which a file is not read but begun anew; `_MOST` expressions take a quarter of that."""

_OTHERS = 0o022
"""The permissions to write of everybody but the owner."""

_ITSELF = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags to open a file without following a link, which may lead to a file of the user, or waiting at a pipe."""


@contextmanager
def regexes_kept(folder: "Callable[[], str]") -> Iterator[None]:
    """Make the expressions of `regex` with the help of a file in `folder`, and add new ones to it at the end.

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
    """Make the expressions of `regex` with the help of a file that is not changed, for a process that may be killed."""
    if sys.implementation.name != "cpython":
        return None
    cache = _RegexCache(folder)
    compiler[0] = cache.compile
    return cache


class _RegexCache:
    """Compiled expressions of earlier runs, read at the first use, and new ones.

    The file is written in place: no temporary file is left by a process that is killed, and one that is read while it
    is written fails its checksum, so that its expressions are compiled again.
    """

    def __init__(self, folder: "Callable[[], str]") -> None:
        self._folder = folder
        self._codes: dict[_Key, _Code] | None = None
        self._new: dict[_Key, _Code] = {}

    def compile(self, pattern: "Any", flags: int) -> "re.Pattern[Any]":
        """Do the same as `re.compile`.

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
        """Write the file if there is something new, as far as that is possible."""
        if len(self._new) < _FEW:
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
        """The expressions in the file; none if there is no valid one, if others may write it, or if it is a link."""
        import marshal  # noqa: PLC0415 - the quickest format to read; its files are not safe if others may write them

        with (
            suppress(EOFError, OSError, TypeError, ValueError),
            open(_file(self._folder()), "rb", opener=_opened_itself) as file,
        ):
            if _is_trusted(os.fstat(file.fileno())):
                header, data = file.readline(), file.read()
                if header == _header(data):
                    found = marshal.loads(data)  # noqa: S302 - checked above
                    return found if isinstance(found, dict) else {}
        return {}


def _code(pattern: str | bytes, flags: int) -> "_Code":
    """Compile an expression as `re._compiler.compile` does, without its last step: the arguments of that."""
    from array import array  # noqa: PLC0415 - most runs have nothing new

    # Not imports, as above.
    parsed = vars(re)["_parser"].parse(pattern, flags)
    instructions = array("I", vars(re)["_compiler"]._code(parsed, flags)).tobytes()  # noqa: SLF001
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return flags | state.flags, instructions, state.groups - 1, state.groupdict, tuple(names)


def _opened_itself(path: str, flags: int) -> int:
    return os.open(path, flags | _ITSELF)


def _is_trusted(about: os.stat_result) -> bool:
    """Whether a file is an ordinary one of a sensible size that only its owner, the user, can have written."""
    if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
        return False
    return not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & _OTHERS)


def _file(folder: str) -> str:
    # One for each version of Python, because each has instructions of its own.
    return os.path.join(folder, f"regexes.{sys.implementation.cache_tag}")  # noqa: PTH118 - pathlib is slow to import


def _header(data: bytes) -> bytes:
    """The line before the data of a file: the interpreter that it is for, and its checksum."""
    return " ".join((*sys.version.split(), sys.byteorder, f"{crc32(data)}\n")).encode()
