"""The pictures of a document: their ordinals, and whether their alternative text says more than is shown anyway."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote

from reader.document.blocks import Heading, Image, Leaf, Paragraph
from reader.document.sanitizing import clean_line
from reader.regex import regex

_SAYS_NOTHING = regex(
    r"(?i)(?:image|img|picture|pic|photo|figure|fig|screen ?shot|untitled|alt(?: ?text)?|thumbnail|cover|banner"
    r"|图片|圖片|图像|圖像|配图|配圖|插图|插圖|截图|截圖|照片|图|圖|在这里插入图片描述|画像|写真|이미지|사진|스크린샷)"
    r"[ _#-]?[0-9a-f_ -]*(?:\.(?:png|jpe?g|gif|webp|svg|bmp|avif))?"
)
"""Alternative texts that programs give to any picture."""

_NUMBER = regex(r"(?i)[0-9a-f]{16}|\A[0-9_ -]*(?:\.\w+)?\Z")
"""A digest or a running number. Only names that a program gave to files consist of these."""


class Picture(NamedTuple):
    """A picture of a document.

    Attributes:
        ordinal: Its number, from 1.
        repeats: Whether its alternative text only repeats a title or caption, or says nothing.
    """

    ordinal: int
    repeats: bool


def picture_name(source: str) -> str:
    """The file name of a picture that cannot be shown; empty for a `data:` URL, and if the name says nothing."""
    if source.startswith("data:"):
        return ""
    place = source.partition("#")[0].partition("?")[0]
    name = clean_line(unquote(place.rpartition("/")[2]))
    return "" if _NUMBER.search(name) else name


def number_pictures(all_leaves: Sequence[Leaf], title: str = "") -> dict[int, Picture]:
    """The pictures of a document by leaf number; `title` is shown above the document."""
    numbers = [number for number, leaf in enumerate(all_leaves) if isinstance(leaf, Image)]
    if not numbers:
        return {}
    heading = next((_known(leaf) for leaf in all_leaves[: numbers[0]] if isinstance(leaf, Heading)), "")
    found = {}
    for ordinal, number in enumerate(numbers, 1):
        alt = _known(all_leaves[number])
        around = {
            _known(leaf)
            for leaf in all_leaves[max(number - 1, 0) : number + 2]
            if isinstance(leaf, Paragraph | Heading)
        }
        found[number] = Picture(
            ordinal, bool(alt) and (alt in {_comparable(title), heading, *around} or bool(_SAYS_NOTHING.fullmatch(alt)))
        )
    return found


def _known(leaf: Leaf) -> str:
    return _comparable(leaf.text.text)


def _comparable(text: str) -> str:
    """A text without its case and outer punctuation, in which captions often differ from alternative texts."""
    return text.strip(" .。:：").casefold()
