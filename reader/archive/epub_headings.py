"""The headings that the navigation of an EPUB adds to a chapter, and the levels that it gives to existing ones."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from html import escape

from reader.archive.epub_navigation import NavigationEntry
from reader.document.letters_and_digits import folded_letters
from reader.lean_dataclasses import dataclass, field
from reader.regex import regex

_HEADING = regex(r"(?i)<h([1-6])(?=[\s>])[^<>]*+>((?:[^<]++|<(?!/?h[1-6]))*+)</h\1\s*>")
_TAG = regex(r"<[^<>]*>")
_ALTERNATIVE = regex(r"""(?i)\salt\s*=\s*(?:"[^"]*\w|'[^']*\w)""")
_ID = regex(r"""(?i)<[a-z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
_BLOCK = regex(r"(?i)<(p|div)(?=[\s>])[^<>]*>")
_INNER_BLOCK = regex(r"(?i)<(?:p|div|table|ul|ol|dl|section|blockquote|h[1-6])[\s>]")
_NEAR = 2_000
"""The maximum distance in characters from the start of a section to a paragraph that repeats its label."""
_LONGEST = 1_000
"""The maximum length of such a paragraph in characters of source."""
_BLOCKS_AT_MOST = 8


@dataclass(slots=True)
class HeadingChanges:
    """The changes to the headings of a chapter.

    Attributes:
        inserted: HTML by the offset in the chapter before which it is inserted.
        renamed: The new names of elements by the offsets of their start tags.
        ends: The new names of the same elements by the offsets of their end tags.
        shift: The number of levels by which the last heading was moved, for headings at the top of the next chapter.
    """

    inserted: dict[int, str] = field(default_factory=dict)
    renamed: dict[int, str] = field(default_factory=dict)
    ends: dict[int, str] = field(default_factory=dict)
    shift: int = 0


@dataclass(frozen=True, slots=True)
class _ChapterHeading:
    """A heading: its offsets, level and text."""

    start: int
    inner: int
    end_tag: int
    end: int
    level: int


def heading_changes(html: str, entries: Iterable[NavigationEntry], shift: int) -> HeadingChanges:
    """Return the changes for a chapter.

    An entry of the navigation may lead to a section without a heading. Then the paragraph there that repeats the
    entry's label becomes the heading; if there is none, a heading is inserted. The first heading of a section gets the
    level of the entry; the others move with it.

    Args:
        html: The body of the chapter.
        entries: The entries of the navigation that lead to it.
        shift: The number of levels by which the previous chapter's headings were moved.
    """
    changes = HeadingChanges(shift=shift)
    headings = [heading for found in _HEADING.finditer(html) if (heading := _with_text(found)) is not None]
    starts = _section_starts(html, entries, headings)
    offsets = [offset for offset, _entry in starts]
    levels: dict[int, int] = {}
    for number, (offset, entry) in enumerate(starts):
        end = offsets[number + 1] if number + 1 < len(starts) else len(html) + 1
        own = next((one for one in headings if offset <= one.start < end), None)
        if own is not None:
            levels[offset] = entry.level - own.level
        elif end > offset:
            _add_heading(html, offset, min(end, len(html)), entry, changes)
        else:
            changes.inserted[offset] = changes.inserted.get(offset, "") + _heading(entry)
    for heading in headings:
        place = bisect_right(offsets, heading.start) - 1
        changes.shift = levels.get(offsets[place], changes.shift) if place >= 0 else changes.shift
        level = min(6, max(1, heading.level + changes.shift))
        if level != heading.level:
            changes.renamed[heading.start] = changes.ends[heading.end_tag] = f"h{level}"
    return changes


def _with_text(found: re.Match[str]) -> _ChapterHeading | None:
    """Return a heading; None if it has neither text nor a picture with an alternative text."""
    if not _TAG.sub("", found[2]).strip() and not _ALTERNATIVE.search(found[2]):
        return None
    return _ChapterHeading(found.start(), found.start(2), found.end(2), found.end(), int(found[1]))


def _section_starts(
    html: str, entries: Iterable[NavigationEntry], headings: list[_ChapterHeading]
) -> list[tuple[int, NavigationEntry]]:
    """Return where the section of each entry begins, in order.

    An id in a heading, or directly below it, means the heading.
    """
    entries = list(entries)
    ids = _offsets_of_ids(html, {entry.fragment for entry in entries if entry.fragment})
    ends = [heading.end for heading in headings]
    starts: list[tuple[int, NavigationEntry]] = []
    for entry in entries:
        offset = ids.get(entry.fragment, 0)
        place = bisect_right(ends, offset)
        if place < len(headings) and headings[place].start <= offset:
            offset = headings[place].start
        elif place and offset - ends[place - 1] < _NEAR and not _said(html[ends[place - 1] : offset]):
            offset = headings[place - 1].start
        starts.append((offset, entry))
    return sorted(starts, key=lambda start: start[0])


def _offsets_of_ids(html: str, wanted: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for match in _ID.finditer(html) if wanted else ():
        name = match[1] or match[2] or ""
        if name in wanted:
            found.setdefault(name, match.start())
    return found


def _add_heading(html: str, offset: int, end: int, entry: NavigationEntry, changes: HeadingChanges) -> None:
    """Turn the first paragraph of a section into its heading if it says the same; else insert one."""
    stop = min(end, offset + _NEAR)
    for count, found in enumerate(_BLOCK.finditer(html, offset, stop)):
        if count >= _BLOCKS_AT_MOST or _said(html[offset : found.start()]):
            break
        close = html.find(f"</{found[1]}", found.end(), found.end() + _LONGEST)
        inner = html[found.end() : close] if close >= 0 else "<p>"
        label = folded_letters(escape(entry.label, quote=False))
        if not _INNER_BLOCK.search(inner) and folded_letters(_said(inner)) == label:
            changes.renamed[found.start()] = changes.ends[close] = f"h{min(6, entry.level)}"
            return
    changes.inserted[offset] = changes.inserted.get(offset, "") + _heading(entry)


def _heading(entry: NavigationEntry) -> str:
    level = min(6, entry.level)
    return f"<h{level}>{escape(entry.label, quote=False)}</h{level}>"


def _said(html: str) -> str:
    return _TAG.sub("", html).strip()
