"""The blocks of an article with its headings: paragraphs split at pseudo headings, the repeated title, the levels."""

import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TypeGuard

from reader.document.blocks import Block, Heading, Inline, Leaf, Paragraph, Quote, leaves
from reader.document.letters_and_digits import letters
from reader.document.mapping import map_leaves
from reader.lean_dataclasses import replace
from reader.parse.headings.evidence import headings_among
from reader.parse.headings.levels import levels
from reader.parse.headings.shapes import shape
from reader.parse.headings.visual_lines import LONGEST, VisualLine, ems, lines_of, parts
from reader.parse.headings.wording import is_signature
from reader.parse.spans import joined
from reader.regex import regex

_LEAD = 5
"""The number of leading blocks that are searched for the repeated title."""

_LEAD_TEXT = 40
"""The length in characters from which a paragraph ends the search for the title."""

_FIRST_LINE = 200
"""The maximum length in characters of a line that can be the title."""

_FIRST = 16
"""Characters compared first to decide whether a text may be the title."""

_SENTENCES = 500
"""Characters measured to decide whether a heading is too long."""

_SITE = regex(r"\s*[_|｜丨»·•]|\s[-–—]|[-–—]{2}")
"""Separators between the title of the article and the name of the site."""


_MOST_BLOCKS = 200_000
"""The maximum number of blocks for heading detection: a book of twenty megabytes, which takes a few seconds."""


def mark_headings(blocks: list[Block], title: str, *, is_outlined: bool = False) -> list[Block]:
    """Convert pseudo headings to headings, normalize all levels, and give the repeated `title` level 0.

    Empty headings are dropped; otherwise only white space is lost. A body with too many blocks keeps its headings. With
    `is_outlined`, the source marks all headings and their levels.
    """
    blocks = mark_title(blocks, title)
    if len(blocks) > _MOST_BLOCKS:
        return blocks
    blocks = _merge_numbers_with_titles(blocks if is_outlined else _mark_pseudo_headings(blocks))
    found = [
        leaf
        for block in blocks
        for leaf in leaves(block)
        if isinstance(leaf, Heading) and leaf.level and leaf.text.text
    ]
    if not found:
        return blocks
    ranked = iter(_dense([heading.level for heading in found]) if is_outlined else levels(found))
    return [_with_levels(block, ranked) for block in blocks]


def mark_title(blocks: list[Block], title: str) -> list[Block]:
    """Give the repeated `title` level 0, drop empty headings, and demote headings that are ordinary text."""
    marked = [_demote(block) if isinstance(block, Heading) else block for block in blocks]
    return _mark_repeated_title([block for block in marked if block is not None], title)


def _demote(block: Heading) -> Heading | Paragraph | None:
    """Turn a heading that is a signature or sentences in large type into a paragraph, and an empty one into None."""
    text = block.text.text
    if not text.strip():
        return None
    sentences = ems(text[:_SENTENCES]) > LONGEST and text.endswith(("。", "！", ".", "!", "；"))
    return Paragraph(block.text, block.anchor) if sentences or is_signature(text) else block


# The repeated title


def _mark_repeated_title(blocks: list[Block], title: str) -> list[Block]:
    wanted = _normalized_title(title)
    if not wanted:
        return blocks
    names = {wanted, *(_normalized_title(title[: sign.start()]) for sign in _SITE.finditer(title))}
    for number, block in enumerate(blocks[:_LEAD]):
        if isinstance(block, Heading | Paragraph):
            first, *others = _first_line(block)
            own = _normalized_title(first.text.text) if _begins_like_any(first.text.text, names) else ""
            # A real heading may lack the name of the site; a paragraph must match the whole title.
            if own and (own == wanted or (isinstance(block, Heading) and len(own) >= 4 and own in names)):
                following = [*others, *blocks[number + 1 :]]
                if isinstance(block, Paragraph):
                    following = _mark_second_line(following, wanted)
                return [*blocks[:number], Heading(first.text, 0, anchor=block.anchor), *following]
            if isinstance(block, Paragraph) and len(block.text.text) > _LEAD_TEXT:
                break
    return blocks


def _first_line(block: Heading | Paragraph) -> list[Heading | Paragraph]:
    """Split a paragraph after its first line, because downloaded novels have no blank line below a title."""
    end = block.text.text.find("\n", 0, _FIRST_LINE)
    if isinstance(block, Heading) or end < 0:
        return [block]
    first, others = parts(block.text, [(0, end), (end + 1, len(block.text.text))])
    return [Paragraph(first, block.anchor), Paragraph(others)]


def _mark_second_line(blocks: list[Block], wanted: str) -> list[Block]:
    """Give level 0 to a second repetition of the title, directly below the first one, as in chapters of novels."""
    if not blocks or not isinstance(blocks[0], Paragraph):
        return blocks
    first, *others = _first_line(blocks[0])
    if len(first.text.text) > _FIRST_LINE or _normalized_title(first.text.text) != wanted:
        return blocks
    return [Heading(first.text, 0, anchor=first.anchor), *others, *blocks[1:]]


def _begins_like_any(text: str, names: AbstractSet[str]) -> bool:
    """Whether a text begins like one of `names`: a cheap test that avoids folding a long text."""
    if "\u4e00" <= text[:1] <= "\u9fff" and not any(name.startswith(text[0]) for name in names):
        return False  # Most titles and lines begin with a Han character, which folds to itself.
    folded = unicodedata.normalize("NFKC", text[:_FIRST]).casefold()
    # The last character may combine with the next one.
    first = letters(folded[:-1])
    return any(name.startswith(first) for name in names)


def _normalized_title(text: str) -> str:
    """Normalize a title for comparison, since archives drop or change punctuation, width and case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return letters(folded) or "".join(folded.split())


# Pseudo headings


def _mark_pseudo_headings(blocks: list[Block]) -> list[Block]:
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
            cut = list(_split_at_headings(text, own, block.anchor if isinstance(block, Paragraph) else ""))
            # The author used quotations as a heading style if this one contains only headings.
            bare = isinstance(block, Paragraph) or all(isinstance(one, Heading) for one in cut)
            made += cut if bare else [Quote(tuple(cut))]
    return made


def _text_of(block: Block) -> Inline | None:
    if isinstance(block, Quote) and len(block.blocks) == 1:
        block = block.blocks[0]
    return block.text if isinstance(block, Paragraph) else None


def _split_at_headings(text: Inline, lines: list[tuple[VisualLine, bool]], anchor: str) -> Iterator[Block]:
    """Split a paragraph at its headings; the first part gets `anchor`."""
    ranges: list[tuple[int, int, bool]] = []
    for line, is_heading in lines:
        if ranges and not is_heading and not ranges[-1][2]:
            ranges[-1] = (ranges[-1][0], line.end, False)
        else:
            ranges.append((line.start, line.end, is_heading))
    pieces = parts(text, ((start, end) for start, end, _ in ranges))
    for piece, (_, _, is_heading) in zip(pieces, ranges, strict=True):
        yield Heading(piece, 1, pseudo=True, anchor=anchor) if is_heading else Paragraph(piece, anchor)
        anchor = ""


def _merge_numbers_with_titles(blocks: list[Block]) -> list[Block]:
    """Merge a heading that is only a number with the title directly below it."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if isinstance(block, Heading) and isinstance(last, Heading) and _is_title_of(last, block):
            anchor = " ".join(filter(None, (last.anchor, block.anchor)))
            made[-1] = replace(last, text=joined([last.text, block.text]), anchor=anchor)
        else:
            made.append(block)
    return made


def _is_title_of(number: Heading, title: Heading) -> bool:
    found = shape(number.text.text)
    same = (number.level, number.pseudo) == (title.level, title.pseudo) and number.level > 0
    return same and found is not None and found.lone and shape(title.text.text) is None


# Levels


def _dense(written: list[int]) -> list[int]:
    """Return levels without gaps: the outermost is 1."""
    ranks = {level: rank for rank, level in enumerate(sorted(set(written)), 1)}
    return [ranks[level] for level in written]


def _with_levels(block: Block, ranked: Iterator[int]) -> Block:
    """Assign the next levels to the headings in `block`, in reading order."""

    def level(leaf: Leaf) -> Leaf:
        return replace(leaf, level=next(ranked)) if _counts(leaf) else leaf

    # Most containers have no heading, and rebuilding a large table takes time.
    return map_leaves(block, level) if any(map(_counts, leaves(block))) else block


def _counts(leaf: Block) -> TypeGuard[Heading]:
    """Whether a leaf is a heading that the outline shows."""
    return isinstance(leaf, Heading) and leaf.level > 0 and bool(leaf.text.text)
