"""Places on a command line at which articles are opened: `FILE:20`, `FILE#Heading`, `+20`, `+50%`, `+/text`.

These are the forms of grep and compilers, of links in notes, and of less and vim.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from reader.archive.bundles.entry_paths import file_of
from reader.cli.articles import ARTICLE_ID, files_at, several_articles
from reader.cli.standard_input import NAME
from reader.document.document import Position, Range
from reader.errors import ArchiveError, ReaderError, UsageError
from reader.language import _
from reader.reading.opened_article import Reading
from reader.reading.starting_place import END, StartingPlace
from reader.regex import regex

_LINE = regex(r"(.+?):(\d{1,9})(?::\d+)?:?")
_PLUS = regex(r"\+(?:(\d{0,9})|(G)|(\d{1,3})[%pP]|[/?](.+))")

Target: TypeAlias = tuple[str, StartingPlace | None]
"""A file, an id or `-`, and the place in it, if one is named."""


def targets_of(arguments: Sequence[str]) -> list[Target]:
    """Divide arguments into what they open and the places in it; a place that follows `+` is one in the first of them.

    Whatever exists under the whole argument is no place: `notes#2.md`, `talk:20`, `+20`.

    Raises:
        UsageError: There is a place, but nothing to open.
    """
    targets: list[Target] = []
    first: StartingPlace | None = None
    for one in arguments:
        place = None if os.path.lexists(one) else place_after_plus(one)
        if place is not None:
            first = place
        else:
            targets.append(_divided(one))
    if first is not None:
        if not targets:
            raise UsageError(
                _("{place} needs a file to open").format(place=first.written),
                _("write it as in “reader FILE {place}”").format(place=first.written),
            )
        targets[0] = (targets[0][0], first)
    return targets


def place_after_plus(argument: str) -> StartingPlace | None:
    """The place of `+20`, `+` and `+G` (the end), `+50%`, `+50p` (as in less), `+/text` and `+?text`."""
    found = _PLUS.fullmatch(argument)
    if found is None:
        return None
    line, _end, share, text = found.groups()
    if text:
        return StartingPlace(argument, text=text)
    if share:
        return StartingPlace(argument, percentage=int(share))
    return StartingPlace(argument, line=int(line) if line else END)


def is_command(argument: str) -> bool:
    """Whether an argument is a command of less or vim, such as `+F` or `+set nu`, which no place has."""
    return argument.startswith("+") and not os.path.lexists(argument) and place_after_plus(argument) is None


def starting_places(targets: Iterable[Target]) -> dict[Path, StartingPlace]:
    """The places by the paths of their articles, for the screen.

    Raises:
        UsageError: One of the paths is a folder, or a file with several articles.
    """
    places: dict[Path, StartingPlace] = {}
    for target, place in targets:
        if place is None:
            continue
        path = Path(target)
        if path.is_dir():
            raise UsageError(
                _("{path} is a folder, not an article").format(path=path),
                _("open it with “reader {path}”").format(path=path),
            )
        if path.exists() and (articles := files_at(path)) != [path] and len(articles) > 1:
            raise several_articles(path, articles[0])
        places[path] = place
    return places


def part_from(place: StartingPlace, reading: Reading) -> Range | None:
    """The section that begins at a place, if one is named, else what follows the place; None for all of an article.

    Raises:
        ReaderError: There is no such place.
    """
    position = place.position_in(reading)
    if position is None:
        raise _no_such_place(place, reading)
    number = reading.outline.index_at(position) if place.section else None
    if number is not None and reading.outline.sections[number].start == position:
        from reader.document.parts import section_range  # noqa: PLC0415 - most articles are printed as a whole

        return section_range(reading.document, reading.outline, number)
    # A text or a percentage lies within a paragraph, which is printed from its beginning.
    start = position if place.line is not None else Position(position.block)
    return Range(start, Position(len(reading.document.leaves))) if start > Position(0) else None


def _no_such_place(place: StartingPlace, reading: Reading) -> ReaderError:
    if place.section:
        from reader.reading.article_parts import no_section  # noqa: PLC0415 - only for an error

        return no_section(reading, place.section)
    if place.text:
        return ArchiveError(_("No match for “{needle}” in this article").format(needle=place.text))
    name = reading.article.path.name
    message = _("{name} is not a text file, so that it has no lines").format(name=name)
    if name == NAME:
        message = _("The lines of standard input are not numbered")
    return UsageError(message, _("write a percentage (+50%), a text (+/text) or a section (FILE#Heading) instead"))


def _divided(argument: str) -> Target:
    if "://" in argument or _exists(argument):
        return argument, None
    found = _LINE.fullmatch(argument)
    if found is not None:
        # A path without the line is what a message about a missing file should name.
        name = found[1]
        return name, StartingPlace(argument[len(name) :], line=int(found[2]))
    end = len(argument) - 1
    while (end := argument.rfind("#", 1, end)) > 0:
        if _exists(argument[:end]) or ARTICLE_ID.fullmatch(argument[:end]):
            return argument[:end], StartingPlace(argument[end:], section=argument[end + 1 :])
    return argument, None


def _exists(name: str) -> bool:
    """Whether there is a file, or an article within a file that holds several."""
    path = Path(name)
    file = file_of(path)
    return os.path.lexists(name) or (file != path and os.path.lexists(file) and path in files_at(file))
