"""The user's pager."""

import os

_DEFAULT = "less"


def pager_words() -> list[str]:
    """The program of `$PAGER` with its arguments, or `less`; empty if the user wants none: an empty value, or `cat`."""
    import shlex  # noqa: PLC0415 - only for a terminal

    written = os.environ.get("PAGER", _DEFAULT)
    try:
        words = shlex.split(written)
    except ValueError:
        words = written.split()
    return [] if words[:1] == ["cat"] else words


def pager_environment() -> dict[str, str]:
    """The environment of a pager that gets UTF-8.

    “less” shows the bytes in hexadecimal if the locale is not installed, unless it is told the character set.
    """
    told = {} if "LESSCHARDEF" in os.environ else {"LESSCHARSET": "utf-8"}
    return told | os.environ
