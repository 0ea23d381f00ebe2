"""Parts of an article by the names that a user writes: a section, or a range of blocks."""

from reader.document.document import Position, Range
from reader.document.parts import part_of, section_range
from reader.errors import UsageError
from reader.language import _
from reader.reading.opened_article import Reading
from reader.regex import regex

_END = r"(\d{1,9})(?::(\d{1,9}))?"
_RANGE = regex(rf"(?:{_END})?(?:(\.\.)(?:{_END})?)?")


def chosen_range(reading: Reading, section: str | None, span: str | None) -> Range:
    """The range of a section, given by title or number, or of a range of blocks, in the section if one is given.

    Raises:
        UsageError: There is no such section, or the range is invalid or contains nothing.
    """
    count = len(reading.document.leaves)
    chosen = Range(Position(0), Position(count))
    if section is not None:
        chosen = section_range(reading.document, reading.outline, _section(reading, section))
    if span is not None:
        asked = _range(span, count)
        chosen = Range(max(chosen.start, asked.start), min(chosen.end, asked.end))
    if span is not None and asked.start >= asked.end:
        raise UsageError(
            _("The range {range} ends before it begins").format(range=span), _("write the smaller number first")
        )
    if chosen.start >= chosen.end or not part_of(reading.document, chosen).blocks:
        message = _("The range {range} contains nothing").format(range=span or section)
        raise UsageError(message, _("the blocks are numbered from 0 to {last}").format(last=max(count - 1, 0)))
    return chosen


def section_named(reading: Reading, wanted: str) -> int | None:
    """The index of a section: by its title, by its number, counted from 1, or by a part of the title."""
    titles = [section.title.casefold() for section in reading.outline.sections]
    name = " ".join(wanted.casefold().split())
    if name in titles:
        return titles.index(name)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(titles):
        return int(wanted) - 1
    return next((number for number, title in enumerate(titles) if name and name in title), None)


def no_section(reading: Reading, wanted: str) -> UsageError:
    """The error that an article has no section of a name, with the nearest one as its hint."""
    from reader.yaml_files import nearest  # noqa: PLC0415 - only for an error

    titles = [section.title for section in reading.outline.sections]
    hint = nearest(wanted, titles[:40]) if titles else _("this article has no sections")
    return UsageError(_("There is no section “{name}”").format(name=wanted), hint)


def _section(reading: Reading, wanted: str) -> int:
    number = section_named(reading, wanted)
    if number is None:
        raise no_section(reading, wanted)
    return number


def _range(text: str, count: int) -> Range:
    """The range of `12`, `12..15`, `12..`, `..15` or `12:5..15:20`: blocks as in `show --json`, and offsets in them.

    A block without an offset is included as a whole; an end with an offset is exclusive.
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None or not text.strip() or (not found[3] and found[1] is None):
        message = _("“{value}” is not a range of blocks").format(value=text)
        raise UsageError(message, _("write it as 12, 12..15, 12.. or 12:5..15:20"))
    first = Position(int(found[1] or 0), int(found[2] or 0))
    if not found[3]:
        return Range(first, Position(first.block + 1))
    if found[4] is None:
        return Range(first, Position(count))
    end = Position(int(found[4]), int(found[5])) if found[5] else Position(int(found[4]) + 1)
    return Range(first, end)
