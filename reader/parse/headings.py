"""Headings: those that the source does not call so are found, and all are given the level of a careful editor."""

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TypeGuard

from reader.document.blocks import Block, Heading, Inline, Leaf, Paragraph, Quote, leaves
from reader.document.mapping import map_leaves
from reader.parse.evidence import headings_among
from reader.parse.heading_lines import LONGEST, VisualLine, ems, lines_of, parts
from reader.parse.levels import levels
from reader.parse.shapes import shape
from reader.parse.spans import joined
from reader.parse.wording import is_signature

_LEAD = 5
"""Leaves at the beginning among which the repeated title is looked for."""

_LEAD_TEXT = 40
"""A paragraph with more characters ends the beginning."""

_FIRST = 16
"""Characters of a text that tell whether it may be the title."""

_SENTENCES = 500
"""Characters by which it can be told that a heading is too long."""

_SITE = re.compile(r"\s*[_|｜丨»·•]|\s[-–—]|[-–—]{2}")
"""What a title has between the article's name and the site's."""


_MOST_BLOCKS = 200_000
"""Blocks up to which evidence is weighed: twenty megabytes of a book, in a few seconds."""


def mark_headings(blocks: list[Block], title: str) -> list[Block]:
    """`blocks` with pseudo headings made headings, all of them re-levelled, and the repeated `title` at level 0.

    No character but white space is lost. Headings without text are left out. What has more blocks than any article is
    taken as the source has it.
    """
    blocks = mark_title(blocks, title)
    if len(blocks) > _MOST_BLOCKS:
        return blocks
    blocks = _joined(_with_pseudo(blocks))
    found = [
        leaf
        for block in blocks
        for leaf in leaves(block)
        if isinstance(leaf, Heading) and leaf.level and leaf.text.text
    ]
    if not found:
        return blocks
    ranked = iter(levels(found))
    return [_relevelled(block, ranked) for block in blocks]


def mark_title(blocks: list[Block], title: str) -> list[Block]:
    """`blocks` with the repeated `title` at level 0, and without headings that are none or empty."""
    return _with_title(
        [_demoted(block) if isinstance(block, Heading) else block for block in blocks if _is_filled(block)], title
    )


def _is_filled(block: Block) -> bool:
    """Whether it is anything but a heading without text."""
    return not isinstance(block, Heading) or bool(block.text.text.strip())


def _demoted(block: Heading) -> Heading | Paragraph:
    """`block`, but a paragraph if it is a heading to its source alone: a signature, or sentences set in large type."""
    text = block.text.text
    sentences = ems(text[:_SENTENCES]) > LONGEST and text.endswith(("。", "！", ".", "!", "；"))
    return Paragraph(block.text) if sentences or is_signature(text) else block


# The repeated title


def _with_title(blocks: list[Block], title: str) -> list[Block]:
    wanted = _letters(title)
    if not wanted:
        return blocks
    names = {wanted, *(_letters(title[: sign.start()]) for sign in _SITE.finditer(title))}
    for number, block in enumerate(blocks[:_LEAD]):
        if isinstance(block, Heading | Paragraph):
            own = _letters(block.text.text) if _begins_one(block.text.text, names) else ""
            # A real heading may leave out the site's name, which the title has; a paragraph must be the whole title.
            if own and (own == wanted or (isinstance(block, Heading) and len(own) >= 4 and own in names)):
                return [*blocks[:number], Heading(block.text, 0), *blocks[number + 1 :]]
            if isinstance(block, Paragraph) and len(block.text.text) > _LEAD_TEXT:
                break
    return blocks


def _begins_one(text: str, names: AbstractSet[str]) -> bool:
    """Whether the first letters of a text are those of a name: a long text then need not be folded."""
    folded = unicodedata.normalize("NFKC", text[:_FIRST]).casefold()
    # The last one may belong to what follows it.
    first = "".join(one for one in folded[:-1] if one.isalnum())
    return any(name.startswith(first) for name in names)


def _letters(text: str) -> str:
    """A text as far as two titles must agree: archives drop or change marks, widths and case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum()) or "".join(folded.split())


# Pseudo headings


def _with_pseudo(blocks: list[Block]) -> list[Block]:
    lines = lines_of(blocks)
    found = headings_among(lines)
    if not found:
        return blocks
    by_block: dict[int, list[tuple[VisualLine, bool]]] = {}
    for number, line in enumerate(lines):
        by_block.setdefault(line.block, []).append((line, number in found))
    made: list[Block] = []
    for number, block in enumerate(blocks):
        own = by_block.get(number, [])
        text = _text_of(block)
        if text is None or not any(is_heading for _, is_heading in own):
            made.append(block)
        else:
            cut = list(_parts(text, own))
            # A quotation was only the dress of its heading.
            bare = isinstance(block, Paragraph) or all(isinstance(one, Heading) for one in cut)
            made += cut if bare else [Quote(tuple(cut))]
    return made


def _text_of(block: Block) -> Inline | None:
    if isinstance(block, Quote) and len(block.blocks) == 1:
        block = block.blocks[0]
    return block.text if isinstance(block, Paragraph) else None


def _parts(text: Inline, lines: list[tuple[VisualLine, bool]]) -> Iterator[Block]:
    """A paragraph cut where its headings are."""
    ranges: list[tuple[int, int, bool]] = []
    for line, is_heading in lines:
        if ranges and not is_heading and not ranges[-1][2]:
            ranges[-1] = (ranges[-1][0], line.end, False)
        else:
            ranges.append((line.start, line.end, is_heading))
    pieces = parts(text, ((start, end) for start, end, _ in ranges))
    for piece, (_, _, is_heading) in zip(pieces, ranges, strict=True):
        yield Heading(piece, 1, pseudo=True) if is_heading else Paragraph(piece)


def _joined(blocks: list[Block]) -> list[Block]:
    """`blocks` with a heading that is only a number, and the title right below it, made one."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if isinstance(block, Heading) and isinstance(last, Heading) and _is_title_of(last, block):
            made[-1] = replace(last, text=joined([last.text, block.text]))
        else:
            made.append(block)
    return made


def _is_title_of(number: Heading, title: Heading) -> bool:
    found = shape(number.text.text)
    same = (number.level, number.pseudo) == (title.level, title.pseudo) and number.level > 0
    return same and found is not None and found.lone and shape(title.text.text) is None


# Levels


def _relevelled(block: Block, ranked: Iterator[int]) -> Block:
    """`block` with the next levels for the headings in it, in reading order."""

    def level(leaf: Leaf) -> Leaf:
        return replace(leaf, level=next(ranked)) if _counts(leaf) else leaf

    # Most containers hold no heading, and rebuilding a large table takes time.
    return map_leaves(block, level) if any(map(_counts, leaves(block))) else block


def _counts(leaf: Block) -> TypeGuard[Heading]:
    """Whether it is a heading that the outline shows."""
    return isinstance(leaf, Heading) and leaf.level > 0 and bool(leaf.text.text)
