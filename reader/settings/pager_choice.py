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
