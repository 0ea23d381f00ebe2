"""Paths in messages: the home folder as `~`, and shorter variants for the status line."""

from collections.abc import Iterator
from pathlib import Path

from reader.document.sanitizing import clean_line
from reader.language import _
from reader.settings.folders import at_home


def path_variants(message: str, path: object, **values: object) -> tuple[str, ...]:
    """Variants of a message with `{path}` in it, from the whole path to its last name only."""
    return tuple(message.format(path=one, **values) for one in shortened(at_home(str(path))))


def not_in_archives(path: object) -> tuple[str, ...]:
    """Variants of the message that an article of the marks belongs to none of the open archives."""
    return path_variants(_("The article is not in these archives: {path}"), clean_line(str(path)))


def shortened(path: str) -> Iterator[str]:
    """Variants of a path from the whole one to its last name; more and more folders in the middle are left out."""
    yield path
    first, *others = Path(path).parts
    for left_out in range(1, len(others)):
        yield str(Path(first, "…", *others[left_out:]))
    if others:
        yield others[-1]
